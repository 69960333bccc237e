// links/unknown-target: see rules/links/unknown-target.yaml.

#include <algorithm>
#include <string>
#include <string_view>

#include "lint/project/index/project_index.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

/// The name that docutils' words quote: between the first double quote and `end`, which is the
/// last one if it is not given. Names may have quotes of their own.
std::string_view name_in(std::string_view text, std::string_view end = {}) {
    const std::size_t begin = text.find('"');
    const std::size_t stop = end.empty() ? text.rfind('"') : text.find(end, begin + 1);
    if (begin == std::string_view::npos || stop == std::string_view::npos || stop <= begin)
        return {};
    return text.substr(begin + 1, stop - begin - 1);
}

std::string_view name_of(std::string_view text) {
    if (text.starts_with("Anonymous"))
        return {};
    if (!text.starts_with("Indirect"))
        return name_in(text.substr(0, text.find('\n')));
    // A target in `<>` has no name, only an id.
    const std::string_view name = name_in(text, "\" (id=");
    return name.empty() ? quoted_part(text) : name;
}

/// The name that an indirect target leads to.
std::string_view second_name(std::string_view text) {
    const std::size_t at = text.find("refers to target ");
    return at == std::string_view::npos ? std::string_view() : name_in(text.substr(at), "\", ");
}

/// docutils' words in ours; empty for what is no matter of a target.
std::string words_for(std::string_view text) {
    const std::string name(name_of(text));
    if (text.starts_with("Anonymous")) {
        // "Anonymous hyperlink mismatch: N references but M targets."
        const std::size_t colon = text.find(": ") + 2;
        const std::string_view references = text.substr(colon, text.find(' ', colon) - colon);
        const std::size_t but = text.find("but ") + 4;
        const std::string_view targets = text.substr(but, text.find(' ', but) - but);
        return std::string(references) + " anonymous reference" + (references == "1" ? "" : "s") +
               ", but " + std::string(targets) + " anonymous target" + (targets == "1" ? "" : "s") +
               "; none of them becomes a link";
    }
    if (text.starts_with("Duplicate"))
        return "two targets of this page have the name '" + name + "', so this link leads nowhere";
    if (text.starts_with("Indirect")) {
        const std::string start = "'" + name + "' leads on to '" + std::string(second_name(text));
        if (text.find("circular") != std::string_view::npos)
            return start + "', and so back to itself";
        if (text.find("duplicate") != std::string_view::npos)
            return start + "', which this page has twice";
        return start + "', which is no target of this page";
    }
    if (name.find('/') != std::string::npos)
        return "an address in '<>' that ends with an underscore is read as the name of a target; "
               "write '\\_>'";
    return "no target '" + name + "' in this page, so this link leads nowhere; write '.. _" + name +
           ": URL', or escape the underscore if it is none";
}

class UnknownTarget final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const std::vector<UndefinedReference>& all = context.facts.unknown_targets;
        if (all.empty())
            return;
        std::string reason = undecidable(context);
        bool known = true;
        const std::vector<FileId> parts = context.index.parts_of(context.file, known);
        if (reason.empty() && !known)
            reason = "targets that an included file may have";
        const UndefinedReference* last = nullptr;
        for (const UndefinedReference& reference : all) {
            // An alias in `<>` that leads nowhere is told as a target and as a reference.
            if (last != nullptr && last->range == reference.range)
                continue;
            last = &reference;
            const std::string_view name = name_of(reference.label);
            const auto& around = context.settings.targets;
            if (std::find(around.begin(), around.end(), name) != around.end())
                continue;
            // `text<https://x>`_ without the space is markup/role-slip's; {x} is filled in later.
            if (name.find("<http") != name.npos || name.find("<mailto:") != name.npos ||
                name.find('{') != name.npos)
                continue;
            // Anonymous targets are counted over all parts, and an alias may lead on to one of
            // them.
            const bool whole = name.empty() || !second_name(reference.label).empty();
            if (whole && !parts.empty()) {
                sink.unknown("targets that an included file may have");
                continue;
            }
            if (std::any_of(parts.begin(), parts.end(), [&](FileId part) {
                    const auto& names = context.index.facts(part).target_names;
                    return std::binary_search(names.begin(), names.end(), name);
                }))
                continue;
            if (!reason.empty()) {
                sink.unknown(reason);
                continue;
            }
            Diagnostic& finding = sink.report(reference.range, words_for(reference.label));
            finding.subject = name;
            finding.docutils = reference.label;
        }
    }

  private:
    /// Why other texts may have the targets; empty if they cannot.
    static std::string undecidable(const ProjectContext& context) {
        // What is a page as well stands there without its includers.
        if (context.index.is_rst_part(context.file) && !context.index.is_page(context.file))
            return "targets of a file that is a part of others";
        if (context.settings.open_substitutions)
            return "targets of a rst_prolog that is computed";
        if (context.index.is_template(context.file))
            return "targets of a template";
        return {};
    }
};

}  // namespace

std::unique_ptr<Check> make_links_unknown_target(const Options&) {
    return std::make_unique<UnknownTarget>();
}

}  // namespace docathon::rules

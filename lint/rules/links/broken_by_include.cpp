// links/broken-by-include: see rules/links/broken-by-include.yaml.
//
// MyST and docutils resolve the targets of an included page from the folder of the page that
// includes it. Sphinx warns once a target, at the included file and without naming the includer;
// here the include is the finding, once.

#include <algorithm>

#include "lint/core/path.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

struct Broken {
    std::size_t links = 0;
    std::size_t images = 0;
    std::size_t entries = 0;  // of toctrees
    std::string example;
    std::string prefix;  // what all broken links begin with

    [[nodiscard]] std::size_t count() const { return links + images + entries; }

    void add_link(std::string_view target) {
        if (links++ == 0)
            prefix = target;
        std::size_t same = 0;
        while (same < prefix.size() && same < target.size() && prefix[same] == target[same])
            ++same;
        prefix.resize(same);
    }
};

/// What mends it. `:relative-docs:` takes the prefix of the links that it moves, and moves no
/// toctree entry (myst-parser 5.2, MockIncludeDirective).
std::string advice(const Broken& broken) {
    std::string options;
    if (broken.links > 0 && !broken.prefix.empty())
        options = "':relative-docs: " + broken.prefix + "'";
    if (broken.images > 0)
        options += options.empty() ? "':relative-images:'" : " and ':relative-images:'";
    std::string text = options.empty() ? "" : "add " + options + " to the directive; ";
    if (broken.entries > 0 || (broken.links > 0 && broken.prefix.empty()))
        text += "write its targets from the source folder (/...); ";
    return text + "or link to the page instead";
}

/// Targets of `included` that resolve from its own folder and not from the includer's.
Broken count_broken(const ProjectContext& context, FileId included, std::uint16_t include_flags) {
    Broken broken;
    for (const Reference& reference : context.index.facts(included).references) {
        bool image = false;
        bool entry = false;
        switch (reference.kind) {
            case ReferenceKind::link:
            case ReferenceKind::link_definition:
                break;
            case ReferenceKind::toctree_entry:
                entry = true;
                break;
            case ReferenceKind::image:
            case ReferenceKind::directive_image:
                image = true;
                break;
            default:
                continue;
        }
        // :relative-docs: takes a prefix; what it leaves out we cannot tell from here.
        if (!image && (include_flags & reference_flag::kRelativeDocs) != 0)
            continue;
        if (image && (include_flags & reference_flag::kRelativeImages) != 0)
            continue;
        if (!is_judged(reference))
            continue;
        const TargetParts parts = split_target(reference.target);
        if (is_external(parts) || parts.path.empty() || parts.path.starts_with('/'))
            continue;
        if (looks_like_host(parts.path))
            continue;
        bool own = false;
        bool here = true;
        if (entry) {
            if (reference.target == "self")
                continue;
            const bool glob = (reference.flags & reference_flag::kGlob) != 0;
            own = context.index.resolve_document(included, reference.target, true, glob).state ==
                  Found::found;
            here =
                context.index.resolve_document(context.file, reference.target, true, glob).state !=
                Found::missing;
        } else {
            own = primary(context.index.resolve_path(included, reference)).state == Found::found;
            here = primary(context.index.resolve_path(included, reference, context.file)).state !=
                   Found::missing;
        }
        if (!own || here)
            continue;
        if (entry)
            ++broken.entries;
        else if (image)
            ++broken.images;
        else
            broken.add_link(reference.target);
        if (broken.example.empty())
            broken.example = reference.target;
    }
    return broken;
}

class BrokenByInclude final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        if (context.index.site(context.file) == nullptr)
            return;
        for (const Reference& reference : context.facts.references) {
            if (reference.kind != ReferenceKind::include || !is_judged(reference))
                continue;
            constexpr std::uint16_t kNotRead = reference_flag::kLiteral |
                                               reference_flag::kExternalParser |
                                               reference_flag::kPartial;
            if ((reference.flags & kNotRead) != 0)
                continue;
            const Resolution answer = context.index.resolve_include(context.file, reference);
            if (answer.state != Found::found || answer.file == kNoFile)
                continue;
            const std::string_view here = dirname(context.index.tree().file(context.file).path);
            if (dirname(answer.path) == here)
                continue;
            if (context.index.facts(answer.file).format != Format::markdown)
                continue;
            const Broken broken = count_broken(context, answer.file, reference.flags);
            const std::size_t count = broken.count();
            if (count == 0)
                continue;
            std::string message =
                std::to_string(count) + (count == 1 ? " relative target" : " relative targets") +
                " of '" + answer.path + "' " + (count == 1 ? "breaks" : "break") +
                " when it is included here, such as '" + broken.example + "'; " + advice(broken);
            complete(sink.report(reference.range, std::move(message)), reference, "site");
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_broken_by_include(const Options&) {
    return std::make_unique<BrokenByInclude>();
}

}  // namespace docathon::rules

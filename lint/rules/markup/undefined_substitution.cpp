// markup/undefined-substitution: see rules/markup/undefined-substitution.yaml.

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "lint/core/strings.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"

namespace docathon::rules {

namespace {

class UndefinedSubstitution final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const std::vector<UndefinedReference>& all = context.facts.undefined_substitutions;
        if (all.empty())
            return;
        if (context.facts.format == Format::markdown) {
            look_at_myst(context, sink);
            return;
        }
        // Nobody reads a hundred about one name.
        constexpr int kMost = 50;
        std::map<std::string_view, int> counts;
        std::string reason = undecidable(context);
        bool known = true;
        const std::vector<FileId> parts = context.index.parts_of(context.file, known);
        if (reason.empty() && !known)
            reason = "substitutions that an included file may define";
        for (const UndefinedReference& reference : all) {
            if (is_in_part(context, parts, reference.label))
                continue;
            if (!reason.empty()) {
                sink.unknown(reason);
                continue;
            }
            // |:heart:| is sphinxemoji's.
            if (reference.label.size() > 2 && reference.label.front() == ':' &&
                reference.label.back() == ':') {
                sink.unknown("emoji");
                continue;
            }
            if (++counts[reference.label] > kMost)
                continue;
            Diagnostic& finding =
                sink.report(reference.range, "no substitution '" + reference.label +
                                                 "' is defined; define it, or escape the bars");
            finding.subject = reference.label;
            finding.docutils = "Undefined substitution referenced: \"" + reference.label + "\".";
        }
    }

  private:
    /// `{{ x }}`, and `|x|` in {eval-rst}, where nothing but Sphinx' own names is defined.
    static void look_at_myst(const ProjectContext& context, Sink& sink) {
        const SphinxSite* site = context.index.site(context.file);
        if (site == nullptr || context.index.is_template(context.file)) {
            sink.unknown("substitutions of a file that is no page");
            return;
        }
        const auto values = site->values.find("myst_substitutions");
        const bool open = site->has_setup || context.index.is_included(context.file) ||
                          !context.index.is_page(context.file) ||
                          (values != site->values.end() && !values->second.known);
        for (const UndefinedReference& reference : context.facts.undefined_substitutions) {
            const bool jinja = reference.label.starts_with("{{ ");
            std::string text;
            if (jinja) {
                const std::string name = reference.label.substr(3, reference.label.size() - 6);
                if (site->myst_substitutions.contains(name))
                    continue;
                if (open) {
                    sink.unknown("substitutions that conf.py or an including page may define");
                    continue;
                }
                text = "no substitution '" + name +
                       "' is defined; define it in the front matter or in myst_substitutions";
            } else {
                text = "no substitution '" + reference.label +
                       "' is known here: what {eval-rst} or rst_prolog define does not reach it";
            }
            Diagnostic& finding = sink.report(reference.range, std::move(text));
            finding.subject = reference.label;
            if (!jinja)
                finding.docutils =
                    "Undefined substitution referenced: \"" + reference.label + "\".";
        }
    }

    /// Why other texts may define it; empty if they cannot.
    static std::string undecidable(const ProjectContext& context) {
        if (context.settings.site < 0 || !context.index.is_page(context.file))
            return "substitutions of a file that is no page";
        if (context.settings.open_substitutions)
            return "substitutions of a rst_prolog that is computed";
        if (context.index.is_template(context.file))
            return "substitutions of a template";
        return {};
    }

    /// Whether a file that the page includes defines it, or one does that was not read.
    static bool is_in_part(const ProjectContext& context, const std::vector<FileId>& parts,
                           std::string_view name) {
        return std::any_of(parts.begin(), parts.end(), [&](FileId part) {
            const auto& names = context.index.facts(part).substitutions;
            return std::any_of(names.begin(), names.end(),
                               [&](const std::string& one) { return ascii_iequals(one, name); });
        });
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_undefined_substitution(const Options&) {
    return std::make_unique<UndefinedSubstitution>();
}

}  // namespace docathon::rules

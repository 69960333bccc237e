// markup/undefined-substitution: see rules/markup/undefined-substitution.yaml.

#include <algorithm>
#include <vector>

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
        const std::string reason = undecidable(context);
        for (const UndefinedReference& reference : all) {
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
            sink.report(reference.range, "no substitution '" + reference.label +
                                             "' is defined; define it, or escape the bars")
                .subject = reference.label;
        }
    }

  private:
    /// Why other texts may define it; empty if they cannot.
    static std::string undecidable(const ProjectContext& context) {
        if (context.settings.site < 0 || !context.index.is_page(context.file))
            return "substitutions of a file that is no page";
        if (context.settings.open_substitutions)
            return "substitutions of a rst_prolog that is computed";
        if (context.index.is_template(context.file))
            return "substitutions of a template";
        for (const Reference& reference : context.facts.references) {
            if (reference.kind == ReferenceKind::include &&
                (reference.flags & reference_flag::kLiteral) == 0)
                return "substitutions that an included file may define";
        }
        return {};
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_undefined_substitution(const Options&) {
    return std::make_unique<UndefinedSubstitution>();
}

}  // namespace docathon::rules

// links/missing-include: see rules/links/missing-include.yaml.

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class MissingInclude final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        for (const Reference& reference : context.facts.references) {
            if (reference.kind != ReferenceKind::include &&
                reference.kind != ReferenceKind::literal_include) {
                continue;
            }
            if (!is_judged(reference))
                continue;
            const Resolution answer = context.index.resolve_include(context.file, reference);
            if (answer.state == Found::unknown)
                sink.unknown(answer.why);
            if (answer.state != Found::missing)
                continue;
            std::string message = "no file '" + answer.path + "' to include";
            if (!answer.why.empty())
                message += " (" + answer.why + ")";
            std::string suggestion;
            if (sink.may_suggest())
                suggestion =
                    context.index.suggest_path(context.file, answer.path, reference.target);
            Diagnostic& diagnostic = sink.report(reference.range, message + hint(suggestion));
            complete(diagnostic, reference, "site");
            fix_moved_path(context, reference, answer.path, suggestion, diagnostic);
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_missing_include(const Options&) {
    return std::make_unique<MissingInclude>();
}

}  // namespace docathon::rules

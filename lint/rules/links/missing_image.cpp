// links/missing-image: see rules/links/missing-image.yaml.

#include "lint/rules/support/patterns.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class MissingImage final : public Check {
  public:
    explicit MissingImage(const Options& options) : ignore_(options.strings("ignore")) {}

    void project(const ProjectContext& context, Sink& sink) const override {
        for (const Reference& reference : context.facts.references) {
            if (reference.kind != ReferenceKind::image &&
                reference.kind != ReferenceKind::html_image &&
                reference.kind != ReferenceKind::directive_image) {
                continue;
            }
            if (!is_judged(reference))
                continue;
            const TargetParts parts = split_target(reference.target);
            if (is_external(parts) || parts.path.empty() || looks_like_host(parts.path))
                continue;
            if (ignore_.matches(reference.target))
                continue;
            if (!url_fault(reference.target).empty())
                continue;
            const Verdict verdict = context.index.resolve_path(context.file, reference);
            const Resolution& answer = primary(verdict);
            if (answer.state == Found::unknown)
                sink.unknown(answer.why);
            if (answer.state != Found::missing)
                continue;
            std::string message = "no image file '" + answer.path + "'";
            if (!answer.why.empty())
                message += " (" + answer.why + ")";
            std::string suggestion;
            if (sink.may_suggest())
                suggestion = context.index.suggest_path(context.file, answer.path, parts.path);
            Diagnostic& diagnostic =
                sink.report(reference.range, message + hint(suggestion) + where_note(verdict));
            complete(diagnostic, reference, verdict.where());
            fix_moved_path(context, reference, answer.path, suggestion, diagnostic);
        }
    }

  private:
    Patterns ignore_;
};

}  // namespace

std::unique_ptr<Check> make_links_missing_image(const Options& options) {
    return std::make_unique<MissingImage>(options);
}

}  // namespace docathon::rules

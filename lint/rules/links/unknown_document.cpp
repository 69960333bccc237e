// links/unknown-document: see rules/links/unknown-document.yaml.

#include "lint/rules/support/object_references.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class UnknownDocument final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        for (const Reference& reference : context.facts.references) {
            const bool role = reference.kind == ReferenceKind::role && reference.name == "doc";
            const bool option =
                reference.kind == ReferenceKind::directive_link && reference.name == "doc";
            if ((!role && !option) || !is_judged(reference) || reference.target.empty())
                continue;
            const Resolution answer = resolve_doc_in(context, reference);
            if (answer.state == Found::unknown)
                sink.unknown(answer.why);
            if (answer.state != Found::missing)
                continue;
            std::string message = "no page '" + answer.path + "'";
            if (!answer.why.empty())
                message += " (" + answer.why + ")";
            if (sink.may_suggest())
                message += hint(context.index.suggest_document(
                    pages_with(context, reference.range.begin).front(), reference.target));
            complete(sink.report(reference.range, std::move(message)), reference, "site");
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_unknown_document(const Options&) {
    return std::make_unique<UnknownDocument>();
}

}  // namespace docathon::rules

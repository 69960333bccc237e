// links/missing-toctree-entry: see rules/links/missing-toctree-entry.yaml.

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class MissingToctreeEntry final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        for (const Reference& reference : context.facts.references) {
            if (reference.kind != ReferenceKind::toctree_entry || !is_judged(reference))
                continue;
            if (reference.target == "self" || is_external(split_target(reference.target)))
                continue;
            const bool glob = (reference.flags & reference_flag::kGlob) != 0;
            const Resolution answer =
                context.index.resolve_document(context.file, reference.target, true, glob);
            if (answer.state == Found::unknown)
                sink.unknown(answer.why);
            if (answer.state != Found::missing)
                continue;
            std::string message = "no page '" + answer.path + "' for this toctree entry";
            if (!answer.why.empty())
                message += " (" + answer.why + ")";
            if (answer.file == kNoFile && sink.may_suggest())
                message += hint(context.index.suggest_document(context.file, reference.target));
            complete(sink.report(reference.range, std::move(message)), reference, "site");
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_missing_toctree_entry(const Options&) {
    return std::make_unique<MissingToctreeEntry>();
}

}  // namespace docathon::rules

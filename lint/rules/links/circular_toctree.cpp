// links/circular-toctree: see rules/links/circular-toctree.yaml.

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class CircularToctree final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const ProjectIndex& index = context.index;
        for (const Reference& reference : context.facts.references) {
            // A pattern leaves its own page out, and names no page that one could take out.
            if (reference.kind != ReferenceKind::toctree_entry || !is_judged(reference) ||
                (reference.flags & reference_flag::kGlob) != 0)
                continue;
            const Resolution entry =
                index.resolve_document(context.file, reference.target, true, false);
            if (entry.state != Found::found || entry.file == kNoFile ||
                !index.in_toctree_loop(context.file, entry.file))
                continue;
            std::string message =
                entry.file == context.file
                    ? "this page is an entry of its own toctree, and Sphinx leaves it out; write "
                      "'self'"
                    : "'" + index.tree().file(entry.file).path +
                          "' has this page below itself in its own toctrees; take one of the "
                          "entries out";
            complete(sink.report(reference.range, std::move(message)), reference, "site");
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_circular_toctree(const Options&) {
    return std::make_unique<CircularToctree>();
}

}  // namespace docathon::rules

// links/orphan-page: see rules/links/orphan-page.yaml.

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class OrphanPage final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const Resolution answer = context.index.toctree_of(context.file);
        if (answer.state == Found::unknown)
            sink.unknown(answer.why);
        if (answer.state != Found::missing)
            return;
        const Range place =
            context.facts.headings.empty() ? Range{0, 0} : context.facts.headings[0].range;
        Diagnostic& diagnostic =
            sink.report(place,
                        "no toctree has this page, so no reader finds it by the navigation: add "
                        "it to one, or mark it with 'orphan'");
        diagnostic.subject = context.facts.title;
        diagnostic.where = "site";
    }
};

}  // namespace

std::unique_ptr<Check> make_links_orphan_page(const Options&) {
    return std::make_unique<OrphanPage>();
}

}  // namespace docathon::rules

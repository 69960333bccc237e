// links/own-site-absolute: see rules/links/own-site-absolute.yaml.

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class OwnSiteAbsolute final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        // Only a page of the site can say it shorter: a README is read outside of it.
        if (!context.index.is_page(context.file))
            return;
        for (const Reference& reference : context.facts.references) {
            if (reference.kind != ReferenceKind::link &&
                reference.kind != ReferenceKind::link_definition)
                continue;
            if ((reference.flags & (reference_flag::kTemplated | reference_flag::kByDefinition)) !=
                0)
                continue;
            if (!reference.target.starts_with("http"))
                continue;
            const Resolution answer = context.index.resolve_own_url(reference.target);
            if (answer.state != Found::found || answer.file == kNoFile)
                continue;
            complete(
                sink.report(
                    reference.range,
                    "this URL leads to a page of the same site; link to '" +
                        context.index.tree().file(answer.file).path +
                        "' by a relative path, so that every version of the site links to itself"),
                reference, "");
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_own_site_absolute(const Options&) {
    return std::make_unique<OwnSiteAbsolute>();
}

}  // namespace docathon::rules

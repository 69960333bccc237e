// links/missing-site-page: see rules/links/missing-site-page.yaml.

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class MissingSitePage final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        for (const Reference& reference : context.facts.references) {
            if ((reference.flags & (reference_flag::kTemplated | reference_flag::kByDefinition)) !=
                0)
                continue;
            if (!reference.target.starts_with("http"))
                continue;
            const Resolution answer = context.index.resolve_own_url(reference.target);
            if (answer.state == Found::unknown)
                sink.unknown(answer.why);
            if (answer.state != Found::missing)
                continue;
            std::string message = "the sources of this site make no page '" + answer.path + "'";
            if (!answer.why.empty())
                message = "'" + answer.path + "' of this site: " + answer.why;
            complete(sink.report(reference.range, std::move(message)), reference, "site");
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_missing_site_page(const Options&) {
    return std::make_unique<MissingSitePage>();
}

}  // namespace docathon::rules

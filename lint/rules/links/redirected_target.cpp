// links/redirected-target: see rules/links/redirected-target.yaml.

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class RedirectedTarget final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        for (const Reference& reference : context.facts.references) {
            switch (reference.kind) {
                case ReferenceKind::link:
                case ReferenceKind::html_link:
                case ReferenceKind::link_definition:
                case ReferenceKind::directive_link:
                    break;
                default:
                    continue;
            }
            if (!is_judged(reference))
                continue;
            const TargetParts parts = split_target(reference.target);
            if (is_external(parts))
                continue;
            const std::string moved = context.index.redirect_of(context.file, reference.target);
            if (moved.empty())
                continue;
            // A page that the sources still have is found by its builder whatever the redirect
            // says, and one that is missing is missing-target's finding.
            if (primary(context.index.resolve_path(context.file, reference)).state !=
                Found::unknown)
                continue;
            complete(sink.report(reference.range, "'" + std::string(parts.path) +
                                                      "' was moved; the site redirects it to '" +
                                                      moved + "', so link there"),
                     reference, "site");
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_redirected_target(const Options&) {
    return std::make_unique<RedirectedTarget>();
}

}  // namespace docathon::rules

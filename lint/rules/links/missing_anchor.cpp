// links/missing-anchor: see rules/links/missing-anchor.yaml.

#include "lint/core/strings.h"
#include "lint/rules/support/patterns.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class MissingAnchor final : public Check {
  public:
    explicit MissingAnchor(const Options& options) : ignore_(options.strings("ignore")) {}

    void project(const ProjectContext& context, Sink& sink) const override {
        for (const Reference& reference : context.facts.references) {
            switch (reference.kind) {
                case ReferenceKind::link:
                case ReferenceKind::html_link:
                case ReferenceKind::link_definition:
                    break;
                default:
                    continue;
            }
            if (!is_judged(reference))
                continue;
            const TargetParts parts = split_target(reference.target);
            if (is_external(parts) || !parts.has_fragment)
                continue;
            if (ignore_.matches(parts.fragment))
                continue;
            const Verdict path = context.index.resolve_path(context.file, reference);
            if (primary(path).state != Found::found)
                continue;  // unknown is counted by missing-target
            judge(context, reference, parts,
                  context.index.resolve_fragment(context.file, reference, path), sink);
        }
    }

  private:
    static void judge(const ProjectContext& context, const Reference& reference,
                      const TargetParts& parts, const Verdict& verdict, Sink& sink) {
        const Resolution& site = verdict.site;
        // Alive on the site by an id that its builder makes of the heading, and GitHub makes
        // another: worth telling. Alive by a label that the author set is a choice.
        const bool only_repository = site.state == Found::found && site.why == kSectionId &&
                                     verdict.repository.state == Found::missing;
        const Resolution& answer = only_repository ? verdict.repository : primary(verdict);
        if (answer.state == Found::unknown)
            sink.unknown(answer.why);
        if (answer.state != Found::missing)
            return;
        const std::string fragment = percent_decode(parts.fragment);
        std::string suggestion;
        if (sink.may_suggest())
            suggestion =
                context.index.suggest_anchor(answer.file, fragment, site.state == Found::missing);
        std::string message =
            "no anchor '" + fragment + "' in " +
            (answer.file == context.file ? std::string("this page") : answer.path);
        if (!suggestion.empty() && suggestion == ascii_lower(fragment)) {
            message += ": anchors are lower case";
        }
        Diagnostic& diagnostic =
            sink.report(reference.range, message + hint(suggestion) + where_note(verdict));
        complete(diagnostic, reference, verdict.where());
    }

    Patterns ignore_;
};

}  // namespace

std::unique_ptr<Check> make_links_missing_anchor(const Options& options) {
    return std::make_unique<MissingAnchor>(options);
}

}  // namespace docathon::rules

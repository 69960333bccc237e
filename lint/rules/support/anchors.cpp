#include "lint/rules/support/anchors.h"

#include "lint/core/strings.h"

namespace docathon::rules {

namespace {

bool has_kind(const Reference& reference) {
    return reference.kind == ReferenceKind::link || reference.kind == ReferenceKind::html_link ||
           reference.kind == ReferenceKind::link_definition;
}

bool only_case(const ProjectContext& context, const Reference& reference, const Verdict& path,
               const std::string& fragment) {
    const std::string lower = ascii_lower(fragment);
    if (lower == fragment)
        return false;
    Reference folded = reference;
    folded.target = folded.target.substr(0, folded.target.find('#') + 1) + lower;
    return context.index.resolve_fragment(context.file, folded, path).repository.state ==
           Found::found;
}

}  // namespace

void each_dead_anchor(const ProjectContext& context, const Patterns& ignore, bool count_unknown,
                      Sink& sink, const std::function<void(const DeadAnchor&)>& take) {
    for (const Reference& reference : context.facts.references) {
        if (!has_kind(reference) || !is_judged(reference))
            continue;
        const TargetParts parts = split_target(reference.target);
        if (is_external(parts) || !parts.has_fragment || ignore.matches(parts.fragment))
            continue;
        const Verdict path = context.index.resolve_path(context.file, reference);
        if (primary(path).state != Found::found)
            continue;  // unknown is counted by missing-target
        const Verdict verdict = context.index.resolve_fragment(context.file, reference, path);
        const Resolution& site = verdict.site;
        // Alive on the site by an id that its builder makes of the heading, and GitHub makes
        // another: worth telling. Alive by a label that the author set is a choice.
        const bool only_repository = site.state == Found::found && site.why == kSectionId &&
                                     verdict.repository.state == Found::missing;
        const Resolution& answer = only_repository ? verdict.repository : primary(verdict);
        if (answer.state == Found::unknown && count_unknown)
            sink.unknown(answer.why);
        if (answer.state != Found::missing)
            continue;
        std::string fragment = percent_decode(parts.fragment);
        const bool on_github = site.state == Found::not_applicable || only_repository;
        const bool folded = on_github && only_case(context, reference, path, fragment);
        take({reference, verdict, answer, std::move(fragment), folded});
    }
}

}  // namespace docathon::rules

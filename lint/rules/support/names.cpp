#include "lint/rules/support/names.h"

#include <algorithm>

namespace docathon::rules {

std::string_view without_domain(std::string_view role) {
    for (const std::string_view domain : {"std:", "math:"}) {
        if (role.starts_with(domain))
            role.remove_prefix(domain.size());
    }
    return role;
}

void report_unknown_names(const ProjectContext& context, std::span<const std::string_view> roles,
                          std::string_view what, Sink& sink) {
    for (const Reference& reference : context.facts.references) {
        const bool card = reference.kind == ReferenceKind::directive_link;
        if ((reference.kind != ReferenceKind::role && !card) || !is_judged(reference))
            continue;
        const std::string_view role = without_domain(reference.name);
        if (std::find(roles.begin(), roles.end(), role) == roles.end())
            continue;
        const Resolution answer = context.index.resolve_name(context.file, reference);
        if (answer.state == Found::unknown)
            sink.unknown(answer.why);
        if (answer.state != Found::missing)
            continue;
        std::string message;
        if (answer.file != kNoFile) {
            message = std::string(what) + " '" + answer.path + "' (" +
                      context.index.tree().file(answer.file).path +
                      ") has no title to show: give the reference a text of its own";
        } else {
            message = "no " + std::string(what) + " '" + answer.path + "' on this site";
            if (sink.may_suggest())
                message += hint(context.index.suggest_name(context.file, reference));
        }
        complete(sink.report(reference.range, std::move(message)), reference, "site");
    }
}

}  // namespace docathon::rules

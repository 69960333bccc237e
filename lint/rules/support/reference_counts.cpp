#include "lint/rules/support/reference_counts.h"

#include <string>
#include <string_view>

#include "lint/core/strings.h"
#include "lint/rules/support/names.h"
#include "lint/rules/support/object_references.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

void add(ReferenceCounts& out, const Resolution& answer) {
    switch (answer.state) {
        case Found::not_applicable:
            break;
        case Found::found:
            ++out.found;
            break;
        case Found::missing:
            // Of two readers of a page one may find it; no page has this object, but the code has.
            ++out.missing;
            break;
        case Found::unknown:
            if (answer.why == kNoSuchName)
                ++out.missing;
            else
                ++out.unknown[answer.why];
            break;
    }
}

/// Roles of domains whose objects nobody reads here.
bool is_of_other_domain(std::string_view role) {
    for (const std::string_view domain : {"c:", "cpp:", "js:"}) {
        if (role.starts_with(domain))
            return true;
    }
    return false;
}

Resolution of_role(const ProjectContext& context, const Reference& reference) {
    const ProjectIndex& index = context.index;
    const std::string_view role = without_domain(reference.name);
    if (role == "doc")
        return resolve_doc_in(context, reference);
    if (role == "download")
        return primary(index.resolve_path(context.file, reference));
    if (is_of_other_domain(role)) {
        Resolution other;
        other.state = Found::unknown;
        other.why = "objects of C, C++ and JavaScript";
        return other;
    }
    return index.resolve_name(context.file, reference);
}

/// A link or image to a file, a page, a place in it, or a URL of the project's own.
Resolution of_target(const ProjectContext& context, const Reference& reference) {
    const ProjectIndex& index = context.index;
    const TargetParts parts = split_target(reference.target);
    if (parts.scheme == "inv")
        return index.resolve_inventory_link(context.file, reference.target);
    if (is_external(parts)) {
        if (Resolution label = index.resolve_colon_label(context.file, reference);
            label.state != Found::not_applicable)
            return label;
        // Other versions and branches are other sites and trees.
        Resolution own = index.resolve_own_url(reference.target);
        if (own.state == Found::not_applicable)
            own = index.resolve_repository_url(reference.target);
        return own.state == Found::unknown ? Resolution() : own;
    }
    if (!url_fault(reference.target).empty() || looks_like_host(parts.path) ||
        reference.target.empty())
        return {};
    const Verdict path = index.resolve_path(context.file, reference);
    Resolution answer = primary(path);
    const bool here = parts.path.empty();
    if (parts.has_fragment && !parts.fragment.empty() && (here || answer.state == Found::found)) {
        Resolution place = primary(index.resolve_fragment(context.file, reference, path));
        if (place.state != Found::not_applicable)
            answer = std::move(place);
    }
    return answer;
}

}  // namespace

void count_references(const ProjectContext& context, ReferenceCounts& out) {
    const ProjectIndex& index = context.index;
    each_object_role(context,
                     [&](const Reference&, const Resolution& answer) { add(out, answer); });
    for (const Reference& reference : context.facts.references) {
        if (!is_judged(reference))
            continue;
        switch (reference.kind) {
            case ReferenceKind::toctree_entry: {
                if (reference.target == "self" || is_external(split_target(reference.target)))
                    break;
                const bool glob = (reference.flags & reference_flag::kGlob) != 0;
                add(out, index.resolve_document(context.file, reference.target, true, glob));
                break;
            }
            case ReferenceKind::include:
            case ReferenceKind::literal_include:
                add(out, index.resolve_include(context.file, reference));
                break;
            case ReferenceKind::role:
                add(out, of_role(context, reference));
                break;
            case ReferenceKind::directive_link:
                if (reference.name == "doc")
                    add(out, resolve_doc(index, context.file, reference));
                else if (reference.name.empty() || reference.name == "url")
                    add(out, of_target(context, reference));
                else
                    add(out, index.resolve_name(context.file, reference));
                break;
            default:
                add(out, of_target(context, reference));
                break;
        }
    }
}

}  // namespace docathon::rules

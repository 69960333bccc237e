#include "lint/rules/support/object_references.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/project/api/api_index.h"
#include "lint/project/sphinx/docs_registry.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

void in_page(const ProjectContext& context, const ObjectRoleFunction& function) {
    const ObjectScopes scopes(context.facts);
    // A part of a page is in the module of the page that takes it in.
    std::string_view outer;
    const FileId includer = context.index.includer_of(context.file);
    ObjectScopes around(context.facts);
    if (includer != kNoFile) {
        around = ObjectScopes(context.index.facts(includer));
        for (const Reference& one : context.index.facts(includer).references) {
            if (one.kind == ReferenceKind::include &&
                (one.flags & reference_flag::kTemplated) == 0 &&
                context.index.resolve_include(includer, one).file == context.file) {
                outer = around.at(one.range.begin).module;
                break;
            }
        }
    }
    for (const Reference& reference : context.facts.references) {
        if (reference.kind != ReferenceKind::role || !is_judged(reference))
            continue;
        if (reference.name.starts_with("external")) {
            function(reference, context.index.resolve_external(context.file, reference));
            continue;
        }
        ObjectPlace place = scopes.at(reference.range.begin);
        if (place.module.empty())
            place.module = outer;
        function(reference, context.index.resolve_object(context.file, reference, place));
    }
}

void in_docstrings(const ProjectContext& context, const ObjectRoleFunction& function) {
    const ProjectIndex& index = context.index;
    const std::uint32_t module = index.api_module(context.file);
    if (index.docs() == nullptr || module == kNoItem || context.facts.references.empty())
        return;
    const std::span<const ShownDocstring> shown = index.docs()->shown(module);
    if (shown.empty())
        return;
    const PythonFacts& python = *context.facts.python;
    std::vector<std::uint32_t> order(python.docstrings.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return python.docstrings[a].content.begin < python.docstrings[b].content.begin;
    });
    for (const Reference& reference : context.facts.references) {
        if (reference.kind != ReferenceKind::role || !is_judged(reference))
            continue;
        const auto above =
            std::upper_bound(order.begin(), order.end(), reference.range.begin,
                             [&](std::uint32_t offset, std::uint32_t docstring) {
                                 return offset < python.docstrings[docstring].content.begin;
                             });
        if (above == order.begin())
            continue;
        const std::uint32_t docstring = *std::prev(above);
        const auto first = std::lower_bound(
            shown.begin(), shown.end(), docstring,
            [](const ShownDocstring& one, std::uint32_t wanted) { return one.docstring < wanted; });
        // It may be on several pages: dead only if it is on all.
        Resolution worst;
        for (auto one = first; one != shown.end() && one->docstring == docstring; ++one) {
            const ObjectPlace place{one->py_module, one->py_class, {}};
            Resolution answer = index.resolve_object(one->page, reference, place);
            if (answer.state == Found::found) {
                worst = std::move(answer);
                break;
            }
            if (worst.state == Found::not_applicable || answer.state == Found::unknown)
                worst = std::move(answer);
        }
        function(reference, worst);
    }
}

}  // namespace

void each_object_role(const ProjectContext& context, const ObjectRoleFunction& function) {
    if (context.facts.format == Format::python && !context.facts.gallery)
        in_docstrings(context, function);
    else
        in_page(context, function);
}

std::vector<FileId> pages_with(const ProjectContext& context, std::uint32_t offset) {
    if (context.facts.format != Format::python || context.facts.gallery)
        return {context.file};
    std::vector<FileId> out;
    const ProjectIndex& index = context.index;
    const std::uint32_t module = index.api_module(context.file);
    if (index.docs() == nullptr || module == kNoItem)
        return out;
    const PythonFacts& python = *context.facts.python;
    for (const ShownDocstring& one : index.docs()->shown(module)) {
        const Range content = python.docstrings[one.docstring].content;
        if (content.begin <= offset && offset < content.end &&
            std::find(out.begin(), out.end(), one.page) == out.end())
            out.push_back(one.page);
    }
    return out;
}

Resolution resolve_doc_in(const ProjectContext& context, const Reference& reference) {
    Resolution worst;
    for (const FileId page : pages_with(context, reference.range.begin)) {
        Resolution answer = resolve_doc(context.index, page, reference);
        if (answer.state == Found::found)
            return answer;
        if (worst.state == Found::not_applicable || answer.state == Found::unknown)
            worst = std::move(answer);
    }
    return worst;
}

bool is_on_page(const ProjectContext& context, std::uint32_t offset) {
    if (context.facts.format != Format::python || context.facts.gallery)
        return true;
    const ProjectIndex& index = context.index;
    const std::uint32_t module = index.api_module(context.file);
    if (index.docs() == nullptr || module == kNoItem)
        return false;
    const PythonFacts& python = *context.facts.python;
    const auto holds = [&](const PyDocstring& one) {
        return one.content.begin <= offset && offset < one.content.end;
    };
    const auto shown = index.docs()->shown(module);
    if (std::any_of(shown.begin(), shown.end(), [&](const ShownDocstring& one) {
            return holds(python.docstrings[one.docstring]);
        }))
        return true;
    // A class that a decorator makes anew (`C = wrap(C)`) is registered under its name.
    const auto at = std::find_if(python.docstrings.begin(), python.docstrings.end(), holds);
    if (at == python.docstrings.end() || at->owner == kNoItem ||
        (at->flags & docstring_flag::kAttribute) != 0)
        return false;
    std::uint32_t owner = at->owner;
    while (python.definitions[owner].parent != kNoItem)
        owner = python.definitions[owner].parent;
    return !index.docs()->ending_with(python.text(python.definitions[owner].name)).empty();
}

}  // namespace docathon::rules

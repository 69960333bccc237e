#include "lint/project/index/object_scopes.h"

#include <algorithm>

namespace docathon {

ObjectScopes::ObjectScopes(const FileFacts& facts)
    : modules_(steps_of(facts, NameScope::Kind::py_module)),
      classes_(steps_of(facts, NameScope::Kind::py_class)),
      domains_(steps_of(facts, NameScope::Kind::domain)) {}

std::vector<ObjectScopes::Step> ObjectScopes::steps_of(const FileFacts& facts,
                                                       NameScope::Kind kind) {
    std::vector<const NameScope*> scopes;
    for (const NameScope& scope : facts.scopes) {
        if (scope.kind == kind)
            scopes.push_back(&scope);
    }
    std::stable_sort(scopes.begin(), scopes.end(), [](const NameScope* a, const NameScope* b) {
        return a->range.begin < b->range.begin;
    });
    std::vector<Step> steps;
    std::vector<const NameScope*> open;
    const auto close_until = [&](std::uint32_t offset) {
        while (!open.empty() && open.back()->range.end <= offset) {
            const std::uint32_t end = open.back()->range.end;
            open.pop_back();
            steps.push_back({end, open.empty() ? std::string_view() : open.back()->name});
        }
    };
    for (const NameScope* scope : scopes) {
        close_until(scope->range.begin);
        steps.push_back({scope->range.begin, scope->name});
        open.push_back(scope);
    }
    close_until(0xffffffffu);
    return steps;
}

std::string_view ObjectScopes::find(const std::vector<Step>& steps, std::uint32_t offset) {
    const auto at = std::upper_bound(
        steps.begin(), steps.end(), offset,
        [](std::uint32_t wanted, const Step& step) { return wanted < step.begin; });
    return at == steps.begin() ? std::string_view() : std::prev(at)->name;
}

ObjectPlace ObjectScopes::at(std::uint32_t offset) const {
    return {find(modules_, offset), find(classes_, offset), find(domains_, offset)};
}

}  // namespace docathon

// ApiIndex: whether what is not seen is not there.

#include <algorithm>
#include <array>

#include "lint/project/api/api_index.h"
#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

bool ApiIndex::binds(std::uint32_t module, std::string_view name) const {
    if (tables_[module].names.contains(name))
        return true;
    const PythonFacts& facts = *modules_[module].facts;
    const auto same = [&](PyText text) { return facts.text(text) == name; };
    // In arms of conditions that do not run here, and in functions (`global x`).
    return std::any_of(
               facts.definitions.begin(), facts.definitions.end(),
               [&](const PyDefinition& one) { return one.parent == kNoItem && same(one.name); }) ||
           std::any_of(
               facts.assignments.begin(), facts.assignments.end(),
               [&](const PyAssignment& one) { return one.scope == kNoItem && same(one.target); }) ||
           std::any_of(facts.imports.begin(), facts.imports.end(), [&](const PyImport& one) {
               return same(one.alias) || (one.alias.empty() && same(one.name));
           });
}

bool ApiIndex::is_open(std::uint32_t module, bool but_for_getattr) const {
    const Table& table = tables_[module];
    return table.unknown_star || (!but_for_getattr && table.names.contains("__getattr__")) ||
           table.state != Table::State::done;
}

bool ApiIndex::has_known_members(const ApiEntity& owner) const {
    constexpr std::size_t kMostClasses = 60;
    constexpr std::array<std::string_view, 8> kDecorators = {
        "dataclass", "final",  "runtime_checkable", "total_ordering", "unique",
        "define",    "frozen", "deprecated"};
    std::vector<ApiEntity> seen;
    std::vector<ApiEntity> todo = {owner};
    while (!todo.empty()) {
        const ApiEntity one = todo.back();
        todo.pop_back();
        if (std::find(seen.begin(), seen.end(), one) != seen.end())
            continue;
        if (one.kind != ApiKind::class_ || one.definition == kNoItem || seen.size() == kMostClasses)
            return false;
        seen.push_back(one);
        if (open_classes_.contains({one.module, one.definition}))
            return false;
        const PythonFacts& facts = *modules_[one.module].facts;
        const PyDefinition& definition = facts.definitions[one.definition];
        if ((definition.flags & (definition_flag::kBroken | definition_flag::kInFunction)) != 0)
            return false;
        for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
            const std::string_view name =
                last_part(facts.text(facts.decorators[definition.first_decorator + i].name));
            if (std::find(kDecorators.begin(), kDecorators.end(), name) == kDecorators.end())
                return false;
        }
        for (std::uint32_t i = 0; i < definition.argument_count; ++i) {
            const PyArgument& base = facts.arguments[definition.first_argument + i];
            if (!base.keyword.empty() && facts.text(base.keyword) != "metaclass")
                continue;
            const std::string_view value = last_part(facts.text(base.value));
            if (!base.keyword.empty() && value != "ABCMeta")
                return false;
        }
        const Table& table = class_table(one.module, one.definition);
        for (const std::string_view name : {"__getattr__", "__getattribute__"}) {
            if (table.names.contains(name))
                return false;
        }
        if (!bases(one, todo))
            return false;
    }
    return true;
}

}  // namespace docathon

// What ApiIndex knows of an entity: signature, canonical name, docstring, deprecation.

#include <algorithm>
#include <set>

#include "lint/project/api/api_index.h"
#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

const PyDefinition* ApiIndex::definition(const ApiEntity& entity) const {
    if (entity.definition == kNoItem || entity.module == kNoItem)
        return nullptr;
    return &modules_[entity.module].facts->definitions[entity.definition];
}

ApiSignature ApiIndex::class_signature(const ApiEntity& entity, int depth) const {
    if (depth > kMaxDepth)
        return {};
    const Table& table = class_table(entity.module, entity.definition);
    const PythonFacts& facts = *modules_[entity.module].facts;
    const PyDefinition& definition = facts.definitions[entity.definition];
    for (const std::string_view name : {"__init__", "__new__"}) {
        const auto at = table.names.find(name);
        if (at == table.names.end())
            continue;
        // inspect prefers a __new__ of one's own only where there is no __init__ beside it.
        ApiEntity found =
            class_entity(entity.module, entity.definition, table, at->second, depth + 1);
        if (found.definition == kNoItem)
            return {};
        found.kind = ApiKind::method;
        return signature(found);
    }
    if (const FieldStyle style = field_style(facts, definition); style != FieldStyle::none) {
        ApiSignature made;
        made.known = style != FieldStyle::unknown && add_fields(entity, made.parameters, depth + 1);
        return made.known ? made : ApiSignature{};
    }
    std::uint32_t bases = 0;
    for (std::uint32_t i = 0; i < definition.argument_count; ++i) {
        const PyArgument& base = facts.arguments[definition.first_argument + i];
        if (!base.keyword.empty()) {
            if (facts.text(base.keyword) == "metaclass")
                return {};
            continue;
        }
        if (facts.text(base.value) == "object")
            continue;
        ++bases;
    }
    if (bases == 0) {
        ApiSignature none;
        none.known = true;
        return none;
    }
    if (bases > 1)
        return {};
    for (std::uint32_t i = 0; i < definition.argument_count; ++i) {
        const PyArgument& base = facts.arguments[definition.first_argument + i];
        if (!base.keyword.empty() || !is_dotted_name(facts.text(base.value)))
            continue;
        const ApiEntity found = resolve_in(entity.module, facts.text(base.value), depth + 5);
        if (found.kind != ApiKind::class_ || found.definition == kNoItem || found == entity)
            return {};
        return class_signature(found, depth + 5);
    }
    return {};
}

ApiSignature ApiIndex::signature(const ApiEntity& entity) const {
    const PyDefinition* made = definition(entity);
    if (made == nullptr || entity.kind == ApiKind::property)
        return {};
    if (entity.kind == ApiKind::class_)
        return class_signature(entity, 0);
    ApiSignature out;
    const PythonFacts& facts = *modules_[entity.module].facts;
    const bool overloaded = has_decorator(facts, *made, "overload");
    if (overloaded || (made->flags & definition_flag::kBroken) != 0)
        return {};
    out.known = true;
    const bool bound = entity.kind == ApiKind::method || entity.kind == ApiKind::classmethod;
    for (std::uint32_t i = 0; i < made->parameter_count; ++i) {
        const PyParameter& parameter = facts.parameters[made->first_parameter + i];
        const bool first = i == 0 && (parameter.kind == ParameterKind::positional_only ||
                                      parameter.kind == ParameterKind::positional_or_keyword);
        if (!(bound && first))
            out.parameters.push_back(
                {facts.text(parameter.name), parameter.kind, !parameter.default_range.empty()});
    }
    return out;
}

std::string ApiIndex::canonical(const ApiEntity& entity) const {
    if (entity.module == kNoItem)
        return {};
    if (entity.kind == ApiKind::module)
        return modules_[entity.module].module;
    if (definition(entity) == nullptr || entity.kind == ApiKind::property)
        return {};
    const PythonFacts& facts = *modules_[entity.module].facts;
    std::string path;
    for (std::uint32_t at = entity.definition; at != kNoItem; at = facts.definitions[at].parent) {
        const std::string name(facts.text(facts.definitions[at].name));
        path = path.empty() ? name : name + "." + path;
    }
    return modules_[entity.module].module + ":" + path;
}

int ApiIndex::documented(const ApiEntity& entity) const {
    if (entity.kind == ApiKind::module && entity.module != kNoItem)
        return modules_[entity.module].facts->module_docstring != kNoItem ? 1 : 0;
    const PyDefinition* made = definition(entity);
    if (made == nullptr)
        return -1;
    const PythonFacts& facts = *modules_[entity.module].facts;
    if (made->docstring != kNoItem)
        return (facts.docstrings[made->docstring].flags & docstring_flag::kBlank) == 0 ? 1 : 0;
    if (made->parent != kNoItem)
        return 0;
    return contains(tables_[entity.module].doc_set, facts.text(made->name)) ? -1 : 0;
}

bool ApiIndex::runtime_docstring(std::uint32_t module, std::uint32_t definition) const {
    const PythonFacts& facts = *modules_[module].facts;
    return contains(tables_[module].doc_set, facts.text(facts.definitions[definition].name));
}

bool ApiIndex::deprecated(const ApiEntity& entity) const {
    const PyDefinition* made = definition(entity);
    if (made == nullptr)
        return false;
    const PythonFacts& facts = *modules_[entity.module].facts;
    if ((made->flags & definition_flag::kWarnsDeprecated) != 0 ||
        has_decorator(facts, *made, "deprecated") ||
        (made->docstring != kNoItem &&
         (facts.docstrings[made->docstring].flags & docstring_flag::kDeprecated) != 0))
        return true;
    if (made->kind != DefinitionKind::class_)
        return false;
    for (std::uint32_t i = entity.definition + 1;
         i < facts.definitions.size() && facts.definitions[i].range.begin < made->range.end; ++i) {
        const std::string_view name = facts.text(facts.definitions[i].name);
        if (facts.definitions[i].parent == entity.definition &&
            (name == "__init__" || name == "__new__"))
            return (facts.definitions[i].flags & definition_flag::kWarnsDeprecated) != 0;
    }
    return false;
}

int ApiIndex::documented_or_inherits(const ApiEntity& entity) const {
    if (entity.assignment != kNoItem && entity.module != kNoItem) {
        const PyAssignment& one = modules_[entity.module].facts->assignments[entity.assignment];
        return one.docstring != kNoItem || one.doc_comment ? 1 : 0;
    }
    const int own = documented(entity);
    const PyDefinition* made = definition(entity);
    if (own != 0 || made == nullptr)
        return own;
    if (runtime_docstring(entity.module, entity.definition))
        return -1;
    const PythonFacts& facts = *modules_[entity.module].facts;
    if (made->parent == kNoItem || facts.definitions[made->parent].kind != DefinitionKind::class_)
        return 0;
    // The nearest base that has a docstring for it.
    const std::string_view name = facts.text(made->name);
    constexpr std::size_t kMostClasses = 60;
    ApiEntity start;
    start.kind = ApiKind::class_;
    start.module = entity.module;
    start.definition = made->parent;
    std::vector<ApiEntity> seen;
    std::vector<ApiEntity> todo = {start};
    bool known = true;
    while (!todo.empty() && seen.size() < kMostClasses) {
        const ApiEntity one = todo.back();
        todo.pop_back();
        if (std::find(seen.begin(), seen.end(), one) != seen.end())
            continue;
        seen.push_back(one);
        const Table& table = class_table(one.module, one.definition);
        const auto at = table.names.find(name);
        if (seen.size() > 1 && at != table.names.end() &&
            documented(class_entity(one.module, one.definition, table, at->second, 1)) == 1)
            return 1;
        known = bases(one, todo) && known;
    }
    return known ? 0 : -1;
}

std::span<const std::string_view> ApiIndex::all(std::uint32_t module, bool& has_all,
                                                bool& known) const {
    has_all = tables_[module].has_all;
    known = tables_[module].all_known;
    return tables_[module].all;
}

std::vector<std::pair<std::string_view, ApiEntity>> ApiIndex::members(const ApiEntity& owner,
                                                                      bool inherited) const {
    std::vector<std::pair<std::string_view, ApiEntity>> out;
    if (owner.kind != ApiKind::class_ || owner.definition == kNoItem)
        return out;
    constexpr std::size_t kMostClasses = 60;
    std::vector<ApiEntity> seen;
    std::vector<ApiEntity> todo = {owner};
    std::set<std::string_view> names;
    while (!todo.empty() && seen.size() < kMostClasses) {
        const ApiEntity one = todo.back();
        todo.pop_back();
        if (std::find(seen.begin(), seen.end(), one) != seen.end())
            continue;
        seen.push_back(one);
        const Table& table = class_table(one.module, one.definition);
        for (const std::string_view name : table.order) {
            if (names.insert(name).second)
                out.emplace_back(
                    name, class_entity(one.module, one.definition, table, table.names.at(name), 0));
        }
        if (inherited)
            (void)bases(one, todo);
    }
    std::sort(out.begin(), out.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return out;
}

std::vector<ApiEntity> ApiIndex::with_bases(const ApiEntity& owner, bool& known) const {
    std::vector<ApiEntity> seen;
    known = owner.kind == ApiKind::class_ && owner.definition != kNoItem;
    if (!known)
        return seen;
    constexpr std::size_t kMostClasses = 60;
    std::vector<ApiEntity> todo = {owner};
    while (!todo.empty()) {
        const ApiEntity one = todo.back();
        todo.pop_back();
        if (std::find(seen.begin(), seen.end(), one) != seen.end())
            continue;
        if (seen.size() == kMostClasses) {
            known = false;
            break;
        }
        seen.push_back(one);
        known = bases(one, todo) && known;
    }
    return seen;
}

}  // namespace docathon

// ApiIndex: the members of classes.

#include <algorithm>
#include <array>

#include "lint/project/api/api_index.h"
#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

namespace {

bool is_property(const PythonFacts& facts, const PyDefinition& definition) {
    constexpr std::array<std::string_view, 8> kNames = {
        "property",       "cached_property", "abstractproperty", "DynamicClassAttribute",
        "cache_readonly", "setter",          "getter",           "deleter"};
    for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
        const std::string_view name =
            last_part(facts.text(facts.decorators[definition.first_decorator + i].name));
        if (std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
            name.ends_with("property"))
            return true;
    }
    return false;
}

/// The last definition of this name in a class that stands before an offset; with the decorator,
/// unless that is empty. kNoItem: there is none.
std::uint32_t definition_before(const PythonFacts& facts, std::uint32_t owner,
                                std::string_view name, std::uint32_t end,
                                std::string_view decorator) {
    std::uint32_t out = kNoItem;
    for (std::uint32_t i = owner + 1;
         i < facts.definitions.size() && facts.definitions[i].range.begin < end; ++i) {
        const PyDefinition& one = facts.definitions[i];
        if (one.parent == owner && facts.text(one.name) == name &&
            (decorator.empty() || has_decorator(facts, one, decorator)))
            out = i;
    }
    return out;
}

}  // namespace

ApiIndex::Table ApiIndex::make_class_table(std::uint32_t module, std::uint32_t definition) const {
    Table table;
    const PythonFacts& facts = *modules_[module].facts;
    const std::vector<bool>& runs = tables_[module].active;
    const auto active = [&](std::uint32_t branch) {
        return branch == kNoItem || branch >= runs.size() || runs[branch];
    };
    for (const Event& event : events(facts, definition)) {
        Binding binding;
        binding.index = event.index;
        if (event.kind == Event::Kind::definition) {
            const PyDefinition& one = facts.definitions[event.index];
            binding.branch = one.branch;
            if (!active(binding.branch))
                continue;
            // A setter belongs to the property that stands before it.
            if (table.names.contains(facts.text(one.name)) &&
                (has_decorator(facts, one, "setter") || has_decorator(facts, one, "deleter") ||
                 has_decorator(facts, one, "getter")))
                continue;
            bind(facts, table, facts.text(one.name), binding);
        } else if (event.kind == Event::Kind::assignment) {
            const PyAssignment& one = facts.assignments[event.index];
            const std::string_view name = facts.text(one.target);
            binding.kind = Binding::Kind::assignment;
            binding.branch = one.branch;
            if (name.find('.') != std::string_view::npos || !active(binding.branch))
                continue;
            const auto at = table.names.find(name);
            if (one.kind == AssignmentKind::deleted && at != table.names.end())
                at->second.deleted = true;
            else if (one.kind == AssignmentKind::deleted)
                continue;
            else if (one.kind == AssignmentKind::augmented ||
                     one.kind == AssignmentKind::annotation)
                table.names.try_emplace(name, binding);
            else
                bind(facts, table, name, binding);
        } else {
            const PyImport& one = facts.imports[event.index];
            binding.kind = Binding::Kind::import;
            binding.branch = one.branch;
            const std::string_view bound = !one.alias.empty()  ? facts.text(one.alias)
                                           : !one.name.empty() ? facts.text(one.name)
                                                               : first_part(facts.text(one.module));
            if (bound != "*" && active(binding.branch))
                bind(facts, table, bound, binding);
        }
    }
    for (const auto& [name, binding] : table.names) {
        if (!binding.deleted)
            table.order.push_back(name);
    }
    std::sort(table.order.begin(), table.order.end());
    return table;
}

const ApiIndex::Table& ApiIndex::class_table(std::uint32_t module, std::uint32_t definition) const {
    static const Table kEmpty;
    const auto& tables = class_tables_[module];
    const auto at =
        std::lower_bound(tables.begin(), tables.end(), definition,
                         [](const auto& one, std::uint32_t wanted) { return one.first < wanted; });
    return at != tables.end() && at->first == definition ? at->second : kEmpty;
}

ApiEntity ApiIndex::class_entity(std::uint32_t module, std::uint32_t definition, const Table& table,
                                 const Binding& binding, int depth) const {
    const PythonFacts& facts = *modules_[module].facts;
    ApiEntity out;
    out.module = module;
    if (depth > kMaxDepth)
        return {};
    if (binding.kind == Binding::Kind::definition) {
        const PyDefinition& one = facts.definitions[binding.index];
        out.definition = binding.index;
        out.kind = one.kind == DefinitionKind::class_                  ? ApiKind::class_
                   : is_property(facts, one)                           ? ApiKind::property
                   : has_decorator(facts, one, "staticmethod")         ? ApiKind::staticmethod
                   : has_decorator(facts, one, "classmethod")          ? ApiKind::classmethod
                   : has_decorator(facts, one, "abstractstaticmethod") ? ApiKind::staticmethod
                   : has_decorator(facts, one, "abstractclassmethod")  ? ApiKind::classmethod
                                                                       : ApiKind::method;
        return out;
    }
    if (binding.kind == Binding::Kind::delegated)
        return delegated_[binding.index];
    if (binding.kind == Binding::Kind::import)
        return import_entity(module, facts.imports[binding.index], depth + 1);
    const PyAssignment& one = facts.assignments[binding.index];
    out.kind = ApiKind::attribute;
    out.assignment = binding.index;
    std::string_view value = facts.text(one.value);
    ApiKind made = ApiKind::unknown;
    for (const auto& [call, kind] :
         {std::pair<std::string_view, ApiKind>{"property(", ApiKind::property},
          {"staticmethod(", ApiKind::staticmethod},
          {"classmethod(", ApiKind::classmethod}}) {
        if (value.starts_with(call) && value.ends_with(")")) {
            made = kind;
            value = value.substr(call.size(), value.size() - call.size() - 1);
            value = trim(value.substr(0, value.find(',')));
            if (value.starts_with("fget="))
                value = value.substr(5);
        }
    }
    // get_x = x.fget, where x is a property
    constexpr std::string_view kGetter = ".fget";
    const bool getter = value.ends_with(kGetter);
    if (getter)
        value = value.substr(0, value.size() - kGetter.size());
    // set_x = x.fset; x = classmethod(x)
    constexpr std::string_view kSetter = ".fset";
    const bool setter = value.ends_with(kSetter);
    if (setter || (made != ApiKind::unknown && value == facts.text(one.target))) {
        const std::uint32_t before = definition_before(
            facts, definition, setter ? value.substr(0, value.size() - kSetter.size()) : value,
            one.target_range.begin, setter ? "setter" : "");
        if (before != kNoItem) {
            out.kind = setter ? ApiKind::method : made;
            out.assignment = kNoItem;
            out.definition = before;
            return out;
        }
    }
    // In `main = staticmethod(main)` it is the module's.
    const bool same = value == facts.text(one.target);
    if (one.kind == AssignmentKind::value && is_dotted_name(value) &&
        (!same || made != ApiKind::unknown)) {
        const std::string_view first = first_part(value);
        const auto local = same ? table.names.end() : table.names.find(first);
        ApiEntity found;
        if (local != table.names.end()) {
            found = class_entity(module, definition, table, local->second, depth + 5);
            if (first.size() < value.size())
                found = member(found, last_part(value), depth + 5);
        } else if (local == table.names.end()) {
            found = resolve_in(module, value, depth + 1);
        }
        const bool thing = found.definition != kNoItem;
        if (thing) {
            if (found.kind == ApiKind::function || (getter && found.kind == ApiKind::property))
                found.kind = ApiKind::method;
            if (made != ApiKind::unknown && found.kind != ApiKind::class_)
                found.kind = made;
            return found;
        }
    }
    if (made == ApiKind::property)
        out.kind = made;
    return out;
}

}  // namespace docathon

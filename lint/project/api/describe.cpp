// What ApiIndex knows of an entity: signature, canonical name, docstring, deprecation.

#include <algorithm>
#include <set>

#include "lint/project/api/api_index.h"
#include "lint/project/api/standard_classes.h"
#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

const PyDefinition* ApiIndex::definition(const ApiEntity& entity) const {
    if (entity.definition == kNoItem || entity.module == kNoItem)
        return nullptr;
    return &modules_[entity.module].facts->definitions[entity.definition];
}

ApiEntity ApiIndex::metaclass_call(const ApiEntity& entity) const {
    bool known = true;
    for (const ApiEntity& one : with_bases(entity, known)) {
        const PythonFacts& facts = *modules_[one.module].facts;
        const PyDefinition& made = facts.definitions[one.definition];
        for (std::uint32_t i = 0; i < made.argument_count; ++i) {
            const PyArgument& argument = facts.arguments[made.first_argument + i];
            const std::string_view written = facts.text(argument.value);
            if (facts.text(argument.keyword) != "metaclass" || !is_dotted_name(written))
                continue;
            const ApiEntity found = resolve_in(one.module, written, 0);
            const ApiEntity call = member(found, "__call__", 0);
            return call.kind == ApiKind::method ? call : ApiEntity{};
        }
    }
    return {};
}

ApiSignature ApiIndex::class_signature(const ApiEntity& entity, int depth) const {
    if (depth > kMaxDepth)
        return {};
    const Table& table = class_table(entity.module, entity.definition);
    const PythonFacts& facts = *modules_[entity.module].facts;
    const PyDefinition& definition = facts.definitions[entity.definition];
    // Python calls what the metaclass says; Sphinx and inspect ask it first.
    if (ApiEntity call = metaclass_call(entity); call.definition != kNoItem)
        return signature(call);
    // Both are called; inspect shows the __new__ of a class that has both.
    for (const std::string_view name : {"__new__", "__init__"}) {
        const auto at = table.names.find(name);
        if (at == table.names.end())
            continue;
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
    return modules_[home(entity)].module + ":" + path;
}

std::string_view ApiIndex::written_home(const ApiEntity& entity) const {
    if (entity.module == kNoItem || entity.definition == kNoItem)
        return {};
    const PythonFacts& facts = *modules_[entity.module].facts;
    std::uint32_t top = entity.definition;
    while (facts.definitions[top].parent != kNoItem)
        top = facts.definitions[top].parent;
    const PyDefinition& made = facts.definitions[top];
    const std::string_view name = facts.text(made.name);
    const auto& assigned = tables_[entity.module].home_set;
    if (const auto at = assigned.find(name); !assigned.empty() && at != assigned.end())
        return at->second;
    for (std::uint32_t i = 0; i < made.decorator_count; ++i) {
        const PyDecorator& decorator = facts.decorators[made.first_decorator + i];
        if (decorator.argument_count == 1 && last_part(facts.text(decorator.name)) == "set_module")
            return string_value(facts.text(facts.arguments[decorator.first_argument].value));
    }
    if (made.kind != DefinitionKind::class_)
        return {};
    const Table& table = class_table(entity.module, top);
    const auto at = table.names.find("__module__");
    return at != table.names.end() && at->second.kind == Binding::Kind::assignment
               ? string_value(facts.text(facts.assignments[at->second.index].value))
               : std::string_view();
}

std::uint32_t ApiIndex::home(const ApiEntity& entity) const {
    if (entity.module == kNoItem || entity.definition == kNoItem)
        return entity.module;
    const PythonFacts& facts = *modules_[entity.module].facts;
    std::uint32_t top = entity.definition;
    while (facts.definitions[top].parent != kNoItem)
        top = facts.definitions[top].parent;
    const std::string_view name = facts.text(facts.definitions[top].name);
    const std::string_view written = written_home(entity);
    if (written.empty()) {
        const auto taken = taken_home_.find({entity.module, top});
        return taken == taken_home_.end() ? entity.module : taken->second;
    }
    const std::uint32_t found = find_module(inside(written));
    return found != kNoItem && tables_[found].names.contains(name) ? found : entity.module;
}

/// `x = property(lambda self: ...)`: a lambda has no words, and the fourth argument is the
/// docstring.
int ApiIndex::property_documented(const ApiEntity& entity) const {
    if (entity.assignment == kNoItem || entity.module == kNoItem)
        return -1;
    const PythonFacts& facts = *modules_[entity.module].facts;
    std::string_view value = facts.text(facts.assignments[entity.assignment].value);
    constexpr std::string_view kCall = "property(";
    if (!value.starts_with(kCall) || !value.ends_with(')'))
        return -1;  // or longer than what is kept
    value = trim_left(value.substr(kCall.size()));
    if (value.starts_with("fget="))
        value = value.substr(5);
    return value.starts_with("lambda") && value.find("doc") == std::string_view::npos &&
                   value.find_first_of("\"'") == std::string_view::npos
               ? 0
               : -1;
}

int ApiIndex::documented(const ApiEntity& entity) const {
    if (entity.kind == ApiKind::module && entity.module != kNoItem)
        return modules_[entity.module].facts->module_docstring != kNoItem ? 1 : 0;
    const PyDefinition* made = definition(entity);
    if (made == nullptr)
        return entity.kind == ApiKind::property ? property_documented(entity) : -1;
    const PythonFacts& facts = *modules_[entity.module].facts;
    if (made->docstring != kNoItem)
        return (facts.docstrings[made->docstring].flags & docstring_flag::kBlank) == 0 ? 1 : 0;
    if (made->parent != kNoItem)
        return 0;
    return contains(tables_[entity.module].doc_set, facts.text(made->name)) ? -1 : 0;
}

bool ApiIndex::runtime_docstring(std::uint32_t module, std::uint32_t definition) const {
    const PythonFacts& facts = *modules_[module].facts;
    const PyDefinition& made = facts.definitions[definition];
    return contains(tables_[module].doc_set, facts.text(made.name)) ||
           changes_docstring(facts, made);
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

std::string ApiIndex::outside_name(std::uint32_t module, std::string_view dotted, int depth) const {
    if (depth > kMaxDepth || !is_dotted_name(dotted))
        return {};
    const std::string_view first = first_part(dotted);
    const std::string rest(dotted.substr(first.size()));
    const Table& table = tables_[module];
    const auto at = table.names.find(first);
    if (at == table.names.end()) {
        const std::string builtin = "builtins." + std::string(first);
        return !table.unknown_star && rest.empty() && standard_class(builtin) != nullptr
                   ? builtin
                   : std::string();
    }
    if (at->second.kind == Binding::Kind::star)
        return outside_name(at->second.source, dotted, depth + 1);
    if (at->second.kind == Binding::Kind::assignment) {
        const PyAssignment& one = modules_[module].facts->assignments[at->second.index];
        std::string_view value = modules_[module].facts->text(one.value);
        if (one.kind != AssignmentKind::value || value == first)
            return {};
        value = trim(value.substr(0, value.find('[')));
        return outside_name(module, std::string(value) + rest, depth + 1);
    }
    if (at->second.kind == Binding::Kind::submodule)
        return rest.empty() ? std::string()
                            : outside_name(at->second.index, rest.substr(1), depth + 1);
    if (at->second.kind != Binding::Kind::import)
        return {};
    const PythonFacts& facts = *modules_[module].facts;
    const PyImport& import = facts.imports[at->second.index];
    const std::string from = absolute(module, import);
    const std::string_view name = facts.text(import.name);
    if (name.empty()) {
        const std::string whole = import.alias.empty() ? std::string(first) + rest : from + rest;
        return find_module(first_part(whole)) == kNoItem ? whole : std::string();
    }
    if (const std::uint32_t other = find_module(from); other != kNoItem) {
        const std::uint32_t inner = find_module(from + "." + std::string(name));
        if (inner != kNoItem && !tables_[other].names.contains(name))
            return rest.empty() ? std::string() : outside_name(inner, rest.substr(1), depth + 1);
        return outside_name(other, std::string(name) + rest, depth + 1);
    }
    return find_module(first_part(from)) == kNoItem ? from + "." + std::string(name) + rest
                                                    : std::string();
}

ApiIndex::Ancestry ApiIndex::ancestry(const ApiEntity& owner) const {
    Ancestry out;
    if (owner.kind != ApiKind::class_ || owner.definition == kNoItem) {
        out.known = out.closed = false;
        return out;
    }
    constexpr std::size_t kMostClasses = 60;
    std::vector<ApiEntity> todo = {owner};
    while (!todo.empty()) {
        const ApiEntity one = todo.back();
        todo.pop_back();
        if (std::find(out.own.begin(), out.own.end(), one) != out.own.end())
            continue;
        if (out.own.size() == kMostClasses) {
            out.known = out.closed = false;
            break;
        }
        out.own.push_back(one);
        const PythonFacts& facts = *modules_[one.module].facts;
        const PyDefinition& made = facts.definitions[one.definition];
        for (std::uint32_t i = made.argument_count; i-- > 0;) {
            const PyArgument& base = facts.arguments[made.first_argument + i];
            if (!base.keyword.empty())
                continue;
            std::string_view written = facts.text(base.value);
            written = trim(written.substr(0, written.find('[')));
            if (written == "object")
                continue;
            const ApiEntity found =
                is_dotted_name(written) ? resolve_in(one.module, written, 0) : ApiEntity{};
            if (found.kind == ApiKind::class_ && found.definition != kNoItem) {
                todo.push_back(found);
                continue;
            }
            const StandardClass* standard = standard_class(outside_name(one.module, written));
            if (standard != nullptr) {
                add_with_bases(*standard, out.standard);
                continue;
            }
            out.closed = false;
            out.known = out.known && has_no_public_members(last_part(written));
        }
    }
    return out;
}

/// A class without words of its own has those of a base, and dataclasses and their like get some.
int ApiIndex::class_documented(const ApiEntity& entity) const {
    const Ancestry classes = ancestry(entity);
    bool maybe = !classes.closed;
    for (const ApiEntity& one : classes.own) {
        const PythonFacts& facts = *modules_[one.module].facts;
        const PyDefinition& made = facts.definitions[one.definition];
        if (documented(one) == 1 || has_decorator(facts, made, "dataclass") ||
            field_style(facts, made) == FieldStyle::named_tuple)
            return 1;
        maybe = maybe || runtime_docstring(one.module, one.definition);
    }
    for (const StandardClass* one : classes.standard) {
        if (one->documented)
            return 1;
    }
    return maybe ? -1 : 0;
}

int ApiIndex::documented_in(const Ancestry& classes, std::string_view name) const {
    bool maybe = !classes.known;
    bool function = false;
    for (std::size_t i = 0; i < classes.own.size(); ++i) {
        const ApiEntity& one = classes.own[i];
        const Table& table = class_table(one.module, one.definition);
        const auto at = table.names.find(name);
        if (at == table.names.end())
            continue;
        const ApiEntity found = class_entity(one.module, one.definition, table, at->second, 1);
        if (at->second.kind == Binding::Kind::assignment) {
            const PyAssignment& made = modules_[one.module].facts->assignments[at->second.index];
            const PythonFacts& facts = *modules_[one.module].facts;
            // Fields of named tuples get words from Python.
            if (made.docstring != kNoItem || made.doc_comment ||
                (made.kind == AssignmentKind::annotation &&
                 field_style(facts, facts.definitions[one.definition]) == FieldStyle::named_tuple))
                return 1;
        }
        if (found.assignment != kNoItem) {
            // An object whose words are an argument, or what a function made, perhaps a property.
            const PythonFacts& facts = *modules_[found.module].facts;
            const std::string_view value = facts.text(facts.assignments[found.assignment].value);
            const std::string_view called = value.substr(0, value.find_first_of("[("));
            maybe = maybe || value.find("doc=") != std::string_view::npos ||
                    (called.size() < value.size() && is_dotted_name(called) &&
                     resolve_in(found.module, called, 1).kind == ApiKind::function);
            if (i == 0 && names_class(found))
                return 1;
            continue;
        }
        const bool first = !function;
        function = true;
        const int own =
            found.kind == ApiKind::class_ && first ? class_documented(found) : documented(found);
        if (own == 1)
            return 1;
        const PyDefinition* const made = definition(found);
        maybe = maybe || own < 0 ||
                (made != nullptr && runtime_docstring(found.module, found.definition));
    }
    for (const StandardClass* one : classes.standard) {
        for (const StandardClass::Member& member : one->members) {
            if (member.name == name && member.documented && function)
                return 1;
        }
    }
    return maybe ? -1 : 0;
}

bool ApiIndex::names_class(const ApiEntity& entity) const {
    if (entity.assignment == kNoItem || entity.module == kNoItem)
        return false;
    const PythonFacts& facts = *modules_[entity.module].facts;
    const std::string_view value = facts.text(facts.assignments[entity.assignment].value);
    const std::string_view called = value.substr(0, value.find('('));
    if (called.size() < value.size())
        return last_part(called) == "namedtuple" || last_part(called) == "NamedTuple";
    const StandardClass* const standard = standard_class(outside_name(entity.module, value));
    return standard != nullptr && standard->documented;
}

int ApiIndex::documented_or_inherits(const ApiEntity& entity) const {
    if (entity.assignment != kNoItem && entity.module != kNoItem) {
        const PythonFacts& facts = *modules_[entity.module].facts;
        const PyAssignment& one = facts.assignments[entity.assignment];
        // Python writes one for named tuples.
        const bool made = facts.text(one.value).ends_with(')') && names_class(entity);
        return one.docstring != kNoItem || one.doc_comment || made ? 1 : 0;
    }
    const PyDefinition* made = definition(entity);
    if (made == nullptr)
        return documented(entity);
    if (entity.kind == ApiKind::class_)
        return class_documented(entity);
    const PythonFacts& facts = *modules_[entity.module].facts;
    if (made->parent != kNoItem && facts.definitions[made->parent].kind == DefinitionKind::class_) {
        ApiEntity owner;
        owner.kind = ApiKind::class_;
        owner.module = entity.module;
        owner.definition = made->parent;
        return documented_in(ancestry(owner), facts.text(made->name));
    }
    const int own = documented(entity);
    return own == 0 && runtime_docstring(entity.module, entity.definition) ? -1 : own;
}

int ApiIndex::documented_itself(const ApiEntity& entity) const {
    const PyDefinition* const made = definition(entity);
    if (made == nullptr || entity.assignment != kNoItem)
        return documented_or_inherits(entity);
    const PythonFacts& facts = *modules_[entity.module].facts;
    const int own = documented(entity);
    if (own != 0)
        return own;
    if (entity.kind == ApiKind::class_ && (has_decorator(facts, *made, "dataclass") ||
                                           field_style(facts, *made) == FieldStyle::named_tuple))
        return 1;
    return runtime_docstring(entity.module, entity.definition) ? -1 : 0;
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

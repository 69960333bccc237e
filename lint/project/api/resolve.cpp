// ApiIndex: what a name stands for.

#include <algorithm>
#include <array>

#include "lint/project/api/api_index.h"
#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

namespace {

/// Functions and classes that every module has: `f = input` defines nothing new.
bool is_builtin(std::string_view name) {
    constexpr std::array<std::string_view, 44> kNames = {
        "abs",      "all",        "any",         "ascii",   "bool",    "bytearray", "bytes",
        "callable", "chr",        "classmethod", "complex", "dict",    "dir",       "enumerate",
        "filter",   "float",      "frozenset",   "getattr", "hasattr", "hash",      "id",
        "input",    "int",        "isinstance",  "iter",    "len",     "list",      "map",
        "max",      "memoryview", "min",         "next",    "object",  "open",      "ord",
        "print",    "range",      "repr",        "set",     "sorted",  "str",       "tuple",
        "type",     "zip"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// Whether a name of another package is that of data, neither of a module nor of a class or
/// function: `socket.AF_UNIX`, `sys.platform`, `np.pi`.
bool is_constant(std::string_view dotted) {
    constexpr std::array<std::string_view, 9> kNames = {
        "sys.platform", "sys.version_info", "sys.maxsize", "sys.byteorder", "sys.argv",
        "os.environ",   "os.sep",           "os.linesep",  "os.name"};
    const std::string_view last = last_part(dotted);
    if (std::find(kNames.begin(), kNames.end(), dotted) != kNames.end())
        return true;
    if (last.size() == dotted.size())
        return false;
    if (last == "pi" || last == "nan" || last == "inf" || last == "newaxis")
        return true;
    return last.size() > 2 && ascii_lower(last) != last &&
           std::none_of(last.begin(), last.end(), [](char c) { return c >= 'a' && c <= 'z'; }) &&
           last.find('_') != std::string_view::npos;
}

/// The x of `cast(T, x)`; else the value itself.
std::string_view without_cast(std::string_view value) {
    const std::size_t open = value.find('(');
    const std::size_t comma = value.rfind(',');
    if (open == std::string_view::npos || comma == std::string_view::npos || comma < open ||
        !value.ends_with(')') || last_part(value.substr(0, open)) != "cast")
        return value;
    const std::string_view last = trim(value.substr(comma + 1, value.size() - comma - 2));
    return is_dotted_name(last) ? last : value;
}

}  // namespace

ApiEntity ApiIndex::import_entity(std::uint32_t module, const PyImport& import, int depth) const {
    ApiEntity out;
    const PythonFacts& facts = *modules_[module].facts;
    const std::string from = absolute(module, import);
    const std::string_view name = facts.text(import.name);
    if (name.empty()) {
        const std::string_view wanted =
            import.alias.empty() ? first_part(from) : std::string_view(from);
        out.module = find_module(wanted);
        out.kind = out.module == kNoItem ? ApiKind::unknown : ApiKind::module;
        out.external = out.module == kNoItem;
        return out;
    }
    const std::uint32_t other = find_module(from);
    if (other == kNoItem) {
        // A folder without __init__.py has modules all the same.
        out.module = find_module(from + "." + std::string(name));
        out.kind = out.module == kNoItem ? ApiKind::unknown : ApiKind::module;
        out.external = out.module == kNoItem && !same_package(module, from);
        return out;
    }
    if (other == module) {
        // `from . import x` in the package itself: the submodule, whatever else is called x there.
        out.module = find_module(modules_[module].module + "." + std::string(name));
        if (out.module != kNoItem)
            out.kind = ApiKind::module;
        return out;
    }
    return lookup(other, name, depth + 1);
}

ApiEntity ApiIndex::lookup(std::uint32_t module, std::string_view name, int depth) const {
    if (depth > kMaxDepth)
        return {};
    const Table& table = tables_[module];
    const auto at = table.names.find(name);
    if (at != table.names.end() && at->second.kind == Binding::Kind::star)
        return lookup(at->second.source, name, depth + 1);
    if (at != table.names.end()) {
        const ApiEntity found = entity(module, at->second, depth);
        // What is made in C, or in a way that cannot be read.
        if (found.kind == ApiKind::unknown && !found.external && stubs_[module] != kNoItem)
            return lookup(stubs_[module], name, depth + 1);
        return found;
    }
    const std::uint32_t submodule = find_module(modules_[module].module + "." + std::string(name));
    if (submodule == kNoItem && stubs_[module] != kNoItem)
        return lookup(stubs_[module], name, depth + 1);
    if (submodule == kNoItem)
        return {};
    ApiEntity out;
    out.kind = ApiKind::module;
    out.module = submodule;
    return out;
}

ApiEntity ApiIndex::entity(std::uint32_t module, const Binding& binding, int depth) const {
    if (depth > kMaxDepth)
        return {};
    const PythonFacts& facts = *modules_[module].facts;
    ApiEntity out;
    out.module = module;
    switch (binding.kind) {
        case Binding::Kind::definition:
            out.kind = facts.definitions[binding.index].kind == DefinitionKind::class_
                           ? ApiKind::class_
                           : ApiKind::function;
            out.definition = binding.index;
            return out;
        case Binding::Kind::submodule:
            out.kind = ApiKind::module;
            out.module = binding.index;
            return out;
        case Binding::Kind::import:
            return import_entity(module, facts.imports[binding.index], depth);
        case Binding::Kind::assignment:
            return value_entity(module, binding.index, depth);
        case Binding::Kind::delegated:
            return delegated_[binding.index];
        case Binding::Kind::star:
            break;
    }
    return {};
}

ApiEntity ApiIndex::value_entity(std::uint32_t module, std::uint32_t assignment, int depth) const {
    const PythonFacts& facts = *modules_[module].facts;
    const PyAssignment& one = facts.assignments[assignment];
    ApiEntity out;
    out.kind = one.scope == kNoItem ? ApiKind::data : ApiKind::attribute;
    out.module = module;
    out.assignment = assignment;
    std::string_view value = facts.text(one.value);
    if (one.kind != AssignmentKind::value || one.scope != kNoItem || depth > kMaxDepth)
        return out;
    // `int = int` in a module that other modules take it from.
    if (value == facts.text(one.target)) {
        out.external = is_builtin(value);
        return out;
    }
    // A module, or something of one; the class of something, which is seldom of this module.
    for (const std::string_view made : {"__import__(", "sys.modules[", "type("}) {
        if (value.starts_with(made) && value.find(',') == std::string_view::npos) {
            out.external = true;
            return out;
        }
    }
    value = without_cast(value);
    const ApiEntity found =
        is_dotted_name(value) ? resolve_in(module, value, depth + 1) : ApiEntity{};
    if (found.external && is_constant(value))
        return out;
    if (found.external || (found.kind == ApiKind::unknown && is_builtin(value))) {
        out.external = true;
        return out;
    }
    if (found.kind == ApiKind::unknown && value.ends_with(')')) {
        // g = decorate(f), g = decorate(x)(f): another function
        const std::size_t open = value.rfind('(');
        std::string_view argument = value.substr(open + 1, value.size() - open - 2);
        argument = trim(argument.substr(0, argument.find(',')));
        if (open > 0 && is_dotted_name(argument) &&
            resolve_in(module, argument, depth + 1).kind == ApiKind::function)
            out.kind = ApiKind::function;
        return out;
    }
    // The value of a datum is a datum of its own.
    const bool thing = found.kind != ApiKind::unknown && found.kind != ApiKind::data &&
                       found.kind != ApiKind::attribute;
    return thing ? found : out;
}

ApiEntity ApiIndex::resolve_in(std::uint32_t module, std::string_view dotted, int depth) const {
    if (depth > kMaxDepth)
        return {};
    const std::string_view first = first_part(dotted);
    const Table& table = tables_[module];
    const auto at = table.names.find(first);
    ApiEntity found;
    if (at != table.names.end()) {
        found = lookup(module, first, depth + 1);
    } else if (first.size() != dotted.size() || modules_[module].package) {
        found = lookup(module, first, depth + 1);
    }
    for (std::size_t dot = dotted.find('.'); dot != std::string_view::npos;
         dot = dotted.find('.')) {
        dotted.remove_prefix(dot + 1);
        found = member(found, first_part(dotted), depth + 1);
    }
    return found;
}

ApiEntity ApiIndex::member(const ApiEntity& owner, std::string_view name, int depth) const {
    if (depth > kMaxDepth)
        return {};
    if (owner.external)
        return owner;
    if (owner.kind == ApiKind::module && owner.module != kNoItem) {
        return lookup(owner.module, name, depth);
    }
    if (owner.kind != ApiKind::class_ || owner.definition == kNoItem)
        return {};
    // The class and its bases, depth first, as the method resolution order goes in simple cases.
    constexpr std::size_t kMostClasses = 60;
    constexpr int kBaseDepth = 30;  // bases that are members of classes themselves
    std::vector<ApiEntity> seen;
    std::vector<ApiEntity> todo = {owner};
    while (!todo.empty() && seen.size() < kMostClasses) {
        const ApiEntity one = todo.back();
        todo.pop_back();
        if (std::find(seen.begin(), seen.end(), one) != seen.end())
            continue;
        seen.push_back(one);
        const Table& table = class_table(one.module, one.definition);
        const auto at = table.names.find(name);
        if (at != table.names.end())
            return class_entity(one.module, one.definition, table, at->second, depth + 1);
        const PythonFacts& facts = *modules_[one.module].facts;
        const PyDefinition& definition = facts.definitions[one.definition];
        const std::uint32_t bases =
            std::min<std::uint32_t>(definition.argument_count, kMostClasses);
        for (std::uint32_t i = bases; i-- > 0;) {
            const PyArgument& base = facts.arguments[definition.first_argument + i];
            if (!base.keyword.empty() || !is_dotted_name(facts.text(base.value)))
                continue;
            const ApiEntity found =
                resolve_in(one.module, facts.text(base.value), depth + kBaseDepth);
            if (found.kind == ApiKind::class_ && found.definition != kNoItem)
                todo.push_back(found);
        }
    }
    return {};
}

ApiEntity ApiIndex::resolve(std::string_view dotted) const {
    dotted = inside(dotted);
    // The longest module that the path begins with.
    std::string_view module = dotted;
    while (true) {
        const std::uint32_t found = find_module(module);
        if (found != kNoItem) {
            ApiEntity out;
            out.kind = ApiKind::module;
            out.module = found;
            while (module.size() < dotted.size()) {
                std::string_view rest = dotted.substr(module.size() + 1);
                rest = first_part(rest);
                out = member(out, rest, 0);
                module = dotted.substr(0, module.size() + 1 + rest.size());
            }
            return out;
        }
        const std::size_t dot = module.rfind('.');
        if (dot == std::string_view::npos)
            return {};
        module = module.substr(0, dot);
    }
}

}  // namespace docathon

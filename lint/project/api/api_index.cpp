#include "lint/project/api/api_index.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "lint/core/strings.h"
#include "lint/project/api/conditions.h"
#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

namespace {

// Chains of star imports; each level holds the names of a module.
constexpr int kMaxStarDepth = 200;
constexpr int kMaxClassDepth = 4;

std::string_view first_part(std::string_view dotted) {
    return dotted.substr(0, dotted.find('.'));
}

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

void sort_unique(std::vector<std::string_view>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

/// Branches from the outermost to `branch`.
std::vector<std::uint32_t> ancestors(const PythonFacts& facts, std::uint32_t branch) {
    std::vector<std::uint32_t> out;
    while (branch != kNoItem && out.size() < 1000) {
        out.push_back(branch);
        branch = facts.branches[branch].parent;
    }
    return out;
}

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

}  // namespace

/// A binding of a module or class, with its place.
struct ApiIndex::Event {
    enum class Kind : std::uint8_t { definition, import, assignment };
    Kind kind;
    std::uint32_t index;
    std::uint32_t at;  // offset in the source
};

ApiIndex::ApiIndex(std::vector<ApiSource> sources) : modules_(std::move(sources)) {
    std::sort(modules_.begin(), modules_.end(), [](const ApiSource& a, const ApiSource& b) {
        // Of one name the package comes before the module, the module before its stub.
        return std::tuple(std::string_view(a.module), a.facts->stub, !a.package,
                          std::string_view(a.path)) < std::tuple(std::string_view(b.module),
                                                                 b.facts->stub, !b.package,
                                                                 std::string_view(b.path));
    });
    modules_.erase(
        std::unique(modules_.begin(), modules_.end(),
                    [](const ApiSource& a, const ApiSource& b) { return a.module == b.module; }),
        modules_.end());
    for (std::uint32_t i = 0; i < modules_.size(); ++i)
        by_name_.emplace(modules_[i].module, i);
    tables_.resize(modules_.size());
    for (std::uint32_t i = 0; i < modules_.size(); ++i)
        build_table(i, 0);
    class_tables_.resize(modules_.size());
    for (std::uint32_t i = 0; i < modules_.size(); ++i) {
        const PythonFacts& facts = *modules_[i].facts;
        for (std::uint32_t at = 0; at < facts.definitions.size(); ++at) {
            const PyDefinition& one = facts.definitions[at];
            if (one.kind == DefinitionKind::class_ &&
                (one.flags & definition_flag::kInFunction) == 0)
                class_tables_[i].emplace_back(at, make_class_table(i, at));
        }
    }
}

std::uint32_t ApiIndex::find_module(std::string_view name) const {
    const auto at = by_name_.find(name);
    return at == by_name_.end() ? kNoItem : at->second;
}

bool ApiIndex::same_package(std::uint32_t a, std::string_view other) const {
    return first_part(modules_[a].module) == first_part(other);
}

// ---- which bindings count --------------------------------------------------------------------

void ApiIndex::find_active(const PythonFacts& facts, std::vector<bool>& active) {
    // A chain (if, elif, else) is named by its first arm, and arms stand in order.
    std::vector<bool> taken(facts.branches.size());  // by chain: an arm before is always run
    active.resize(facts.branches.size());
    for (std::uint32_t at = 0; at < facts.branches.size(); ++at) {
        const PyBranch& own = facts.branches[at];
        bool runs = own.parent == kNoItem || active[own.parent];
        if (own.kind == BranchKind::elif || own.kind == BranchKind::else_)
            runs = runs && !taken[own.chain];
        if (own.kind == BranchKind::if_ || own.kind == BranchKind::elif) {
            const Truth truth = evaluate_condition(facts.text(own.test));
            runs = runs && truth != Truth::no;
            if (truth == Truth::yes)
                taken[own.chain] = true;
        }
        active[at] = runs;
    }
}

/// Whether `a` and `b` are arms of one statement of which only one runs: the binding that came
/// first stays. Behind try comes what runs only if it fails.
bool ApiIndex::alternative(const PythonFacts& facts, std::uint32_t a, std::uint32_t b) {
    if (a == kNoItem || b == kNoItem || a == b)
        return false;
    const std::vector<std::uint32_t> first = ancestors(facts, a);
    for (const std::uint32_t arm : ancestors(facts, b)) {
        const PyBranch& own = facts.branches[arm];
        if (own.kind == BranchKind::finally || own.kind == BranchKind::loop ||
            own.kind == BranchKind::with)
            continue;
        for (const std::uint32_t other : first) {
            if (other == arm || facts.branches[other].chain != own.chain)
                continue;
            // else of a try runs behind the body; of a loop too.
            const BranchKind head = facts.branches[own.chain].kind;
            if (own.kind == BranchKind::else_ &&
                (head == BranchKind::loop ||
                 (head == BranchKind::try_ && facts.branches[other].kind == BranchKind::try_)))
                continue;
            return true;
        }
    }
    return false;
}

void ApiIndex::bind(const PythonFacts& facts, Table& table, std::string_view name,
                    Binding binding) const {
    const auto [at, made] = table.names.try_emplace(name, binding);
    if (made)
        return;
    if (at->second.deleted) {
        at->second = binding;
        return;
    }
    if (at->second.kind != Binding::Kind::star &&
        alternative(facts, at->second.branch, binding.branch)) {
        // `except ImportError: x = None` and the like never win; an import that fails does not
        // leave the name unbound, so what comes first stays.
        return;
    }
    // An alternative to names that a star import brought: `try: from m import *`.
    if (binding.branch != kNoItem && at->second.kind == Binding::Kind::star &&
        facts.branches[binding.branch].kind == BranchKind::except)
        return;
    at->second = binding;
}

std::vector<ApiIndex::Event> ApiIndex::events(const PythonFacts& facts, std::uint32_t scope) {
    std::vector<Event> out;
    const std::uint32_t begin = scope == kNoItem ? 0 : scope + 1;
    const std::uint32_t end = scope == kNoItem ? kNoItem : facts.definitions[scope].range.end;
    for (std::uint32_t i = begin; i < facts.definitions.size(); ++i) {
        if (facts.definitions[i].range.begin >= end)
            break;
        if (facts.definitions[i].parent == scope)
            out.push_back({Event::Kind::definition, i, facts.definitions[i].range.begin});
    }
    const std::uint32_t from = scope == kNoItem ? 0 : facts.definitions[scope].range.begin;
    const auto import = std::lower_bound(
        facts.imports.begin(), facts.imports.end(), from,
        [](const PyImport& one, std::uint32_t offset) { return one.range.begin < offset; });
    for (auto i = static_cast<std::uint32_t>(import - facts.imports.begin());
         i < facts.imports.size() && facts.imports[i].range.begin < end; ++i) {
        if (facts.imports[i].scope == scope)
            out.push_back({Event::Kind::import, i, facts.imports[i].range.begin});
    }
    const auto assignment =
        std::lower_bound(facts.assignments.begin(), facts.assignments.end(), from,
                         [](const PyAssignment& one, std::uint32_t offset) {
                             return one.target_range.begin < offset;
                         });
    for (auto i = static_cast<std::uint32_t>(assignment - facts.assignments.begin());
         i < facts.assignments.size() && facts.assignments[i].target_range.begin < end; ++i) {
        if (facts.assignments[i].scope == scope)
            out.push_back({Event::Kind::assignment, i, facts.assignments[i].target_range.begin});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Event& a, const Event& b) { return a.at < b.at; });
    return out;
}

// ---- tables ----------------------------------------------------------------------------------

std::string ApiIndex::absolute(std::uint32_t module, const PyImport& import) const {
    const ApiSource& source = modules_[module];
    const std::string_view written = source.facts->text(import.module);
    if (import.level == 0)
        return std::string(written);
    std::string_view base = source.module;
    int up = import.level - (source.package ? 1 : 0);
    for (; up > 0; --up) {
        const std::size_t dot = base.rfind('.');
        if (dot == std::string_view::npos)
            return {};
        base = base.substr(0, dot);
    }
    std::string out(base);
    if (!written.empty())
        out += "." + std::string(written);
    return out;
}

void ApiIndex::build_table(std::uint32_t module, int depth) {
    Table& table = tables_[module];
    if (table.state != Table::State::untouched || depth > kMaxStarDepth)
        return;
    table.state = Table::State::in_work;
    const PythonFacts& facts = *modules_[module].facts;
    find_active(facts, table.active);
    const auto active = [&](std::uint32_t branch) {
        return branch == kNoItem || table.active[branch];
    };
    for (const Event& event : events(facts, kNoItem)) {
        Binding binding;
        binding.index = event.index;
        if (event.kind == Event::Kind::definition) {
            const PyDefinition& definition = facts.definitions[event.index];
            binding.branch = definition.branch;
            if (active(binding.branch))
                bind(facts, table, facts.text(definition.name), binding);
        } else if (event.kind == Event::Kind::assignment) {
            const PyAssignment& assignment = facts.assignments[event.index];
            const std::string_view name = facts.text(assignment.target);
            binding.kind = Binding::Kind::assignment;
            binding.branch = assignment.branch;
            constexpr std::string_view kDoc = ".__doc__";
            if (name.ends_with(kDoc))
                table.doc_set.push_back(name.substr(0, name.size() - kDoc.size()));
            if (name.find('.') != std::string_view::npos || !active(binding.branch))
                continue;
            if (assignment.kind == AssignmentKind::deleted) {
                if (const auto at = table.names.find(name); at != table.names.end())
                    at->second.deleted = true;
            } else if (assignment.kind == AssignmentKind::augmented) {
                table.names.try_emplace(name, binding);
            } else if (assignment.kind != AssignmentKind::annotation || facts.stub) {
                bind(facts, table, name, binding);
            }
        } else {
            const PyImport& import = facts.imports[event.index];
            binding.kind = Binding::Kind::import;
            binding.branch = import.branch;
            const std::string_view name = facts.text(import.name);
            const std::string_view alias = facts.text(import.alias);
            const std::string from = absolute(module, import);
            const bool inner = import.level > 0 || same_package(module, from);
            if (!alias.empty() && alias == (name.empty() ? facts.text(import.module) : name))
                table.same.push_back(alias);
            if (!active(binding.branch))
                continue;
            if (name == "*") {
                table.star_import = table.star_import || inner;
                const std::uint32_t other = find_module(from);
                if (other == kNoItem) {
                    table.unknown_star = true;
                    continue;
                }
                if (other == module)
                    continue;
                build_table(other, depth + 1);
                const Table& theirs = tables_[other];
                binding.kind = Binding::Kind::star;
                binding.source = other;
                table.unknown_star = table.unknown_star || theirs.unknown_star;
                const auto bring = [&](std::string_view brought) {
                    // What the other module has from here is no news.
                    const auto at = theirs.names.find(brought);
                    if (at != theirs.names.end() && at->second.kind == Binding::Kind::import &&
                        table.names.contains(brought) &&
                        absolute(other, modules_[other].facts->imports[at->second.index]) ==
                            modules_[module].module)
                        return;
                    bind(facts, table, brought, binding);
                };
                if (theirs.has_all && theirs.all_known) {
                    for (const std::string_view brought : theirs.all)
                        bring(brought);
                } else {
                    std::vector<std::string_view> brought;
                    for (const auto& [key, value] : theirs.names) {
                        if (!key.starts_with('_') && !value.deleted)
                            brought.push_back(key);
                    }
                    std::sort(brought.begin(), brought.end());
                    for (const std::string_view key : brought)
                        bring(key);
                }
                continue;
            }
            if (name.empty()) {  // import a.b, import a.b as c
                const std::string_view bound =
                    alias.empty() ? first_part(facts.text(import.module)) : alias;
                bind(facts, table, bound, binding);
                continue;
            }
            const std::string_view bound = alias.empty() ? name : alias;
            if (inner)
                table.own.push_back(bound);
            bind(facts, table, bound, binding);
        }
    }
    sort_unique(table.own);
    sort_unique(table.same);
    sort_unique(table.doc_set);
    build_all(module, depth);
    // Importing a submodule binds its name in the package.
    if (modules_[module].package) {
        const std::string prefix = modules_[module].module + ".";
        const auto first = std::lower_bound(
            modules_.begin(), modules_.end(), prefix,
            [](const ApiSource& one, const std::string& wanted) { return one.module < wanted; });
        for (auto i = first; i != modules_.end() && i->module.starts_with(prefix); ++i) {
            const std::string_view name = std::string_view(i->module).substr(prefix.size());
            if (name.find('.') != std::string_view::npos)
                continue;
            Binding binding;
            binding.kind = Binding::Kind::submodule;
            binding.index = static_cast<std::uint32_t>(i - modules_.begin());
            Binding& bound = table.names.try_emplace(name, binding).first->second;
            if (bound.deleted)
                bound = binding;
        }
    }
    for (const auto& [name, binding] : table.names) {
        if (!binding.deleted)
            table.order.push_back(name);
    }
    std::sort(table.order.begin(), table.order.end());
    table.state = Table::State::done;
}

void ApiIndex::build_all(std::uint32_t module, int depth) {
    Table& table = tables_[module];
    const PythonFacts& facts = *modules_[module].facts;
    const auto active = [&](std::uint32_t branch) {
        return branch == kNoItem || table.active[branch];
    };
    std::set<std::string_view> all;
    bool any = false;
    bool known = true;
    // `from .m import __all__`
    if (const auto imported = table.names.find("__all__");
        imported != table.names.end() && imported->second.kind == Binding::Kind::import) {
        const std::string from = absolute(module, facts.imports[imported->second.index]);
        const std::uint32_t other = find_module(from);
        if (other == kNoItem) {
            known = false;
        } else {
            build_table(other, depth + 1);
            known = tables_[other].has_all && tables_[other].all_known;
            all.insert(tables_[other].all.begin(), tables_[other].all.end());
        }
        any = true;
    }
    for (const PyAll& entry : facts.all) {
        if (!active(entry.branch))
            continue;
        if (entry.operation == AllOperation::set) {
            all.clear();
            known = true;
        }
        any = true;
        if (entry.operation == AllOperation::unknown) {
            known = false;
            continue;
        }
        if (entry.operation == AllOperation::remove) {
            all.erase(facts.text(entry.name));
            continue;
        }
        if (!entry.name.empty()) {
            all.insert(facts.text(entry.name));
            continue;
        }
        // The __all__ of another module, under its name here, or imported under another name.
        std::uint32_t other = kNoItem;
        if (!entry.module.empty()) {
            const ApiEntity found = resolve_in(module, facts.text(entry.module), 0);
            other = found.kind == ApiKind::module ? found.module : kNoItem;
        } else if (!entry.variable.empty()) {
            const auto binding = table.names.find(facts.text(entry.variable));
            if (binding != table.names.end() && binding->second.kind == Binding::Kind::import) {
                const PyImport& import = facts.imports[binding->second.index];
                if (facts.text(import.name) == "__all__")
                    other = find_module(absolute(module, import));
            }
        } else {
            continue;  // an empty list
        }
        if (other == kNoItem || other == module) {
            known = false;
            continue;
        }
        build_table(other, depth + 1);
        known = known && tables_[other].has_all && tables_[other].all_known;
        all.insert(tables_[other].all.begin(), tables_[other].all.end());
    }
    table.has_all = any;
    table.all_known = known;
    table.all.assign(all.begin(), all.end());
}

// ---- what names stand for ----------------------------------------------------------------------

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
        out.external = !same_package(module, from);
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
    if (at != table.names.end())
        return entity(module, at->second, depth);
    const std::uint32_t submodule = find_module(modules_[module].module + "." + std::string(name));
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
    const std::string_view value = facts.text(one.value);
    if (one.kind != AssignmentKind::value || one.scope != kNoItem || depth > kMaxDepth ||
        value == facts.text(one.target))
        return out;
    const ApiEntity found =
        is_dotted_name(value) ? resolve_in(module, value, depth + 1) : ApiEntity{};
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
    while (first.size() < dotted.size()) {
        dotted.remove_prefix(std::min(dotted.size(), first_part(dotted).size() + 1));
        if (dotted.empty())
            break;
        found = member(found, first_part(dotted), depth + 1);
        if (first_part(dotted).size() == dotted.size())
            break;
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

// ---- classes -----------------------------------------------------------------------------------

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
    if (one.kind == AssignmentKind::value && is_dotted_name(value) &&
        value != facts.text(one.target)) {
        const std::string_view first = first_part(value);
        const auto local = table.names.find(first);
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

// ---- names
// ---------------------------------------------------------------------------------------

void ApiIndex::judge(std::uint32_t module, const Table& table, std::string_view name,
                     const Binding& binding, ApiName& out) const {
    if (table.has_all) {
        if (!table.all_known) {
            out.publicness = contains(table.all, name) ? Publicness::yes
                             : name.starts_with('_')   ? Publicness::no
                                                       : Publicness::unknown;
            out.why = "__all__ cannot be read";
        } else {
            out.publicness = contains(table.all, name) ? Publicness::yes : Publicness::no;
            out.why = out.publicness == Publicness::yes ? "__all__" : "not in __all__";
        }
        return;
    }
    const auto set = [&](Publicness publicness, std::string_view why) {
        out.publicness = publicness;
        out.why = why;
    };
    if (name.starts_with('_'))
        return set(Publicness::no, "underscore");
    const ApiEntity& entity = out.entity;
    const bool data = entity.kind == ApiKind::data || entity.kind == ApiKind::unknown ||
                      entity.kind == ApiKind::attribute;
    const bool here = entity.kind == ApiKind::module ? false
                      : data                         ? binding.kind == Binding::Kind::assignment
                                                     : entity.module == module;
    if (here && entity.external)
        return set(Publicness::unknown, "alias of another package");
    if (here)
        return set(Publicness::yes, "defined");
    if (contains(table.same, name))
        return set(Publicness::yes, "alias");
    if (entity.kind == ApiKind::module) {
        const bool own =
            modules_[entity.module].module == modules_[module].module + "." + std::string(name);
        return own ? set(Publicness::yes, "submodule") : set(Publicness::no, "imported");
    }
    if (contains(table.own, name)) {
        return modules_[module].package && !modules_[module].facts->stub
                   ? set(Publicness::maybe, "package import")
                   : set(Publicness::no, "imported");
    }
    if (table.star_import && !data && same_package(module, modules_[entity.module].module))
        return set(Publicness::yes, "star");
    set(Publicness::no, "imported");
}

std::vector<ApiName> ApiIndex::names(std::uint32_t module) const {
    std::vector<ApiName> out;
    const ApiSource& source = modules_[module];
    ApiName& own = out.emplace_back();
    own.module = module;
    own.entity.kind = ApiKind::module;
    own.entity.module = module;
    own.why = "module";
    own.publicness = Publicness::yes;
    for (std::string_view rest = source.module; !rest.empty();
         rest.remove_prefix(std::min(rest.size(), first_part(rest).size() + 1))) {
        if (first_part(rest).starts_with('_'))
            own.publicness = Publicness::no;
    }
    const Table& table = tables_[module];
    for (const std::string_view name : table.order) {
        const Binding& binding = table.names.at(name);
        if (name.starts_with("__") && name.ends_with("__"))
            continue;
        ApiName made;
        made.module = module;
        made.name = std::string(name);
        made.entity = binding.kind == Binding::Kind::star ? lookup(binding.source, name, 1)
                                                          : entity(module, binding, 0);
        judge(module, table, name, binding, made);
        const bool members = made.entity.kind == ApiKind::class_ &&
                             made.entity.definition != kNoItem &&
                             (made.publicness == Publicness::yes ||
                              (made.entity.module == module && !name.starts_with('_')));
        out.push_back(made);
        if (members)
            add_members(std::move(made), out, 0);
    }
    // What __all__ promises and nothing here makes: another name of it may be public all the same.
    if (table.has_all) {
        for (const std::string_view name : table.all) {
            if (table.names.contains(name))
                continue;
            ApiName made;
            made.module = module;
            made.name = std::string(name);
            made.publicness = table.unknown_star || table.names.contains("__getattr__")
                                  ? Publicness::yes
                                  : Publicness::unknown;
            made.why = "__all__";
            out.push_back(std::move(made));
        }
    }
    std::sort(out.begin() + 1, out.end(),
              [](const ApiName& a, const ApiName& b) { return a.name < b.name; });
    return out;
}

void ApiIndex::add_members(ApiName owner, std::vector<ApiName>& out, int depth) const {
    const std::uint32_t module = owner.entity.module;
    const Table& table = class_table(module, owner.entity.definition);
    for (const std::string_view name : table.order) {
        const bool dunder = name.starts_with("__") && name.ends_with("__") && name.size() > 4;
        ApiName made;
        made.module = owner.module;
        made.name = owner.name + "." + std::string(name);
        made.entity = class_entity(module, owner.entity.definition, table, table.names.at(name), 0);
        if (dunder && made.entity.definition == kNoItem)
            continue;
        made.publicness = name.starts_with('_') ? Publicness::no : owner.publicness;
        made.why = dunder ? "dunder" : name.starts_with('_') ? "underscore" : "member";
        const bool nested = made.entity.kind == ApiKind::class_ && made.entity.module == module &&
                            depth + 1 < kMaxClassDepth &&
                            modules_[module].facts->definitions[made.entity.definition].parent ==
                                owner.entity.definition;
        out.push_back(made);
        if (nested)
            add_members(std::move(made), out, depth + 1);
    }
}

}  // namespace docathon

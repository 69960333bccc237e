// ApiIndex: the names of each module after its imports and star imports ran, and its __all__.

#include <algorithm>
#include <set>

#include "lint/project/api/api_index.h"
#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

namespace {

// Chains of star imports; each level holds the names of a module.
constexpr int kMaxStarDepth = 200;

/// Whether the branch, or one around it, is an arm of an `if` that asks for TYPE_CHECKING.
bool asks_for_types(const PythonFacts& facts, std::uint32_t branch) {
    constexpr std::string_view kName = "TYPE_CHECKING";
    for (int depth = 0; branch != kNoItem && depth < kMaxDepth; ++depth) {
        const PyBranch& one = facts.branches[branch];
        const std::uint32_t head = one.chain == kNoItem ? branch : one.chain;
        if (facts.text(one.test).find(kName) != std::string_view::npos ||
            facts.text(facts.branches[head].test).find(kName) != std::string_view::npos)
            return true;
        branch = one.parent;
    }
    return false;
}

bool in_loop(const PythonFacts& facts, std::uint32_t branch) {
    for (int depth = 0; branch != kNoItem && depth < kMaxDepth; ++depth) {
        if (facts.branches[branch].kind == BranchKind::loop)
            return true;
        branch = facts.branches[branch].parent;
    }
    return false;
}

void sort_unique(std::vector<std::string_view>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

std::string ApiIndex::absolute(std::uint32_t module, const PyImport& import) const {
    const ApiSource& source = modules_[module];
    const std::string_view written = source.facts->text(import.module);
    if (import.level == 0)
        return std::string(inside(written));
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
    // Imports for type checkers only.
    std::vector<std::pair<std::string_view, Binding>> typed;
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
            constexpr std::string_view kHome = ".__module__";
            if (name.ends_with(kDoc))
                table.doc_set.push_back(name.substr(0, name.size() - kDoc.size()));
            else if (name.ends_with(kHome) && facts.text(assignment.value) == "__name__" &&
                     in_loop(facts, assignment.branch))
                table.takes_home = true;
            else if (name.ends_with(kHome) && facts.text(assignment.value) == "__name__")
                table.taken_home.push_back(name.substr(0, name.size() - kHome.size()));
            else if (name.ends_with(kHome) && active(binding.branch))
                table.home_set[name.substr(0, name.size() - kHome.size())] =
                    string_value(facts.text(assignment.value));
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
            if (!active(binding.branch)) {
                if (asks_for_types(facts, binding.branch))
                    typed.emplace_back(!alias.empty()  ? alias
                                       : !name.empty() ? name
                                                       : first_part(facts.text(import.module)),
                                       binding);
                continue;
            }
            if (name == "*") {
                table.star_import = table.star_import || inner;
                const std::uint32_t other = find_module(from);
                if (other == kNoItem) {
                    table.unknown_star = true;
                    continue;
                }
                if (other == module)
                    continue;
                table.stars.push_back(other);
                build_table(other, depth + 1);
                const Table& theirs = tables_[other];
                binding.kind = Binding::Kind::star;
                binding.source = other;
                table.unknown_star = table.unknown_star || theirs.unknown_star;
                const auto bring = [&](std::string_view brought) {
                    const auto at = theirs.names.find(brought);
                    // Stubs pass on only what they import as itself.
                    if (modules_[other].facts->stub && !theirs.has_all &&
                        at != theirs.names.end() && at->second.kind == Binding::Kind::import &&
                        !contains(theirs.same, brought))
                        return;
                    // What the other module has from here is no news.
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
    for (const PyCall& call : facts.calls) {
        const std::string_view function = last_part(facts.text(call.function));
        table.takes_home = table.takes_home || function == "fixup_module_metadata";
        if (call.argument_count > 1 &&
            (function.find("add_docstr") != std::string_view::npos || function == "add_newdoc"))
            table.doc_set.push_back(
                last_part(facts.text(facts.arguments[call.first_argument].value)));
    }
    sort_unique(table.same);
    sort_unique(table.doc_set);
    build_all(module, depth);
    // A module that makes its names when they are asked for says to type checkers where they are.
    for (auto& [name, binding] : typed) {
        if (name == "*") {
            binding.source = find_module(absolute(module, facts.imports[binding.index]));
            if (binding.source == kNoItem || binding.source == module || !table.all_known)
                continue;
            build_table(binding.source, depth + 1);
            binding.kind = Binding::Kind::star;
            for (const std::string_view promised : table.all) {
                if (tables_[binding.source].names.contains(promised))
                    table.names.try_emplace(promised, binding);
            }
            continue;
        }
        if (table.names.contains(name) || (!table.names.contains("__getattr__") &&
                                           !(table.all_known && contains(table.all, name))))
            continue;
        table.names.emplace(name, binding);
        const PyImport& import = facts.imports[binding.index];
        if (import.level > 0 || same_package(module, absolute(module, import)))
            table.own.push_back(name);
    }
    sort_unique(table.own);
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

std::set<std::string_view> ApiIndex::names_before(std::uint32_t module, std::uint32_t end,
                                                  bool& known) const {
    std::set<std::string_view> out;
    known = !tables_[module].unknown_star;
    const PythonFacts& facts = *modules_[module].facts;
    const auto place = [&](const Binding& binding) {
        return binding.kind == Binding::Kind::definition
                   ? facts.definitions[binding.index].range.begin
               : binding.kind == Binding::Kind::assignment
                   ? facts.assignments[binding.index].target_range.begin
                   : facts.imports[binding.index].range.begin;
    };
    for (const auto& [name, binding] : tables_[module].names) {
        if (name.starts_with('_') || binding.deleted || place(binding) >= end)
            continue;
        const Table* const from =
            binding.kind == Binding::Kind::star ? &tables_[binding.source] : nullptr;
        if (from != nullptr && from->has_all && !from->all_known)
            known = false;
        else
            out.insert(name);
    }
    // Importing something of a submodule binds the submodule too.
    const std::string prefix = modules_[module].module + ".";
    for (const PyImport& import : facts.imports) {
        if (import.range.begin >= end || import.scope != kNoItem)
            continue;
        const std::string from = absolute(module, import);
        if (!from.starts_with(prefix))
            continue;
        const std::uint32_t inner =
            find_module(prefix + std::string(first_part(from.substr(prefix.size()))));
        if (inner != kNoItem && !modules_[inner].module.substr(prefix.size()).starts_with('_'))
            out.insert(std::string_view(modules_[inner].module).substr(prefix.size()));
    }
    return out;
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
        if (facts.text(entry.variable) == "dir()") {
            bool complete = true;
            all.merge(names_before(module, entry.range.begin, complete));
            known = known && complete;
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

}  // namespace docathon

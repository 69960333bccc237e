// ApiIndex: which bindings of a module or a class count, where only one of several arms runs.

#include <algorithm>

#include "lint/project/api/api_index.h"
#include "lint/project/api/conditions.h"
#include "lint/project/api/support.h"
#include "lint/project/sphinx/python_names.h"

namespace docathon {

using namespace api;

namespace {

/// Branches from the outermost to `branch`.
std::vector<std::uint32_t> ancestors(const PythonFacts& facts, std::uint32_t branch) {
    std::vector<std::uint32_t> out;
    while (branch != kNoItem && out.size() < 1000) {
        out.push_back(branch);
        branch = facts.branches[branch].parent;
    }
    return out;
}

/// Whether the value is a call that is given `name`: `A = add_methods(A)`.
bool takes_itself(std::string_view value, std::string_view name) {
    const std::size_t open = value.find('(');
    if (open == std::string_view::npos || !is_dotted_name(value.substr(0, open)))
        return false;
    const auto is_part = [](char c) { return is_ascii_alnum(c) || c == '_' || c == '.'; };
    for (std::size_t at = value.find(name, open); at != std::string_view::npos;
         at = value.find(name, at + name.size())) {
        const std::size_t end = at + name.size();
        if (!is_part(value[at - 1]) && (end == value.size() || !is_part(value[end])))
            return true;
    }
    return false;
}

}  // namespace

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
        // leave the name unbound, so what comes first stays. But what the module defines for want
        // of a package that is not here either can be read.
        if (at->second.kind != Binding::Kind::import || binding.kind != Binding::Kind::definition ||
            facts.branches[binding.branch].kind != BranchKind::except ||
            !is_foreign(facts.imports[at->second.index], facts))
            return;
    }
    if (at->second.kind == Binding::Kind::definition && binding.kind == Binding::Kind::assignment) {
        const PyAssignment& one = facts.assignments[binding.index];
        const bool is_class = facts.definitions[at->second.index].kind == DefinitionKind::class_;
        // `if not ssl: Connection = Dummy` is for the rare case, `A = add_methods(A)` the same one.
        if (at->second.branch == kNoItem && binding.branch != kNoItem &&
            facts.branches[binding.branch].kind == BranchKind::if_ &&
            evaluate_condition(facts.text(facts.branches[binding.branch].test)) == Truth::unknown)
            return;
        if (is_class && takes_itself(facts.text(one.value), name))
            return;
    }
    // An alternative to names that a star import brought: `try: from m import *`.
    if (binding.branch != kNoItem && at->second.kind == Binding::Kind::star &&
        facts.branches[binding.branch].kind == BranchKind::except)
        return;
    at->second = binding;
}

bool ApiIndex::is_foreign(const PyImport& import, const PythonFacts& facts) const {
    const std::string_view first = first_part(inside(facts.text(import.module)));
    if (import.level > 0 || is_python_module(first))
        return false;
    const auto at = std::lower_bound(
        modules_.begin(), modules_.end(), first,
        [](const ApiSource& one, std::string_view wanted) { return one.module < wanted; });
    return at == modules_.end() || first_part(at->module) != first;
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

}  // namespace docathon

#include "lint/project/api/api_index.h"

#include <algorithm>
#include <tuple>

#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

ApiIndex::ApiIndex(std::vector<ApiSource> sources) : modules_(std::move(sources)) {
    std::sort(modules_.begin(), modules_.end(), [](const ApiSource& a, const ApiSource& b) {
        // Of one name the package comes before the module, the module before its stub.
        return std::tuple(std::string_view(a.module), a.facts->stub, !a.package,
                          std::string_view(a.path)) < std::tuple(std::string_view(b.module),
                                                                 b.facts->stub, !b.package,
                                                                 std::string_view(b.path));
    });
    stubs_.assign(modules_.size(), kNoItem);
    for (std::uint32_t i = 0; i < modules_.size(); ++i) {
        has_packages_ = has_packages_ || modules_[i].package;
        const auto [first, made] = by_name_.emplace(modules_[i].module, i);
        if (!made && modules_[i].facts->stub && !modules_[first->second].facts->stub &&
            stubs_[first->second] == kNoItem)
            stubs_[first->second] = i;
    }
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
    delegate_members();
    find_public();
}

std::uint32_t ApiIndex::find_module(std::string_view name) const {
    const auto at = by_name_.find(name);
    return at == by_name_.end() ? kNoItem : at->second;
}

bool ApiIndex::same_package(std::uint32_t a, std::string_view other) const {
    return first_part(modules_[a].module) == first_part(other);
}

}  // namespace docathon

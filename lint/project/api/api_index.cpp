#include "lint/project/api/api_index.h"

#include <algorithm>
#include <map>
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
    find_outer_package();
    tables_.resize(modules_.size());
    for (std::uint32_t i = 0; i < modules_.size(); ++i)
        build_table(i, 0);
    take_home();
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
    set_members();
    find_public();
}

void ApiIndex::take_home() {
    // A package comes before what is in it, and runs its own loop last.
    for (std::uint32_t i = 0; i < modules_.size(); ++i) {
        const Table& table = tables_[i];
        for (const std::string_view name : table.takes_home ? table.order : table.taken_home) {
            const ApiEntity entity = lookup(i, name, 0);
            if (entity.definition != kNoItem && same_package(i, modules_[entity.module].module))
                taken_home_.try_emplace({entity.module, entity.definition}, i);
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

void ApiIndex::find_outer_package() {
    // Imports by a first name that is no module here: how many of them mean one if it is left out.
    // Another package may happen to have modules called as some of these (torch.nn beside nn/):
    // most must be here, and more than one of them.
    struct Count {
        std::uint32_t here = 0;
        std::uint32_t elsewhere = 0;
        std::string_view module;  // the first that is here
        bool several = false;     // and others are
    };
    constexpr std::uint32_t kEnough = 5;
    constexpr std::uint32_t kTimes = 2;
    std::map<std::string_view, Count> counts;
    for (const ApiSource& source : modules_) {
        for (const PyImport& import : source.facts->imports) {
            const std::string_view module = source.facts->text(import.module);
            const std::string_view first = first_part(module);
            if (import.level != 0 || first.size() == module.size() || by_name_.contains(first))
                continue;
            Count& count = counts[first];
            const std::string_view rest = module.substr(first.size() + 1);
            if (!by_name_.contains(rest)) {
                ++count.elsewhere;
                continue;
            }
            if (count.here++ == 0)
                count.module = rest;
            count.several = count.several || count.module != rest;
        }
    }
    Count best;
    for (const auto& [name, count] : counts) {
        if (count.here < kEnough || count.here < kTimes * count.elsewhere || !count.several ||
            count.here <= best.here)
            continue;
        best = count;
        outer_ = name;
    }
}

std::string_view ApiIndex::inside(std::string_view dotted) const {
    if (!outer_.empty() && dotted.size() > outer_.size() && dotted.starts_with(outer_) &&
        dotted[outer_.size()] == '.')
        dotted.remove_prefix(outer_.size() + 1);
    return dotted;
}

}  // namespace docathon

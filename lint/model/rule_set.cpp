#include "lint/model/rule_set.h"

#include <algorithm>

namespace docathon {

int RuleSet::find(std::string_view id) const {
    const auto it = std::lower_bound(
        specs.begin(), specs.end(), id,
        [](const RuleSpec& spec, std::string_view name) { return spec.id < name; });
    return it != specs.end() && it->id == id ? static_cast<int>(it - specs.begin()) : -1;
}

}  // namespace docathon

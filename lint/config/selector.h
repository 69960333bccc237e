#pragma once
// Selectors: what a user writes to name rules. An id names one rule, an alias one or more
// ("MD051"), "family/*" a family, "*" every rule.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lint/config/preset.h"
#include "lint/core/result.h"
#include "lint/model/rule_set.h"

namespace docathon {

/// How exact a selector is; a higher value beats a lower one, whatever stands first.
enum class Exactness : std::uint8_t { everything, preset, family, alias, id };

struct Selection {
    Exactness exactness = Exactness::everything;
    std::vector<std::uint32_t> rules;  ///< positions in the RuleSet, ascending
};

/// Names of all rules of a RuleSet, which must outlive it.
class RuleNames {
  public:
    explicit RuleNames(const RuleSet& rules);

    /// Resolves a key of a `rules:` map. The error has no place; it names the nearest name.
    [[nodiscard]] Result<Selection> find(std::string_view selector) const;
    /// Resolves a value of --select or --ignore: also "family" and the name of a preset, whose
    /// rules are those of its members and includes among `presets`.
    [[nodiscard]] Result<Selection> find_flag(std::string_view selector,
                                              const std::vector<Preset>& presets) const;
    /// The rules that an id or alias names, empty if none: for suppression comments.
    [[nodiscard]] std::vector<std::uint32_t> by_name(std::string_view id_or_alias) const;
    /// "no rule 'x'; did you mean 'y'?"
    [[nodiscard]] std::string unknown(std::string_view name) const;

  private:
    const RuleSet& rules_;
    std::map<std::string, std::vector<std::uint32_t>, std::less<>> aliases_;
    std::map<std::string, std::vector<std::uint32_t>, std::less<>> families_;
};

}  // namespace docathon

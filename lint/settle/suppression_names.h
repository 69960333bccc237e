#pragma once
// SuppressionNames: what a suppression comment may call a rule: its id, an alias that another tool
// uses for it, or `family/*`. Built once a run. It copies the names and keeps only positions, but
// those are positions in the RuleSet it was made from.

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/facts.h"
#include "lint/model/rule_set.h"

namespace docathon {

class SuppressionNames {
  public:
    explicit SuppressionNames(const RuleSet& rules);

    /// Positions of the rules that another tool calls `name` (no name: of all rules that it has a
    /// name for), ascending; nullptr if there are none. Case is ignored, as other tools do. What
    /// `lint-ignore` means are the rules on links.
    [[nodiscard]] const std::vector<std::uint32_t>* find_foreign(SuppressionTool tool,
                                                                 std::string_view name) const;
    /// Positions of the rules that `name` means, ascending; nullptr if no rule is called so.
    [[nodiscard]] const std::vector<std::uint32_t>* find(std::string_view name) const;
    /// The most similar id, alias or family, or "" when none is similar enough to be meant.
    [[nodiscard]] std::string nearest(std::string_view name) const;
    /// Number of rules in the set.
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    void add_foreign(const RuleSet& rules);

    std::size_t size_ = 0;
    std::map<std::string, std::vector<std::uint32_t>, std::less<>> names_;
    std::vector<std::string> candidates_;  // all names, sorted
    // By tool; names in lower case, "" for all.
    std::array<std::map<std::string, std::vector<std::uint32_t>, std::less<>>, kSuppressionTools>
        foreign_;
};

}  // namespace docathon

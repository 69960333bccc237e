#pragma once
// Inline suppression (PRODUCT.md section 5): the comments of one file against the findings of that
// file. `ignore` covers its scope, `disable` what follows until an `enable` of the same rule,
// `ignore-file` the whole file. What the comments themselves get wrong is reported by
// `suppression/unused`.

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "lint/core/range.h"
#include "lint/model/diagnostic.h"
#include "lint/model/facts.h"
#include "lint/model/rule_set.h"
#include "lint/settle/suppression_names.h"

namespace docathon {

/// The rule that reports comments which suppress nothing, or are wrong.
inline constexpr std::string_view kUnusedSuppression = "suppression/unused";

/// One file with its comments.
struct SuppressInput {
    FileId file = kNoFile;
    std::string_view bytes;                              ///< of that file
    const std::vector<Suppression>& suppressions;        ///< in any order
    const RuleSet& rules;                                ///< all rules known, run or not
    const SuppressionNames& names;                       ///< made of `rules`
    const std::function<bool(std::uint32_t rule)>& ran;  ///< the rule ran on this whole file
    bool require_reason = false;                         ///< a comment must say why
    /// Whether comments of another tool hold. Empty: they do.
    std::function<bool(SuppressionTool)> honours = {};
};

/// Sets `suppressed` and `suppression_reason` on the findings (all of one file, any order) that a
/// comment covers: one that begins in the scope, or for `ignore` also one that ends in it. Of
/// several comments that cover a finding, `ignore` counts as used before `disable` before
/// `ignore-file`, and the nearest before the farther. Returns the findings of `suppression/unused`,
/// in order of the comments, some of them suppressed themselves (only `disable` and `ignore-file`
/// that name the rule can do that); none unless that rule ran on this file.
[[nodiscard]] std::vector<Diagnostic> suppress(const SuppressInput& input,
                                               std::vector<Diagnostic*>& findings);

}  // namespace docathon

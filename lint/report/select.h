#pragma once
// Which findings to show when not all can be: errors before warnings before notes, then those of
// rules that found little (a rule with thousands of findings says the same thing thousands of
// times), then the order of the run.

#include <cstddef>
#include <vector>

#include "lint/model/diagnostic.h"

namespace docathon {

/// The findings, most telling first.
[[nodiscard]] std::vector<const Diagnostic*> rank_findings(const std::vector<Diagnostic>& findings);

/// The `most` most telling findings (0 = all) in the order of `findings`.
[[nodiscard]] std::vector<const Diagnostic*> select_findings(
    const std::vector<Diagnostic>& findings, std::size_t most);

}  // namespace docathon

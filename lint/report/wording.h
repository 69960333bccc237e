#pragma once
// How counts and times are worded, the same wherever they are printed.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "lint/report/report.h"

namespace docathon {

/// "4,273".
[[nodiscard]] std::string with_commas(std::uint64_t number);

/// "1 error", "26 errors".
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view singular);

/// "61 findings (26 errors, 35 warnings) in 31 of 4,273 files" or "no findings in 4,273 files".
[[nodiscard]] std::string counts_text(const FindingCounts& counts, std::size_t files_checked);

/// "api/missing-docstring: 9,937 of 13,574 public objects; list them with --select ...".
[[nodiscard]] std::string ratchet_text(const RunResult& result, const RatchetCount& count);

/// "0.4 s"; below 0.1 s in milliseconds, "12 ms".
[[nodiscard]] std::string seconds_text(double seconds);

}  // namespace docathon

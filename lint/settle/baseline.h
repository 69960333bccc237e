#pragma once
// The baseline: findings that a project has accepted for now, in a JSON file that it commits. One
// entry a line, sorted, so that a change to it reads well and merges well. Text in, text out:
// reading and writing the file is the business of the caller.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"
#include "lint/model/diagnostic.h"
#include "lint/model/rule_set.h"

namespace docathon {

/// So many findings with this fingerprint are accepted.
struct BaselineEntry {
    std::string rule;
    std::string path;         ///< as baseline_path() writes it
    std::string fingerprint;  ///< 32 hex digits
    std::uint32_t count = 1;  ///< at least 1
    friend auto operator<=>(const BaselineEntry&, const BaselineEntry&) = default;
};

/// Entries in order of rule, path, fingerprint, each such triple once.
struct Baseline {
    std::vector<BaselineEntry> entries;
};

/// A path as the baseline file spells it: itself, or percent-encoded when it is not valid UTF-8,
/// which JSON could not hold.
[[nodiscard]] std::string baseline_path(std::string_view path);

/// Reads a baseline file. Errors name `path`, and line and column where the text is no JSON.
/// Entries may stand in any order; equal ones are added up.
[[nodiscard]] Result<Baseline> read_baseline(std::string_view text, std::string_view path);

/// The text of a baseline file, ending in a newline; the same bytes for the same baseline.
[[nodiscard]] std::string write_baseline(const Baseline& baseline);

/// All findings accepted.
[[nodiscard]] Baseline create_baseline(std::span<const Diagnostic> findings, const RuleSet& rules,
                                       std::span<const std::string> paths);

/// What apply_baseline() saw.
struct BaselineUse {
    std::size_t accepted = 0;  ///< findings that were marked
    std::size_t stale = 0;     ///< accepted findings that are gone (counts, not entries)
    Baseline left;             ///< what is still needed, under the paths of today
};

/// Marks findings that the baseline accepts as suppressed and baselined. Fingerprints must be set.
/// An entry first accepts findings of its own path; what is left of it accepts equal findings
/// elsewhere, because a file may have been renamed. `checked` tells whether a rule looked at a path
/// in this run; entries of which it says no are neither stale nor dropped. It may be empty: all
/// were.
BaselineUse apply_baseline(
    const Baseline& baseline, const RuleSet& rules, std::span<const std::string> paths,
    std::vector<Diagnostic>& findings,
    const std::function<bool(std::string_view rule, std::string_view path)>& checked = {});

/// What update_baseline() made.
struct BaselineUpdate {
    Baseline baseline;
    std::size_t removed = 0;  ///< accepted findings that are gone
    std::size_t added = 0;    ///< findings newly accepted; 0 unless growth was allowed
    std::size_t refused = 0;  ///< findings that are not accepted because growth was not allowed
};

/// The baseline without what is gone, and with the findings it lacks if `allow_growth`. Without it,
/// this is also what `baseline prune` does. `findings` as apply_baseline() wants them; all of them,
/// without any marked by a baseline before.
[[nodiscard]] BaselineUpdate update_baseline(
    const Baseline& baseline, const RuleSet& rules, std::span<const std::string> paths,
    std::vector<Diagnostic> findings, bool allow_growth,
    const std::function<bool(std::string_view rule, std::string_view path)>& checked = {});

}  // namespace docathon

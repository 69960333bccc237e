#pragma once
// settle: from what the rules reported, in whatever order threads brought it, to what a reporter
// prints: severities, suppression, baseline, one total order, no finding twice, only fixes that can
// be applied. Serial and deterministic.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/diagnostic.h"
#include "lint/model/facts.h"
#include "lint/model/rule_set.h"
#include "lint/settle/baseline.h"

namespace docathon {

/// What settle asks of the run. Only `rules` must be set and outlive the call; an empty function
/// means what its line says.
struct SettleInput {
    const RuleSet* rules = nullptr;      ///< all rules known, whether they ran or not
    std::span<const std::string> paths;  ///< by FileId
    /// Bytes of a file, asked for once per file that has findings or suppressions. Empty: no bytes,
    /// then all fixes are dropped.
    std::function<std::string_view(FileId)> bytes;
    /// Severity of a rule in a file; off drops the finding. Empty: the rule's own.
    std::function<Severity(std::uint32_t rule, FileId)> severity;
    /// The rule ran on the whole of this file. Empty: every rule did.
    std::function<bool(std::uint32_t rule, FileId)> ran;
    /// For the suppression comments of a file; nullptr: there are none. Empty: no file has any.
    std::function<const FileFacts*(FileId)> facts;
    /// Findings of the file are reported. Empty: all are.
    std::function<bool(FileId)> selected;
    /// Why a finding need not be reported, by the settings of another tool; nullopt if it must.
    /// Empty: all must.
    std::function<std::optional<std::string>(const Diagnostic&)> excuse;
    /// Whether suppression comments of another tool hold. Empty: they do.
    std::function<bool(SuppressionTool)> honours;
    /// Nobody will look at findings of the rule in the file one by one: they are counted and not
    /// kept, and for them alone no bytes are asked for. Not with a baseline. Empty: somebody may.
    std::function<bool(std::uint32_t rule, FileId)> only_counted;
    /// The fingerprints of such findings may be set later (set_late_fingerprints): in a file that
    /// has no others, for them no bytes are asked for. Not with a baseline. Empty: none.
    std::function<bool(std::uint32_t rule, FileId)> late;
    bool require_reason = false;         ///< suppression comments must say why
    const Baseline* baseline = nullptr;  ///< none: no baseline
};

struct Settled {
    std::vector<Diagnostic> findings;    ///< in order of path, begin, end, rule, message
    std::vector<Diagnostic> suppressed;  ///< same order
    std::map<std::uint32_t, std::uint64_t> counted;  ///< rule -> findings that are only counted
    std::size_t stale = 0;                           ///< findings of the baseline that are gone
    std::size_t dropped_fixes = 0;  ///< fixes that could not be applied: a fault of a rule
};

/// Does all of the above, and finds suppression comments without use. `findings` are those of each
/// file, by FileId, in any order; files at the end that have none may be left out.
[[nodiscard]] Settled settle(std::vector<std::vector<Diagnostic>> findings,
                             const SettleInput& input);

}  // namespace docathon

#pragma once
// RunResult: everything a reporter may print. Reporters get this and nothing else.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/model/diagnostic.h"
#include "lint/model/rule_set.h"

namespace docathon {

/// Something that went wrong in us or around us, not in a document.
struct Notification {
    std::string level = "warning";  ///< note, warning, error
    std::string id;                 ///< "internal-error", "results-cut", "unreadable-file"
    std::string message;
    std::string path;  ///< empty if none
};

struct StageTime {
    std::string name;
    double wall_ms = 0;
    double cpu_ms = 0;
};

/// What a finding is against another run, as SARIF's baselineState says it.
enum class BaselineState : std::uint8_t {
    added,
    unchanged,
    updated,  ///< remains, at another place or with another message
};

/// What a ratchet rule found in a run that does not list its findings.
struct RatchetCount {
    std::uint32_t rule = 0;
    std::uint64_t findings = 0;
    std::uint64_t judged = 0;  ///< objects that the rule looked at, the good ones included
};

/// What became of the references of all pages and docstrings into the project, its sites and the
/// inventories that are given; URLs of others and what is filled in later are not among them.
struct ReferenceCounts {
    std::uint64_t found = 0;
    std::uint64_t missing = 0;
    std::map<std::string, std::uint64_t> unknown;  ///< by reason
};

struct RunResult {
    const RuleSet* rules = nullptr;
    std::vector<std::string> paths;    ///< by FileId
    std::vector<Diagnostic> findings;  ///< settled: sorted, not suppressed
    /// By position in `findings`; empty if the run was compared with none.
    std::vector<BaselineState> states;
    std::vector<Diagnostic> suppressed;  ///< settled: sorted; for --sarif-suppressed
    std::vector<Notification> notifications;
    std::vector<RatchetCount> ratchets;  ///< rules that are summed up instead of listed
    std::string root;                    ///< absolute; never printed in SARIF paths
    /// Bytes of a file with findings; stable for the life of the result.
    std::function<std::string_view(FileId)> bytes;
    // For the summary and --stats:
    std::size_t files_checked = 0;
    std::uint64_t bytes_checked = 0;
    std::size_t files_unchanged = 0;                ///< pages that came from the cache
    std::map<std::string, std::uint64_t> unknown;   ///< reason -> count of references not decided
    std::optional<ReferenceCounts> references;      ///< counted for --stats
    std::map<std::uint32_t, std::uint64_t> judged;  ///< rule -> objects that it looked at
    /// Rule -> findings that were counted and not kept (SettleInput::only_counted).
    std::map<std::uint32_t, std::uint64_t> counted;
    std::vector<StageTime> stages;
    double seconds = 0;
    std::string tool_version;
};

}  // namespace docathon

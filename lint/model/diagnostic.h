#pragma once
// Diagnostic: one finding. Ranges are bytes; line and column are computed by the reporters.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"
#include "lint/core/rare.h"

namespace docathon {

enum class Severity : std::uint8_t { off, note, warning, error };

/// "off", "note", "warning" or "error": as configuration and output spell it.
[[nodiscard]] std::string_view to_string(Severity severity);

struct Edit {
    Range range;
    std::string text;
};

enum class FixSafety : std::uint8_t { safe, unsafe };

/// Edits of one file, sorted, not overlapping.
struct Fix {
    std::string description;
    std::vector<Edit> edits;
    FixSafety safety = FixSafety::safe;
};

struct Related {
    FileId file = kNoFile;
    Range range;
    std::string message;
};

struct Diagnostic {
    std::uint32_t rule = 0;  ///< index into the run's RuleSet
    FileId file = kNoFile;
    Severity severity = Severity::warning;  ///< filled by settle from rule and configuration
    Severity at_most = Severity::error;     ///< this finding weighs less than its rule
    Range range;
    std::string message;
    std::string subject;  ///< heading path, object path or link target: part of the fingerprint
    ShortText<12> where;  ///< "site", "repository", "both" for link findings; else empty
    ShortText<8> code;    ///< what another tool calls this very offence ("D103"); else empty
    /// What docutils says of it, word for word; empty where the finding is not docutils'.
    RareText docutils;
    Rare<Fix> fix;
    std::vector<Related> related;
    // Filled by settle:
    std::string fingerprint;      ///< 32 hex digits, stable under moves of the text and of the file
    bool suppressed = false;      ///< by a comment or by the baseline
    bool baselined = false;       ///< by the baseline; then `suppressed` is true as well
    RareText suppression_reason;  ///< what the comment says, may be empty
};

}  // namespace docathon

#pragma once
// Reports of `compare`: what a change made new, what it fixed, what stayed. Findings that are fixed
// have the places of the base.

#include <string>
#include <vector>

#include "lint/model/run_result.h"
#include "lint/report/report.h"

namespace docathon {

struct CompareReport {
    const RunResult* base = nullptr;
    const RunResult* head = nullptr;
    std::vector<const Diagnostic*> added;      ///< of head
    std::vector<const Diagnostic*> removed;    ///< of base
    std::vector<const Diagnostic*> remaining;  ///< of head
    std::string base_id;                       ///< the commit
    std::string base_how;                      ///< "merge base with main"
    std::string head_name;                     ///< a commit, or "the working tree"
};

/// "1 new, 3 fixed, 57 remaining. Base 4f1c2ab98765 (merge base with main)."
[[nodiscard]] std::string compare_counts(const CompareReport& report);

/// New and fixed findings, a line each, under a heading; then the counts.
bool write_compare_text(const CompareReport& report, bool color, const Writer& writer);
/// One JSON object: base, head, counts, and the findings of each kind.
bool write_compare_json(const CompareReport& report, const Writer& writer);
/// Tables of new and fixed findings, for a comment on a pull request; at most 60,000 bytes, since
/// GitHub takes 65,536 characters of a comment.
bool write_compare_markdown(const CompareReport& report, const Writer& writer);

}  // namespace docathon

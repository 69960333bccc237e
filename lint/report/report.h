#pragma once
// Reporters: RunResult -> bytes. One function a format, all of one shape, so that a run can write
// several at once and `--format` and its help come from one table. They print what they are given
// and decide nothing about it; none of them opens a file or knows the network.

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lint/model/run_result.h"

namespace docathon {

/// Takes the next bytes of a report; false says that nothing more can be written (full disk, closed
/// pipe), and the reporter stops.
using Writer = std::function<bool(std::string_view)>;

struct ReportOptions {
    bool color = false;  ///< ANSI colours in text and full
    /// Most findings printed; 0 = all, nullopt = the format's own (5,000 for sarif, else all). Cut
    /// by severity, then by rarity of the rule, then by order.
    std::optional<std::size_t> max_results;
    bool sarif_suppressed = false;  ///< SARIF: results that were suppressed too, marked as such
    /// Most bytes of Markdown tables. GitHub refuses step summaries above 1 MiB; some room is left
    /// for what else the step writes.
    std::size_t markdown_bytes = 1'000'000;
    std::string name;  ///< SARIF: the <name> of automationDetails.id docathon-lint/<name>/
};

/// Writes one format. False when the writer refused.
using WriteFunction = bool (*)(const RunResult&, const ReportOptions&, const Writer&);

/// `path:line:column: severity: message [rule]`, one line a finding.
bool write_text(const RunResult& result, const ReportOptions& options, const Writer& writer);
/// As text, with the source line, carets under the flagged part, related places and the fix.
bool write_full(const RunResult& result, const ReportOptions& options, const Writer& writer);
/// One JSON object: findings, counts, rules, notifications.
bool write_json(const RunResult& result, const ReportOptions& options, const Writer& writer);
/// One JSON object a line: findings, then notifications, then the counts.
bool write_jsonl(const RunResult& result, const ReportOptions& options, const Writer& writer);
/// SARIF 2.1.0 for code scanning.
bool write_sarif(const RunResult& result, const ReportOptions& options, const Writer& writer);
/// GitHub workflow commands, the most telling findings first: GitHub shows ten errors and ten
/// warnings of a step.
bool write_github(const RunResult& result, const ReportOptions& options, const Writer& writer);
/// GitLab's Code Quality report: a JSON array.
bool write_gitlab(const RunResult& result, const ReportOptions& options, const Writer& writer);
/// JUnit XML: a suite a file, a failed test a finding.
bool write_junit(const RunResult& result, const ReportOptions& options, const Writer& writer);
/// Reviewdog's diagnostic format, with safe fixes as suggestions.
bool write_rdjson(const RunResult& result, const ReportOptions& options, const Writer& writer);
/// What lintrunner reads: a JSON object a line.
bool write_lintrunner(const RunResult& result, const ReportOptions& options, const Writer& writer);
/// Markdown tables, for GITHUB_STEP_SUMMARY: at most about ReportOptions::markdown_bytes, and it
/// says what is left out.
bool write_markdown(const RunResult& result, const ReportOptions& options, const Writer& writer);

struct ReportFormat {
    std::string_view name;  ///< as `--format` takes it
    std::string_view help;  ///< one line
    WriteFunction write;
};

/// All formats, the default first.
[[nodiscard]] std::span<const ReportFormat> report_formats();
/// nullptr if there is no such format.
[[nodiscard]] const ReportFormat* find_report_format(std::string_view name);

/// For stderr: one line of counts, then, if there are findings, one line on what can be done.
bool write_summary(const RunResult& result, const ReportOptions& options, const Writer& writer);
/// For stderr: files, bytes, time by stage, references not decided by reason.
bool write_stats(const RunResult& result, const ReportOptions& options, const Writer& writer);

/// Findings by severity, and the number of files that have any.
struct FindingCounts {
    std::size_t errors = 0;
    std::size_t warnings = 0;
    std::size_t notes = 0;
    std::size_t files = 0;
    [[nodiscard]] std::size_t total() const { return errors + warnings + notes; }
};

/// Counts of RunResult::findings (which are sorted by file).
[[nodiscard]] FindingCounts count_findings(const RunResult& result);

}  // namespace docathon

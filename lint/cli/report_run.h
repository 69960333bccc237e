#pragma once
// How the commands that find things print them: the flags on formats and severities, the reports
// themselves and the exit code. Shared by `check` and `links check`, so that a finding looks the
// same whichever command found it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lint/cli/arguments.h"
#include "lint/cli/pipeline.h"
#include "lint/core/result.h"
#include "lint/model/diagnostic.h"
#include "lint/model/run_result.h"
#include "lint/report/report.h"

namespace docathon::cli {

/// The flags as given.
struct ReportFlags {
    std::string format = "text";
    std::vector<std::string> outputs;  ///< FORMAT=FILE
    std::optional<std::string> fail_on;
    std::optional<std::uint64_t> max_results;
    bool sarif_suppressed = false;
    bool quiet = false;
    std::string color = "auto";
};

/// A report that goes to a file.
struct ReportOutput {
    const ReportFormat* format = nullptr;
    std::string path;
};

/// The flags, checked.
struct ReportPlan {
    const ReportFormat* format = nullptr;
    std::vector<ReportOutput> outputs;
    std::optional<Severity> fail_on;  ///< off = never; not given: what the configuration says
    ReportOptions options;
};

void add_report_flags(Arguments& arguments, ReportFlags& flags);

/// Everything that can be wrong with the flags, said before a file is read.
[[nodiscard]] Result<ReportPlan> read_report_flags(const ReportFlags& flags);

/// Writes all reports; notifications go to standard error in every format, since a run that missed
/// something must say so. Errors: standard output or a file could not be written.
/// `whole`, if given, is what SARIF gets instead: code scanning closes the alerts that a log lacks.
[[nodiscard]] Result<void> write_reports(const ReportPlan& plan, const RunResult& result,
                                         const RunResult* whole = nullptr);

/// Whether one of the reports gets `whole`.
[[nodiscard]] bool wants_whole(const ReportPlan& plan);

/// 0, 1 or 2 for a finished run (PRODUCT.md section 3).
[[nodiscard]] int exit_code(const LintRun& run, Severity fail_on);

}  // namespace docathon::cli

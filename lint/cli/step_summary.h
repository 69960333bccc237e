#pragma once
// The step summary of GitHub Actions: annotations show ten errors and ten warnings of a step, the
// summary has room for all findings.

#include "lint/core/result.h"
#include "lint/io/files.h"
#include "lint/model/run_result.h"
#include "lint/report/report.h"

namespace docathon::cli {

/// Appends the Markdown report to the file that the environment variable GITHUB_STEP_SUMMARY names,
/// within the 1 MiB that GitHub takes of a step. Does nothing if the variable is not set.
[[nodiscard]] Result<void> append_step_summary(const RunResult& result,
                                               const ReportOptions& options, FileSystem& files);

}  // namespace docathon::cli

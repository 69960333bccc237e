#pragma once
// Reports as text, in every format that the program writes.

#include <map>
#include <string>
#include <vector>

#include "docathon/config.h"

namespace docathon {

/// Names that `format` may have: text, full, json, sarif ...
[[nodiscard]] std::vector<std::string> report_format_names();

/// Lints `files` (see lint_files) and writes the report. Throws std::invalid_argument for an
/// unknown format.
[[nodiscard]] std::string lint_report(std::map<std::string, std::string> files,
                                      const std::string& format, const LintOptions& options = {});

}  // namespace docathon

#pragma once
// Applying fixes to a project: lint, fix, lint again until nothing changes. Every text is read
// again after its fixes: what they were not meant to touch must be what it was.

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/cli/run_session.h"
#include "lint/model/settings.h"
#include "lint/parse/parse.h"

namespace docathon::cli {

/// A text with the fixes of its findings.
struct FixedText {
    std::string text;
    std::size_t applied = 0;
    std::vector<std::string> dropped;  ///< why a fix was not made, a line each
};

/// Makes the fixes of `findings` (all of one file) in `text`, all at once if what they do not touch
/// stays the same, else one after the other without those that change something else.
/// Line breaks of the fixes become those of the text.
[[nodiscard]] FixedText fix_text(std::string_view path, std::string_view text,
                                 const Settings& settings, std::span<const Diagnostic> findings,
                                 bool with_unsafe);

struct ProjectFixes {
    LintRun run;                                ///< on the fixed texts
    std::map<std::string, std::string> before;  ///< path -> text, of files that change
    std::map<std::string, std::string> after;
    std::size_t applied = 0;
    std::vector<std::string> notes;  ///< fixes that were dropped, files that were left alone
};

/// Lints, and fixes what is reported, at most three times. Nothing is written. The session reads
/// the fixed texts from then on.
[[nodiscard]] ProjectFixes fix_project(Session& session, const RunOptions& options,
                                       bool with_unsafe);
/// The same with another way to lint the session: `run` is called once a round.
[[nodiscard]] ProjectFixes fix_project(Session& session, const std::function<LintRun()>& run,
                                       bool with_unsafe);

/// "fixed 3 findings in 2 files\n", for standard error.
[[nodiscard]] std::string fixed_line(std::size_t findings, std::size_t files);

/// Writes the files of `fixes` that are still as they were read; others are noted. Each file is
/// replaced in one step: interrupted at any moment, it is the old one or the new one.
[[nodiscard]] Result<std::size_t> write_fixes(const Session& session, ProjectFixes& fixes);

}  // namespace docathon::cli

#pragma once
// Linting a Session as a command does it: threads, the progress line, signals, the baseline. Shared
// by all commands that lint.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "lint/cli/pipeline.h"
#include "lint/cli/session.h"
#include "lint/core/result.h"
#include "lint/settle/baseline.h"

namespace docathon::cli {

/// Exit code after SIGINT or SIGTERM, as shells expect of a program that the signal ended.
inline constexpr int kInterrupted = 130;

/// From here on SIGINT and SIGTERM end a run between two pages; a second one ends the program.
void catch_signals();

/// Threads for work of any size: as many as were asked for, within reason, else the machine's.
[[nodiscard]] unsigned wanted_jobs(std::optional<std::uint64_t> asked);

struct RunOptions {
    std::optional<std::uint64_t> jobs;       ///< threads; as many as are useful if not given
    const Baseline* baseline = nullptr;      ///< none: no baseline
    bool progress = false;                   ///< a line that counts pages, on a terminal
    bool cache = true;                       ///< pages that did not change are not parsed again
    bool result_suffices = false;            ///< see LintJob::result_suffices
    bool count_references = false;           ///< see LintJob::count_references
    bool late_fingerprints = false;          ///< see LintJob::late_fingerprints
    std::function<void()> parsed = {};       ///< see LintJob::parsed
    const Session* before = nullptr;         ///< the project before the change that is looked at
    bool is_base = false;                    ///< see LintJob::is_base
    std::function<bool()> is_complete = {};  ///< see LintJob::is_complete
};

/// Lints the session; sets root and version of the result. LintRun::cancelled after a signal.
[[nodiscard]] LintRun run_session(Session& session, const RunOptions& options);

/// Markdown pages that are linted and reported.
[[nodiscard]] std::size_t selected_pages(const Session& session);

/// Says that a signal ended the run; returns kInterrupted.
int say_interrupted();

/// The file of accepted findings, relative to the root: what the configuration names, else
/// .docathon-lint/baseline.json.
[[nodiscard]] std::string baseline_file(const Session& session);
/// Reads it; nullopt if there is none.
[[nodiscard]] Result<std::optional<Baseline>> read_baseline_file(const Session& session);

}  // namespace docathon::cli

// docathon-lint check (the default): discover, detect, lint, report.

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <mutex>

#include "docathon/version.h"
#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/output.h"
#include "lint/cli/report_run.h"
#include "lint/core/nearest.h"
#include "lint/core/parallel.h"
#include "lint/core/strings.h"
#include "lint/io/file_lists.h"
#include "lint/parse/parse.h"
#include "lint/report/report.h"
#include "lint/settle/baseline.h"

namespace docathon::cli {

namespace {

/// Exit code after SIGINT or SIGTERM, as shells expect of a program that the signal ended.
constexpr int kInterrupted = 130;
/// Below this many pages a second thread costs more than it saves.
constexpr std::size_t kPagesPerThread = 12;
constexpr std::uint64_t kMaxStdin = std::uint64_t{1} << 31;

volatile std::sig_atomic_t g_interrupted = 0;

void on_signal(int number) {
    g_interrupted = 1;
    std::signal(number, SIG_DFL);  // a second one ends the program at once
}

struct CheckFlags {
    DiskFlags disk;
    ReportFlags report;
    std::optional<std::string> files_from;
    bool null_separated = false;
    std::optional<std::string> stdin_path;
    std::optional<std::uint64_t> jobs;
    bool no_baseline = false;
    bool stats = false;
};

void describe(Arguments& arguments, CheckFlags& flags) {
    arguments.positionals(
        flags.disk.paths, "PATH",
        "Files and folders whose findings are printed; the whole project is read in any case. "
        "@FILE reads paths from FILE");
    add_session_flags(arguments, flags.disk);
    add_report_flags(arguments, flags.report);
    arguments.flag("--no-baseline", flags.no_baseline, "Print what the baseline accepts");
    arguments.value("--files-from", flags.files_from, "FILE",
                    "Read paths from FILE, one a line; - is standard input");
    arguments.flag("-0", flags.null_separated, "Paths of --files-from end in NUL");
    arguments.value("--stdin-filename", flags.stdin_path, "PATH",
                    "Check standard input as the content of PATH");
    arguments.number("--jobs,-j", flags.jobs, "N",
                     "Threads; as many as the machine has by default");
    arguments.flag("--stats", flags.stats,
                   "Print files, bytes, times and what could not be decided to standard error");
    arguments.footer("Exit code: 0 clean, 1 findings at or above --fail-on, 2 could not run.");
}

/// One line that counts pages, after half a second, when a person looks on.
class Progress {
  public:
    explicit Progress(bool enabled) : enabled_(enabled && isatty(STDERR_FILENO) == 1) {}
    ~Progress() {
        if (shown_)
            print_error("\r\x1b[K");
    }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(std::size_t done, std::size_t total) {
        if (!enabled_)
            return;
        const auto now = std::chrono::steady_clock::now();
        const std::lock_guard lock(mutex_);
        if (now - start_ < std::chrono::milliseconds(500) ||
            now - last_ < std::chrono::milliseconds(100))
            return;
        last_ = now;
        shown_ = true;
        print_error("\r\x1b[K" + std::to_string(done) + " of " + std::to_string(total) + " pages");
    }
    [[nodiscard]] bool enabled() const { return enabled_; }

  private:
    bool enabled_;
    bool shown_ = false;
    std::mutex mutex_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last_ = start_;
};

/// Why nothing was checked, by the pattern that left most files out.
std::string nothing_checked(const Discovery& discovery) {
    std::string text = "docathon-lint: no page to check";
    for (const auto& [pattern, count] : discovery.excluded_by) {
        text += "\n  " + std::to_string(count) + (count == 1 ? " file is" : " files are") +
                " left out by '" + escape_control(pattern) + "'";
    }
    return text + "\n";
}

Result<void> read_path_lists(CheckFlags& flags) {
    RealFileSystem files;
    if (flags.files_from) {
        Result<std::vector<std::string>> paths =
            read_path_list(*flags.files_from, flags.null_separated, files);
        if (!paths)
            return tl::unexpected<Error>(paths.error());
        flags.disk.paths.insert(flags.disk.paths.end(), paths->begin(), paths->end());
        // An empty list means: nothing was changed, so nothing is to be reported.
        if (flags.disk.paths.empty())
            flags.disk.nothing_selected = true;
    }
    Result<std::vector<std::string>> expanded = expand_at_files(flags.disk.paths, files);
    if (!expanded)
        return tl::unexpected<Error>(expanded.error());
    flags.disk.paths = std::move(*expanded);
    if (flags.stdin_path) {
        flags.disk.stdin_path = flags.stdin_path;
        Result<std::string> bytes = read_stdin(kMaxStdin);
        if (!bytes)
            return tl::unexpected<Error>(bytes.error());
        flags.disk.stdin_bytes = std::move(*bytes);
    }
    return {};
}

/// A first path that does not exist may be a misspelt command.
std::string with_command_hint(const Error& error, const std::vector<std::string>& paths) {
    std::string message = error.to_string();
    if (error.code != ErrorCode::absent || paths.empty() || error.path != paths[0])
        return message;
    std::vector<std::string_view> names;
    for (const Command& command : commands())
        names.push_back(command.name);
    const std::string_view near =
        nearest(paths[0], std::span<const std::string_view>(names), suggestion_distance(paths[0]));
    if (!near.empty())
        message += "; did you mean the command '" + std::string(near) + "'?";
    return message;
}

}  // namespace

int run_check(std::vector<std::string> arguments) {
    const auto start = std::chrono::steady_clock::now();
    CheckFlags flags;
    Arguments parser("docathon-lint check", "Check documentation");
    describe(parser, flags);
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;

    // Everything that can be wrong with the command line is said before a file is read.
    const Result<ReportPlan> plan = read_report_flags(flags.report);
    if (!plan)
        return usage_error(plan.error().message);
    if (flags.jobs && *flags.jobs == 0)
        return usage_error("--jobs must be at least 1");
    const std::vector<std::string> named = flags.disk.paths;
    if (const Result<void> lists = read_path_lists(flags); !lists)
        return usage_error(lists.error().to_string());

    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);

    Result<DiskSession> opened = open_session(flags.disk);
    if (!opened)
        return usage_error(with_command_hint(opened.error(), named));
    Session& session = *opened->session;

    Baseline baseline;
    if (!session.config.baseline.empty() && !flags.no_baseline) {
        Result<std::string> text = session.read(session.config.baseline);
        if (text) {
            Result<Baseline> read = read_baseline(*text, session.config.baseline);
            if (!read)
                return usage_error(read.error().to_string());
            baseline = std::move(*read);
        } else if (text.error().code != ErrorCode::absent) {
            return usage_error(text.error().to_string());
        }
    }

    std::size_t pages = 0;
    std::size_t selected = 0;
    for (const FileEntry& file : session.tree.files()) {
        if (!file.lintable || format_of(file.path) != Format::markdown)
            continue;
        ++pages;
        selected += file.selected ? 1 : 0;
    }
    const unsigned wanted = flags.jobs
                                ? static_cast<unsigned>(std::min<std::uint64_t>(*flags.jobs, 256))
                                : hardware_jobs();
    LintJob job =
        session.job(flags.jobs ? wanted
                               : std::min<unsigned>(
                                     wanted, static_cast<unsigned>(1 + pages / kPagesPerThread)));
    if (!baseline.entries.empty())
        job.baseline = &baseline;
    Progress progress(!flags.report.quiet);
    if (progress.enabled()) {
        job.progress = [&](std::size_t done, std::size_t total) { progress.update(done, total); };
    }
    job.cancelled = [] { return g_interrupted != 0; };
    LintRun run = lint(job);
    if (run.cancelled) {
        print_error("docathon-lint: interrupted; nothing was written\n");
        return kInterrupted;
    }
    run.result.root = session.root;
    run.result.tool_version = std::string(version());
    for (const DiscoveryProblem& problem : opened->discovery.problems) {
        run.result.notifications.push_back(
            {"warning", "unreadable-file", problem.message, problem.path});
    }
    for (const std::string& expression : session.foreign->unreadable()) {
        run.result.notifications.push_back(
            {"note",
             "foreign-ignore",
             "an expression of .lycheeignore or conf.py that is not understood here: " + expression,
             {}});
    }
    run.result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    if (const Result<void> written = write_reports(*plan, run.result); !written)
        return usage_error(written.error().to_string());
    if (run.stale > 0 && !flags.report.quiet) {
        print_error("docathon-lint: note: " + std::to_string(run.stale) +
                    (run.stale == 1 ? " finding" : " findings") +
                    " of the baseline are gone; take them out of " +
                    escape_control(session.config.baseline) + "\n");
    }
    DescriptorWriter error(STDERR_FILENO);
    ReportOptions to_stderr;
    to_stderr.max_results = plan->options.max_results;
    if (!flags.report.quiet) {
        if (selected == 0 && !flags.disk.nothing_selected)
            print_error(nothing_checked(opened->discovery));
        write_summary(run.result, to_stderr, error.writer());
    }
    if (flags.stats)
        write_stats(run.result, to_stderr, error.writer());
    error.flush();
    return exit_code(run, plan->fail_on.value_or(session.config.fail_on));
}

}  // namespace docathon::cli

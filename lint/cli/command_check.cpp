// docathon-lint check (the default): discover, detect, lint, report.

#include <algorithm>
#include <chrono>
#include <future>
#include <set>

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/compare_runs.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/fix_run.h"
#include "lint/cli/keep_until_exit.h"
#include "lint/cli/output.h"
#include "lint/cli/ratchet.h"
#include "lint/cli/report_run.h"
#include "lint/cli/run_session.h"
#include "lint/core/line_diff.h"
#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/io/file_lists.h"
#include "lint/report/report.h"
#include "lint/settle/baseline.h"

namespace docathon::cli {

namespace {

constexpr std::uint64_t kMaxStdin = std::uint64_t{1} << 31;

struct CheckFlags {
    DiskFlags disk;
    ReportFlags report;
    std::optional<std::string> files_from;
    bool null_separated = false;
    std::optional<std::string> stdin_path;
    bool no_baseline = false;
    bool no_cache = false;
    std::optional<std::string> since;
    bool staged = false;
    bool fix = false;
    bool diff = false;
    bool unsafe_fixes = false;
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
    arguments.flag("--no-cache", flags.no_cache, "Parse every page again, and keep nothing");
    arguments.value("--since", flags.since, "REF",
                    "Print only what is new since the merge base with REF; auto asks the CI");
    arguments.flag("--staged", flags.staged,
                   "Check what is staged for the next commit instead of the files on disk");
    arguments.flag("--fix", flags.fix, "Repair what can be repaired surely, then print the rest");
    arguments.flag("--diff", flags.diff, "Print what --fix would change, and change nothing");
    arguments.flag("--unsafe-fixes", flags.unsafe_fixes,
                   "With --fix and --diff: also repairs that need a look");
    arguments.value("--files-from", flags.files_from, "FILE",
                    "Read paths from FILE, one a line; - is standard input");
    arguments.flag("-0", flags.null_separated, "Paths of --files-from end in NUL");
    arguments.value("--stdin-filename", flags.stdin_path, "PATH",
                    "Check standard input as the content of PATH");
    arguments.number("--jobs,-j", flags.disk.jobs, "N",
                     "Threads; as many as the machine has by default");
    arguments.flag("--stats", flags.stats,
                   "Print files, bytes, times and what could not be decided to standard error");
    arguments.footer("Exit code: 0 clean, 1 findings at or above --fail-on, 2 could not run.");
}

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

/// What --since made of a run.
struct Since {
    bool compared = false;
    RunResult whole;   ///< with all findings: code scanning wants them all
    std::string line;  ///< for people
};

/// Where a change begins, or why nobody knows.
struct Base {
    BaseCommit id;
    std::vector<GitBlob> files;
    TreeSession tree;
    std::string unknown;
};

/// Asks git only, so that the project may be listed at the same time.
Result<Base> find_base(const std::string& ref, const RealGit& git, const std::string& root) {
    Base base;
    const Result<std::string> head_id = git.commit(root, "HEAD");
    if (!head_id) {
        base.unknown = "there is no commit yet";
        return base;
    }
    const Result<BaseCommit> base_id = choose_base(git, root, ref, *head_id);
    if (!base_id) {
        if (base_id.error().code != ErrorCode::absent)
            return tl::unexpected<Error>(base_id.error());
        base.unknown = base_id.error().message;
        return base;
    }
    base.id = *base_id;
    Result<std::vector<GitBlob>> blobs = git.files_of(root, base.id.id);
    if (!blobs) {
        base.unknown = blobs.error().message;
        return base;
    }
    base.files = std::move(*blobs);
    return base;
}

Result<Base> open_base(Result<Base> base, const RealGit& git, const Session& here,
                       const CheckFlags& flags) {
    if (!base || !base->unknown.empty())
        return base;
    Result<TreeSession> tree = open_tree(here, flags.disk, git, base->files);
    if (!tree)
        return tl::unexpected<Error>(tree.error());
    base->tree = std::move(*tree);
    return base;
}

/// Lints head and base, and takes out of head what was there before the change. `whole` is made if
/// it is wanted.
Since keep_new(Base& base, const RealGit& git, Session& here, Session& head,
               const RunOptions& options, bool whole, LintRun& run) {
    Since since;
    ComparedRuns runs = run_both(head, base.tree, options);
    RunResult& result = runs.head.result;
    runs.head.cancelled = runs.head.cancelled || runs.base.cancelled;
    runs.head.internal_error = runs.head.internal_error || runs.base.internal_error;
    if (runs.head.cancelled) {
        run = std::move(runs.head);
        return since;
    }
    compare(runs, head, base.tree, options.late_fingerprints);
    since.compared = true;
    if (whole) {
        since.whole = result;
        sum_up_ratchets(head, since.whole);
    }
    std::vector<Diagnostic> kept;
    if (!runs.missing.empty()) {
        // The names of the objects are known though they are not here: what did not change at
        // least is not new.
        const std::set<std::string> changed = changed_files(base.files, git, here.root);
        for (Diagnostic& finding : result.findings) {
            if (changed.contains(result.paths[finding.file]))
                kept.push_back(std::move(finding));
        }
        result.notifications.push_back(
            {"warning",
             "no-base",
             std::to_string(runs.missing.size()) +
                 " files of the base are not in this clone (partial clone); all findings of the "
                 "changed files are printed",
             {}});
        since.line = std::to_string(kept.size()) + " in changed files";
    } else {
        if (whole)
            since.whole.states = baseline_states(runs);
        add_causes(runs);
        // Old findings of rules that are only summed up are not shown without --since either.
        const auto remaining =
            std::count_if(runs.comparison.remaining.begin(), runs.comparison.remaining.end(),
                          [&](const auto& pair) {
                              return !is_summed_up(head, result, result.findings[pair.second]);
                          });
        for (const std::size_t i : runs.comparison.added)
            kept.push_back(std::move(result.findings[i]));
        since.line = std::to_string(runs.comparison.added.size()) + " new, " +
                     std::to_string(runs.comparison.removed.size()) + " fixed, " +
                     std::to_string(remaining) + " already there (shown without --since)";
    }
    result.findings = std::move(kept);
    since.line += ". Base " + base.id.id.substr(0, 12) + " (" + escape_control(base.id.how) + ").";
    run = std::move(runs.head);
    return since;
}

/// The flags that say which state of the project is meant do not all go together.
std::string conflict(const CheckFlags& flags, bool git) {
    if ((flags.since || flags.staged) && !git)
        return "--since and --staged need a git repository";
    if (flags.staged && flags.stdin_path)
        return "--staged and --stdin-filename do not go together";
    if (flags.unsafe_fixes && !flags.fix && !flags.diff)
        return "--unsafe-fixes needs --fix or --diff";
    if ((flags.fix || flags.diff) && (flags.since || flags.staged || flags.stdin_path))
        return "--fix and --diff work on files on disk, without --since, --staged and "
               "--stdin-filename";
    return {};
}

std::string counted_files(std::size_t files) {
    return std::to_string(files) + (files == 1 ? " file" : " files");
}

/// Prints what would change; the exit code of --diff.
int print_diff(const ProjectFixes& fixes, bool quiet) {
    std::string text;
    for (const auto& [path, after] : fixes.after)
        text += unified_diff(escape_control(path), fixes.before.at(path), after);
    print_out(text);
    for (const std::string& note : fixes.notes)
        print_error("docathon-lint: note: " + escape_control(note) + "\n");
    if (!quiet) {
        print_error("--fix would change " + counted_files(fixes.after.size()) + "\n");
    }
    return fixes.run.internal_error ? kFailed : fixes.after.empty() ? kClean : kFindings;
}

int check(std::vector<std::string> arguments, bool fix) {
    const auto start = std::chrono::steady_clock::now();
    CheckFlags flags;
    flags.fix = fix;
    Arguments parser(
        fix ? "docathon-lint fix" : "docathon-lint check",
        fix ? "Repair what can be repaired surely, then print the rest" : "Check documentation");
    describe(parser, flags);
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;

    // Everything that can be wrong with the command line is said before a file is read.
    const Result<ReportPlan> plan = read_report_flags(flags.report);
    if (!plan)
        return usage_error(plan.error().message);
    if (flags.disk.jobs && *flags.disk.jobs == 0)
        return usage_error("--jobs must be at least 1");
    const std::vector<std::string> named = flags.disk.paths;
    if (const Result<void> lists = read_path_lists(flags); !lists)
        return usage_error(lists.error().to_string());

    catch_signals();

    const RealGit git;
    const std::launch beside = wanted_jobs(flags.disk.jobs) > 1
                                   ? std::launch::async | std::launch::deferred
                                   : std::launch::deferred;
    std::future<Result<Base>> finding_base;
    std::future<Result<std::vector<GitBlob>>> listing_staged;
    flags.disk.found_repository = [&](const std::string& root) {
        if (flags.staged)
            listing_staged = std::async(beside, [&git, root] { return git.staged_files(root); });
        if (flags.since)
            finding_base =
                std::async(beside, [&, root] { return find_base(*flags.since, git, root); });
    };

    Result<DiskSession> opened = open_session(flags.disk);
    if (!opened)
        return usage_error(with_command_hint(opened.error(), named));
    Session& session = *opened->session;

    std::optional<Baseline> baseline;
    if (!flags.no_baseline) {
        Result<std::optional<Baseline>> read = read_baseline_file(session);
        if (!read)
            return usage_error(read.error().to_string());
        baseline = std::move(*read);
    }
    if (const std::string wrong = conflict(flags, opened->discovery.git); !wrong.empty())
        return usage_error(wrong);
    std::future<Result<Base>> opening_base;
    if (flags.since) {
        opening_base =
            std::async(beside, [&] { return open_base(finding_base.get(), git, session, flags); });
    }
    Session* linted = &session;
    TreeSession staged;
    if (flags.staged) {
        Result<std::vector<GitBlob>> blobs = listing_staged.get();
        if (!blobs)
            return usage_error(blobs.error().to_string());
        Result<TreeSession> tree = open_tree(session, flags.disk, git, std::move(*blobs));
        if (!tree)
            return usage_error(tree.error().to_string());
        staged = std::move(*tree);
        linted = staged.session.get();
        select_like(session, *linted);
    }
    std::optional<Base> base;
    if (flags.since) {
        Result<Base> opened_base = opening_base.get();
        if (!opened_base)
            return usage_error("--since: " + opened_base.error().to_string());
        base = std::move(*opened_base);
    }
    const RunOptions run_options{
        .jobs = flags.disk.jobs,
        .baseline = baseline ? &*baseline : nullptr,
        .progress = !flags.report.quiet,
        .cache = !flags.no_cache,
        .result_suffices = !flags.since && !flags.fix && !flags.diff,
        .count_references = flags.stats,
        .late_fingerprints = base && base->unknown.empty() && !wants_whole(*plan)};
    LintRun run;
    Since since;
    if (flags.fix || flags.diff) {
        ProjectFixes fixes = fix_project(*linted, run_options, flags.unsafe_fixes);
        if (fixes.run.cancelled)
            return say_interrupted();
        if (flags.diff)
            return print_diff(fixes, flags.report.quiet);
        const Result<std::size_t> written = write_fixes(session, fixes);
        if (!written)
            return usage_error(written.error().to_string());
        if (!flags.report.quiet && *written > 0) {
            print_error(fixed_line(fixes.applied, *written));
        }
        run = std::move(fixes.run);
        for (const std::string& note : fixes.notes)
            run.result.notifications.push_back({"note", "not-fixed", note, {}});
    } else if (base && base->unknown.empty()) {
        since = keep_new(*base, git, session, *linted, run_options, wants_whole(*plan), run);
    } else {
        run = run_session(*linted, run_options);
        if (base) {
            run.result.notifications.push_back(
                {"warning", "no-base", base->unknown + "; all findings are printed", {}});
        }
    }
    if (run.cancelled)
        return say_interrupted();
    if (!since.compared)
        sum_up_ratchets(*linted, run.result);
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

    if (const Result<void> written =
            write_reports(*plan, run.result, since.compared ? &since.whole : nullptr);
        !written)
        return usage_error(written.error().to_string());
    if (run.stale > 0 && !flags.report.quiet) {
        print_error("docathon-lint: note: " + std::to_string(run.stale) +
                    (run.stale == 1 ? " finding" : " findings") +
                    " of the baseline are gone; `docathon-lint baseline prune` takes them out of " +
                    escape_control(baseline_file(session)) + "\n");
    }
    DescriptorWriter error(STDERR_FILENO);
    ReportOptions to_stderr;
    to_stderr.max_results = plan->options.max_results;
    if (!flags.report.quiet) {
        if (selected_pages(*linted) == 0 && !flags.disk.nothing_selected)
            print_error(nothing_checked(opened->discovery));
        if (since.compared)
            print_error(since.line + "\n");
        else
            write_summary(run.result, to_stderr, error.writer());
    }
    if (flags.stats)
        write_stats(run.result, to_stderr, error.writer());
    error.flush();
    const int code = exit_code(run, plan->fail_on.value_or(session.config.fail_on));
    keep_until_exit(std::move(run));
    keep_until_exit(std::move(*opened));
    return code;
}

}  // namespace

int run_check(std::vector<std::string> arguments) {
    return check(std::move(arguments), false);
}

int run_fix(std::vector<std::string> arguments) {
    return check(std::move(arguments), true);
}

}  // namespace docathon::cli

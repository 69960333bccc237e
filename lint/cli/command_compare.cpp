// docathon-lint compare BASE [HEAD]: what a change made new, what it fixed, what stayed.

#include <unistd.h>

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/compare_runs.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/output.h"
#include "lint/cli/ratchet.h"
#include "lint/cli/report_run.h"
#include "lint/core/strings.h"
#include "lint/report/compare.h"

namespace docathon::cli {

int run_compare(std::vector<std::string> arguments) {
    DiskFlags flags;
    std::vector<std::string> commits;
    std::string format = "text";
    ReportFlags report_flags;
    std::optional<std::string> fail_on;
    Arguments parser("docathon-lint compare",
                     "Say what a change made new, what it fixed and what stayed");
    parser.positionals(commits, "BASE",
                       "A commit, or auto; then the commit to compare it with, the working tree "
                       "by default. The base is the merge base of the two");
    parser.value("--format", format, "COMPARE", "text, json or markdown");
    parser.value("--fail-on", fail_on, "SEVERITY",
                 "Exit 1 from this severity of a new finding on: error, warning, note, never");
    add_session_flags(parser, flags);
    parser.footer(
        "Exit code: 0 no new finding at or above --fail-on, 1 there are some, 2 could not run.");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    if (commits.empty() || commits.size() > 2)
        return usage_error("compare needs one or two commits: docathon-lint compare BASE [HEAD]");
    if (format != "text" && format != "json" && format != "markdown")
        return usage_error("--format takes text, json or markdown here, not '" + format + "'");
    report_flags.fail_on = fail_on;
    const Result<ReportPlan> plan = read_report_flags(report_flags);
    if (!plan)
        return usage_error(plan.error().message);
    catch_signals();

    Result<DiskSession> opened = open_session(flags);
    if (!opened)
        return usage_error(opened.error().to_string());
    Session& here = *opened->session;
    if (!opened->discovery.git)
        return usage_error("compare needs a git repository");
    const RealGit git;
    const Result<std::string> head_id =
        git.commit(here.root, commits.size() > 1 ? commits[1] : "HEAD");
    if (!head_id)
        return usage_error(head_id.error().to_string());
    const Result<BaseCommit> base_id = choose_base(git, here.root, commits[0], *head_id);
    if (!base_id)
        return usage_error(base_id.error().to_string());

    // Trees are those of commits, but the head may be what is on disk.
    Result<std::vector<GitBlob>> base_files = git.files_of(here.root, base_id->id);
    if (!base_files)
        return usage_error(base_files.error().to_string());
    Result<TreeSession> base = open_tree(here, flags, git, std::move(*base_files));
    if (!base)
        return usage_error(base.error().to_string());
    Session* head = &here;
    TreeSession head_tree;
    if (commits.size() > 1) {
        Result<std::vector<GitBlob>> head_files = git.files_of(here.root, *head_id);
        if (!head_files)
            return usage_error(head_files.error().to_string());
        Result<TreeSession> tree = open_tree(here, flags, git, std::move(*head_files));
        if (!tree)
            return usage_error(tree.error().to_string());
        head_tree = std::move(*tree);
        head = head_tree.session.get();
    }
    const RunOptions run_options{
        .jobs = {}, .baseline = nullptr, .progress = true, .late_fingerprints = true};
    ComparedRuns runs = run_both(*head, *base, run_options);
    if (runs.head.cancelled || runs.base.cancelled)
        return say_interrupted();
    if (!runs.missing.empty()) {
        return usage_error(
            "the base is not complete in this clone: " + std::to_string(runs.missing.size()) +
            " of its files are missing, such "
            "as '" +
            escape_control(runs.missing.front()) + "'");
    }
    compare(runs, *head, *base, run_options.late_fingerprints);
    add_causes(runs);

    CompareReport report;
    report.base = &runs.base.result;
    report.head = &runs.head.result;
    for (const std::size_t i : runs.comparison.added)
        report.added.push_back(&runs.head.result.findings[i]);
    for (const std::size_t i : runs.comparison.removed)
        report.removed.push_back(&runs.base.result.findings[i]);
    for (const auto& [before, now] : runs.comparison.remaining) {
        const Diagnostic& finding = runs.head.result.findings[now];
        if (!is_summed_up(*head, runs.head.result, finding))
            report.remaining.push_back(&finding);
    }
    report.base_id = base_id->id;
    report.base_how = base_id->how;
    report.head_name = commits.size() > 1 ? *head_id : "the working tree";
    DescriptorWriter standard(STDOUT_FILENO);
    const bool complete = format == "json" ? write_compare_json(report, standard.writer())
                          : format == "markdown"
                              ? write_compare_markdown(report, standard.writer())
                              : write_compare_text(report, plan->options.color, standard.writer());
    if (complete)
        standard.flush();
    if (standard.failed())
        return usage_error("standard output could not be written");
    if (runs.head.internal_error || runs.base.internal_error)
        return kFailed;
    const Severity limit = plan->fail_on.value_or(here.config.fail_on);
    for (const Diagnostic* finding : report.added) {
        if (limit != Severity::off && finding->severity >= limit)
            return kFindings;
    }
    return kClean;
}

}  // namespace docathon::cli

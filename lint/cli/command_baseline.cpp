// docathon-lint baseline create|update|prune: the file of findings that a project accepts for now.

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/output.h"
#include "lint/cli/ratchet.h"
#include "lint/cli/run_session.h"
#include "lint/core/nearest.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/settle/baseline.h"

namespace docathon::cli {

namespace {

std::string findings(std::size_t number) {
    return std::to_string(number) + (number == 1 ? " finding" : " findings");
}

/// Writes the baseline, with its folder.
Result<void> write_file(const Session& session, const Baseline& baseline) {
    RealFileSystem files;
    const std::string path = join_path(session.root, baseline_file(session));
    if (const Result<void> made = make_folders(std::string(dirname(path))); !made)
        return made;
    return files.write_file_atomic(path, write_baseline(baseline));
}

/// What `baseline create`, `update` and `prune` have in common: `change` makes the new baseline of
/// the old one (nullopt: there is none) and the findings of this run, and says what it did.
template <class Change>
int change_baseline(Arguments& parser, DiskFlags& flags, std::vector<std::string> arguments,
                    const Change& change) {
    add_session_flags(parser, flags);
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    catch_signals();
    Result<DiskSession> opened = open_session(flags);
    if (!opened)
        return usage_error(opened.error().to_string());
    Session& session = *opened->session;
    // A baseline is of the whole project, wherever the command was started.
    std::vector<std::string> all;
    for (const FileEntry& file : session.tree.files())
        all.push_back(file.path);
    session.tree = session.tree.selecting(all);
    const Result<std::optional<Baseline>> old = read_baseline_file(session);
    if (!old)
        return usage_error(old.error().to_string());
    LintRun run = run_session(session, {.jobs = {}, .baseline = nullptr, .progress = true});
    if (run.cancelled)
        return say_interrupted();
    for (const Notification& notification : run.result.notifications) {
        print_error("docathon-lint: " + notification.level + ": " +
                    escape_control(notification.path) + ": " +
                    escape_control(notification.message) + "\n");
    }
    // What is only summed up need not be accepted.
    sum_up_ratchets(session, run.result);
    if (run.internal_error)
        return usage_error("the run was not complete, so the baseline was left as it is");
    return change(session, *old, run);
}

int create(std::vector<std::string> arguments) {
    DiskFlags flags;
    Arguments parser("docathon-lint baseline create",
                     "Accept all findings of today, in a file that is committed");
    return change_baseline(
        parser, flags, std::move(arguments),
        [](const Session& session, const std::optional<Baseline>& old, const LintRun& run) {
            const std::string path = escape_control(baseline_file(session));
            if (old)
                return usage_error(path +
                                   " is there already; `baseline update` brings it up to "
                                   "date");
            const Baseline made =
                create_baseline(run.result.findings, session.rules, run.result.paths);
            if (const Result<void> written = write_file(session, made); !written)
                return usage_error(written.error().to_string());
            print_out("wrote " + path + ": " + findings(run.result.findings.size()) +
                      " accepted\n");
            return kClean;
        });
}

int update(std::vector<std::string> arguments, bool prune) {
    DiskFlags flags;
    bool allow_growth = false;
    Arguments parser(prune ? "docathon-lint baseline prune" : "docathon-lint baseline update",
                     prune ? "Take out of the baseline what is gone"
                           : "Take out of the baseline what is gone; add findings only with "
                             "--allow-growth");
    if (!prune)
        parser.flag("--allow-growth", allow_growth, "Also accept findings that it lacks");
    return change_baseline(
        parser, flags, std::move(arguments),
        [&](Session& session, const std::optional<Baseline>& old, const LintRun& run) {
            const std::string path = escape_control(baseline_file(session));
            if (!old)
                return usage_error("there is no " + path + "; `baseline create` makes it");
            std::map<std::string, FileId> ids;
            for (std::size_t i = 0; i < run.result.paths.size(); ++i)
                ids.emplace(baseline_path(run.result.paths[i]), static_cast<FileId>(i));
            // A rule that is off, or a file that was left out, says nothing about its entries.
            const auto checked = [&](std::string_view rule, std::string_view file) {
                const int position = session.rules.find(rule);
                const auto id = ids.find(std::string(file));
                if (position < 0 || id == ids.end())
                    return true;  // gone for good
                const FileEntry& entry = session.tree.file(id->second);
                return entry.lintable &&
                       session.effective->profile(session.effective->profile_for(entry.path))
                           .rules[static_cast<std::size_t>(position)]
                           .on();
            };
            const BaselineUpdate made = update_baseline(*old, session.rules, run.result.paths,
                                                        run.result.findings, allow_growth, checked);
            if (made.baseline.entries != old->entries) {
                if (const Result<void> written = write_file(session, made.baseline); !written)
                    return usage_error(written.error().to_string());
            }
            std::string text = path + ": " + findings(made.removed) + " gone";
            if (allow_growth)
                text += ", " + std::to_string(made.added) + " added";
            print_out(text + "\n");
            if (made.refused > 0 && !prune) {
                print_error("docathon-lint: note: " + findings(made.refused) +
                            " not accepted; --allow-growth adds them\n");
            }
            return kClean;
        });
}

}  // namespace

int run_baseline(std::vector<std::string> arguments) {
    if (arguments.empty() || arguments.front() == "--help" || arguments.front() == "-h") {
        print_out(
            "Usage: docathon-lint baseline create | update [--allow-growth] | prune\n\n"
            "  create  accept all findings of today\n"
            "  update  take out what is gone; with --allow-growth, accept what is new\n"
            "  prune   take out what is gone\n\n"
            "docathon-lint baseline create --help and so on list the flags.\n");
        return arguments.empty() ? kFailed : kClean;
    }
    const std::string name = arguments.front();
    arguments.erase(arguments.begin());
    if (name == "create")
        return create(std::move(arguments));
    if (name == "update" || name == "prune")
        return update(std::move(arguments), name == "prune");
    static const std::vector<std::string> kNames = {"create", "update", "prune"};
    const std::string_view near =
        nearest(name, std::span<const std::string>(kNames), suggestion_distance(name));
    return usage_error("no command 'baseline " + name + "'" +
                       (near.empty() ? "; see docathon-lint baseline --help"
                                     : "; did you mean 'baseline " + std::string(near) + "'?"));
}

}  // namespace docathon::cli

#include "lint/cli/compare_runs.h"

#include <algorithm>
#include <cstdlib>
#include <future>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "lint/core/line_index.h"
#include "lint/core/path.h"
#include "lint/core/source_file.h"
#include "lint/core/strings.h"
#include "lint/parse/parse.h"
#include "lint/report/positions.h"

namespace docathon::cli {

namespace {

/// Nobody reads the causes of thousands of findings, and each costs a look through a file.
constexpr std::size_t kMostCauses = 500;

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

/// Where the change begins, as the machinery around us says: the name of a commit, or "".
std::string automatic_base(const RealGit& git, const std::string& root) {
    // pre-commit was told; nobody knows better.
    if (std::string base = variable("PRE_COMMIT_FROM_REF"); !base.empty())
        return base;
    if (const std::string base = variable("GITHUB_BASE_REF"); !base.empty()) {
        if (git.commit(root, "refs/remotes/origin/" + base))
            return "refs/remotes/origin/" + base;
        // actions/checkout gives the merge commit; its first parent is the target branch.
        if (git.commit(root, "HEAD^2"))
            return "HEAD^1";
        return "refs/remotes/origin/" + base;
    }
    if (std::string base = variable("CI_MERGE_REQUEST_DIFF_BASE_SHA"); !base.empty())
        return base;
    // pre-commit without refs: a commit is about to be made on top of this one.
    if (!variable("PRE_COMMIT").empty())
        return "HEAD";
    if (const std::string branch = git.default_branch(root, "origin").value_or(std::string());
        !branch.empty())
        return "refs/remotes/origin/" + branch;
    return {};
}

/// What the findings of a file can be compared by: its bytes, where the run has them.
std::string_view bytes_of(const LintRun& run, std::string_view path, const Session& session) {
    const FileId id = session.tree.find(path);
    return id == kNoFile ? std::string_view() : run.result.bytes(id);
}

/// Says which other part of a change made a link dead.
class Causes {
  public:
    Causes(const Session& head, const LintRun& head_run, const Session& base,
           const LintRun& base_run, const std::map<std::string, std::string>& renamed)
        : head_(head), head_run_(head_run), base_(base), base_run_(base_run) {
        for (const auto& [now, before] : renamed)
            moved_[before] = now;
    }

    std::string of(const Diagnostic& finding) const {
        if (!head_run_.result.rules->specs[finding.rule].id.starts_with("links/") ||
            finding.subject.empty() || line_is_new(finding))
            return {};
        const std::string& page = head_run_.result.paths[finding.file];
        const std::size_t hash = finding.subject.find('#');
        const std::string target = percent_decode(finding.subject.substr(0, hash));
        const std::string fragment =
            hash == std::string::npos ? std::string() : finding.subject.substr(hash + 1);
        for (const std::string& path : candidates(page, target)) {
            if (base_.tree.find(path) == kNoFile && !base_.tree.is_folder(path))
                continue;
            const auto moved = moved_.find(path);
            if (moved != moved_.end())
                return "this change moved '" + path + "' to '" + moved->second + "'";
            if (head_.tree.find(path) == kNoFile && !head_.tree.is_folder(path))
                return "this change removed '" + path + "'";
            if (!fragment.empty())
                return heading(path, fragment);
        }
        return {};
    }

  private:
    /// The line that the finding is on has no equal in the old file: it speaks for itself.
    bool line_is_new(const Diagnostic& finding) const {
        const std::string& page = head_run_.result.paths[finding.file];
        const std::string_view now = head_run_.result.bytes(finding.file);
        std::string old_page = page;
        for (const auto& [before, after] : moved_) {
            if (after == page)
                old_page = before;
        }
        const std::string_view old = bytes_of(base_run_, old_page, base_);
        const LineIndex lines(now);
        const Range range = lines.line_range(lines.line(finding.range.begin));
        const std::string_view line = now.substr(range.begin, range.size());
        for (std::size_t at = old.find(line); !line.empty() && at != std::string_view::npos;
             at = old.find(line, at + 1)) {
            const bool begins = at == 0 || old[at - 1] == '\n';
            const std::size_t end = at + line.size();
            if (begins && (end == old.size() || old[end] == '\n' || old[end] == '\r'))
                return false;
        }
        return true;
    }

    /// Paths that a target may mean, the likely ones first.
    static std::vector<std::string> candidates(const std::string& page, const std::string& target) {
        if (target.empty())
            return {page};
        std::vector<std::string> paths;
        const std::string relative = target.starts_with('/') ? normalize_path(target.substr(1))
                                                             : join_path(dirname(page), target);
        for (const std::string& path : {relative, normalize_path("./" + target)}) {
            for (const char* ending : {"", ".md", ".rst"})
                paths.push_back(path + ending);
        }
        return paths;
    }

    static const Heading* with_slug(const FileFacts& facts, const std::string& fragment,
                                    std::size_t& position) {
        for (position = 0; position < facts.headings.size(); ++position) {
            const Heading& heading = facts.headings[position];
            if (heading.github_slug == fragment || heading.docutils_id == fragment ||
                heading.kramdown_id == fragment || heading.explicit_id == fragment)
                return &heading;
        }
        return nullptr;
    }

    /// A run that took the result of an earlier one has no facts: those of the page are read.
    static const FileFacts& facts_of(const Session& session, const LintRun& run, FileId file,
                                     FileFacts& parsed) {
        if (run.facts != nullptr)
            return (*run.facts)[file];
        const SourceFile source(file, session.tree.file(file).path,
                                std::string(run.result.bytes(file)));
        parsed = parse_file(source, session.settings.of(file), false).facts;
        return parsed;
    }

    std::string heading(const std::string& path, const std::string& fragment) const {
        const FileId before = base_.tree.find(path);
        const FileId now = head_.tree.find(path);
        if (before == kNoFile || now == kNoFile)
            return {};
        FileFacts parsed;
        const FileFacts& old = facts_of(base_, base_run_, before, parsed);
        const FileFacts& facts = (*head_run_.facts)[now];
        std::size_t position = 0;
        const Heading* gone = with_slug(old, fragment, position);
        if (gone == nullptr)
            return {};
        // As many headings as before: the one in its place is the same one with another name.
        if (old.headings.size() == facts.headings.size()) {
            const Heading& renamed = facts.headings[position];
            const LineIndex lines(head_run_.result.bytes(now));
            return "this change renamed the heading '" + gone->text + "' to '" + renamed.text +
                   "', " + path + ":" + std::to_string(lines.line(renamed.range.begin));
        }
        return "this change removed the heading '" + gone->text + "' of '" + path + "'";
    }

    const Session& head_;
    const LintRun& head_run_;
    const Session& base_;
    const LintRun& base_run_;
    std::map<std::string, std::string> moved_;  // path before -> path now
};

/// (path, bytes) of pages that only the first of two runs has.
std::vector<std::pair<std::string, std::string_view>> only_in(const Session& session,
                                                              const LintRun& run,
                                                              const Session& other) {
    std::vector<std::pair<std::string, std::string_view>> files;
    for (FileId id = 0; id < session.tree.files().size(); ++id) {
        const std::string& path = session.tree.file(id).path;
        // Bytes of a page that did not change since an earlier run are read when asked for.
        if (other.tree.find(path) != kNoFile)
            continue;
        const std::string_view bytes = run.result.bytes(id);
        if (bytes.data() != nullptr)
            files.emplace_back(path, bytes);
    }
    return files;
}

LateRun late_run(LintRun& run) {
    return {run.result.rules, run.result.paths, run.result.findings, run.result.bytes,
            [&run](FileId file) { return run.contents.at(file); }};
}

}  // namespace

Result<BaseCommit> choose_base(const RealGit& git, const std::string& root, const std::string& ref,
                               const std::string& head) {
    std::string wanted = ref;
    if (ref == "auto") {
        wanted = automatic_base(git, root);
        if (wanted.empty()) {
            return fail(
                "--since auto found neither a CI nor a branch that origin points at; name a "
                "commit");
        }
    }
    const bool shallow = git.is_shallow(root).value_or(false);
    const std::string advice =
        shallow ? "; this clone is shallow (actions/checkout: fetch-depth: 0)" : "";
    const Result<std::string> commit = git.commit(root, wanted);
    if (!commit) {
        // A name that is nowhere is a slip, unless the clone is only a part.
        return fail(shallow || ref == "auto" ? ErrorCode::absent : ErrorCode::other,
                    commit.error().message + advice);
    }
    const Result<std::string> base = git.merge_base(root, *commit, head);
    if (!base)
        return fail(ErrorCode::absent, base.error().message + advice);
    BaseCommit chosen;
    chosen.id = *base;
    chosen.how = *base == *commit ? wanted : "merge base with " + wanted;
    return chosen;
}

Result<TreeSession> open_tree(const Session& like, const DiskFlags& flags, const RealGit& git,
                              std::vector<GitBlob> blobs) {
    TreeSession tree;
    tree.files =
        std::make_unique<GitTreeFiles>(like.root, std::move(blobs), git.objects(like.root));
    tree.git = std::make_unique<GitTree>(like.root, *tree.files, git);
    Result<std::unique_ptr<Session>> session = open_session_on(like, flags, *tree.files, *tree.git);
    if (!session)
        return tl::unexpected<Error>(session.error());
    tree.session = std::move(*session);
    // What git ignores is on disk before and after; what only the change made is not there before.
    tree.session->history = like.history;
    tree.session->on_disk = [&like, own = tree.session.get()](std::string_view path) {
        return like.on_disk(path) && like.tree.find(path) == kNoFile &&
               !like.tree.is_folder(path) && !like.tree.is_opaque(path);
    };
    return tree;
}

ComparedRuns run_both(Session& head, TreeSession& base, const RunOptions& options) {
    RunOptions base_options = options;
    RunOptions head_options = options;
    head_options.before = base.session.get();
    base_options.is_base = true;
    base_options.is_complete = [&] { return base.files->missing().empty(); };
    std::future<LintRun> base_run;
    if (wanted_jobs(options.jobs) > 1) {
        base_options.progress = false;
        head_options.parsed = [&] {
            if (base_run.valid())
                return;  // head is linted again, since a page changed
            try {
                base_run = std::async(std::launch::async,
                                      [&] { return run_session(*base.session, base_options); });
            } catch (const std::system_error&) {  // no thread to be had: one after the other
            }
        };
    }
    ComparedRuns runs;
    runs.head = run_session(head, head_options);
    if (base_run.valid())
        runs.base = base_run.get();
    else if (!runs.head.cancelled)
        runs.base = run_session(*base.session, base_options);
    for (const std::string& path : base.files->missing())
        runs.missing.push_back(path);
    return runs;
}

void compare(ComparedRuns& runs, const Session& head_session, const TreeSession& base, bool late) {
    // Files named on the command line choose what is compared, on both sides.
    const bool all = std::all_of(head_session.tree.files().begin(), head_session.tree.files().end(),
                                 [](const FileEntry& file) { return file.selected; });
    if (!all) {
        std::erase_if(runs.base.result.findings, [&](const Diagnostic& finding) {
            const FileId id = head_session.tree.find(runs.base.result.paths[finding.file]);
            return id == kNoFile || !head_session.tree.file(id).selected;
        });
    }
    const std::map<std::string, std::string> renamed =
        find_renames(only_in(*base.session, runs.base, head_session),
                     only_in(head_session, runs.head, *base.session));
    if (late)
        set_late_fingerprints(late_run(runs.base), late_run(runs.head));
    runs.comparison = compare_findings(
        {runs.base.result.rules, runs.base.result.paths, runs.base.result.findings},
        {runs.head.result.rules, runs.head.result.paths, runs.head.result.findings}, renamed);
    const Causes causes(head_session, runs.head, *base.session, runs.base, renamed);
    for (const std::size_t i : runs.comparison.added) {
        const bool few = runs.causes.size() < kMostCauses;
        runs.causes.push_back(few ? causes.of(runs.head.result.findings[i]) : std::string());
    }
}

void select_like(const Session& session, Session& other) {
    const auto files = session.tree.files();
    if (std::all_of(files.begin(), files.end(),
                    [](const FileEntry& file) { return file.selected; }))
        return;
    std::vector<std::string> paths;
    for (const FileEntry& file : other.tree.files()) {
        const FileId id = session.tree.find(file.path);
        if (id != kNoFile && session.tree.file(id).selected)
            paths.push_back(file.path);
    }
    other.tree = other.tree.selecting(paths);
}

std::set<std::string> changed_files(const std::vector<GitBlob>& base, const RealGit& git,
                                    const std::string& root) {
    std::map<std::string, std::string> before;
    for (const GitBlob& file : base)
        before.emplace(file.path, file.id);
    std::set<std::string> changed;
    for (const GitBlob& file : git.staged_files(root).value_or(std::vector<GitBlob>())) {
        const auto old = before.find(file.path);
        if (old == before.end() || old->second != file.id)
            changed.insert(file.path);
    }
    return changed;
}

std::vector<BaselineState> baseline_states(const ComparedRuns& runs) {
    std::vector<BaselineState> states(runs.head.result.findings.size(), BaselineState::added);
    Positions before(runs.base.result);
    Positions now(runs.head.result);
    const auto same_place = [](const LineColumn& a, const LineColumn& b) {
        return a.line == b.line && a.column == b.column;
    };
    for (const auto& [b, h] : runs.comparison.remaining) {
        const Diagnostic& old = runs.base.result.findings[b];
        const Diagnostic& finding = runs.head.result.findings[h];
        bool same = old.message == finding.message && old.severity == finding.severity &&
                    runs.base.result.paths[old.file] == runs.head.result.paths[finding.file];
        if (same) {
            const Region was = before.tight_region(old.file, old.range);
            const Region is = now.tight_region(finding.file, finding.range);
            same = same_place(was.begin, is.begin) && same_place(was.end, is.end);
        }
        states[h] = same ? BaselineState::unchanged : BaselineState::updated;
    }
    return states;
}

void add_causes(ComparedRuns& runs) {
    for (std::size_t i = 0; i < runs.causes.size(); ++i) {
        if (!runs.causes[i].empty()) {
            runs.head.result.findings[runs.comparison.added[i]].message +=
                " (" + runs.causes[i] + ")";
        }
    }
}

}  // namespace docathon::cli

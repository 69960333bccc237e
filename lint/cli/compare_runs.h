#pragma once
// A change: the same project linted before and after it, and what the change did to the findings.
// The base is read from git's objects; nothing is checked out.

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lint/cli/disk_session.h"
#include "lint/cli/run_session.h"
#include "lint/core/result.h"
#include "lint/io/git_tree.h"
#include "lint/settle/compare.h"

namespace docathon::cli {

/// Which commit a change is compared with.
struct BaseCommit {
    std::string id;
    std::string how;  ///< "merge base of main and HEAD", for the summary
};

/// `ref` as of --since: a commit, or `auto` for what the CI or pre-commit says the change begins
/// from. The merge base with `head` is taken, never the tip of another branch. Error code absent:
/// it cannot be known in this clone (shallow, no common ancestor), and the message says why.
[[nodiscard]] Result<BaseCommit> choose_base(const RealGit& git, const std::string& root,
                                             const std::string& ref, const std::string& head);

/// A session on a commit or on the index. Owns what the session reads from.
struct TreeSession {
    std::unique_ptr<GitTreeFiles> files;
    std::unique_ptr<GitTree> git;
    std::unique_ptr<Session> session;
};

/// Opens `blobs` as the files of the project that `like` is a session on, with its configuration
/// and rules: what changes in those must not look like a change of the documentation.
[[nodiscard]] Result<TreeSession> open_tree(const Session& like, const DiskFlags& flags,
                                            const RealGit& git, std::vector<GitBlob> blobs);

/// Both runs and what lies between them.
struct ComparedRuns {
    LintRun base;
    LintRun head;
    Comparison comparison;
    /// Files of the base that are not in this clone: then nothing that they hold can be called new.
    std::vector<std::string> missing;
    /// For each of comparison.added what else in the change brought it about, or "".
    std::vector<std::string> causes;
};

/// Lints both. The base begins when the pages of head are parsed, of which it has most: they come
/// from the cache then.
[[nodiscard]] ComparedRuns run_both(Session& head, TreeSession& base, const RunOptions& options);

/// Compares what run_both() gave; `late` if RunOptions::late_fingerprints was set.
void compare(ComparedRuns& runs, const Session& head, const TreeSession& base, bool late);

/// Selects in `other` the files that are selected in `session`.
void select_like(const Session& session, Session& other);

/// Paths of the index that the base lacks or has with another content.
[[nodiscard]] std::set<std::string> changed_files(const std::vector<GitBlob>& base,
                                                  const RealGit& git, const std::string& root);

/// For each finding of head what it is against the base.
[[nodiscard]] std::vector<BaselineState> baseline_states(const ComparedRuns& runs);

/// Puts the causes behind the messages of the findings that they are of.
void add_causes(ComparedRuns& runs);

}  // namespace docathon::cli

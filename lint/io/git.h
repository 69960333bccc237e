#pragma once
// Git: what is asked of the `git` program, behind an interface with a fake (lint/io/fake_git.h).
// Nothing that a repository or its configuration names is run by it: no hooks, filters, fsmonitor,
// external diff, pager or credential helper, no network; nothing is written, no lock is taken.
// Paths in answers are relative to the root, '/', bytes as in the repository.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "lint/core/result.h"

namespace docathon {

enum class GitMode : std::uint8_t { file, symlink, submodule };

/// One path of the index.
struct GitFile {
    std::string path;
    GitMode mode = GitMode::file;
    bool skipped = false;  ///< left out of the working tree on purpose (sparse checkout)
};

/// One path of a commit or of the index, and what git calls its content.
struct GitBlob {
    std::string path;
    std::string id;  ///< hexadecimal
    GitMode mode = GitMode::file;
};

/// Reads objects through one `git cat-file --batch`, which is started when it is first needed. May
/// be used by several threads.
class GitObjects {
  public:
    virtual ~GitObjects() = default;
    /// The bytes of a blob. Error code absent if the repository lacks it (a partial clone), and
    /// nothing is fetched; too_large with Error::size.
    [[nodiscard]] virtual Result<std::string> read(const std::string& id,
                                                   std::uint64_t max_bytes) = 0;
};

struct GitRemote {
    std::string name;
    std::string url;  ///< without user name and password
};

/// What the history of a clone is equal by.
struct GitState {
    std::string head;     ///< id of the commit at HEAD
    std::string shallow;  ///< hash of the commits that a shallow clone ends at; empty: it has all
};

class Git {
  public:
    virtual ~Git() = default;

    /// Absolute path of the working tree that `folder` is in. Error codes: absent (no repository, a
    /// bare one, or no git program), not_ours (the repository belongs to another user and is not in
    /// safe.directory), other.
    [[nodiscard]] virtual Result<std::string> root(const std::string& folder) const = 0;
    /// All paths of the index, sorted bytewise, each once. Says nothing about what is on disk.
    [[nodiscard]] virtual Result<std::vector<GitFile>> tracked(const std::string& root) const = 0;
    /// What `tracked` lists is there, as it is listed, and there is nothing else: a commit or the
    /// index in place of a working tree.
    [[nodiscard]] virtual bool is_whole_tree() const { return false; }
    /// Files on disk that are neither in the index nor ignored (.gitignore, .git/info/exclude,
    /// core.excludesFile), sorted bytewise; only those equal to or below a path of `among`, all if
    /// it is empty. A repository inside this one is one entry that ends in '/'.
    [[nodiscard]] virtual Result<std::vector<std::string>> untracked(
        const std::string& root, const std::vector<std::string>& among) const = 0;
    /// Remotes in the order of the configuration.
    [[nodiscard]] virtual Result<std::vector<GitRemote>> remotes(const std::string& root) const = 0;
    /// "main"; empty if HEAD is detached.
    [[nodiscard]] virtual Result<std::string> current_branch(const std::string& root) const = 0;
    /// The branch that refs/remotes/`remote`/HEAD names; empty if that is not known here.
    [[nodiscard]] virtual Result<std::string> default_branch(const std::string& root,
                                                             const std::string& remote) const = 0;
};

/// The `git` program (2.20 or newer). One process a call, but for `tracked` of the root that was
/// found last, whose index is read here (git_index.h).
class RealGit final : public Git {
  public:
    /// `program`: path of git; empty = the first one in PATH.
    explicit RealGit(std::string program = {});

    /// Whether there is a git program at all.
    [[nodiscard]] bool available() const { return !program_.empty(); }

    [[nodiscard]] Result<std::string> root(const std::string& folder) const override;
    [[nodiscard]] Result<std::vector<GitFile>> tracked(const std::string& root) const override;
    [[nodiscard]] Result<std::vector<std::string>> untracked(
        const std::string& root, const std::vector<std::string>& among) const override;
    [[nodiscard]] Result<std::vector<GitRemote>> remotes(const std::string& root) const override;
    [[nodiscard]] Result<std::string> current_branch(const std::string& root) const override;
    [[nodiscard]] Result<std::string> default_branch(const std::string& root,
                                                     const std::string& remote) const override;

    // History. `ref` is whatever names a commit; one that begins with '-' names none.

    /// Full id of a commit. Error code absent if the name means none here.
    [[nodiscard]] Result<std::string> commit(const std::string& root, const std::string& ref) const;
    /// The best common ancestor of two commits. Error code absent if they have none, or if this
    /// clone does not reach back to it.
    [[nodiscard]] Result<std::string> merge_base(const std::string& root, const std::string& a,
                                                 const std::string& b) const;
    /// Whether this clone lacks a part of the history (--depth).
    [[nodiscard]] Result<bool> is_shallow(const std::string& root) const;
    /// Error code absent if there is no commit.
    [[nodiscard]] Result<GitState> state(const std::string& root) const;
    /// Paths that the last 5,000 commits (of the first parents) delete, sorted, each once; a rename
    /// deletes the old one. Those that this clone lacks are left out. With `since`, the id of a
    /// commit: of the commits that it does not have, however many.
    [[nodiscard]] Result<std::vector<std::string>> deleted_paths(
        const std::string& root, const std::string& since = {}) const;
    /// All paths of a commit, sorted bytewise.
    [[nodiscard]] Result<std::vector<GitBlob>> files_of(const std::string& root,
                                                        const std::string& commit) const;
    /// All paths of the index, sorted bytewise, unmerged ones in our version. Of the index that a
    /// hook is asked about (GIT_INDEX_FILE), if there is one.
    [[nodiscard]] Result<std::vector<GitBlob>> staged_files(const std::string& root) const;
    [[nodiscard]] std::shared_ptr<GitObjects> objects(const std::string& root) const;

  private:
    struct Answer {
        int exit_code = 0;
        std::string out;
        std::string err;
    };
    [[nodiscard]] Result<Answer> run(const std::string& folder,
                                     const std::vector<std::string>& arguments,
                                     const std::vector<std::string>& environment = {}) const;

    /// Where the index of a root lies.
    struct Index {
        std::string root;  // empty: nobody asked for a root yet
        std::string path;
        std::size_t hash_size = 0;
    };
    /// nullopt: git has to be asked.
    [[nodiscard]] std::optional<std::vector<GitFile>> read_index(const std::string& root) const;

    mutable std::mutex index_mutex_;
    mutable Index index_;  // of the root that was asked for last

    std::string program_;
};

/// `url` without "user:password@"; other URLs and scp-like addresses ("git@host:path") unchanged
/// but for a password.
[[nodiscard]] std::string without_credentials(std::string_view url);

}  // namespace docathon

#pragma once
// RepositoryHistory: what rules ask of a repository's past: the paths that its commits deleted. git
// needs some tenths of a second for thousands of commits, so the answer is kept from run to run,
// and a later run only looks at the commits that are new. By any thread.

#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lint/io/git.h"

namespace docathon {

class RepositoryHistory {
  public:
    /// Of the repository whose root is `root`, an absolute path; `git` as of RealGit.
    explicit RepositoryHistory(std::string root, std::string git = {})
        : root_(std::move(root)), git_(std::move(git)) {}

    /// Equal as long as the answers are: the commit at HEAD, and what a shallow clone lacks. Empty
    /// if there is no commit.
    [[nodiscard]] std::string state();
    /// RealGit::deleted_paths(); nothing if git fails. Kept in `cache_folder`, unless that is
    /// empty.
    [[nodiscard]] std::vector<std::string> deleted_paths(const std::string& cache_folder);

    /// Removes what is kept in the folder; returns how many files went.
    static std::size_t clear(const std::string& cache_folder);

  private:
    void read_state();
    [[nodiscard]] std::vector<std::string> read_deleted(const std::string& cache_folder);

    std::string root_;
    RealGit git_;
    std::mutex mutex_;
    std::optional<GitState> state_;
    std::optional<std::vector<std::string>> deleted_;
};

}  // namespace docathon

#pragma once
// FakeGit: a repository as plain data for tests. Every question has a member that answers it; set
// `error` to make all of them fail.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/path.h"
#include "lint/io/git.h"

namespace docathon {

class FakeGit final : public Git {
  public:
    std::optional<Error> error;
    std::string top = "/repo";
    bool everywhere = false;  ///< `top` is the answer for folders outside it too (core.worktree)
    std::vector<GitFile> index;
    std::vector<std::string> others;  ///< untracked and not ignored
    std::vector<GitRemote> remote_list;
    std::string branch;
    std::string remote_head;
    mutable std::vector<std::vector<std::string>> asked_untracked;  ///< `among` of each question

    /// Adds a tracked file.
    void track(std::string path, GitMode mode = GitMode::file, bool skipped = false) {
        index.push_back({std::move(path), mode, skipped});
    }

    [[nodiscard]] Result<std::string> root(const std::string& folder) const override {
        if (error)
            return tl::unexpected<Error>(*error);
        if (!everywhere && !is_within(top, folder)) {
            return fail(ErrorCode::absent, "not in the working tree of a git repository", folder);
        }
        return top;
    }
    [[nodiscard]] Result<std::vector<GitFile>> tracked(const std::string&) const override {
        if (error)
            return tl::unexpected<Error>(*error);
        std::vector<GitFile> sorted = index;
        std::sort(sorted.begin(), sorted.end(),
                  [](const GitFile& a, const GitFile& b) { return a.path < b.path; });
        return sorted;
    }
    [[nodiscard]] Result<std::vector<std::string>> untracked(
        const std::string&, const std::vector<std::string>& among) const override {
        if (error)
            return tl::unexpected<Error>(*error);
        asked_untracked.push_back(among);
        std::vector<std::string> found;
        for (const std::string& path : others) {
            const std::string_view bare =
                std::string_view(path).substr(0, path.size() - (path.back() == '/' ? 1 : 0));
            const bool asked = std::any_of(among.begin(), among.end(), [&](const std::string& one) {
                return is_within(one, bare);
            });
            if (asked || among.empty())
                found.push_back(path);
        }
        return found;
    }
    [[nodiscard]] Result<std::vector<GitRemote>> remotes(const std::string&) const override {
        if (error)
            return tl::unexpected<Error>(*error);
        return remote_list;
    }
    [[nodiscard]] Result<std::string> current_branch(const std::string&) const override {
        if (error)
            return tl::unexpected<Error>(*error);
        return branch;
    }
    [[nodiscard]] Result<std::string> default_branch(const std::string&,
                                                     const std::string&) const override {
        if (error)
            return tl::unexpected<Error>(*error);
        return remote_head;
    }
};

}  // namespace docathon

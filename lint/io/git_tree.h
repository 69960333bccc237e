#pragma once
// A commit, or the index, as a file system: discovery and everything behind it read it as they read
// a folder on disk. Folders above the root and files outside it are those of the disk.

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/io/files.h"
#include "lint/io/git.h"

namespace docathon {

class GitTreeFiles final : public FileSystem {
  public:
    /// `root` is absolute and without symbolic links; `files` are sorted by path.
    GitTreeFiles(std::string root, std::vector<GitBlob> files, std::shared_ptr<GitObjects> objects);

    [[nodiscard]] Result<std::string> read_file(const std::string& path,
                                                std::uint64_t max_bytes) const override;
    /// Always fails: history is not written.
    [[nodiscard]] Result<void> write_file_atomic(const std::string& path,
                                                 std::string_view bytes) override;
    [[nodiscard]] FileInfo info(const std::string& path) const override;
    [[nodiscard]] FileInfo info_followed(const std::string& path) const override;
    [[nodiscard]] std::optional<FileStamp> stamp(const std::string& path) const override;
    [[nodiscard]] Result<std::vector<FolderEntry>> list_folder(
        const std::string& path) const override;
    [[nodiscard]] Result<std::string> real_path(const std::string& path) const override;
    [[nodiscard]] Result<std::string> read_link(const std::string& path) const override;
    [[nodiscard]] Result<std::string> current_folder() const override { return root_; }

    [[nodiscard]] const std::vector<GitBlob>& files() const { return files_; }
    /// Files whose content was asked for and is not in this clone.
    [[nodiscard]] std::set<std::string> missing() const;

  private:
    /// Path below the root, "" for the root itself; false if it is elsewhere.
    [[nodiscard]] bool below(std::string_view path, std::string& relative) const;
    [[nodiscard]] const GitBlob* find(std::string_view relative) const;
    [[nodiscard]] bool is_folder(std::string_view relative) const;
    [[nodiscard]] Result<std::string> content(const GitBlob& blob, std::uint64_t max_bytes) const;

    std::string root_;
    std::vector<GitBlob> files_;
    std::shared_ptr<GitObjects> objects_;
    RealFileSystem disk_;
    mutable std::mutex mutex_;
    mutable std::set<std::string> missing_;
};

/// The same commit or index for what discovery asks of git; remotes are those of the repository.
class GitTree final : public Git {
  public:
    GitTree(std::string root, const GitTreeFiles& files, const Git& repository)
        : root_(std::move(root)), files_(files), repository_(repository) {}

    [[nodiscard]] Result<std::string> root(const std::string& folder) const override;
    [[nodiscard]] Result<std::vector<GitFile>> tracked(const std::string& root) const override;
    [[nodiscard]] bool is_whole_tree() const override { return true; }
    [[nodiscard]] Result<std::vector<std::string>> untracked(
        const std::string& root, const std::vector<std::string>& among) const override;
    [[nodiscard]] Result<std::vector<GitRemote>> remotes(const std::string& root) const override;
    [[nodiscard]] Result<std::string> current_branch(const std::string& root) const override;
    [[nodiscard]] Result<std::string> default_branch(const std::string& root,
                                                     const std::string& remote) const override;

  private:
    std::string root_;
    const GitTreeFiles& files_;
    const Git& repository_;
};

}  // namespace docathon

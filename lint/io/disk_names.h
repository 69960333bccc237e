#pragma once
// DiskNames: whether a path is on disk, for many paths that mostly are not. A folder that is asked
// about often is listed once; after that only names it may hold cost a system call. For one run:
// a folder is taken to stay as it was when it was listed. By any thread.

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "lint/io/files.h"

namespace docathon {

class DiskNames {
  public:
    /// `root` is an absolute path, the one that asked paths begin at.
    DiskNames(std::string root, std::shared_ptr<const FileSystem> files)
        : root_(std::move(root)), files_(std::move(files)) {}

    /// Whether `path` (normal, below the root) is a regular file or a folder, links followed.
    [[nodiscard]] bool has(std::string_view path);

  private:
    struct Folder {
        std::uint32_t asked = 0;
        /// Names with ASCII letters in lower case, since some file systems do not tell case apart;
        /// nullopt: not listed, or it cannot be.
        std::optional<std::unordered_set<std::string>> names;
    };

    [[nodiscard]] bool may_have(std::string_view path);
    void list(const std::string& path, Folder& folder) const;

    std::string root_;
    std::shared_ptr<const FileSystem> files_;
    std::mutex mutex_;
    std::unordered_map<std::string, Folder> folders_;
};

}  // namespace docathon

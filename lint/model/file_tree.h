#pragma once
// FileTree: every file of the repository that a link may name, documents or not, and their folders.
// Made once by discovery, then read by all threads.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/core/range.h"

namespace docathon {

struct FileEntry {
    std::string path;  ///< relative to the root, '/', no "./"; bytes as the file system has them
    bool tracked = false;  ///< in git's index
    bool symlink = false;  ///< a symbolic link inside the repository to a regular file
    bool lintable = true;  ///< not excluded by configuration or built-in exclusions
    bool aside = false;    ///< not lintable only for the name of a folder: tests, code of others
    bool selected =
        true;  ///< findings in it are reported (named on the command line, or no names given)
};

class FileTree {
  public:
    FileTree() = default;
    /// `files` in any order; sorted bytewise by path here, duplicates dropped. FileId = position.
    explicit FileTree(std::vector<FileEntry> files, std::vector<std::string> submodules = {},
                      std::vector<std::string> symlinked_folders = {});

    [[nodiscard]] std::span<const FileEntry> files() const { return files_; }
    [[nodiscard]] const FileEntry& file(FileId id) const { return files_[id]; }
    /// kNoFile if there is no such file.
    [[nodiscard]] FileId find(std::string_view path) const;
    /// A folder that holds at least one file, a submodule's folder, a symlinked folder, or "".
    [[nodiscard]] bool is_folder(std::string_view path) const;
    /// In (or equal to) a submodule or a symlinked folder: its content is not listed, so unknown.
    [[nodiscard]] bool is_opaque(std::string_view path) const;
    /// Files with this last path component, sorted; for "did you mean" by moved files.
    [[nodiscard]] std::vector<FileId> with_name(std::string_view name) const;
    /// Where else the file is published: symbolic links to it, sorted. Relative links of a page
    /// are read from there as well.
    [[nodiscard]] std::vector<std::string_view> second_names(std::string_view path) const;
    /// (path of the file, path of the symbolic link), in any order.
    void set_second_names(std::vector<std::pair<std::string, std::string>> names);
    /// The same tree with only these files selected; one that is not there (a file that is about to
    /// be written) is added.
    [[nodiscard]] FileTree selecting(std::span<const std::string> paths) const;
    /// Of all that the tree knows, selection included: equal for equal trees.
    [[nodiscard]] std::uint64_t hash() const;

  private:
    std::vector<FileEntry> files_;
    std::vector<std::string> folders_;                               // sorted
    std::vector<std::string> opaque_;                                // sorted
    std::vector<std::pair<std::string, std::string>> second_names_;  // sorted
    std::vector<std::pair<std::uint64_t, FileId>> by_name_;  // (hash of last component, id), sorted
};

}  // namespace docathon

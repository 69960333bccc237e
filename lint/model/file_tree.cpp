#include "lint/model/file_tree.h"

#include <algorithm>

#include "lint/core/path.h"

namespace docathon {

FileTree::FileTree(std::vector<FileEntry> files, std::vector<std::string> submodules,
                   std::vector<std::string> symlinked_folders)
    : files_(std::move(files)), opaque_(std::move(submodules)) {
    const auto by_path = [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; };
    // git lists in this order already, so most trees need no sorting.
    if (!std::is_sorted(files_.begin(), files_.end(), by_path)) {
        std::stable_sort(files_.begin(), files_.end(), by_path);
    }
    files_.erase(std::unique(files_.begin(), files_.end(),
                             [](const FileEntry& a, const FileEntry& b) { return a.path == b.path; }),
                 files_.end());
    std::move(symlinked_folders.begin(), symlinked_folders.end(), std::back_inserter(opaque_));
    std::sort(opaque_.begin(), opaque_.end());
    opaque_.erase(std::unique(opaque_.begin(), opaque_.end()), opaque_.end());

    const auto add_folders_of = [&](std::string_view path, std::string_view previous) {
        // Sorted neighbours share their folders: only those below the common part are new.
        std::size_t slash = path.rfind('/');
        while (slash != std::string_view::npos && slash > 0) {
            const std::string_view folder = path.substr(0, slash);
            if (previous.size() > slash && previous[slash] == '/' &&
                previous.substr(0, slash) == folder) {
                break;
            }
            folders_.emplace_back(folder);
            slash = path.rfind('/', slash - 1);
        }
    };
    std::string_view previous;
    for (const FileEntry& file : files_) {
        add_folders_of(file.path, previous);
        previous = file.path;
    }
    for (const std::string& folder : opaque_) {
        add_folders_of(folder, {});
        folders_.push_back(folder);
    }
    std::sort(folders_.begin(), folders_.end());
    folders_.erase(std::unique(folders_.begin(), folders_.end()), folders_.end());

    by_name_.resize(files_.size());
    std::vector<std::string_view> names(files_.size());
    for (std::size_t i = 0; i < files_.size(); ++i) {
        by_name_[i] = static_cast<FileId>(i);
        names[i] = basename(files_[i].path);
    }
    std::sort(by_name_.begin(), by_name_.end(), [&](FileId a, FileId b) {
        const int order = names[a].compare(names[b]);
        return order != 0 ? order < 0 : a < b;
    });
}

FileId FileTree::find(std::string_view path) const {
    const auto at = std::lower_bound(
        files_.begin(), files_.end(), path,
        [](const FileEntry& file, std::string_view wanted) { return file.path < wanted; });
    if (at == files_.end() || at->path != path) return kNoFile;
    return static_cast<FileId>(at - files_.begin());
}

bool FileTree::is_folder(std::string_view path) const {
    if (path.empty()) return true;
    return std::binary_search(folders_.begin(), folders_.end(), path);
}

bool FileTree::is_opaque(std::string_view path) const {
    if (opaque_.empty()) return false;
    while (!path.empty()) {
        if (std::binary_search(opaque_.begin(), opaque_.end(), path)) return true;
        const std::size_t slash = path.rfind('/');
        if (slash == std::string_view::npos) return false;
        path = path.substr(0, slash);
    }
    return false;
}

std::vector<FileId> FileTree::with_name(std::string_view name) const {
    const auto first = std::lower_bound(
        by_name_.begin(), by_name_.end(), name,
        [&](FileId id, std::string_view wanted) { return basename(files_[id].path) < wanted; });
    std::vector<FileId> found;
    for (auto it = first; it != by_name_.end() && basename(files_[*it].path) == name; ++it) {
        found.push_back(*it);
    }
    return found;
}

}  // namespace docathon

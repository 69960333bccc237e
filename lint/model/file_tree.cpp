#include "lint/model/file_tree.h"

#include <algorithm>
#include <iterator>

#include "lint/core/hash.h"
#include "lint/core/pack.h"
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
    files_.erase(
        std::unique(files_.begin(), files_.end(),
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

    // By hash, since sorting thousands of paths as text takes longer than listing them.
    by_name_.reserve(files_.size());
    for (std::size_t i = 0; i < files_.size(); ++i) {
        by_name_.emplace_back(hash64(basename(files_[i].path)), static_cast<FileId>(i));
    }
    std::sort(by_name_.begin(), by_name_.end());
}

FileTree FileTree::selecting(std::span<const std::string> paths) const {
    std::vector<FileEntry> files = files_;
    for (FileEntry& file : files) {
        file.selected = std::find(paths.begin(), paths.end(), file.path) != paths.end();
    }
    for (const std::string& path : paths) {
        if (find(path) == kNoFile)
            files.emplace_back().path = path;
    }
    FileTree tree(std::move(files), opaque_);
    tree.second_names_ = second_names_;
    return tree;
}

std::vector<std::string_view> FileTree::second_names(std::string_view path) const {
    std::vector<std::string_view> names;
    auto at = std::lower_bound(
        second_names_.begin(), second_names_.end(), path,
        [](const auto& pair, std::string_view wanted) { return pair.first < wanted; });
    for (; at != second_names_.end() && at->first == path; ++at)
        names.push_back(at->second);
    return names;
}

void FileTree::set_second_names(std::vector<std::pair<std::string, std::string>> names) {
    second_names_ = std::move(names);
    std::sort(second_names_.begin(), second_names_.end());
}

FileId FileTree::find(std::string_view path) const {
    const auto at = std::lower_bound(
        files_.begin(), files_.end(), path,
        [](const FileEntry& file, std::string_view wanted) { return file.path < wanted; });
    if (at == files_.end() || at->path != path)
        return kNoFile;
    return static_cast<FileId>(at - files_.begin());
}

bool FileTree::is_folder(std::string_view path) const {
    if (path.empty())
        return true;
    return std::binary_search(folders_.begin(), folders_.end(), path);
}

bool FileTree::is_opaque(std::string_view path) const {
    if (opaque_.empty())
        return false;
    while (!path.empty()) {
        if (std::binary_search(opaque_.begin(), opaque_.end(), path))
            return true;
        const std::size_t slash = path.rfind('/');
        if (slash == std::string_view::npos)
            return false;
        path = path.substr(0, slash);
    }
    return false;
}

std::vector<FileId> FileTree::with_name(std::string_view name) const {
    const std::uint64_t hash = hash64(name);
    std::vector<FileId> found;
    for (auto it = std::lower_bound(by_name_.begin(), by_name_.end(), std::pair(hash, FileId{0}));
         it != by_name_.end() && it->first == hash; ++it) {
        if (basename(files_[it->second].path) == name)
            found.push_back(it->second);
    }
    return found;
}

std::uint64_t FileTree::hash() const {
    PackWriter packed(true);
    packed.put(opaque_);
    packed.put(second_names_);
    std::uint64_t all = hash64(packed.bytes());
    // A packed tree would be large, and what it is for is to be quick.
    for (const FileEntry& file : files_) {
        std::uint64_t flags = 0;
        for (const bool flag :
             {file.tracked, file.symlink, file.lintable, file.aside, file.selected})
            flags = flags << 1 | (flag ? 1u : 0u);
        all = hash64(file.path, all + flags);
    }
    return all;
}

}  // namespace docathon

#include "lint/io/git_tree.h"

#include <algorithm>
#include <utility>

#include "lint/core/hash.h"
#include "lint/core/path.h"

namespace docathon {

namespace {

constexpr int kMostLinks = 40;  // as Linux follows in one path
constexpr std::uint64_t kMaxLink = 4096;

}  // namespace

GitTreeFiles::GitTreeFiles(std::string root, std::vector<GitBlob> files,
                           std::shared_ptr<GitObjects> objects)
    : root_(std::move(root)), files_(std::move(files)), objects_(std::move(objects)) {}

bool GitTreeFiles::below(std::string_view path, std::string& relative) const {
    const std::string full = join_path(root_, path);
    if (!is_within(root_, full))
        return false;
    relative = full == root_ ? std::string() : relative_path(root_, full);
    return true;
}

const GitBlob* GitTreeFiles::find(std::string_view relative) const {
    const auto at = std::lower_bound(
        files_.begin(), files_.end(), relative,
        [](const GitBlob& file, std::string_view path) { return file.path < path; });
    return at != files_.end() && at->path == relative ? &*at : nullptr;
}

bool GitTreeFiles::is_folder(std::string_view relative) const {
    if (relative.empty())
        return true;
    const std::string prefix = std::string(relative) + "/";
    const auto at = std::lower_bound(
        files_.begin(), files_.end(), prefix,
        [](const GitBlob& file, const std::string& path) { return file.path < path; });
    return at != files_.end() && at->path.starts_with(prefix);
}

Result<std::string> GitTreeFiles::content(const GitBlob& blob, std::uint64_t max_bytes) const {
    Result<std::string> bytes = objects_->read(blob.id, max_bytes);
    if (bytes)
        return bytes;
    Error error = bytes.error();
    error.path = blob.path;
    if (error.code == ErrorCode::absent) {
        const std::lock_guard lock(mutex_);
        missing_.insert(blob.path);
        // Absent would say that the commit has no such file.
        error.code = ErrorCode::unreadable;
    }
    return tl::unexpected<Error>(std::move(error));
}

std::set<std::string> GitTreeFiles::missing() const {
    const std::lock_guard lock(mutex_);
    return missing_;
}

Result<std::string> GitTreeFiles::read_file(const std::string& path,
                                            std::uint64_t max_bytes) const {
    const Result<std::string> real = real_path(path);
    if (!real)
        return tl::unexpected<Error>(real.error());
    std::string relative;
    if (!below(*real, relative))
        return disk_.read_file(*real, max_bytes);
    const GitBlob* file = find(relative);
    if (file == nullptr || file->mode != GitMode::file)
        return fail(ErrorCode::is_folder, "is a folder", path);
    return content(*file, max_bytes);
}

Result<void> GitTreeFiles::write_file_atomic(const std::string& path, std::string_view) {
    return fail(ErrorCode::unreadable, "cannot be written: it is history", path);
}

FileInfo GitTreeFiles::info(const std::string& path) const {
    std::string relative;
    if (!below(path, relative))
        return disk_.info(path);
    FileInfo info;
    const GitBlob* file = find(relative);
    if (file != nullptr) {
        info.kind = file->mode == GitMode::file      ? FileKind::regular
                    : file->mode == GitMode::symlink ? FileKind::symlink
                                                     : FileKind::folder;
    } else if (is_folder(relative)) {
        info.kind = FileKind::folder;
    }
    return info;
}

FileInfo GitTreeFiles::info_followed(const std::string& path) const {
    const Result<std::string> real = real_path(path);
    return real ? info(*real) : FileInfo();
}

std::optional<FileStamp> GitTreeFiles::stamp(const std::string& path) const {
    const Result<std::string> real = real_path(path);
    std::string relative;
    if (!real || !below(*real, relative))
        return std::nullopt;
    const GitBlob* blob = find(relative);
    if (blob == nullptr)
        return std::nullopt;
    // The name of an object is a hash of its content: what has the same name is the same.
    FileStamp stamp;
    for (std::uint64_t part = 0; part < stamp.parts.size(); ++part)
        stamp.parts[part] = hash64(blob->id, part);
    return stamp;
}

Result<std::vector<FolderEntry>> GitTreeFiles::list_folder(const std::string& path) const {
    const Result<std::string> real = real_path(path);
    if (!real)
        return tl::unexpected<Error>(real.error());
    std::string relative;
    if (!below(*real, relative))
        return disk_.list_folder(*real);
    const std::string prefix = relative.empty() ? std::string() : relative + "/";
    std::vector<FolderEntry> entries;
    for (auto at = std::lower_bound(
             files_.begin(), files_.end(), prefix,
             [](const GitBlob&file, const std::string&name) { return file.path < name; });
         at != files_.end() && at->path.starts_with(prefix); ++at) {
        const std::string rest = at->path.substr(prefix.size());
        const std::string name = rest.substr(0, rest.find('/'));
        if (!entries.empty() && entries.back().name == name)
            continue;
        entries.push_back({name, info(join_path(*real, name)).kind});
    }
    return entries;
}

Result<std::string> GitTreeFiles::real_path(const std::string& path) const {
    std::string at = join_path(root_, path);
    for (int links = 0; links <= kMostLinks; ++links) {
        std::string relative;
        if (!below(at, relative))
            return disk_.real_path(at);
        // The first component that is a symbolic link, if any.
        bool followed = false;
        for (std::size_t end = relative.find('/');; end = relative.find('/', end + 1)) {
            const std::string part = relative.substr(0, end);
            const GitBlob* file = find(part);
            if (file != nullptr && file->mode == GitMode::symlink) {
                const Result<std::string> target = content(*file, kMaxLink);
                if (!target)
                    return tl::unexpected<Error>(target.error());
                at = join_path(join_path(root_, dirname(part)), *target);
                if (end != std::string::npos)
                    at = join_path(at, relative.substr(end + 1));
                followed = true;
                break;
            }
            if (end == std::string::npos)
                break;
        }
        if (followed)
            continue;
        if (find(relative) == nullptr && !is_folder(relative))
            return fail(ErrorCode::absent, "no such file or folder", path);
        return at;
    }
    return fail(ErrorCode::absent, "symbolic links go round in a circle", path);
}

Result<std::string> GitTreeFiles::read_link(const std::string& path) const {
    std::string relative;
    if (!below(path, relative))
        return disk_.read_link(path);
    const GitBlob* file = find(relative);
    if (file == nullptr || file->mode != GitMode::symlink)
        return fail(ErrorCode::absent, "is no symbolic link", path);
    return content(*file, kMaxLink);
}

Result<std::string> GitTree::root(const std::string&) const {
    return root_;
}

Result<std::vector<GitFile>> GitTree::tracked(const std::string&) const {
    std::vector<GitFile> files;
    files.reserve(files_.files().size());
    for (const GitBlob& file : files_.files())
        files.push_back({file.path, file.mode, false});
    return files;
}

Result<std::vector<std::string>> GitTree::untracked(const std::string&,
                                                    const std::vector<std::string>&) const {
    return std::vector<std::string>();
}

Result<std::vector<GitRemote>> GitTree::remotes(const std::string& root) const {
    return repository_.remotes(root);
}

Result<std::string> GitTree::current_branch(const std::string& root) const {
    return repository_.current_branch(root);
}

Result<std::string> GitTree::default_branch(const std::string& root,
                                            const std::string& remote) const {
    return repository_.default_branch(root, remote);
}

}  // namespace docathon

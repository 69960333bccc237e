#include "lint/io/file_lock.h"

#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lint/core/path.h"
#include "lint/io/files.h"

namespace docathon {

namespace {

std::string reason(int error) {
    return std::generic_category().message(error);
}

/// Is `path` still the file that `descriptor` is open on?
bool same_file(int descriptor, const std::string& path) {
    struct stat open {};
    struct stat there {};
    return ::fstat(descriptor, &open) == 0 && ::stat(path.c_str(), &there) == 0 &&
           open.st_ino == there.st_ino && open.st_dev == there.st_dev;
}

}  // namespace

void remove_leftovers(const std::string& path) {
    const std::string folder(dirname(path));
    const std::string start = std::string(basename(path)) + ".tmp-";
    const RealFileSystem files;
    const Result<std::vector<FolderEntry>> entries =
        files.list_folder(folder.empty() ? "." : folder);
    if (!entries)
        return;
    for (const FolderEntry& entry : *entries) {
        if (entry.kind == FileKind::regular && entry.name.starts_with(start))
            ::unlink(join_path(folder, entry.name).c_str());
    }
}

Result<FileLock> FileLock::take(const std::string& path) {
    if (const std::string_view folder = dirname(path); !folder.empty()) {
        if (const Result<void> made = make_folders(std::string(folder)); !made)
            return tl::unexpected<Error>(made.error());
    }
    while (true) {
        const int descriptor =
            ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0666);
        if (descriptor < 0)
            return fail(ErrorCode::unreadable, "cannot be opened: " + reason(errno), path);
        FileLock lock(descriptor);
        int result = 0;
        do {
            result = ::flock(descriptor, LOCK_EX);
        } while (result != 0 && errno == EINTR);
        if (result != 0)
            return fail(ErrorCode::unreadable, "cannot be locked: " + reason(errno), path);
        // Who had the lock before may have put another file into its place.
        if (same_file(descriptor, path))
            return lock;
    }
}

FileLock::~FileLock() {
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

}  // namespace docathon

#include "lint/io/files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace docathon {

namespace {

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0)
            ::close(fd_);
    }
    [[nodiscard]] int get() const { return fd_; }
    // Closes now and says whether that worked: on network file systems writes may fail only here.
    [[nodiscard]] bool close() {
        const int fd = fd_;
        fd_ = -1;
        return ::close(fd) == 0;
    }

  private:
    int fd_;
};

std::string reason(int error) {
    return std::generic_category().message(error);
}

tl::unexpected<Error> errno_error(int error, const std::string& path, const char* what) {
    switch (error) {
        case ENOENT:
        case ENOTDIR:
            return fail(ErrorCode::absent, "no such file or folder", path);
        case EISDIR:
            return fail(ErrorCode::is_folder, "is a folder", path);
        case ENAMETOOLONG:
            return fail(ErrorCode::absent, "the path is too long", path);
        case ELOOP:
            return fail(ErrorCode::absent, "symbolic links go round in a circle", path);
        default:
            return fail(ErrorCode::unreadable, std::string(what) + ": " + reason(error), path);
    }
}

FileKind kind_of(mode_t mode) {
    if (S_ISREG(mode))
        return FileKind::regular;
    if (S_ISDIR(mode))
        return FileKind::folder;
    if (S_ISLNK(mode))
        return FileKind::symlink;
    return FileKind::other;
}

FileInfo info_from(int result, const struct stat& status) {
    FileInfo info;
    if (result != 0) {
        const bool absent =
            errno == ENOENT || errno == ENOTDIR || errno == ELOOP || errno == ENAMETOOLONG;
        info.kind = absent ? FileKind::absent : FileKind::unreadable;
        return info;
    }
    info.kind = kind_of(status.st_mode);
    if (info.kind == FileKind::regular)
        info.size = static_cast<std::uint64_t>(status.st_size);
    info.modified_ns =
        static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
    return info;
}

tl::unexpected<Error> too_large(std::uint64_t size, std::uint64_t max_bytes,
                                const std::string& path) {
    return fail(
        ErrorCode::too_large,
        "is larger than " + std::to_string(max_bytes) + " bytes (" + std::to_string(size) + ")",
        path, size);
}

// Fills `bytes` from `at` to its end, or to the end of the input. Returns how far it came, or -1.
ssize_t read_up_to(int fd, std::string& bytes, std::size_t at) {
    while (at < bytes.size()) {
        const ssize_t got = ::read(fd, bytes.data() + at, bytes.size() - at);
        if (got < 0) {
            if (errno == EINTR)
                continue;
            return -1;
        }
        if (got == 0)
            break;
        at += static_cast<std::size_t>(got);
    }
    return static_cast<ssize_t>(at);
}

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(fd, bytes.data(), bytes.size());
        if (put < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
}

// Reads until the end of the input; `bytes` holds what is there already.
Result<std::string> read_rest(int fd, std::string bytes, std::uint64_t max_bytes,
                              const std::string& name) {
    constexpr std::size_t kBlock = 64 * 1024;
    std::size_t size = bytes.size();
    while (true) {
        // One byte more than allowed is enough to know that it is too much.
        const std::uint64_t room =
            std::min<std::uint64_t>(max_bytes - size, std::max(kBlock, size));
        bytes.resize(size + static_cast<std::size_t>(room) + 1);
        const ssize_t end = read_up_to(fd, bytes, size);
        if (end < 0)
            return errno_error(errno, name, "cannot be read");
        const auto reached = static_cast<std::size_t>(end);
        if (reached > max_bytes)
            return too_large(reached, max_bytes, name);
        const bool at_end = reached < bytes.size();
        size = reached;
        if (at_end)
            break;
    }
    bytes.resize(size);
    return bytes;
}

}  // namespace

Result<std::string> RealFileSystem::read_file(const std::string& path,
                                              std::uint64_t max_bytes) const {
    // O_NONBLOCK: opening a FIFO that nobody writes to would wait for ever.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.get() < 0) {
        if (errno == ENXIO)
            return fail(ErrorCode::not_regular, "is not a regular file", path);
        return errno_error(errno, path, "cannot be opened");
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0)
        return errno_error(errno, path, "cannot be read");
    if (S_ISDIR(status.st_mode))
        return fail(ErrorCode::is_folder, "is a folder", path);
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorCode::not_regular, "is not a regular file", path);
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > max_bytes)
        return too_large(size, max_bytes, path);
    // The one byte more finds the end in the same loop. Files of /proc say that they are empty.
    std::string bytes(static_cast<std::size_t>(size) + 1, '\0');
    const ssize_t end = read_up_to(file.get(), bytes, 0);
    if (end < 0)
        return errno_error(errno, path, "cannot be read");
    const bool at_end = static_cast<std::size_t>(end) < bytes.size();
    bytes.resize(static_cast<std::size_t>(end));
    if (at_end)
        return bytes;
    if (bytes.size() > max_bytes)
        return too_large(bytes.size(), max_bytes, path);
    return read_rest(file.get(), std::move(bytes), max_bytes, path);  // it grew meanwhile
}

Result<void> RealFileSystem::write_file_atomic(const std::string& path, std::string_view bytes) {
    std::string target = path;
    struct stat status {};
    const bool exists = ::stat(path.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) {
        return fail(ErrorCode::is_folder, "is a folder, not a file to write to", path);
    }
    if (exists && !S_ISREG(status.st_mode)) {
        Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
        if (file.get() < 0 || !write_all(file.get(), bytes) || !file.close()) {
            return errno_error(errno, path, "cannot be written");
        }
        return {};
    }
    if (exists) {
        // Through a symbolic link, so that the link itself stays.
        const std::unique_ptr<char, void (*)(void*)> real(::realpath(path.c_str(), nullptr),
                                                          std::free);
        if (real == nullptr)
            return errno_error(errno, path, "cannot be written");
        target = real.get();
    }
    // In the same folder, since a rename does not cross file systems; a name of our own, so that
    // the mode comes from the umask without asking for it (which is not safe with threads).
    std::string temporary;
    int fd = -1;
    for (int attempt = 0; attempt < 100 && fd < 0; ++attempt) {
        temporary = target + ".tmp-" + std::to_string(::getpid()) + '-' + std::to_string(attempt);
        fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (fd < 0 && errno != EEXIST)
            break;
    }
    if (fd < 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return fail(ErrorCode::absent, "cannot be written: its folder does not exist", path);
        }
        return fail(ErrorCode::unreadable, "cannot be written: " + reason(errno), path);
    }
    Descriptor file(fd);
    bool ok = write_all(fd, bytes);
    if (ok && exists)
        ok = ::fchmod(fd, status.st_mode & 07777u) == 0;
    if (ok)
        ok = file.close();
    if (ok)
        ok = ::rename(temporary.c_str(), target.c_str()) == 0;
    if (!ok) {
        const int error = errno;
        ::unlink(temporary.c_str());
        return fail(ErrorCode::unreadable, "cannot be written: " + reason(error), path);
    }
    return {};
}

FileInfo RealFileSystem::info(const std::string& path) const {
    struct stat status {};
    const int result = ::lstat(path.c_str(), &status);
    return info_from(result, status);
}

FileInfo RealFileSystem::info_followed(const std::string& path) const {
    struct stat status {};
    const int result = ::stat(path.c_str(), &status);
    return info_from(result, status);
}

std::optional<FileStamp> RealFileSystem::stamp(const std::string& path) const {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return std::nullopt;
    const auto nanoseconds = [](const timespec& time) {
        return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    };
    const std::int64_t modified = nanoseconds(status.st_mtim);
    const std::int64_t changed = nanoseconds(status.st_ctim);
    constexpr std::int64_t kCoarsestTick = 2'000'000'000;  // FAT
    FileStamp stamp;
    stamp.parts = {static_cast<std::uint64_t>(status.st_size),
                   static_cast<std::uint64_t>(status.st_ino), static_cast<std::uint64_t>(modified),
                   static_cast<std::uint64_t>(changed)};
    stamp.racy_until_ns = std::max(modified, changed) + kCoarsestTick;
    return stamp;
}

Result<std::vector<FolderEntry>> RealFileSystem::list_folder(const std::string& path) const {
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK));
    if (folder.get() < 0)
        return errno_error(errno, path, "cannot be listed");
    // The system call itself: readdir() would make two more of another kind for each folder, and
    // a large repository has thousands.
    alignas(struct dirent64) std::array<char, 32 * 1024> buffer;
    std::vector<FolderEntry> entries;
    while (true) {
        const ssize_t got = ::getdents64(folder.get(), buffer.data(), buffer.size());
        if (got < 0)
            return errno_error(errno, path, "cannot be listed");
        if (got == 0)
            break;
        for (ssize_t at = 0; at < got;) {
            const auto* entry = reinterpret_cast<const struct dirent64*>(buffer.data() + at);
            at += entry->d_reclen;
            const std::string_view name = entry->d_name;
            if (name == "." || name == "..")
                continue;
            FileKind kind = FileKind::other;
            switch (entry->d_type) {
                case DT_REG:
                    kind = FileKind::regular;
                    break;
                case DT_DIR:
                    kind = FileKind::folder;
                    break;
                case DT_LNK:
                    kind = FileKind::symlink;
                    break;
                case DT_UNKNOWN: {  // some file systems do not tell
                    struct stat status {};
                    const int result =
                        ::fstatat(folder.get(), entry->d_name, &status, AT_SYMLINK_NOFOLLOW);
                    if (result != 0 && errno == ENOENT)
                        continue;  // gone meanwhile
                    kind = result == 0 ? kind_of(status.st_mode) : FileKind::unreadable;
                    break;
                }
                default:
                    break;
            }
            entries.push_back({std::string(name), kind});
        }
    }
    return entries;
}

Result<std::string> RealFileSystem::real_path(const std::string& path) const {
    const std::unique_ptr<char, void (*)(void*)> real(
        ::realpath(path.empty() ? "." : path.c_str(), nullptr), std::free);
    if (real == nullptr)
        return errno_error(errno, path, "cannot be resolved");
    return std::string(real.get());
}

Result<std::string> RealFileSystem::read_link(const std::string& path) const {
    std::string target(PATH_MAX, '\0');
    const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
    if (size < 0)
        return errno_error(errno, path, "cannot be read");
    target.resize(static_cast<std::size_t>(size));
    return target;
}

Result<std::string> RealFileSystem::current_folder() const {
    const std::unique_ptr<char, void (*)(void*)> folder(::getcwd(nullptr, 0), std::free);
    if (folder == nullptr)
        return errno_error(errno, ".", "the current folder is not known");
    return std::string(folder.get());
}

Result<std::string> read_descriptor(int descriptor, std::uint64_t max_bytes,
                                    const std::string& name) {
    return read_rest(descriptor, {}, max_bytes, name);
}

Result<std::string> read_stdin(std::uint64_t max_bytes) {
    return read_descriptor(STDIN_FILENO, max_bytes, "standard input");
}

Result<void> make_folders(const std::string& path) {
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const std::string part = path.substr(0, end);
        if (!part.empty() && ::mkdir(part.c_str(), 0777) != 0 && errno != EEXIST)
            return fail(ErrorCode::unreadable, "the folder cannot be made: " + reason(errno), part);
        if (end == std::string::npos)
            return {};
    }
}

}  // namespace docathon

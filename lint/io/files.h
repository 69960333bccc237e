#pragma once
// FileSystem: the files of the machine behind a small interface, so that tests can have unreadable
// files, vanished files and files of 5 GB without making any (lint/io/fake_files.h). Paths are
// bytes; relative ones are relative to the folder the program runs in. Implementations may be used
// by several threads at once, as long as no two write the same file.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"

namespace docathon {

enum class FileKind : std::uint8_t {
    absent,  ///< nothing there, or a component above is no folder
    regular,
    folder,
    symlink,     ///< as seen without following it
    other,       ///< FIFO, socket, device
    unreadable,  ///< it cannot be known: a folder above may not be entered
};

struct FileInfo {
    FileKind kind = FileKind::absent;
    std::uint64_t size = 0;        ///< bytes, of a regular file
    std::int64_t modified_ns = 0;  ///< time of the last change of the content, since 1970
};

/// What tells whether the content of a file may have changed, without reading it. On disk size,
/// inode and the times of the last change of content and of attributes; in git the object's name.
struct FileStamp {
    std::array<std::uint64_t, 4> parts{};
    /// Nanoseconds since 1970: a content read at or before this time may have changed once more
    /// without a trace, since clocks of file systems tick slowly (git's "racy" rule). 0 = never.
    std::int64_t racy_until_ns = 0;
    bool operator==(const FileStamp&) const = default;
};

/// One name in a folder. `kind` is never absent; it may be unreadable.
struct FolderEntry {
    std::string name;
    FileKind kind = FileKind::regular;
};

class FileSystem {
  public:
    virtual ~FileSystem() = default;

    /// The bytes of a regular file, symbolic links followed. Never blocks on a FIFO or a device.
    /// Error codes: absent, unreadable, is_folder, not_regular, too_large (with Error::size).
    [[nodiscard]] virtual Result<std::string> read_file(const std::string& path,
                                                        std::uint64_t max_bytes) const = 0;
    /// Puts `bytes` in the place of the file: readers see the old or the new content, never a part.
    /// A symbolic link is written through; mode bits of an existing file stay; a device or FIFO
    /// (such as /dev/stdout) is written to as it is. The folder must exist.
    [[nodiscard]] virtual Result<void> write_file_atomic(const std::string& path,
                                                         std::string_view bytes) = 0;
    /// What is there, symbolic links not followed.
    [[nodiscard]] virtual FileInfo info(const std::string& path) const = 0;
    /// What is there, symbolic links followed; a link to nothing and a loop are absent.
    [[nodiscard]] virtual FileInfo info_followed(const std::string& path) const = 0;
    /// Of a regular file, symbolic links followed; nullopt where there is none or it cannot be
    /// known.
    [[nodiscard]] virtual std::optional<FileStamp> stamp(const std::string& path) const = 0;
    /// All names in a folder but "." and "..", in no particular order.
    [[nodiscard]] virtual Result<std::vector<FolderEntry>> list_folder(
        const std::string& path) const = 0;
    /// Absolute path without symbolic links, "." and "..". Error code absent if it names nothing,
    /// or if symbolic links go round in a circle.
    [[nodiscard]] virtual Result<std::string> real_path(const std::string& path) const = 0;
    /// Where a symbolic link points, as written in it.
    [[nodiscard]] virtual Result<std::string> read_link(const std::string& path) const = 0;
    /// Absolute path of the folder that the program runs in.
    [[nodiscard]] virtual Result<std::string> current_folder() const = 0;
};

/// The machine's own files.
class RealFileSystem final : public FileSystem {
  public:
    [[nodiscard]] Result<std::string> read_file(const std::string& path,
                                                std::uint64_t max_bytes) const override;
    [[nodiscard]] Result<void> write_file_atomic(const std::string& path,
                                                 std::string_view bytes) override;
    [[nodiscard]] FileInfo info(const std::string& path) const override;
    [[nodiscard]] FileInfo info_followed(const std::string& path) const override;
    [[nodiscard]] std::optional<FileStamp> stamp(const std::string& path) const override;
    [[nodiscard]] Result<std::vector<FolderEntry>> list_folder(
        const std::string& path) const override;
    [[nodiscard]] Result<std::string> real_path(const std::string& path) const override;
    [[nodiscard]] Result<std::string> read_link(const std::string& path) const override;
    [[nodiscard]] Result<std::string> current_folder() const override;
};

/// Makes a folder and those it lies in, as far as they are missing.
[[nodiscard]] Result<void> make_folders(const std::string& path);

/// Everything from an open descriptor (0 = standard input) up to its end; error code too_large
/// beyond `max_bytes`. `name` is what errors call it.
[[nodiscard]] Result<std::string> read_descriptor(int descriptor, std::uint64_t max_bytes,
                                                  const std::string& name);
/// Everything from standard input.
[[nodiscard]] Result<std::string> read_stdin(std::uint64_t max_bytes);

}  // namespace docathon

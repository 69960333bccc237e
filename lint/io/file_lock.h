#pragma once
// FileLock: one writer of a file at a time, among all processes of a machine. It locks the file
// itself (flock), not a second file beside it, and notices when the file was replaced while it
// waited. The system gives the lock back when the process ends, however it ends.

#include <string>

#include "lint/core/result.h"

namespace docathon {

class FileLock {
  public:
    /// Waits for the lock. Makes the file (empty) and its folder if they do not exist.
    [[nodiscard]] static Result<FileLock> take(const std::string& path);
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

  private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

/// Removes what write_file_atomic() left beside `path` when it was killed. Only for who holds the
/// lock of the file.
void remove_leftovers(const std::string& path);

}  // namespace docathon

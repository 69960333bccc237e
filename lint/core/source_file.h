#pragma once
// SourceFile: the bytes of one file, immutable. Every view and Range of a run points into one, so
// it must outlive Document and anything else that holds a string_view of it.

#include <string>
#include <string_view>

#include "lint/core/range.h"

namespace docathon {

class SourceFile {
  public:
    /// `path` is relative to the root, with '/', never starting with "./". `bytes` are as on disk,
    /// a byte order mark included.
    SourceFile(FileId id, std::string path, std::string bytes)
        : id_(id), path_(std::move(path)), bytes_(std::move(bytes)) {}

    [[nodiscard]] FileId id() const { return id_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    [[nodiscard]] std::string_view slice(Range range) const {
        return std::string_view(bytes_).substr(range.begin, range.size());
    }

  private:
    FileId id_;
    std::string path_;
    std::string bytes_;
};

}  // namespace docathon

#include "lint/io/git_index.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace docathon {
namespace {

constexpr std::size_t kHeader = 12;
// Times, device, inode, mode, owner and size of an entry, before its object name.
constexpr std::size_t kStat = 40;
constexpr std::size_t kModeAt = 24;
constexpr std::size_t kExtensionHeader = 8;
constexpr std::uint32_t kExtended = 0x4000;
constexpr std::uint32_t kSkipWorktree = 0x4000;  // of the second flags

/// From `at` on; callers have seen that there are enough bytes.
std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

class IndexReader {
  public:
    IndexReader(std::string_view bytes, std::size_t hash_size)
        : bytes_(bytes), hash_size_(hash_size) {}

    std::optional<std::vector<GitFile>> read() {
        if (bytes_.size() < kHeader + hash_size_ || bytes_.substr(0, 4) != "DIRC")
            return std::nullopt;
        version_ = number(bytes_, 4, 4);
        if (version_ < 2 || version_ > 4)
            return std::nullopt;
        end_ = bytes_.size() - hash_size_;
        const std::uint32_t count = number(bytes_, 8, 4);
        files_.reserve(std::min<std::size_t>(count, end_ / (kStat + hash_size_)));
        at_ = kHeader;
        for (std::uint32_t i = 0; i < count; ++i) {
            if (!read_entry())
                return std::nullopt;
        }
        if (!all_extensions_are_optional())
            return std::nullopt;
        return std::move(files_);
    }

  private:
    bool read_entry() {
        const std::size_t begin = at_;
        const std::size_t flags_at = begin + kStat + hash_size_;
        if (end_ - begin < kStat + hash_size_ + 2)
            return false;
        const std::uint32_t mode = number(bytes_, begin + kModeAt, 4);
        const std::uint32_t flags = number(bytes_, flags_at, 2);
        at_ = flags_at + 2;
        bool skipped = false;
        if ((flags & kExtended) != 0) {
            if (version_ < 3 || end_ - at_ < 2)
                return false;
            skipped = (number(bytes_, at_, 2) & kSkipWorktree) != 0;
            at_ += 2;
        }
        if (version_ == 4 && !read_prefix())
            return false;
        const std::size_t name_end = bytes_.substr(0, end_).find('\0', at_);
        if (name_end == std::string_view::npos)
            return false;
        if (version_ != 4)
            path_.clear();
        path_.append(bytes_, at_, name_end - at_);
        // Version 4 ends a name by one NUL; before, entries are padded to a multiple of 8 bytes.
        at_ = version_ == 4 ? name_end + 1 : begin + (name_end - begin + 8) / 8 * 8;
        if (at_ > end_)
            return false;

        // An unmerged path comes once for each side.
        if (!files_.empty() && files_.back().path == path_)
            return true;
        if (path_.empty() || (!files_.empty() && files_.back().path > path_))
            return false;
        GitFile& file = files_.emplace_back();
        file.path = path_;
        file.skipped = skipped;
        switch (mode >> 12) {
            case 010:
                file.mode = GitMode::file;
                return true;
            case 012:
                file.mode = GitMode::symlink;
                return true;
            case 016:
                file.mode = GitMode::submodule;
                return true;
            default:
                return false;  // a folder of a sparse index
        }
    }

    /// Takes as many bytes from the end of the path before as the entry says (the coding of offsets
    /// in packs).
    bool read_prefix() {
        std::size_t dropped = 0;
        for (bool first = true;; first = false) {
            if (at_ >= end_ || dropped > std::numeric_limits<std::size_t>::max() >> 8)
                return false;
            const auto byte = static_cast<unsigned char>(bytes_[at_++]);
            dropped = first ? byte & 0x7fu : ((dropped + 1) << 7) + (byte & 0x7fu);
            if ((byte & 0x80u) == 0)
                break;
        }
        if (dropped > path_.size())
            return false;
        path_.resize(path_.size() - dropped);
        return true;
    }

    bool all_extensions_are_optional() const {
        std::size_t at = at_;
        while (end_ - at >= kExtensionHeader) {
            if (bytes_[at] < 'A' || bytes_[at] > 'Z')
                return false;
            const std::uint32_t size = number(bytes_, at + 4, 4);
            at += kExtensionHeader;
            if (end_ - at < size)
                return false;
            at += size;
        }
        return at == end_;
    }

    std::string_view bytes_;
    std::size_t hash_size_;
    std::size_t end_ = 0;  // of entries and extensions: a checksum follows
    std::size_t at_ = 0;
    std::uint32_t version_ = 0;
    std::string path_;  // of the last entry
    std::vector<GitFile> files_;
};

}  // namespace

std::optional<std::vector<GitFile>> read_git_index(std::string_view bytes, std::size_t hash_size) {
    return IndexReader(bytes, hash_size).read();
}

}  // namespace docathon

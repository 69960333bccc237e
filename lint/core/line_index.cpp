#include "lint/core/line_index.h"

#include <algorithm>
#include <cstring>

#include "lint/core/utf8.h"

namespace docathon {

LineIndex::LineIndex(std::string_view bytes) : bytes_(bytes), bom_(has_bom(bytes) ? 3 : 0) {
    starts_.push_back(0);
    const char* const begin = bytes.data();
    const auto find = [&](char c, std::size_t from) {
        const void* hit =
            from < bytes.size() ? std::memchr(begin + from, c, bytes.size() - from) : nullptr;
        return hit == nullptr ? bytes.size()
                              : static_cast<std::size_t>(static_cast<const char*>(hit) - begin);
    };
    // Two cursors, so that a file with LF alone costs one memchr for '\r'.
    std::size_t lf = find('\n', 0);
    std::size_t cr = find('\r', 0);
    while (lf < bytes.size() || cr < bytes.size()) {
        std::size_t next = 0;
        if (lf < cr) {
            next = lf + 1;
            lf = find('\n', next);
        } else {
            next = cr + 1;
            if (lf == next && lf < bytes.size()) {
                ++next;
                lf = find('\n', next);
            }
            cr = find('\r', next);
        }
        starts_.push_back(static_cast<std::uint32_t>(next));
    }
    const std::uint32_t text_begin = bom_;
    line_count_ = static_cast<std::uint32_t>(starts_.size());
    if (starts_.back() == bytes.size() || bytes.size() == text_begin)
        --line_count_;

    if (is_ascii(bytes.substr(bom_)))
        return;
    Checkpoint at{bom_, 0, 0};
    checkpoints_.reserve(bytes.size() / kStep + 1);
    checkpoints_.push_back(at);
    std::uint32_t next = bom_ + kStep;
    while (at.offset < bytes.size()) {
        if (at.offset >= next) {
            checkpoints_.push_back(at);
            next += kStep;
        }
        const Decoded unit = decode_one(bytes, at.offset);
        at.offset += unit.length;
        ++at.code_points;
        at.utf16_units += unit.length == 4 ? 2 : 1;
    }
}

LineIndex::Checkpoint LineIndex::count_before(std::uint32_t offset) const {
    if (offset <= bom_)
        return {offset, 0, 0};
    if (checkpoints_.empty())
        return {offset, offset - bom_, offset - bom_};
    // Checkpoints lie within 3 bytes after multiples of kStep.
    std::size_t slot = std::min<std::size_t>((offset - bom_) / kStep, checkpoints_.size() - 1);
    if (checkpoints_[slot].offset > offset)
        --slot;
    Checkpoint at = checkpoints_[slot];
    while (at.offset < offset) {
        const Decoded unit = decode_one(bytes_, at.offset);
        if (at.offset + unit.length > offset)
            break;
        at.offset += unit.length;
        ++at.code_points;
        at.utf16_units += unit.length == 4 ? 2 : 1;
    }
    return at;
}

std::uint32_t LineIndex::line(std::uint32_t offset) const {
    offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    return static_cast<std::uint32_t>(after - starts_.begin());
}

std::uint32_t LineIndex::start_of(std::uint32_t line) const {
    return line == 1 ? bom_ : starts_[line - 1];
}

LineColumn LineIndex::line_col(std::uint32_t offset) const {
    offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
    const std::uint32_t at = line(offset);
    const std::uint32_t before = count_before(start_of(at)).code_points;
    return {at, count_before(offset).code_points - before + 1};
}

LineColumn LineIndex::line_col_utf16(std::uint32_t offset) const {
    offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
    const std::uint32_t at = line(offset);
    const std::uint32_t before = count_before(start_of(at)).utf16_units;
    return {at, count_before(offset).utf16_units - before + 1};
}

LineColumn LineIndex::line_col_bytes(std::uint32_t offset) const {
    offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
    const std::uint32_t at = line(offset);
    return {at, offset - std::min(offset, start_of(at)) + 1};
}

Range LineIndex::line_range(std::uint32_t line) const {
    const auto size = static_cast<std::uint32_t>(bytes_.size());
    if (line == 0 || line > starts_.size())
        return {size, size};
    const std::uint32_t begin = start_of(line);
    std::uint32_t end = line < starts_.size() ? starts_[line] : size;
    if (line < starts_.size()) {
        // The line end: "\n", "\r" or "\r\n".
        --end;
        if (bytes_[end] == '\n' && end > begin && bytes_[end - 1] == '\r')
            --end;
    }
    return {begin, end};
}

}  // namespace docathon

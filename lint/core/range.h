#pragma once
// Byte ranges: the only kind of position inside the program. Lines and columns are computed when
// something is printed (lint/core/line_index.h).

#include <compare>
#include <cstdint>

namespace docathon {

/// Half-open range of byte offsets into one file, [begin, end). Files are capped below 4 GiB.
struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
    [[nodiscard]] constexpr bool empty() const { return begin >= end; }
    [[nodiscard]] constexpr bool contains(std::uint32_t offset) const {
        return begin <= offset && offset < end;
    }
    [[nodiscard]] constexpr bool contains(Range other) const {
        return begin <= other.begin && other.end <= end;
    }
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 in the defaulted comparison
    friend constexpr auto operator<=>(const Range&, const Range&) = default;
};

/// Position of a file in the sorted list that `discover` makes; the index of every per-file slot.
using FileId = std::uint32_t;
inline constexpr FileId kNoFile = 0xffffffffu;

}  // namespace docathon

#pragma once
// LineIndex: byte offsets to lines and columns and back, for whatever prints a position. Built in
// one pass over the bytes, which must outlive it; every question takes logarithmic time, also on
// lines of many megabytes.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/core/range.h"

namespace docathon {

/// A place as people and editors count.
struct LineColumn {
    std::uint32_t line = 1;    ///< 1-based
    std::uint32_t column = 1;  ///< 1-based, in the unit that was asked for
    friend constexpr auto operator<=>(const LineColumn&, const LineColumn&) = default;
};

class LineIndex {
  public:
    /// LF, CR LF and CR end a line (CommonMark 0.31 section 2.1). A byte order mark at the front is
    /// no column. `bytes` is borrowed.
    explicit LineIndex(std::string_view bytes);

    /// Line and column in Unicode code points; a byte that is not valid UTF-8 is one column. An
    /// offset inside a code point has that code point's column; one beyond the end is the end.
    [[nodiscard]] LineColumn line_col(std::uint32_t offset) const;
    /// Line and column in UTF-16 code units, as SARIF's utf16CodeUnits and LSP count.
    [[nodiscard]] LineColumn line_col_utf16(std::uint32_t offset) const;
    /// Line and column in bytes.
    [[nodiscard]] LineColumn line_col_bytes(std::uint32_t offset) const;
    /// 1-based line of `offset`; the bytes of a line end belong to the line that they end.
    [[nodiscard]] std::uint32_t line(std::uint32_t offset) const;

    /// Lines of the text: "a\nb" and "a\nb\n" have 2, "" has 0.
    [[nodiscard]] std::uint32_t line_count() const { return line_count_; }
    /// Bytes of a line (1-based) without its line end, and without a byte order mark. Line
    /// line_count() + 1 is the empty range at the end, as are all lines beyond it.
    [[nodiscard]] Range line_range(std::uint32_t line) const;

  private:
    // Units before a byte offset, counted from the beginning of the file. Kept every kStep bytes,
    // and only for texts that are not pure ASCII.
    struct Checkpoint {
        std::uint32_t offset = 0;
        std::uint32_t code_points = 0;
        std::uint32_t utf16_units = 0;
    };
    static constexpr std::uint32_t kStep = 256;

    [[nodiscard]] Checkpoint count_before(std::uint32_t offset) const;
    [[nodiscard]] std::uint32_t start_of(std::uint32_t line) const;

    std::string_view bytes_;
    std::uint32_t bom_ = 0;  // bytes of the byte order mark
    std::uint32_t line_count_ = 0;
    std::vector<std::uint32_t> starts_;  // first byte of each line, the last possible one included
    std::vector<Checkpoint> checkpoints_;
};

}  // namespace docathon

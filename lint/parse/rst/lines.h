#pragma once
// Lines: the text that a (nested) rST parser reads, line by line, as docutils' StringList does:
// tabs expanded to 8 columns, \v and \f as spaces, trailing white space gone, and indentation cut
// off for what is nested. Every byte of a line maps back to the source file.
//
// Lifetime: views point into the source or into the LineSource's arena; both outlive the parse.

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"

namespace docathon::rst {

struct Line {
    std::string_view text;
    std::uint32_t source = 0;  ///< source offset of text[0]; meaningful if map == 0
    std::uint32_t number = 0;  ///< 1-based line in the text that docutils would be given
    std::uint32_t map = 0;     ///< 0: the bytes of `text` are the source's; else see LineSource

    [[nodiscard]] bool blank() const { return text.empty(); }
    /// Cuts `count` bytes off the front (bytes are columns there: only spaces are cut).
    [[nodiscard]] Line without_prefix(std::size_t count) const;
};

/// A block of lines, as docutils' StringList: a slice is cheap to pass, made by copying `Line`s.
using Lines = std::vector<Line>;

/// Splits (a slice of) a file into lines and keeps what had to be copied.
class LineSource {
  public:
    /// `bytes` is the whole file; the ranges (in order) are what belongs to the rST text, e.g. a
    /// whole file, the lines of an {eval-rst} fence without their prefixes, or a docstring's. Each
    /// range holds whole lines or one line of its own; line ends inside are as str.splitlines().
    /// `first_line` is the number of the first line.
    LineSource(std::string_view bytes, const std::vector<Range>& slices,
               std::uint32_t first_line = 1, unsigned tab_width = 8);

    [[nodiscard]] const Lines& lines() const { return lines_; }
    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    /// Source offset of line.text[offset] (offset may equal its size).
    [[nodiscard]] std::uint32_t to_source(const Line& line, std::size_t offset) const;
    [[nodiscard]] Range to_source(const Line& line, std::size_t begin, std::size_t end) const;
    /// A line whose text is not in the source (rst_prolog, a padded table cell); maps to `at`,
    /// or byte by byte as `pieces` says: {offset in text, source offset}, ascending.
    Line make_line(std::string text, std::uint32_t number,
                   std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces);

  private:
    struct Copied {
        std::string text;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces;
    };
    std::string_view bytes_;
    Lines lines_;
    std::deque<Copied> copied_;  // Line::map - 1 is the index
};

/// Lines joined by \n: what the inline parser and literal blocks read. Views the source where it
/// can, copies where it must.
class JoinedText {
  public:
    JoinedText(const LineSource& source, const Line* begin, const Line* end);
    JoinedText(const LineSource& source, const Lines& lines)
        : JoinedText(source, lines.data(), lines.data() + lines.size()) {}

    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] Range to_source(std::size_t begin, std::size_t end) const;
    [[nodiscard]] std::uint32_t to_source(std::size_t offset) const;
    /// 0-based line of the block that holds the offset.
    [[nodiscard]] std::size_t line_of(std::size_t offset) const;

  private:
    const LineSource* source_;
    const Line* begin_;
    const Line* end_;
    std::string copy_;
    std::string_view text_;
    std::vector<std::uint32_t> starts_;  // offset of each line in text_
};

}  // namespace docathon::rst

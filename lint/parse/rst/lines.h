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
#include <utility>
#include <vector>

#include "lint/core/range.h"

namespace docathon::rst {

class Tree;

/// One line. `text` is never a null view: its data() says where the line is, also if it is empty.
struct Line {
    std::string_view text;
    std::uint32_t number = 0;  ///< 1-based line in the text that docutils would be given
    std::uint32_t map = 0;     ///< 0: `text` views the source; else see LineSource

    [[nodiscard]] bool blank() const { return text.empty(); }
    /// A piece of the line, clamped to its end.
    [[nodiscard]] Line part(std::size_t begin, std::size_t size = std::string_view::npos) const {
        Line out = *this;
        begin = begin < text.size() ? begin : text.size();
        out.text = text.substr(begin, size);
        return out;
    }
};

/// A block of lines, as docutils' StringList.
using Lines = std::vector<Line>;

/// Lines that somebody else holds (std::span has no clang 14 trouble, but this one is shorter to
/// cut).
struct LineSpan {
    const Line* first = nullptr;
    std::size_t count = 0;

    LineSpan() = default;
    LineSpan(const Line* begin, std::size_t size) : first(begin), count(size) {}
    LineSpan(const Lines& lines) : first(lines.data()), count(lines.size()) {}  // NOLINT: implicit

    [[nodiscard]] std::size_t size() const { return count; }
    [[nodiscard]] bool empty() const { return count == 0; }
    [[nodiscard]] const Line* begin() const { return first; }
    [[nodiscard]] const Line* end() const { return first + count; }
    [[nodiscard]] const Line& operator[](std::size_t index) const { return first[index]; }
    [[nodiscard]] const Line& front() const { return *first; }
    [[nodiscard]] const Line& back() const { return first[count - 1]; }
    /// Lines [from, to), clamped.
    [[nodiscard]] LineSpan slice(std::size_t from,
                                 std::size_t to = static_cast<std::size_t>(-1)) const {
        to = to < count ? to : count;
        from = from < to ? from : to;
        return {first + from, to - from};
    }
    [[nodiscard]] Lines copy() const { return Lines(begin(), end()); }
};

/// Splits (a slice of) a file into lines and keeps what had to be copied.
class LineSource {
  public:
    /// `bytes` is the whole file; the ranges (in order) are what belongs to the rST text, e.g. a
    /// whole file, the lines of an {eval-rst} fence without their prefixes, or a docstring's. Each
    /// range holds whole lines or one line of its own; line ends inside are as str.splitlines().
    /// `first_line` is the number of the first line.
    LineSource(std::string_view bytes, const std::vector<Range>& slices,
               std::uint32_t first_line = 1, unsigned tab_width = 8);

    /// No lines yet: add() and add_made() put them in, in order, before the text is parsed.
    explicit LineSource(std::string_view bytes) : bytes_(bytes) {}
    /// A line of the file, without its end.
    void add(Range line, std::uint32_t number) { add_line(line.begin, line.end, number, true, 8); }
    /// A line that is not in the file as it stands; see make_line().
    void add_made(std::string text, std::uint32_t number,
                  std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces) {
        lines_.push_back(make_line(std::move(text), number, std::move(pieces)));
    }

    [[nodiscard]] const Lines& lines() const { return lines_; }
    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    /// Number of the first line whose length in code points is over `limit`; 0 = none.
    [[nodiscard]] std::uint32_t longer_than(std::size_t limit) const;

    /// Source offset of line.text[offset] (offset may equal its size).
    [[nodiscard]] std::uint32_t to_source(const Line& line, std::size_t offset) const;
    [[nodiscard]] Range to_source(const Line& line, std::size_t begin, std::size_t end) const;
    /// Source bytes of the line's text.
    [[nodiscard]] Range range_of(const Line& line) const {
        return to_source(line, 0, line.text.size());
    }
    /// From the begin of the first line to the end of the last one; blank lines at the end are
    /// left out. An empty range for no lines.
    [[nodiscard]] Range range_of(LineSpan lines) const;

    /// A line whose text is not in the source (rst_prolog, a padded table cell); maps byte by byte
    /// as `pieces` says: {offset in text, source offset}, ascending, the first at 0. A byte maps to
    /// the source offset of its piece plus its distance from the begin of the piece, at most to
    /// the source offset of the next piece.
    Line make_line(std::string text, std::uint32_t number,
                   std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces);

  private:
    struct Copied {
        std::string text;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces;
        std::uint32_t end = 0;  // source offset behind the line
    };
    void split(Range slice, std::uint32_t& number, unsigned tab_width);
    void add_line(std::size_t begin, std::size_t end, std::uint32_t number, bool copy,
                  unsigned tab_width);

    std::string_view bytes_;
    Lines lines_;
    std::deque<Copied> copied_;  // Line::map - 1 is the index
};

/// Lines joined by \n: what the inline parser and literal blocks read. text() views the source
/// where it can, else a copy in the tree's arena, so pieces of it live as long as the tree.
class JoinedText {
  public:
    JoinedText(Tree& tree, const LineSource& source, LineSpan lines);
    JoinedText(Tree& tree, const LineSource& source, const Line& line)
        : JoinedText(tree, source, LineSpan(&line, 1)) {}

    [[nodiscard]] std::string_view text() const { return text_; }
    /// Cuts the end off: what a paragraph loses for its `::`.
    void shorten(std::size_t size) { text_ = text_.substr(0, size); }
    [[nodiscard]] Range to_source(std::size_t begin, std::size_t end) const;
    [[nodiscard]] std::uint32_t to_source(std::size_t offset) const;
    /// 0-based line of the block that holds the offset.
    [[nodiscard]] std::size_t line_of(std::size_t offset) const;

  private:
    const LineSource* source_;
    std::string_view text_;
    Lines lines_;                        // empty if text_ views the source
    std::vector<std::uint32_t> starts_;  // offset of each line in text_; empty likewise
};

}  // namespace docathon::rst

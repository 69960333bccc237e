#pragma once
// How block constructs begin and end, each decided from one line alone: CommonMark sections 4 and 5
// and GFM's tables, in the reading of cmark-gfm 0.29.0.gfm.13 where the texts leave room. A `line`
// begins at its first byte that is no blank and ends before its line end. Pure functions; each
// looks at a line once.

#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/core/range.h"

namespace docathon::markdown::scan {

[[nodiscard]] constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/// Bytes of `line` that equal its first one.
[[nodiscard]] std::uint32_t run_length(std::string_view line);

/// Whether nothing but blanks follows from `at` on.
[[nodiscard]] bool only_blanks(std::string_view line, std::size_t at);

/// `line` without spaces, tabs, VT and FF at both ends.
[[nodiscard]] std::string_view trim_blanks(std::string_view line);

/// Level 1..6 and text of an ATX heading; level 0: it is none.
struct Heading {
    std::uint8_t level = 0;
    Range text;  ///< offsets of `line`, closing #s left out
};
[[nodiscard]] Heading atx_heading(std::string_view line);

/// Level of the heading that this line underlines: 1, 2, or 0.
[[nodiscard]] std::uint8_t setext_underline(std::string_view line);

/// Whether the line is a thematic break; `stop` = offset of the byte that decided.
[[nodiscard]] bool thematic_break(std::string_view line, std::size_t& stop);

/// Length of the fence of ` or ~ that opens here (3 or more), 0 if none does.
[[nodiscard]] std::uint32_t fence_opening(std::string_view line);

/// Whether the line closes a fence of `length` times `marker`.
[[nodiscard]] bool fence_closing(std::string_view line, char marker, std::uint32_t length);

/// Type 1..7 of the HTML block that begins here, 0 if none does.
[[nodiscard]] std::uint8_t html_block_start(std::string_view line, bool interrupts_paragraph);

/// Whether an HTML block of type 1..5 ends with this line.
[[nodiscard]] bool html_block_end(std::uint8_t type, std::string_view line);

/// A list marker.
struct ListMarker {
    std::uint32_t length = 0;  ///< bytes without the blanks after it; 0: there is none
    char delimiter = 0;        ///< - + * . )
    bool ordered = false;
};
[[nodiscard]] ListMarker list_marker(std::string_view line, bool interrupts_paragraph);

/// Length of the `[ ] ` or `[x] ` box at the beginning of an item's text, without the blank.
[[nodiscard]] bool task_box(std::string_view text);

/// Offset after `[^label]:` and its blanks, 0 if there is none; `label` = offsets of the label.
[[nodiscard]] std::uint32_t footnote_marker(std::string_view line, Range& label);

/// Whether the line is the delimiter row of a table: `|---|:-:|`.
[[nodiscard]] bool delimiter_row(std::string_view line);

/// Cells of a table row, trimmed; offsets of `line`. Gives their number; fills `cells` if given.
std::uint32_t table_cells(std::string_view line, std::vector<Range>* cells);

/// Whether a table goes on with this line.
[[nodiscard]] bool continues_table(std::string_view line);

}  // namespace docathon::markdown::scan

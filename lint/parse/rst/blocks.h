#pragma once
// Blocks: the parts of the block parser that directives use (docutils' RSTState and Body methods).
// All work with parser.machine, the innermost state machine, and make elements that are not
// attached yet.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/lines.h"
#include "lint/parse/rst/parser.h"

namespace docathon::rst {

using Elements = std::vector<ElementId>;

/// One run of a state machine over lines (docutils' StateMachine); lives on the stack.
struct Machine {
    LineSpan lines;
    std::int64_t at = -1;           ///< line_offset: index into lines
    std::int64_t input_offset = 0;  ///< abs_line_number() = at + input_offset + 1
    ElementId node = kNoElement;    ///< what elements are appended to
    bool match_titles = false;
    int section_level_offset = 0;
    Machine* parent = nullptr;
};

/// Indented lines cut out, as StringList.get_indented() and StateMachineWS make them.
struct Indented {
    Lines lines;                ///< indentation removed
    std::size_t indent = 0;     ///< how much
    std::uint32_t offset = 0;   ///< 0-based number of lines[0] counting as the machine does
    bool blank_finish = false;  ///< the block ended with a blank line or the end of the text
};

/// Length of what docutils' pattern "field_marker" matches at the begin of `text`; 0 = no match.
/// `name` becomes the field's name as written.
[[nodiscard]] std::size_t match_field_marker(std::string_view text, std::string_view* name);

/// get_first_known_indented() on a block of lines: from `at`, whose first `first_indent` bytes are
/// cut off, all indented lines. `next` becomes the index of the line behind.
[[nodiscard]] Indented first_known_indented(LineSpan lines, std::size_t at,
                                            std::size_t first_indent, bool until_blank,
                                            bool strip_indent, bool strip_top, std::size_t& next);

/// One field of a list of options (docutils' ExtensionOptions): `:name: body`.
struct OptionField {
    std::string name;  ///< plain text of the name
    bool plain_name = true;
    Range name_range;  ///< between the colons
    Lines body;        ///< lines of the body, indentation removed, blank lines at the ends not
    std::size_t paragraphs = 0;
    std::uint32_t line = 0;
};
/// Reads option fields from the begin of `lines`; returns how many lines they take (docutils'
/// newline_offset) and whether the last ended with a blank line.
std::size_t parse_option_fields(Parser& parser, LineSpan lines, std::vector<OptionField>& fields,
                                bool& blank_finish);

/// Body.block_quote(): block_quote elements (with attributions) of the dedented lines, and
/// messages.
Elements block_quote(Parser& parser, LineSpan lines, std::uint32_t line_offset);

/// Nests the `line` elements of a line_block by the indents (one for each child, -1 = unknown).
void nest_line_block_lines(Parser& parser, ElementId block, std::vector<int> indents);

/// One cell of a table, as tableparser gives it.
struct Cell {
    bool used = true;  ///< false: covered by another cell's span
    std::uint32_t more_rows = 0;
    std::uint32_t more_columns = 0;
    std::uint32_t offset = 0;  ///< line of the content counting from the table's first line
    Lines lines;
};
using Row = std::vector<Cell>;
struct TableData {
    std::vector<std::size_t> widths;  ///< of the columns
    std::vector<Row> head, body;
};
/// Body.build_table(): `table_line` as docutils passes it to build_table_row(). `widths_class`:
/// "", "colwidths-auto" or "colwidths-given".
ElementId build_table(Parser& parser, const TableData& data, std::uint32_t table_line,
                      std::size_t stub_columns = 0, std::string_view widths_class = {});

/// Body.parse_target(): what the text of a hyperlink target (backslashes as written) points to.
struct TargetText {
    bool indirect = false;  ///< then `data` is a reference name (not normalized), else a URI
    std::string data;
};
TargetText parse_target(LineSpan lines);

}  // namespace docathon::rst

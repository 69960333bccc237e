#pragma once
// BlockParser: docutils' RSTState, Body, Text, Line and the states of second and later list items,
// over one Machine. A nested parse makes a Machine and a BlockParser of its own on the stack; the
// depth of that is bounded by Parser::depth.
//
// Lifetime: borrows Parser and Machine; lives while one block of lines is parsed.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "lint/parse/rst/blocks.h"
#include "lint/parse/rst/matchers.h"
#include "lint/parse/rst/parser.h"

namespace docathon::rst {

/// States of docutils that take one kind of block and leave everything else to the parent.
enum class ListState : std::uint8_t {
    bullet_list,
    enumerated_list,
    definition_list,
    field_list,
    option_list,
    line_block,
    explicit_markup,
};

class BlockParser {
  public:
    /// Makes `machine` the innermost one until destruction.
    BlockParser(Parser& parser, Machine& machine);
    ~BlockParser();
    BlockParser(const BlockParser&) = delete;
    BlockParser& operator=(const BlockParser&) = delete;

    /// Reads all lines as document content.
    void run();

    // --- explicit markup (blocks_explicit.cpp) ---
    Elements directive(std::size_t name_begin, std::size_t name_end, std::size_t marker_end,
                       ElementId substitution, std::string_view substitution_name,
                       bool& blank_finish);

    Elements block_quote(LineSpan lines, std::int64_t line_offset);
    ElementId build_table(const TableData& data, std::int64_t table_line, std::size_t stub_columns,
                          std::string_view widths_class);

    // --- the machine ---
    /// Moves n lines on; false behind the last line (docutils raises EOFError there).
    bool next_line(std::int64_t n = 1);
    void previous_line(std::int64_t n = 1);
    /// To a line by its absolute offset.
    void goto_line(std::int64_t offset);
    [[nodiscard]] const Line& line() const { return m_.lines[static_cast<std::size_t>(m_.at)]; }
    [[nodiscard]] bool in_lines() const {
        return m_.at >= 0 && m_.at < static_cast<std::int64_t>(m_.lines.size());
    }
    [[nodiscard]] std::int64_t abs_offset() const { return m_.at + m_.input_offset; }
    /// abs_line_number()
    [[nodiscard]] std::uint32_t abs_line(std::int64_t delta = 0) const {
        return static_cast<std::uint32_t>(abs_offset() + 1 + delta);
    }
    /// Second part of get_source_and_line(number).
    [[nodiscard]] std::uint32_t source_line(std::int64_t abs_number) const;
    [[nodiscard]] std::uint32_t source_line() const { return source_line(abs_line()); }
    [[nodiscard]] bool next_line_blank() const;

  private:
    // --- cutting (StateMachineWS) ---
    Indented get_indented();
    Indented get_known_indented(std::size_t first_cut, std::size_t indent);
    Indented get_first_known_indented(std::size_t first_cut, bool until_blank = false,
                                      bool strip_indent = true, bool strip_top = true);
    Indented cut(std::size_t first_cut, bool has_first, std::size_t block_indent, bool until_blank,
                 bool strip_indent, bool strip_top);
    /// get_text_block(flush_left=True) from the current line; moves to its last line. `indented` is
    /// the line that breaks it, or nullptr.
    LineSpan get_text_block(const Line** indented);

    // --- Body ---
    void block(LineMatch match);
    void text_block();
    void bullet(const LineMatch& match);
    bool enumerator(const LineMatch& match);
    void field_marker(const LineMatch& match);
    bool option_marker(const LineMatch& match);
    void doctest();
    void line_block(const LineMatch& match);
    void grid_table();
    void simple_table();
    void explicit_markup(const LineMatch& match);
    /// False: the line is to be read as text.
    bool punctuation_line();
    void indent();

    // --- Text, Line ---
    void paragraph_then(LineSpan lines, std::uint32_t line, bool& literal_next);
    void literal_block();
    void quoted_literal_block();
    void title_underline(const Line& text_line);
    /// Second line of an overlined title or transition. True: goes on at line at + 1; false: the
    /// overline is to be read as text.
    bool overline();
    void section(const Line& title, std::string_view source, std::string style, std::uint32_t line,
                 Range range, const Elements& messages);
    bool check_subsection(std::string_view source, const std::string& style, std::uint32_t line,
                          Range range);

    // --- lists (blocks_lists.cpp) ---
    ElementId list_item(const LineMatch& match, bool& blank_finish);
    ElementId field(const LineMatch& match, bool& blank_finish);
    ElementId option_list_item(const LineMatch& match, bool& blank_finish);
    ElementId definition_list_item(const Line& term, bool& blank_finish);
    Elements term(const Line& line, std::uint32_t line_number, Elements& messages);
    ElementId line_block_line(const LineMatch& match, std::uint32_t line_number, Elements& messages,
                              bool& blank_finish, int& indent);
    [[nodiscard]] bool is_enumerated_list_item(const Enumerator& item) const;

    struct ListRun {
        ListState state;
        ElementId node;
        bool blank_finish;
        Enumerator last;           // enumerated_list
        bool automatic = false;    // enumerated_list
        char bullet[4] = {};       // bullet_list: its bytes
        std::vector<int> indents;  // line_block
    };
    /// nested_list_parse() of the lines behind the current one; moves to the last line it took.
    void nested_list(ListRun& run);
    /// One line in a list state; false ends the list.
    bool list_line(ListRun& run, const LineMatch& match);
    bool definition_line(ListRun& run);

    // --- explicit markup ---
    Elements explicit_construct(const LineMatch& match, bool& blank_finish);
    Elements comment(const LineMatch& match, const Line& first, bool& blank_finish);
    Elements footnote(std::size_t label_begin, std::size_t label_end, std::size_t marker_end,
                      bool is_citation, bool& blank_finish);
    /// False: malformed (a warning is for the caller to make).
    bool hyperlink_target(std::size_t marker_end, Elements& out, bool& blank_finish);
    bool substitution_definition(std::size_t marker_end, Elements& out, bool& blank_finish);
    Elements anonymous_target(const LineMatch& match, bool& blank_finish);
    ElementId make_target(LineSpan lines, std::string_view block_text, std::uint32_t line,
                          std::string_view name, Range name_range, Range range);
    void explicit_list(bool blank_finish);

    // --- tables (tables.cpp) ---
    void table_end(const Elements& elements, bool blank_finish);
    ElementId malformed_table(LineSpan lines, std::string_view detail, std::int64_t offset);
    ElementId build_table_row(const Row& row, std::int64_t table_line);

    // --- helpers ---
    ElementId unindent_warning(const char* what);
    [[nodiscard]] Range range_of(LineSpan lines) const { return p_.source.range_of(lines); }
    [[nodiscard]] Range range_of(const Line& line) const { return p_.source.range_of(line); }
    /// From the line with index `begin` of this machine to its current one.
    [[nodiscard]] LineSpan lines_since(std::int64_t begin) const;
    std::string_view joined(LineSpan lines);
    void append(ElementId child) { p_.tree.append(m_.node, child); }
    void append(const Elements& children) { p_.tree.append(m_.node, children); }
    ElementId literal(Tag tag, LineSpan lines, std::uint32_t line);
    void note_source() const;

    Parser& p_;
    Machine& m_;
    Machine* outer_;
    bool finished_ = false;  // the end came while the lines of an overline were looked at
};

/// A nested parse with states of its own: reads `lines` into `node`.
void run_nested(Parser& parser, LineSpan lines, std::int64_t input_offset, ElementId node,
                bool match_titles, int section_level_offset);

}  // namespace docathon::rst

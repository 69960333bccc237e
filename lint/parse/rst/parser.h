#pragma once
// Parser: what the pieces of the rST front end (blocks, inline markup, directives, roles, tables)
// share while one text is parsed, and how they call one another. It stands for docutils' document
// + reporter + memo + RSTStateMachine.
//
// blocks*.cpp own the block structure, inline*.cpp and roles*.cpp the inline markup, names.cpp the
// registry of names and ids (docutils.nodes.document.note_*), directives*.cpp the directives,
// transforms*.cpp what happens after parsing.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/lines.h"
#include "lint/parse/rst/names.h"
#include "lint/parse/rst/tree.h"

namespace docathon::rst {

/// What docutils is set up as; `dump docutils` and the front end choose.
enum class Mode : std::uint8_t {
    plain,       ///< docutils alone
    sphinx,      ///< with the tables of directives and roles of Sphinx and extensions
    permissive,  ///< unknown directives and roles are accepted as the conformance oracle does
};

/// docutils settings that change what is read (docutils "runtime_settings").
struct Options {
    Mode mode = Mode::plain;
    std::map<std::string, std::string, std::less<>> settings;  ///< --set KEY=VALUE, JSON values
    std::string default_role;       ///< Sphinx' default_role; empty = none
    std::uint32_t line_length_limit = 10'000;
    bool pep_references = false;
    bool rfc_references = false;
    bool file_insertion = true;     ///< docutils file_insertion_enabled; we never open files
};

/// Where a nested parse may or may not have titles (docutils match_titles, section styles).
enum class Titles : std::uint8_t { no, yes, own_hierarchy };

class Parser {
  public:
    Parser(LineSource& source, const Options& options);

    /// Parses all lines into tree() (docutils Parser.parse, before any transform).
    void parse();

    // --- shared state ---
    Tree tree;
    Names names;                   ///< ids, names, references (docutils.nodes.document)
    std::vector<Message> messages;  ///< in the order of docutils' Reporter
    LineSource& source;
    const Options& options;

    // --- blocks.cpp: for directives and tables ---
    /// docutils state.nested_parse(): parses `lines` into `parent`. Returns whether the block ended
    /// with a blank line.
    bool nested_parse(const Lines& lines, ElementId parent, Titles titles = Titles::no);
    /// Line number that the innermost state machine is on (docutils abs_line_number()).
    [[nodiscard]] std::uint32_t current_line() const;

    // --- inline.cpp ---
    /// docutils inliner.parse(): appends text and inline elements to `parent`; messages that docutils
    /// puts after the text block are returned (to be appended behind it by the caller). `line` is
    /// the number of the block's first line.
    std::vector<ElementId> parse_inline(const JoinedText& text, std::uint32_t line,
                                        ElementId parent);

    // --- directives.cpp ---
    /// docutils run_directive(), from the line after `.. name::`. See directives.h.

    // --- reporter ---
    /// Records a message and makes its system_message element (with a paragraph of the text),
    /// which the caller appends somewhere, or not. line 0 = none.
    ElementId report(std::uint8_t level, std::string text, std::uint32_t line, Range range);
    /// Same, with the literal_block of the source that docutils adds behind the text.
    ElementId report(std::uint8_t level, std::string text, std::uint32_t line, Range range,
                     std::string_view literal);
};

}  // namespace docathon::rst

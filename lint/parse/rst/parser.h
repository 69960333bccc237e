#pragma once
// Parser: what the pieces of the rST front end (blocks, inline markup, directives, roles, tables)
// share while one text is parsed, and how they call one another. It stands for docutils' document
// + reporter + memo.
//
// blocks*.cpp own the block structure (blocks.h: the state machine), inline*.cpp and roles*.cpp the
// inline markup, names.cpp the registry of names and ids (docutils.nodes.document.note_*),
// directives*.cpp the directives, transforms*.cpp what happens after parsing.
//
// Lifetime: LineSource and Options outlive the Parser; the tree's views point into the LineSource.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/directive_table.h"
#include "lint/parse/rst/directives.h"
#include "lint/parse/rst/lines.h"
#include "lint/parse/rst/names.h"
#include "lint/parse/rst/roles.h"
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
    std::string default_role;  ///< Sphinx' default_role; empty = none
    std::uint32_t line_length_limit = 10'000;
    bool pep_references = false;
    bool rfc_references = false;
    bool file_insertion = true;  ///< docutils file_insertion_enabled; we never open files
    /// Directives and roles that the project defines itself (config, conf.py); Mode::sphinx.
    std::vector<DirectiveSpec> own_directives;
    std::string domain = "py";  ///< Sphinx' primary_domain
    std::vector<std::string> own_roles;
    std::string source_name;  ///< what the tree's source attributes say
    /// Somebody looks at the tree's messages: they get their text, ids and links to and from the
    /// problematic text as docutils makes them, and those below WARNING are made at all. A page
    /// is asked for Parser::messages alone.
    bool message_elements = true;
};

/// Where a nested parse may or may not have titles (docutils match_titles, section styles).
enum class Titles : std::uint8_t { no, yes, own_hierarchy };

/// `line` of report(): docutils' line=None, the line that the outermost state machine is on.
inline constexpr std::uint32_t kCurrentLine = 0xffffffffu;

struct Machine;

/// Deepest nesting of state machines that is read. docutils fails with Python's recursion error at
/// 150 to 200 nested lists.
inline constexpr unsigned kMaxDepth = 128;

class Parser {
  public:
    Parser(LineSource& source, const Options& options);

    /// Parses all lines into tree (docutils Parser.parse, before any transform).
    void parse();

    // --- shared state ---
    Tree tree;
    Names names;                    ///< ids, names, references (docutils.nodes.document)
    Roles roles;                    ///< what role names mean here
    std::vector<Message> messages;  ///< in the order of docutils' Reporter
    std::string default_domain;     ///< Sphinx': what names without a domain mean; Options::domain
    std::vector<DirectiveRecord> directives;  ///< every directive, in the order they were run
    LineSource& source;
    const Options& options;

    // --- blocks.cpp: for directives and tables ---
    /// docutils state.nested_parse(): parses `lines` into `parent` (which is usually not attached
    /// yet). `input_offset` is docutils' own: 0-based line of lines[0], which messages count from;
    /// without it the number of lines[0] says it.
    void nested_parse(LineSpan lines, ElementId parent, Titles titles = Titles::no);
    void nested_parse(LineSpan lines, std::uint32_t input_offset, ElementId parent, Titles titles);
    /// Line that the outermost state machine is on, which messages without a line get; behind the
    /// last line after parsing.
    [[nodiscard]] std::uint32_t outer_line() const;
    /// Current node of the innermost state machine (docutils' self.parent, `msgnode` of note_...).
    [[nodiscard]] ElementId current_node() const;

    // --- inline.cpp ---
    /// docutils inliner.parse(): appends text and inline elements to `parent` (not attached yet);
    /// messages that docutils puts after the text block are returned (to be appended behind it by
    /// the caller). `line` is the number of the block's first line.
    std::vector<ElementId> parse_inline(const JoinedText& text, std::uint32_t line,
                                        ElementId parent);

    // --- reporter ---
    /// Records a message and makes its system_message element (with a paragraph of the text),
    /// which the caller appends somewhere, or not. line: 0 = none, or kCurrentLine.
    ElementId report(std::uint8_t level, std::string text, std::uint32_t line, Range range);
    /// Same, with the literal_block of the source that docutils adds behind the text.
    ElementId report(std::uint8_t level, std::string text, std::uint32_t line, Range range,
                     std::string_view literal);

    // --- blocks.cpp's own ---
    Machine* root_machine = nullptr;        ///< outermost; null before and after parsing
    Machine* machine = nullptr;             ///< innermost
    std::vector<std::string> title_styles;  ///< memo.title_styles: "=" or "==" (over, under)
    unsigned depth = 0;                     ///< of nested state machines
    bool too_deep = false;                  ///< content was left out because of that
    Range too_deep_at;                      ///< the first line that was left out
    std::uint32_t last_line = 0;            ///< what outer_line() says after parsing
};

}  // namespace docathon::rst

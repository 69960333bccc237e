#pragma once
// Inliner: reads the inline markup of one text block (docutils' states.Inliner) in one pass and
// appends what it finds to an element. Parser::parse_inline() is the way in; roles use the rest.
//
// An Inliner lives while one block is read. All text it works on lies in the source or in the
// tree's arena, so what it makes stays valid with the tree.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/inline_uri.h"
#include "lint/parse/rst/parser.h"

namespace docathon::rst {

struct Role;

class Inliner {
  public:
    Inliner(Parser& parser, const JoinedText& joined, std::uint32_t line, ElementId parent);

    /// Reads the block; returns the messages that belong behind it.
    std::vector<ElementId> run();

  private:
    /// What can end a construct that a start-string began.
    enum End : std::uint8_t { kEmphasis, kStrong, kLiteral, kTarget, kSubstitution, kInterpreted };
    static constexpr std::size_t kEnds = 6;
    static constexpr std::size_t kNone = std::string_view::npos;

    /// One piece of interpreted text, from the begin of its role (or backquote) to its end.
    struct Interpreted {
        std::size_t begin, quote, text_end, end;
        std::string_view role;  ///< as written, without colons
        Range role_range;
    };

    // --- inline_scan.cpp: finding things ---
    [[nodiscard]] bool may_start(std::size_t at) const;
    [[nodiscard]] bool may_end(std::size_t at) const;
    [[nodiscard]] bool no_space_at(std::size_t at) const;
    [[nodiscard]] bool is_quoted(std::size_t start, std::size_t behind) const;
    [[nodiscard]] std::size_t token_length(End end, std::size_t at) const;
    [[nodiscard]] std::size_t suffix_length(std::size_t at) const;
    [[nodiscard]] bool space_before(End end, std::size_t at) const;
    std::size_t find_end(End end, std::size_t from);
    [[nodiscard]] std::size_t name_stretch(std::size_t end) const;
    [[nodiscard]] std::size_t role_begin(std::size_t quote) const;
    [[nodiscard]] std::size_t label_end(std::size_t bracket) const;

    // --- inline.cpp: one for each kind; `at` is the begin; they return whether it was one ---
    bool star(std::size_t at);
    bool backquote(std::size_t at);
    bool underscore(std::size_t at);
    bool reference(std::size_t at);
    bool bar(std::size_t at);
    bool bracket(std::size_t at);
    bool simple(std::size_t at, std::size_t length, End end);
    bool interpreted(std::size_t begin, std::size_t quote);
    void run_role(const Interpreted& found);
    void phrase_reference(const Interpreted& found);
    void footnote_reference(std::size_t at, std::size_t label);
    void substitution(std::size_t at, std::size_t text_end, std::size_t end);

    // --- inline_text.cpp: what goes into the tree ---
    void flush(std::size_t end);
    void add_plain(std::size_t begin, std::size_t end);
    void add_pep_and_rfc(std::size_t begin, std::size_t end, bool pep);
    void add_text(ElementId parent, std::size_t begin, std::size_t end);
    ElementId make_element(Tag tag, std::size_t begin, std::size_t end, std::size_t content_begin,
                           std::size_t content_end);
    ElementId add_element(Tag tag, std::size_t begin, std::size_t end, std::size_t content_begin,
                          std::size_t content_end);
    ElementId add_problematic(std::size_t begin, std::size_t end, ElementId message);
    void report(std::uint8_t level, std::string text, std::size_t begin, std::size_t end,
                std::size_t problem_begin, std::size_t problem_end);
    /// Goes on behind a construct (its text before was flushed).
    void go_on(std::size_t end) {
        base_ = text_begin_ = end;
        hint_ = kNone;
    }
    [[nodiscard]] std::string_view piece(std::size_t begin, std::size_t end) const {
        return text_.substr(begin, end - begin);
    }
    [[nodiscard]] std::string_view written(std::size_t begin, std::size_t end) const {
        return raw_.substr(begin, end - begin);
    }
    [[nodiscard]] Range range(std::size_t begin, std::size_t end) const {
        return joined_.to_source(begin, end);
    }

    Parser& parser_;
    Tree& tree_;
    Names& names_;
    const JoinedText& joined_;
    std::string_view raw_;   // with backslashes
    std::string_view text_;  // the same with NUL for backslashes that escape
    bool escapes_ = false;   // text_ has NULs
    bool anywhere_ = false;  // character_level_inline_markup: inside of words too
    std::uint32_t line_;
    ElementId parent_;
    std::vector<ElementId> messages_;
    std::size_t base_ = 0;        // what was read before is gone for look-behind
    std::size_t text_begin_ = 0;  // text not yet in the tree
    std::size_t hint_ = kNone;    // first ':' or '@' in it
    struct Found {
        std::size_t from = kNone, at = 0;
    };
    std::array<Found, kEnds> ends_;  // what find_end() found last
};

/// What a role is called with.
struct RoleCall {
    std::string_view name;     ///< as written
    std::string_view text;     ///< NUL before what is escaped
    std::string_view written;  ///< the text with backslashes
    std::string_view source;   ///< the whole construct as written
    Range range;               ///< of the whole construct
    Range content;             ///< of the text
    Range role_range;          ///< of the name; empty without one
    std::uint32_t line = 0;
};
/// Runs a role: the element it makes, not attached; a problematic one and a message in `messages`
/// if it cannot.
ElementId run_role(Parser& parser, const Role& role, const RoleCall& call,
                   std::vector<ElementId>& messages);

/// docutils Inliner.problematic(): an element that shows `source` and is tied to a message.
ElementId make_problematic(Parser& parser, std::string_view source, Range range, ElementId message,
                           ElementId message_parent);

/// A text element: NULs resolved, `content` as docutils keeps it. Both must live with the tree.
ElementId make_escaped_text(Tree& tree, std::string_view content, Range range);

}  // namespace docathon::rst

#pragma once
// NodeSelector: which parts of a page a YAML rule looks at, such as
// `section[title~='(?i)api'] > paragraph, !quote`. The grammar, with white space as descendant:
//
//     selector  = part *( "," part )
//     part      = ( "" | "!" ) step *( ( " " | ">" ) step )      !x: not inside x
//     step      = kind *( "[" ["!"] name [ op value ] "]" )      [name]: there and not empty
//     op        = "=" | "~=" | "^=" | "$=" | "*="                ~= is a search in RE2 syntax
//     value     = word | 'text' | "text"                         \' for the quote in quotes
//
// Plain data after compile_selector(); it borrows nothing.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"

namespace re2 {
class RE2;
}

namespace docathon::rules {

/// What a step of a selector names. `section` and `sentence` are no nodes of the Document: a
/// section is a heading and all up to the next heading of its level or above it.
enum class SelectorKind : std::uint8_t {
    document,
    section,
    heading,
    paragraph,
    sentence,
    list,
    item,
    quote,
    table,
    row,
    cell,
    code,
    link,
    image,
    role,
    directive,
    option,
    target,
    footnote,
    comment,
    html,
    math,
    front_matter,
    emphasis,
    strong,
    definition,
    docstring,    ///< of Python files, as are the next two
    doc_section,  ///< a section or a field of a docstring
    param,        ///< a parameter that a docstring describes
};
inline constexpr std::size_t kSelectorKinds = static_cast<std::size_t>(SelectorKind::param) + 1;

/// The name of a kind as rules write it, such as "front-matter".
[[nodiscard]] std::string_view to_string(SelectorKind kind);

/// `[name op value]`.
struct AttributeTest {
    enum class Op : std::uint8_t { present, absent, equal, regex, prefix, suffix, contains };
    std::string name;
    Op op = Op::present;
    std::string value;
    std::shared_ptr<const re2::RE2> expression;  ///< of Op::regex

    /// Whether a node whose attribute has this value passes; absent attributes are empty.
    [[nodiscard]] bool accepts(std::string_view text) const;
};

struct SelectorStep {
    SelectorKind kind = SelectorKind::document;
    bool child = false;  ///< a child of the step before, not only a descendant
    std::vector<AttributeTest> tests;
};

struct SelectorPart {
    std::vector<SelectorStep> steps;  ///< at least one, at most kMaxSteps
};

struct NodeSelector {
    std::vector<SelectorPart> parts;     ///< any of them
    std::vector<SelectorPart> excluded;  ///< `!x`: and inside none of these

    /// Steps of one part, so that a mask of them fits in a word.
    static constexpr std::size_t kMaxSteps = 32;
    static constexpr std::size_t kMaxParts = 100;
    static constexpr std::size_t kMaxLength = 10'000;  ///< bytes
};

/// The error says what was expected and after how many characters of `text` (`column`, 1-based; no
/// path, no line).
[[nodiscard]] Result<NodeSelector> compile_selector(std::string_view text);

/// The names of all kinds, for messages and documentation.
[[nodiscard]] std::vector<std::string_view> selector_kind_names();
/// The attributes of a kind; empty for those without. `front-matter` has any.
[[nodiscard]] std::vector<std::string_view> selector_attributes(SelectorKind kind);

}  // namespace docathon::rules

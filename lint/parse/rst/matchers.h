#pragma once
// Matchers: what kind of block a line begins, by docutils' patterns (Body.patterns), written by
// hand. All take one line without trailing white space and look at it once.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace docathon::rst {

/// Transitions of docutils' Body state, in the order they are tried.
enum class BlockStart : std::uint8_t {
    blank,
    indent,
    bullet,
    enumerator,
    field_marker,
    option_marker,
    doctest,
    line_block,
    grid_table,
    simple_table,
    explicit_markup,
    anonymous,
    line,
    text,
};

struct LineMatch {
    BlockStart kind = BlockStart::text;
    std::size_t end = 0;  ///< bytes that the pattern takes, spaces behind the marker included
};

/// First pattern that matches.
[[nodiscard]] LineMatch classify(std::string_view line);

/// One repeated ASCII punctuation character.
[[nodiscard]] bool is_punctuation_line(std::string_view line);
/// docutils' nonalphanum7bit.
[[nodiscard]] bool is_punctuation(char c);

enum class EnumFormat : std::uint8_t { parens, rparen, period };
enum class EnumSequence : std::uint8_t {
    arabic,
    lower_alpha,
    upper_alpha,
    lower_roman,
    upper_roman,
    automatic,  ///< "#"
};

struct Enumerator {
    EnumFormat format = EnumFormat::period;
    EnumSequence sequence = EnumSequence::arabic;
    std::string_view text;      ///< without parentheses and period
    std::int64_t ordinal = -1;  ///< -1: not valid (a Roman numeral that is none)
};

/// Body.parse_enumerator() of a line that classify() calls an enumerator. `expected` is tried
/// first; nullptr: none.
[[nodiscard]] Enumerator parse_enumerator(std::string_view line, const EnumSequence* expected);
/// Body.make_enumerator(): the marker of a list item and a space; empty if there is none.
[[nodiscard]] std::string make_enumerator(std::int64_t ordinal, EnumSequence sequence,
                                          EnumFormat format);
[[nodiscard]] std::string_view to_string(EnumSequence sequence);

/// Length of an option marker (`-a, --long=ARG  `), or 0.
[[nodiscard]] std::size_t match_option_marker(std::string_view line);

/// `+---+` and `+===+` of grid tables; borders of simple tables.
[[nodiscard]] bool is_grid_border(std::string_view line, char fill);
[[nodiscard]] bool is_simple_border(std::string_view line);

/// docutils.utils.column_width(): East Asian wide characters 2, combining ones 0.
[[nodiscard]] std::size_t column_width(std::string_view text);
/// Whether docutils pads it to two columns in tables (East Asian wide or full-width).
[[nodiscard]] bool is_wide(char32_t code_point);
/// Python's unicodedata.combining() is not 0.
[[nodiscard]] bool is_combining(char32_t code_point);

/// Columns of white space (of any kind) at the begin, at most `limit`; `bytes` how many bytes these
/// are.
[[nodiscard]] std::size_t leading_space(std::string_view line, std::size_t limit,
                                        std::size_t& bytes);

}  // namespace docathon::rst

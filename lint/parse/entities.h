#pragma once
// Character references: the 2231 names of the HTML standard (13.5) as a sorted table, and the two
// ways of reading them. CommonMark wants the final semicolon and bounds the digits; HTML also knows
// names without one. Pure functions over static data.

#include <cstddef>
#include <string>
#include <string_view>

namespace docathon::entities {

/// Length of the longest name of the table, its semicolon included.
inline constexpr std::size_t kMaxName = 32;

/// UTF-8 text of a named reference; `name` without '&', with ';' where it is written ("amp;",
/// "amp"). Empty if there is no such name.
[[nodiscard]] std::string_view find(std::string_view name);

/// Appends code point `value` as UTF-8; U+FFFD for 0, surrogates and what lies beyond U+10FFFF.
void append_code_point(std::string& out, char32_t value);

/// Reads a character reference at the start of `text` (which begins with '&') by the rules of
/// CommonMark 0.31 section 2.5 and appends what it stands for. Returns the bytes read, 0 if there
/// is none.
std::size_t decode_commonmark(std::string_view text, std::string& out);

/// The same by the rules of the HTML standard (13.2.5.72 to 13.2.5.80).
std::size_t decode_html(std::string_view text, bool in_attribute, std::string& out);

}  // namespace docathon::entities

#pragma once
// Small functions on text that every room needs. Views returned point into their argument.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace docathon {

/// Space, tab, line feed, carriage return, form feed, vertical tab.
[[nodiscard]] constexpr bool is_ascii_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
[[nodiscard]] constexpr bool is_ascii_digit(char c) {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_ascii_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_ascii_alnum(char c) {
    return is_ascii_digit(c) || is_ascii_alpha(c);
}
[[nodiscard]] constexpr char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
/// Value of a hexadecimal digit, or -1.
[[nodiscard]] constexpr int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Without ASCII white space at both ends; the other two trim one end.
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::string_view trim_left(std::string_view text);
[[nodiscard]] std::string_view trim_right(std::string_view text);

/// Lines without their ends; LF, CR LF and CR end a line. A line end at the end of the text begins
/// no further line; an empty text has none.
[[nodiscard]] std::vector<std::string_view> split_lines(std::string_view text);
/// Parts between separators; always at least one.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// A-Z to a-z and the reverse; all other bytes stay.
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] std::string ascii_upper(std::string_view text);
/// Equal when the case of ASCII letters is ignored.
[[nodiscard]] bool ascii_iequals(std::string_view a, std::string_view b);

/// `%41` to `A` once (RFC 3986 section 2.1). A `%` without two hexadecimal digits stays as it is.
[[nodiscard]] std::string percent_decode(std::string_view text);
/// A path as the path of a relative URI reference: every byte that may not stand in a segment
/// (RFC 3986 section 3.3) is escaped, '/' stays; a ':' in the first segment is escaped too, since
/// it would be read as the end of a scheme (section 4.2).
[[nodiscard]] std::string percent_encode_path(std::string_view path);

/// Code points above ASCII that a terminal or a viewer obeys instead of showing: C1 controls,
/// separators, marks of direction. All lie below U+10000.
[[nodiscard]] bool is_dangerous(char32_t code_point);

/// Text that is safe to print in a terminal, a log or an annotation: control characters, line and
/// paragraph separators, characters that change the direction of text and bytes that are not valid
/// UTF-8 become visible, as `\x1b` (a byte) or `\u{202e}` (a code point). All else stays as it is.
[[nodiscard]] std::string escape_control(std::string_view text);

}  // namespace docathon

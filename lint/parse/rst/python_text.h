#pragma once
// What Python's str, int and repr do, where docutils shows it to users: white space of all of
// Unicode, numbers and the texts of their errors, quoted values in messages. Python 3.11.
//
// Views returned point into their argument.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace docathon::rst::python {

/// str.isspace() of one code point.
[[nodiscard]] bool is_space(char32_t code_point);

/// str.strip(), lstrip(), rstrip().
[[nodiscard]] std::string_view strip(std::string_view text);
[[nodiscard]] std::string_view strip_left(std::string_view text);
[[nodiscard]] std::string_view strip_right(std::string_view text);

/// str.split(): words between runs of white space.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text);
/// str.split(None, max): after `max` words the rest is one piece (its end is not stripped).
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, std::size_t max);
/// str.splitlines().
[[nodiscard]] std::vector<std::string_view> split_lines(std::string_view text);

/// repr() of a str.
[[nodiscard]] std::string repr(std::string_view text);

/// int(text), clamped to 64 bits. On failure nullopt, and `error` gets Python's text.
[[nodiscard]] std::optional<std::int64_t> parse_int(std::string_view text, std::string& error);

/// repr() of a float.
[[nodiscard]] std::string repr(double number);

/// Whether all code points are decimal or other digits and there is one (str.isdigit()).
[[nodiscard]] bool is_digit(std::string_view text);

}  // namespace docathon::rst::python

#pragma once
// A look at a text before toml++ reads it. Its parser (3.3) takes for granted that a table header
// begins with a key: `[=]` ends a debug build by an assertion and is undefined behaviour in a
// release.

#include <string_view>

namespace docathon {

/// False if a line that begins with '[' does not go on as a table header or an array of values can:
/// such a text must not be given to toml++. Also refuses a few valid texts, in which a line of an
/// array is a bracket and nothing else.
[[nodiscard]] bool is_safe_for_tomlplusplus(std::string_view text);

}  // namespace docathon

#pragma once
// Differences of two texts by lines, as `diff -u` prints them.

#include <string>
#include <string_view>

namespace docathon {

/// A unified diff (POSIX diff -u, three lines of context) of `path`, with a/ and b/ before it as
/// git has them; empty if the texts are equal. Shortest for up to 1,000 changed lines, else one
/// hunk from the first changed line to the last.
[[nodiscard]] std::string unified_diff(std::string_view path, std::string_view before,
                                       std::string_view after);

}  // namespace docathon

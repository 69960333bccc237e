#pragma once
// "Did you mean": the name that is closest to one that does not exist.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace docathon {

/// Damerau-Levenshtein distance (optimal string alignment: insert, delete, replace, swap of
/// neighbours) in code points, or `limit` + 1 as soon as it is known to be greater than `limit`.
/// Takes time in proportion to `limit` times the longer text.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// How far a suggestion may be from `name`: 1 up to 4 code points, 2 up to 8, else 3.
[[nodiscard]] std::size_t suggestion_distance(std::string_view name);

/// The candidate with the smallest distance to `name`, at most `max_distance`; of equals the
/// bytewise smallest. Names that differ in nothing but ASCII case count as distance 1. Empty if
/// there is none. The view points into `candidates`.
[[nodiscard]] std::string_view nearest(std::string_view name,
                                       std::span<const std::string_view> candidates,
                                       std::size_t max_distance);
[[nodiscard]] std::string_view nearest(std::string_view name,
                                       std::span<const std::string> candidates,
                                       std::size_t max_distance);

}  // namespace docathon

#pragma once
// "Did you mean": the name that is closest to one that does not exist.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace docathon {

/// Damerau-Levenshtein distance (optimal string alignment: insert, delete, replace, swap of
/// neighbours) in code points, or `limit` + 1 as soon as it is known to be greater than `limit`.
/// Takes time in proportion to `limit` times the longer text.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The characters of a text as bits, ASCII case aside: within distance d two texts differ in no
/// more than 2 d of them (may_be_near). All bits for texts that are not ASCII.
[[nodiscard]] std::uint64_t letters_of(std::string_view text);
/// Whether texts with these letters can be within the distance; the cheap test before the real one.
[[nodiscard]] inline bool may_be_near(std::uint64_t a, std::uint64_t b, std::size_t distance) {
    constexpr std::uint64_t kAny = ~std::uint64_t{0};
    return a == kAny || b == kAny || static_cast<std::size_t>(std::popcount(a ^ b)) <= 2 * distance;
}

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

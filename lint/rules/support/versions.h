#pragma once
// Numbers of versions, as documentation and package files write them.

#include <array>
#include <optional>
#include <string_view>

namespace docathon::rules {

/// Up to three numbers; missing ones are -1.
using Version = std::array<int, 3>;

/// Of "3.10.2" or "3.*"; nullopt if it is anything else.
[[nodiscard]] std::optional<Version> version_of(std::string_view text);

/// a < b in the numbers that both have.
[[nodiscard]] bool is_less(const Version& a, const Version& b);
/// The same of texts; false if one is no version.
[[nodiscard]] bool is_less(std::string_view a, std::string_view b);

}  // namespace docathon::rules

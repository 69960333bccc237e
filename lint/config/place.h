#pragma once
// What a path in a configuration file means, as text: without asking the file system (links that
// leave the repository are for lint/io to refuse).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace docathon {

/// Largest `max-file-size`, so that offsets and their sums stay within 32 bits.
inline constexpr std::uint64_t kMaxSize = std::uint64_t{2} << 30;

/// The folder that paths in the configuration file `path` are relative to: its own, or the root
/// ("") for a file that lies outside the repository.
[[nodiscard]] std::string_view base_of(std::string_view path);

/// `path`, written in a file of `folder` (relative to the root), as a path relative to the root
/// without "." and ".."; "" is the root itself. nullopt if it is absolute or leaves the root.
[[nodiscard]] std::optional<std::string> join_inside(std::string_view folder,
                                                     std::string_view path);

/// Has a scheme (https:, git@host:, C:) or begins with two slashes.
[[nodiscard]] bool is_url(std::string_view text);

}  // namespace docathon

#pragma once
// Where caches lie, and how their files are called.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace docathon {

/// Where caches lie: $DOCATHON_LINT_CACHE_DIR, else docathon-lint below $XDG_CACHE_HOME or
/// ~/.cache. Empty if there is no such place: then nothing is cached.
[[nodiscard]] std::string cache_folder();

/// One file of a cache.
struct CachePlace {
    std::string folder;
    std::string path;
    std::string program;  ///< build that wrote it: no other one reads it
};

/// The file in `folder` for a project called `name` and a way of running (a hash of it); nullopt if
/// nothing can be kept.
[[nodiscard]] std::optional<CachePlace> cache_place(const std::string& folder,
                                                    std::string_view name, std::uint64_t run,
                                                    std::string_view suffix);

}  // namespace docathon

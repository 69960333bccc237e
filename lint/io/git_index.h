#pragma once
// The index of git, read without a process: `git ls-files` takes longer than all that we make of
// its answer. Source: Documentation/gitformat-index.txt of git. Only what is common is understood;
// for anything else the caller asks git.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "lint/io/git.h"

namespace docathon {

/// What `git ls-files -t --stage` tells of an index with these bytes: versions 2 to 4, entries
/// sorted bytewise as they stand, each path once. `hash_size`: bytes of an object name (20 of
/// sha1, 32 of sha256). nullopt for other versions, for extensions that must be understood (split
/// and sparse indexes), and for what is damaged.
[[nodiscard]] std::optional<std::vector<GitFile>> read_git_index(std::string_view bytes,
                                                                 std::size_t hash_size);

}  // namespace docathon

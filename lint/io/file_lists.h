#pragma once
// Lists of paths that come from a file or from standard input: `--files-from` and `@file`.

#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"
#include "lint/io/files.h"

namespace docathon {

/// Paths of a list, in its order. `nul_separated`: each ends at a NUL byte. Else each is a line (LF
/// or CR LF); a line in double quotes is read as git writes paths ("\303\251.md", core.quotePath).
/// Empty entries are skipped.
[[nodiscard]] std::vector<std::string> parse_path_list(std::string_view text, bool nul_separated);

/// The paths that `--files-from` names: `source` is a file, or "-" for standard input. Error codes
/// as of FileSystem::read_file; a list of more than 64 MiB is too_large.
[[nodiscard]] Result<std::vector<std::string>> read_path_list(const std::string& source,
                                                              bool nul_separated,
                                                              const FileSystem& files);

/// Replaces each argument `@file` by the lines of that file, which are not expanded again. A path
/// that begins with '@' is written "./@x".
[[nodiscard]] Result<std::vector<std::string>> expand_at_files(
    const std::vector<std::string>& arguments, const FileSystem& files);

}  // namespace docathon

#pragma once
// Paths below a folder, for paths relative to the root.

#include <string_view>

namespace docathon {

/// Is `path` inside `folder`? "" is the root and holds every path.
inline bool below_folder(std::string_view path, std::string_view folder) {
    if (folder.empty())
        return !path.starts_with("../");
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

/// The rest of `path` after `folder`; call only when below_folder() holds.
inline std::string_view inside_folder(std::string_view path, std::string_view folder) {
    return folder.empty() ? path : path.substr(folder.size() + 1);
}

/// Does the file lie in a folder of templates or of parts of pages (templates/, snippets/,
/// _includes/ ...)? Its targets exist where it is used.
[[nodiscard]] bool is_template_path(std::string_view path);

/// Why something is unknown in an unpacked source release.
inline constexpr std::string_view kLeftOut = "a source release leaves files out";

}  // namespace docathon

#pragma once
// Paths as text: '/' separates, nothing is asked of the file system. Names are bytes, as file
// systems have them.

#include <string>
#include <string_view>

namespace docathon {

/// Without ".", "..", empty components and a trailing '/': "a/../b/" is "b", "." is "". A ".." that
/// would leave a relative path stays at its front; at the front of an absolute one it is dropped.
/// A leading '/' stays.
[[nodiscard]] std::string normalize_path(std::string_view path);
/// `base`/`path`, normalized; `path` alone if it is absolute.
[[nodiscard]] std::string join_path(std::string_view base, std::string_view path);
/// All before the last '/': "a/b" is "a", "a" is "", "/a" is "/".
[[nodiscard]] std::string_view dirname(std::string_view path);
/// All after the last '/'.
[[nodiscard]] std::string_view basename(std::string_view path);
/// From the last '.' of the last component on, with the dot: "a/b.tar.gz" is ".gz". Empty if there
/// is none, or if the only dot begins the name (".profile").
[[nodiscard]] std::string_view extension(std::string_view path);
/// Whether a normalized path begins with "..", so leaves the folder that it is relative to.
[[nodiscard]] bool leaves_root(std::string_view normalized);
/// Whether normalized `path` is `folder` or below it; "" is the folder of all relative paths.
[[nodiscard]] bool is_within(std::string_view folder, std::string_view path);
/// `path` as seen from folder `from`, with ".." where needed; both normalized, and both relative
/// to the same folder or both absolute.
[[nodiscard]] std::string relative_path(std::string_view from, std::string_view path);

}  // namespace docathon

#pragma once
// Version of the library and of what it was built with.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace docathon {

/// "0.1.0"
[[nodiscard]] std::string_view version();

/// Name and version of the libraries inside: cmark-gfm, tree-sitter, RE2, yaml-cpp ...
[[nodiscard]] std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace docathon

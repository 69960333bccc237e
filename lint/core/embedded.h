#pragma once
// The YAML files under rules/, embedded at build time, so that the program is one file.

#include <span>
#include <string_view>

namespace docathon {

struct EmbeddedFile {
    std::string_view path;  ///< relative to the repository, "rules/links/missing-anchor.yaml"
    std::string_view bytes;
};

/// All files under rules/, sorted by path.
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace docathon

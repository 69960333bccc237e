#pragma once
// YAML text -> Value. The only file of the program that includes yaml-cpp is yaml.cpp: front
// matter (parse), configuration and rule files (config) are all read through this door.

#include <cstdint>
#include <string>
#include <string_view>

#include "lint/core/result.h"
#include "lint/core/value.h"

namespace docathon {

/// What to do with a second document in the text.
enum class YamlDocuments : std::uint8_t {
    first,  ///< what follows the first document is not looked at
    one,    ///< a second document is an error
};

/// Parses the first document of `text`. Errors carry 1-based line and column and `path`. Not
/// crashes but errors: duplicate keys, keys that are lists or maps, nesting deeper than 100, more
/// than 100,000 nodes (or 16 MiB of text) through aliases, bytes that are not UTF-8, control
/// characters. An empty text gives a null Value. Merge keys (`<<`) are keys like any other.
[[nodiscard]] Result<Value> parse_yaml(std::string_view text, std::string_view path = {},
                                       YamlDocuments documents = YamlDocuments::first);

}  // namespace docathon

#pragma once
// Whether the text of an example is JSON, YAML, TOML or XML, by the libraries that read them, with
// what documentation writes in place of values left alone. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "lint/core/range.h"

namespace docathon::rules {

/// What a reader of the language stumbles over first.
struct DataError {
    std::string message;
    Range range;  ///< in the text; not empty
};

/// nullopt also for parts of files, and for text in which something is left out.
[[nodiscard]] std::optional<DataError> find_json_error(std::string_view text);
/// The same for YAML: all documents of the text.
[[nodiscard]] std::optional<DataError> find_yaml_error(std::string_view text);
/// The same for TOML.
[[nodiscard]] std::optional<DataError> find_toml_error(std::string_view text);
/// The same for XML: elements without one around them, and without their ends, are parts of files.
[[nodiscard]] std::optional<DataError> find_xml_error(std::string_view text);

}  // namespace docathon::rules

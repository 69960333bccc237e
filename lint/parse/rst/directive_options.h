#pragma once
// Option values of directives: the conversions of docutils.parsers.rst.directives with the texts of
// their errors. Owned data, nothing to mind.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/directive_table.h"

namespace docathon::rst {

/// A converted option.
struct OptionValue {
    bool none = false;                  ///< Python's None: a flag, or a number that is not there
    std::string text;                   ///< strings; numbers as they are written back
    std::vector<std::string> classes;   ///< Convert::classes
    std::vector<std::int64_t> numbers;  ///< integers of all kinds
};

/// Converts the text of an option (nullptr: nothing behind the name). On failure returns false and
/// sets `error` to the message of Python's exception.
[[nodiscard]] bool convert_option(const OptionSpec& spec, const std::string* value,
                                  OptionValue& out, std::string& error);

/// directives.class_option(): names made of words; false with an error if one cannot be.
[[nodiscard]] bool class_option(std::string_view value, std::vector<std::string>& classes,
                                std::string& error);
/// directives.uri(): white space that is not escaped removed.
[[nodiscard]] std::string uri_option(std::string_view value);
/// directives.unicode_code(): a character by its number, else the text itself.
[[nodiscard]] bool unicode_code(std::string_view code, std::string& out, std::string& error);

}  // namespace docathon::rst

#pragma once
// What linting gives back.

#include <cstdint>
#include <string>
#include <vector>

namespace docathon {

/// One edit of a fix: bytes [begin, end) of the file become `text`.
struct TextEdit {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::string text;
};

struct Finding {
    std::string rule;          ///< "links/missing-anchor"
    std::string severity;      ///< "note", "warning", "error"
    std::string path;          ///< relative to the root, '/' between components
    std::string message;       ///< one line
    std::uint32_t line = 1;    ///< 1-based
    std::uint32_t column = 1;  ///< 1-based, in Unicode code points
    std::uint32_t end_line = 1;
    std::uint32_t end_column = 1;  ///< the column behind the last code point
    std::uint32_t begin = 0;       ///< bytes [begin, end) of the file
    std::uint32_t end = 0;
    std::string fingerprint;         ///< stable when text or file move; see baseline
    std::vector<TextEdit> safe_fix;  ///< empty if there is none
};

}  // namespace docathon

#include "lint/report/markdown_cells.h"

#include <algorithm>

#include "lint/core/strings.h"

namespace docathon {

std::string markdown_cell_text(std::string_view text) {
    std::string safe;
    for (const char c : escape_control(text)) {
        switch (c) {
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '&':
                safe += "&amp;";
                break;
            case '\\':
            case '`':
            case '*':
            case '_':
            case '[':
            case ']':
            case '|':
            case '~':
            case '$':
            case '#':
            case '!':
                safe += '\\';
                safe += c;
                break;
            default:
                safe += c;
        }
    }
    return safe;
}

std::string markdown_cell_code(std::string_view text) {
    const std::string safe = escape_control(text);
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : safe) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    const bool pad = longest > 0 || safe.starts_with(' ') || safe.ends_with(' ');
    std::string code = fence + (pad ? " " : "");
    for (const char c : safe) {
        if (c == '|')
            code += '\\';
        code += c;
    }
    return code + (pad ? " " : "") + fence;
}

}  // namespace docathon

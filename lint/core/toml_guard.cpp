#include "lint/core/toml_guard.h"

#include <algorithm>

#include "lint/core/strings.h"

namespace docathon {

bool is_safe_for_tomlplusplus(std::string_view text) {
    const auto skip_blank = [&](std::size_t at) {
        while (at < text.size() && (text[at] == ' ' || text[at] == '\t'))
            ++at;
        return at;
    };
    for (std::size_t line = 0; line < text.size();) {
        std::size_t at = line;
        // toml++ passes over spaces beyond ASCII and a byte order mark, too.
        while (at < text.size() && (text[at] == ' ' || text[at] == '\t' ||
                                    static_cast<unsigned char>(text[at]) >= 0x80))
            ++at;
        if (at < text.size() && text[at] == '[') {
            ++at;
            if (at < text.size() && text[at] == '[')
                ++at;
            at = skip_blank(at);
            if (at >= text.size())
                return false;
            const char c = text[at];
            if (!is_ascii_alnum(c) && c != '-' && c != '_' && c != '"' && c != '\'' && c != ']')
                return false;
        }
        line = std::min(text.find('\n', line), text.size() - 1) + 1;
    }
    return true;
}

}  // namespace docathon

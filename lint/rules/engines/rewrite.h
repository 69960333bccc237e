#pragma once
// Replacements with capture groups.

#include <string>
#include <string_view>
#include <vector>

#include "lint/core/strings.h"

namespace docathon::rules {

/// `text` with `\1` .. `\9` as the groups and `\0` as the whole match; `\x` is x otherwise.
[[nodiscard]] inline std::string rewrite(std::string_view text,
                                         const std::vector<std::string>& groups,
                                         std::string_view match) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const char next = text[++i];
        if (!is_ascii_digit(next))
            out += next;
        else if (next == '0')
            out += match;
        else if (const auto group = static_cast<std::size_t>(next - '1'); group < groups.size())
            out += groups[group];
    }
    return out;
}

}  // namespace docathon::rules

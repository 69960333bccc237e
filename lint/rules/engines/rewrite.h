#pragma once
// Replacements with capture groups.

#include <algorithm>
#include <cstddef>
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

/// The highest number of a group that rewrite() would ask for.
[[nodiscard]] inline std::size_t highest_group(std::string_view text) {
    std::size_t highest = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] == '\\' && is_ascii_digit(text[++i]))
            highest = std::max(highest, static_cast<std::size_t>(text[i] - '0'));
    }
    return highest;
}

/// What is wrong with a text for rewrite() beside an expression with so many groups; "" if nothing.
[[nodiscard]] inline std::string missing_group(std::string_view text, std::string_view expression,
                                               std::size_t groups) {
    const std::size_t highest = highest_group(text);
    if (highest <= groups)
        return {};
    return "there is no group \\" + std::to_string(highest) + " in '" +
           std::string(expression.substr(0, 60)) + "'";
}

}  // namespace docathon::rules

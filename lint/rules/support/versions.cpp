#include "lint/rules/support/versions.h"

#include <algorithm>
#include <vector>

#include "lint/core/strings.h"

namespace docathon::rules {

std::optional<Version> version_of(std::string_view text) {
    Version out = {-1, -1, -1};
    const std::vector<std::string_view> parts = split(text, '.');
    if (parts.size() > 3)
        return std::nullopt;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i] == "*")
            break;
        if (parts[i].empty() || parts[i].size() > 4 ||
            !std::all_of(parts[i].begin(), parts[i].end(), is_ascii_digit))
            return std::nullopt;
        int number = 0;
        for (const char c : parts[i])
            number = number * 10 + (c - '0');
        out[i] = number;
    }
    return out;
}

bool is_less(const Version& a, const Version& b) {
    for (std::size_t i = 0; i < 3; ++i) {
        if (a[i] < 0 || b[i] < 0)
            return false;
        if (a[i] != b[i])
            return a[i] < b[i];
    }
    return false;
}

bool is_less(std::string_view a, std::string_view b) {
    const std::optional<Version> left = version_of(a);
    const std::optional<Version> right = version_of(b);
    return left && right && is_less(*left, *right);
}

}  // namespace docathon::rules

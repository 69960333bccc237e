#include "lint/parse/entities.h"

#include <algorithm>
#include <iterator>

namespace docathon::entities {

namespace {

struct Entity {
    std::string_view name;
    std::string_view text;
};

constexpr Entity kEntities[] = {
#include "lint/parse/entities_table.inc"
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_alnum(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int hex_value(char c) {
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// Digits of "#123" or "#x1F" from `pos` on; `value` saturates above U+10FFFF. Returns their
/// number.
std::size_t read_digits(std::string_view text, std::size_t pos, bool hex, char32_t& value) {
    std::size_t count = 0;
    value = 0;
    for (; pos + count < text.size(); ++count) {
        const int digit = hex_value(text[pos + count]);
        if (digit < 0 || (!hex && digit > 9))
            break;
        if (value <= 0x10ffff)
            value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
    }
    return count;
}

// The C1 range of a numeric reference means windows-1252 (HTML standard, 13.2.5.80).
constexpr char32_t kWindows1252[32] = {
    0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};

}  // namespace

std::string_view find(std::string_view name) {
    const auto* const end = std::end(kEntities);
    const auto* const found = std::lower_bound(
        std::begin(kEntities), end, name,
        [](const Entity& entity, std::string_view key) { return entity.name < key; });
    return found != end && found->name == name ? found->text : std::string_view();
}

void append_code_point(std::string& out, char32_t value) {
    if (value == 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        value = 0xfffd;
    if (value < 0x80) {
        out += static_cast<char>(value);
    } else if (value < 0x800) {
        out += static_cast<char>(0xc0 | (value >> 6));
        out += static_cast<char>(0x80 | (value & 0x3f));
    } else if (value < 0x10000) {
        out += static_cast<char>(0xe0 | (value >> 12));
        out += static_cast<char>(0x80 | ((value >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (value & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | (value >> 18));
        out += static_cast<char>(0x80 | ((value >> 12) & 0x3f));
        out += static_cast<char>(0x80 | ((value >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (value & 0x3f));
    }
}

std::size_t decode_commonmark(std::string_view text, std::string& out) {
    if (text.size() < 3)
        return 0;
    if (text[1] == '#') {
        const bool hex = text[2] == 'x' || text[2] == 'X';
        const std::size_t start = hex ? 3 : 2;
        char32_t value = 0;
        const std::size_t digits =
            read_digits(text.substr(0, start + (hex ? 7 : 8)), start, hex, value);
        if (digits == 0 || digits > (hex ? 6u : 7u))
            return 0;
        const std::size_t end = start + digits;
        if (end >= text.size() || text[end] != ';')
            return 0;
        append_code_point(out, value);
        return end + 1;
    }
    std::size_t end = 1;
    while (end < text.size() && end <= kMaxName && is_alnum(text[end]))
        ++end;
    if (end == 1 || end >= text.size() || text[end] != ';')
        return 0;
    const std::string_view found = find(text.substr(1, end));
    if (found.empty())
        return 0;
    out += found;
    return end + 1;
}

std::size_t decode_html(std::string_view text, bool in_attribute, std::string& out) {
    if (text.size() < 2)
        return 0;
    if (text[1] == '#') {
        const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
        const std::size_t start = hex ? 3 : 2;
        char32_t value = 0;
        const std::size_t digits = read_digits(text, start, hex, value);
        if (digits == 0)
            return 0;
        if (value >= 0x80 && value <= 0x9f)
            value = kWindows1252[value - 0x80];
        append_code_point(out, value);
        const std::size_t end = start + digits;
        return end < text.size() && text[end] == ';' ? end + 1 : end;
    }
    std::size_t longest = 1;
    while (longest < text.size() && longest < kMaxName && is_alnum(text[longest]))
        ++longest;
    if (longest < text.size() && text[longest] == ';')
        ++longest;
    // The longest name wins: "&notit;" is "&not" and "it;".
    for (std::size_t end = longest; end > 2; --end) {
        const std::string_view found = find(text.substr(1, end - 1));
        if (found.empty())
            continue;
        const bool closed = text[end - 1] == ';';
        if (in_attribute && !closed && end < text.size() &&
            (text[end] == '=' || is_alnum(text[end]))) {
            return 0;  // a query string: href="?a=1&copy=2"
        }
        out += found;
        return end;
    }
    return 0;
}

}  // namespace docathon::entities

#include "lint/parse/rst/python_text.h"

#include <utf8proc.h>
#include <array>
#include <charconv>
#include <cstdlib>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon::rst::python {

namespace {

utf8proc_category_t category(char32_t code_point) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
}

/// Value of a decimal digit of any script, or -1. Digits stand in runs of ten, each from zero on.
int digit_value(char32_t code_point) {
    if (code_point < 0x80)
        return code_point >= '0' && code_point <= '9' ? static_cast<int>(code_point - '0') : -1;
    if (category(code_point) != UTF8PROC_CATEGORY_ND)
        return -1;
    char32_t first = code_point;
    while (category(first - 1) == UTF8PROC_CATEGORY_ND)
        --first;
    return static_cast<int>((code_point - first) % 10);
}

/// Digits that are not decimal (Numeric_Type=Digit): superscripts, subscripts, circled digits.
bool is_other_digit(char32_t c) {
    return c == 0xb2 || c == 0xb3 || c == 0xb9 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ||
           (c >= 0x2080 && c <= 0x2089) || (c >= 0x2460 && c <= 0x2468);
}

/// str.isprintable() of one code point.
bool is_printable(char32_t code_point) {
    switch (category(code_point)) {
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_CN:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return false;
        case UTF8PROC_CATEGORY_ZS:
            return code_point == ' ';
        default:
            return true;
    }
}

void append_hex(std::string& out, char32_t value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[(value >> static_cast<unsigned>(shift)) & 0xf];
}

/// Bytes of white space at `offset`, or 0.
std::size_t space_at(std::string_view text, std::size_t offset) {
    const Decoded unit = decode_one(text, offset);
    return unit.valid && is_space(unit.code_point) ? unit.length : 0;
}

/// Where the code point that ends at `end` begins.
std::size_t unit_before(std::string_view text, std::size_t end) {
    std::size_t begin = end - 1;
    while (begin > 0 && end - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80)
        --begin;
    return decode_one(text, begin).length == end - begin ? begin : end - 1;
}

}  // namespace

bool is_space(char32_t c) {
    if (c < 0x80)
        return c == ' ' || (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f);
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
           c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

std::string_view strip_left(std::string_view text) {
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t length = space_at(text, begin);
        if (length == 0)
            break;
        begin += length;
    }
    return text.substr(begin);
}

std::string_view strip_right(std::string_view text) {
    while (!text.empty()) {
        const std::size_t begin = unit_before(text, text.size());
        if (space_at(text, begin) == 0)
            break;
        text = text.substr(0, begin);
    }
    return text;
}

std::string_view strip(std::string_view text) {
    return strip_right(strip_left(text));
}

std::vector<std::string_view> split(std::string_view text) {
    return split(text, static_cast<std::size_t>(-1));
}

std::vector<std::string_view> split(std::string_view text, std::size_t max) {
    std::vector<std::string_view> words;
    text = strip_left(text);
    while (!text.empty()) {
        if (words.size() == max) {
            words.push_back(text);
            break;
        }
        std::size_t end = 0;
        while (end < text.size() && space_at(text, end) == 0)
            end += decode_one(text, end).length;
        words.push_back(text.substr(0, end));
        text = strip_left(text.substr(end));
    }
    return words;
}

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded unit = decode_one(text, at);
        const char32_t c = unit.code_point;
        const bool ends =
            unit.valid && (c == '\n' || c == '\r' || c == '\v' || c == '\f' ||
                           (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029);
        const std::size_t next = at + unit.length;
        if (!ends) {
            at = next;
            continue;
        }
        lines.push_back(text.substr(begin, at - begin));
        at = c == '\r' && next < text.size() && text[next] == '\n' ? next + 1 : next;
        begin = at;
    }
    if (begin < text.size())
        lines.push_back(text.substr(begin));
    return lines;
}

std::string repr(std::string_view text) {
    const bool single = text.find('\'') != std::string_view::npos;
    const bool twice = text.find('"') != std::string_view::npos;
    const char quote = single && !twice ? '"' : '\'';
    std::string out(1, quote);
    for (std::size_t at = 0; at < text.size();) {
        const Decoded unit = decode_one(text, at);
        const char32_t c = unit.code_point;
        const std::string_view bytes = text.substr(at, unit.length);
        at += unit.length;
        if (c == static_cast<char32_t>(quote) || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (is_printable(c)) {
            out += bytes;
        } else if (c < 0x100) {
            out += "\\x";
            append_hex(out, c, 2);
        } else if (c < 0x10000) {
            out += "\\u";
            append_hex(out, c, 4);
        } else {
            out += "\\U";
            append_hex(out, c, 8);
        }
    }
    out += quote;
    return out;
}

std::optional<std::int64_t> parse_int(std::string_view text, std::string& error) {
    constexpr std::size_t kMostDigits = 4300;  // sys.int_info.default_max_str_digits
    constexpr std::int64_t kClamp = std::int64_t{1} << 62;
    std::string_view rest = strip(text);
    bool negative = false;
    if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) {
        negative = rest.front() == '-';
        rest.remove_prefix(1);
    }
    std::int64_t value = 0;
    std::size_t digits = 0;
    bool good = !rest.empty();
    bool after_digit = false;
    for (std::size_t at = 0; good && at < rest.size();) {
        const Decoded unit = decode_one(rest, at);
        at += unit.length;
        const int digit = unit.valid ? digit_value(unit.code_point) : -1;
        if (digit >= 0) {
            ++digits;
            after_digit = true;
            value = value > kClamp / 10 - 1 ? kClamp : value * 10 + digit;
        } else {
            good = unit.code_point == '_' && after_digit && at < rest.size();
            after_digit = false;
        }
    }
    if (!good || !after_digit) {
        error = "invalid literal for int() with base 10: " + repr(text);
        return std::nullopt;
    }
    if (digits > kMostDigits) {
        error = "Exceeds the limit (4300 digits) for integer string conversion: value has " +
                std::to_string(digits) +
                " digits; use sys.set_int_max_str_digits() to increase the limit";
        return std::nullopt;
    }
    return negative ? -value : value;
}

std::string repr(double number) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                   std::chars_format::scientific);
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
    const std::size_t e = text.find('e');
    if (e == std::string_view::npos)
        return std::string(text);  // inf, nan
    std::string digits;
    for (const char c : text.substr(0, e)) {
        if (is_ascii_digit(c))
            digits += c;
    }
    int exponent = 0;
    const std::string_view power = text.substr(e + (text[e + 1] == '+' ? 2 : 1));
    std::from_chars(power.data(), power.data() + power.size(), exponent);
    std::string out = text.front() == '-' ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
        out += digits.front();
        if (digits.size() > 1)
            out += '.' + digits.substr(1);
        const int size = std::abs(exponent);
        out += exponent < 0 ? "e-" : "e+";
        out += (size < 10 ? "0" : "") + std::to_string(size);
        return out;
    }
    if (exponent < 0)
        return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole)
        return out + digits + std::string(whole - digits.size(), '0') + ".0";
    return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

bool is_digit(std::string_view text) {
    if (text.empty())
        return false;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded unit = decode_one(text, at);
        at += unit.length;
        if (!unit.valid || (digit_value(unit.code_point) < 0 && !is_other_digit(unit.code_point)))
            return false;
    }
    return true;
}

}  // namespace docathon::rst::python

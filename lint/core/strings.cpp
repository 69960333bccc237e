#include "lint/core/strings.h"

#include "lint/core/utf8.h"

namespace docathon {

std::string_view trim_left(std::string_view text) {
    std::size_t begin = 0;
    while (begin < text.size() && is_ascii_space(text[begin]))
        ++begin;
    return text.substr(begin);
}

std::string_view trim_right(std::string_view text) {
    std::size_t end = text.size();
    while (end > 0 && is_ascii_space(text[end - 1]))
        --end;
    return text.substr(0, end);
}

std::string_view trim(std::string_view text) {
    return trim_left(trim_right(text));
}

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = text.find_first_of("\r\n", begin);
        if (end == std::string_view::npos) {
            lines.push_back(text.substr(begin));
            break;
        }
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
        if (text[end] == '\r' && begin < text.size() && text[begin] == '\n')
            ++begin;
    }
    return lines;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = text.find(separator, begin);
        if (end == std::string_view::npos) {
            parts.push_back(text.substr(begin));
            return parts;
        }
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        c = ascii_lower(c);
    return lower;
}

std::string ascii_upper(std::string_view text) {
    std::string upper(text);
    for (char& c : upper) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - ('a' - 'A'));
    }
    return upper;
}

bool ascii_iequals(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (ascii_lower(a[i]) != ascii_lower(b[i]))
            return false;
    }
    return true;
}

std::string percent_decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
            hex_digit(text[i + 2]) >= 0) {
            decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

std::string percent_encode_path(std::string_view path) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kAllowed = "-._~!$&'()*+,;=@/";
    std::string encoded;
    encoded.reserve(path.size());
    bool first_segment = true;
    for (const char c : path) {
        if (c == '/')
            first_segment = false;
        if (is_ascii_alnum(c) || kAllowed.find(c) != std::string_view::npos ||
            (c == ':' && !first_segment)) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += '%';
            encoded += kHex[byte >> 4];
            encoded += kHex[byte & 15];
        }
    }
    return encoded;
}

bool is_dangerous(char32_t c) {
    return (c >= 0x80 && c <= 0x9f) ||      // C1 controls
           c == 0x061c ||                   // Arabic letter mark
           c == 0x200e || c == 0x200f ||    // left-to-right and right-to-left mark
           (c >= 0x2028 && c <= 0x202e) ||  // separators, embeddings and overrides
           (c >= 0x2066 && c <= 0x2069) ||  // isolates
           c == 0xfeff ||                   // byte order mark
           (c >= 0xfff9 && c <= 0xfffb);    // interlinear annotation
}

namespace {

void append_hex(std::string& out, std::uint32_t value, int least_digits) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string digits;
    while (value != 0 || least_digits > 0) {
        digits.insert(digits.begin(), kHex[value & 15]);
        value >>= 4;
        --least_digits;
    }
    out += digits;
}

}  // namespace

std::string escape_control(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const Decoded unit = decode_one(text, i);
        const auto byte = static_cast<unsigned char>(text[i]);
        if (!unit.valid || byte < 0x20 || byte == 0x7f) {
            safe += "\\x";
            append_hex(safe, byte, 2);
        } else if (is_dangerous(unit.code_point)) {
            safe += "\\u{";
            append_hex(safe, unit.code_point, 1);
            safe += '}';
        } else {
            safe += text.substr(i, unit.length);
        }
        i += unit.length;
    }
    return safe;
}

}  // namespace docathon

#include "lint/core/utf8.h"

#include <cstring>

#include <utf8proc.h>

namespace docathon {

Decoded decode_multibyte(std::string_view bytes, std::size_t offset) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[offset + i]); };
    const std::size_t left = bytes.size() - offset;
    const auto tail = [&](std::size_t i) { return (at(i) & 0xc0u) == 0x80u; };
    const unsigned lead = at(0);
    if (lead >= 0xc2 && lead <= 0xdf) {
        if (left < 2 || !tail(1))
            return {};
        return {static_cast<char32_t>((lead & 0x1fu) << 6 | (at(1) & 0x3fu)), 2, true};
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        if (left < 3 || !tail(1) || !tail(2))
            return {};
        const char32_t code = (lead & 0x0fu) << 12 | (at(1) & 0x3fu) << 6 | (at(2) & 0x3fu);
        if (code < 0x800 || (code >= 0xd800 && code <= 0xdfff))
            return {};
        return {code, 3, true};
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        if (left < 4 || !tail(1) || !tail(2) || !tail(3))
            return {};
        const char32_t code =
            (lead & 0x07u) << 18 | (at(1) & 0x3fu) << 12 | (at(2) & 0x3fu) << 6 | (at(3) & 0x3fu);
        if (code < 0x10000 || code > 0x10ffff)
            return {};
        return {code, 4, true};
    }
    return {};
}

namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080u;

// Offset of the first byte >= 0x80 at or after `from`, or the size.
std::size_t skip_ascii(std::string_view bytes, std::size_t from) {
    std::size_t i = from;
    for (; i + 8 <= bytes.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, 8);
        if ((word & kHighBits) != 0)
            break;
    }
    while (i < bytes.size() && static_cast<unsigned char>(bytes[i]) < 0x80)
        ++i;
    return i;
}

}  // namespace

std::size_t first_invalid(std::string_view bytes, std::size_t from) {
    std::size_t i = from;
    while (true) {
        i = skip_ascii(bytes, i);
        // Text in other scripts comes in runs: stay here until the next ASCII byte.
        while (i < bytes.size() && static_cast<unsigned char>(bytes[i]) >= 0x80) {
            const Decoded unit = decode_multibyte(bytes, i);
            if (!unit.valid)
                return i;
            i += unit.length;
        }
        if (i >= bytes.size())
            return std::string_view::npos;
    }
}

bool is_ascii(std::string_view bytes) {
    return skip_ascii(bytes, 0) == bytes.size();
}

std::size_t code_point_count(std::string_view bytes) {
    std::size_t count = 0;
    std::size_t i = 0;
    while (i < bytes.size()) {
        const std::size_t ascii_end = skip_ascii(bytes, i);
        count += ascii_end - i;
        i = ascii_end;
        while (i < bytes.size() && static_cast<unsigned char>(bytes[i]) >= 0x80) {
            i += decode_multibyte(bytes, i).length;
            ++count;
        }
    }
    return count;
}

void append_utf8(std::string& out, char32_t code_point) {
    if (code_point > 0x10ffff || (code_point >= 0xd800 && code_point <= 0xdfff)) {
        code_point = kReplacementCharacter;
    }
    if (code_point < 0x80) {
        out += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        out += static_cast<char>(0xc0 | code_point >> 6);
        out += static_cast<char>(0x80 | (code_point & 0x3f));
    } else if (code_point < 0x10000) {
        out += static_cast<char>(0xe0 | code_point >> 12);
        out += static_cast<char>(0x80 | (code_point >> 6 & 0x3f));
        out += static_cast<char>(0x80 | (code_point & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | code_point >> 18);
        out += static_cast<char>(0x80 | (code_point >> 12 & 0x3f));
        out += static_cast<char>(0x80 | (code_point >> 6 & 0x3f));
        out += static_cast<char>(0x80 | (code_point & 0x3f));
    }
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const Decoded unit = decode_one(text, i);
        i += unit.length;
        if (unit.code_point < 0x80) {
            width += unit.code_point >= 0x20 && unit.code_point != 0x7f ? 1 : 0;
            continue;
        }
        const int columns = utf8proc_charwidth(static_cast<utf8proc_int32_t>(unit.code_point));
        if (columns > 0)
            width += static_cast<std::size_t>(columns);
    }
    return width;
}

std::string casefold(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const Decoded unit = decode_one(text, i);
        if (!unit.valid) {
            folded += text[i];
        } else if (unit.code_point < 0x80) {
            const char c = text[i];
            folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        } else {
            utf8proc_int32_t parts[8];
            int boundary = 0;
            const utf8proc_ssize_t count =
                utf8proc_decompose_char(static_cast<utf8proc_int32_t>(unit.code_point), parts, 8,
                                        UTF8PROC_CASEFOLD, &boundary);
            for (utf8proc_ssize_t k = 0; k < count && k < 8; ++k) {
                append_utf8(folded, static_cast<char32_t>(parts[k]));
            }
        }
        i += unit.length;
    }
    return folded;
}

}  // namespace docathon

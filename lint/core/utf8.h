#pragma once
// UTF-8: reading, checking and measuring it. Everything here takes any bytes: a byte that is not
// part of a well-formed sequence (Unicode 15, table 3-7: no surrogates, no overlong forms) stands
// for itself as one unit, so no input makes a loop lose its place.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace docathon {

inline constexpr char32_t kReplacementCharacter = 0xfffd;

/// One unit of a text: a code point, or one byte that is none.
struct Decoded {
    char32_t code_point = kReplacementCharacter;  ///< U+FFFD if not valid
    std::uint8_t length = 1;                      ///< bytes, 1..4; 1 if not valid
    bool valid = false;
};

/// Slow path of decode_one, for lead bytes of 0x80 and more.
[[nodiscard]] Decoded decode_multibyte(std::string_view bytes, std::size_t offset);

/// The unit that begins at `offset`, which must be below bytes.size().
[[nodiscard]] inline Decoded decode_one(std::string_view bytes, std::size_t offset) {
    const auto byte = static_cast<unsigned char>(bytes[offset]);
    if (byte < 0x80)
        return {byte, 1, true};
    return decode_multibyte(bytes, offset);
}

/// Offset of the first byte at or after `from` that is not valid UTF-8, or npos.
[[nodiscard]] std::size_t first_invalid(std::string_view bytes, std::size_t from = 0);

/// Whether every byte is below 0x80.
[[nodiscard]] bool is_ascii(std::string_view bytes);

/// Code points in `bytes`; every byte that is not valid UTF-8 counts as one.
[[nodiscard]] std::size_t code_point_count(std::string_view bytes);

/// Appends `code_point` as UTF-8; surrogates and values above U+10FFFF become U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

/// Columns of a terminal that `text` takes: East Asian wide characters and most emoji 2, combining
/// marks and controls 0, a byte that is not valid UTF-8 as its replacement character 1. A tab
/// counts 0: the caller decides what it shows for one.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// Full Unicode case folding (CaseFolding.txt, C + F); bytes that are not valid stay as they are.
[[nodiscard]] std::string casefold(std::string_view text);

/// Whether `bytes` begins with the UTF-8 byte order mark (3 bytes).
[[nodiscard]] inline bool has_bom(std::string_view bytes) {
    return bytes.substr(0, 3) == "\xef\xbb\xbf";
}

}  // namespace docathon

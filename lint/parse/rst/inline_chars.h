#pragma once
// Characters of inline markup: what may stand before a start-string and behind an end-string, what
// is white space and what a word, as docutils' regular expressions see them (docutils.utils.
// punctuation_chars, frozen at Unicode 5.2; Python's \s and \w). ASCII is answered by a table.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lint/core/utf8.h"

namespace docathon::rst {

/// Bits of char_class().
enum CharClass : std::uint8_t {
    kSpace = 1,     ///< \s
    kWord = 2,      ///< \w without "_"
    kBefore = 4,    ///< opener or delimiter: may stand before a start-string (white space too)
    kBehind = 8,    ///< closer, delimiter, NUL: may stand behind an end-string (and white space)
    kUri = 16,      ///< uric: may be in a URI (ASCII and NUL only)
    kUriLast = 32,  ///< may be the last of a URI
    kMail = 64,     ///< emailc: may be in a mail address
    kScheme = 128,  ///< may be in the name of a scheme
};

extern const std::array<std::uint8_t, 128> kAsciiClass;
[[nodiscard]] std::uint8_t wide_char_class(char32_t code_point);

/// Classes of the character that begins at `offset`, which must be below text.size().
[[nodiscard]] inline std::uint8_t char_class(std::string_view text, std::size_t offset) {
    const auto byte = static_cast<unsigned char>(text[offset]);
    return byte < 0x80 ? kAsciiClass[byte]
                       : wide_char_class(decode_multibyte(text, offset).code_point);
}
/// Begin of the character that ends before `offset`, which must be above `begin`.
[[nodiscard]] std::size_t previous_char(std::string_view text, std::size_t begin,
                                        std::size_t offset);

/// Whether the two characters are an opening and a closing one that belong together.
[[nodiscard]] bool is_quote_pair(char32_t open, char32_t close);

/// End of the simple name (docutils Inliner.simplename: words joined by single -._+:) that begins
/// at `offset`; `offset` itself if none does.
[[nodiscard]] std::size_t match_simple_name(std::string_view text, std::size_t offset);

/// Whether docutils knows the URI scheme (docutils.utils.urischemes); any case.
[[nodiscard]] bool is_known_scheme(std::string_view scheme);

}  // namespace docathon::rst

#include "lint/parse/rst/inline_chars.h"

#include <utf8proc.h>

#include <algorithm>
#include <iterator>

#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

struct CharRange {
    char32_t first, last;
};

#include "lint/parse/rst/inline_chars.inc"

template <std::size_t size>
bool contains(const CharRange (&ranges)[size], char32_t c) {
    const CharRange* found = std::upper_bound(
        std::begin(ranges), std::end(ranges), c,
        [](char32_t value, const CharRange& range) { return value < range.first; });
    return found != std::begin(ranges) && c <= (found - 1)->last;
}

constexpr bool is_one_of(char c, std::string_view set) {
    return set.find(c) != std::string_view::npos;
}

constexpr std::array<std::uint8_t, 128> make_ascii_classes() {
    std::array<std::uint8_t, 128> classes{};
    for (unsigned at = 0; at < 128; ++at) {
        const char c = static_cast<char>(at);
        const bool digit = c >= '0' && c <= '9';
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        unsigned bits = 0;
        if (c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\x1c' && c <= '\x1f'))
            bits |= kSpace;
        if (letter || digit)
            bits |= kWord;
        if (is_one_of(c, "\"'(-/:<[{"))
            bits |= kBefore;
        if (c == '\0' || is_one_of(c, "!\"'),-./:;>?\\]}"))
            bits |= kBehind;
        if (c == '\0' || letter || digit || is_one_of(c, "-_.!~*'()[];/:@&=+$,%"))
            bits |= kUri;
        if (letter || digit || is_one_of(c, "_~*/=+"))
            bits |= kUriLast;
        if (c == '\0' || letter || digit || is_one_of(c, "-_!~*'{|}/#?^`&=+$%"))
            bits |= kMail;
        if (letter || digit || is_one_of(c, ".+-"))
            bits |= kScheme;
        classes[at] = static_cast<std::uint8_t>(bits);
    }
    return classes;
}

}  // namespace

const std::array<std::uint8_t, 128> kAsciiClass = make_ascii_classes();

std::uint8_t wide_char_class(char32_t c) {
    unsigned bits = 0;
    if (python::is_space(c))
        bits |= kSpace;
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL:
        case UTF8PROC_CATEGORY_NO:
            bits |= kWord;
            break;
        default:
            break;
    }
    if ((bits & kWord) == 0) {
        if (contains(kDelimiters, c)) {
            bits |= kBefore | kBehind;
        } else {
            bits |= contains(kOpeners, c) ? kBefore : 0;
            bits |= contains(kClosers, c) ? kBehind : 0;
        }
    }
    return static_cast<std::uint8_t>(bits);
}

std::size_t previous_char(std::string_view text, std::size_t begin, std::size_t offset) {
    std::size_t at = offset - 1;
    while (at > begin && offset - at < 4 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
        --at;
    // Not the begin of one character that ends here: bytes that stand for themselves.
    return at + decode_one(text, at).length == offset ? at : offset - 1;
}

bool is_quote_pair(char32_t open, char32_t close) {
    switch (open) {
        case '"':
        case '\'':
            return close == open;
        case '(':
            return close == ')';
        case '<':
            return close == '>';
        case '[':
            return close == ']';
        case '{':
            return close == '}';
        default:
            break;
    }
    const auto less = [](const CharRange& a, const CharRange& b) {
        return a.first != b.first ? a.first < b.first : a.last < b.last;
    };
    return std::binary_search(std::begin(kPairs), std::end(kPairs), CharRange{open, close}, less);
}

std::size_t match_simple_name(std::string_view text, std::size_t offset) {
    std::size_t end = offset;  // behind the last whole word
    std::size_t at = offset;
    while (at < text.size()) {
        const std::size_t word = at;
        while (at < text.size() && (char_class(text, at) & kWord) != 0)
            at += decode_one(text, at).length;
        if (at == word)
            break;
        end = at;
        if (at == text.size() || !is_one_of(text[at], "-._+:"))
            break;
        ++at;
    }
    return end;
}

bool is_known_scheme(std::string_view scheme) {
    char lower[16];
    if (scheme.size() > sizeof lower)
        return false;
    std::transform(scheme.begin(), scheme.end(), lower,
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::binary_search(std::begin(kSchemes), std::end(kSchemes),
                              std::string_view(lower, scheme.size()));
}

}  // namespace docathon::rst

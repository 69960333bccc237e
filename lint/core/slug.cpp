#include "lint/core/slug.h"

#include <algorithm>
#include <array>
#include <utility>

#include <utf8proc.h>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon {

namespace {

utf8proc_category_t category(char32_t c) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool is_letter(utf8proc_category_t category) {
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_mark(utf8proc_category_t category) {
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

// The symbols among PropList.txt's Other_Alphabetic (all its other members are marks).
bool is_alphabetic_symbol(char32_t c) {
    return (c >= 0x24b6 && c <= 0x24e9) || (c >= 0x1f130 && c <= 0x1f149) ||
           (c >= 0x1f150 && c <= 0x1f169) || (c >= 0x1f170 && c <= 0x1f189);
}

// \p{Word} of UTS #18 without Join_Control: Alphabetic, Mark, Decimal_Number,
// Connector_Punctuation. It is the set that github-slugger is generated from, and what Ruby
// (kramdown) matches.
bool is_word(char32_t c) {
    if (c < 0x80)
        return is_ascii_alnum(static_cast<char>(c)) || c == '_';
    const utf8proc_category_t kind = category(c);
    return is_letter(kind) || is_mark(kind) || kind == UTF8PROC_CATEGORY_ND ||
           kind == UTF8PROC_CATEGORY_NL || kind == UTF8PROC_CATEGORY_PC || is_alphabetic_symbol(c);
}

// \w of Python's re: str.isalnum() or '_'.
bool is_python_word(char32_t c) {
    if (c < 0x80)
        return is_ascii_alnum(static_cast<char>(c)) || c == '_';
    const utf8proc_category_t kind = category(c);
    return is_letter(kind) || (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO);
}

// Cased of DerivedCoreProperties.txt, for the final sigma rule.
bool is_cased(char32_t c) {
    const utf8proc_category_t kind = category(c);
    if (kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LL ||
        kind == UTF8PROC_CATEGORY_LT) {
        return true;
    }
    // Other_Uppercase and Other_Lowercase that are no Lu, Ll or Lt.
    constexpr std::array<std::pair<char32_t, char32_t>, 25> kOther = {{
        {0xaa, 0xaa},       {0xba, 0xba},     {0x2b0, 0x2b8},   {0x2c0, 0x2c1},
        {0x2e0, 0x2e4},     {0x345, 0x345},   {0x37a, 0x37a},   {0x10fc, 0x10fc},
        {0x1d2c, 0x1d6a},   {0x1d78, 0x1d78}, {0x1d9b, 0x1dbf}, {0x2071, 0x2071},
        {0x207f, 0x207f},   {0x2090, 0x209c}, {0x2160, 0x217f}, {0x24b6, 0x24e9},
        {0x2c7c, 0x2c7d},   {0xa69c, 0xa69d}, {0xa770, 0xa770}, {0xa7f2, 0xa7f4},
        {0xa7f8, 0xa7f9},   {0xab5c, 0xab5f}, {0xab69, 0xab69}, {0x10780, 0x107ba},
        {0x1f130, 0x1f189},
    }};
    return std::any_of(kOther.begin(), kOther.end(),
                       [c](const auto& range) { return range.first <= c && c <= range.second; });
}

// Case_Ignorable of DerivedCoreProperties.txt: Mn, Me, Cf, Lm, Sk and the mid-word punctuation of
// UAX #29.
bool is_case_ignorable(char32_t c) {
    switch (c) {
        case U'\'':
        case U'.':
        case U':':
        case 0xb7:
        case 0x387:
        case 0x55f:
        case 0x5f4:
        case 0x2018:
        case 0x2019:
        case 0x2024:
        case 0x2027:
        case 0xfe13:
        case 0xfe52:
        case 0xfe55:
        case 0xff07:
        case 0xff0e:
        case 0xff1a:
            return true;
        default:
            break;
    }
    const utf8proc_category_t kind = category(c);
    return kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_ME ||
           kind == UTF8PROC_CATEGORY_CF || kind == UTF8PROC_CATEGORY_LM ||
           kind == UTF8PROC_CATEGORY_SK;
}

// Calls take(lower case code point) for each of `text`, by UnicodeData's simple mapping and the
// two unconditional rules of SpecialCasing.txt: U+0130, and capital sigma at the end of a word
// where `final_sigma` is set (Ruby's String#downcase has no such rule).
template <class Take>
void each_lower(std::string_view text, bool final_sigma, Take take) {
    bool cased_before = false;  // the last character that is not case-ignorable is cased
    for (std::size_t i = 0; i < text.size();) {
        const Decoded unit = decode_one(text, i);
        const char32_t c = unit.code_point;
        i += unit.length;
        if (c < 0x80) {
            const char lower = ascii_lower(static_cast<char>(c));
            if (is_ascii_alpha(lower)) {
                cased_before = true;
            } else if (c != '\'' && c != '.' && c != ':' && c != '^' && c != '`') {
                cased_before = false;
            }
            take(static_cast<char32_t>(lower));
            continue;
        }
        if (c == 0x130) {
            take(U'i');
            take(char32_t{0x307});
            cased_before = true;
            continue;
        }
        if (c == 0x3a3 && final_sigma) {
            // What is looked at here is read again as itself, but by no other sigma: linear.
            std::size_t ahead = i;
            bool ahead_cased = false;
            while (ahead < text.size()) {
                const Decoded next = decode_one(text, ahead);
                if (!is_case_ignorable(next.code_point)) {
                    ahead_cased = is_cased(next.code_point);
                    break;
                }
                ahead += next.length;
            }
            take(cased_before && !ahead_cased ? char32_t{0x3c2} : char32_t{0x3c3});
            cased_before = true;
            continue;
        }
        take(static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
        if (!is_case_ignorable(c))
            cased_before = is_cased(c);
    }
}

template <class Keep>
std::string slug_of(std::string_view text, bool final_sigma, Keep keep) {
    std::string slug;
    slug.reserve(text.size());
    each_lower(text, final_sigma, [&](char32_t c) {
        if (c == U' ' || c == U'-') {
            slug += '-';
        } else if (keep(c)) {
            append_utf8(slug, c);
        }
    });
    return slug;
}

// docutils' two tables of letters that decomposition does not bring to ASCII (docutils.nodes,
// public domain): both are facts about which letter looks like which.
std::string_view docutils_letter(char32_t c) {
    switch (c) {
        case 0xdf:
            return "sz";
        case 0xe6:
            return "ae";
        case 0x153:
            return "oe";
        case 0x238:
            return "db";
        case 0x239:
            return "qp";
        case 0xf8:
            return "o";
        case 0x111:
            return "d";
        case 0x127:
            return "h";
        case 0x131:
            return "i";
        case 0x142:
            return "l";
        case 0x167:
            return "t";
        case 0x180:
            return "b";
        case 0x183:
            return "b";
        case 0x188:
            return "c";
        case 0x18c:
            return "d";
        case 0x192:
            return "f";
        case 0x199:
            return "k";
        case 0x19a:
            return "l";
        case 0x19e:
            return "n";
        case 0x1a5:
            return "p";
        case 0x1ab:
            return "t";
        case 0x1ad:
            return "t";
        case 0x1b4:
            return "y";
        case 0x1b6:
            return "z";
        case 0x1e5:
            return "g";
        case 0x225:
            return "z";
        case 0x234:
            return "l";
        case 0x235:
            return "n";
        case 0x236:
            return "t";
        case 0x237:
            return "j";
        case 0x23c:
            return "c";
        case 0x23f:
            return "s";
        case 0x240:
            return "z";
        case 0x247:
            return "e";
        case 0x249:
            return "j";
        case 0x24b:
            return "q";
        case 0x24d:
            return "r";
        case 0x24f:
            return "y";
        default:
            return {};
    }
}

}  // namespace

std::string unicode_lower(std::string_view text) {
    std::string lower;
    lower.reserve(text.size());
    each_lower(text, true, [&](char32_t c) { append_utf8(lower, c); });
    return lower;
}

std::string github_slug(std::string_view text) {
    return slug_of(text, true, is_word);
}

std::string myst_slug(std::string_view text) {
    return slug_of(text, true, is_python_word);
}

std::string docutils_id(std::string_view text) {
    std::string id;
    id.reserve(text.size());
    bool gap = false;  // a run of other characters is waiting to become one '-'
    const auto put = [&](char32_t c) {
        if (c >= 0x80)
            return;  // encode('ascii', 'ignore')
        const char letter = static_cast<char>(c);
        if (!is_ascii_digit(letter) && !(letter >= 'a' && letter <= 'z')) {
            gap = true;
            return;
        }
        // Leading digits and hyphens go, and so do hyphens at the end.
        if (id.empty() && is_ascii_digit(letter))
            return;
        if (gap && !id.empty())
            id += '-';
        gap = false;
        id += letter;
    };
    each_lower(text, true, [&](char32_t c) {
        if (c < 0x80) {
            put(c);
            return;
        }
        const std::string_view letters = docutils_letter(c);
        if (!letters.empty()) {
            for (const char letter : letters)
                put(static_cast<char32_t>(letter));
            return;
        }
        // NFKD reorders marks only, which are not ASCII: one character at a time is enough.
        utf8proc_int32_t parts[32];
        int boundary = 0;
        const utf8proc_ssize_t count = utf8proc_decompose_char(
            static_cast<utf8proc_int32_t>(c), parts, 32,
            static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT), &boundary);
        for (utf8proc_ssize_t k = 0; k < count && k < 32; ++k) {
            put(static_cast<char32_t>(parts[k]));
        }
    });
    return id;
}

std::string kramdown_id(std::string_view text) {
    std::string id;
    id.reserve(text.size());
    bool line_start =
        true;  // Ruby's ^ is at every line: a heading over two lines loses both fronts
    for (const char c : text) {
        if (is_ascii_alpha(c)) {
            line_start = false;
            id += ascii_lower(c);
        } else if (c == '\n') {
            // Removed by the second step, after the first has seen where the line begins.
            line_start = true;
        } else if (!line_start && (is_ascii_digit(c) || c == ' ' || c == '-')) {
            id += c == ' ' ? '-' : c;
        }
    }
    return id.empty() ? "section" : id;
}

std::string kramdown_gfm_id(std::string_view text) {
    std::string id;
    id.reserve(text.size());
    each_lower(text, false, [&](char32_t c) {
        if (c == U' ' || c == U'\t' || c == U'-') {
            id += '-';
        } else if (is_word(c)) {
            append_utf8(id, c);
        }
    });
    return id;
}

std::string SlugCounter::next(std::string_view slug) {
    std::string key(slug);
    const auto [entry, fresh] = seen_.try_emplace(key, 0);
    if (fresh)
        return key;
    std::string result;
    do {
        // The entry stays valid: nothing is inserted before the loop ends.
        ++entry->second;
        result = key + '-' + std::to_string(entry->second);
    } while (seen_.count(result) != 0);
    seen_.emplace(result, 0);
    return result;
}

std::string KramdownCounter::next(std::string_view id) {
    std::string key(id);
    const auto [entry, fresh] = seen_.try_emplace(key, 0);
    if (fresh)
        return key;
    ++entry->second;
    return key + '-' + std::to_string(entry->second);
}

}  // namespace docathon

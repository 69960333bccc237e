#include "lint/parse/rst/matchers.h"

#include <utf8proc.h>
#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/parse/rst/blocks.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

std::size_t skip_spaces(std::string_view line, std::size_t at) {
    while (at < line.size() && line[at] == ' ')
        ++at;
    return at;
}

// The marker that ends at `at` has to be followed by spaces or the end; returns where text begins,
// or 0.
std::size_t marker_end(std::string_view line, std::size_t at) {
    if (at == line.size())
        return at;
    return at < line.size() && line[at] == ' ' ? skip_spaces(line, at) : 0;
}

bool is_roman(char c, bool lower) {
    return std::string_view(lower ? "ivxlcdm" : "IVXLCDM").find(c) != std::string_view::npos;
}

// End of digits, a letter, a Roman numeral or "#" at `at`; `at` if there is none. A single letter
// is not looked at further: what follows the marker decides.
std::size_t enumerator_text(std::string_view line, std::size_t at) {
    if (at >= line.size())
        return at;
    const char c = line[at];
    std::size_t end = at;
    if (c == '#')
        return at + 1;
    if (is_ascii_digit(c)) {
        while (end < line.size() && is_ascii_digit(line[end]))
            ++end;
        return end;
    }
    if (!is_ascii_alpha(c))
        return at;
    const bool lower = c >= 'a';
    while (end < line.size() && is_roman(line[end], lower))
        ++end;
    return std::max(end, at + 1);
}

std::size_t match_enumerator(std::string_view line) {
    const bool parenthesis = line[0] == '(';
    const std::size_t begin = parenthesis ? 1 : 0;
    const std::size_t end = enumerator_text(line, begin);
    if (end == begin || end >= line.size())
        return 0;
    if (line[end] != ')' && (parenthesis || line[end] != '.'))
        return 0;
    return marker_end(line, end + 1);
}

bool is_option_char(char c) {
    return is_ascii_alnum(c) || c == '_' || c == '-';
}

// End of an option's argument at `at`, or `at`.
std::size_t option_argument(std::string_view line, std::size_t at) {
    if (at >= line.size())
        return at;
    if (is_ascii_alpha(line[at])) {
        while (at < line.size() && is_option_char(line[at]))
            ++at;
        return at;
    }
    if (line[at] != '<')
        return at;
    const std::size_t end = line.find_first_of("<>", at + 1);
    return end == std::string_view::npos || line[end] != '>' || end == at + 1 ? at : end + 1;
}

// End of one option at `at`, or `at`.
std::size_t option(std::string_view line, std::size_t at) {
    const auto is = [&](std::size_t i, auto test) { return i < line.size() && test(line[i]); };
    const bool dash = is(at, [](char c) { return c == '-'; });
    if ((dash || is(at, [](char c) { return c == '+'; })) && is(at + 1, is_ascii_alnum)) {
        std::size_t end = at + 2;
        const std::size_t argument = end + (end < line.size() && line[end] == ' ' ? 1 : 0);
        const std::size_t argument_end = option_argument(line, argument);
        return argument_end > argument ? argument_end : end;
    }
    std::size_t begin = at;
    if (line.substr(at, 2) == "--")
        begin += 2;
    else if (is(at, [](char c) { return c == '/'; }))
        begin += 1;
    else
        return at;
    if (!is(begin, is_ascii_alnum))
        return at;
    std::size_t end = begin + 1;
    while (is(end, is_option_char))
        ++end;
    if (end < line.size() && (line[end] == ' ' || line[end] == '=')) {
        const std::size_t argument_end = option_argument(line, end + 1);
        if (argument_end > end + 1)
            return argument_end;
    }
    return end;
}

bool is_simple_top(std::string_view line) {
    return line.find_first_not_of("= ") == std::string_view::npos &&
           line.find(' ') != std::string_view::npos;
}

LineMatch punctuation_or_text(std::string_view line) {
    return {is_punctuation_line(line) ? BlockStart::line : BlockStart::text, 0};
}

std::int64_t parse_roman(std::string_view text) {
    std::string upper = ascii_upper(text);
    std::string_view left = upper;
    std::int64_t out = 0;
    const auto take = [&](std::string_view digits, int value, int times) {
        for (int i = 0; i < times && left.starts_with(digits); ++i) {
            left.remove_prefix(digits.size());
            out += value;
        }
    };
    const auto place = [&](std::string_view nine, std::string_view four, std::string_view five,
                           std::string_view one, int unit) {
        if (left.starts_with(nine)) {
            take(nine, 9 * unit, 1);
        } else if (left.starts_with(four)) {
            take(four, 4 * unit, 1);
        } else {
            take(five, 5 * unit, 1);
            take(one, unit, 3);
        }
    };
    take("M", 1000, 4);
    place("CM", "CD", "D", "C", 100);
    place("XC", "XL", "L", "X", 10);
    place("IX", "IV", "V", "I", 1);
    return left.empty() && out > 0 ? out : -1;
}

std::string to_roman(std::int64_t number) {
    static constexpr std::array<std::pair<int, const char*>, 13> kDigits = {{{1000, "M"},
                                                                             {900, "CM"},
                                                                             {500, "D"},
                                                                             {400, "CD"},
                                                                             {100, "C"},
                                                                             {90, "XC"},
                                                                             {50, "L"},
                                                                             {40, "XL"},
                                                                             {10, "X"},
                                                                             {9, "IX"},
                                                                             {5, "V"},
                                                                             {4, "IV"},
                                                                             {1, "I"}}};
    std::string out;
    for (const auto& [value, digits] : kDigits) {
        for (; number >= value; number -= value)
            out += digits;
    }
    return out;
}

bool fits(EnumSequence sequence, std::string_view text) {
    const auto all = [&](auto test) { return std::all_of(text.begin(), text.end(), test); };
    switch (sequence) {
        case EnumSequence::arabic:
            return all(is_ascii_digit);
        case EnumSequence::lower_alpha:
            return text.size() == 1 && text[0] >= 'a' && text[0] <= 'z';
        case EnumSequence::upper_alpha:
            return text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z';
        case EnumSequence::lower_roman:
            return all([](char c) { return is_roman(c, true); });
        case EnumSequence::upper_roman:
            return all([](char c) { return is_roman(c, false); });
        case EnumSequence::automatic:
            return text == "#";
    }
    return false;
}

}  // namespace

bool is_punctuation(char c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

bool is_punctuation_line(std::string_view line) {
    if (line.empty() || !is_punctuation(line[0]))
        return false;
    std::size_t end = 1;
    while (end < line.size() && line[end] == line[0])
        ++end;
    return skip_spaces(line, end) == line.size();
}

bool is_grid_border(std::string_view line, char fill) {
    const std::size_t last = line.find_last_not_of(' ');
    line = line.substr(0, last + 1);
    if (line.size() < 5 || line[0] != '+' || line[1] != fill || line[line.size() - 2] != fill ||
        line.back() != '+')
        return false;
    return std::all_of(line.begin(), line.end(), [&](char c) { return c == '+' || c == fill; });
}

bool is_simple_border(std::string_view line) {
    return !line.empty() && line[0] == '=' &&
           line.find_first_not_of("= ") == std::string_view::npos;
}

std::size_t match_option_marker(std::string_view line) {
    std::size_t at = 0;
    while (true) {
        const std::size_t end = option(line, at);
        if (end == at)
            return 0;
        at = end;
        if (line.substr(at, 2) != ", ")
            break;
        at += 2;
    }
    const std::size_t end = skip_spaces(line, at);
    return end - at >= 2 || end == line.size() ? end : 0;
}

std::size_t match_field_marker(std::string_view line, std::string_view* name) {
    if (line.size() < 3 || line[0] != ':' || line[1] == ':' || line[1] == ' ')
        return 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line[i] == '\\') {
            ++i;
            continue;
        }
        if (line[i] != ':')
            continue;
        if (i + 1 < line.size() && line[i + 1] != ' ') {
            if (line[i + 1] == '`')
                return 0;
            continue;
        }
        if (line[i - 1] == ' ')
            return 0;
        if (name != nullptr)
            *name = line.substr(1, i - 1);
        return marker_end(line, i + 1);
    }
    return 0;
}

LineMatch classify(std::string_view line) {
    if (line.empty())
        return {BlockStart::blank, 0};
    const char first = line[0];
    const auto matched = [](BlockStart kind, std::size_t end) { return LineMatch{kind, end}; };
    switch (first) {
        case ' ':
            return {line.find_first_not_of(' ') == std::string_view::npos ? BlockStart::blank
                                                                          : BlockStart::indent,
                    0};
        case '-':
        case '+':
            if (const std::size_t end = marker_end(line, 1))
                return matched(BlockStart::bullet, end);
            if (const std::size_t end = match_option_marker(line))
                return matched(BlockStart::option_marker, end);
            if (first == '+' && is_grid_border(line, '-'))
                return matched(BlockStart::grid_table, 0);
            return punctuation_or_text(line);
        case '*':
            if (const std::size_t end = marker_end(line, 1))
                return matched(BlockStart::bullet, end);
            return punctuation_or_text(line);
        case '\xe2':  // U+2022, U+2023, U+2043
            if (line.starts_with("\xe2\x80\xa2") || line.starts_with("\xe2\x80\xa3") ||
                line.starts_with("\xe2\x81\x83")) {
                if (const std::size_t end = marker_end(line, 3))
                    return matched(BlockStart::bullet, end);
            }
            return {};
        case '(':
        case '#':
            if (const std::size_t end = match_enumerator(line))
                return matched(BlockStart::enumerator, end);
            return punctuation_or_text(line);
        case ':':
            if (const std::size_t end = match_field_marker(line, nullptr))
                return matched(BlockStart::field_marker, end);
            return punctuation_or_text(line);
        case '/':
            if (const std::size_t end = match_option_marker(line))
                return matched(BlockStart::option_marker, end);
            return punctuation_or_text(line);
        case '>':
            if (line.starts_with(">>>") && marker_end(line, 3) != 0)
                return matched(BlockStart::doctest, marker_end(line, 3));
            return punctuation_or_text(line);
        case '|':
            if (const std::size_t end = marker_end(line, 1))
                return matched(BlockStart::line_block, end);
            return punctuation_or_text(line);
        case '=':
            if (is_simple_top(line))
                return matched(BlockStart::simple_table, 0);
            return punctuation_or_text(line);
        case '.':
            if (line.starts_with("..") && marker_end(line, 2) != 0)
                return matched(BlockStart::explicit_markup, marker_end(line, 2));
            return punctuation_or_text(line);
        case '_':
            if (line.starts_with("__") && marker_end(line, 2) != 0)
                return matched(BlockStart::anonymous, marker_end(line, 2));
            return punctuation_or_text(line);
        default:
            break;
    }
    if (is_ascii_alnum(first)) {
        if (const std::size_t end = match_enumerator(line))
            return matched(BlockStart::enumerator, end);
        return {};
    }
    return is_punctuation(first) ? punctuation_or_text(line) : LineMatch{};
}

Enumerator parse_enumerator(std::string_view line, const EnumSequence* expected) {
    Enumerator out;
    const std::size_t begin = line[0] == '(' ? 1 : 0;
    const std::size_t end = enumerator_text(line, begin);
    out.text = line.substr(begin, end - begin);
    out.format = begin == 1         ? EnumFormat::parens
                 : line[end] == ')' ? EnumFormat::rparen
                                    : EnumFormat::period;
    bool found = true;
    if (out.text == "#")
        out.sequence = EnumSequence::automatic;
    else if (expected != nullptr && *expected != EnumSequence::automatic &&
             fits(*expected, out.text))
        out.sequence = *expected;
    else if (expected == nullptr && out.text == "i")
        out.sequence = EnumSequence::lower_roman;
    else if (expected == nullptr && out.text == "I")
        out.sequence = EnumSequence::upper_roman;
    else
        found = false;
    for (const EnumSequence sequence :
         {EnumSequence::arabic, EnumSequence::lower_alpha, EnumSequence::upper_alpha,
          EnumSequence::lower_roman, EnumSequence::upper_roman}) {
        if (found || !fits(sequence, out.text))
            continue;
        out.sequence = sequence;
        found = true;
    }
    switch (out.sequence) {
        case EnumSequence::automatic:
            out.ordinal = 1;
            break;
        case EnumSequence::arabic:
            // Numbers beyond 18 digits are no list that goes on; their value does not matter.
            out.ordinal = 0;
            for (const char c : out.text)
                out.ordinal =
                    std::min<std::int64_t>(out.ordinal * 10 + (c - '0'), 100'000'000'000'000'000);
            break;
        case EnumSequence::lower_alpha:
            out.ordinal = out.text[0] - 'a' + 1;
            break;
        case EnumSequence::upper_alpha:
            out.ordinal = out.text[0] - 'A' + 1;
            break;
        case EnumSequence::lower_roman:
        case EnumSequence::upper_roman:
            out.ordinal = parse_roman(out.text);
            break;
    }
    return out;
}

std::string make_enumerator(std::int64_t ordinal, EnumSequence sequence, EnumFormat format) {
    std::string text;
    switch (sequence) {
        case EnumSequence::automatic:
            text = "#";
            break;
        case EnumSequence::arabic:
            text = std::to_string(ordinal);
            break;
        case EnumSequence::lower_alpha:
        case EnumSequence::upper_alpha:
            if (ordinal > 26)
                return {};
            text = static_cast<char>((sequence == EnumSequence::lower_alpha ? 'a' : 'A') + ordinal -
                                     1);
            break;
        case EnumSequence::lower_roman:
        case EnumSequence::upper_roman:
            if (ordinal < 1 || ordinal > 4999)
                return {};
            text = to_roman(ordinal);
            if (sequence == EnumSequence::lower_roman)
                text = ascii_lower(text);
            break;
    }
    const char* const begin = format == EnumFormat::parens ? "(" : "";
    return begin + text + (format == EnumFormat::period ? ". " : ") ");
}

std::string_view to_string(EnumSequence sequence) {
    switch (sequence) {
        case EnumSequence::lower_alpha:
            return "loweralpha";
        case EnumSequence::upper_alpha:
            return "upperalpha";
        case EnumSequence::lower_roman:
            return "lowerroman";
        case EnumSequence::upper_roman:
            return "upperroman";
        default:
            return "arabic";
    }
}

bool is_wide(char32_t code_point) {
    return code_point >= 0x1100 &&
           utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point)) == 2;
}

bool is_combining(char32_t code_point) {
    return code_point >= 0x300 &&
           utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point))->combining_class != 0;
}

std::size_t column_width(std::string_view text) {
    if (is_ascii(text))
        return text.size();
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const Decoded unit = decode_one(text, i);
        i += unit.length;
        width += is_wide(unit.code_point) ? 2 : 1;
        width -= is_combining(unit.code_point) ? 1 : 0;
    }
    return width;
}

std::size_t leading_space(std::string_view line, std::size_t limit, std::size_t& bytes) {
    std::size_t at = 0;
    std::size_t columns = 0;
    while (columns < limit && at < line.size()) {
        if (line[at] == ' ') {
            ++at;
        } else {
            const Decoded unit = decode_one(line, at);
            if (!unit.valid || !python::is_space(unit.code_point))
                break;
            at += unit.length;
        }
        ++columns;
    }
    bytes = at;
    return columns;
}

}  // namespace docathon::rst

#include "lint/parse/rst/directive_options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <limits>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/parse/rst/names.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

constexpr std::string_view kEncodings = " "
#include "lint/parse/rst/encodings.inc"
    ;

constexpr std::string_view kNeedsArgument = "argument required but none supplied";
constexpr std::string_view kIntOfNone =
    "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'";
constexpr std::string_view kMatchOfNone = "expected string or bytes-like object, got 'NoneType'";

constexpr std::array<std::string_view, 15> kUnits = {
    "em", "ex", "ch", "rem", "vw", "vh", "vmin", "vmax", "cm", "mm", "Q", "in", "pt", "pc", "px"};

/// codecs.lookup() knows it.
bool is_encoding(std::string_view name) {
    std::string normal = " ";
    for (const char c : name) {
        if (is_ascii_alnum(c))
            normal += ascii_lower(c);
        else if (normal.back() != '_' && normal.back() != ' ')
            normal += '_';
    }
    while (normal.back() == '_')
        normal.pop_back();
    normal += ' ';
    return normal.size() > 2 && kEncodings.find(normal) != std::string_view::npos;
}

std::string quoted_values(const std::vector<std::string_view>& values) {
    std::string out;
    for (std::size_t k = 0; k + 1 < values.size(); ++k) {
        out += k == 0 ? "\"" : ", \"";
        out += values[k];
        out += '"';
    }
    out += ", or \"";
    out += values.empty() ? std::string_view() : values.back();
    return out + '"';
}

/// nodes.parse_measure(): number and unit of `3.5em`; false if it is none.
bool parse_measure(std::string_view text, std::string& number, bool& negative, std::string& unit) {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t digits = at;
    while (at < text.size() && (is_ascii_digit(text[at]) || text[at] == '.'))
        ++at;
    if (at == digits)
        return false;
    const std::string value(text.substr(0, at));
    while (at < text.size() && text[at] == ' ')
        ++at;
    unit = text.substr(at);
    const bool percent = unit == "%";
    for (std::size_t k = 0; k < unit.size() && !percent;) {
        const Decoded c = decode_one(unit, k);
        if (!is_ascii_alpha(unit[k]) && c.code_point != 0xb5)
            return false;
        k += c.length;
    }
    const std::size_t dots = static_cast<std::size_t>(std::count(value.begin(), value.end(), '.'));
    if (dots > 1 || value.size() == digits + dots)
        return false;
    if (dots == 0) {
        // Python's int() has no limit; leading zeros and "-0" go.
        const std::size_t zeros = std::min(value.find_first_not_of('0', digits), value.size() - 1);
        number = value.substr(zeros);
        negative = digits == 1 && number != "0";
    } else {
        const double parsed = std::strtod(value.c_str(), nullptr);
        number = python::repr(parsed);
        negative = parsed < 0;
    }
    return true;
}

/// directives.get_measure().
bool get_measure(const std::string& text, bool percent, bool unitless, std::string& out,
                 std::string& error) {
    std::string number;
    std::string unit;
    bool negative = false;
    if (!parse_measure(text, number, negative, unit)) {
        error = "\"" + text + "\" is no valid measure.";
        return false;
    }
    const bool known = unit.empty() ? unitless
                       : unit == "%"
                           ? percent
                           : std::find(kUnits.begin(), kUnits.end(), unit) != kUnits.end();
    if (negative || !known) {
        error = "not a positive number or measure of one of the following units:\n";
        for (std::size_t k = 0; k < kUnits.size(); ++k) {
            error += k == 0 ? "" : ", ";
            error += kUnits[k];
        }
        error += percent ? ", %" : "";
        return false;
    }
    out = number + unit;
    return true;
}

bool length_or_percentage(const std::string& text, std::string_view default_unit, std::string& out,
                          std::string& error) {
    if (get_measure(text, true, false, out, error))
        return true;
    std::string number;
    std::string unit;
    bool negative = false;
    if (!parse_measure(text, number, negative, unit) || negative || !unit.empty())
        return false;  // with the error of the first try
    out = number + std::string(default_unit);
    return true;
}

bool integer(std::string_view text, std::int64_t least, std::string_view too_small,
             OptionValue& out, std::string& error) {
    const std::optional<std::int64_t> number = python::parse_int(text, error);
    if (!number)
        return false;
    if (*number < least) {
        error = too_small;
        return false;
    }
    out.numbers.push_back(*number);
    out.text = std::to_string(*number);
    return true;
}

bool positive_list(std::string_view text, OptionValue& out, std::string& error) {
    const std::vector<std::string_view> entries =
        text.find(',') != std::string_view::npos ? split(text, ',') : python::split(text);
    std::string written;
    for (const std::string_view entry : entries) {
        if (!integer(entry, 1, "negative or zero value; must be positive", out, error))
            return false;
        written += (written.empty() ? "" : ", ") + out.text;
    }
    out.text = "[" + written + "]";
    return true;
}

/// docutils.parsers.get_parser_class(). A dotted name may be any module, so it is believed.
bool is_parser(const std::string& name, std::string& error) {
    constexpr std::array<std::string_view, 15> kParsers = {"commonmark",   "commonmark_wrapper",
                                                           "docutils_xml", "markdown",
                                                           "myst",         "null",
                                                           "pycmark",      "recommonmark",
                                                           "rest",         "restructuredtext",
                                                           "restx",        "rst",
                                                           "rstx",         "rtxt",
                                                           "xml"};
    const std::string low = lowercase(name);
    if (name.empty() || low.find_first_of("._") != std::string::npos ||
        std::find(kParsers.begin(), kParsers.end(), low) != kParsers.end())
        return true;
    error = "Parser \"" + name + "\" not found. No module named " + python::repr(low);
    return false;
}

bool character(const std::string& value, OptionValue& out, std::string& error) {
    if (!unicode_code(value, out.text, error))
        return false;
    if (code_point_count(out.text) > 1) {
        error = python::repr(out.text) + " invalid; must be a single character or a Unicode code";
        return false;
    }
    return true;
}

bool fail(std::string& error, std::string_view text) {
    error = text;
    return false;
}

constexpr std::int64_t kAnyInteger = std::numeric_limits<std::int64_t>::min();

/// Options without a value.
bool convert_none(const OptionSpec& spec, OptionValue& out, std::string& error) {
    switch (spec.convert) {
        case Convert::flag:
        case Convert::integer_or_none:
        case Convert::choice_or_none:
        case Convert::parser:
            out.none = true;
            return true;
        case Convert::text:
        case Convert::any:
            return true;
        case Convert::required:
        case Convert::path:
        case Convert::uri:
        case Convert::classes:
            return fail(error, kNeedsArgument);
        case Convert::integer:
        case Convert::nonnegative:
        case Convert::positive:
        case Convert::percentage:
            return fail(error, kIntOfNone);
        case Convert::positive_list:
        case Convert::widths:
            return fail(error, "argument of type 'NoneType' is not iterable");
        case Convert::length:
        case Convert::length_or_percentage:
            return fail(error, kMatchOfNone);
        case Convert::encoding:
            return fail(error, "lookup() argument must be str, not None");
        case Convert::choice:
            return fail(error,
                        "must supply an argument; choose from " + quoted_values(spec.values));
        // docutils dies here with an AttributeError; the words are ours.
        case Convert::figure_width:
        case Convert::character:
        case Convert::character_or_space:
            return fail(error, kNeedsArgument);
    }
    return true;
}

}  // namespace

bool class_option(std::string_view value, std::vector<std::string>& classes, std::string& error) {
    for (const std::string_view word : python::split(value)) {
        std::string name = make_id(word);
        if (name.empty()) {
            error = "cannot make \"" + std::string(word) + "\" into a class name";
            return false;
        }
        classes.push_back(std::move(name));
    }
    return true;
}

std::string uri_option(std::string_view value) {
    // escape2null, split at escaped white space, unescape, drop what white space is left.
    std::string out;
    for (std::size_t at = 0; at < value.size();) {
        const Decoded unit = decode_one(value, at);
        const bool escape = value[at] == '\\' && at + 1 < value.size();
        if (escape) {
            const Decoded next = decode_one(value, at + 1);
            if (next.code_point == ' ' || next.code_point == '\n')
                out += ' ';
            else if (!python::is_space(next.code_point))
                out += value.substr(at + 1, next.length);
            at += 1u + next.length;
            continue;
        }
        if (value[at] != '\\' && !python::is_space(unit.code_point))
            out += value.substr(at, unit.length);
        at += unit.length;
    }
    return out;
}

bool unicode_code(std::string_view code, std::string& out, std::string& error) {
    constexpr std::int64_t kLast = 0x10ffff;
    std::int64_t number = 0;
    if (python::is_digit(code)) {
        const std::optional<std::int64_t> parsed = python::parse_int(code, error);
        if (!parsed)
            return false;
        number = *parsed;
    } else {
        std::string_view digits;
        const std::string low = ascii_lower(code);
        for (const std::string_view prefix : {"0x", "x", "\\x", "u+", "u", "\\u"}) {
            if (low.starts_with(prefix))
                digits = code.substr(prefix.size());
        }
        if (low.starts_with("u+"))
            digits = code.substr(2);
        // In Python `$` also matches before a line end, which no code has.
        if (low.starts_with("&#x") && low.ends_with(";"))
            digits = code.substr(3, code.size() - 4);
        const bool hex = !digits.empty() && std::all_of(digits.begin(), digits.end(),
                                                        [](char c) { return hex_digit(c) >= 0; });
        if (!hex) {
            out = code;
            return true;
        }
        for (const char c : digits)
            number = std::min<std::int64_t>(number * 16 + hex_digit(c), std::int64_t{1} << 40);
    }
    if (number > std::numeric_limits<std::int32_t>::max())
        return fail(error, "code too large (Python int too large to convert to C int)");
    if (number > kLast)
        return fail(error, "chr() arg not in range(0x110000)");
    out.clear();
    append_utf8(out, static_cast<char32_t>(number));
    return true;
}

bool convert_option(const OptionSpec& spec, const std::string* value, OptionValue& out,
                    std::string& error) {
    out = {};
    if (value == nullptr)
        return convert_none(spec, out, error);
    const std::string& text = *value;
    switch (spec.convert) {
        case Convert::flag:
            out.none = true;
            return python::strip(text).empty() ||
                   fail(error, "no argument is allowed; \"" + text + "\" supplied");
        case Convert::text:
        case Convert::any:
        case Convert::required:
            out.text = text;
            return true;
        case Convert::path:
            for (const std::string_view line : python::split_lines(text))
                out.text += python::strip(line);
            return true;
        case Convert::uri:
            out.text = uri_option(text);
            return true;
        case Convert::integer:
            return integer(text, kAnyInteger, {}, out, error);
        case Convert::integer_or_none:
            return integer(text, kAnyInteger, {}, out, error);
        case Convert::nonnegative:
            return integer(text, 0, "negative value; must be positive or zero", out, error);
        case Convert::positive:
            return integer(text, 1, "negative or zero value; must be positive", out, error);
        case Convert::percentage: {
            const std::size_t end = text.find_last_not_of(" %");
            return integer(text.substr(0, end == std::string::npos ? 0 : end + 1), 0,
                           "negative value; must be positive or zero", out, error);
        }
        case Convert::positive_list:
            return positive_list(text, out, error);
        case Convert::widths:
            if (std::find(spec.values.begin(), spec.values.end(), text) != spec.values.end()) {
                out.text = text;
                return true;
            }
            return positive_list(text, out, error);
        case Convert::length:
            return get_measure(text, false, true, out.text, error);
        case Convert::length_or_percentage:
            return length_or_percentage(text, "", out.text, error);
        case Convert::figure_width:
            if (lowercase(text) == "image") {
                out.text = "image";
                return true;
            }
            return length_or_percentage(text, "px", out.text, error);
        case Convert::classes:
            return class_option(text, out.classes, error);
        case Convert::encoding:
            out.text = text;
            return is_encoding(text) || fail(error, "unknown encoding: \"" + text + "\"");
        case Convert::character:
            return character(text, out, error);
        case Convert::character_or_space:
            if (text == "tab" || text == "space") {
                out.text = text == "tab" ? "\t" : " ";
                return true;
            }
            return character(text, out, error);
        case Convert::choice:
        case Convert::choice_or_none:
            out.text = python::strip(lowercase(text));
            return std::find(spec.values.begin(), spec.values.end(), out.text) !=
                       spec.values.end() ||
                   fail(error,
                        "\"" + text + "\" unknown; choose from " + quoted_values(spec.values));
        case Convert::parser:
            out.text = text;
            return is_parser(text, error);
    }
    return true;
}

}  // namespace docathon::rst

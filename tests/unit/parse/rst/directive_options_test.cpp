#include "lint/parse/rst/directive_options.h"

#include <gtest/gtest.h>
#include <string>

namespace docathon::rst {
namespace {

struct Converted {
    bool good = false;
    OptionValue value;
    std::string error;
};

Converted convert(Convert kind, const char* text, std::vector<std::string_view> values = {}) {
    OptionSpec spec;
    spec.convert = kind;
    spec.values = std::move(values);
    Converted out;
    const std::string value = text == nullptr ? "" : text;
    out.good = convert_option(spec, text == nullptr ? nullptr : &value, out.value, out.error);
    return out;
}

std::string text_of(Convert kind, const char* text) {
    const Converted out = convert(kind, text);
    return out.good ? out.value.text : "error: " + out.error;
}

TEST(DirectiveOptions, Flags) {
    EXPECT_TRUE(convert(Convert::flag, nullptr).value.none);
    EXPECT_TRUE(convert(Convert::flag, " ").good);
    EXPECT_EQ(text_of(Convert::flag, "x"), "error: no argument is allowed; \"x\" supplied");
}

TEST(DirectiveOptions, Numbers) {
    EXPECT_EQ(text_of(Convert::nonnegative, "0"), "0");
    EXPECT_EQ(text_of(Convert::nonnegative, "-3"),
              "error: negative value; must be positive or zero");
    EXPECT_EQ(text_of(Convert::positive, "0"), "error: negative or zero value; must be positive");
    EXPECT_EQ(text_of(Convert::positive, "x"),
              "error: invalid literal for int() with base 10: 'x'");
    EXPECT_EQ(text_of(Convert::integer, "-3"), "-3");
    EXPECT_EQ(text_of(Convert::nonnegative, nullptr),
              "error: int() argument must be a string, a bytes-like object or a real number, not "
              "'NoneType'");
    EXPECT_EQ(text_of(Convert::percentage, "3 %"), "3");
    EXPECT_TRUE(convert(Convert::integer_or_none, nullptr).value.none);
    EXPECT_EQ(convert(Convert::positive_list, "1, 2,3").value.numbers,
              (std::vector<std::int64_t>{1, 2, 3}));
    EXPECT_EQ(convert(Convert::widths, "1 2", {"auto"}).value.numbers.size(), 2u);
    EXPECT_EQ(convert(Convert::widths, "auto", {"auto"}).value.text, "auto");
    EXPECT_EQ(convert(Convert::widths, "grid", {"auto"}).error,
              "invalid literal for int() with base 10: 'grid'");
}

TEST(DirectiveOptions, Lengths) {
    EXPECT_EQ(text_of(Convert::length, "3.50 em"), "3.5em");
    EXPECT_EQ(text_of(Convert::length, "007"), "7");
    EXPECT_EQ(text_of(Convert::length, "50%"),
              "error: not a positive number or measure of one of the following units:\n"
              "em, ex, ch, rem, vw, vh, vmin, vmax, cm, mm, Q, in, pt, pc, px");
    EXPECT_EQ(text_of(Convert::length_or_percentage, "50 %"), "50%");
    EXPECT_EQ(text_of(Convert::length_or_percentage, "-1px"),
              "error: not a positive number or measure of one of the following units:\n"
              "em, ex, ch, rem, vw, vh, vmin, vmax, cm, mm, Q, in, pt, pc, px, %");
    EXPECT_EQ(text_of(Convert::length, "x"), "error: \"x\" is no valid measure.");
    EXPECT_EQ(text_of(Convert::length, "1.2.3"), "error: \"1.2.3\" is no valid measure.");
    EXPECT_EQ(text_of(Convert::figure_width, "Image"), "image");
    EXPECT_EQ(text_of(Convert::figure_width, "50"), "50px");
}

TEST(DirectiveOptions, Words) {
    EXPECT_EQ(convert(Convert::classes, "Big red").value.classes,
              (std::vector<std::string>{"big", "red"}));
    EXPECT_EQ(convert(Convert::classes, "99").error, "cannot make \"99\" into a class name");
    EXPECT_EQ(convert(Convert::choice, " LEFT ", {"left", "right"}).value.text, "left");
    EXPECT_EQ(convert(Convert::choice, "up", {"left", "center", "right"}).error,
              "\"up\" unknown; choose from \"left\", \"center\", or \"right\"");
    EXPECT_EQ(convert(Convert::choice, nullptr, {"left", "right"}).error,
              "must supply an argument; choose from \"left\", or \"right\"");
    EXPECT_EQ(text_of(Convert::required, nullptr), "error: argument required but none supplied");
    EXPECT_EQ(text_of(Convert::text, nullptr), "");
    EXPECT_EQ(text_of(Convert::path, "a\n  b"), "ab");
    EXPECT_EQ(text_of(Convert::uri, "a\n b\\ c"), "ab c");
    EXPECT_EQ(text_of(Convert::encoding, "UTF-8"), "UTF-8");
    EXPECT_EQ(text_of(Convert::encoding, "latin 1"), "latin 1");
    EXPECT_EQ(text_of(Convert::encoding, "utf-9"), "error: unknown encoding: \"utf-9\"");
}

TEST(DirectiveOptions, Parsers) {
    EXPECT_TRUE(convert(Convert::parser, nullptr).value.none);
    EXPECT_EQ(text_of(Convert::parser, "markdown"), "markdown");
    EXPECT_EQ(text_of(Convert::parser, "myst_parser.sphinx_"), "myst_parser.sphinx_");
    EXPECT_EQ(text_of(Convert::parser, "silly"),
              "error: Parser \"silly\" not found. No module named 'silly'");
}

TEST(DirectiveOptions, Characters) {
    EXPECT_EQ(text_of(Convert::character_or_space, "tab"), "\t");
    EXPECT_EQ(text_of(Convert::character, "0x41"), "A");
    EXPECT_EQ(text_of(Convert::character, "ab"),
              "error: 'ab' invalid; must be a single character or a Unicode code");
    std::string out;
    std::string error;
    for (const char* a : {"65", "x41", "\\x41", "U+41", "u41", "\\u41", "&#x41;"}) {
        EXPECT_TRUE(unicode_code(a, out, error));
        EXPECT_EQ(out, "A") << a;
    }
    EXPECT_TRUE(unicode_code("0x41;", out, error));
    EXPECT_EQ(out, "0x41;");
    EXPECT_FALSE(unicode_code("0x110000", out, error));
    EXPECT_EQ(error, "chr() arg not in range(0x110000)");
    EXPECT_FALSE(unicode_code("99999999999999999999", out, error));
    EXPECT_EQ(error, "code too large (Python int too large to convert to C int)");
}

}  // namespace
}  // namespace docathon::rst

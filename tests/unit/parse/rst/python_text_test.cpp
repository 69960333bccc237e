#include "lint/parse/rst/python_text.h"

#include <gtest/gtest.h>
#include <string>

namespace docathon::rst::python {
namespace {

using Words = std::vector<std::string_view>;

TEST(PythonText, WhiteSpaceIsThatOfUnicode) {
    EXPECT_EQ(strip(" \xc2\xa0 a b\xe3\x80\x80\n"), "a b");
    EXPECT_EQ(strip_right("a\x1c"), "a");
    EXPECT_EQ(strip_left("\xe2\x80\x8b"
                         "a"),
              "\xe2\x80\x8b"
              "a");  // U+200B is none
    EXPECT_EQ(split(" a\xc2\xa0"
                    "b  c "),
              (Words{"a", "b", "c"}));
    EXPECT_EQ(split("a b c ", 1), (Words{"a", "b c "}));
    EXPECT_EQ(split("  "), Words{});
}

TEST(PythonText, SplitsLinesAtAllLineEnds) {
    EXPECT_EQ(split_lines("a\r\nb\rc\n"), (Words{"a", "b", "c"}));
    EXPECT_EQ(split_lines("a\xc2\x85"
                          "b\xe2\x80\xa8"
                          "c\x1e"
                          "d"),
              (Words{"a", "b", "c", "d"}));
    EXPECT_EQ(split_lines("a\n\n"), (Words{"a", ""}));
}

TEST(PythonText, ReprQuotesAndEscapes) {
    EXPECT_EQ(repr("a"), "'a'");
    EXPECT_EQ(repr("it's"), "\"it's\"");
    EXPECT_EQ(repr("'\""), "'\\'\"'");
    EXPECT_EQ(repr("a\n\t\\\x01"), "'a\\n\\t\\\\\\x01'");
    EXPECT_EQ(repr("\xc3\xa4\xc2\xa0\xe2\x80\x8b"), "'\xc3\xa4\\xa0\\u200b'");
}

TEST(PythonText, ReprOfFloats) {
    EXPECT_EQ(repr(3.5), "3.5");
    EXPECT_EQ(repr(3.0), "3.0");
    EXPECT_EQ(repr(1e16), "1e+16");
    EXPECT_EQ(repr(1e15), "1000000000000000.0");
    EXPECT_EQ(repr(0.00001), "1e-05");
    EXPECT_EQ(repr(0.0001), "0.0001");
    EXPECT_EQ(repr(-0.5), "-0.5");
}

TEST(PythonText, IntegersAsPythonReadsThem) {
    std::string error;
    EXPECT_EQ(parse_int(" 12 ", error), 12);
    EXPECT_EQ(parse_int("-1_000", error), -1000);
    EXPECT_EQ(parse_int("\xd9\xa3", error), 3);  // ARABIC-INDIC DIGIT THREE
    for (const char* bad : {"", "-", "1__0", "_1", "1_", "0x1", "1.0"}) {
        EXPECT_FALSE(parse_int(bad, error)) << bad;
        EXPECT_EQ(error, std::string("invalid literal for int() with base 10: '") + bad + "'");
    }
    EXPECT_TRUE(parse_int(std::string(4300, '9'), error));
    EXPECT_FALSE(parse_int(std::string(4301, '9'), error));
    EXPECT_TRUE(error.starts_with("Exceeds the limit (4300 digits)")) << error;
}

TEST(PythonText, Digits) {
    EXPECT_TRUE(is_digit("12\xc2\xb2"));
    EXPECT_FALSE(is_digit("1a"));
    EXPECT_FALSE(is_digit(""));
}

}  // namespace
}  // namespace docathon::rst::python

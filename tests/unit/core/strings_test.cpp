#include "lint/core/strings.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace docathon {
namespace {

using Views = std::vector<std::string_view>;

TEST(Strings, Trims) {
    EXPECT_EQ(trim(" \t\r\n a b \f\v"), "a b");
    EXPECT_EQ(trim_left("  a "), "a ");
    EXPECT_EQ(trim_right("  a "), "  a");
    EXPECT_EQ(trim(" \n "), "");
}

TEST(Strings, SplitsLines) {
    EXPECT_EQ(split_lines(""), Views());
    EXPECT_EQ(split_lines("a"), (Views{"a"}));
    EXPECT_EQ(split_lines("a\n"), (Views{"a"}));
    EXPECT_EQ(split_lines("a\r\n\rb\n\nc"), (Views{"a", "", "b", "", "c"}));
}

TEST(Strings, SplitsAtASeparator) {
    EXPECT_EQ(split("", ','), (Views{""}));
    EXPECT_EQ(split(",a,,b", ','), (Views{"", "a", "", "b"}));
}

TEST(Strings, ChangesAsciiCaseOnly) {
    EXPECT_EQ(ascii_lower("AZ@[\xc3\x89"), "az@[\xc3\x89");
    EXPECT_EQ(ascii_upper("az`{\xc3\xa9"), "AZ`{\xc3\xa9");
    EXPECT_TRUE(ascii_iequals("ReadMe", "rEADmE"));
    EXPECT_FALSE(ascii_iequals("a", "ab"));
    EXPECT_FALSE(ascii_iequals("@", "`"));
}

TEST(Strings, DecodesPercentEscapesOnce) {
    EXPECT_EQ(percent_decode("a%20b%2Fc%2f"), "a b/c/");
    EXPECT_EQ(percent_decode("%2541"), "%41");
    EXPECT_EQ(percent_decode("100%"), "100%");
    EXPECT_EQ(percent_decode("%4"), "%4");
    EXPECT_EQ(percent_decode("%zz%4g"), "%zz%4g");
    EXPECT_EQ(percent_decode("%C3%A9"), "\xc3\xa9");
    EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
}

TEST(Strings, EncodesPathsAsRelativeReferences) {
    EXPECT_EQ(percent_encode_path("docs/a-b_c.~md"), "docs/a-b_c.~md");
    EXPECT_EQ(percent_encode_path("a b/#1?.md"), "a%20b/%231%3F.md");
    EXPECT_EQ(percent_encode_path("c:x/d:y"), "c%3Ax/d:y");  // "c:" would be a scheme
    EXPECT_EQ(percent_encode_path("100%"), "100%25");
    EXPECT_EQ(percent_encode_path("\xc3\xa9\xff\n"), "%C3%A9%FF%0A");
    for (int byte = 1; byte < 256; ++byte) {
        const std::string path = "x/" + std::string(1, static_cast<char>(byte));
        EXPECT_EQ(percent_decode(percent_encode_path(path)), path);
    }
}

TEST(Strings, MakesControlsVisible) {
    EXPECT_EQ(escape_control("plain \xc3\xa9 \xe4\xb8\xad"), "plain \xc3\xa9 \xe4\xb8\xad");
    EXPECT_EQ(escape_control("a\x1b[31mb"), "a\\x1b[31mb");
    EXPECT_EQ(escape_control("a\n::error::x\r\t"), "a\\x0a::error::x\\x0d\\x09");
    EXPECT_EQ(escape_control(std::string_view("\0\x7f", 2)), "\\x00\\x7f");
    EXPECT_EQ(escape_control("\xc2\x9b"
                             "31m"),
              "\\u{9b}31m");  // C1 control sequence
    EXPECT_EQ(escape_control("a\xe2\x80\xae"
                             "b"),
              "a\\u{202e}b");  // right-to-left override
    EXPECT_EQ(escape_control("\xe2\x81\xa6\xe2\x81\xa9"), "\\u{2066}\\u{2069}");  // isolates
    EXPECT_EQ(escape_control("\xe2\x80\xa8"), "\\u{2028}");                       // line separator
    EXPECT_EQ(escape_control("\xff\xc3"), "\\xff\\xc3");                          // not UTF-8
    EXPECT_EQ(escape_control("\xed\xa0\x80"), "\\xed\\xa0\\x80");                 // surrogate
}

}  // namespace
}  // namespace docathon

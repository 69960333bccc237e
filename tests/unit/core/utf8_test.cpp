#include "lint/core/utf8.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace docathon {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, DecodesOneUnitOfEachLength) {
    const std::string_view text = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"sv;
    EXPECT_EQ(decode_one(text, 0).code_point, U'a');
    EXPECT_EQ(decode_one(text, 1).code_point, U'\u00e9');
    EXPECT_EQ(decode_one(text, 1).length, 2);
    EXPECT_EQ(decode_one(text, 3).code_point, U'\u20ac');
    EXPECT_EQ(decode_one(text, 3).length, 3);
    EXPECT_EQ(decode_one(text, 6).code_point, U'\U0001f600');
    EXPECT_EQ(decode_one(text, 6).length, 4);
    EXPECT_TRUE(decode_one(text, 6).valid);
}

TEST(Utf8, TakesOneByteWhereNothingValidBegins) {
    // Overlong, surrogate, above U+10FFFF, cut off, lone tail, bytes that never occur.
    for (const std::string_view bad :
         {"\xc0\xaf"sv, "\xe0\x80\xaf"sv, "\xed\xa0\x80"sv, "\xf4\x90\x80\x80"sv,
          "\xf0\x80\x80\xaf"sv, "\xc3"sv, "\xe2\x82"sv, "\xf0\x9f\x98"sv, "\x80"sv, "\xff"sv,
          "\xf5\x80\x80\x80"sv, "\xc3("sv}) {
        const Decoded unit = decode_one(bad, 0);
        EXPECT_FALSE(unit.valid);
        EXPECT_EQ(unit.length, 1);
        EXPECT_EQ(unit.code_point, kReplacementCharacter);
        EXPECT_EQ(first_invalid(bad), 0u);
    }
}

TEST(Utf8, FindsTheFirstInvalidByteWhereverItIs) {
    const std::string ascii(100, 'x');
    EXPECT_EQ(first_invalid(ascii), std::string_view::npos);
    EXPECT_EQ(first_invalid(""), std::string_view::npos);
    for (std::size_t at = 0; at < 40; ++at) {
        std::string text = ascii;
        text[at] = '\xff';
        EXPECT_EQ(first_invalid(text), at);
        EXPECT_EQ(first_invalid(text, at + 1), std::string_view::npos);
        text = ascii.substr(0, at) + "\xe4\xb8\xad\xe6\x96\x87" + ascii + "\xe4\xb8";
        EXPECT_EQ(first_invalid(text), at + 6 + 100);
    }
}

TEST(Utf8, EncodesWhatItDecodesForEveryCodePoint) {
    for (char32_t c = 0; c <= 0x10ffff; ++c) {
        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        std::string text;
        append_utf8(text, c);
        const Decoded unit = decode_one(text, 0);
        ASSERT_TRUE(unit.valid) << std::hex << static_cast<unsigned>(c);
        ASSERT_EQ(unit.code_point, c);
        ASSERT_EQ(unit.length, text.size());
    }
}

TEST(Utf8, ReplacesWhatIsNoCodePoint) {
    std::string text;
    append_utf8(text, 0xd800);
    append_utf8(text, 0x110000);
    EXPECT_EQ(text, "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(Utf8, CountsCodePointsAndBadBytes) {
    EXPECT_EQ(code_point_count(""), 0u);
    EXPECT_EQ(code_point_count("abcdefghij"), 10u);
    EXPECT_EQ(code_point_count("abcdefghi\xc3\xa9\xf0\x9f\x98\x80 z"), 13u);
    EXPECT_EQ(code_point_count("\xff\xfe"
                               "a\xe2\x82"),
              5u);
}

TEST(Utf8, KnowsAscii) {
    EXPECT_TRUE(is_ascii(""));
    EXPECT_TRUE(is_ascii("0123456789\x7f"));
    EXPECT_FALSE(is_ascii("0123456789\x80"));
}

TEST(Utf8, MeasuresColumnsOfATerminal) {
    EXPECT_EQ(display_width("abc"), 3u);
    EXPECT_EQ(display_width("\xe4\xb8\xad\xe6\x96\x87"), 4u);  // two ideographs
    EXPECT_EQ(display_width("e\xcc\x81"), 1u);                 // e, combining acute
    EXPECT_EQ(display_width("\xf0\x9f\x98\x80"), 2u);          // emoji
    EXPECT_EQ(display_width("\x1b\t\x7f"), 0u);                // controls
    EXPECT_EQ(display_width("\xff"), 1u);                      // shown as U+FFFD
}

TEST(Utf8, FoldsCase) {
    EXPECT_EQ(casefold("ReadMe"), "readme");
    EXPECT_EQ(casefold("STRASSE"), casefold("stra\xc3\x9f"
                                            "e"));
    EXPECT_EQ(casefold("\xce\xa3\xcf\x82"), "\xcf\x83\xcf\x83");  // both sigmas
    EXPECT_EQ(casefold("\xff"
                       "A"),
              "\xff"
              "a");
}

TEST(Utf8, SeesTheByteOrderMark) {
    EXPECT_TRUE(
        has_bom("\xef\xbb\xbf"
                "a"));
    EXPECT_FALSE(has_bom("\xef\xbb"));
    EXPECT_FALSE(has_bom("a\xef\xbb\xbf"));
}

}  // namespace
}  // namespace docathon

#include "lint/parse/rst/inline_chars.h"

#include "lint/parse/rst/inline_uri.h"

#include <gtest/gtest.h>

namespace docathon::rst {
namespace {

TEST(InlineChars, Classes) {
    EXPECT_EQ(char_class("a", 0) & kWord, kWord);
    EXPECT_EQ(char_class("_", 0) & kWord, 0);
    EXPECT_NE(char_class("(", 0) & kBefore, 0);
    EXPECT_EQ(char_class("(", 0) & kBehind, 0);
    EXPECT_NE(char_class(")", 0) & kBehind, 0);
    EXPECT_NE(char_class("-", 0) & kBefore, 0);
    EXPECT_NE(char_class("-", 0) & kBehind, 0);
    EXPECT_NE(char_class(std::string_view("\0", 1), 0) & kBehind, 0);
    EXPECT_EQ(char_class("*", 0) & (kBefore | kBehind), 0);
    EXPECT_NE(wide_char_class(0xa0) & kSpace, 0);     // no-break space
    EXPECT_NE(wide_char_class(0x3001) & kBehind, 0);  // ideographic comma
    EXPECT_NE(wide_char_class(0x201c) & kBefore, 0);  // left double quote: opens and closes
    EXPECT_NE(wide_char_class(0x201c) & kBehind, 0);
    EXPECT_NE(wide_char_class(0x4e00) & kWord, 0);  // an ideograph
    EXPECT_EQ(wide_char_class(0x301), 0);           // a combining accent
}

TEST(InlineChars, QuotePairs) {
    EXPECT_TRUE(is_quote_pair('(', ')'));
    EXPECT_TRUE(is_quote_pair('"', '"'));
    EXPECT_FALSE(is_quote_pair('(', ']'));
    EXPECT_TRUE(is_quote_pair(0x201e, 0x201c));  // German
    EXPECT_TRUE(is_quote_pair(0xbb, 0xbb));      // Swedish
    EXPECT_FALSE(is_quote_pair(0x201e, 0x201e));
}

TEST(InlineChars, SimpleNames) {
    EXPECT_EQ(match_simple_name("a-b.c_d+e:f g", 0), 11u);
    EXPECT_EQ(match_simple_name("a--b", 0), 1u);
    EXPECT_EQ(match_simple_name("-a", 0), 0u);
    EXPECT_EQ(match_simple_name("a_", 0), 1u);
    EXPECT_EQ(match_simple_name("\xc3\xa9t\xc3\xa9 x", 0), 5u);
}

TEST(InlineChars, PreviousCharacter) {
    const std::string_view text = "a\xc3\xa9\xa9";
    EXPECT_EQ(previous_char(text, 0, 1), 0u);
    EXPECT_EQ(previous_char(text, 0, 3), 1u);
    EXPECT_EQ(previous_char(text, 0, 4), 3u);  // a byte that belongs to nothing
    EXPECT_EQ(previous_char(text, 2, 3), 2u);  // not before the begin
}

TEST(InlineUri, Schemes) {
    EXPECT_TRUE(is_known_scheme("HTTPS"));
    EXPECT_TRUE(is_known_scheme("mailto"));
    EXPECT_FALSE(is_known_scheme("foo"));
    EXPECT_FALSE(is_known_scheme("opaquelocktokens"));
}

std::string uri(std::string_view text) {
    UriMatch match;
    return find_uri(text, 0, match) ? std::string(text.substr(match.begin, match.end - match.begin))
                                    : "-";
}

TEST(InlineUri, Found) {
    EXPECT_EQ(uri("x http://a.org/."), "http://a.org/");
    EXPECT_EQ(uri("(http://a.org/b(c))"), "http://a.org/b(c");
    EXPECT_EQ(uri("<http://a.org/;>"), "http://a.org/;");
    EXPECT_EQ(uri("http://a?b#c!"), "http://a?b#c");
    EXPECT_EQ(uri("xhttp:"), "-");
    EXPECT_EQ(uri("a.b@c.d."), "a.b@c.d");
    EXPECT_EQ(uri("a..b@c.de"), "-");
    EXPECT_EQ(uri("a@b"), "-");
    EXPECT_EQ(uri("x: y"), "-");
    EXPECT_TRUE(begins_with_uri("http://x_"));
    EXPECT_FALSE(begins_with_uri("x y_"));
    EXPECT_TRUE(is_mail_address("a@b.org"));
    EXPECT_FALSE(is_mail_address("a@b.org x"));
    EXPECT_EQ(adjust_uri("a@b.org"), "mailto:a@b.org");
}

}  // namespace
}  // namespace docathon::rst

#include "lint/parse/html.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/entities.h"
#include "tests/unit/cpu_clock.h"

namespace docathon::html {
namespace {

std::string_view cut(std::string_view text, Range range) {
    return text.substr(range.begin, range.size());
}

std::string kind_name(const Token& token) {
    switch (token.kind) {
        case TokenKind::text:
            return "text";
        case TokenKind::start_tag:
            return "<" + token.name + (token.self_closing ? "/>" : ">");
        case TokenKind::end_tag:
            return "</" + token.name + ">";
        case TokenKind::comment:
            return "comment";
        case TokenKind::other:
            return "other";
    }
    return "";
}

/// `kind|bytes` of every token, with `!` before those that lack their end.
std::vector<std::string> tokens(std::string_view text) {
    std::vector<std::string> out;
    std::uint32_t end = 0;
    for (const Token& token : tokenize(text)) {
        EXPECT_EQ(token.range.begin, end) << "no byte is lost in " << text;
        end = token.range.end;
        out.push_back((token.unterminated ? "!" : "") + kind_name(token) + "|" +
                      std::string(cut(text, token.range)));
    }
    EXPECT_EQ(end, text.size());
    return out;
}

/// `name=value` of the attributes of the first tag.
std::vector<std::string> attributes(std::string_view text) {
    std::vector<std::string> out;
    for (const Token& token : tokenize(text)) {
        if (token.kind != TokenKind::start_tag)
            continue;
        for (const Attribute& attribute : token.attributes) {
            out.push_back(attribute.name + "=" + attribute.value);
        }
        break;
    }
    return out;
}

using Strings = std::vector<std::string>;

TEST(Html, TagsAndText) {
    EXPECT_EQ(tokens("a<B>c</b >d<br/>"),
              (Strings{"text|a", "<b>|<B>", "text|c", "</b>|</b >", "text|d", "<br/>|<br/>"}));
    EXPECT_EQ(tokens("1 < 2 <3 </ <"), (Strings{"text|1 < 2 <3 ", "!other|</ <"}));
    EXPECT_EQ(tokens("a </"), (Strings{"text|a </"}));
    EXPECT_EQ(tokens("a <"), (Strings{"text|a <"}));
    EXPECT_EQ(tokens(""), (Strings{}));
}

TEST(Html, Attributes) {
    EXPECT_EQ(attributes("<a href=\"x y\" ID='q' CHECKED title=z>"),
              (Strings{"href=x y", "id=q", "checked=", "title=z"}));
    EXPECT_EQ(attributes("<a\nhref\n=\n\"x\"\n>"), (Strings{"href=x"}));
    EXPECT_EQ(attributes("<a href=a/b/>"), (Strings{"href=a/b/"}));
    EXPECT_EQ(attributes("<a/b/c>"), (Strings{"b=", "c="}));
    EXPECT_EQ(attributes("<a =b>"), (Strings{"=b="}));
    EXPECT_EQ(attributes("<a x=1 X=2>"), (Strings{"x=1"})) << "the first of one name counts";
    EXPECT_EQ(attributes("<a x=\"1\"y='2'>"), (Strings{"x=1", "y=2"}));
    EXPECT_EQ(attributes("<a x=>"), (Strings{"x="}));
}

TEST(Html, AttributeRangesAreExact) {
    const std::string_view text = "ab <img  src = \"a&amp;b.png\" alt=plain empty=''>";
    const auto all = tokenize(text);
    ASSERT_EQ(all.size(), 2u);
    ASSERT_EQ(all[1].attributes.size(), 3u);
    const Attribute& source = all[1].attributes[0];
    EXPECT_EQ(cut(text, source.name_range), "src");
    EXPECT_EQ(cut(text, source.value_range), "a&amp;b.png");
    EXPECT_EQ(source.value, "a&b.png");
    EXPECT_EQ(cut(text, all[1].attributes[1].value_range), "plain");
    EXPECT_TRUE(all[1].attributes[2].value_range.empty());
}

TEST(Html, Unterminated) {
    EXPECT_EQ(tokens("a <b c=d"), (Strings{"text|a ", "!<b>|<b c=d"}));
    EXPECT_EQ(tokens("<a x=\"1>2"), (Strings{"!<a>|<a x=\"1>2"}));
    EXPECT_EQ(tokens("<!-- a"), (Strings{"!comment|<!-- a"}));
    EXPECT_EQ(tokens("<a href='x' <b>"), (Strings{"<a>|<a href='x' <b>"}));
}

TEST(Html, Comments) {
    EXPECT_EQ(tokens("<!-- a -- b -->c"), (Strings{"comment|<!-- a -- b -->", "text|c"}));
    EXPECT_EQ(tokens("<!-->a"), (Strings{"comment|<!-->", "text|a"}));
    EXPECT_EQ(tokens("<!--->a"), (Strings{"comment|<!--->", "text|a"}));
    EXPECT_EQ(tokens("<!---->a"), (Strings{"comment|<!---->", "text|a"}));
    EXPECT_EQ(tokens("<!-- a --!>b"), (Strings{"comment|<!-- a --!>", "text|b"}));
    EXPECT_EQ(tokens("<!-- <a> -->"), (Strings{"comment|<!-- <a> -->"}));
}

TEST(Html, DeclarationsInstructionsCdata) {
    EXPECT_EQ(tokens("<!DOCTYPE html>a"), (Strings{"other|<!DOCTYPE html>", "text|a"}));
    EXPECT_EQ(tokens("<?php a ?>b"), (Strings{"other|<?php a ?>", "text|b"}));
    EXPECT_EQ(tokens("<![CDATA[ <a> ]]>b"), (Strings{"other|<![CDATA[ <a> ]]>", "text|b"}));
    EXPECT_EQ(tokens("</ a>b"), (Strings{"other|</ a>", "text|b"}));
}

TEST(Html, RawTextElements) {
    EXPECT_EQ(
        tokens("<script>if (a<b) '</s>'</SCRIPT >c"),
        (Strings{"<script>|<script>", "text|if (a<b) '</s>'", "</script>|</SCRIPT >", "text|c"}));
    EXPECT_EQ(tokens("<style>a<b></stylex></style>"),
              (Strings{"<style>|<style>", "text|a<b></stylex>", "</style>|</style>"}));
    EXPECT_EQ(tokens("<title>a <b>"), (Strings{"<title>|<title>", "text|a <b>"}));
    EXPECT_EQ(tokens("<textarea><a></textarea>"),
              (Strings{"<textarea>|<textarea>", "text|<a>", "</textarea>|</textarea>"}));
}

TEST(Html, DecodesReferences) {
    EXPECT_EQ(decode_entities("a &lt; b &amp;amp; &copy;"), "a < b &amp; \u00a9");
    EXPECT_EQ(decode_entities("&#65;&#x42;&#X43"), "ABC");
    EXPECT_EQ(decode_entities("&#0;&#xd800;&#x110000;&#99999999999;"), "\ufffd\ufffd\ufffd\ufffd");
    EXPECT_EQ(decode_entities("&#x80;"), "\u20ac") << "windows-1252";
    EXPECT_EQ(decode_entities("&notit; &notin;"), "\u00acit; \u2209");
    EXPECT_EQ(decode_entities("&nosuch; &; & &#; &#x;"), "&nosuch; &; & &#; &#x;");
    EXPECT_EQ(decode_entities("&NotEqualTilde;"), "\u2242\u0338");
    // A query string: no reference without its semicolon before '=' or a letter (13.2.5.73).
    EXPECT_EQ(decode_entities("?a=1&copy=2&copy", true), "?a=1&copy=2\u00a9");
    EXPECT_EQ(decode_entities("?a=1&copy=2", false), "?a=1\u00a9=2");
}

TEST(Html, TableOfNamesIsSorted) {
    EXPECT_EQ(entities::find("AElig"), "\u00c6");
    EXPECT_EQ(entities::find("zwnj;"), "\u200c");
    EXPECT_EQ(entities::find("amp;"), "&");
    EXPECT_EQ(entities::find("amp"), "&");
    EXPECT_EQ(entities::find("CounterClockwiseContourIntegral;"), "\u2233");
    EXPECT_EQ(entities::find("Amp;"), "");
    EXPECT_EQ(entities::find(""), "");
}

TEST(Html, HostileInputIsLinear) {
    const auto start = ::docathon::CpuClock::now();
    for (const std::string_view unit :
         {"<", "<a ", "<!--", "<a x=\"", "<a x='", "</", "<!", "<?", "<script>", "<script></", "&",
          "&#", "&a", "<![CDATA[", "<a b", "--", "<a/"}) {
        std::string text;
        while (text.size() < 300000)
            text += unit;
        std::uint32_t end = 0;
        for (const Token& token : tokenize(text)) {
            ASSERT_EQ(token.range.begin, end);
            end = token.range.end;
        }
        EXPECT_EQ(end, text.size());
        EXPECT_LE(decode_entities(text).size(), 3 * text.size());
    }
    // One second a piece would be hours if any of these were quadratic.
    EXPECT_LT(::docathon::CpuClock::now() - start, std::chrono::seconds(20));
}

}  // namespace
}  // namespace docathon::html

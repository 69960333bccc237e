// Suppression comments: what they say, and what they cover in Markdown.

#include "lint/parse/suppression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/parse/markdown_testing.h"

namespace docathon {
namespace {

using ::docathon::testing::parse;
using ::docathon::testing::parse_myst;
using ::docathon::testing::Parsed;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(SuppressionText, WellFormed) {
    const auto one =
        parse_suppression(" docathon-lint: ignore[links/missing-target, MD057] moved soon ");
    ASSERT_TRUE(one);
    EXPECT_EQ(one->kind, SuppressionKind::ignore);
    EXPECT_THAT(one->ids, ElementsAre("links/missing-target", "MD057"));
    EXPECT_EQ(one->reason, "moved soon");
    EXPECT_EQ(one->error, "");
    EXPECT_EQ(parse_suppression("docathon-lint: disable[style/*]")->kind, SuppressionKind::disable);
    EXPECT_EQ(parse_suppression("docathon-lint:enable [style/*]")->kind, SuppressionKind::enable);
    EXPECT_EQ(parse_suppression("docathon-lint: ignore-file[a]\n")->kind,
              SuppressionKind::ignore_file);
}

TEST(SuppressionText, OtherComments) {
    for (const std::string_view text :
         {"", "a comment", "docathon-lint is a linter", "docathon-linter: ignore[x]",
          "markdownlint-disable", "docathon-lint ignore it"}) {
        EXPECT_FALSE(parse_suppression(text)) << text;
    }
}

TEST(SuppressionText, Mistakes) {
    EXPECT_THAT(parse_suppression("docathon-lint: ignore")->error, HasSubstr("no rule ids"));
    EXPECT_THAT(parse_suppression("docathon-lint: ignore[]")->error, HasSubstr("no rule ids"));
    EXPECT_THAT(parse_suppression("docathon-lint: ignore[ , ] x")->error, HasSubstr("no rule ids"));
    EXPECT_THAT(parse_suppression("docathon-lint: ignore why")->error, HasSubstr("no rule ids"));
    EXPECT_THAT(parse_suppression("docathon-lint: ignore[a")->error, HasSubstr("no ']'"));
    EXPECT_THAT(parse_suppression("docathon-lint: silence[a]")->error, HasSubstr("'silence'"));
    EXPECT_THAT(parse_suppression("docathon-lint ignore[a]")->error, HasSubstr("no ':'"));
}

/// What the only suppression of a text covers.
std::string scope(const Parsed& parsed) {
    if (parsed.facts().suppressions.size() != 1)
        return "(not one)";
    return parsed.slice(parsed.facts().suppressions[0].scope);
}

TEST(SuppressionScope, OwnLineMeansTheNextBlock) {
    EXPECT_EQ(scope(parse("<!-- docathon-lint: ignore[x] -->\na\nb\n\nc\n")), "\na\nb");
    EXPECT_EQ(scope(parse("a\n\n<!-- docathon-lint: ignore[x] -->\n\n- b\n\n  c\n- d\n\ne\n")),
              "\n\n- b\n\n  c\n- d");
    EXPECT_EQ(scope(parse("<!-- docathon-lint: ignore[x] -->\n| a |\n|---|\n| b |\n\nc\n")),
              "\n| a |\n|---|\n| b |");
    EXPECT_EQ(scope(parse_myst("% docathon-lint: ignore[x]\n(t)=\n# a\n\nb\n")), "\n(t)=\n# a");
    EXPECT_EQ(scope(parse_myst("% docathon-lint: ignore[x]\n:::{note}\na\n\nb\n:::\nc\n")),
              "\n:::{note}\na\n\nb\n:::");
}

TEST(SuppressionScope, StackedCommentsMeanTheSameBlock) {
    const Parsed parsed =
        parse("<!-- docathon-lint: ignore[x] -->\n<!-- docathon-lint: ignore[y] -->\na\n\nb\n");
    ASSERT_EQ(parsed.facts().suppressions.size(), 2U);
    EXPECT_EQ(parsed.slice(parsed.facts().suppressions[0].scope),
              "\n<!-- docathon-lint: ignore[y] -->\na");
    EXPECT_EQ(parsed.slice(parsed.facts().suppressions[1].scope), "\na");
    EXPECT_EQ(parsed.slice(parsed.facts().suppressions[1].range),
              "<!-- docathon-lint: ignore[y] -->");
}

TEST(SuppressionScope, InsideAnItemTheNextBlockOfIt) {
    EXPECT_EQ(scope(parse("- a\n\n  <!-- docathon-lint: ignore[x] -->\n\n  b\n\n  c\n- d\n")),
              "\n\n  b");
    // Nothing follows in the item, so nothing is covered.
    EXPECT_EQ(scope(parse("- a\n\n  <!-- docathon-lint: ignore[x] -->\n\nb\n")), "");
}

TEST(SuppressionScope, EndOfLineMeansThatLine) {
    EXPECT_EQ(scope(parse("a\nb [c](d) <!-- docathon-lint: ignore[x] -->\ne\n")),
              "b [c](d) <!-- docathon-lint: ignore[x] -->");
    EXPECT_EQ(scope(parse("# b <!-- docathon-lint: ignore[x] -->\n")),
              "# b <!-- docathon-lint: ignore[x] -->");
    EXPECT_EQ(scope(parse("| a |\n|---|\n| b <!-- docathon-lint: ignore[x] --> |\n| c |\n")),
              "| b <!-- docathon-lint: ignore[x] --> |");
    // Before other text of its line, too.
    EXPECT_EQ(scope(parse("<!-- docathon-lint: ignore[x] --> <a href=\"b\">\n\nc\n")),
              "<!-- docathon-lint: ignore[x] --> <a href=\"b\">");
}

TEST(SuppressionScope, InsideAnHtmlBlockWhatFollowsInIt) {
    EXPECT_EQ(
        scope(parse("<div>\n<!-- docathon-lint: ignore[x] -->\n<img src=\"a\">\n</div>\n\nb\n")),
        "\n<img src=\"a\">\n</div>");
    EXPECT_EQ(scope(parse("<div>\n<!-- docathon-lint: ignore[x] -->\n\nb\n\nc\n")), "\n\nb");
    EXPECT_EQ(scope(parse("<img src=\"a\"> <!-- docathon-lint: ignore[x] -->\n\nb\n")),
              "<img src=\"a\"> <!-- docathon-lint: ignore[x] -->");
}

TEST(SuppressionScope, FromTheCommentOn) {
    EXPECT_EQ(scope(parse("a\n\n<!-- docathon-lint: disable[x] -->\n\nb\n")),
              "<!-- docathon-lint: disable[x] -->\n\nb\n");
    EXPECT_EQ(scope(parse("<!-- docathon-lint: ignore-file[x] -->\nb\n")),
              "<!-- docathon-lint: ignore-file[x] -->\nb\n");
}

TEST(SuppressionScope, PercentCommentsAreMystOnly) {
    EXPECT_TRUE(parse("% docathon-lint: ignore[x]\na\n").facts().suppressions.empty());
    EXPECT_TRUE(
        parse("```\n<!-- docathon-lint: ignore[x] -->\n```\n").facts().suppressions.empty());
}

}  // namespace
}  // namespace docathon

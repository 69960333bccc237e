#include "lint/web/anchor_scan.h"

#include <gtest/gtest.h>

namespace docathon {
namespace {

bool has(std::string_view html, const std::string& fragment) {
    AnchorScanner whole({fragment});
    whole.feed(html);
    // Cut anywhere, it must be the same.
    AnchorScanner pieces({fragment});
    for (const char& c : html)
        pieces.feed({&c, 1});
    EXPECT_EQ(whole.found(0), pieces.found(0)) << html;
    return whole.found(0);
}

TEST(AnchorScanner, FindsIdsAndNames) {
    EXPECT_TRUE(has("<p id=\"a\">", "a"));
    EXPECT_TRUE(has("<p class=x id='a'>", "a"));
    EXPECT_TRUE(has("<p id=a>", "a"));
    EXPECT_TRUE(has("<P ID = a class>", "a"));
    EXPECT_TRUE(has("<a name=\"a\">", "a"));
    EXPECT_TRUE(has("<br/><p data-x=\">\" id=a/b>", "a/b"));
    EXPECT_TRUE(has("<p id=\"\xc3\xa4\">", "%C3%A4"));
    EXPECT_TRUE(has("<p id=\"%C3%A4\">", "%C3%A4"));
    EXPECT_TRUE(has("<p id=\"user-content-a\">", "a"));
    EXPECT_TRUE(has("<p hidden id=a>", "a"));
    EXPECT_FALSE(has("<p id=\"A\">", "a"));
    EXPECT_FALSE(has("<p id=\"ab\">", "a"));
    EXPECT_FALSE(has("<p data-id=\"a\">", "a"));
    EXPECT_FALSE(has("<meta name=\"a\">", "a"));
    EXPECT_FALSE(has("text id=\"a\" text", "a"));
}

TEST(AnchorScanner, CommentsScriptsAndStylesHoldNoTags) {
    EXPECT_FALSE(has("<!-- <p id=a> -->", "a"));
    EXPECT_FALSE(has("<script>\"<p id=a>\"</script>", "a"));
    EXPECT_FALSE(has("<style><p id=a></style>", "a"));
    EXPECT_TRUE(has("<!-- x --><p id=a>", "a"));
    EXPECT_TRUE(has("<!----><p id=a>", "a"));
    EXPECT_TRUE(has("<script>1 < 2 </scr</script ><p id=a>", "a"));
    EXPECT_TRUE(has("<!DOCTYPE html><p id=a>", "a"));
    EXPECT_TRUE(has("</p><p id=a>", "a"));
    EXPECT_TRUE(has("a < b <p id=a>", "a"));
}

TEST(AnchorScanner, StopsWhenAllAreFound) {
    AnchorScanner scanner({"a", "b"});
    EXPECT_FALSE(scanner.feed("<p id=a>"));
    EXPECT_TRUE(scanner.feed("<p id=b>"));
    EXPECT_TRUE(scanner.all_found());
}

TEST(AnchorScanner, KnowsWhichScriptsMakeNoAnchors) {
    const auto may_make = [](std::string_view html) {
        AnchorScanner scanner({"a"});
        scanner.feed(html);
        return scanner.may_make_anchors();
    };
    EXPECT_FALSE(may_make("<p>"));
    EXPECT_TRUE(may_make("<script>x</script>"));
    EXPECT_FALSE(may_make("<meta name=generator content='Docutils 0.19'><script>x</script>"));
    EXPECT_FALSE(may_make("<script src=\"_static/documentation_options.js\"></script>"));
}

TEST(AnchorScanner, TakesLinearTimeOnHostilePages) {
    std::vector<std::string> fragments;
    for (int i = 0; i < 2000; ++i)
        fragments.push_back("wanted-" + std::to_string(i));
    AnchorScanner scanner(fragments);
    for (const char* piece : {"<p id=", "<!--", "<", "<script><", "<p id=x>", "</script", "\"'"}) {
        std::string text;
        while (text.size() < 1u << 20)
            text += piece;
        scanner.feed(text);
    }
    EXPECT_FALSE(scanner.all_found());
}

}  // namespace
}  // namespace docathon

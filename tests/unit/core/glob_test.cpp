#include "lint/core/glob.h"
#include "tests/unit/cpu_clock.h"

#include <chrono>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace docathon {
namespace {

bool matches(std::string_view pattern, std::string_view path) {
    const Result<Glob> glob = Glob::compile(pattern);
    EXPECT_TRUE(glob.has_value()) << (glob ? "" : glob.error().message);
    return glob && glob->match(path);
}

std::string error_of(std::string_view pattern) {
    const Result<Glob> glob = Glob::compile(pattern);
    return glob ? "no error" : glob.error().message;
}

TEST(Glob, StarsStayWithinAComponent) {
    EXPECT_TRUE(matches("*.md", "a.md"));
    EXPECT_TRUE(matches("*.md", ".md"));
    EXPECT_FALSE(matches("*.md", "docs/a.md"));
    EXPECT_TRUE(matches("docs/*/x", "docs/a/x"));
    EXPECT_FALSE(matches("docs/*/x", "docs/a/b/x"));
    EXPECT_TRUE(matches("?.md", "a.md"));
    EXPECT_TRUE(matches("?.md", "\xc3\xa9.md"));  // a character, not a byte
    EXPECT_FALSE(matches("?", "/"));
    EXPECT_FALSE(matches("a", "ab"));
    EXPECT_FALSE(matches("ab", "a"));
}

TEST(Glob, DoubleStarsCrossComponents) {
    EXPECT_TRUE(matches("**/a", "a"));
    EXPECT_TRUE(matches("**/a", "x/y/a"));
    EXPECT_FALSE(matches("**/a", "xa"));
    EXPECT_TRUE(matches("a/**", "a/b/c"));
    EXPECT_FALSE(matches("a/**", "a"));
    EXPECT_FALSE(matches("a/**", "ab"));
    EXPECT_TRUE(matches("a/**/b", "a/b"));
    EXPECT_TRUE(matches("a/**/b", "a/x/y/b"));
    EXPECT_FALSE(matches("a/**/b", "a/xb"));
    EXPECT_TRUE(matches("**", "a/b"));
    EXPECT_TRUE(matches("**/*.md", "x/y.md"));
    EXPECT_TRUE(matches("a**b", "axxb"));
    EXPECT_FALSE(matches("a**b", "a/b"));  // not a whole component: as `*`
}

TEST(Glob, SetsAndBracesAndEscapes) {
    EXPECT_TRUE(matches("[a-c]x", "bx"));
    EXPECT_FALSE(matches("[!a-c]x", "bx"));
    EXPECT_TRUE(matches("[^a-c]x", "dx"));
    EXPECT_TRUE(matches("[]]", "]"));
    EXPECT_TRUE(matches("[!]]", "a"));
    EXPECT_TRUE(matches("[a-]", "-"));
    EXPECT_TRUE(matches("[\\]]", "]"));
    EXPECT_FALSE(matches("a[!b]c", "a/c"));
    EXPECT_TRUE(matches("[\xc3\xa0-\xc3\xaf]", "\xc3\xa9"));
    EXPECT_TRUE(matches("*.{md,rst}", "a.rst"));
    EXPECT_FALSE(matches("*.{md,rst}", "a.txt"));
    EXPECT_TRUE(matches("{a,b{c,d}}/e", "bd/e"));
    EXPECT_TRUE(matches("a{,b}", "a"));
    EXPECT_TRUE(matches("{**/x,y}", "a/b/x"));
    EXPECT_TRUE(matches("docs/{a,**}", "docs/q/r"));
    EXPECT_TRUE(matches("a,b}", "a,b}"));
    EXPECT_TRUE(matches("\\*\\{", "*{"));
    EXPECT_FALSE(matches("\\*", "a"));
}

TEST(Glob, DecorationsMeanNothing) {
    EXPECT_TRUE(matches("./docs/", "docs"));
    EXPECT_TRUE(matches("/docs", "docs"));
}

TEST(Glob, MatchesFoldersAbove) {
    const Result<Glob> glob = Glob::compile("docs/*/old");
    ASSERT_TRUE(glob.has_value());
    EXPECT_TRUE(glob->match_or_parent("docs/a/old/b/c.md"));
    EXPECT_TRUE(glob->match_or_parent("docs/a/old"));
    EXPECT_FALSE(glob->match_or_parent("docs/a/older/b.md"));
    EXPECT_EQ(glob->pattern(), "docs/*/old");
}

TEST(Glob, ErrorsNameThePattern) {
    EXPECT_EQ(error_of("a[b"), "glob \"a[b\": has a '[' without ']'");
    EXPECT_EQ(error_of("{a,b"), "glob \"{a,b\": has a '{' without '}'");
    EXPECT_EQ(error_of("a\\"), "glob \"a\\\": ends in '\\'");
    EXPECT_EQ(error_of("[z-a]"), "glob \"[z-a]\": has a range in the wrong order");
    EXPECT_EQ(error_of(""), "glob \"\": is empty");
    EXPECT_EQ(error_of("./"), "glob \"./\": is empty");
    EXPECT_NE(error_of("!a").find("does not negate"), std::string::npos);
    EXPECT_NE(error_of(std::string(5000, 'a')).find("longer than"), std::string::npos);
}

TEST(Glob, BytesThatAreNotUtf8MatchThemselves) {
    EXPECT_TRUE(matches("a\xff*",
                        "a\xff"
                        "b"));
    EXPECT_FALSE(matches("a\xff", "a\xfe"));
    EXPECT_TRUE(matches("a?", "a\xff"));
}

TEST(Glob, NoPatternTakesLong) {
    std::string stars;
    std::string folders;
    std::string braces;
    for (int i = 0; i < 200; ++i) {
        stars += "*a";
        folders += "**/";
        braces += "{a,a}";
    }
    const std::string text(4000, 'a');
    const auto begin = ::docathon::CpuClock::now();
    EXPECT_FALSE(matches(stars + "b", text));
    EXPECT_FALSE(matches(folders + "b", text));
    EXPECT_FALSE(matches(braces + "b", text));
    EXPECT_TRUE(matches(stars + "*", text));
    std::string nested(1500, '{');
    nested += "a" + std::string(1500, '}');
    EXPECT_TRUE(matches(nested, "a"));
    GitIgnore ignore(stars + "b\n" + folders + "b\n");
    EXPECT_EQ(ignore.match(text, false), IgnoreVerdict::none);
    EXPECT_FALSE(SphinxGlob(stars + "**b").match(text));
    const std::chrono::duration<double> took = ::docathon::CpuClock::now() - begin;
    EXPECT_LT(took.count(), 2.0);
}

// --- .gitignore: the rules of gitignore(5). Random trees against git itself are in
// tests/unit/io/discover_git_test.cpp.

IgnoreVerdict verdict(std::string_view lines, std::string_view path, bool folder = false) {
    return GitIgnore(lines).match(path, folder);
}

constexpr IgnoreVerdict kNone = IgnoreVerdict::none;
constexpr IgnoreVerdict kIgnored = IgnoreVerdict::ignored;
constexpr IgnoreVerdict kIncluded = IgnoreVerdict::included;

TEST(GitIgnore, ANameWithoutSlashMatchesAtEveryDepth) {
    EXPECT_EQ(verdict("*.o\n", "a/b/c.o"), kIgnored);
    EXPECT_EQ(verdict("build", "x/build"), kIgnored);
    EXPECT_EQ(verdict("build", "x/builder"), kNone);
    EXPECT_EQ(verdict("b?d", "x/bad"), kIgnored);
}

TEST(GitIgnore, ASlashAnchors) {
    EXPECT_EQ(verdict("/build", "build"), kIgnored);
    EXPECT_EQ(verdict("/build", "x/build"), kNone);
    EXPECT_EQ(verdict("a/b", "a/b"), kIgnored);
    EXPECT_EQ(verdict("a/b", "x/a/b"), kNone);
    EXPECT_EQ(verdict("a/*", "a/b/c"), kNone);
}

TEST(GitIgnore, ATrailingSlashMeansFolders) {
    EXPECT_EQ(verdict("build/", "build", true), kIgnored);
    EXPECT_EQ(verdict("build/", "build", false), kNone);
    EXPECT_EQ(verdict("build/", "x/build", true), kIgnored);
}

TEST(GitIgnore, TheLastMatchDecides) {
    EXPECT_EQ(verdict("*.md\n!keep.md\n", "keep.md"), kIncluded);
    EXPECT_EQ(verdict("!keep.md\n*.md\n", "keep.md"), kIgnored);
    EXPECT_EQ(verdict("", "a"), kNone);
}

TEST(GitIgnore, DoubleStars) {
    EXPECT_EQ(verdict("**/foo", "foo"), kIgnored);
    EXPECT_EQ(verdict("**/foo", "a/b/foo"), kIgnored);
    EXPECT_EQ(verdict("**/foo/bar", "a/foo/bar"), kIgnored);
    EXPECT_EQ(verdict("abc/**", "abc/x/y"), kIgnored);
    EXPECT_EQ(verdict("abc/**", "abc", true), kNone);
    EXPECT_EQ(verdict("a/**/b", "a/b"), kIgnored);
    EXPECT_EQ(verdict("a/**/b", "a/x/y/b"), kIgnored);
    EXPECT_EQ(verdict("a/x**y/b", "a/x/y/b"), kNone);
}

TEST(GitIgnore, EscapesCommentsAndSpaces) {
    EXPECT_EQ(verdict("#a\n", "#a"), kNone);
    EXPECT_EQ(verdict("\\#a\n", "#a"), kIgnored);
    EXPECT_EQ(verdict("\\!a\n", "!a"), kIgnored);
    EXPECT_EQ(verdict("a  \n", "a"), kIgnored);
    EXPECT_EQ(verdict("a\\ \n", "a "), kIgnored);
    EXPECT_EQ(verdict("a\\  \n", "a "), kIgnored);
    EXPECT_EQ(verdict("a\t\n", "a"), kNone);  // a tab is no space
    EXPECT_EQ(verdict("a\r\n", "a"), kIgnored);
    EXPECT_EQ(verdict("a\\*\n", "a*"), kIgnored);
    EXPECT_EQ(verdict("a\\*\n", "ab"), kNone);
    EXPECT_EQ(verdict("a\\\n", "a\\"), kNone);  // git: an invalid pattern matches nothing
    EXPECT_EQ(verdict("\xef\xbb\xbf"
                      "a\n",
                      "a"),
              kIgnored);
    EXPECT_EQ(verdict("/\n!\n \n", "a"), kNone);
}

TEST(GitIgnore, Sets) {
    EXPECT_EQ(verdict("[a-c]", "b"), kIgnored);
    EXPECT_EQ(verdict("[!a-c]", "b"), kNone);
    EXPECT_EQ(verdict("[^a-c]", "d"), kIgnored);
    EXPECT_EQ(verdict("[]-]", "-"), kIgnored);
    EXPECT_EQ(verdict("[[:digit:][:upper:]]x", "7x"), kIgnored);
    EXPECT_EQ(verdict("[[:digit:]]", "d"), kNone);
    EXPECT_EQ(verdict("[[:nope:]d]", "d"), kNone);
    EXPECT_EQ(verdict("[abc", "[abc"), kNone);
    EXPECT_EQ(verdict("x/[!y]z", "x//z"), kNone);
    EXPECT_EQ(verdict("[\\]]", "]"), kIgnored);
    EXPECT_EQ(verdict("[a\\-c]", "b"), kNone);
    EXPECT_EQ(verdict("[\xc3]", "\xc3\xa9"), kNone);  // bytes, not characters
    EXPECT_EQ(verdict("??", "\xc3\xa9"), kIgnored);
}

// --- Sphinx: each row is what sphinx.util.matching.patmatch (9.0) says.

TEST(SphinxGlob, AgreesWithSphinx) {
    struct Row {
        const char* pattern;
        const char* path;
        bool matches;
    };
    constexpr Row kRows[] = {
        {"*.md", "a.md", true},  {"*.md", "x/a.md", false},  {"**.md", "x/a.md", true},
        {"**/a", "a", false},  // Sphinx has no "zero folders" here
        {"**/a", "x/y/a", true}, {"_build", "_build", true}, {"_build", "_build/x", false},
        {"a?c", "a/c", false},   {"a?c", "abc", true},       {"[ab]c", "bc", true},
        {"[!ab]c", "bc", false}, {"[!ab]c", "xc", true},     {"a[!b]c", "a/c", false},
        {"a[/]c", "a/c", true},  {"[^a]", "^", true},        {"[^a]", "b", false},
        {"[a", "[a", true},      {"[]a]", "]", true},        {"[!]a]", "xa]", true},
        {"a\\b", "a\\b", true},  {"{a,b}", "{a,b}", true},   {"{a,b}", "a", false},
        {"***", "a/b", true},    {"a.c", "abc", false},      {"[a-c]x", "bx", true},
        {"[!-z]", "a", false},
    };
    for (const Row& row : kRows) {
        EXPECT_EQ(SphinxGlob(row.pattern).match(row.path), row.matches)
            << row.pattern << " on " << row.path;
    }
}

}  // namespace
}  // namespace docathon

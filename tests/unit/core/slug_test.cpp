#include "lint/core/slug.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon {
namespace {

TEST(GithubSlug, KeepsLettersMarksDigitsAndTurnsSpacesToDashes) {
    EXPECT_EQ(github_slug("Hello, World!"), "hello-world");
    EXPECT_EQ(github_slug("  two  spaces "), "--two--spaces-");
    EXPECT_EQ(github_slug("snake_case & kebab-case"), "snake_case--kebab-case");
    EXPECT_EQ(github_slug("`torch.nn.Module()`"), "torchnnmodule");
    EXPECT_EQ(github_slug("C++ / 2.0\t(new)"), "c--20new");
    EXPECT_EQ(github_slug(""), "");
    EXPECT_EQ(github_slug("!?"), "");
}

TEST(GithubSlug, ReadsUnicode) {
    EXPECT_EQ(github_slug("\xc3\x9c"
                          "ber \xe4\xb8\xad\xe6\x96\x87"),
              "\xc3\xbc"
              "ber-\xe4\xb8\xad\xe6\x96\x87");
    EXPECT_EQ(github_slug("\xf0\x9f\x9a\x80 Launch"), "-launch");  // emoji goes, its space stays
    EXPECT_EQ(github_slug("\xe2\x9d\xa4\xef\xb8\x8f x"),
              "\xef\xb8\x8f-x");                             // the variation selector is a mark
    EXPECT_EQ(github_slug("Cafe\xcc\x81"), "cafe\xcc\x81");  // combining accent
    EXPECT_EQ(github_slug("x\xc2\xb2 \xe2\x85\xa3"),
              "x-\xe2\x85\xb3");  // superscript goes, Roman numeral stays
    EXPECT_EQ(github_slug("\xe2\x93\x90"), "\xe2\x93\x90");  // circled letter is alphabetic
    EXPECT_EQ(github_slug("a\xe2\x80\x94"
                          "b"),
              "ab");  // em dash
    EXPECT_EQ(github_slug("a\xff"
                          "b"),
              "ab");  // not UTF-8
}

TEST(UnicodeLower, HasTheFinalSigmaAndTheDottedI) {
    EXPECT_EQ(unicode_lower("\xce\x9f\xce\x94\xce\x9f\xce\xa3"),
              "\xce\xbf\xce\xb4\xce\xbf\xcf\x82");
    EXPECT_EQ(unicode_lower("\xce\xa3\xce\x91"), "\xcf\x83\xce\xb1");
    EXPECT_EQ(unicode_lower("\xce\xa3"), "\xcf\x83");
    EXPECT_EQ(unicode_lower("A\xce\xa3'"), "a\xcf\x82'");
    EXPECT_EQ(unicode_lower("A\xce\xa3'B"), "a\xcf\x83'b");
    EXPECT_EQ(unicode_lower("A.\xce\xa3 B"), "a.\xcf\x82 b");
    EXPECT_EQ(unicode_lower("\xc4\xb0"), "i\xcc\x87");
}

TEST(MystSlug, DiffersFromGithubInMarksAndNumbers) {
    EXPECT_EQ(myst_slug(" a b "), "-a-b-");
    EXPECT_EQ(myst_slug("Cafe\xcc\x81"), "cafe");    // combining accent goes
    EXPECT_EQ(myst_slug("x\xc2\xb2"), "x\xc2\xb2");  // superscript stays
    EXPECT_EQ(myst_slug("a_b-c!"), "a_b-c");
}

TEST(DocutilsId, IsMakeId) {
    EXPECT_EQ(docutils_id("Hello, World!"), "hello-world");
    EXPECT_EQ(docutils_id("3. Third 2nd"), "third-2nd");
    EXPECT_EQ(docutils_id("--a--b--"), "a-b");
    EXPECT_EQ(docutils_id("123"), "");
    EXPECT_EQ(docutils_id(""), "");
    EXPECT_EQ(docutils_id("stra\xc3\x9f"
                          "e \xc3\x86on"),
              "strasze-aeon");
    EXPECT_EQ(docutils_id("\xc3\x98re \xc5\x81\xc3\xb3"
                          "d\xc5\xba"),
              "ore-lodz");
    EXPECT_EQ(docutils_id("\xef\xac\x81x \xe2\x84\xa2"),
              "fix");  // ligature by NFKD; TM is not lowered again
    EXPECT_EQ(docutils_id("\xe4\xb8\xad\xe6\x96\x87"), "");
    EXPECT_EQ(docutils_id("a\xe4\xb8\xad"
                          "b"),
              "ab");                          // dropped before runs are joined
    EXPECT_EQ(docutils_id("1\xc2\xbd"), "");  // 1, 1, fraction slash, 2
    EXPECT_EQ(docutils_id("a_b.c:d"), "a-b-c-d");
}

TEST(KramdownId, IsBasicGenerateId) {
    EXPECT_EQ(kramdown_id("Hello, World!"), "hello-world");
    EXPECT_EQ(kramdown_id("1. First  step"), "first--step");
    EXPECT_EQ(kramdown_id("snake_case"), "snakecase");
    EXPECT_EQ(kramdown_id("\xc3\xa9t\xc3\xa9"), "t");
    EXPECT_EQ(kramdown_id("123"), "section");
    EXPECT_EQ(kramdown_id("one\n2 two"), "onetwo");
    EXPECT_EQ(kramdown_id("a-"), "a-");
}

TEST(KramdownGfmId, IsWhatJekyllUses) {
    EXPECT_EQ(kramdown_gfm_id("Hello, World!"), "hello-world");
    EXPECT_EQ(kramdown_gfm_id("1. First\tstep"), "1-first-step");
    EXPECT_EQ(kramdown_gfm_id("snake_case \xc3\x89t\xc3\xa9"), "snake_case-\xc3\xa9t\xc3\xa9");
    EXPECT_EQ(kramdown_gfm_id("..."), "");
    EXPECT_EQ(kramdown_gfm_id("A\xce\xa3"), "a\xcf\x83");  // Ruby knows no final sigma
}

TEST(SlugCounter, SkipsNumbersThatHeadingsTook) {
    SlugCounter counter;
    EXPECT_EQ(counter.next("foo"), "foo");
    EXPECT_EQ(counter.next("foo"), "foo-1");
    EXPECT_EQ(counter.next("foo-2"), "foo-2");
    EXPECT_EQ(counter.next("foo"), "foo-3");
    EXPECT_EQ(counter.next("foo-1"), "foo-1-1");
    EXPECT_EQ(counter.next(""), "");
    EXPECT_EQ(counter.next(""), "-1");
}

TEST(SlugCounter, TakesManyEqualHeadings) {
    SlugCounter counter;
    std::string last;
    for (int i = 0; i < 200'000; ++i)
        last = counter.next("same");
    EXPECT_EQ(last, "same-199999");
}

TEST(KramdownCounter, DoesNotLookForCollisions) {
    KramdownCounter counter;
    EXPECT_EQ(counter.next("foo"), "foo");
    EXPECT_EQ(counter.next("foo-1"), "foo-1");
    EXPECT_EQ(counter.next("foo"), "foo-1");  // as kramdown: twice the same id
    EXPECT_EQ(counter.next("foo"), "foo-2");
}

// --- Against the originals, where they are installed
// ------------------------------------------------

// Headings of words, punctuation, scripts and marks, all of them in Unicode 13.
std::vector<std::string> generated_headings(std::size_t count) {
    struct Block {
        char32_t first;
        char32_t last;
    };
    constexpr Block kBlocks[] = {
        {0x20, 0x7e},       {0x20, 0x7e},       {0xa0, 0x17f},      {0x180, 0x24f},
        {0x300, 0x34e},     {0x391, 0x3a1},     {0x3a3, 0x3c9},     {0x400, 0x45f},
        {0x5d0, 0x5ea},     {0x621, 0x655},     {0x905, 0x94d},     {0xe01, 0xe3a},
        {0x10d0, 0x10ff},   {0x1e00, 0x1eff},   {0x2010, 0x2027},   {0x2070, 0x2071},
        {0x2080, 0x208e},   {0x2100, 0x218b},   {0x2460, 0x24ff},   {0x2600, 0x26ff},
        {0x3041, 0x3096},   {0x30a1, 0x30fa},   {0x4e00, 0x4fff},   {0xac00, 0xacff},
        {0xfb00, 0xfb06},   {0xfe00, 0xfe0f},   {0xff01, 0xff5e},   {0x1d400, 0x1d454},
        {0x1f1e6, 0x1f1ff}, {0x1f300, 0x1f64f}, {0x20000, 0x200ff},
    };
    const char* const kPieces[] = {
        " ",
        " ",
        " ",
        "-",
        "_",
        "'",
        ".",
        ":",
        "\t",
        "\xce\xa3",
        "\xce\xa3",
        "\xc4\xb0",
        "\xe2\x80\x8d",
        "\xef\xb8\x8f",
        "\xcc\x81",
        "\xcc\x87",
        "`torch.nn`",
        "(v2.0)",
        "Getting",
        "STARTED",
        "3",
        "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
        "\xc2\xad",
        "\xc3\x9f",
        "\xe1\xba\x9e",
    };
    std::mt19937 random(20240613);
    std::vector<std::string> headings;
    while (headings.size() < count) {
        std::string heading;
        for (std::size_t i = 1 + random() % 14; i > 0; --i) {
            if (random() % 2 == 0) {
                heading += kPieces[random() % std::size(kPieces)];
                continue;
            }
            const Block& block = kBlocks[random() % std::size(kBlocks)];
            append_utf8(heading, block.first + random() % (block.last - block.first + 1));
        }
        headings.push_back(heading);
    }
    return headings;
}

// Runs `command` with the headings as lines of its input; its lines, or nothing if it fails.
std::vector<std::string> ask(const std::string& command, const std::vector<std::string>& headings) {
    const std::string base = testing::TempDir() + "docathon_slugs_" + std::to_string(std::rand());
    {
        std::ofstream in(base + ".in", std::ios::binary);
        for (const std::string& heading : headings)
            in << heading << '\n';
    }
    const std::string line = command + " < '" + base + ".in' > '" + base + ".out'";
    std::vector<std::string> answers;
    if (std::system(line.c_str()) == 0) {
        std::ifstream out(base + ".out", std::ios::binary);
        for (std::string answer; std::getline(out, answer);)
            answers.push_back(answer);
    }
    std::remove((base + ".in").c_str());
    std::remove((base + ".out").c_str());
    return answers;
}

// DOCATHON_GITHUB_SLUGGER: path of index.js of npm's github-slugger 2.
TEST(GithubSlug, EqualsGithubSluggerOnGeneratedHeadings) {
    const char* package = std::getenv("DOCATHON_GITHUB_SLUGGER");
    if (package == nullptr)
        GTEST_SKIP() << "DOCATHON_GITHUB_SLUGGER is not set";
    const std::vector<std::string> headings = generated_headings(10'000);
    const std::vector<std::string> expected =
        ask("node --input-type=module -e \"import S from '" + std::string(package) +
                "'; import fs from 'fs'; const s = new S();"
                "const lines = fs.readFileSync(0, 'utf8').split('\\n'); lines.pop();"
                "fs.writeFileSync(1, lines.map(l => s.slug(l) + '\\n').join(''))\"",
            headings);
    ASSERT_EQ(expected.size(), headings.size());
    SlugCounter counter;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        ASSERT_EQ(counter.next(github_slug(headings[i])), expected[i]) << headings[i];
    }
}

// DOCATHON_DOCUTILS_PYTHON: a Python in which docutils and myst_parser can be imported.
TEST(DocutilsId, EqualsDocutilsAndMystOnGeneratedHeadings) {
    const char* python = std::getenv("DOCATHON_DOCUTILS_PYTHON");
    if (python == nullptr)
        GTEST_SKIP() << "DOCATHON_DOCUTILS_PYTHON is not set";
    const std::vector<std::string> headings = generated_headings(10'000);
    const auto command = [&](const std::string& import, const std::string& function) {
        return std::string(python) + " -c \"import sys; from " + import +
               "; data = sys.stdin.buffer.read().decode().split('\\n')[:-1];"
               "sys.stdout.buffer.write(''.join(" +
               function + "(x) + '\\n' for x in data).encode())\"";
    };
    const std::vector<std::string> ids =
        ask(command("docutils.nodes import make_id", "make_id"), headings);
    ASSERT_EQ(ids.size(), headings.size());
    for (std::size_t i = 0; i < headings.size(); ++i) {
        ASSERT_EQ(docutils_id(headings[i]), ids[i]) << headings[i];
    }
    const std::vector<std::string> slugs =
        ask(command("myst_parser.slugs import github_slugify", "github_slugify"), headings);
    ASSERT_EQ(slugs.size(), headings.size());
    for (std::size_t i = 0; i < headings.size(); ++i) {
        ASSERT_EQ(myst_slug(headings[i]), slugs[i]) << headings[i];
    }
}

}  // namespace
}  // namespace docathon

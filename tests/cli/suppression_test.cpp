// Suppression comments, in every form and place, as a user of the program meets them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// `line: rule` of every finding in a.md, after conf.py made it a page of MyST or not.
std::vector<std::string> findings(std::string_view text, bool myst = false,
                                  std::vector<std::string> arguments = {},
                                  std::string_view config = {}) {
    const Sandbox box;
    box.write("a.md", text);
    if (myst) {
        box.write("conf.py", "extensions = ['myst_parser']\n");
    }
    if (!config.empty()) {
        box.write(".docathon-lint.yaml", config);
    }
    const Outcome run = box.lint(std::move(arguments));
    EXPECT_NE(run.code, 2) << run.err;
    std::vector<std::string> found;
    for (const std::string& line : lines_of(run.out)) {
        const std::string number = line.substr(5, line.find(':', 5) - 5);
        found.push_back(number + ": " +
                        line.substr(line.rfind('[') + 1, line.rfind(']') - line.rfind('[') - 1));
    }
    return found;
}

TEST(Suppression, OwnLineCoversTheNextBlock) {
    EXPECT_THAT(findings("<!-- docathon-lint: ignore[links/missing-target] why -->\n"
                         "[a](gone.md)\n[b](gone.md)\n\n[c](gone.md)\n"),
                ElementsAre("5: links/missing-target"));
    EXPECT_THAT(findings("<!-- docathon-lint: ignore[links/missing-target] why -->\n\n"
                         "- [a](gone.md)\n- [b](gone.md)\n\n[c](gone.md)\n"),
                ElementsAre("6: links/missing-target"));
}

TEST(Suppression, EndOfLineCoversThatLine) {
    EXPECT_THAT(findings("[a](gone.md) <!-- docathon-lint: ignore[links/missing-target] why -->\n"
                         "[b](gone.md)\n"),
                ElementsAre("2: links/missing-target"));
}

TEST(Suppression, OnlyTheNamedRule) {
    EXPECT_THAT(findings("<!-- docathon-lint: ignore[links/missing-target] x -->\n"
                         "[a](gone.md) [b](#gone)\n"),
                ElementsAre("2: links/missing-anchor"));
    EXPECT_THAT(findings("<!-- docathon-lint: ignore[links/missing-target, MD051] x -->\n"
                         "[a](gone.md) [b](#gone)\n"),
                IsEmpty());
    EXPECT_THAT(findings("<!-- docathon-lint: ignore[links/*] x -->\n[a](gone.md) [b](#gone)\n"),
                IsEmpty());
}

TEST(Suppression, DisableUntilEnable) {
    EXPECT_THAT(
        findings("[a](gone.md)\n\n<!-- docathon-lint: disable[links/missing-target] x -->\n\n"
                 "[b](gone.md)\n\n<!-- docathon-lint: enable[links/missing-target] -->\n\n"
                 "[c](gone.md)\n"),
        ElementsAre("1: links/missing-target", "9: links/missing-target"));
    EXPECT_THAT(
        findings("[a](gone.md)\n\n<!-- docathon-lint: disable[links/missing-target] x -->\n\n"
                 "[b](gone.md)\n"),
        ElementsAre("1: links/missing-target"));
}

TEST(Suppression, WholeFileFromAnywhere) {
    EXPECT_THAT(findings("[a](gone.md)\n\n[b](#gone)\n\n"
                         "<!-- docathon-lint: ignore-file[links/missing-target] generated -->\n"),
                ElementsAre("3: links/missing-anchor"));
}

TEST(Suppression, MystComments) {
    EXPECT_THAT(findings("# A\n\n% docathon-lint: ignore[links/missing-target] why\n"
                         "[a](gone.md)\n\n[b](gone.md)\n",
                         true),
                ElementsAre("6: links/missing-target"));
    EXPECT_THAT(
        findings("# A\n\n% docathon-lint: disable[links/missing-target] why\n\n[a](gone.md)\n\n"
                 "% docathon-lint: enable[links/missing-target]\n\n[b](gone.md)\n\n"
                 "% docathon-lint: ignore-file[links/missing-anchor] why\n\n[c](#gone)\n",
                 true),
        ElementsAre("9: links/missing-target"));
    // Outside MyST a line that begins with % is text.
    EXPECT_THAT(findings("% docathon-lint: ignore[links/missing-target] why\n[a](gone.md)\n"),
                ElementsAre("2: links/missing-target"));
}

TEST(Suppression, InListsQuotesAndTables) {
    EXPECT_THAT(findings("- [a](gone.md) <!-- docathon-lint: ignore[links/missing-target] x -->\n"
                         "- [b](gone.md)\n"),
                ElementsAre("2: links/missing-target"));
    EXPECT_THAT(findings("> <!-- docathon-lint: ignore[links/missing-target] x -->\n"
                         "> [a](gone.md)\n\n[b](gone.md)\n"),
                ElementsAre("4: links/missing-target"));
    EXPECT_THAT(
        findings("| a | b |\n| - | - |\n"
                 "| [a](gone.md) | x <!-- docathon-lint: ignore[links/missing-target] x --> |\n"
                 "| [b](gone.md) | y |\n"),
        ElementsAre("4: links/missing-target"));
}

TEST(Suppression, ShownInCodeItIsText) {
    EXPECT_THAT(
        findings("```\n<!-- docathon-lint: ignore-file[links/missing-target] x -->\n```\n\n"
                 "`<!-- docathon-lint: ignore-file[links/missing-target] x -->` [a](gone.md)\n"),
        ElementsAre("5: links/missing-target"));
}

TEST(Suppression, UnusedIsANote) {
    EXPECT_THAT(findings("<!-- docathon-lint: ignore[links/missing-target] x -->\n\nText.\n"),
                ElementsAre("1: suppression/unused"));
    EXPECT_THAT(findings("<!-- docathon-lint: enable[links/missing-target] -->\n"),
                ElementsAre("1: suppression/unused"));
    // A rule that did not run may have had something to find.
    EXPECT_THAT(findings("<!-- docathon-lint: ignore[links/missing-target] x -->\n\nText.\n", false,
                         {"--ignore", "links/missing-target"}),
                IsEmpty());
    EXPECT_THAT(findings("<!-- docathon-lint: ignore[links/legacy-host] x -->\n\nText.\n"),
                IsEmpty());
    EXPECT_THAT(findings("<!-- docathon-lint: ignore[links/missing-target] x -->\n\nText.\n", false,
                         {}, "version: 1\nsuppress: {unused: off}\n"),
                IsEmpty());
}

TEST(Suppression, SlipsAreNotes) {
    const auto message = [](std::string_view comment) {
        const Sandbox box;
        box.write("a.md", "<!-- " + std::string(comment) + " -->\n[a](gone.md)\n");
        const Outcome run = box.lint({});
        EXPECT_THAT(run.out, HasSubstr("a.md:2:5: error: ")) << comment;
        return run.out;
    };
    EXPECT_THAT(message("docathon-lint: ignore why"),
                HasSubstr("no rule ids; write 'ignore[rule-id]'"));
    EXPECT_THAT(message("docathon-lint: ignore[] why"), HasSubstr("no rule ids"));
    EXPECT_THAT(message("docathon-lint: ignore[links/missing-target"), HasSubstr("no ']'"));
    EXPECT_THAT(message("docathon-lint: ingore[links/missing-target] x"),
                HasSubstr("unknown word 'ingore'"));
    EXPECT_THAT(message("docathon-lint ignore[links/missing-target] x"), HasSubstr("no ':'"));
    EXPECT_THAT(message("docathon-lint: ignore[links/mising-target] x"),
                HasSubstr("no rule 'links/mising-target'; did you mean 'links/missing-target'?"));
    EXPECT_THAT(message("docathon-lint: ignore[*] x"), HasSubstr("'*' is not allowed"));
}

TEST(Suppression, ReasonMayBeRequired) {
    const std::string_view config = "version: 1\nsuppress: {require-reason: true}\n";
    EXPECT_THAT(findings("[a](gone.md) <!-- docathon-lint: ignore[links/missing-target] -->\n",
                         false, {}, config),
                ElementsAre("1: suppression/unused"));
    EXPECT_THAT(findings("[a](gone.md) <!-- docathon-lint: ignore[links/missing-target] why -->\n",
                         false, {}, config),
                IsEmpty());
}

TEST(Suppression, HoldsForWhatCannotBeRead) {
    EXPECT_THAT(findings(std::string(
                    "<!-- docathon-lint: ignore-file[input/nul-byte] test data -->\n\0\n", 65)),
                IsEmpty());
}

TEST(Suppression, ForEveryReport) {
    const Sandbox box;
    box.write("a.md", "[a](gone.md) <!-- docathon-lint: ignore[links/missing-target] why -->\n");
    for (const char* format : {"text", "full", "github"}) {
        const Outcome run = box.lint({"--format", format});
        EXPECT_EQ(run.code, 0);
        EXPECT_THAT(run.out, IsEmpty()) << format;
    }
    EXPECT_THAT(box.lint({"--format", "json"}).out, HasSubstr("\"suppressed\":1"));
}

}  // namespace
}  // namespace docathon::testing

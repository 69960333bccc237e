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

/// A page with the same dead link behind different comments of other tools.
constexpr std::string_view kForeign =
    "# T\n\n[a](gone.md) <!-- @lint-ignore robots get 404 -->\n\n"
    "<!-- markdownlint-disable-next-line MD057 -->\n[b](gone.md)\n\n"
    "<!-- rumdl-disable md057 -->\n[c](gone.md)\n<!-- rumdl-enable -->\n\n[d](gone.md)\n\n"
    "<!-- markdownlint-disable MD001 -->\n[e](gone.md)\n";

TEST(Suppression, CommentsOfOtherTools) {
    EXPECT_THAT(findings(kForeign),
                ElementsAre("12: links/missing-target", "15: links/missing-target"));
    // Nothing is said about those that silence nothing: whether another tool needs them, is not
    // ours to say.
    EXPECT_THAT(findings("<!-- markdownlint-disable -->\n\nFine. <!-- @lint-ignore -->\n"),
                IsEmpty());
    // `enable` of one tool does not end `disable` of another.
    EXPECT_THAT(findings("<!-- docathon-lint: disable[links/missing-target] x -->\n\n"
                         "<!-- markdownlint-enable -->\n\n[a](gone.md)\n"),
                IsEmpty());
}

TEST(Suppression, OtherToolsAreHonouredAsTheConfigurationSays) {
    EXPECT_THAT(findings(kForeign, false, {}, "version: 1\nsuppress: {honour: [lint-ignore]}\n"),
                ElementsAre("6: links/missing-target", "9: links/missing-target",
                            "12: links/missing-target", "15: links/missing-target"));
    EXPECT_EQ(findings(kForeign, false, {}, "version: 1\nsuppress: {honour: []}\n").size(), 5U);
}

TEST(Suppression, ValeIsSwitchedOffForPartsAndForRules) {
    EXPECT_THAT(
        findings("It is of of it.\n\n<!-- vale off -->\n\nIt is of of it. [x](gone.md)\n\n"
                 "<!-- vale on -->\n\nIt is of of it.\n\n"
                 "<!-- vale Vale.Repetition = NO -->\n\nIt is of of it.\n"),
        ElementsAre("1: style/repeated-word", "5: links/missing-target", "9: style/repeated-word"));
    const Sandbox box;
    box.write(
        "a.rst",
        "It is of of it.\n\n.. vale off\n\nIt is of of it.\n\n.. vale on\n\nIt is of of it.\n");
    const Outcome run = box.lint({"--select", "style/repeated-word"});
    EXPECT_EQ(run.out.find("a.rst:1:"), 0U) << run.out;
    EXPECT_THAT(lines_of(run.out), ::testing::SizeIs(2));
}

// What D417 of ruff and DOC102 of pydoclint are about.
TEST(Suppression, NoqaOfPython) {
    const auto file = [](const std::string& def, const std::string& end, const std::string& head) {
        return head + "def f(x, y):" + def + "\n    \"\"\"Add.\n\n    Args:\n        x: one\n" +
               "        z: gone\n    \"\"\"" + end + "\n";
    };
    const auto found = [&](const std::string& text) {
        const Sandbox box;
        box.write("a.py", text);
        const Outcome run =
            box.lint({"--select", "api/missing-parameter", "--select", "api/unknown-parameter"});
        EXPECT_NE(run.code, 2) << run.err;
        std::vector<std::string> rules;
        for (const std::string& line : lines_of(run.out))
            rules.push_back(line.substr(line.rfind('[') + 1));
        return rules;
    };
    const auto both = ElementsAre("api/missing-parameter]", "api/unknown-parameter]");
    EXPECT_THAT(found(file("", "", "")), both);
    EXPECT_THAT(found(file("  # noqa", "", "")), IsEmpty());
    EXPECT_THAT(found(file("", "  # type: ignore # NoQA", "")), IsEmpty());
    EXPECT_THAT(found(file("  # noqa: D417", "", "")), ElementsAre("api/unknown-parameter]"));
    EXPECT_THAT(found(file("", "  # noqa:D417,DOC102 because", "")), IsEmpty());
    EXPECT_THAT(found(file("  # noqa: D4", "", "")), ElementsAre("api/unknown-parameter]"));
    EXPECT_THAT(found(file("  # noqa: E501", "", "")), both);
    EXPECT_THAT(found(file("", "", "# ruff: noqa: DOC102\n")),
                ElementsAre("api/missing-parameter]"));
    EXPECT_THAT(found(file("", "", "# flake8: noqa\n")), IsEmpty());
    // On a line of its own it is about nothing.
    EXPECT_THAT(found(file("", "", "# noqa\n")), both);
}

TEST(Suppression, ObjectsThatNitpickIgnoreNames) {
    const Sandbox box;
    box.write("docs/conf.py",
              "extensions = ['sphinx.ext.autodoc']\nnitpick_ignore = [('py:func', 'pkg.gone')]\n"
              "nitpick_ignore_regex = [(r'py:.*', r'pkg\\.ol.*')]\n");
    box.write("docs/index.rst",
              "Index\n=====\n\n.. autofunction:: pkg.run\n\n:func:`~pkg.gone` :func:`pkg.old` "
              ":func:`pkg.lost`\n");
    box.write("pkg/__init__.py", "def run():\n    'See :func:`pkg.gone` and :func:`pkg.left`.'\n");
    const Outcome run = box.lint({"--select", "api/unresolved-reference"});
    EXPECT_THAT(run.out, HasSubstr("pkg.lost"));
    EXPECT_THAT(run.out, HasSubstr("pkg.left"));
    EXPECT_EQ(lines_of(run.out).size(), 2U) << run.out;
}

TEST(Suppression, FilesOfOtherTools) {
    const Sandbox box;
    box.write("docs/a.md", "# T\n\n[a](gone.md) [b](away/x.md) [c](left.md) [d](typo.md)\n");
    box.write("docs/conf.py",
              "extensions = ['myst_parser']\nlinkcheck_ignore = ['away/']\n"
              "nitpick_ignore = [('myst', 'left.md'), ('py:class', 'typo.md')]\n");
    box.write(".lycheeignore", "/docs/gone\\.md\n(?=x)\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(lines_of(run.out).size(), 1U) << run.out;
    EXPECT_THAT(run.out, HasSubstr("typo.md"));
    EXPECT_THAT(run.err, HasSubstr("note: an expression of .lycheeignore or conf.py that is not "
                                   "understood here: (?=x)\n"));
    const Outcome sarif = box.lint({"--format", "sarif", "--sarif-suppressed"});
    EXPECT_THAT(sarif.out, HasSubstr("linkcheck_ignore in docs/conf.py"));
    EXPECT_THAT(sarif.out, HasSubstr("nitpick_ignore in docs/conf.py"));
    EXPECT_THAT(sarif.out, HasSubstr(".lycheeignore: /docs/gone"));
    box.write(".docathon-lint.yaml", "version: 1\nsuppress: {honour: [sphinx]}\n");
    EXPECT_EQ(lines_of(box.lint({}).out).size(), 2U);
    box.write("docs/conf.py",
              "extensions = ['myst_parser']\nsuppress_warnings = ['myst.xref_missing']\n");
    EXPECT_THAT(lines_of(box.lint({}).out), IsEmpty());
}

}  // namespace
}  // namespace docathon::testing

// Suppression comments of other tools: what they say, and what they cover in Markdown.

#include "lint/parse/foreign_suppression.h"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/cpu_clock.h"
#include "tests/unit/parse/markdown_testing.h"

namespace docathon {
namespace {

using ::docathon::testing::parse;
using ::docathon::testing::Parsed;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Verb = ForeignComment::Verb;

TEST(ForeignComments, WordsOfEachTool) {
    struct Case {
        std::string_view text;
        SuppressionTool tool;
        Verb verb;
        std::vector<std::string> ids;
    };
    const SuppressionTool lint = SuppressionTool::markdownlint;
    for (const Case& one : std::vector<Case>{
             {" markdownlint-disable MD051 link-fragments ",
              lint,
              Verb::disable,
              {"MD051", "link-fragments"}},
             {"markdownlint-disable", lint, Verb::disable, {}},
             {"markdownlint-enable MD001", lint, Verb::enable, {"MD001"}},
             {"markdownlint-disable-line MD001", lint, Verb::line, {"MD001"}},
             {"markdownlint-disable-next-line", lint, Verb::next_line, {}},
             {"markdownlint-disable-file MD001 -- made by a tool", lint, Verb::file, {"MD001"}},
             {"MARKDOWNLINT-CAPTURE", lint, Verb::capture, {}},
             {"rumdl-restore", lint, Verb::restore, {}},
             {"rumdl-disable MD001, MD002", lint, Verb::disable, {"MD001", "MD002"}},
             {"vale off", SuppressionTool::vale, Verb::disable, {}},
             {"vale on", SuppressionTool::vale, Verb::enable, {}},
             {"vale Google.Will = NO", SuppressionTool::vale, Verb::disable, {"Google.Will"}},
             {"vale Google.Will = YES", SuppressionTool::vale, Verb::enable, {"Google.Will"}},
             {"@lint-ignore 404 for robots", SuppressionTool::lint_ignore, Verb::line, {}},
             {"@lint-ignore", SuppressionTool::lint_ignore, Verb::line, {}}}) {
        const auto comment = parse_foreign_comment(one.text);
        ASSERT_TRUE(comment) << one.text;
        EXPECT_EQ(comment->tool, one.tool) << one.text;
        EXPECT_EQ(comment->verb, one.verb) << one.text;
        EXPECT_EQ(comment->ids, one.ids) << one.text;
    }
}

TEST(ForeignComments, AllElseIsNone) {
    for (const std::string_view text :
         {"", "markdownlint", "markdownlint-", "markdownlint-configure-file {}", "rumdl", "vale",
          "vale of the ale", "vale Style.Rule[\"one match\"] = NO", "vale styles = A, B",
          "@lint-ignored", "x @lint-ignore", "docathon-lint: ignore[a]", "prettier-ignore"}) {
        EXPECT_FALSE(parse_foreign_comment(text)) << text;
    }
}

TEST(ForeignComments, Noqa) {
    struct Case {
        std::string_view text;
        Verb verb;
        std::vector<std::string> ids;
    };
    for (const Case& one : std::vector<Case>{
             {"# noqa", Verb::line, {}},
             {"#NOQA for a reason", Verb::line, {}},
             {"# type: ignore # noqa: D417", Verb::line, {"D417"}},
             {"# noqa : D417,  DOC102 E501 because of x", Verb::line, {"D417", "DOC102", "E501"}},
             {"# noqa:d4", Verb::line, {"d4"}},
             {"# flake8: noqa", Verb::file, {}},
             {"# ruff: noqa: D100, D417", Verb::file, {"D100", "D417"}},
         }) {
        ASSERT_TRUE(may_be_noqa(one.text)) << one.text;
        const auto comment = parse_noqa(one.text);
        ASSERT_TRUE(comment) << one.text;
        EXPECT_EQ(comment->tool, SuppressionTool::noqa);
        EXPECT_EQ(comment->verb, one.verb) << one.text;
        EXPECT_EQ(comment->ids, one.ids) << one.text;
    }
    for (const std::string_view text : {"", "#", "# n", "# noqas", "# noqa_x", "# noqa: because",
                                        "# noqa:", "# see noqa", "# black: noqa"}) {
        EXPECT_FALSE(parse_noqa(text)) << text;
    }
    EXPECT_FALSE(may_be_noqa("# an honest comment"));
}

/// kind, tool, names and the text covered, of each suppression.
std::vector<std::string> covers(std::string_view text) {
    const Parsed parsed = parse(text);
    std::vector<std::string> found;
    for (const Suppression& one : parsed.facts().suppressions) {
        std::string line = one.kind == SuppressionKind::disable       ? "disable"
                           : one.kind == SuppressionKind::enable      ? "enable"
                           : one.kind == SuppressionKind::ignore_file ? "file"
                                                                      : "ignore";
        line += " " + std::string(to_string(one.tool));
        for (const std::string& id : one.ids)
            line += " " + id;
        if (one.kind == SuppressionKind::ignore)
            line += ": " + std::string(parsed.slice(one.scope));
        found.push_back(line);
    }
    return found;
}

TEST(ForeignComments, LinesThatAreCovered) {
    EXPECT_THAT(covers("a\n\nb <!-- markdownlint-disable-line MD1 --> c\nd\n"),
                ElementsAre("ignore markdownlint MD1: b <!-- markdownlint-disable-line MD1 --> c"));
    EXPECT_THAT(covers("a\n<!-- markdownlint-disable-next-line MD1 -->\nb\nc\n"),
                ElementsAre("ignore markdownlint MD1: b"));
    EXPECT_THAT(covers("a\r\n\r\n<!-- markdownlint-disable-next-line -->\r\nb\r\nc\r\n"),
                ElementsAre("ignore markdownlint: b"));
    EXPECT_THAT(covers("<!-- markdownlint-disable-next-line -->"),
                ElementsAre("ignore markdownlint: "));
    EXPECT_THAT(covers("[a](b) <!-- @lint-ignore why -->\nnext\n"),
                ElementsAre("ignore lint-ignore: [a](b) <!-- @lint-ignore why -->"));
    EXPECT_THAT(covers("<!-- @lint-ignore -->\nnext\nlast\n"),
                ElementsAre("ignore lint-ignore: <!-- @lint-ignore -->\nnext"));
    EXPECT_THAT(covers("a <!-- markdownlint-disable-line A --> b <!-- @lint-ignore -->\nc\n"),
                ElementsAre("ignore markdownlint A: a <!-- markdownlint-disable-line A --> b "
                            "<!-- @lint-ignore -->",
                            "ignore lint-ignore: a <!-- markdownlint-disable-line A --> b "
                            "<!-- @lint-ignore -->"));
    EXPECT_THAT(covers("<!-- vale off -->\n\na\n\n<!-- vale on -->\n"),
                ElementsAre("disable vale", "enable vale"));
    EXPECT_THAT(covers("<!-- markdownlint-disable-file MD1 -->\n"),
                ElementsAre("file markdownlint MD1"));
    EXPECT_THAT(covers("    <!-- markdownlint-disable MD1 -->\n\n`<!-- vale off -->`\n"),
                IsEmpty());
}

TEST(ForeignComments, RestoreGoesBackToCapture) {
    EXPECT_THAT(covers("<!-- markdownlint-disable MD1 MD2 -->\n\n<!-- markdownlint-capture -->\n\n"
                       "<!-- markdownlint-disable MD3 -->\n\n<!-- markdownlint-enable MD2 -->\n\n"
                       "<!-- markdownlint-restore -->\n"),
                ElementsAre("disable markdownlint MD1 MD2", "disable markdownlint MD3",
                            "enable markdownlint MD2", "enable markdownlint MD3",
                            "disable markdownlint MD2"));
    EXPECT_THAT(covers("<!-- markdownlint-disable -->\n\n<!-- markdownlint-restore -->\n"),
                ElementsAre("disable markdownlint", "enable markdownlint"));
}

TEST(ForeignComments, ManyOnOneLineTakeLinearTime) {
    std::string text;
    for (int i = 0; i < 40'000; ++i)
        text += "a <!-- @lint-ignore -->";
    const auto start = ::docathon::CpuClock::now();
    EXPECT_EQ(parse(text).facts().suppressions.size(), 40'000U);
    const std::chrono::duration<double> took = ::docathon::CpuClock::now() - start;
    EXPECT_LT(took.count(), 20.0);
}

}  // namespace
}  // namespace docathon

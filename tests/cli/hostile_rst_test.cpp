// reStructuredText made to be slow or to overflow a stack, as pages of a Sphinx site: at most one
// second each, but for some, an exit code as documented, and the page beside it is linted.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kMegabyte = 1'000'000;

std::string filled(std::string_view unit, std::size_t bytes = kMegabyte) {
    return repeated(unit, bytes / unit.size());
}

std::string numbered(std::string_view before, std::string_view after, int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += std::string(before) + std::to_string(i) + std::string(after);
    return text;
}

/// Lines that are indented more and more, to a megabyte.
std::string stairs(std::string_view line, std::string_view gap) {
    std::string text;
    for (std::size_t depth = 0; text.size() < kMegabyte; ++depth)
        text += std::string(depth * 2, ' ') + std::string(line) + "\n" + std::string(gap);
    return text;
}

struct HostileText {
    const char* name;
    std::function<std::string()> text;
    const char* expect = "";  // text that the output must have
    /// Pages of several megabytes take longer.
    double seconds = 1;
};

void PrintTo(const HostileText& hostile, std::ostream* out) {
    *out << hostile.name;
}

const std::vector<HostileText>& hostiles() {
    static const std::vector<HostileText> all = {
        {"Emphasis", [] { return filled("*a **a "); }},
        {"EmphasisOnLines", [] { return filled("*a **a\n"); }},
        {"Backticks", [] { return std::string(kMegabyte, '`'); }},
        {"BacktickPairs", [] { return filled("`a"); }},
        {"BacktickSpaces", [] { return filled("``a "); }},
        {"Roles", [] { return filled(":a:`b` "); }},
        {"OpenRoles", [] { return filled(":a:`b "); }},
        {"Bars", [] { return filled("|a "); }},
        {"Colons", [] { return filled(":a"); }},
        {"Brackets", [] { return filled("[a"); }},
        {"Backslashes", [] { return std::string(kMegabyte, '\\'); }},
        {"Hyphens", [] { return filled("a-"); }},
        {"Schemes", [] { return filled("http:"); }},
        {"Mail", [] { return filled("a@"); }},
        {"UnknownNames", [] { return numbered("a", "_ ", 60'000); }},
        {"AnonymousNames", [] { return filled("a__ "); }},
        {"AutoFootnotes", [] { return filled("[#]_ "); }},
        {"SymbolFootnotes", [] { return filled("[*]_ ", 100'000); }},
        {"Footnotes", [] { return filled(".. [#] x\n"); }},
        {"Citations", [] { return numbered(".. [a", "] x\n", 60'000); }},
        {"Substitutions", [] { return filled("|a| "); }},
        {"SubstitutionsThatDouble",
         [] {
             std::string text = ".. |a0| replace:: x\n";
             for (int i = 1; i < 60; ++i) {
                 const std::string before = "|a" + std::to_string(i - 1) + "|";
                 text +=
                     ".. |a" + std::to_string(i) + "| replace:: " + before + " " + before + "\n";
             }
             return text + "\n|a59|\n";
         }},
        {"SubstitutionsThatGoRound",
         [] { return numbered(".. |b", "| replace:: |b1|\n\n|b1| ", 20'000); }},
        {"IndirectTargets",
         [] {
             std::string text;
             for (int i = 0; i < 30'000; ++i)
                 text += ".. _t" + std::to_string(i) + ": t" + std::to_string(i + 1) + "_\n";
             return text;
         }},
        {"DuplicateTargets", [] { return filled(".. _a: b\n"); }},
        {"InlineTargets", [] { return filled("_`a` "); }},
        {"Targets", [] { return filled(".. _a:\n\n"); }},
        {"Titles", [] { return filled("Title\n=====\n\n"); }},
        {"TitlesAndContents",
         [] { return ".. contents::\n\n" + numbered("Title ", "\n=========\n\n", 40'000); }},
        {"ManyContents", [] { return filled(".. contents::\n   :local:\n\nTitle\n=====\n\n"); }},
        {"ManyContentsOfAll",
         [] {
             return filled(".. contents::\n\n", 100'000) +
                    numbered("Title ", "\n=========\n\n", 2'000);
         }},
        {"TitleLevels",
         [] {
             std::string text;
             while (text.size() < kMegabyte) {
                 for (const char c : std::string_view("=-~^\"'`#*+.:_<>"))
                     text += "Title\n" + std::string(5, c) + "\n\n";
             }
             return text;
         }},
        {"ShortUnderlines", [] { return filled("Long title\n=====\n\n"); }},
        {"BulletList", [] { return repeated("* a\n", 1'000'000); }, "", 2.5},
        {"Enumerated", [] { return filled("#. a\n"); }},
        {"Roman", [] { return filled("i. a\n"); }},
        {"NestedLists", [] { return repeated("* a\n\n  * b\n\n    * c\n\n", 170'000); }, "", 2.5},
        {"ListsInOneLine", [] { return repeated("* ", 100'000) + "a\n"; }, "depth"},
        {"FieldsInOneLine", [] { return repeated(":a: ", 100'000) + "a\n"; }, "depth"},
        {"DirectivesInOneLine", [] { return repeated(".. note:: ", 100'000) + "a\n"; }, "depth"},
        {"QuoteStairs", [] { return stairs("a", "\n"); }, "depth"},
        {"ListStairs", [] { return stairs("* a", "\n"); }, "depth"},
        {"DirectiveStairs", [] { return stairs(".. note::", "\n"); }, "depth"},
        {"DefinitionStairs", [] { return stairs("a", ""); }, "depth"},
        {"Dedents", [] { return repeated("        a\n      b\n    c\n  d\ne\n", 30'000); }},
        {"Definitions", [] { return filled("a\n  b\n"); }},
        {"Options", [] { return filled("-a  b\n"); }},
        {"LineBlocks", [] { return filled("| a\n"); }},
        {"LineBlockStairs",
         [] {
             std::string text;
             for (std::size_t depth = 1; text.size() < kMegabyte / 4; ++depth)
                 text += "|" + std::string(depth, ' ') + "a\n";
             return text;
         }},
        {"Comments", [] { return filled(".. a\n"); }},
        {"EmptyComments", [] { return filled("..\n\n"); }},
        {"LiteralMarks", [] { return filled("::\n\n"); }},
        {"QuotedLiterals", [] { return "::\n\n" + filled("> a\n"); }},
        {"Doctests", [] { return filled(">>> a\n\n"); }},
        {"Transitions", [] { return filled("----\n\n"); }},
        {"GridTableWithoutEnd", [] { return "+---+---+\n" + filled("| a | b |\n"); }},
        {"GridTableOfPieces", [] { return filled("+---+---+\n| a | b |\n"); }},
        {"GridTableWide",
         [] {
             return repeated(repeated("+-", 20'000) + "+\n" + repeated("|a", 20'000) + "|\n", 10) +
                    repeated("+-", 20'000) + "+\n";
         }},
        {"GridTableSpans",
         [] {
             std::string text = repeated("+-", 300) + "+\n";
             for (int i = 0; i < 300; ++i) {
                 text += "|" + repeated("a ", 299) + "a|\n";
                 text += i % 2 == 0 ? "+" + repeated("-+", 300) + "\n"
                                    : "|" + repeated("a ", 299) + "a|\n";
             }
             return text + repeated("+-", 300) + "+\n";
         }},
        {"Pluses", [] { return filled("+-"); }},
        {"SimpleTableWithoutEnd", [] { return "=== ===\n" + filled("a   b\n"); }},
        {"SimpleTables", [] { return filled("=== ===\na   b\n=== ===\n\n"); }},
        {"SimpleTableWide",
         [] {
             return repeated("= ", 20'000) + "\n" + repeated(repeated("a ", 20'000) + "\n", 10) +
                    repeated("= ", 20'000) + "\n";
         }},
        {"CsvTable", [] { return ".. csv-table::\n\n" + filled("   a,\"b\",c\n"); }},
        {"CsvTableWide", [] { return ".. csv-table::\n\n   " + filled("a,") + "\n"; }},
        {"ListTable", [] { return ".. list-table::\n\n" + filled("   * - a\n     - b\n"); }},
        {"DirectiveWithoutEnd", [] { return ".. note::\n" + filled("   a\n"); }},
        {"DirectiveOptions", [] { return ".. image:: a.png\n" + filled("   :alt: b\n"); }},
        {"DirectiveArgument", [] { return ".. image:: " + filled("a "); }},
        {"UnknownDirectives", [] { return filled(".. autoclas:: x\n\n"); }},
        {"UnknownRoles", [] { return filled(":clas:`x` "); }},
        {"Toctree", [] { return ".. toctree::\n\n" + filled("   nowhere\n"); }},
        {"Includes", [] { return filled(".. include:: hostile.rst\n\n"); }},
        {"Glossary", [] { return ".. glossary::\n\n" + filled("   a\n      b\n"); }},
        {"CustomRoles", [] { return numbered(".. role:: a", "\n\n", 40'000); }},
        {"Nuls", [] { return std::string(kMegabyte, '\0'); }, "nul-byte"},
        {"InvalidUtf8", [] { return std::string(kMegabyte, '\xff'); }, "invalid-utf8"},
        {"WideTitles", [] { return filled("\xe6\x97\xa5\n==\n\n"); }},
        {"FormFeeds", [] { return filled("a\f\v\t"); }},
        {"LineSeparators", [] { return filled("a\xe2\x80\xa8"); }},
    };
    return all;
}

class HostileRst : public ::testing::TestWithParam<HostileText> {};

TEST_P(HostileRst, EndsInASecond) {
    const HostileText& hostile = GetParam();
    const Sandbox box;
    box.write("ok.md", kDeadLink);
    box.write("conf.py", "extensions = ['myst_parser']\n");
    box.write("hostile.rst", hostile.text());
    // The report counts too; one thread, so that the time is that of the work.
    const Outcome run = box.lint({"--jobs", "1", "--format", "text"});
    EXPECT_EQ(run.signal, 0);
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_THAT(run.out, HasSubstr("ok.md:1:9: error: no file 'gone.md'"));
    EXPECT_THAT(run.out, HasSubstr(hostile.expect));
    EXPECT_LE(run.cpu, limit(hostile.seconds));
}

INSTANTIATE_TEST_SUITE_P(All, HostileRst, ::testing::ValuesIn(hostiles()),
                         [](const auto& made) { return std::string(made.param.name); });

TEST(HostileRstTree, IncludesThatGoRound) {
    const Sandbox box;
    box.write("conf.py", "extensions = []\n");
    for (int i = 0; i < 100; ++i) {
        std::string text = "Page\n====\n\n";
        for (int n = 0; n < 10; ++n)
            text += ".. include:: p" + std::to_string((i * 7 + n) % 100) + ".rst\n\n";
        box.write("p" + std::to_string(i) + ".rst", text + "`x <#gone>`__ and |y| and z_\n");
    }
    const Outcome run = box.lint({});
    EXPECT_TRUE(run.code == 0 || run.code == 1) << run.err;
    EXPECT_LE(run.cpu, limit(1));
}

TEST(HostileRstTree, OneNameInManyPlaces) {
    const Sandbox box;
    box.write("conf.py", "extensions = []\n");
    box.write("index.rst", "Page\n====\n\n" + repeated("|a| ", 100) + "\n\n|b| |b|\n\n" +
                               numbered(".. _c: x", "\n\n", 100));
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_EQ(count_of(run.out, "no substitution 'a' is defined"), 50u);
    EXPECT_EQ(count_of(run.out, "no substitution 'b' is defined"), 2u);
    EXPECT_EQ(count_of(run.out, "'c' is defined twice"), 50u);
}

TEST(HostileRstTree, IncludesOfWhatIsNoText) {
    const Sandbox box;
    box.write("conf.py", "extensions = []\n");
    box.write("binary.bin", std::string(1000, '\0') + "\xff\xfe");
    box.write("index.rst",
              "Page\n====\n\n.. include:: binary.bin\n\n.. include:: gone.rst\n\n"
              ".. literalinclude:: binary.bin\n\n.. csv-table::\n   :file: gone.csv\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_THAT(run.out, HasSubstr("gone.rst"));
    EXPECT_THAT(run.out, HasSubstr("gone.csv"));
}

}  // namespace
}  // namespace docathon::testing

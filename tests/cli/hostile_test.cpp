// Pages made to be slow or to overflow a stack: at most one second each, an exit code as
// documented, and the page beside it is linted.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

constexpr std::size_t kMegabyte = 1'000'000;

std::string filled(std::string_view unit, std::size_t bytes) {
    return repeated(unit, bytes / unit.size());
}

std::string nested_list(int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) {
        text += std::string(static_cast<std::size_t>(i) * 2, ' ') + "- x\n";
    }
    return text;
}

std::string wide_table(std::size_t columns, std::size_t rows) {
    const std::string row = "|" + repeated("a|", columns) + "\n";
    return row + "|" + repeated("-|", columns) + "\n" + repeated(row, rows);
}

struct Hostile {
    const char* name;
    std::function<std::string()> text;
    const char* expect = "";  // text that the output must have
};

void PrintTo(const Hostile& hostile, std::ostream* out) {
    *out << hostile.name;
}

const std::vector<Hostile>& hostiles() {
    static const std::vector<Hostile> all = {
        {"OpenBrackets", [] { return std::string(kMegabyte, '['); }},
        {"CloseBrackets", [] { return std::string(kMegabyte, ']'); }},
        {"BracketPairs", [] { return filled("[]", kMegabyte); }},
        {"NestedBrackets",
         [] { return std::string(kMegabyte / 2, '[') + std::string(kMegabyte / 2, ']'); }},
        {"Emphasis", [] { return filled("*a **a ", kMegabyte); }},
        {"Underscores", [] { return filled("_a __a ", kMegabyte); }},
        {"Stars", [] { return std::string(kMegabyte, '*'); }},
        {"MixedStars", [] { return filled("*a_ ", kMegabyte); }},
        {"Tildes", [] { return filled("~a ~~a ", kMegabyte); }},
        {"Backticks", [] { return std::string(kMegabyte, '`'); }},
        {"BacktickPairs", [] { return filled("`a", kMegabyte); }},
        {"BacktickRuns",
         [] {
             std::string text;
             for (std::size_t i = 1; text.size() < kMegabyte; ++i) {
                 text += "e" + std::string(i, '`');
             }
             return text;
         }},
        {"LessThan", [] { return std::string(kMegabyte, '<'); }},
        {"OpenTags", [] { return filled("<a ", kMegabyte); }},
        {"OpenComments", [] { return filled("a <!-- ", kMegabyte); }},
        {"OpenCdata", [] { return filled("a <![CDATA[", kMegabyte); }},
        {"OpenDeclarations", [] { return filled("a <!A ", kMegabyte); }},
        {"OpenInstructions", [] { return filled("a <?", kMegabyte); }},
        {"Attributes", [] { return "<a" + filled(" b='", kMegabyte); }},
        {"Images", [] { return filled("![", kMegabyte); }},
        {"LinkOpeners", [] { return filled("[a](", kMegabyte); }},
        {"LinkOpenersAngle", [] { return filled("[a](<b", kMegabyte); }},
        {"LinkTitles", [] { return filled("[a](b \"c ", kMegabyte); }},
        {"Parentheses",
         [] { return "[a](" + std::string(kMegabyte / 2, '(') + std::string(kMegabyte / 2, ')'); }},
        {"Escapes", [] { return std::string(kMegabyte, '\\'); }},
        {"Entities", [] { return filled("&a", kMegabyte); }},
        {"Ampersands", [] { return std::string(kMegabyte, '&'); }},
        {"Dollars", [] { return filled("$a$$", kMegabyte); }},
        {"Braces", [] { return filled("{a}`", kMegabyte); }},
        {"Templates", [] { return filled("{{ ", kMegabyte); }},
        {"TemplateTags", [] { return filled("{% ", kMegabyte); }},
        {"Attributes2", [] { return filled("{: ", kMegabyte); }},
        {"Identifiers", [] { return filled("{#", kMegabyte); }},
        {"IdentifiersOfHeadings", [] { return repeated("# a {#b}\n", 100'000); }},
        {"Admonitions", [] { return filled("!!! a \"b\n    ", kMegabyte); }},
        {"Tabs2", [] { return filled("=== \"a\n    ", kMegabyte); }},
        {"Snippets", [] { return filled("--8<-- \"a\"\n", kMegabyte); }},
        {"Footnotes", [] { return filled("[^a", kMegabyte); }},
        {"Urls", [] { return filled("https://", kMegabyte); }},
        {"Www", [] { return filled("www.", kMegabyte); }},
        {"Addresses", [] { return filled("a@", kMegabyte); }},
        {"Colons", [] { return std::string(kMegabyte, ':'); }},
        {"Spaces", [] { return std::string(kMegabyte, ' ') + "x"; }},
        {"Tabs", [] { return std::string(kMegabyte, '\t') + "x"; }},
        {"OneWord", [] { return std::string(kMegabyte, 'a'); }},
        {"Hashes", [] { return "# " + filled("# ", kMegabyte); }},
        {"Pipes", [] { return std::string(kMegabyte, '|') + "\n" + filled("-|", kMegabyte); }},
        {"Quotes", [] { return repeated("> ", 100'000) + "x"; }, "[input/depth-limit]"},
        {"QuotesTight", [] { return std::string(100'000, '>') + "x"; }, "[input/depth-limit]"},
        {"QuotesOnManyLines", [] { return repeated(repeated("> ", 500) + "x\n", 1000); }},
        {"QuotesGoingDeeper",
         [] {
             std::string text;
             for (std::size_t i = 0; i < 1000; ++i) {
                 text += repeated(">", i) + "x\n";
             }
             return text;
         }},
        {"WideTable", [] { return wide_table(20'000, 1); }},
        {"WideTableWithRows", [] { return wide_table(20'000, 20); }},
        {"WideTableOfShortRows", [] { return wide_table(20'000, 0) + repeated("|x|\n", 20'000); }},
        {"LongTable", [] { return wide_table(5, 50'000); }},
        {"EqualHeadings", [] { return repeated("# A\n", 100'000); }},
        {"EqualSetextHeadings", [] { return repeated("A\n=\n", 100'000); }},
        {"HeadingsWithNumbers", [] { return repeated("# A\n# A-1\n", 50'000); }},
        {"DeadAnchorsInALongPage",
         [] { return repeated("[a](#b)\n", 30'000) + filled("a1, b2; ", 3 * kMegabyte); }},
        {"ListsOnOneLine", [] { return repeated("- ", 100'000) + "x"; }, "[input/depth-limit]"},
        {"NumbersOnOneLine", [] { return repeated("1. ", 100'000) + "x"; }, "[input/depth-limit]"},
        {"NestedLists", [] { return nested_list(1400); }, "[input/depth-limit]"},
        {"ListItems", [] { return repeated("- x\n", 200'000); }},
        {"ListThenBlankLines", [] { return "- x\n" + std::string(kMegabyte, '\n') + "  y"; }},
        {"MixedContainers", [] { return repeated("> - ", 50'000) + "x"; }, "[input/depth-limit]"},
        {"Fences", [] { return repeated("```\n", 250'000); }},
        {"Directives", [] { return repeated("```{note}\n", 100'000); }},
        {"DirectiveFencesGrowing",
         [] {
             std::string text;
             for (std::size_t i = 1500; i > 3; --i) {
                 text += std::string(i, ':') + "{note}\n";
             }
             return text;
         }},
        {"Definitions",
         [] {
             std::string text;
             for (int i = 0; i < 40'000; ++i) {
                 text += "[" + std::to_string(i) + "]: x" + std::to_string(i) + ".md\n";
             }
             return text;
         }},
        {"EqualDefinitions", [] { return repeated("[a]: b.md\n", 100'000); }},
        {"OpenDefinitions", [] { return repeated("[a\n", 300'000); }},
        {"UsesOfOneDefinition",
         [] { return "[a]: <" + std::string(1000, 'b') + ">\n\n" + repeated("[a] ", 200'000); }},
        {"UndefinedUses", [] { return repeated("[a][b] ", 70'000); }},
        {"DeadLinks",
         [] {
             std::string text;
             for (int i = 0; i < 20'000; ++i) {
                 text += "[a](gone" + std::to_string(i) + ".md)\n";
             }
             return text;
         }},
        {"DeadAnchors",
         [] {
             std::string text;
             for (int i = 0; i < 5'000; ++i) {
                 text += "# Heading number " + std::to_string(i) + "\n\n[a](#headin-" +
                         std::to_string(i) + ")\n\n";
             }
             return text;
         }},
        {"DeadLinksOnOneLine",
         [] {
             std::string text;
             for (int i = 0; i < 40'000; ++i) {
                 text += "[a](gone" + std::to_string(i) + ".md) ";
             }
             return text;
         }},
        {"SwappedBrackets", [] { return repeated("(a)[./b", 140'000) + "]"; }},
        {"SwappedBracketsOpen", [] { return repeated("(a)[", 250'000); }},
        {"SpacedTargets", [] { return repeated("[a] (./b.md", 90'000); }},
        {"SpacedTargetsClosed", [] { return "[a" + repeated("] (./b.md) ", 90'000); }},
        {"SchemesWithoutColon", [] { return repeated(":http//a.b", 100'000); }},
        {"Dots", [] { return repeated(".. ", 300'000); }},
        {"DotsAndTexts", [] { return repeated(".. *a* ", 140'000); }},
        {"TextsWithoutDots", [] { return repeated("*a* b ", 160'000); }},
        {"Suppressions",
         [] {
             return repeated("<!-- docathon-lint: disable[links/missing-target] x -->\n\n", 20'000);
         }},
        {"WrongSuppressions",
         [] { return repeated("<!-- docathon-lint: ignore[no/such-rule] x -->\n\n", 20'000); }},
        {"MergeMarkers", [] { return repeated("<<<<<<< a\n=======\n>>>>>>> b\n", 40'000); }},
        {"RstRoles", [] { return repeated(":a:`b` ", 140'000); }},
        {"FrontMatter", [] { return "---\n" + repeated("a:\n", 300'000); }},
        {"Html", [] { return repeated("<div>\n", 150'000); }},
        {"HtmlIds",
         [] {
             std::string text;
             for (int i = 0; i < 30'000; ++i) {
                 text += "<a id=\"x" + std::to_string(i) + "\"></a>\n";
             }
             return text;
         }},
        {"Carets", [] { return std::string(kMegabyte, '^'); }},
        {"InvalidBytes", [] { return std::string(kMegabyte, '\xff'); }, "[input/invalid-utf8]"},
        {"Nuls", [] { return std::string(kMegabyte, '\0'); }, "[input/nul-byte]"},
        {"CombiningMarks", [] { return "# " + filled("a\xcc\x81\xcc\x82", kMegabyte); }},
        {"LoneReturns", [] { return std::string(kMegabyte, '\r'); }},
    };
    return all;
}

class HostilePage : public ::testing::TestWithParam<Hostile> {};

TEST_P(HostilePage, EndsInASecond) {
    const Hostile& hostile = GetParam();
    const std::string text = hostile.text();
    // Each flavour has constructs of its own: a page of no site, of Sphinx with MyST, of MkDocs, of
    // Jekyll. Sanitizers need not see all of them again; the fuzz targets do.
    std::vector<std::string> sites = {"", "myst"};
    if (slowness() < 6) {
        sites.insert(sites.end(), {"mkdocs", "jekyll"});
    }
    for (const std::string& site : sites) {
        const Sandbox box;
        box.write("ok.md", kDeadLink);
        std::string page = "hostile.md";
        if (site == "mkdocs") {
            box.write("mkdocs.yml",
                      "site_name: x\nmarkdown_extensions: [attr_list, admonition, "
                      "md_in_html, footnotes, pymdownx.tabbed]\n");
            page = "docs/hostile.md";
        } else if (site == "jekyll") {
            box.write("_config.yml", "title: x\n");
            box.write("_posts/2025-01-01-x.md", "---\ntitle: x\n---\n");
        } else if (site == "myst") {
            box.write("conf.py",
                      "extensions = ['myst_parser']\nmyst_heading_anchors = 6\n"
                      "myst_enable_extensions = ['colon_fence', 'dollarmath', 'deflist', "
                      "'fieldlist', 'attrs_inline', 'attrs_block', 'substitution', 'linkify', "
                      "'html_image', 'html_admonition', 'tasklist', 'amsmath']\n");
        }
        box.write(page, text);
        // The report counts too; one thread, so that the time is that of the work.
        const Outcome run = box.lint({"--jobs", "1", "--format", "full"});
        EXPECT_EQ(run.signal, 0) << hostile.name;
        EXPECT_EQ(run.code, 1) << hostile.name << run.err;
        EXPECT_THAT(run.out, HasSubstr("ok.md:1:9: error: no file 'gone.md'")) << hostile.name;
        EXPECT_THAT(run.out, HasSubstr(hostile.expect)) << hostile.name;
        EXPECT_LE(run.cpu, limit(1)) << hostile.name << " " << site;
    }
}

INSTANTIATE_TEST_SUITE_P(All, HostilePage, ::testing::ValuesIn(hostiles()),
                         [](const auto& made) { return std::string(made.param.name); });

TEST(HostileJekyll, EndsInASecond) {
    for (const std::string_view unit : {"{% ", "{{ ", "{: ", "{%raw%}", "![a](b){: ", "{% link "}) {
        const Sandbox box;
        box.write("_config.yml", "title: x\n");
        box.write("ok.md", kDeadLink);
        box.write("_posts/2025-01-01-x.md", "---\ntitle: x\n---\n\n" + filled(unit, kMegabyte));
        const Outcome run = box.lint({"--jobs", "1"});
        EXPECT_EQ(run.code, 1) << unit;
        EXPECT_THAT(run.out, HasSubstr("ok.md:1:9: error: no file 'gone.md'"));
        EXPECT_LE(run.cpu, limit(1)) << unit;
    }
}

TEST(HostileReport, ManyFindingsOnOneLongLine) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += "[a](gone" + std::to_string(i) + ".md \"\xc3\xa4\") ";
    }
    const Sandbox box;
    box.write("hostile.md", text);
    for (const char* format : {"text", "full", "json", "jsonl", "sarif", "github", "markdown"}) {
        const Outcome run = box.lint({"--jobs", "1", "--format", format});
        EXPECT_EQ(run.code, 1) << format;
        EXPECT_LE(run.cpu, limit(1)) << format;
        EXPECT_LE(run.out.size(), 100 * text.size()) << format;
    }
}

TEST(HostileTree, ManyFilesOneFolder) {
    const Sandbox box;
    for (int i = 0; i < 3000; ++i) {
        box.write("x" + std::to_string(i) + ".md", "[a](y" + std::to_string(i) + ".md)\n");
    }
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 1);
    EXPECT_EQ(lines_of(run.out).size(), 3000U);
    EXPECT_LE(run.cpu, limit(1));
}

TEST(HostileTree, IncludesThatGoRound) {
    const Sandbox box;
    box.write("conf.py", "extensions = ['myst_parser']\n");
    for (int i = 0; i < 100; ++i) {
        std::string text = "# Page\n\n";
        for (int n = 0; n < 10; ++n) {
            text += "```{include} p" + std::to_string((i * 7 + n) % 100) + ".md\n```\n\n";
        }
        box.write("p" + std::to_string(i) + ".md", text + "[x](#gone)\n");
    }
    const Outcome run = box.lint({});
    EXPECT_TRUE(run.code == 0 || run.code == 1) << run.err;
    EXPECT_LE(run.cpu, limit(1));
}

TEST(HostileTree, HostileConfPy) {
    for (const std::string& text :
         {std::string(200'000, '('), repeated("x = [", 50'000), repeated("x += x\n", 10'000),
          "x = 'a'\n" + repeated("x = x + x\n", 60), "x = [1]\n" + repeated("x = x * 1000\n", 20),
          repeated("if a:\n ", 5'000), "x = '" + std::string(1'000'000, '\\'),
          "x = f'" + repeated("{f'", 50'000), repeated("'''", 100'000),
          "extensions = ['myst_parser']\n" + std::string(1'000'000, '#')}) {
        const Sandbox box;
        box.write("ok.md", kDeadLink);
        box.write("docs/conf.py", "extensions = ['myst_parser']\n" + text);
        box.write("docs/index.md", "# I\n");
        const Outcome run = box.lint({});
        EXPECT_EQ(run.code, 1) << text.substr(0, 30) << run.err;
        EXPECT_THAT(run.out, HasSubstr("ok.md:1:9: error: no file 'gone.md'"));
        EXPECT_LE(run.cpu, limit(1)) << text.substr(0, 30);
    }
}

TEST(HostileTree, NotebookWithALargeOutput) {
    const Sandbox box;
    // Its bytes are let go after it was read, and read again for what is printed.
    box.write("a.ipynb",
              R"x({"cells": [{"cell_type": "code", "source": "f()", "outputs": [{"text": ")x" +
                  std::string(5'000'000, 'x') + "\"}]},\n" +
                  R"x({"cell_type": "markdown", "source": "[a](gone.md)"}]})x");
    for (const char* flag : {"--no-cache", "--quiet"}) {
        const Outcome run = box.lint({"a.ipynb", "--format", "full", flag});
        EXPECT_EQ(run.code, 1) << run.err;
        EXPECT_THAT(run.out, HasSubstr("a.ipynb:2:42: error: no file 'gone.md'"));
        EXPECT_THAT(run.out, HasSubstr("\"source\": \"[a](gone.md)\""));
        EXPECT_LE(run.cpu, limit(1));
    }
}

TEST(HostileTree, NotebooksInOneLine) {
    const Sandbox box;
    box.write(
        "a.ipynb",
        "{\"cells\": [" + repeated(R"({"cell_type":"code","source":["a\n"]},)", 20'000) + "{}]}");
    box.write("b.md", "```yaml\n" + std::string(200'000, '[') +
                          "\n```\n\n```toml\nx = " + repeated("{a=", 60'000) + "\n```\n");
    const Outcome run = box.lint({"--preset", "strict"});
    EXPECT_TRUE(run.code == 0 || run.code == 1) << run.err;
    EXPECT_LE(run.cpu, limit(1));
}

}  // namespace
}  // namespace docathon::testing

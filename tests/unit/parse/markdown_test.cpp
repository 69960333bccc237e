// Block structure of CommonMark and GFM, as nodes with exact ranges. That it is the structure which
// cmark-gfm sees is the business of tests/spec; here it is about what cmark does not say.

#include "tests/unit/parse/markdown_testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace docathon {
namespace {

using ::docathon::testing::fault_of;
using ::docathon::testing::parse;
using ::docathon::testing::Parsed;

TEST(Markdown, EmptyTexts) {
    for (const std::string_view text : {"", "\xef\xbb\xbf", "\n", " \t\n\r\n", "\xef\xbb\xbf\n"}) {
        const Parsed parsed = parse(text);
        ASSERT_EQ(parsed.document().nodes().size(), 1U);
        EXPECT_EQ(parsed.document().node(0).kind, NodeKind::document);
        EXPECT_EQ(parsed.document().node(0).range.end, text.size());
        EXPECT_TRUE(parsed.facts().problems.empty());
    }
}

TEST(Markdown, ShapeOfAPage) {
    const Parsed parsed = parse(
        "# Title\n\ntext\nmore\n\n- a\n- b\n\n  > q\n\n```py\nx\n```\n\n| a |\n|---|\n| b "
        "|\n\n***\n"
        "<div>\n\n    code\n");
    EXPECT_EQ(
        parsed.shape(),
        "heading paragraph list(item(paragraph) item(paragraph block_quote(paragraph))) code_block "
        "table(table_row(table_cell) table_row(table_cell)) thematic_break html_block code_block");
    EXPECT_EQ(fault_of(parsed.document(), parsed.source.bytes().size()), "");
}

TEST(Markdown, RangesOfHeadings) {
    const Parsed parsed = parse("  ## Two *x* ##  \n\nThree\nlines\n===\n");
    EXPECT_EQ(parsed.source_of(NodeKind::heading), "## Two *x* ##  ");
    EXPECT_EQ(parsed.content_of(NodeKind::heading), "Two *x*");
    EXPECT_EQ(parsed.first(NodeKind::heading).level, 2);
    EXPECT_EQ(parsed.data_of(NodeKind::heading).text, "Two x");
    EXPECT_EQ(parsed.source_of(NodeKind::heading, 1), "Three\nlines\n===");
    EXPECT_EQ(parsed.content_of(NodeKind::heading, 1), "Three\nlines");
    EXPECT_EQ(parsed.all(NodeKind::heading)[1].flags, node_flag::kSetext);
    EXPECT_EQ(parsed.data_of(NodeKind::heading, 1).text, "Three lines");
}

TEST(Markdown, InlinesOfAContainerAreReadWithoutItsPrefixes) {
    const Parsed parsed = parse("> - see `a\n>   b` and [x\n>   y](u\n>   \"t\")\nlazy\n");
    EXPECT_EQ(parsed.source_of(NodeKind::code_span), "`a\n>   b`");
    EXPECT_EQ(parsed.data_of(NodeKind::code_span).text, "a b");
    EXPECT_EQ(parsed.source_of(NodeKind::link), "[x\n>   y](u\n>   \"t\")");
    EXPECT_EQ(parsed.data_of(NodeKind::link).text, "u");
    EXPECT_EQ(parsed.data_of(NodeKind::link).title, "t");
    EXPECT_EQ(parsed.source_of(NodeKind::paragraph),
              "see `a\n>   b` and [x\n>   y](u\n>   \"t\")\nlazy");
}

TEST(Markdown, LineEndsOfEveryKindKeepOffsetsExact) {
    for (const std::string_view end : {"\n", "\r\n", "\r"}) {
        std::string text = "\xef\xbb\xbf# a";
        for (const std::string_view line :
             {"", "[b](c)", "d", "", "```x", "e", "", "f", "```", "- [g](h)"}) {
            text += end;
            text += line;
        }
        const Parsed parsed = parse(text);
        EXPECT_EQ(parsed.shape(), "heading paragraph code_block list(item(paragraph))");
        EXPECT_EQ(parsed.source_of(NodeKind::heading), "# a");
        EXPECT_EQ(parsed.source_of(NodeKind::link), "[b](c)");
        EXPECT_EQ(parsed.source_of(NodeKind::link, 1), "[g](h)");
        std::string code = "e";
        code += end;
        code += end;
        code += "f";
        EXPECT_EQ(parsed.content_of(NodeKind::code_block), code);
    }
}

TEST(Markdown, CodeBlocks) {
    const Parsed parsed =
        parse("~~~ py title=\"a\" \nx\n~~~\n\n    indented\n\n    more\n\n\n```\n```\n");
    const std::vector<Node> code = parsed.all(NodeKind::code_block);
    ASSERT_EQ(code.size(), 3U);
    EXPECT_EQ(parsed.slice(code[0].range), "~~~ py title=\"a\" \nx\n~~~");
    EXPECT_EQ(parsed.slice(code[0].content), "x");
    EXPECT_EQ(code[0].flags, node_flag::kFenced);
    EXPECT_EQ(parsed.data_of(NodeKind::code_block).name, "py");
    EXPECT_EQ(parsed.data_of(NodeKind::code_block).text, "py title=\"a\"");
    EXPECT_EQ(parsed.slice(parsed.data_of(NodeKind::code_block).name_range), "py");
    // Indented code ends with its last line that has text.
    EXPECT_EQ(parsed.slice(code[1].content), "indented\n\n    more");
    EXPECT_EQ(code[1].flags, 0);
    EXPECT_EQ(parsed.slice(code[2].range), "```\n```");
    EXPECT_EQ(parsed.slice(code[2].content), "");
    // The lines of the second lie apart (their indentation is between them), those of the first
    // not.
    EXPECT_EQ(code[0].first_child, kNoNode);
    ASSERT_NE(code[1].first_child, kNoNode);
    EXPECT_EQ(parsed.source_of(NodeKind::raw_text, 0), "indented");
    EXPECT_EQ(parsed.source_of(NodeKind::raw_text, 2), "more");
}

TEST(Markdown, FencesThatTheirContainerCloses) {
    const Parsed parsed = parse("- ```\n  a\n\nb\n\n> ~~~\n> c\n\n```\nd\n");
    const std::vector<Node> code = parsed.all(NodeKind::code_block);
    ASSERT_EQ(code.size(), 3U);
    for (const Node& node : code) {
        EXPECT_EQ(node.flags, node_flag::kFenced | node_flag::kUnclosed);
    }
    EXPECT_EQ(parsed.slice(code[1].content), "c");
    EXPECT_EQ(parsed.slice(code[2].content), "d");
    EXPECT_EQ(parse("```\na\n```\n").first(NodeKind::code_block).flags, node_flag::kFenced);
}

TEST(Markdown, LinkDefinitionsAreNodes) {
    const Parsed parsed =
        parse("> [A b]: </u v> 'ti\n> tle'\n> [c]: x\n> text [a  B] [c]\n\n[d]: y\n");
    EXPECT_EQ(parsed.shape(),
              "block_quote(link_definition link_definition paragraph) link_definition");
    EXPECT_EQ(parsed.source_of(NodeKind::link_definition), "[A b]: </u v> 'ti\n> tle'");
    const NodeData data = parsed.data_of(NodeKind::link_definition);
    EXPECT_EQ(data.name, "A b");
    EXPECT_EQ(data.text, "/u v");
    EXPECT_EQ(parsed.slice(data.text_range), "/u v");
    ASSERT_EQ(parsed.all(NodeKind::link).size(), 2U);
    EXPECT_EQ(parsed.data_of(NodeKind::link).text, "/u v");
    EXPECT_EQ(parsed.first(NodeKind::link).form, LinkForm::shortcut);
    EXPECT_EQ(parsed.source_of(NodeKind::paragraph), "text [a  B] [c]");
}

TEST(Markdown, DefinitionsCountBeforeTheyAreWritten) {
    const Parsed parsed = parse("[a][]\n\n- [a]: /x\n");
    EXPECT_EQ(parsed.data_of(NodeKind::link).text, "/x");
    EXPECT_EQ(parsed.slice(parsed.data_of(NodeKind::link).text_range), "/x");
}

TEST(Markdown, Tables) {
    const Parsed parsed =
        parse("above\n| a | b |\n|:--|--:|\n| [x](y) | `p \\| q` | dropped |\n| short\n");
    EXPECT_EQ(parsed.shape(),
              "paragraph table(table_row(table_cell table_cell) table_row(table_cell table_cell) "
              "table_row(table_cell))");
    EXPECT_EQ(parsed.first(NodeKind::table_row).level, 1);
    EXPECT_EQ(parsed.all(NodeKind::table_row)[1].level, 0);
    EXPECT_EQ(parsed.source_of(NodeKind::table_cell, 1), "b");
    EXPECT_EQ(parsed.source_of(NodeKind::table_cell, 3), "`p \\| q`");
    EXPECT_EQ(parsed.data_of(NodeKind::code_span).text, "p | q");
    EXPECT_EQ(parsed.source_of(NodeKind::link), "[x](y)");
    EXPECT_EQ(parsed.source_of(NodeKind::paragraph), "above");
    EXPECT_EQ(parse("| a |\n|---|\n", Flavor::commonmark).shape(), "paragraph");
}

TEST(Markdown, CellsAreCutAtPipesThatNoBackslashStandsBefore) {
    const Parsed parsed = parse("| a\\\\| b | c |\n|---|---|\n||d|\n");
    EXPECT_EQ(parsed.source_of(NodeKind::table_cell, 0), "a\\\\| b");
    EXPECT_EQ(parsed.source_of(NodeKind::table_cell, 1), "c");
    EXPECT_EQ(parsed.source_of(NodeKind::table_cell, 2), "");
    EXPECT_EQ(parsed.source_of(NodeKind::table_cell, 3), "d");
}

TEST(Markdown, TaskBoxesAreNoText) {
    const Parsed parsed = parse("- [ ] [a](b)\n- [x] c\n- [y] d\n");
    EXPECT_EQ(parsed.source_of(NodeKind::paragraph), "[a](b)");
    EXPECT_EQ(parsed.source_of(NodeKind::paragraph, 1), "c");
    EXPECT_EQ(parsed.source_of(NodeKind::paragraph, 2), "[y] d");
    EXPECT_EQ(parse("- [ ] a\n", Flavor::commonmark).source_of(NodeKind::paragraph), "[ ] a");
    // As in cmark-gfm, only where the marker is the first thing on its line.
    EXPECT_EQ(parse("> - [ ] a\n").source_of(NodeKind::paragraph), "[ ] a");
}

TEST(Markdown, ListsSayWhetherTheyAreOrdered) {
    const Parsed parsed = parse("- a\n\n1. b\n2. c\n\n3) d\n");
    const std::vector<Node> lists = parsed.all(NodeKind::list);
    ASSERT_EQ(lists.size(), 3U);
    EXPECT_EQ(lists[0].flags, 0);
    EXPECT_EQ(lists[1].flags, node_flag::kOrdered);
    EXPECT_EQ(parsed.slice(lists[1].range), "1. b\n2. c");
    EXPECT_EQ(parsed.source_of(NodeKind::item, 1), "1. b");
    EXPECT_EQ(parsed.content_of(NodeKind::item, 1), "b");
}

TEST(Markdown, HtmlAndComments) {
    const Parsed parsed =
        parse("<!-- one -->\n\n<div>\n<!-- two --> <p>\n\ntext <!-- three -->\n\n<!-- four\n");
    EXPECT_EQ(parsed.shape(), "comment html_block(comment) paragraph comment");
    EXPECT_EQ(parsed.content_of(NodeKind::comment, 0), " one ");
    EXPECT_EQ(parsed.content_of(NodeKind::comment, 1), " two ");
    EXPECT_EQ(parsed.content_of(NodeKind::comment, 2), " three ");
    EXPECT_EQ(parsed.source_of(NodeKind::comment, 3), "<!-- four");
    EXPECT_EQ(parsed.all(NodeKind::comment)[3].flags & node_flag::kUnclosed, node_flag::kUnclosed);
    EXPECT_EQ(parsed.first(NodeKind::comment).flags & node_flag::kUnclosed, 0);
}

TEST(Markdown, FrontMatter) {
    const Parsed parsed = parse("\xef\xbb\xbf---\ntitle: x\n---\n# a\n");
    EXPECT_EQ(parsed.shape(), "front_matter heading");
    EXPECT_EQ(parsed.content_of(NodeKind::front_matter), "title: x\n");
    EXPECT_EQ(parsed.source_of(NodeKind::front_matter), "---\ntitle: x\n---");
    // Without its end, not at the start, or in plain CommonMark, it is something else.
    EXPECT_EQ(parse("---\ntitle: x\n").shape(), "thematic_break paragraph");
    EXPECT_EQ(parse("\n---\na: b\n---\n").shape(), "thematic_break heading");
    EXPECT_EQ(parse("---\na: b\n---\n", Flavor::commonmark).shape(), "thematic_break heading");
    EXPECT_EQ(parse("---\n...\ntext\n").shape(), "front_matter paragraph");
}

TEST(Markdown, FootnotesHoldBlocks) {
    const Parsed parsed = parse("[^a-1]: first\n\n    second [x](y)\n\nafter[^a-1]\n");
    EXPECT_EQ(parsed.shape(), "footnote_definition(paragraph paragraph) paragraph");
    EXPECT_EQ(parsed.data_of(NodeKind::footnote_definition).name, "a-1");
    EXPECT_EQ(parsed.slice(parsed.data_of(NodeKind::footnote_definition).name_range), "a-1");
    EXPECT_EQ(parsed.source_of(NodeKind::footnote_reference), "[^a-1]");
    EXPECT_EQ(parse("[^a]: b\n", Flavor::commonmark).shape(), "link_definition");
}

TEST(Markdown, MathBlocks) {
    const Parsed parsed = parse("$$\n[no](link)\n$$\n\n$$ a $$\n\n$$ open\n\ntext\n");
    EXPECT_EQ(parsed.shape(), "math_block math_block paragraph paragraph");
    EXPECT_EQ(parsed.content_of(NodeKind::math_block), "\n[no](link)\n");
    EXPECT_EQ(parsed.content_of(NodeKind::math_block, 1), " a ");
    EXPECT_TRUE(parsed.all(NodeKind::link).empty());
    // It is no block inside a paragraph.
    EXPECT_EQ(parse("text\n$$\na\n$$\n").shape(), "paragraph");
}

TEST(Markdown, ADirectiveIsCodeWhereThereAreNone) {
    const Parsed parsed = parse("```{note} x\n[a](b)\n```\n:::{tip}\n[c](d)\n:::\n");
    EXPECT_EQ(parsed.shape(), "code_block paragraph");
    EXPECT_EQ(parsed.data_of(NodeKind::code_block).name, "{note}");
    EXPECT_EQ(parsed.all(NodeKind::link).size(), 1U);
}

TEST(Markdown, MkDocsAdmonitions) {
    const Parsed parsed = parse(
        "!!! note \"A *title*\"\n    [a](b)\n\n    - c\n\n=== \"Tab\"\n\n    [d](e)\n\nafter\n",
        Flavor::mkdocs);
    EXPECT_EQ(parsed.shape(),
              "directive(paragraph paragraph list(item(paragraph))) directive(paragraph paragraph) "
              "paragraph");
    EXPECT_EQ(parsed.data_of(NodeKind::directive).name, "note");
    EXPECT_EQ(parsed.source_of(NodeKind::paragraph), "A *title*");
    EXPECT_EQ(parsed.source_of(NodeKind::link, 1), "[d](e)");
}

// --- bad input ----------------------------------------------------------------------------------

TEST(MarkdownInput, NulBytesAndInvalidUtf8AreNotedOnceAndTheRestIsRead) {
    std::string text = "# a\xff\n\nb \xc3 [c](d)\n";
    text.insert(5, 1, '\0');
    text += '\0';
    const Parsed parsed = parse(text);
    ASSERT_EQ(parsed.facts().problems.size(), 2U);
    EXPECT_EQ(parsed.facts().problems[0].rule, "input/nul-byte");
    EXPECT_EQ(parsed.facts().problems[0].message, "2 NUL bytes in a text file; the rest was read");
    EXPECT_EQ(parsed.facts().problems[0].range, (Range{5, 6}));
    EXPECT_EQ(parsed.facts().problems[1].rule, "input/invalid-utf8");
    EXPECT_EQ(parsed.facts().problems[1].message,
              "2 bytes that are not valid UTF-8; the rest was read");
    EXPECT_EQ(parsed.facts().problems[1].range, (Range{3, 4}));
    EXPECT_EQ(parsed.source_of(NodeKind::link), "[c](d)");
}

TEST(MarkdownInput, TooLargeFilesAreNotRead) {
    Settings settings;
    settings.max_bytes = 10;
    const Parsed parsed = parse("# heading that is long\n", settings);
    EXPECT_TRUE(parsed.document().nodes().empty());
    ASSERT_EQ(parsed.facts().problems.size(), 1U);
    EXPECT_EQ(parsed.facts().problems[0].rule, "input/too-large");
    EXPECT_THAT(parsed.facts().problems[0].message, ::testing::HasSubstr("23 bytes"));
    EXPECT_TRUE(parsed.facts().open_anchors);
    settings.max_bytes = 23;
    EXPECT_TRUE(parse("# heading that is long\n", settings).facts().problems.empty());
}

TEST(MarkdownInput, NestingHasALimitAndWhatIsDeeperIsText) {
    const std::string text = std::string(100000, '>') + " [a](b)\n\n# after\n";
    const Parsed parsed = parse(text);
    ASSERT_EQ(parsed.facts().problems.size(), 1U);
    EXPECT_EQ(parsed.facts().problems[0].rule, "input/depth-limit");
    EXPECT_THAT(parsed.facts().problems[0].message, ::testing::HasSubstr("200 levels"));
    EXPECT_LT(parsed.all(NodeKind::block_quote).size(), 200U);
    EXPECT_GT(parsed.all(NodeKind::block_quote).size(), 190U);
    EXPECT_EQ(parsed.source_of(NodeKind::link), "[a](b)");
    EXPECT_EQ(parsed.facts().headings.size(), 1U);
    // The limit is about nesting, not about length.
    std::string flat;
    for (int i = 0; i < 1000; ++i)
        flat += "> - a\n\n";
    EXPECT_TRUE(parse(flat).facts().problems.empty());
}

TEST(MarkdownInput, NestedDirectivesHaveTheSameLimit) {
    std::string text;
    for (int i = 500; i > 0; --i)
        text += std::string(static_cast<std::size_t>(i % 200) + 3, '`') + "{note}\n";
    text += "[a](b)\n";
    const Parsed parsed = testing::parse_myst(text);
    EXPECT_EQ(fault_of(parsed.document(), text.size()), "");
    std::string deep;
    for (int i = 240; i > 3; --i)
        deep += std::string(static_cast<std::size_t>(i), ':') + "{note}\n";
    const Parsed nested = testing::parse_myst(deep + "[a](b)\n");
    ASSERT_EQ(nested.facts().problems.size(), 1U);
    EXPECT_EQ(nested.facts().problems[0].rule, "input/depth-limit");
    EXPECT_EQ(nested.data_of(NodeKind::raw_text).name, "markdown");
}

/// Texts that make a careless parser quadratic or deep. The time of all is a matter of the clock of
/// the machine, so only a generous limit is tested here.
TEST(MarkdownInput, HostileTextsAreReadInLinearTime) {
    const auto repeat = [](std::string_view part, std::size_t count) {
        std::string out;
        out.reserve(part.size() * count);
        for (std::size_t i = 0; i < count; ++i)
            out += part;
        return out;
    };
    const std::string columns =
        repeat("a|", 20000) + "\n" + repeat("-|", 20000) + "\n" + repeat("b|", 20000);
    const std::vector<std::string> texts = {
        repeat("# a\n", 100000),
        repeat("[a]: /b\n", 50000) + repeat("[a]\n", 50000),
        repeat("[a]: /b \"\n", 50000),
        columns,
        repeat("a|b\n", 100000) + "|-|\n" + repeat("|-|\n", 50000),
        repeat("- ", 100000) + "a",
        repeat("* ", 200000) + "a",
        repeat("1. ", 100000),
        repeat("```{note}\n", 50000),
        repeat(":::\n", 100000),
        repeat("$$ a\n", 100000),
        repeat("$$ a\n\n", 50000),
        repeat("\\begin{align}\n", 50000),
        repeat("<!-- docathon-lint: ignore[x] -->\n\n", 20000),
        repeat("% docathon-lint: ignore[x]\n", 50000),
        repeat("[^a]: ", 50000),
        repeat("a\n: b\n", 50000),
        repeat(": ", 50000),
        repeat(":a: ", 50000),
        repeat("{#a}\n", 50000),
        repeat("<h1>\n\n", 50000),
        repeat("\t", 1 << 20),
        repeat("\r", 1 << 20),
        repeat("> a\n", 100000) + repeat("b\n", 100000),
    };
    const std::clock_t start = std::clock();
    for (const std::string& text : texts) {
        EXPECT_FALSE(parse(text).document().nodes().empty());
        EXPECT_FALSE(testing::parse_myst(text).document().nodes().empty());
    }
    for (const std::string& text : {repeat("{% highlight x %}\n", 50000), repeat("{: #a}\n", 50000),
                                    repeat("# a {#", 50000)}) {
        EXPECT_FALSE(parse(text, Flavor::jekyll).document().nodes().empty());
    }
    EXPECT_FALSE(parse(repeat("!!! note\n", 50000), Flavor::mkdocs).document().nodes().empty());
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    // A quadratic one alone takes longer than this; all together take less than 2 s without
    // sanitizers.
    EXPECT_LT(seconds, 60.0);
}

TEST(Format, ByName) {
    EXPECT_EQ(format_of("a/b.md"), Format::markdown);
    EXPECT_EQ(format_of("README.MARKDOWN"), Format::markdown);
    EXPECT_EQ(format_of("x.mkd"), Format::markdown);
    EXPECT_EQ(format_of("x.rst"), Format::rst);
    EXPECT_EQ(format_of("x.rest"), Format::rst);
    EXPECT_EQ(format_of("x.py"), Format::python);
    EXPECT_EQ(format_of("x.pyi"), Format::python);
    EXPECT_EQ(format_of("dir.md/file"), Format::other);
    EXPECT_EQ(format_of("md"), Format::other);
    EXPECT_EQ(to_string(Format::rst), "rst");
}

TEST(Format, OtherFormatsGiveAnEmptyDocument) {
    const SourceFile source(0, "a.txt", "# a\n");
    const ParsedFile parsed = parse_file(source, Settings{});
    EXPECT_TRUE(parsed.document.nodes().empty());
    EXPECT_EQ(parsed.facts.format, Format::other);
}

}  // namespace
}  // namespace docathon

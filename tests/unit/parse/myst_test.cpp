// MyST: directives, roles and the other blocks that MyST-Parser reads. The comments name what of
// MyST-Parser 5 or mdit-py-plugins a behaviour follows.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/parse/markdown_testing.h"

namespace docathon {
namespace {

using ::docathon::testing::fault_of;
using ::docathon::testing::parse_myst;
using ::docathon::testing::Parsed;

TEST(Myst, DirectiveWithOptionsAndBody) {
    const std::string text =
        "````{figure} img/a.png\n:name: fig-a\n:alt: \"words: more\"\n\nCaption "
        "[b](c)\n\n```py\nx\n```\n````\n";
    const Parsed parsed = parse_myst(text);
    EXPECT_EQ(parsed.shape(), "directive(directive_option directive_option paragraph code_block)");
    const Node node = parsed.first(NodeKind::directive);
    EXPECT_EQ(parsed.slice(node.range) + "\n", text);
    EXPECT_EQ(parsed.slice(node.content), "Caption [b](c)\n\n```py\nx\n```");
    EXPECT_EQ(node.flags & node_flag::kUnclosed, 0);
    const NodeData data = parsed.document().data(node);
    EXPECT_EQ(data.name, "figure");
    EXPECT_EQ(data.text, "img/a.png");
    EXPECT_EQ(parsed.slice(data.name_range), "figure");
    EXPECT_EQ(parsed.slice(data.text_range), "img/a.png");
    EXPECT_EQ(parsed.source_of(NodeKind::directive_option, 1), ":alt: \"words: more\"");
    EXPECT_EQ(parsed.data_of(NodeKind::directive_option, 1).name, "alt");
    EXPECT_EQ(parsed.data_of(NodeKind::directive_option, 1).text, "words: more");
    EXPECT_EQ(fault_of(parsed.document(), text.size()), "");
}

TEST(Myst, OptionsAsYaml) {
    const Parsed parsed =
        parse_myst("```{image} a.png\n---\nalt: x y\n# no: option\nname: 'n'\n---\n```\n");
    ASSERT_EQ(parsed.all(NodeKind::directive_option).size(), 2U);
    EXPECT_EQ(parsed.data_of(NodeKind::directive_option, 0).text, "x y");
    EXPECT_EQ(parsed.data_of(NodeKind::directive_option, 1).name, "name");
    EXPECT_EQ(parsed.data_of(NodeKind::directive_option, 1).text, "n");
}

TEST(Myst, OptionsEndWithTheFirstOtherLine) {
    const Parsed parsed =
        parse_myst("```{note}\n:class: x\n\n:name: text\n```\n:::{tip}\n::::{hint}\n::::\n");
    EXPECT_EQ(parsed.all(NodeKind::directive_option).size(), 1U);
    EXPECT_THAT(parsed.shape(), ::testing::StartsWith("directive(directive_option list("));
    // Three colons are a fence, not an option.
    EXPECT_EQ(parsed.data_of(NodeKind::directive, 2).name, "hint");
}

TEST(Myst, TextBehindANameThatTakesNoArgumentIsBody) {
    const Parsed parsed = parse_myst("```{note} See [a](b)\n:class: x\nand [c](d).\n```\n");
    EXPECT_EQ(parsed.shape(), "directive(directive_option paragraph)");
    EXPECT_EQ(parsed.all(NodeKind::link).size(), 2U);
    EXPECT_EQ(parsed.source_of(NodeKind::link), "[a](b)");
    EXPECT_EQ(parse_myst("```{note} [a](b)\n```\n").source_of(NodeKind::link), "[a](b)");
    EXPECT_EQ(parse_myst("```{warning} [a](b)").source_of(NodeKind::link), "[a](b)");
}

TEST(Myst, TitlesAreMarkdown) {
    const Parsed parsed =
        parse_myst("```{admonition} See [a](b)\n[c](d)\n```\n```{versionadded} 1.2 [e](f)\n```\n");
    EXPECT_EQ(parsed.shape(), "directive(paragraph paragraph) directive(paragraph)");
    EXPECT_EQ(parsed.source_of(NodeKind::paragraph), "See [a](b)");
    EXPECT_EQ(parsed.source_of(NodeKind::paragraph, 2), "[e](f)");
    // A class or a language is not.
    EXPECT_TRUE(parse_myst("```{container} [a](b)\n```\n").all(NodeKind::link).empty());
}

TEST(Myst, NestingByFenceLengthAndByIndentation) {
    const Parsed parsed = parse_myst(
        "::::{grid} 2\n:::{grid-item-card} One\n[a](b)\n:::\n::::\n\n- item\n\n  ```{note}\n  "
        "[c](d)\n  ```\n\n"
        "> ````{tip}\n> ```{hint}\n> [e](f)\n> ```\n> ````\n");
    EXPECT_EQ(
        parsed.shape(),
        "directive(directive(paragraph paragraph)) list(item(paragraph directive(paragraph))) "
        "block_quote(directive(directive(paragraph)))");
    for (const Node& node : parsed.all(NodeKind::directive))
        EXPECT_EQ(node.flags & node_flag::kUnclosed, 0);
    EXPECT_EQ(parsed.source_of(NodeKind::link, 2), "[e](f)");
    EXPECT_EQ(fault_of(parsed.document(), parsed.source.bytes().size()), "");
}

TEST(Myst, TheOuterFenceIsClosedByTheFirstLineThatCan) {
    // As markdown-it's fence rule: what is inside does not count.
    const Parsed parsed = parse_myst("```{note}\n```py\nx\n```\ntext\n");
    EXPECT_EQ(parsed.shape(), "directive(code_block) paragraph");
    EXPECT_EQ(parsed.first(NodeKind::directive).flags & node_flag::kUnclosed, 0);
    EXPECT_EQ(parsed.first(NodeKind::code_block).flags & node_flag::kUnclosed,
              node_flag::kUnclosed);
}

TEST(Myst, UnclosedDirectives) {
    const Parsed parsed = parse_myst("```{include} a.md");
    EXPECT_EQ(parsed.first(NodeKind::directive).flags & node_flag::kUnclosed, node_flag::kUnclosed);
    EXPECT_EQ(parsed.source_of(NodeKind::directive), "```{include} a.md");
    const Parsed item = parse_myst("- :::{note}\n  [a](b)\ntext\n");
    // Nothing in a directive goes on behind the end of its container.
    EXPECT_EQ(item.shape(), "list(item(directive(paragraph))) paragraph");
    EXPECT_EQ(item.first(NodeKind::directive).flags & node_flag::kUnclosed, node_flag::kUnclosed);
}

TEST(Myst, FencesWithoutBraces) {
    const Parsed parsed =
        parse_myst(":::figure words\n[a](b)\n:::\n\n```py {note}\nx\n```\n```{note}x\ny\n```\n");
    EXPECT_EQ(parsed.shape(), "directive(paragraph) code_block code_block");
    EXPECT_EQ(parsed.data_of(NodeKind::directive).name, "div");
    EXPECT_EQ(parsed.data_of(NodeKind::directive).text, "figure words");
    EXPECT_TRUE(parsed.facts().references[0].kind == ReferenceKind::link);
    EXPECT_EQ(parsed.facts().references.size(), 1U);
}

TEST(Myst, ColonFencesAreAnExtension) {
    Settings settings;
    settings.flavor = Flavor::myst;
    EXPECT_EQ(testing::parse(":::{note}\na\n:::\n", settings).shape(), "paragraph");
    EXPECT_EQ(testing::parse("```{note}\na\n```\n", settings).shape(), "directive(paragraph)");
    EXPECT_EQ(testing::parse("a\n: b\n\n$$\nx\n$$\n", settings).shape(), "paragraph paragraph");
}

TEST(Myst, CodeDirectivesAreCode) {
    const Parsed parsed = parse_myst("```{code-block} python\n:name: c\n\nx = [a](b)\n```\n");
    EXPECT_EQ(parsed.shape(), "code_block(directive_option)");
    EXPECT_EQ(parsed.data_of(NodeKind::code_block).name, "python");
    EXPECT_EQ(parsed.data_of(NodeKind::code_block).text, "{code-block} python");
    EXPECT_EQ(parsed.content_of(NodeKind::code_block), "\nx = [a](b)");
    EXPECT_TRUE(parsed.all(NodeKind::link).empty());
    ASSERT_EQ(parsed.facts().anchors.size(), 1U);
    EXPECT_EQ(parsed.facts().anchors[0].id, "c");
}

TEST(Myst, BodiesThatAreNotMarkdown) {
    const Parsed parsed = parse_myst(
        "```{eval-rst}\n.. _lab-el:\n\n.. note:: [a](b)\n```\n```{mermaid}\na --> b\n```\n"
        "```{raw} html\n<a href=\"x.html\" id=\"i\">\n```\n```{math}\n:label: eq-1\n\na\n```\n");
    EXPECT_EQ(parsed.shape(),
              "directive(raw_text(target directive(paragraph))) directive(raw_text) "
              "directive(html_block) math_block(directive_option)");
    EXPECT_EQ(parsed.data_of(NodeKind::raw_text).name, "rst");
    EXPECT_EQ(parsed.content_of(NodeKind::raw_text), ".. _lab-el:\n\n.. note:: [a](b)");
    EXPECT_EQ(parsed.data_of(NodeKind::raw_text, 1).name, "mermaid");
    EXPECT_TRUE(parsed.facts().open_anchors);
    ASSERT_EQ(parsed.facts().anchors.size(), 3U);
    EXPECT_EQ(parsed.facts().anchors[0].id, "lab-el");
    EXPECT_EQ(parsed.slice(parsed.facts().anchors[0].range), "lab-el");
    EXPECT_EQ(parsed.facts().anchors[1].id, "i");
    EXPECT_EQ(parsed.facts().anchors[2].id, "eq-1");
    ASSERT_EQ(parsed.facts().references.size(), 1U);
    EXPECT_EQ(parsed.facts().references[0].target, "x.html");
}

TEST(Myst, RstInAQuoteKeepsItsLines) {
    const Parsed parsed = parse_myst("> ```{eval-rst}\n> .. note::\n>\n>    x\n> ```\n");
    EXPECT_EQ(parsed.shape(), "block_quote(directive(raw_text(directive(paragraph))))");
    EXPECT_EQ(parsed.source_of(NodeKind::paragraph), "x");
}

TEST(Myst, LinesOfTheirOwn) {
    // mdit-py-plugins' myst_blocks: all three end a paragraph.
    const Parsed parsed =
        parse_myst("text\n% a comment\n(my target)=\ntext\n+++ {\"x\": 1}\n# h\n");
    EXPECT_EQ(parsed.shape(), "paragraph comment target paragraph block_break heading");
    EXPECT_EQ(parsed.content_of(NodeKind::comment), " a comment");
    EXPECT_EQ(parsed.data_of(NodeKind::target).name, "my target");
    EXPECT_EQ(parsed.source_of(NodeKind::target), "(my target)=");
    EXPECT_EQ(parsed.facts().anchors[0].kind, AnchorKind::target);
    EXPECT_EQ(parse_myst("    % code\n").shape(), "code_block");
    EXPECT_EQ(testing::parse("% text\n\n(a)=\n\n+++\n").shape(), "paragraph paragraph paragraph");
}

TEST(Myst, DefinitionLists) {
    const Parsed parsed =
        parse_myst("Term [a](b)\n: Def [c](d)\n\n  more\n: second\n\nOther\n\n  ~ third\n");
    EXPECT_EQ(parsed.shape(),
              "list(item(paragraph) item(paragraph paragraph) item(paragraph)) "
              "list(item(paragraph) item(paragraph))");
    EXPECT_EQ(parsed.source_of(NodeKind::paragraph), "Term [a](b)");
    EXPECT_EQ(parsed.source_of(NodeKind::item, 1), ": Def [c](d)\n\n  more");
    // A term is one line; `:` needs a blank.
    EXPECT_EQ(parse_myst("two\nlines\n: no\n").shape(), "paragraph");
    EXPECT_EQ(parse_myst("a\n:b\n").shape(), "paragraph");
    EXPECT_EQ(parse_myst("a\n:     code\n").shape(), "list(item(paragraph) item(code_block))");
    EXPECT_EQ(parse_myst("a\n\n\n: b\n").shape(), "paragraph paragraph");
}

TEST(Myst, FieldLists) {
    const Parsed parsed = parse_myst(":orphan:\n:name: [a](b)\n   more\n:x:\n  - c\n\n# h\n");
    EXPECT_EQ(parsed.shape(), "list(item item(paragraph) item(list(item(paragraph)))) heading");
    EXPECT_EQ(parsed.data_of(NodeKind::item, 1).name, "name");
    EXPECT_TRUE(parsed.facts().orphan);
    EXPECT_EQ(parsed.source_of(NodeKind::link), "[a](b)");
    EXPECT_EQ(parse_myst("a | b\n:-- | --:\n").shape(), "table(table_row(table_cell table_cell))");
}

TEST(Myst, MathWithLabels) {
    const Parsed parsed = parse_myst(
        "$$\na\n$$ (eq)\n\n$$ b $$ "
        "(e2)\n\n\\begin{align*}\n[c](d)\n\\end{align*}\n\n\\begin{itemize}\n");
    EXPECT_EQ(parsed.shape(), "math_block math_block math_block paragraph");
    EXPECT_EQ(parsed.data_of(NodeKind::math_block).name, "eq");
    EXPECT_EQ(parsed.content_of(NodeKind::math_block), "\na\n");
    EXPECT_EQ(parsed.data_of(NodeKind::math_block, 1).name, "e2");
    EXPECT_EQ(parsed.source_of(NodeKind::math_block, 2), "\\begin{align*}\n[c](d)\n\\end{align*}");
    EXPECT_EQ(parsed.facts().anchors.size(), 2U);
}

TEST(Myst, AttributesOfTheNextBlock) {
    const Parsed parsed = parse_myst("{#the-id .cls}\n## Heading\n\n{.only-class}\ntext\n{#no}\n");
    EXPECT_EQ(parsed.shape(), "attributes heading attributes paragraph");
    ASSERT_EQ(parsed.facts().headings.size(), 1U);
    EXPECT_EQ(parsed.facts().headings[0].explicit_id, "the-id");
    ASSERT_EQ(parsed.facts().anchors.size(), 1U);
    EXPECT_EQ(parsed.facts().anchors[0].kind, AnchorKind::attribute);
    EXPECT_EQ(parsed.slice(parsed.facts().anchors[0].range), "the-id");
}

TEST(Myst, UnknownDirectivesHaveAMarkdownBody) {
    const Parsed parsed = parse_myst("```{my-card} [x](y)\n:link: z\n[a](b)\n```\n");
    EXPECT_EQ(parsed.shape(), "directive(directive_option paragraph)");
    ASSERT_EQ(parsed.facts().references.size(), 2U);
    EXPECT_EQ(parsed.facts().references[0].kind, ReferenceKind::directive_link);
    EXPECT_EQ(parsed.facts().references[1].target, "b");
    EXPECT_FALSE(parsed.facts().open_anchors);
}

TEST(Myst, DomainDirectivesMayMakeAnchors) {
    EXPECT_TRUE(parse_myst("```{py:function} f(x)\n[a](b)\n```\n").facts().open_anchors);
    EXPECT_TRUE(parse_myst("```{automodule} x\n```\n").facts().open_anchors);
    EXPECT_FALSE(parse_myst("```{note}\n```\n").facts().open_anchors);
}

}  // namespace
}  // namespace docathon

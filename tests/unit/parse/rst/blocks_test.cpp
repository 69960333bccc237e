// Block structure: what docutils 0.22.4 makes of small texts, and what it says about them. The
// texts are ours; the expectations were checked against docutils.

#include <gtest/gtest.h>

#include "tests/unit/parse/rst/parse_rst.h"

namespace docathon::rst {
namespace {

struct Case {
    const char* text;
    const char* shape;     ///< of the document
    const char* messages;  ///< "level line text" each
};

class RstBlocks : public testing::TestWithParam<Case> {};

TEST_P(RstBlocks, AsDocutils) {
    const ParsedRst parsed(GetParam().text);
    std::string shape = parsed.shape(0);
    EXPECT_EQ(shape, GetParam().shape);
    EXPECT_EQ(parsed.messages(), GetParam().messages);
}

INSTANTIATE_TEST_SUITE_P(
    Paragraphs, RstBlocks,
    testing::Values(
        Case{"a\nb\n\nc", "paragraph('a\nb') paragraph('c')", ""},
        Case{"a\n  b\nc",
             "definition_list(definition_list_item(term('a') definition(paragraph('b')))) "
             "system_message(paragraph('Definition list ends without a blank line; unexpected "
             "unindent.')) paragraph('c')",
             "2 3 Definition list ends without a blank line; unexpected unindent.\n"},
        Case{"a\nb\n  c\n",
             "paragraph('a\nb') system_message(paragraph('Unexpected indentation.')) "
             "block_quote(paragraph('c'))",
             "3 3 Unexpected indentation.\n"},
        Case{"  a\n\n   b\n\n  -- c\n     d\n\n  e",
             "block_quote(paragraph('a') block_quote(paragraph('b')) attribution('c\nd')) "
             "block_quote(paragraph('e'))",
             ""},
        Case{"a::\n\n  b\n   c\n\n  d\ne",
             "paragraph('a:') literal_block('b\n c\n\nd') system_message(paragraph('Literal block "
             "ends without a blank line; unexpected unindent.')) paragraph('e')",
             "2 7 Literal block ends without a blank line; unexpected unindent.\n"},
        Case{"a\\::\n\n  b\n", "paragraph('a::') block_quote(paragraph('b'))", ""},
        Case{"a ::\n\n> b\n> c\n\n", "paragraph('a') literal_block('> b\n> c')", ""},
        Case{"::\n\n> b\n* c\n\n",
             "literal_block('> b') system_message(paragraph('Inconsistent literal block "
             "quoting.')) bullet_list(list_item(paragraph('c')))",
             "3 4 Inconsistent literal block quoting.\n"},
        Case{"a::\n\nb",
             "paragraph('a:') system_message(paragraph('Literal block expected; none found.')) "
             "paragraph('b')",
             "2 3 Literal block expected; none found.\n"},
        Case{"a::\n",
             "paragraph('a:') system_message(paragraph('Literal block expected; none found.'))",
             "2 2 Literal block expected; none found.\n"},
        Case{">>> a\n*b\n\n", "doctest_block('>>> a\n*b')", ""},
        Case{"| a\n|   b\n  c\n|\n| d\ne",
             "line_block(line('a') line_block(line('b\nc') line()) line('d')) "
             "system_message(paragraph('Line block ends without a blank line.')) paragraph('e')",
             "2 2 Line block ends without a blank line.\n"}));

INSTANTIATE_TEST_SUITE_P(
    Lists, RstBlocks,
    testing::Values(
        Case{"- a\n\n  b\n- c\n* d",
             "bullet_list(list_item(paragraph('a') paragraph('b')) list_item(paragraph('c'))) "
             "system_message(paragraph('Bullet list ends without a blank line; unexpected "
             "unindent.')) bullet_list(list_item(paragraph('d')))",
             "2 5 Bullet list ends without a blank line; unexpected unindent.\n"},
        Case{"-\n  a\n\n-\n\nb",
             "bullet_list(list_item(paragraph('a')) list_item()) paragraph('b')", ""},
        Case{"\xe2\x80\xa2 a\n  b", "bullet_list(list_item(paragraph('a\nb')))", ""},
        Case{"1. a\n2. b\n#. c\n\n(i) d\n\n(ii) e",
             "enumerated_list(list_item(paragraph('a')) list_item(paragraph('b')) "
             "list_item(paragraph('c'))) enumerated_list(list_item(paragraph('d')) "
             "list_item(paragraph('e')))",
             ""},
        Case{"3. a\n\n5. b",
             "enumerated_list(list_item(paragraph('a'))) "
             "system_message(paragraph('Enumerated list start value not ordinal-1: \"3\" (ordinal "
             "3)')) enumerated_list(list_item(paragraph('b'))) "
             "system_message(paragraph('Enumerated list start value not ordinal-1: \"5\" (ordinal "
             "5)'))",
             "1 1 Enumerated list start value not ordinal-1: \"3\" (ordinal 3)\n"
             "1 3 Enumerated list start value not ordinal-1: \"5\" (ordinal 5)\n"},
        Case{"A. Smith\nwrote", "paragraph('A. Smith\nwrote')", ""},
        Case{"iiii. a", "paragraph('iiii. a')", ""},
        Case{"a : b : c\n  d\n",
             "definition_list(definition_list_item(term('a') classifier('b') "
             "classifier('c') definition(paragraph('d'))))",
             ""},
        Case{"a \\: b\n  d\n",
             "definition_list(definition_list_item(term('a : b') definition(paragraph('d'))))", ""},
        Case{":a b: c\n  d\n:e\\:f: g\n\n:role:`x` y\n",
             "field_list(field(field_name('a b') field_body(paragraph('c\nd'))) "
             "field(field_name('e:f') field_body(paragraph('g')))) "
             "paragraph(problematic(':role:`x`') ' y') "
             "system_message(paragraph('No role entry for \"role\" in module "
             "\"docutils.parsers.rst.languages.en\".\nTrying \"role\" as canonical role name.')) "
             "system_message(paragraph('Unknown interpreted text role \"role\".'))",
             "1 5 No role entry for \"role\" in module \"docutils.parsers.rst.languages.en\".\n"
             "3 5 Unknown interpreted text role \"role\".\n"},
        Case{"-a, --all=<x y>  b\n/V  c\n-x\n",
             "option_list(option_list_item(option_group(option(option_string('-a')) "
             "option(option_string('--all') option_argument('<x y>'))) description(paragraph('b')))"
             " option_list_item(option_group(option(option_string('/V'))) "
             "description(paragraph('c')))) system_message(paragraph('Option list ends without a "
             "blank line; unexpected unindent.')) paragraph('-x')",
             "2 3 Option list ends without a blank line; unexpected unindent.\n"}));

INSTANTIATE_TEST_SUITE_P(
    Sections, RstBlocks,
    testing::Values(
        Case{"A\n=\n\nB\n-\n\nC\n=\n",
             "section(title('A') section(title('B'))) section(title('C'))", ""},
        Case{"===\n A\n===\n\nx\n\n----\n\ny",
             "section(title('A') paragraph('x') transition() "
             "paragraph('y'))",
             ""},
        Case{"ABCDEF\n====\n",
             "section(title('ABCDEF') system_message(paragraph('Title underline too short.') "
             "literal_block('ABCDEF\n====')))",
             "2 2 Title underline too short.\n"},
        // Wide characters count two columns.
        Case{"\xe4\xb8\xad\xe4\xb8\xad\n====\n", "section(title('\xe4\xb8\xad\xe4\xb8\xad'))", ""},
        Case{"AB\nC\n==\n", "paragraph('AB\nC\n==')", ""},
        Case{"ABCD\n--\n",
             "system_message(paragraph('Possible title underline, too short for the title.\n"
             "Treating it as ordinary text because it\'s so short.')) paragraph('ABCD\n--')",
             "1 2 Possible title underline, too short for the title.\n"},
        Case{"====\nA\n=====\n",
             "system_message(paragraph('Title overline & underline mismatch.') "
             "literal_block('====\nA\n====='))",
             "3 1 Title overline & underline mismatch.\n"},
        Case{"====\nA",
             "system_message(paragraph('Incomplete section title.') literal_block('====\nA'))",
             "3 1 Incomplete section title.\n"},
        Case{"A\n=\nB\n-\nC\n~\nD\n-\n",
             "section(title('A') section(title('B') section(title('C'))) section(title('D')))", ""},
        Case{"A\n=\nB\n-\nC\n=\nD\n~\n",
             "section(title('A') section(title('B'))) section(title('C') "
             "system_message(paragraph('Inconsistent title style: skip from level 1 to 3.') "
             "literal_block('D\n~') paragraph('Established title styles: = -')))",
             "3 7 Inconsistent title style: skip from level 1 to 3.\n"},
        Case{"- A\n  =\n\n  ====\n",
             "bullet_list(list_item(system_message(paragraph('Unexpected section title.') "
             "literal_block('A\n=')) system_message(paragraph('Unexpected section title or "
             "transition.') literal_block('===='))))",
             "3 2 Unexpected section title.\n3 4 Unexpected section title or transition.\n"}));

INSTANTIATE_TEST_SUITE_P(
    Explicit, RstBlocks,
    testing::Values(
        Case{".. a\n   b\n\n  c\n..\n\n  d",
             "comment('a\n b\n\nc') comment() "
             "block_quote(paragraph('d'))",
             ""},
        Case{".. _a b: http://x.org/\n   y\n.. __: z_\n__ u\n", "target() target() target()", ""},
        Case{".. _a\n   b: c\n.. _`d: e`: f\n", "target() target()", ""},
        Case{".. _a\n", "comment('_a') system_message(paragraph('malformed hyperlink target.'))",
             "2 1 malformed hyperlink target.\n"},
        Case{".. [1] a\n.. [#b] c\n.. [*] d\n.. [e] f\n",
             "footnote(label('1') paragraph('a')) footnote(paragraph('c')) "
             "footnote(paragraph('d')) citation(label('e') paragraph('f'))",
             ""},
        Case{".. |a| replace:: b\n.. |c d|\n   image:: e\n",
             "substitution_definition('b') substitution_definition(image())", ""},
        Case{".. |a| b\n\n.. |c\n",
             "system_message(paragraph('Substitution definition \"a\" empty or invalid.') "
             "literal_block('.. |a| b\n')) comment('|c') system_message(paragraph('malformed "
             "substitution definition.'))",
             "2 1 Substitution definition \"a\" empty or invalid.\n"
             "2 3 malformed substitution definition.\n"},
        Case{".. a\nb",
             "comment('a') system_message(paragraph('Explicit markup ends without a blank line; "
             "unexpected unindent.')) paragraph('b')",
             "2 2 Explicit markup ends without a blank line; unexpected unindent.\n"}));

INSTANTIATE_TEST_SUITE_P(
    Tables, RstBlocks,
    testing::Values(
        Case{"+--+--+\n|a |b |\n+==+==+\n|c    |\n+--+--+\n",
             "table(tgroup(colspec() colspec() thead(row(entry(paragraph('a')) "
             "entry(paragraph('b')))) tbody(row(entry(paragraph('c'))))))",
             ""},
        Case{"+---+\n|a  |\n+---+\nb",
             "table(tgroup(colspec() tbody(row(entry(paragraph('a')))))) "
             "system_message(paragraph('Blank line required after table.')) paragraph('b')",
             "2 4 Blank line required after table.\n"},
        Case{"+---+\n|a  |\n+-- +\n",
             "system_message(paragraph('Malformed table.\nBottom border missing or corrupt.') "
             "literal_block('+---+\n|a  |\n+-- +'))",
             "3 3 Malformed table.\n"},
        Case{"+---+\n|ab\n+---+\n",
             "system_message(paragraph('Malformed table.\nRight border not aligned or missing.') "
             "literal_block('+---+\n|ab\n+---+'))",
             "3 2 Malformed table.\n"},
        Case{"+--+--+\n|a |b |\n+  +--+\n|  |c |\n+--+  +\n|d |  |\n+--+--+\n",
             "table(tgroup(colspec() colspec() tbody(row(entry(paragraph('a')) "
             "entry(paragraph('b'))) row(entry(paragraph('c'))) row(entry(paragraph('d'))))))",
             ""},
        Case{"== ==\na  b\n== ==\nc  d\n   e\n-----\nf\n== ==\n",
             "table(tgroup(colspec() colspec() thead(row(entry(paragraph('a')) "
             "entry(paragraph('b')))) tbody(row(entry(definition_list(definition_list_item(term('c "
             " d') "
             "definition(paragraph('e')))))) row(entry(paragraph('f')) entry()))))",
             ""},
        Case{"== ==\na b c\n== ==\n",
             "system_message(paragraph('Malformed table.\nText in column margin in table line 2.') "
             "literal_block('== ==\na b c\n== =='))",
             "3 2 Malformed table.\n"},
        Case{"== ==\na  b\n",
             "system_message(paragraph('Malformed table.\nNo bottom table border found.') "
             "literal_block('== ==\na  b'))",
             "3 1 Malformed table.\n"},
        // A wide character fills two columns of the table.
        Case{"== ==\n\xe4\xb8\xad b\n== ==\n",
             "table(tgroup(colspec() colspec() tbody(row(entry(paragraph('\xe4\xb8\xad')) "
             "entry(paragraph('b'))))))",
             ""}));

TEST(RstBlocksMore, RangesAreThoseOfTheFile) {
    const ParsedRst parsed("- a\n\n  +---+\n  |x  |\n  +---+\n\n  b\n    - *c*\n");
    EXPECT_EQ(parsed.sources(Tag::entry), "x");
    EXPECT_EQ(parsed.sources(Tag::emphasis), "*c*");
    EXPECT_EQ(parsed.sources(Tag::term), "b");
}

TEST(RstBlocksMore, LineLengthLimitEndsAll) {
    Options options = plain_options();
    options.line_length_limit = 5;
    const ParsedRst parsed("a\n\nabcdef\n\n*x", {}, options);
    EXPECT_EQ(parsed.messages(), "3 0 Line 3 exceeds the line-length-limit.\n");
    EXPECT_EQ(parsed.first(Tag::emphasis), kNoElement);
}

TEST(RstBlocksMore, DepthIsBounded) {
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += std::string(static_cast<std::size_t>(i) * 2, ' ') + "- a\n\n";
    const ParsedRst parsed(text);
    EXPECT_TRUE(parsed.parser.too_deep);
    ASSERT_EQ(parsed.parser.messages.size(), 1u);
    EXPECT_EQ(parsed.parser.messages[0].text,
              "Nested more than 128 levels deep; the content is not read.");
    EXPECT_EQ(parsed.parser.messages[0].line, 2u * kMaxDepth + 1);
}

TEST(RstBlocksMore, PseudoXml) {
    const ParsedRst parsed("A\n=\n\n.. _x y:\n\n1. *b*\n");
    EXPECT_EQ(to_pseudo_xml(parsed.parser.tree),
              "<document source=\"test data\">\n"
              "    <section ids=\"a\" names=\"a\">\n"
              "        <title>\n"
              "            A\n"
              "        <target ids=\"x-y\" names=\"x\\ y\">\n"
              "        <enumerated_list enumtype=\"arabic\" prefix=\"\" suffix=\".\">\n"
              "            <list_item>\n"
              "                <paragraph>\n"
              "                    <emphasis>\n"
              "                        b\n");
}

}  // namespace
}  // namespace docathon::rst

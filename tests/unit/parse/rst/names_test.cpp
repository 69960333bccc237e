#include "lint/parse/rst/names.h"

#include "tests/unit/parse/rst/parse_rst.h"

#include <gtest/gtest.h>

namespace docathon::rst {
namespace {

TEST(RstNames, MakeId) {
    EXPECT_EQ(make_id("A first  Title!"), "a-first-title");
    EXPECT_EQ(make_id("2. x_y 3"), "x-y-3");
    EXPECT_EQ(make_id("--a--"), "a");
    EXPECT_EQ(make_id("\xc3\x84rger, Stra\xc3\x9f"
                      "e \xc3\xb8"),
              "arger-strasze-o");
    EXPECT_EQ(make_id("\xe4\xbd\xa0\xe5\xa5\xbd"), "");
    EXPECT_EQ(make_id("42"), "");
}

TEST(RstNames, Normalized) {
    EXPECT_EQ(fully_normalize_name(" A\n B\t c "), "a b c");
    EXPECT_EQ(whitespace_normalize_name(" A\n\xc2\xa0"
                                        "B "),
              "A B");
    EXPECT_EQ(lowercase("\xc3\x84\xce\xa3 \xce\xa3\xce\xa3"), "\xc3\xa4\xcf\x82 \xcf\x83\xcf\x82");
}

TEST(RstNames, Escapes) {
    EXPECT_EQ(escape2null("a\\b\\\\c\\"), std::string("a\0b\0\\c\0", 7));
    EXPECT_EQ(unescape(std::string_view("a\0 b\0\nc\0d", 9)), "abcd");
    EXPECT_EQ(unescape(std::string_view("a\0b", 3), true), "a\\b");
}

std::string ids(const ParsedRst& parsed) {
    std::string out;
    for (ElementId id = 0; id != kNoElement; id = parsed.parser.tree.next_in_order(id, 0)) {
        for (const std::string& each : parsed.parser.tree.attributes(id).ids)
            out += each + " ";
    }
    return out;
}

TEST(RstNames, IdsAreMadeOfNamesAndNumbers) {
    EXPECT_EQ(ids(ParsedRst("A\n=\n\nB\n=\n\nA\n=\n\n.. [#] x\n.. [#] y\n")),
              "a b a-1 footnote-1 footnote-2 ");
    EXPECT_EQ(ids(ParsedRst("A\n=\n\n2\n=\n", {}, plain_options({{"id_prefix", "\"p-\""}}))),
              "p-a p-2 ");
}

TEST(RstNames, DuplicatesByTheRulesOf022) {
    // Two implicit ones cancel out, silently but for an INFO.
    EXPECT_EQ(ParsedRst("A\n=\n\nA\n=\n").messages(),
              "1 5 Duplicate implicit target name: \"a\".\n");
    EXPECT_EQ(ParsedRst(".. _a:\n\nx\n\n.. _a:\n\ny\n").messages(),
              "2 5 Duplicate explicit target name: \"a\".\n");
    EXPECT_EQ(ParsedRst("A\n=\n\n.. _a:\n\ny\n").messages(),
              "1 4 Target name overrides implicit target name \"a\".\n");
    EXPECT_EQ(ParsedRst(".. _a:\n\nA\n=\n").messages(),
              "1 4 Duplicate implicit target name: \"a\".\n");
    EXPECT_EQ(ParsedRst(".. _a: http://x\n.. _a: http://x\n").messages(),
              "1 2 Duplicate name \"a\" for external target \"http://x\".\n");
    EXPECT_EQ(ParsedRst("`a <http://x>`_ `a <http://y>`_\n").messages(2), "");
}

TEST(RstNames, DuplicateSubstitution) {
    EXPECT_EQ(ParsedRst(".. |a| replace:: x\n.. |a| replace:: y\n").messages(),
              "3 2 Duplicate substitution definition name: \"a\".\n");
}

TEST(RstNames, MessagesStandOnlyWhereBodyElementsMay) {
    // In a paragraph of the document; behind a section there is no place left in the document.
    const ParsedRst near("_`a` _`a`\n");
    EXPECT_NE(near.parser.tree[near.parser.messages.at(0).element].parent, kNoElement);
    const ParsedRst loose("_`A` _`A`\n=========\n");
    EXPECT_EQ(loose.parser.tree[loose.parser.messages.at(0).element].parent, kNoElement);
}

}  // namespace
}  // namespace docathon::rst

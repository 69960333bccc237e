#include "lint/parse/rst/transforms.h"

#include <ctime>

#include "lint/parse/rst/content_model.h"
#include "tests/unit/parse/rst/parse_rst.h"

#include <gtest/gtest.h>

namespace docathon::rst {
namespace {

std::string messages(const std::string& text, std::uint8_t lowest = 1) {
    return ParsedRst(text, all_standard()).messages(lowest);
}

TEST(Transforms, Names) {
    EXPECT_TRUE(is_transform("references.Substitutions"));
    EXPECT_TRUE(is_transform("Substitutions"));
    EXPECT_TRUE(is_transform("docutils.transforms.universal.FilterMessages@890"));
    EXPECT_FALSE(is_transform("misc.Substitutions"));
    EXPECT_FALSE(is_transform("Substitutions@x"));
    EXPECT_FALSE(is_transform("None"));
}

TEST(Transforms, References) {
    const ParsedRst parsed(
        "a_ b_ c_ `d e`_\n\n.. _a: http://x\n.. _b: c_\n.. _c:\n\ny\n\nD E\n===\n", all_standard());
    EXPECT_EQ(parsed.messages(), "");
    EXPECT_EQ(parsed.attribute(Tag::reference, "refuri"), "http://x");
    EXPECT_EQ(messages("x_ `y`_\n"),
              "3 1 Unknown target name: \"x\".\n3 1 Unknown target name: \"y\".\n");
    EXPECT_EQ(messages("\na_\n\nA\n=\n\nA\n=\n", 3),
              "3 2 Duplicate target name, cannot be used as a unique reference: \"a\".\n");
    EXPECT_EQ(messages(".. _a:\n\nx\n"), "1 1 Hyperlink target \"a\" is not referenced.\n");
}

TEST(Transforms, UnknownNameWithAHint) {
    const ParsedRst parsed("`a<b>`_\n", all_standard());
    const ElementId message = parsed.parser.messages.at(0).element;
    EXPECT_EQ(parsed.shape(message),
              "paragraph('Unknown target name: \"a<b>\".') paragraph('Did you want to embed a URI "
              "or alias?\nThe embedded reference must be preceded by whitespace.')");
}

TEST(Transforms, AnonymousReferences) {
    EXPECT_EQ(messages("a__ `b`__\n\n__ http://x\n.. __: http://y\n"), "");
    const ParsedRst parsed("a__ `b`__\n\n__ http://x\n", all_standard());
    EXPECT_EQ(parsed.messages(), "3 0 Anonymous hyperlink mismatch: 2 references but 1 targets.\n");
    // docutils has no line for it; the range is that of the first reference.
    const Range range = parsed.parser.messages.at(0).range;
    EXPECT_EQ(parsed.bytes.substr(range.begin, range.size()), "a__");
}

TEST(Transforms, IndirectTargets) {
    EXPECT_EQ(
        messages(".. _a: b_\n\na_\n", 3),
        "3 1 Indirect hyperlink target \"a\" (id=\"a\") refers to target \"b\", which does not "
        "exist.\n");
    EXPECT_EQ(messages(".. _a: b_\n.. _b: a_\n\na_\n", 3),
              "3 1 Indirect hyperlink target \"a\" (id=\"a\") refers to target \"b\", forming a "
              "circular reference.\n");
}

TEST(Transforms, Footnotes) {
    EXPECT_EQ(ParsedRst("[#]_ [#a]_ [2]_ [*]_\n\n.. [#a] x\n.. [#] x\n.. [2] x\n.. [*] x\n",
                        all_standard())
                  .paragraph(),
              "footnote_reference('3') ' ' footnote_reference('1') ' ' footnote_reference('2') ' ' "
              "footnote_reference('*')");
    EXPECT_EQ(messages("\n[#]_ [*]_\n\n[#]_\n\n.. [#] x\n"),
              "3 4 Too many autonumbered footnote references: only 1 corresponding footnote "
              "available.\n3 2 Too many symbol footnote references: only 0 corresponding footnotes "
              "available.\n");
    EXPECT_EQ(messages("[1]_ [a]_\n"),
              "3 1 Unknown target name: \"1\".\n3 1 Unknown target name: \"a\".\n");
}

TEST(Transforms, Substitutions) {
    EXPECT_EQ(
        ParsedRst("a |b| |B c|\n\n.. |b| replace:: *x*\n.. |b c| replace:: |b| y\n", all_standard())
            .paragraph(),
        "'a ' emphasis('x') ' ' emphasis('x') ' y'");
    EXPECT_EQ(
        ParsedRst("a |b| c\n\n.. |b| unicode:: 0x41\n   :trim:\n", all_standard()).paragraph(),
        "'a' 'A' 'c'");
    EXPECT_EQ(messages("\n|a|\n"), "3 2 Undefined substitution referenced: \"a\".\n");
    EXPECT_EQ(messages("|a|\n\n.. |a| replace:: |a|\n"),
              "3 3 Circular substitution definition detected:\n"
              "3 1 Circular substitution definition referenced: \"a\".\n");
    ParsedRst parsed("|version|\n");
    apply_transforms(parsed.parser, all_standard(), {"version"});
    EXPECT_EQ(parsed.messages(), "");
}

TEST(Transforms, SubstitutionsDoNotMultiplyWithoutEnd) {
    std::string text = "|a0|\n\n.. |a30| replace:: x\n";
    for (int at = 0; at < 30; ++at) {
        const std::string next = "|a" + std::to_string(at + 1) + "|";
        text += ".. |a" + std::to_string(at) + "| replace:: " + next + " " + next + "\n";
    }
    EXPECT_LT(ParsedRst(text, all_standard()).parser.tree.size(), 1'000'000u);
}

TEST(Transforms, TitlesAndDocinfo) {
    const ParsedRst parsed(
        "T\n=\n\nS\n-\n\n:Author: A. B.\n:Date: $Date: 2001/02/03 04:05:06 $\n"
        ":Authors: a, b\n:Version: 1\n\n   2\n:Foo: x\n:Status:\n",
        all_standard());
    const std::string begin =
        "title('T') subtitle('S') docinfo(author('A. B.') date('2001-02-03') authors(author('a') "
        "author('b')) field(field_name('Version') field_body(paragraph('1') ";
    EXPECT_EQ(parsed.shape(0).substr(0, begin.size()), begin);
    EXPECT_EQ(parsed.messages(2),
              "2 10 Bibliographic field \"Version\"\n"
              "2 14 Cannot extract empty bibliographic field \"Status\".\n");
    EXPECT_EQ(parsed.attribute(Tag::document, "title"), "T");
    EXPECT_EQ(ParsedRst("T\n=\n\nx\n\nS\n-\n", all_standard()).shape(0),
              "title('T') paragraph('x') section(title('S'))");
}

TEST(Transforms, DocinfoMessages) {
    EXPECT_EQ(messages(":Status:\n:Version: * 1\n:Abstract: a\n:Abstract: b\n:Authors: 1. a\n"),
              "2 1 Cannot extract empty bibliographic field \"Status\".\n"
              "2 2 Bibliographic field \"Version\"\n"
              "2 4 There can only be one \"Abstract\" field.\n"
              "2 5 Cannot extract \"Authors\" from bibliographic field:\n");
}

TEST(Transforms, Transitions) {
    EXPECT_EQ(
        messages("----\n\na\n\n----\n\n----\n\nb\n\n----\n"),
        "2 1 Document or section may not begin with a transition.\n"
        "2 7 At least one body element must separate transitions; adjacent transitions are not "
        "allowed.\n2 11 Document may not end with a transition.\n");
    EXPECT_EQ(ParsedRst("A\n=\n\na\n\n----\n\nB\n=\n", all_standard()).shape(0),
              "section(title('A') paragraph('a')) transition() section(title('B'))");
}

TEST(Transforms, ClassAndContents) {
    const ParsedRst parsed(".. class:: x\n\n.. c\n\na\n", all_standard());
    EXPECT_EQ(parsed.parser.tree.attributes(parsed.first(Tag::paragraph)).classes,
              std::vector<std::string>{"x"});
    EXPECT_EQ(messages("a\n\n.. class:: x\n"),
              "3 3 No suitable element following \"class\" directive\n");
    const std::string begin =
        "topic(title('Contents') bullet_list(list_item(paragraph(reference(generated("
        "'1\xc2\xa0\xc2\xa0\xc2\xa0') 'A')) bullet_list(list_item(paragraph(reference("
        "generated('1.1\xc2\xa0\xc2\xa0\xc2\xa0') 'B ' emphasis('c')))))) "
        "list_item(paragraph(reference(generated('2\xc2\xa0\xc2\xa0\xc2\xa0') 'D'))))) ";
    const ParsedRst contents(".. contents::\n.. sectnum::\n\nA\n=\n\nB *c*\n-----\n\nD\n=\n",
                             all_standard());
    EXPECT_EQ(contents.shape(0).substr(0, begin.size()), begin);
}

TEST(Transforms, LooseMessages) {
    const ParsedRst parsed("a_\n", {"references.DanglingReferences", "universal.Messages"});
    EXPECT_EQ(parsed.shape(0),
              "paragraph(problematic('a_')) section(title('Docutils System Messages') "
              "system_message(paragraph('Unknown target name: \"a\".')))");
    const ParsedRst filtered(
        "a_\n", {"references.DanglingReferences", "universal.Messages", "universal.FilterMessages"},
        plain_options({{"report_level", "5"}}));
    EXPECT_EQ(filtered.shape(0), "paragraph('a_')");
}

TEST(Transforms, LongChainsTakeLinearTime) {
    const auto seconds = [](std::size_t count, const std::string& before,
                            const std::string& after) {
        std::string text;
        for (std::size_t at = 0; at < count; ++at)
            text += before + std::to_string(at) + after;
        const std::clock_t begin = std::clock();
        const ParsedRst parsed(text + "\nx\n", all_standard());
        EXPECT_NE(parsed.first(Tag::paragraph), kNoElement);
        return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    };
    const std::vector<std::pair<std::string, std::string>> hostile = {
        {".. _a", ":\n"},              // one target behind the other
        {".. class:: a", "\n\n"},      // pending elements
        {"_`a` b", "\n\n"},            // a duplicate in each paragraph
        {"----\n\n.. ", "\n\n"},       // transitions without anything between
        {"a_ b__ [#]_ |c| ", "\n\n"},  // references to nothing
        {"A\n=\n\n", "\n\n"},          // sections of one name
    };
    for (const auto& [before, after] : hostile) {
        const double small = seconds(500, before, after);
        EXPECT_LT(seconds(8'000, before, after), 0.3 + 60 * small) << before;
    }
}

TEST(ContentModels, BodyAndSections) {
    Tree tree;
    ContentModels models;
    const auto add = [&](ElementId parent, Tag tag) {
        const ElementId id = tree.make(tag);
        tree.append(parent, id);
        return id;
    };
    EXPECT_TRUE(models.allows(tree, 0));
    add(0, Tag::paragraph);
    EXPECT_TRUE(models.allows(tree, 0));
    const ElementId section = add(0, Tag::section);
    EXPECT_TRUE(models.allows(tree, 0));
    EXPECT_FALSE(models.allows(tree, section));  // no title
    const ElementId late = add(0, Tag::system_message);
    EXPECT_FALSE(models.allows(tree, 0));
    tree.detach(late);
    EXPECT_TRUE(models.allows(tree, 0));
    add(section, Tag::title);
    EXPECT_TRUE(models.allows(tree, section));
    const ElementId list = tree.make(Tag::bullet_list);
    EXPECT_FALSE(models.allows(tree, list));
    tree.append(list, late);
    EXPECT_FALSE(models.allows(tree, list));
    EXPECT_EQ(start_tag(tree, list), "<bullet_list>");
}

}  // namespace
}  // namespace docathon::rst

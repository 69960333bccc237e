// Selectors: what they accept, what they say about what they do not, and what they select.

#include "lint/rules/engines/node_selector.h"

#include <gtest/gtest.h>

#include "lint/parse/parse.h"
#include "lint/rules/engines/node_tree.h"

namespace docathon::rules {
namespace {

std::string error_of(std::string_view text) {
    const Result<NodeSelector> selector = compile_selector(text);
    return selector ? ""
                    : std::to_string(selector.error().column) + ": " + selector.error().message;
}

TEST(NodeSelector, ReadsItsGrammar) {
    const Result<NodeSelector> selector = compile_selector(
        " section[level=2][title~='(?i)^api'] > paragraph ,!code[kind=inline], link[ url ^= \"a\" "
        "]");
    ASSERT_TRUE(selector) << selector.error().message;
    ASSERT_EQ(selector->parts.size(), 2u);
    ASSERT_EQ(selector->excluded.size(), 1u);
    const SelectorPart& part = selector->parts[0];
    ASSERT_EQ(part.steps.size(), 2u);
    EXPECT_EQ(part.steps[0].kind, SelectorKind::section);
    EXPECT_EQ(part.steps[0].tests.size(), 2u);
    EXPECT_FALSE(part.steps[0].child);
    EXPECT_TRUE(part.steps[1].child);
    EXPECT_EQ(selector->parts[1].steps[0].tests[0].value, "a");
    EXPECT_EQ(selector->excluded[0].steps[0].tests[0].name, "kind");
}

TEST(NodeSelector, SaysWhatItExpectedAndWhere) {
    EXPECT_EQ(error_of(""), "1: expected a kind such as paragraph or heading, found the end");
    EXPECT_EQ(error_of("paragraf"), "1: no kind 'paragraf'; did you mean 'paragraph'?");
    EXPECT_EQ(error_of("paragraph,"),
              "11: expected a kind such as paragraph or heading, found the end");
    EXPECT_EQ(error_of("heading[levle=1]"),
              "9: 'heading' has no attribute 'levle'; did you mean 'level'?");
    EXPECT_EQ(error_of("table[x]"), "7: 'table' has no attribute 'x'; it has none");
    EXPECT_EQ(error_of("code[zzzzzz]"),
              "6: 'code' has no attribute 'zzzzzz'; it has lang, kind, text, info, fenced");
    EXPECT_EQ(error_of("heading[level"),
              "14: expected ']', '=', '~=', '^=', '$=' or '*=', found the end");
    EXPECT_EQ(error_of("heading[level="), "15: expected a word or a text in quotes, found the end");
    EXPECT_EQ(error_of("heading[text='x]"), "14: the quote that begins here is never closed");
    EXPECT_EQ(error_of("heading[text~='(']"),
              "15: '(' is no regular expression: missing ): ( (RE2 syntax)");
    EXPECT_EQ(error_of("heading paragraph >"),
              "20: expected a kind such as paragraph or heading, found the end");
    EXPECT_EQ(error_of("heading;"), "8: expected ' ', '>', ',' or '[', found ';'");
    EXPECT_EQ(error_of("é"), "1: expected a kind such as paragraph or heading, found 'é'");
    EXPECT_EQ(error_of("sentence paragraph"), "19: 'sentence' can only be the last step");
}

TEST(NodeSelector, HasLimits) {
    std::string deep;
    for (int i = 0; i < 1000; ++i)
        deep += "list item ";
    EXPECT_EQ(error_of(deep), "161: a selector may have 32 steps at most");
    EXPECT_EQ(error_of(std::string(10'001, ' ')), "1: a selector may have 10,000 bytes at most");
    std::string wide = "list";
    for (int i = 0; i < 200; ++i)
        wide += ",list";
    EXPECT_NE(error_of(wide).find("100 parts at most"), std::string::npos);
}

/// The bytes that a selector selects in a Markdown page, and those it leaves out, as "!...".
std::vector<std::string> select(std::string_view selector, std::string text) {
    const SourceFile source(0, "docs/a.md", std::move(text));
    const Settings settings;
    const ParsedFile parsed = parse_file(source, settings);
    const FileContext context{source, parsed.document, parsed.facts, settings};
    const NodeTree tree(context);
    SelectorSet set;
    const Result<std::uint32_t> number = set.add(selector);
    EXPECT_TRUE(number) << number.error().message;
    const Selected found = set.match(tree, {true})[*number];
    std::vector<std::string> out;
    for (const std::uint32_t entry : found.entries) {
        std::string bytes(source.slice(tree.entries()[entry].range));
        while (!bytes.empty() && bytes.back() == '\n')
            bytes.pop_back();
        out.push_back(std::move(bytes));
    }
    for (const Range range : found.excluded)
        out.push_back("!" + std::string(source.slice(range)));
    return out;
}

using Texts = std::vector<std::string>;

TEST(SelectorSet, KnowsDescendantsAndChildren) {
    const std::string page = "para\n\n- item\n\n  > quoted\n\n> other\n>\n> - deep\n";
    EXPECT_EQ(select("paragraph", page), (Texts{"para", "item", "quoted", "other", "deep"}));
    EXPECT_EQ(select("quote paragraph", page), (Texts{"quoted", "other", "deep"}));
    EXPECT_EQ(select("quote > paragraph", page), (Texts{"quoted", "other"}));
    EXPECT_EQ(select("list quote > paragraph", page), (Texts{"quoted"}));
    EXPECT_EQ(select("quote list paragraph, list quote paragraph", page),
              (Texts{"quoted", "deep"}));
    EXPECT_EQ(select("document > paragraph", page), (Texts{"para"}));
    EXPECT_EQ(select("quote quote paragraph", page), Texts{});
}

TEST(SelectorSet, KnowsSections) {
    const std::string page =
        "before\n\n# A\n\nin a\n\n## B\n\nin b\n\n### C\n\nin c\n\n## D\n\nin d\n\n# E\n\nin e\n";
    EXPECT_EQ(select("section[title=A] paragraph", page), (Texts{"in a", "in b", "in c", "in d"}));
    EXPECT_EQ(select("section[title=A] > paragraph", page), (Texts{"in a"}));
    EXPECT_EQ(select("section[title=A] section section paragraph", page), (Texts{"in c"}));
    EXPECT_EQ(select("section[level=2] > heading", page), (Texts{"## B", "## D"}));
    EXPECT_EQ(select("document > paragraph", page), (Texts{"before"}));
    EXPECT_EQ(select("section[title=D]", page), (Texts{"## D\n\nin d"}));
    EXPECT_EQ(select("section[empty=true] > heading", "# A\n\n## B\n\n<!-- x -->\n\n## C\n\nx\n"),
              (Texts{"## B"}));
    EXPECT_EQ(select("heading[skips=true]", "# A\n\n### B\n\n## C\n\n#### D\n"),
              (Texts{"### B", "#### D"}));
}

TEST(SelectorSet, LeavesOutWhatLiesInside) {
    const std::string page = "a\n\n> b\n>\n> > c\n\n# d\n";
    EXPECT_EQ(select("paragraph, heading, !quote", page), (Texts{"a", "# d", "!> b\n>\n> > c"}));
}

TEST(SelectorSet, TestsAttributes) {
    const std::string page =
        "# `C` d\n\n```Python x\np\n```\n\n    indented\n\n```\n>>> doc\n```\n\n`inline` [t *u*](v "
        "'w') "
        "![alt](i.png) <https://x.org> https://y.org\n\n| h |\n|---|\n| c |\n";
    EXPECT_EQ(select("code[lang=python]", page), (Texts{"```Python x\np\n```"}));
    EXPECT_EQ(select("code[info='Python x']", page), (Texts{"```Python x\np\n```"}));
    EXPECT_EQ(select("code[kind=inline]", page), (Texts{"`C`", "`inline`"}));
    EXPECT_EQ(select("code[kind=doctest]", page), (Texts{"```\n>>> doc\n```"}));
    EXPECT_EQ(select("code[kind=block][!lang]", page), (Texts{"indented"}));
    EXPECT_EQ(select("code[text*=indent]", page), (Texts{"indented"}));
    EXPECT_EQ(select("heading[text='C d'][first=true]", page), (Texts{"# `C` d"}));
    EXPECT_EQ(select("link[text='t u'][title=w]", page), (Texts{"[t *u*](v 'w')"}));
    EXPECT_EQ(select("link[kind=autolink], link[kind=bare]", page),
              (Texts{"<https://x.org>", "https://y.org"}));
    EXPECT_EQ(select("link[url$='.org'][url~='//[y]']", page), (Texts{"https://y.org"}));
    EXPECT_EQ(select("image[alt=alt][url^=i]", page), (Texts{"![alt](i.png)"}));
    EXPECT_EQ(select("cell[header=false]", page), (Texts{"c"}));
    EXPECT_EQ(select("document[path='docs/a.md'] heading", page), (Texts{"# `C` d"}));
}

TEST(SelectorSet, ReadsFrontMatter) {
    const std::string page = "---\ntitle: T\ntags: [a]\nnothing:\n---\n\ntext\n";
    EXPECT_EQ(select("front-matter[title=T]", page).size(), 1u);
    EXPECT_EQ(select("front-matter[tags]", page).size(), 1u);
    EXPECT_EQ(select("front-matter[nothing]", page).size(), 0u);
    EXPECT_EQ(select("front-matter[!author]", page).size(), 1u);
}

TEST(SelectorSet, KindsWithoutAFrontEndMatchNothing) {
    EXPECT_EQ(select("docstring, doc-section[name=Example], param", "# A\n\ntext\n"), Texts{});
}

}  // namespace
}  // namespace docathon::rules

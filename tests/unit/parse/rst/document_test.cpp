// Nodes and facts of reStructuredText pages, and of {eval-rst} in MyST.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/parse/markdown_testing.h"

namespace docathon::testing {
namespace {

using ::testing::ElementsAre;

Parsed parse_page(std::string path, std::string text, Flavor flavor = Flavor::gfm) {
    Settings settings;
    settings.flavor = flavor;
    SourceFile source(0, std::move(path), std::move(text));
    ParsedFile file = parse_file(source, settings);
    return {std::move(source), std::move(file)};
}

Parsed rst_page(std::string text) {
    return parse_page("a.rst", std::move(text));
}

std::vector<std::string> targets(const Parsed& page, ReferenceKind kind) {
    std::vector<std::string> out;
    for (const Reference& reference : page.facts().references) {
        if (reference.kind != kind)
            continue;
        // What a rule would underline is what is written there.
        EXPECT_EQ(page.slice(reference.range), reference.target);
        out.push_back(reference.target);
    }
    return out;
}

TEST(RstDocument, HeadingsAndBlocks) {
    const Parsed page = rst_page(
        "====\n Top\n====\n\nSub *x*\n-------\n\n- a\n\n  b\n\n1. c\n\n  quote\n\n::\n\n  "
        "code\n\n----\n\n"
        "term\n  def\n\n+---+\n| x |\n+---+\n");
    EXPECT_EQ(page.shape(),
              "heading heading list(item(paragraph paragraph)) list(item(paragraph)) "
              "block_quote(paragraph) code_block thematic_break "
              "list(item(paragraph paragraph)) table(table_row(table_cell))");
    ASSERT_EQ(page.facts().headings.size(), 2u);
    EXPECT_EQ(page.facts().headings[0].text, "Top");
    EXPECT_EQ(page.slice(page.facts().headings[0].range), "Top");
    EXPECT_EQ(page.facts().headings[1].level, 2);
    EXPECT_EQ(page.facts().headings[1].docutils_id, "sub-x");
    EXPECT_EQ(page.facts().title, "Top");
}

// Found by fuzzing: a bar alone had the place 0.
TEST(RstDocument, BarsWithoutTextStandWhereTheyAreWritten) {
    for (const std::string text : {"..\n|", "x\n\n|  a\n|\n| b\n", "x\n\n|\n|\n"}) {
        const Parsed page = rst_page(text);
        const auto nodes = page.document().nodes();
        for (std::size_t id = 1; id < nodes.size(); ++id) {
            EXPECT_LE(nodes[id].range.begin, nodes[id].range.end) << text;
            EXPECT_TRUE(nodes[nodes[id].parent].range.contains(nodes[id].range)) << text;
            EXPECT_NE(nodes[id].range.end, 0u) << text;
        }
    }
}

TEST(RstDocument, TextOverLines) {
    const Parsed page = rst_page("- a *b\n  c* d\\ e\n");
    EXPECT_EQ(page.source_of(NodeKind::text, 1), "b");
    EXPECT_EQ(page.source_of(NodeKind::text, 2), "c");
    EXPECT_EQ(page.source_of(NodeKind::text, 3), " d\\ e");
    EXPECT_EQ(page.data_of(NodeKind::text, 3).text, " de");
    EXPECT_EQ(page.all(NodeKind::line_break).size(), 1u);
}

TEST(RstDocument, Links) {
    const Parsed page = rst_page(
        "`a <http://a.org/x>`_ http://b.org `c`_ c__ `d\n<e.html>`__ f_\n\n.. _c: "
        "http://c.org/\n__ "
        "http://d.org\n.. _f:\n.. _g: unused.html\n");
    EXPECT_THAT(targets(page, ReferenceKind::link_definition),
                ElementsAre("http://c.org/", "http://d.org", "unused.html"));
    std::vector<std::string> links;
    for (const Reference& reference : page.facts().references) {
        if (reference.kind == ReferenceKind::link &&
            (reference.flags & reference_flag::kByDefinition) == 0) {
            links.push_back(page.slice(reference.range));
        }
    }
    EXPECT_THAT(links, ElementsAre("http://a.org/x", "http://b.org", "e.html"));
    EXPECT_EQ(page.facts().references.back().flags & reference_flag::kUnused,
              reference_flag::kUnused);
    // The name, and behind it the ids of all elements as docutils makes them.
    ASSERT_GE(page.facts().anchors.size(), 2u);
    EXPECT_EQ(page.facts().anchors[0].kind, AnchorKind::target);
    EXPECT_EQ(page.facts().anchors[0].id, "f");
    EXPECT_EQ(page.slice(page.facts().anchors[0].range), "f");
    EXPECT_EQ(page.facts().anchors[1].kind, AnchorKind::section_id);
}

TEST(RstDocument, RolesAndDirectives) {
    const Parsed page = rst_page(
        ":orphan:\n\n:doc:`t <a/b>` :ref:`x` :py:class:`~m.C` :kbd:`k` :download:`f.zip`\n\n"
        ".. toctree::\n   :glob:\n\n   one\n   Two <two>\n\n.. include:: a.txt\n   :start-line: "
        "2\n\n"
        ".. figure:: i.png\n   :name: fig\n   :target: u.html\n\n   Caption |s|\n\n"
        ".. code-block:: python\n\n   print(1)\n     x\n\n.. |s| image:: s.svg\n\n"
        ".. only:: html\n\n   .. literalinclude:: b.py\n\n.. csv-table::\n   :file: t.csv\n");
    EXPECT_TRUE(page.facts().orphan);
    EXPECT_THAT(targets(page, ReferenceKind::role), ElementsAre("a/b", "x", "m.C", "f.zip"));
    EXPECT_THAT(targets(page, ReferenceKind::toctree_entry), ElementsAre("one", "two"));
    EXPECT_THAT(targets(page, ReferenceKind::include), ElementsAre("a.txt"));
    EXPECT_THAT(targets(page, ReferenceKind::literal_include), ElementsAre("b.py", "t.csv"));
    EXPECT_THAT(targets(page, ReferenceKind::directive_image), ElementsAre("i.png", "s.svg"));
    EXPECT_THAT(targets(page, ReferenceKind::directive_link), ElementsAre("u.html"));
    EXPECT_EQ(page.data_of(NodeKind::code_block).name, "python");
    EXPECT_EQ(page.source_of(NodeKind::raw_text, 3), "print(1)");
    EXPECT_EQ(page.source_of(NodeKind::raw_text, 4), "  x");
}

TEST(RstDocument, CommentsSuppress) {
    const Parsed page =
        rst_page(".. docathon-lint: ignore[links/missing-target] gone soon\n\n`a <b.rst>`_\n\nc\n");
    ASSERT_EQ(page.facts().suppressions.size(), 1u);
    const Suppression& found = page.facts().suppressions[0];
    EXPECT_THAT(found.ids, ElementsAre("links/missing-target"));
    EXPECT_EQ(found.reason, "gone soon");
    EXPECT_EQ(page.slice(found.scope), "\n\n`a <b.rst>`_");
}

TEST(RstDocument, DirectivesThatFailOrLeaveNothing) {
    const Parsed page = rst_page(
        ".. note::\n\n.. role:: x\n.. currentmodule:: a\n.. image::\n\n.. highlight:: c\n");
    EXPECT_EQ(page.all(NodeKind::directive).size(), 5u);
    ASSERT_FALSE(page.document().messages().empty());
    EXPECT_EQ(page.document().messages()[0].line, 1u);
}

TEST(RstDocument, EvalRstInMyst) {
    const Parsed page = parse_page("a.md",
                                   "# A\n\n> ```{eval-rst}\n> .. _lab:\n>\n> .. note:: `x "
                                   "<b.html>`_\n>    :ref:`r` and *y\n>    z*\n"
                                   "> ```\n",
                                   Flavor::myst);
    EXPECT_THAT(targets(page, ReferenceKind::link), ElementsAre("b.html"));
    EXPECT_THAT(targets(page, ReferenceKind::role), ElementsAre("r"));
    EXPECT_EQ(page.source_of(NodeKind::text, 3), "y");
    EXPECT_EQ(page.source_of(NodeKind::text, 4), "z");
    ASSERT_EQ(page.facts().anchors.size(), 1u);
    EXPECT_EQ(page.slice(page.facts().anchors[0].range), "lab");
}

TEST(RstDocument, TooDeepIsSaid) {
    std::string text;
    for (int i = 0; i < 400; ++i)
        text += std::string(static_cast<std::size_t>(i) * 2, ' ') + "- a\n\n";
    const Parsed page = rst_page(text);
    ASSERT_EQ(page.facts().problems.size(), 1u);
    EXPECT_EQ(page.facts().problems[0].rule, "input/depth-limit");
    EXPECT_EQ(page.slice(page.facts().problems[0].range), "a");
}

}  // namespace
}  // namespace docathon::testing

// Labels and other names that pages define, in both formats that Sphinx reads.

#include "lint/parse/labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/parse/parse.h"

namespace docathon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> labels_of(const std::string& path, const std::string& text,
                                   LabelKind kind = LabelKind::label) {
    Settings settings;
    settings.flavor = Flavor::myst;
    settings.myst_extensions = {"attrs_block", "attrs_inline", "dollarmath"};
    const SourceFile source(0, path, text);
    const ParsedFile parsed = parse_file(source, settings);
    std::vector<std::string> out;
    for (const Label& label : parsed.facts.labels) {
        if (label.kind != kind)
            continue;
        EXPECT_LE(label.range.end, text.size());
        out.push_back((label.scope.empty() ? "" : label.scope + "|") + label.name +
                      (kind != LabelKind::label || label.titled ? "" : " (no title)"));
    }
    return out;
}

std::vector<std::string> rst(const std::string& text, LabelKind kind = LabelKind::label) {
    return labels_of("a.rst", text, kind);
}

std::vector<std::string> myst(const std::string& text, LabelKind kind = LabelKind::label) {
    return labels_of("a.md", text, kind);
}

TEST(Labels, AreFoldedAsDocutilsDoes) {
    EXPECT_THAT(rst(".. _Some  Label:\n\nTitle\n-----\n"), ElementsAre("some label"));
    EXPECT_THAT(rst(".. _`a: b`:\n\nTitle\n-----\n"), ElementsAre("a: b"));
    EXPECT_THAT(rst(".. _a\\: b:\n\nTitle\n-----\n"), ElementsAre("a: b"));
    EXPECT_THAT(myst("(Some Label)=\n# Title\n"), ElementsAre("some label"));
}

TEST(Labels, HaveATitleFromWhatFollows) {
    EXPECT_THAT(rst(".. _a:\n.. _b:\n\nTitle\n-----\n"), ElementsAre("a", "b"));
    EXPECT_THAT(rst(".. _a:\n\n.. index:: x\n\nTitle\n-----\n"), ElementsAre("a"));
    EXPECT_THAT(rst(".. _a:\n\nText.\n"), ElementsAre("a (no title)"));
    EXPECT_THAT(rst(".. _a:\n\n.. A comment.\n\nTitle\n-----\n"), ElementsAre("a (no title)"));
    EXPECT_THAT(rst(".. _a:\n\n.. note:: x\n"), ElementsAre("a (no title)"));
    EXPECT_THAT(rst(".. _a:\n\n.. figure:: x.png\n\n   Caption\n"), ElementsAre("a"));
    EXPECT_THAT(rst(".. _a:\n\n.. figure:: x.png\n"), ElementsAre("a (no title)"));
    EXPECT_THAT(rst(".. _a:\n\n.. code-block:: sh\n   :caption: Run\n\n   ls\n"), ElementsAre("a"));
    EXPECT_THAT(rst(".. _a:\n\n.. code-block:: sh\n\n   ls\n"), ElementsAre("a (no title)"));
    EXPECT_THAT(rst(".. _a:\n\n.. list-table:: Title\n\n   * - x\n"), ElementsAre("a"));
    EXPECT_THAT(rst("- x\n\n  .. _a:\n\nTitle\n-----\n"), ElementsAre("a"));
    EXPECT_THAT(rst("See _`a` here.\n"), ElementsAre("a (no title)"));
    EXPECT_THAT(myst("(a)=\n(b)=\n## Title\n"), ElementsAre("a", "b"));
    EXPECT_THAT(myst("(a)=\n\n% A comment\n\n## Title\n"), ElementsAre("a (no title)"));
    EXPECT_THAT(myst("(a)=\nText.\n"), ElementsAre("a (no title)"));
}

TEST(Labels, AddressesAreNone) {
    EXPECT_THAT(rst(".. _a: https://example.org\n"), IsEmpty());
    EXPECT_THAT(rst(".. _a:\n.. _b: https://example.org\n\nText.\n"), IsEmpty());
    EXPECT_THAT(rst("`Text <https://example.org>`_ and `x`__\n\n.. __: https://b.org\n"),
                IsEmpty());
}

TEST(Labels, ComeFromOptions) {
    EXPECT_THAT(rst(".. figure:: x.png\n   :name: A Fig\n\n   Caption\n"), ElementsAre("a fig"));
    EXPECT_THAT(rst(".. image:: x.png\n   :name: pic\n"), ElementsAre("pic (no title)"));
    EXPECT_THAT(myst("```{figure} x.png\n:name: fig\n\nCaption\n```\n"), ElementsAre("fig"));
    EXPECT_THAT(myst("{#here}\nText.\n"), ElementsAre("here"));
    EXPECT_THAT(myst("```{eval-rst}\n.. _inner:\n\nText.\n```\n"), ElementsAre("inner (no title)"));
}

TEST(Labels, Equations) {
    EXPECT_THAT(rst(".. math::\n   :label: euler\n\n   x\n", LabelKind::equation),
                ElementsAre("euler"));
    EXPECT_THAT(myst("```{math}\n:label: euler\nx\n```\n", LabelKind::equation),
                ElementsAre("euler"));
    EXPECT_THAT(myst("$$\nx\n$$ (gauss)\n", LabelKind::equation), ElementsAre("gauss"));
}

TEST(Labels, TermsOfGlossaries) {
    EXPECT_THAT(rst(".. glossary::\n   :sorted:\n\n   one\n   Two *words* : key\n      Text.\n\n"
                    "      More.\n\n   .. a comment\n\n   three\n     Text.\n",
                    LabelKind::term),
                ElementsAre("one", "Two words", "three"));
    EXPECT_THAT(myst("```{glossary}\none\n  Text.\n\ntwo\n  Text.\n```\n", LabelKind::term),
                ElementsAre("one", "two"));
    EXPECT_THAT(myst("- x\n\n  ```{glossary}\n  one\n    Text.\n  ```\n", LabelKind::term),
                ElementsAre("one"));
}

TEST(Labels, OptionsBelongToPrograms) {
    EXPECT_THAT(rst(".. option:: -a, --all <x>, foo[=bar]\n\n.. program:: git commit\n\n"
                    ".. option:: -m=x\n            --message\n\n.. program:: None\n\n"
                    ".. option:: +x\n",
                    LabelKind::option),
                ElementsAre("-a", "--all", "foo", "git-commit|-m", "git-commit|--message", "+x"));
}

TEST(Labels, OtherObjects) {
    EXPECT_THAT(rst(".. envvar:: HOME\n\n.. confval:: a.b\n", LabelKind::envvar),
                ElementsAre("HOME", "a.b"));
    EXPECT_THAT(rst(".. productionlist:: g\n   a: b\n    : c\n   d: e\n", LabelKind::token),
                ElementsAre("g|a", "g|d"));
    EXPECT_THAT(rst("[Knu84]_\n\n.. [Knu84] Text.\n", LabelKind::citation), ElementsAre("Knu84"));
}

TEST(Labels, HintsStandWhereNobodyReads) {
    EXPECT_THAT(labels_of("a.py",
                          "def f():\n    \"\"\"Do.\n\n    .. _here:\n\n    .. math::\n"
                          "       :label: eq\n\n       x\n    \"\"\"\n",
                          LabelKind::hint),
                ElementsAre("here", "eq"));
    EXPECT_THAT(rst(".. nobody-knows:: x\n\n   .. _inner:\n\n   Text.\n", LabelKind::hint),
                ElementsAre("inner"));
    EXPECT_THAT(rst(".. code-block:: rst\n\n   .. _shown:\n", LabelKind::hint), IsEmpty());
}

TEST(Labels, PlainMarkdownHasNone) {
    Settings settings;
    settings.flavor = Flavor::gfm;
    const SourceFile source(0, "a.md", "(a)=\n# T\n");
    EXPECT_TRUE(parse_file(source, settings).facts.labels.empty());
}

}  // namespace
}  // namespace docathon

// What a Markdown file contributes: headings, anchors, references, footnotes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/parse/markdown_testing.h"

namespace docathon {
namespace {

using ::docathon::testing::parse;
using ::docathon::testing::parse_myst;
using ::docathon::testing::Parsed;
using ::testing::ElementsAre;

std::vector<std::string> targets(const Parsed& parsed, ReferenceKind kind) {
    std::vector<std::string> out;
    for (const Reference& reference : parsed.facts().references) {
        if (reference.kind == kind)
            out.push_back(reference.target);
    }
    return out;
}

std::vector<std::string> anchors(const Parsed& parsed, AnchorKind kind) {
    std::vector<std::string> out;
    for (const Anchor& anchor : parsed.facts().anchors) {
        EXPECT_EQ(parsed.slice(anchor.range), anchor.id);
        if (anchor.kind == kind)
            out.push_back(anchor.id);
    }
    return out;
}

TEST(Facts, Headings) {
    const Parsed parsed =
        parse("# A `b` &amp; *c*\n\n- ## A b & c\n\n> # [Link](x) text\n\nA b & c\n---\n");
    ASSERT_EQ(parsed.facts().headings.size(), 4U);
    const std::vector<Heading>& headings = parsed.facts().headings;
    EXPECT_EQ(parsed.facts().title, "A b & c");
    EXPECT_EQ(headings[0].text, "A b & c");
    EXPECT_EQ(headings[0].github_slug, "a-b--c");
    EXPECT_EQ(headings[0].docutils_id, "a-b-c");
    EXPECT_EQ(headings[0].level, 1);
    EXPECT_FALSE(headings[0].nested);
    EXPECT_EQ(parsed.slice(headings[0].range), "A `b` &amp; *c*");
    // GitHub counts headings of lists and quotes too.
    EXPECT_EQ(headings[1].github_slug, "a-b--c-1");
    EXPECT_TRUE(headings[1].nested);
    EXPECT_EQ(headings[2].github_slug, "link-text");
    EXPECT_EQ(headings[3].github_slug, "a-b--c-2");
    EXPECT_EQ(headings[3].docutils_id, "a-b-c");
}

TEST(Facts, HeadingsInHtml) {
    const Parsed parsed = parse(
        "<h1 align=\"center\" id=\"top\">The <b>Name</b> &amp; co</h1>\n\n# The Name & "
        "co\n\n<h2>\n\nOver **several**\n"
        "blocks\n\n</h2>\n\ntext <h3>inline</h3>\n\n<h4>never closed\n\n# After\n");
    std::vector<std::string> slugs;
    for (const Heading& heading : parsed.facts().headings)
        slugs.push_back(heading.github_slug);
    EXPECT_THAT(slugs, ElementsAre("the-name--co", "the-name--co-1", "over-several-blocks",
                                   "inline", "after"));
    EXPECT_TRUE(parsed.facts().headings[0].nested);
    EXPECT_EQ(parsed.slice(parsed.facts().headings[0].range), "The <b>Name</b> &amp; co");
    EXPECT_THAT(anchors(parsed, AnchorKind::html_id), ElementsAre("top"));
    EXPECT_TRUE(parse_myst("<h1>a</h1>\n").facts().headings.empty());
}

TEST(Facts, Links) {
    const Parsed parsed = parse(
        "[a](b\\_c.md \"t\") ![d](e.png) <https://f.g> https://h.i [j][k] [k]\n\n[k]: l.md\n[m]( "
        "<n o.md> ) [p][q]\n");
    const std::vector<Reference>& references = parsed.facts().references;
    ASSERT_EQ(references.size(), 8U);
    EXPECT_EQ(references[0].target, "b_c.md");
    EXPECT_EQ(parsed.slice(references[0].range), "b\\_c.md");
    EXPECT_EQ(parsed.slice(references[0].whole), "[a](b\\_c.md \"t\")");
    EXPECT_EQ(references[0].flags, 0);
    EXPECT_EQ(references[1].kind, ReferenceKind::image);
    EXPECT_EQ(references[2].flags, reference_flag::kBare);
    EXPECT_EQ(references[3].target, "https://h.i");
    EXPECT_EQ(references[3].flags, reference_flag::kBare);
    EXPECT_EQ(references[4].flags, reference_flag::kByDefinition);
    EXPECT_EQ(parsed.slice(references[4].range), "k");
    EXPECT_EQ(references[4].target, "l.md");
    EXPECT_EQ(parsed.slice(references[5].range), "k");
    EXPECT_EQ(references[6].kind, ReferenceKind::link_definition);
    EXPECT_EQ(parsed.slice(references[6].range), "l.md");
    EXPECT_EQ(parsed.slice(references[7].range), "n o.md");
    ASSERT_EQ(parsed.facts().undefined_references.size(), 1U);
    EXPECT_EQ(parsed.facts().undefined_references[0].label, "q");
}

TEST(Facts, TemplatedTargets) {
    const auto templated = [](std::string_view target) {
        const Parsed parsed = parse("[a](<" + std::string(target) + ">)\n");
        return parsed.facts().references.size() == 1 &&
               (parsed.facts().references[0].flags & reference_flag::kTemplated) != 0;
    };
    EXPECT_TRUE(templated("{{ x }}/y"));
    EXPECT_TRUE(templated("x/{% y %}"));
    EXPECT_TRUE(templated("backends/{backend_name}.md"));
    EXPECT_TRUE(templated("${ROOT}/x"));
    EXPECT_FALSE(templated("plain.md"));
    EXPECT_FALSE(templated("a{}b"));
    EXPECT_FALSE(templated("a{b c}"));
}

TEST(Facts, Html) {
    const Parsed parsed = parse(
        "<a href=\" a.html \" download>x</a> <img src='b.png' srcset=\"c.png 1x, d.png 2x\">\n\n<p "
        "id=\"p1\">\n"
        "<a name=\"n1\" href=\"e&amp;f\"></a>\n<video src=\"g.mp4\" poster=h.png></video><iframe "
        "src=\"i\">\n"
        "<!-- <a href=\"no\"> -->\n");
    EXPECT_THAT(targets(parsed, ReferenceKind::html_link), ElementsAre("a.html", "e&f", "i"));
    EXPECT_THAT(targets(parsed, ReferenceKind::html_image),
                ElementsAre("b.png", "c.png", "d.png", "g.mp4", "h.png"));
    EXPECT_EQ(parsed.facts().references[0].flags, reference_flag::kDownload);
    EXPECT_EQ(parsed.slice(parsed.facts().references[0].range), "a.html");
    EXPECT_EQ(parsed.slice(parsed.facts().references[3].range), "d.png");
    EXPECT_EQ(parsed.slice(parsed.facts().references[4].range), "e&amp;f");
    EXPECT_THAT(anchors(parsed, AnchorKind::html_id), ElementsAre("p1"));
    EXPECT_THAT(anchors(parsed, AnchorKind::html_name), ElementsAre("n1"));
}

TEST(Facts, Roles) {
    const Parsed parsed = parse_myst(
        "{doc}`Text <../a/b>` {ref}`label` {term}`!no` {py:class}`~torch.Tensor` {kbd}`x` "
        "{download}`f.zip`\n");
    EXPECT_THAT(targets(parsed, ReferenceKind::role),
                ElementsAre("../a/b", "label", "torch.Tensor", "f.zip"));
    const std::vector<Reference>& references = parsed.facts().references;
    EXPECT_EQ(references[0].name, "doc");
    EXPECT_EQ(parsed.slice(references[0].range), "../a/b");
    EXPECT_EQ(parsed.slice(references[0].whole), "{doc}`Text <../a/b>`");
    EXPECT_EQ(parsed.slice(references[2].range), "torch.Tensor");
    EXPECT_EQ(references[3].flags, reference_flag::kDownload);
    EXPECT_TRUE(parse("{doc}`a`\n").facts().references.empty());
}

TEST(Facts, Includes) {
    const Parsed parsed = parse_myst(
        "```{include} ../README.md\n:relative-docs: docs/\n:relative-images:\n:start-after: "
        "x\n```\n"
        "```{include} a.py\n:code: python\n```\n```{include} b.rst\n:parser: rst\n```\n"
        "```{literalinclude} c.py\n:lines: 1-2\n```\n");
    EXPECT_THAT(targets(parsed, ReferenceKind::include),
                ElementsAre("../README.md", "a.py", "b.rst"));
    const std::vector<Reference>& references = parsed.facts().references;
    EXPECT_EQ(references[0].flags, reference_flag::kRelativeDocs | reference_flag::kRelativeImages |
                                       reference_flag::kPartial);
    EXPECT_EQ(parsed.slice(references[0].whole), "```{include} ../README.md");
    EXPECT_EQ(references[0].name, "include");
    EXPECT_EQ(references[1].flags, reference_flag::kLiteral);
    EXPECT_EQ(references[2].flags, reference_flag::kExternalParser);
    EXPECT_EQ(references[3].kind, ReferenceKind::literal_include);
}

TEST(Facts, Toctrees) {
    const Parsed parsed = parse_myst(
        "```{toctree}\n:glob:\n:caption: C\n\nintro\n Title here "
        "<guide/start>\nself\nhttps://x.y\nsub/*\n```\n\n"
        "> ```{toctree}\n> other\n> ```\n");
    EXPECT_THAT(targets(parsed, ReferenceKind::toctree_entry),
                ElementsAre("intro", "guide/start", "self", "https://x.y", "sub/*", "other"));
    const std::vector<Reference>& references = parsed.facts().references;
    EXPECT_EQ(references[0].flags, reference_flag::kGlob);
    EXPECT_EQ(parsed.slice(references[1].range), "guide/start");
    EXPECT_EQ(parsed.slice(references[1].whole), "Title here <guide/start>");
    EXPECT_EQ(references[5].flags, 0);
    EXPECT_EQ(parsed.slice(references[5].whole), "other");
}

TEST(Facts, LinksOfDirectives) {
    const Parsed parsed = parse_myst(
        "```{figure} a.png\n:target: b.html\n:name: fig\n```\n:::{card} T\n:link-type: doc\n:link: "
        "c/d\n"
        ":img-top: e.png\n:::\n```{button-link} https://f.g\n```\n```{button-ref} lab\n:ref-type: "
        "myst\n```\n"
        "```{image} h.png\n:target: name_\n```\n```{csv-table}\n:file: "
        "i.csv\n```\n:::{card}\n:link: j.html\n:::\n");
    EXPECT_THAT(targets(parsed, ReferenceKind::directive_image),
                ElementsAre("a.png", "e.png", "h.png"));
    EXPECT_THAT(targets(parsed, ReferenceKind::directive_link),
                ElementsAre("b.html", "c/d", "https://f.g", "lab", "name", "j.html"));
    EXPECT_THAT(targets(parsed, ReferenceKind::literal_include), ElementsAre("i.csv"));
    std::vector<std::string> types;
    for (const Reference& reference : parsed.facts().references) {
        if (reference.kind == ReferenceKind::directive_link)
            types.push_back(reference.name);
    }
    EXPECT_THAT(types, ElementsAre("url", "doc", "url", "myst", "ref", "url"));
    EXPECT_THAT(anchors(parsed, AnchorKind::directive), ElementsAre("fig"));
}

TEST(Facts, Footnotes) {
    const Parsed parsed = parse("a[^1] b[^two]\n\n[^1]: x\n");
    ASSERT_EQ(parsed.facts().footnotes.size(), 3U);
    EXPECT_EQ(parsed.facts().footnotes[0].label, "1");
    EXPECT_FALSE(parsed.facts().footnotes[0].definition);
    EXPECT_EQ(parsed.facts().footnotes[1].label, "two");
    EXPECT_TRUE(parsed.facts().footnotes[2].definition);
    EXPECT_EQ(parsed.slice(parsed.facts().footnotes[2].range), "1");
}

TEST(Facts, Orphans) {
    EXPECT_TRUE(parse_myst("---\norphan: true\n---\n# a\n").facts().orphan);
    EXPECT_FALSE(parse_myst("---\norphan: false\n---\n# a\n").facts().orphan);
    EXPECT_FALSE(parse_myst("---\ntitle: orphan\n---\n# a\n").facts().orphan);
    EXPECT_FALSE(parse_myst("# a\n").facts().orphan);
}

TEST(Facts, ExamplesAreReadWhereTheyAreWanted) {
    const SourceFile source(0, "a.md", "```python\nimport torch\n```\n");
    EXPECT_NE(parse_file(source, Settings{}).facts.examples, nullptr);
    EXPECT_EQ(parse_file(source, Settings{}, false).facts.examples, nullptr);
}

}  // namespace
}  // namespace docathon

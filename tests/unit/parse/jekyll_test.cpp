// Jekyll: front matter, Liquid, kramdown's attributes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/parse/markdown_testing.h"

namespace docathon {
namespace {

using ::docathon::testing::Parsed;

Parsed parse(std::string_view text) {
    return testing::parse(text, Flavor::jekyll);
}

TEST(Jekyll, APost) {
    const Parsed parsed = parse(
        "---\nlayout: post\ntitle: \"A: b\"\n---\n\nSoon in 2025\\.\n\n"
        "![Meetup (May 23)](/assets/a.jpg){:style=\"width:100%\"}\n\n**Meetup (May 23\\)**\n\n"
        "#### **Meetup (August 15\\)**\n");
    EXPECT_EQ(parsed.shape(), "front_matter paragraph paragraph paragraph heading");
    ASSERT_EQ(parsed.facts().references.size(), 1U);
    EXPECT_EQ(parsed.facts().references[0].target, "/assets/a.jpg");
    EXPECT_EQ(parsed.slice(parsed.facts().references[0].whole),
              "![Meetup (May 23)](/assets/a.jpg)");
    EXPECT_EQ(parsed.source_of(NodeKind::attributes), "{:style=\"width:100%\"}");
    EXPECT_EQ(parsed.facts().headings[0].text, "Meetup (August 15)");
    EXPECT_EQ(parsed.facts().headings[0].kramdown_id, "meetup-august-15");
}

TEST(Jekyll, LiquidLinks) {
    const Parsed parsed = parse(
        "[a]({% link _posts/2024-01-01-x.md %}) [b]({{ site.baseurl }}{% post_url 2024-01-01-x "
        "%}#y)\n"
        "{% include_relative part.md x=1 %}\n<img src=\"{{ site.url }}/assets/i.png\">\n");
    ASSERT_EQ(parsed.facts().references.size(), 6U);
    const std::vector<Reference>& references = parsed.facts().references;
    EXPECT_EQ(references[0].flags & reference_flag::kTemplated, reference_flag::kTemplated);
    EXPECT_EQ(references[1].kind, ReferenceKind::template_link);
    EXPECT_EQ(references[1].name, "link");
    EXPECT_EQ(references[1].target, "_posts/2024-01-01-x.md");
    EXPECT_EQ(parsed.slice(references[1].range), "_posts/2024-01-01-x.md");
    EXPECT_EQ(references[3].name, "post_url");
    EXPECT_EQ(parsed.slice(references[3].range), "2024-01-01-x");
    EXPECT_EQ(references[4].kind, ReferenceKind::include);
    EXPECT_EQ(references[4].name, "include_relative");
    EXPECT_EQ(parsed.slice(references[4].range), "part.md");
    EXPECT_EQ(references[5].kind, ReferenceKind::html_image);
    EXPECT_EQ(references[5].flags & reference_flag::kTemplated, reference_flag::kTemplated);
    EXPECT_TRUE(parsed.facts().open_anchors);
}

TEST(Jekyll, LiquidBlocks) {
    const Parsed parsed = parse(
        "{% highlight python %}\nx = [a](b)\n\n# no heading\n{% endhighlight %}\n\n{% comment "
        "%}\n[c](d)\n"
        "{% endcomment %}\n\n{% comment %} [e](f) {% endcomment %}\n\n[g](h)\n");
    EXPECT_EQ(parsed.shape(), "code_block comment comment paragraph");
    EXPECT_EQ(parsed.data_of(NodeKind::code_block).name, "python");
    EXPECT_EQ(parsed.content_of(NodeKind::code_block), "x = [a](b)\n\n# no heading");
    EXPECT_EQ(parsed.first(NodeKind::code_block).flags, node_flag::kFenced);
    EXPECT_EQ(parsed.content_of(NodeKind::comment), "[c](d)");
    EXPECT_EQ(parsed.content_of(NodeKind::comment, 1), " [e](f) ");
    ASSERT_EQ(parsed.facts().references.size(), 1U);
    EXPECT_EQ(parsed.facts().references[0].target, "h");
    EXPECT_EQ(parse("{% highlight x %}\na\n").first(NodeKind::code_block).flags,
              node_flag::kFenced | node_flag::kUnclosed);
}

TEST(Jekyll, AttributeLines) {
    const Parsed parsed = parse(
        "## One\n{: #first .x}\n\ntext\n{: .note}\n\n* TOC\n{:toc}\n\n{::options a=\"b\" /}\n");
    EXPECT_EQ(
        parsed.shape(),
        "heading attributes paragraph attributes list(item(paragraph)) attributes attributes");
    EXPECT_EQ(parsed.facts().headings[0].explicit_id, "first");
    ASSERT_EQ(parsed.facts().anchors.size(), 1U);
    EXPECT_EQ(parsed.facts().anchors[0].id, "first");
    EXPECT_EQ(parsed.source_of(NodeKind::attributes, 1), "{: .note}");
}

TEST(Jekyll, IdsOfHeadings) {
    const Parsed parsed = parse(
        "## One {#the-one}\n\n## Two {: .c #two }\n\n{: #three}\n## Three\n\n## {x}\n\n## One\n");
    ASSERT_EQ(parsed.facts().headings.size(), 5U);
    EXPECT_EQ(parsed.facts().headings[0].text, "One");
    EXPECT_EQ(parsed.slice(parsed.facts().headings[0].range), "One");
    EXPECT_EQ(parsed.facts().headings[0].explicit_id, "the-one");
    EXPECT_EQ(parsed.facts().headings[1].explicit_id, "two");
    EXPECT_EQ(parsed.facts().headings[2].explicit_id, "three");
    EXPECT_EQ(parsed.facts().headings[3].text, "{x}");
    EXPECT_EQ(parsed.facts().headings[3].explicit_id, "");
    EXPECT_EQ(parsed.facts().headings[4].kramdown_id, "one-1");
}

}  // namespace
}  // namespace docathon

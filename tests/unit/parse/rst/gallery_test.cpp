// Scripts of sphinx-gallery: which lines are the page, and where each of its bytes stands.

#include "lint/parse/rst/gallery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lint/parse/parse.h"
#include "lint/parse/rst/rst.h"

namespace docathon::rst {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> texts_of(std::string_view bytes, const GalleryBlock& block) {
    std::vector<std::string> out;
    for (const Range line : block.lines)
        out.emplace_back(bytes.substr(line.begin, line.size()));
    return out;
}

Range literal_of(std::string_view bytes) {
    const std::size_t begin = bytes.find("\"\"\"");
    const std::size_t end = bytes.find("\"\"\"", begin + 3) + 3;
    const std::size_t prefix = begin > 0 && bytes[begin - 1] == 'r' ? 1 : 0;
    return {static_cast<std::uint32_t>(begin - prefix), static_cast<std::uint32_t>(end)};
}

TEST(RstGallery, CommentBlocks) {
    const std::string_view bytes =
        "x = 1\n"
        "##################### Section\n"
        "#\n"
        "#   One\n"
        "#     two\n"
        "#\n"
        "y = 2\n"
        "# no block\n"
        "# %% ignored title\n"
        "# Three\n"
        "\n"
        "# not part of it\n"
        "#%%\n"
        "#Four\r\n"
        "    # %%\n"
        "#%%\n";
    const std::vector<GalleryBlock> blocks = gallery_blocks(bytes, 0);
    ASSERT_EQ(blocks.size(), 3u);
    EXPECT_THAT(texts_of(bytes, blocks[0]), ElementsAre("One", "  two", ""));
    EXPECT_EQ(blocks[0].first_line, 4u);
    EXPECT_THAT(texts_of(bytes, blocks[1]), ElementsAre("Three"));
    EXPECT_EQ(blocks[1].first_line, 10u);
    EXPECT_THAT(texts_of(bytes, blocks[2]), ElementsAre("Four"));
    // Nineteen are not enough.
    EXPECT_THAT(gallery_blocks("###################\n# a\n", 0), IsEmpty());
    // The rest of the docstring's last line is no line.
    EXPECT_THAT(gallery_blocks("\"\"\"x\"\"\"#%%\n# a\n", 7), IsEmpty());
}

TEST(RstGallery, LinesOfThePage) {
    const std::string_view bytes = "\"\"\"\nTitle\n=====\n\"\"\"\nx = 1\n# %%\n# Text\n#\n# More\n";
    const LineSource source = gallery_lines(bytes, literal_of(bytes));
    std::vector<std::string> texts;
    std::vector<std::uint32_t> numbers;
    for (const Line& line : source.lines()) {
        texts.emplace_back(line.text);
        numbers.push_back(line.number);
    }
    EXPECT_THAT(texts, ElementsAre("", "Title", "=====", "", "", "..", "", "Text", "", "More"));
    EXPECT_THAT(numbers, ElementsAre(1, 2, 3, 4, 4, 4, 4, 7, 8, 9));
    const Line& more = source.lines().back();
    EXPECT_EQ(bytes.substr(source.range_of(more).begin, 4), "More");
    // What stands for no text has an empty place.
    EXPECT_TRUE(source.range_of(source.lines()[5]).empty());
}

TEST(RstGallery, EscapesInTheDocstring) {
    const std::string_view bytes = "\"\"\"A \\\\*b\\\nc *d\n\"\"\"\n";
    const LineSource source = gallery_lines(bytes, literal_of(bytes));
    ASSERT_GE(source.lines().size(), 1u);
    const Line& line = source.lines()[0];
    EXPECT_EQ(line.text, "A \\*bc *d");
    EXPECT_EQ(source.to_source(line, 2), 5u);                  // the backslash pair
    EXPECT_EQ(source.to_source(line, 3), 7u);                  // the star behind it
    EXPECT_EQ(source.to_source(line, 5), bytes.find("c *d"));  // behind the joined line end
    EXPECT_EQ(source.to_source(line, 7), bytes.find("*d"));
    const std::string_view raw = "r\"\"\"A \\*b\n\"\"\"\n";
    EXPECT_EQ(gallery_lines(raw, literal_of(raw)).lines()[0].text, "A \\*b");
}

TEST(RstGallery, Page) {
    const std::string bytes =
        "# -*- coding: utf-8 -*-\n"
        "\"\"\"\n"
        "Title\n"
        "=====\n"
        "\"\"\"\n"
        "import a\n"
        "# %%\n"
        "# Part two\n"
        "# ---\n"
        "#\n"
        "# See :doc:`other` and **this.\n"
        "# docathon-lint: disable=x/y\n";
    const SourceFile source(0, "plot_a.py", bytes);
    Settings settings;
    settings.gallery = true;
    const ParsedFile file = parse_file(source, settings);
    EXPECT_EQ(file.facts.format, Format::python);
    EXPECT_TRUE(file.facts.gallery);
    ASSERT_NE(file.facts.python, nullptr);
    EXPECT_EQ(file.facts.title, "Title");
    ASSERT_EQ(file.facts.headings.size(), 1u);  // `---` is too short for a title
    ASSERT_EQ(file.facts.references.size(), 1u);
    EXPECT_EQ(source.slice(file.facts.references[0].range), "other");
    EXPECT_EQ(file.facts.suppressions.size(), 1u);
    // What docutils says for information, here of `---`, is not kept.
    ASSERT_EQ(file.document.messages().size(), 1u);
    EXPECT_EQ(source.slice(file.document.messages().back().range), "**");

    settings.gallery = false;
    const ParsedFile plain = parse_file(source, settings);
    EXPECT_FALSE(plain.facts.gallery);
    EXPECT_TRUE(plain.facts.references.empty());

    // Without a docstring sphinx-gallery makes no page.
    settings.gallery = true;
    const SourceFile code(0, "plot_b.py", "import a\n# %%\n# Text **x\n");
    EXPECT_FALSE(parse_file(code, settings).facts.gallery);
}

}  // namespace
}  // namespace docathon::rst

#include "lint/parse/rst/directives.h"

#include <gtest/gtest.h>
#include <string>

#include "lint/parse/rst/parser.h"

namespace docathon::rst {
namespace {

/// A text read by docutils' rules, without transforms.
struct Read {
    explicit Read(std::string text, Mode mode = Mode::plain)
        : bytes(std::move(text)),
          source(bytes, {{0, static_cast<std::uint32_t>(bytes.size())}}),
          options(make_options(mode)),
          parser(source, options) {
        parser.parse();
    }
    static Options make_options(Mode mode) {
        Options out;
        out.mode = mode;
        return out;
    }
    /// "level line text" of all messages from WARNING on.
    [[nodiscard]] std::vector<std::string> messages() const {
        std::vector<std::string> out;
        for (const Message& message : parser.messages) {
            if (message.level >= 2)
                out.push_back(std::to_string(message.level) + " " + std::to_string(message.line) +
                              " " + message.text);
        }
        return out;
    }
    [[nodiscard]] std::string tree() const { return to_pseudo_xml(parser.tree); }
    [[nodiscard]] std::string written(Range range) const {
        return bytes.substr(range.begin, range.size());
    }

    std::string bytes;
    LineSource source;
    Options options;
    Parser parser;
};

using Messages = std::vector<std::string>;

TEST(Directives, UnknownNameSwallowsItsBlock) {
    const Read read("Text\n\n.. nope:: x\n\n   *never read\n\nEnd\n");
    EXPECT_EQ(read.messages(), Messages{"3 3 Unknown directive type \"nope\"."});
    ASSERT_EQ(read.parser.messages.size(), 2u);
    EXPECT_EQ(read.parser.messages[0].level, 1);
    EXPECT_EQ(read.written(read.parser.messages[1].range), "nope");
    ASSERT_EQ(read.parser.directives.size(), 1u);
    EXPECT_EQ(read.parser.directives[0].state, DirectiveState::unknown);
}

TEST(Directives, ArgumentsAreCounted) {
    EXPECT_EQ(Read(".. image::\n").messages(),
              Messages{"3 1 Error in \"image\" directive:\n1 argument(s) required, 0 supplied."});
    EXPECT_EQ(Read(".. default-role:: a b\n").messages(),
              Messages{"3 1 Error in \"default-role\" directive:\nmaximum 1 argument(s) allowed, 2 "
                       "supplied."});
    EXPECT_EQ(Read(".. title:: A\n\n   text\n").messages(),
              Messages{"3 1 Error in \"title\" directive:\nno content permitted."});
    const Read read(".. admonition:: A long\n   title\n   :class: x\n\n   Text\n");
    EXPECT_EQ(read.messages(), Messages{});
    ASSERT_EQ(read.parser.directives[0].arguments.size(), 1u);
    EXPECT_EQ(read.parser.directives[0].arguments[0].text, "A long\ntitle");
    EXPECT_EQ(read.written(read.parser.directives[0].arguments[0].range), "A long\n   title");
}

TEST(Directives, OptionsKnowTheirPlaces) {
    const Read read(".. image:: a.png\n   :width: 3 pt\n   :alt: two\n     lines\n");
    ASSERT_EQ(read.parser.directives.size(), 1u);
    const DirectiveRecord& record = read.parser.directives[0];
    ASSERT_NE(record.option("alt"), nullptr);
    EXPECT_EQ(record.option("alt")->value.text, "two\nlines");
    EXPECT_EQ(read.written(record.option("alt")->value.range), "two\n     lines");
    EXPECT_EQ(read.written(record.option("width")->name_range), "width");
    EXPECT_EQ(record.option("height"), nullptr);
    EXPECT_NE(read.tree().find("<image alt=\"two\nlines\" uri=\"a.png\" width=\"3pt\">"),
              std::string::npos)
        << read.tree();
}

TEST(Directives, OptionErrorsAreThoseOfDocutilsAndPointAtTheOption) {
    const Read unknown(".. image:: a.png\n   :widht: 3\n");
    EXPECT_EQ(unknown.messages(),
              Messages{"3 1 Error in \"image\" directive:\nunknown option: \"widht\"."});
    EXPECT_EQ(unknown.written(unknown.parser.messages[0].range), "widht");
    const Read value(".. image:: a.png\n   :scale: x\n");
    EXPECT_EQ(value.messages(),
              Messages{"3 1 Error in \"image\" directive:\ninvalid option value: (option: "
                       "\"scale\"; value: 'x')\ninvalid literal for int() with base 10: 'x'."});
    EXPECT_EQ(value.written(value.parser.messages[0].range), "x");
    EXPECT_EQ(Read(".. image:: a.png\n   :alt: a\n   :alt: b\n").messages(),
              Messages{"3 1 Error in \"image\" directive:\ninvalid option data: duplicate option "
                       "\"alt\"."});
    EXPECT_EQ(Read(".. image:: a.png\n   :alt: a\n   b\n").messages(),
              Messages{"3 1 Error in \"image\" directive:\ninvalid option block."});
}

TEST(Directives, NestedContentKeepsItsLines) {
    const Read read(".. note::\n\n   .. tip::\n\n      See *this\n");
    EXPECT_EQ(read.messages(), Messages{"2 5 Inline emphasis start-string without end-string."});
}

TEST(Directives, ListTable) {
    EXPECT_EQ(Read(".. list-table::\n\n   * - a\n     - b\n   * - c\n").messages(),
              Messages{"3 1 Error parsing content block for the \"list-table\" directive: uniform "
                       "two-level bullet list expected, but row 2 does not contain the same "
                       "number of items as row 1 (1 vs 2)."});
    const Read read(
        ".. list-table:: T\n   :header-rows: 1\n   :widths: 1 2\n\n   * - a\n     - b\n"
        "   * - c\n     - d\n");
    EXPECT_EQ(read.messages(), Messages{});
    EXPECT_NE(read.tree().find("<colspec colwidth=\"2\">"), std::string::npos) << read.tree();
    EXPECT_NE(read.tree().find("<thead>"), std::string::npos);
}

TEST(Directives, CsvTable) {
    EXPECT_EQ(Read(".. csv-table::\n\n   a, \"b\n").messages(),
              Messages{"3 1 Error with CSV data in \"csv-table\" directive:\nunexpected end of "
                       "data"});
    EXPECT_EQ(Read(".. csv-table::\n   :header-rows: 2\n\n   a, b\n").messages(),
              Messages{"3 1 2 header row(s) specified but only 1 row(s) of data supplied "
                       "(\"csv-table\" directive)."});
}

TEST(Directives, NoFileIsOpened) {
    const Read read(".. include:: /etc/passwd\n\n.. raw:: html\n   :file: /etc/passwd\n");
    EXPECT_EQ(read.messages(), Messages{});
    ASSERT_EQ(read.parser.directives.size(), 2u);
    EXPECT_EQ(read.parser.directives[0].arguments[0].text, "/etc/passwd");
}

TEST(Directives, DefinitionFilesOfDocutilsAreKnown) {
    const Read read(".. include:: <isonum.txt>\n\n|copy|\n");
    EXPECT_EQ(read.messages(), Messages{});
    EXPECT_NE(read.parser.names.substitution_name("copy"), nullptr);
    EXPECT_EQ(Read(".. include:: <nosuch.txt>\n").messages().size(), 1u);
}

TEST(Directives, SphinxKnowsItsOwn) {
    const std::string text =
        ".. versionadded:: 1.0\n   *Text\n\n.. py:function:: f(x)\n   :async:\n\n   Title\n   "
        "=====\n"
        "\n   Text\n\n.. class:: C\n\n   Text\n\n.. toctree::\n   :maxdpth: 1\n\n   a\n";
    EXPECT_EQ(Read(text, Mode::sphinx).messages(),
              (Messages{"2 2 Inline emphasis start-string without end-string.",
                        "3 16 Error in \"toctree\" directive:\nunknown option: \"maxdpth\"."}));
    EXPECT_EQ(Read(".. default-domain:: cpp\n\n.. enumerator:: A\n", Mode::sphinx).messages(),
              Messages{});
}

TEST(Directives, ContentOfAutomoduleIsLikeASection) {
    EXPECT_EQ(Read(".. automodule:: m\n   :no-members:\n\n   .. contents::\n      :local:\n\n"
                   "   Title\n   -----\n\n   Text\n",
                   Mode::sphinx)
                  .messages(),
              Messages{});
}

TEST(Directives, CardsHaveHeaderAndFooter) {
    EXPECT_EQ(Read(".. card:: Title\n\n   Header\n   ^^^\n   Body *x\n   +++++\n   Footer\n",
                   Mode::sphinx)
                  .messages(),
              Messages{"2 5 Inline emphasis start-string without end-string."});
}

TEST(Directives, GlossaryHasTermsAndDefinitions) {
    const Read read(".. glossary::\n\n   one\n   two\n      Both *of\n", Mode::sphinx);
    EXPECT_EQ(read.messages(), Messages{"2 5 Inline emphasis start-string without end-string."});
}

TEST(Directives, PermissiveAcceptsAll) {
    EXPECT_EQ(Read(".. whatever:: x\n   :y: z\n\n   *a\n", Mode::permissive).messages(),
              Messages{});
    EXPECT_EQ(Read(".. seealso::\n\n   *a\n", Mode::permissive).messages(),
              Messages{"2 3 Inline emphasis start-string without end-string."});
    EXPECT_EQ(Read(".. highlight:: c\n\n   x\n", Mode::permissive).messages(),
              Messages{"3 1 Error in \"highlight\" directive:\nno content permitted."});
}

TEST(Directives, RolesAreDefinedAndChecked) {
    EXPECT_EQ(Read(".. role:: hi(strong)\n   :class: x\n\n:hi:`a`\n").messages(), Messages{});
    EXPECT_EQ(Read(".. role:: hi(nope)\n").messages(),
              Messages{"3 1 Unknown interpreted text role \"nope\"."});
    EXPECT_EQ(Read(".. role:: hi\n   :format: x\n").messages(),
              Messages{"3 1 Error in \"role\" directive:\nunknown option: \"format\"."});
}

TEST(Directives, SubstitutionsOnlyInTheirPlace) {
    EXPECT_EQ(Read(".. unicode:: 0x41\n").messages(),
              Messages{"3 1 Invalid context: the \"unicode\" directive can only be used within a "
                       "substitution definition."});
    const Read read(
        ".. |a| unicode:: 0x41 .. letter\n.. |b| replace:: *B*\n.. |c| image:: c.png\n");
    EXPECT_EQ(read.messages(), Messages{});
    EXPECT_NE(read.tree().find("<image alt=\"c\" uri=\"c.png\">"), std::string::npos);
}

}  // namespace
}  // namespace docathon::rst

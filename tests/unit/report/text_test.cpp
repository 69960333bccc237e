#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "lint/report/report.h"
#include "tests/unit/report/report_fixture.h"

namespace docathon {
namespace {

using testing::kAnchor;
using testing::kFence;
using testing::kTarget;
using testing::kUnused;

class TextTest : public testing::ReportTest {
  protected:
    std::string text() { return print(&write_text); }
    std::string full() { return print(&write_full); }
};

TEST_F(TextTest, OneLineAFinding) {
    const FileId a = file("docs/a.md", "see [x](x.md)\nand [y](#y)\n");
    add(kTarget, a, "x.md", "no file 'x.md'");
    add(kFence, a, "and", "unclosed");
    add(kUnused, a, "#y", "note this");
    EXPECT_EQ(text(),
              "docs/a.md:1:9: error: no file 'x.md' [links/missing-target]\n"
              "docs/a.md:2:1: warning: unclosed [markup/unclosed-fence]\n"
              "docs/a.md:2:9: note: note this [suppression/unused]\n");
}

TEST_F(TextTest, NothingForNoFindings) {
    file("a.md", "");
    EXPECT_EQ(text(), "");
    EXPECT_EQ(full(), "");
}

TEST_F(TextTest, ColumnsAreCodePointsInWhateverLinesTheFileHas) {
    add(kTarget, file("bom.md", "\xef\xbb\xbfx"), "x", "m");
    add(kTarget, file("cr.md", "a\rb x"), "x", "m");
    add(kTarget, file("crlf.md", "a\r\n\r\nb x"), "x", "m");
    add(kTarget, file("emoji.md", "\xf0\x9f\x98\x80\xc3\xa9\tx"), "x", "m");
    add(kTarget, file("empty.md", ""), Range{0, 0}, "m");
    add(kTarget, file("end.md", "a\n"), Range{2, 2}, "m");
    add(kTarget, file("invalid.md", "a\xff\xfe x"), "x", "m");
    EXPECT_EQ(text(),
              "bom.md:1:1: error: m [links/missing-target]\n"
              "cr.md:2:3: error: m [links/missing-target]\n"
              "crlf.md:3:3: error: m [links/missing-target]\n"
              "emoji.md:1:4: error: m [links/missing-target]\n"
              "empty.md:1:1: error: m [links/missing-target]\n"
              "end.md:2:1: error: m [links/missing-target]\n"
              "invalid.md:1:5: error: m [links/missing-target]\n");
}

TEST_F(TextTest, HostileNamesAndMessagesStayOnTheirLine) {
    add(kTarget, file("a\nb\x1b[31m.md", "x"), "x", "one\ntwo\r\x1b]0;title\x07 \xe2\x80\xae \xff");
    add(kTarget, file("::error file=x::y.md", "x"), "x", "::error::m %0A");
    add(kTarget, file(" ::error::z.md", "x"), "x", "m");
    EXPECT_EQ(text(),
              "a\\x0ab\\x1b[31m.md:1:1: error: one\\x0atwo\\x0d\\x1b]0;title\\x07 \\u{202e} \\xff "
              "[links/missing-target]\n"
              "./::error file=x::y.md:1:1: error: ::error::m %0A [links/missing-target]\n"
              "./ ::error::z.md:1:1: error: m [links/missing-target]\n");
}

TEST_F(TextTest, ColourOnlyOnRequest) {
    add(kTarget, file("a.md", "x"), "x", "m");
    EXPECT_EQ(text().find('\x1b'), std::string::npos);
    options_.color = true;
    EXPECT_EQ(
        text(),
        "\x1b[1ma.md:1:1:\x1b[0m \x1b[1;31merror:\x1b[0m m \x1b[2m[links/missing-target]\x1b[0m\n");
}

TEST_F(TextTest, MaxResultsKeepsTheSevereAndTheRareInOrder) {
    const FileId a = file("a.md", "abcdefgh");
    for (std::uint32_t i = 0; i < 4; ++i)
        add(kTarget, a, Range{i, i + 1}, "often");
    add(kAnchor, a, Range{4, 5}, "rare");
    add(kFence, a, Range{5, 6}, "warning");
    options_.max_results = 3;
    EXPECT_EQ(text(),
              "a.md:1:1: error: often [links/missing-target]\n"
              "a.md:1:2: error: often [links/missing-target]\n"
              "a.md:1:5: error: rare [links/missing-anchor]\n");
    options_.max_results = 0;
    const std::string all = text();
    EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 6);
}

TEST_F(TextTest, StopsWhenTheWriterRefuses) {
    const FileId a = file("a.md", std::string(100'000, 'x'));
    for (std::uint32_t i = 0; i < 30'000; ++i)
        add(kTarget, a, Range{i, i + 1}, "m");
    for (const ReportFormat& format : report_formats()) {
        int calls = 0;
        EXPECT_FALSE(format.write(result_, options_, [&](std::string_view) {
            ++calls;
            return false;
        })) << format.name;
        EXPECT_EQ(calls, 1) << format.name;
    }
}

TEST_F(TextTest, FullShowsTheLineCaretsRelatedPlacesAndTheFix) {
    const FileId a = file("a.md", "# A\n\nsee [x](x.md) now\n");
    const FileId b = file("b.md", "one\ntwo\n");
    Diagnostic& one = add(kTarget, a, "x.md", "no file 'x.md'");
    one.related.push_back({b, {4, 7}, "it was here"});
    one.related.push_back({b, {0, 1}, ""});
    one.fix = Fix{
        "name the file", {{{13, 17}, "y.md"}, {{18, 18}, "!"}, {{18, 22}, ""}}, FixSafety::safe};
    EXPECT_EQ(full(),
              "a.md:3:9: error: no file 'x.md' [links/missing-target]\n"
              "   |\n"
              " 3 | see [x](x.md) now\n"
              "   |         ^^^^\n"
              "   = see b.md:2:1: it was here\n"
              "   = see b.md:1:1\n"
              "   = fix: name the file\n"
              "     3:9: 'x.md' -> 'y.md'\n"
              "     3:14: insert '!'\n"
              "     3:14: delete ' now'\n"
              "\n");
}

TEST_F(TextTest, CaretsStandUnderWideCharactersTabsAndCombiningMarks) {
    // U+6F22 takes two columns, a combining acute none, a tab goes to the next multiple of four.
    const FileId a = file("a.md", "a\xe6\xbc\xa2\te\xcc\x81 x\xe6\xbc\xa2y\n");
    add(kTarget, a, "x\xe6\xbc\xa2", "m");
    EXPECT_EQ(full(),
              "a.md:1:7: error: m [links/missing-target]\n"
              "   |\n"
              " 1 | a\xe6\xbc\xa2 e\xcc\x81 x\xe6\xbc\xa2y\n"
              "   |       ^^^\n"
              "\n");
}

TEST_F(TextTest, ControlCharactersOfTheSourceAreShownAsPictures) {
    const FileId a = file("a.md", std::string("\x1b[31m\x00\x7f\xff\xe2\x80\xae x\n", 13));
    add(kTarget, a, "x", "m");
    EXPECT_EQ(full(),
              "a.md:1:11: error: m [links/missing-target]\n"
              "   |\n"
              " 1 | \xe2\x90\x9b[31m\xe2\x90\x80\xe2\x90\xa1\xef\xbf\xbd\xef\xbf\xbd x\n"
              "   |           ^\n"
              "\n");
}

TEST_F(TextTest, ARangeOfSeveralLinesIsShownAtItsFirst) {
    const FileId a = file("a.md", "one [x\r\ny](z) two\r\n");
    add(kTarget, a, "[x\r\ny](z)", "m");
    add(kFence, a, "x\r\n", "the line break does not count");
    EXPECT_EQ(full(),
              "a.md:1:5: error: m [links/missing-target]\n"
              "   |\n"
              " 1 | one [x\n"
              "   |     ^^ ... to line 2\n"
              "\n"
              "a.md:1:6: warning: the line break does not count [markup/unclosed-fence]\n"
              "   |\n"
              " 1 | one [x\n"
              "   |      ^\n"
              "\n");
}

TEST_F(TextTest, EmptyRangesAndLinesHaveACaretOrNothing) {
    const FileId a = file("a.md", "ab\n\ncd");
    add(kTarget, a, Range{2, 2}, "end of line");
    add(kTarget, a, Range{3, 3}, "empty line");
    add(kTarget, a, Range{6, 6}, "end of file");
    EXPECT_EQ(full(),
              "a.md:1:3: error: end of line [links/missing-target]\n"
              "   |\n 1 | ab\n   |   ^\n\n"
              "a.md:2:1: error: empty line [links/missing-target]\n\n"
              "a.md:3:3: error: end of file [links/missing-target]\n"
              "   |\n 3 | cd\n   |   ^\n\n");
}

TEST_F(TextTest, LongLinesAreShownInPart) {
    const FileId a =
        file("a.md", std::string(500'000, 'a') + "\xc3\xa9XX" + std::string(500'000, 'b'));
    add(kTarget, a, "XX", "m");
    const std::string shown =
        "… " + std::string(59, 'a') + "\xc3\xa9XX" + std::string(98, 'b') + " …";
    EXPECT_EQ(full(),
              "a.md:1:500002: error: m [links/missing-target]\n"
              "   |\n"
              " 1 | " +
                  shown +
                  "\n"
                  "   | " +
                  std::string(62, ' ') +
                  "^^\n"
                  "\n");
}

TEST_F(TextTest, LongRangesAndFixesAreCut) {
    const std::string text(1000, 'a');
    const FileId a = file("a.md", text);
    Diagnostic& one = add(kTarget, a, Range{0, 1000}, "m");
    one.fix = Fix{"shorten", {{{0, 1000}, text}}, FixSafety::unsafe};
    for (std::uint32_t i = 0; i < 9; ++i)
        one.fix->edits.push_back({{i, i}, "x"});
    EXPECT_EQ(full(),
              "a.md:1:1: error: m [links/missing-target]\n"
              "   |\n"
              " 1 | " +
                  std::string(160, 'a') +
                  " …\n"
                  "   | " +
                  std::string(160, '^') +
                  "\n"
                  "   = unsafe fix: shorten\n"
                  "     1:1: '" +
                  std::string(80, 'a') + "…' -> '" + std::string(80, 'a') +
                  "…'\n"
                  "     1:1: insert 'x'\n     1:2: insert 'x'\n     1:3: insert 'x'\n"
                  "     1:4: insert 'x'\n     and 5 more\n\n");
}

TEST_F(TextTest, AFileWithoutBytesHasNoSourceLine) {
    add(kTarget, file("a.md", ""), Range{0, 0}, "unreadable");
    result_.bytes = nullptr;
    EXPECT_EQ(full(), "a.md:1:1: error: unreadable [links/missing-target]\n\n");
}

TEST_F(TextTest, SummaryCountsAndHints) {
    result_.seconds = 0.42;
    const FileId a = file("a.md", "abc");
    file("b.md", "");
    result_.files_checked = 4273;
    EXPECT_EQ(print(&write_summary), "no findings in 4,273 files, 0.4 s\n");
    add(kTarget, a, "a", "m");
    result_.files_checked = 1;
    result_.seconds = 0.0123;
    EXPECT_EQ(print(&write_summary),
              "1 finding (1 error) in 1 of 1 file, 13 ms\n"
              "explain: docathon-lint explain links/missing-target · silence one: "
              "<!-- docathon-lint: ignore[links/missing-target] why -->\n");
    add(kFence, a, "b", "m");
    add(kUnused, a, "c", "m");
    add(kUnused, 1, Range{0, 0}, "m");
    result_.paths[0] = "a.rst";
    result_.files_checked = 1234567;
    result_.seconds = 123.4;
    options_.max_results = 2;
    EXPECT_EQ(print(&write_summary),
              "4 findings (1 error, 1 warning, 2 notes) in 2 of 1,234,567 files, 123 s\n"
              "shown: 2 of them (--max-results)\n"
              "explain: docathon-lint explain links/missing-target · silence one: "
              ".. docathon-lint: ignore[links/missing-target] why\n");
    result_.paths[0] = "a.py";
    EXPECT_NE(print(&write_summary).find("# docathon-lint: ignore["), std::string::npos);
}

TEST_F(TextTest, StatsNameStagesAndUnknowns) {
    file("a.md", "");
    result_.bytes_checked = 2'500'000;
    result_.stages = {{"discover", 1.25, 1}, {"parse", 100, 199.96}};
    result_.unknown = {{"generated page", 1200}, {"template", 3}};
    result_.references = ReferenceCounts{1000, 10, {{"a label of another project", 2}, {"b", 8}}};
    EXPECT_EQ(print(&write_stats),
              "files: 1, 2.50 MB\n"
              "discover  1.2 ms wall, 1.0 ms cpu\n"
              "parse     100.0 ms wall, 200.0 ms cpu\n"
              "total     101.2 ms wall, 201.0 ms cpu\n"
              "references: 1,020, 1,000 found, 10 missing, 10 unknown (1.0 %)\n"
              "  8  b\n"
              "  2  a label of another project\n"
              "not decided by the rules: 1,203\n"
              "  1,200  generated page\n"
              "  3  template\n");
}

TEST_F(TextTest, FormatsHaveNamesAndHelp) {
    EXPECT_EQ(report_formats().front().name, "text");
    for (const ReportFormat& format : report_formats()) {
        EXPECT_EQ(find_report_format(format.name), &format);
        EXPECT_FALSE(format.help.empty());
    }
    EXPECT_EQ(find_report_format("xml"), nullptr);
    EXPECT_EQ(find_report_format(""), nullptr);
}

}  // namespace
}  // namespace docathon

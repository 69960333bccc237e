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

class GithubTest : public testing::ReportTest {
  protected:
    std::string github() { return print(&write_github); }
    std::string markdown() { return print(&write_markdown); }
};

TEST_F(GithubTest, CommandsInOrderOfWorth) {
    const FileId a = file("docs/a.md", "abcd\nef\n");
    add(kUnused, a, "a", "a note");
    add(kFence, a, "b", "a warning");
    add(kTarget, a, "c", "often 1");
    add(kTarget, a, "d\ne", "often 2");
    add(kAnchor, a, "f", "rare");
    EXPECT_EQ(
        github(),
        "::error file=docs/a.md,line=2,endLine=2,col=2,endColumn=3,title=links/missing-anchor::"
        "rare [links/missing-anchor]\n"
        "::error file=docs/a.md,line=1,endLine=1,col=3,endColumn=4,title=links/missing-target::"
        "often 1 [links/missing-target]\n"
        "::error file=docs/a.md,line=1,endLine=2,col=4,title=links/missing-target::"
        "often 2 [links/missing-target]\n"
        "::warning file=docs/a.md,line=1,endLine=1,col=2,endColumn=3,title=markup/unclosed-fence"
        "::a warning [markup/unclosed-fence]\n"
        "::notice file=docs/a.md,line=1,endLine=1,col=1,endColumn=2,title=suppression/unused::"
        "a note [suppression/unused]\n");
    options_.max_results = 1;
    EXPECT_EQ(github().find("rare"), github().rfind("rare"));
    EXPECT_EQ(github().find("often"), std::string::npos);
}

TEST_F(GithubTest, EscapesWhatWouldEndThePropertyOrTheCommand) {
    add(kTarget, file("a,b::c%0A\r\n\x1b.md", "x"), "x", "::set-output 100%, a:b %0A \n\x1b \xff");
    EXPECT_EQ(github(),
              "::error file=a%2Cb%3A%3Ac%250A\\x0d\\x0a\\x1b.md,line=1,endLine=1,col=1,endColumn=2,"
              "title=links/missing-target::::set-output 100%25, a:b %250A \\x0a\\x1b \\xff "
              "[links/missing-target]\n");
}

TEST_F(GithubTest, MarkdownHasATableARule) {
    const FileId a = file("a|`b`.md", "x y z");
    file("other.md", "");
    add(kFence, a, "y", "unclosed");
    add(kTarget, a, "x", "no <file> '*a_b*' | `c` [d](e) \n & more");
    EXPECT_EQ(
        markdown(),
        "## docathon-lint: 2 findings (1 error, 1 warning) in 1 of 2 files\n"
        "\n"
        "### links/missing-target (1)\n"
        "\n"
        "Summary of links/missing-target.\n"
        "\n"
        "| place | severity | message |\n"
        "| --- | --- | --- |\n"
        "| `` a\\|`b`.md:1:1 `` | error | no &lt;file&gt; '\\*a\\_b\\*' \\| \\`c\\` \\[d\\](e) "
        "\\\\x0a &amp; more |\n"
        "\n"
        "### markup/unclosed-fence (1)\n"
        "\n"
        "Summary of markup/unclosed-fence.\n"
        "\n"
        "| place | severity | message |\n"
        "| --- | --- | --- |\n"
        "| `` a\\|`b`.md:1:3 `` | warning | unclosed |\n");
}

TEST_F(GithubTest, MarkdownStaysBelowTheLimitAndSaysWhatIsMissing) {
    const FileId a = file("a.md", std::string(30'000, 'x'));
    EXPECT_EQ(markdown(), "## docathon-lint: no findings in 1 file\n");
    for (std::uint32_t i = 0; i < 30'000; ++i) {
        add(i % 2 == 0 ? kTarget : kFence, a, Range{i, i + 1}, "some message of ordinary length");
    }
    const std::string text = markdown();
    EXPECT_LT(text.size(), 1'001'000u);
    EXPECT_GT(text.size(), 990'000u);
    const auto rows = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    const std::size_t at = text.rfind("\n\n") + 2;
    EXPECT_NE(text.substr(at).find(" more findings are not shown here.\n"), std::string::npos);
    std::string number = text.substr(at, text.find(' ', at) - at);
    std::erase(number, ',');
    // Two tables with head, summary and blank lines, the title and the last line are no rows.
    EXPECT_EQ(std::stoul(number), 30'000 - (rows - 1 - 2 * 7 - 2)) << text.substr(at);
    options_.max_results = 10;
    EXPECT_NE(markdown().find("29,990 more findings are not shown here."), std::string::npos);
}

}  // namespace
}  // namespace docathon

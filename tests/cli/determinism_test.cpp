// The same bytes for any number of threads, and for every run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

class Determinism : public ::testing::TestWithParam<const char*> {
  protected:
    /// Pages that link to each other, with findings of many rules.
    static void write_tree(const Sandbox& box) {
        box.write("docs/conf.py",
                  "extensions = ['myst_parser']\nmyst_heading_anchors = 3\n"
                  "redirects = {'old': 'page0.html'}\n");
        for (int i = 0; i < 120; ++i) {
            const std::string next = std::to_string((i * 37 + 11) % 150);
            std::string text = "# Page " + std::to_string(i) + "\n\n";
            text += "[a](page" + next + ".md) [b](page" + next + ".md#page-" + next +
                    ") [c](#gone-" + next + ")\n\n![d](img" + next +
                    ".png) [e]((https://example.org))\n\n";
            text += ".. note::\n\n    Text and :func:`x`.\n\nCall `nn.Module and wait[^1].\n\n";
            text += "[^2]: Unused.\n\n```{toctree}\npage" + next + "\n```\n\n";
            text +=
                "<!-- docathon-lint: ignore[links/missing-image] x -->\n\nText.\n\n## Page\n\n## "
                "Page\n";
            box.write("docs/page" + std::to_string(i) + ".md", text);
            box.write("guide/g" + std::to_string(i) + ".md", text);
        }
        box.write("bad.md", std::string("\0\xff[x](gone.md)\n", 15));
    }
};

TEST_P(Determinism, SameBytesForAnyNumberOfJobs) {
    const Sandbox box;
    write_tree(box);
    const Outcome one =
        box.lint({"--no-cache", "--preset", "all", "--format", GetParam(), "--jobs", "1"});
    EXPECT_EQ(one.code, 1) << one.err;
    EXPECT_GT(one.out.size(), 10'000U);
    for (const char* jobs : {"1", "2", "8", "64"}) {
        const Outcome other =
            box.lint({"--no-cache", "--preset", "all", "--format", GetParam(), "--jobs", jobs});
        EXPECT_EQ(other.code, 1);
        EXPECT_TRUE(other.out == one.out) << GetParam() << " differs with " << jobs << " jobs";
    }
    EXPECT_TRUE(box.lint({"--preset", "all", "--format", GetParam()}).out == one.out);
}

TEST_P(Determinism, SameBytesWithAndWithoutGit) {
    const Sandbox box;
    write_tree(box);
    const Outcome without = box.lint({"--format", GetParam()});
    box.commit();
    EXPECT_TRUE(box.lint({"--format", GetParam()}).out == without.out);
}

INSTANTIATE_TEST_SUITE_P(Formats, Determinism,
                         ::testing::Values("text", "full", "json", "jsonl", "sarif", "github",
                                           "markdown"),
                         [](const auto& made) { return std::string(made.param); });

}  // namespace
}  // namespace docathon::testing

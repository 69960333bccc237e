// fix, --fix, --diff and --unsafe-fixes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kOld = "# T\n\n[a](https://pytorch.org/docs/stable/x.html) and\ntext\n";
constexpr std::string_view kNew =
    "# T\n\n[a](https://docs.pytorch.org/docs/stable/x.html) and\ntext\n";

Outcome fix(const Sandbox& box, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"fix", "--preset", "pytorch"});
    return box.lint(arguments);
}

TEST(Fix, RepairsAndThenHasNothingToDo) {
    const Sandbox box;
    box.write("a.md", kOld);
    box.write("b.md", kDeadLink);
    const Outcome first = fix(box);
    EXPECT_EQ(first.code, 1);  // b.md is left
    EXPECT_EQ(box.read("a.md"), kNew);
    EXPECT_EQ(box.read("b.md"), kDeadLink);
    EXPECT_THAT(first.out, Not(HasSubstr("a.md")));
    EXPECT_THAT(first.out, HasSubstr("b.md"));
    EXPECT_THAT(first.err, HasSubstr("fixed 1 finding in 1 file\n"));
    const Outcome second = fix(box);
    EXPECT_EQ(second.out, first.out);
    EXPECT_THAT(second.err, Not(HasSubstr("fixed")));
}

TEST(Fix, ALinkFollowsItsFileWhereTheNameIsSure) {
    const Sandbox box;
    box.write("docs/a.md",
              "[kernels](memory-plan.md) [setup](setup.md) [script](../export_all.py)\n");
    box.write("docs/backends/memory-plan.md", "# Plan\n");
    box.write("docs/backends/setup.md", "# Setup\n");
    box.write("tools/export_all.py", "x = 1\n");
    (void)fix(box);
    EXPECT_EQ(box.read("docs/a.md"),
              "[kernels](backends/memory-plan.md) [setup](setup.md) [script](../export_all.py)\n");
    // Many files are called setup.md, and a script of the same name may do another thing.
    EXPECT_EQ(fix(box, {"--unsafe-fixes"}).code, 0);
    EXPECT_EQ(box.read("docs/a.md"),
              "[kernels](backends/memory-plan.md) [setup](backends/setup.md) "
              "[script](../tools/export_all.py)\n");
}

TEST(Fix, DiffChangesNothing) {
    const Sandbox box;
    box.write("a.md", kOld);
    const Outcome run = box.lint({"--preset", "pytorch", "--diff"});
    EXPECT_EQ(run.code, 1);
    EXPECT_EQ(run.out,
              "--- a/a.md\n+++ b/a.md\n@@ -1,4 +1,4 @@\n # T\n \n"
              "-[a](https://pytorch.org/docs/stable/x.html) and\n"
              "+[a](https://docs.pytorch.org/docs/stable/x.html) and\n text\n");
    EXPECT_EQ(box.read("a.md"), kOld);
    // What it prints can be applied.
    box.write("patch", run.out);
    box.commit();
    EXPECT_EQ(box.run({"git", "apply", "patch"}).code, 0);
    EXPECT_EQ(box.read("a.md"), kNew);
    EXPECT_EQ(box.lint({"--preset", "pytorch", "--diff"}).code, 0);
}

TEST(Fix, KeepsBytesThatAreNotItsBusiness) {
    const Sandbox box;
    const std::string crlf =
        "\xef\xbb\xbf# T\r\n\r\n[a](https://pytorch.org/docs/x)  \r\n\xff\tlast line";
    box.write("a.md", crlf);
    ASSERT_EQ(box.run({"chmod", "640", "a.md"}).code, 0);
    box.write("real/b.md", kOld);
    box.link("real/b.md", "link.md");
    EXPECT_EQ(fix(box, {"-q"}).code, 1);  // the byte that is not UTF-8
    std::string expected = crlf;
    expected.replace(expected.find("pytorch.org"), 0, "docs.");
    EXPECT_EQ(box.read("a.md"), expected);
    EXPECT_EQ(box.run({"stat", "-c", "%a", "a.md"}).out, "640\n");
    EXPECT_EQ(box.read("real/b.md"), kNew);
    EXPECT_EQ(box.run({"readlink", "link.md"}).out, "real/b.md\n");
    EXPECT_THAT(box.run({"sh", "-c", "ls -a | grep tmp"}).out, IsEmpty());
}

TEST(Fix, LinksOfADefinitionChangeWithIt) {
    const Sandbox box;
    box.write("a.md",
              "# A\n\n[one][t] and [two][t]\n\n[t]: https://pytorch.org/docs/stable/x.html\n");
    EXPECT_EQ(box.lint({"fix", "--preset", "pytorch"}).code, 0);
    EXPECT_EQ(box.read("a.md"),
              "# A\n\n[one][t] and [two][t]\n\n[t]: https://docs.pytorch.org/docs/stable/x.html\n");
}

TEST(Fix, OnlyWhatIsNamedAndNotWhatIsGenerated) {
    const Sandbox box;
    box.write("docs/a.md", kOld);
    box.write("b.md", kOld);
    box.write("gen/c.md", kOld);
    box.write(".docathon-lint.yaml",
              "version: 1\nproject: {generated: {\"gen/**\": tools/make}}\n");
    EXPECT_EQ(fix(box, {"docs"}).code, 0);
    EXPECT_EQ(box.read("docs/a.md"), kNew);
    EXPECT_EQ(box.read("b.md"), kOld);
    const Outcome rest = fix(box);
    EXPECT_EQ(box.read("b.md"), kNew);
    EXPECT_EQ(box.read("gen/c.md"), kOld);
    EXPECT_THAT(rest.err, HasSubstr("gen/c.md: is generated, so it was not fixed"));
}

TEST(Fix, WhatIsSuppressedOrAcceptedStays) {
    const Sandbox box;
    box.write("a.md",
              std::string("<!-- docathon-lint: ignore-file[links/legacy-host] why -->\n\n") +
                  std::string(kOld));
    box.write("b.md", kOld);
    EXPECT_EQ(box.lint({"baseline", "create", "--preset", "pytorch"}).code, 0);
    EXPECT_EQ(fix(box).code, 0);
    EXPECT_THAT(box.read("a.md"), HasSubstr("//pytorch.org"));
    EXPECT_EQ(box.read("b.md"), kOld);
}

TEST(Fix, FlagsThatDoNotGoTogether) {
    const Sandbox box;
    box.write("a.md", kOld);
    box.commit();
    for (const std::vector<std::string>& flags : std::vector<std::vector<std::string>>{
             {"--unsafe-fixes"}, {"--fix", "--since", "HEAD"}, {"--diff", "--staged"}}) {
        EXPECT_EQ(box.lint(flags).code, 2) << flags[0];
    }
    EXPECT_EQ(box.read("a.md"), kOld);
}

TEST(Fix, FileThatCannotBeWrittenIsAnError) {
    const Sandbox box;
    box.write("docs/a.md", kOld);
    ASSERT_EQ(box.run({"chmod", "555", "docs"}).code, 0);
    ASSERT_EQ(box.run({"chmod", "755", "."}).code, 0);
    const Outcome run = box.lint({"fix", "--preset", "pytorch"}, {.user = 12345});
    EXPECT_EQ(run.code, 2) << run.out << run.err;
    EXPECT_EQ(box.read("docs/a.md"), kOld);
    ASSERT_EQ(box.run({"chmod", "755", "docs"}).code, 0);
}

}  // namespace
}  // namespace docathon::testing

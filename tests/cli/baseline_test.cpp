// The baseline as a user meets it: created once, shrinking, with stale entries counted.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kFile = ".docathon-lint/baseline.json";

TEST(Baseline, AcceptsTodayAndShrinks) {
    const Sandbox box;
    box.write("a.md", "# A\n\n[x](gone.md)\n\n[y](typo.md)\n");
    box.write("docs/b.md", "# B\n\n[z](bad.md)\n");
    const Outcome created = box.lint({"baseline", "create"});
    EXPECT_EQ(created.code, 0) << created.err;
    EXPECT_EQ(created.out, "wrote .docathon-lint/baseline.json: 3 findings accepted\n");
    EXPECT_EQ(box.lint({}).code, 0);
    EXPECT_EQ(box.lint({"--no-baseline"}).code, 1);
    // Sorted, one entry a line.
    EXPECT_EQ(count_of(box.read(kFile), "\"fingerprint\""), 3U);
    EXPECT_EQ(count_of(box.read(kFile), "\n"), 3U + 2U) << box.read(kFile);
    EXPECT_EQ(box.lint({"baseline", "create"}).code, 2);

    box.write("a.md", "# A\n\n[x](gone.md)\n\n[new](other.md)\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 1);
    EXPECT_EQ(lines_of(run.out).size(), 1U) << run.out;
    EXPECT_THAT(run.err, HasSubstr("note: 1 finding of the baseline are gone; `docathon-lint "
                                   "baseline prune` takes them out of .docathon-lint/"));
    const Outcome updated = box.lint({"baseline", "update"});
    EXPECT_EQ(updated.out, ".docathon-lint/baseline.json: 1 finding gone\n");
    EXPECT_THAT(updated.err, HasSubstr("1 finding not accepted; --allow-growth adds them"));
    EXPECT_EQ(count_of(box.read(kFile), "\"fingerprint\""), 2U);
    EXPECT_EQ(box.lint({}).code, 1);
    EXPECT_EQ(box.lint({"baseline", "update", "--allow-growth"}).out,
              ".docathon-lint/baseline.json: 0 findings gone, 1 added\n");
    EXPECT_EQ(box.lint({}).code, 0);
    box.remove("docs/b.md");
    EXPECT_EQ(box.lint({"baseline", "prune"}).out,
              ".docathon-lint/baseline.json: 1 finding gone\n");
    EXPECT_EQ(count_of(box.read(kFile), "\"fingerprint\""), 2U);
}

TEST(Baseline, IsWhereTheConfigurationSays) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    box.write(".docathon-lint.yaml", "version: 1\nbaseline: accepted/here.json\n");
    EXPECT_EQ(box.lint({"baseline", "update"}).code, 2);
    EXPECT_THAT(box.lint({"baseline", "create"}).out, HasSubstr("wrote accepted/here.json"));
    EXPECT_EQ(box.lint({}).code, 0);
}

TEST(Baseline, EntriesOfRulesThatAreOffStay) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    EXPECT_EQ(box.lint({"baseline", "create"}).code, 0);
    const std::string before = box.read(kFile);
    EXPECT_EQ(box.lint({"baseline", "prune", "--ignore", "links/missing-target"}).code, 0);
    EXPECT_EQ(box.read(kFile), before);
}

TEST(Baseline, WhatCannotBeReadOrWrittenIsSaid) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    box.write(kFile, "{\"version\": 7, \"entries\": []}");
    const Outcome other = box.lint({"baseline", "update"});
    EXPECT_EQ(other.code, 2);
    EXPECT_THAT(other.err, HasSubstr("this program reads version 1"));
    EXPECT_EQ(box.lint({}).code, 2);
    box.write(kFile, "{");
    EXPECT_EQ(box.lint({"baseline", "prune"}).code, 2);
    EXPECT_EQ(box.read(kFile), "{");
    const Sandbox blocked;
    blocked.write("a.md", kDeadLink);
    blocked.write(".docathon-lint", "a file");
    EXPECT_EQ(blocked.lint({"baseline", "create"}).code, 2);
    const Outcome misspelt = blocked.lint({"baseline", "craete"});
    EXPECT_THAT(misspelt.err, HasSubstr("did you mean 'baseline create'?"));
}

}  // namespace
}  // namespace docathon::testing

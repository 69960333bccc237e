#include "lint/core/line_diff.h"

#include <string>

#include <gtest/gtest.h>

namespace docathon {
namespace {

TEST(LineDiff, HunksAsDiffPrintsThem) {
    EXPECT_EQ(unified_diff("a.md", "x\n", "x\n"), "");
    EXPECT_EQ(unified_diff("a.md", "1\n2\n3\n4\n5\n6\n", "1\n2\n3\nfour\n5\n6\n"),
              "--- a/a.md\n+++ b/a.md\n@@ -1,6 +1,6 @@\n 1\n 2\n 3\n-4\n+four\n 5\n 6\n");
    EXPECT_EQ(unified_diff("a", "", "new\n"), "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+new\n");
    EXPECT_EQ(unified_diff("a", "old\n", ""), "--- a/a\n+++ b/a\n@@ -1 +0,0 @@\n-old\n");
    EXPECT_EQ(unified_diff("a", "1\n2", "1\n2\n"),
              "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+2\n");
}

TEST(LineDiff, DistantChangesAreTwoHunks) {
    std::string before;
    for (int i = 1; i <= 20; ++i)
        before += std::to_string(i) + "\n";
    std::string after = before;
    after.replace(after.find("2\n"), 2, "two\n");
    after.replace(after.find("18\n"), 3, "");
    EXPECT_EQ(unified_diff("a", before, after),
              "--- a/a\n+++ b/a\n@@ -1,5 +1,5 @@\n 1\n-2\n+two\n 3\n 4\n 5\n"
              "@@ -15,6 +15,5 @@\n 15\n 16\n 17\n-18\n 19\n 20\n");
}

TEST(LineDiff, ManyChangesAreOneHunk) {
    std::string before;
    std::string after;
    for (int i = 0; i < 3000; ++i) {
        before += "a" + std::to_string(i) + "\n";
        after += "b" + std::to_string(i) + "\n";
    }
    const std::string diff = unified_diff("a", before, after);
    EXPECT_EQ(diff.find("@@ -1,3000 +1,3000 @@\n-a0\n-a1\n"), 16U);
}

}  // namespace
}  // namespace docathon

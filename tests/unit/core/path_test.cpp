#include "lint/core/path.h"

#include <string>

#include <gtest/gtest.h>

namespace docathon {
namespace {

TEST(Path, Normalizes) {
    EXPECT_EQ(normalize_path(""), "");
    EXPECT_EQ(normalize_path("."), "");
    EXPECT_EQ(normalize_path("./"), "");
    EXPECT_EQ(normalize_path("a"), "a");
    EXPECT_EQ(normalize_path("a/"), "a");
    EXPECT_EQ(normalize_path("./a//b/./c/"), "a/b/c");
    EXPECT_EQ(normalize_path("a/../b"), "b");
    EXPECT_EQ(normalize_path("a/.."), "");
    EXPECT_EQ(normalize_path("a/b/../../c"), "c");
    EXPECT_EQ(normalize_path("..a/b.."), "..a/b..");
}

TEST(Path, KeepsDotsThatLeaveARelativePath) {
    EXPECT_EQ(normalize_path(".."), "..");
    EXPECT_EQ(normalize_path("../a"), "../a");
    EXPECT_EQ(normalize_path("a/../.."), "..");
    EXPECT_EQ(normalize_path("a/../../b"), "../b");
    EXPECT_EQ(normalize_path("../../a/../b"), "../../b");
    EXPECT_EQ(normalize_path("../.."), "../..");
    EXPECT_EQ(normalize_path("../a/../.."), "../..");
}

TEST(Path, StopsAtTheRoot) {
    EXPECT_EQ(normalize_path("/"), "/");
    EXPECT_EQ(normalize_path("//a//"), "/a");
    EXPECT_EQ(normalize_path("/.."), "/");
    EXPECT_EQ(normalize_path("/a/../../b"), "/b");
    EXPECT_EQ(normalize_path("/a/.."), "/");
}

TEST(Path, Joins) {
    EXPECT_EQ(join_path("", "a"), "a");
    EXPECT_EQ(join_path("docs", "../a.md"), "a.md");
    EXPECT_EQ(join_path("docs", "/a"), "/a");
    EXPECT_EQ(join_path("docs", ""), "docs");
    EXPECT_EQ(join_path("/x", "y"), "/x/y");
    EXPECT_EQ(join_path("/", "y"), "/y");
}

TEST(Path, TakesApart) {
    EXPECT_EQ(dirname("a/b/c"), "a/b");
    EXPECT_EQ(dirname("a"), "");
    EXPECT_EQ(dirname("/a"), "/");
    EXPECT_EQ(dirname("/"), "/");
    EXPECT_EQ(basename("a/b.c"), "b.c");
    EXPECT_EQ(basename("b"), "b");
    EXPECT_EQ(extension("a/b.tar.gz"), ".gz");
    EXPECT_EQ(extension("a.b/c"), "");
    EXPECT_EQ(extension(".profile"), "");
    EXPECT_EQ(extension("a."), ".");
    EXPECT_EQ(extension("x/.."), "");
}

TEST(Path, KnowsWhatLiesWhere) {
    EXPECT_TRUE(leaves_root(".."));
    EXPECT_TRUE(leaves_root("../a"));
    EXPECT_FALSE(leaves_root("..a"));
    EXPECT_TRUE(is_within("a", "a"));
    EXPECT_TRUE(is_within("a", "a/b"));
    EXPECT_FALSE(is_within("a", "ab"));
    EXPECT_FALSE(is_within("a/b", "a"));
    EXPECT_TRUE(is_within("", "a"));
    EXPECT_FALSE(is_within("", "../a"));
    EXPECT_FALSE(is_within("", "/a"));
    EXPECT_TRUE(is_within("/", "/a"));
}

TEST(Path, GoesFromFolderToPath) {
    EXPECT_EQ(relative_path("", "a/b"), "a/b");
    EXPECT_EQ(relative_path("a", "a/b"), "b");
    EXPECT_EQ(relative_path("a/c", "a/b"), "../b");
    EXPECT_EQ(relative_path("a/b", "a"), "..");
    EXPECT_EQ(relative_path("a", "a"), "");
    EXPECT_EQ(relative_path("/x/y", "/x/z/w"), "../z/w");
    EXPECT_EQ(relative_path("ab", "a"), "../a");
}

}  // namespace
}  // namespace docathon

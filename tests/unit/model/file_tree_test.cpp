#include "lint/model/file_tree.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace docathon {
namespace {

FileTree tree_of(std::vector<std::string> paths, std::vector<std::string> submodules = {},
                 std::vector<std::string> symlinked = {}) {
    std::vector<FileEntry> entries;
    for (std::string& path : paths) {
        FileEntry& entry = entries.emplace_back();
        entry.path = std::move(path);
    }
    return FileTree(std::move(entries), std::move(submodules), std::move(symlinked));
}

TEST(FileTree, SortsBytewiseAndDropsDuplicates) {
    const FileTree tree = tree_of({"b", "a/c", "a-b", "\xc3\xa9", "a.b", "b", "B"});
    std::vector<std::string> paths;
    for (const FileEntry& file : tree.files())
        paths.push_back(file.path);
    EXPECT_EQ(paths, (std::vector<std::string>{"B", "a-b", "a.b", "a/c", "b", "\xc3\xa9"}));
    EXPECT_EQ(tree.find("a/c"), 3u);
    EXPECT_EQ(tree.file(3).path, "a/c");
    EXPECT_EQ(tree.find("a"), kNoFile);
    EXPECT_EQ(tree.find(""), kNoFile);
    EXPECT_EQ(tree.find("zzz"), kNoFile);
}

TEST(FileTree, KnowsFoldersOfFilesAndOpaqueOnes) {
    const FileTree tree = tree_of({"a-b/x", "a/b/c/d", "a/b2/e", "z"}, {"ext/sub"}, {"link"});
    for (const char* folder : {"", "a", "a-b", "a/b", "a/b/c", "a/b2", "ext", "ext/sub", "link"}) {
        EXPECT_TRUE(tree.is_folder(folder)) << folder;
    }
    for (const char* other : {"z", "a/b/c/d", "b", "a/", "ext/su", "ext/sub/x"}) {
        EXPECT_FALSE(tree.is_folder(other)) << other;
    }
    EXPECT_TRUE(tree.is_opaque("ext/sub"));
    EXPECT_TRUE(tree.is_opaque("ext/sub/x/y"));
    EXPECT_TRUE(tree.is_opaque("link/x"));
    EXPECT_FALSE(tree.is_opaque("ext"));
    EXPECT_FALSE(tree.is_opaque("ext/sub2"));
    EXPECT_FALSE(tree.is_opaque(""));
}

TEST(FileTree, FindsFilesByTheirName) {
    const FileTree tree = tree_of({"x/readme.md", "readme.md", "a/readme.md", "readme.mdx"});
    EXPECT_EQ(tree.with_name("readme.md"), (std::vector<FileId>{0, 1, 3}));
    EXPECT_TRUE(tree.with_name("x").empty());
    EXPECT_TRUE(tree.with_name("").empty());
}

TEST(FileTree, EmptyTreeHasItsRoot) {
    const FileTree tree;
    EXPECT_TRUE(tree.is_folder(""));
    EXPECT_EQ(tree.find("a"), kNoFile);
    EXPECT_TRUE(tree.with_name("a").empty());
}

TEST(FileTree, FoldersAreFoundInAnyShapeOfTree) {
    // Neighbours in sorted order that share and do not share folders.
    const FileTree tree = tree_of({"a/b/c", "a/bb/c", "a/b.d/c", "a/b/c.d/e", "ab/c", "a/b/d"});
    for (const char* folder : {"a", "a/b", "a/bb", "a/b.d", "a/b/c.d", "ab"}) {
        EXPECT_TRUE(tree.is_folder(folder)) << folder;
    }
}

TEST(FileTree, TheHashIsOfAllThatTheTreeKnows) {
    const FileTree tree = tree_of({"a.md", "b.md"});
    EXPECT_EQ(tree.hash(), tree_of({"b.md", "a.md"}).hash());
    EXPECT_NE(tree.hash(), tree_of({"a.md", "c.md"}).hash());
    EXPECT_NE(tree.hash(), tree_of({"a.md", "b.md"}, {"module"}).hash());
    EXPECT_NE(tree.hash(), tree.selecting(std::vector<std::string>{"a.md"}).hash());
    FileTree named = tree;
    named.set_second_names({{"a.md", "link.md"}});
    EXPECT_NE(tree.hash(), named.hash());
    for (bool FileEntry::*flag : {&FileEntry::tracked, &FileEntry::symlink, &FileEntry::lintable,
                                  &FileEntry::aside, &FileEntry::selected}) {
        std::vector<FileEntry> files(tree.files().begin(), tree.files().end());
        files[0].*flag = !(files[0].*flag);
        EXPECT_NE(tree.hash(), FileTree(files).hash());
    }
}

}  // namespace
}  // namespace docathon

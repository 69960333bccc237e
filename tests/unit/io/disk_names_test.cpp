#include "lint/io/disk_names.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "lint/io/fake_files.h"

namespace docathon {
namespace {

// More than the questions after which a folder is listed.
constexpr int kOften = 20;

void ask_often(DiskNames& names, const std::string& folder) {
    for (int i = 0; i < kOften; ++i) {
        EXPECT_FALSE(names.has(folder + "gone" + std::to_string(i) + ".md"));
    }
}

TEST(DiskNames, AnswersAreTheSameBeforeAndAfterTheListing) {
    const auto files = std::make_shared<FakeFileSystem>();
    files->add_file("/repo/a/here.md");
    files->add_file("/repo/a/b/c.md");
    files->add_file("/repo/a/na\xc3\xafve.md");
    files->add_symlink("/repo/a/link.md", "here.md");
    files->add_symlink("/repo/a/broken.md", "nowhere.md");
    files->add("/repo/a/pipe", {FileKind::other, {}, false, 0});
    DiskNames names("/repo", files);
    for (int round = 0; round < 2; ++round) {
        EXPECT_TRUE(names.has("a"));
        EXPECT_TRUE(names.has("a/here.md"));
        EXPECT_TRUE(names.has("a/b"));
        EXPECT_TRUE(names.has("a/link.md"));
        EXPECT_TRUE(names.has("a/na\xc3\xafve.md"));
        EXPECT_FALSE(names.has("a/broken.md"));
        EXPECT_FALSE(names.has("a/pipe"));
        EXPECT_FALSE(names.has("a/HERE.md"));
        EXPECT_FALSE(names.has("a/here.md/x"));
        EXPECT_FALSE(names.has("none/here.md"));
        ask_often(names, "");
        ask_often(names, "a/");
        ask_often(names, "none/");
    }
}

TEST(DiskNames, ListsAFolderThatIsAskedAboutOften) {
    const auto files = std::make_shared<FakeFileSystem>();
    files->add_file("/repo/a/here.md");
    DiskNames names("/repo", files);
    ask_often(names, "a/");
    ask_often(names, "none/");
    files->add_file("/repo/a/late.md");  // not seen: the folder is not asked again
    files->add_file("/repo/none/late.md");
    files->add_file("/repo/b/late.md");
    EXPECT_FALSE(names.has("a/late.md"));
    EXPECT_FALSE(names.has("none/late.md"));
    EXPECT_TRUE(names.has("b/late.md"));
    // A name that differs in case only may be the same file: it is asked for.
    files->add_file("/repo/a/HERE.MD");
    EXPECT_TRUE(names.has("a/HERE.MD"));
}

TEST(DiskNames, AsksForEachNameWhereListingFails) {
    const auto files = std::make_shared<FakeFileSystem>();
    files->add_file("/repo/a/here.md");
    files->node("/repo/a").unreadable = true;
    DiskNames names("/repo", files);
    ask_often(names, "a/");
    EXPECT_TRUE(names.has("a/here.md"));
}

}  // namespace
}  // namespace docathon

#include "lint/io/git_index.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "lint/io/git.h"
#include "tests/unit/io/temp_folder.h"

namespace docathon {

bool operator==(const GitFile& a, const GitFile& b) {
    return a.path == b.path && a.mode == b.mode && a.skipped == b.skipped;
}
void PrintTo(const GitFile& file, std::ostream* out) {
    *out << file.path << " mode " << static_cast<int>(file.mode)
         << (file.skipped ? " skipped" : "");
}

namespace {

class GitIndexTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!RealGit().available())
            GTEST_SKIP() << "no git program";
    }
    [[nodiscard]] bool try_run(const std::string& arguments) const {
        const std::string command = "git -C '" + folder_.path() +
                                    "' -c user.name=t -c user.email=t@example.org "
                                    "-c init.defaultBranch=main " +
                                    arguments + " >/dev/null 2>&1";
        return std::system(command.c_str()) == 0;
    }
    void run(const std::string& arguments) const { ASSERT_TRUE(try_run(arguments)) << arguments; }
    /// Paths that share beginnings, of all lengths of padding, a link, a submodule, skipped ones.
    void fill(const std::string& commit = "4b825dc642cb6eb9a060e54bf8d69288fbee4904") const {
        std::string name;
        for (int i = 0; i < 20; ++i) {
            name += static_cast<char>('a' + i);
            folder_.write("docs/" + name + ".md", name);
            folder_.write("docs/x/" + std::string(static_cast<std::size_t>(i) * 12, 'y') + "/z.md");
        }
        folder_.write("na\xc3\xafve \n.md");
        folder_.link("link", "docs");
        run("add -A");
        run("update-index --add --cacheinfo 160000," + commit + ",sub");
    }
    [[nodiscard]] std::string bytes() const {
        std::ifstream in(folder_ / ".git/index", std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    /// As the program says, which nobody told where the index is.
    [[nodiscard]] std::vector<GitFile> listed() const {
        return RealGit().tracked(folder_.path()).value();
    }

    TempFolder folder_;
};

TEST_F(GitIndexTest, EveryVersionIsReadAsGitReadsIt) {
    run("init");
    fill();
    for (const char version : std::string_view("234")) {
        run(std::string("update-index --index-version ") + version);
        const auto files = read_git_index(bytes(), 20);
        ASSERT_TRUE(files.has_value()) << version;
        EXPECT_EQ(*files, listed()) << version;
        EXPECT_GT(files->size(), 40u);
    }
    // Version 3 is what git writes where version 2 does not suffice.
    run("update-index --index-version 2");
    run("update-index --skip-worktree docs/a.md docs/abc.md");
    EXPECT_EQ(bytes()[7], 3);
    const auto files = read_git_index(bytes(), 20);
    ASSERT_TRUE(files.has_value());
    EXPECT_EQ(*files, listed());
    EXPECT_TRUE(files->front().skipped);
}

TEST_F(GitIndexTest, AnEmptyIndexAndObjectsOfSha256) {
    if (!try_run("init --object-format=sha256"))
        GTEST_SKIP() << "this git has no sha256";
    folder_.write("a.md");
    run("add -A");
    run("rm --cached -q a.md");
    const auto none = read_git_index(bytes(), 32);
    ASSERT_TRUE(none.has_value());
    EXPECT_TRUE(none->empty());
    fill(std::string(64, 'a'));
    const auto files = read_git_index(bytes(), 32);
    ASSERT_TRUE(files.has_value());
    EXPECT_EQ(*files, listed());
}

TEST_F(GitIndexTest, UnmergedPathsComeOnce) {
    run("init");
    folder_.write("a.md", "1\n");
    run("add -A");
    run("commit -m 1");
    run("checkout -b other");
    folder_.write("a.md", "2\n");
    run("commit -am 2");
    run("checkout main");
    folder_.write("a.md", "3\n");
    run("commit -am 3");
    EXPECT_FALSE(try_run("merge other"));
    const auto files = read_git_index(bytes(), 20);
    ASSERT_TRUE(files.has_value());
    EXPECT_EQ(*files, listed());
    EXPECT_EQ(files->size(), 1u);
}

TEST_F(GitIndexTest, WhatIsNotUnderstoodIsLeftToGit) {
    run("init");
    fill();
    run("commit -m 1");
    EXPECT_FALSE(read_git_index(bytes(), 32).has_value()) << "names of another size";
    run("update-index --split-index");
    folder_.write("late.md");
    run("add -A");
    EXPECT_FALSE(read_git_index(bytes(), 20).has_value()) << "split";
    run("update-index --no-split-index");
    EXPECT_TRUE(read_git_index(bytes(), 20).has_value());
    if (try_run("sparse-checkout set --cone --sparse-index docs/x/y") &&
        bytes().find("sdir") != std::string::npos) {
        EXPECT_FALSE(read_git_index(bytes(), 20).has_value()) << "sparse";
    }
    EXPECT_FALSE(read_git_index({}, 20).has_value());
}

TEST_F(GitIndexTest, DamagedOnesAreNotRead) {
    run("init");
    fill();
    for (const char version : std::string_view("24")) {
        run(std::string("update-index --index-version ") + version);
        const std::string whole = bytes();
        for (std::size_t size = 0; size < whole.size(); ++size)
            EXPECT_FALSE(read_git_index(std::string_view(whole).substr(0, size), 20)) << size;
        for (std::size_t at = 0; at < whole.size(); ++at) {
            std::string damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ 0xff);
            (void)read_git_index(damaged, 20);  // no access out of bounds, no huge allocation
        }
    }
}

TEST_F(GitIndexTest, AProgramThatFoundTheRootReadsTheIndexItself) {
    run("init");
    fill();
    const RealGit git;
    ASSERT_TRUE(git.root(folder_.path()).has_value());
    EXPECT_EQ(git.tracked(folder_.path()).value(), listed());
    folder_.write("late.md");
    run("add -A");
    EXPECT_EQ(git.tracked(folder_.path()).value(), listed());
    // A linked working tree has an index of its own.
    run("commit -m 1");
    const TempFolder other;
    run("worktree add '" + other / "tree" + "'");
    const std::string tree = other / "tree";
    ASSERT_TRUE(git.root(tree).has_value());
    EXPECT_EQ(git.tracked(tree).value(), RealGit().tracked(tree).value());
    EXPECT_GT(git.tracked(tree).value().size(), 40u);
    // Without an index git is asked, and has nothing to tell.
    std::filesystem::remove(folder_ / ".git/index");
    ASSERT_TRUE(git.root(folder_.path()).has_value());
    EXPECT_TRUE(git.tracked(folder_.path()).value().empty());
}

}  // namespace
}  // namespace docathon

#include "lint/cli/repository_history.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/io/temp_folder.h"

namespace docathon {
namespace {

using Paths = std::vector<std::string>;

class RepositoryHistoryTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!RealGit().available())
            GTEST_SKIP() << "no git program";
        tools_.write("git",
                     "#!/bin/sh\necho \"$*\" >>'" + (tools_ / "log") + "'\nexec git \"$@\"\n");
        std::filesystem::permissions(tools_ / "git", std::filesystem::perms::owner_all);
        repository_.write("a.py");
        repository_.write("b.py");
        run("init");
        run("add -A");
        run("commit -m 1");
        run("rm a.py");
        run("commit -m 2");
    }
    void run(const std::string& arguments) {
        const std::string command = "git -C '" + repository_.path() +
                                    "' -c user.name=t -c user.email=t@example.org "
                                    "-c init.defaultBranch=main " +
                                    arguments + " >/dev/null 2>&1";
        ASSERT_EQ(std::system(command.c_str()), 0) << arguments;
    }
    [[nodiscard]] Paths deleted() const {
        return RepositoryHistory(repository_.path()).deleted_paths(cache_.path());
    }
    /// The same, and what git was asked about commits for it.
    Paths deleted(std::string& asked) const {
        std::filesystem::remove(tools_ / "log");
        Paths paths =
            RepositoryHistory(repository_.path(), tools_ / "git").deleted_paths(cache_.path());
        std::ifstream log(tools_ / "log");
        asked.assign(std::istreambuf_iterator<char>(log), {});
        return paths;
    }

    TempFolder repository_;
    TempFolder cache_;
    TempFolder tools_;
};

TEST_F(RepositoryHistoryTest, IsReadOnceForACommit) {
    std::string asked;
    EXPECT_EQ(deleted(asked), (Paths{"a.py"}));
    EXPECT_NE(asked.find("--diff-filter=D"), std::string::npos);
    EXPECT_EQ(deleted(asked), (Paths{"a.py"}));
    EXPECT_EQ(asked.find("--diff-filter=D"), std::string::npos);
}

TEST_F(RepositoryHistoryTest, OfLaterCommitsOnlyThoseAreRead) {
    const std::string head = RealGit().state(repository_.path()).value().head;
    EXPECT_EQ(deleted(), (Paths{"a.py"}));
    run("rm b.py");
    run("commit -m 3");
    std::string asked;
    EXPECT_EQ(deleted(asked), (Paths{"a.py", "b.py"}));
    EXPECT_NE(asked.find("HEAD ^" + head), std::string::npos);
    EXPECT_EQ(deleted(), (Paths{"a.py", "b.py"}));
}

TEST_F(RepositoryHistoryTest, CommitsThatWereAmendedAwayDeleteNothing) {
    run("rm b.py");
    run("commit -m 3");
    EXPECT_EQ(deleted(), (Paths{"a.py", "b.py"}));
    run("reset --hard HEAD~1");
    EXPECT_EQ(deleted(), (Paths{"a.py"}));
}

TEST_F(RepositoryHistoryTest, AShallowCloneThatIsMadeWholeIsReadAgain) {
    const std::string origin = repository_.path();
    TempFolder clone;
    ASSERT_EQ(std::system(("git clone -q --depth 1 'file://" + origin + "' '" + (clone / "x") +
                           "' 2>/dev/null")
                              .c_str()),
              0);
    const std::string before = RepositoryHistory(clone / "x").state();
    EXPECT_EQ(RepositoryHistory(clone / "x").deleted_paths(cache_.path()), Paths());
    ASSERT_EQ(std::system(("git -C '" + (clone / "x") + "' fetch -q --unshallow").c_str()), 0);
    EXPECT_NE(RepositoryHistory(clone / "x").state(), before);
    EXPECT_EQ(RepositoryHistory(clone / "x").deleted_paths(cache_.path()), (Paths{"a.py"}));
}

TEST_F(RepositoryHistoryTest, WithoutACacheOrACommitNothingIsKept) {
    EXPECT_EQ(RepositoryHistory(repository_.path()).deleted_paths({}), (Paths{"a.py"}));
    const TempFolder empty;
    EXPECT_EQ(RepositoryHistory(empty.path()).state(), "");
    EXPECT_EQ(RepositoryHistory(empty.path()).deleted_paths(cache_.path()), Paths());
    EXPECT_TRUE(std::filesystem::is_empty(cache_.path()));
}

}  // namespace
}  // namespace docathon

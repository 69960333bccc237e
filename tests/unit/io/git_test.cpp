#include "lint/io/git.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "lint/io/process.h"
#include "tests/unit/io/temp_folder.h"

namespace docathon {
namespace {

class RealGitTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!git_.available())
            GTEST_SKIP() << "no git program";
    }
    void run(const std::string& arguments) {
        const std::string command = "git -C '" + folder_.path() +
                                    "' -c user.name=t -c user.email=t@example.org "
                                    "-c init.defaultBranch=main -c protocol.file.allow=always " +
                                    arguments + " >/dev/null 2>&1";
        ASSERT_EQ(std::system(command.c_str()), 0) << arguments;
    }

    TempFolder folder_;
    RealGit git_;
};

TEST_F(RealGitTest, FindsTheRoot) {
    folder_.write("a/b/c.md");
    EXPECT_EQ(git_.root(folder_ / "a").error().code, ErrorCode::absent);
    run("init");
    EXPECT_EQ(git_.root(folder_ / "a/b").value(), folder_.path());
    EXPECT_EQ(git_.root(folder_ / ".git").error().code, ErrorCode::absent);
    EXPECT_FALSE(git_.root(folder_ / "none").has_value());
}

TEST_F(RealGitTest, ListsTheIndexWithModes) {
    folder_.write("b.md");
    folder_.write("a/x y\n\xff.md");
    folder_.link("link", "b.md");
    run("init");
    run("add -A");
    run("update-index --add --cacheinfo 160000,4b825dc642cb6eb9a060e54bf8d69288fbee4904,sub");
    run("update-index --skip-worktree b.md");
    const std::vector<GitFile> files = git_.tracked(folder_.path()).value();
    ASSERT_EQ(files.size(), 4u);
    EXPECT_EQ(files[0].path, "a/x y\n\xff.md");
    EXPECT_EQ(files[1].path, "b.md");
    EXPECT_TRUE(files[1].skipped);
    EXPECT_FALSE(files[0].skipped);
    EXPECT_EQ(files[2].mode, GitMode::symlink);
    EXPECT_EQ(files[3].mode, GitMode::submodule);
}

TEST_F(RealGitTest, ListsUnmergedPathsOnce) {
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
    std::system(("git -C '" + folder_.path() + "' merge other >/dev/null 2>&1").c_str());
    const std::vector<GitFile> files = git_.tracked(folder_.path()).value();
    ASSERT_EQ(files.size(), 1u);
    EXPECT_EQ(files[0].path, "a.md");
}

TEST_F(RealGitTest, ListsUntrackedFiles) {
    run("init");
    folder_.write(".gitignore", "*.o\n");
    folder_.write("x/a.md");
    folder_.write("x/a.o");
    folder_.write("*.md");
    folder_.write("y.md");
    const std::string root = folder_.path();
    using Paths = std::vector<std::string>;
    EXPECT_EQ(git_.untracked(root, {}).value(), (Paths{"*.md", ".gitignore", "x/a.md", "y.md"}));
    EXPECT_EQ(git_.untracked(root, {"x"}).value(), (Paths{"x/a.md"}));
    EXPECT_EQ(git_.untracked(root, {"*.md"}).value(), (Paths{"*.md"}));  // a name, no pattern
    std::vector<std::string> many(20'000, "some/longer/path/of/a/file");
    many.push_back("y.md");
    const Paths all = git_.untracked(root, many).value();  // too long for a command line
    EXPECT_NE(std::find(all.begin(), all.end(), "y.md"), all.end());
}

TEST_F(RealGitTest, KnowsRemotesAndBranches) {
    run("init");
    const std::string root = folder_.path();
    EXPECT_TRUE(git_.remotes(root).value().empty());
    EXPECT_EQ(git_.current_branch(root).value(), "main");  // also before the first commit
    EXPECT_EQ(git_.default_branch(root, "origin").value(), "");
    run("remote add origin https://user:secret@example.org/a/b.git");
    run("remote add up.stream git@example.org:a/b.git");
    run("remote set-url --add origin https://example.org/push.git");
    const std::vector<GitRemote> remotes = git_.remotes(root).value();
    ASSERT_EQ(remotes.size(), 2u);
    EXPECT_EQ(remotes[0].name, "origin");
    EXPECT_EQ(remotes[0].url, "https://example.org/a/b.git");
    EXPECT_EQ(remotes[1].name, "up.stream");
    EXPECT_EQ(remotes[1].url, "git@example.org:a/b.git");
    run("symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/release/2.0");
    EXPECT_EQ(git_.default_branch(root, "origin").value(), "release/2.0");
    run("commit --allow-empty -m x");
    run("checkout --detach");
    EXPECT_EQ(git_.current_branch(root).value(), "");
}

TEST_F(RealGitTest, ListsWhatTheHistoryDeletes) {
    folder_.write("a/old name.py");
    folder_.write("b.py");
    run("init");
    run("add -A");
    run("commit -m 1");
    run("mv 'a/old name.py' c.py");
    run("commit -m 2");
    run("rm b.py");
    run("commit -m 3");
    EXPECT_EQ(git_.deleted_paths(folder_.path()).value(),
              (std::vector<std::string>{"a/old name.py", "b.py"}));
    const std::string second = git_.commit(folder_.path(), "HEAD~1").value();
    EXPECT_EQ(git_.deleted_paths(folder_.path(), second).value(),
              (std::vector<std::string>{"b.py"}));
}

TEST_F(RealGitTest, KnowsTheStateOfTheHistory) {
    folder_.write("a.md");
    run("init");
    EXPECT_EQ(git_.state(folder_.path()).error().code, ErrorCode::absent);
    run("add -A");
    run("commit -m 1");
    const GitState state = git_.state(folder_.path()).value();
    EXPECT_EQ(state.head, git_.commit(folder_.path(), "HEAD").value());
    EXPECT_EQ(state.shallow, "");
}

TEST_F(RealGitTest, IgnoresTheVariablesThatHooksSet) {
    run("init");
    folder_.write("a.md");
    run("add -A");
    const TempFolder other;
    const ScopedVariable dir("GIT_DIR", other / ".git");
    const ScopedVariable tree("GIT_WORK_TREE", other.path());
    const ScopedVariable index("GIT_INDEX_FILE", other / "index");
    const ScopedVariable globs("GIT_GLOB_PATHSPECS", "1");
    EXPECT_EQ(git_.root(folder_.path()).value(), folder_.path());
    EXPECT_EQ(git_.tracked(folder_.path()).value().size(), 1u);
    EXPECT_TRUE(git_.untracked(folder_.path(), {"x"}).value().empty());
}

TEST_F(RealGitTest, RunsNothingThatTheRepositoryNames) {
    run("init");
    folder_.write("a.md", "text");
    folder_.write("b.md", "text");
    const std::string mark = folder_ / "was_run";
    folder_.write("evil.sh", "#!/bin/sh\ntouch '" + mark + "'\necho /\n");
    ASSERT_EQ(::chmod((folder_ / "evil.sh").c_str(), 0755), 0);
    run("add a.md");
    folder_.write(".gitattributes", "*.md filter=evil diff=evil\n");
    const std::string evil = folder_ / "evil.sh";
    for (const char* key :
         {"core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "filter.evil.clean",
          "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "core.askPass",
          "credential.helper", "core.editor", "alias.ls-files"}) {
        run("config " + std::string(key) + " '" + evil + "'");
    }
    run("config core.hooksPath '" + folder_.path() + "'");
    std::filesystem::copy_file(evil, folder_ / "post-index-change");
    std::filesystem::remove(mark);
    EXPECT_EQ(git_.root(folder_.path()).value(), folder_.path());
    EXPECT_EQ(git_.tracked(folder_.path()).value().size(), 1u);
    EXPECT_TRUE(git_.untracked(folder_.path(), {}).has_value());
    EXPECT_TRUE(git_.remotes(folder_.path()).has_value());
    EXPECT_TRUE(git_.current_branch(folder_.path()).has_value());
    EXPECT_TRUE(git_.default_branch(folder_.path(), "origin").has_value());
    EXPECT_FALSE(std::filesystem::exists(mark));
}

TEST_F(RealGitTest, SaysWhenAnotherUserOwnsTheRepository) {
    if (::geteuid() != 0)
        GTEST_SKIP() << "needs root to give a folder away";
    run("init");
    ASSERT_EQ(::chown(folder_.path().c_str(), 12345, 12345), 0);
    ASSERT_EQ(::chown((folder_ / ".git").c_str(), 12345, 12345), 0);
    const ScopedVariable home("HOME", "/nonexistent");
    const ScopedVariable system("GIT_CONFIG_NOSYSTEM", "1");
    const ScopedVariable sudo("SUDO_UID", "0");
    const Error error = git_.root(folder_.path()).error();
    EXPECT_EQ(error.code, ErrorCode::not_ours);
    EXPECT_NE(error.message.find("safe.directory"), std::string::npos);
}

TEST_F(RealGitTest, DamagedIndexIsAnError) {
    run("init");
    folder_.write(".git/index", "nonsense");
    const Result<std::vector<GitFile>> files = git_.tracked(folder_.path());
    ASSERT_FALSE(files.has_value());
    EXPECT_EQ(files.error().message.substr(0, 14), "git ls-files: ");
}

TEST(RealGitProgram, MayBeMissing) {
    const ScopedVariable path("PATH", "relative:.:");
    const RealGit git;
    EXPECT_FALSE(git.available());
    EXPECT_EQ(git.root("/").error().code, ErrorCode::absent);
    const RealGit wrong("/nonexistent/git");
    EXPECT_FALSE(wrong.root("/").has_value());
}

TEST(WithoutCredentials, TakesUserAndPasswordOut) {
    EXPECT_EQ(without_credentials("https://u:p@h.org/a@b"), "https://h.org/a@b");
    EXPECT_EQ(without_credentials("https://token@h.org"), "https://h.org");
    EXPECT_EQ(without_credentials("https://h.org/a@b"), "https://h.org/a@b");
    EXPECT_EQ(without_credentials("ssh://git@h.org:22/a"), "ssh://h.org:22/a");
    EXPECT_EQ(without_credentials("git@h.org:a/b"), "git@h.org:a/b");
    EXPECT_EQ(without_credentials("/local/path"), "/local/path");
}

TEST(RunProcess, CollectsBothOutputs) {
    const ProcessOutput output =
        run_process("/bin/sh",
                    {"-c", "echo out; echo err >&2; read x; echo \"[$x]$A$HOME\"; exit 3"}, {"A=1"},
                    1000)
            .value();
    EXPECT_EQ(output.exit_code, 3);
    EXPECT_EQ(output.out, "out\n[]1\n");  // no input, and only the given environment
    EXPECT_EQ(output.err, "err\n");
}

TEST(RunProcess, ReadsMoreThanAPipeHolds) {
    const ProcessOutput output =
        run_process("/bin/sh", {"-c", "head -c 3000000 /dev/zero; head -c 200000 /dev/zero >&2"},
                    {"PATH=/usr/bin:/bin"}, 4'000'000)
            .value();
    EXPECT_EQ(output.out.size(), 3'000'000u);
    EXPECT_EQ(output.err.size(), 64u * 1024);
}

TEST(RunProcess, StopsWhatWritesTooMuch) {
    const Result<ProcessOutput> output =
        run_process("/bin/sh", {"-c", "exec cat /dev/zero"}, {"PATH=/usr/bin:/bin"}, 100'000);
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ(output.error().code, ErrorCode::too_large);
}

TEST(RunProcess, ReportsSignalsAndMissingPrograms) {
    EXPECT_EQ(run_process("/bin/sh", {"-c", "kill -9 $$"}, {}, 10).value().exit_code, 137);
    EXPECT_EQ(run_process("/nonexistent", {}, {}, 10).error().path, "/nonexistent");
}

TEST(FindProgram, SkipsRelativeFolders) {
    const TempFolder folder;
    folder.write("tool");
    EXPECT_EQ(find_program("tool", folder.path()), "");  // not executable
    ASSERT_EQ(::chmod((folder / "tool").c_str(), 0755), 0);
    EXPECT_EQ(find_program("tool", ".::rel:" + folder.path()), folder / "tool");
    std::filesystem::create_directories(folder / "x/tool");
    EXPECT_EQ(find_program("tool", folder / "x"), "");
}

}  // namespace
}  // namespace docathon

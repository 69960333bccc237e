// Discovery against the git program itself, on random trees with random .gitignore files.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "lint/io/discover.h"
#include "lint/io/process.h"
#include "tests/unit/io/temp_folder.h"

namespace docathon {
namespace {

// Plain git, with a home that has no configuration.
std::string run_git(const std::string& folder, std::vector<std::string> arguments) {
    const char* path = std::getenv("PATH");
    arguments.insert(arguments.begin(), {"-C", folder, "-c", "protocol.file.allow=always"});
    const Result<ProcessOutput> output =
        run_process(find_program("git", path), arguments,
                    {std::string("PATH=") + path, "HOME=/nonexistent", "GIT_CONFIG_NOSYSTEM=1",
                     "GIT_AUTHOR_NAME=t", "GIT_AUTHOR_EMAIL=t@example.org", "GIT_COMMITTER_NAME=t",
                     "GIT_COMMITTER_EMAIL=t@example.org"},
                    100'000'000);
    EXPECT_TRUE(output.has_value());
    EXPECT_EQ(output->exit_code, 0) << output->err;
    return output->out;
}

std::set<std::string> paths_of(const std::string& nul_separated) {
    std::set<std::string> paths;
    for (std::size_t begin = 0; begin < nul_separated.size();) {
        const std::size_t end = nul_separated.find('\0', begin);
        paths.insert(nul_separated.substr(begin, end - begin));
        begin = end + 1;
    }
    return paths;
}

std::set<std::string> paths_of(const Discovery& discovery) {
    std::set<std::string> paths;
    for (const FileEntry& file : discovery.tree.files())
        paths.insert(file.path);
    return paths;
}

// What one list has and the other has not; empty if they are equal.
std::string difference(const std::set<std::string>& ours, const std::set<std::string>& gits) {
    std::string out;
    for (const std::string& path : ours) {
        if (gits.count(path) == 0)
            out += "only ours: " + path + "\n";
    }
    for (const std::string& path : gits) {
        if (ours.count(path) == 0)
            out += "only git's: " + path + "\n";
    }
    return out;
}

class RandomTree {
  public:
    explicit RandomTree(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return random_() % limit; }

    std::string name() {
        static const char* const kNames[] = {"a",   "b",   "ab",    "ba",  "a.o",      "b.md", "aa",
                                             "foo", "bar", "foo.o", ".a",  "a b",      "a ",   "#a",
                                             "!a",  "a\\", "[a]",   "a*b", "\xc3\xa9", "A",    "-"};
        return kNames[below(std::size(kNames))];
    }
    std::string path(std::size_t depth) {
        std::string out = name();
        for (std::size_t i = below(depth); i > 0; --i)
            out += '/' + name();
        return out;
    }
    // A pattern out of pieces that matter, often close to a name that exists.
    std::string pattern() {
        static const char* const kPieces[] = {
            "*",   "**",   "/",           "?",       "a",         "b",       "ab",    "foo",
            "**/", "/**",  ".o",          "[ab]",    "[!a]",      "[^b]",    "[a-",   "\\",
            "\\a", " ",    "\\ ",         "#",       "!",         "*.o",     "[a-c]", "]",
            "[]]", "[]a]", "[[:alpha:]]", "[[:x:]]", "[[:alpha]", "\\*",     "/**/",  "***",
            "a**", "**b",  "\xc3",        "\t",      "[b-a]",     "[a\\]b]", "\\/",   "//",
        };
        std::string out;
        if (below(6) == 0)
            out += '!';
        if (below(4) == 0)
            out += '/';
        if (below(2) == 0) {
            out += path(3);
        } else {
            for (std::size_t i = 1 + below(4); i > 0; --i)
                out += kPieces[below(std::size(kPieces))];
        }
        if (below(5) == 0)
            out += '/';
        if (below(12) == 0)
            out += ' ';
        if (below(20) == 0)
            out += '\r';
        return out;
    }
    std::string ignore_file() {
        std::string out = below(20) == 0 ? "\xef\xbb\xbf" : "";
        for (std::size_t i = below(6); i > 0; --i)
            out += pattern() + '\n';
        if (below(3) == 0 && !out.empty())
            out.pop_back();
        return out;
    }
    void grow(const TempFolder& folder, std::size_t files) {
        for (std::size_t i = 0; i < files; ++i) {
            const std::filesystem::path at = folder / path(4);
            std::error_code error;
            std::filesystem::create_directories(at.parent_path(), error);
            if (error || std::filesystem::exists(std::filesystem::symlink_status(at, error)))
                continue;
            if (below(15) == 0) {
                std::filesystem::create_symlink(name(), at, error);
            } else {
                std::ofstream(at) << i;
            }
        }
        for (std::size_t i = below(5); i > 0; --i) {
            std::string at = below(3) == 0 ? "" : path(3);
            std::error_code error;
            if (std::filesystem::is_directory(
                    std::filesystem::symlink_status(folder / at, error))) {
                std::ofstream(folder / (at + "/.gitignore")) << ignore_file();
            }
        }
        if (below(3) == 0) {
            std::filesystem::create_directories(folder / ".git/info");
            std::ofstream(folder / ".git/info/exclude") << ignore_file();
        }
    }

  private:
    std::mt19937 random_;
};

std::string describe(const TempFolder& folder) {
    std::string out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
        if (entry.path().filename() != ".gitignore" && entry.path().filename() != "exclude")
            continue;
        std::ifstream in(entry.path());
        out += entry.path().string() + ":\n" + std::string(std::istreambuf_iterator<char>(in), {}) +
               "\n";
    }
    return out;
}

// DOCATHON_RANDOM_TREES: how many trees each test makes.
unsigned rounds() {
    const char* text = std::getenv("DOCATHON_RANDOM_TREES");
    return text == nullptr ? 15 : static_cast<unsigned>(std::atoi(text));
}

class DiscoverGitTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!git_.available())
            GTEST_SKIP() << "no git program";
    }
    Discovery run(const std::string& start, bool use_git, unsigned jobs = 1) {
        DiscoverOptions options;
        options.jobs = jobs;
        options.start = start;
        options.use_git = use_git;
        Result<Discovery> discovery = discover(options, files_, git_);
        EXPECT_TRUE(discovery.has_value()) << (discovery ? "" : discovery.error().to_string());
        return discovery ? std::move(*discovery) : Discovery{};
    }
    // git's list, without the symbolic links that discovery does not make entries of.
    std::set<std::string> expected(const TempFolder& folder, const Discovery& discovery) {
        std::set<std::string> paths =
            paths_of(run_git(folder.path(), {"ls-files", "-z", "-co", "--exclude-standard"}));
        for (const std::string& gone : paths_of(run_git(folder.path(), {"ls-files", "-z", "-d"}))) {
            paths.erase(gone);
        }
        for (auto it = paths.begin(); it != paths.end();) {
            // A file that a folder has replaced is "modified" for git, not deleted; one whose
            // folder a symbolic link has replaced is there for git if the link's target has such a
            // file.
            std::error_code error;
            bool gone =
                std::filesystem::is_directory(std::filesystem::symlink_status(folder / *it, error));
            for (std::size_t slash = it->find('/'); slash != std::string::npos;
                 slash = it->find('/', slash + 1)) {
                gone = gone || std::filesystem::is_symlink(std::filesystem::symlink_status(
                                   folder / it->substr(0, slash), error));
            }
            if (gone) {
                it = paths.erase(it);
                continue;
            }
            const bool link =
                std::filesystem::is_symlink(std::filesystem::symlink_status(folder / *it, error));
            // An entry or opaque: never lost.
            if (link && discovery.tree.find(*it) == kNoFile) {
                EXPECT_TRUE(discovery.tree.is_opaque(*it)) << *it;
                it = paths.erase(it);
            } else {
                ++it;
            }
        }
        return paths;
    }

    RealFileSystem files_;
    RealGit git_;
    // No core.excludesFile of whoever runs the tests.
    ScopedVariable home_{"HOME", "/nonexistent"};
    ScopedVariable config_{"XDG_CONFIG_HOME", "/nonexistent"};
};

TEST_F(DiscoverGitTest, OwnWalkEqualsGitOnRandomTrees) {
    for (unsigned seed = 1; seed <= rounds(); ++seed) {
        const TempFolder folder;
        run_git(folder.path(), {"init", "-q"});
        RandomTree tree(seed);
        tree.grow(folder, 60);
        const Discovery walked = run(folder.path(), false);
        ASSERT_FALSE(walked.git);
        ASSERT_EQ(difference(paths_of(walked), expected(folder, walked)), "")
            << "seed " << seed << "\n"
            << describe(folder);
    }
}

TEST_F(DiscoverGitTest, ListEqualsGitOnRandomTreesWithAnIndex) {
    for (unsigned seed = 1001; seed <= 1000 + rounds(); ++seed) {
        const TempFolder folder;
        run_git(folder.path(), {"init", "-q"});
        RandomTree tree(seed);
        tree.grow(folder, 40);
        // Some files are tracked, ignored ones too; some of these go, change their kind, or a
        // folder takes their place.
        run_git(folder.path(), {"add", "-f", "-A"});
        run_git(folder.path(), {"commit", "-q", "--allow-empty", "-m", "x"});
        for (const std::string& path : paths_of(run_git(folder.path(), {"ls-files", "-z"}))) {
            std::error_code ignored;
            switch (tree.below(12)) {
                case 0:
                    std::filesystem::remove(folder / path, ignored);
                    break;
                case 1:
                    std::filesystem::remove(folder / path, ignored);
                    std::filesystem::create_directory(folder / path, ignored);
                    if (tree.below(2) == 0)
                        std::ofstream(folder / (path + "/new")) << 1;
                    break;
                case 2:
                    std::filesystem::remove(folder / path, ignored);
                    std::filesystem::create_symlink(tree.name(), folder / path, ignored);
                    break;
                default:
                    break;
            }
        }
        if (tree.below(4) == 0) {
            std::error_code ignored;
            const std::string gone = tree.name();
            std::filesystem::remove_all(folder / gone, ignored);
            if (tree.below(2) == 0)
                std::ofstream(folder / gone) << 1;
        }
        tree.grow(folder, 25);
        const Discovery listed = run(folder.path(), true);
        ASSERT_TRUE(listed.git);
        ASSERT_EQ(difference(paths_of(listed), expected(folder, listed)), "")
            << "seed " << seed << "\n"
            << describe(folder);
        const std::set<std::string> tracked = paths_of(run_git(folder.path(), {"ls-files", "-z"}));
        for (const FileEntry& file : listed.tree.files()) {
            ASSERT_EQ(file.tracked, tracked.count(file.path) != 0) << file.path;
        }
    }
}

TEST_F(DiscoverGitTest, ManyFoldersGiveTheSameListWithAnyNumberOfThreads) {
    const TempFolder folder;
    run_git(folder.path(), {"init", "-q"});
    for (int i = 0; i < 100; ++i) {
        const std::string name = "f" + std::to_string(i);
        folder.write(name + "/tracked.md");
        folder.write(name + "/deep/gone.md");
        folder.write(name + "/deep/x.md");
    }
    run_git(folder.path(), {"add", "-A"});
    for (int i = 0; i < 100; i += 3) {
        const std::string name = "f" + std::to_string(i);
        folder.write(name + "/new/untracked.md");
        std::filesystem::remove(folder / (name + "/deep/gone.md"));
    }
    const Discovery one = run(folder.path(), true);
    EXPECT_EQ(difference(paths_of(one), expected(folder, one)), "");
    const Discovery four = run(folder.path(), true, 4);
    EXPECT_EQ(paths_of(four), paths_of(one));
    EXPECT_EQ(four.tree.hash(), one.tree.hash());
}

TEST_F(DiscoverGitTest, SubmodulesSparseCheckoutsAndNestedRepositories) {
    const TempFolder module;
    module.write("m.md", "x");
    run_git(module.path(), {"init", "-q"});
    run_git(module.path(), {"add", "-A"});
    run_git(module.path(), {"commit", "-q", "-m", "x"});
    const TempFolder folder;
    folder.write("a.md");
    folder.write("left/out.md");
    run_git(folder.path(), {"init", "-q"});
    run_git(folder.path(), {"submodule", "--quiet", "add", module.path(), "sub"});
    run_git(folder.path(), {"add", "-A"});
    run_git(folder.path(), {"commit", "-q", "-m", "x"});
    folder.write("nested/x.md");
    run_git(folder / "nested", {"init", "-q"});
    run_git(folder.path(), {"sparse-checkout", "set", "--no-cone", "/*", "!/left/"});
    ASSERT_FALSE(std::filesystem::exists(folder / "left/out.md"));

    const Discovery listed = run(folder.path(), true);
    EXPECT_EQ(paths_of(listed), (std::set<std::string>{".gitmodules", "a.md", "left/out.md"}));
    EXPECT_FALSE(listed.tree.file(listed.tree.find("left/out.md")).lintable);
    EXPECT_TRUE(listed.tree.is_opaque("sub/m.md"));
    EXPECT_TRUE(listed.tree.is_opaque("nested/x.md"));
    const Discovery walked = run(folder.path(), false);
    EXPECT_EQ(paths_of(walked), (std::set<std::string>{".gitmodules", "a.md"}));
    EXPECT_TRUE(walked.tree.is_opaque("sub/m.md"));
    EXPECT_TRUE(walked.tree.is_opaque("nested/x.md"));
    // The root of a place inside a submodule is the submodule.
    EXPECT_EQ(run(folder / "sub", true).root, folder / "sub");
}

}  // namespace
}  // namespace docathon

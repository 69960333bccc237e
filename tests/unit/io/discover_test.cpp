#include "lint/io/discover.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "lint/io/fake_files.h"
#include "lint/io/fake_git.h"

namespace docathon {
namespace {

// "path" for each file of the tree; marks after it: - not lintable, ' not selected.
std::string listed(const Discovery& discovery) {
    std::string out;
    for (const FileEntry& file : discovery.tree.files()) {
        if (!out.empty())
            out += ' ';
        out += file.path;
        if (!file.lintable)
            out += '-';
        if (!file.selected)
            out += '\'';
    }
    return out;
}

class DiscoverTest : public testing::Test {
  protected:
    // A file on disk that git tracks.
    void tracked(const std::string& path) {
        files_.add_file("/repo/" + path);
        git_.track(path);
    }
    void untracked(const std::string& path) {
        files_.add_file("/repo/" + path);
        git_.others.push_back(path);
    }
    void with_git() { files_.add_folder("/repo/.git"); }
    Discovery run(const DiscoverOptions& options = {}) {
        Result<Discovery> discovery = discover(options, files_, git_);
        EXPECT_TRUE(discovery.has_value()) << (discovery ? "" : discovery.error().to_string());
        return discovery ? std::move(*discovery) : Discovery{};
    }
    std::string error_of(const DiscoverOptions& options) {
        const Result<Discovery> discovery = discover(options, files_, git_);
        return discovery ? "no error" : discovery.error().to_string();
    }

    FakeFileSystem files_;
    FakeGit git_;
};

DiscoverOptions naming(std::vector<std::string> paths) {
    DiscoverOptions options;
    options.paths = std::move(paths);
    return options;
}

TEST_F(DiscoverTest, ListsTrackedAndUntrackedFiles) {
    with_git();
    tracked("b.md");
    tracked("a/x.png");
    untracked("a/new.md");
    files_.add_file("/repo/ignored.o");
    const Discovery discovery = run();
    EXPECT_EQ(discovery.root, "/repo");
    EXPECT_TRUE(discovery.git);
    EXPECT_EQ(listed(discovery), "a/new.md a/x.png b.md");
    EXPECT_FALSE(discovery.tree.file(0).tracked);
    EXPECT_TRUE(discovery.tree.file(1).tracked);
    EXPECT_TRUE(discovery.problems.empty());
    EXPECT_TRUE(discovery.tree.is_folder("a"));
    // git is asked about what the index does not have, and nothing else.
    ASSERT_EQ(git_.asked_untracked.size(), 1u);
    EXPECT_EQ(git_.asked_untracked[0], (std::vector<std::string>{"a/new.md", "ignored.o"}));
}

TEST_F(DiscoverTest, AsksGitNothingMoreOnACleanTree) {
    with_git();
    tracked("a/b.md");
    files_.add_folder("/repo/empty/below");  // what a submodule leaves that nobody cloned
    run();
    EXPECT_TRUE(git_.asked_untracked.empty());
}

TEST_F(DiscoverTest, DeletedFilesAreNotInTheTree) {
    with_git();
    tracked("a.md");
    git_.track("gone.md");
    git_.track("gone/x.md");
    git_.track("was_file");
    untracked("was_file/new.md");
    EXPECT_EQ(listed(run()), "a.md was_file/new.md");
}

TEST_F(DiscoverTest, FilesOfASparseCheckoutAreTargetsOnly) {
    with_git();
    tracked("a.md");
    git_.track("left/out.md", GitMode::file, true);
    const Discovery discovery = run();
    EXPECT_EQ(listed(discovery), "a.md left/out.md-");
    EXPECT_EQ(discovery.excluded_by.at("sparse checkout"), 1u);
}

TEST_F(DiscoverTest, SubmodulesAreOpaque) {
    with_git();
    tracked("a.md");
    git_.track("sub", GitMode::submodule);
    git_.track("absent/sub", GitMode::submodule);
    files_.add_file("/repo/sub/README.md");
    files_.add_file("/repo/nested/x.md");
    git_.others.push_back("nested/");
    const Discovery discovery = run();
    EXPECT_EQ(listed(discovery), "a.md");
    EXPECT_TRUE(discovery.tree.is_opaque("sub/README.md"));
    EXPECT_TRUE(discovery.tree.is_opaque("absent/sub"));
    EXPECT_TRUE(discovery.tree.is_opaque("nested/x.md"));
    EXPECT_FALSE(discovery.tree.is_opaque("a.md"));
}

TEST_F(DiscoverTest, SymbolicLinksToFilesAreEntries) {
    with_git();
    tracked("docs/a.md");
    files_.add_symlink("/repo/readme.md", "docs/a.md");
    git_.track("readme.md", GitMode::symlink);
    files_.add_file("/repo/build/out.md");  // ignored, so only the link shows it
    files_.add_symlink("/repo/out.md", "build/out.md");
    git_.track("out.md", GitMode::symlink);
    const Discovery discovery = run();
    EXPECT_EQ(listed(discovery), "docs/a.md out.md readme.md-");
    EXPECT_TRUE(discovery.tree.file(1).symlink);
    EXPECT_TRUE(discovery.tree.file(2).symlink);
    EXPECT_EQ(discovery.excluded_by.at("symbolic link"), 1u);
    EXPECT_TRUE(discovery.problems.empty());
}

TEST_F(DiscoverTest, ASymbolicLinkToAnExcludedFileIsLintedUnderItsOwnName) {
    with_git();
    tracked("vendor/a.md");
    files_.add_symlink("/repo/a.md", "vendor/a.md");
    git_.track("a.md", GitMode::symlink);
    EXPECT_EQ(listed(run()), "a.md vendor/a.md-");
}

TEST_F(DiscoverTest, SymbolicLinksToFoldersAreNotWalked) {
    with_git();
    tracked("docs/a.md");
    files_.add_symlink("/repo/src", "docs");
    git_.track("src", GitMode::symlink);
    const Discovery discovery = run();
    EXPECT_EQ(listed(discovery), "docs/a.md");
    EXPECT_TRUE(discovery.tree.is_opaque("src/a.md"));
    EXPECT_TRUE(discovery.problems.empty());
}

TEST_F(DiscoverTest, SymbolicLinksThatGoWrongAreReported) {
    with_git();
    tracked("docs/a.md");
    files_.add_file("/elsewhere/secret.md");
    files_.add_file("/repo/.git/config");
    const auto link = [&](const std::string& path, const std::string& target) {
        files_.add_symlink("/repo/" + path, target);
        git_.track(path, GitMode::symlink);
    };
    link("circle", "circle");
    link("docs/up", "..");
    link("git", ".git/config");
    link("nothing", "no/such");
    link("out", "../elsewhere/secret.md");
    const Discovery discovery = run();
    EXPECT_EQ(listed(discovery), "docs/a.md");
    ASSERT_EQ(discovery.problems.size(), 5u);
    EXPECT_EQ(discovery.problems[0].path, "circle");
    EXPECT_EQ(discovery.problems[0].message, "symbolic link to \"circle\" goes round in a circle");
    EXPECT_EQ(discovery.problems[1].message,
              "symbolic link to \"..\" points at a folder that it lies in, so it is not followed");
    EXPECT_EQ(discovery.problems[2].message,
              "symbolic link to \".git/config\" leaves the repository, so it is not followed");
    EXPECT_EQ(discovery.problems[3].message, "symbolic link to \"no/such\" points at nothing");
    EXPECT_EQ(discovery.problems[4].path, "out");
    // Nobody can say what is behind them, so links to them stay without a finding.
    for (const char* path : {"circle", "docs/up", "git", "nothing", "out"}) {
        EXPECT_TRUE(discovery.tree.is_opaque(path)) << path;
    }
}

TEST_F(DiscoverTest, ThirdPartyFoldersAreTargetsOnly) {
    with_git();
    tracked("a/third_party/x.md");
    tracked("node_modules/p/README.md");
    tracked("docs/_build/i.md");
    tracked("docs/vendor.md");
    tracked("build/x.md");
    const Discovery discovery = run();
    EXPECT_EQ(listed(discovery),
              "a/third_party/x.md- build/x.md docs/_build/i.md- docs/vendor.md "
              "node_modules/p/README.md-");
    EXPECT_EQ(discovery.excluded_by.at("third_party/"), 1u);
    EXPECT_EQ(discovery.excluded_by.at("node_modules/"), 1u);
}

TEST_F(DiscoverTest, TestDataIsNotLinted) {
    with_git();
    tracked("a/fixtures/x.md");
    tracked("benchmarks/samples/x.md");
    tracked("docs/tests/x.md");
    tracked("samples/x.md");
    tracked("tests/README.md");
    tracked("tests/x.md");
    const Discovery discovery = run();
    EXPECT_EQ(listed(discovery),
              "a/fixtures/x.md- benchmarks/samples/x.md- docs/tests/x.md samples/x.md "
              "tests/README.md tests/x.md-");
    EXPECT_EQ(discovery.excluded_by.at("tests/"), 1u);
}

TEST_F(DiscoverTest, HiddenFoldersCountIfGitTracksThem) {
    with_git();
    tracked(".github/x.md");
    untracked(".github/new.md");
    untracked(".cache/a/y.md");
    untracked(".hidden.md");
    const Discovery discovery = run();
    EXPECT_EQ(listed(discovery), ".cache/a/y.md- .github/new.md- .github/x.md .hidden.md");
    EXPECT_EQ(discovery.excluded_by.at(".cache/"), 1u);
}

TEST_F(DiscoverTest, FixturesMayBeASubjectOfDocumentation) {
    with_git();
    tracked("docs/reference/fixtures/index.md");
    tracked("docs/tests/fixtures/x.md");
    tracked("website/__tests__/fixtures/x.md");
    EXPECT_EQ(listed(run()),
              "docs/reference/fixtures/index.md docs/tests/fixtures/x.md- "
              "website/__tests__/fixtures/x.md-");
}

TEST_F(DiscoverTest, CopiesOfSetuptoolsAreNotLinted) {
    with_git();
    untracked("build/lib.linux-x86_64-cpython-311/pkg/a.py");
    untracked("build/lib/pkg/a.py");
    untracked("build/library/a.md");
    untracked("lib/b.md");
    tracked("tools/build/lib/own.md");
    const Discovery discovery = run();
    EXPECT_EQ(listed(discovery),
              "build/lib.linux-x86_64-cpython-311/pkg/a.py- build/lib/pkg/a.py- build/library/a.md "
              "lib/b.md tools/build/lib/own.md");
    EXPECT_EQ(discovery.excluded_by.at("build/lib/"), 1u);
}

TEST_F(DiscoverTest, ExcludeGlobsMeanFoldersToo) {
    with_git();
    tracked("docs/old/a/b.md");
    tracked("docs/older.md");
    tracked("docs/x.gen.md");
    tracked("x.gen.md");
    DiscoverOptions options;
    options.exclude = {"old", "*.gen.md"};
    options.exclude_base = "docs";
    const Discovery discovery = run(options);
    EXPECT_EQ(listed(discovery), "docs/old/a/b.md- docs/older.md docs/x.gen.md- x.gen.md");
    EXPECT_EQ(discovery.excluded_by.at("old"), 1u);
    EXPECT_EQ(discovery.excluded_by.at("*.gen.md"), 1u);
    options.exclude = {"[a"};
    EXPECT_EQ(error_of(options), "glob \"[a\": has a '[' without ']'");
}

TEST_F(DiscoverTest, NamedPathsSelect) {
    with_git();
    tracked("README.md");
    tracked("docs/a.md");
    tracked("docs/b/c.md");
    tracked("docs2/d.md");
    EXPECT_EQ(listed(run(naming({"docs"}))), "README.md' docs/a.md docs/b/c.md docs2/d.md'");
    EXPECT_EQ(listed(run(naming({"./docs/b/", "/repo/README.md"}))),
              "README.md docs/a.md' docs/b/c.md docs2/d.md'");
    EXPECT_EQ(listed(run(naming({"."}))), "README.md docs/a.md docs/b/c.md docs2/d.md");
    EXPECT_EQ(listed(run(naming({"docs*/*.md"}))), "README.md' docs/a.md docs/b/c.md' docs2/d.md");
    files_.set_current_folder("/repo/docs");
    EXPECT_EQ(listed(run(naming({"a.md", "../README.md"}))),
              "README.md docs/a.md docs/b/c.md' docs2/d.md'");
    EXPECT_EQ(listed(run(naming({"b/*"}))), "README.md' docs/a.md' docs/b/c.md docs2/d.md'");
}

TEST_F(DiscoverTest, NamedPathsThatCannotBeMeantAreErrors) {
    with_git();
    tracked("a.md");
    git_.track("deleted.md");
    files_.add_file("/elsewhere/x.md");
    EXPECT_EQ(error_of(naming({"none.md"})), "none.md: no such file or folder");
    EXPECT_EQ(error_of(naming({"deleted.md"})), "deleted.md: no such file or folder");
    EXPECT_EQ(error_of(naming({""})), "a path is empty");
    EXPECT_EQ(error_of(naming({"*.rst"})), "*.rst: no file matches this glob");
    EXPECT_EQ(
        error_of(naming({"../elsewhere/x.md"})),
        "../elsewhere/x.md: lies outside the repository \"/repo\"; run from there, or name it "
        "alone");
    EXPECT_EQ(error_of(naming({"/none"})), "/none: no such file or folder");
}

TEST_F(DiscoverTest, NamedFilesStayExcluded) {
    with_git();
    tracked("a.md");
    tracked("vendor/x.md");
    git_.track("sub", GitMode::submodule);
    files_.add_file("/repo/sub/s.md");
    files_.add_file("/repo/build/ignored.md");
    files_.add_folder("/repo/nothing_in_it");
    const Discovery discovery =
        run(naming({"vendor/x.md", "build/ignored.md", "sub/s.md", "nothing_in_it"}));
    EXPECT_EQ(listed(discovery), "a.md' vendor/x.md-");
    EXPECT_EQ(discovery.excluded_by.size(), 3u);
    EXPECT_EQ(discovery.excluded_by.at("vendor/"), 1u);
    EXPECT_EQ(discovery.excluded_by.at(".gitignore"), 1u);
    EXPECT_EQ(discovery.excluded_by.at("submodule"), 1u);
}

TEST_F(DiscoverTest, NamedPathsMayGoThroughSymbolicLinks) {
    with_git();
    tracked("docs/a.md");
    tracked("b.md");
    files_.add_symlink("/repo/src", "docs");
    git_.track("src", GitMode::symlink);
    files_.add_symlink("/home", "/repo");
    EXPECT_EQ(listed(run(naming({"src"}))), "b.md' docs/a.md");
    EXPECT_EQ(listed(run(naming({"src/a.md"}))), "b.md' docs/a.md");
    EXPECT_EQ(listed(run(naming({"/home/b.md"}))), "b.md docs/a.md'");
}

TEST_F(DiscoverTest, UnreadableFoldersAreReportedAndTheirFilesStay) {
    with_git();
    tracked("a.md");
    tracked("locked/b.md");
    files_.node("/repo/locked").unreadable = true;
    const Discovery discovery = run();
    EXPECT_EQ(listed(discovery), "a.md locked/b.md");
    ASSERT_EQ(discovery.problems.size(), 1u);
    EXPECT_EQ(discovery.problems[0].path, "locked");
    EXPECT_EQ(discovery.problems[0].message, "cannot be listed: Permission denied");
    // Without git there is no telling what is in it.
    DiscoverOptions options;
    options.use_git = false;
    EXPECT_EQ(listed(run(options)), "a.md");
    files_.node("/repo").unreadable = true;
    EXPECT_EQ(error_of(options), "/repo: cannot be listed: Permission denied");
}

TEST_F(DiscoverTest, ARepositoryOfAnotherUserIsWalkedWithoutGit) {
    with_git();
    tracked("a.md");
    files_.add_file("/repo/x.o");
    files_.add_file("/repo/.gitignore", "*.o\n");
    git_.error = Error{"belongs to another user", "/repo", 0, 0, ErrorCode::not_ours, 0};
    files_.add_folder("/repo/docs");
    DiscoverOptions options;
    options.start = "/repo/docs";
    const Discovery discovery = run(options);
    EXPECT_EQ(discovery.root, "/repo");
    EXPECT_FALSE(discovery.git);
    EXPECT_EQ(listed(discovery), ".gitignore a.md");
    ASSERT_EQ(discovery.problems.size(), 1u);
    EXPECT_EQ(discovery.problems[0].message,
              "belongs to another user (the folders are walked without git)");
}

TEST_F(DiscoverTest, WithoutAGitProgramNothingIsSaid) {
    with_git();
    files_.add_file("/repo/a.md");
    git_.error = Error{"no git program", "", 0, 0, ErrorCode::absent, 0};
    const Discovery discovery = run();
    EXPECT_EQ(listed(discovery), "a.md");
    EXPECT_TRUE(discovery.problems.empty());
}

TEST_F(DiscoverTest, RootIsTheFallbackOrTheFolder) {
    files_.add_file("/repo/docs/deep/a.md");
    files_.add_folder("/other");
    git_.top = "/nowhere";
    EXPECT_EQ(find_root("/repo/docs/deep", true, files_, git_)->path, "/repo/docs/deep");
    EXPECT_EQ(find_root("/repo/docs/deep/a.md", true, files_, git_)->path, "/repo/docs/deep");
    EXPECT_EQ(find_root("/repo/docs/deep", true, files_, git_, "/repo/docs")->path, "/repo/docs");
    EXPECT_EQ(find_root("/repo/docs/deep", true, files_, git_, "/other")->path, "/repo/docs/deep");
    EXPECT_EQ(find_root("", true, files_, git_)->path, "/repo");
    EXPECT_EQ(find_root("/none", true, files_, git_).error().code, ErrorCode::absent);
    with_git();
    git_.top = "/other";
    git_.everywhere = true;
    const DiscoveryRoot root = find_root("/repo/docs", true, files_, git_).value();
    EXPECT_EQ(root.path, "/repo");
    EXPECT_FALSE(root.git);
    EXPECT_EQ(root.problems.size(), 1u);
}

TEST_F(DiscoverTest, OwnWalkReadsIgnoreFilesOfAllFolders) {
    files_.add_folder("/repo/.git/info");
    files_.add_file("/repo/.git/info/exclude", "secret.md\n");
    files_.add_file("/repo/.gitignore", "*.o\n/build/\n!keep.o\n");
    files_.add_file("/repo/docs/.gitignore", "!x.o\ny.md\n");
    for (const char* path : {"a.md", "a.o", "keep.o", "secret.md", "build/b.md", "docs/x.o",
                             "docs/y.md", "docs/build/c.md", "docs/sub/y.md", "y.md"}) {
        files_.add_file(std::string("/repo/") + path);
    }
    DiscoverOptions options;
    options.use_git = false;
    EXPECT_EQ(listed(run(options)),
              ".gitignore a.md docs/.gitignore docs/build/c.md docs/x.o keep.o y.md");
}

TEST_F(DiscoverTest, OwnWalkKnowsRepositoriesInside) {
    files_.add_file("/repo/a.md");
    files_.add_file("/repo/real/.git/HEAD", "ref: refs/heads/main\n");
    files_.add_folder("/repo/real/.git/objects");
    files_.add_folder("/repo/real/.git/refs");
    files_.add_file("/repo/real/x.md");
    files_.add_file("/repo/worktree/.git", "gitdir: /elsewhere\n");
    files_.add_file("/repo/worktree/x.md");
    files_.add_folder("/repo/not/.git");
    files_.add_file("/repo/not/x.md");
    DiscoverOptions options;
    options.use_git = false;
    const Discovery discovery = run(options);
    EXPECT_EQ(listed(discovery), "a.md not/x.md");
    EXPECT_TRUE(discovery.tree.is_opaque("real/x.md"));
    EXPECT_TRUE(discovery.tree.is_opaque("worktree/x.md"));
}

TEST_F(DiscoverTest, OwnWalkTakesGithubFoldersForTracked) {
    files_.add_file("/repo/.github/a.md");
    files_.add_file("/repo/.cache/b.md");
    files_.add("/repo/pipe", FakeFileSystem::Node{FileKind::other, {}, false, 0});
    DiscoverOptions options;
    options.use_git = false;
    EXPECT_EQ(listed(run(options)), ".cache/b.md- .github/a.md");
}

TEST_F(DiscoverTest, ThirdPartyNamesAboveTheRootMeanNothing) {
    files_.add_file("/usr/site-packages/pkg/a.md");
    files_.add_file("/usr/site-packages/pkg/vendor/b.md");
    DiscoverOptions options;
    options.start = "/usr/site-packages/pkg";
    options.use_git = false;
    const Discovery discovery = run(options);
    EXPECT_EQ(discovery.root, "/usr/site-packages/pkg");
    EXPECT_EQ(listed(discovery), "a.md vendor/b.md-");
}

TEST_F(DiscoverTest, NamesThatAreNotUtf8StayBytes) {
    with_git();
    tracked("\xff\n.md");
    const Discovery discovery = run(naming({"\xff\n.md"}));
    EXPECT_EQ(listed(discovery), "\xff\n.md");
    EXPECT_EQ(discovery.tree.find("\xff\n.md"), 0u);
}

TEST_F(DiscoverTest, AttributesSayWhoWroteAFile) {
    with_git();
    tracked("a/.gitattributes");
    tracked("a/client/gen.md");
    tracked("a/client/kept.md");
    tracked("a/client/model.py");
    tracked("a/lib/vendored.md");
    tracked("gen.md");
    files_.add_file("/repo/a/.gitattributes",
                    "# linguist\n*.png binary\nclient/** text linguist-generated=true\n"
                    "client/kept.md linguist-generated=false\nlib/*.md linguist-vendored\n"
                    "lib/ linguist-generated\n");
    EXPECT_EQ(listed(run()),
              "a/.gitattributes a/client/gen.md- a/client/kept.md a/client/model.py "
              "a/lib/vendored.md- gen.md");
    EXPECT_EQ(run().excluded_by.at("linguist-generated"), 1u);
    EXPECT_EQ(run().excluded_by.at("linguist-vendored"), 1u);
}

TEST_F(DiscoverTest, ExternalCodeIsNotLintedButPagesAboutItAre) {
    with_git();
    tracked("docs/external/a.md");
    tracked("src/external/lib/README.md");
    tracked("deps/lib/README.md");
    tracked("docs/deps/a.md");
    EXPECT_EQ(listed(run()),
              "deps/lib/README.md- docs/deps/a.md docs/external/a.md src/external/lib/README.md-");
}

TEST_F(DiscoverTest, FoldersOfTestsMayBeginWithACapital) {
    with_git();
    tracked("Tests/CMakeLib/page.rst");
    tracked("Tests/README.rst");
    EXPECT_EQ(listed(run()), "Tests/CMakeLib/page.rst- Tests/README.rst");
}

TEST_F(DiscoverTest, PagesKeptAsideAreNotLinted) {
    with_git();
    tracked("docs/_removed/a.md");
    tracked("docs/_posts/b.md");
    EXPECT_EQ(listed(run()), "docs/_posts/b.md docs/_removed/a.md-");
}

}  // namespace
}  // namespace docathon

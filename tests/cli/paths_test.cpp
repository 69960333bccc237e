// Which files are read, which are reported: names on the command line, lists of names, standard
// input, exclusions, git and its absence, symbolic links.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

/// Paths that findings are in, each once, in order.
std::vector<std::string> reported(const Outcome& run) {
    std::vector<std::string> paths;
    for (const std::string& line : lines_of(run.out)) {
        std::string path = line.substr(0, line.find(':'));
        if (paths.empty() || paths.back() != path) {
            paths.push_back(std::move(path));
        }
    }
    return paths;
}

void write_tree(const Sandbox& box) {
    box.write("README.md", kDeadLink);
    box.write("docs/a.md", kDeadLink);
    box.write("docs/deep/b.md", kDeadLink);
    box.write("other/c.md", kDeadLink);
}

TEST(Paths, ArgumentsFilterWhatIsReported) {
    const Sandbox box;
    write_tree(box);
    EXPECT_THAT(reported(box.lint({})),
                ElementsAre("README.md", "docs/a.md", "docs/deep/b.md", "other/c.md"));
    EXPECT_THAT(reported(box.lint({"docs"})), ElementsAre("docs/a.md", "docs/deep/b.md"));
    EXPECT_THAT(reported(box.lint({"docs/"})), ElementsAre("docs/a.md", "docs/deep/b.md"));
    EXPECT_THAT(reported(box.lint({"./other/c.md"})), ElementsAre("other/c.md"));
    EXPECT_THAT(reported(box.lint({box.path("docs/a.md")})), ElementsAre("docs/a.md"));
    EXPECT_THAT(reported(box.lint({"docs/deep", "README.md"})),
                ElementsAre("README.md", "docs/deep/b.md"));
    EXPECT_THAT(reported(box.lint({"docs/**/*.md"})), ElementsAre("docs/a.md", "docs/deep/b.md"));
    EXPECT_THAT(reported(box.lint({"*.md", "other/*"})), ElementsAre("README.md", "other/c.md"));
    EXPECT_THAT(box.lint({"docs"}).err, HasSubstr("in 2 of 2 files"));
}

TEST(Paths, ArgumentsDoNotChangeTheIndex) {
    const Sandbox box;
    box.write(".docathon-lint.yaml", "version: 1\n");
    box.write("docs/a.md", "[b](../other/b.md#there) [c](../other/b.md#gone)\n");
    box.write("other/b.md", "# There\n\n[x](nowhere.md)\n");
    const Outcome run = box.lint({"docs/a.md"});
    EXPECT_EQ(run.out,
              "docs/a.md:1:30: error: no anchor 'gone' in other/b.md [links/missing-anchor]\n");
}

TEST(Paths, WhatDoesNotExist) {
    const Sandbox box;
    write_tree(box);
    const Outcome run = box.lint({"docs", "gone/x.md"});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_EQ(run.err, "docathon-lint: error: gone/x.md: no such file or folder\n");
    EXPECT_EQ(box.lint({"docs/*.rst"}).err,
              "docathon-lint: error: docs/*.rst: no file matches this glob\n");
    EXPECT_EQ(box.lint({""}).code, 2);
}

TEST(Paths, OutsideTheRepository) {
    const Sandbox box;
    box.write("one/a.md", kDeadLink);
    box.write("two/b.md", kDeadLink);
    box.write("one/.docathon-lint.yaml", "version: 1\n");
    const Outcome run = box.lint({"one/a.md", "two/b.md"});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.err, HasSubstr("two/b.md: lies outside the repository"));
    // Alone it is no part of that project.
    EXPECT_THAT(reported(box.lint({"two/b.md"})), ElementsAre("two/b.md"));
    EXPECT_THAT(reported(box.lint({"../two/b.md"}, {.folder = "one"})), ElementsAre("b.md"));
}

TEST(Paths, WithoutGitTheCurrentFolderIsTheProject) {
    const Sandbox box;
    box.write("README.md", "# Top\n");
    box.write("docs/a.md", "[r](../README.md#top) [x](../README.md#gone)\n");
    EXPECT_EQ(box.lint({"docs/a.md"}).out,
              "docs/a.md:1:27: error: no anchor 'gone' in README.md [links/missing-anchor]\n");
    // But not a whole home folder: only the folder of what is named is read there.
    RunOptions home;
    home.environment["HOME"] = box.path();
    EXPECT_THAT(reported(box.lint({"docs/a.md"}, home)), ElementsAre("a.md"));
}

TEST(Paths, FolderOfAnotherProjectBringsItsOwnRoot) {
    const Sandbox box;
    box.write("here/x.md", "Fine.\n");
    box.write("project/docs/a.md", kDeadLink);
    box.write("project/.docathon-lint.yaml", "version: 1\nexclude: [docs/skip.md]\n");
    box.write("project/docs/skip.md", kDeadLink);
    const Outcome run = box.lint({"../project"}, {.folder = "here"});
    EXPECT_THAT(reported(run), ElementsAre("docs/a.md"));
}

TEST(Paths, FilesFromFileAndStandardInput) {
    const Sandbox box;
    write_tree(box);
    box.write("list.txt", "docs/a.md\r\n\nother/c.md\n");
    const auto both = ElementsAre("docs/a.md", "other/c.md");
    EXPECT_THAT(reported(box.lint({"--files-from", "list.txt"})), both);
    EXPECT_THAT(reported(box.lint({"--files-from", "-"}, {.input = "docs/a.md\nother/c.md"})),
                both);
    EXPECT_THAT(reported(box.lint({"--files-from", "-", "-0"},
                                  {.input = std::string("docs/a.md\0other/c.md\0", 21)})),
                both);
    EXPECT_THAT(reported(box.lint({"@list.txt"})), both);
    EXPECT_THAT(reported(box.lint({"@list.txt", "README.md"})),
                ElementsAre("README.md", "docs/a.md", "other/c.md"));
    const Outcome gone = box.lint({"--files-from", "gone.txt"});
    EXPECT_EQ(gone.code, 2);
    EXPECT_EQ(gone.err, "docathon-lint: error: gone.txt: no such file or folder\n");
    EXPECT_EQ(box.lint({"@gone.txt"}).code, 2);
}

TEST(Paths, FilesFromTakesNamesAsGitQuotesThem) {
    const Sandbox box;
    box.write("t\xc3\xa4st\n.md", kDeadLink);
    const Outcome run = box.lint({"--files-from", "-"}, {.input = "\"t\\303\\244st\\n.md\"\n"});
    EXPECT_EQ(run.out,
              "t\xc3\xa4st\\x0a.md:1:9: error: no file 'gone.md' [links/missing-target]\n");
    EXPECT_EQ(
        box.lint({"--files-from", "-", "-0"}, {.input = std::string("t\xc3\xa4st\n.md\0", 10)}).out,
        run.out);
}

TEST(Paths, EmptyListReportsNothing) {
    // As `git diff --name-only` gives when nothing was changed: not the whole tree.
    const Sandbox box;
    write_tree(box);
    const Outcome run = box.lint({"--files-from", "-"});
    EXPECT_EQ(run.code, 0);
    EXPECT_THAT(run.out, IsEmpty());
}

TEST(Paths, StandardInputStandsForAFile) {
    const Sandbox box;
    write_tree(box);
    box.write("docs/here.md", "# Here\n");
    const Outcome run = box.lint({"--stdin-filename", "docs/a.md"},
                                 {.input = "# New\n\n[h](here.md) [n](#new) [o](#old)\n"});
    EXPECT_EQ(run.code, 1);
    EXPECT_EQ(run.out,
              "docs/a.md:3:28: error: no anchor 'old' in this page [links/missing-anchor]\n");
    // The file need not exist, and nothing is written.
    const Outcome fresh =
        box.lint({"--stdin-filename", "docs/new.md"}, {.input = "[h](here.md) [x](gone.md)\n"});
    EXPECT_EQ(fresh.out,
              "docs/new.md:1:18: error: no file 'docs/gone.md' [links/missing-target]\n");
    EXPECT_FALSE(box.exists("docs/new.md"));
    EXPECT_EQ(box.lint({"--stdin-filename", "docs/a.md"}, {.input = ""}).code, 0);
}

TEST(Paths, StandardInputStaysExcluded) {
    const Sandbox box;
    write_tree(box);
    box.write(".docathon-lint.yaml", "version: 1\nexclude: [docs]\n");
    const Outcome run =
        box.lint({"--stdin-filename", "docs/a.md"}, {.input = std::string(kDeadLink)});
    EXPECT_EQ(run.code, 0);
    EXPECT_THAT(run.out, IsEmpty());
}

TEST(Paths, ExcludedStaysExcludedWhenNamed) {
    const Sandbox box;
    write_tree(box);
    box.write(".docathon-lint.yaml", "version: 1\nexclude: [\"docs/deep/**\"]\n");
    box.write("node_modules/x/d.md", kDeadLink);
    box.write("docs/e.md", "[b](deep/b.md) [d](../node_modules/x/d.md)\n");
    EXPECT_THAT(reported(box.lint({})), ElementsAre("README.md", "docs/a.md", "other/c.md"));
    const Outcome named = box.lint({"docs/deep/b.md", "node_modules/x/d.md"});
    EXPECT_EQ(named.code, 0);
    EXPECT_THAT(named.out, IsEmpty());
    EXPECT_THAT(named.err, HasSubstr("no page to check"));
    EXPECT_THAT(named.err, HasSubstr("1 file is left out by 'docs/deep/**'"));
    EXPECT_THAT(named.err, HasSubstr("1 file is left out by 'node_modules/'"));
    // They are good targets all the same.
    EXPECT_EQ(box.lint({"docs/e.md"}).code, 0);
}

TEST(Paths, ThirdPartyFoldersOnlyBelowTheRoot) {
    const Sandbox box;
    box.write("third_party/lib/README.md", kDeadLink);
    EXPECT_THAT(box.lint({}).out, IsEmpty());
    EXPECT_THAT(reported(box.lint({"."}, {.folder = "third_party/lib"})), ElementsAre("README.md"));
}

TEST(Paths, NothingToCheck) {
    const Sandbox box;
    box.write("x.txt", "text\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 0);
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_THAT(run.err, StartsWith("docathon-lint: no page to check"));
    EXPECT_EQ(box.lint({"--quiet"}).err, "");
}

TEST(Paths, BinaryAndOtherFilesAreLeftAlone) {
    const Sandbox box;
    box.write("image.png", std::string("\x89PNG\0\0[x](gone.md)", 18));
    box.write("code.cpp", kDeadLink);
    box.write("a.MD", kDeadLink);
    box.write("b.markdown", kDeadLink);
    EXPECT_THAT(reported(box.lint({})), ElementsAre("a.MD", "b.markdown"));
}

TEST(PathsWithGit, TrackedUntrackedIgnored) {
    const Sandbox box;
    write_tree(box);
    box.write(".github/CONTRIBUTING.md", kDeadLink);
    box.commit();
    box.write(".gitignore", "other/\n*.tmp.md\n!keep.tmp.md\n");
    box.write("docs/new.md", kDeadLink);
    box.write("x.tmp.md", kDeadLink);
    box.write("keep.tmp.md", kDeadLink);
    box.write("other/ignored.md", kDeadLink);
    box.write(".cache/c.md", kDeadLink);
    // Tracked files stay in though .gitignore names them; untracked hidden folders are out.
    EXPECT_THAT(reported(box.lint({})),
                ElementsAre(".github/CONTRIBUTING.md", "README.md", "docs/a.md", "docs/deep/b.md",
                            "docs/new.md", "keep.tmp.md", "other/c.md"));
    const Outcome ignored = box.lint({"x.tmp.md"});
    EXPECT_EQ(ignored.code, 0);
    EXPECT_THAT(ignored.err, HasSubstr("1 file is left out by '.gitignore'"));
    const Outcome hidden = box.lint({".cache/c.md"});
    EXPECT_THAT(hidden.err, HasSubstr("1 file is left out by '.cache/'"));
}

TEST(PathsWithGit, SameAnswerWithoutTheProgram) {
    const Sandbox box;
    write_tree(box);
    box.write(".gitignore", "*.tmp.md\nbuild/\n");
    box.commit();
    box.write("x.tmp.md", kDeadLink);
    box.write("build/y.md", kDeadLink);
    const Outcome with = box.lint({});
    RunOptions without;
    without.environment["PATH"] = box.path("nowhere");
    const Outcome alone = box.lint({}, without);
    EXPECT_EQ(alone.code, 1);
    EXPECT_EQ(alone.out, with.out);
    box.remove(".git");
    EXPECT_EQ(box.lint({}, without).out, with.out);
}

TEST(PathsWithGit, SubfolderSeesTheWholeRepository) {
    const Sandbox box;
    write_tree(box);
    box.write("docs/up.md", "[r](../README.md) [c](../other/c.md#x)\n");
    box.write(".docathon-lint.yaml", "version: 1\nexclude: [docs/a.md]\n");
    box.commit();
    // Paths of findings are relative to the root, wherever the program is started.
    const Outcome run = box.lint({}, {.folder = "docs"});
    EXPECT_EQ(run.out,
              "docs/deep/b.md:1:9: error: no file 'docs/deep/gone.md' [links/missing-target]\n"
              "docs/up.md:1:23: error: no anchor 'x' in other/c.md [links/missing-anchor]\n");
    EXPECT_EQ(box.lint({"."}, {.folder = "docs"}).out, run.out);
    EXPECT_EQ(box.lint({"../docs/up.md"}, {.folder = "docs"}).out, lines_of(run.out).at(1) + "\n");
}

TEST(PathsWithGit, VanishedFileIsAbsent) {
    const Sandbox box;
    write_tree(box);
    box.write("docs/link.md", "[a](a.md)\n");
    box.commit();
    box.remove("docs/a.md");
    const Outcome run = box.lint({"docs/link.md"});
    EXPECT_EQ(run.out, "docs/link.md:1:5: error: no file 'docs/a.md' [links/missing-target]\n");
    EXPECT_THAT(reported(box.lint({})),
                ElementsAre("README.md", "docs/deep/b.md", "docs/link.md", "other/c.md"));
}

TEST(PathsWithGit, SubmoduleContentIsUnknown) {
    const Sandbox box;
    box.write("sub/.git/HEAD", "ref: refs/heads/main\n");
    box.folder("sub/.git/objects");
    box.folder("sub/.git/refs");
    box.write("sub/x.md", kDeadLink);
    box.write("a.md", "[x](sub/x.md) [y](sub/gone.md) [z](gone.md)\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.out, "a.md:1:36: error: no file 'gone.md' [links/missing-target]\n");
}

TEST(Symlinks, InsideAreFollowedOnce) {
    const Sandbox box;
    box.write("docs/a.md", kDeadLink);
    box.link("docs/a.md", "alias.md");
    box.link("docs", "mirror");
    box.write("b.md", "[a](alias.md) [m](mirror/a.md) [n](mirror/gone.md)\n");
    const Outcome run = box.lint({});
    // The bytes are linted under their own name; what lies behind a linked folder is unknown.
    EXPECT_THAT(reported(run), ElementsAre("docs/a.md"));
    EXPECT_THAT(run.err, Not(HasSubstr("symbolic link to")));
}

TEST(Symlinks, LoopsAreReported) {
    const Sandbox box;
    box.write("ok.md", kDeadLink);
    box.link("b.md", "a.md");
    box.link("a.md", "b.md");
    box.link("..", "docs/up");
    box.write("docs/c.md", "Fine.\n");
    for (const bool git : {false, true}) {
        if (git) {
            box.commit();
        }
        const Outcome run = box.lint({});
        EXPECT_EQ(run.code, 1);
        EXPECT_THAT(reported(run), ElementsAre("ok.md"));
        EXPECT_THAT(run.err, HasSubstr("docathon-lint: warning: a.md: symbolic link to \"b.md\" "
                                       "goes round in a circle\n"));
        EXPECT_THAT(run.err, HasSubstr("docathon-lint: warning: b.md: symbolic link to \"a.md\" "
                                       "goes round in a circle\n"));
        EXPECT_THAT(run.err,
                    HasSubstr("docathon-lint: warning: docs/up: symbolic link to \"..\" points at "
                              "a folder that it lies in, so it is not followed\n"));
    }
}

TEST(Symlinks, DoNotLeaveTheRepository) {
    const Sandbox box;
    box.write("outside/secret.md", "[s](leak.md)\n");
    box.write("repo/.docathon-lint.yaml", "version: 1\n");
    box.write("repo/ok.md", kDeadLink);
    box.link("../outside/secret.md", "repo/out.md");
    box.link("../outside", "repo/dir");
    box.link("/etc", "repo/etc");
    const Outcome run = box.lint({}, {.folder = "repo"});
    EXPECT_EQ(run.code, 1);
    EXPECT_THAT(reported(run), ElementsAre("ok.md"));
    EXPECT_THAT(run.out + run.err, Not(HasSubstr("leak")));
    for (const char* line :
         {"out.md: symbolic link to \"../outside/secret.md\" leaves the repository",
          "dir: symbolic link to \"../outside\" leaves the repository",
          "etc: symbolic link to \"/etc\" leaves the repository"}) {
        EXPECT_THAT(run.err, HasSubstr(std::string("docathon-lint: warning: ") + line));
    }
    const Outcome dump = box.lint({"dump", "model", "out.md"}, {.folder = "repo"});
    EXPECT_EQ(dump.code, 2);
    EXPECT_THAT(dump.out + dump.err, Not(HasSubstr("leak")));
}

TEST(Includes, DoNotLeaveTheRepository) {
    const Sandbox box;
    box.write("secret.md", "# Secret\n\n(key)=\n");
    box.write("repo/.docathon-lint.yaml", "version: 1\n");
    box.write("repo/conf.py", "extensions = ['myst_parser']\n");
    box.write(
        "repo/index.md",
        "# Index\n\n```{include} ../secret.md\n```\n\n```{literalinclude} /../secret.md\n```\n\n"
        "[a](../secret.md#key) ![b](../../../../../etc/passwd) [c](gone.md)\n");
    const Outcome run = box.lint({}, {.folder = "repo"});
    EXPECT_EQ(run.code, 1);
    // Nothing is read there, so nothing is known but that it is no file of the repository.
    EXPECT_THAT(run.out, HasSubstr("index.md:3:14: error: "));
    EXPECT_THAT(run.out, HasSubstr("'gone.md'"));
    EXPECT_THAT(run.out, Not(HasSubstr("Secret")));
}

}  // namespace
}  // namespace docathon::testing

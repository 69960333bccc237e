// Pages that cannot be read, or not wholly: each gets one clear message, and all other pages, and
// what is left of the same page, are linted all the same.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kOther = "ok.md:1:9: error: no file 'gone.md' [links/missing-target]";

/// A tree of ok.md, which has a finding, and a.md.
Outcome lint_page(std::string_view bytes, const std::string& path = "a.md") {
    const Sandbox box;
    box.write("ok.md", kDeadLink);
    box.write(path, bytes);
    const Outcome run = box.lint({});
    EXPECT_EQ(run.signal, 0);
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_THAT(lines_of(run.out), Contains(kOther));
    EXPECT_LE(run.cpu, limit(1));
    return run;
}

TEST(BadFiles, EmptyOrOnlyAMark) {
    for (const std::string_view bytes :
         {"", "\xef\xbb\xbf", "\n", "\r", "\r\n", " ", "\xef\xbb\xbf\r\n"}) {
        const Outcome run = lint_page(bytes);
        EXPECT_EQ(run.out, kOther + "\n");
        EXPECT_THAT(run.err, HasSubstr("in 1 of 2 files"));
    }
}

TEST(BadFiles, ByteOrderMarkTakesNoColumn) {
    const Outcome run = lint_page("\xef\xbb\xbf[x](gone.md)\n");
    EXPECT_THAT(lines_of(run.out),
                Contains("a.md:1:5: error: no file 'gone.md' [links/missing-target]"));
    // And it does not hide what stands in the first column.
    EXPECT_THAT(lint_page("\xef\xbb\xbf# Title\n\n[t](#title)\n").out, Not(HasSubstr("a.md")));
    EXPECT_THAT(lint_page("\xef\xbb\xbf---\ntitle: [\n---\n").out,
                HasSubstr("[markup/invalid-front-matter]"));
}

TEST(BadFiles, EveryKindOfLineEnd) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const Outcome run =
            lint_page("# T" + end + end + "[t](#t) [u](#u)" + end + end + "[x](gone.md)" + end);
        EXPECT_THAT(run.out, HasSubstr("a.md:3:13: error: no anchor 'u' in this page"));
        EXPECT_THAT(run.out, HasSubstr("a.md:5:5: error: no file 'gone.md'"));
    }
}

TEST(BadFiles, NulBytesAreOneFinding) {
    const Outcome run = lint_page(std::string("One \0 two \0.\n\n[x](gone.md)\n", 27));
    EXPECT_EQ(count_of(run.out, "[input/nul-byte]"), 1U);
    EXPECT_THAT(run.out, HasSubstr("a.md:1:5: warning: 2 NUL bytes in a text file; the rest was "
                                   "read [input/nul-byte]\n"));
    EXPECT_THAT(run.out, HasSubstr("a.md:3:5: error: no file 'gone.md'"));
}

TEST(BadFiles, InvalidUtf8IsOneFinding) {
    const Outcome run = lint_page(
        "Gr\xfc\xdf"
        "e \xc3\n\n[x](gone.md)\n");
    EXPECT_EQ(count_of(run.out, "[input/invalid-utf8]"), 1U);
    EXPECT_THAT(run.out, HasSubstr("a.md:1:3: warning: 3 bytes that are not valid UTF-8; the rest "
                                   "was read [input/invalid-utf8]\n"));
    EXPECT_THAT(run.out, HasSubstr("a.md:3:5: error: no file 'gone.md'"));
    // UTF-16 is nothing but such bytes; it must not be read as a page of findings.
    const std::string wide("\xff\xfe[\0x\0]\0(\0y\0)\0\n\0", 14);
    EXPECT_LE(lines_of(lint_page(wide).out).size(), 3U);
}

TEST(BadFiles, FrontMatterThatIsNoYaml) {
    const Outcome run = lint_page("---\ntitle: A: B\n---\n\n[x](gone.md)\n");
    EXPECT_THAT(run.out, HasSubstr("a.md:2:"));
    EXPECT_THAT(run.out, HasSubstr("[markup/invalid-front-matter]"));
    EXPECT_THAT(run.out, HasSubstr("a.md:5:5: error: no file 'gone.md'"));
    for (const std::string& text : {"---\n" + std::string(100'000, '[') + "\n---\n",
                                    "---\n" + repeated("- ", 50'000) + "\n---\n",
                                    "---\n" + repeated("a: &a [*a]\n", 2'000) + "---\n",
                                    std::string("---\n\x01\x02\n---\n"), std::string("---\n")}) {
        lint_page(text);
    }
}

TEST(BadFiles, UnreadableFile) {
    // Root reads everything, so the program becomes somebody else.
    const Sandbox box;
    box.write("ok.md", kDeadLink);
    box.write("locked.md", kDeadLink);
    box.write("dir/inside.md", kDeadLink);
    ASSERT_EQ(::chmod(box.path("locked.md").c_str(), 0), 0);
    ASSERT_EQ(::chmod(box.path("dir").c_str(), 0), 0);
    RunOptions options;
    if (::geteuid() == 0) {
        options.user = 65534;
        const Outcome able = box.run({DOCATHON_BINARY, "--version"}, options);
        if (able.code != 0) {
            GTEST_SKIP() << "the program cannot be run by another user here";
        }
    }
    const Outcome run = box.lint({}, options);
    ::chmod(box.path("dir").c_str(), 0755);
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_THAT(lines_of(run.out), Contains(kOther));
    EXPECT_THAT(run.out, HasSubstr("locked.md:1:1: warning: cannot be opened: Permission denied "
                                   "[input/unreadable]\n"));
    EXPECT_THAT(run.err, HasSubstr("docathon-lint: warning: dir: cannot be listed: Permission "
                                   "denied\n"));
}

TEST(BadFiles, FoldersFifosAndDeadLinksNamedLikePages) {
    const Sandbox box;
    box.write("ok.md", kDeadLink);
    box.folder("folder.md");
    box.link("nowhere", "dead.md");
    ASSERT_EQ(box.run({"mkfifo", "fifo.md"}).code, 0);
    for (const bool git : {false, true}) {
        if (git) {
            box.commit();
        }
        const Outcome run = box.lint({});
        EXPECT_EQ(run.code, 1);
        EXPECT_EQ(run.out, kOther + "\n");
        EXPECT_THAT(run.err, HasSubstr("docathon-lint: warning: dead.md: symbolic link to "
                                       "\"nowhere\" points at nothing\n"));
    }
}

TEST(BadFiles, NameThatIsNoUtf8) {
    const Sandbox box;
    box.write("caf\xe9.md", kDeadLink);
    box.write("a.md", "[c](caf%E9.md) [d](caf%E8.md)\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 1);
    EXPECT_THAT(run.out, HasSubstr("caf\\xe9.md:1:9: error: "));
    EXPECT_THAT(run.out, HasSubstr("a.md:1:20: error: "));
    EXPECT_THAT(run.out, Not(HasSubstr("a.md:1:5:")));
    // In URIs it is exact.
    EXPECT_THAT(box.lint({"--format", "sarif"}).out, HasSubstr("\"caf%E9.md\""));
}

TEST(BadFiles, LongNamesAndDeepFolders) {
    const Sandbox box;
    const std::string name(250, 'n');
    box.write("ok.md", kDeadLink);
    box.write(name + ".md", kDeadLink);
    box.write(repeated("d/", 300) + "deep.md", kDeadLink);
    box.write("long.md", "[x](" + std::string(100'000, 'x') + ".md) [y](" + repeated("../", 5000) +
                             "y.md) [z](" + repeated("z/", 50'000) + ")\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 1);
    EXPECT_THAT(lines_of(run.out), Contains(kOther));
    EXPECT_THAT(run.out, HasSubstr(repeated("d/", 300) + "deep.md:1:9: "));
    EXPECT_THAT(run.out, HasSubstr(name + ".md:1:9: "));
    EXPECT_LE(run.cpu, limit(1));
}

TEST(BadFiles, ManyProblemsOfOneKindAreNotAFlood) {
    std::string text;
    for (int i = 0; i < 10'000; ++i) {
        text += "\xff ";
    }
    EXPECT_EQ(lines_of(lint_page(text + "\n").out).size(), 2U);
}

}  // namespace
}  // namespace docathon::testing

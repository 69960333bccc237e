// The cache: a second run says the same and parses nothing again; nothing that is wrong with the
// cache is an error.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

constexpr int kPages = 40;

std::string page(int number) {
    return "docs/p" + std::to_string(number) + ".md";
}

std::string text(int number, int links) {
    std::string bytes = "# Page " + std::to_string(number) + "\n\n";
    for (int i = 0; i < links; ++i)
        bytes += "See [x](gone" + std::to_string(i) + ".md) and [y](p" +
                 std::to_string((number + i) % kPages) + ".md#page-" +
                 std::to_string((number + 2 * i) % kPages) + ").\n";
    return bytes;
}

class Cache : public ::testing::Test {
  protected:
    void SetUp() override {
        for (int i = 0; i < kPages; ++i)
            box_.write("project/" + page(i), text(i, i % 4));
        box_.write("project/src/m.py",
                   "\"\"\"Module.\"\"\"\n__all__ = ['f']\n\n\ndef f(a):\n    return a\n");
        box_.write("project/docs/r.rst", "Title\n==\n\nSee `x <gone.rst>`__.\n");
    }
    [[nodiscard]] Outcome lint(std::vector<std::string> arguments = {}) const {
        arguments.insert(arguments.begin(), {"check", "--stats"});
        return box_.lint(arguments, options_);
    }
    /// What a run prints about the pages, without times.
    [[nodiscard]] std::string findings(std::vector<std::string> arguments = {}) const {
        arguments.insert(arguments.end(), {"--format", "sarif", "--preset", "strict"});
        return box_.lint(arguments, options_).out;
    }
    [[nodiscard]] std::vector<std::string> cache_files(const std::string& suffix = "") const {
        std::vector<std::string> names =
            box_.exists("cache") ? box_.names("cache") : std::vector<std::string>();
        std::erase_if(names, [&](const std::string& name) { return !name.ends_with(suffix); });
        return names;
    }
    /// The run took the result of an earlier one: it neither parsed nor checked.
    static bool took_result(const Outcome& run) {
        return run.err.find("\ncache  ") < run.err.size();
    }
    static int unchanged(const Outcome& run) {
        const std::size_t at = run.err.find("not parsed again: ");
        return at == std::string::npos ? 0 : std::stoi(run.err.substr(at + 18));
    }
    /// Runs git in the project, as somebody.
    void git(const std::vector<std::string>& arguments) const {
        std::vector<std::string> command = {"git",         "-C", box_.path("project"), "-c",
                                            "user.name=a", "-c", "user.email=a@b"};
        command.insert(command.end(), arguments.begin(), arguments.end());
        ASSERT_EQ(box_.run(command).code, 0);
    }
    /// Files that were written a moment ago are read again; these were not.
    void make_old() const {
        ASSERT_EQ(box_.run({"find", "project", "-type", "f", "-exec", "touch", "-d", "2020-01-01",
                            "{}", "+"})
                      .code,
                  0);
        // The time of the last change of a file's attributes cannot be set.
        std::this_thread::sleep_for(std::chrono::milliseconds(2100));
    }

    Sandbox box_;
    RunOptions options_{.folder = "project",
                        .environment = {{"DOCATHON_LINT_CACHE_DIR", box_.path("cache")}}};
};

TEST_F(Cache, ASecondRunSaysTheSameAndParsesNothing) {
    make_old();
    const Outcome first = lint();
    EXPECT_EQ(unchanged(first), 0);
    ASSERT_EQ(cache_files(".pages").size(), 1u);
    const Outcome second = lint();
    EXPECT_EQ(unchanged(second), kPages + 2);
    EXPECT_EQ(second.out, first.out);
    EXPECT_EQ(second.code, first.code);
    EXPECT_NE(first.out, "");
    const std::string sarif = findings({"--no-cache"});
    EXPECT_EQ(findings(), sarif);
    EXPECT_EQ(findings(), sarif);
}

TEST_F(Cache, FilesThatWereJustWrittenAreComparedByTheirBytes) {
    const Outcome first = lint();
    const Outcome second = lint();
    EXPECT_EQ(unchanged(second), kPages + 2);
    EXPECT_TRUE(took_result(second));
    EXPECT_EQ(second.out, first.out);
    // The same size, within the tick of any clock.
    box_.write("project/docs/p1.md", text(1, 1).replace(0, 8, "# Pagf 1"));
    const Outcome third = lint();
    EXPECT_EQ(unchanged(third), kPages + 1);
    EXPECT_TRUE(third.out_has("'page-1'"));  // the heading that others name is gone
}

TEST_F(Cache, ChangedPagesAreParsedAgain) {
    make_old();
    (void)lint();
    box_.write("project/docs/p0.md", "# Page 0\n\n[new](nowhere.md)\n");
    box_.remove("project/docs/p5.md");
    const Outcome run = lint();
    EXPECT_EQ(unchanged(run), kPages);
    EXPECT_TRUE(run.out_has("nowhere.md"));
    EXPECT_EQ(run.out, lint({"--no-cache"}).out);
}

TEST_F(Cache, OtherRulesAndSettingsAreOtherPages) {
    make_old();
    (void)lint();
    EXPECT_EQ(findings(), findings({"--no-cache"}));  // another preset
    box_.write("project/.docathon-lint.yaml", "version: 1\nrules:\n  links/missing-target: off\n");
    const Outcome off = lint();
    EXPECT_EQ(off.code, 1) << off.err;
    EXPECT_FALSE(off.out_has("gone0.md"));
    EXPECT_EQ(off.out, lint({"--no-cache"}).out);
    box_.write("project/.docathon-lint.yaml",
               "version: 1\noverrides:\n  - files: ['**/*.md']\n    flavor: myst\n");
    EXPECT_EQ(lint().out, lint({"--no-cache"}).out);
    box_.write("project/.docathon-lint.yaml",
               "version: 1\nrule-paths: [rules]\nrules:\n  local/word: warning\n");
    const auto rule = [](const std::string& word) {
        return "id: local/word\nsummary: A word.\ncheck: pattern\nformats: [markdown]\n"
               "severity: warning\nrationale: It is ours.\non: paragraph, heading\n"
               "patterns: ['" +
               word + "']\nmessage: a word\nexamples:\n  - name: it\n    files:\n      a.md: '" +
               word + "'\n    expect:\n      - {file: a.md, text: " + word + "}\n";
    };
    box_.write("project/rules/word.yaml", rule("Page"));
    const Outcome with = lint();
    EXPECT_TRUE(with.out_has("a word")) << with.err;
    EXPECT_EQ(with.out, lint({"--no-cache"}).out) << with.err;
    box_.write("project/rules/word.yaml", rule("See"));
    EXPECT_EQ(lint().out, lint({"--no-cache"}).out);
}

TEST_F(Cache, DamageIsMendedAndNeverAnError) {
    make_old();
    const std::string expected = lint().out;
    std::mt19937 random(7);
    for (const char* suffix : {".pages", ".result"}) {
        const std::string file = "cache/" + cache_files(suffix).at(0);
        const std::string whole = box_.read(file);
        std::vector<std::string> damaged = {"", "x", whole.substr(0, whole.size() / 2),
                                            std::string(whole.size(), '\0')};
        for (int i = 0; i < 40; ++i) {
            damaged.push_back(whole);
            damaged.back()[random() % whole.size()] ^= 0x40;
        }
        for (const std::string& bytes : damaged) {
            // With the pages alone, else the result answers before they are opened.
            if (std::string_view(suffix) == ".pages")
                for (const std::string& result : cache_files(".result"))
                    std::filesystem::remove(box_.path("cache/" + result));
            box_.write(file, bytes);
            const Outcome run = lint();
            EXPECT_EQ(run.out, expected);
            EXPECT_EQ(run.code, 1);
        }
        box_.write(file, damaged[1]);
        (void)lint();
        const Outcome again = lint();
        EXPECT_EQ(unchanged(again), kPages + 2);  // it was written again
        EXPECT_TRUE(took_result(again));
    }
}

TEST_F(Cache, WhereNothingCanBeWrittenNothingIsKept) {
    const std::string expected = lint({"--no-cache"}).out;
    EXPECT_TRUE(cache_files().empty());
    box_.write("file", "");
    options_.environment["DOCATHON_LINT_CACHE_DIR"] = box_.path("file") + "/below";
    const Outcome run = lint();
    EXPECT_EQ(run.out, expected);
    EXPECT_EQ(run.code, 1);
    EXPECT_FALSE(run.err_has("cache"));
    options_.environment = {{"DOCATHON_LINT_CACHE_DIR", std::nullopt},
                            {"XDG_CACHE_HOME", std::nullopt},
                            {"HOME", std::nullopt}};
    EXPECT_EQ(lint().out, expected);
}

TEST_F(Cache, SeveralProcessesMayWriteOne) {
    make_old();
    const std::string expected = lint({"--no-cache"}).out;
    std::vector<Outcome> outcomes(6);
    std::vector<std::thread> threads;
    for (Outcome& outcome : outcomes)
        threads.emplace_back([this, &outcome] { outcome = lint(); });
    for (std::thread& thread : threads)
        thread.join();
    for (const Outcome& outcome : outcomes)
        EXPECT_EQ(outcome.out, expected);
    EXPECT_EQ(cache_files().size(), 2u);  // pages and result, nothing half written
    EXPECT_EQ(unchanged(lint()), kPages + 2);
}

TEST_F(Cache, DirAndClear) {
    const Outcome where = box_.lint({"cache", "dir"}, options_);
    EXPECT_EQ(where.out, box_.path("cache") + "\n");
    EXPECT_EQ(where.code, 0);
    (void)lint();
    box_.write("cache/mine.txt", "not ours");
    const Outcome clear = box_.lint({"cache", "clear"}, options_);
    EXPECT_TRUE(clear.err_has("2 files removed"));
    EXPECT_EQ(cache_files(), std::vector<std::string>{"mine.txt"});
    EXPECT_EQ(box_.lint({"cache"}, options_).code, 2);
    EXPECT_EQ(box_.lint({"cache", "burn"}, options_).code, 2);
}

TEST_F(Cache, ARunLikeAnEarlierOneTakesItsResult) {
    make_old();
    const Outcome first = lint();
    EXPECT_FALSE(took_result(first));
    const Outcome second = lint();
    EXPECT_TRUE(took_result(second));
    EXPECT_EQ(second.out, first.out);
    EXPECT_EQ(second.err.substr(0, 4), first.err.substr(0, 4));
    // The counts of rules that are only summed up, and what was not decided, are part of it.
    EXPECT_TRUE(first.err_has("api/missing-docstring: 1 of 1 public objects")) << first.err;
    EXPECT_TRUE(second.err_has("api/missing-docstring: 1 of 1 public objects")) << second.err;
    EXPECT_TRUE(took_result(lint({"--jobs", "3"})));
    EXPECT_FALSE(took_result(lint({"--no-cache"})));
    // Each selection has a result of its own.
    const Outcome one = lint({"docs/p1.md"});
    EXPECT_FALSE(took_result(one));
    const Outcome again = lint({"docs/p1.md"});
    EXPECT_TRUE(took_result(again));
    EXPECT_EQ(again.out, one.out);
    EXPECT_NE(again.out, first.out);
    EXPECT_TRUE(took_result(lint()));
    // A page that was edited: once anew, then from the cache, though its pages were not written.
    box_.write("project/docs/p0.md", "# Page 0\n\n[new](nowhere.md)\n");
    EXPECT_FALSE(took_result(lint()));
    const Outcome edited = lint();
    EXPECT_TRUE(took_result(edited));
    EXPECT_EQ(edited.out, lint({"--no-cache"}).out);
    EXPECT_TRUE(edited.out_has("nowhere.md"));
}

// Each step changes something that is no page, and with it what must be said.
TEST_F(Cache, AResultHoldsOnlyWhileAllThatItDependsOnIsThere) {
    box_.write("project/docs/conf.py", "extensions = ['myst_parser']\n");
    box_.write("project/docs/index.rst",
               "Index\n=====\n\n.. literalinclude:: ../code/a.c\n   :lines: 3-9\n\n"
               ".. toctree::\n   :glob:\n\n   *\n");
    box_.write("project/docs/more.md", "# More\n\n[later](../data/later.csv) [x](../made/x.txt)\n");
    box_.write("project/code/a.c", "1\n2\n");
    make_old();
    std::string before;
    const auto expect_other = [&](const std::string& what) {
        const std::string after = findings({"--no-cache"});
        EXPECT_NE(after, before) << what;
        EXPECT_EQ(findings(), after) << what;
        EXPECT_EQ(findings(), after) << what << ", kept";
        before = after;
    };
    expect_other("first");
    box_.write("project/code/a.c", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    expect_other("a file that a page includes");
    box_.write("project/data/later.csv", "1\n");
    expect_other("a file that a page links to");
    box_.write("project/.gitignore", "made/\n");
    expect_other("what git ignores");
    box_.write("project/docs/conf.py",
               "extensions = ['myst_parser']\nexclude_patterns = ['p1*.md']\n");
    expect_other("a setting of Sphinx");
    box_.write("project/.docathon-lint.yaml", "version: 1\nrules:\n  links/missing-target: note\n");
    expect_other("a severity");
    const Outcome baseline = box_.lint({"baseline", "create"}, options_);
    ASSERT_TRUE(box_.exists("project/.docathon-lint/baseline.json")) << baseline.err;
    expect_other("a baseline");
    box_.remove("project/docs/p7.md");
    expect_other("a page less");
}

TEST_F(Cache, TheBaseOfAChangeIsKeptByItsObjects) {
    git({"init", "-q", "-b", "main"});
    git({"add", "."});
    git({"commit", "-qm", "one"});
    box_.write("project/docs/p3.md", text(3, 3) + "[new](nowhere.md)\n");
    const Outcome first = lint({"--since", "HEAD"});
    EXPECT_TRUE(first.out_has("nowhere.md")) << first.err;
    EXPECT_EQ(count_of(first.out, "gone0.md"), 0u);
    EXPECT_EQ(cache_files(".pages").size(), 2u);  // of the folder, and of the objects
    const Outcome second = lint({"--since", "HEAD"});
    EXPECT_EQ(second.out, first.out);
    git({"add", "."});
    const Outcome staged = lint({"--staged", "--since", "HEAD"});
    EXPECT_EQ(staged.out, first.out);
    EXPECT_EQ(unchanged(staged), kPages + 1);  // all objects but the new one
}

TEST_F(Cache, TheBaseOfAChangeTakesItsResult) {
    box_.write("project/docs/link.md", "# Link\n\n[x](p3.md#page-3)\n");
    git({"init", "-q", "-b", "main"});
    git({"add", "."});
    git({"commit", "-qm", "one"});
    const auto since = [&](bool cached) {
        std::vector<std::string> arguments = {"--staged", "--since", "HEAD", "--preset", "strict"};
        if (!cached)
            arguments.push_back("--no-cache");
        return lint(arguments).out;
    };
    const auto written = [&] {
        const std::vector<std::string> names = cache_files(".result");
        EXPECT_EQ(names.size(), 1u);
        struct stat file {};  // another one is another file; its time says when it was last used
        EXPECT_EQ(::stat(box_.path("cache/" + names.at(0)).c_str(), &file), 0);
        return file.st_ino;
    };
    box_.write("project/docs/p3.md", "# Another page\n\n[new](nowhere.md)\n");
    git({"add", "."});
    const std::string first = since(true);
    EXPECT_EQ(first, since(false));
    EXPECT_NE(first.find("this change renamed the heading 'Page 3'"), std::string::npos) << first;
    // The base is the same, whatever is staged: its result is there already.
    const auto before = written();
    EXPECT_EQ(since(true), first);
    box_.write("project/docs/p4.md", text(4, 1) + "[newer](nowhere-else.md)\n");
    git({"add", "."});
    const std::string second = since(true);
    EXPECT_NE(second.find("nowhere-else.md"), std::string::npos);
    EXPECT_EQ(second, since(false));
    EXPECT_EQ(written(), before);
    // Another commit is another base.
    git({"commit", "-qm", "two"});
    EXPECT_EQ(since(true), since(false));
    EXPECT_NE(written(), before);
    box_.write("project/docs/p5.md", "# Yet another\n");
    git({"add", "."});
    EXPECT_EQ(since(true), since(false));
}

TEST_F(Cache, AResultHoldsOnlyForTheHistoryThatItWasMadeOf) {
    box_.write("project/docs/run.md", "# Run\n\n```sh\npython tools/go.py\n```\n");
    box_.write("project/tools/x.py", "1\n");
    make_old();
    git({"init", "-q", "-b", "main"});
    git({"add", "."});
    git({"commit", "-qm", "one"});
    const std::vector<std::string> rule = {"--select", "examples/missing-file"};
    EXPECT_FALSE(took_result(lint(rule)));
    const Outcome before = lint(rule);
    EXPECT_TRUE(took_result(before));
    EXPECT_FALSE(before.out_has("go.py")) << "nothing shows that it is of this repository";
    EXPECT_EQ(cache_files(".history").size(), 1u);
    // The folder is as it was, but for a commit that removed the script.
    box_.write("project/tools/go.py", "1\n");
    git({"add", "."});
    git({"commit", "-qm", "two"});
    box_.remove("project/tools/go.py");
    git({"add", "."});
    git({"commit", "-qm", "three"});
    const Outcome after = lint(rule);
    EXPECT_FALSE(took_result(after));
    EXPECT_TRUE(after.out_has("go.py")) << after.err;
    EXPECT_TRUE(took_result(lint(rule)));
}

// Random edits: with a cache and without, with 1, 2 and 8 threads, the same bytes. 500 rounds are
// in tests/acceptance/cache.py.
TEST_F(Cache, RandomEditsGiveTheSameBytesAsNoCache) {
    std::mt19937 random(1);
    for (int round = 0; round < 12; ++round) {
        for (std::uint32_t edits = random() % 6; edits > 0; --edits) {
            const int number = static_cast<int>(random() % kPages);
            if (random() % 5 == 0)
                box_.remove("project/" + page(number));
            else
                box_.write("project/" + page(number), text(number, static_cast<int>(random() % 5)));
        }
        const std::string expected = findings({"--no-cache", "--jobs", "1"});
        for (const char* jobs : {"1", "2", "8"}) {
            options_.environment["DOCATHON_LINT_CACHE_DIR"] = box_.path("cache") + jobs;
            for (int again = 0; again < 2; ++again)
                ASSERT_EQ(findings({"--jobs", jobs}), expected) << "round " << round;
        }
    }
}

}  // namespace
}  // namespace docathon::testing

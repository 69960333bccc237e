// What can go wrong between the program and the world: files and pipes that cannot be written,
// signals, terminals.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Streams, OutputThatCannotBeWritten) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    box.folder("folder");
    struct Case {
        const char* output;
        const char* message;
    };
    for (const Case& one :
         {Case{"sarif=gone/x.sarif", "gone/x.sarif: cannot be written: its folder does not exist"},
          Case{"sarif=folder", "folder: is a folder, not a file to write to"},
          Case{"sarif=a.md/x", "a.md/x: "},
          Case{"sarif=/dev/full", "/dev/full: cannot be written"}}) {
        const Outcome run = box.lint({"--output", one.output});
        EXPECT_EQ(run.code, 2) << one.output;
        EXPECT_THAT(run.err, HasSubstr(std::string("docathon-lint: error: ") + one.message));
    }
    // The other reports of the run are whole or absent, and nothing is left behind.
    const Outcome run = box.lint({"--output", "json=good.json", "--output", "sarif=gone/x.sarif"});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(box.names(), ElementsAre("a.md", "folder", "good.json"));
}

TEST(Streams, OutputReplacesAFileAsAWhole) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    box.write("x.json", std::string(100'000, 'x'));
    box.link("x.json", "link.json");
    EXPECT_EQ(box.lint({"--output", "json=link.json"}).code, 1);
    EXPECT_EQ(box.read("x.json"), box.lint({"--format", "json"}).out);
    EXPECT_TRUE(std::filesystem::is_symlink(box.path("link.json")));
}

TEST(Streams, FullDiskOnStandardOutput) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    for (const char* format : {"text", "json", "sarif"}) {
        const Outcome run = box.lint({"--format", format}, {.stdout_to = "/dev/full"});
        EXPECT_EQ(run.code, 2) << format;
        EXPECT_THAT(run.err,
                    HasSubstr("docathon-lint: error: standard output could not be written"));
    }
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{"rules"},
                                               {"--version"},
                                               {"--help"},
                                               {"check", "--help"},
                                               {"config", "schema"},
                                               {"config", "show"},
                                               {"explain", "links/missing-target"},
                                               {"dump", "model", "a.md"}}) {
        EXPECT_EQ(box.lint(command, {.stdout_to = "/dev/full"}).code, 2) << command.front();
    }
}

TEST(Streams, ReaderThatWentAway) {
    // As in `docathon-lint | head -1`: no message, no signal, the exit code of the findings.
    const Sandbox box;
    box.write("a.md", repeated(kDeadLink, 5000));
    for (const char* format : {"text", "full", "json", "jsonl", "sarif", "github", "markdown"}) {
        const Outcome run = box.lint({"--format", format, "--quiet"}, {.stdout_closed = true});
        EXPECT_EQ(run.signal, 0) << format;
        EXPECT_EQ(run.code, 1) << format;
        EXPECT_THAT(run.err, IsEmpty()) << format;
    }
    // Files are written all the same.
    const Outcome run = box.lint({"--output", "json=x.json"}, {.stdout_closed = true});
    EXPECT_EQ(run.code, 1);
    EXPECT_EQ(box.read("x.json"), box.lint({"--format", "json"}).out);
    EXPECT_EQ(box.lint({"rules"}, {.stdout_closed = true}).signal, 0);
}

/// A tree whose check takes long enough to be interrupted, without filling the disk.
void write_long_work(const Sandbox& box) {
    box.write("0.md", repeated("*a* **b** `c` [d](0.md) <e> &amp; ", 6'000));
    for (int i = 1; i < 60; ++i) {
        std::filesystem::create_hard_link(box.path("0.md"), box.path(std::to_string(i) + ".md"));
    }
}

/// Waits until a process has worked for some time, which its start does not take.
void wait_for_work(int process) {
    const double seconds = slowness() > 6 ? 0.6 : 0.08;
    const std::string path = "/proc/" + std::to_string(process) + "/stat";
    for (double used = 0; used < seconds;) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        std::ifstream stat(path);
        std::string field;
        // proc(5): utime and stime are the fields 14 and 15, in ticks; the name has no spaces here.
        for (int number = 1; number <= 15 && stat >> field; ++number) {
            if (number == 14)
                used = std::stod(field);
            if (number == 15)
                used = (used + std::stod(field)) / static_cast<double>(::sysconf(_SC_CLK_TCK));
        }
        if (field.empty())
            return;  // it has ended
    }
}

TEST(Signals, InterruptWritesNothing) {
    for (const int number : {SIGINT, SIGTERM}) {
        const Sandbox box;
        write_long_work(box);
        box.folder("out");
        box.write("out/old.sarif", "old");
        RunOptions options;
        std::thread killer;
        std::chrono::steady_clock::time_point sent;
        options.started = [&](int child) {
            killer = std::thread([&, child] {
                wait_for_work(child);
                sent = std::chrono::steady_clock::now();
                ::kill(child, number);
            });
        };
        const Outcome run = box.lint(
            {"--jobs", "1", "--output", "sarif=out/new.sarif", "--output", "sarif=out/old.sarif"},
            options);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - sent;
        killer.join();
        EXPECT_EQ(run.signal, 0);
        EXPECT_EQ(run.code, 130);
        EXPECT_THAT(run.out, IsEmpty());
        EXPECT_EQ(run.err, "docathon-lint: interrupted; nothing was written\n");
        EXPECT_LE(took.count(), std::max(20.0, limit(1)));  // on a busy machine
        EXPECT_THAT(box.names("out"), ElementsAre("old.sarif"));
        EXPECT_EQ(box.read("out/old.sarif"), "old");
    }
}

TEST(Signals, WhileItWaitsForStandardInput) {
    const Sandbox box;
    RunOptions options{.input_stays_open = true};
    std::thread killer;
    options.started = [&](int child) {
        killer = std::thread([child] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            ::kill(child, SIGINT);
        });
    };
    const Outcome run = box.lint({"--files-from", "-", "--output", "json=x.json"}, options);
    killer.join();
    EXPECT_TRUE(run.signal == SIGINT || run.code == 130) << run.code;
    EXPECT_FALSE(box.exists("x.json"));
}

TEST(Streams, GithubFormatAppendsToTheStepSummary) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    box.write("summary", "# From before");
    const RunOptions github{.environment = {{"GITHUB_STEP_SUMMARY", "summary"}}};
    const Outcome run = box.lint({"--format", "github", "--max-results", "1"}, github);
    EXPECT_EQ(run.code, 1);
    EXPECT_THAT(run.out, HasSubstr("::error file=a.md,line=1"));
    EXPECT_THAT(box.read("summary"),
                HasSubstr("# From before\n## docathon-lint: 1 finding (1 error) in 1 of 1 file\n"));
    EXPECT_THAT(box.read("summary"), HasSubstr("| `a.md:1:9` | error | no file 'gone.md'"));
    // Other formats leave it alone; one that cannot be written is no reason to fail.
    box.write("summary", "old");
    EXPECT_EQ(box.lint({"--format", "text", "--output", "json=x.json"}, github).code, 1);
    EXPECT_EQ(box.read("summary"), "old");
    EXPECT_EQ(box.lint({"--output", "github=annotations"}, github).code, 1);
    EXPECT_THAT(box.read("summary"), HasSubstr("old\n## docathon-lint: "));
    const Outcome away = box.lint({"--format", "github"},
                                  {.environment = {{"GITHUB_STEP_SUMMARY", "gone/summary"}}});
    EXPECT_EQ(away.code, 1);
    EXPECT_THAT(away.err, HasSubstr("warning: gone/summary: the step summary was not written: "));
}

TEST(Terminal, ProgressOnlyThereAndOnlyForLongRuns) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    EXPECT_THAT(box.lint({}, {.terminal = true}).out, Not(HasSubstr(" pages")));
    const Sandbox slow;
    write_long_work(slow);
    const Outcome shown = slow.lint({"--jobs", "1"}, {.terminal = true});
    EXPECT_THAT(shown.out, HasSubstr(" of 60 pages"));
    EXPECT_THAT(shown.out, HasSubstr("\r\x1b[K"));
    EXPECT_THAT(slow.lint({"--jobs", "1"}).err, Not(HasSubstr(" pages")));
    EXPECT_THAT(slow.lint({"--jobs", "1", "--quiet"}, {.terminal = true}).out,
                Not(HasSubstr(" pages")));
}

}  // namespace
}  // namespace docathon::testing

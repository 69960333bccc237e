// The command check: formats, outputs, which rules run, exit codes, what goes to which stream.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// One error, one warning, one note.
void write_three(const Sandbox& box) {
    box.write("a.md", kDeadLink);
    box.write("b.md", "Call `nn.Module and wait.\n");
    box.write("c.md", "<!-- docathon-lint: ignore[links/missing-target] x -->\n\nText.\n");
}

TEST(Check, OneLineAFinding) {
    const Sandbox box;
    write_three(box);
    const std::string error = "a.md:1:9: error: no file 'gone.md' [links/missing-target]\n";
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{}, {"check"}, {"."}, {"check", "."}}) {
        const Outcome run = box.lint(command);
        EXPECT_EQ(run.code, 1);
        EXPECT_THAT(run.out, StartsWith(error));
        EXPECT_THAT(run.out, HasSubstr("b.md:1:6: warning: "));
        EXPECT_THAT(run.out, HasSubstr("c.md:1:28: note: "));
        EXPECT_EQ(lines_of(run.out).size(), 3U) << run.out;
        EXPECT_THAT(run.err, HasSubstr("3 findings (1 error, 1 warning, 1 note) in 3 of 3 files"));
        EXPECT_THAT(run.err, HasSubstr("explain: docathon-lint explain links/missing-target"));
        EXPECT_THAT(run.err, HasSubstr("<!-- docathon-lint: ignore[links/missing-target] why -->"));
    }
}

TEST(Check, CleanTree) {
    const Sandbox box;
    box.write("a.md", "# Fine\n\n[b](b.md#b)\n");
    box.write("b.md", "# B\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 0);
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_THAT(run.err, StartsWith("no findings in 2 files, "));
}

TEST(Check, EveryFormat) {
    const Sandbox box;
    write_three(box);
    struct Case {
        const char* format;
        std::vector<const char*> texts;
    };
    for (const Case& one : std::vector<Case>{
             {"text", {"a.md:1:9: error: no file 'gone.md' [links/missing-target]"}},
             {"full", {"a.md:1:9: error: ", "See [x](gone.md).", "^^^^^^^"}},
             {"json", {"\"rule\":", "\"links/missing-target\"", "\"line\":", "\"column\":"}},
             {"jsonl", {"\"type\":\"finding\"", "\"type\":\"summary\""}},
             {"sarif", {"\"version\":\"2.1.0\"", "\"ruleId\"", "primaryLocationLineHash"}},
             {"github", {"::error file=a.md,line=1,", "::warning file=b.md", "::notice file=c.md"}},
             {"markdown", {"## docathon-lint: 3 findings", "| `a.md:1:9` | error |"}},
         }) {
        const Outcome run = box.lint({"--format", one.format});
        EXPECT_EQ(run.code, 1) << one.format;
        for (const char* text : one.texts) {
            EXPECT_THAT(run.out, HasSubstr(text)) << one.format;
        }
        EXPECT_THAT(run.err, HasSubstr("3 findings")) << one.format;
    }
}

TEST(Check, SeveralOutputsInOneRun) {
    const Sandbox box;
    write_three(box);
    box.folder("out");
    const Outcome run =
        box.lint({"--output", "sarif=out/x.sarif", "--output", "markdown=out/x.md.txt", "--output",
                  "jsonl=out/x.jsonl", "--format", "github"});
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_THAT(run.out, HasSubstr("::error file=a.md"));
    const std::vector<std::string> expected = {"x.jsonl", "x.md.txt", "x.sarif"};
    EXPECT_EQ(box.names("out"), expected);
    EXPECT_EQ(box.read("out/x.sarif"), box.lint({"--format", "sarif"}).out);
    EXPECT_EQ(box.read("out/x.md.txt"), box.lint({"--format", "markdown"}).out);
    EXPECT_EQ(box.read("out/x.jsonl"), box.lint({"--format", "jsonl"}).out);
}

TEST(Check, OutputsHaveNoColour) {
    const Sandbox box;
    write_three(box);
    const Outcome run = box.lint({"--color", "always", "--output", "full=full.txt"});
    EXPECT_THAT(run.out, HasSubstr("\x1b["));
    EXPECT_THAT(box.read("full.txt"), Not(HasSubstr("\x1b[")));
}

TEST(Check, SelectAddsIgnoreRemoves) {
    const Sandbox box;
    box.write("a.md", "[a](https://pytorch.org/docs/stable/nn.html) [b](gone.md) ![c](gone.png)\n");
    const auto found = [&](std::vector<std::string> arguments) {
        const Outcome run = box.lint(std::move(arguments));
        std::string rules;
        for (const char* rule : {"legacy-host", "missing-target", "missing-image"}) {
            if (run.out_has(std::string("[links/") + rule + "]")) {
                rules += std::string(rule) + " ";
            }
        }
        return rules;
    };
    EXPECT_EQ(found({}), "missing-target missing-image ");
    EXPECT_EQ(found({"--select", "links/legacy-host"}),
              "legacy-host missing-target missing-image ");
    EXPECT_EQ(found({"--preset", "pytorch"}), "legacy-host missing-target missing-image ");
    EXPECT_EQ(found({"--preset", "strict,pytorch"}), "legacy-host missing-target missing-image ");
    EXPECT_EQ(found({"--preset", "pytorch", "--ignore", "links/legacy-host,MD057"}), "");
    EXPECT_EQ(found({"--ignore", "links/missing-target"}), "missing-image ");
    EXPECT_EQ(found({"--ignore", "links"}), "");
    EXPECT_EQ(found({"--ignore", "links/*"}), "");
    EXPECT_EQ(found({"--ignore", "core", "--select", "links/missing-image"}), "missing-image ");
    EXPECT_EQ(found({"--ignore", "links/*", "--select", "links/missing-image"}), "missing-image ");
}

TEST(Check, FailOnDecidesTheExitCode) {
    const Sandbox box;
    write_three(box);
    EXPECT_EQ(box.lint({"--fail-on", "never"}).code, 0);
    EXPECT_EQ(box.lint({"--fail-on", "error"}).code, 1);
    EXPECT_EQ(box.lint({"--fail-on", "error", "b.md"}).code, 0);
    EXPECT_EQ(box.lint({"b.md"}).code, 1);
    EXPECT_EQ(box.lint({"c.md"}).code, 0);
    EXPECT_EQ(box.lint({"--fail-on", "note", "c.md"}).code, 1);
    box.write(".docathon-lint.yaml", "version: 1\nfail-on: error\n");
    EXPECT_EQ(box.lint({"b.md"}).code, 0);
    EXPECT_EQ(box.lint({"--fail-on", "warning", "b.md"}).code, 1);
    box.write(".docathon-lint.yaml", "version: 1\nfail-on: never\n");
    EXPECT_EQ(box.lint({}).code, 0);
}

TEST(Check, SilentInputNotesNeverFail) {
    const Sandbox box;
    box.write(".docathon-lint.yaml", "version: 1\nmax-file-size: 10B\n");
    box.write("a.md", "More than ten bytes.\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 0);
    EXPECT_THAT(run.out, HasSubstr("note: "));
}

TEST(Check, ColourOnlyWhereWanted) {
    const Sandbox box;
    write_three(box);
    const RunOptions terminal{.terminal = true};
    EXPECT_THAT(box.lint({}).out, Not(HasSubstr("\x1b[")));
    EXPECT_THAT(box.lint({"--color", "always"}).out, HasSubstr("\x1b[1;31merror:\x1b[0m"));
    EXPECT_THAT(box.lint({}, terminal).out, HasSubstr("\x1b[1;31merror:\x1b[0m"));
    EXPECT_THAT(box.lint({"--color", "never"}, terminal).out, Not(HasSubstr("\x1b[1;31m")));
    RunOptions no_color = terminal;
    no_color.environment["NO_COLOR"] = "1";
    EXPECT_THAT(box.lint({}, no_color).out, Not(HasSubstr("\x1b[1;31m")));
    // A flag is stronger than the environment; an empty NO_COLOR is none (no-color.org).
    EXPECT_THAT(box.lint({"--color", "always"}, no_color).out, HasSubstr("\x1b[1;31m"));
    no_color.environment["NO_COLOR"] = "";
    EXPECT_THAT(box.lint({}, no_color).out, HasSubstr("\x1b[1;31m"));
    // Formats for programs never have any.
    for (const char* format : {"json", "jsonl", "sarif", "github", "markdown"}) {
        EXPECT_THAT(box.lint({"--format", format, "--color", "always"}).out,
                    Not(HasSubstr("\x1b[")));
    }
}

TEST(Check, NothingButFindingsOnStandardOutput) {
    const Sandbox box;
    write_three(box);
    box.link("nowhere.md", "d.md");
    const Outcome plain = box.lint({});
    const Outcome stats = box.lint({"--stats"});
    EXPECT_EQ(plain.out, stats.out);
    EXPECT_THAT(plain.err, HasSubstr("d.md: symbolic link to \"nowhere.md\" points at nothing"));
}

TEST(Check, QuietLeavesOutTheSummaryOnly) {
    const Sandbox box;
    write_three(box);
    const Outcome quiet = box.lint({"--quiet"});
    EXPECT_EQ(quiet.code, 1);
    EXPECT_EQ(quiet.out, box.lint({}).out);
    EXPECT_THAT(quiet.err, IsEmpty());
    EXPECT_EQ(box.lint({"-q"}).err, "");
}

TEST(Check, StatsCountFilesBytesTimesAndUnknowns) {
    const Sandbox box;
    write_three(box);
    box.write("templates/page.md", "[a](made-where-it-is-used.md)\n");
    const Outcome run = box.lint({"--stats"});
    for (const char* text : {"files: ", " MB\n", "parse", "index", "check", "settle", "total",
                             " ms wall, ", " ms cpu\n", "not decided by the rules: "}) {
        EXPECT_THAT(run.err, HasSubstr(text));
    }
    EXPECT_THAT(run.err, Not(HasSubstr("not decided by the rules: 0")));
}

TEST(Check, StatsCountReferencesWhateverRulesAreOn) {
    const Sandbox box;
    box.write("docs/conf.py",
              "extensions = ['myst_parser', 'sphinx.ext.autodoc', 'sphinx.ext.intersphinx']\n"
              "intersphinx_mapping = {'other': ('https://e.org', None)}\n");
    box.write("docs/index.md",
              "# Index\n\n(here)=\n## Here\n\n{ref}`here` {ref}`gone` {doc}`index` {doc}`none` "
              "{func}`pkg.run` {func}`pkg.rum` {func}`other.f` [a](a.png) [b](#here) [c](#no) "
              "<https://e.org/x> {cpp:func}`f` {doc}`other:x` [d](inv:other#y)\n\n"
              "```{autofunction} pkg.run\n```\n\n```{include} part.md\n```\n");
    box.write("docs/part.md", "Part, see {ref}`here`.\n");
    box.write("pkg/__init__.py", "def run():\n    'Runs, see :func:`pkg.walk`.'\n");
    const Outcome run = box.lint({"--stats"});
    EXPECT_THAT(run.err, HasSubstr("references: 16, 6 found, 4 missing, 6 unknown (37.5 %)\n"
                                   "  4  a name that the inventory of another project may have\n"
                                   "  1  anchors that reStructuredText or autodoc may make\n"
                                   "  1  objects of C, C++ and JavaScript\n"));
    EXPECT_THAT(box.lint({"--stats", "--format", "json"}).out,
                HasSubstr("\"references\":{\"found\":6,\"missing\":4,\"unknown\":{"));
    EXPECT_THAT(box.lint({"--format", "json"}).out, Not(HasSubstr("\"references\":")));
}

TEST(Check, MaxResultsCutsBySeverity) {
    const Sandbox box;
    box.write("a.md", "Call `nn.Module and wait.\n");
    box.write("b.md", kDeadLink);
    const Outcome run = box.lint({"--max-results", "1"});
    EXPECT_EQ(run.code, 1);
    EXPECT_EQ(run.out, "b.md:1:9: error: no file 'gone.md' [links/missing-target]\n");
    EXPECT_THAT(run.err, HasSubstr("2 findings"));
    EXPECT_THAT(run.err, HasSubstr("shown: 1 of them (--max-results)"));
    EXPECT_EQ(lines_of(box.lint({"--max-results", "0"}).out).size(), 2U);
    // What is cut counts for the exit code.
    box.write("c.md", "Fine.\n");
    EXPECT_EQ(box.lint({"--max-results", "1", "--fail-on", "warning", "a.md"}).code, 1);
}

TEST(Check, SarifSaysWhatWasCut) {
    const Sandbox box;
    for (int i = 0; i < 4; ++i) {
        box.write(std::to_string(i) + ".md", kDeadLink);
    }
    const Outcome run = box.lint({"--format", "sarif", "--max-results", "3"});
    EXPECT_EQ(count_of(run.out, "\"ruleId\""), 3U);
    EXPECT_THAT(run.out, HasSubstr("toolExecutionNotifications"));
}

TEST(Check, SuppressedResultsOnlyOnRequest) {
    const Sandbox box;
    box.write("a.md", "<!-- docathon-lint: ignore[links/missing-target] why -->\n[x](gone.md)\n");
    EXPECT_THAT(box.lint({"--format", "sarif"}).out, Not(HasSubstr("\"ruleId\"")));
    const Outcome shown = box.lint({"--format", "sarif", "--sarif-suppressed"});
    EXPECT_EQ(shown.code, 0);
    EXPECT_EQ(count_of(shown.out, "\"ruleId\""), 1U);
    EXPECT_THAT(shown.out, HasSubstr("\"inSource\""));
    EXPECT_THAT(shown.out, HasSubstr("\"why\""));
}

TEST(Check, BaselineAcceptsWhatItLists) {
    const Sandbox box;
    box.write(".docathon-lint.yaml", "version: 1\nbaseline: accepted.json\n");
    box.write("a.md", kDeadLink);
    // A baseline that is not there yet accepts nothing.
    EXPECT_EQ(box.lint({}).code, 1);
    const Outcome json = box.lint({"--format", "json"});
    const std::size_t at = json.out.find("\"fingerprint\":");
    ASSERT_NE(at, std::string::npos) << json.out;
    const std::size_t begin = json.out.find('"', at + 14) + 1;
    const std::string fingerprint = json.out.substr(begin, json.out.find('"', begin) - begin);
    box.write("accepted.json",
              "{\"version\": 1, \"entries\": [\n{\"rule\": \"links/missing-target\", \"path\": "
              "\"a.md\", \"fingerprint\": \"" +
                  fingerprint + "\", \"count\": 1}\n]}\n");
    const Outcome accepted = box.lint({});
    EXPECT_EQ(accepted.code, 0) << accepted.out << accepted.err;
    EXPECT_THAT(accepted.out, IsEmpty());
    EXPECT_EQ(box.lint({"--no-baseline"}).code, 1);
    // Growth is reported: a second one of the same kind is not accepted.
    box.write("a.md", std::string(kDeadLink) + "\n" + std::string(kDeadLink));
    EXPECT_EQ(lines_of(box.lint({}).out).size(), 1U);
    box.write("accepted.json", "not json");
    const Outcome broken = box.lint({});
    EXPECT_EQ(broken.code, 2);
    EXPECT_THAT(broken.err, HasSubstr("accepted.json"));
}

TEST(Check, SamplesShowFindingsOfSeveralRules) {
    // What scripts/lint shows to who tries the program for the first time.
    const Sandbox box;
    std::filesystem::copy(DOCATHON_SOURCE_DIR "/samples", box.path("samples"),
                          std::filesystem::copy_options::recursive);
    const Outcome run = box.lint({"samples"});
    EXPECT_EQ(run.code, 1) << run.err;
    for (const char* rule : {"links/missing-target", "links/missing-anchor", "links/missing-image",
                             "links/missing-toctree-entry", "links/malformed-url",
                             "markup/rst-in-markdown", "markup/unbalanced-backtick"}) {
        EXPECT_THAT(run.out, HasSubstr(std::string("[") + rule + "]"));
    }
    EXPECT_LE(lines_of(run.out).size(), 15U) << run.out;
}

}  // namespace
}  // namespace docathon::testing

// Configurations, rules and presets that are wrong, and what a good one does to a run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kConfig = ".docathon-lint.yaml";

TEST(Config, WhatIsWrongIsSaidWithItsPlace) {
    struct Case {
        std::string_view text;
        const char* message;
    };
    for (const Case& one : std::vector<Case>{
             {"version: 1\nrules: {a: [\n", ".docathon-lint.yaml:3:1: "},
             {"version: 1\n\texclude: []\n", ".docathon-lint.yaml:2:"},
             {"version: 1\nrules: *x\n", ".docathon-lint.yaml:2:8: "},
             {"", ".docathon-lint.yaml:1:1: no key 'version'; write 'version: 1'"},
             {"- a\n", ".docathon-lint.yaml:1:1: this file must be a map of keys, found a list"},
             {"version: 2\n", ".docathon-lint.yaml:1:10: 'version' must be 1, found '2'"},
             {"version: 1\nversion: 1\n", ".docathon-lint.yaml:2:1: "},
             {"version: 1\nexcludes: []\n",
              ".docathon-lint.yaml:2:1: no key 'excludes'; did you mean 'exclude'?"},
             {"version: 1\nexclude: docs\n",
              ".docathon-lint.yaml:2:10: 'exclude' must be a list of globs, found 'docs'; write "
              "[docs]"},
             {"version: 1\nexclude: ['../x']\n", ".docathon-lint.yaml:2:11: "},
             {"version: 1\nrules:\n  links/mising-anchor: off\n",
              ".docathon-lint.yaml:3:3: no rule 'links/mising-anchor'; did you mean "
              "'links/missing-anchor'?"},
             {"version: 1\nrules: {lnks/*: off}\n",
              ".docathon-lint.yaml:2:9: no family 'lnks/*'; did you mean 'links/*'?"},
             {"version: 1\nrules: {links/missing-anchor: no}\n",
              ".docathon-lint.yaml:2:31: a rule is set to off, on, note, warning or error, found "
              "'no'; write off"},
             {"version: 1\nrules: {links/missing-anchor: fatal}\n", "found 'fatal'"},
             {"version: 1\nrules: {links/missing-anchor: {ignor: [x]}}\n",
              ".docathon-lint.yaml:2:32: "},
             {"version: 1\nrules: {links/missing-anchor: {ignore: x}}\n",
              ".docathon-lint.yaml:2:40: "},
             {"version: 1\nrules: {links/missing-anchor: {ignore: ['(']}}\n",
              ".docathon-lint.yaml:2:41: "},
             {"version: 1\noverrides:\n  - files: [a.md]\n    flavour: gfm\n",
              ".docathon-lint.yaml:4:5: no key 'flavour' in 'overrides'; did you mean 'flavor'?"},
             {"version: 1\noverrides:\n  - {files: [a.md], flavor: gmf}\n",
              "found 'gmf'; did you mean 'gfm'?"},
             {"version: 1\noverrides: [{rules: {}}]\n", "no key 'files' in 'overrides'"},
             {"version: 1\nextends: [strct]\n",
              ".docathon-lint.yaml:2:11: no preset 'strct'; did you mean 'strict'?"},
             {"version: 1\nextends: [https://example.org/x.yaml]\n", "a URL is never read"},
             {"version: 1\nextends: [../x.yaml]\n", "it must stay inside the repository"},
             {"version: 1\nextends: [gone.yaml]\n",
              ".docathon-lint.yaml:2:11: cannot read the "
              "preset 'gone.yaml': "},
             {"version: 1\nmax-file-size: 3 parsecs\n", ".docathon-lint.yaml:2:16: "},
             {"version: 1\nrule-paths: [/etc]\n", "it must stay inside the repository"},
         }) {
        const Sandbox box;
        box.write(kConfig, one.text);
        box.write("a.md", kDeadLink);
        const Outcome run = box.lint({});
        EXPECT_EQ(run.code, 2) << one.text;
        EXPECT_THAT(run.out, IsEmpty());
        EXPECT_THAT(run.err, StartsWith("docathon-lint: error: ")) << one.text;
        EXPECT_THAT(run.err, HasSubstr(one.message)) << one.text;
        EXPECT_EQ(lines_of(run.err).size(), 1U) << run.err;
        // `config check` says the same.
        const Outcome check = box.lint({"config", "check"});
        EXPECT_EQ(check.code, 2);
    }
}

TEST(Config, IsNoFolderNoFifoAndReadable) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    box.folder(kConfig);
    const Outcome folder = box.lint({});
    EXPECT_EQ(folder.code, 2);
    EXPECT_THAT(folder.err,
                HasSubstr(".docathon-lint.yaml: a configuration must be a regular file"));
    const Outcome named = box.lint({"--config", "."});
    EXPECT_EQ(named.code, 2);
    EXPECT_THAT(named.err, HasSubstr("is a folder"));
    box.remove(kConfig);
    ASSERT_EQ(box.run({"mkfifo", std::string(kConfig)}).code, 0);
    const Outcome fifo = box.lint({});
    EXPECT_EQ(fifo.code, 2);
    EXPECT_THAT(fifo.err, HasSubstr("a configuration must be a regular file"));
    box.remove(kConfig);
    const Outcome gone = box.lint({"--config", "gone.yaml"});
    EXPECT_EQ(gone.code, 2);
    EXPECT_EQ(gone.err, "docathon-lint: error: gone.yaml: no such file or folder\n");
}

TEST(Config, TwoOfThemAreAnError) {
    const Sandbox box;
    box.write(kConfig, "version: 1\n");
    box.write("docathon-lint.yaml", "version: 1\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.err, HasSubstr(".docathon-lint.yaml: 'docathon-lint.yaml' stands beside it; "
                                   "keep one of the two"));
    // Naming one settles it.
    box.write("a.md", "Fine.\n");
    EXPECT_EQ(box.lint({"--config", "docathon-lint.yaml"}).code, 0);
}

TEST(Config, PyprojectTableIsAnError) {
    const Sandbox box;
    box.write("pyproject.toml", "[project]\nname = 'x'\n\n[tool.docathon-lint]\nfail-on = 'x'\n");
    box.write("a.md", "Fine.\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.err, HasSubstr("pyproject.toml:4"));
    EXPECT_THAT(run.err, HasSubstr(".docathon-lint.yaml"));
    box.write("pyproject.toml", "[project]\nname = 'x'\n");
    EXPECT_EQ(box.lint({}).code, 0);
}

TEST(Config, NearestAncestorUpToTheRoot) {
    const Sandbox box;
    box.write("docs/sub/a.md", kDeadLink);
    box.write(kConfig, "version: 1\nrules: {links/missing-target: warning}\n");
    box.commit();
    EXPECT_THAT(box.lint({}, {.folder = "docs/sub"}).out, HasSubstr(": warning: "));
    box.write("docs/docathon-lint.yaml", "version: 1\nrules: {links/missing-target: note}\n");
    EXPECT_THAT(box.lint({}, {.folder = "docs/sub"}).out, HasSubstr(": note: "));
    EXPECT_THAT(box.lint({}).out, HasSubstr(": warning: "));
    EXPECT_THAT(box.lint({"docs/sub"}).out, HasSubstr(": note: "));
}

TEST(Config, FlagBeatsEnvironmentBeatsSearch) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    box.write(kConfig, "version: 1\nrules: {links/missing-target: note}\n");
    box.write("env.yaml", "version: 1\nrules: {links/missing-target: warning}\n");
    box.write("flag.yaml", "version: 1\nrules: {links/missing-target: off}\n");
    RunOptions options;
    options.environment["DOCATHON_LINT_CONFIG"] = "env.yaml";
    EXPECT_THAT(box.lint({}).out, HasSubstr(": note: "));
    EXPECT_THAT(box.lint({}, options).out, HasSubstr(": warning: "));
    EXPECT_THAT(box.lint({"--config", "flag.yaml"}, options).out, IsEmpty());
    options.environment["DOCATHON_LINT_CONFIG"] = "";
    EXPECT_THAT(box.lint({}, options).out, HasSubstr(": note: "));
}

TEST(Config, OverridesLaterWin) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    box.write("docs/b.md", kDeadLink);
    box.write("docs/c.md", kDeadLink);
    box.write(kConfig,
              "version: 1\n"
              "rules: {links/*: warning}\n"
              "overrides:\n"
              "  - {files: ['docs/**'], rules: {links/missing-target: note}}\n"
              "  - {files: ['**/c.md'], rules: {links/missing-target: off}}\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.out,
              "a.md:1:9: warning: no file 'gone.md' [links/missing-target]\n"
              "docs/b.md:1:9: note: no file 'docs/gone.md' [links/missing-target]\n");
    // Flags are stronger than overrides.
    EXPECT_THAT(box.lint({"--ignore", "links/missing-target"}).out, IsEmpty());
    EXPECT_THAT(box.lint({"--select", "links/missing-target"}).out, HasSubstr("docs/c.md:1:9: "));
}

TEST(Config, OverrideOfTheFlavor) {
    const Sandbox box;
    box.write("a.md", "```{include} gone.md\n```\n");
    EXPECT_EQ(box.lint({}).code, 0);
    box.write(kConfig, "version: 1\noverrides: [{files: [a.md], flavor: myst}]\n");
    EXPECT_THAT(box.lint({"dump", "facts", "a.md"}).out, HasSubstr("include name=include"));
}

TEST(Config, IdBeatsAliasBeatsFamilyBeatsAll) {
    const Sandbox box;
    box.write("a.md", "[x](gone.md) [y](#gone) ![z](gone.png)\n");
    for (const char* text :
         {"rules: {'*': off, links/*: note, MD051: warning, links/missing-image: "
          "error}",
          "rules: {links/missing-image: error, MD051: warning, links/*: note, "
          "'*': off}"}) {
        box.write(kConfig, std::string("version: 1\n") + text + "\n");
        const Outcome run = box.lint({});
        EXPECT_THAT(run.out, HasSubstr("a.md:1:5: note: "));
        EXPECT_THAT(run.out, HasSubstr("a.md:1:18: warning: "));
        EXPECT_THAT(run.out, HasSubstr("a.md:1:30: error: "));
    }
}

TEST(Config, OptionsOfRules) {
    const Sandbox box;
    box.write("a.md", "[x](#generated-1) [y](#gone)\n");
    box.write(kConfig, "version: 1\nrules: {links/missing-anchor: {ignore: ['^generated-']}}\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.out, "a.md:1:23: error: no anchor 'gone' in this page [links/missing-anchor]\n");
}

TEST(Config, PresetFileOfTheRepository) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    box.write(kConfig, "version: 1\nextends: [tools/house.yaml]\n");
    box.write("tools/house.yaml", "summary: House rules.\nrules: {links/missing-target: note}\n");
    EXPECT_THAT(box.lint({}).out, HasSubstr(": note: "));
    box.write("tools/house.yaml", "summary: House rules.\nrules: {links/missing-tarjet: note}\n");
    const Outcome wrong = box.lint({});
    EXPECT_EQ(wrong.code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("tools/house.yaml:2:9: no rule 'links/missing-tarjet'"));
    box.write("tools/house.yaml", "summary: House rules.\nrules: {links: [\n");
    EXPECT_THAT(box.lint({}).err, HasSubstr("tools/house.yaml:3:1: "));
    box.write("tools/house.yaml", "summary: House rules.\nincludes: [house.yaml]\n");
    EXPECT_THAT(box.lint({}).err, HasSubstr("presets include each other"));
}

TEST(Config, ExtendsAndRulePathsDoNotFollowLinksOutside) {
    const Sandbox box;
    box.write("outside/secret.yaml", "summary: leak\nleak: yes\n");
    box.write("repo/a.md", "Fine.\n");
    box.link("../../outside/secret.yaml", "repo/tools/house.yaml");
    for (const char* text : {"extends: [tools/house.yaml]", "rule-paths: [tools]"}) {
        box.write("repo/.docathon-lint.yaml", std::string("version: 1\n") + text + "\n");
        const Outcome run = box.lint({}, {.folder = "repo"});
        EXPECT_EQ(run.code, 2);
        EXPECT_THAT(run.err, HasSubstr("leads out of the repository"));
        EXPECT_THAT(run.err, Not(HasSubstr("leak")));
    }
}

TEST(ProjectRules, WhatIsWrongIsSaidWithItsPlace) {
    struct Case {
        const char* text;
        const char* message;
    };
    for (const Case& one : std::vector<Case>{
             {"id: [\n", "rules/x.yaml:2:1: "},
             {"check: native\nchek: pattern\n", "rules/x.yaml:1:1: no key 'id'"},
             {"id: House X\ncheck: native\nscope: file\nformats: [markdown]\nseverity: error\n"
              "preset: core\nstatus: stable\nsince: '1'\nsummary: S.\nrationale: R.\n",
              "rules/x.yaml:1:5: 'id' must be an id such as links/missing-anchor, found 'House X'"},
             {"id: rules/x\ncheck: native\nscope: file\nformats: [markdwon]\nseverity: error\n"
              "preset: core\nstatus: stable\nsince: '1'\nsummary: S.\nrationale: R.\n",
              "rules/x.yaml:4:11: "},
             {"id: rules/x\ncheck: native\nscope: file\nformats: [markdown]\nseverity: error\n"
              "preset: core\nstatus: stable\nsince: '1'\nsummary: S.\nrationale: R.\n"
              "exampels: []\n",
              "rules/x.yaml:11:1: no key 'exampels'; did you mean 'examples'?"},
             {"- 1\n", "rules/x.yaml:1:3: a rule must be a map of keys, found '1'"},
             {"", "rules/x.yaml:1:1: "},
         }) {
        const Sandbox box;
        box.write(kConfig, "version: 1\nrule-paths: [rules]\n");
        box.write("rules/x.yaml", one.text);
        box.write("a.md", kDeadLink);
        const Outcome run = box.lint({});
        EXPECT_EQ(run.code, 2) << one.text;
        EXPECT_THAT(run.out, IsEmpty());
        EXPECT_THAT(run.err, HasSubstr(one.message)) << one.text;
    }
}

TEST(ProjectRules, MissingFolderIsAnError) {
    const Sandbox box;
    box.write(kConfig, "version: 1\nrule-paths: [gone]\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.err, HasSubstr("gone"));
}

TEST(Config, SizeLimitIsConfigurable) {
    const Sandbox box;
    box.write("a.md", kDeadLink);
    box.write("big.md", repeated(kDeadLink, 100));
    box.write(kConfig, "version: 1\nmax-file-size: 1KB\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 1);
    EXPECT_EQ(run.out,
              "a.md:1:9: error: no file 'gone.md' [links/missing-target]\n"
              "big.md:1:1: note: the file has 1800 bytes, more than the limit of 1024; it was not "
              "read [input/too-large]\n");
    box.write(kConfig, "version: 1\nmax-file-size: 2KB\n");
    EXPECT_EQ(lines_of(box.lint({}).out).size(), 101U);
}

TEST(Config, HostileYamlEndsQuicklyWithAMessage) {
    const auto aliases = [] {
        std::string text = "version: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 12; ++i) {
            const std::string last = "*a" + std::to_string(i - 1);
            text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
            for (int n = 0; n < 9; ++n) {
                text += ", " + last;
            }
            text += "]\n";
        }
        return text;
    };
    for (const std::string& text :
         {"version: 1\nrules: " + std::string(200'000, '['), std::string(200'000, '{'),
          repeated("- ", 100'000) + "x\n", aliases(), repeated("k: 1\n", 100'000),
          "version: 1\n" + repeated("? ", 50'000),
          "version: 1\nrules: {\"" + std::string(1'000'000, 'x') + "\": off}\n",
          std::string("version: 1\n\0\n", 13), std::string("version: \xff\xfe\n"),
          "version: 1\nexclude: [\"" + std::string(100'000, '*') + "\"]\n"}) {
        const Sandbox box;
        box.write(kConfig, text);
        box.write("a.md", "Fine.\n");
        const Outcome run = box.lint({});
        EXPECT_TRUE(run.code == 2 || run.code == 0) << text.substr(0, 40);
        EXPECT_EQ(run.signal, 0) << text.substr(0, 40);
        EXPECT_LE(run.cpu, limit(1)) << text.substr(0, 40);
        if (run.code == 2) {
            EXPECT_THAT(run.err, StartsWith("docathon-lint: error: .docathon-lint.yaml:"));
            EXPECT_LE(run.err.size(), 1000U) << text.substr(0, 40);
        }
    }
}

TEST(ConfigInit, WritesOnceAndSaysWhatItTook) {
    const Sandbox box;
    box.write("a.md", "# T\n\n[x](#gone)\n");
    box.write(".markdownlint.json", "{\"MD051\": false}");
    EXPECT_EQ(box.lint({"--quiet"}).code, 1);
    const Outcome printed = box.lint({"config", "init", "--print"});
    EXPECT_EQ(printed.code, 0) << printed.err;
    EXPECT_FALSE(box.exists(kConfig));
    const Outcome made = box.lint({"config", "init"});
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("/.docathon-lint.yaml\n"));
    EXPECT_EQ(made.err, "links/missing-anchor is off, from .markdownlint.json (MD051)\n");
    EXPECT_EQ(box.read(kConfig), printed.out);
    EXPECT_EQ(box.lint({"--quiet"}).code, 0);
    EXPECT_EQ(box.lint({"config", "check"}).code, 0);
    // What is there stays.
    box.write(kConfig, "version: 1\n");
    const Outcome again = box.lint({"config", "init"});
    EXPECT_EQ(again.code, 2);
    EXPECT_THAT(again.err, HasSubstr(".docathon-lint.yaml is there already"));
    EXPECT_EQ(box.read(kConfig), "version: 1\n");
}

}  // namespace
}  // namespace docathon::testing

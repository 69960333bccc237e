// Commands and their help, names that do not exist, and what explain, rules, config and dump print.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Commands, HelpListsOnlyWhatWorks) {
    const Sandbox box;
    for (const char* flag : {"--help", "-h", "help"}) {
        const Outcome help = box.lint({flag});
        EXPECT_EQ(help.code, 0);
        EXPECT_THAT(help.out, HasSubstr("Usage: docathon-lint [COMMAND] [PATH...] [FLAGS]"));
        EXPECT_TRUE(help.err.empty()) << help.err;
        std::size_t commands = 0;
        for (const std::string& line : lines_of(help.out)) {
            if (!line.starts_with("  ") || line[2] == ' ') {
                continue;
            }
            ++commands;
            const std::string name = line.substr(2, line.find(' ', 2) - 2);
            const Outcome own = box.lint({name, "--help"});
            EXPECT_EQ(own.code, 0) << name << own.err;
            EXPECT_THAT(own.out, HasSubstr("docathon-lint " + name));
        }
        EXPECT_GE(commands, 5U) << help.out;
    }
}

TEST(Commands, HelpOfCheckNamesFlagsFormatsAndExitCodes) {
    const Outcome help = Sandbox().lint({"check", "--help"});
    EXPECT_EQ(help.code, 0);
    for (const char* text :
         {"--preset",
          "--select",
          "--ignore",
          "--config",
          "--fail-on",
          "--format",
          "--output",
          "--files-from",
          "-0",
          "--stdin-filename",
          "--jobs",
          "--max-results",
          "--stats",
          "--quiet",
          "--color",
          "--sarif-suppressed",
          "--no-baseline",
          "sarif",
          "jsonl",
          "github",
          "Exit code: 0 clean, 1 findings at or above --fail-on, 2 could not run."}) {
        EXPECT_THAT(help.out, HasSubstr(text));
    }
}

TEST(Commands, VersionNamesTheLibraries) {
    const Sandbox box;
    for (const char* flag : {"--version", "-V"}) {
        const Outcome version = box.lint({flag});
        EXPECT_EQ(version.code, 0);
        EXPECT_THAT(version.out, StartsWith("docathon-lint 0."));
        for (const char* library : {"re2 ", "yaml-cpp ", "libutf8proc ", "libxxhash ", "expat "}) {
            EXPECT_THAT(version.out, HasSubstr(library));
        }
    }
}

TEST(Commands, MisspeltCommand) {
    const Outcome run = Sandbox().lint({"explian"});
    EXPECT_EQ(run.code, 2);
    EXPECT_TRUE(run.out.empty()) << run.out;
    EXPECT_EQ(run.err,
              "docathon-lint: error: explian: no such file or folder; did you mean the command "
              "'explain'?\n");
    // With more arguments too: the usual slip is in the first word.
    EXPECT_THAT(Sandbox().lint({"expalin", "links/missing-target"}).err,
                HasSubstr("did you mean the command 'explain'?"));
    const Outcome nested = Sandbox().lint({"config", "shwo"});
    EXPECT_EQ(nested.code, 2);
    EXPECT_EQ(nested.err,
              "docathon-lint: error: no command 'config shwo'; did you mean 'config show'?\n");
}

TEST(Commands, MisspeltFlag) {
    const Sandbox box;
    const Outcome run = box.lint({"--formt", "json"});
    EXPECT_EQ(run.code, 2);
    EXPECT_EQ(run.err, "docathon-lint: error: no flag '--formt'; did you mean '--format'?\n");
    EXPECT_EQ(box.lint({"--slect=x"}).err,
              "docathon-lint: error: no flag '--slect'; did you mean '--select'?\n");
    const Outcome far = box.lint({"--qqqqqqqq"});
    EXPECT_EQ(far.code, 2);
    EXPECT_THAT(far.err, HasSubstr("no flag '--qqqqqqqq'; see docathon-lint check --help"));
    EXPECT_THAT(box.lint({"rules", "--selct", "x"}).err, HasSubstr("did you mean '--select'?"));
}

TEST(Commands, FlagWithoutOrWithWrongValue) {
    const Sandbox box;
    box.write("a.md", "Fine.\n");
    struct Case {
        std::vector<std::string> arguments;
        const char* text;
    };
    for (const Case& one : std::vector<Case>{
             {{"--format"}, "--format"},
             {{"--format", "sarfi"}, "no format 'sarfi'; there are text, full, json"},
             {{"--output", "sarif"}, "--output wants FORMAT=FILE, not 'sarif'"},
             {{"--output", "sarif="}, "--output wants FORMAT=FILE, not 'sarif='"},
             {{"--output", "xml=x"}, "no format 'xml'; there are text, full, json"},
             {{"--jobs", "0"}, "--jobs must be at least 1"},
             {{"--jobs", "many"}, "'many' is no number"},
             {{"--jobs", "-1"}, "-1"},
             {{"--max-results", "1e3"}, "'1e3' is no number"},
             {{"--fail-on", "fatal"}, "--fail-on takes error, warning, note or never, not 'fatal'"},
             {{"--color", "yes"}, "--color takes auto, always or never, not 'yes'"},
             {{"--preset", "strct"}, "no preset 'strct'; did you mean 'strict'?"},
             {{"--select", "links/mising-anchor"},
              "no rule 'links/mising-anchor'; did you mean 'links/missing-anchor'?"},
             {{"--ignore", "missing-anchor"},
              "no rule 'missing-anchor'; did you mean 'links/missing-anchor'?"},
             {{"--select", "lnks/*"}, "no family 'lnks/*'; did you mean 'links/*'?"},
         }) {
        const Outcome run = box.lint(one.arguments);
        EXPECT_EQ(run.code, 2) << one.text;
        EXPECT_TRUE(run.out.empty()) << run.out;
        EXPECT_THAT(run.err, StartsWith("docathon-lint: error: "));
        EXPECT_THAT(run.err, HasSubstr(one.text));
        EXPECT_EQ(lines_of(run.err).size(), 1U) << run.err;
    }
}

/// What bash offers behind these words, the last of them not finished.
std::vector<std::string> bash_offers(const Sandbox& box, const std::vector<std::string>& words) {
    std::string line = ". ./script; COMP_WORDS=(";
    for (const std::string& word : words)
        line += "'" + word + "' ";
    line += "); COMP_CWORD=" + std::to_string(words.size() - 1) +
            "; _docathon_lint; printf '%s\\n' \"${COMPREPLY[@]}\"";
    const Outcome run = box.run({"bash", "-u", "-c", line});
    EXPECT_EQ(run.code, 0) << run.err;
    return lines_of(run.out);
}

TEST(Completion, BashOffersCommandsFlagsAndValues) {
    const Sandbox box;
    const Outcome script = box.lint({"completion", "bash"});
    ASSERT_EQ(script.code, 0) << script.err;
    box.write("script", script.out);
    const auto offers = [&](std::vector<std::string> words) {
        words.insert(words.begin(), "docathon-lint");
        return bash_offers(box, words);
    };
    EXPECT_EQ(offers({"exp"}), std::vector<std::string>{"explain"});
    EXPECT_EQ(offers({"--fail"}), std::vector<std::string>{"--fail-on"});
    EXPECT_THAT(offers({"--format", ""}), Contains("sarif"));
    EXPECT_EQ(offers({"--format", "gi"}), (std::vector<std::string>{"github", "gitlab"}));
    EXPECT_THAT(offers({"check", "--select", "links/missing-a"}), Contains("links/missing-anchor"));
    EXPECT_EQ(offers({"explain", "links/missing-anc"}),
              std::vector<std::string>{"links/missing-anchor"});
    EXPECT_EQ(offers({"config", "sh"}), std::vector<std::string>{"show"});
    EXPECT_THAT(offers({"rules", "--o"}), Contains("--on"));
    EXPECT_THAT(offers({"explain", "--o"}), Not(Contains("--on")));
    EXPECT_EQ(box.lint({"completion", "tcsh"}).code, 2);
    EXPECT_EQ(box.lint({"completion"}).code, 2);
}

TEST(Completion, OtherShellsReadTheirScripts) {
    const Sandbox box;
    for (const char* shell : {"zsh", "fish"}) {
        const Outcome script = box.lint({"completion", shell});
        EXPECT_EQ(script.code, 0);
        for (const char* text : {"explain", "fail-on", "links/missing-anchor", "rdjson"})
            EXPECT_THAT(script.out, HasSubstr(text)) << shell;
        if (box.run({"sh", "-c", std::string("command -v ") + shell}).code != 0)
            continue;
        box.write("script", script.out);
        const Outcome check = box.run({shell, "-n", "script"});
        EXPECT_EQ(check.code, 0) << check.err;
    }
}

TEST(Man, NamesEveryCommandAndFlagOfTheHelp) {
    const Sandbox box;
    const Outcome page = box.lint({"man"});
    ASSERT_EQ(page.code, 0);
    std::string plain = page.out;
    for (std::size_t at = 0; (at = plain.find("\\-", at)) != std::string::npos;)
        plain.erase(at, 1);
    EXPECT_THAT(plain, StartsWith(".TH DOCATHON-LINT 1 "));
    for (const char* command : {"check", "explain", "rules", "config show", "config check",
                                "config schema", "dump", "completion", "man"}) {
        EXPECT_THAT(plain, HasSubstr(std::string(".SS docathon-lint ") + command + "\n"));
    }
    const Outcome help = box.lint({"check", "--help"});
    for (const std::string& line : lines_of(help.out)) {
        const std::size_t at = line.find("--");
        if (line.starts_with("  -") && at != std::string::npos && !line.starts_with("  -h")) {
            const std::string flag = line.substr(at, line.find_first_of(" ,", at) - at);
            EXPECT_THAT(plain, HasSubstr("\\fB" + flag + "\\fR")) << line;
        }
    }
}

TEST(Explain, ByIdAndByAlias) {
    const Sandbox box;
    const Outcome by_id = box.lint({"explain", "links/missing-anchor"});
    EXPECT_EQ(by_id.code, 0);
    EXPECT_THAT(by_id.out, StartsWith("links/missing-anchor (error, preset core"));
    for (const char* text :
         {"Also known as: ", "MD051", "Stays silent on purpose:", "Options:\n  ignore (regex-list",
          "Silence one finding:\n  <!-- docathon-lint: ignore[links/missing-anchor] why -->",
          "Switch it off:", "Example: heading was renamed", "no anchor 'set-up' in install.md"}) {
        EXPECT_THAT(by_id.out, HasSubstr(text));
    }
    EXPECT_EQ(box.lint({"explain", "MD051"}).out, by_id.out);
}

TEST(Explain, EveryRuleOfTheList) {
    const Sandbox box;
    const Outcome rules = box.lint({"rules"});
    ASSERT_EQ(rules.code, 0);
    std::vector<std::string> command = {"explain"};
    for (const std::string& line : lines_of(rules.out)) {
        command.push_back(line.substr(0, line.find(' ')));
    }
    ASSERT_GE(command.size(), 20U);
    const Outcome all = box.lint(command);
    EXPECT_EQ(all.code, 0) << all.err;
    for (std::size_t i = 1; i < command.size(); ++i) {
        EXPECT_THAT(all.out, HasSubstr(command[i] + " ("));
    }
}

TEST(Explain, UnknownAndMissingIds) {
    const Sandbox box;
    const Outcome unknown = box.lint({"explain", "links/mising-target"});
    EXPECT_EQ(unknown.code, 2);
    EXPECT_TRUE(unknown.out.empty()) << unknown.out;
    EXPECT_EQ(unknown.err,
              "docathon-lint: error: no rule 'links/mising-target'; did you mean "
              "'links/missing-target'?\n");
    const Outcome none = box.lint({"explain"});
    EXPECT_EQ(none.code, 2);
    EXPECT_THAT(none.err, HasSubstr("explain needs the id of a rule"));
}

TEST(Rules, SayWhatIsOnHere) {
    const Sandbox box;
    box.write(".docathon-lint.yaml",
              "version: 1\nrules: {links/missing-anchor: off, links/missing-target: note}\n");
    const Outcome all = box.lint({"rules"});
    EXPECT_EQ(all.code, 0) << all.err;
    const Outcome on = box.lint({"rules", "--on"});
    const auto state = [](const Outcome& run, const std::string& id) {
        for (const std::string& line : lines_of(run.out)) {
            if (line.starts_with(id + " ")) {
                const std::string rest = line.substr(line.find_first_not_of(' ', id.size()));
                return rest.substr(0, rest.find(' '));
            }
        }
        return std::string("absent");
    };
    EXPECT_EQ(state(all, "links/missing-anchor"), "off");
    EXPECT_EQ(state(on, "links/missing-anchor"), "absent");
    EXPECT_EQ(state(on, "links/missing-target"), "note");
    EXPECT_EQ(state(on, "links/missing-image"), "error");
    EXPECT_EQ(state(all, "links/pinned-version"), "off");
    EXPECT_EQ(state(box.lint({"rules", "--preset", "pytorch"}), "links/pinned-version"), "warning");
}

TEST(ConfigCommand, ShowPrintsValueAndOriginOfEverything) {
    const Sandbox box;
    box.write(".docathon-lint.yaml",
              "version: 1\nrules:\n  links/missing-anchor: warning\n"
              "overrides:\n  - {files: [README.md], flavor: commonmark}\n");
    box.write("docs/conf.py", "extensions = ['myst_parser']\nmyst_heading_anchors = 3\n");
    box.write("docs/index.md", "# Index\n");
    box.write("README.md", "# Readme\n");
    const Outcome page = box.lint({"config", "show", "docs/index.md"});
    EXPECT_EQ(page.code, 0) << page.err;
    const std::vector<std::string> lines = lines_of(page.out);
    for (const std::string& line : lines) {
        EXPECT_THAT(line, HasSubstr("  # ")) << "no origin";
    }
    EXPECT_THAT(lines, Contains(StartsWith("root: " + box.path() + "  # ")));
    EXPECT_THAT(lines, Contains("config: .docathon-lint.yaml  # searched for up to the root"));
    EXPECT_THAT(lines, Contains(StartsWith("flavor: myst  # detected: docs/conf.py")));
    EXPECT_THAT(lines, Contains("rules.links/missing-anchor: warning  # .docathon-lint.yaml:3"));
    EXPECT_THAT(lines, Contains(StartsWith("rules.links/missing-target: error  # preset core")));

    const Outcome readme = box.lint({"config", "show", "README.md"});
    EXPECT_THAT(lines_of(readme.out),
                Contains(AllOf(StartsWith("flavor: commonmark  # "), HasSubstr("yaml:5"))));
    const Outcome folder = box.lint({"config", "show", "docs"});
    EXPECT_EQ(folder.code, 0);
    EXPECT_THAT(folder.out, HasSubstr("flavor: myst"));
    const Outcome gone = box.lint({"config", "show", "gone.md"});
    EXPECT_EQ(gone.code, 2);
    EXPECT_THAT(gone.err, HasSubstr("gone.md: no such file or folder"));
    EXPECT_EQ(box.lint({"config", "show", "README.md", "docs"}).code, 2);
}

TEST(ConfigCommand, CheckPrintsEveryErrorWithItsPlace) {
    const Sandbox box;
    EXPECT_EQ(box.lint({"config", "check"}).out, "no configuration file; the defaults hold\n");
    box.write(".docathon-lint.yaml", "version: 1\nfail-on: error\n");
    const Outcome fine = box.lint({"config", "check"});
    EXPECT_EQ(fine.code, 0);
    EXPECT_EQ(fine.out, ".docathon-lint.yaml: fine\n");
    box.write(".docathon-lint.yaml",
              "version: 1\nfail-on: fatal\nrules:\n  links/mising-anchor: off\n");
    const Outcome wrong = box.lint({"config", "check"});
    EXPECT_EQ(wrong.code, 2);
    EXPECT_TRUE(wrong.out.empty()) << wrong.out;
    EXPECT_THAT(wrong.err, HasSubstr(".docathon-lint.yaml:2:10: error: 'fail-on' must be error, "
                                     "warning, note or never, found 'fatal'"));
    box.write(".docathon-lint.yaml",
              "version: 1\nrules:\n  links/mising-anchor: off\n  links/mising-image: off\n");
    const Outcome rules = box.lint({"config", "check"});
    EXPECT_EQ(rules.code, 2);
    EXPECT_EQ(rules.err,
              ".docathon-lint.yaml:3:3: error: no rule 'links/mising-anchor'; did you mean "
              "'links/missing-anchor'?\n"
              ".docathon-lint.yaml:4:3: error: no rule 'links/mising-image'; did you mean "
              "'links/missing-image'?\n");
}

TEST(ConfigCommand, SchemasAreJson) {
    const Sandbox box;
    for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
             {"config", "schema"}, {"config", "schema", "--rule"}}) {
        const Outcome schema = box.lint(command);
        EXPECT_EQ(schema.code, 0);
        EXPECT_THAT(schema.out, StartsWith("{"));
        EXPECT_THAT(schema.out, HasSubstr("\"$schema\""));
        EXPECT_THAT(schema.out, HasSubstr("\"additionalProperties\": false"));
    }
    EXPECT_THAT(box.lint({"config", "schema"}).out, HasSubstr("\"links/missing-anchor\""));
}

TEST(ConfigCommand, NeedsASubcommand) {
    const Outcome none = Sandbox().lint({"config"});
    EXPECT_EQ(none.code, 2);
    EXPECT_THAT(none.out + none.err, HasSubstr("show [PATH] | check | schema"));
}

TEST(Dump, ModelProseAndFacts) {
    const Sandbox box;
    box.write("docs/conf.py", "extensions = ['myst_parser']\n");
    box.write("docs/a.md",
              "(here)=\n# Über *uns*\n\nSee [x](b.md#c \"t\") and {ref}`here`.\n\n"
              "```{note}\nText.\n```\n");
    const Outcome model = box.lint({"dump", "model", "docs/a.md"});
    EXPECT_EQ(model.code, 0) << model.err;
    for (const char* text :
         {"document 1:1-", "  heading 2:1-2:13 level=1 text=\"Über uns\"",
          "link 4:5-4:20 text=\"b.md#c\"", "name=\"ref\"", "directive 6:1-8:4 name=\"note\""}) {
        EXPECT_THAT(model.out, HasSubstr(text));
    }
    const Outcome prose = box.lint({"dump", "prose", "docs/a.md"});
    EXPECT_EQ(prose.code, 0);
    EXPECT_THAT(lines_of(prose.out), Contains(HasSubstr("Über uns")));
    EXPECT_THAT(prose.out, Not(HasSubstr("b.md")));
    const Outcome facts = box.lint({"dump", "facts", "docs/a.md"});
    EXPECT_EQ(facts.code, 0);
    for (const char* text :
         {"format markdown\n", "title \"Über uns\"\n", "github=über-uns docutils=uber-uns",
          " target \"here\"\n", " link \"b.md#c\"\n", " role name=ref \"here\"\n"}) {
        EXPECT_THAT(facts.out, HasSubstr(text));
    }
}

TEST(Dump, ImagesAreNoPartOfSlugs) {
    // As on github.com and in myst-parser: neither looks at the alternative text.
    const Sandbox box;
    box.write("a.md", "# Build ![passing](badge.svg) *now*\n\n## ![Logo](logo.svg)\n");
    const Outcome facts = box.lint({"dump", "facts", "a.md"});
    EXPECT_THAT(facts.out, HasSubstr("github=build--now docutils=build-now"));
    EXPECT_THAT(facts.out, HasSubstr("github= docutils= "));
}

TEST(Dump, OutlineIsOneLineOfJsonForEachFile) {
    const Sandbox box;
    box.write("a.py", "import b\n\nclass C:\n    'doc'\n    async def f(self, x=1): yield x\n");
    box.write("broken.pyi", "def f(:\n");
    const Outcome run = box.lint({"dump", "outline", "a.py", "broken.pyi"});
    EXPECT_EQ(run.code, 0) << run.err;
    const std::vector<std::string> lines = lines_of(run.out);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_THAT(lines[0], HasSubstr("\"value\":\"doc\""));
    EXPECT_THAT(lines[0], HasSubstr("\"name\":\"x\",\"kind\":\"pk\",\"default\":[53,54]"));
    EXPECT_THAT(lines[0], HasSubstr("\"yields\":true"));
    EXPECT_THAT(lines[1], HasSubstr("'(' was never closed"));
    EXPECT_EQ(box.lint({"dump", "outline", "gone.py"}).code, 2);
}

TEST(Api, DumpAndWhere) {
    const Sandbox box;
    box.write("src/pkg/__init__.py", "from ._impl import f as f\n");
    box.write("src/pkg/_impl.py", "@decorated\ndef f(x, *, y=1):\n    'Doc.'\n");
    box.write("README.md", "x\n");
    const std::string record =
        "{\"module\":\"pkg\",\"name\":\"f\",\"public\":true,\"why\":\"alias\",\"kind\":"
        "\"function\","
        "\"canonical\":\"pkg._impl:f\",\"params\":[{\"name\":\"x\",\"kind\":\"pk\",\"default\":"
        "false},"
        "{\"name\":\"y\",\"kind\":\"ko\",\"default\":true}],\"doc\":true,\"deprecated\":false,"
        "\"async\":false,\"file\":\"pkg/_impl.py\",\"line\":2,\"first\":1}";
    for (const std::vector<std::string>& words : {std::vector<std::string>{"api", "dump"},
                                                  {"api", "dump", "pkg"},
                                                  {"api", "dump", "pkg.f"},
                                                  {"api", "dump", "src/pkg"},
                                                  {"api", "dump", "src"}}) {
        const Outcome run = box.lint(words);
        EXPECT_EQ(run.code, 0) << run.err;
        EXPECT_THAT(lines_of(run.out), Contains(record)) << words.back();
    }
    EXPECT_THAT(lines_of(box.lint({"api", "dump", "pkg.f"}).out), ::testing::ElementsAre(record));
    const Outcome where = box.lint({"api", "where", "pkg._impl.f"});
    EXPECT_EQ(
        where.out,
        "function defined in src/pkg/_impl.py:2\npublic as pkg.f\nhas a docstring\non no page\n");
    box.write("docs/conf.py", "extensions = ['sphinx.ext.autodoc']\n");
    box.write("docs/index.rst", "API\n===\n\n.. autofunction:: pkg.f\n");
    EXPECT_THAT(box.lint({"api", "where", "pkg._impl.f"}).out,
                HasSubstr("on page docs/index.rst:4\n"));
    EXPECT_EQ(box.lint({"api", "where", "pkg.gone"}).code, 2);
    EXPECT_EQ(box.lint({"api", "dump", "gone"}).code, 2);
    EXPECT_EQ(box.lint({"api"}).code, 2);
    // Packages that are given together take names from each other.
    box.write("src/front/__init__.py", "from pkg import f as g\n__all__ = ['g']\n");
    EXPECT_THAT(box.lint({"api", "dump", "src/front"}).out, Not(HasSubstr("pkg._impl:f")));
    EXPECT_THAT(box.lint({"api", "dump", "src/front", "src/pkg", "src/pkg"}).out,
                HasSubstr("\"name\":\"g\",\"public\":true,\"why\":\"__all__\",\"kind\":"
                          "\"function\",\"canonical\":\"pkg._impl:f\""));
    box.write("empty/a.txt", "x");
    EXPECT_EQ(box.lint({"api", "dump", "empty"}).code, 2);
}

TEST(Api, Registered) {
    const Sandbox box;
    box.write("pkg.py", "class C:\n    'Doc.'\n    def m(self): 'Doc.'\ndef f(): pass\n");
    box.write("docs/conf.py", "extensions = ['sphinx.ext.autodoc']\n");
    box.write("docs/index.rst",
              "API\n===\n\n.. autoclass:: pkg.C\n   :members:\n\n.. autothing:: pkg.f\n");
    const Outcome all = box.lint({"api", "registered"});
    EXPECT_EQ(all.code, 0) << all.err;
    EXPECT_EQ(all.out,
              "{\"name\":\"pkg.C\",\"page\":\"docs/index.rst\",\"line\":4}\n"
              "{\"name\":\"pkg.C.m\",\"page\":\"docs/index.rst\",\"line\":4}\n"
              "{\"name\":\"pkg.f\",\"unknown\":\"below\"}\n");
    EXPECT_THAT(lines_of(box.lint({"api", "registered", "pkg.C.m"}).out), ::testing::SizeIs(1));
    EXPECT_EQ(box.lint({"api", "registered", "pkg.gone"}).out, "");
}

TEST(Api, Coverage) {
    const Sandbox box;
    box.write("pkg/__init__.py",
              "def f():\n    'Doc.'\n\ndef g():\n    pass\n\ndef late():\n    pass\n\n"
              "late.__doc__ = make()\n");
    box.write("pkg/sub.py", "class A:\n    'Doc.'\n    def m(self): 'Doc.'\n");
    const Outcome text = box.lint({"api", "coverage"});
    EXPECT_EQ(text.code, 0) << text.err;
    EXPECT_EQ(text.out,
              "module   objects  documented  undocumented  unknown  covered  on pages\n"
              "pkg            3           1             1        1   50.0 %         0\n"
              "pkg.sub        2           2             0        0  100.0 %         0\n"
              "all            5           3             1        1   75.0 %         0\n"
              "unknown: 1, a docstring that is made at run time\n");
    EXPECT_EQ(box.lint({"api", "coverage", "--fail-under", "75"}).code, 0);
    EXPECT_EQ(box.lint({"api", "coverage", "--fail-under", "76"}).code, 1);
    EXPECT_EQ(box.lint({"api", "coverage", "pkg.sub", "--fail-under", "100"}).code, 0);
    EXPECT_THAT(box.lint({"api", "coverage", "--format", "markdown"}).out,
                HasSubstr("| `pkg.sub` |       2 |"));
    const Outcome json = box.lint({"api", "coverage", "--format", "json", "pkg"});
    EXPECT_THAT(json.out, StartsWith("{\"objects\":5,\"documented\":3,\"undocumented\":1,"));
    EXPECT_THAT(json.out, HasSubstr("\"missing\":[\"pkg.g\"]"));
    EXPECT_EQ(box.lint({"api", "coverage", "gone"}).code, 2);
    EXPECT_EQ(box.lint({"api", "coverage", "--format", "yaml"}).code, 2);
    EXPECT_EQ(box.lint({"api", "dump", "--format", "json"}).code, 2);
}

TEST(Check, RatchetRulesAreSummedUp) {
    const Sandbox box;
    box.write("pkg/__init__.py", "def f():\n    'Doc.'\n\ndef g():\n    pass\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 0);
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(run.err, HasSubstr("api/missing-docstring: 1 of 2 public objects; list them with "
                                   "--select api/missing-docstring\n"));
    EXPECT_THAT(run.err, HasSubstr("no findings"));
    const Outcome listed = box.lint({"--select", "api/missing-docstring"});
    EXPECT_EQ(listed.code, 1);
    EXPECT_THAT(listed.out,
                StartsWith("pkg/__init__.py:4:5: warning: public function 'pkg.g' has"));
    EXPECT_THAT(listed.err, Not(HasSubstr("public objects")));
    const Outcome sarif = box.lint({"--format", "sarif"});
    EXPECT_EQ(sarif.code, 0);
    EXPECT_THAT(sarif.out, HasSubstr("\"properties\":{\"rule\":\"api/missing-docstring\","
                                     "\"findings\":1,\"judged\":2}"));
    EXPECT_THAT(sarif.out, HasSubstr("\"results\":[\n]"));
    for (const char* format : {"json", "jsonl"})
        EXPECT_THAT(box.lint({"--format", format}).out,
                    HasSubstr("\"id\":\"ratchet\",\"rule\":\"api/missing-docstring\""));
    EXPECT_THAT(box.lint({"--select", "D103", "--format", "sarif"}).out,
                HasSubstr("\"properties\":{\"code\":\"D103\"}"));
    box.write(".docathon-lint.yaml", "version: 1\nrules: {api/missing-docstring: error}\n");
    EXPECT_EQ(box.lint({}).code, 1);
}

TEST(Check, PythonIsReadWhenARuleAboutItIsOn) {
    const Sandbox box;
    box.write("a.py", "def f(x):\n    \"\"\"Do it.\n\n    :param y: that\n    \"\"\"\n");
    EXPECT_THAT(box.lint({"--ignore", "api/*,examples/*,links/*,markup/*"}).err,
                HasSubstr("no findings in 0 files"));
    const Outcome found = box.lint({"--select", "api/unknown-parameter"});
    EXPECT_EQ(found.code, 1);
    EXPECT_THAT(found.out, StartsWith("a.py:4:12: warning: 'y' is documented"));
}

TEST(Dump, WrongUse) {
    const Sandbox box;
    box.write("a.md", "x\n");
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{"dump"},
                                               {"dump", "model"},
                                               {"dump", "tokens", "a.md"},
                                               {"dump", "facts", "a", "b"}}) {
        const Outcome run = box.lint(command);
        EXPECT_EQ(run.code, 2);
        EXPECT_THAT(run.err,
                    HasSubstr("docathon-lint dump model|prose|facts|examples|outline FILE"));
    }
    const Outcome gone = box.lint({"dump", "model", "gone.md"});
    EXPECT_EQ(gone.code, 2);
    EXPECT_THAT(gone.err, HasSubstr("gone.md: no such file or folder"));
    box.folder("d");
    const Outcome folder = box.lint({"dump", "model", "d"});
    EXPECT_EQ(folder.code, 2);
    EXPECT_THAT(folder.err, HasSubstr("is a folder"));
}

}  // namespace
}  // namespace docathon::testing

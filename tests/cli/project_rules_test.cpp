// Rules of a project, as its people write, test and run them; and the tutorial about it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kConfig = ".docathon-lint.yaml";
constexpr const char* kRulePaths = "version: 1\nrule-paths: [rules]\n";

// A rule for each engine, as a project writes them: with a selector, a fix where the engine has
// one, and its examples.
constexpr const char* kHouse = R"yaml(
- id: house/terminology
  check: substitution
  on: "paragraph, heading, cell, !code, !link"
  view: prose
  swap: {"Pytorch|pytorch": PyTorch}
  message: "Write '{replacement}', not '{match}'."
  fix: safe
  examples:
    - name: names
      files: {a.md: "Pytorch and [pytorch](https://example.org) `pytorch`\n"}
      expect: [{file: a.md, text: Pytorch, message: "Write 'PyTorch', not 'Pytorch'."}]
      fixed: {a.md: "PyTorch and [pytorch](https://example.org) `pytorch`\n"}
- id: house/legacy-host
  check: url
  on: link
  host: pytorch.org
  path: "^/(docs|tutorials|executorch)(/.*)?$"
  replace: {host: docs.pytorch.org}
  message: "'{host}{path}' redirects; use docs.pytorch.org."
  fix: safe
  examples:
    - name: docs
      files: {a.md: "[a](https://pytorch.org/docs/x) ![b](https://pytorch.org/docs/y)\n"}
      expect: [{file: a.md, text: "https://pytorch.org/docs/x", message: "'pytorch.org/docs/x' redirects; use docs.pytorch.org."}]
      fixed: {a.md: "[a](https://docs.pytorch.org/docs/x) ![b](https://pytorch.org/docs/y)\n"}
- id: house/deprecated-api
  check: symbol
  on: "code[lang=python], code[kind=doctest]"
  data: deprecated.yaml
  state: deprecated
  allow: {heading: "(?i)migrat|deprecat", sentence: "(?i)deprecat", own-page: true, page-kind: [post]}
  message: "'{name}' is deprecated since {since}; use '{replacement}'."
  fix: safe
  examples:
    - name: an old name
      files:
        a.md: "```python\ntorch.symeig(x)\n```\n\n## Migration\n\n```python\ntorch.symeig(x)\n```\n"
        _posts/2020-01-01-a.md: "```python\ntorch.symeig(x)\n```\n"
      expect: [{file: a.md, text: torch.symeig, message: "'torch.symeig' is deprecated since 1.9; use 'torch.linalg.eigh'."}]
      fixed: {a.md: "```python\ntorch.linalg.eigh(x)\n```\n\n## Migration\n\n```python\ntorch.symeig(x)\n```\n"}
- id: house/tutorial-sections
  check: require
  on: document
  pages: [tutorial]
  has: ["heading[text~='(?i)^prerequisites']"]
  message: "Tutorial page has no section '{name}'."
  examples:
    - name: no prerequisites
      files: {tutorials/a.md: "# A\n", b.md: "# B\n", tutorials/c.md: "# C\n\n## Prerequisites\n\nx\n"}
      expect: [{file: tutorials/a.md, text: A, message: "Tutorial page has no section 'prerequisites'."}]
- id: house/example-section
  check: require
  on: "docstring[public=true][kind=function]"
  has: ["doc-section[name=Example], code[kind=doctest]"]
  message: "Docstring of '{object}' has no example."
  examples:
    - name: one of four functions has none
      files:
        src/a.py: |
          """The module."""
          def bare(x):
              """Say x.

              Args:
                  x: what to say
              """
          def section(x):
              """Say x.

              Example:
                  section(1)
              """
          def doctest(x):
              """Say x.

              >>> doctest(1)
              """
          def _private(x):
              """Say x."""
          class Thing:
              """A thing."""
        a.md: "# No docstring\n"
      expect: [{file: src/a.py, text: Say x., message: "Docstring of 'bare' has no example."}]
- id: house/please
  check: pattern
  on: "item, !link"
  patterns: ["please,? ", "kindly "]
  ignore-case: true
  replace: ""
  message: "leave out '{match}'"
  fix: safe
  examples:
    - name: polite
      files: {a.md: "Please wait.\n\n- please, wait\n- kindly wait\n- [please wait](https://example.org)\n"}
      expect: [{file: a.md, text: "please, "}, {file: a.md, text: "kindly "}]
      fixed: {a.md: "Please wait.\n\n- wait\n- wait\n- [please wait](https://example.org)\n"}
- id: house/front-matter
  check: require
  on: front-matter
  pages: [post]
  has: ["@layout", "@title", "@author"]
  message: "Post has no front matter key '{name}'."
  examples:
    - name: no author
      files: {_posts/2020-01-01-a.md: "---\nlayout: post\ntitle: A\n---\n\nText.\n"}
      expect: [{file: _posts/2020-01-01-a.md, text: "---", message: "Post has no front matter key 'author'."}]
- id: house/long-sentence
  check: count
  on: sentence
  pattern: "\\w+"
  max: 8
  message: "{count} words; make two sentences of it"
  examples:
    - name: nine words
      files: {a.md: "One two three four five six seven eight nine. One.\n"}
      expect: [{file: a.md, text: "One two three four five six seven eight nine."}]
- id: house/heading
  check: case
  on: "heading[level=2]"
  style: sentence
  message: "write '{replacement}'"
  fix: unsafe
  examples:
    - name: capitals
      files: {a.md: "# One Two\n\n## One Two\n"}
      expect: [{file: a.md, text: One Two, message: "write 'One two'"}]
      fixed: {a.md: "# One Two\n\n## One two\n"}
- id: house/mail
  check: consistent
  on: "paragraph, item, !quote"
  either: {e-mail: email}
  message: "'{match}' beside '{other}'"
  ignore-case: true
  fix: safe
  examples:
    - name: both
      files: {a.md: "email and e-mail. E-mail\n\n> e-mail\n"}
      expect: [{file: a.md, text: e-mail}, {file: a.md, text: E-mail}]
      fixed: {a.md: "email and email. Email\n\n> e-mail\n"}
)yaml";

TEST(ProjectRules, EveryEngineFiresAndFixesAsItsExamplesSay) {
    const Sandbox box;
    box.write(kConfig, kRulePaths);
    box.write("rules/deep/house.yaml", kHouse);
    box.write("rules/deep/deprecated.yaml",
              "symbols:\n  - {name: torch.symeig, state: deprecated, since: '1.9', replacement: "
              "torch.linalg.eigh}\n");
    const Outcome bad = box.lint({"test-rules"});
    // The data is no rule; it lies where rules are looked for.
    EXPECT_EQ(bad.code, 2);
    EXPECT_THAT(bad.err, HasSubstr("rules/deep/deprecated.yaml:1:1: no key 'id'"));
    box.write(kConfig, "version: 1\nrule-paths: [rules/deep/house.yaml]\n");
    const Outcome run = box.lint({"test-rules"});
    EXPECT_EQ(run.code, 0) << run.out << run.err;
    EXPECT_THAT(run.out, HasSubstr("10 rules, 10 examples: all as expected\n"));
    box.write("a.md", "# A\n\n## One Two\n\nPytorch\n");
    const Outcome lint = box.lint({"--select", "house"});
    EXPECT_EQ(lint.code, 1);
    EXPECT_THAT(lint.out, HasSubstr("a.md:3:4: warning: write 'One two' [house/heading]\n"));
    EXPECT_THAT(lint.out, HasSubstr("a.md:5:1: warning: Write 'PyTorch', not 'Pytorch'."));
}

TEST(ProjectRules, RulesThatNeverFireAreNotLoaded) {
    const Sandbox box;
    box.write(kConfig, kRulePaths);
    box.write(
        "rules/x.yaml",
        "id: h/x\ncheck: pattern\npatterns: [a, b]\nmessage: m\nexamples:\n  - {name: n, files: "
        "{a.md: \"c\\n\"}, expect: [{file: a.md, text: c}]}\n");
    box.write("a.md", "a\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_THAT(run.err,
                HasSubstr("rules/x.yaml:6:3: rule 'h/x' finds nothing in its own examples"));
    const Outcome tested = box.lint({"test-rules"});
    EXPECT_EQ(tested.code, 1);
    EXPECT_THAT(tested.out, HasSubstr("rules/x.yaml:6:5: h/x, 'n': not found: 'c' in a.md\n"));
    EXPECT_THAT(tested.out, HasSubstr("h/x: 0 of 2 alternatives matched; never: 'a', 'b'\n"));
    EXPECT_THAT(tested.out, HasSubstr("1 rule, 1 example: 1 wrong\n"));
}

TEST(ProjectRules, ExamplesThatContradictAreReported) {
    const Sandbox box;
    box.write(
        "rules/x.yaml",
        "id: h/x\ncheck: pattern\npatterns: a\nreplace: aa\nfix: safe\nmessage: m\nexamples:\n"
        "  - {name: one, files: {a.md: \"a\\n\"}, expect: [{file: a.md, text: a, message: n}]}\n"
        "  - {name: two, files: {a.md: \"a\\n\"}, expect: []}\n");
    const Outcome run = box.lint({"test-rules", "rules"});
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_THAT(run.out, HasSubstr("'one': at 'a' in a.md the message is \"m\", not \"n\"\n"));
    EXPECT_THAT(run.out, HasSubstr("'one': the fixes leave something to fix"));
    EXPECT_THAT(run.out, HasSubstr("'two': not expected: 'a' in a.md: m\n"));
}

TEST(ProjectRules, ExtendOthers) {
    const Sandbox box;
    box.write(kConfig, kRulePaths);
    box.write("rules/a.yaml",
              "- {id: h/c, extends: h/b, patterns-: [two], patterns+: four}\n"
              "- {id: h/b, extends: h/a, patterns+: [three]}\n"
              "- {id: h/a, check: pattern, patterns: [one, two], message: '{match}!'}\n"
              "- {id: h/todo, extends: style/todo-marker, exceptions+: ['TODO later'], options: "
              "{markers: {type: regex-list, default: [TODO], help: h}}}\n");
    box.write("a.md", "one two three four TODO TODO later\n");
    const Outcome run = box.lint({"--select", "h"});
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_EQ(run.out,
              "a.md:1:1: warning: one! [h/a]\na.md:1:1: warning: one! [h/b]\n"
              "a.md:1:1: warning: one! [h/c]\na.md:1:5: warning: two! [h/a]\n"
              "a.md:1:5: warning: two! [h/b]\na.md:1:9: warning: three! [h/b]\n"
              "a.md:1:9: warning: three! [h/c]\na.md:1:15: warning: four! [h/c]\n"
              "a.md:1:20: note: 'TODO' is left in the text; do it, or move it to an issue "
              "[h/todo]\n");
}

TEST(ProjectRules, MistakesHaveAPlaceAndStopTheRun) {
    struct Case {
        const char* text;
        const char* message;
    };
    for (const Case& one : std::vector<Case>{
             {"- {id: h/a, extends: h/b}\n- {id: h/b, extends: h/a}\n",
              "rules/x.yaml:1:22: rules extend each other in a circle: h/a -> h/b -> h/a"},
             {"{id: h/a, extends: h/zzz}\n", "rules/x.yaml:1:20: no rule 'h/zzz'"},
             {"{id: h/a, extends: links/missing-anchor}\n",
              "rules/x.yaml:1:20: 'links/missing-anchor' is made in C++ and cannot be extended"},
             {"- {id: h/a, check: count, of: list, max: 1, message: m}\n- {id: h/a, check: "
              "count}\n",
              "rules/x.yaml:2:8: rule 'h/a' exists already, in rules/x.yaml:1"},
             {"{id: links/missing-anchor, check: count}\n",
              "rules/x.yaml:1:6: rule 'links/missing-anchor' exists already"},
             {"{id: h/a, check: count, of: list, max: 1, message: m, aliases: {x: "
              "[style/todo-marker]}}\n",
              "rules/x.yaml:1:64: alias 'style/todo-marker' is the id of a rule"},
             {"- {id: h/a, check: pattern, patterns: [a], message: m}\n- {id: h/b, extends: h/a, "
              "patterns-: [c]}\n",
              "rules/x.yaml:2:39: nothing to take away: no 'c' in 'patterns'"},
             {"{id: h/a, check: native}\n", "a rule of a project needs an engine, found 'native'"},
             {"{id: h/a, check: pattern, patterns: '(a', message: m}\n",
              "rules/x.yaml:1:37: '(a' is no regular expression"},
         }) {
        const Sandbox box;
        box.write(kConfig, kRulePaths);
        box.write("rules/x.yaml", one.text);
        box.write("a.md", "[x](gone.md)\n");
        const Outcome run = box.lint({});
        EXPECT_EQ(run.code, 2) << one.text;
        EXPECT_THAT(run.out, IsEmpty());
        EXPECT_THAT(run.err, HasSubstr(one.message)) << one.text;
    }
}

// Each level of aliases is nine times the one before.
TEST(ProjectRules, AliasesOfYamlDoNotExplode) {
    const Sandbox box;
    box.write(kConfig, kRulePaths);
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string inner = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + inner;
        for (int more = 1; more < 9; ++more)
            bomb += ", " + inner;
        bomb += "]\n";
    }
    box.write("rules/x.yaml", bomb + "id: h/a\ncheck: pattern\npatterns: *a11\nmessage: m\n");
    box.write("a.md", "[x](gone.md)\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_THAT(run.err, HasSubstr("rules/x.yaml:1:31: aliases expand to more than 100000 nodes"));
    EXPECT_LT(run.cpu, 10);
}

TEST(ProjectRules, ARuleThatMatchesEverythingIsCut) {
    const Sandbox box;
    box.write(kConfig, kRulePaths);
    box.write("rules/x.yaml",
              "{id: h/a, check: pattern, view: source, on: document, patterns: '(?s).', replace: "
              "'\\0\\0', fix: safe, message: m}\n");
    box.write("a.md", std::string(200'000, 'a'));
    const Outcome run = box.lint({"--select", "h"});
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_EQ(lines_of(run.out).size(), 1000U);
    EXPECT_LT(run.cpu, 10);
    // Each match makes its own fix; no two of them touch the same bytes.
    const Outcome fix = box.lint({"fix", "--select", "h"});
    EXPECT_NE(fix.code, 2) << fix.err;
}

TEST(ProjectRules, DeepAndWideInputIsRefusedOrRead) {
    const Sandbox box;
    box.write(kConfig, kRulePaths);
    std::string deep = "list";
    for (int i = 0; i < 10'000; ++i)
        deep += " item";
    box.write("rules/x.yaml",
              "{id: h/a, check: count, on: '" + deep + "', of: list, max: 1, message: m}\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.err, HasSubstr("a selector may have 10,000 bytes at most"));
    // A chain of 30 rules.
    std::string chain = "- {id: h/r0, check: pattern, patterns: [a], message: m}\n";
    for (int i = 1; i < 30; ++i)
        chain +=
            "- {id: h/r" + std::to_string(i) + ", extends: h/r" + std::to_string(i - 1) + "}\n";
    box.write("rules/x.yaml", chain);
    EXPECT_EQ(box.lint({}).code, 0);
}

TEST(ProjectRules, ManyRulesAreRead) {
    const Sandbox box;
    box.write(kConfig, kRulePaths);
    std::string many;
    for (int i = 0; i < 10'000; ++i) {
        many += "- {id: h/r" + std::to_string(i) + ", check: pattern, patterns: [word" +
                std::to_string(i) + "], message: m}\n";
    }
    box.write("rules/x.yaml", many);
    box.write("a.md", "word17 and word9999\n");
    const Outcome run = box.lint({});
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_THAT(run.out, HasSubstr("a.md:1:12: warning: m [h/r9999]\n"));
    EXPECT_LT(run.cpu, 60) << "of an unoptimised build";
}

TEST(ImportVale, ConvertsTheSevenKinds) {
    const Sandbox box;
    box.write("styles/House/Exists.yml",
              "extends: existence\nmessage: \"Avoid '%s' {now}.\"\nlevel: error\nignorecase: true\n"
              "tokens: [simply, 'just(?! in)', '(?<=a)b']\n");
    box.write("styles/House/GenderBias.yml",
              "extends: substitution\nmessage: Use '%s', not '%s'.\naction: {name: replace}\nswap: "
              "{'(?:man)kind': people, 'a(b)': '$1'}\n");
    box.write(
        "styles/House/Length.yml",
        "extends: occurrence\nmessage: Long.\nscope: sentence\nmax: 3\ntoken: '\\b(\\w+)\\b'\n");
    box.write(
        "styles/House/Twice.yml",
        "extends: repetition\nmessage: \"'%s' again\"\nignorecase: true\ntokens: ['[^\\s]+']\n");
    box.write("styles/House/Headings.yml",
              "extends: capitalization\nmessage: \"'%s'\"\nlevel: suggestion\nscope: heading.h2\n"
              "match: $sentence\nexceptions: [Linux]\n");
    box.write("styles/House/Same.yml",
              "extends: consistency\nmessage: \"'%s'\"\neither: {advisor: adviser}\n");
    box.write("styles/House/Explained.yml",
              "extends: conditional\nmessage: \"'%s'\"\nfirst: '\\b([A-Z]{3,5})\\b'\nsecond: "
              "'\\(([A-Z]{3,5})\\)'\n");
    box.write("styles/House/Spelling.yml", "extends: spelling\nmessage: s\n");
    const Outcome made = box.lint({"rules", "import-vale", "styles"});
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_THAT(made.err, HasSubstr("existence: 1 of 1 converted\n"));
    EXPECT_THAT(made.err, HasSubstr("spelling: 0 of 1 converted\n"));
    EXPECT_THAT(made.err,
                HasSubstr("House.Spelling: rules of the kind 'spelling' cannot be converted\n"));
    EXPECT_THAT(made.err,
                HasSubstr("House.Exists: converted without '(?<=a)b', which RE2 refuses\n"));
    box.write("rules/house.yaml", made.out);
    box.write(kConfig, kRulePaths);
    box.write(
        "a.md",
        "# A\n\n## On Linux Files\n\nSimply just in time. Just do it again again now. Mankind. "
        "ab advisor.\n\nOf DEF (ABC) ABC adviser mankind.\n");
    const Outcome run = box.lint({"--select", "house", "--ignore", "style/repeated-word"});
    EXPECT_EQ(run.code, 1) << run.err;
    for (const char* line : {
             "a.md:3:4: note: 'On Linux Files' [house/headings]\n",
             "a.md:5:1: error: Avoid 'Simply' {now}. [house/exists]\n",
             "a.md:5:22: error: Avoid 'Just' {now}. [house/exists]\n",
             "a.md:5:22: warning: Long. [house/length]\n",
             "a.md:5:33: warning: 'again' again [house/twice]\n",
             "warning: Use 'b', not 'ab'. [house/gender-bias]\n",
             "a.md:7:4: warning: 'DEF' [house/explained]\n",
             "a.md:7:18: warning: 'adviser' [house/same]\n",
             "warning: Use 'people', not 'mankind'. [house/gender-bias]\n",
         }) {
        EXPECT_THAT(run.out, HasSubstr(line));
    }
    EXPECT_THAT(run.out, ::testing::Not(HasSubstr("'just' {now}")));
    EXPECT_EQ(box.lint({"rules", "import-vale", "gone"}).code, 2);
    EXPECT_EQ(box.lint({"rules", "import-vale", "rules"}).code, 2);
}

// docs/your-own-rules.md is run: what it says is in a file is written there, what it says is
// printed must be.
TEST(Tutorial, IsTrue) {
    std::ifstream file(std::string(DOCATHON_SOURCE_DIR) + "/docs/your-own-rules.md");
    std::stringstream page;
    page << file.rdbuf();
    const Sandbox box;
    std::string line;
    std::string named;  // the file that the text named last
    std::size_t files = 0;
    std::size_t commands = 0;
    while (std::getline(page, line)) {
        // Files are named in code spans that end in .yaml or .md and are no links.
        for (std::size_t at = line.find('`'); at != std::string::npos && !line.starts_with("```");
             at = line.find('`', at + 1)) {
            const std::size_t end = line.find('`', at + 1);
            if (end == std::string::npos)
                break;
            const std::string code = line.substr(at + 1, end - at - 1);
            if (code.ends_with(".yaml") || code.ends_with(".md"))
                named = code;
            at = end;
        }
        if (!line.starts_with("```"))
            continue;
        const std::string language = line.substr(3);
        std::string block;
        while (std::getline(page, line) && line != "```")
            block += line + "\n";
        if (language == "yaml" || language == "markdown") {
            ASSERT_FALSE(named.empty());
            box.write(named, block);
            ++files;
        } else if (language == "console") {
            const std::size_t end = block.find('\n');
            ASSERT_TRUE(block.starts_with("$ docathon-lint"));
            std::vector<std::string> arguments;
            std::stringstream words(block.substr(15, end - 15));
            for (std::string word; words >> word;)
                arguments.push_back(word);
            EXPECT_EQ(box.lint(arguments).out, block.substr(end + 1));
            ++commands;
        } else {
            // The mistake: the page says which.
            ASSERT_EQ(language, "text");
            const std::string rule = box.read(".docathon-lint/rules/house.yaml");
            std::string wrong = rule;
            wrong.replace(wrong.find("\"paragraph, heading, !quote\""), 28, "paragraf");
            box.write(".docathon-lint/rules/house.yaml", wrong);
            EXPECT_THAT(box.lint({}).err, HasSubstr(block));
            box.write(".docathon-lint/rules/house.yaml", rule);
        }
    }
    EXPECT_EQ(files, 4u);
    EXPECT_EQ(commands, 3u);
}

}  // namespace
}  // namespace docathon::testing

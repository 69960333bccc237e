// Engines as users write them: rules in YAML, run on a page.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/cli/session.h"
#include "lint/config/rule_file.h"
#include "lint/settle/apply_fix.h"

namespace docathon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// The findings as "text: message", and the page after the fixes.
struct Outcome {
    std::vector<std::string> findings;
    std::string fixed;
    std::string error;
};

Outcome run_on(const std::string& path, const std::string& rules, const std::string& page,
               const std::map<std::string, std::string>& more = {}) {
    Outcome outcome;
    Session loaded;
    loaded.read = [&](const std::string& name) -> Result<std::string> {
        const auto at = more.find(name);
        return at == more.end() ? Result<std::string>(fail("no such file")) : at->second;
    };
    const std::vector<RuleText> texts = {{"house.yaml", rules}};
    if (const Result<void> added = loaded.add_rules(texts); !added) {
        outcome.error = added.error().to_string();
        return outcome;
    }
    std::map<std::string, std::string> files = more;
    files[path] = page;
    auto made = Session::in_memory(files, Config(), loaded.rules, {}, RuleFlags());
    EXPECT_TRUE(made) << made.error().to_string();
    Session& session = **made;
    const LintRun run = lint(session.job(1));
    for (const Notification& notification : run.result.notifications)
        outcome.error += notification.message;
    for (const Diagnostic& finding : run.result.findings) {
        const std::string_view bytes = run.result.bytes(finding.file);
        outcome.findings.push_back(
            std::string(bytes.substr(finding.range.begin, finding.range.size())) + ": " +
            finding.message);
    }
    outcome.fixed = apply_fixes(page, run.result.findings, true).text;
    return outcome;
}

Outcome run(const std::string& rules, const std::string& page) {
    return run_on("a.md", rules, page);
}

TEST(PatternEngine, FindsInTheTextOfItsView) {
    const std::string page = "A foo, *f*oo, `foo` and [foo](foo.md).\n\n# foo\n";
    EXPECT_THAT(run("id: h/x\ncheck: pattern\npatterns: foo\nmessage: '{match}'\n", page).findings,
                ElementsAre("foo: foo", "f*oo: foo", "foo: foo", "foo: foo"));
    EXPECT_THAT(
        run("id: h/x\ncheck: pattern\nview: url\npatterns: foo\nmessage: m\n", page).findings,
        ElementsAre("foo: m"));
    EXPECT_EQ(run("id: h/x\ncheck: pattern\nview: source\npatterns: foo\nmessage: m\n", page)
                  .findings.size(),
              5u);
    EXPECT_THAT(
        run("id: h/x\ncheck: pattern\nview: text\non: code\npatterns: foo\nmessage: m\n", page)
            .findings,
        ElementsAre("foo: m"));
    EXPECT_THAT(
        run("id: h/x\ncheck: pattern\non: heading\npatterns: foo\nmessage: m\n", page).findings,
        ElementsAre("foo: m"));
    EXPECT_THAT(
        run("id: h/x\ncheck: pattern\non: '!link, !heading'\npatterns: foo\nmessage: m\n", page)
            .findings,
        ElementsAre("foo: m", "f*oo: m"));
}

TEST(PatternEngine, WordsEndInAnyScript) {
    const std::string rule =
        "id: h/x\ncheck: pattern\nwords: true\npatterns: [art, 'été']\nmessage: m\n";
    EXPECT_THAT(run(rule,
                    "art arts part \xc3\xa9"
                    "art art\xc3\xa9 (art) \xc3\xa9t\xc3\xa9 r\xc3\xa9t\xc3\xa9\n")
                    .findings,
                ElementsAre("art: m", "art: m", "\xc3\xa9t\xc3\xa9: m"));
}

TEST(PatternEngine, OfOverlappingMatchesTheFirstAndLongestCounts) {
    EXPECT_THAT(run("id: h/x\ncheck: pattern\npatterns: [very, very much, much so]\nmessage: m\n",
                    "very much so\n")
                    .findings,
                ElementsAre("very much: m"));
}

TEST(PatternEngine, ExceptionsCoverWhatTheyMatch) {
    EXPECT_THAT(run("id: h/x\ncheck: pattern\npatterns: OS\nexceptions: ['OS X', 'mac ?OS']\n"
                    "message: m\n",
                    "OS, OS X, macOS, OS\n")
                    .findings,
                ElementsAre("OS: m", "OS: m"));
}

TEST(PatternEngine, ReplacesWithGroups) {
    const std::string rule =
        "id: h/x\ncheck: pattern\npatterns: '(?P<a>\\d+) ?(?P<b>mb|kb)'\nreplace: '\\1 \\2'\n"
        "message: '{a}-{b}: {replacement}'\nfix: safe\n";
    const Outcome outcome = run(rule, "10mb and 5 kb and 7  kb, 1`x`mb\n");
    EXPECT_THAT(outcome.findings, ElementsAre("10mb: 10-mb: 10 mb"));
    EXPECT_EQ(outcome.fixed, "10 mb and 5 kb and 7  kb, 1`x`mb\n");
    // What markup cuts in two cannot be replaced as one.
    EXPECT_FALSE(run(rule, "1*0mb*\n").findings.empty());
    EXPECT_EQ(run(rule, "1*0mb*\n").fixed, "1*0mb*\n");
}

TEST(PatternEngine, RepeatedWords) {
    const std::string rule =
        "id: h/x\ncheck: pattern\nrepeated: true\nignore-case: true\nmessage: '{match}'\nfix: "
        "safe\n";
    const Outcome outcome = run(
        rule, "The the the cat. It is\n> is. no-no no \xc3\xa9t\xc3\xa9 \xc3\xa9t\xc3\xa9 1 1\n");
    EXPECT_THAT(outcome.findings,
                ElementsAre("The the: the", "the the: the",
                            "\xc3\xa9t\xc3\xa9 \xc3\xa9t\xc3\xa9: \xc3\xa9t\xc3\xa9"));
    EXPECT_EQ(outcome.fixed, "The cat. It is\n> is. no-no no \xc3\xa9t\xc3\xa9 1 1\n");
    EXPECT_THAT(
        run("id: h/x\ncheck: pattern\nrepeated: true\npatterns: '\\d+'\nmessage: '{match}'\n",
            "1 1 2 two two 3 *3*\n")
            .findings,
        ElementsAre("1 1: 1"));
}

TEST(PatternEngine, ReportsNoMoreThanAThousand) {
    EXPECT_EQ(
        run("id: h/x\ncheck: pattern\npatterns: .\nmessage: m\n", std::string(5000, 'x') + "\n")
            .findings.size(),
        1000u);
    EXPECT_EQ(
        run("id: h/x\ncheck: pattern\npatterns: .*\nmessage: m\n", "a\n\nb\n").findings.size(), 2u);
}

TEST(SubstitutionEngine, SwapsWordsAndSpellsNames) {
    const std::string rule =
        "id: h/x\ncheck: substitution\nswap: {'utili[sz]e': use, '(\\w+)ise': '\\1ize', fall: "
        "'autumn|fall season'}\nnames: [PyTorch]\ncapitalize: true\nmessage: \"{replacement}\"\n"
        "fix: safe\n";
    const Outcome outcome = run(rule, "Pytorch can utilise, normalise. Fall! fall\n");
    EXPECT_THAT(outcome.findings,
                ElementsAre("Pytorch: PyTorch", "utilise: use", "normalise: normalize",
                            "fall: autumn' or 'fall season"));
    EXPECT_EQ(outcome.fixed, "PyTorch can use, normalize. Fall! fall\n");
    EXPECT_THAT(run("id: h/x\ncheck: substitution\nswap: {a: b}\nignore-case: true\ncapitalize: "
                    "true\nmessage: '{replacement}'\n",
                    "A cab a\n")
                    .findings,
                ElementsAre("A: B", "a: b"));
}

TEST(SubstitutionEngine, ReadsData) {
    const std::map<std::string, std::string> data = {{"terms.yaml", "colour: color\n"}};
    EXPECT_THAT(run_on("a.md", "id: h/x\ncheck: substitution\ndata: terms.yaml\nmessage: m\n",
                       "colour\n", data)
                    .findings,
                ElementsAre("colour: m"));
    EXPECT_EQ(run("id: h/x\ncheck: substitution\ndata: gone.yaml\nmessage: m\n", "").error,
              "house.yaml:3:7: cannot read the data 'gone.yaml': no such file");
    EXPECT_EQ(run("id: h/x\ncheck: substitution\ndata: ../gone.yaml\nmessage: m\n", "").error,
              "house.yaml:3:7: cannot read the data '../gone.yaml': it must stay inside the "
              "repository");
}

TEST(PatternEngine, ReadsTheTextOfImages) {
    const std::string rule =
        "id: h/x\ncheck: pattern\non: image\npatterns: 'a \\w+'\nreplace: x\n"
        "fix: safe\nmessage: m\n";
    const Outcome made =
        run_on("a.rst", rule,
               ".. image:: a.svg\n   :alt: a plan\n\n.. figure:: b.svg\n\n   a caption\n\n|x|\n\n"
               ".. |x| image:: c.svg\n");
    EXPECT_THAT(made.findings, ElementsAre("a plan: m"));
    EXPECT_THAT(made.fixed, testing::HasSubstr(":alt: x\n"));
}

TEST(CountEngine, CountsNodesAndMatches) {
    EXPECT_THAT(run("id: h/x\ncheck: count\nof: 'heading[level=1]'\nmax: 1\nmessage: "
                    "'{count} of {max}'\n",
                    "# A\n\n# B\n\n## C\n\n# D\n")
                    .findings,
                ElementsAre("B: 3 of 1", "D: 3 of 1"));
    EXPECT_THAT(run("id: h/x\ncheck: count\non: section\nof: code\nmin: 1\nmessage: '{count}'\n",
                    "# A\n\n`x`\n\n# B\n\nx\n")
                    .findings,
                ElementsAre("B: 0"));
    EXPECT_THAT(run("id: h/x\ncheck: count\non: sentence\npattern: '\\w+'\nmax: 3\nmessage: "
                    "'{count}'\n",
                    "One two three. One two, e.g. four! Dr. Who *came\nin* late. X\n")
                    .findings,
                ElementsAre("One two, e.g. four!: 5", "Dr. Who *came\nin* late.: 5"));
}

TEST(RequireEngine, WantsNodesAndAttributes) {
    EXPECT_THAT(run("id: h/x\ncheck: require\nhas: [\"heading[text~='(?i)^usage$']\", {an example: "
                    "\"code[kind=block], code[kind=doctest]\"}]\nmessage: 'no {name}'\n",
                    "# A\n\n## Use\n\ntext\n")
                    .findings,
                ElementsAre("A: no an example", "A: no usage"));
    EXPECT_THAT(run("id: h/x\ncheck: require\non: 'section[level=2]'\nhas: paragraph\nmessage: "
                    "'no {name}'\n",
                    "# A\n\n## B\n\ntext\n\n## C\n\n- \n")
                    .findings,
                ElementsAre("C: no paragraph"));
    EXPECT_THAT(run("id: h/x\ncheck: require\non: image\nhas: '@alt'\nmessage: 'no {name}'\n",
                    "![](a.svg) ![x](a.svg)\n")
                    .findings,
                testing::Contains("![](a.svg): no alt"));
    EXPECT_THAT(run("id: h/x\ncheck: require\non: front-matter\nhas: ['@title', '@author']\n"
                    "message: 'no {name}'\n",
                    "---\ntitle: x\n---\n\ntext\n")
                    .findings,
                ElementsAre("---: no author"));
    EXPECT_THAT(
        run("id: h/x\ncheck: require\non: front-matter\nhas: '@title'\nmessage: m\n", "\n\ntext\n")
            .findings,
        ElementsAre("text: m"));
}

constexpr const char* kModule = R"py("""The module please."""


def google(x, y=None, *rest):
    """Say x, please.

    See `the *hub* please <https://example.org/hub>`_ and ``please``.

    Args:
        x (int): one, please
        y: two

    Example:
        >>> google(1)  # please
    """
    def inner():
        """Inner."""


class Thing:
    """A thing."""

    def _hidden(self):
        """
        Parameters
        ----------
        a : str
            Please.
        """

    @property
    def size(self):
        """:param str q: please
        :returns: a number
        :type r: int
        """

    field = 1
    """An attribute, please."""
)py";

TEST(Docstrings, AreSelectedByWhatTheyDocument) {
    const auto kinds = [](const std::string& on, const std::string& message) {
        return run_on("pack/a.py",
                      "id: h/x\ncheck: count\non: '" + on + "'\nof: table\nmin: 1\nmessage: '" +
                          message + "'\n",
                      kModule);
    };
    EXPECT_THAT(kinds("docstring", "{object} {kind} {public} {style}").findings,
                ElementsAre("The module please.: a module true ",
                            "Say x, please.: google function true google",
                            "Inner.: google.inner function false ", "A thing.: Thing class true ",
                            "Parameters: Thing._hidden method false numpy",
                            ":param str q: please: Thing.size property true sphinx",
                            "An attribute, please.: Thing.field attribute true "));
    EXPECT_THAT(kinds("docstring[public=true][kind=function]", "{object}").findings,
                ElementsAre("Say x, please.: google"));
    EXPECT_THAT(kinds("doc-section", "{name} {kind}").findings,
                ElementsAre("Args:: Args parameters", "Example:: Example examples",
                            "Parameters: Parameters parameters", "str q: please: param parameters",
                            "a number: returns returns", "r: int: param parameters"));
    EXPECT_THAT(kinds("param", "{name} of {object}, {type}, {default}, {text}").findings,
                ElementsAre("x (int): one, please: x of google, int, , one, please",
                            "y: two: y of google, , None, two",
                            "a : str: a of Thing._hidden, str, , Please.",
                            "str q: please: q of Thing.size, str, , please",
                            "r: int: r of Thing.size, int, , "));
    EXPECT_THAT(kinds("docstring[style=google] > doc-section > param[!type]", "{name}").findings,
                ElementsAre("y: two: y"));
    EXPECT_THAT(kinds("doc-section[name=Example] code[kind=doctest]", "{lang}").findings,
                ElementsAre(">>> google(1)  # please: pycon"));
}

TEST(Docstrings, AreReadAsText) {
    const auto found = [](const std::string& keys) {
        return run_on(
            "a.py",
            "id: h/x\ncheck: pattern\nignore-case: true\nreplace: now\nfix: safe\nmessage: m\n"
            "patterns: please\n" +
                keys,
            kModule);
    };
    const Outcome prose = found("on: 'docstring[kind=function], !doc-section'\n");
    EXPECT_THAT(prose.findings, ElementsAre("please: m", "please: m"));
    EXPECT_THAT(prose.fixed,
                testing::HasSubstr("    \"\"\"Say x, now.\n\n    See `the *hub* now <"));
    EXPECT_THAT(found("on: 'docstring > doc-section[kind=parameters] paragraph'\n").findings,
                testing::SizeIs(3));
    // A rule that names no docstring is for pages.
    EXPECT_THAT(found("").findings, IsEmpty());
    EXPECT_THAT(found("on: 'paragraph, !docstring'\n").findings, IsEmpty());
    EXPECT_THAT(found("formats: [python]\non: sentence\n").findings, testing::SizeIs(7));
    EXPECT_THAT(run_on("a.py",
                       "id: h/x\ncheck: url\non: docstring\nhost: example.org\nreplace: {host: "
                       "example.com}\nfix: safe\nmessage: '{path}'\n",
                       kModule)
                    .findings,
                ElementsAre("https://example.org/hub: /hub"));
    EXPECT_THAT(run_on("a.py",
                       "id: h/x\ncheck: symbol\nformats: [python]\nnames: google\nmessage: "
                       "'{name}'\n",
                       kModule)
                    .findings,
                ElementsAre("google: google"));
    // There is no page in a Python file, so nothing that a page must have.
    EXPECT_THAT(run_on("a.py",
                       "- {id: h/x, check: require, formats: [python], has: heading, message: m}\n"
                       "- {id: h/y, check: require, formats: [python], on: front-matter, has: "
                       "'@title', message: m}\n",
                       kModule)
                    .findings,
                IsEmpty());
}

TEST(CaseEngine, KnowsSentencesAndTitles) {
    const auto rule = [](const std::string& style) {
        return "id: h/x\ncheck: case\nstyle: " + style +
               "\nwords: [Linux]\nmessage: '{replacement}'\nfix: unsafe\n";
    };
    EXPECT_THAT(
        run(rule("sentence"), "# Using The API on Linux: A Guide\n\n## `x` Files\n").findings,
        ElementsAre("Using The API on Linux: A Guide: Using the API on Linux: A guide",
                    "`x` Files: ... files"));
    EXPECT_EQ(run(rule("sentence"), "# Using The *New* thing\n").fixed,
              "# Using the *new* thing\n");
    EXPECT_THAT(run(rule("title"), "# using the API of linux\n\n## A Guide to It\n").findings,
                ElementsAre("using the API of linux: Using the API of Linux"));
    EXPECT_THAT(run(rule("lower"), "# One Two\n").findings, ElementsAre("One Two: one two"));
    EXPECT_THAT(run(rule("any"), "# oNE Two\n").findings, IsEmpty());
    EXPECT_THAT(run("id: h/x\ncheck: case\nmatches: '[.]$'\non: item\nmessage: m\n", "- a.\n- b\n")
                    .findings,
                ElementsAre("b: m"));
    EXPECT_THAT(run("id: h/x\ncheck: case\nstyle: sentence\nthreshold: 80\nmessage: m\n",
                    "# One two three four Five\n\n# One Two three\n")
                    .findings,
                ElementsAre("One Two three: m"));
}

TEST(UrlEngine, TestsAndReplacesParts) {
    const std::string rule =
        "id: h/x\ncheck: url\nhost: '*.example.org'\nscheme: http\npath: '^/old/(.*)'\n"
        "exceptions: ['\\?keep']\nreplace: {scheme: https, path: '/new/\\1'}\n"
        "message: '{host}{path} -> {replacement}'\nfix: safe\n";
    const Outcome outcome =
        run(rule,
            "[a](http://www.example.org/old/x#y) <http://example.org/old/> "
            "[b](http://badexample.org/old/x) [c](https://example.org/old/x) "
            "[d](http://example.org/old/x?keep) [e][f]\n\n[f]: http://example.org:80/old/z\n");
    EXPECT_THAT(outcome.findings,
                ElementsAre("http://www.example.org/old/x#y: www.example.org/old/x -> "
                            "https://www.example.org/new/x#y",
                            "http://example.org/old/: example.org/old/ -> https://example.org/new/",
                            "http://example.org:80/old/z: example.org/old/z -> "
                            "https://example.org:80/new/z"));
    EXPECT_EQ(outcome.fixed,
              "[a](https://www.example.org/new/x#y) <https://example.org/new/> "
              "[b](http://badexample.org/old/x) [c](https://example.org/old/x) "
              "[d](http://example.org/old/x?keep) [e][f]\n\n[f]: https://example.org:80/new/z\n");
    EXPECT_THAT(run("id: h/x\ncheck: url\non: image\nhost: a.org\nmessage: m\n",
                    "[x](https://a.org/) ![y](https://a.org/y.png)\n")
                    .findings,
                ElementsAre("https://a.org/y.png: m"));
}

TEST(SymbolEngine, FindsDottedNames) {
    const std::string rule =
        "id: h/x\ncheck: symbol\nnames: [torch.symeig, torch.legacy]\nallow: {heading: "
        "'(?i)migrat', "
        "sentence: '(?i)deprecated', own-page: true}\nmessage: '{name}'\n";
    EXPECT_THAT(run(rule,
                    "Use `torch.symeig`, not `mytorch.symeig` or `torch.symeigs`.\n\n"
                    "```python\nx = torch.symeig(y)  # torch.symeig\n's torch.symeig'\n"
                    "torch.legacy.nn.X\na.torch.symeig()\n```\n\n```text\ntorch.symeig\n```\n\n"
                    "## Migrating\n\n`torch.symeig`\n\n## Other\n\nThe deprecated "
                    "`torch.symeig`.\n\nDeprecated:\n\n```py\ntorch.symeig\n```\n")
                    .findings,
                ElementsAre("torch.symeig: torch.symeig", "torch.symeig: torch.symeig",
                            "torch.legacy: torch.legacy"));
    EXPECT_THAT(run(rule, "# torch.symeig\n\n`torch.symeig`\n").findings, IsEmpty());
}

TEST(SymbolEngine, ReadsDataAndReplaces) {
    const std::map<std::string, std::string> data = {
        {"api.yaml",
         "- {name: a.old, state: deprecated, since: '1.2', replacement: a.new}\n"
         "- {name: a.gone, state: removed}\n"}};
    const std::string rule =
        "id: h/x\ncheck: symbol\ndata: api.yaml\nstate: deprecated\nmessage: '{name} since "
        "{since}: "
        "{replacement}'\nfix: safe\n";
    const Outcome outcome = run_on("a.md", rule, "`a.old(x)` and `a.gone`\n", data);
    EXPECT_THAT(outcome.findings, ElementsAre("a.old: a.old since 1.2: a.new"));
    EXPECT_EQ(outcome.fixed, "`a.new(x)` and `a.gone`\n");
}

TEST(SymbolEngine, LooksAtArguments) {
    EXPECT_THAT(
        run("id: h/x\ncheck: symbol\nnames: f\nwith-argument: old\nmessage: m\n",
            "```python\nf(old=1)\nf(g(old=1))\nf(a, [1, 2], old = 3)\nf(old == 1)\nf\n```\n")
            .findings.size(),
        2u);
    // What is not written out may hold it.
    EXPECT_THAT(run("id: h/x\ncheck: symbol\nnames: f\nwithout-argument: new\nmessage: m\n",
                    "```python\nf(new=1)\nf(g(new=1))\nf(*a, **b)\nf(a,\n  b)\n# f(a)\n```\n")
                    .findings.size(),
                2u);
}

TEST(ConsistentEngine, WantsOneWay) {
    const std::string rule =
        "id: h/x\ncheck: consistent\neither: {e-mail: email, 'gr[ea]y scale': greyscale}\nmessage: "
        "'{match}, {other}'\n";
    EXPECT_THAT(run(rule, "email gray scale\n\ne-mail email grey scale `e-mail`\n").findings,
                ElementsAre("e-mail: e-mail, email"));
    EXPECT_THAT(run(rule, "# E\n\ne-mail\n").findings, IsEmpty());
}

TEST(ConsistentEngine, WantsExplanations) {
    EXPECT_THAT(run("id: h/x\ncheck: consistent\neach: '[A-Z]{3,5}'\nneeds: '\\(([A-Z]{3,5})\\)'\n"
                    "words: false\nexceptions: ['API']\nmessage: 'what is {match}?'\n",
                    "The DEF and the (ABC) of ABC and the API.\n")
                    .findings,
                ElementsAre("DEF: what is DEF?"));
}

TEST(Engines, PagesOfAKind) {
    const std::string rule =
        "id: h/x\ncheck: pattern\npages: [tutorial, 'x/*.md']\npatterns: a\nmessage: m\n";
    EXPECT_EQ(run_on("docs/tutorials/b.md", rule, "a\n").findings.size(), 1u);
    EXPECT_EQ(run_on("x/b.md", rule, "a\n").findings.size(), 1u);
    EXPECT_EQ(run_on("docs/b.md", rule, "a\n").findings.size(), 0u);
}

TEST(Engines, OptionsStandForTheirValues) {
    const std::string options =
        "options: {words: {type: string-list, default: [a.c, 'it''s'], help: h}, most: {type: "
        "integer, default: 1, help: h}, what: {type: regex-list, default: ['x+', 'y'], help: h}}\n";
    EXPECT_THAT(run("id: h/x\ncheck: pattern\npatterns: '{what}'\nmessage: 'm {most}'\n" + options,
                    "xx y z\n")
                    .findings,
                ElementsAre("xx: m 1", "y: m 1"));
    EXPECT_THAT(
        run("id: h/x\ncheck: count\npattern: z\nmax: '{most}'\nmessage: m\n" + options, "z z\n")
            .findings.size(),
        1u);
    EXPECT_THAT(run("id: h/x\ncheck: require\nhas: [\"heading[text~='^{words}$']\"]\nmessage: "
                    "'no {name}'\n" +
                        options,
                    "# It's\n\n# it's\n\n# abc\n")
                    .findings,
                ElementsAre("It's: no a.c"));
}

TEST(Engines, SayWhatIsWrongWithARule) {
    const auto error = [](const std::string& keys) {
        return run("id: h/x\nmessage: m\n" + keys, "").error;
    };
    EXPECT_EQ(error("check: pattern\n"),
              "house.yaml:1:1: no key 'patterns', which is needed: expressions that find the "
              "offence");
    EXPECT_EQ(error("check: pattern\npatterns: [a, '(']\n"),
              "house.yaml:4:15: '(' is no regular expression: missing ): ( (RE2 syntax)");
    EXPECT_EQ(error("check: pattern\npatterns: '(?<!a)b'\n"),
              "house.yaml:4:11: '(?<!a)b' is no regular expression: invalid perl operator: (?< "
              "(RE2 syntax)");
    EXPECT_EQ(error("check: pattern\npatterns: a\non: paragraf\n"),
              "house.yaml:5:5: selector 'paragraf', character 1: no kind 'paragraf'; did you mean "
              "'paragraph'?");
    EXPECT_EQ(error("check: pattern\npatterns: a\nfix: safe\n"),
              "house.yaml:5:6: a fix needs 'replace'");
    EXPECT_EQ(error("check: pattern\npatterns: ['(a)', b]\nreplace: '\\1'\n"),
              "house.yaml:5:10: there is no group \\1 in 'b'");
    EXPECT_EQ(error("check: substitution\nswap: {'a(b)': '\\2'}\n"),
              "house.yaml:4:8: there is no group \\2 in 'a(b)'");
    EXPECT_EQ(error("check: pattern\npatern: a\n"),
              "house.yaml:4:1: no key 'patern'; did you mean 'patterns'?");
    EXPECT_EQ(run("id: h/x\nmessage: '{mach}'\ncheck: pattern\npatterns: a\n", "").error,
              "house.yaml:2:10: a message of 'pattern' has no {mach}; did you mean 'match'?");
    EXPECT_EQ(run("id: h/x\nmessage: 'a {b'\ncheck: pattern\npatterns: a\n", "").error,
              "house.yaml:2:10: a '{' of the message is never closed; write '{{' for a brace");
    EXPECT_EQ(error("check: count\nof: list\n"),
              "house.yaml:1:1: no key 'max', which is needed: or 'min': how many there may be");
    EXPECT_EQ(error("check: count\nof: list\nmax: many\n"),
              "house.yaml:5:6: 'max' must be an integer from 0");
    EXPECT_EQ(
        error("check: case\nstyle: titel\n"),
        "house.yaml:4:8: 'style' must be any, sentence, title, lower or upper, found 'titel'; "
        "did you mean 'title'?");
    EXPECT_EQ(error("check: url\nreplace: {host: a}\n"),
              "house.yaml:1:1: no key 'host', 'path', 'scheme', 'query' or 'fragment': which URLs "
              "are meant?");
    EXPECT_EQ(error("check: require\non: heading\nhas: '@lang'\n"),
              "house.yaml:5:6: 'heading' has no attribute 'lang'");
    EXPECT_EQ(error("check: require\non: heding\nhas: '@text'\n"),
              "house.yaml:4:5: selector 'heding', character 1: no kind 'heding'; did you mean "
              "'heading'?");
    EXPECT_EQ(error("check: patern\npatterns: a\n"),
              "house.yaml:3:8: 'check' must be native, input, settle, case, consistent, count, "
              "pattern, require, substitution, symbol or url, found 'patern'; did you mean "
              "'pattern'?");
}

}  // namespace
}  // namespace docathon

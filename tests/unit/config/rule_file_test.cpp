#include "lint/config/rule_file.h"

#include <gtest/gtest.h>

#include <chrono>

#include "lint/config/options.h"
#include "lint/config/quick_yaml.h"
#include "lint/core/yaml.h"
#include "tests/unit/config/config_testing.h"

namespace docathon {
namespace {

using testing::error_of;
using testing::rule_text;

constexpr std::string_view kPath = "rules/links/missing-anchor.yaml";

// The example of the design page, with every key that a rule file may have.
constexpr std::string_view kFullRule = R"(id: links/missing-anchor             # = path
check: native                        # or an engine
scope: project                       # file | project
formats: [markdown, rst, python]
severity: error
preset: core
status: stable
since: "0.1"
ratchet: false
aliases: {markdownlint: [MD051], rumdl: [MD051], myst: [xref_missing]}
summary: A link points at a heading or anchor that does not exist.
rationale: Readers land at the top of the page and cannot tell which part was meant.
silent: ["Anchors of pages that cannot be parsed: unknown."]
precision: 0.98
options:
  ignore: {type: regex-list, default: ["^x-"], help: Fragments that are never checked.}
  depth: {type: integer, default: 3, help: How deep.}
  html: {type: boolean, default: true, help: Whether.}
  name: {type: string, default: top, help: A name.}
  names: {type: string-list, default: [a, b], help: Names.}
  form: {type: regex, default: "a+", help: A form.}
  mode: {type: choice, choices: [loose, tight], default: tight, help: How.}
examples:
  - name: heading was renamed
    files: {guide.md: "See [setup](install.md#set-up).\n", install.md: "# Installing\n"}
    expect: [{file: guide.md, text: "install.md#set-up", message: "no anchor 'set-up' in install.md", where: both}]
    also: [links/missing-anchor]
    options: {depth: 4}
    config: {exclude: [x]}
    fixed: {guide.md: "See [setup](install.md).\n"}
  - {name: anchor exists, files: {a.md: "# Set up\n\n[up](#set-up)\n", b.md: {hex: "61 ff 0a"}}, expect: []}
)";

Result<RuleSpec> parse(std::string_view text, std::string_view path = kPath,
                       std::vector<Error>* all = nullptr) {
    const Result<Value> value = parse_yaml(text, path);
    EXPECT_TRUE(value.has_value()) << value.error().to_string();
    return parse_rule(*value, path, all);
}

TEST(ParseRule, EveryKey) {
    const Result<RuleSpec> rule = parse(kFullRule);
    ASSERT_TRUE(rule.has_value()) << rule.error().to_string();
    EXPECT_EQ(rule->id, "links/missing-anchor");
    EXPECT_EQ(rule->family(), "links");
    EXPECT_EQ(rule->path, kPath);
    EXPECT_EQ(rule->check, "native");
    EXPECT_TRUE(rule->project_scope);
    EXPECT_EQ(rule->formats, (std::vector{Format::markdown, Format::rst, Format::python}));
    EXPECT_EQ(rule->severity, Severity::error);
    EXPECT_EQ(rule->preset, "core");
    EXPECT_EQ(rule->status, "stable");
    EXPECT_EQ(rule->since, "0.1");
    EXPECT_FALSE(rule->ratchet);
    EXPECT_EQ(rule->aliases.at("myst"), std::vector<std::string>{"xref_missing"});
    EXPECT_EQ(rule->summary, "A link points at a heading or anchor that does not exist.");
    EXPECT_EQ(rule->silent.size(), 1u);
    EXPECT_DOUBLE_EQ(rule->precision, 0.98);
    ASSERT_EQ(rule->options.size(), 7u);
    EXPECT_EQ(rule->options[0].name, "ignore");
    EXPECT_EQ(rule->options[0].type, OptionType::regex_list);
    EXPECT_EQ(rule->options[0].help, "Fragments that are never checked.");
    EXPECT_EQ(rule->options[6].choices, (std::vector<std::string>{"loose", "tight"}));
    ASSERT_EQ(rule->examples.size(), 2u);
    const RuleExample& example = rule->examples[0];
    EXPECT_EQ(example.name, "heading was renamed");
    EXPECT_EQ(example.files.at("install.md"), "# Installing\n");
    ASSERT_EQ(example.expect.size(), 1u);
    EXPECT_EQ(example.expect[0].file, "guide.md");
    EXPECT_EQ(example.expect[0].text, "install.md#set-up");
    EXPECT_EQ(example.expect[0].message, "no anchor 'set-up' in install.md");
    EXPECT_EQ(example.expect[0].where, "both");
    EXPECT_EQ(example.also, std::vector<std::string>{"links/missing-anchor"});
    EXPECT_NE(example.options.find("depth"), nullptr);
    EXPECT_NE(example.config.find("exclude"), nullptr);
    EXPECT_EQ(example.fixed.at("guide.md"), "See [setup](install.md).\n");
    EXPECT_EQ(rule->examples[1].files.at("b.md"), "a\xff\n");
    EXPECT_TRUE(rule->examples[1].expect.empty());
}

TEST(ParseRule, DefaultOptionsAreTyped) {
    const Result<RuleSpec> rule = parse(kFullRule);
    ASSERT_TRUE(rule.has_value()) << rule.error().to_string();
    const Options options = default_options(*rule);
    EXPECT_EQ(options.strings("ignore"), std::vector<std::string>{"^x-"});
    EXPECT_EQ(options.integer("depth"), 3);
    EXPECT_TRUE(options.boolean("html"));
    EXPECT_EQ(options.string("name"), "top");
    EXPECT_EQ(options.strings("names"), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(options.string("form"), "a+");
    EXPECT_EQ(options.string("mode"), "tight");
    const Result<Options> changed =
        options_with(*rule, rule->examples[0].options, "rules/links/missing-anchor.yaml");
    ASSERT_TRUE(changed.has_value());
    EXPECT_EQ(changed->integer("depth"), 4);
    EXPECT_EQ(changed->string("mode"), "tight");
}

struct BadRule {
    std::string from;  ///< part of the good rule ...
    std::string to;    ///< ... and what stands there instead
    std::string error;
};

void PrintTo(const BadRule& rule, std::ostream* out) {
    *out << rule.to;
}

class ParseRuleError : public ::testing::TestWithParam<BadRule> {};

TEST_P(ParseRuleError, NamesPlaceAndMistake) {
    std::string text(kFullRule);
    const std::size_t at = text.find(GetParam().from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, GetParam().from.size(), GetParam().to);
    EXPECT_EQ(error_of(parse(text)), std::string(kPath) + ":" + GetParam().error);
}

const BadRule kBadRules[] = {
    {"check: native", "chek: native", "2:1: no key 'chek'; did you mean 'check'?"},
    {"status: stable\n", "", "1:1: no key 'status', which is needed: how settled the rule is"},
    {"id: links/missing-anchor", "id: Links/Missing",
     "1:5: 'id' must be an id such as links/missing-anchor, found 'Links/Missing'"},
    {"id: links/missing-anchor", "id: links/missing-target",
     "1:5: id 'links/missing-target' does not fit the path; write links/missing-anchor"},
    {"check: native", "check: patern",
     "2:8: 'check' must be native, input, settle, case, consistent, count, pattern, require, "
     "substitution, symbol or url, found 'patern'; did you mean 'pattern'?"},
    {"scope: project", "scope: projct",
     "3:8: 'scope' must be file or project, found 'projct'; did you mean 'project'?"},
    {"[markdown, rst, python]", "[markdown, rts]",
     "4:21: 'formats' must be markdown, rst, python or notebook, found 'rts'; did you mean 'rst'?"},
    {"[markdown, rst, python]", "[]", "4:10: 'formats' must name at least one format"},
    {"severity: error", "severity: off",
     "5:11: 'severity' must be error, warning or note, found 'off'"},
    {"preset: core", "preset: cor",
     "6:9: 'preset' must be core, strict, pytorch, blog, opt-in or links-check, found 'cor'; did "
     "you mean 'core'?"},
    {"ratchet: false", "ratchet: 0", "9:10: 'ratchet' must be true or false, found '0'"},
    {"myst: [xref_missing]", "myst: xref_missing",
     "10:56: 'aliases.myst' must be a list of strings, found 'xref_missing'"},
    {"precision: 0.98", "precision: 98",
     "14:12: 'precision' must be a number from 0 to 1, found '98'"},
    {"depth: {type: integer", "depth: {type: int",
     "17:17: 'options.type' must be boolean, integer, string, string-list, regex, regex-list or "
     "choice, found 'int'"},
    {"depth: {type: integer, default: 3", "depth: {type: integer, default: three",
     "17:35: 'default' must be an integer, found 'three'"},
    {"depth: {type: integer, default: 3, ", "depth: {type: integer, ",
     "17:10: no key 'default' in 'options', which is needed: the value when nothing is "
     "configured"},
    {"depth: {", "severity: {",
     "17:3: 'severity' cannot be an option; use lower-case letters, digits and '-', and not "
     "'severity'"},
    {"default: [\"^x-\"]", "default: [\"(\"]",
     "16:40: '(' is no regular expression: 'missing ): (' (RE2 syntax)"},
    {"form: {type: regex, default: \"a+\"", "form: {type: regex, default: \"a++\"",
     "21:32: 'a++' is no regular expression: 'bad repetition operator: ++' (RE2 syntax)"},
    {"mode: {type: choice, choices: [loose, tight], ", "mode: {type: choice, ",
     "22:3: a choice needs 'choices'"},
    {"default: tight", "default: tigt",
     "22:58: 'default' must be loose or tight, found 'tigt'; did you mean 'tight'?"},
    {"name: {type: string,", "name: {type: string, choices: [a],",
     "19:3: only an option of type choice has 'choices'"},
    {"    expect: [{file", "    expct: [{file",
     "26:5: no key 'expct' in 'examples'; did you mean 'expect'?"},
    {"expect: [{file: guide.md", "expect: [{file: giude.md",
     "26:21: no file 'giude.md' in this example; did you mean 'guide.md'?"},
    {"text: \"install.md#set-up\"", "text: \"install.md#setup\"",
     "26:37: 'install.md#setup' does not stand in 'guide.md'"},
    {"where: both", "where: here",
     "26:110: 'examples.expect.where' must be site, repository or both, found 'here'"},
    {"options: {depth: 4}", "options: {detph: 4}",
     "28:15: no option 'detph' in links/missing-anchor; did you mean 'depth'?"},
    {"options: {depth: 4}", "options: {depth: x}", "28:22: 'depth' must be an integer, found 'x'"},
    {"options: {depth: 4}", "options: [depth]",
     "28:14: 'examples.options' must be a map, found a list"},
    {"config: {exclude: [x]}", "config: {exlude: [x]}",
     "29:14: no key 'exlude'; did you mean 'exclude'?"},
    {"fixed: {guide.md", "fixed: {guide.rst",
     "30:13: no file 'guide.rst' in this example; did you mean 'guide.md'?"},
    {"files: {guide.md", "files: {../guide.md",
     "25:13: '../guide.md' must be a plain relative path"},
    {"{hex: \"61 ff 0a\"}", "{hex: \"6\"}",
     "31:78: 'examples.files' must be a string or {hex: ...}, found a map"},
    {"summary: A link points at a heading or anchor that does not exist.", "summary: |\n  a\n  b",
     "11:10: 'summary' must be one line of text, found 'a\\nb\\n'"},
};

INSTANTIATE_TEST_SUITE_P(All, ParseRuleError, ::testing::ValuesIn(kBadRules));

TEST(ParseRule, PathMustNameFamilyAndRule) {
    EXPECT_EQ(error_of(parse(rule_text("links/x"), "x.yaml")),
              "x.yaml:1:5: id 'links/x' does not fit the path; name the file "
              "<family>/<name>.yaml in lower case");
    EXPECT_TRUE(parse(rule_text("links/x"), "some/where/links/x.yaml").has_value());
}

TEST(ParseRule, CollectsEveryError) {
    std::vector<Error> all;
    EXPECT_FALSE(parse("id: 1\nchek: native\nscope: x\n", kPath, &all).has_value());
    ASSERT_GT(all.size(), 3u);
    for (std::size_t i = 1; i < all.size(); ++i)
        EXPECT_LE(all[i - 1].line, all[i].line);
}

TEST(ParseRule, ThousandsOfExpectedFindingsAreRefused) {
    std::string extra = "examples:\n- name: n\n  files: {a.md: text}\n  expect:\n";
    for (int i = 0; i < 201; ++i)
        extra += "  - {file: a.md, text: text}\n";
    EXPECT_EQ(error_of(parse(rule_text("links/missing-anchor", "core", "error", extra))),
              std::string(kPath) + ":15:3: an example may expect 200 findings at most");
}

TEST(ParseRule, NoMap) {
    EXPECT_EQ(error_of(parse("- a\n")),
              std::string(kPath) + ":1:1: this file must be a map of keys, found a list");
    EXPECT_EQ(error_of(parse("")), std::string(kPath) +
                                       ":1:1: no key 'id', which is needed: family/name, as in "
                                       "the path of the file");
}

TEST(LoadRules, SortsByIdAndSkipsWhatIsNoRule) {
    const std::string a = rule_text("links/a-b");
    const std::string b = rule_text("links/a");
    const std::vector<EmbeddedFile> files = {
        {"rules/data/directives.yaml", "- anything\n"},
        {"rules/links/a-b.yaml", a},
        {"rules/links/a.yaml", b},
        {"rules/presets/core.yaml", "summary: Core.\n"},
    };
    const Result<RuleSet> rules = load_rules(files, RuleDetail::brief);
    ASSERT_TRUE(rules.has_value()) << rules.error().to_string();
    ASSERT_EQ(rules->specs.size(), 2u);
    EXPECT_EQ(rules->specs[0].id, "links/a");
    EXPECT_EQ(rules->specs[1].id, "links/a-b");
    EXPECT_EQ(rules->find("links/a-b"), 1);
    EXPECT_EQ(rules->find("links/b"), -1);
}

TEST(LoadRules, BriefLeavesOutExamplesAndNothingElse) {
    const std::vector<EmbeddedFile> files = {{kPath, kFullRule}};
    const Result<RuleSet> brief = load_rules(files, RuleDetail::brief);
    const Result<RuleSet> full = load_rules(files, RuleDetail::full);
    ASSERT_TRUE(brief.has_value()) << brief.error().to_string();
    ASSERT_TRUE(full.has_value()) << full.error().to_string();
    EXPECT_TRUE(brief->specs[0].examples.empty());
    EXPECT_EQ(full->specs[0].examples.size(), 2u);
    EXPECT_EQ(brief->specs[0].rationale, full->specs[0].rationale);
    EXPECT_EQ(default_options(brief->specs[0]), default_options(full->specs[0]));
    EXPECT_NE(full->specs[0].body.find("examples"), nullptr);
}

TEST(LoadRules, BriefErrorsHaveTheirPlaceToo) {
    const std::string text = rule_text("links/x", "cor");
    const std::vector<EmbeddedFile> files = {{"rules/links/x.yaml", text}};
    EXPECT_EQ(error_of(load_rules(files, RuleDetail::brief)),
              "rules/links/x.yaml:6:9: 'preset' must be core, strict, pytorch, blog, opt-in or "
              "links-check, found 'cor'; did you mean 'core'?");
}

TEST(LoadRules, NamesOfOtherRulesMustExist) {
    const std::string a = rule_text("links/a", "core", "error",
                                    "examples:\n  - {name: n, files: {a.md: x}, expect: [], "
                                    "also: [links/bb]}\n");
    const std::string b = rule_text("links/b", "core", "error", "aliases: {x: [links/a]}\n");
    const std::vector<EmbeddedFile> also = {{"rules/links/a.yaml", a}};
    EXPECT_EQ(error_of(load_rules(also, RuleDetail::full)),
              "rules/links/a.yaml:12:52: no rule 'links/bb'; did you mean 'links/a'?");
    const std::string plain = rule_text("links/a");
    const std::vector<EmbeddedFile> alias = {{"rules/links/a.yaml", plain},
                                             {"rules/links/b.yaml", b}};
    EXPECT_EQ(error_of(load_rules(alias, RuleDetail::full)),
              "rules/links/b.yaml:11:15: alias 'links/a' is the id of a rule");
}

// --- The rules that are built in --------------------------------------------------------------

TEST(BuiltinRules, AreValidInFull) {
    std::size_t count = 0;
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.path.starts_with("rules/presets/") || file.path.starts_with("rules/data/")) {
            continue;
        }
        const std::vector<EmbeddedFile> one = {file};
        ++count;
        const Result<Value> value = parse_yaml(file.bytes, file.path);
        ASSERT_TRUE(value.has_value()) << value.error().to_string();
        std::vector<Error> errors;
        EXPECT_TRUE(parse_rule(*value, file.path, &errors).has_value());
        for (const Error& error : errors)
            ADD_FAILURE() << error.to_string();
    }
    const Result<RuleSet> rules = load_builtin_rules(RuleDetail::full);
    ASSERT_TRUE(rules.has_value()) << rules.error().to_string();
    EXPECT_EQ(rules->specs.size(), count);
    for (const RuleSpec& spec : rules->specs) {
        const Result<RuleSpec> one = load_full_rule(spec.id);
        ASSERT_TRUE(one.has_value()) << one.error().to_string();
        EXPECT_EQ(one->examples.size(), spec.examples.size());
    }
    EXPECT_EQ(error_of(load_full_rule("links/nothing")), "no rule 'links/nothing'");
}

bool same_content(const Value& a, const Value& b) {
    if (a.kind != b.kind || a.quoted != b.quoted || a.text != b.text ||
        a.items.size() != b.items.size() || a.keys.size() != b.keys.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
        if (!same_content(a.keys[i], b.keys[i]))
            return false;
    }
    for (std::size_t i = 0; i < a.items.size(); ++i) {
        if (!same_content(a.items[i], b.items[i]))
            return false;
    }
    return true;
}

TEST(BuiltinRules, AreWrittenSoThatTheyCanBeReadQuickly) {
    constexpr std::string_view kSkip[] = {"examples"};
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.path.starts_with("rules/data/"))
            continue;
        const std::optional<Value> quick = quick_yaml(file.bytes, kSkip);
        ASSERT_TRUE(quick.has_value())
            << file.path << ": write plainer YAML above examples, or every start of the program "
            << "reads this file with the slow reader (see lint/config/quick_yaml.h)";
        Result<Value> slow = parse_yaml(file.bytes, file.path);
        ASSERT_TRUE(slow.has_value()) << slow.error().to_string();
        for (std::size_t i = 0; i < slow->keys.size(); ++i) {
            if (slow->keys[i].text != "examples")
                continue;
            slow->keys.erase(slow->keys.begin() + static_cast<std::ptrdiff_t>(i));
            slow->items.erase(slow->items.begin() + static_cast<std::ptrdiff_t>(i));
        }
        EXPECT_TRUE(same_content(*quick, *slow)) << file.path;
    }
}

}  // namespace
}  // namespace docathon

#include "lint/config/effective.h"

#include <gtest/gtest.h>

#include "lint/config/config_file.h"
#include "tests/unit/config/config_testing.h"

namespace docathon {
namespace {

using testing::config_rules;
using testing::error_of;
using testing::small_presets;

// One configuration with flags, made ready for questions.
class Effective {
  public:
    explicit Effective(std::string_view config_lines = "", RuleFlags flags = {},
                       std::vector<std::string> preset_flags = {}, std::string path = "lint.yaml") {
        Result<Config> config =
            load_config("version: 1\n" + std::string(config_lines), std::move(path));
        EXPECT_TRUE(config.has_value()) << config.error().to_string();
        const std::vector<Preset> builtin = small_presets();
        const Result<std::vector<Preset>> presets = resolve_presets(
            *config, preset_flags, builtin, [](const std::string& name) -> Result<std::string> {
                return fail("no such file", name);
            });
        EXPECT_TRUE(presets.has_value()) << presets.error().to_string();
        Result<EffectiveRules> rules =
            EffectiveRules::make(rules_, *config, *presets, builtin, flags, &errors);
        error = error_of(rules);
        if (rules)
            effective_ = std::move(*rules);
    }

    const EffectiveRule& rule(std::string_view id, std::string_view path = "a.md") {
        const std::size_t profile = effective_->profile_for(path);
        return effective_->profile(profile).rules[position(id)];
    }
    Severity severity(std::string_view id, std::string_view path = "a.md") {
        return rule(id, path).severity;
    }
    const Options& options(std::string_view id, std::string_view path = "a.md") {
        return effective_->options(position(id))[rule(id, path).options];
    }
    EffectiveRules& all() { return *effective_; }
    [[nodiscard]] std::uint32_t position(std::string_view id) const {
        const int found = rules_.find(id);
        EXPECT_GE(found, 0) << id;
        return static_cast<std::uint32_t>(found);
    }

    std::string error;
    std::vector<Error> errors;

  private:
    RuleSet rules_ = config_rules();
    std::optional<EffectiveRules> effective_;
};

TEST(EffectiveRules, CoreIsImplied) {
    Effective rules;
    EXPECT_EQ(rules.severity("links/missing-anchor"), Severity::error);
    EXPECT_EQ(rules.rule("links/missing-anchor").origin, "preset core");
    EXPECT_EQ(rules.severity("markup/title-level"), Severity::off);
    EXPECT_EQ(rules.severity("links/legacy-host"), Severity::off);
    EXPECT_EQ(rules.severity("style/vague-text"), Severity::off);
    EXPECT_EQ(rules.severity("links/dead-url"), Severity::off);
}

TEST(EffectiveRules, PresetsOfFileAndFlags) {
    Effective from_file("extends: [strict]\n");
    EXPECT_EQ(from_file.severity("markup/title-level"), Severity::warning);
    EXPECT_EQ(from_file.severity("links/legacy-host"), Severity::off);
    Effective both("extends: [strict]\n", {}, {"pytorch"});
    EXPECT_EQ(both.severity("markup/title-level"), Severity::warning);
    EXPECT_EQ(both.severity("links/legacy-host"), Severity::warning);
    EXPECT_EQ(both.severity("links/missing-anchor"), Severity::error);
}

TEST(EffectiveRules, AllHasEveryRuleButThoseOfLinksCheck) {
    Effective rules("", {}, {"all"});
    for (const char* id : {"api/missing-docstring", "links/legacy-host", "links/missing-anchor",
                           "markup/title-level", "style/vague-text"}) {
        EXPECT_NE(rules.severity(id), Severity::off) << id;
    }
    EXPECT_EQ(rules.severity("links/dead-url"), Severity::off);
}

TEST(EffectiveRules, RulesOfLinksCheckRunThereOnly) {
    RuleFlags flags;
    flags.links_check = true;
    EXPECT_EQ(Effective("", flags).severity("links/dead-url"), Severity::error);
    EXPECT_EQ(Effective("rules: {links/dead-url: off}\n", flags).severity("links/dead-url"),
              Severity::off);
    EXPECT_EQ(Effective("rules: {links/dead-url: error}\n").severity("links/dead-url"),
              Severity::off);
    EXPECT_EQ(Effective("rules: {\"*\": on}\n").severity("links/dead-url"), Severity::off);
    RuleFlags select;
    select.select = {"links/dead-url"};
    EXPECT_EQ(Effective("", select).error,
              "--select: 'links/dead-url' is checked by 'links check' only");
    select.links_check = true;
    EXPECT_EQ(Effective("", select).severity("links/dead-url"), Severity::error);
    // What `check` finds is not found a second time there, whatever is asked for.
    EXPECT_EQ(Effective("", flags).severity("links/missing-target"), Severity::off);
    EXPECT_EQ(Effective("rules: {\"*\": error}\n", flags).severity("links/missing-target"),
              Severity::off);
}

TEST(EffectiveRules, ExactnessDecidesAndOrderDoesNot) {
    const std::vector<std::string> lines = {"  \"*\": note\n", "  links/*: off\n",
                                            "  MD051: warning\n",
                                            "  links/missing-target: error\n"};
    std::vector<std::size_t> order = {0, 1, 2, 3};
    do {
        std::string text = "rules:\n";
        for (const std::size_t i : order)
            text += lines[i];
        Effective rules(text);
        EXPECT_EQ(rules.severity("markup/title-level"), Severity::note) << text;
        EXPECT_EQ(rules.severity("links/legacy-host"), Severity::off) << text;
        EXPECT_EQ(rules.severity("links/missing-anchor"), Severity::warning) << text;
        EXPECT_EQ(rules.severity("links/missing-target"), Severity::error) << text;
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST(EffectiveRules, IdBeatsAlias) {
    Effective rules("rules: {links/missing-anchor: note, MD051: off}\n");
    EXPECT_EQ(rules.severity("links/missing-anchor"), Severity::note);
}

TEST(EffectiveRules, AliasOfSeveralRules) {
    Effective rules("rules: {xref_missing: note}\n");
    EXPECT_EQ(rules.severity("links/missing-anchor"), Severity::note);
    EXPECT_EQ(rules.severity("links/missing-target"), Severity::note);
}

TEST(EffectiveRules, OnGivesTheRulesOwnSeverity) {
    Effective rules("rules: {\"*\": note, style/vague-text: on, links/missing-anchor: on}\n");
    EXPECT_EQ(rules.severity("style/vague-text"), Severity::note);
    EXPECT_EQ(rules.severity("links/missing-anchor"), Severity::error);
    EXPECT_EQ(rules.rule("links/missing-anchor").origin, "lint.yaml:2");
}

TEST(EffectiveRules, OptionsAloneSwitchNothingOn) {
    Effective rules("extends: [core]\nrules: {links/*: {ignore: [x]}}\n");
    EXPECT_EQ(rules.severity("links/legacy-host"), Severity::off);
    EXPECT_EQ(rules.options("links/missing-anchor").strings("ignore"),
              std::vector<std::string>{"x"});
    EXPECT_EQ(rules.options("links/missing-target").strings("ignore"),
              std::vector<std::string>{"x"});
    EXPECT_EQ(rules.severity("links/missing-anchor"), Severity::error);
    EXPECT_EQ(rules.rule("links/missing-anchor").origin, "preset core");
}

TEST(EffectiveRules, SeverityAndOptionsAreDecidedOneByOne) {
    Effective rules(
        "rules:\n  links/missing-anchor: {depth: 5}\n  links/*: {severity: note, ignore: [a]}\n"
        "  MD051: {ignore: [b], depth: 7}\n");
    EXPECT_EQ(rules.severity("links/missing-anchor"), Severity::note);
    EXPECT_EQ(rules.options("links/missing-anchor").integer("depth"), 5);
    EXPECT_EQ(rules.options("links/missing-anchor").strings("ignore"),
              std::vector<std::string>{"b"});
    EXPECT_EQ(rules.options("links/missing-target").strings("ignore"),
              std::vector<std::string>{"a"});
    EXPECT_EQ(rules.options("links/missing-anchor").string("mode"), "tight");
}

TEST(EffectiveRules, SelectAddsAndIgnoreRemoves) {
    RuleFlags flags;
    flags.select = {"style/vague-text", "markup/*"};
    flags.ignore = {"MD051"};
    Effective rules("rules: {style/vague-text: off, links/missing-target: warning}\n", flags);
    EXPECT_EQ(rules.severity("style/vague-text"), Severity::note);
    EXPECT_EQ(rules.rule("style/vague-text").origin, "--select");
    EXPECT_EQ(rules.severity("markup/title-level"), Severity::warning);
    EXPECT_EQ(rules.severity("links/missing-anchor"), Severity::off);
    EXPECT_EQ(rules.rule("links/missing-anchor").origin, "--ignore");
    EXPECT_EQ(rules.severity("links/missing-target"), Severity::warning);
}

TEST(EffectiveRules, SelectKeepsTheConfiguredSeverity) {
    RuleFlags flags;
    flags.select = {"links"};
    Effective rules(
        "rules: {links/legacy-host: error}\noverrides: [{files: [b.md], rules: "
        "{links/*: off}}]\n",
        flags);
    EXPECT_EQ(rules.severity("links/legacy-host", "b.md"), Severity::error);
    EXPECT_EQ(rules.severity("links/missing-anchor", "b.md"), Severity::error);
}

TEST(EffectiveRules, FlagsTakeFamiliesAndPresetsByBareName) {
    RuleFlags flags;
    flags.select = {"strict"};
    flags.ignore = {"links"};
    Effective rules("", flags);
    EXPECT_EQ(rules.severity("markup/title-level"), Severity::warning);
    EXPECT_EQ(rules.severity("links/missing-anchor"), Severity::off);
    RuleFlags all;
    all.select = {"all"};
    EXPECT_EQ(Effective("", all).severity("style/vague-text"), Severity::note);
}

TEST(EffectiveRules, ExactnessDecidesAmongFlagsToo) {
    RuleFlags flags;
    flags.select = {"links/missing-anchor"};
    flags.ignore = {"links/*"};
    Effective only_one("", flags);
    EXPECT_EQ(only_one.severity("links/missing-anchor"), Severity::error);
    EXPECT_EQ(only_one.severity("links/missing-target"), Severity::off);
    RuleFlags both;
    both.select = both.ignore = {"links/missing-anchor"};
    EXPECT_EQ(Effective("", both).severity("links/missing-anchor"), Severity::off);
}

TEST(EffectiveRules, OverridesWinInTheirOrder) {
    Effective rules(
        "rules: {links/missing-anchor: warning}\n"
        "overrides:\n"
        "  - {files: [\"docs/**\"], flavor: myst, rules: {links/missing-anchor: note}}\n"
        "  - {files: [\"**/CHANGELOG.md\", \"*.txt\"], rules: {\"*\": off}}\n"
        "  - {files: [\"docs/CHANGELOG.md\"], flavor: gfm, rules: {links/*: {ignore: [z]}}}\n");
    EXPECT_EQ(rules.severity("links/missing-anchor", "x.md"), Severity::warning);
    EXPECT_EQ(rules.severity("links/missing-anchor", "docs/x.md"), Severity::note);
    EXPECT_EQ(rules.severity("links/missing-anchor", "docs/CHANGELOG.md"), Severity::off);
    EXPECT_EQ(rules.severity("links/missing-anchor", "x.txt"), Severity::off);
    EXPECT_EQ(rules.options("links/missing-anchor", "docs/CHANGELOG.md").strings("ignore"),
              std::vector<std::string>{"z"});
    EffectiveRules& all = rules.all();
    EXPECT_FALSE(all.profile(all.profile_for("x.md")).flavor.has_value());
    EXPECT_EQ(all.profile(all.profile_for("docs/x.md")).flavor, Flavor::myst);
    EXPECT_EQ(all.profile(all.profile_for("docs/CHANGELOG.md")).flavor, Flavor::gfm);
    EXPECT_EQ(all.profile(all.profile_for("docs/CHANGELOG.md")).flavor_origin, "lint.yaml:6");
    EXPECT_EQ(rules.rule("links/missing-anchor", "docs/x.md").origin, "lint.yaml:4");
}

TEST(EffectiveRules, FilesThatMatchTheSameOverridesShareAProfile) {
    Effective rules("overrides:\n  - {files: [\"a/**\"]}\n  - {files: [\"**/x.md\"]}\n");
    EffectiveRules& all = rules.all();
    EXPECT_EQ(all.profile_for("y.md"), 0u);
    EXPECT_EQ(all.profile_for("a/1.md"), all.profile_for("a/b/2.md"));
    EXPECT_EQ(all.profile_for("x.md"), all.profile_for("c/x.md"));
    EXPECT_NE(all.profile_for("x.md"), all.profile_for("a/1.md"));
    EXPECT_NE(all.profile_for("a/x.md"), all.profile_for("a/1.md"));
    EXPECT_EQ(all.profile_count(), 4u);
    // Nothing differs but the profile: one set of options for each rule.
    EXPECT_EQ(all.options(rules.position("links/missing-anchor")).size(), 1u);
}

TEST(EffectiveRules, GlobsAreRelativeToTheConfiguration) {
    Effective rules("overrides: [{files: [\"*.md\"], rules: {\"*\": off}}]\n", {}, {},
                    "docs/lint.yaml");
    EXPECT_EQ(rules.severity("links/missing-anchor", "docs/a.md"), Severity::off);
    EXPECT_EQ(rules.severity("links/missing-anchor", "a.md"), Severity::error);
    EXPECT_EQ(rules.severity("links/missing-anchor", "docs/b/a.md"), Severity::error);
    EXPECT_EQ(rules.severity("links/missing-anchor", "docs2/a.md"), Severity::error);
}

TEST(EffectiveRules, DifferentOptionsAreDifferentVariants) {
    Effective rules("overrides: [{files: [b.md], rules: {links/missing-anchor: {depth: 9}}}]\n");
    EXPECT_EQ(rules.options("links/missing-anchor", "a.md").integer("depth"), 3);
    EXPECT_EQ(rules.options("links/missing-anchor", "b.md").integer("depth"), 9);
    EXPECT_EQ(rules.all().options(rules.position("links/missing-anchor")).size(), 2u);
    EXPECT_EQ(rules.all().options(rules.position("links/missing-target")).size(), 1u);
}

TEST(EffectiveRules, RunsTellsWhetherAnyFileNeedsTheRule) {
    Effective rules("overrides: [{files: [b.md], rules: {style/vague-text: on}}]\n");
    const std::uint32_t rule = rules.position("style/vague-text");
    EXPECT_FALSE(rules.all().runs(rule));
    EXPECT_EQ(rules.severity("style/vague-text", "b.md"), Severity::note);
    EXPECT_TRUE(rules.all().runs(rule));
}

TEST(EffectiveRules, RatchetRulesAreSummariesUntilNamed) {
    EXPECT_TRUE(Effective().rule("api/missing-docstring").summary_only);
    EXPECT_TRUE(Effective("rules: {api/*: warning}\n").rule("api/missing-docstring").summary_only);
    EXPECT_FALSE(Effective("rules: {api/missing-docstring: note}\n")
                     .rule("api/missing-docstring")
                     .summary_only);
    EXPECT_FALSE(Effective("rules: {D100: on}\n").rule("api/missing-docstring").summary_only);
    RuleFlags flags;
    flags.select = {"D101"};
    EXPECT_FALSE(Effective("", flags).rule("api/missing-docstring").summary_only);
    flags.select = {"api"};
    EXPECT_TRUE(Effective("", flags).rule("api/missing-docstring").summary_only);
    EXPECT_FALSE(Effective("rules: {\"*\": off}\n").rule("api/missing-docstring").summary_only);
    EXPECT_FALSE(Effective().rule("links/missing-anchor").summary_only);
}

struct BadSetting {
    const char* text;
    const char* error;
};

void PrintTo(const BadSetting& setting, std::ostream* out) {
    *out << setting.text;
}

class EffectiveRulesError : public ::testing::TestWithParam<BadSetting> {};

TEST_P(EffectiveRulesError, NamesPlaceAndMistake) {
    EXPECT_EQ(Effective(GetParam().text).error, "lint.yaml:" + std::string(GetParam().error));
}

constexpr BadSetting kBadSettings[] = {
    {"rules:\n  links/mising-anchor: off\n",
     "3:3: no rule 'links/mising-anchor'; did you mean 'links/missing-anchor'?"},
    {"rules: {MD052: off}\n", "2:9: no rule 'MD052'; did you mean 'MD051'?"},
    {"rules: {md051: off}\n", "2:9: no rule 'md051'; did you mean 'MD051'?"},
    {"rules: {missing-anchor: off}\n",
     "2:9: no rule 'missing-anchor'; did you mean 'links/missing-anchor'?"},
    {"rules: {links: off}\n", "2:9: no rule 'links'; did you mean 'links/*'?"},
    {"rules: {link/*: off}\n", "2:9: no family 'link/*'; did you mean 'links/*'?"},
    {"rules: {\"strict\": off}\n", "2:9: no rule 'strict'"},
    {"rules: {links/missing-anchor: {ignroe: [a]}}\n",
     "2:32: no option 'ignroe' in links/missing-anchor; did you mean 'ignore'?"},
    {"rules: {links/missing-anchor: {severty: error}}\n",
     "2:32: no option 'severty' in links/missing-anchor; did you mean 'severity'?"},
    {"rules: {links/legacy-host: {ignore: [a]}}\n",
     "2:29: no option 'ignore' in links/legacy-host"},
    {"rules: {links/*: {ignroe: [a]}}\n",
     "2:19: no option 'ignroe' in any rule of 'links/*'; did you mean 'ignore'?"},
    {"rules: {links/missing-anchor: {ignore: x}}\n",
     "2:40: 'ignore' must be a list of regular expressions, found 'x'"},
    {"rules: {links/missing-anchor: {ignore: [a, \"(b\"]}}\n",
     "2:44: '(b' is no regular expression: 'missing ): (b' (RE2 syntax)"},
    {"rules: {links/missing-anchor: {depth: deep}}\n",
     "2:39: 'depth' must be an integer, found 'deep'"},
    {"rules: {links/missing-anchor: {html: 1}}\n", "2:38: 'html' must be true or false, found '1'"},
    {"rules: {links/missing-anchor: {mode: lose}}\n",
     "2:38: 'mode' must be loose or tight, found 'lose'; did you mean 'loose'?"},
    {"rules: {MD051: note, xref_missing: error}\n",
     "2:22: 'MD051' and 'xref_missing' both set links/missing-anchor; write the id"},
    {"overrides: [{files: [a], rules: {links/x: off}}]\n", "2:34: no rule 'links/x'"},
    {"overrides:\n  - {files: [a], rules: {links/x: off}}\nrules: {links/y: off}\n",
     "3:26: no rule 'links/x'"},
};

INSTANTIATE_TEST_SUITE_P(All, EffectiveRulesError, ::testing::ValuesIn(kBadSettings));

TEST(EffectiveRules, AliasesMayAgreeOrBeDecidedByTheId) {
    EXPECT_EQ(Effective("rules: {MD051: note, xref_missing: note}\n").error, "");
    EXPECT_EQ(
        Effective("rules: {MD051: note, xref_missing: error, links/missing-anchor: off}\n").error,
        "");
}

TEST(EffectiveRules, ErrorsOfFlagsNameTheFlag) {
    RuleFlags select;
    select.select = {"links/mising-anchor"};
    EXPECT_EQ(Effective("", select).error,
              "--select: no rule 'links/mising-anchor'; did you mean 'links/missing-anchor'?");
    RuleFlags ignore;
    ignore.ignore = {"nothing/*"};
    EXPECT_EQ(Effective("", ignore).error, "--ignore: no family 'nothing/*'");
}

TEST(EffectiveRules, CollectsEveryErrorOnce) {
    Effective rules("rules: {a/b: off, links/*: {ignore: x}, c/d: off}\n");
    ASSERT_EQ(rules.errors.size(), 3u);
    EXPECT_EQ(rules.errors[0].column, 9u);
    EXPECT_EQ(rules.errors[1].column, 37u);
    EXPECT_EQ(rules.errors[2].column, 41u);
}

TEST(EffectiveRules, ThousandsOfUnknownRulesStopAtTheLimit) {
    std::string text = "rules:\n";
    for (int i = 0; i < 20'000; ++i)
        text += "  links/rule-" + std::to_string(i) + ": off\n";
    text += "  links/*: {";
    for (int i = 0; i < 20'000; ++i)
        text += "option-" + std::to_string(i) + ": 1, ";
    Effective rules(text + "}\n");
    EXPECT_EQ(rules.errors.size(), Reader::kMaxErrors);
}

TEST(RuleNames, ByNameFindsIdsAndAliasesOnly) {
    const RuleSet rules = config_rules();
    const RuleNames names(rules);
    EXPECT_EQ(names.by_name("links/missing-anchor").size(), 1u);
    EXPECT_EQ(names.by_name("MD051").size(), 1u);
    EXPECT_EQ(names.by_name("xref_missing").size(), 2u);
    EXPECT_TRUE(names.by_name("links/*").empty());
    EXPECT_TRUE(names.by_name("*").empty());
    EXPECT_TRUE(names.by_name("links/none").empty());
}

}  // namespace
}  // namespace docathon

#include "lint/config/preset.h"

#include <gtest/gtest.h>

#include <map>

#include "lint/config/config_file.h"
#include "lint/config/effective.h"
#include "tests/unit/config/config_testing.h"

namespace docathon {
namespace {

using testing::small_presets;

std::vector<std::string> names_of(const Result<std::vector<Preset>>& presets) {
    std::vector<std::string> names;
    if (!presets)
        return {"error " + presets.error().to_string()};
    for (const Preset& preset : *presets)
        names.push_back(preset.name);
    return names;
}

// The order of the presets that `extends` gives, with files of the repository.
std::vector<std::string> resolve(std::string_view extends,
                                 std::map<std::string, std::string> files = {},
                                 std::vector<std::string> flags = {},
                                 std::string_view path = "lint.yaml") {
    const Result<Config> config =
        load_config("version: 1\nextends: " + std::string(extends) + "\n", path);
    if (!config)
        return {"error " + config.error().to_string()};
    return names_of(resolve_presets(*config, flags, small_presets(),
                                    [&](const std::string& name) -> Result<std::string> {
                                        const auto it = files.find(name);
                                        if (it == files.end())
                                            return fail("no such file", name);
                                        return it->second;
                                    }));
}

using Names = std::vector<std::string>;

TEST(ResolvePresets, OrderAndImpliedCore) {
    EXPECT_EQ(resolve("[]"), (Names{"core"}));
    EXPECT_EQ(resolve("[strict, pytorch]"), (Names{"core", "strict", "pytorch"}));
    EXPECT_EQ(resolve("[pytorch, core, strict]"), (Names{"core", "pytorch", "strict"}));
    EXPECT_EQ(resolve("[all]"), (Names{"core", "strict", "pytorch", "all"}));
    EXPECT_EQ(resolve("[pytorch]", {}, {"strict", "pytorch"}),
              (Names{"core", "pytorch", "strict"}));
}

TEST(ResolvePresets, FilesOfTheRepository) {
    EXPECT_EQ(resolve("[tools/docs.yaml]",
                      {{"tools/docs.yaml", "summary: S.\nincludes: [strict, more.yaml]\n"},
                       {"tools/more.yaml", "summary: M.\n"}}),
              (Names{"core", "strict", "tools/more.yaml", "tools/docs.yaml"}));
    // Relative to the configuration; "./" makes no other file of it.
    EXPECT_EQ(resolve("[./a.yaml, ../docs/a.yaml]", {{"docs/a.yaml", "summary: S.\n"}}, {},
                      "docs/lint.yaml"),
              (Names{"core", "docs/a.yaml"}));
}

TEST(ResolvePresets, Errors) {
    EXPECT_EQ(resolve("[pytroch]"),
              (Names{"error lint.yaml:2:11: no preset 'pytroch'; did you mean 'pytorch'? (all, "
                     "core, pytorch or strict, or a path)"}));
    EXPECT_EQ(resolve("[core, none.yaml]"),
              (Names{"error lint.yaml:2:17: cannot read the preset 'none.yaml': no such file"}));
    EXPECT_EQ(resolve("[]", {}, {"srtict"}),
              (Names{"error --preset: no preset 'srtict'; did you mean 'strict'? (all, core, "
                     "pytorch or strict, or a path)"}));
    EXPECT_EQ(resolve("[]", {}, {"https://x.org/a.yaml"}),
              (Names{"error --preset: 'https://x.org/a.yaml' is a URL, which is never read; copy "
                     "the file"}));
    EXPECT_EQ(resolve("[]", {}, {"../a.yaml"}),
              (Names{"error --preset: '../a.yaml' is not inside the repository"}));
    EXPECT_EQ(resolve("[a/x.yaml]", {{"a/x.yaml", "summary: S.\nincludes: [../../up.yaml]\n"}}),
              (Names{"error a/x.yaml:2:12: 'includes' must be a preset or the path of a file, "
                     "found '../../up.yaml'; it must stay inside the repository"}));
    EXPECT_EQ(resolve("[a.yaml]", {{"a.yaml", "sumary: S.\n"}}),
              (Names{"error a.yaml:1:1: no key 'sumary'; did you mean 'summary'?"}));
    EXPECT_EQ(resolve("[a.yaml]", {{"a.yaml", "summary: S.\nmembers: [strct]\n"}}),
              (Names{"error a.yaml:2:11: 'members' must be core, strict, pytorch, blog, opt-in or "
                     "links-check, found 'strct'; did you mean 'strict'?"}));
}

TEST(ResolvePresets, CyclesAreErrors) {
    EXPECT_EQ(resolve("[a.yaml]", {{"a.yaml", "summary: A.\nincludes: [b.yaml]\n"},
                                   {"b.yaml", "summary: B.\nincludes: [core, a.yaml]\n"}}),
              (Names{"error b.yaml:2:18: presets include each other: a.yaml -> b.yaml -> a.yaml"}));
    EXPECT_EQ(resolve("[a.yaml]", {{"a.yaml", "summary: A.\nincludes: [./a.yaml]\n"}}),
              (Names{"error a.yaml:2:12: presets include each other: a.yaml -> a.yaml"}));
}

TEST(ResolvePresets, LongChainsAreErrors) {
    std::map<std::string, std::string> files;
    for (int i = 0; i < 1000; ++i) {
        files["p" + std::to_string(i) + ".yaml"] =
            "summary: S.\nincludes: [p" + std::to_string(i + 1) + ".yaml]\n";
    }
    EXPECT_EQ(resolve("[p0.yaml]", files),
              (Names{"error p19.yaml:2:12: presets include each other deeper than 20 levels"}));
}

TEST(Presets, MembersAndSettings) {
    const Result<Preset> preset = parse_preset(
        "summary: S.\nmembers: [opt-in]\nrules: {links/missing-anchor: {severity: note, depth: "
        "4}}\n",
        "tools/p.yaml");
    ASSERT_TRUE(preset.has_value()) << preset.error().to_string();
    EXPECT_EQ(preset->members, Names{"opt-in"});
    ASSERT_EQ(preset->rules.size(), 1u);
    EXPECT_EQ(preset->rules[0].severity, Severity::note);
    EXPECT_EQ(preset->rules[0].place.line, 3u);
    // A file of the repository has no members of its own.
    EXPECT_TRUE(parse_preset("summary: S.\n", "core.yaml")->members.empty());
    EXPECT_EQ(parse_preset("summary: S.\n", "rules/presets/core.yaml")->members, Names{"core"});
}

TEST(Presets, SettingsOfAPresetAreWeakerThanTheFileAndStrongerThanEarlierPresets) {
    const RuleSet rules = testing::config_rules();
    const Result<Config> config = load_config(
        "version: 1\nextends: [a.yaml, b.yaml, strict]\nrules: {links/missing-target: error}\n",
        "lint.yaml");
    ASSERT_TRUE(config.has_value());
    const auto read = [](const std::string& name) -> Result<std::string> {
        if (name == "a.yaml") {
            return std::string("summary: A.\nrules: {links/*: note, markup/title-level: off}\n");
        }
        return std::string("summary: B.\nrules: {links/missing-anchor: warning}\n");
    };
    const auto builtin = small_presets();
    const auto presets = resolve_presets(*config, {}, builtin, read);
    ASSERT_TRUE(presets.has_value()) << presets.error().to_string();
    const auto effective = EffectiveRules::make(rules, *config, *presets, builtin, {});
    ASSERT_TRUE(effective.has_value()) << effective.error().to_string();
    const auto severity = [&](std::string_view id) {
        return effective->profile(0).rules[static_cast<std::size_t>(rules.find(id))].severity;
    };
    EXPECT_EQ(severity("links/missing-anchor"), Severity::warning);
    EXPECT_EQ(severity("links/missing-target"), Severity::error);
    EXPECT_EQ(severity("links/legacy-host"), Severity::note);
    // Membership in a later preset does not undo a setting.
    EXPECT_EQ(severity("markup/title-level"), Severity::off);
}

TEST(BuiltinPresets, AreValidAndComplete) {
    const Result<std::vector<Preset>> presets = load_builtin_presets();
    ASSERT_TRUE(presets.has_value()) << presets.error().to_string();
    EXPECT_EQ(names_of(presets),
              (Names{"all", "blog", "core", "pytorch", "ruff-compatible", "strict"}));
    const Result<RuleSet> rules = load_builtin_rules();
    ASSERT_TRUE(rules.has_value()) << rules.error().to_string();
    Config config;
    config.extends = {"all"};
    const auto resolved = resolve_presets(config, {}, *presets, nullptr);
    ASSERT_TRUE(resolved.has_value()) << resolved.error().to_string();
    const auto effective = EffectiveRules::make(*rules, config, *resolved, *presets, {});
    ASSERT_TRUE(effective.has_value()) << effective.error().to_string();
    for (std::size_t i = 0; i < rules->specs.size(); ++i) {
        EXPECT_EQ(effective->profile(0).rules[i].on(), rules->specs[i].preset != "links-check")
            << rules->specs[i].id;
    }
}

}  // namespace
}  // namespace docathon

#include "lint/config/starting_config.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "lint/config/config_file.h"
#include "lint/config/rule_file.h"

namespace docathon {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

StartingConfig start(const Files& files) {
    const Result<RuleSet> rules = load_builtin_rules();
    EXPECT_TRUE(rules);
    StartingConfig made = starting_config(files, *rules);
    const Result<Config> read = load_config(made.text, ".docathon-lint.yaml");
    EXPECT_TRUE(read) << read.error().to_string() << "\n" << made.text;
    return made;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(StartingConfig, OfNothingIsAllComments) {
    const StartingConfig made = start({});
    EXPECT_TRUE(made.taken.empty());
    EXPECT_TRUE(has(made.text, "version: 1\n"));
    EXPECT_FALSE(has(made.text, "\nrules:"));
}

TEST(StartingConfig, RulesThatAreOffStayOff) {
    for (const Files& files : std::vector<Files>{
             {{".markdownlint.json", "{\"default\": true, \"MD051\": false, \"MD013\": false}"}},
             {{".markdownlint.jsonc", "{ // c\n\t\"link-fragments\": false, /* x */\n}"}},
             {{".markdownlint.yaml", "MD051:\n  enabled: false\n"}},
             {{".markdownlint-cli2.jsonc", "{\"config\": {\"md051\": false}}"}},
             {{".rumdl.toml", "[global]\ndisable = [\"MD051\"]\n"}},
             {{"pyproject.toml", "[tool.rumdl]\ndisable = [\"MD051\"]\n"}}}) {
        const StartingConfig made = start(files);
        EXPECT_TRUE(has(made.text, "  links/missing-anchor: off  # ")) << made.text;
        EXPECT_TRUE(has(made.text, " is off in " + files[0].first + "\n")) << made.text;
        ASSERT_EQ(made.taken.size(), 1U) << files[0].first;
        EXPECT_TRUE(has(made.taken[0], "links/missing-anchor is off, from " + files[0].first));
        EXPECT_FALSE(has(made.text, "missing-target"));
    }
}

TEST(StartingConfig, ARuleWithTwoCounterpartsNeedsBothOff) {
    EXPECT_FALSE(
        has(start({{".markdownlint.json", "{\"MD011\": false}"}}).text, "links/malformed-url"));
    EXPECT_TRUE(
        has(start({{".markdownlint.json", "{\"MD011\": false, \"no-empty-links\": false}"}}).text,
            "links/malformed-url: off"));
}

TEST(StartingConfig, DefaultOffMeansWhatIsNotNamed) {
    const StartingConfig made =
        start({{".markdownlint.yml", "default: false\nMD051: true\nMD001: error\n"}});
    EXPECT_FALSE(has(made.text, "links/missing-anchor"));
    EXPECT_FALSE(has(made.text, "markup/title-level"));
    EXPECT_TRUE(has(made.text, "links/undefined-reference: off  # MD052 is off in"));
    // A custom rule that is not named may not even be installed.
    EXPECT_FALSE(has(made.text, "links/missing-target"));
}

TEST(StartingConfig, ExcludedFilesAreCarriedOver) {
    const StartingConfig made =
        start({{".markdownlint-cli2.yaml", "ignores: [docs/old/**, '/abs', \"a'b\"]\n"},
               {".markdownlintignore", "# c\nCHANGELOG.md\nvendor/docs/\n"},
               {".rumdl.toml",
                "[global]\nexclude = [\"./gen/\"]\n"
                "[per-file-ignores]\n\"notes/**\" = [\"MD051\", \"MD013\"]\n"
                "\"x/**\" = [\"MD013\"]\n"}});
    for (const char* part : {"  - \"docs/old/**\"  # .markdownlint-cli2.yaml\n",
                             "  - \"**/CHANGELOG.md\"  # .markdownlintignore\n",
                             "  - \"vendor/docs\"  #", "  - \"gen\"  # .rumdl.toml\n",
                             "overrides:\n  - files: [\"notes/**\"]  # .rumdl.toml\n"
                             "    rules: {links/missing-anchor: off}\n"}) {
        EXPECT_TRUE(has(made.text, part)) << part << "\n" << made.text;
    }
    EXPECT_FALSE(has(made.text, "x/**"));
    ASSERT_EQ(made.notes.size(), 1U);
    EXPECT_EQ(made.notes[0], "not carried over: '/abs' in .markdownlint-cli2.yaml");
}

TEST(StartingConfig, BrokenFilesAreNotes) {
    const StartingConfig made = start({{".markdownlint.json", "{\"a\": "},
                                       {".markdownlint.yaml", std::string(5000, '[')},
                                       {".rumdl.toml", "x = = 1"},
                                       {"rumdl.toml", std::string(5000, '[')},
                                       {".markdownlintrc", "/* open"},
                                       {".markdownlintignore", "[\n\"\\\n\x01\n"}});
    EXPECT_GE(made.notes.size(), 4U);
    EXPECT_TRUE(made.taken.empty() || has(made.taken[0], "exclude"));
}

}  // namespace
}  // namespace docathon

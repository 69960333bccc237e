#include "lint/config/config_file.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/config/config_testing.h"

namespace docathon {
namespace {

using testing::error_of;

// The example of the product description, whole.
constexpr std::string_view kFullExample = R"(version: 1
extends: [core, pytorch, tools/docs-rules.yaml]
exclude: ["docs/source/archive/**"]
rule-paths: [.docathon-lint/rules]
rules:
  style/*: off
  links/missing-anchor: {severity: error, ignore: ["^generated-"]}
overrides:
  - {files: ["README.md", "examples/**"], flavor: gfm}
  - {files: ["**/CHANGELOG.md"], rules: {examples/deprecated-api: off}}
project:
  sphinx: [{source: docs/source, directives: {customcarditem: {options: [header, link], body: none}}, roles: [hidden]}]
  python: {packages: {executorch: src/executorch}, private: ["*.test.*"], docstrings: google}
  site: [{url: "https://docs.pytorch.org/executorch/{stable,main}/", source: docs/source}]
  repository: {url: "https://github.com/pytorch/executorch", branch: main}
  inventories: {torch: .docathon-lint/torch.inv}
  apis: {torch: .docathon-lint/torch.jsonl}
  deprecated: [torch, .docathon-lint/deprecated.yaml]
  generated: {"docs/source/backends/**/*-quantization.md": "backends/arm/scripts/docgen"}
  page-kinds: {tutorial: ["**/tutorials/*.md"], post: ["_posts/*"]}
links: {cache: .docathon-lint/links.json, max-age: 30d, dead-after: {failures: 3, days: 7}, budget: {run: 120s, host: 20s, per-host: 4}, unverified: [401, 403, 429, 503, tls, timeout]}
suppress: {honour: [noqa, markdownlint, lint-ignore, lycheeignore, sphinx], unused: note, require-reason: false}
baseline: .docathon-lint/baseline.json
fail-on: warning
max-file-size: 10MB
)";

TEST(LoadConfig, FullExample) {
    const Result<Config> config = load_config(kFullExample, ".docathon-lint.yaml");
    ASSERT_TRUE(config.has_value()) << config.error().to_string();
    EXPECT_EQ(config->path, ".docathon-lint.yaml");
    EXPECT_EQ(config->base, "");
    EXPECT_EQ(config->extends,
              (std::vector<std::string>{"core", "pytorch", "tools/docs-rules.yaml"}));
    ASSERT_EQ(config->extends_places.size(), 3u);
    EXPECT_EQ(config->extends_places[1].line, 2u);
    EXPECT_EQ(config->extends_places[1].column, 17u);
    EXPECT_EQ(config->exclude, std::vector<std::string>{"docs/source/archive/**"});
    EXPECT_EQ(config->rule_paths, std::vector<std::string>{".docathon-lint/rules"});
    ASSERT_EQ(config->rules.size(), 2u);
    EXPECT_EQ(config->rules[0].selector, "style/*");
    EXPECT_EQ(config->rules[0].severity, Severity::off);
    EXPECT_EQ(config->rules[1].severity, Severity::error);
    ASSERT_NE(config->rules[1].options.find("ignore"), nullptr);
    EXPECT_EQ(config->rules[1].options.find("severity"), nullptr);
    EXPECT_EQ(config->rules[1].place.line, 7u);
    EXPECT_EQ(config->rules[1].place.column, 3u);
    ASSERT_EQ(config->overrides.size(), 2u);
    EXPECT_EQ(config->overrides[0].files, (std::vector<std::string>{"README.md", "examples/**"}));
    EXPECT_EQ(config->overrides[0].flavor, Flavor::gfm);
    EXPECT_EQ(config->overrides[1].place.line, 10u);
    ASSERT_EQ(config->overrides[1].rules.size(), 1u);
    const ProjectConfig& project = config->project;
    ASSERT_EQ(project.sphinx.size(), 1u);
    EXPECT_EQ(project.sphinx[0].source, "docs/source");
    EXPECT_EQ(project.sphinx[0].roles, std::vector<std::string>{"hidden"});
    ASSERT_NE(project.sphinx[0].directives.find("customcarditem"), nullptr);
    ASSERT_NE(project.python.find("packages"), nullptr);
    ASSERT_EQ(project.sites.size(), 1u);
    EXPECT_EQ(project.sites[0].url, "https://docs.pytorch.org/executorch/{stable,main}/");
    EXPECT_EQ(project.sites[0].source, "docs/source");
    EXPECT_EQ(project.repository_url, "https://github.com/pytorch/executorch");
    EXPECT_EQ(project.repository_branch, "main");
    EXPECT_EQ(project.inventories.at("torch"), ".docathon-lint/torch.inv");
    EXPECT_EQ(project.apis.at("torch"), ".docathon-lint/torch.jsonl");
    EXPECT_EQ(project.deprecated,
              (std::vector<std::string>{"torch", ".docathon-lint/deprecated.yaml"}));
    EXPECT_EQ(project.generated.at("docs/source/backends/**/*-quantization.md"),
              "backends/arm/scripts/docgen");
    EXPECT_EQ(project.page_kinds.at("post"), std::vector<std::string>{"_posts/*"});
    ASSERT_NE(config->links.find("budget"), nullptr);
    EXPECT_EQ(config->suppress_honour.size(), 5u);
    EXPECT_TRUE(config->suppress_unused_note);
    EXPECT_FALSE(config->suppress_require_reason);
    EXPECT_EQ(config->baseline, ".docathon-lint/baseline.json");
    EXPECT_EQ(config->fail_on, Severity::warning);
    EXPECT_EQ(config->max_file_bytes, 10u << 20);
}

TEST(LoadConfig, DefaultsOfTheShortestFile) {
    const Result<Config> config = load_config("version: 1\n", "docs/docathon-lint.yaml");
    ASSERT_TRUE(config.has_value()) << config.error().to_string();
    EXPECT_EQ(config->base, "docs");
    EXPECT_EQ(config->fail_on, Severity::warning);
    EXPECT_EQ(config->max_file_bytes, 10u << 20);
    EXPECT_TRUE(config->rules.empty());
}

TEST(LoadConfig, ValuesThatDifferFromTheDefaults) {
    const Result<Config> config = load_config(
        "version: 1\nfail-on: never\nmax-file-size: 512KB\n"
        "suppress: {unused: off, require-reason: true}\nrules: {a/b: on}\n",
        "c.yaml");
    ASSERT_TRUE(config.has_value()) << config.error().to_string();
    EXPECT_EQ(config->fail_on, Severity::off);
    EXPECT_EQ(config->max_file_bytes, 512u << 10);
    EXPECT_FALSE(config->suppress_unused_note);
    EXPECT_TRUE(config->suppress_require_reason);
    ASSERT_EQ(config->rules.size(), 1u);
    EXPECT_TRUE(config->rules[0].on);
    EXPECT_FALSE(config->rules[0].severity.has_value());
}

TEST(LoadConfig, ListsWithAllEntriesCommentedOutAreEmpty) {
    const Result<Config> config =
        load_config("version: 1\nexclude:\n  # - a\nrules:\noverrides:\nproject:\n", "c.yaml");
    ASSERT_TRUE(config.has_value()) << config.error().to_string();
    EXPECT_TRUE(config->exclude.empty());
}

TEST(LoadConfig, ConfigurationFromElsewhereSpeaksAboutTheRoot) {
    const Result<Config> config = load_config("version: 1\n", "/etc/lint/docathon-lint.yaml");
    ASSERT_TRUE(config.has_value());
    EXPECT_EQ(config->base, "");
}

struct BadConfig {
    const char* text;
    const char* error;
};

void PrintTo(const BadConfig& config, std::ostream* out) {
    *out << config.text;
}

class LoadConfigError : public ::testing::TestWithParam<BadConfig> {};

TEST_P(LoadConfigError, NamesPlaceAndMistake) {
    const Result<Config> config = load_config(GetParam().text, ".docathon-lint.yaml");
    EXPECT_EQ(error_of(config), ".docathon-lint.yaml:" + std::string(GetParam().error));
}

constexpr BadConfig kBadConfigs[] = {
    // The whole file.
    {"", "1:1: no key 'version'; write 'version: 1'"},
    {"# nothing\n", "1:1: no key 'version'; write 'version: 1'"},
    {"exclude: []\n", "1:1: no key 'version'; write 'version: 1'"},
    {"- version: 1\n", "1:1: this file must be a map of keys, found a list"},
    {"text\n", "1:1: this file must be a map of keys, found 'text'"},
    {"version: 2\n", "1:10: 'version' must be 1, found '2'; this program reads version 1 only"},
    {"version: \"1\"\n", "1:10: 'version' must be 1, found '1'; this program reads version 1 only"},
    {"version:\n", "1:1: 'version' must be 1, found nothing"},
    // Keys.
    {"version: 1\nexlude: []\n", "2:1: no key 'exlude'; did you mean 'exclude'?"},
    {"version: 1\nfail_on: error\n", "2:1: no key 'fail_on'; did you mean 'fail-on'?"},
    {"version: 1\nxyzzy: 1\n", "2:1: no key 'xyzzy'"},
    {"version: 1\nlinks: {max-agee: 3d}\n",
     "2:9: no key 'max-agee' in 'links'; did you mean 'max-age'?"},
    {"version: 1\nlinks:\n  budget:\n    pre-host: 3\n",
     "4:5: no key 'pre-host' in 'links.budget'; did you mean 'per-host'?"},
    {"version: 1\nproject: {site: [{url: \"https://x/\"}]}\n",
     "2:18: no key 'source' in 'project.site', which is needed: the folder it is built from"},
    {"version: 1\noverrides: [{flavor: gfm}]\n",
     "2:13: no key 'files' in 'overrides', which is needed: globs of the files this entry is for, "
     "relative to the configuration file"},
    {"version: 1\nproject: {sphinx: [{source: docs, directives: {x: {optoins: []}}}]}\n",
     "2:52: no key 'optoins' in 'project.sphinx.directives'; did you mean 'options'?"},
    // Types.
    {"version: 1\nexclude: docs/**\n",
     "2:10: 'exclude' must be a list of globs, found 'docs/**'; write [docs/**]"},
    {"version: 1\nexclude: a, b]\n",
     "2:10: 'exclude' must be a list of globs, found 'a, b]'; write ['a, b]']"},
    {"version: 1\nexclude: a\t\tb]\n",
     "2:10: 'exclude' must be a list of globs, found 'a\\t\\tb]'"},
    {"version: 1\nexclude: [[a]]\n",
     "2:11: 'exclude' must be a glob such as docs/**, found a list"},
    {"version: 1\nexclude: [~]\n", "2:11: 'exclude' must be a glob such as docs/**, found nothing"},
    {"version: 1\nexclude: [../x]\n",
     "2:11: 'exclude' must be a glob such as docs/**, found '../x'; '..' is not allowed in a "
     "glob"},
    {"version: 1\noverrides: {files: [a]}\n",
     "2:12: 'overrides' must be a list of maps, found a map"},
    {"version: 1\noverrides: [README.md]\n",
     "2:13: an entry of 'overrides' must be a map, found 'README.md'"},
    {"version: 1\nproject: [a]\n", "2:10: 'project' must be a map of keys, found a list"},
    {"version: 1\nproject: {inventories: [a]}\n",
     "2:24: 'project.inventories' must be a map of names to paths, found a list"},
    {"version: 1\nproject: {page-kinds: {post: a}}\n",
     "2:30: 'project.page-kinds.post' must be a list of globs, found 'a'"},
    {"version: 1\nsuppress: {require-reason: maybe}\n",
     "2:28: 'suppress.require-reason' must be true or false, found 'maybe'"},
    {"version: 1\nsuppress: {require-reason: \"true\"}\n",
     "2:28: 'suppress.require-reason' must be true or false, found 'true'"},
    {"version: 1\nlinks: {dead-after: {failures: 0}}\n",
     "2:32: 'links.dead-after.failures' must be an integer from 1 to 1000, found '0'"},
    {"version: 1\nlinks: {max-age: 30}\n",
     "2:18: 'links.max-age' must be a duration such as 120s or 30d, found '30'"},
    {"version: 1\nlinks: {unverified: [99]}\n",
     "2:22: 'links.unverified' must be an HTTP status, tls, timeout, dns, connect or anchor, found "
     "'99'"},
    {"version: 1\nlinks: {unverified: [timout]}\n",
     "2:22: 'links.unverified' must be an HTTP status, tls, timeout, dns, connect or anchor, found "
     "'timout'; did "
     "you mean 'timeout'?"},
    {"version: 1\nmax-file-size: big\n",
     "2:16: 'max-file-size' must be a size such as 512KB or 10MB, found 'big'"},
    {"version: 1\nmax-file-size: 3GB\n",
     "2:16: 'max-file-size' must be a size such as 512KB or 10MB, found '3GB'; it may be 1 byte to "
     "2GB"},
    {"version: 1\nmax-file-size: 99999999999999999GB\n",
     "2:16: 'max-file-size' must be a size such as 512KB or 10MB, found '99999999999999999GB'"},
    {"version: 1\nfail-on: warn\n",
     "2:10: 'fail-on' must be error, warning, note or never, found 'warn'"},
    {"version: 1\nfail-on: eror\n",
     "2:10: 'fail-on' must be error, warning, note or never, found 'eror'; did you mean 'error'?"},
    {"version: 1\noverrides: [{files: [a], flavor: gmf}]\n",
     "2:34: 'overrides.flavor' must be commonmark, gfm, myst, jekyll or mkdocs, found 'gmf'; did "
     "you mean 'gfm'?"},
    {"version: 1\nsuppress: {honour: [noqua]}\n",
     "2:21: 'suppress.honour' must be noqa, markdownlint, lint-ignore, lycheeignore, sphinx or "
     "vale, "
     "found 'noqua'; did you mean 'noqa'?"},
    {"version: 1\nbaseline: /tmp/x.json\n",
     "2:11: 'baseline' must be a path, found '/tmp/x.json'; it must stay inside the repository"},
    {"version: 1\nrule-paths: [../rules]\n",
     "2:14: 'rule-paths' must be a path, found '../rules'; it must stay inside the repository"},
    {"version: 1\nbaseline:\n", "2:1: 'baseline' must be a path, found nothing"},
    // extends.
    {"version: 1\nextends: [\"https://example.org/x.yaml\"]\n",
     "2:11: 'extends' must be a preset or the path of a file, found "
     "'https://example.org/x.yaml'; a URL is never read, copy the file"},
    {"version: 1\nextends: [../up.yaml]\n",
     "2:11: 'extends' must be a preset or the path of a file, found '../up.yaml'; it must stay "
     "inside the repository"},
    {"version: 1\nextends: core\n",
     "2:10: 'extends' must be a list of presets and paths, found 'core'; write [core]"},
    // rules.
    {"version: 1\nrules: [links/x]\n", "2:8: 'rules' must be a map of rules, found a list"},
    {"version: 1\nrules:\n  links/x: warn\n",
     "3:12: a rule is set to off, on, note, warning or error, found 'warn'"},
    {"version: 1\nrules:\n  links/x: eror\n",
     "3:12: a rule is set to off, on, note, warning or error, found 'eror'; did you mean "
     "'error'?"},
    {"version: 1\nrules:\n  links/x: true\n",
     "3:12: a rule is set to off, on, note, warning or error, found 'true'; write on"},
    {"version: 1\nrules:\n  links/x: [error]\n",
     "3:12: a rule is set to off, on, note, warning or error, found a list"},
    {"version: 1\nrules:\n  links/x:\n",
     "3:3: a rule is set to off, on, note, warning or error, found nothing"},
    {"version: 1\nrules:\n  links/x: {severity: bad}\n",
     "3:23: a rule is set to off, on, note, warning or error, found 'bad'"},
    {"version: 1\nrules:\n  links/miss*: off\n",
     "3:3: 'links/miss*' selects no rules; write an id, an alias, 'family/*' or '*'"},
    {"version: 1\noverrides: [{files: [a], rules: {links/x: maybe}}]\n",
     "2:43: a rule is set to off, on, note, warning or error, found 'maybe'"},
    // YAML itself.
    {"version: 1\nversion: 1\n", "2:1: duplicate key \"version\""},
    {"version: 1\nrules: {a/b: off, a/b: on}\n", "2:19: duplicate key \"a/b\""},
    {"version: 1\nexclude: [a\n", "3:1: not valid YAML: a '[' is not closed by ']'"},
};

INSTANTIATE_TEST_SUITE_P(All, LoadConfigError, ::testing::ValuesIn(kBadConfigs));

TEST(LoadConfig, StarsWithoutQuotesGetAHint) {
    for (const char* text : {"version: 1\nrules:\n  *: off\n", "version: 1\nexclude: [**/x]\n",
                             "version: 1\nexclude:\n  - *.md\n"}) {
        const std::string error = error_of(load_config(text, "c.yaml"));
        EXPECT_TRUE(error.ends_with("; text that begins with '*' must be in quotes")) << error;
    }
    EXPECT_FALSE(error_of(load_config("version: [\n", "c.yaml")).ends_with("in quotes"));
}

TEST(LoadConfig, ColumnsAreCodePoints) {
    EXPECT_EQ(error_of(load_config("version: 1\nproject: {apis: {\"é\": [x]}}\n", "c.yaml")),
              "c.yaml:2:23: 'project.apis' must be a path, found a list");
}

TEST(LoadConfig, CollectsEveryErrorInTheOrderOfTheFile) {
    std::vector<Error> all;
    const Result<Config> config =
        load_config("exlude: []\nfail-on: x\nversion: 3\n", "c.yaml", &all);
    ASSERT_FALSE(config.has_value());
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].to_string(), config.error().to_string());
    EXPECT_EQ(all[0].line, 1u);
    EXPECT_EQ(all[1].line, 2u);
    EXPECT_EQ(all[2].line, 3u);
}

TEST(LoadConfig, ControlCharactersOfTheFileDoNotReachTheTerminal) {
    const std::string error =
        error_of(load_config("version: 1\n\"a\\x1b[31m\\nb\": 1\n", "c.yaml"));
    EXPECT_EQ(error, "c.yaml:2:1: no key 'a\\x1b[31m\\nb'");
}

TEST(LoadConfig, HostileYaml) {
    // Nested deeper than any configuration.
    std::string deep = "version: 1\nexclude: ";
    deep.append(50'000, '[');
    EXPECT_FALSE(load_config(deep, "c.yaml").has_value());
    // Billion laughs.
    std::string bomb = "version: 1\nlinks:\n  a: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        bomb += "  a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int k = 0; k < 10; ++k)
            bomb += "*a" + std::to_string(i - 1) + ",";
        bomb += "]\n";
    }
    EXPECT_FALSE(load_config(bomb, "c.yaml").has_value());
    using namespace std::string_view_literals;
    EXPECT_FALSE(load_config("version: 1\0\n"sv, "c.yaml").has_value());
    EXPECT_FALSE(load_config("\xff\xfeversion: 1\n", "c.yaml").has_value());
    EXPECT_FALSE(load_config("version: 1\n...\nversion: 1\n", "c.yaml").has_value());
    EXPECT_FALSE(load_config("version: 1\n? [a]\n: b\n", "c.yaml").has_value());
    EXPECT_FALSE(load_config("{{a}}: 1\n", "c.yaml").has_value());
}

TEST(LoadConfig, ThousandsOfWrongKeysStopAtTheLimit) {
    std::string text = "version: 1\n";
    for (int i = 0; i < 20'000; ++i)
        text += "key" + std::to_string(i) + ": 1\n";
    std::vector<Error> all;
    EXPECT_FALSE(load_config(text, "c.yaml", &all).has_value());
    EXPECT_EQ(all.size(), Reader::kMaxErrors);
}

TEST(LoadConfig, ThousandsOfOverridesAreRefused) {
    std::string text = "version: 1\noverrides:\n";
    for (int i = 0; i < 1000; ++i)
        text += "- {files: [a]}\n";
    EXPECT_TRUE(load_config(text, "c.yaml").has_value());
    EXPECT_EQ(error_of(load_config(text + "- {files: [a]}\n", "c.yaml")),
              "c.yaml:1003:3: more than 1000 overrides");
}

TEST(LoadConfig, ByteOrderMarkAndCarriageReturns) {
    const Result<Config> config =
        load_config("\xef\xbb\xbfversion: 1\r\nfail-on: note\r\n", "c.yaml");
    ASSERT_TRUE(config.has_value()) << config.error().to_string();
    EXPECT_EQ(config->fail_on, Severity::note);
}

// --- find_config ------------------------------------------------------------------------------

std::function<PathKind(const std::string&)> tree(std::map<std::string, PathKind> files) {
    return [files = std::move(files)](const std::string& path) {
        const auto it = files.find(path);
        return it == files.end() ? PathKind::absent : it->second;
    };
}

std::string found(std::string_view start, std::string_view root,
                  std::map<std::string, PathKind> files) {
    const auto result = find_config(start, root, tree(std::move(files)));
    if (!result)
        return "error " + result.error().to_string();
    return result->value_or("none");
}

TEST(FindConfig, NearestAncestorUpToTheRoot) {
    EXPECT_EQ(found("/r/a/b", "/r", {{"/r/.docathon-lint.yaml", PathKind::file}}),
              "/r/.docathon-lint.yaml");
    EXPECT_EQ(found("/r/a/b", "/r",
                    {{"/r/.docathon-lint.yaml", PathKind::file},
                     {"/r/a/docathon-lint.yaml", PathKind::file}}),
              "/r/a/docathon-lint.yaml");
    EXPECT_EQ(found("/r/a", "/r", {{"/.docathon-lint.yaml", PathKind::file}}), "none");
    EXPECT_EQ(found("/r", "/r/", {{"/r/docathon-lint.yaml", PathKind::file}}),
              "/r/docathon-lint.yaml");
    EXPECT_EQ(found("/a", "/", {{"/docathon-lint.yaml", PathKind::file}}), "/docathon-lint.yaml");
    EXPECT_EQ(found("docs/a", "", {{"docathon-lint.yaml", PathKind::file}}), "docathon-lint.yaml");
    EXPECT_EQ(found("docs/a", ".", {{"docs/docathon-lint.yaml", PathKind::file}}),
              "docs/docathon-lint.yaml");
    EXPECT_EQ(found("", "", {}), "none");
}

TEST(FindConfig, BothNamesAreAnError) {
    EXPECT_EQ(found("/r", "/r",
                    {{"/r/.docathon-lint.yaml", PathKind::file},
                     {"/r/docathon-lint.yaml", PathKind::file}}),
              "error /r/.docathon-lint.yaml: 'docathon-lint.yaml' stands beside it; keep one of "
              "the two");
}

TEST(FindConfig, FolderOfThatNameIsAnError) {
    EXPECT_EQ(found("/r", "/r", {{"/r/.docathon-lint.yaml", PathKind::other}}),
              "error /r/.docathon-lint.yaml: a configuration must be a regular file");
}

// --- check_pyproject --------------------------------------------------------------------------

TEST(CheckPyproject, OwnTableIsAnErrorThatNamesTheYamlFile) {
    const std::string message =
        ": docathon-lint reads no [tool.docathon-lint] table; write these settings into "
        ".docathon-lint.yaml beside it";
    const auto check = [](std::string_view text) {
        return error_of(check_pyproject(text, "pyproject.toml"));
    };
    EXPECT_EQ(check("[project]\nname = 'x'\n\n[tool.docathon-lint]\nversion = 1\n"),
              "pyproject.toml:4:1" + message);
    EXPECT_EQ(check("[tool.docathon-lint.rules]\n"), "pyproject.toml:1:1" + message);
    EXPECT_EQ(check("  [ tool . \"docathon-lint\" ]\n"), "pyproject.toml:1:3" + message);
    EXPECT_EQ(check("[[tool.docathon-lint.overrides]]\n"), "pyproject.toml:1:1" + message);
    EXPECT_EQ(check("[tool]\ndocathon-lint = {version = 1}\n"), "pyproject.toml:2:1" + message);
    EXPECT_EQ(check("[tool]\ndocathon-lint.version = 1\n"), "pyproject.toml:2:1" + message);
    EXPECT_EQ(check("tool.docathon-lint.version = 1\n"), "pyproject.toml:1:1" + message);
    EXPECT_EQ(check("[tool.docathon_lint]\r\n"), "pyproject.toml:1:1" + message);
    EXPECT_EQ(check("a = \"\"\"\nx\n\"\"\"\n[tool.docathon-lint]\n"),
              "pyproject.toml:4:1" + message);
}

TEST(CheckPyproject, MentionsAreNoTable) {
    for (const std::string_view text : {
             "[tool.ruff]\nx = 1\n",
             "[dependency-groups]\ndev = [\"docathon-lint\"]\n",
             "# [tool.docathon-lint]\n",
             "text = \"\"\"\n[tool.docathon-lint]\n\"\"\"\n",
             "text = '''\n[tool.docathon-lint]\n'''\n",
             "a = 'it''s \"\"\" ' # \"\"\"\n[tool.x]\ndocathon-lint = 1\n",
             "[project.optional-dependencies]\ndocathon-lint = ['x']\n",
             "[tool.uv.sources]\ndocathon-lint = {path = '.'}\n",
             "[tool.docathon-lint-extra]\n",
             "[project]\nname = \"docathon-lint\"\n",
             "[tool\ndocathon-lint",
             "docathon",
         }) {
        EXPECT_TRUE(check_pyproject(text, "pyproject.toml").has_value()) << text;
    }
}

}  // namespace
}  // namespace docathon

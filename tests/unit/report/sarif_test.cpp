#include <chrono>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "lint/core/utf8.h"
#include "lint/report/report.h"
#include "lint/report/rule_help.h"
#include "tests/unit/cpu_clock.h"
#include "tests/unit/report/report_fixture.h"

namespace docathon {
namespace {

using testing::kAnchor;
using testing::kFence;
using testing::kTarget;
using testing::kUnused;
using Json = nlohmann::json;

class SarifTest : public testing::ReportTest {
  protected:
    Json run() {
        const std::string text = print(&write_sarif);
        EXPECT_EQ(first_invalid(text), std::string::npos);
        const Json log = Json::parse(text);
        EXPECT_EQ(log["version"], "2.1.0");
        EXPECT_EQ(log["$schema"], "https://json.schemastore.org/sarif-2.1.0.json");
        EXPECT_EQ(log["runs"].size(), 1u);
        no_empty_strings(log);
        return log["runs"][0];
    }

    static void no_empty_strings(const Json& json) {
        EXPECT_FALSE(json.is_string() && json == "");
        if (json.is_structured()) {
            for (const Json& item : json)
                no_empty_strings(item);
        }
    }

    static Json region(int line, int column, int end_line, int end_column) {
        return {{"startLine", line},
                {"startColumn", column},
                {"endLine", end_line},
                {"endColumn", end_column}};
    }
};

TEST_F(SarifTest, AResultHasAllThatCodeScanningReads) {
    const FileId a = file("docs/a.md", "see [x](x.md)\n");
    file("b.md", "target\n");
    Diagnostic& one = add(kTarget, a, "x.md", "no file 'x.md'");
    one.where = "both";
    one.docutils = "Error in 'x'.";
    one.related.push_back({1, {0, 7}, "here"});
    one.related.push_back({1, {0, 0}, ""});
    one.fix = Fix{"name it", {{{8, 12}, "b.md"}, {{12, 13}, ""}}, FixSafety::safe};
    options_.name = "docs";
    const Json log = run();
    EXPECT_EQ(log["results"], Json::parse(R"([{
        "ruleId": "links/missing-target", "ruleIndex": 0, "level": "error",
        "message": {"text": "no file 'x.md'"},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": "docs/a.md", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 1, "startColumn": 9, "endLine": 1, "endColumn": 13}}}],
        "relatedLocations": [
            {"id": 1, "message": {"text": "here"}, "physicalLocation": {
                "artifactLocation": {"uri": "b.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 7}}},
            {"id": 2, "message": {"text": "see here"}, "physicalLocation": {
                "artifactLocation": {"uri": "b.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}}}],
        "partialFingerprints": {
            "primaryLocationLineHash": "ae279b60c2cd5686:1",
            "docathonLint/v1": "00000000000000000000000000000001"},
        "fixes": [{"description": {"text": "name it"}, "artifactChanges": [{
            "artifactLocation": {"uri": "docs/a.md", "uriBaseId": "%SRCROOT%"},
            "replacements": [
                {"deletedRegion": {"startLine": 1, "startColumn": 9, "endLine": 1, "endColumn": 13},
                 "insertedContent": {"text": "b.md"}},
                {"deletedRegion": {"startLine": 1, "startColumn": 13, "endLine": 1, "endColumn": 14}}]}]}],
        "properties": {"docutils": "Error in 'x'.", "where": "both"}}])"));
    EXPECT_EQ(log["automationDetails"]["id"], "docathon-lint/docs/");
    EXPECT_EQ(log["columnKind"], "unicodeCodePoints");
    EXPECT_EQ(log["originalUriBaseIds"]["%SRCROOT%"].count("uri"), 0u);
    EXPECT_EQ(log["invocations"],
              Json::parse(R"([{"executionSuccessful": true, "toolExecutionNotifications": []}])"));
    EXPECT_EQ(log["tool"]["driver"]["name"], "docathon-lint");
    EXPECT_EQ(log["tool"]["driver"]["semanticVersion"], "0.1.0");
}

TEST_F(SarifTest, NoFindingsAreAValidRun) {
    const Json log = run();
    EXPECT_TRUE(log["results"].is_array() && log["results"].empty());
    EXPECT_TRUE(log["tool"]["driver"]["rules"].empty());
    EXPECT_EQ(log["automationDetails"]["id"], "docathon-lint/");
}

TEST_F(SarifTest, RulesAreThoseOfTheResultsWithTheirPages) {
    RuleSpec& spec = rules_.specs[kAnchor];
    spec.rationale = "Readers land\nat the top. " + std::string(2000, 'x');
    spec.silent = {"Pages that cannot be parsed."};
    OptionSpec& option = spec.options.emplace_back();
    option.name = "mode";
    option.type = OptionType::choice;
    option.choices = {"a", "b"};
    option.help = "Which one.";
    option.default_value.kind = Value::Kind::scalar;
    option.default_value.text = "a";
    RuleExample& example = spec.examples.emplace_back();
    example.files = {{"guide.md", "```py\nx\n```\n[s](#s)"}};
    example.expect = {{"guide.md", "#s", "no anchor 's'", ""}};
    spec.precision = 0.985;
    spec.aliases["rumdl"] = {"MD051", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9"};
    const FileId a = file("a.md", "xyz");
    add(kAnchor, a, "x", "m");
    add(kFence, a, "y", "m");
    add(kAnchor, a, "z", "m");
    const Json log = run();
    const Json& rules = log["tool"]["driver"]["rules"];
    ASSERT_EQ(rules.size(), 2u);
    EXPECT_EQ(log["results"][1]["ruleIndex"], 1);
    EXPECT_EQ(log["results"][2]["ruleIndex"], 0);
    EXPECT_EQ(rules[0]["id"], "links/missing-anchor");
    EXPECT_EQ(rules[0]["name"], "LinksMissingAnchor");
    EXPECT_EQ(rules[0]["shortDescription"]["text"], "Summary of links/missing-anchor.");
    const std::string full = rules[0]["fullDescription"]["text"];
    EXPECT_EQ(full.substr(0, 59), "Summary of links/missing-anchor. Readers land at the top. x");
    EXPECT_EQ(code_point_count(full), 1024u);
    EXPECT_EQ(rules[0]["defaultConfiguration"]["level"], "error");
    EXPECT_EQ(rules[0]["properties"]["precision"], "very-high");
    EXPECT_EQ(rules[0]["properties"]["problem.severity"], "error");
    EXPECT_EQ(rules[0]["properties"]["tags"], Json({"documentation", "links", "core", "MD051",
                                                    "xref", "a1", "a2", "a3", "a4", "a5"}));
    EXPECT_FALSE(rules[0]["properties"].contains("security-severity"));
    EXPECT_EQ(rules[1]["properties"]["precision"], "high");
    EXPECT_EQ(rules[1]["properties"]["problem.severity"], "warning");
    spec.rationale = "Because.";
    EXPECT_EQ(rule_help_markdown(spec), R"(Summary of links/missing-anchor.

Because.

## What stays silent

- Pages that cannot be parsed.

## Options

- `mode` (choice: a, b, default `a`): Which one.

## Example

`guide.md`:

````
```py
x
```
[s](#s)
````

- guide.md: `#s`: no anchor 's'

## How to silence it

One place: `<!-- docathon-lint: ignore[links/missing-anchor] why -->` on a line of its own before it, or at the end of its line. The whole file: `<!-- docathon-lint: ignore-file[links/missing-anchor] why -->`. Everywhere: `rules: {links/missing-anchor: off}` in `.docathon-lint.yaml`.
)");
    EXPECT_NE(rule_help_text(spec).find("    ```py\n    x\n    ```\n    [s](#s)\n"),
              std::string::npos);
    EXPECT_EQ(rule_help_text(spec).find('#'), rule_help_text(spec).find("[s](#s)") + 4);
}

TEST_F(SarifTest, RegionsAreTightAndInCodePoints) {
    const auto region_of = [&](const std::string& text, Range range) {
        texts_.clear();
        result_.paths.clear();
        result_.findings.clear();
        add(kTarget, file("a.md", text), range, "m");
        return run()["results"][0]["locations"][0]["physicalLocation"]["region"];
    };
    EXPECT_EQ(region_of("a\xf0\x9f\x98\x80 xy", {6, 8}), region(1, 4, 1, 6));
    EXPECT_EQ(region_of("a\r\nb\r\n", {0, 3}), region(1, 1, 1, 2));
    EXPECT_EQ(region_of("a\nb\n", {0, 4}), region(1, 1, 2, 2));
    EXPECT_EQ(region_of("a\rb", {2, 3}), region(2, 1, 2, 2));
    EXPECT_EQ(region_of("\xef\xbb\xbfx", {3, 4}), region(1, 1, 1, 2));
    EXPECT_EQ(region_of("\n\n", {0, 2}), region(1, 1, 1, 1));
    EXPECT_EQ(region_of("a\n", {2, 2}), region(2, 1, 2, 1));
    EXPECT_EQ(region_of("", {0, 0}), region(1, 1, 1, 1));
    EXPECT_EQ(region_of("\ta", {1, 2}), region(1, 2, 1, 3));
    EXPECT_EQ(region_of("\xff\xff"
                        "a",
                        {2, 3}),
              region(1, 3, 1, 4));
}

TEST_F(SarifTest, PathsAreEscapedAndMessagesAreOneLine) {
    const std::string path = "a b/\xc3\xa9#?%20:[x]\n\xff.md";
    add(kTarget, file(path, "x"), "x", "one\ntwo \x1b \xff");
    add(kTarget, 0, "x", std::string(3000, 'm'));
    add(kTarget, 0, "x", "");
    const Json log = run();
    const Json& results = log["results"];
    EXPECT_EQ(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
              "a%20b/%C3%A9%23%3F%2520:%5Bx%5D%0A%FF.md");
    EXPECT_EQ(results[0]["message"]["text"], "one\\x0atwo \\x1b \\xff");
    EXPECT_EQ(code_point_count(results[1]["message"]["text"].get<std::string>()), 1000u);
    EXPECT_EQ(results[2]["message"]["text"], "(no message)");
}

TEST_F(SarifTest, OnlySafeFixesThatJsonCanHold) {
    const FileId a = file("a.md", "xyz\n");
    add(kTarget, a, "x", "m").fix = Fix{"f", {{{0, 1}, "\xff"}}, FixSafety::safe};
    add(kTarget, a, "y", "m").fix = Fix{"f", {{{1, 2}, "Y"}}, FixSafety::unsafe};
    add(kTarget, a, "z", "m").fix = Fix{"", {{{2, 4}, ""}}, FixSafety::safe};
    const Json results = run()["results"];
    EXPECT_FALSE(results[0].contains("fixes"));
    EXPECT_FALSE(results[1].contains("fixes"));
    ASSERT_TRUE(results[2].contains("fixes"));
    EXPECT_EQ(results[2]["fixes"][0]["description"]["text"], "Apply the fix.");
    // Exact, not tight: the line break goes too.
    EXPECT_EQ(results[2]["fixes"][0]["artifactChanges"][0]["replacements"][0],
              Json({{"deletedRegion", region(1, 3, 2, 1)}}));
}

TEST_F(SarifTest, SuppressedResultsOnlyWhenAskedFor) {
    const FileId a = file("a.md", "xyz");
    add(kTarget, a, "z", "open");
    Diagnostic comment = result_.findings[0];
    comment.range = {0, 1};
    comment.message = "by comment";
    comment.suppressed = true;
    comment.suppression_reason = "known\nwell";
    Diagnostic baseline = comment;
    baseline.range = {1, 2};
    baseline.message = "by baseline";
    baseline.baselined = true;
    baseline.suppression_reason.clear();
    result_.suppressed = {comment, baseline};
    EXPECT_EQ(run()["results"].size(), 1u);
    EXPECT_FALSE(run()["results"][0].contains("suppressions"));
    options_.sarif_suppressed = true;
    const Json results = run()["results"];
    ASSERT_EQ(results.size(), 3u);
    EXPECT_EQ(results[0]["suppressions"],
              Json::parse(R"([{"kind": "inSource", "justification": "known\\x0awell"}])"));
    EXPECT_EQ(results[1]["suppressions"], Json::parse(R"([{"kind": "external"}])"));
    EXPECT_EQ(results[2]["message"]["text"], "open");
    options_.max_results = 2;
    const Json cut = run();
    ASSERT_EQ(cut["results"].size(), 2u);
    EXPECT_EQ(cut["results"][1]["message"]["text"], "open");
    EXPECT_EQ(cut["invocations"][0]["toolExecutionNotifications"].size(), 1u);
}

TEST_F(SarifTest, CutBySeverityThenRarityThenOrderAndSaysSo) {
    const FileId a = file("a.md", std::string(10, 'x'));
    add(kUnused, a, Range{0, 1}, "note");
    for (std::uint32_t i = 1; i < 5; ++i)
        add(kTarget, a, Range{i, i + 1}, "often " + std::to_string(i));
    add(kFence, a, Range{6, 7}, "warning");
    add(kAnchor, a, Range{7, 8}, "rare");
    options_.max_results = 3;
    const Json log = run();
    ASSERT_EQ(log["results"].size(), 3u);
    EXPECT_EQ(log["results"][0]["message"]["text"], "often 1");
    EXPECT_EQ(log["results"][1]["message"]["text"], "often 2");
    EXPECT_EQ(log["results"][2]["message"]["text"], "rare");
    EXPECT_EQ(log["tool"]["driver"]["rules"].size(), 2u);
    const Json& notification = log["invocations"][0]["toolExecutionNotifications"][0];
    EXPECT_EQ(notification["descriptor"]["id"], "results-cut");
    EXPECT_EQ(notification["message"]["text"],
              "4 of 7 results are not in this log, which has the most severe and the rarest "
              "(--max-results)");
    EXPECT_EQ(log["invocations"][0]["executionSuccessful"], true);
}

TEST_F(SarifTest, AFileThatCouldNotBeReadHasNoLineHash) {
    add(kTarget, file("a.md", ""), Range{0, 0}, "m");
    EXPECT_TRUE(run()["results"][0]["partialFingerprints"].contains("primaryLocationLineHash"));
    result_.bytes = [](FileId) { return std::string_view(); };
    const Json result = run()["results"][0];
    EXPECT_FALSE(result["partialFingerprints"].contains("primaryLocationLineHash"));
    EXPECT_TRUE(result["partialFingerprints"].contains("docathonLint/v1"));
    EXPECT_EQ(result["locations"][0]["physicalLocation"]["region"], region(1, 1, 1, 1));
}

TEST_F(SarifTest, NotificationsTellWhatWentWrong) {
    result_.notifications.push_back({"error", "internal-error", "a rule\nfailed", "a b.md"});
    result_.notifications.push_back({"odd", "", "", ""});
    const Json invocation = run()["invocations"][0];
    EXPECT_EQ(invocation["executionSuccessful"], false);
    EXPECT_EQ(invocation["toolExecutionNotifications"], Json::parse(R"json([
        {"descriptor": {"id": "internal-error"}, "level": "error",
         "message": {"text": "a rule\\x0afailed"},
         "locations": [{"physicalLocation": {"artifactLocation":
            {"uri": "a%20b.md", "uriBaseId": "%SRCROOT%"}}}]},
        {"descriptor": {"id": "notification"}, "level": "none", "message": {"text": "(no message)"}}])json"));
}

TEST_F(SarifTest, ThirtyThousandResultsAreQuickAndCutAtFiveThousand) {
    const FileId a = file("a.md", std::string(1 << 20, 'x'));
    for (std::uint32_t i = 0; i < 30'000; ++i)
        add(i % 3, a, Range{i * 34, i * 34 + 5}, "m");
    const auto start = ::docathon::CpuClock::now();
    options_.max_results = 0;
    EXPECT_EQ(run()["results"].size(), 30'000u);
    options_.max_results.reset();
    EXPECT_EQ(run()["results"].size(), 5'000u);
    const auto spent = ::docathon::CpuClock::now() - start;
    EXPECT_LT(std::chrono::duration<double>(spent).count(), 20.0);  // 0.5 s, mostly of this parser
}

TEST(RuleHelpTest, Shorten) {
    EXPECT_EQ(shorten("abc", 3), "abc");
    EXPECT_EQ(shorten("abcd", 3), "ab…");
    EXPECT_EQ(shorten("\xc3\xa9\xc3\xa9\xc3\xa9", 3), "\xc3\xa9\xc3\xa9\xc3\xa9");
    EXPECT_EQ(shorten("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 3), "\xc3\xa9\xc3\xa9…");
    EXPECT_EQ(shorten("", 3), "");
}

}  // namespace
}  // namespace docathon

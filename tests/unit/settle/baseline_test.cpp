#include "lint/settle/baseline.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/settle/settle_fixture.h"

namespace docathon {
namespace {

using namespace testing;

const std::vector<std::string> kPaths{"a.md", "b.md", "bad\xff.md"};

Diagnostic with_print(std::uint32_t rule, FileId file, std::string fingerprint) {
    Diagnostic diagnostic = finding(rule, file, {0, 1});
    diagnostic.fingerprint = std::move(fingerprint);
    return diagnostic;
}

std::string error_of(std::string_view text) {
    const Result<Baseline> result = read_baseline(text, "base.json");
    return result ? "no error" : result.error().to_string();
}

TEST(BaselineTest, WritesOneSortedEntryALine) {
    const std::vector<Diagnostic> findings{
        with_print(kTarget, 1, "f2"), with_print(kTarget, 0, "f1"), with_print(kTarget, 0, "f1"),
        with_print(kAnchor, 2, "f3")};
    const Baseline baseline = create_baseline(findings, settle_rules(), kPaths);
    EXPECT_EQ(write_baseline(baseline), R"({"version": 1, "entries": [
{"rule": "links/missing-anchor", "path": "bad%FF.md", "fingerprint": "f3", "count": 1},
{"rule": "links/missing-target", "path": "a.md", "fingerprint": "f1", "count": 2},
{"rule": "links/missing-target", "path": "b.md", "fingerprint": "f2", "count": 1}
]}
)");
    const Result<Baseline> again = read_baseline(write_baseline(baseline), "base.json");
    ASSERT_TRUE(again) << again.error().to_string();
    EXPECT_EQ(again->entries, baseline.entries);
    EXPECT_EQ(write_baseline({}), "{\"version\": 1, \"entries\": []}\n");
    EXPECT_TRUE(read_baseline(write_baseline({}), "")->entries.empty());
}

TEST(BaselineTest, ReadsEntriesInAnyOrderAndAddsEqualOnes) {
    const Result<Baseline> baseline = read_baseline(
        R"({"entries": [{"rule":"b/b","path":"x","fingerprint":"1","count":2},
                        {"rule":"a/a","path":"x","fingerprint":"1","count":1},
                        {"rule":"b/b","path":"x","fingerprint":"1","count":4294967295}],
            "version": 1, "more": null})",
        "");
    ASSERT_TRUE(baseline);
    EXPECT_EQ(baseline->entries,
              (std::vector<BaselineEntry>{{"a/a", "x", "1", 1}, {"b/b", "x", "1", 4294967295u}}));
}

TEST(BaselineTest, ErrorsSayWhatAndWhere) {
    EXPECT_EQ(error_of(""), "base.json:1:1: the baseline is not valid JSON");
    EXPECT_EQ(error_of("{\"version\": 1,\n  \"entries\": [é]}"),
              "base.json:2:15: the baseline is not valid JSON");
    EXPECT_EQ(error_of("[]"), "base.json: the baseline is not a JSON object");
    EXPECT_EQ(error_of("{}"),
              "base.json: the baseline has no 'version'; write it anew with 'baseline create'");
    EXPECT_EQ(error_of("{\"version\": 2}"),
              "base.json: the baseline has version 2, this program reads version 1");
    EXPECT_EQ(error_of("{\"version\": 1}"), "base.json: the baseline has no list 'entries'");
    const auto entry = [](const std::string& text) {
        return error_of("{\"version\": 1, \"entries\": [" + text + "]}");
    };
    EXPECT_EQ(entry("3"), "base.json: entry 1 of the baseline is not an object");
    EXPECT_EQ(
        entry(R"({"rule":"a","path":"","fingerprint":"f","count":1})"),
        "base.json: entry 1 of the baseline needs the texts 'rule', 'path' and 'fingerprint'");
    for (const std::string count : {"0", "-1", "1.5", "4294967296", "\"1\"", "null"}) {
        EXPECT_EQ(entry(R"({"rule":"a","path":"p","fingerprint":"f","count":)" + count + "}"),
                  "base.json: entry 1 of the baseline needs a 'count' of at least 1");
    }
    EXPECT_EQ(error_of(std::string(100'000, '[')),
              "base.json: the baseline is not valid: nested too deeply");
    EXPECT_EQ(error_of("{\"version\": 1, \"entries\": [\"\xff\"]}").substr(0, 10), "base.json:");
}

TEST(BaselineTest, AcceptsSoManyAsWereCounted) {
    std::vector<Diagnostic> findings{with_print(kTarget, 0, "f"), with_print(kTarget, 0, "f"),
                                     with_print(kTarget, 0, "f"), with_print(kAnchor, 0, "f")};
    const Baseline baseline{
        {{"links/missing-target", "a.md", "f", 2}, {"links/missing-target", "a.md", "gone", 3}}};
    const BaselineUse use = apply_baseline(baseline, settle_rules(), kPaths, findings);
    EXPECT_EQ(use.accepted, 2u);
    EXPECT_EQ(use.stale, 3u);
    EXPECT_TRUE(findings[0].suppressed && findings[0].baselined && findings[1].baselined);
    EXPECT_FALSE(findings[2].suppressed);
    EXPECT_FALSE(findings[3].suppressed);
    EXPECT_EQ(use.left.entries,
              (std::vector<BaselineEntry>{{"links/missing-target", "a.md", "f", 2}}));
}

TEST(BaselineTest, FollowsRenamedFiles) {
    // One of two findings of the old file is in b.md now; its own file comes first.
    std::vector<Diagnostic> findings{with_print(kTarget, 1, "f"), with_print(kTarget, 0, "f")};
    const Baseline baseline{
        {{"links/missing-target", "a.md", "f", 1}, {"links/missing-target", "old.md", "f", 1}}};
    const BaselineUse use = apply_baseline(baseline, settle_rules(), kPaths, findings);
    EXPECT_EQ(use.accepted, 2u);
    EXPECT_EQ(use.stale, 0u);
    EXPECT_EQ(use.left.entries,
              (std::vector<BaselineEntry>{{"links/missing-target", "a.md", "f", 1},
                                          {"links/missing-target", "b.md", "f", 1}}));
}

TEST(BaselineTest, SuppressedFindingsTakeNoEntry) {
    std::vector<Diagnostic> findings{with_print(kTarget, 0, "f")};
    findings[0].suppressed = true;
    const Baseline baseline{{{"links/missing-target", "a.md", "f", 1}}};
    const BaselineUse use = apply_baseline(baseline, settle_rules(), kPaths, findings);
    EXPECT_EQ(use.accepted, 0u);
    EXPECT_EQ(use.stale, 1u);
    EXPECT_FALSE(findings[0].baselined);
}

TEST(BaselineTest, WhatWasNotCheckedIsNeitherStaleNorDropped) {
    std::vector<Diagnostic> findings{with_print(kTarget, 1, "f")};
    const Baseline baseline{{{"links/missing-target", "a.md", "f", 1}}};
    const auto checked = [](std::string_view, std::string_view path) { return path != "a.md"; };
    const BaselineUse use = apply_baseline(baseline, settle_rules(), kPaths, findings, checked);
    EXPECT_EQ(use.accepted, 0u);  // it is not known to have moved
    EXPECT_EQ(use.stale, 0u);
    EXPECT_EQ(use.left.entries, baseline.entries);
}

TEST(BaselineTest, UpdateOnlyShrinksUnlessToldOtherwise) {
    const Baseline baseline{
        {{"links/missing-target", "a.md", "f", 2}, {"links/missing-target", "a.md", "gone", 1}}};
    const std::vector<Diagnostic> findings{with_print(kTarget, 0, "f"),
                                           with_print(kTarget, 1, "new")};
    BaselineUpdate update = update_baseline(baseline, settle_rules(), kPaths, findings, false);
    EXPECT_EQ(update.removed, 2u);
    EXPECT_EQ(update.added, 0u);
    EXPECT_EQ(update.refused, 1u);
    EXPECT_EQ(update.baseline.entries,
              (std::vector<BaselineEntry>{{"links/missing-target", "a.md", "f", 1}}));
    update = update_baseline(baseline, settle_rules(), kPaths, findings, true);
    EXPECT_EQ(update.added, 1u);
    EXPECT_EQ(update.refused, 0u);
    EXPECT_EQ(update.baseline.entries,
              (std::vector<BaselineEntry>{{"links/missing-target", "a.md", "f", 1},
                                          {"links/missing-target", "b.md", "new", 1}}));
}

}  // namespace
}  // namespace docathon

#include "lint/settle/settle.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/cpu_clock.h"
#include "tests/unit/settle/settle_fixture.h"

namespace docathon {
namespace {

using namespace testing;

class SettleTest : public ::testing::Test {
  protected:
    SettleTest() {
        input_.rules = &rules_;
        input_.paths = paths_;
        input_.bytes = [this](FileId file) -> std::string_view { return texts_[file]; };
        input_.facts = [this](FileId file) -> const FileFacts* {
            const auto found = facts_.find(file);
            return found == facts_.end() ? nullptr : &found->second;
        };
    }

    static std::vector<std::string> lines(const std::vector<Diagnostic>& findings) {
        std::vector<std::string> result;
        for (const Diagnostic& one : findings) {
            result.push_back(std::to_string(one.file) + ' ' + std::to_string(one.range.begin) +
                             '-' + std::to_string(one.range.end) + ' ' + std::to_string(one.rule) +
                             ' ' + one.message);
        }
        return result;
    }

    /// As a run hands them over: by file.
    static Settled settle(const std::vector<Diagnostic>& findings, const SettleInput& input) {
        std::vector<std::vector<Diagnostic>> files(input.paths.size());
        for (const Diagnostic& one : findings)
            files.at(one.file).push_back(one);
        return docathon::settle(std::move(files), input);
    }

    using List = std::vector<std::string>;

    RuleSet rules_ = settle_rules();
    std::vector<std::string> paths_{"a.md", "b.md"};
    std::vector<std::string> texts_{"abcdefghij", "klmnopqrst"};
    std::map<FileId, FileFacts> facts_;
    SettleInput input_;
};

TEST_F(SettleTest, OrdersByPathBeginEndRuleMessageWhateverTheOrderOfArrival) {
    std::vector<Diagnostic> findings{
        finding(kTarget, 0, {0, 1}, "a"), finding(kTarget, 0, {0, 1}, "b"),
        finding(kFence, 0, {0, 1}, "a"),  finding(kAnchor, 0, {0, 2}, "a"),
        finding(kAnchor, 0, {1, 1}, "a"), finding(kAnchor, 1, {0, 1}, "a")};
    const List expected{"0 0-1 1 a", "0 0-1 1 b", "0 0-1 2 a",
                        "0 0-2 0 a", "0 1-1 0 a", "1 0-1 0 a"};
    std::mt19937 random(7);
    for (int i = 0; i < 50; ++i) {
        std::shuffle(findings.begin(), findings.end(), random);
        EXPECT_EQ(lines(settle(findings, input_).findings), expected);
    }
}

TEST_F(SettleTest, OrderIsByPathAlsoWhenFileIdsAreNot) {
    std::swap(paths_[0], paths_[1]);
    const Settled settled =
        settle({finding(kTarget, 0, {0, 1}), finding(kTarget, 1, {0, 1})}, input_);
    EXPECT_EQ(lines(settled.findings), (List{"1 0-1 1 m", "0 0-1 1 m"}));
}

TEST_F(SettleTest, NothingIsReportedTwice) {
    const Settled settled =
        settle({finding(kTarget, 0, {0, 1}, "same"), finding(kTarget, 0, {0, 1}, "same"),
                finding(kTarget, 0, {0, 1}, "other"), finding(kTarget, 1, {0, 1}, "same")},
               input_);
    EXPECT_EQ(lines(settled.findings), (List{"0 0-1 1 other", "0 0-1 1 same", "1 0-1 1 same"}));
}

TEST_F(SettleTest, SeverityComesFromTheRunAndOffDrops) {
    const std::vector<Diagnostic> findings{finding(kTarget, 0, {0, 1}), finding(kFence, 1, {0, 1})};
    Settled settled = settle(findings, input_);
    EXPECT_EQ(settled.findings[0].severity, Severity::error);
    EXPECT_EQ(settled.findings[1].severity, Severity::warning);
    input_.severity = [](std::uint32_t rule, FileId file) {
        if (rule == kTarget)
            return Severity::off;
        return file == 1 ? Severity::note : Severity::error;
    };
    settled = settle(findings, input_);
    ASSERT_EQ(lines(settled.findings), List{"1 0-1 2 m"});
    EXPECT_EQ(settled.findings[0].severity, Severity::note);
}

TEST_F(SettleTest, FixesThatCannotBeAppliedAreDropped) {
    std::vector<Diagnostic> findings;
    const auto add = [&](std::uint32_t at, std::vector<Edit> edits) {
        findings.push_back(finding(kTarget, 0, {at, at + 1}));
        findings.back().fix = Fix{"fix", std::move(edits), FixSafety::safe};
    };
    add(0, {{{0, 1}, "x"}, {{9, 10}, "y"}});
    add(1, {{{0, 11}, "beyond the end"}});
    add(2, {{{0, 3}, "x"}, {{2, 4}, "overlap"}});
    add(3, {});
    const Settled settled = settle(findings, input_);
    EXPECT_EQ(settled.dropped_fixes, 3u);
    EXPECT_TRUE(settled.findings[0].fix.has_value());
    for (std::size_t i = 1; i < 4; ++i)
        EXPECT_FALSE(settled.findings[i].fix.has_value());
}

TEST_F(SettleTest, SuppressedFindingsGoAsideAndKeepTheOrdinalsOfTheOthers) {
    texts_[0] = "x y x";
    const std::vector<Diagnostic> findings{finding(kTarget, 0, {0, 1}),
                                           finding(kTarget, 0, {4, 5})};
    const Settled before = settle(findings, input_);
    Suppression comment;
    comment.kind = SuppressionKind::ignore;
    comment.ids = {"links/missing-target"};
    comment.reason = "known";
    comment.scope = {0, 1};
    facts_[0].suppressions = {comment};
    const Settled after = settle(findings, input_);
    ASSERT_EQ(lines(after.findings), List{"0 4-5 1 m"});
    ASSERT_EQ(lines(after.suppressed), List{"0 0-1 1 m"});
    EXPECT_EQ(after.suppressed[0].suppression_reason, "known");
    EXPECT_EQ(after.findings[0].fingerprint, before.findings[1].fingerprint);
}

TEST_F(SettleTest, UnusedSuppressionsAreFoundInFilesWithoutFindings) {
    Suppression comment;
    comment.kind = SuppressionKind::ignore;
    comment.ids = {"links/missing-target"};
    comment.range = {2, 4};
    comment.scope = {4, 6};
    facts_[1].suppressions = {comment};
    Settled settled = settle({}, input_);
    ASSERT_EQ(settled.findings.size(), 1u);
    EXPECT_EQ(settled.findings[0].severity, Severity::note);
    EXPECT_EQ(settled.findings[0].file, 1u);
    EXPECT_EQ(settled.findings[0].fingerprint.size(), 32u);
    input_.ran = [](std::uint32_t rule, FileId) { return rule != kTarget; };
    EXPECT_EQ(settle({}, input_).findings.size(), 0u);
    input_.ran = nullptr;
    input_.severity = [](std::uint32_t rule, FileId) {
        return rule == kUnused ? Severity::off : Severity::error;
    };
    EXPECT_EQ(settle({}, input_).findings.size(), 0u);
}

TEST_F(SettleTest, BaselineAcceptsAndCountsStale) {
    texts_[0] = "x y";
    const std::vector<Diagnostic> old{finding(kTarget, 0, {0, 1}), finding(kTarget, 0, {2, 3})};
    const Baseline baseline = create_baseline(settle(old, input_).findings, rules_, paths_);
    input_.baseline = &baseline;
    texts_[0] = "new\nx";
    const Settled settled =
        settle({finding(kTarget, 0, {4, 5}), finding(kTarget, 0, {0, 3})}, input_);
    ASSERT_EQ(lines(settled.findings), List{"0 0-3 1 m"});
    ASSERT_EQ(lines(settled.suppressed), List{"0 4-5 1 m"});
    EXPECT_TRUE(settled.suppressed[0].baselined);
    EXPECT_EQ(settled.stale, 1u);
    input_.ran = [](std::uint32_t, FileId) { return false; };
    EXPECT_EQ(settle({}, input_).stale, 0u);
}

TEST_F(SettleTest, FilesThatWereNotAskedForAreLeftOut) {
    input_.selected = [](FileId file) { return file == 1; };
    const Settled settled =
        settle({finding(kTarget, 0, {0, 1}), finding(kTarget, 1, {0, 1})}, input_);
    EXPECT_EQ(lines(settled.findings), List{"1 0-1 1 m"});
}

TEST_F(SettleTest, WhatIsOnlyCountedIsNotKept) {
    Suppression comment;
    comment.ids = {"links/missing-target"};
    comment.scope = {0, 1};
    facts_[1].suppressions = {comment};
    int asked = 0;
    input_.bytes = [&](FileId file) -> std::string_view {
        asked += file == 0 ? 1 : 0;
        return texts_[file];
    };
    input_.only_counted = [](std::uint32_t rule, FileId) { return rule == kTarget; };
    Settled settled = settle({finding(kTarget, 0, {0, 1}), finding(kTarget, 0, {2, 3}),
                              finding(kTarget, 0, {2, 3}), finding(kTarget, 1, {0, 1})},
                             input_);
    EXPECT_TRUE(settled.findings.empty());
    EXPECT_EQ(settled.counted, (std::map<std::uint32_t, std::uint64_t>{{kTarget, 2}}));
    EXPECT_EQ(settled.suppressed.size(), 1u);
    EXPECT_EQ(asked, 0);
    facts_.clear();
    settled = settle({finding(kTarget, 0, {0, 1}), finding(kFence, 0, {0, 1})}, input_);
    EXPECT_EQ(lines(settled.findings), List{"0 0-1 2 m"});
    EXPECT_EQ(settled.counted.at(kTarget), 1u);
}

TEST_F(SettleTest, FingerprintsMayComeLaterAndThenNoBytesAreAskedFor) {
    int asked = 0;
    input_.bytes = [&](FileId file) -> std::string_view {
        ++asked;
        return texts_[file];
    };
    input_.late = [](std::uint32_t rule, FileId) { return rule == kTarget; };
    Settled settled = settle(
        {finding(kTarget, 0, {2, 3}), finding(kTarget, 0, {0, 1}), finding(kTarget, 0, {0, 1})},
        input_);
    EXPECT_EQ(lines(settled.findings), (List{"0 0-1 1 m", "0 2-3 1 m"}));
    EXPECT_EQ(settled.findings[0].fingerprint, "");
    EXPECT_EQ(asked, 0);
    // Beside others the file is read anyway, and a file is either late or not.
    settled = settle({finding(kTarget, 0, {2, 3}), finding(kFence, 0, {0, 1})}, input_);
    EXPECT_EQ(asked, 1);
    for (const Diagnostic& one : settled.findings)
        EXPECT_NE(one.fingerprint, "");
    // What is excused counts among equal ones, and goes another way.
    input_.excuse = [](const Diagnostic& one) {
        return one.range.begin == 0 ? std::optional<std::string>("x") : std::nullopt;
    };
    settled = settle({finding(kTarget, 0, {2, 3}), finding(kTarget, 0, {0, 1})}, input_);
    ASSERT_EQ(settled.findings.size(), 1u);
    EXPECT_NE(settled.findings[0].fingerprint, "");
    EXPECT_EQ(asked, 2);
}

TEST_F(SettleTest, NothingIsAskedOfFilesThatAreNotSelected) {
    facts_[0].suppressions.push_back(
        {SuppressionKind::ignore_file, SuppressionTool::own, {}, "", "", {0, 1}, {0, 10}});
    std::vector<FileId> asked;
    input_.bytes = [&](FileId file) -> std::string_view {
        asked.push_back(file);
        return texts_[file];
    };
    input_.selected = [](FileId file) { return file == 1; };
    (void)settle({finding(kTarget, 0, {0, 1}), finding(kTarget, 1, {0, 1})}, input_);
    EXPECT_EQ(asked, std::vector<FileId>{1});
    // Nor of those without findings whose comments are for other tools.
    asked.clear();
    facts_[1].suppressions.push_back(
        {SuppressionKind::ignore, SuppressionTool::noqa, {}, "", "", {0, 1}, {0, 1}});
    (void)settle({}, input_);
    EXPECT_TRUE(asked.empty());
}

TEST_F(SettleTest, ThirtyThousandFindingsAreQuick) {
    texts_[0] = std::string(100'000, 'x');
    std::vector<Diagnostic> findings;
    for (std::uint32_t i = 30'000; i > 0; --i)
        findings.push_back(finding(i % 3, 0, {i, i + 2}));
    const auto start = ::docathon::CpuClock::now();
    const Settled settled = settle(std::move(findings), input_);
    const auto spent = ::docathon::CpuClock::now() - start;
    EXPECT_EQ(settled.findings.size(), 30'000u);
    EXPECT_LT(std::chrono::duration<double>(spent).count(), 5.0);  // 0.1 s when not sanitized
}

}  // namespace
}  // namespace docathon

#include "lint/settle/suppress.h"

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/cpu_clock.h"
#include "tests/unit/settle/settle_fixture.h"

namespace docathon {
namespace {

using namespace testing;

/// A text of which `[[...]]`-free pieces are comments: the fixture finds them by their words.
class SuppressTest : public ::testing::Test {
  protected:
    Suppression& comment(SuppressionKind kind, std::string_view words, std::vector<std::string> ids,
                         Range scope = {}, std::string reason = {}) {
        Suppression& one = comments_.emplace_back();
        one.kind = kind;
        one.ids = std::move(ids);
        one.range = range_of(text_, words);
        one.scope = scope;
        one.reason = std::move(reason);
        EXPECT_LE(one.range.begin, one.range.end) << words << " is not in the text";
        return one;
    }

    void add(std::uint32_t rule, std::string_view part, int n = 0) {
        findings_.push_back(finding(rule, 0, range_of(text_, part, n), std::string(part)));
    }

    void run() {
        const SuppressionNames names(rules_);
        std::vector<Diagnostic*> pointers;
        for (Diagnostic& one : findings_)
            pointers.push_back(&one);
        const std::function<bool(std::uint32_t)> ran = [&](std::uint32_t rule) {
            return !idle_.contains(rule);
        };
        reports_ = suppress({0, text_, comments_, rules_, names, ran, require_reason_}, pointers);
    }

    std::vector<std::string> silenced() const {
        std::vector<std::string> result;
        for (const Diagnostic& one : findings_) {
            if (one.suppressed)
                result.push_back(one.message);
        }
        return result;
    }

    std::vector<std::string> reports() const {
        std::vector<std::string> result;
        for (const Diagnostic& one : reports_) {
            result.push_back((one.suppressed ? "(silenced) " : "") + one.message);
        }
        return result;
    }

    using List = std::vector<std::string>;

    RuleSet rules_ = settle_rules();
    std::string text_;
    std::vector<Suppression> comments_;
    std::vector<Diagnostic> findings_;
    std::vector<Diagnostic> reports_;
    std::set<std::uint32_t> idle_;  // rules that did not run
    bool require_reason_ = false;
};

TEST_F(SuppressTest, IgnoreCoversItsScopeAndOnlyItsRules) {
    text_ = "<!--c-->\none two\nthree\n";
    comment(SuppressionKind::ignore, "<!--c-->", {"links/missing-target"},
            range_of(text_, "one two"), "because");
    add(kTarget, "one");
    add(kAnchor, "two");
    add(kTarget, "three");
    run();
    EXPECT_EQ(silenced(), List{"one"});
    EXPECT_EQ(findings_[0].suppression_reason, "because");
    EXPECT_EQ(reports(), List{});
}

TEST_F(SuppressTest, IgnoreTakesAliasesAndFamilies) {
    text_ = "<!--a--> one\n<!--b--> two\n<!--c--> three\n";
    comment(SuppressionKind::ignore, "<!--a-->", {"MD051"}, range_of(text_, "<!--a--> one"));
    comment(SuppressionKind::ignore, "<!--b-->", {"links/*"}, range_of(text_, "<!--b--> two"));
    comment(SuppressionKind::ignore, "<!--c-->", {"xref"}, range_of(text_, "<!--c--> three"));
    add(kAnchor, "one");
    add(kTarget, "two");
    add(kFence, "two");
    add(kTarget, "three");
    add(kAnchor, "three");
    run();
    EXPECT_EQ(silenced(), (List{"one", "two", "three", "three"}));
    EXPECT_FALSE(findings_[2].suppressed);
    EXPECT_EQ(reports(), List{});
}

TEST_F(SuppressTest, IgnoreCoversAFindingThatEndsInItAndOneAtTheEndOfTheLine) {
    text_ = "[a\nb](x) <!--c-->\nnext\n";
    const Range line{3, range_of(text_, "<!--c-->").end};
    comment(SuppressionKind::ignore, "<!--c-->", {"links/missing-target", "links/missing-anchor"},
            line);
    add(kTarget, "[a\nb](x)");
    findings_.push_back(finding(kAnchor, 0, {line.end, line.end}, "end of line"));
    add(kTarget, "next");
    run();
    EXPECT_EQ(silenced(), (List{"[a\nb](x)", "end of line"}));
}

TEST_F(SuppressTest, EndOfFileBelongsToTheLastLine) {
    text_ = "x <!--c-->";
    comment(SuppressionKind::ignore, "<!--c-->", {"markup/unclosed-fence"}, {0, 10});
    findings_.push_back(finding(kFence, 0, {10, 10}, "at the end"));
    run();
    EXPECT_EQ(silenced(), List{"at the end"});
}

TEST_F(SuppressTest, DisableHoldsUntilEnableOfTheSameRule) {
    text_ = "zero <!--d--> one <!--e--> two <!--f--> three";
    comment(SuppressionKind::disable, "<!--d-->", {"links/*"});
    comment(SuppressionKind::enable, "<!--e-->", {"links/missing-target"});
    comment(SuppressionKind::enable, "<!--f-->", {"MD051"});
    for (const std::string_view word : {"zero", "one", "two", "three"}) {
        add(kTarget, word);
        add(kAnchor, word);
    }
    run();
    EXPECT_EQ(silenced(), (List{"one", "one", "two"}));
    EXPECT_FALSE(findings_[4].suppressed);  // missing-target at two
    EXPECT_TRUE(findings_[5].suppressed);   // missing-anchor at two
    EXPECT_EQ(reports(), List{});
}

TEST_F(SuppressTest, CommentsCountInDocumentOrder) {
    text_ = "<!--d--> one <!--e--> two";
    comment(SuppressionKind::enable, "<!--e-->", {"links/missing-target"});
    comment(SuppressionKind::disable, "<!--d-->", {"links/missing-target"});
    add(kTarget, "one");
    add(kTarget, "two");
    run();
    EXPECT_EQ(silenced(), List{"one"});
    EXPECT_EQ(reports(), List{});
}

TEST_F(SuppressTest, DisableWithoutEnableHoldsToTheEnd) {
    text_ = "<!--d--> one";
    comment(SuppressionKind::disable, "<!--d-->", {"links/missing-target"});
    add(kTarget, "one");
    findings_.push_back(finding(kTarget, 0, {12, 12}, "end"));
    run();
    EXPECT_EQ(silenced(), (List{"one", "end"}));
}

TEST_F(SuppressTest, IgnoreFileCoversWhatStandsAboveToo) {
    text_ = "one <!--f--> two";
    comment(SuppressionKind::ignore_file, "<!--f-->", {"links/missing-target"}, {}, "generated");
    add(kTarget, "one");
    add(kTarget, "two");
    add(kAnchor, "two");
    run();
    EXPECT_EQ(silenced(), (List{"one", "two"}));
    EXPECT_EQ(findings_[1].suppression_reason, "generated");
}

TEST_F(SuppressTest, TheNearestCommentCountsAsUsed) {
    text_ = "<!--f--> <!--d links/missing-target--> <!--i--> one";
    comment(SuppressionKind::ignore_file, "<!--f-->", {"links/missing-target"});
    comment(SuppressionKind::disable, "<!--d links/missing-target-->", {"links/missing-target"});
    comment(SuppressionKind::ignore, "<!--i-->", {"links/missing-target"}, range_of(text_, "one"));
    add(kTarget, "one");
    run();
    EXPECT_EQ(
        reports(),
        (List{"'links/missing-target' is ignored in this file, but it finds nothing; remove it",
              "'links/missing-target' is disabled here, but it finds nothing; remove it"}));
    EXPECT_EQ(reports_[1].range, range_of(text_, "links/missing-target"));
}

TEST_F(SuppressTest, UnusedIsReportedAtTheNameForEachName) {
    text_ = "<!-- ignore[links/missing-target, MD051] -->\none\n";
    comment(SuppressionKind::ignore, "<!-- ignore[links/missing-target, MD051] -->",
            {"links/missing-target", "MD051"}, range_of(text_, "one"));
    add(kTarget, "one");
    run();
    ASSERT_EQ(reports(), List{"'MD051' is ignored here, but it finds nothing; remove it"});
    EXPECT_EQ(reports_[0].range, range_of(text_, "MD051"));
    EXPECT_EQ(reports_[0].rule, kUnused);
    EXPECT_EQ(reports_[0].subject, "MD051");
}

TEST_F(SuppressTest, NothingIsSaidOfRulesThatDidNotRun) {
    text_ = "<!--c--> one\n";
    comment(SuppressionKind::ignore, "<!--c-->", {"links/missing-target", "links/*"}, {0, 12});
    idle_ = {kTarget};
    run();
    EXPECT_EQ(reports(), List{});
}

TEST_F(SuppressTest, NothingIsReportedWhenTheReportingRuleIsOff) {
    text_ = "<!--c--> one\n";
    comment(SuppressionKind::ignore, "<!--c-->", {"nonsense"}, {0, 12});
    idle_ = {kUnused};
    run();
    EXPECT_EQ(reports(), List{});
}

TEST_F(SuppressTest, UnknownNamesNameTheNearest) {
    text_ = "<!--c--> one\n";
    comment(SuppressionKind::ignore, "<!--c-->",
            {"links/mising-target", "missing-anchor", "MD05", "linkz/*", "*", "zzzzzzzz"}, {0, 12});
    add(kTarget, "one");
    run();
    EXPECT_EQ(
        reports(),
        (List{"no rule 'links/mising-target'; did you mean 'links/missing-target'?",
              "no rule 'missing-anchor'; did you mean 'links/missing-anchor'?",
              "no rule 'MD05'; did you mean 'MD051'?", "no rule 'linkz/*'; did you mean 'links/*'?",
              "'*' is not allowed; name rules or families", "no rule 'zzzzzzzz'"}));
    EXPECT_EQ(silenced(), List{});
}

TEST_F(SuppressTest, MalformedCommentsAreReportedAndDoNothing) {
    text_ = "<!--c--> one\n<!--e--> two\n";
    comment(SuppressionKind::ignore, "<!--c-->", {"links/missing-target"}, {0, 12}).error =
        "no closing bracket";
    comment(SuppressionKind::ignore, "<!--e-->", {}, {13, 25});
    add(kTarget, "one");
    run();
    EXPECT_EQ(silenced(), List{});
    EXPECT_EQ(reports(),
              (List{"no closing bracket", "suppression names no rule; write the ids in brackets"}));
    EXPECT_EQ(reports_[0].range, range_of(text_, "<!--c-->"));
}

TEST_F(SuppressTest, ReasonsCanBeRequired) {
    text_ = "<!--c--> one <!--d--> two <!--e-->";
    comment(SuppressionKind::disable, "<!--c-->", {"links/missing-target"}, {}, "because");
    comment(SuppressionKind::disable, "<!--d-->", {"links/missing-anchor"});
    comment(SuppressionKind::enable, "<!--e-->", {"links/*"});
    add(kTarget, "one");
    add(kAnchor, "two");
    run();
    EXPECT_EQ(reports(), List{});
    require_reason_ = true;
    comments_.clear();
    comment(SuppressionKind::disable, "<!--c-->", {"links/missing-target"}, {}, "because");
    comment(SuppressionKind::disable, "<!--d-->", {"links/missing-anchor"});
    comment(SuppressionKind::enable, "<!--e-->", {"links/*"});
    run();
    ASSERT_EQ(reports(), List{"suppression gives no reason; write why behind the brackets"});
    EXPECT_EQ(reports_[0].range, range_of(text_, "<!--d-->"));
}

TEST_F(SuppressTest, EnableWithoutDisableIsReported) {
    text_ = "<!--e--> one";
    comment(SuppressionKind::enable, "<!--e-->", {"links/missing-target"});
    idle_ = {kTarget};  // known without running the rule
    run();
    EXPECT_EQ(reports(), List{"'links/missing-target' is enabled here, but it was not disabled "
                              "above; remove it"});
}

TEST_F(SuppressTest, OnlyDisableAndIgnoreFileSilenceTheReportItself) {
    text_ = "<!--a--> <!--b--> <!--c--> x";
    comment(SuppressionKind::ignore, "<!--a-->", {"nonsense", "suppression/unused"}, {0, 28});
    run();
    EXPECT_EQ(reports(), (List{"no rule 'nonsense'",
                               "'suppression/unused' cannot be ignored for "
                               "one place; use disable or ignore-file"}));
    comments_.clear();
    comment(SuppressionKind::disable, "<!--b-->", {"suppression/unused"}, {}, "old file");
    comment(SuppressionKind::ignore, "<!--c-->", {"nonsense"}, {0, 28});
    comment(SuppressionKind::ignore, "<!--a-->", {"gibberish"}, {0, 28});
    run();
    EXPECT_EQ(reports(), (List{"no rule 'gibberish'", "(silenced) no rule 'nonsense'"}));
    EXPECT_EQ(reports_[1].suppression_reason, "old file");
    comments_.clear();
    comment(SuppressionKind::ignore_file, "<!--b-->", {"suppression/*"});
    comment(SuppressionKind::ignore, "<!--a-->", {"gibberish"}, {0, 28});
    run();
    EXPECT_EQ(reports(), List{"(silenced) no rule 'gibberish'"});
}

TEST_F(SuppressTest, HugeNamesAreCutAndCostNothing) {
    text_ = "<!--c-->";
    comment(SuppressionKind::ignore, "<!--c-->", {std::string(1'000'000, 'x')}, {0, 8});
    run();
    ASSERT_EQ(reports_.size(), 1u);
    EXPECT_EQ(reports_[0].message, "no rule '" + std::string(100, 'x') + "...'");
}

TEST_F(SuppressTest, ManyNestedCommentsTakeLinearTime) {
    constexpr int kMany = 50'000;
    for (int i = 0; i < kMany; ++i)
        text_ += "c ";
    const auto size = static_cast<std::uint32_t>(text_.size());
    for (std::uint32_t i = 0; i < kMany; ++i) {
        Suppression one;
        one.kind = i % 3 == 0 ? SuppressionKind::disable : SuppressionKind::ignore;
        one.ids = {"links/missing-target", "unknown" + std::to_string(i)};
        one.range = {2 * i, 2 * i + 1};
        one.scope = {2 * i, size};
        comments_.push_back(one);
        findings_.push_back(finding(kTarget, 0, {2 * i, 2 * i + 1}, "m"));
    }
    const auto start = ::docathon::CpuClock::now();
    run();
    const auto spent = ::docathon::CpuClock::now() - start;
    EXPECT_LT(std::chrono::duration<double>(spent).count(), 5.0);  // 0.1 s when not sanitized
    EXPECT_EQ(silenced().size(), static_cast<std::size_t>(kMany));
    EXPECT_GE(reports_.size(), static_cast<std::size_t>(kMany));
}

}  // namespace
}  // namespace docathon

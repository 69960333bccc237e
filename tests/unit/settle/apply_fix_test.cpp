#include "lint/settle/apply_fix.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/settle/settle_fixture.h"

namespace docathon {
namespace {

using namespace testing;

Diagnostic with_fix(std::vector<Edit> edits, FixSafety safety = FixSafety::safe) {
    Diagnostic diagnostic = finding(kTarget, 0, {0, 1});
    diagnostic.fix = Fix{"fix", std::move(edits), safety};
    return diagnostic;
}

bool apply(std::vector<Edit> edits) {
    return edits_apply(edits, 10);
}

TEST(EditsApplyTest, WantsSortedEditsInsideThatDoNotOverlap) {
    EXPECT_TRUE(apply({}));
    EXPECT_TRUE(apply({{{0, 10}, "x"}}));
    EXPECT_TRUE(apply({{{0, 2}, "x"}, {{2, 4}, "y"}}));
    EXPECT_TRUE(apply({{{2, 2}, "x"}, {{2, 4}, "y"}, {{4, 4}, "z"}}));
    EXPECT_FALSE(apply({{{0, 11}, "x"}}));
    EXPECT_FALSE(apply({{{11, 11}, "x"}}));
    EXPECT_FALSE(apply({{{4, 2}, "x"}}));
    EXPECT_FALSE(apply({{{2, 4}, "x"}, {{3, 5}, "y"}}));
    EXPECT_FALSE(apply({{{2, 4}, "x"}, {{0, 1}, "y"}}));
    EXPECT_FALSE(apply({{{2, 2}, "x"}, {{2, 2}, "y"}}));
}

TEST(ApplyEditsTest, ReplacesInsertsAndDeletes) {
    const std::vector<Edit> edits{{{0, 0}, ">"}, {{0, 1}, "A"}, {{2, 3}, ""}, {{6, 6}, "!"}};
    EXPECT_EQ(apply_edits("abcdef", edits), ">Abdef!");
    EXPECT_EQ(apply_edits("abc", {}), "abc");
    EXPECT_EQ(apply_edits("", std::vector<Edit>{{{0, 0}, "x"}}), "x");
}

TEST(ApplyFixesTest, AppliesWholeFixesInOrder) {
    const FixOutcome outcome = apply_fixes(
        "abcdef", std::vector{with_fix({{{4, 5}, "E"}}), with_fix({{{0, 1}, "A"}, {{5, 6}, "F"}})});
    EXPECT_EQ(outcome.text, "AbcdEF");
    EXPECT_EQ(outcome.applied, 2u);
    EXPECT_EQ(outcome.skipped, 0u);
}

TEST(ApplyFixesTest, AFixThatTouchesAnEarlierOneIsLeftOutWhole) {
    const FixOutcome outcome = apply_fixes(
        "abcdef", std::vector{with_fix({{{2, 4}, "X"}}), with_fix({{{0, 1}, "A"}, {{3, 5}, "Y"}}),
                              with_fix({{{3, 3}, "in"}}), with_fix({{{2, 3}, "Z"}})});
    EXPECT_EQ(outcome.text, "abXef");
    EXPECT_EQ(outcome.applied, 1u);
    EXPECT_EQ(outcome.skipped, 3u);
}

TEST(ApplyFixesTest, NeighboursAndInsertionsBesideReplacementsFit) {
    const FixOutcome outcome = apply_fixes(
        "abcdef", std::vector{with_fix({{{2, 4}, "X"}}), with_fix({{{2, 2}, "<"}}),
                              with_fix({{{4, 4}, ">"}}), with_fix({{{0, 2}, "_"}}),
                              with_fix({{{2, 2}, "again"}}), with_fix({{{3, 4}, "no"}})});
    EXPECT_EQ(outcome.text, "_<X>ef");
    EXPECT_EQ(outcome.applied, 4u);
    EXPECT_EQ(outcome.skipped, 2u);
}

TEST(ApplyFixesTest, TheSameFixTwiceIsMadeOnce) {
    const FixOutcome outcome =
        apply_fixes("abc", std::vector{with_fix({{{1, 2}, "B"}}), with_fix({{{1, 2}, "B"}}),
                                       with_fix({{{1, 2}, "C"}})});
    EXPECT_EQ(outcome.text, "aBc");
    EXPECT_EQ(outcome.applied, 2u);
    EXPECT_EQ(outcome.skipped, 1u);
}

TEST(ApplyFixesTest, UnsafeOnlyOnRequestSuppressedNeverOutsideNever) {
    std::vector<Diagnostic> findings{with_fix({{{0, 1}, "A"}}, FixSafety::unsafe),
                                     with_fix({{{1, 2}, "B"}}), with_fix({{{1, 9}, "long"}})};
    findings[1].suppressed = true;
    EXPECT_EQ(apply_fixes("abc", findings).text, "abc");
    EXPECT_EQ(apply_fixes("abc", findings).skipped, 1u);
    EXPECT_EQ(apply_fixes("abc", findings, true).text, "Abc");
}

TEST(ApplyFixesTest, ManyFixesTakeLinearTime) {
    std::string text(200'000, 'a');
    std::vector<Diagnostic> findings;
    for (std::uint32_t i = 0; i < 100'000; ++i)
        findings.push_back(with_fix({{{2 * i, 2 * i + 1}, "b"}}));
    const FixOutcome outcome = apply_fixes(text, findings);
    EXPECT_EQ(outcome.applied, 100'000u);
    EXPECT_EQ(outcome.text.substr(0, 4), "baba");
}

}  // namespace
}  // namespace docathon

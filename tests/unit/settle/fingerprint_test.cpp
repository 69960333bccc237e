#include "lint/settle/fingerprint.h"

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/cpu_clock.h"
#include "tests/unit/settle/settle_fixture.h"

namespace docathon {
namespace {

using namespace testing;

TEST(FingerprintTest, IsThirtyTwoHexDigitsThatNeverChange) {
    // Baselines of projects hold these values: a change of the scheme must be meant.
    EXPECT_EQ(fingerprint("links/missing-target", "a.md", "a.md", 0),
              "6cf9d9135b933307de9590adf98aab65");
}

TEST(FingerprintTest, EveryPartCounts) {
    const std::set<std::string> all{
        fingerprint("a/b", "s", "t", 0), fingerprint("a/c", "s", "t", 0),
        fingerprint("a/b", "z", "t", 0), fingerprint("a/b", "s", "z", 0),
        fingerprint("a/b", "s", "t", 1), fingerprint("a/b", "st", "", 0),
        fingerprint("a/b", "", "st", 0), fingerprint("a/bs", "", "t", 0),
    };
    EXPECT_EQ(all.size(), 8u);
    for (const std::string& one : all)
        EXPECT_EQ(one.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(FingerprintTest, WhiteSpaceIsFolded) {
    EXPECT_EQ(fingerprint("a/b", "", "one two", 0), fingerprint("a/b", "", " one\r\n\t two\n", 0));
    EXPECT_NE(fingerprint("a/b", "", "one two", 0), fingerprint("a/b", "", "onetwo", 0));
    EXPECT_EQ(fingerprint("a/b", "", "", 0), fingerprint("a/b", "", " \n ", 0));
}

std::vector<std::string> fingerprints(const std::string& text, std::vector<Diagnostic> findings) {
    set_fingerprints(settle_rules(), text, findings);
    std::vector<std::string> result;
    for (const Diagnostic& one : findings)
        result.push_back(one.fingerprint);
    return result;
}

TEST(FingerprintTest, SurvivesMovesOfTextFileAndMessage) {
    const std::string before = "see x.md here\n";
    const std::string after = "# New\n\nintro\n\nsee x.md here\n";
    Diagnostic old_finding = finding(kTarget, 0, range_of(before, "x.md"), "old words");
    Diagnostic new_finding = finding(kTarget, 7, range_of(after, "x.md"), "new words");
    EXPECT_EQ(fingerprints(before, {old_finding}), fingerprints(after, {new_finding}));
}

TEST(FingerprintTest, EqualFindingsAreNumbered) {
    const std::string text = "x x y x";
    const auto all = fingerprints(text, {finding(kTarget, 0, {0, 1}), finding(kTarget, 0, {2, 3}),
                                         finding(kTarget, 0, {4, 5}), finding(kTarget, 0, {6, 7})});
    EXPECT_EQ(all[0], fingerprint("links/missing-target", "", "x", 0));
    EXPECT_EQ(all[1], fingerprint("links/missing-target", "", "x", 1));
    EXPECT_EQ(all[2], fingerprint("links/missing-target", "", "y", 0));
    EXPECT_EQ(all[3], fingerprint("links/missing-target", "", "x", 2));
}

TEST(FingerprintTest, RangesOutsideTheTextCountAsEmpty) {
    EXPECT_EQ(fingerprints("ab", {finding(kTarget, 0, {1, 9}), finding(kAnchor, 0, {5, 2})}),
              (std::vector<std::string>{fingerprint("links/missing-target", "", "", 0),
                                        fingerprint("links/missing-anchor", "", "", 0)}));
}

TEST(FingerprintTest, LongOverlappingSlicesTakeLinearTime) {
    const std::string text(1 << 20, 'x');
    std::vector<Diagnostic> findings;
    for (std::uint32_t i = 0; i < 10'000; ++i) {
        findings.push_back(finding(kTarget, 0, {i, static_cast<std::uint32_t>(text.size())}));
    }
    const auto start = ::docathon::CpuClock::now();
    const auto all = fingerprints(text, std::move(findings));
    const auto spent = ::docathon::CpuClock::now() - start;
    EXPECT_LT(std::chrono::duration<double>(spent).count(), 5.0);  // 0.1 s when not sanitized
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
}

}  // namespace
}  // namespace docathon

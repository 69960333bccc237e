#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "lint/settle/compare.h"
#include "lint/settle/fingerprint.h"
#include "tests/unit/settle/settle_fixture.h"

namespace docathon {
namespace {

using namespace testing;

/// One side of a change: two files, late findings in them.
struct Side {
    LateRun run() {
        LateRun late;
        late.rules = &rules;
        late.paths = paths;
        late.findings = findings;
        late.bytes = [this](FileId file) -> std::string_view {
            ++asked;
            return texts[file];
        };
        late.content = [this](FileId file) { return contents[file]; };
        return late;
    }
    std::string real(std::size_t i) const {
        return fingerprint(rules.specs[findings[i].rule].id, findings[i].subject,
                           std::string_view(texts[findings[i].file])
                               .substr(findings[i].range.begin, findings[i].range.size()),
                           0);
    }

    RuleSet rules = settle_rules();
    std::vector<std::string> paths{"a.py", "b.py"};
    std::vector<std::string> texts{"abcdefghij", "klmnopqrst"};
    std::vector<std::optional<std::array<std::uint64_t, 2>>> contents{
        std::array<std::uint64_t, 2>{1, 1}, std::array<std::uint64_t, 2>{2, 2}};
    std::vector<Diagnostic> findings{finding(kTarget, 0, {0, 1}), finding(kTarget, 0, {2, 3}),
                                     finding(kTarget, 1, {4, 5})};
    int asked = 0;
};

TEST(LateFingerprints, AreMadeWithoutBytesWhereNothingChanged) {
    Side base;
    Side head;
    set_late_fingerprints(base.run(), head.run());
    EXPECT_EQ(base.asked + head.asked, 0);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NE(head.findings[i].fingerprint, "");
        EXPECT_EQ(head.findings[i].fingerprint, base.findings[i].fingerprint);
    }
    EXPECT_NE(head.findings[0].fingerprint, head.findings[1].fingerprint);
    const Comparison compared = compare_findings({&base.rules, base.paths, base.findings},
                                                 {&head.rules, head.paths, head.findings}, {});
    EXPECT_EQ(compared.remaining.size(), 3u);
}

TEST(LateFingerprints, AreTheRealOnesWhereSomethingChanged) {
    const auto changed = [](auto change) {
        Side base;
        Side head;
        change(base, head);
        set_late_fingerprints(base.run(), head.run());
        EXPECT_EQ(base.asked, 1);
        EXPECT_EQ(head.asked, 1);
        EXPECT_EQ(head.findings[0].fingerprint, head.real(0));
        EXPECT_EQ(base.findings[0].fingerprint, base.real(0));
        EXPECT_EQ(head.findings.back().fingerprint, base.findings.back().fingerprint);
    };
    changed([](Side&, Side& head) { head.contents[0] = {{3, 3}}; });
    changed([](Side& base, Side&) { base.contents[0].reset(); });
    // The same bytes, and another part of the project makes one more name public.
    changed([](Side& base, Side&) { base.findings.erase(base.findings.begin() + 1); });
    changed([](Side&, Side& head) { head.findings[1].message = "another"; });
    changed([](Side&, Side& head) { head.findings[1].subject = "another"; });
}

TEST(LateFingerprints, AreTheRealOnesInFilesOfOneSide) {
    Side base;
    Side head;
    head.paths[1] = "c.py";
    set_late_fingerprints(base.run(), head.run());
    EXPECT_EQ(head.findings[2].fingerprint, head.real(2));
    EXPECT_EQ(base.findings[2].fingerprint, base.real(2));
    EXPECT_EQ(base.findings[2].fingerprint, head.findings[2].fingerprint);
    EXPECT_EQ(head.asked, 1);
}

TEST(LateFingerprints, ThoseThatAreThereStay) {
    Side base;
    Side head;
    head.findings[2].fingerprint = "x";
    set_late_fingerprints(base.run(), head.run());
    EXPECT_EQ(head.findings[2].fingerprint, "x");
    EXPECT_EQ(base.findings[2].fingerprint, base.real(2));
}

}  // namespace
}  // namespace docathon

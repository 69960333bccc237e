#include "lint/core/rare.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "lint/core/pack.h"
#include "lint/model/diagnostic.h"

namespace docathon {
namespace {

// A run of ruff's rules on a large repository has tens of thousands of them.
static_assert(sizeof(Diagnostic) <= 200);

TEST(Rare, CopiesWhatItHolds) {
    Rare<std::string> none;
    EXPECT_FALSE(none);
    EXPECT_FALSE(Rare<std::string>(std::nullopt).has_value());
    Rare<std::string> one = std::string("a");
    Rare<std::string> other = one;
    *other += "b";
    EXPECT_EQ(*one, "a");
    EXPECT_EQ(other->size(), 2U);
    one = other;
    EXPECT_EQ(*one, "ab");
    one = one;  // NOLINT: on purpose
    EXPECT_EQ(*one, "ab");
    const Rare<std::string> moved = std::move(one);
    EXPECT_EQ(*moved, "ab");
    other = none;
    EXPECT_FALSE(other);
    other.emplace() = "c";
    EXPECT_EQ(*other, "c");
    other.reset();
    EXPECT_FALSE(other.has_value());
}

TEST(RareText, IsEmptyOrAText) {
    RareText text;
    EXPECT_TRUE(text.empty());
    EXPECT_EQ(text, "");
    text = "word for word";
    const RareText copy = text;
    text = "";
    EXPECT_TRUE(text.empty());
    EXPECT_EQ(std::string_view(copy), "word for word");
    text = copy;
    text.clear();
    EXPECT_EQ(copy, "word for word");
    EXPECT_EQ(text.text(), "");
}

TEST(ShortText, HoldsUpToItsSize) {
    ShortText<6> code;
    EXPECT_TRUE(code.empty());
    code = "DOC402";
    EXPECT_EQ(code, "DOC402");
    code = "D1";
    EXPECT_EQ(code.text(), "D1");
    EXPECT_FALSE(code.empty());
}

TEST(Rare, IsPackedAsItsValue) {
    Diagnostic finding;
    finding.where = "repository";
    finding.code = "DOC102";
    finding.docutils = "Unexpected indentation.";
    finding.fix = Fix{"do it", {{{1, 2}, "x"}}, FixSafety::safe};
    PackWriter packed;
    packed.put(finding);
    packed.put(Diagnostic{});
    PackReader reader(packed.bytes());
    Diagnostic back;
    back.suppression_reason = "old";
    Diagnostic empty = finding;
    reader.get(back);
    reader.get(empty);
    ASSERT_TRUE(reader.ok() && reader.at_end());
    EXPECT_EQ(back.where, "repository");
    EXPECT_EQ(back.code, "DOC102");
    EXPECT_EQ(back.docutils, "Unexpected indentation.");
    EXPECT_TRUE(back.suppression_reason.empty());
    ASSERT_TRUE(back.fix);
    EXPECT_EQ(back.fix->edits[0].text, "x");
    EXPECT_FALSE(empty.fix);
    EXPECT_TRUE(empty.where.empty());
    EXPECT_TRUE(empty.docutils.empty());
}

}  // namespace
}  // namespace docathon

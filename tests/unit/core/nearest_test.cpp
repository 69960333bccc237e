#include "lint/core/nearest.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace docathon {
namespace {

// The textbook table, with no bound.
std::size_t slow_distance(const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1,
                                d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return d[a.size()][b.size()];
}

TEST(EditDistance, AgreesWithTheTextbookWithinItsBound) {
    std::mt19937 random(3);
    for (int round = 0; round < 20'000; ++round) {
        std::string a;
        std::string b;
        for (std::size_t i = random() % 9; i > 0; --i)
            a += static_cast<char>('a' + random() % 3);
        for (std::size_t i = random() % 9; i > 0; --i)
            b += static_cast<char>('a' + random() % 3);
        const std::size_t limit = random() % 6;
        const std::size_t expected = std::min(slow_distance(a, b), limit + 1);
        ASSERT_EQ(edit_distance(a, b, limit), expected) << a << ' ' << b << ' ' << limit;
    }
}

TEST(EditDistance, CountsCodePoints) {
    EXPECT_EQ(edit_distance("caf\xc3\xa9", "cafe", 3), 1u);
    EXPECT_EQ(edit_distance("ab", "ba", 3), 1u);  // a swap is one edit
}

TEST(Nearest, LettersNeverRuleOutWhatIsNear) {
    std::mt19937 random(7);
    const std::string letters = "abcXYZ_.01";
    for (int round = 0; round < 2000; ++round) {
        std::string a;
        std::string b;
        for (std::uint32_t i = 0; i < 3 + random() % 8; ++i)
            a += letters[random() % letters.size()];
        b = a;
        for (std::uint32_t edits = random() % 4; edits > 0; --edits)
            b[random() % b.size()] = letters[random() % letters.size()];
        const std::size_t distance = edit_distance(a, b, 10);
        EXPECT_TRUE(may_be_near(letters_of(a), letters_of(b), distance)) << a << " " << b;
    }
    EXPECT_FALSE(may_be_near(letters_of("abcdef"), letters_of("uvwxyz"), 2));
    EXPECT_TRUE(may_be_near(letters_of("ABC"), letters_of("abc"), 0));
    EXPECT_TRUE(may_be_near(letters_of("\xc3\xa9"), letters_of("abcdef"), 1)) << "not decided";
}

TEST(Nearest, TakesTheClosest) {
    const std::vector<std::string> names = {"install", "installation", "initial"};
    EXPECT_EQ(nearest("instal", names, 2), "install");
    EXPECT_EQ(nearest("instlal", names, 2), "install");
    EXPECT_EQ(nearest("xyz", names, 2), "");
    EXPECT_EQ(nearest("install", names, 0), "install");
    EXPECT_EQ(nearest("instal", names, 0), "");
    EXPECT_EQ(nearest("a", std::vector<std::string>{}, 3), "");
}

TEST(Nearest, BreaksTiesByBytesWhateverTheOrder) {
    const std::vector<std::string_view> one = {"bat", "cat", "aat"};
    const std::vector<std::string_view> other = {"cat", "aat", "bat"};
    EXPECT_EQ(nearest("xat", one, 1), "aat");
    EXPECT_EQ(nearest("xat", other, 1), "aat");
}

TEST(Nearest, CaseIsOneEdit) {
    const std::vector<std::string> names = {"README.md", "REAMD.md"};
    EXPECT_EQ(nearest("readme.md", names, 1), "README.md");
}

TEST(Nearest, DistanceGrowsWithTheName) {
    EXPECT_EQ(suggestion_distance("abcd"), 1u);
    EXPECT_EQ(suggestion_distance("abcdefgh"), 2u);
    EXPECT_EQ(suggestion_distance("abcdefghi"), 3u);
}

}  // namespace
}  // namespace docathon

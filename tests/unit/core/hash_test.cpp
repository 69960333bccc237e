#include "lint/core/hash.h"

#include <string>

#include <gtest/gtest.h>

namespace docathon {
namespace {

// Vectors of the xxHash project's own `xxhsum -H128` and `-H3`.
TEST(Hash, IsXxh3InCanonicalOrder) {
    EXPECT_EQ(hash128_hex(""), "99aa06d3014798d86001c324468d497f");
    EXPECT_EQ(hex64(hash64("")), "2d06800538d394c2");
    EXPECT_EQ(hash128_hex("a").size(), 32u);
}

TEST(Hash, DependsOnEveryByteAndTheSeed) {
    EXPECT_NE(hash128_hex("abc"), hash128_hex("abd"));
    EXPECT_NE(hash64("abc"), hash64("abc", 1));
    EXPECT_EQ(hash64("abc", 1), hash64(std::string("abc"), 1));
    EXPECT_NE(hash64(std::string_view("a\0b", 3)), hash64("a"));
}

TEST(Hash, PrintsLeadingZeros) {
    EXPECT_EQ(hex64(0xab), "00000000000000ab");
}

}  // namespace
}  // namespace docathon

#include "lint/core/large_memory.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <vector>

namespace docathon {
namespace {

TEST(LargeMemoryTest, AnArrayAndItsNeighboursKeepWhatTheyHold) {
    constexpr std::size_t kCount = 3u << 20;
    std::vector<std::uint64_t> array;
    array.reserve(kCount);
    array.push_back(7);
    advise_large_pages(array.data(), kCount * sizeof(array[0]));
    array.resize(kCount, 1);
    EXPECT_EQ(std::accumulate(array.begin(), array.end(), std::uint64_t{0}), kCount + 6);
}

TEST(LargeMemoryTest, SmallAndEmptyArraysAreLeftAlone) {
    const std::vector<int> small(10, 3);
    advise_large_pages(small.data(), small.size() * sizeof(int));
    advise_large_pages(nullptr, std::size_t{1} << 30);
    EXPECT_EQ(small, std::vector<int>(10, 3));
}

}  // namespace
}  // namespace docathon

#include "lint/core/lazy.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace docathon {
namespace {

TEST(Lazy, NothingIsNull) {
    const Lazy<std::string> nothing;
    EXPECT_TRUE(nothing == nullptr);
    EXPECT_FALSE(nothing);
    EXPECT_EQ(nothing.get(), nullptr);
    EXPECT_TRUE(Lazy<std::string>(std::shared_ptr<const std::string>()) == nullptr);
}

TEST(Lazy, IsMadeOnceWhenItIsLookedAtByAnyThread) {
    std::atomic<int> made = 0;
    const Lazy<std::string> value([&] {
        ++made;
        return std::make_shared<const std::string>("x");
    });
    const Lazy<std::string> copy = value;
    EXPECT_TRUE(value != nullptr);
    EXPECT_EQ(made, 0);
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] { EXPECT_EQ(*copy, "x"); });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(value->size(), 1u);
    EXPECT_EQ(value.get(), copy.get());
    EXPECT_EQ(made, 1);
}

TEST(Lazy, MayBeThereAlready) {
    const auto shared = std::make_shared<const std::string>("x");
    EXPECT_EQ(Lazy<std::string>(shared).get(), shared.get());
}

}  // namespace
}  // namespace docathon

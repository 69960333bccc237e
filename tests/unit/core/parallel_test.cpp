#include "lint/core/parallel.h"

#include <atomic>
#include <cstddef>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace docathon {
namespace {

TEST(ParallelFor, CallsEachIndexOnce) {
    for (const unsigned jobs : {0u, 1u, 2u, 8u, 100u}) {
        std::vector<std::atomic<int>> calls(1000);
        parallel_for(calls.size(), jobs, [&](std::size_t i) { ++calls[i]; });
        for (const auto& count : calls)
            ASSERT_EQ(count.load(), 1) << jobs;
    }
}

TEST(ParallelFor, OneJobIsInlineAndInOrder) {
    std::vector<std::size_t> order;
    const std::thread::id caller = std::this_thread::get_id();
    parallel_for(5, 1, [&](std::size_t i) {
        EXPECT_EQ(std::this_thread::get_id(), caller);
        order.push_back(i);
    });
    EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
}

TEST(ParallelFor, UsesMoreThreadsThanOne) {
    std::mutex mutex;
    std::set<std::thread::id> threads;
    std::atomic<int> waiting{0};
    parallel_for(2, 2, [&](std::size_t) {
        // Each call waits for the other, so one thread alone could not finish.
        ++waiting;
        while (waiting.load() < 2)
            std::this_thread::yield();
        const std::lock_guard lock(mutex);
        threads.insert(std::this_thread::get_id());
    });
    EXPECT_EQ(threads.size(), 2u);
}

TEST(ParallelFor, NothingToDoCallsNothing) {
    parallel_for(0, 4, [](std::size_t) { FAIL(); });
    EXPECT_GE(hardware_jobs(), 1u);
}

}  // namespace
}  // namespace docathon

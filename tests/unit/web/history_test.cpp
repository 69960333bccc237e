#include "lint/web/history.h"

#include <gtest/gtest.h>

#include <random>

#include "lint/web/link_cache.h"

namespace docathon {
namespace {

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kStart = 1'763'000'000;
using State = Standing::State;

History failing_at(const std::vector<double>& days) {
    History history;
    for (const double day : days)
        observe(history, {Seen::failed, "404", {}}, kStart + static_cast<std::int64_t>(day * kDay));
    return history;
}

TEST(History, DeadNeedsFailuresOverDays) {
    const DeathPolicy policy;
    EXPECT_EQ(standing({}, policy).state, State::never_asked);
    EXPECT_EQ(standing(failing_at({0}), policy).state, State::failing);
    EXPECT_EQ(standing(failing_at({0, 6.9}), policy).state, State::failing);
    // A hundred failures of one bad week end are not three occasions.
    EXPECT_EQ(standing(failing_at({0, 0.1, 0.2, 0.3, 1, 1.5}), policy).state, State::failing);
    EXPECT_EQ(standing(failing_at({0, 0.1, 0.2, 30}), policy).state, State::failing);
    EXPECT_EQ(standing(failing_at({0, 3, 6}), policy).state, State::failing);
    EXPECT_EQ(standing(failing_at({0, 3, 6, 7}), policy).state, State::dead);
    EXPECT_EQ(standing(failing_at({0, 30, 60}), policy).state, State::dead);
    EXPECT_EQ(standing(failing_at({0}), {1, 0}).state, State::dead);
    const Standing dead = standing(failing_at({0, 3, 6, 7}), policy);
    EXPECT_EQ(dead.failures, 4);
    EXPECT_EQ(dead.since, kStart);
    EXPECT_EQ(dead.reason, "404");
}

TEST(History, SuccessMakesFailuresVoid) {
    History history = failing_at({0, 3, 6, 7});
    observe(history, {Seen::good, "200", {}}, kStart + 8 * kDay);
    EXPECT_EQ(standing(history, {}).state, State::good);
    EXPECT_TRUE(history.failed.empty());
    // A failure that was seen before the success, on another machine, comes too late.
    EXPECT_EQ(standing(join(history, failing_at({7.5})), {}).state, State::good);
}

TEST(History, WhatSaysNothingNeitherKillsNorSaves) {
    History history = failing_at({0, 3, 6});
    observe(history, {Seen::unverified, "timeout", {}}, kStart + 8 * kDay);
    EXPECT_EQ(standing(history, {}).state, State::unverified);
    observe(history, {Seen::failed, "404", {}}, kStart + 9 * kDay);
    EXPECT_EQ(standing(history, {}).state, State::dead);
}

TEST(History, IsFreshForAWhileThatDiffersByUrl) {
    History history;
    observe(history, {Seen::good, "200", {}}, kStart);
    const std::int64_t age = 30 * kDay;
    int fresh = 0;
    for (int i = 0; i < 1000; ++i) {
        const std::string url = "https://x.org/" + std::to_string(i);
        EXPECT_TRUE(is_fresh(history, url, kStart + age * 3 / 4, age));
        EXPECT_FALSE(is_fresh(history, url, kStart + age, age));
        fresh += is_fresh(history, url, kStart + age * 7 / 8, age) ? 1 : 0;
    }
    EXPECT_GT(fresh, 400);
    EXPECT_LT(fresh, 600);
    EXPECT_FALSE(is_fresh(history, "https://x.org/", kStart - 1, age));  // the clock went back
    EXPECT_FALSE(is_fresh(failing_at({0}), "https://x.org/", kStart, age));
}

TEST(History, JoinIsTheSameInAnyOrderAndAnyNumberOfTimes) {
    std::mt19937 random(7);
    const auto draw = [&] {
        History history;
        for (int i = 0; i < 6; ++i) {
            const Seen seen = static_cast<Seen>(random() % 3);
            observe(history, {seen, seen == Seen::good ? "200" : "404", {}},
                    kStart + static_cast<std::int64_t>(random() % 10) * kDay);
        }
        return history;
    };
    for (int i = 0; i < 2000; ++i) {
        const History a = draw();
        const History b = draw();
        const History c = draw();
        EXPECT_EQ(join(a, a), a);
        EXPECT_EQ(join(a, b), join(b, a));
        EXPECT_EQ(join(join(a, b), c), join(a, join(b, c)));
    }
}

TEST(History, KeepsTheFirstFailureAndTheLastOnes) {
    History history;
    for (int day = 0; day < 400; ++day)
        observe(history, {Seen::failed, "404", {}}, kStart + day * kDay);
    EXPECT_LE(history.failed.size(), 24u);
    EXPECT_EQ(history.failed.front().time, kStart);
    EXPECT_EQ(history.failed.back().time, kStart + 399 * kDay);
    EXPECT_EQ(standing(history, {}).state, State::dead);
}

TEST(LinkCache, IsSortedLinesThatComeBack) {
    LinkCache cache;
    observe(cache.urls["https://b.org/"], {Seen::failed, "404", {}}, kStart);
    observe(cache.urls["https://b.org/"], {Seen::unverified, "timeout", {}}, kStart + 5);
    observe(cache.urls["https://a.org/\"x\""], {Seen::good, "200", "https://c.org/"}, kStart);
    const std::string text = write_link_cache(cache);
    EXPECT_EQ(text,
              "{\"v\":1,\"url\":\"https://a.org/\\\"x\\\"\",\"good\":[1763000000,\"200\"],"
              "\"moved\":\"https://c.org/\"}\n"
              "{\"v\":1,\"url\":\"https://b.org/\",\"failed\":[[1763000000,\"404\"]],"
              "\"unverified\":[1763000005,\"timeout\"]}\n");
    EXPECT_EQ(write_link_cache(read_link_cache(text)), text);
}

TEST(LinkCache, MergesByConcatenation) {
    LinkCache a;
    LinkCache b;
    observe(a.urls["https://x.org/"], {Seen::failed, "404", {}}, kStart);
    observe(a.urls["https://y.org/"], {Seen::good, "200", {}}, kStart);
    observe(b.urls["https://x.org/"], {Seen::failed, "410", {}}, kStart + kDay);
    observe(b.urls["https://y.org/"], {Seen::failed, "404", {}}, kStart - kDay);
    const std::string one = write_link_cache(a);
    const std::string two = write_link_cache(b);
    LinkCache both = a;
    both.merge(b);
    EXPECT_EQ(write_link_cache(read_link_cache(one + two)), write_link_cache(both));
    EXPECT_EQ(write_link_cache(read_link_cache(two + one + two)), write_link_cache(both));
    EXPECT_EQ(both.urls["https://x.org/"].failed.size(), 2u);
    EXPECT_TRUE(both.urls["https://y.org/"].failed.empty());
}

TEST(LinkCache, DropsWhatIsDamagedAndKeepsWhatIsForeign) {
    const std::string good = "{\"v\":1,\"url\":\"https://a.org/\",\"good\":[1763000000,\"200\"]}";
    const std::string newer = "{\"v\":2,\"url\":\"https://b.org/\",\"mood\":\"fine\"}";
    const std::string text = good + "\n<<<<<<< HEAD\n" + good.substr(0, 20) + "\n[1,2]\nnull\n\n" +
                             newer +
                             "\n{\"v\":1,\"url\":7}\n{\"v\":1,\"url\":\"x\",\"good\":[\"a\",1]}\n" +
                             "{\"v\":1,\"url\":\"\xff\"}\n" + std::string(200'000, '[') + "\n" +
                             "{\"v\":1,\"url\":\"" + std::string(100'000, 'a') + "\"}\n";
    const LinkCache cache = read_link_cache(text);
    EXPECT_EQ(cache.urls.size(), 1u);
    EXPECT_EQ(cache.damaged, 9u);
    EXPECT_EQ(write_link_cache(cache), good + "\n" + newer + "\n");
}

}  // namespace
}  // namespace docathon

#include "lint/web/link_check.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "lint/io/fake_fetcher.h"

namespace docathon {
namespace {

using Reply = FakeFetcher::Reply;
using State = Standing::State;

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kStart = 1'763'000'000;

/// A checker with a clock of its own, in seconds.
class World {
  public:
    explicit World(std::function<Reply(const FetchRequest&)> network)
        : fetcher(std::move(network)) {}

    LinkReport run(const std::set<std::string>& urls) {
        LinkCheckOptions options;
        options.ask.unix_now = [this] { return now(); };
        options.ask.run_budget = Milliseconds(24 * 3600 * 1000);
        options.ask.host_budget = Milliseconds(3600 * 1000);
        LinkChecker checker(fetcher, cache, options);
        return checker.check(urls);
    }
    [[nodiscard]] std::int64_t now() const { return kStart + fetcher.now().count() / 1000; }
    void sleep(std::int64_t seconds) { fetcher.advance(Milliseconds(seconds * 1000)); }

    FakeFetcher fetcher;
    LinkCache cache;
};

TEST(LinkChecker, AsksOnlyWhatIsNotKnown) {
    World world([](const FetchRequest&) { return FakeFetcher::status(200); });
    const std::set<std::string> urls = {"https://a.org/", "https://b.org/x"};
    EXPECT_EQ(world.run(urls).asked, 2u);
    world.sleep(10 * kDay);
    world.fetcher.seen.clear();
    const LinkReport second = world.run(urls);
    EXPECT_EQ(second.asked, 0u);
    EXPECT_EQ(second.fresh, 2u);
    EXPECT_EQ(second.standings.at("https://a.org/").state, State::good);
    EXPECT_TRUE(world.fetcher.seen.empty());
    world.sleep(21 * kDay);
    EXPECT_EQ(world.run(urls).asked, 2u);
}

TEST(LinkChecker, FailuresAreAskedEachTimeAndFirst) {
    World world([](const FetchRequest& request) {
        return FakeFetcher::status(request.url.ends_with("/z") ? 404 : 200);
    });
    static_cast<void>(world.run({"https://a.org/b", "https://a.org/z"}));
    world.sleep(kDay);
    world.fetcher.seen.clear();
    static_cast<void>(world.run({"https://a.org/b", "https://a.org/c", "https://a.org/z"}));
    std::vector<std::string> order;
    for (const FakeFetcher::Seen& seen : world.fetcher.seen) {
        if (order.empty() || order.back() != seen.request.url)
            order.push_back(seen.request.url);
    }
    EXPECT_EQ(order, (std::vector<std::string>{"https://a.org/z", "https://a.org/c"}));
}

TEST(LinkChecker, OwnNetworkFailuresCountForNothing) {
    bool online = true;
    World world([&](const FetchRequest& request) {
        return !online || request.host == "gone.org" ? FakeFetcher::ends(FetchEnd::dns)
                                                     : FakeFetcher::status(200);
    });
    const std::set<std::string> urls = {"https://a.org/", "https://b.org/", "https://gone.org/"};
    EXPECT_FALSE(world.run(urls).offline);
    EXPECT_EQ(world.cache.urls["https://gone.org/"].failed.size(), 1u);
    online = false;
    world.sleep(40 * kDay);
    const LinkReport report = world.run(urls);
    EXPECT_TRUE(report.offline);
    EXPECT_EQ(report.standings.at("https://a.org/").state, State::unverified);
    EXPECT_TRUE(world.cache.urls["https://a.org/"].failed.empty());
    EXPECT_EQ(world.cache.urls["https://gone.org/"].failed.size(), 1u);
    online = true;
    EXPECT_EQ(world.run(urls).standings.at("https://a.org/").state, State::good);
}

TEST(LinkChecker, AskOfWitnessesTellsADeadHostFromADeadNetwork) {
    World world([&](const FetchRequest& request) {
        return request.host == "gone.org" ? FakeFetcher::ends(FetchEnd::dns)
                                          : FakeFetcher::status(200);
    });
    // The other URLs are fresh, so nothing but the dead one would be asked.
    static_cast<void>(world.run({"https://a.org/"}));
    for (int day = 0; day < 9; ++day) {
        world.sleep(kDay);
        const LinkReport report = world.run({"https://a.org/", "https://gone.org/"});
        EXPECT_FALSE(report.offline);
        EXPECT_EQ(report.standings.at("https://gone.org/").state,
                  day < 7 ? State::failing : State::dead)
            << day;
    }
}

TEST(LinkChecker, TheOnlyUrlOfAProjectMayFailByOurFault) {
    World world([](const FetchRequest&) { return FakeFetcher::ends(FetchEnd::dns); });
    for (int day = 0; day < 20; ++day) {
        EXPECT_EQ(world.run({"https://a.org/"}).standings.at("https://a.org/").state,
                  State::unverified);
        world.sleep(kDay);
    }
}

TEST(LinkChecker, AsksOnceMoreBeforeTheFirstDeath) {
    int calls = 0;
    World world([&](const FetchRequest& request) {
        if (request.host == "b.org")
            return FakeFetcher::status(200);
        // On the last day the second look finds it.
        return FakeFetcher::status(++calls > 2 * 8 ? 200 : 404);
    });
    LinkReport report;
    for (int day = 0; day < 8; ++day) {
        report = world.run({"https://a.org/x"});
        EXPECT_EQ(report.standings.at("https://a.org/x").state,
                  day < 7 ? State::failing : State::good);
        world.sleep(kDay);
    }
}

TEST(LinkChecker, ARunIsOneCheckThoughItLooksTwice) {
    FakeFetcher* clock = nullptr;
    World world([&](const FetchRequest&) {
        clock->advance(Milliseconds(2000));  // every answer takes its time
        return FakeFetcher::status(404);
    });
    clock = &world.fetcher;
    LinkReport report;
    for (int day = 0; day < 8; ++day) {
        report = world.run({"https://a.org/x"});
        EXPECT_EQ(report.standings.at("https://a.org/x").failures, day + 1);
        world.sleep(kDay);
    }
    EXPECT_EQ(report.standings.at("https://a.org/x").state, State::dead);
}

TEST(LinkChecker, WhatThisRunDidNotSeeIsNotDead) {
    bool wall = false;
    World world([&](const FetchRequest&) { return FakeFetcher::status(wall ? 429 : 404); });
    for (int day = 0; day < 9; ++day) {
        static_cast<void>(world.run({"https://a.org/x"}));
        world.sleep(kDay);
    }
    EXPECT_EQ(world.run({"https://a.org/x"}).standings.at("https://a.org/x").state, State::dead);
    wall = true;
    world.sleep(kDay);
    EXPECT_EQ(world.run({"https://a.org/x"}).standings.at("https://a.org/x").state,
              State::unverified);
}

TEST(LinkChecker, AnchorsHaveAHistoryOfTheirOwn) {
    World world([](const FetchRequest&) { return FakeFetcher::page("<p id=here>"); });
    LinkReport report;
    for (int day = 0; day < 9; ++day) {
        report = world.run({"https://a.org/x", "https://a.org/x#here", "https://a.org/x#gone"});
        world.sleep(kDay);
    }
    EXPECT_EQ(report.standings.at("https://a.org/x").state, State::good);
    EXPECT_EQ(report.standings.at("https://a.org/x#here").state, State::good);
    EXPECT_EQ(report.standings.at("https://a.org/x#gone").state, State::dead);
    EXPECT_EQ(report.standings.at("https://a.org/x#gone").reason, "anchor");
}

/// How a URL of the simulation behaves over time, in seconds since its begin.
struct Fate {
    enum class Kind { steady, outages, noisy, walled, dies } kind = Kind::steady;
    int failure = 404;  // or 0: no address, 1: refused, 2: timeout, 3: TLS
    std::vector<std::pair<std::int64_t, std::int64_t>> down;
    std::int64_t death = -1;
};

Reply fail_with(int failure) {
    switch (failure) {
        case 0:
            return FakeFetcher::ends(FetchEnd::dns);
        case 1:
            return FakeFetcher::ends(FetchEnd::connect);
        case 2:
            return FakeFetcher::ends(FetchEnd::timeout);
        case 3:
            return FakeFetcher::ends(FetchEnd::tls);
        default:
            return FakeFetcher::status(failure);
    }
}

// Thirty days, one run a day at a different hour, and hosts that are down for hours or days, that
// fail every third request, that put up walls, and some that really die.
TEST(LinkChecker, ThirtyDaysOfFlappingHostsHaveNoFalseDeathAndNoMissedOne) {
    std::mt19937 random(20260822);
    const auto uniform = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    };
    std::map<std::string, Fate> fates;
    const int failures[] = {404, 410, 500, 502, 503, 403, 0, 1, 2, 3};
    for (int i = 0; i < 600; ++i) {
        Fate fate;
        fate.kind = static_cast<Fate::Kind>(i % 5);
        fate.failure = failures[i / 5 % 10];
        if (fate.kind == Fate::Kind::outages) {
            // Down for an hour to six days, then up for longer than the time between two runs: who
            // is up for less cannot be seen by anybody who looks once a day.
            for (double at = uniform(-3, 3); at < 31;) {
                const double length = uniform(0.04, 6.0);
                fate.down.emplace_back(static_cast<std::int64_t>(at * kDay),
                                       static_cast<std::int64_t>((at + length) * kDay));
                at += length + uniform(2, 8);
            }
        }
        if (fate.kind == Fate::Kind::dies) {
            fate.death = static_cast<std::int64_t>(uniform(0, 20) * kDay);
            fate.failure =
                std::vector<int>{404, 410, 0, 1, 500}[static_cast<std::size_t>(i / 5 % 5)];
        }
        fates["h" + std::to_string(i) + ".dev"] = std::move(fate);
    }
    std::function<std::int64_t()> now;
    World world([&](const FetchRequest& request) {
        const Fate& fate = fates.at(request.host);
        const std::int64_t at = now() - kStart;
        switch (fate.kind) {
            case Fate::Kind::outages:
                for (const auto& [begin, end] : fate.down) {
                    if (at >= begin && at < end)
                        return fail_with(fate.failure);
                }
                break;
            case Fate::Kind::noisy:
                if (random() % 3 == 0)
                    return fail_with(fate.failure);
                break;
            case Fate::Kind::walled:
                return fail_with(std::vector<int>{403, 429, 503, 2, 3}[random() % 5]);
            case Fate::Kind::dies:
                if (at >= fate.death)
                    return fail_with(fate.failure);
                break;
            case Fate::Kind::steady:
                break;
        }
        return FakeFetcher::status(200);
    });
    now = [&] { return world.now(); };

    std::set<std::string> urls;
    for (const auto& [host, fate] : fates)
        urls.insert("https://" + host + "/page");
    std::set<std::string> reported;
    // A good answer is believed for a while; what dies meanwhile is seen when it is asked again.
    for (int day = 0; day < 30; ++day) {
        const std::int64_t due =
            day * kDay + static_cast<std::int64_t>(uniform(0, 0.9) * static_cast<double>(kDay));
        world.sleep(std::max<std::int64_t>(due - (world.now() - kStart), 0));
        world.fetcher.seen.clear();
        LinkCheckOptions options;
        options.ask.unix_now = [&] { return world.now(); };
        options.ask.host_budget = Milliseconds(600'000);
        options.ask.run_budget = Milliseconds(3600'000);
        options.max_age = kDay / 2;  // so that everything is asked every day
        const LinkReport report = LinkChecker(world.fetcher, world.cache, options).check(urls);
        EXPECT_FALSE(report.offline);
        // What is written and read again is what the next day knows.
        world.cache = read_link_cache(write_link_cache(world.cache));
        for (const auto& [url, standing] : report.standings) {
            if (standing.state != State::dead)
                continue;
            const Fate& fate = fates.at(parse_url(url)->host);
            EXPECT_EQ(fate.kind, Fate::Kind::dies)
                << "false death: " << url << " " << standing.reason;
            if (fate.kind == Fate::Kind::dies) {
                EXPECT_GE(world.now() - kStart, fate.death + 7 * kDay - kDay);
            }
            reported.insert(url);
        }
        // Every death is found: seen within a day, and called dead seven to eight days later.
        for (const auto& [host, fate] : fates) {
            if (fate.kind == Fate::Kind::dies && fate.death + 10 * kDay < world.now() - kStart) {
                EXPECT_EQ(reported.count("https://" + host + "/page"), 1u)
                    << host << " day " << day;
            }
        }
    }
    EXPECT_GT(reported.size(), 100u);
}

}  // namespace
}  // namespace docathon

#include "lint/web/history.h"

#include <algorithm>
#include <tuple>

#include "lint/core/hash.h"

namespace docathon {

namespace {

constexpr std::size_t kMostFailures = 24;
constexpr std::int64_t kDay = 24 * 3600;
/// A wall that asks for a login or a browser will do so tomorrow as well.
constexpr std::int64_t kWallAge = kDay;

auto key(const History::Event& event) {
    return std::tie(event.time, event.reason);
}

bool earlier(const History::Event& a, const History::Event& b) {
    return key(a) < key(b);
}

/// The form that equal knowledge has: sorted, without what a later success makes void.
void settle(History& history) {
    std::vector<History::Event>& failed = history.failed;
    std::sort(failed.begin(), failed.end(), earlier);
    failed.erase(std::unique(failed.begin(), failed.end()), failed.end());
    failed.erase(std::remove_if(
                     failed.begin(), failed.end(),
                     [&](const History::Event& event) { return event.time <= history.good.time; }),
                 failed.end());
    // The first one says since when; of the others the last ones are enough.
    if (failed.size() > kMostFailures)
        failed.erase(failed.begin() + 1, failed.end() - (kMostFailures - 1));
    const std::int64_t definite =
        std::max(history.good.time, failed.empty() ? std::int64_t{0} : failed.back().time);
    if (history.unverified.time <= definite)
        history.unverified = {};
}

}  // namespace

std::int64_t History::last() const {
    return std::max({good.time, unverified.time, failed.empty() ? 0 : failed.back().time});
}

void observe(History& history, const Observation& observation, std::int64_t time) {
    History one;
    switch (observation.seen) {
        case Seen::good:
            one.good = {time, observation.reason};
            one.moved = observation.moved;
            break;
        case Seen::failed:
            one.failed.push_back({time, observation.reason});
            break;
        case Seen::unverified:
            one.unverified = {time, observation.reason};
            break;
    }
    history = join(history, one);
}

History join(const History& a, const History& b) {
    const auto later = [](const History& x) {
        return std::tie(x.good.time, x.good.reason, x.moved);
    };
    const bool first = later(a) >= later(b);
    History result;
    result.good = first ? a.good : b.good;
    result.moved = first ? a.moved : b.moved;
    result.failed = a.failed;
    result.failed.insert(result.failed.end(), b.failed.begin(), b.failed.end());
    result.unverified = earlier(a.unverified, b.unverified) ? b.unverified : a.unverified;
    settle(result);
    return result;
}

Standing standing(const History& history, const DeathPolicy& policy) {
    Standing result;
    const std::vector<History::Event>& failed = history.failed;
    if (history.unverified.time > 0) {
        result.state = Standing::State::unverified;
        result.reason = history.unverified.reason;
        return result;
    }
    if (failed.empty()) {
        if (history.good.time > 0) {
            result.state = Standing::State::good;
            result.reason = history.good.reason;
        }
        return result;
    }
    result.state = Standing::State::failing;
    result.reason = failed.back().reason;
    result.since = failed.front().time;
    result.failures = static_cast<int>(failed.size());
    const std::int64_t apart = policy.days * kDay / std::max(policy.failures, 1);
    int counted = 0;
    std::int64_t last = 0;
    for (const History::Event& event : failed) {
        if (counted > 0 && event.time - last < apart)
            continue;
        ++counted;
        last = event.time;
    }
    if (counted >= policy.failures && failed.back().time - result.since >= policy.days * kDay)
        result.state = Standing::State::dead;
    return result;
}

bool is_fresh(const History& history, const std::string& url, std::int64_t now,
              std::int64_t max_age) {
    if (history.unverified.time > 0) {
        const bool wall = history.unverified.reason == "401" || history.unverified.reason == "403";
        const std::int64_t age = now - history.unverified.time;
        return wall && age >= 0 && age < std::min(kWallAge, max_age);
    }
    if (!history.failed.empty() || history.good.time == 0)
        return false;
    const std::int64_t age = now - history.good.time;
    const auto jitter = static_cast<std::int64_t>(hash64(url) % 1000);
    return age >= 0 && age < max_age - max_age * jitter / 4000;
}

}  // namespace docathon

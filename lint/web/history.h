#pragma once
// What is known of one URL, and what follows from it. A link is dead only when it has failed for a
// while: `failures` times, spread over `days`, without a success between. What says nothing about
// the page (a bot wall, a rate limit, a timeout) neither kills a link nor saves it.
//
// Histories of two runs, or of two machines, are merged by join(): in any order, any number of
// times, with the same result.

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace docathon {

/// What one question to the network showed.
enum class Seen : std::uint8_t {
    good,        ///< the page is there, and the anchor
    failed,      ///< the page, the anchor or the host is not there
    unverified,  ///< it cannot be told
};

/// One observation. `reason` is a word or a status: "200", "404", "dns", "timeout", "anchor" ...
struct Observation {
    Seen seen = Seen::unverified;
    std::string reason;
    std::string moved;  ///< good: the address that a permanent redirect leads to, or ""
};

struct History {
    struct Event {
        std::int64_t time = 0;  ///< seconds since 1970; 0 = never
        std::string reason;
        bool operator==(const Event&) const = default;
    };
    Event good;                 ///< the last success
    std::string moved;          ///< what came with it
    std::vector<Event> failed;  ///< since then, by time, each once
    Event unverified;           ///< the last time it could not be told, if that is the last of all

    /// The time of the last observation of any kind, 0 = none.
    [[nodiscard]] std::int64_t last() const;
    bool operator==(const History&) const = default;
};

/// Adds one observation.
void observe(History& history, const Observation& observation, std::int64_t time);

/// What both know.
[[nodiscard]] History join(const History& a, const History& b);

struct DeathPolicy {
    int failures = 3;
    int days = 7;
};

/// What follows from a history.
struct Standing {
    enum class State : std::uint8_t { never_asked, good, failing, dead, unverified };
    State state = State::never_asked;
    std::string reason;      ///< of the last observation
    std::int64_t since = 0;  ///< failing, dead: the first failure
    int failures = 0;        ///< failing, dead: observations that failed
};

/// Dead: at least `failures` failures that lie days/failures apart from each other (those of one
/// bad day count once), and the last at least `days` after the first.
[[nodiscard]] Standing standing(const History& history, const DeathPolicy& policy);

/// Is a good answer of that age still believed? The limit is different for each URL, from 75 % of
/// max_age to all of it, so that what was asked together is not asked again together.
[[nodiscard]] bool is_fresh(const History& history, const std::string& url, std::int64_t now,
                            std::int64_t max_age);

}  // namespace docathon

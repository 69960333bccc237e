#pragma once
// UrlAnswers: what `links check` learned about the URLs of a run, for the rules that report it.
// Plain data; made after the index, before the checks, then read by all threads.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "lint/core/range.h"

namespace docathon {

struct UrlAnswer {
    enum class State : std::uint8_t {
        good,
        failing,     ///< it fails, but not yet for long enough
        dead,        ///< it has failed for long enough
        unverified,  ///< nobody can tell
    };
    State state = State::unverified;
    std::string reason;  ///< "404", "dns", "connect", "anchor", "timeout" ...
    int days = 0;        ///< dead: since the first failure
    int checks = 0;      ///< dead: failures
    std::string moved;   ///< good: where a permanent redirect leads, or ""
};

struct UrlAnswers {
    /// By Reference::target, as written.
    std::map<std::string, UrlAnswer, std::less<>> by_target;
    /// References that a file wants left alone although others ask the same URL.
    std::set<std::pair<FileId, std::string>> left_out;

    /// nullptr: the URL was not asked for this file.
    [[nodiscard]] const UrlAnswer* find(FileId file, const std::string& target) const;
};

/// What a reason says of a URL, for messages: "answers 404", "its host has no address".
[[nodiscard]] std::string reason_text(std::string_view reason);

/// Reads "dead 404 9 4" (days, checks), "failing 404", "unverified timeout", "good", "moved URL":
/// what examples of rules say. nullopt if it is none of these.
[[nodiscard]] std::optional<UrlAnswer> read_url_answer(std::string_view text);

}  // namespace docathon

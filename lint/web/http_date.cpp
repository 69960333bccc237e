#include "lint/web/http_date.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "lint/core/strings.h"

namespace docathon {

namespace {

constexpr std::int64_t kMostSeconds = 366ll * 24 * 3600;

std::optional<std::int64_t> number(std::string_view text, std::size_t most_digits) {
    if (text.empty() || text.size() > most_digits)
        return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text) {
        if (!is_ascii_digit(c))
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Days from 1970-01-01 to a date of the Gregorian calendar, years from 1970 on.
std::int64_t days_until(std::int64_t year, std::int64_t month, std::int64_t day) {
    constexpr int kBefore[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    const std::int64_t past = year - 1;
    const auto leaps = [](std::int64_t y) { return y / 4 - y / 100 + y / 400; };
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return (year - 1970) * 365 + leaps(past) - leaps(1969) + kBefore[month - 1] +
           (leap && month > 2 ? 1 : 0) + day - 1;
}

}  // namespace

std::optional<std::int64_t> parse_http_date(std::string_view text) {
    constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    // "Sun, 06 Nov 1994 08:49:37 GMT"
    const std::vector<std::string_view> parts = split(text, ' ');
    if (text.size() != 29 || parts.size() != 6 || parts[0].size() != 4 || parts[0][3] != ',' ||
        parts[5] != "GMT")
        return std::nullopt;
    const auto* const month = std::find(std::begin(kMonths), std::end(kMonths), parts[2]);
    const std::vector<std::string_view> clock = split(parts[4], ':');
    const auto day = number(parts[1], 2);
    const auto year = number(parts[3], 4);
    if (month == std::end(kMonths) || clock.size() != 3 || !day || !year || *year < 1970 ||
        *day < 1 || *day > 31)
        return std::nullopt;
    const auto hour = number(clock[0], 2);
    const auto minute = number(clock[1], 2);
    const auto second = number(clock[2], 2);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return ((days_until(*year, month - std::begin(kMonths) + 1, *day) * 24 + *hour) * 60 +
            *minute) *
               60 +
           *second;
}

std::optional<std::int64_t> parse_retry_after(std::string_view text, std::int64_t unix_now) {
    text = trim(text);
    if (const auto seconds = number(text, 18))
        return std::min(*seconds, kMostSeconds);
    if (const auto date = parse_http_date(text))
        return std::clamp<std::int64_t>(*date - unix_now, 0, kMostSeconds);
    return std::nullopt;
}

}  // namespace docathon

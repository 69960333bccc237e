#pragma once
// The Retry-After header (RFC 9110 section 10.2.3): seconds, or a date.

#include <cstdint>
#include <optional>
#include <string_view>

namespace docathon {

/// Seconds since 1970 of "Sun, 06 Nov 1994 08:49:37 GMT", the only form that may be sent today;
/// nullopt for anything else.
[[nodiscard]] std::optional<std::int64_t> parse_http_date(std::string_view text);

/// Seconds to wait, from 0 to one year; nullopt if the header is absent or cannot be understood.
[[nodiscard]] std::optional<std::int64_t> parse_retry_after(std::string_view text,
                                                            std::int64_t unix_now);

}  // namespace docathon

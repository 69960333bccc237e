#pragma once
// Absolute http and https URLs as this program asks them: split, normalised just enough that two
// spellings of one address are one question, and never with a user name or a password. Owned data.

#include <optional>
#include <string>
#include <string_view>

namespace docathon {

/// A URL in its parts. Bytes that may not stand in a URL are escaped; escapes that are there stay.
struct Url {
    std::string scheme;    ///< "http" or "https"
    std::string host;      ///< lower case; IPv6 in brackets; names that are not ASCII as they are
    std::string port;      ///< digits; empty for the scheme's own port
    std::string path;      ///< begins with '/'
    std::string query;     ///< without '?'
    std::string fragment;  ///< without '#', as written
    bool has_query = false;
    bool credentials = false;  ///< it was written with user:password@, which is left out

    /// The whole without the fragment: what is asked, and what a cache knows.
    [[nodiscard]] std::string page() const;
    /// page(), and the fragment if there is one.
    [[nodiscard]] std::string to_string() const;
    /// "host" or "host:port": what limits are counted for.
    [[nodiscard]] std::string authority() const;
};

/// Longer URLs are not asked: servers answer 414, and proxies worse.
inline constexpr std::size_t kLongestUrl = 8 * 1024;

/// Reads an absolute URL; nullopt for other schemes and for what cannot be one (`why` says what is
/// wrong, if given). Takes linear time.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text, std::string* why = nullptr);

/// What `reference` means on the page `base` (RFC 3986 section 5.2), for Location headers. A
/// fragment of `base` holds on if the reference has none (RFC 9110 section 10.2.2).
[[nodiscard]] std::optional<Url> resolve_url(const Url& base, std::string_view reference,
                                             std::string* why = nullptr);

/// Is `host` the domain itself or below it?
[[nodiscard]] bool in_domain(std::string_view host, std::string_view domain);

/// Names that exist for examples and tests only (RFC 2606, RFC 6761), `localhost` included.
[[nodiscard]] bool is_reserved_host(std::string_view host);

}  // namespace docathon

#pragma once
// Internet addresses, for one question: is this a machine of the public internet? A page of the
// documentation is written by anybody who opens a pull request, so a URL in it must not reach the
// machines around the one that checks it (server-side request forgery). Plain values, no lifetimes.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"

struct sockaddr;

namespace docathon {

/// An IPv6 address; IPv4 ones as ::ffff:a.b.c.d.
struct Address {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] bool is_v4() const;
    /// "127.0.0.1" or "2001:db8::1".
    [[nodiscard]] std::string to_string() const;
    bool operator==(const Address&) const = default;
};

/// Reads "127.0.0.1" or "::1" (brackets allowed). Only these plain forms: what else inet_aton()
/// takes (decimal, octal, fewer parts) is nullopt here; such hosts are judged when they connect.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

/// The address of a socket; nullopt for families other than IPv4 and IPv6.
[[nodiscard]] std::optional<Address> address_of(const sockaddr* address);

/// False for loopback, private, link-local, shared (RFC 6598), multicast, reserved, documentation
/// and unspecified addresses, and for IPv6 forms that carry such an IPv4 address (mapped, NAT64,
/// 6to4); Teredo is never public. Registries: IANA special-purpose address registries.
[[nodiscard]] bool is_public(const Address& address);

/// What `--allow-private` names: hosts and ranges of addresses.
class AllowedPrivate {
  public:
    /// Adds a host ("localhost", "wiki.corp"), an address or a range ("10.0.0.0/8", "fd00::/8").
    /// Errors: a range that cannot be read.
    [[nodiscard]] Result<void> add(std::string_view text);
    /// May a connection to `address` be made for a URL with this host?
    [[nodiscard]] bool allows(std::string_view host, const Address& address) const;
    /// Is the host named itself?
    [[nodiscard]] bool names_host(std::string_view host) const;
    [[nodiscard]] bool empty() const { return hosts_.empty() && ranges_.empty(); }

  private:
    struct Block {
        Address address;
        unsigned bits = 128;
    };
    std::vector<std::string> hosts_;  // lower case
    std::vector<Block> ranges_;
};

}  // namespace docathon

#include "lint/io/address.h"

#include <algorithm>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "lint/core/strings.h"

namespace docathon {

namespace {

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

Address from_v4(const std::uint8_t* four) {
    Address address;
    std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
    std::copy_n(four, 4, address.bytes.begin() + 12);
    return address;
}

struct Prefix {
    std::array<std::uint8_t, 16> bytes;
    unsigned bits;
};

bool in_prefix(const Address& address, const std::array<std::uint8_t, 16>& prefix, unsigned bits) {
    for (unsigned i = 0; i < 16 && bits > 0; ++i) {
        const unsigned here = std::min(bits, 8u);
        const auto mask = static_cast<std::uint8_t>(0xff00u >> here);
        if ((address.bytes[i] & mask) != (prefix[i] & mask))
            return false;
        bits -= here;
    }
    return true;
}

struct Prefix4 {
    std::uint32_t network;
    unsigned bits;
};

constexpr Prefix4 kNotPublic4[] = {
    {0x00000000u, 8},   // this network
    {0x0a000000u, 8},   // private
    {0x64400000u, 10},  // shared by carriers
    {0x7f000000u, 8},   // loopback
    {0xa9fe0000u, 16},  // link-local; clouds keep their metadata here
    {0xac100000u, 12},  // private
    {0xc0000000u, 24},  // protocol assignments
    {0xc0000200u, 24},  // documentation
    {0xc0586300u, 24},  // 6to4 relays
    {0xc0a80000u, 16},  // private
    {0xc6120000u, 15},  // benchmarks
    {0xc6336400u, 24},  // documentation
    {0xcb007100u, 24},  // documentation
    {0xe0000000u, 3},   // multicast, reserved, broadcast
};

bool is_public4(const std::uint8_t* four) {
    const std::uint32_t value = static_cast<std::uint32_t>(four[0]) << 24 |
                                static_cast<std::uint32_t>(four[1]) << 16 |
                                static_cast<std::uint32_t>(four[2]) << 8 | four[3];
    return std::none_of(std::begin(kNotPublic4), std::end(kNotPublic4), [&](const Prefix4& prefix) {
        return ((value ^ prefix.network) >> (32 - prefix.bits)) == 0;
    });
}

constexpr Prefix kNat64 = {{0x00, 0x64, 0xff, 0x9b}, 96};
constexpr Prefix k6to4 = {{0x20, 0x02}, 16};
constexpr Prefix kGlobal = {{0x20}, 3};
constexpr Prefix kNotPublic6[] = {
    {{0x20, 0x01, 0x00}, 23},        // protocol assignments, Teredo, benchmarks, ORCHID
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x3f, 0xff}, 20},              // documentation
};

}  // namespace

bool Address::is_v4() const {
    return std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
}

std::string Address::to_string() const {
    char text[INET6_ADDRSTRLEN] = "";
    if (is_v4())
        ::inet_ntop(AF_INET, bytes.data() + 12, text, sizeof text);
    else
        ::inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
    return text;
}

std::optional<Address> parse_address(std::string_view text) {
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    if (text.empty() || text.size() >= INET6_ADDRSTRLEN)
        return std::nullopt;
    const std::string copy(text);
    std::array<std::uint8_t, 4> four{};
    if (::inet_pton(AF_INET, copy.c_str(), four.data()) == 1)
        return from_v4(four.data());
    Address address;
    if (::inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1)
        return address;
    return std::nullopt;
}

std::optional<Address> address_of(const sockaddr* address) {
    if (address->sa_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, address, sizeof in);
        std::array<std::uint8_t, 4> four{};
        std::memcpy(four.data(), &in.sin_addr, 4);
        return from_v4(four.data());
    }
    if (address->sa_family == AF_INET6) {
        sockaddr_in6 in{};
        std::memcpy(&in, address, sizeof in);
        Address result;
        std::memcpy(result.bytes.data(), &in.sin6_addr, 16);
        return result;
    }
    return std::nullopt;
}

bool is_public(const Address& address) {
    if (address.is_v4())
        return is_public4(address.bytes.data() + 12);
    if (in_prefix(address, kNat64.bytes, kNat64.bits))
        return is_public4(address.bytes.data() + 12);
    if (in_prefix(address, k6to4.bytes, k6to4.bits))
        return is_public4(address.bytes.data() + 2);
    if (!in_prefix(address, kGlobal.bytes, kGlobal.bits))
        return false;  // ::1, fe80::, fc00::, ff00:: and all that is not assigned
    return std::none_of(std::begin(kNotPublic6), std::end(kNotPublic6), [&](const Prefix& prefix) {
        return in_prefix(address, prefix.bytes, prefix.bits);
    });
}

Result<void> AllowedPrivate::add(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        if (const std::optional<Address> address = parse_address(text))
            ranges_.push_back({*address, 128});
        else if (text.empty() || text.find_first_of(": @?#") != std::string_view::npos)
            return fail("--allow-private wants a host or a range such as 10.0.0.0/8, not '" +
                        std::string(text) + "'");
        else
            hosts_.push_back(ascii_lower(text));
        return {};
    }
    const std::optional<Address> address = parse_address(text.substr(0, slash));
    const std::string_view number = text.substr(slash + 1);
    unsigned bits = 0;
    bool valid = address.has_value() && !number.empty() && number.size() <= 3;
    for (const char c : number) {
        valid = valid && is_ascii_digit(c);
        bits = bits * 10 + static_cast<unsigned>(c - '0');
    }
    if (valid && address->is_v4())
        bits += 96;
    if (!valid || bits > 128)
        return fail("--allow-private wants a host or a range such as 10.0.0.0/8, not '" +
                    std::string(text) + "'");
    ranges_.push_back({*address, bits});
    return {};
}

bool AllowedPrivate::allows(std::string_view host, const Address& address) const {
    return names_host(host) || std::any_of(ranges_.begin(), ranges_.end(), [&](const Block& block) {
               return in_prefix(address, block.address.bytes, block.bits);
           });
}

bool AllowedPrivate::names_host(std::string_view host) const {
    return std::any_of(hosts_.begin(), hosts_.end(),
                       [&](const std::string& name) { return ascii_iequals(name, host); });
}

}  // namespace docathon

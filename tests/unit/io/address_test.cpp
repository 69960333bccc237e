#include "lint/io/address.h"

#include <gtest/gtest.h>

namespace docathon {
namespace {

TEST(Address, PublicOrNot) {
    for (const char* text :
         {"8.8.8.8", "1.1.1.1", "100.63.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1",
          "198.20.0.1", "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888",
          "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"}) {
        ASSERT_TRUE(parse_address(text).has_value()) << text;
        EXPECT_TRUE(is_public(*parse_address(text))) << text;
    }
    for (const char* text :
         {"0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",
          "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1",
          "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
          // IPv6, and IPv4 inside it
          "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::7f00:1",
          "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2001::1",
          "2002:7f00:1::", "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1"}) {
        ASSERT_TRUE(parse_address(text).has_value()) << text;
        EXPECT_FALSE(is_public(*parse_address(text))) << text;
    }
}

TEST(Address, ReadsPlainFormsOnly) {
    EXPECT_EQ(parse_address("[::1]")->to_string(), "::1");
    EXPECT_EQ(parse_address("127.0.0.1")->to_string(), "127.0.0.1");
    for (const char* text :
         {"", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "x.org", "1.2.3.4.5"})
        EXPECT_FALSE(parse_address(text).has_value()) << text;
}

TEST(AllowedPrivate, NamesHostsAddressesAndRanges) {
    AllowedPrivate allowed;
    for (const char* text : {"Wiki.Corp", "10.1.0.0/16", "fd00::/8", "127.0.0.5", "::1"})
        ASSERT_TRUE(allowed.add(text)) << text;
    const auto allows = [&](std::string_view host, const char* address) {
        return allowed.allows(host, *parse_address(address));
    };
    EXPECT_TRUE(allows("wiki.corp", "192.168.0.1"));
    EXPECT_FALSE(allows("www.wiki.corp", "192.168.0.1"));
    EXPECT_TRUE(allows("x", "10.1.255.1"));
    EXPECT_TRUE(allows("x", "::ffff:10.1.0.1"));
    EXPECT_FALSE(allows("x", "10.2.0.1"));
    EXPECT_TRUE(allows("x", "fd12::1"));
    EXPECT_FALSE(allows("x", "fe12::1"));
    EXPECT_TRUE(allows("x", "127.0.0.5"));
    EXPECT_FALSE(allows("x", "127.0.0.6"));
    EXPECT_TRUE(allows("x", "::1"));
    for (const char* text : {"", "10.0.0.0/33", "10.0.0.0/", "x.org/8", "fd00::/129", "a b",
                             "http://x.org", "user@host", "x.org:80"})
        EXPECT_FALSE(allowed.add(text)) << text;
}

}  // namespace
}  // namespace docathon

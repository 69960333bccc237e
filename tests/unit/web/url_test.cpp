#include "lint/web/url.h"

#include <gtest/gtest.h>

#include <string>

namespace docathon {
namespace {

std::string normal(std::string_view text) {
    std::string why;
    const std::optional<Url> url = parse_url(text, &why);
    return url ? url->to_string() : "error: " + why;
}

TEST(Url, IsNormalisedJustEnough) {
    EXPECT_EQ(normal("HTTP://Docs.Example.COM:80/A/b?Q=1#F"), "http://docs.example.com/A/b?Q=1#F");
    EXPECT_EQ(normal("https://x.org:443"), "https://x.org/");
    EXPECT_EQ(normal("https://x.org:8443?a"), "https://x.org:8443/?a");
    EXPECT_EQ(normal("https://x.org/a b/\xc3\xa4<>\"|"), "https://x.org/a%20b/%C3%A4%3C%3E%22%7C");
    EXPECT_EQ(normal("https://x.org/%41%zz"), "https://x.org/%41%zz");
    EXPECT_EQ(normal("https://b\xc3\xbc"
                     "cher.example/"),
              "https://b\xc3\xbc"
              "cher.example/");
    EXPECT_EQ(normal("http://[::1]:8080/x"), "http://[::1]:8080/x");
    EXPECT_EQ(normal("https://x.org\\@y.org/"), "https://x.org/%5C@y.org/");
}

TEST(Url, IsRefusedWithAReason) {
    EXPECT_EQ(normal("ftp://x.org/"), "error: its scheme is not http or https");
    EXPECT_EQ(normal("javascript:alert(1)"), "error: its scheme is not http or https");
    EXPECT_EQ(normal("https:/x.org"), "error: it has no host");
    EXPECT_EQ(normal("https://"), "error: it has no host");
    EXPECT_EQ(normal("https://a b.org/"), "error: its host is not a name");
    EXPECT_EQ(normal("https://x.org:99999/"), "error: its port is no number below 65536");
    EXPECT_EQ(normal("https://[::1/"), "error: its host has no closing bracket");
    EXPECT_EQ(normal("https://" + std::string(300, 'a') + "/"),
              "error: its host is too long for a name");
    EXPECT_EQ(normal("https://x.org/" + std::string(100'000, 'a')), "error: it is too long");
}

TEST(Url, LosesItsCredentialsAndSaysSo) {
    const std::optional<Url> url = parse_url("https://user:pa@ss@x.org/a");
    ASSERT_TRUE(url.has_value());
    EXPECT_TRUE(url->credentials);
    EXPECT_EQ(url->to_string(), "https://x.org/a");
    // What looks like a host before the '@' is a user name.
    EXPECT_EQ(parse_url("https://trusted.org@evil.org/")->host, "evil.org");
}

TEST(Url, ResolvesLocations) {
    const Url base = *parse_url("https://x.org/a/b?q#f");
    const auto resolve = [&](std::string_view reference) {
        const std::optional<Url> url = resolve_url(base, reference);
        return url ? url->to_string() : std::string("none");
    };
    EXPECT_EQ(resolve("c"), "https://x.org/a/c#f");
    EXPECT_EQ(resolve("../c#g"), "https://x.org/c#g");
    EXPECT_EQ(resolve("../../../c"), "https://x.org/c#f");
    EXPECT_EQ(resolve("/c?d"), "https://x.org/c?d#f");
    EXPECT_EQ(resolve("?d"), "https://x.org/a/b?d#f");
    EXPECT_EQ(resolve("#g"), "https://x.org/a/b?q#g");
    EXPECT_EQ(resolve(""), "https://x.org/a/b?q#f");
    EXPECT_EQ(resolve("//y.org/c"), "https://y.org/c#f");
    EXPECT_EQ(resolve("http://y.org/./c/."), "http://y.org/c/#f");
    EXPECT_EQ(resolve("file:///etc/passwd"), "none");
    EXPECT_EQ(resolve("gopher://127.0.0.1:25/"), "none");
    EXPECT_EQ(resolve("/\xff\xfe"), "https://x.org/%FF%FE#f");
}

TEST(Url, DomainsAndReservedNames) {
    EXPECT_TRUE(in_domain("a.b.org", "b.org"));
    EXPECT_TRUE(in_domain("b.org", "b.org"));
    EXPECT_FALSE(in_domain("ab.org", "b.org"));
    for (const char* host : {"example.org", "www.example.com", "a.test", "x.invalid", "localhost",
                             "a.localhost.", "foo.example"})
        EXPECT_TRUE(is_reserved_host(host)) << host;
    EXPECT_FALSE(is_reserved_host("example.dev"));
}

}  // namespace
}  // namespace docathon

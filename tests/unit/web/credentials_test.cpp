#include "lint/web/credentials.h"

#include <gtest/gtest.h>

#include "lint/web/http_date.h"

namespace docathon {
namespace {

std::string header(const Credentials& credentials, std::string_view url, bool plain = false) {
    const auto found = credentials.header(*parse_url(url), plain);
    return found ? found->first + ": " + found->second : "none";
}

TEST(Credentials, TheTokenIsForOneHostOverTlsOnly) {
    Credentials credentials;
    credentials.set_github_token("secret");
    EXPECT_EQ(header(credentials, "https://api.github.com/x"), "Authorization: Bearer secret");
    for (const char* url :
         {"http://api.github.com/x", "https://github.com/x", "https://api.github.com.evil.org/",
          "https://api.github.com:444/x", "https://raw.githubusercontent.com/x"}) {
        EXPECT_EQ(header(credentials, url), "none") << url;
        EXPECT_EQ(header(credentials, url, true), "none") << url;
    }
    credentials.set_github_token("a\r\nX-Evil: b");
    EXPECT_EQ(header(credentials, "https://api.github.com/x"), "none");
}

TEST(Credentials, NetrcIsForExactlyTheHostsItNames) {
    Credentials credentials;
    credentials.read_netrc(
        "machine docs.corp login me password pw\n"
        "default login you password other\n"
        "machine half login me\nmachine end password");
    EXPECT_EQ(header(credentials, "https://docs.corp/x"), "Authorization: Basic bWU6cHc=");
    EXPECT_EQ(header(credentials, "http://docs.corp/x"), "none");
    EXPECT_EQ(header(credentials, "http://docs.corp/x", true), "Authorization: Basic bWU6cHc=");
    EXPECT_EQ(header(credentials, "https://www.docs.corp/x"), "none");
    EXPECT_EQ(header(credentials, "https://other.org/"), "none");
    EXPECT_EQ(header(credentials, "https://half/"), "none");
}

TEST(Credentials, GithubPagesHaveAnApi) {
    const auto api = [](std::string_view url) {
        const std::optional<Url> found = github_api_url(*parse_url(url));
        return found ? found->page() : std::string("none");
    };
    EXPECT_EQ(api("https://github.com/a/b"), "https://api.github.com/repos/a/b");
    EXPECT_EQ(api("https://github.com/a/b/blob/main/x/y.md#L3"),
              "https://api.github.com/repos/a/b/contents/x/y.md?ref=main");
    EXPECT_EQ(api("https://github.com/a/b/pull/7"), "https://api.github.com/repos/a/b/pulls/7");
    EXPECT_EQ(api("https://github.com/a/b/releases/tag/v1"),
              "https://api.github.com/repos/a/b/releases/tags/v1");
    EXPECT_EQ(api("https://github.com/a"), "none");
    EXPECT_EQ(api("https://github.com/a/b/actions/runs/1"), "none");
    EXPECT_EQ(api("https://gitlab.com/a/b"), "none");
}

TEST(RetryAfter, IsSecondsOrADateOrNothing) {
    EXPECT_EQ(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), 0);
    EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777);
    EXPECT_EQ(parse_http_date("Thu, 29 Feb 2024 12:00:00 GMT"), 1709208000);
    for (const char* text : {"", "Sun, 06 Nov 1994 08:49:37 UTC", "Sunday, 06-Nov-94 08:49:37 GMT",
                             "Sun, 06 Xyz 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                             "Sun, 99 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
        EXPECT_FALSE(parse_http_date(text).has_value()) << text;
    EXPECT_EQ(parse_retry_after(" 120 ", 0), 120);
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111700), 77);
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111900), 0);
    EXPECT_EQ(parse_retry_after("999999999999999999", 0), 366 * 24 * 3600);
    for (const char* text : {"", "-1", "1.5", "soon", "99999999999999999999"})
        EXPECT_FALSE(parse_retry_after(text, 0).has_value()) << text;
}

}  // namespace
}  // namespace docathon

#include "lint/config/keys.h"

#include <gtest/gtest.h>

#include "lint/config/place.h"
#include "lint/core/yaml.h"

namespace docathon {
namespace {

TEST(ParseSize, UnitsAndLimits) {
    std::uint64_t bytes = 0;
    EXPECT_TRUE(parse_size("0", bytes));
    EXPECT_EQ(bytes, 0u);
    EXPECT_TRUE(parse_size("123", bytes));
    EXPECT_EQ(bytes, 123u);
    EXPECT_TRUE(parse_size("7B", bytes));
    EXPECT_EQ(bytes, 7u);
    EXPECT_TRUE(parse_size("512KB", bytes));
    EXPECT_EQ(bytes, 512u * 1024);
    EXPECT_TRUE(parse_size("10MiB", bytes));
    EXPECT_EQ(bytes, 10u * 1024 * 1024);
    EXPECT_TRUE(parse_size("1GB", bytes));
    EXPECT_EQ(bytes, 1024u * 1024 * 1024);
    for (const char* text : {"", "MB", "1 MB", "1mb", "-1", "1.5MB", "0x10", "1MBx",
                             "18446744073709551615KB", "99999999999999999999"}) {
        EXPECT_FALSE(parse_size(text, bytes)) << text;
    }
}

TEST(ParseDuration, UnitsAndLimits) {
    std::uint64_t seconds = 0;
    const auto is = [&](const char* text, std::uint64_t expected) {
        return parse_duration(text, seconds) && seconds == expected;
    };
    EXPECT_TRUE(is("120s", 120));
    EXPECT_TRUE(is("5m", 300));
    EXPECT_TRUE(is("2h", 7200));
    EXPECT_TRUE(is("30d", 2'592'000));
    EXPECT_TRUE(is("2w", 1'209'600));
    EXPECT_TRUE(is("1500ms", 2));
    EXPECT_TRUE(is("0s", 0));
    for (const char* text : {"", "30", "d", "1 d", "-1d", "1.5h", "1y", "99999999999999999999d",
                             "18446744073709551615w"}) {
        EXPECT_FALSE(parse_duration(text, seconds)) << text;
    }
}

TEST(ParseNumber, DecimalOnly) {
    double number = 0;
    EXPECT_TRUE(parse_number("0.98", number));
    EXPECT_DOUBLE_EQ(number, 0.98);
    for (const char* text : {"", "x", "1,5", "0.5 ", " 0.5"}) {
        EXPECT_FALSE(parse_number(text, number)) << text;
    }
}

TEST(RuleIds, FamilyAndName) {
    EXPECT_TRUE(is_rule_id("links/missing-anchor"));
    EXPECT_TRUE(is_rule_id("a/b2"));
    for (const char* id : {"", "links", "/x", "links/", "Links/x", "links/X", "a/b/c", "a/b_c",
                           "1a/b", "a/-b", "a /b"}) {
        EXPECT_FALSE(is_rule_id(id)) << id;
    }
}

TEST(Quote, OneLineAndNeverEndless) {
    EXPECT_EQ(quote("plain"), "'plain'");
    EXPECT_EQ(quote("a\nb\tc\x1b"), "'a\\nb\\tc\\x1b'");
    const std::string longer = quote(std::string(1000, 'x'));
    EXPECT_EQ(longer, "'" + std::string(80, 'x') + "...'");
    // Not cut inside a character.
    const std::string umlauts = quote(std::string(79, 'x') + "\xc3\xa9yyy");
    EXPECT_EQ(umlauts, "'" + std::string(79, 'x') + "...'");
}

TEST(DidYouMean, LongNamesAreNoSlips) {
    const std::vector<std::string> names = {"exclude"};
    EXPECT_EQ(did_you_mean("exlude", names), "; did you mean 'exclude'?");
    EXPECT_EQ(did_you_mean("something", names), "");
    EXPECT_EQ(did_you_mean(std::string(100'000, 'x'), names), "");
}

TEST(JoinInside, StaysInTheRepository) {
    EXPECT_EQ(join_inside("", "a/b.yaml"), "a/b.yaml");
    EXPECT_EQ(join_inside("docs", "../a"), "a");
    EXPECT_EQ(join_inside("docs", "./x//y/."), "docs/x/y");
    EXPECT_EQ(join_inside("docs", ".."), "");
    EXPECT_EQ(join_inside("docs", "../.."), std::nullopt);
    EXPECT_EQ(join_inside("", ".."), std::nullopt);
    EXPECT_EQ(join_inside("docs", "a/../../../b"), std::nullopt);
    EXPECT_EQ(join_inside("docs", "/etc/passwd"), std::nullopt);
    EXPECT_EQ(join_inside("", std::string_view("a\0b", 3)), std::nullopt);
}

TEST(IsUrl, SchemesHostsAndDrives) {
    for (const char* text :
         {"https://x.org/a.yaml", "git@host:a/b", "C:\\x.yaml", "file:a", "//host/a.yaml"}) {
        EXPECT_TRUE(is_url(text)) << text;
    }
    for (const char* text : {"a.yaml", "tools/a:b.yaml", "./x", "core"}) {
        EXPECT_FALSE(is_url(text)) << text;
    }
}

TEST(ReadContent, TextAndBytes) {
    std::string bytes;
    const auto read = [&](std::string_view yaml) {
        const Result<Value> value = parse_yaml(yaml);
        return value.has_value() && read_content(*value, bytes);
    };
    EXPECT_TRUE(read("text"));
    EXPECT_EQ(bytes, "text");
    EXPECT_TRUE(read("{hex: \"66ff 00 0A\"}"));
    EXPECT_EQ(bytes, std::string("f\xff\0\n", 4));
    EXPECT_TRUE(read("{hex: \"\"}"));
    EXPECT_EQ(bytes, "");
    for (const char* yaml : {"[a]", "{}", "{hex: \"6\"}", "{hex: \"6 6\"}", "{hex: xx}",
                             "{hex: [66]}", "{hex: \"66\", b: c}", "~"}) {
        EXPECT_FALSE(read(yaml)) << yaml;
    }
}

}  // namespace
}  // namespace docathon

#include "lint/core/value.h"

#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "lint/core/result.h"

namespace docathon {
namespace {

Value scalar(std::string text, bool quoted = false) {
    Value value;
    value.kind = Value::Kind::scalar;
    value.text = std::move(text);
    value.quoted = quoted;
    return value;
}

TEST(Value, ReadsBooleansInTheThreeSpellings) {
    bool out = false;
    for (const char* text : {"true", "True", "TRUE", "yes", "Yes", "on", "ON"}) {
        out = false;
        EXPECT_TRUE(scalar(text).as_bool(out)) << text;
        EXPECT_TRUE(out) << text;
    }
    for (const char* text : {"false", "False", "FALSE", "no", "NO", "off", "Off"}) {
        out = true;
        EXPECT_TRUE(scalar(text).as_bool(out)) << text;
        EXPECT_FALSE(out) << text;
    }
    for (const char* text : {"", "tRUE", "y", "1", "truee", "oN"}) {
        EXPECT_FALSE(scalar(text).as_bool(out)) << text;
    }
    EXPECT_FALSE(scalar("true", true).as_bool(out));
    EXPECT_FALSE(Value().as_bool(out));
}

TEST(Value, ReadsIntegersOfSixtyFourBits) {
    std::int64_t out = 0;
    EXPECT_TRUE(scalar("-9223372036854775808").as_int(out));
    EXPECT_EQ(out, std::numeric_limits<std::int64_t>::min());
    EXPECT_TRUE(scalar("+42").as_int(out));
    EXPECT_EQ(out, 42);
    for (const char* text : {"", "+", "-", "+-1", "1.0", "0x1", "9223372036854775808", "1 ", "a"}) {
        EXPECT_FALSE(scalar(text).as_int(out)) << text;
    }
    EXPECT_FALSE(scalar("1", true).as_int(out));
}

TEST(Value, FindsKeysOfMapsOnly) {
    Value map;
    map.kind = Value::Kind::map;
    map.keys = {scalar("a"), scalar("b")};
    map.items = {scalar("1"), scalar("2")};
    ASSERT_NE(map.find("b"), nullptr);
    EXPECT_EQ(map.find("b")->text, "2");
    EXPECT_EQ(map.find("c"), nullptr);
    EXPECT_EQ(scalar("a").find("a"), nullptr);
}

TEST(Error, PrintsWhatItKnows) {
    EXPECT_EQ((Error{"bad", "f.yaml", 3, 7}.to_string()), "f.yaml:3:7: bad");
    EXPECT_EQ((Error{"bad", "f.yaml", 3, 0}.to_string()), "f.yaml:3: bad");
    EXPECT_EQ((Error{"bad", "f.yaml", 0, 7}.to_string()), "f.yaml: bad");
    EXPECT_EQ((Error{"bad", "", 3, 7}.to_string()), "line 3, column 7: bad");
    EXPECT_EQ((Error{"bad", "", 0, 0}.to_string()), "bad");
    const Result<int> failed = fail(ErrorCode::too_large, "too large", "f", 12);
    EXPECT_EQ(failed.error().code, ErrorCode::too_large);
    EXPECT_EQ(failed.error().size, 12u);
}

}  // namespace
}  // namespace docathon

#include "lint/config/quick_yaml.h"

#include <gtest/gtest.h>

#include "lint/core/yaml.h"

namespace docathon {
namespace {

// Content as text, so that a difference is readable.
std::string dump(const Value& value) {
    std::string out;
    switch (value.kind) {
        case Value::Kind::null:
            return "~";
        case Value::Kind::scalar:
            return (value.quoted ? "q<" : "p<") + value.text + ">";
        case Value::Kind::list:
            for (const Value& item : value.items)
                out += dump(item) + ",";
            return "[" + out + "]";
        case Value::Kind::map:
            for (std::size_t i = 0; i < value.keys.size(); ++i) {
                out += dump(value.keys[i]) + ":" + dump(value.items[i]) + ",";
            }
            return "{" + out + "}";
    }
    return out;
}

class QuickYaml : public ::testing::TestWithParam<const char*> {};

// What rule files are written in: read, and read as yaml-cpp reads it.
TEST_P(QuickYaml, ReadsAsTheSlowReaderDoes) {
    const Result<Value> slow = parse_yaml(GetParam());
    ASSERT_TRUE(slow.has_value()) << slow.error().to_string();
    const std::optional<Value> quick = quick_yaml(GetParam());
    ASSERT_TRUE(quick.has_value()) << GetParam();
    EXPECT_EQ(dump(*quick), dump(*slow)) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(
    Plain, QuickYaml,
    ::testing::Values(
        "a: b\n", "a: b", "a: b # c\n", "a: b#c\n", "# x\n\na: b\n\n# y\n", "a:\nb: ~\nc: null\n",
        "a: b c  \n", "a: 'it''s'\n", "a: \"x\\n\\t\\\"\\\\\\x41\\u00e9\\0\"\n", "a: \"\"\n",
        "a: ''\n", "a: [b, c]\n", "a: [b, c,]\n", "a: []\n", "a: {}\n",
        "a: {b: c, d: [e, {f: g}]}\n", "a: {\"x y\": 'z', k: http://x.y/z#w}\n",
        "a: [a:b, x#y, -1, --x]\n", "a: [b,\n    c, # note\n    d]\nb: c\n",
        "a: [\n  b,\n  c\n ]\n", "a:\n  b: c\n  d: e\nf: g\n", "a:\n  - b\n  - c\nd: e\n",
        "a:\n- b\n- c\nd: e\n", "a:\n  - b: c\n    d: e\n  - f: g\n",
        "a:\n  - b:\n      - c\n    d:\n      e: f\n", "a:\n  -\n    b: c\n  - d\n",
        "a:\n  -   b: c\n      d: e\n", "a: b\n  c\n  d\ne: f\n", "a: b\n c # d\ne: f\n",
        "a: |\n  b\n   c\n\n  d\ne: f\n", "a: |-\n  b\n\n\ne: f\n", "a: |+\n  b\n\n\ne: f\n",
        "a: |\n  # not a comment\n  b\n", "a: >\n  b\n  c\n\n  d\n\n\n  e\nf: g\n",
        "a: >-\n  b\n  c\n", "a:\n  b: |\n    c\n  d: e\n", "a: |\n  b\n# c\nd: e\n",
        "a.b/c-d_e+1: x\n", "a: caf\xc3\xa9 \xe2\x80\x93 x\n", "a: yes\nb: 1.5\nc: \"1.5\"\n",
        "a: b\n\n\n", "a: [\"x, y\", 'z]']\n", "a: {b: \"c: d\", e: 'f # g'}\n",
        "a: \"x # y\" # z\n", "a: b\n\n  # c\nd: e\n", "a:   b\n", "a:\n    b:\n        c: d\n",
        "a: [[b, [c]], []]\n"));

TEST(QuickYamlLimits, DeclinesWhatItDoesNotKnow) {
    for (const std::string_view text : {
             std::string_view(""),
             std::string_view("- a\n"),
             std::string_view("a\n"),
             std::string_view("--- \na: b\n"),
             std::string_view("a: &x b\nc: *x\n"),
             std::string_view("a: !t b\n"),
             std::string_view("? a\n: b\n"),
             std::string_view("a: b: c\n"),
             std::string_view("a: 'b\n  c'\n"),
             std::string_view("a: b\na: c\n"),
             std::string_view("a: {b: 1, b: 2}\n"),
             std::string_view("a:\tb\n"),
             std::string_view("a: b\r\n"),
             std::string_view("\xef\xbb\xbf"
                              "a: b\n"),
             std::string_view("a: \xff\n"),
             std::string_view("a: \"\\q\"\n"),
             std::string_view("a: \"\\ud800\"\n"),
             std::string_view("a: [b\n"),
             std::string_view("a: [b\n]\n"),
             std::string_view("a: {b}\n"),
             std::string_view("a: [b] c\n"),
             std::string_view("a: |2\n  b\n"),
             std::string_view("a: >\n  b\n   c\n"),
             std::string_view(" a: b\n"),
             std::string_view("a: b\n c: d\n"),
             std::string_view("a:\n  b: c\n d: e\n"),
             std::string_view("a: \"b\" c\n"),
             std::string_view("a: @b\n"),
             std::string_view("a: `b`\n"),
             std::string_view("a: %b\n"),
             std::string_view("a: - b\n"),
             std::string_view("a: b\n---\nc: d\n"),
             std::string_view("null: b\n"),
             std::string_view("a: \x01\n"),
             std::string_view("a: b\n\n  c\n"),
             std::string_view("a: b # c\n  d\n"),
         }) {
        EXPECT_FALSE(quick_yaml(text).has_value()) << text;
    }
}

TEST(QuickYamlLimits, DeclinesDeepNesting) {
    std::string text = "a: ";
    text.append(100'000, '[');
    EXPECT_FALSE(quick_yaml(text).has_value());
    std::string block;
    for (int i = 0; i < 2'000; ++i)
        block += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    EXPECT_FALSE(quick_yaml(block).has_value());
}

TEST(QuickYamlLimits, SkipsTopLevelKeys) {
    constexpr std::string_view kSkip[] = {"examples"};
    const std::optional<Value> value = quick_yaml(
        "id: a\nexamples:\n- {x: &y [}\n# c\n\n  - \"\n  b\nsummary: s\n"
        "options:\n  examples: {a: b}\n",
        kSkip);
    ASSERT_TRUE(value.has_value());
    EXPECT_EQ(dump(*value), "{p<id>:p<a>,p<summary>:p<s>,p<options>:{p<examples>:{p<a>:p<b>,},},}");
    // The skipped part may end the text, with or without a line end.
    EXPECT_TRUE(quick_yaml("id: a\nexamples: [x,", kSkip).has_value());
    EXPECT_FALSE(quick_yaml("id: a\nexamples:\n--- \nb: c\n", kSkip).has_value());
}

}  // namespace
}  // namespace docathon

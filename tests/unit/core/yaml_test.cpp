#include "lint/core/yaml.h"
#include "tests/unit/cpu_clock.h"

#include <chrono>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace docathon {
namespace {

Value parsed(std::string_view text) {
    Result<Value> value = parse_yaml(text, "f.yaml");
    EXPECT_TRUE(value.has_value()) << (value ? "" : value.error().to_string());
    return value ? *value : Value{};
}

std::string error_of(std::string_view text, YamlDocuments documents = YamlDocuments::first) {
    const Result<Value> value = parse_yaml(text, "f.yaml", documents);
    return value ? "no error" : value.error().to_string();
}

TEST(Yaml, ReadsScalarsListsAndMapsWithTheirPlaces) {
    const Value value = parsed("a: 1\nb:\n  - x\n  - \"q\"\nc: {d: '', e: yes}\n");
    ASSERT_TRUE(value.is_map());
    ASSERT_EQ(value.keys.size(), 3u);
    EXPECT_EQ(value.keys[1].text, "b");
    EXPECT_EQ(value.keys[1].line, 2u);
    EXPECT_EQ(value.keys[1].column, 1u);
    const Value* a = value.find("a");
    ASSERT_NE(a, nullptr);
    EXPECT_EQ(a->text, "1");
    EXPECT_FALSE(a->quoted);
    EXPECT_EQ(a->column, 4u);
    const Value* b = value.find("b");
    ASSERT_TRUE(b != nullptr && b->is_list() && b->items.size() == 2);
    EXPECT_EQ(b->items[1].text, "q");
    EXPECT_TRUE(b->items[1].quoted);
    EXPECT_EQ(b->items[1].line, 4u);
    EXPECT_EQ(b->items[1].column, 5u);
    const Value* d = value.find("c")->find("d");
    ASSERT_NE(d, nullptr);
    EXPECT_TRUE(d->is_scalar());
    EXPECT_TRUE(d->quoted);
}

TEST(Yaml, ColumnsAreCodePointsAndLinesAreOurs) {
    const Value value = parsed("\xef\xbb\xbf{\xc3\xa9\xf0\x9f\x98\x80: x}\r\n");
    EXPECT_EQ(value.keys[0].column, 2u);
    EXPECT_EQ(value.items[0].column, 6u);
    const Value lines = parsed("a: 1\rb: 2\r\nc: 3\n");
    ASSERT_EQ(lines.keys.size(), 3u);
    EXPECT_EQ(lines.keys[1].line, 2u);
    EXPECT_EQ(lines.keys[2].line, 3u);
}

TEST(Yaml, NullsHaveThePlaceOfTheirKey) {
    const Value value = parsed("a:\n\n\nb: ~\nc: 1\n");
    EXPECT_TRUE(value.items[0].is_null());
    EXPECT_EQ(value.items[0].line, 1u);
    EXPECT_TRUE(value.items[1].is_null());
    EXPECT_EQ(value.items[1].line, 4u);
}

TEST(Yaml, EmptyTextsAreNull) {
    for (const std::string_view text : {"", "\n", "# only a comment\n", "---\n", "\xef\xbb\xbf"}) {
        EXPECT_TRUE(parsed(text).is_null());
    }
}

TEST(Yaml, BlockScalarsAndTagsCountAsQuoted) {
    const Value value = parsed("a: |\n  1\nb: !!str 1\nc: 1\n");
    EXPECT_TRUE(value.items[0].quoted);
    EXPECT_EQ(value.items[0].text, "1\n");
    EXPECT_TRUE(value.items[1].quoted);
    EXPECT_FALSE(value.items[2].quoted);
}

TEST(Yaml, AliasesAreCopies) {
    const Value value = parsed("a: &x {k: [1, 2]}\nb: *x\n");
    const Value* b = value.find("b");
    ASSERT_TRUE(b != nullptr && b->is_map());
    EXPECT_EQ(b->line, 2u);
    EXPECT_EQ(b->column, 4u);
    EXPECT_EQ(b->find("k")->items.size(), 2u);
    EXPECT_EQ(parsed("a: &x k\n*x : 1\n").keys[1].text, "k");
}

TEST(Yaml, ErrorsSayWhereAndWhat) {
    EXPECT_EQ(error_of("a: 1\nb: 2\na: 3\n"), "f.yaml:3:1: duplicate key \"a\"");
    EXPECT_EQ(error_of("{a: 1, a: 2}"), "f.yaml:1:8: duplicate key \"a\"");
    EXPECT_EQ(error_of("title: a: b\n"),
              "f.yaml:1:9: not valid YAML: a key is not allowed here; put a value that holds ': ' "
              "in quotes");
    EXPECT_EQ(error_of("a: [1, 2\n"), "f.yaml:2:1: not valid YAML: a '[' is not closed by ']'");
    EXPECT_EQ(error_of("\xc3\xa9: \"x"), "f.yaml:1:6: not valid YAML: a quoted text is not closed");
    EXPECT_EQ(error_of("a: *nope"),
              "f.yaml:1:4: not valid YAML: the alias has no anchor of this name");
    EXPECT_EQ(error_of("a:\n  b: 1\n\tc: 2"),
              "f.yaml:3:1: not valid YAML: a tab indents here; use spaces");
    EXPECT_EQ(error_of("a: @x"),
              "f.yaml:1:4: not valid YAML: plain text may not begin with this character; put it in "
              "quotes");
    EXPECT_EQ(error_of("? [a]\n: b"), "f.yaml:1:3: a key must be plain text, not a list or a map");
    EXPECT_EQ(error_of("a: {{ x }}"),
              "f.yaml:1:5: a value that begins with '{{' must be in quotes");
}

TEST(Yaml, BytesThatAreNotTextAreErrors) {
    EXPECT_EQ(error_of("a: \xff"), "f.yaml:1:4: the text is not valid UTF-8");
    EXPECT_EQ(error_of(std::string_view("a\0b", 3)),
              "f.yaml:1:2: a control character (\\x00) is not allowed in YAML");
    // yaml-cpp would take this for the end of the text and say nothing.
    EXPECT_EQ(error_of("a: 1\n\x04"
                       "b: [\n"),
              "f.yaml:2:1: a control character (\\x04) is not allowed in YAML");
}

TEST(Yaml, FurtherDocuments) {
    EXPECT_EQ(error_of("a: 1\n---\nb: ["), "no error");
    EXPECT_EQ(error_of("a: 1\n---\nb: 1\n", YamlDocuments::one),
              "f.yaml:2:1: a second document begins here, and only one is read");
    EXPECT_EQ(error_of("---\na: 1\n...\n", YamlDocuments::one), "no error");
    // Not marked as a document, so a mistake that must not pass in silence.
    EXPECT_EQ(error_of("- a\nb: 1\n"),
              "f.yaml:2:1: not valid YAML: text after the end of the value; check the indentation");
}

TEST(Yaml, DepthIsLimited) {
    const auto nested = [](int levels) {
        std::string text;
        for (int i = 0; i < levels; ++i)
            text += "- ";
        return text + "x";
    };
    EXPECT_EQ(error_of(nested(100)), "no error");
    EXPECT_EQ(error_of(nested(101)), "f.yaml:1:201: nested deeper than 100 levels");
    EXPECT_NE(error_of("&a [*a]").find("through aliases"), std::string::npos);
}

TEST(Yaml, AliasBombsAreErrors) {
    std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
    for (char c = 'b'; c < 'm'; ++c) {
        bomb += std::string(1, c) + ": &" + c + " [";
        for (int i = 0; i < 9; ++i)
            bomb += std::string(i == 0 ? "*" : ",*") + static_cast<char>(c - 1);
        bomb += "]\n";
    }
    EXPECT_NE(error_of(bomb).find("aliases expand to more than"), std::string::npos);
    std::string bytes = "a: &a \"" + std::string(1'000'000, 'x') + "\"\nb: [";
    for (int i = 0; i < 5000; ++i)
        bytes += "*a,";
    EXPECT_NE(error_of(bytes + "]").find("aliases expand to more than"), std::string::npos);
    std::string keys = "a: &a \"" + std::string(1'000'000, 'x') + "\"\nb: [";
    for (int i = 0; i < 5000; ++i)
        keys += "{*a : 1},";
    EXPECT_NE(error_of(keys + "]").find("too much text through aliases"), std::string::npos);
}

TEST(Yaml, HostileTextsTakeNoLongTime) {
    const auto times = [](std::string_view text, int count) {
        std::string out;
        for (int i = 0; i < count; ++i)
            out += text;
        return out;
    };
    const auto begin = ::docathon::CpuClock::now();
    for (const std::string_view piece :
         {"[",  "{", "{a: ", "[a: ", "- ", "? ",  ": ",  "&a ", "\"",  "'",
          "!",  "*", "%",    "\n",   "\r", " ",   "a:",  "[? ", "[\n", "- [\n",
          "\t", "|", ">",    ",",    "#",  "-\n", "?\n", ":\n", "\\",  "<<: "}) {
        (void)parse_yaml(times(piece, 100'000));
    }
    const std::chrono::duration<double> took = ::docathon::CpuClock::now() - begin;
    EXPECT_LT(took.count(), 10.0);
    EXPECT_EQ(parse_yaml(std::string((4u << 20) + 1, ' ')).error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace docathon

#include "lint/core/pack.h"

#include <cstdint>
#include <cstring>
#include <new>

#include <gtest/gtest.h>

#include "lint/model/diagnostic.h"
#include "lint/model/example_facts.h"
#include "lint/model/facts.h"

namespace docathon {
namespace {

enum class Colour : std::uint8_t { red, green };

/// Has unused bytes between its members.
struct Flat {
    std::uint8_t small = 0;
    std::uint64_t large = 0;
    bool operator==(const Flat&) const = default;
};

struct Nested {
    std::string text;
    std::vector<Flat> flats;
    std::map<std::string, std::uint64_t> counts;
    std::optional<std::pair<Colour, std::string>> pair;
    std::shared_ptr<const std::vector<std::string>> shared;
    bool yes = false;
    double number = 0;
};

Nested sample() {
    Nested value;
    value.text = std::string("a\0b", 3);
    value.flats = {{1, 2}, {255, ~0ull}};
    value.counts = {{"", 1}, {"x", 2}};
    value.pair = {Colour::green, "p"};
    value.shared = std::make_shared<std::vector<std::string>>(2, "s");
    value.yes = true;
    value.number = -1.5;
    return value;
}

TEST(Pack, WhatIsReadIsWhatWasPut) {
    PackWriter writer;
    writer.put(sample());
    writer.put(std::uint32_t{7});
    PackReader reader(writer.bytes());
    Nested back;
    std::uint32_t seven = 0;
    reader.get(back);
    EXPECT_FALSE(reader.at_end());
    reader.get(seven);
    EXPECT_TRUE(reader.ok());
    EXPECT_TRUE(reader.at_end());
    const Nested value = sample();
    EXPECT_EQ(back.text, value.text);
    EXPECT_EQ(back.flats, value.flats);
    EXPECT_EQ(back.counts, value.counts);
    EXPECT_EQ(back.pair, value.pair);
    ASSERT_NE(back.shared, nullptr);
    EXPECT_EQ(*back.shared, *value.shared);
    EXPECT_TRUE(back.yes);
    EXPECT_EQ(back.number, -1.5);
    EXPECT_EQ(seven, 7u);
}

TEST(Pack, NothingStaysOfWhatTheTargetHeld) {
    PackWriter writer;
    writer.put(Nested{});
    Nested back = sample();
    PackReader reader(writer.bytes());
    reader.get(back);
    EXPECT_TRUE(reader.ok() && reader.at_end());
    EXPECT_EQ(back.text, "");
    EXPECT_TRUE(back.flats.empty());
    EXPECT_TRUE(back.counts.empty());
    EXPECT_FALSE(back.pair);
    EXPECT_EQ(back.shared, nullptr);
}

TEST(Pack, BytesThatAreCutOffAreAnErrorAndNoMore) {
    PackWriter writer;
    writer.put(sample());
    for (std::size_t size = 0; size < writer.bytes().size(); ++size) {
        PackReader reader(std::string_view(writer.bytes()).substr(0, size));
        Nested back;
        reader.get(back);
        EXPECT_FALSE(reader.ok()) << size;
    }
}

TEST(Pack, ACountThatCannotBeDoesNotAllocate) {
    PackWriter writer;
    writer.put(~std::uint64_t{0});
    PackReader flat(writer.bytes());
    std::vector<Flat> flats;
    flat.get(flats);
    EXPECT_FALSE(flat.ok());
    EXPECT_TRUE(flats.empty());
    PackReader text(writer.bytes());
    std::string string;
    text.get(string);
    EXPECT_FALSE(text.ok());
}

TEST(Pack, CanonicalBytesLeaveOutWhatLiesBetweenTheMembers) {
    // Two equal values whose unused bytes differ.
    alignas(Flat) unsigned char first[sizeof(Flat)];
    alignas(Flat) unsigned char second[sizeof(Flat)];
    std::memset(first, 0x00, sizeof(first));
    std::memset(second, 0xff, sizeof(second));
    Flat* a = new (first) Flat;
    Flat* b = new (second) Flat;
    a->small = b->small = 3;
    a->large = b->large = 4;
    PackWriter one(true);
    PackWriter other(true);
    std::vector<Flat> vector(1);
    std::memcpy(vector.data(), first, sizeof(Flat));
    one.put(vector);
    std::memcpy(vector.data(), second, sizeof(Flat));
    other.put(vector);
    EXPECT_EQ(one.bytes(), other.bytes());
    EXPECT_EQ(one.bytes().size(), 8 + 1 + 8u);
}

TEST(Pack, TheFactsOfAPageSurvive) {
    FileFacts facts;
    facts.format = Format::python;
    facts.headings.push_back({2, "Title", {3, 8}, "title", "title", "title", "", true});
    facts.api_directives.push_back(
        {"py:function", {"f(x)"}, {}, {{"noindex", ""}}, kNoItem, {1, 2}});
    auto python = std::make_shared<PythonFacts>();
    python->pool = "name";
    python->imports.emplace_back().module = {0, 4};
    facts.python = std::shared_ptr<const PythonFacts>(std::move(python));
    PackWriter writer;
    writer.put(facts);
    PackReader reader(writer.bytes());
    FileFacts back;
    reader.get(back);
    ASSERT_TRUE(reader.ok() && reader.at_end());
    ASSERT_EQ(back.headings.size(), 1u);
    EXPECT_EQ(back.headings[0].text, "Title");
    EXPECT_TRUE(back.headings[0].nested);
    EXPECT_EQ(back.headings[0].range.end, 8u);
    EXPECT_EQ(back.api_directives[0].options, facts.api_directives[0].options);
    ASSERT_NE(back.python, nullptr);
    EXPECT_EQ(back.python->text(back.python->imports[0].module), "name");
}

TEST(Pack, AFindingWithAFixSurvives) {
    Diagnostic finding;
    finding.message = "m";
    finding.fix = Fix{"do it", {{{1, 2}, "x"}}, FixSafety::unsafe};
    finding.related.push_back({4, {5, 6}, "there"});
    PackWriter writer;
    writer.put(finding);
    PackReader reader(writer.bytes());
    Diagnostic back;
    reader.get(back);
    ASSERT_TRUE(reader.ok() && reader.at_end());
    ASSERT_TRUE(back.fix);
    EXPECT_EQ(back.fix->edits[0].text, "x");
    EXPECT_EQ(back.fix->safety, FixSafety::unsafe);
    EXPECT_EQ(back.related[0].message, "there");
}

}  // namespace
}  // namespace docathon

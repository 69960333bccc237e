#include "lint/parse/mapped_text.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace docathon {
namespace {

std::string_view cut(std::string_view source, Range range) {
    return source.substr(range.begin, range.size());
}

TEST(MappedText, OneStretchIsAViewOfTheSource) {
    const std::string source = "0123456789";
    const MappedText text(source, {2, 6});
    EXPECT_EQ(text.text(), "2345");
    EXPECT_EQ(text.text().data(), source.data() + 2);
    EXPECT_EQ(text.to_source(0), 2u);
    EXPECT_EQ(text.to_source(4), 6u);
    EXPECT_EQ(text.to_source(Range{1, 3}), (Range{3, 5}));
}

TEST(MappedText, TouchingStretchesStayOneView) {
    const std::string source = "line one\nline two\n";
    MappedText text;
    text.append(source, {0, 9});
    text.append(source, {9, 18});
    EXPECT_EQ(text.text(), source);
    EXPECT_EQ(text.text().data(), source.data());
}

TEST(MappedText, LeavesOutWhatLiesBetween) {
    const std::string source = "> one\n> two\n> three";
    MappedText text;
    text.append(source, {2, 6});
    text.append(source, {8, 12});
    text.append(source, {14, 19});
    ASSERT_EQ(text.text(), "one\ntwo\nthree");
    EXPECT_EQ(cut(source, text.to_source(Range{4, 7})), "two");
    EXPECT_EQ(cut(source, text.to_source(Range{0, 7})), "one\n> two");
    // The end belongs to the line it ends, the begin to the line it begins.
    EXPECT_EQ(text.to_source(Range{0, 4}), (Range{2, 6}));
    EXPECT_EQ(text.to_source(4), 8u);
    EXPECT_EQ(text.to_source(13), 19u);
}

TEST(MappedText, EmptyRangeIsEmptyInTheSource) {
    const std::string source = "> a\n> b";
    MappedText text;
    text.append(source, {2, 4});
    text.append(source, {6, 7});
    EXPECT_EQ(text.to_source(Range{2, 2}), (Range{6, 6}));
    EXPECT_EQ(text.to_source(Range{3, 3}), (Range{7, 7}));
}

TEST(MappedText, VirtualTextMapsToOnePlace) {
    const std::string source = "a\tb";
    MappedText text;
    text.append(source, {0, 1});
    text.append_virtual("   ", 1);
    text.append(source, {2, 3});
    ASSERT_EQ(text.text(), "a   b");
    EXPECT_EQ(text.to_source(2), 1u);
    EXPECT_EQ(text.to_source(Range{1, 4}), (Range{1, 1}));
    EXPECT_EQ(text.to_source(Range{0, 5}), (Range{0, 3}));
    EXPECT_EQ(text.to_source(Range{3, 5}), (Range{1, 3}));
}

TEST(MappedText, EmptyPieceGivesWayToTheNext) {
    const std::string source = "abcdef";
    MappedText text(source, {1, 1});
    EXPECT_EQ(text.to_source(0), 1u);
    text.append(source, {4, 6});
    EXPECT_EQ(text.text(), "ef");
    EXPECT_EQ(text.to_source(0), 4u);
    EXPECT_EQ(text.text().data(), source.data() + 4);
}

TEST(MappedText, ClearForgetsEverything) {
    const std::string source = "ab cd";
    MappedText text(source, {0, 2});
    text.append(source, {3, 5});
    text.clear();
    EXPECT_EQ(text.text(), "");
    text.append(source, {3, 5});
    EXPECT_EQ(text.text(), "cd");
    EXPECT_EQ(text.to_source(0), 3u);
}

TEST(MappedText, SliceKeepsTheMap) {
    const std::string source = "> one\n> two\n> three";
    MappedText text;
    text.append(source, {2, 6});
    text.append(source, {8, 12});
    text.append_virtual("--", 12);
    text.append(source, {14, 19});
    ASSERT_EQ(text.text(), "one\ntwo\n--three");
    const MappedText across = text.slice(source, 2, 6);
    EXPECT_EQ(across.text(), "e\ntw");
    EXPECT_EQ(across.to_source(2), 8u);
    const MappedText with_virtual = text.slice(source, 7, 12);
    EXPECT_EQ(with_virtual.text(), "\n--th");
    EXPECT_EQ(with_virtual.to_source(2), 12u);
    EXPECT_EQ(with_virtual.to_source(3), 14u);
    const MappedText inside = text.slice(source, 4, 7);
    EXPECT_EQ(inside.text().data(), source.data() + 8) << "one stretch is not copied";
    const MappedText empty = text.slice(source, 5, 5);
    EXPECT_EQ(empty.text(), "");
    EXPECT_EQ(empty.to_source(0), 9u);
    EXPECT_EQ(text.slice(source, 10, 99).text(), "three");
}

TEST(MappedText, CutAtTheEndOfALineNeverTakesTheNextPrefix) {
    // Every range of a text of many pieces maps to bytes that begin and end with its own.
    std::string source;
    MappedText text;
    std::string expected;
    for (int i = 0; i < 20; ++i)
        source += ">> " + std::string(1, static_cast<char>('a' + i)) + "x\n";
    for (std::uint32_t i = 0; i < 20; ++i)
        text.append(source, {i * 6 + 3, i * 6 + 6});
    const std::string_view all = text.text();
    for (std::uint32_t begin = 0; begin < all.size(); ++begin) {
        for (std::uint32_t end = begin + 1; end <= all.size(); ++end) {
            const std::string_view got = cut(source, text.to_source(Range{begin, end}));
            ASSERT_FALSE(got.empty());
            ASSERT_EQ(got.front(), all[begin]);
            ASSERT_EQ(got.back(), all[end - 1]);
        }
    }
}

}  // namespace
}  // namespace docathon

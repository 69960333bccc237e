#include "lint/core/line_index.h"

#include <chrono>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "lint/core/utf8.h"
#include "tests/unit/cpu_clock.h"

namespace docathon {
namespace {

TEST(LineIndex, EndsLinesAtLfCrAndCrLf) {
    const std::string text = "a\nbc\r\nd\re";
    const LineIndex index(text);
    EXPECT_EQ(index.line_count(), 4u);
    EXPECT_EQ(index.line_range(1), (Range{0, 1}));
    EXPECT_EQ(index.line_range(2), (Range{2, 4}));
    EXPECT_EQ(index.line_range(3), (Range{6, 7}));
    EXPECT_EQ(index.line_range(4), (Range{8, 9}));
    EXPECT_EQ(index.line_col(0), (LineColumn{1, 1}));
    EXPECT_EQ(index.line_col(1), (LineColumn{1, 2}));  // the line end belongs to its line
    EXPECT_EQ(index.line_col(2), (LineColumn{2, 1}));
    EXPECT_EQ(index.line_col(5), (LineColumn{2, 4}));  // between CR and LF
    EXPECT_EQ(index.line_col(6), (LineColumn{3, 1}));
    EXPECT_EQ(index.line_col(8), (LineColumn{4, 1}));
}

TEST(LineIndex, CountsLinesAsEditorsDo) {
    EXPECT_EQ(LineIndex("").line_count(), 0u);
    EXPECT_EQ(LineIndex("\n").line_count(), 1u);
    EXPECT_EQ(LineIndex("a").line_count(), 1u);
    EXPECT_EQ(LineIndex("a\n").line_count(), 1u);
    EXPECT_EQ(LineIndex("a\r\n\r\n").line_count(), 2u);
    EXPECT_EQ(LineIndex("a\r\rb").line_count(), 3u);
    EXPECT_EQ(LineIndex("a\n\rb").line_count(), 3u);
    EXPECT_EQ(LineIndex("\xef\xbb\xbf").line_count(), 0u);
    EXPECT_EQ(LineIndex("\xef\xbb\xbf\n").line_count(), 1u);
}

TEST(LineIndex, EndOfTextHasAPlace) {
    const std::string ended = "a\n";
    EXPECT_EQ(LineIndex(ended).line_col(2), (LineColumn{2, 1}));
    EXPECT_EQ(LineIndex(ended).line_col(99), (LineColumn{2, 1}));
    EXPECT_EQ(LineIndex(ended).line_range(2), (Range{2, 2}));
    EXPECT_EQ(LineIndex(ended).line_range(3), (Range{2, 2}));
    EXPECT_EQ(LineIndex(ended).line_range(0), (Range{2, 2}));
    EXPECT_EQ(LineIndex("").line_col(0), (LineColumn{1, 1}));
    EXPECT_EQ(LineIndex("").line_range(1), (Range{0, 0}));
}

TEST(LineIndex, ColumnsAreCodePointsUtf16UnitsOrBytes) {
    const std::string text = "x\n\xc3\xa9\xf0\x9f\x98\x80z\xff!";  // e acute, emoji, z, bad byte, !
    const LineIndex index(text);
    const auto z = static_cast<std::uint32_t>(text.find('z'));
    EXPECT_EQ(index.line_col(z), (LineColumn{2, 3}));
    EXPECT_EQ(index.line_col_utf16(z), (LineColumn{2, 4}));
    EXPECT_EQ(index.line_col_bytes(z), (LineColumn{2, 7}));
    EXPECT_EQ(index.line_col(z + 2), (LineColumn{2, 5}));  // after the bad byte
    EXPECT_EQ(index.line_col(z - 1), (LineColumn{2, 2}));  // inside the emoji
}

TEST(LineIndex, ByteOrderMarkIsNoColumn) {
    const std::string text =
        "\xef\xbb\xbf"
        "ab\n";
    const LineIndex index(text);
    EXPECT_EQ(index.line_col(0), (LineColumn{1, 1}));
    EXPECT_EQ(index.line_col(3), (LineColumn{1, 1}));
    EXPECT_EQ(index.line_col(4), (LineColumn{1, 2}));
    EXPECT_EQ(index.line_col_bytes(4), (LineColumn{1, 2}));
    EXPECT_EQ(index.line_col_utf16(4), (LineColumn{1, 2}));
    EXPECT_EQ(index.line_range(1), (Range{3, 5}));
    const std::string accented = "\xef\xbb\xbf\xc3\xa9z";
    EXPECT_EQ(LineIndex(accented).line_col(5), (LineColumn{1, 2}));
}

// The answer that needs no index: walk from the front.
LineColumn slow_line_col(const std::string& text, std::uint32_t offset) {
    LineColumn at;
    for (std::size_t i = has_bom(text) ? 3 : 0; i < offset && i < text.size();) {
        const Decoded unit = decode_one(text, i);
        if (i + unit.length > offset)
            break;
        const bool crlf = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (text[i] == '\n' || (text[i] == '\r' && !crlf)) {
            ++at.line;
            at.column = 1;
        } else {
            ++at.column;
        }
        i += unit.length;
    }
    return at;
}

TEST(LineIndex, AgreesWithASlowWalkOnRandomTexts) {
    std::mt19937 random(7);
    const std::string pieces[] = {"a",    "b",        "\n",           "\r",
                                  "\r\n", "\xc3\xa9", "\xe4\xb8\xad", "\xf0\x9f\x98\x80",
                                  "\xff", "\xe2\x82", "hello world"};
    for (int round = 0; round < 60; ++round) {
        std::string text = round % 5 == 0 ? "\xef\xbb\xbf" : "";
        const std::size_t length = random() % 900;
        while (text.size() < length)
            text += pieces[random() % std::size(pieces)];
        const LineIndex index(text);
        for (std::uint32_t offset = 0; offset <= text.size(); ++offset) {
            ASSERT_EQ(index.line_col(offset), slow_line_col(text, offset))
                << "round " << round << " offset " << offset;
        }
        for (std::uint32_t line = 1; line <= index.line_count(); ++line) {
            const Range range = index.line_range(line);
            const std::string content = text.substr(range.begin, range.size());
            ASSERT_EQ(content.find_first_of("\r\n"), std::string::npos);
            ASSERT_EQ(index.line(range.begin), line);
            ASSERT_EQ(index.line(range.end), line);
        }
    }
}

TEST(LineIndex, LongLinesDoNotMakeColumnsSlow) {
    std::string text;
    while (text.size() < 4'000'000)
        text += "\xc3\xa9[";
    const LineIndex index(text);
    const auto begin = ::docathon::CpuClock::now();
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < 100'000; ++i)
        sum += index.line_col(i * 40).column;
    const std::chrono::duration<double> took = ::docathon::CpuClock::now() - begin;
    EXPECT_GT(sum, 0u);
    EXPECT_LT(took.count(), 2.0);  // walking each time would take many minutes
}

}  // namespace
}  // namespace docathon

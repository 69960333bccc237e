// Lines of a text as docutils reads them, and where each byte stands in the file.

#include "lint/parse/rst/lines.h"

#include <gtest/gtest.h>

#include "lint/parse/rst/tree.h"

namespace docathon::rst {
namespace {

std::vector<std::string> texts(const LineSource& source) {
    std::vector<std::string> out;
    for (const Line& line : source.lines())
        out.emplace_back(line.text);
    return out;
}

LineSource whole(std::string_view bytes) {
    return LineSource(bytes, {{0, static_cast<std::uint32_t>(bytes.size())}});
}

using Texts = std::vector<std::string>;

TEST(RstLines, LineEndsOfPython) {
    EXPECT_EQ(texts(whole("a\nb\r\nc\rd\x1c"
                          "e\x1d"
                          "f\x1e"
                          "g")),
              (Texts{"a", "b", "c", "d", "e", "f", "g"}));
    EXPECT_EQ(texts(whole("a\xc2\x85"
                          "b\xe2\x80\xa8"
                          "c\xe2\x80\xa9"
                          "d\xe2\x80\xaa")),
              (Texts{"a", "b", "c", "d\xe2\x80\xaa"}));
    EXPECT_EQ(texts(whole("a\n\n")), (Texts{"a", ""}));
    EXPECT_EQ(texts(whole("")), Texts{});
    EXPECT_EQ(texts(whole("\xef\xbb\xbf"
                          "a")),
              Texts{"a"});
}

TEST(RstLines, TabsAndOtherWhiteSpace) {
    EXPECT_EQ(texts(whole("a\tb\n\tx\nabcdefgh\ty")),
              (Texts{"a       b", "        x", "abcdefgh        y"}));
    EXPECT_EQ(texts(whole("a\fb\vc\n\f")), (Texts{"a b c", ""}));
    EXPECT_EQ(texts(whole("a \t \n\xc2\xa0\nb\xe3\x80\x80")), (Texts{"a", "", "b"}));
    // A character is one column, whatever its bytes.
    EXPECT_EQ(texts(whole("\xc3\xa9\tb")), Texts{"\xc3\xa9       b"});
    EXPECT_EQ(texts(LineSource("a\tb", {{0, 3}}, 1, 4)), Texts{"a   b"});
}

TEST(RstLines, EveryByteHasItsPlace) {
    const std::string_view bytes = "xx\na\tb\fc\n";
    const LineSource source = whole(bytes);
    const Line& line = source.lines()[1];
    ASSERT_EQ(line.text, "a       b c");
    EXPECT_EQ(source.to_source(line, 0), 3u);
    EXPECT_EQ(source.to_source(line, 1), 4u);
    EXPECT_EQ(source.to_source(line, 8), 5u);  // behind the tab
    EXPECT_EQ(source.to_source(line, 4), 5u);  // inside of it: no further than its end
    EXPECT_EQ(source.to_source(line, 10), 7u);
    EXPECT_EQ(source.to_source(line, 11), 8u);
    EXPECT_EQ(source.range_of(line.part(8)), (Range{5, 8}));
    EXPECT_EQ(line.number, 2u);
}

TEST(RstLines, SlicesAreOneText) {
    const std::string_view bytes = "> a\n>\n> b\n";
    const LineSource source(bytes, {{2, 3}, {5, 5}, {8, 9}}, 7);
    EXPECT_EQ(texts(source), (Texts{"a", "", "b"}));
    EXPECT_EQ(source.lines()[2].number, 9u);
    EXPECT_EQ(source.range_of(source.lines()), (Range{2, 9}));
    Tree tree;
    const JoinedText text(tree, source, source.lines());
    EXPECT_EQ(text.text(), "a\n\nb");
    EXPECT_EQ(text.to_source(3), 8u);
    EXPECT_EQ(text.line_of(3), 2u);
}

TEST(RstLines, JoinedTextCopiesOnlyWhatIsCut) {
    const std::string_view bytes = "  ab\n  cd\n";
    const LineSource source = whole(bytes);
    Tree tree;
    const JoinedText same(tree, source, source.lines());
    EXPECT_EQ(same.text().data(), bytes.data());
    EXPECT_EQ(same.text(), "  ab\n  cd");
    const Lines cut = {source.lines()[0].part(2), source.lines()[1].part(2)};
    const JoinedText text(tree, source, cut);
    EXPECT_EQ(text.text(), "ab\ncd");
    EXPECT_EQ(text.to_source(0, 5), (Range{2, 9}));
    EXPECT_EQ(text.to_source(3), 7u);
}

TEST(RstLines, LongLinesCountCharacters) {
    EXPECT_EQ(whole("ab\n\xc3\xa9\xc3\xa9\xc3\xa9\n").longer_than(3), 0u);
    EXPECT_EQ(whole("ab\n\xc3\xa9\xc3\xa9\xc3\xa9\n").longer_than(2), 2u);
}

}  // namespace
}  // namespace docathon::rst

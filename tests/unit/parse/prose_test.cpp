#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "lint/model/prose_view.h"
#include "lint/parse/markdown/inline.h"

namespace docathon {
namespace {

constexpr std::string_view kObject = "\uFFFC";

class ProseTest : public testing::Test {
  protected:
    /// Reads `source` as one paragraph.
    ProseView prose(std::string_view source) {
        source_ = source;
        document_ = Document();
        const Range all{0, static_cast<std::uint32_t>(source_.size())};
        const NodeId id = document_.open(NodeKind::paragraph, all);
        markdown::InlineSyntax syntax;
        syntax.roles = syntax.dollar_math = syntax.gfm_autolinks = syntax.footnotes = true;
        syntax.attributes = true;
        markdown::InlineFindings findings;
        markdown::scan_inlines(MappedText(source_, all), source_, syntax, {}, document_, findings);
        document_.close();
        return ProseView(document_, source_, id);
    }
    /// Source of the first place where the prose says `words`.
    std::string source_of(const ProseView& view, std::string_view words) {
        const std::size_t at = view.text().find(words);
        if (at == std::string::npos)
            return "not there";
        const auto begin = static_cast<std::uint32_t>(at);
        const Range range = view.to_source(begin, begin + static_cast<std::uint32_t>(words.size()));
        return source_.substr(range.begin, range.size());
    }

    std::string source_;
    Document document_;
};

TEST_F(ProseTest, MarkupIsGone) {
    EXPECT_EQ(prose("a *b **c*** [d](e) ~f").text(), "a b c d ~f");
    EXPECT_EQ(prose("one  \ntwo\nthree").text(), "one two three");
    EXPECT_EQ(prose("wa<b>te</b>r<br>x<!-- y -->z").text(), "water xz");
    EXPECT_EQ(prose("see[^1] `x`{#id .c}").text(), "see " + std::string(kObject));
}

TEST_F(ProseTest, ObjectsAreOneCharacter) {
    const std::string o(kObject);
    EXPECT_EQ(prose("a `b c` d").text(), "a " + o + " d");
    EXPECT_EQ(prose("$x$ {ref}`y` ![alt *text*](z)!").text(), o + " " + o + " " + o + "!");
    EXPECT_EQ(prose("<https://a.b> https://c.d www.e.f g@h.ij").text(),
              o + " " + o + " " + o + " " + o);
}

TEST_F(ProseTest, CharactersAreDecoded) {
    EXPECT_EQ(prose("AT&amp;T \\*x\\* &copy;").text(), "AT&T *x* \u00a9");
}

TEST_F(ProseTest, MapsBack) {
    const ProseView view = prose("The *qui*ck &amp; `brown` [fox\njumps](x) over");
    EXPECT_EQ(source_of(view, "The"), "The");
    EXPECT_EQ(source_of(view, "quick"), "qui*ck");
    EXPECT_EQ(source_of(view, "&"), "&amp;");
    EXPECT_EQ(source_of(view, kObject), "`brown`");
    EXPECT_EQ(source_of(view, "fox jumps"), "fox\njumps");
    EXPECT_EQ(source_of(view, "over"), "over");
    EXPECT_EQ(view.to_source(0, 0), (Range{0, 0}));
}

TEST_F(ProseTest, MapsEveryStretchToItsOwnBytes) {
    const ProseView view = prose("a &lt; *b \\* c* [d&gt;](e) `f` g\nh");
    const auto size = static_cast<std::uint32_t>(view.text().size());
    for (std::uint32_t begin = 0; begin < size; ++begin) {
        Range before{};
        for (std::uint32_t end = begin + 1; end <= size; ++end) {
            const Range range = view.to_source(begin, end);
            ASSERT_LT(range.begin, range.end);
            ASSERT_LE(range.end, source_.size());
            ASSERT_GE(range.end, before.end) << "longer prose never maps to less source";
            before = range;
        }
    }
}

TEST_F(ProseTest, EmptyBlock) {
    const ProseView view = prose("");
    EXPECT_EQ(view.text(), "");
    EXPECT_EQ(view.to_source(0, 0), (Range{0, 0}));
}

}  // namespace
}  // namespace docathon

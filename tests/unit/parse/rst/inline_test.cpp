#include "lint/parse/rst/inline.h"

#include <ctime>

#include "tests/unit/parse/rst/parse_rst.h"

#include <gtest/gtest.h>

namespace docathon::rst {
namespace {

std::string shape(const std::string& text) {
    return ParsedRst(text).paragraph();
}

TEST(Inline, SimpleMarkup) {
    EXPECT_EQ(shape("a *b* **c** ``d`` e\n"),
              "'a ' emphasis('b') ' ' strong('c') ' ' literal('d') ' e'");
    EXPECT_EQ(shape("_`b c`\n"), "target('b c')");
    EXPECT_EQ(shape("|a b| |c|_ |d|__\n"),
              "substitution_reference('a b') ' ' reference(substitution_reference('c')) ' ' "
              "reference(substitution_reference('d'))");
    EXPECT_EQ(shape("[1]_ [#]_ [#x]_ [*]_ [cit2]_\n"),
              "footnote_reference('1') ' ' footnote_reference() ' ' footnote_reference() ' ' "
              "footnote_reference() ' ' citation_reference('cit2')");
    EXPECT_EQ(shape("a_ b__ c-d.e_ :f_: x_y_\n"),
              "reference('a') ' ' reference('b') ' ' reference('c-d.e') ' :' reference('f') ': ' "
              "reference('x_y')");
}

TEST(Inline, MarkupMayNotBeginOrEndAnywhere) {
    EXPECT_EQ(shape("2*x*3 a*b* * c * **d ** x\\ *y*\\ z\n").substr(0, 16), "'2*x*3 a*b* * c ");
    EXPECT_EQ(shape("x\\ *y*\\ z\n"), "'x' emphasis('y') 'z'");
    EXPECT_EQ(shape("(*a*), -*d*-\n"), "'(' emphasis('a') '), -' emphasis('d') '-'");
    // Between a pair of quotes a start-string is text.
    EXPECT_EQ(shape("(*) \"*\" '**' <*> \xe2\x80\x9c*\xe2\x80\x9d \xc2\xab*\xc2\xbb x*\n"),
              "'(*) \"*\" '**' <*> \xe2\x80\x9c*\xe2\x80\x9d \xc2\xab*\xc2\xbb x*'");
    EXPECT_EQ(shape("\xe2\x80\x94*a*\xe2\x80\xa6\n"),
              "'\xe2\x80\x94' emphasis('a') '\xe2\x80\xa6'");
    EXPECT_EQ(shape("\xc3\xa9*a* b\n"), "'\xc3\xa9*a* b'");
}

TEST(Inline, Escapes) {
    EXPECT_EQ(shape("\\*a* b\\\\ ``c\\`` \\ d \\_x\n"), "'*a* b\\ ' literal('c\\') ' d _x'");
    EXPECT_EQ(shape("*a\\*b*\n"), "emphasis('a*b')");
    const ParsedRst parsed("`a\\ b <c\\ d>`_\n");
    EXPECT_EQ(parsed.attribute(Tag::reference, "refuri"), "c d");
    EXPECT_EQ(parsed.attribute(Tag::reference, "name"), "ab");
}

TEST(Inline, RangesAreTheBytesOfTheFile) {
    const ParsedRst parsed("  x\n\n* a *b\n  c* `t <u>`_\n  :sub:`d` http://e.org \\*f g_\n");
    EXPECT_EQ(parsed.sources(Tag::emphasis), "*b\n  c*");
    EXPECT_EQ(parsed.sources(Tag::emphasis, true), "b\n  c");
    EXPECT_EQ(parsed.sources(Tag::reference), "`t <u>`_|http://e.org|g_");
    EXPECT_EQ(parsed.sources(Tag::target, true), "u");
    EXPECT_EQ(parsed.sources(Tag::subscript), ":sub:`d`");
    EXPECT_EQ(parsed.sources(Tag::subscript, true), "d");
}

TEST(Inline, PhraseReferences) {
    EXPECT_EQ(shape("`a b`_ `c`__\n"), "reference('a b') ' ' reference('c')");
    EXPECT_EQ(shape("`a <http://x.org>`_\n"), "reference('a') target()");
    EXPECT_EQ(shape("`a <http://x.org>`__\n"), "reference('a')");
    EXPECT_EQ(shape("`<http://x.org>`_\n"), "reference('http://x.org') target()");
    EXPECT_EQ(ParsedRst("`a <b c_>`_\n").attribute(Tag::reference, "refname"), "b c");
    EXPECT_EQ(ParsedRst("`a <http://x_>`_\n").attribute(Tag::reference, "refuri"), "http://x_");
    EXPECT_EQ(ParsedRst("`a <b\\_>`_\n").attribute(Tag::reference, "refuri"), "b_");
    EXPECT_EQ(ParsedRst("`a <x@y.org>`_\n").attribute(Tag::reference, "refuri"), "mailto:x@y.org");
    EXPECT_EQ(ParsedRst("`a <http://x\n/y z>`_\n").attribute(Tag::reference, "refuri"),
              "http://x/yz");
    EXPECT_EQ(ParsedRst("`A  b<c>`_\n").attribute(Tag::reference, "refname"), "a b<c>");
}

TEST(Inline, StandaloneHyperlinks) {
    EXPECT_EQ(
        shape("See http://a.org/b_(c)/?d=e#f. Mail x.y@z.org, (ftp://g).\n"),
        "'See ' reference('http://a.org/b_(c)/?d=e#f') '. Mail ' reference('x.y@z.org') ', (' "
        "reference('ftp://g') ').'");
    EXPECT_EQ(ParsedRst("x@y.org\n").attribute(Tag::reference, "refuri"), "mailto:x@y.org");
    // An unknown scheme ends the search, as it does in docutils.
    EXPECT_EQ(shape("foo:bar http://a.org\n"), "'foo:bar http://a.org'");
    EXPECT_EQ(shape("*foo:bar* http://a.org\n"),
              "emphasis('foo:bar') ' ' reference('http://a.org')");
    EXPECT_EQ(shape("<http://a.org>\n"), "'<' reference('http://a.org') '>'");
}

TEST(Inline, Messages) {
    EXPECT_EQ(ParsedRst("x *a\ny\n").messages(),
              "2 1 Inline emphasis start-string without end-string.\n");
    EXPECT_EQ(ParsedRst("\n\nx **a *b ``c |d _`e `f\n").messages(),
              "2 3 Inline strong start-string without end-string.\n"
              "2 3 Inline emphasis start-string without end-string.\n"
              "2 3 Inline literal start-string without end-string.\n"
              "2 3 Inline substitution_reference start-string without end-string.\n"
              "2 3 Inline target start-string without end-string.\n"
              "2 3 Inline interpreted text or phrase reference start-string without "
              "end-string.\n");
    EXPECT_EQ(ParsedRst(":a:`b`:c:\n").messages(),
              "2 1 Multiple roles in interpreted text (both prefix and suffix present; only one "
              "allowed).\n");
    EXPECT_EQ(ParsedRst(":sub:`b`_ x\n\n`b`:sub:_ x\n").messages(),
              "2 1 Mismatch: both interpreted text role prefix and reference suffix.\n"
              "2 3 Mismatch: both interpreted text role suffix and reference suffix.\n");
    EXPECT_EQ(ParsedRst("_`a` _`a`\n").messages(), "2 2 Duplicate explicit target name: \"a\".\n");
    EXPECT_EQ(ParsedRst("x *a\n").sources(Tag::problematic), "*");
}

TEST(Inline, OneStrayMarkAfterTheOther) {
    // The search goes on right behind a start-string without end.
    EXPECT_EQ(shape("**a *b*\n"), "problematic('**') 'a ' emphasis('b')");
    EXPECT_EQ(shape("x ****\n"), "'x ' problematic('**') problematic('**')");
    EXPECT_EQ(shape("`a` ``\n"), "title_reference('a') ' ``'");
}

TEST(Inline, InsideOfWords) {
    const Options options = plain_options({{"character_level_inline_markup", "true"}});
    EXPECT_EQ(ParsedRst("re``Structured``Text a*b*c\n", {}, options).paragraph(),
              "'re' literal('Structured') 'Text a' emphasis('b') 'c'");
    EXPECT_EQ(ParsedRst("a_b_c\n", {}, options).paragraph(), "reference('a_b') 'c'");
}

TEST(Inline, PepAndRfcOnlyWhenAskedFor) {
    EXPECT_EQ(shape("PEP 8, RFC 822\n"), "'PEP 8, RFC 822'");
    Options options = plain_options();
    options.pep_references = options.rfc_references = true;
    const ParsedRst parsed("See PEP 8, pep-0020.txt and RFC-2822, not PEPx 8.\n", {}, options);
    EXPECT_EQ(parsed.paragraph(),
              "'See ' reference('PEP 8') ', ' reference('pep-0020.txt') ' and ' "
              "reference('RFC-2822') ', not PEPx 8.'");
    EXPECT_EQ(parsed.attribute(Tag::reference, "refuri"), "https://peps.python.org/pep-0008");
}

/// 16 times the text takes at most 40 times the CPU time.
TEST(Inline, HostileTextTakesLinearTime) {
    for (const std::string piece :
         {"*a **a ", "`a ",  "``a ",      "|a ",  "[a]_ ",  "[a ",  "a-a-",
          "a_ ",     "_`a ", "a:b ",      "a@b ", ":a:`b ", "\\*a", "<a ",
          "a_-",     "x:a:", "`a <b>`_ ", "a.a.", "[[",     ":::"}) {
        const auto seconds = [&](std::size_t size) {
            std::string text = "x ";
            while (text.size() < size)
                text += piece;
            Options options = plain_options();
            options.line_length_limit = 1u << 30;
            const std::clock_t begin = std::clock();
            const ParsedRst parsed(text + "\n", {}, options);
            EXPECT_NE(parsed.first(Tag::paragraph), kNoElement);
            return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        };
        const double small = seconds(4'000);
        EXPECT_LT(seconds(64'000), 0.2 + 40 * small) << piece;
    }
}

}  // namespace
}  // namespace docathon::rst

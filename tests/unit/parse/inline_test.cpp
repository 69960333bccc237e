#include "lint/parse/markdown/inline.h"
#include "tests/unit/cpu_clock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace docathon::markdown {
namespace {

/// One paragraph, read.
struct Parsed {
    std::string source;
    Document document;
    InlineFindings findings;

    [[nodiscard]] std::string cut(Range range) const {
        return source.substr(range.begin, range.size());
    }
    /// First node of that kind; the test fails if there is none.
    [[nodiscard]] const Node& first(NodeKind kind) const {
        for (const Node& node : document.nodes()) {
            if (node.kind == kind)
                return node;
        }
        ADD_FAILURE() << "no " << to_string(kind) << " in " << source;
        return document.node(0);
    }
    [[nodiscard]] const NodeData& data(NodeKind kind) const { return document.data(first(kind)); }
    [[nodiscard]] std::size_t count(NodeKind kind) const {
        const auto nodes = document.nodes();
        return static_cast<std::size_t>(std::count_if(
            nodes.begin(), nodes.end(), [&](const Node& node) { return node.kind == kind; }));
    }
    [[nodiscard]] std::string plain() const { return plain_text(document, source, 0); }
    /// Kinds with the text of the leaves: `a[emphasis b]`.
    [[nodiscard]] std::string tree(NodeId parent = 0) const {
        std::string out;
        for (NodeId id = document.node(parent).first_child; id != kNoNode;
             id = document.node(id).next) {
            const Node& node = document.node(id);
            const NodeData& data = document.data(node);
            if (node.kind == NodeKind::text) {
                out += data.text.empty() ? cut(node.range) : data.text;
                continue;
            }
            out += '[';
            out += to_string(node.kind);
            if (node.first_child == kNoNode) {
                out += ' ' + (data.text.empty() || node.kind == NodeKind::role ? cut(node.content)
                                                                               : data.text);
            } else {
                out += ' ' + tree(id);
            }
            out += ']';
        }
        return out;
    }
};

Parsed parse(std::string source, const InlineSyntax& syntax = {},
             const LinkDefinitions& definitions = {}) {
    Parsed out;
    out.source = std::move(source);
    const Range all{0, static_cast<std::uint32_t>(out.source.size())};
    out.document.open(NodeKind::paragraph, all);
    scan_inlines(MappedText(out.source, all), out.source, syntax, definitions, out.document,
                 out.findings);
    out.document.close();
    return out;
}

LinkDefinitions definitions(std::string_view text) {
    LinkDefinitions out;
    DefinitionParts parts;
    for (std::size_t size = 0; (size = match_definition(text, parts)) != 0;
         text.remove_prefix(size)) {
        const auto cut = [&](Range range) { return text.substr(range.begin, range.size()); };
        out.emplace(
            normalize_label(cut(parts.label)),
            LinkDefinition{decode(cut(parts.destination)), decode(cut(parts.title)), {7, 9}});
    }
    return out;
}

InlineSyntax gfm() {
    InlineSyntax syntax;
    syntax.gfm_autolinks = syntax.strikethrough = syntax.footnotes = true;
    return syntax;
}

InlineSyntax myst() {
    InlineSyntax syntax;
    syntax.roles = syntax.dollar_math = syntax.substitutions = syntax.attributes = true;
    syntax.footnotes = true;
    return syntax;
}

InlineSyntax jekyll() {
    InlineSyntax syntax = gfm();
    syntax.liquid = syntax.kramdown_attributes = true;
    return syntax;
}

// ---- CommonMark
// -----------------------------------------------------------------------------------

TEST(Inline, Emphasis) {
    EXPECT_EQ(parse("a *b **c*** d").tree(), "a [emphasis b [strong c]] d");
    EXPECT_EQ(parse("***a** b*").tree(), "[emphasis [strong a] b]");
    EXPECT_EQ(parse("snake_case_name").tree(), "snake_case_name");
    EXPECT_EQ(parse("* a *").tree(), "* a *");
    EXPECT_EQ(parse("*foo**bar*").tree(), "[emphasis foo**bar]") << "multiple of 3";
    EXPECT_EQ(parse("*a _b* c_").tree(), "[emphasis a _b] c_");
    EXPECT_EQ(parse("**a*").tree(), "*[emphasis a]");
    EXPECT_EQ(parse("\u00a0*\u00a0a*").tree(), "\u00a0*\u00a0a*") << "Unicode white space";
    EXPECT_EQ(parse("*\u20ac*a").tree(), "*\u20ac*a") << "symbols are punctuation since 0.31";
}

TEST(Inline, EmphasisRanges) {
    const Parsed p = parse("x ***a** b* y");
    EXPECT_EQ(p.cut(p.first(NodeKind::emphasis).range), "***a** b*");
    EXPECT_EQ(p.cut(p.first(NodeKind::emphasis).content), "**a** b");
    EXPECT_EQ(p.cut(p.first(NodeKind::strong).range), "**a**");
    EXPECT_EQ(p.cut(p.first(NodeKind::strong).content), "a");
    const Parsed q = parse("**a*");
    EXPECT_EQ(q.first(NodeKind::emphasis).range, (Range{1, 4}));
}

TEST(Inline, Strikethrough) {
    EXPECT_EQ(parse("~a~ ~~b~~ ~~~c~~~", gfm()).tree(),
              "[strikethrough a] [strikethrough b] ~~~c~~~");
    EXPECT_EQ(parse("~a~~", gfm()).tree(), "~a~~");
    EXPECT_EQ(parse("~a~").tree(), "~a~") << "not CommonMark";
    const Parsed p = parse("~~*a*~~", gfm());
    EXPECT_EQ(p.cut(p.first(NodeKind::strikethrough).range), "~~*a*~~");
    EXPECT_EQ(p.cut(p.first(NodeKind::strikethrough).content), "*a*");
}

TEST(Inline, CodeSpans) {
    EXPECT_EQ(parse("`a` `` b`c `` ` `` `").tree(), "[code_span a] [code_span b`c] [code_span ``]");
    EXPECT_EQ(parse("`a").tree(), "`a");
    EXPECT_EQ(parse("``a`").tree(), "``a`");
    EXPECT_EQ(parse("\\`a`b`").tree(), "`a[code_span b]");
    EXPECT_EQ(parse("` `").tree(), "[code_span  ]") << "only spaces stay";
    EXPECT_EQ(parse("`a\nb`").tree(), "[code_span a b]");
    EXPECT_EQ(parse("*a `b*`").tree(), "*a [code_span b*]");
    // A failed search for one length keeps the closing runs of the others.
    EXPECT_EQ(parse("`` `a` `b`").tree(), "`` [code_span a] [code_span b]");
    const std::string long_run(100, '`');
    EXPECT_EQ(parse(long_run + "a" + long_run).tree(), "[code_span a]");
    const Parsed p = parse("x ``  a `` y");
    EXPECT_EQ(p.cut(p.first(NodeKind::code_span).range), "``  a ``");
    EXPECT_EQ(p.cut(p.first(NodeKind::code_span).content), " a");
    EXPECT_TRUE(p.data(NodeKind::code_span).text.empty());
    EXPECT_EQ(parse("`a\r\nb`").data(NodeKind::code_span).text, "a b");
}

TEST(Inline, InlineLinks) {
    const Parsed p = parse("see [the *text*](</a b.md> \"Ti\\\"t&amp;le\") end");
    EXPECT_EQ(p.tree(), "see [link the [emphasis text]] end");
    const Node& link = p.first(NodeKind::link);
    EXPECT_EQ(link.form, LinkForm::inline_link);
    EXPECT_EQ(p.cut(link.range), "[the *text*](</a b.md> \"Ti\\\"t&amp;le\")");
    EXPECT_EQ(p.cut(link.content), "the *text*");
    EXPECT_EQ(p.document.data(link).text, "/a b.md");
    EXPECT_EQ(p.cut(p.document.data(link).text_range), "/a b.md");
    EXPECT_EQ(p.document.data(link).title, "Ti\"t&le");
}

TEST(Inline, Destinations) {
    const auto destination = [](const std::string& text) {
        return parse(text).data(NodeKind::link).text;
    };
    EXPECT_EQ(destination("[a](b)"), "b");
    EXPECT_EQ(destination("[a]()"), "");
    EXPECT_EQ(destination("[a](<>)"), "");
    EXPECT_EQ(destination("[a](  b\n 'c'\n)"), "b");
    EXPECT_EQ(destination("[a](b(c(d)e)f)"), "b(c(d)e)f");
    EXPECT_EQ(destination("[a](b\\(c)"), "b(c");
    EXPECT_EQ(destination("[a](b&ouml;%20\\*\\x)"), "b\u00f6%20*\\x");
    EXPECT_EQ(destination("[a](b'c)"), "b'c");
    EXPECT_EQ(destination("[a](#b?c=d&e=f)"), "#b?c=d&e=f");
    EXPECT_EQ(destination("[a](\\&amp;)"), "&amp;") << "one pass from left to right";
    const Parsed p = parse("[a](b&ouml;\\*)");
    EXPECT_EQ(p.cut(p.data(NodeKind::link).text_range), "b&ouml;\\*");
    const Parsed q = parse("[a](<>)");
    EXPECT_EQ(q.data(NodeKind::link).text_range, (Range{5, 5}));

    for (const char* text : {"[a](b c)", "[a](b (c)", "[a](<b\nc>)", "[a](<b)", "[a](b", "[a] (b)",
                             "[a](b \"c\" d)", "[a](b \"c\\\")", "[a](b\"c\"", "[a](<b>c)"}) {
        EXPECT_EQ(parse(text).count(NodeKind::link), 0u) << text;
    }
    const std::string deep = "[a](" + std::string(32, '(') + std::string(32, ')') + ")";
    EXPECT_EQ(parse(deep).count(NodeKind::link), 1u);
    const std::string deeper = "[a](" + std::string(33, '(') + std::string(33, ')') + ")";
    EXPECT_EQ(parse(deeper).count(NodeKind::link), 0u) << "cmark's limit";
}

TEST(Inline, BracketsAndLinks) {
    EXPECT_EQ(parse("[a [b](c) d](e)").tree(), "[a [link b] d](e)") << "no links in links";
    EXPECT_EQ(parse("[a [b](c) [d] e](f)").tree(), "[a [link b] [d] e](f)");
    EXPECT_EQ(parse("[![a](b)](c)").tree(), "[link [image a]]");
    EXPECT_EQ(parse("![a [b](c)](d)").tree(), "[image a [link b]]");
    EXPECT_EQ(parse("[[a]](b)").tree(), "[link [a]]");
    EXPECT_EQ(parse("*[a*](b)").tree(), "*[link a*]");
    EXPECT_EQ(parse("[a*](b)*").tree(), "[link a*]*");
    EXPECT_EQ(parse("[a `](b)`").tree(), "[a [code_span ](b)]");
    EXPECT_EQ(parse("[a <b c=\"](d)\">").tree(), "[a [html_inline <b c=\"](d)\">]");
    EXPECT_EQ(parse("[a <b](c)>").tree(), "[link a <b]>") << "no HTML";
}

TEST(Inline, Images) {
    const Parsed p = parse("![alt *text*](a.png 'T')");
    const Node& image = p.first(NodeKind::image);
    EXPECT_EQ(p.cut(image.range), "![alt *text*](a.png 'T')");
    EXPECT_EQ(p.cut(image.content), "alt *text*");
    EXPECT_EQ(p.document.data(image).text, "a.png");
    EXPECT_EQ(p.plain(), "alt text");
    EXPECT_EQ(parse("!\\[a](b)").tree(), "![a](b)");
    EXPECT_EQ(parse("\\![a](b)").tree(), "![link a]");
}

TEST(Inline, References) {
    const LinkDefinitions known = definitions("[Foo]: /url 'T'\n[\u00df x]: <b c>\n");
    const auto check = [&](const std::string& text, LinkForm form, const std::string& range,
                           const std::string& name) {
        const Parsed p = parse(text, {}, known);
        const Node& link = p.first(NodeKind::link);
        EXPECT_EQ(link.form, form) << text;
        EXPECT_EQ(p.cut(link.range), range);
        EXPECT_EQ(p.document.data(link).name, name);
        EXPECT_EQ(p.cut(p.document.data(link).name_range), name);
        EXPECT_EQ(p.document.data(link).text_range, (Range{7, 9})) << "the definition's";
    };
    check("a [b][fOO] c", LinkForm::full, "[b][fOO]", "fOO");
    check("a [foo][] c", LinkForm::collapsed, "[foo][]", "foo");
    check("a [FOO] c", LinkForm::shortcut, "[FOO]", "FOO");
    check("a [b][SS\n x] c", LinkForm::full, "[b][SS\n x]", "SS\n x");
    check("a [foo](b c", LinkForm::shortcut, "[foo]", "foo");
    check("a [foo][ ] c", LinkForm::shortcut, "[foo]", "foo");
    EXPECT_EQ(parse("[b][foo]", {}, known).data(NodeKind::link).text, "/url");
    EXPECT_EQ(parse("[b][foo]", {}, known).data(NodeKind::link).title, "T");
    EXPECT_EQ(parse("[foo [a]]", {}, known).count(NodeKind::link), 0u) << "brackets in the label";
    EXPECT_EQ(parse("![foo]", {}, known).count(NodeKind::image), 1u);
    EXPECT_EQ(parse("[foo][bar][foo]", {}, known).tree(), "[foo][link bar]");
    const std::string too_long(1001, 'x');
    EXPECT_EQ(parse("[" + too_long + "]", {}, definitions("[x]: y\n")).count(NodeKind::link), 0u);
}

TEST(Inline, ReferenceExpansionIsBounded) {
    LinkDefinitions known;
    known["a"] = {std::string(2000, 'x'), "", {}};
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += "[a] ";
    const Parsed p = parse(text, {}, known);
    EXPECT_EQ(p.count(NodeKind::link), 50u) << "100,000 bytes, as cmark-gfm";
    EXPECT_EQ(p.findings.reference_bytes, 100000u);
}

TEST(Inline, UndefinedReferences) {
    const LinkDefinitions known = definitions("[known]: /u\n");
    const auto undefined = [&](const std::string& text, const InlineSyntax& syntax = {}) {
        std::vector<std::string> out;
        const Parsed p = parse(text, syntax, known);
        for (const UndefinedReference& reference : p.findings.undefined_references) {
            out.push_back(reference.label + "|" + p.cut(reference.range));
        }
        return out;
    };
    using Strings = std::vector<std::string>;
    EXPECT_EQ(undefined("a [b][c] d"), (Strings{"c|[b][c]"}));
    EXPECT_EQ(undefined("a [b][] d"), (Strings{"b|[b][]"}));
    EXPECT_EQ(undefined("![b][c]"), (Strings{"c|![b][c]"}));
    EXPECT_EQ(undefined("[`b`][*c*]"), (Strings{"*c*|[`b`][*c*]"}));
    EXPECT_EQ(undefined("x[0][1]"), (Strings{"1|[0][1]"})) << "recorded; the rule decides";
    EXPECT_EQ(undefined("[a] [known] [b][known] [known][]"), (Strings{}));
    EXPECT_EQ(undefined("[a][b](c)"), (Strings{})) << "[b](c) is a link";
    EXPECT_EQ(undefined("[a][b][known]"), (Strings{})) << "[b][known] is a link";
    EXPECT_EQ(undefined("`[a][b]` <i x=\"[a][b]\"> \\[a][b] [a\\][b]"), (Strings{}));
    EXPECT_EQ(undefined("[][a] [a][ ] [a [b][]"), (Strings{"b|[b][]"}));
    EXPECT_EQ(undefined("[a][^1] [^a][b]", gfm()), (Strings{})) << "footnotes";
    EXPECT_EQ(undefined("[a][b] [c][d]"), (Strings{"b|[a][b]", "d|[c][d]"}));
}

TEST(Inline, Autolinks) {
    const Parsed p = parse("a <https://x.y/?a=1&amp;b\\*> b");
    const Node& link = p.first(NodeKind::link);
    EXPECT_EQ(link.form, LinkForm::autolink);
    EXPECT_EQ(p.cut(link.range), "<https://x.y/?a=1&amp;b\\*>");
    EXPECT_EQ(p.document.data(link).text, "https://x.y/?a=1&b\\*") << "no backslash escapes";
    EXPECT_EQ(p.cut(p.document.data(link).text_range), "https://x.y/?a=1&amp;b\\*");
    EXPECT_EQ(p.plain(), "a https://x.y/?a=1&b\\* b");
    EXPECT_EQ(parse("<a@b.c>").data(NodeKind::link).text, "mailto:a@b.c");
    EXPECT_EQ(parse("<MAILTO:a>").data(NodeKind::link).text, "MAILTO:a");
    for (const char* text :
         {"<a:>", "<m:x y>", "< https://a>", "<a@b_c>", "<a@-b>", "<https://a\nb>"}) {
        EXPECT_EQ(parse(text).count(NodeKind::link), 0u) << text;
    }
}

TEST(Inline, RawHtml) {
    EXPECT_EQ(parse("a <b c='d' e>f</b > <br/>").tree(),
              "a [html_inline <b c='d' e>]f[html_inline </b >] [html_inline <br/>]");
    EXPECT_EQ(parse("<?a?> <!X y> <![CDATA[>]]>").tree(),
              "[html_inline <?a?>] [html_inline <!X y>] [html_inline <![CDATA[>]]>]");
    for (const char* text : {"<33>", "<a h*#>", "<a \"b\">", "< a>", "<a b='c>", "<a b=c=d>",
                             "</a b>", "<a\"b\">", "<!-- a", "<? a", "<!a", "<![CDATA[ a ]"}) {
        EXPECT_EQ(parse(text).count(NodeKind::html_inline), 0u) << text;
    }
    EXPECT_EQ(parse("*a <b c=\"*\">").count(NodeKind::emphasis), 0u);
}

TEST(Inline, Comments) {
    const Parsed p = parse("a <!-- b -- *c* --> d");
    EXPECT_EQ(p.cut(p.first(NodeKind::comment).range), "<!-- b -- *c* -->");
    EXPECT_EQ(p.cut(p.first(NodeKind::comment).content), " b -- *c* ");
    EXPECT_EQ(parse("<!-->a -->").tree(), "[comment ]a -->");
    EXPECT_EQ(parse("<!--->a -->").tree(), "[comment ]a -->");
    EXPECT_EQ(parse("<!---->a").tree(), "[comment ]a");
}

TEST(Inline, LineBreaks) {
    const Parsed p = parse("a\nb  \n  c\\\nd\te \nf");
    std::vector<int> levels;
    for (const Node& node : p.document.nodes()) {
        if (node.kind == NodeKind::line_break)
            levels.push_back(node.level);
    }
    EXPECT_EQ(levels, (std::vector<int>{0, 1, 1, 0}));
    EXPECT_EQ(p.plain(), "a b c d\te f");
    EXPECT_EQ(parse("a\r\nb\rc").plain(), "a b c");
    EXPECT_EQ(parse("a\\").tree(), "a\\");
    EXPECT_EQ(parse("a  ").tree(), "a") << "trailing space is no break";
}

TEST(Inline, EscapesAndEntities) {
    const Parsed p = parse("\\*a\\* &lt;b&#62; &nosuch; \\a &#0;");
    EXPECT_EQ(p.plain(), "*a* <b> &nosuch; \\a \ufffd");
    EXPECT_EQ(p.count(NodeKind::emphasis), 0u);
    // What does not stand for itself is a text node of its own.
    bool found = false;
    for (const Node& node : p.document.nodes()) {
        if (p.document.data(node).text == "<") {
            EXPECT_EQ(p.cut(node.range), "&lt;");
            found = true;
        }
    }
    EXPECT_TRUE(found);
    EXPECT_EQ(parse("&lt;a>").count(NodeKind::html_inline), 0u);
}

TEST(Inline, TextsThatTouchAreOneNode) {
    const Parsed p = parse("a [b] * c ** d ! ] _ e");
    EXPECT_EQ(p.count(NodeKind::text), 1u);
    EXPECT_EQ(p.cut(p.first(NodeKind::text).range), p.source);
}

TEST(Inline, Labels) {
    EXPECT_EQ(normalize_label("  A\n\tb  C "), "a b c");
    EXPECT_EQ(normalize_label("\u1e9e\u00df\u0391\u03a3"), "ssss\u03b1\u03c3");
    EXPECT_EQ(normalize_label("\u0130"), "i\u0307");
    EXPECT_EQ(normalize_label("a\xff"), "a\xff") << "invalid UTF-8 stays";
    EXPECT_EQ(normalize_label("a\\]"), "a\\]");
    EXPECT_EQ(normalize_label(" \n"), "");
}

TEST(Inline, Decode) {
    EXPECT_EQ(decode("a\\*b\\c&amp;&#x41;&nosuch;\\"), "a*b\\c&A&nosuch;\\");
    EXPECT_EQ(decode("{{ a\\* }}\\*"), "{{ a* }}*");
    EXPECT_EQ(decode("{{ a\\* }}\\*", true), "{{ a\\* }}*");
}

TEST(Inline, DefinitionParts) {
    const auto parts = [](std::string_view text) {
        DefinitionParts found;
        const std::size_t size = match_definition(text, found);
        if (size == 0)
            return std::string("none");
        const auto cut = [&](Range range) {
            return std::string(text.substr(range.begin, range.size()));
        };
        return std::to_string(size) + "|" + cut(found.label) + "|" + cut(found.destination) + "|" +
               cut(found.title);
    };
    EXPECT_EQ(parts("[a]: b"), "6|a|b|");
    EXPECT_EQ(parts("[a]: b\nc"), "7|a|b|");
    EXPECT_EQ(parts("[a]:\n  <b c>\n  'd\ne' \nf"), "22|a|b c|d\ne");
    EXPECT_EQ(parts("[a b\\]]: <> (t)"), "15|a b\\]||t");
    EXPECT_EQ(parts("[a]: b\r\n"), "8|a|b|");
    EXPECT_EQ(parts("[a]: b\n\"t\" x\n"), "7|a|b|") << "no title, the next line is text";
    EXPECT_EQ(parts("[a]: b \"t\" x"), "none");
    EXPECT_EQ(parts("[a]: b c"), "none");
    EXPECT_EQ(parts("[a]:"), "none");
    EXPECT_EQ(parts("[a]: <b>c"), "none");
    EXPECT_EQ(parts("[ ]: b"), "none");
    EXPECT_EQ(parts("[a[]: b"), "none");
    EXPECT_EQ(parts("[a] : b"), "none");
    EXPECT_EQ(parts("[a]: b\"t\""), "9|a|b\"t\"|");
    DefinitionParts found;
    EXPECT_EQ(match_definition("[a]: {{ x y }}/z\n", found), 0u);
    EXPECT_EQ(match_definition("[a]: {{ x y }}/z\n", found, true), 17u);
    EXPECT_EQ(found.destination, (Range{5, 16}));
}

// ---- GFM
// ------------------------------------------------------------------------------------------

std::vector<std::string> bare_links(const std::string& text, const InlineSyntax& syntax = gfm()) {
    std::vector<std::string> out;
    const Parsed p = parse(text, syntax);
    for (const Node& node : p.document.nodes()) {
        if (node.kind != NodeKind::link || node.form != LinkForm::bare)
            continue;
        out.push_back(p.cut(node.range) + "|" + p.document.data(node).text);
        EXPECT_EQ(p.document.data(node).text_range, node.range);
    }
    return out;
}

TEST(Inline, BareUrls) {
    using Strings = std::vector<std::string>;
    EXPECT_EQ(bare_links("a www.b.c d"), (Strings{"www.b.c|http://www.b.c"}));
    EXPECT_EQ(
        bare_links("https://a.b/c?d=e&f, (http://g.h/i_(j))."),
        (Strings{"https://a.b/c?d=e&f|https://a.b/c?d=e&f", "http://g.h/i_(j)|http://g.h/i_(j)"}));
    EXPECT_EQ(bare_links("ftp://a HTTP://b.c"),
              (Strings{"ftp://a|ftp://a", "HTTP://b.c|HTTP://b.c"}));
    EXPECT_EQ(bare_links("http://a.b&copy; http://a.b&x;y"),
              (Strings{"http://a.b|http://a.b", "http://a.b&x;y|http://a.b&x;y"}));
    EXPECT_EQ(bare_links("http://a.b<c http://d.e*"),
              (Strings{"http://a.b|http://a.b", "http://d.e|http://d.e"}));
    EXPECT_EQ(bare_links("**http://a.b**"), (Strings{"http://a.b|http://a.b"}));
    EXPECT_EQ(bare_links("xhttp://a.b xwww.a.b http:// http://a_b.c www.a._b git://a.b"),
              (Strings{}));
    EXPECT_EQ(bare_links("`http://a.b` <a href=\"http://a.b\"> [http://a.b](c)"), (Strings{}));
    EXPECT_EQ(bare_links("[ http://a.b"), (Strings{})) << "an open bracket, as cmark-gfm";
    EXPECT_EQ(bare_links("http://a.b www.a.b x@y.z", InlineSyntax()), (Strings{}));
    EXPECT_EQ(bare_links("http://b\u00fccher.de/\u00e9"),
              (Strings{"http://b\u00fccher.de/\u00e9|http://b\u00fccher.de/\u00e9"}));
}

TEST(Inline, BareMail) {
    using Strings = std::vector<std::string>;
    EXPECT_EQ(bare_links("a b.c+d@e-f.gh."), (Strings{"b.c+d@e-f.gh|mailto:b.c+d@e-f.gh"}));
    EXPECT_EQ(bare_links("mailto:a@b.c xmpp:a@b.c/d"),
              (Strings{"mailto:a@b.c|mailto:a@b.c", "xmpp:a@b.c/d|xmpp:a@b.c/d"}));
    EXPECT_EQ(bare_links("a@b a@b.c_ a@b.1 @b.c"), (Strings{}));
    EXPECT_EQ(bare_links("a\\_b@c.de, &lt;x@y.zz&gt;"),
              (Strings{"a\\_b@c.de|mailto:a_b@c.de", "x@y.zz|mailto:x@y.zz"}));
    EXPECT_EQ(bare_links("[a@b.cd](e) [a@b.cd]"), (Strings{"a@b.cd|mailto:a@b.cd"}));
    EXPECT_EQ(parse("x a\\_b@c.de y", gfm()).plain(), "x a_b@c.de y");
}

TEST(Inline, Footnotes) {
    const Parsed p = parse("a[^n-1] ![^b]", gfm());
    EXPECT_EQ(p.tree(), "a[footnote_reference n-1] ![footnote_reference b]");
    EXPECT_EQ(p.data(NodeKind::footnote_reference).name, "n-1");
    EXPECT_EQ(p.cut(p.first(NodeKind::footnote_reference).range), "[^n-1]");
    EXPECT_EQ(parse("[^a b] [^] [^a[b]] [^c](d)", gfm()).count(NodeKind::footnote_reference), 0u);
    EXPECT_EQ(parse("*a [^*]", gfm()).tree(), "*a [footnote_reference *]");
    EXPECT_EQ(parse("[^a]").count(NodeKind::footnote_reference), 0u);
}

TEST(Inline, Math) {
    InlineSyntax syntax;
    syntax.dollar_math = true;
    EXPECT_EQ(parse("a $x_1 *y* $ $$z$$", syntax).tree(),
              "a [math_inline x_1 *y* ] [math_inline z]");
    EXPECT_EQ(parse("\\$a$b\\$c$ $$", syntax).tree(), "$a[math_inline b\\$c] $$");
    EXPECT_EQ(parse("$5 and [a](b) for $6", syntax).count(NodeKind::link), 0u) << "dollarmath";
    syntax.strict_dollars = true;
    EXPECT_EQ(parse("$5 and [a](b) for $6", syntax).count(NodeKind::link), 1u) << "GitHub";
    EXPECT_EQ(parse("$x$ US$ a$ $y$z ($w$)", syntax).tree(),
              "[math_inline x] US$ a$ $y$z ([math_inline w])");
    InlineSyntax github;
    github.backtick_math = true;
    EXPECT_EQ(parse("a $`x`$ `b`", github).tree(), "a [math_inline x] [code_span b]");
    EXPECT_EQ(parse("a $x$").tree(), "a $x$");
    EXPECT_EQ(parse("$[a](b)$", myst()).plain(), "[a](b)");
}

// ---- MyST
// -----------------------------------------------------------------------------------------

TEST(Inline, Roles) {
    const Parsed p = parse("see {py:class}`~a.B <c>` and {doc}``x`y``", myst());
    EXPECT_EQ(p.count(NodeKind::role), 2u);
    const NodeData& data = p.data(NodeKind::role);
    EXPECT_EQ(data.name, "py:class");
    EXPECT_EQ(p.cut(data.name_range), "py:class");
    EXPECT_EQ(data.text, "~a.B <c>");
    EXPECT_EQ(p.cut(data.text_range), "~a.B <c>");
    EXPECT_EQ(p.cut(p.first(NodeKind::role).range), "{py:class}`~a.B <c>`");
    EXPECT_EQ(p.plain(), "see ~a.B and x`y");
    EXPECT_EQ(parse("{a}`b\nc`", myst()).data(NodeKind::role).text, "b c");
    EXPECT_EQ(parse("\\{a}`b`", myst()).tree(), "{a}[code_span b]");
    EXPECT_EQ(parse("{a b}`c` {}`d` {e} `f` {g}`h", myst()).count(NodeKind::role), 0u);
    EXPECT_EQ(parse("{a}`b`").count(NodeKind::role), 0u);
    // The closing backticks may be the beginning of a longer run.
    EXPECT_EQ(parse("{a}`b``", myst()).tree(), "[role b]`");
}

TEST(Inline, Substitutions) {
    const Parsed p = parse("a {{ name }} {{x}}{{ y", myst());
    EXPECT_EQ(p.tree(), "a [substitution name] [substitution x]{{ y");
    EXPECT_EQ(p.data(NodeKind::substitution).name, "name");
    EXPECT_EQ(p.cut(p.first(NodeKind::substitution).range), "{{ name }}");
}

TEST(Inline, Attributes) {
    const Parsed p =
        parse("[a](b){#id .c k=v} `d`{.e}{#f} ![g](h){w=\"1 2\" % x %} i {#j}", myst());
    EXPECT_EQ(p.tree(),
              "[link a][attributes #id .c k=v] [code_span d][attributes .e][attributes #f] "
              "[image g][attributes w=\"1 2\" % x %] i {#j}");
    EXPECT_EQ(p.data(NodeKind::attributes).name, "id");
    EXPECT_EQ(p.cut(p.data(NodeKind::attributes).name_range), "id");
    EXPECT_EQ(p.plain(), "a d g i {#j}");
    EXPECT_EQ(parse("[a](b){c d} `e`{f=\"{\"}", myst()).count(NodeKind::attributes), 0u);
    EXPECT_EQ(parse("[a](b) {#c}", myst()).count(NodeKind::attributes), 0u);
    EXPECT_EQ(parse("[a](b){#c}").tree(), "[link a]{#c}");
}

TEST(Inline, Spans) {
    const Parsed p = parse("a [b *c*]{#d} e", myst());
    EXPECT_EQ(p.tree(), "a b [emphasis c][attributes #d] e");
    EXPECT_EQ(p.plain(), "a b c e");
    EXPECT_EQ(p.cut(p.first(NodeKind::attributes).range), "{#d}");
    EXPECT_EQ(parse("[a [b](c)]{.d}", myst()).tree(), "a [link b][attributes .d]");
    EXPECT_EQ(parse("[a]{b c}", myst()).tree(), "[a]{b c}");
}

// ---- Jekyll
// ---------------------------------------------------------------------------------------

TEST(Inline, LiquidTags) {
    const Parsed p = parse("a {{ x | y: \"*b*\" }} {%- link _posts/c d.md -%} *e*", jekyll());
    EXPECT_EQ(p.count(NodeKind::template_tag), 2u);
    EXPECT_EQ(p.count(NodeKind::emphasis), 1u);
    EXPECT_EQ(p.cut(p.first(NodeKind::template_tag).range), "{{ x | y: \"*b*\" }}");
    EXPECT_EQ(p.data(NodeKind::template_tag).text, "x | y: \"*b*\"");
    const NodeData& tag = p.document.data(
        *std::find_if(p.document.nodes().begin(), p.document.nodes().end(), [&](const Node& node) {
            return node.kind == NodeKind::template_tag && p.document.data(node).name == "link";
        }));
    EXPECT_EQ(tag.text, "_posts/c d.md");
    EXPECT_EQ(p.cut(tag.text_range), "_posts/c d.md");
    EXPECT_EQ(parse("{{ a", jekyll()).tree(), "{{ a");
}

TEST(Inline, LiquidInLinks) {
    const Parsed p = parse("![x]({{ site.url }}/assets/a.png \"{{ \"t\" }}\")", jekyll());
    const NodeData& data = p.data(NodeKind::image);
    EXPECT_EQ(data.text, "{{ site.url }}/assets/a.png");
    EXPECT_EQ(p.cut(data.text_range), "{{ site.url }}/assets/a.png");
    EXPECT_EQ(data.title, "{{ \"t\" }}");
    EXPECT_EQ(parse("[a]({% link _posts/b(.md %}#c)", jekyll()).data(NodeKind::link).text,
              "{% link _posts/b(.md %}#c");
    EXPECT_EQ(parse("[a](<{{ b > c }}>)", jekyll()).data(NodeKind::link).text, "{{ b > c }}");
    EXPECT_EQ(parse("<a href=\"{{ \"b\" | c }}\">", jekyll()).count(NodeKind::html_inline), 1u);
    EXPECT_EQ(parse("[a]({{ b }}/c)").count(NodeKind::link), 0u) << "plain CommonMark";
}

TEST(Inline, KramdownAttributes) {
    const Parsed p = parse("![a](b.png){:style=\"width:100%\" #c} *d*{: .e} [f](g){:h}", jekyll());
    EXPECT_EQ(p.tree(),
              "[image a][attributes :style=\"width:100%\" #c] [emphasis d][attributes : .e] "
              "[link f][attributes :h]");
    EXPECT_EQ(p.data(NodeKind::attributes).name, "c");
    EXPECT_EQ(parse("a\n{: #b .c}", jekyll()).data(NodeKind::attributes).name, "b");
    EXPECT_EQ(parse("a {: .b} c", jekyll()).count(NodeKind::attributes), 0u) << "after text";
    EXPECT_EQ(parse("[a](b){: id=\"c d\"}", jekyll()).data(NodeKind::attributes).name, "c d");
    EXPECT_EQ(parse("2025\\. (May 23\\)", jekyll()).plain(), "2025. (May 23)");
}

// ---- positions
// ------------------------------------------------------------------------------------

TEST(Inline, RangesGoThroughTheMap) {
    const std::string source = "> > a [b\n> > c](d) `e\n> > f` g\\\n> > h";
    MappedText text;
    std::size_t line = 0;
    while (line < source.size()) {
        const std::size_t end = std::min(source.find('\n', line), source.size() - 1) + 1;
        text.append(source,
                    {static_cast<std::uint32_t>(line + 4), static_cast<std::uint32_t>(end)});
        line = end;
    }
    Parsed p;
    p.source = source;
    p.document.open(NodeKind::paragraph, {0, static_cast<std::uint32_t>(source.size())});
    scan_inlines(text, source, {}, {}, p.document, p.findings);
    p.document.close();
    EXPECT_EQ(p.cut(p.first(NodeKind::link).range), "[b\n> > c](d)");
    EXPECT_EQ(p.cut(p.data(NodeKind::link).text_range), "d");
    EXPECT_EQ(p.cut(p.first(NodeKind::code_span).range), "`e\n> > f`");
    EXPECT_EQ(p.data(NodeKind::code_span).text, "e f");
    EXPECT_EQ(p.plain(), "a b c e f g h");
}

TEST(Inline, BytesLeftOutOfATableCell) {
    const std::string source = "a \\| `b \\| c` [d](e\\|f)";
    MappedText text;
    std::uint32_t from = 0;
    for (std::uint32_t i = 0; i + 1 < source.size(); ++i) {
        if (source[i] == '\\' && source[i + 1] == '|') {
            text.append(source, {from, i});
            from = i + 1;
        }
    }
    text.append(source, {from, static_cast<std::uint32_t>(source.size())});
    Parsed p;
    p.source = source;
    p.document.open(NodeKind::table_cell, {0, static_cast<std::uint32_t>(source.size())});
    scan_inlines(text, source, {}, {}, p.document, p.findings);
    p.document.close();
    EXPECT_EQ(p.plain(), "a | b | c d");
    EXPECT_EQ(p.data(NodeKind::code_span).text, "b | c");
    EXPECT_EQ(p.data(NodeKind::link).text, "e|f");
    EXPECT_EQ(p.cut(p.data(NodeKind::link).text_range), "e\\|f");
    EXPECT_EQ(p.cut(p.first(NodeKind::text).range), "a \\| ");
}

TEST(Inline, ChildrenLieWithinTheirParents) {
    InlineSyntax all = jekyll();
    all.roles = all.dollar_math = all.attributes = true;
    const Parsed p = parse(
        "*a [b **c** `d`](e){#f} {g}`h`* $i$ ![j *k*](l) ~~m <n@o.p> q@r.st~~ {{ u }} \\* &amp; "
        "[^v]\nw",
        all);
    for (NodeId id = 1; id < p.document.nodes().size(); ++id) {
        const Node& node = p.document.node(id);
        ASSERT_TRUE(node.range.contains(node.content)) << to_string(node.kind);
        const Node& parent = p.document.node(node.parent);
        ASSERT_TRUE(parent.content.contains(node.range)) << to_string(node.kind);
        if (node.next == kNoNode)
            continue;
        ASSERT_LE(node.range.end, p.document.node(node.next).range.begin);
    }
    EXPECT_EQ(p.document.depth(), 0u);
}

// ---- hostile input
// --------------------------------------------------------------------------------

TEST(Inline, HostileInputIsLinear) {
    std::vector<std::string> inputs;
    for (const char* unit : {"[",       "*a **a ", "`a",        "<",        "![",        "[a](",
                             "![a]",    "[a][b]",  "<a ",       "a**b c* ", "<!--",      "$",
                             "$$",      "{{",      "{a}`",      "{a}`` ",   "&",         "&#",
                             "~",       "*~",      "]",         "](a)",     "[a](<",     "[a](b \"",
                             "[^a",     "<a x='",  "http://a_", "www._",    "a@",        "a@b.",
                             "{%",      "[a]({{",  "{: ",       "[a](b){%", "[a](b){: ", "\\",
                             "_a __a ", "[a] ",    "*_",        "<?",       "<![CDATA["}) {
        std::string text;
        while (text.size() < 200000)
            text += unit;
        inputs.push_back(std::move(text));
    }
    const auto times = [](std::string_view unit, int count) {
        std::string out;
        for (int i = 0; i < count; ++i)
            out += unit;
        return out;
    };
    inputs.push_back(times("[", 100000) + times("]", 100000));
    inputs.push_back(times("![", 50000) + times("](a)", 50000));
    inputs.push_back(times("![", 50000) + times("[a](b)", 50000));
    inputs.push_back(times("*", 100000) + "a" + times("*", 100000));
    inputs.push_back(times("a**b", 30000) + times("c* ", 30000));
    inputs.push_back("*" + times("~", 200000) + "*");
    std::string ticks;
    for (int i = 1; i <= 600; ++i)
        ticks += std::string(static_cast<std::size_t>(i), '`') + " ";
    inputs.push_back(ticks);
    std::string roles;
    for (int i = 600; i > 0; --i)
        roles += "{a}" + std::string(static_cast<std::size_t>(i), '`') + " ";
    inputs.push_back(roles + times("` ", 50000));

    InlineSyntax all = jekyll();
    all.roles = all.dollar_math = all.backtick_math = all.substitutions = all.attributes = true;
    LinkDefinitions known;
    known["a"] = {std::string(1000, 'x'), "", {}};
    const auto start = ::docathon::CpuClock::now();
    for (const std::string& input : inputs) {
        for (const InlineSyntax& syntax : {InlineSyntax(), gfm(), myst(), all}) {
            const Parsed p = parse(input, syntax, known);
            EXPECT_EQ(p.document.depth(), 0u);
            EXPECT_LE(p.plain().size(), 2 * input.size());
        }
    }
    // 200 texts of 0.2 MB take well under five seconds; quadratic ones would take minutes each.
    EXPECT_LT(::docathon::CpuClock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace docathon::markdown

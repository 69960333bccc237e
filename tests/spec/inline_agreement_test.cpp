// Random text read by our inline scanner and by cmark-gfm: the same tree of links, images, code,
// HTML and emphasis. cmark-gfm 0.29.0.gfm.13 departs from CommonMark 0.31 in a few places, found by
// this test and checked against the specification and commonmark.js 0.31.2 (no difference to us in
// 200,000 texts); texts that meet one of them are left out, see `known_departure`.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/markdown/inline.h"
#include "tests/spec/inline_tree.h"

namespace docathon {
namespace {

/// Places where cmark-gfm is not CommonMark 0.31, by the text.
bool known_departure(std::string_view text) {
    std::size_t ticks = 0;
    bool destination = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        // Declarations need capital letters, comments hold no "--", "??>" does not end
        // instructions.
        if (rest.starts_with("<!") || rest.starts_with("<?"))
            return true;
        // Looking for one length of backticks in vain forgets closing runs of the others.
        if (rest[0] == '`') {
            const std::size_t run = std::min(rest.find_first_not_of('`'), rest.size());
            if ((ticks != 0 && ticks != run) || (i > 0 && text[i - 1] == '\\'))
                return true;
            ticks = run;
            i += run - 1;
        }
        // Entities are decoded before escapes.
        if (rest.starts_with("\\&"))
            return true;
        // Destinations are trimmed, an escaped quote may end a title, an escaped line end may stand
        // in
        // <>.
        if (rest.starts_with(" >") || rest.starts_with("\n>") || rest.starts_with("< "))
            return true;
        if (rest.starts_with("]("))
            destination = true;
        if (destination && rest.size() > 1 && rest[0] == '\\' &&
            std::string_view("\"'()\n").find(rest[1]) != std::string_view::npos) {
            return true;
        }
        // A label of white space counts as "[]".
        const std::size_t label = rest[0] == '[' ? rest.find_first_not_of(" \n", 1) : 0;
        if (label != std::string_view::npos && label > 1 && rest[label] == ']')
            return true;
        // Parentheses need not be balanced before a white space.
        if (rest.starts_with("](")) {
            int depth = 0;
            const std::size_t begin = rest.find_first_not_of(" \n", 2);
            for (std::size_t k = begin; k < rest.size() && rest[k] != ' ' && rest[k] != '\n'; ++k) {
                if (rest[k] == '\\' && k + 1 < rest.size() && rest[k + 1] != ' ') {
                    ++k;
                } else if (rest[k] == '(') {
                    ++depth;
                } else if (rest[k] == ')' && --depth < 0) {
                    break;
                }
            }
            if (depth > 0)
                return true;
        }
    }
    return false;
}

/// A link in a link: a new bracket brings back the openers that a link had made dead.
bool has_nested_link(std::string_view tree) {
    std::vector<bool> open;
    int links = 0;
    for (std::size_t i = 0; i < tree.size(); ++i) {
        if (tree[i] == '{') {
            const bool link = tree.substr(i).starts_with("{link ");
            open.push_back(link);
            if (link && ++links > 1)
                return true;
        } else if (tree[i] == '}' && !open.empty()) {
            if (open.back())
                --links;
            open.pop_back();
        }
    }
    return false;
}

/// The tree without emphasis and without the characters that make it.
std::string without_emphasis(std::string_view tree) {
    std::string out;
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const std::string_view rest = tree.substr(i);
        std::size_t skip = 0;
        for (const std::string_view mark : {"{em ", "{strong ", "{del "}) {
            if (rest.starts_with(mark))
                skip = mark.size();
        }
        if (skip != 0) {
            i += skip - 1;
        } else if (tree[i] != '*' && tree[i] != '_' && tree[i] != '~' && tree[i] != '}') {
            out += tree[i];
        }
    }
    return out;
}

struct Alphabet {
    std::vector<std::string> tokens;
    bool gfm = false;
};

std::vector<std::string> characters(std::string_view all) {
    std::vector<std::string> out;
    for (const char c : all)
        out.emplace_back(1, c);
    return out;
}

void compare(const Alphabet& alphabet, std::uint32_t seed, int count) {
    std::mt19937 random(seed);
    markdown::InlineSyntax syntax;
    syntax.gfm_autolinks = syntax.strikethrough = alphabet.gfm;
    const test::CmarkOptions options{alphabet.gfm, alphabet.gfm};
    markdown::LinkDefinitions definitions;
    definitions["a"] = {"/u", "t", {}};
    definitions["a a"] = {"/v", "", {}};
    int compared = 0;
    int emphasis_differs = 0;
    for (int i = 0; i < count; ++i) {
        // The first letter keeps it a paragraph.
        std::string text = "a";
        const std::uint32_t size = 1 + random() % (i % 3 == 0 ? 8 : i % 3 == 1 ? 16 : 40);
        for (std::uint32_t k = 0; k < size; ++k) {
            text += alphabet.tokens[random() % alphabet.tokens.size()];
        }
        while (text.back() == ' ' || text.back() == '\n')
            text.pop_back();
        if (known_departure(text))
            continue;

        cmark_node* const root =
            test::parse_with_cmark(text + "\n\n[a]: /u 't'\n\n[a a]: /v\n", options);
        cmark_node* const block = cmark_node_first_child(root);
        ASSERT_NE(block, nullptr);
        const bool paragraph =
            cmark_node_next(block) == nullptr && cmark_node_get_type(block) == CMARK_NODE_PARAGRAPH;
        const std::string theirs = test::inline_tree(block);
        cmark_node_free(root);
        if (!paragraph || has_nested_link(theirs))
            continue;

        const Range all{0, static_cast<std::uint32_t>(text.size())};
        Document document;
        const NodeId id = document.open(NodeKind::paragraph, all);
        markdown::InlineFindings findings;
        markdown::scan_inlines(MappedText(text, all), text, syntax, definitions, document,
                               findings);
        document.close();
        const std::string ours = test::inline_tree(document, text, id);

        ++compared;
        if (ours != theirs) {
            ++emphasis_differs;
            // A mail address may begin with what is left of delimiters.
            if (theirs.find('@') != std::string::npos)
                continue;
            ASSERT_EQ(without_emphasis(ours), without_emphasis(theirs)) << text;
        }
    }
    EXPECT_GT(compared, count / 3);
    // cmark-gfm gives up openers too early: it does not tell closers that can open from others when
    // it remembers where a search failed.
    EXPECT_LE(emphasis_differs, compared / 1000);
}

TEST(InlineAgreement, Characters) {
    compare({characters("[]()<>*_`!\\ a&;\"'"), false}, 1, 30000);
}

TEST(InlineAgreement, Constructs) {
    Alphabet alphabet{characters("[]()<>*_`!\\ a&;\"'"), false};
    for (const char* token : {"\na", "](",    "](<",   "[a]",   "![",   "](a)",   "<a ",   "</a>",
                              "**",  "__",    "***",   "&amp;", "[]",   "<ab:b>", "<a@b>", "é",
                              "“",   "  \na", "\\\na", "a=\"",  "[a][", "](a \"", "[A\na]"}) {
        alphabet.tokens.emplace_back(token);
    }
    compare(alphabet, 2, 30000);
}

TEST(InlineAgreement, GithubExtensions) {
    Alphabet alphabet{characters("[]()<>*_`!\\ a&;\"'~~:/.w@-+?,"), true};
    for (const char* token :
         {"www.", "www.a.b", "http://", "https://a.b", "ftp://", "a@b.c", "mailto:", "xmpp:", "~~",
          "&amp;", "\na", "__", "**", "é", "“", "a_b", "&lt;", "<b>", "http://é"}) {
        alphabet.tokens.emplace_back(token);
    }
    compare(alphabet, 3, 30000);
}

}  // namespace
}  // namespace docathon

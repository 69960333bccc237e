#pragma once
// Inline scanner: the inline grammar of CommonMark 0.31 and GFM, plus MyST and kramdown
// constructs by switch, over the text of one leaf block, with exact byte ranges. cmark-gfm decides
// the block structure; its inline positions are wrong in ordinary text (continuation lines, lazy
// lines, table cells), so inlines are read here and held against cmark-gfm by a test.
//
// Linear in the size of the text for every input.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lint/model/document.h"
#include "lint/model/facts.h"
#include "lint/parse/mapped_text.h"

namespace docathon::markdown {

struct LinkDefinition {
    std::string destination;  ///< decoded
    std::string title;
    Range destination_range;  ///< source bytes of the destination
};

/// Link definitions of a file by normalised label (normalize_label), first definition wins.
using LinkDefinitions = std::unordered_map<std::string, LinkDefinition>;

/// CommonMark's label matching: Unicode case fold, white space collapsed and trimmed.
[[nodiscard]] std::string normalize_label(std::string_view label);

/// Which constructs exist besides CommonMark's.
struct InlineSyntax {
    bool gfm_autolinks = false;  ///< bare www., http(s)://, ftp://, mail addresses
    bool strikethrough = false;  ///< ~~x~~, ~x~
    bool footnotes = false;      ///< [^x]
    bool roles = false;          ///< MyST {name}`text`
    bool dollar_math = false;    ///< MyST dollarmath, GitHub: $x$, $$x$$
    bool strict_dollars =
        false;  ///< with dollar_math, GitHub's rule: no space inside, no letter or digit outside
    bool backtick_math = false;  ///< GitHub $`x`$
    bool substitutions = false;  ///< MyST {{ x }}
    bool attributes =
        false;  ///< MyST attrs_inline: [text]{#id .class} after span, link, image, code
    bool kramdown_attributes = false;  ///< {: #id .class key="v"} after a span
    bool liquid = false;               ///< {{ }} and {% %} inert, also inside link destinations
    bool linkify = false;  ///< MyST linkify: read as gfm_autolinks; bare host names stay text
};

/// What the scanner notes besides nodes. One for all calls of a file.
struct InlineFindings {
    std::vector<UndefinedReference>
        undefined_references;  ///< [a][b], [a][] without definition; never [a] alone
    /// Bytes of destinations and titles copied out of definitions so far. As in cmark-gfm,
    /// references stop being links when this passes max(100,000, size of the file), which keeps
    /// memory linear.
    std::size_t reference_bytes = 0;
};

/// Appends the inline nodes of `text` to `document`, as children of the node that is open. `source`
/// is the whole file. Ranges of nodes are source ranges through `text`.
void scan_inlines(const MappedText& text, std::string_view source, const InlineSyntax& syntax,
                  const LinkDefinitions& definitions, Document& document, InlineFindings& findings);

/// A link reference definition at the start of `text` (a paragraph's text); 0 = there is none, else
/// the number of bytes it takes, line end included. Used to peel definitions off paragraphs.
struct DefinitionParts {
    Range label;        ///< inside the brackets, offsets of `text`
    Range destination;  ///< without <>, offsets of `text`
    Range title;        ///< without quotes; empty if none
};
[[nodiscard]] std::size_t match_definition(std::string_view text, DefinitionParts& parts,
                                           bool liquid = false);

/// Backslash escapes and entities resolved, as in destinations, titles and info strings. With
/// `liquid`, {{ }} and {% %} stay as written.
[[nodiscard]] std::string decode(std::string_view text, bool liquid = false);

/// What an image is in plain_text().
enum class Images : std::uint8_t { alternative_text, nothing };

/// Visible text of the inlines below `id`: emphasis dropped, code and math kept, escapes and
/// entities decoded, line ends one space, roles their text without <target>; HTML, attributes,
/// footnote marks and template tags nothing. With Images::nothing this is what slugs are made of:
/// github.com, MyST, docutils and kramdown all leave images out of them.
[[nodiscard]] std::string plain_text(const Document& document, std::string_view source, NodeId id,
                                     Images images = Images::alternative_text);

}  // namespace docathon::markdown

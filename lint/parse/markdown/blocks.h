#pragma once
// Block structure of a Markdown file: lines -> a flat preorder array of blocks with the exact
// source bytes of every line they hold. The algorithm is the one of CommonMark's appendix ("A
// parsing strategy"); where the specification leaves room it does as cmark-gfm 0.29.0.gfm.13,
// against which tests/spec holds it. It is our own because everything above it needs what cmark
// cannot give: the bytes of each line without the prefixes of its containers, link definitions as
// nodes, MyST directives as containers (so a body is read in place, in one pass, however deep it is
// nested).
//
// One pass over the lines, no recursion; work per line is bounded by kMaxDepth.
// Lifetime: Blocks borrows nothing; its ranges belong to the source it was made of.

#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/core/range.h"
#include "lint/parse/mapped_text.h"
#include "lint/parse/markdown/directives.h"
#include "lint/parse/markdown/flavor.h"
#include "lint/parse/markdown/inline.h"

namespace docathon::markdown {

/// Most containers inside each other that are opened; what is deeper is text of the innermost one.
inline constexpr std::uint32_t kMaxDepth = 200;

enum class BlockKind : std::uint8_t {
    document,
    // containers
    block_quote,
    list,
    item,      ///< of a list, a definition list (term or definition) or a field list (name = field)
    footnote,  ///< name = label
    directive,  ///< name, info = argument; a container if its body is Markdown, else it has lines
    // leaves
    paragraph,
    heading,  ///< level, content = text unless setext (then lines)
    code,     ///< fenced or indented; info
    html,
    table,  ///< lines: header, delimiter row, rows
    thematic_break,
    front_matter,
    comment,  ///< `% text`, {% comment %}
    math,     ///< name = label
    target,   ///< name
    block_break,
    attributes,       ///< name = id, if it has one
    link_definition,  ///< name = label, info = destination, title
    option,           ///< of a directive: name, info = value
};

/// Bytes of one line of a leaf, without container prefixes and line end.
struct Line {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t spaces = 0;  ///< columns left of a tab that a container took a part of
};

inline constexpr std::uint32_t kNoBlock = 0xffffffffu;

struct Block {
    BlockKind kind = BlockKind::document;
    std::uint8_t flags = 0;  ///< node_flag
    std::uint8_t level = 0;  ///< heading level
    std::uint32_t parent = kNoBlock;
    Range range;
    Range content;
    Range name;
    Range info;
    Range title;
    std::uint32_t first_line = 0;  ///< index into Blocks::lines
    std::uint32_t line_count = 0;
    const DirectiveSpec* spec = nullptr;  ///< directive
    // What the scan needs while the block is open.
    char marker = 0;             ///< fence character, list delimiter
    std::uint8_t state = 0;      ///< html: type; directive: how much of its head was read
    bool raw = false;            ///< takes lines as they are
    bool table_refused = false;  ///< paragraph whose header row did not fit a delimiter row
    std::uint32_t indent = 0;    ///< columns that a line must give to belong to it
    std::uint32_t fence = 0;     ///< fence length
    std::uint32_t child_count = 0;
};

/// What a file consists of.
struct Blocks {
    std::vector<Block> blocks;  ///< preorder; [0] is the document
    std::vector<Line> lines;
    LinkDefinitions definitions;
    bool too_deep = false;
    Range too_deep_at;  ///< first place that was not opened
};

/// Reads the blocks of `source`; a byte order mark is skipped.
[[nodiscard]] Blocks read_blocks(std::string_view source, const BlockSyntax& syntax);

/// Text of `count` lines from `first` on, joined by their line ends.
void append_lines(const Blocks& blocks, std::string_view source, std::uint32_t first,
                  std::uint32_t count, MappedText& out);

}  // namespace docathon::markdown

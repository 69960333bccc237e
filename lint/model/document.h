#pragma once
// Document: what a front end (Markdown, rST, docstring) makes of one file. A flat preorder array of
// nodes; kinds name meaning, never syntax, so that one check serves all formats. All ranges are
// bytes of the source file, also for text that was dedented or nested when it was parsed.
//
// Lifetime: a Document borrows nothing; ranges are meaningful only with the SourceFile it came
// from.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"

namespace docathon {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xffffffffu;

enum class NodeKind : std::uint8_t {
    document,
    // blocks
    heading,  ///< level; data.text = plain text
    paragraph,
    block_quote,
    list,
    item,
    table,
    table_row,  ///< level 1 = header row
    table_cell,
    code_block,  ///< fenced, indented, directive; data.name = language, data.text = info string;
                 ///< if container prefixes lie between its lines, each is a raw_text child
    html_block,
    thematic_break,
    front_matter,
    comment,    ///< HTML comment (block or inline), MyST `%`, reST comment: content = its text
    directive,  ///< data.name, data.text = argument; children: options, then body
    directive_option,     ///< data.name, data.text = value
    target,               ///< MyST `(x)=`, reST `.. _x:`; data.name
    footnote_definition,  ///< data.name
    link_definition,      ///< `[label]: url`; data.name = label as written, data.text = destination
    math_block,
    raw_text,     ///< a body this front end does not read, such as {eval-rst}; data.name = format;
                  ///< lines as in code_block
    block_break,  ///< MyST `+++`
    // inlines
    text,       ///< data.text = what it stands for, where that is not its bytes (escape, entity)
    code_span,  ///< content without its padding; data.text = literal where that is not `content`
    emphasis,
    strong,
    strikethrough,
    link,   ///< data.text = destination, decoded; see LinkForm in `form`
    image,  ///< data.text = destination, decoded; content = alternative text
    html_inline,
    role,                ///< data.name, data.text = content as written, line ends as spaces
    footnote_reference,  ///< data.name
    substitution,        ///< MyST {{ x }}, reST |x|; data.name = x
    math_inline,
    line_break,    ///< level 1 = hard, 0 = soft
    template_tag,  ///< Liquid or Jinja, inert; {% name text %} or {{ text }} in data.name,
                   ///< data.text
    attributes,    ///< kramdown {: } or MyST { }, inert; data.name = its #id if it has one
};

/// Lower-case name of a kind as `dump model` prints it, such as "code_block".
[[nodiscard]] std::string_view to_string(NodeKind kind);

/// How a link or image is written.
enum class LinkForm : std::uint8_t {
    inline_link,  ///< [text](url)
    full,         ///< [text][label]
    collapsed,    ///< [text][]
    shortcut,     ///< [text]
    autolink,     ///< <https://x>
    bare,         ///< https://x in running text (GFM autolink extension)
};

namespace node_flag {
inline constexpr std::uint8_t kFenced = 1;  ///< code_block: fenced, not indented
inline constexpr std::uint8_t kUnclosed =
    2;  ///< fence, directive or comment that the end of its container closes
inline constexpr std::uint8_t kOrdered = 4;  ///< list
inline constexpr std::uint8_t kSetext = 8;   ///< heading underlined
inline constexpr std::uint8_t kGenerated =
    16;  ///< made by a directive, stands for no text of its own
}  // namespace node_flag

struct Node {
    NodeKind kind = NodeKind::document;
    LinkForm form = LinkForm::inline_link;
    std::uint8_t flags = 0;
    std::uint8_t level = 0;
    Range range;    ///< the whole construct, its own markup included
    Range content;  ///< inside the markup: link text, heading text, code between the fences
    NodeId parent = kNoNode;
    NodeId first_child = kNoNode;
    NodeId next = kNoNode;                ///< next sibling
    std::uint32_t payload = 0xffffffffu;  ///< index of its NodeData, or none
};

/// What some kinds carry besides ranges; meaning by kind in NodeKind.
struct NodeData {
    std::string name;
    std::string text;
    std::string title;
    Range name_range;  ///< where `name` is written
    Range text_range;  ///< where `text` is written, e.g. the bytes of a link's destination
};

/// What the parser of a format says about the markup, kept for rules: for reStructuredText the
/// system messages of docutils.
struct ParserMessage {
    std::uint8_t level = 2;  ///< 1 info, 2 warning, 3 error, 4 severe
    std::uint32_t line = 0;  ///< as docutils counts it in the text it was given; 0 = none
    std::string text;        ///< docutils' own words
    Range range;             ///< the exact place, empty if there is none
};

class Document {
  public:
    [[nodiscard]] std::span<const Node> nodes() const { return nodes_; }
    [[nodiscard]] const Node& node(NodeId id) const { return nodes_[id]; }
    /// Data of a node; an empty one for nodes that have none.
    [[nodiscard]] const NodeData& data(const Node& node) const;
    [[nodiscard]] const NodeData& data(NodeId id) const { return data(nodes_[id]); }
    /// Nearest ancestor (not `id` itself) of that kind, or kNoNode.
    [[nodiscard]] NodeId ancestor(NodeId id, NodeKind kind) const;

    /// In the order the parser made them.
    [[nodiscard]] const std::vector<ParserMessage>& messages() const { return messages_; }

    void add_message(ParserMessage message) { messages_.push_back(std::move(message)); }
    // Building, for front ends. Nodes are appended in preorder: open, children, close.
    NodeId open(NodeKind kind, Range range);
    NodeData& make_data(NodeId id);  ///< reference valid until the next make_data
    void close();                    ///< ends the node opened last
    /// open + close.
    NodeId add(NodeKind kind, Range range) {
        const NodeId id = open(kind, range);
        close();
        return id;
    }
    [[nodiscard]] Node& edit(NodeId id) { return nodes_[id]; }
    [[nodiscard]] std::size_t depth() const { return open_.size(); }

  private:
    std::vector<Node> nodes_;
    std::vector<NodeData> data_;
    std::vector<ParserMessage> messages_;
    std::vector<NodeId> open_;        // ancestors of the node being built
    std::vector<NodeId> last_child_;  // last child so far of each entry of open_
};

}  // namespace docathon

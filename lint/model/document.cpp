#include "lint/model/document.h"

#include <cassert>

namespace docathon {

std::string_view to_string(NodeKind kind) {
    switch (kind) {
        case NodeKind::document:
            return "document";
        case NodeKind::heading:
            return "heading";
        case NodeKind::paragraph:
            return "paragraph";
        case NodeKind::block_quote:
            return "block_quote";
        case NodeKind::list:
            return "list";
        case NodeKind::item:
            return "item";
        case NodeKind::table:
            return "table";
        case NodeKind::table_row:
            return "table_row";
        case NodeKind::table_cell:
            return "table_cell";
        case NodeKind::code_block:
            return "code_block";
        case NodeKind::html_block:
            return "html_block";
        case NodeKind::thematic_break:
            return "thematic_break";
        case NodeKind::front_matter:
            return "front_matter";
        case NodeKind::comment:
            return "comment";
        case NodeKind::directive:
            return "directive";
        case NodeKind::directive_option:
            return "directive_option";
        case NodeKind::target:
            return "target";
        case NodeKind::footnote_definition:
            return "footnote_definition";
        case NodeKind::link_definition:
            return "link_definition";
        case NodeKind::math_block:
            return "math_block";
        case NodeKind::raw_text:
            return "raw_text";
        case NodeKind::block_break:
            return "block_break";
        case NodeKind::text:
            return "text";
        case NodeKind::code_span:
            return "code_span";
        case NodeKind::emphasis:
            return "emphasis";
        case NodeKind::strong:
            return "strong";
        case NodeKind::strikethrough:
            return "strikethrough";
        case NodeKind::link:
            return "link";
        case NodeKind::image:
            return "image";
        case NodeKind::html_inline:
            return "html_inline";
        case NodeKind::role:
            return "role";
        case NodeKind::footnote_reference:
            return "footnote_reference";
        case NodeKind::substitution:
            return "substitution";
        case NodeKind::math_inline:
            return "math_inline";
        case NodeKind::line_break:
            return "line_break";
        case NodeKind::template_tag:
            return "template_tag";
        case NodeKind::attributes:
            return "attributes";
    }
    return "unknown";
}

const NodeData& Document::data(const Node& node) const {
    static const NodeData kEmpty;
    return node.payload < data_.size() ? data_[node.payload] : kEmpty;
}

NodeId Document::ancestor(NodeId id, NodeKind kind) const {
    for (NodeId up = nodes_[id].parent; up != kNoNode; up = nodes_[up].parent) {
        if (nodes_[up].kind == kind)
            return up;
    }
    return kNoNode;
}

NodeId Document::open(NodeKind kind, Range range) {
    const auto id = static_cast<NodeId>(nodes_.size());
    // Of a large file: room for as many nodes as a list of short words has, since what is not used
    // costs nothing, and to grow by copying touches all memory twice.
    constexpr std::uint32_t kLarge = 1u << 20;
    if (nodes_.empty() && range.size() > kLarge)
        nodes_.reserve(range.size() / 2);
    Node& node = nodes_.emplace_back();
    node.kind = kind;
    node.range = range;
    node.content = range;
    if (!open_.empty()) {
        node.parent = open_.back();
        NodeId& last = last_child_.back();
        if (last == kNoNode) {
            nodes_[node.parent].first_child = id;
        } else {
            nodes_[last].next = id;
        }
        last = id;
    }
    open_.push_back(id);
    last_child_.push_back(kNoNode);
    return id;
}

NodeData& Document::make_data(NodeId id) {
    Node& node = nodes_[id];
    if (node.payload >= data_.size()) {
        node.payload = static_cast<std::uint32_t>(data_.size());
        data_.emplace_back();
    }
    return data_[node.payload];
}

void Document::close() {
    assert(!open_.empty());
    open_.pop_back();
    last_child_.pop_back();
}

}  // namespace docathon

#include "lint/model/prose_view.h"

#include <algorithm>

namespace docathon {

namespace {

constexpr std::string_view kObject = "\xef\xbf\xbc";  // U+FFFC, object replacement character

/// What a node contributes besides its children.
enum class Share : std::uint8_t { nothing, children, text, space, object };

Share share_of(const Node& node, std::string_view bytes) {
    switch (node.kind) {
        case NodeKind::text:
            return Share::text;
        case NodeKind::line_break:
            return Share::space;
        case NodeKind::code_span:
        case NodeKind::math_inline:
        case NodeKind::image:
        case NodeKind::role:
        case NodeKind::substitution:
        case NodeKind::template_tag:
            return Share::object;
        case NodeKind::link:
            return node.form == LinkForm::autolink || node.form == LinkForm::bare ? Share::object
                                                                                  : Share::children;
        case NodeKind::html_inline: {
            // Tags of emphasis stand inside words; only a line break separates them.
            const bool line_break = bytes.size() > 3 && bytes[0] == '<' &&
                                    (bytes[1] | 0x20) == 'b' && (bytes[2] | 0x20) == 'r' &&
                                    (bytes[3] == '>' || bytes[3] == '/' || bytes[3] == ' ');
            return line_break ? Share::space : Share::nothing;
        }
        case NodeKind::comment:
        case NodeKind::footnote_reference:
        case NodeKind::attributes:
        case NodeKind::target:
            return Share::nothing;
        default:
            return Share::children;
    }
}

}  // namespace

ProseView::ProseView(const Document& document, std::string_view source, NodeId id, ProseForm form) {
    const auto nodes = document.nodes();
    const auto add = [&](std::string_view text, Range range, bool verbatim) {
        if (text.empty())
            return;
        const auto at = static_cast<std::uint32_t>(text_.size());
        // Texts that follow each other in the source are one piece.
        const bool continues = verbatim && !pieces_.empty() && pieces_.back().verbatim &&
                               pieces_.back().to == range.begin;
        if (continues) {
            pieces_.back().to = range.end;
        } else {
            pieces_.push_back({at, range.begin, verbatim, range.end});
        }
        text_ += text;
    };
    // What an object says itself: its bytes where they are what it stands for.
    const auto add_object = [&](const Node& node) {
        const NodeData& data = document.data(node);
        const std::string_view bytes = source.substr(node.content.begin, node.content.size());
        const bool decoded = (node.kind == NodeKind::code_span || node.kind == NodeKind::role) &&
                             !data.text.empty() && data.text != bytes;
        if (decoded && node.kind == NodeKind::role && data.text_range.size() == data.text.size())
            add(data.text, data.text_range, true);
        else if (decoded)
            add(data.text, node.content, false);
        else
            add(bytes, node.content, true);
    };
    const Node& root = nodes[id];
    if (form == ProseForm::text &&
        (root.kind == NodeKind::code_block || root.kind == NodeKind::math_block ||
         root.kind == NodeKind::raw_text || root.kind == NodeKind::html_block)) {
        bool lines = false;
        for (NodeId line = root.first_child; line != kNoNode; line = nodes[line].next) {
            if (nodes[line].kind != NodeKind::raw_text)
                continue;
            const Range range = nodes[line].range;
            if (lines)
                add("\n", Range{range.begin, range.begin}, false);
            add(source.substr(range.begin, range.size()), range, true);
            lines = true;
        }
        if (!lines)
            add(source.substr(root.content.begin, root.content.size()), root.content, true);
        return;
    }
    if (form == ProseForm::text && share_of(root, {}) == Share::object &&
        root.kind != NodeKind::link && root.kind != NodeKind::image) {
        add_object(root);
        return;
    }
    // Preorder: the nodes below `id` follow it and have a parent at or after it. The children of
    // what is an object are jumped over: they are the nodes up to the first with an earlier parent.
    NodeId skip_below = kNoNode;
    for (NodeId i = id + 1; i < nodes.size(); ++i) {
        const Node& node = nodes[i];
        if (node.parent == kNoNode || node.parent < id)
            break;
        if (skip_below != kNoNode) {
            if (node.parent >= skip_below)
                continue;
            skip_below = kNoNode;
        }
        const std::string_view bytes = source.substr(node.range.begin, node.range.size());
        switch (share_of(node, bytes)) {
            case Share::children:
                break;
            case Share::nothing:
                skip_below = i;
                break;
            case Share::space:
                add(" ", node.range, false);
                break;
            case Share::object:
                // Below a link or an image stands its text.
                if (form == ProseForm::text &&
                    (node.kind == NodeKind::image || node.kind == NodeKind::link))
                    break;
                if (form == ProseForm::text && node.kind != NodeKind::substitution &&
                    node.kind != NodeKind::template_tag) {
                    add_object(node);
                    skip_below = i;
                    break;
                }
                add(kObject, node.range, false);
                skip_below = i;
                break;
            case Share::text: {
                const NodeData& data = document.data(node);
                if (data.text.empty()) {
                    add(bytes, node.range, true);
                } else {
                    add(data.text, node.range, false);
                }
                break;
            }
        }
    }
}

Range ProseView::to_source(std::uint32_t begin, std::uint32_t end) const {
    if (pieces_.empty())
        return {};
    const auto piece_at = [&](std::uint32_t offset) -> const Piece& {
        const auto after = std::upper_bound(
            pieces_.begin(), pieces_.end(), offset,
            [](std::uint32_t value, const Piece& piece) { return value < piece.at; });
        return after == pieces_.begin() ? *after : *(after - 1);
    };
    const Piece& first = piece_at(begin);
    const std::uint32_t from = first.verbatim ? std::min(first.from + (begin - first.at), first.to)
                               : begin > first.at && begin >= text_.size() ? first.to
                                                                           : first.from;
    if (begin >= end)
        return {from, from};
    const Piece& last = piece_at(end - 1);
    const std::uint32_t to =
        last.verbatim ? std::min(last.from + (end - last.at), last.to) : last.to;
    return {from, std::max(from, to)};
}

}  // namespace docathon

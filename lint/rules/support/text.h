#pragma once
// Running text: what a reader reads as prose, as against code, mathematics and raw markup.

#include "lint/model/document.h"

namespace docathon::rules {

/// The paragraph, heading or table cell that node `id` is inlined in, or kNoNode when it is part of
/// code, of mathematics, of markup of another format ({eval-rst}) or of anything else that is not
/// running text of the page's own format.
[[nodiscard]] inline NodeId text_block(const Document& document, NodeId id) {
    NodeId block = kNoNode;
    for (; id != kNoNode; id = document.node(id).parent) {
        switch (document.node(id).kind) {
            case NodeKind::paragraph:
            case NodeKind::heading:
            case NodeKind::table_cell:
                if (block == kNoNode)
                    block = id;
                break;
            case NodeKind::code_block:
            case NodeKind::raw_text:
            case NodeKind::math_block:
            case NodeKind::html_block:
                return kNoNode;
            default:
                break;
        }
    }
    return block;
}

}  // namespace docathon::rules

#pragma once
// Running text: what a reader reads as prose, as against code, mathematics and raw markup.

#include "lint/model/document.h"

namespace docathon::rules {

/// The paragraph, heading or table cell that node `id` is inlined in, or kNoNode when it is part of
/// code, of mathematics or of anything else that is not running text.
[[nodiscard]] inline NodeId text_block(const Document& document, NodeId id) {
    while (id != kNoNode) {
        switch (document.node(id).kind) {
            case NodeKind::paragraph:
            case NodeKind::heading:
            case NodeKind::table_cell:
                return id;
            case NodeKind::code_block:
            case NodeKind::raw_text:
            case NodeKind::math_block:
            case NodeKind::html_block:
            case NodeKind::document:
                return kNoNode;
            default:
                id = document.node(id).parent;
        }
    }
    return kNoNode;
}

}  // namespace docathon::rules

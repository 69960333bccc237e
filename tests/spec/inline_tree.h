#pragma once
// A common written form of an inline tree, made from our Document and from cmark-gfm's, so that a
// test can compare the two as strings. Neighbouring texts are one; comments are raw HTML.

#include <string>
#include <string_view>

#include <cmark-gfm.h>

#include "lint/model/document.h"

namespace docathon::test {

/// The inlines below `id`.
[[nodiscard]] std::string inline_tree(const Document& document, std::string_view source, NodeId id);

/// The inlines below `block`.
[[nodiscard]] std::string inline_tree(cmark_node* block);

/// What cmark_parse takes besides the options; cmark-gfm's extensions must have been registered.
struct CmarkOptions {
    bool autolink = false;
    bool strikethrough = false;
};

/// The document as cmark-gfm reads it; to be freed with cmark_node_free.
[[nodiscard]] cmark_node* parse_with_cmark(std::string_view text, const CmarkOptions& options);

}  // namespace docathon::test

#pragma once
// From the tree of a parsed reStructuredText to nodes of a Document, by the same conventions as the
// Markdown front end's, so that one collector of facts and one set of rules serve both.

#include "lint/model/document.h"
#include "lint/parse/rst/parser.h"

namespace docathon::rst {

/// Appends nodes for all that the parser read to the node of `document` that is open. The tree must
/// be as the parser left it: transforms would have moved and copied elements.
void build_document(const Parser& parser, Document& document);

}  // namespace docathon::rst

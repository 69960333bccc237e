#pragma once
// Blocks -> Document: the second pass over a Markdown file. By now all link definitions are known,
// so the inlines of every leaf can be read. No recursion; linear.

#include <string_view>

#include "lint/model/document.h"
#include "lint/parse/markdown/blocks.h"
#include "lint/parse/markdown/flavor.h"
#include "lint/parse/markdown/inline.h"

namespace docathon::markdown {

/// Makes `document` (which must be empty) of `blocks`, read from `source` by the same dialect.
/// `settings` are for the reStructuredText in {eval-rst}.
void build_document(std::string_view source, const Dialect& dialect, const Settings& settings,
                    const Blocks& blocks, Document& document, InlineFindings& findings);

}  // namespace docathon::markdown

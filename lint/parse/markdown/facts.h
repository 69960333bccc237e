#pragma once
// Document -> FileFacts: what a Markdown file contributes to the project. A pure function of the
// document; nothing is resolved here.

#include <string_view>

#include "lint/model/document.h"
#include "lint/model/facts.h"
#include "lint/parse/markdown/flavor.h"

namespace docathon::markdown {

/// Adds the headings, anchors, references, footnotes and suppressions of `document` to `facts`.
void collect_facts(std::string_view source, const Dialect& dialect, const Document& document,
                   FileFacts& facts);

}  // namespace docathon::markdown

#pragma once
// Document -> FileFacts::api_directives: the directives of a page that document objects of Python.
// For Markdown and reStructuredText; a pure function of the document.

#include <string_view>

#include "lint/model/document.h"
#include "lint/model/facts.h"

namespace docathon::markdown {

/// Appends them to `facts`, in source order: those of autodoc, autosummary and the py domain, and
/// all others whose names begin with "auto".
void collect_api_directives(std::string_view source, const Document& document, FileFacts& facts);

}  // namespace docathon::markdown

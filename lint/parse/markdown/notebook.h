#pragma once
// The Markdown cells of a notebook as one page. Jupyter, nbsphinx and myst-nb read each cell for
// itself (a fence that is left open ends with its cell), so that is what happens here; what the
// cells say is put together, and every range is one of the notebook's file.

#include <string_view>

#include "lint/model/settings.h"
#include "lint/parse/notebook.h"
#include "lint/parse/parse.h"

namespace docathon::markdown {

/// The facts of the page, with Format::notebook. There is no Document: the nodes of a text in
/// pieces of JSON are no ranges of bytes that a rule could read.
[[nodiscard]] ParsedFile parse_notebook(std::string_view source, const Notebook& notebook,
                                        const Settings& settings);

}  // namespace docathon::markdown

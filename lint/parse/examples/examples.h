#pragma once
// Finds the examples of a file: blocks of code in pages, doctests and code in docstrings, scripts
// that are pages; and the names of code in running text. Pure; linear in the size of the file.

#include <string_view>

#include "lint/model/document.h"
#include "lint/model/facts.h"
#include "lint/parse/python/outline.h"

namespace docathon {

/// Sets `facts.examples`. `document` is what the front end made of `source`; of a Python file that
/// is no page its docstrings are read too (`facts.python`), and `outline` is that of its text.
void collect_examples(std::string_view source, const Document& document,
                      const python::Outline& outline, FileFacts& facts);

}  // namespace docathon

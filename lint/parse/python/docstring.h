#pragma once
// Sections of docstrings: Google, NumPy, Sphinx fields and Epydoc fields, each recognised where it
// stands, since napoleon too runs its readers one after the other over every docstring. Names are
// those of napoleon (Sphinx 8.2) and numpydoc 1.8. Private to lint/parse/python and its tests.

#include <string_view>

#include "lint/model/python_facts.h"

namespace docathon::python {

/// Fills doc_sections and doc_entries for all docstrings of `facts`, which were read from `text`.
void read_docstring_sections(std::string_view text, PythonFacts& facts);

}  // namespace docathon::python

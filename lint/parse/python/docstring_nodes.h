#pragma once
// The docstrings of a module as reStructuredText, for rules that look at their text. Sections in
// Google's and NumPy's style are what plain docutils makes of them: lists and headings. Only made
// when a rule asks for it: most runs do not read the text of docstrings.

#include <string_view>

#include "lint/model/document.h"
#include "lint/model/python_facts.h"
#include "lint/model/settings.h"

namespace docathon::python {

/// A document with one child for each docstring of `facts`, in their order: a `raw_text` node named
/// "docstring" whose children are its text. Docstrings of several literals have none, since their
/// lines are not those of the source. All ranges are those of `bytes`.
[[nodiscard]] Document docstring_document(std::string_view bytes, const PythonFacts& facts,
                                          const Settings& settings);

}  // namespace docathon::python

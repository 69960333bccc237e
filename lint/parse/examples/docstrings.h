#pragma once
// Examples in docstrings, line by line: doctests, fences, directives and `::` of reStructuredText,
// sections named Example. Not by the parser of reStructuredText: a large project has more text in
// docstrings than in pages, and Google's style and Markdown in docstrings are no rST.

#include "lint/model/python_facts.h"
#include "lint/parse/examples/collector.h"

namespace docathon::examples {

/// Adds what the docstrings of a module hold, but for the one at `except` (a page of its own).
void collect_docstrings(const PythonFacts& python, std::uint32_t except, Collector& out);

}  // namespace docathon::examples

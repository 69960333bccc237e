#pragma once
// From the bytes of a Python file to PythonFacts, by way of its outline. Private to
// lint/parse/python and its tests; the door is lint/parse/parse.h.

#include <string_view>
#include <vector>

#include "lint/model/python_facts.h"
#include "lint/parse/python/outline.h"

namespace docathon::python {

/// `stub`: a .pyi file. `outline` is filled; its problems are those of the whole reading. Any
/// bytes; what is no Python is left out, what follows it is read.
[[nodiscard]] PythonFacts read_facts(std::string_view text, bool stub, Outline& outline);

/// The encoding that the first two lines declare (PEP 263), in lower case with '_' as '-'; empty if
/// they declare none.
[[nodiscard]] std::string declared_encoding(std::string_view text);

}  // namespace docathon::python

#pragma once
// The door of lint/parse/python for the parsing room: a Python file to its facts.

#include <string_view>

#include "lint/model/facts.h"
#include "lint/parse/python/outline.h"

namespace docathon::python {

/// Reads a module: `facts.python`, suppression comments, and a problem where the text is no Python.
/// `path` decides whether it is a stub (.pyi). `outline` receives that of the text; it stays empty
/// if the encoding is not read.
[[nodiscard]] FileFacts parse_python(std::string_view bytes, std::string_view path,
                                     Outline& outline);

}  // namespace docathon::python

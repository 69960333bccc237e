#pragma once
// Reads notebooks of Jupyter (nbformat 4): their cells of code, by what the JSON says and where it
// says it. Outputs, texts and cells of other languages are left out. Pure; linear, also in what is
// no JSON: reading ends there, and what was found before it stays.

#include <memory>
#include <string_view>

#include "lint/core/range.h"
#include "lint/model/example_facts.h"
#include "lint/parse/mapped_text.h"

namespace docathon::examples {

/// Null if the kernel is not Python, or no cell has code.
[[nodiscard]] std::shared_ptr<const ExampleFacts> read_notebook(std::string_view source);

/// Appends what a piece of a JSON string stands for. What an escape stands for maps to the place
/// of the escape.
void append_json(MappedText& out, std::string_view source, Range inside);

}  // namespace docathon::examples

#pragma once
// The cells of code of a notebook as examples. Texts and cells of other languages are left out.

#include <memory>
#include <string_view>

#include "lint/model/example_facts.h"
#include "lint/parse/notebook.h"

namespace docathon::examples {

/// Null if the kernel is not Python, or no cell has code.
[[nodiscard]] std::shared_ptr<const ExampleFacts> notebook_examples(std::string_view source,
                                                                    const Notebook& notebook);

}  // namespace docathon::examples

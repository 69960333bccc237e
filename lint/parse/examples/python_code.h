#pragma once
// Reads the Python of an example: imports, names, what is assigned, calls. By the words of each
// logical line, not by a grammar: an example that does not parse, since a part of it is left out,
// still says which names it means.

#include "lint/model/example_facts.h"
#include "lint/parse/mapped_text.h"
#include "lint/parse/python/outline.h"
#include "lint/parse/python/pool.h"

namespace docathon::examples {

/// Appends to the arrays of `facts` and sets the items and flags of `example`. `outline` is memory
/// that is used again.
void read_python(const MappedText& code, python::Outline& outline, python::Pool& pool,
                 ExampleFacts& facts, CodeExample& example);

}  // namespace docathon::examples

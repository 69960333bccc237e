#pragma once
// What a Python file says about itself, read in one go: the door to deprecations.h and
// command_line.h. Private to lint/parse.

#include <memory>
#include <string_view>

#include "lint/model/script_facts.h"
#include "lint/parse/python/outline.h"

namespace docathon::python {

/// Null if the file says nothing of the kind, as most do. `outline` and `facts` are those of the
/// same text.
[[nodiscard]] std::shared_ptr<const ScriptFacts> read_script(std::string_view text,
                                                             const Outline& outline,
                                                             const PythonFacts& facts);

}  // namespace docathon::python

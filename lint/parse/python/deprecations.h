#pragma once
// What a Python file says is deprecated: decorators, warnings and notes in docstrings. Private to
// lint/parse/python and its tests. Linear in the file.

#include <string_view>

#include "lint/model/python_facts.h"
#include "lint/model/script_facts.h"
#include "lint/parse/python/outline.h"

namespace docathon::python {

/// Whether it is worth a look: most files hold none of it.
[[nodiscard]] bool may_say_deprecated(std::string_view text);

/// Fills out.deprecations; `facts` are those of the same text.
///
/// A warning counts where it is sure to run: as a statement of the body itself, or below one `if`
/// whose condition asks for nothing but that a parameter with a default was given (that argument
/// is deprecated). It must be of a class whose name says deprecation (DeprecationWarning,
/// FutureWarning) and, for FutureWarning, say so in its words too.
void read_deprecations(std::string_view text, const Outline& outline, const PythonFacts& facts,
                       ScriptFacts& out);

}  // namespace docathon::python

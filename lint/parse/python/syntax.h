#pragma once
// Whether a text is Python, for code that people copy from documentation. Two readings: the outline
// (brackets, strings) and, for each statement, a walk over its words that knows what may follow
// what. It accepts more than Python does, and everything that Python does (3.8 to 3.14): what it
// refuses no version reads. Held against CPython by tests/acceptance/python_syntax.py.
//
// Linear: a statement is walked once, nested brackets are a stack.

#include <optional>
#include <string>
#include <string_view>

#include "lint/core/range.h"

namespace docathon::python {

/// What is wrong, for people, and where in the text.
struct SyntaxError {
    std::string message;  ///< "'foo' cannot stand here"
    Range range;
};

/// The first thing in `text` that cannot be Python; nullopt if there is none. Indentation is not
/// looked at, nor whether a block has a body: examples leave out what is not their point.
[[nodiscard]] std::optional<SyntaxError> find_syntax_error(std::string_view text);

/// Whether the text shows a form rather than code: `f(a[, b])`, `f(x) -> int`, an ellipsis in one
/// character, `..`.
[[nodiscard]] bool is_display(std::string_view text);

}  // namespace docathon::python

#pragma once
// Readers of single statements: the header of a function or a class, imports, decorators, calls and
// what is assigned to __all__. Each takes the range of its logical line and appends to the facts.

#include <cstdint>
#include <string_view>

#include "lint/model/python_facts.h"
#include "lint/parse/python/lexer.h"
#include "lint/parse/python/pool.h"

namespace docathon::python {

/// Values are kept up to here, but for those that are read in whole.
inline constexpr std::uint32_t kLongestValue = 200;
/// Lists of names in decorators and in bodies of classes.
inline constexpr std::uint32_t kLongestList = 4000;

/// What the readers share.
struct Target {
    std::string_view text;
    PythonFacts& facts;
    Pool& pool;

    [[nodiscard]] std::string_view slice(Range range) const {
        return text.substr(range.begin, range.size());
    }
    PyText keep(Range range) { return pool.keep(slice(range)); }
    PyText keep_cut(Range range, std::uint32_t most = kLongestValue) {
        return pool.keep(slice(range).substr(0, most));
    }
};

/// Reads from `def` or `class` on (behind `async` and decorators) and appends parameters and
/// arguments. Returns where the body begins: behind the colon; 0 if there is no colon.
std::uint32_t read_definition(Target& target, Cursor& cursor, PyDefinition& out);

/// `import ...` or `from ...`; appends one entry a name. `like` gives scope, branch and statement.
void read_import(Target& target, Range statement, const PyImport& like);

/// One decorator, without its @. `arguments`: those of a call are kept.
[[nodiscard]] PyDecorator read_decorator(Target& target, Range expression, bool arguments);

/// A dotted name, white space left out; empty if the cursor is not at a name. The cursor ends
/// behind it.
[[nodiscard]] Range read_dotted_name(Cursor& cursor, std::string_view text, std::string& name);

/// The arguments between brackets; the cursor is behind the opening one and ends behind the
/// closing one. At most `most` are kept, of each value at most `longest` bytes. Returns their
/// number.
std::uint32_t read_arguments(Target& target, Cursor& cursor, std::uint32_t most,
                             std::uint32_t longest = kLongestValue);

/// `raise`, as a statement of a function: the exception, if it is a name or a call of one.
/// `caught`: what the handler around it catches, empty for none.
void read_raise(Target& target, Range statement, Range caught, std::uint32_t definition);

/// The value of an assignment to __all__, or what is added to it, appended as operations of which
/// the first is `like.operation` and the others extend. What cannot be read is one `unknown`.
void read_all(Target& target, Range value, const PyAll& like);

/// Whether the range holds string literals and nothing else (brackets around them aside), none of
/// them formatted or of bytes: what Python takes for a docstring. `literal` is set without
/// brackets.
[[nodiscard]] bool read_docstring(std::string_view text, Range statement, PyDocstring& out);

}  // namespace docathon::python

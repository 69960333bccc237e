#pragma once
// What a function does and what its docstring says of it: returns, yields, raises. Shared by the
// rules that compare the two. Two readings: our own, and that of ruff 0.17 (pydoclint's rules), for
// the preset ruff-compatible.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/source_file.h"
#include "lint/model/facts.h"
#include "lint/model/rule.h"
#include "lint/rules/support/section_headers.h"

namespace docathon::rules {

/// An exception that a body raises by a name that means something.
struct RaisedException {
    std::string name;       ///< as written: "errors.NotFound"
    std::string qualified;  ///< through imports: "requests.errors.NotFound"
};

struct FunctionContract {
    FunctionContract(const PythonFacts& all, const PyDefinition& function,
                     const PyDocstring& its_docstring)
        : facts(all), definition(function), docstring(its_docstring) {}

    const PythonFacts& facts;
    const PyDefinition& definition;
    const PyDocstring& docstring;
    bool stub = false;      ///< does nothing
    bool abstract = false;  ///< has one of the decorators of abc
    bool property = false;
    bool returns_section = false;  ///< the docstring has one, or says it in its first words
    bool yields_section = false;
    bool raises_section = false;
    bool returns_value = false;  ///< the body returns something that needs a word
    bool yields_value = false;
    bool returns_anything = false;        ///< any `return` with a value, None too
    bool yields_anything = false;         ///< any `yield`
    std::vector<RaisedException> raised;  ///< each once, sorted by qualified name
    std::vector<std::string> documented;  ///< exceptions that the docstring names, as written
    bool by_last_name = false;  ///< the docstring may name an exception through another module
    Range where;                ///< the first line of the docstring

    /// Whether the docstring names this exception.
    [[nodiscard]] bool mentions(const RaisedException& exception) const;
    /// Whether the body raises an exception of this name.
    [[nodiscard]] bool raises(std::string_view name) const;
};

/// Calls `visit` for each function of the file that has a docstring which can be compared: no stub,
/// not of several literals, not empty. `as_ruff`: by ruff's reading of sections.
void each_contract(std::string_view source, const PythonFacts& facts, bool as_ruff,
                   const std::function<void(const FunctionContract&)>& visit);

}  // namespace docathon::rules

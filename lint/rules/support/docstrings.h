#pragma once
// What rules about docstrings share: which function a docstring describes, and what its parameters
// are called.

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "lint/model/facts.h"

namespace docathon::rules {

/// A docstring with sections about parameters, and the signature that they are about.
struct DocumentedSignature {
    const PythonFacts& facts;
    const PyDefinition& definition;  ///< the function; for the docstring of a class its __init__
    const PyDefinition& documented;  ///< what the docstring stands in
    std::vector<const PyDocSection*> sections;  ///< those about parameters, at least one

    /// The parameters that a caller gives: without `self` and `cls`.
    [[nodiscard]] std::vector<const PyParameter*> parameters() const;
    [[nodiscard]] bool has(ParameterKind kind) const;
};

/// Calls `visit` for every docstring with a section about parameters whose signature can be known:
/// of functions, and of classes that have an __init__ or else a __new__ of their own. Left out:
/// overloads, since the docstring is about all of them, and what could not be read.
void each_documented_signature(const PythonFacts& facts,
                               const std::function<void(const DocumentedSignature&)>& visit);

/// Calls `visit` for every function with a docstring of one literal that is not empty, with the
/// text between its quotes as it is written.
void each_function_docstring(
    std::string_view source, const PythonFacts& facts,
    const std::function<void(const PyDefinition&, std::string_view)>& visit);

/// Whether the definition has a decorator of this name, whatever module it is taken from.
[[nodiscard]] bool has_decorator(const PythonFacts& facts, const PyDefinition& definition,
                                 std::string_view name);

}  // namespace docathon::rules

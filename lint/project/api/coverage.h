#pragma once
// Which objects of a module are expected to have a docstring, and whether they do. What the rule
// api/missing-docstring and the command `api coverage` share.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/project/api/api_index.h"

namespace docathon {

/// Whether the module is imported for what it offers: no test, example, benchmark, script or stub,
/// and inside of a package if the project has any.
[[nodiscard]] bool is_api_module(const ApiIndex& api, std::uint32_t module);

/// `@x.setter` and `@x.deleter` of a method x.
[[nodiscard]] bool is_setter(const PythonFacts& facts, const PyDefinition& definition);
/// Whether a decorator makes a property of it, by its name.
[[nodiscard]] bool is_property_definition(const PythonFacts& facts, const PyDefinition& definition);
/// "pkg.mod.Class.method".
[[nodiscard]] std::string object_path(const PythonFacts& facts, std::uint32_t definition,
                                      std::string_view module);

enum class DocstringState : std::uint8_t {
    present,
    inherited,  ///< a base class of the project has the member too
    absent,
    unknown,
};

struct DocstringVerdict {
    DocstringState state = DocstringState::absent;
    std::string_view reason;  ///< why it is not known
};

/// Whether a definition has a docstring. An empty one is one.
[[nodiscard]] DocstringVerdict docstring_of(const ApiIndex& api, std::uint32_t module,
                                            std::uint32_t definition);

/// A public class, function, method or property.
struct CoveredObject {
    std::uint32_t definition = kNoItem;
    DocstringVerdict docstring;
};

/// The objects of a module that api/missing-docstring looks at with its default options. Those that
/// may or may not be public are not among them.
[[nodiscard]] std::vector<CoveredObject> covered_objects(const ApiIndex& api, std::uint32_t module);

}  // namespace docathon

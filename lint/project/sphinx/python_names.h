#pragma once
// Names that are Python's own: what Sphinx' py domain lets pass without an object of that name
// (builtin_resolver() of Sphinx 8.2), and what the inventory of Python's documentation has without
// a module. Pure.

#include <string_view>

namespace docathon {

/// A class of `builtins` or a name of `typing`, with or without that module, or None: Sphinx leaves
/// a reference by the roles class, obj and exc to it as text, and says nothing.
[[nodiscard]] bool is_python_type(std::string_view name);

/// An exception or warning of `builtins`, without that module.
[[nodiscard]] bool is_python_exception(std::string_view name);

/// Any name that needs no import.
[[nodiscard]] bool is_python_builtin(std::string_view name);

/// A module or package of the standard library, without what is below it.
[[nodiscard]] bool is_python_module(std::string_view name);

}  // namespace docathon

#pragma once
// What autosummary gives the template of a page that it writes, told from the sources (Sphinx 8.2,
// generate_autosummary_content). Borrows nothing.

#include <string>
#include <vector>

#include "lint/project/api/api_index.h"
#include "lint/project/sphinx/stub_template.h"

namespace docathon {

/// What autodoc calls such an object: which template it has, and which directive. Empty if that is
/// not known.
[[nodiscard]] std::string kind_of(const ApiIndex& api, const ApiEntity& entity);

/// The modules directly below a package, by their dotted names; `name` is its own.
[[nodiscard]] std::vector<std::string> modules_below(const ApiIndex& api, const ApiEntity& entity,
                                                     const std::string& name);

/// The values for an object of that name, which begins with `module`, or is it. Members that a
/// class has of other packages' classes are not among them.
[[nodiscard]] StubValues stub_values(const ApiIndex& api, const ApiEntity& entity,
                                     const std::string& name, const std::string& module);

}  // namespace docathon

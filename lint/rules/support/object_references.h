#pragma once
// Roles that name objects of Python, where they stand: on pages and in docstrings that pages show,
// each with what completes a name there. Shared by api/unresolved-reference and --stats.

#include <functional>

#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"

namespace docathon::rules {

/// Called with each role of the file that names an object, and with what it resolves to;
/// not_applicable for roles of other kinds. A docstring may be on several pages: the answer is
/// found if any of them finds the name. Templates and placeholders are left out (is_judged()).
using ObjectRoleFunction = std::function<void(const Reference&, const Resolution&)>;
void each_object_role(const ProjectContext& context, const ObjectRoleFunction& function);

}  // namespace docathon::rules

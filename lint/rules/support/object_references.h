#pragma once
// Roles that name objects of Python, where they stand: on pages and in docstrings that pages show,
// each with what completes a name there. Shared by api/unresolved-reference and --stats.

#include <cstdint>
#include <functional>
#include <vector>

#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"

namespace docathon::rules {

/// Called with each role of the file that names an object, and with what it resolves to;
/// not_applicable for roles of other kinds. A docstring may be on several pages: the answer is
/// found if any of them finds the name. Templates and placeholders are left out (is_judged()).
using ObjectRoleFunction = std::function<void(const Reference&, const Resolution&)>;
void each_object_role(const ProjectContext& context, const ObjectRoleFunction& function);

/// The pages that show the docstring in which `offset` of a Python file stands, each once. Of a
/// page that is the page itself.
[[nodiscard]] std::vector<FileId> pages_with(const ProjectContext& context, std::uint32_t offset);

/// Where the role `doc` leads: of a docstring dead only if it is on all pages that show it,
/// not_applicable if none does.
[[nodiscard]] Resolution resolve_doc_in(const ProjectContext& context, const Reference& reference);

/// Whether what stands at `offset` of the file is on a page: of a Python file only what is in a
/// docstring that a page shows.
[[nodiscard]] bool is_on_page(const ProjectContext& context, std::uint32_t offset);

}  // namespace docathon::rules

#pragma once
// What a change takes away from the readers of a Sphinx site: pages that were there before it, are
// not there after it, and have no redirect. Addresses count, not files: `guide.rst` that becomes
// `guide.md` is the same page.

#include <string>
#include <vector>

#include "lint/project/index/project_index.h"

namespace docathon {

/// A page that a change removes or renames without a redirect.
struct RemovedPage {
    FileId file = kNoFile;   ///< its source in the tree before the change
    std::string source_dir;  ///< of the site
    std::string name;        ///< document name; the address is this and ".html"
    std::string moved_to;    ///< the one new page with the same last name, or ""
};

/// Sorted by site and name. Sites that are not in both trees, and those whose redirects or excluded
/// pages are computed after the change, are left out.
[[nodiscard]] std::vector<RemovedPage> removed_pages(const ProjectIndex& before,
                                                     const ProjectIndex& after);

}  // namespace docathon

#pragma once
// DocsRegistry: which Python objects the pages of the project's Sphinx sources register, as a build
// would, read from their directives (automodule, autoclass, autosummary, py:function ...) without
// running anything. What an object needs to be registered: Sphinx 8.2, autodoc and the py domain.
//
// Names are dotted, as in an inventory. Frozen after construction; borrows nothing.

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "lint/core/range.h"
#include "lint/model/facts.h"
#include "lint/model/settings.h"

namespace docathon {

class ApiIndex;

/// A page of a site.
struct DocsPage {
    FileId file = kNoFile;
    const FileFacts* facts = nullptr;
    const SphinxSite* site = nullptr;
};

/// Where an object is registered.
struct DocsPlace {
    FileId page = kNoFile;
    Range range;         ///< the directive's first line
    bool alias = false;  ///< under its canonical name, beside another one
};

class DocsRegistry {
  public:
    DocsRegistry(std::span<const DocsPage> pages, const ApiIndex& api);

    /// All names with the first place that registers each, sorted.
    [[nodiscard]] const std::map<std::string, DocsPlace, std::less<>>& names() const {
        return names_;
    }
    /// The place of a name, or nullptr.
    [[nodiscard]] const DocsPlace* find(std::string_view name) const;
    /// Whether the name may be registered in a way that cannot be known: by a template, a directive
    /// of the project, an option that conf.py computes, or because only a run shows whether there
    /// is a docstring.
    [[nodiscard]] bool may_have(std::string_view name) const;
    /// Whether the pages document Python objects at all.
    [[nodiscard]] bool any() const { return any_; }

  private:
    friend class DocsReader;
    std::map<std::string, DocsPlace, std::less<>> names_;
    std::map<std::string, bool, std::less<>> open_;  // name -> with all that is below it
    bool any_ = false;
    bool all_open_ = false;
};

}  // namespace docathon

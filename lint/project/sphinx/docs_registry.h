#pragma once
// DocsRegistry: which Python objects the pages of the project's Sphinx sources register, as a build
// would, read from their directives (automodule, autoclass, autosummary, py:function ...) without
// running anything. What an object needs to be registered: see Sphinx 8.2, autodoc and the py
// domain; every row of how they do it has a test.
//
// Names are dotted, as in an inventory. Borrows the index of the API; frozen after construction.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"
#include "lint/model/facts.h"

namespace docathon {

class ApiIndex;
struct ApiEntity;

/// Where an object is registered.
struct DocsPlace {
    FileId page = kNoFile;
    Range range;         ///< the directive's first line
    bool alias = false;  ///< under its canonical name, beside another one
};

class DocsRegistry {
  public:
    /// `facts` by FileId; of pages only. `is_page` says which files a site builds.
    DocsRegistry(std::span<const FileFacts> facts, const std::vector<bool>& is_page,
                 const ApiIndex& api);

    /// All names with the first place that registers each, sorted.
    [[nodiscard]] const std::map<std::string, DocsPlace, std::less<>>& names() const {
        return names_;
    }
    /// The place of a name, or nullptr.
    [[nodiscard]] const DocsPlace* find(std::string_view name) const;
    /// Whether pages register objects in ways that cannot be known: then what is not found may be
    /// there.
    [[nodiscard]] bool open() const { return open_; }

  private:
    friend class DocsReader;
    std::map<std::string, DocsPlace, std::less<>> names_;
    bool open_ = false;
};

}  // namespace docathon

#pragma once
// DocsRegistry: which Python objects the pages of the project's Sphinx sources register, as a build
// would, read from their directives (automodule, autoclass, autosummary, py:function ...) without
// running anything. What an object needs to be registered: Sphinx 8.2, autodoc and the py domain.
//
// Names are dotted, as in an inventory. Frozen after construction; borrows nothing.

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

/// A docstring that autodoc puts into a page, and what completes the names in it there. One
/// docstring may be in several pages.
struct ShownDocstring {
    std::uint32_t module = kNoItem;     ///< position in ApiIndex::modules()
    std::uint32_t docstring = kNoItem;  ///< position in the docstrings of its facts
    std::string py_module;              ///< as on the page: of a re-export the one that is named
    std::string py_class;               ///< "Outer.Inner"; empty outside of classes
    FileId page = kNoFile;
};

class DocsRegistry {
  public:
    /// The text of a file of the tree, by its path.
    using Read = std::function<std::optional<std::string>(const std::string&)>;

    /// `files`: the facts of all files by FileId, for what docstrings describe by hand. `read`: for
    /// templates of autosummary; borrowed while it is built.
    DocsRegistry(std::span<const DocsPage> pages, const ApiIndex& api,
                 std::span<const FileFacts> files = {}, const Read& read = {});
    // Views of names stand in it.
    DocsRegistry(const DocsRegistry&) = delete;
    DocsRegistry& operator=(const DocsRegistry&) = delete;

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
    /// Whether anything may be registered that cannot be known.
    [[nodiscard]] bool open() const { return all_open_ || !open_.empty(); }
    /// Names that may be registered, as may_have() has them, sorted; with whether all that is below
    /// them may be too.
    [[nodiscard]] const std::map<std::string, bool, std::less<>>& unknown() const { return open_; }
    /// Whether any name may be registered.
    [[nodiscard]] bool all_unknown() const { return all_open_; }
    /// Whether the pages document Python objects at all.
    [[nodiscard]] bool any() const { return any_; }
    /// All names that end with this one behind a dot, or are it, sorted. `name` has no dots.
    [[nodiscard]] std::span<const std::string_view> ending_with(std::string_view name) const;
    /// The docstrings of a module that pages show, by position.
    [[nodiscard]] std::span<const ShownDocstring> shown(std::uint32_t module) const;

  private:
    friend class DocsReader;
    std::map<std::string, DocsPlace, std::less<>> names_;
    std::map<std::string, bool, std::less<>> open_;  // name -> with all that is below it
    std::vector<std::string_view> by_last_;  // by the part behind the last dot, then all of it
    std::vector<ShownDocstring> shown_;      // by module, docstring, then all else
    bool any_ = false;
    bool all_open_ = false;
};

}  // namespace docathon

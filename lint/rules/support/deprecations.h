#pragma once
// Names that are deprecated or gone: rows of rules/data/deprecated (harvested from packages, and
// completed by hand) and of the project's own sources, and where the examples of a page use them.

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lint/model/example_facts.h"
#include "lint/project/api/deprecated.h"
#include "lint/rules/check.h"

namespace docathon::rules {

/// Rows by name. Borrows the rows that were added.
class DeprecationTable {
  public:
    void add(const DeprecatedRow& row);
    /// Rows about the name itself, or about an argument of it; nullptr if there is none. Names of
    /// rows may end in ".*", for all names below.
    [[nodiscard]] const std::vector<const DeprecatedRow*>* find(const std::string& name) const;
    /// The row about the longest part of a dotted name, up to `parts` components; nullptr if none.
    [[nodiscard]] const DeprecatedRow* whole(std::string_view dotted, std::size_t& parts) const;
    [[nodiscard]] bool empty() const { return rows_.empty(); }

  private:
    std::unordered_map<std::string, std::vector<const DeprecatedRow*>> rows_;
};

/// All rows that the program comes with; made once.
[[nodiscard]] const std::vector<DeprecatedRow>& known_deprecations();

/// The first version of a package that has what the text of a replacement names; empty: not known.
[[nodiscard]] std::string_view first_version_with(std::string_view replacement);

/// A use of a row in an example.
struct DeprecatedUse {
    const DeprecatedRow* row = nullptr;
    Range range;               ///< the name, the argument, or the imported word
    std::string_view written;  ///< what stands there
    std::string path;          ///< the dotted name that it stands for
    bool import = false;       ///< an import of it
    const CodeExample* example = nullptr;
};

/// Every use in the Python examples of the file, imports followed. `visit` is called in the order
/// of the groups.
void each_deprecated_use(const ProjectContext& context, const DeprecationTable& known,
                         const DeprecationTable& own,
                         const std::function<void(const DeprecatedUse&)>& visit);

}  // namespace docathon::rules

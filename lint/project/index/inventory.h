#pragma once
// Inventory: what another project's objects.inv says that its documentation has, so that references
// of intersphinx can be looked up offline. Versions 1 and 2 of the format (sphinx.util.inventory,
// Sphinx 8.2).
//
// Lifetime: owns its strings; const once read.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace docathon {

class Inventory {
  public:
    /// Reads the bytes of an objects.inv. Never fails: what is no inventory has no entries and is
    /// damaged(). At most `most` unpacked bytes are read.
    [[nodiscard]] static Inventory read(std::string_view bytes, std::size_t most = kMost);

    /// Whether the inventory has an object of that type ("std:label", "py:class") and name. Labels
    /// and terms are compared without case, as Sphinx does.
    [[nodiscard]] bool has(std::string_view type, std::string_view name) const;
    /// Whether it has an object that fits: domain, type of the domain and name, in each of which
    /// `*` stands for any characters (MyST's `inv:key:domain:type#name`).
    [[nodiscard]] bool has_match(std::string_view domain, std::string_view type,
                                 std::string_view name) const;
    /// It is cut off, holds more than the limit, or is no inventory: what it lacks may exist.
    [[nodiscard]] bool damaged() const { return damaged_; }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    /// CPython's inventory, a large one, has 1.5 MB.
    static constexpr std::size_t kMost = std::size_t{64} << 20;

  private:
    void add(std::string_view type, std::string_view name);
    void read_first(std::string_view text);
    void read_second(std::string_view text);

    bool damaged_ = false;
    std::vector<std::string> entries_;  // "type name", sorted
};

/// By the names that intersphinx_mapping and project.inventories give them.
using Inventories = std::map<std::string, Inventory, std::less<>>;

}  // namespace docathon

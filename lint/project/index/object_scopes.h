#pragma once
// ObjectScopes: which module, class and default domain complete the names of Python objects at each
// place of a page, as py:currentmodule, py:class and default-domain leave them (the ref_context of
// Sphinx 8.2).
//
// Lifetime: borrows the facts. Const once made; a look-up takes logarithmic time.

#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/model/facts.h"

namespace docathon {

/// What completes the name of an object; empty parts where there is none.
struct ObjectPlace {
    std::string_view module;
    std::string_view in_class;  ///< "Outer.Inner", or with its module before it
    std::string_view domain;    ///< of roles without one; empty: that of conf.py
};

class ObjectScopes {
  public:
    explicit ObjectScopes(const FileFacts& facts);
    [[nodiscard]] ObjectPlace at(std::uint32_t offset) const;

  private:
    /// From `begin` on the name is in force.
    struct Step {
        std::uint32_t begin;
        std::string_view name;
    };
    [[nodiscard]] static std::vector<Step> steps_of(const FileFacts& facts, NameScope::Kind kind);
    [[nodiscard]] static std::string_view find(const std::vector<Step>& steps,
                                               std::uint32_t offset);

    std::vector<Step> modules_, classes_, domains_;
};

}  // namespace docathon

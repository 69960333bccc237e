#pragma once
// RuleSet: the rules of one run in the order of their ids; Diagnostic::rule is a position in it.

#include <string>
#include <vector>

#include "lint/model/rule.h"

namespace docathon {

struct RuleSet {
    std::vector<RuleSpec> specs;  ///< sorted by id
    /// Position of an id, or -1.
    [[nodiscard]] int find(std::string_view id) const;
};

}  // namespace docathon

#pragma once
// Rules of a project (config key `rule-paths`): files with one rule or a list of rules, which may
// build on others with `extends`. They need an engine: C++ cannot come with a configuration.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"
#include "lint/model/rule_set.h"

namespace docathon {

/// A rule file of the project.
struct RuleText {
    std::string path;  ///< relative to the root
    std::string text;
};

/// Adds the rules in `files` to the built-in ones, each at its sorted place. A rule that says
/// `extends: id` has the keys of that rule, built in or the project's own, but for its id, its
/// examples and what says how it came about; `key+` adds to a list or map, `key-` takes away.
/// The error is the first in the order of the files; `all`, if given, receives every one.
[[nodiscard]] Result<void> add_project_rules(RuleSet& rules, std::span<const RuleText> files,
                                             std::vector<Error>* all = nullptr);

}  // namespace docathon

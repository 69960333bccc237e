#pragma once
// Options of a rule: from a YAML value to the typed value that a check reads.

#include <string>
#include <string_view>

#include "lint/config/keys.h"
#include "lint/model/rule.h"

namespace docathon {

/// Names of the types as rule files write them, in the order of OptionType.
inline constexpr std::string_view kOptionTypes[] = {
    "boolean", "integer", "string", "string-list", "regex", "regex-list", "choice"};

/// Reads `value` as `spec` says; reports what is wrong, naming it `what`, and returns false.
/// Expressions must compile in RE2.
bool read_option(const Value& value, const OptionSpec& spec, std::string_view what, Reader& reader,
                 Options::Entry& out);

/// The options of a rule with their defaults. The defaults were checked when the rule was read.
[[nodiscard]] Options default_options(const RuleSpec& spec);

/// The options of `spec` with `values` (a map, or null) over their defaults: for a rule's example.
[[nodiscard]] Result<Options> options_with(const RuleSpec& spec, const Value& values,
                                           std::string_view path);

}  // namespace docathon

#pragma once
// The page of a rule as SARIF's help carries it: what it finds, why that matters, what stays
// silent, options, examples, how to silence it.

#include <cstddef>
#include <string>
#include <string_view>

#include "lint/model/rule.h"

namespace docathon {

/// The page as plain text; never empty.
[[nodiscard]] std::string rule_help_text(const RuleSpec& spec);
/// The page as Markdown; never empty.
[[nodiscard]] std::string rule_help_markdown(const RuleSpec& spec);

/// Runs of white space as one space, none at the ends.
[[nodiscard]] std::string one_line(std::string_view text);
/// At most `most` code points, the last of them "…" if any was left out.
[[nodiscard]] std::string shorten(std::string text, std::size_t most);
/// A value as one would write it in YAML on one line.
[[nodiscard]] std::string value_text(const Value& value);

}  // namespace docathon

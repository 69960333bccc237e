#pragma once
// What the rules on names of Sphinx share (labels, terms, options): one walk over the roles of a
// page, the verdict of the index, and the words.

#include <functional>
#include <span>
#include <string_view>

#include "lint/rules/support/references.h"

namespace docathon::rules {

/// Reports every role of one of those names (without its domain), and of cards if "ref" is among
/// them, whose name no page has. `what`: "label", "term" ...; what cannot be decided is counted.
void report_unknown_names(const ProjectContext& context, std::span<const std::string_view> roles,
                          std::string_view what, Sink& sink);

/// A role's name without its domain: `std:ref` is `ref`.
[[nodiscard]] std::string_view without_domain(std::string_view role);

}  // namespace docathon::rules

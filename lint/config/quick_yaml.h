#pragma once
// Quick YAML: the plain part of YAML that rule files are written in. yaml-cpp takes 0.13 ms for a
// rule file of 1 KB, so 20 ms for 150 rules at every start of the program; this reader, leaving out
// the examples, takes 0.004 ms each.
// It is only ever an accelerator: what it does not know it declines, and the caller takes
// parse_yaml() instead. A test and a fuzz target hold it equal to parse_yaml().

#include <optional>
#include <span>
#include <string_view>

#include "lint/core/value.h"

namespace docathon {

/// Reads `text`, which must be a block map, without the values of the top-level keys in `skip`
/// (those keys are absent from the result). nullopt for anything unusual, wrong YAML included.
[[nodiscard]] std::optional<Value> quick_yaml(std::string_view text,
                                              std::span<const std::string_view> skip = {});

}  // namespace docathon

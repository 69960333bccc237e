#pragma once
// The body of examples/deprecated-api and examples/removed-api, which differ in the rows that they
// look at.

#include <memory>

#include "lint/rules/check.h"

namespace docathon::rules {

/// `removed`: rows of what is gone; else of what is deprecated and still there.
[[nodiscard]] std::unique_ptr<Check> make_deprecated_rule(const Options& options, bool removed);

}  // namespace docathon::rules

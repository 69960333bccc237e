#pragma once
// Suppression comments, the part that all formats share: what the text of a comment says. Where the
// comment is and what it covers is the business of each front end.

#include <optional>
#include <string_view>

#include "lint/model/facts.h"

namespace docathon {

/// Reads the text of a comment (without its markup): `docathon-lint: ignore[id, ...] why`. nullopt
/// for a comment that does not address us. A comment that does but is wrong has `error` set and
/// silences nothing. `range` and `scope` are left empty.
[[nodiscard]] std::optional<Suppression> parse_suppression(std::string_view comment);

}  // namespace docathon

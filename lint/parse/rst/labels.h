#pragma once
// Labels of reStructuredText by a scan of its lines, until the rST parser reads them: explicit
// targets (`.. _label:`) and `:name:` options. Enough to know that a label exists; a rule must not
// call it missing for want of a parser.

#include <string_view>

#include "lint/core/range.h"

namespace docathon::rst {

/// Finds the label that a line defines: offsets of it in `line`, or an empty range.
[[nodiscard]] Range label_in_line(std::string_view line);

}  // namespace docathon::rst

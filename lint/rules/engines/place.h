#pragma once
// Where a finding about a whole node points: to the smallest part that shows which node is meant.

#include "lint/rules/engines/text_view.h"

namespace docathon::rules {

/// The text of a heading, the heading of a section, the first heading (or line) of a page, the
/// target of a link or image, else the first line of the node.
[[nodiscard]] Range place_of(const FileView& file, std::uint32_t entry);

}  // namespace docathon::rules

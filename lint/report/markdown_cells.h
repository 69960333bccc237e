#pragma once
// Any text in a cell of a GFM table.

#include <string>
#include <string_view>

namespace docathon {

/// Text that stands for itself.
[[nodiscard]] std::string markdown_cell_text(std::string_view text);
/// A code span: '|' is escaped in code too, because cells are cut first.
[[nodiscard]] std::string markdown_cell_code(std::string_view text);

}  // namespace docathon

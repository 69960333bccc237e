#pragma once
// The line of one finding that `text` and `full` share.

#include <string>
#include <string_view>

#include "lint/report/out.h"
#include "lint/report/positions.h"

namespace docathon {

/// Parts of a line that get a colour of their own.
enum class Ink : std::uint8_t { path, error, warning, note, rule, gutter, fix };

/// `text` in its colour, or as it is when `color` is off.
void paint(Out& out, bool color, Ink ink, std::string_view text);

/// The colour of a severity.
[[nodiscard]] Ink ink_of(Severity severity);

/// A path as the beginning of a line of output: control characters visible, and "./" before one
/// that a runner of continuous integration would take for a command (`::error::...`).
[[nodiscard]] std::string line_path(std::string_view path);

/// `path:line:column: severity: message [rule]` and a line break.
void write_text_line(Out& out, const RunResult& result, Positions& positions,
                     const Diagnostic& finding, bool color);

}  // namespace docathon

#pragma once
// Commands of shells in blocks and code spans, to the arrays of ExampleFacts.

#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/model/example_facts.h"

namespace docathon::examples {

/// Whether text in a block that names no language is commands without doubt: a prompt, or a line
/// that begins with a program that readers of documentation are told to start.
[[nodiscard]] bool looks_like_shell(std::string_view text);
/// Whether a code span is a command and no name: `python a.py`, `./a.sh`.
[[nodiscard]] bool is_shell_span(std::string_view text);

/// Appends the commands of some lines as one ShellText, if there are any. `cell`: Python in which
/// lines for the shell begin with `!`.
void read_shell(std::string_view source, const std::vector<Range>& lines, bool console, bool cell,
                const ShellText& like, ExampleFacts& facts);

}  // namespace docathon::examples

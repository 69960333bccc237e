#pragma once
// The options that a Python file's own command line takes: add_argument() of argparse and option()
// of click. Private to lint/parse/python and its tests. Linear in the file.

#include <string_view>

#include "lint/model/script_facts.h"
#include "lint/parse/python/outline.h"

namespace docathon::python {

/// Whether it is worth a look.
[[nodiscard]] bool may_read_command_line(std::string_view text);

/// Fills out.command_line and out.options. What is given as anything but a plain string makes it
/// open: options may exist that this reading does not see.
void read_command_line(std::string_view text, const Outline& outline, ScriptFacts& out);

}  // namespace docathon::python

#pragma once
// The text of an example, for checks of scope `file`.

#include <string_view>

#include "lint/model/example_facts.h"
#include "lint/parse/mapped_text.h"

namespace docathon::rules {

/// The code of an example as its reader types it, without prompts and indentation; maps back to
/// `source`, which must outlive it.
[[nodiscard]] MappedText example_code(std::string_view source, const ExampleFacts& facts,
                                      const CodeExample& example);

/// Whether the author says that it is of its language: by a fence or a directive, no guess.
[[nodiscard]] bool is_labelled(const CodeExample& example);

/// Whether every line of the text is a command of a shell.
[[nodiscard]] bool is_all_shell(std::string_view text);
/// Whether a line of the text is one.
[[nodiscard]] bool has_shell(std::string_view text);

}  // namespace docathon::rules

#pragma once
// The text of an example and what stands around it, for checks that have the source.

#include <functional>
#include <string_view>

#include "lint/model/example_facts.h"
#include "lint/parse/mapped_text.h"
#include "lint/rules/check.h"

namespace docathon::rules {

/// Whether the line above the block says that it is output: "The output is as follows:".
[[nodiscard]] bool is_called_output(std::string_view source, const CodeExample& example);

/// The code of an example as its reader types it, without prompts and indentation; maps back to
/// `source`, which must outlive it.
[[nodiscard]] MappedText example_code(std::string_view source, const ExampleFacts& facts,
                                      const CodeExample& example);

/// Whether the author says that it is of its language: by a fence or a directive, no guess.
[[nodiscard]] bool is_labelled(const CodeExample& example);

/// Calls `visit` for the examples whose language is said, in their order.
void each_labelled_example(
    const FileContext& context,
    const std::function<void(const ExampleFacts&, const CodeExample&)>& visit);

/// Whether a line of a block of Python is none, but text that people read: what a program printed,
/// prose in place of code, `f(x)...)` for what is left out.
[[nodiscard]] bool is_text_line(std::string_view line);

/// Whether every line of the text is a command of a shell.
[[nodiscard]] bool is_all_shell(std::string_view text);
/// Whether a line of the text is one.
[[nodiscard]] bool has_shell(std::string_view text);

}  // namespace docathon::rules

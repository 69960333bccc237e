#pragma once
// Languages of examples, by the words that pages use for them and by how the text looks.

#include <string_view>

#include "lint/model/example_facts.h"

namespace docathon::examples {

/// What a word behind a fence or in a directive says.
struct Labelled {
    CodeLanguage language = CodeLanguage::other;
    bool console = false;  ///< a session: prompts and what the program prints
};

/// `label` in lower case, without braces: Pygments' names, those of GitHub, and common slips.
/// Words that stand for "no language" (none, text) give `text`.
[[nodiscard]] Labelled language_of(std::string_view label);

/// Whether the lines are Python without doubt: one imports something, and none is a prompt of a
/// shell.
[[nodiscard]] bool looks_like_python(std::string_view text);

/// Size of a prompt of Python at the beginning of a line: `>>> `, `... `, `In [1]: `, `...: `; 0 if
/// there is none. `more` is set to whether it continues a statement.
[[nodiscard]] std::size_t python_prompt(std::string_view line, bool& more);

/// Size of a prompt of a shell: `$ `, `(venv) $ `, `user@host:~/x$ `; 0 if there is none.
[[nodiscard]] std::size_t shell_prompt(std::string_view line);

}  // namespace docathon::examples

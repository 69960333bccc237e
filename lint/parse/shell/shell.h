#pragma once
// Commands of shells as pages show them: scripts, and sessions with prompts and output. What a
// command is follows POSIX.1-2017, chapter "Shell Command Language"; what differs is what people
// write in pages: prompts, `<placeholder>`, a comment behind a `\` at the end of a line, quotes
// that are never closed. Linear in the text, no recursion, any bytes.

#include <cstdint>
#include <vector>

#include "lint/model/shell_facts.h"
#include "lint/parse/mapped_text.h"

namespace docathon::shell {

/// What kind of text is read.
enum class Dialect : std::uint8_t {
    script,    ///< every line is a command, unless there are prompts
    session,   ///< a console: lines behind a prompt; where no line has one, every line
    prompted,  ///< lines behind a prompt and nothing else
    notebook,  ///< a cell: lines with `!`, `%cd`, `%pip`; all of it behind `%%bash`
};

/// The commands of a text, in its order. Where a line has a prompt (`$ x`, `(env) $ x`, `% x`,
/// `user@host:~$ x`), lines without one are output.
[[nodiscard]] std::vector<ShellCommand> read_commands(const MappedText& code, Dialect dialect);

}  // namespace docathon::shell

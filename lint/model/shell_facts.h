#pragma once
// ShellFacts: the commands that an example of a page tells a reader to type, word by word with
// exact ranges. Owned data. Nothing in here is resolved or run: a path is as written, a variable is
// not expanded, and the words of a command that needs either say so in their flags.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"

namespace docathon {

namespace shell_word_flag {
inline constexpr std::uint8_t kQuoted = 1;       ///< holds quotes or backslashes, not in `text`
inline constexpr std::uint8_t kExpansion = 2;    ///< $X, ${X}, $(x), `x`, a leading ~
inline constexpr std::uint8_t kGlob = 4;         ///< * ? [x] {a,b}, not quoted
inline constexpr std::uint8_t kPlaceholder = 8;  ///< stands for something: <x>, {x}, path/to, ...
/// What it is, is not known from the text.
inline constexpr std::uint8_t kOpen = kExpansion | kGlob | kPlaceholder;
}  // namespace shell_word_flag

struct ShellWord {
    std::string text;  ///< without quotes and backslashes; expansions as written
    Range range;       ///< as written, quotes included
    std::uint8_t flags = 0;
};

/// How a command follows the one before it in the same text.
enum class ShellJoin : std::uint8_t {
    start,       ///< the first one, or behind a line end or `;`
    and_,        ///< &&
    or_,         ///< ||
    pipe,        ///< |
    background,  ///< &
};

/// One simple command (POSIX.1-2017, Shell Command Language, 2.9.1).
struct ShellCommand {
    ShellJoin join = ShellJoin::start;
    std::uint32_t depth = 0;             ///< of parentheses: what `cd` does ends with them
    std::vector<ShellWord> assignments;  ///< `X=1` before the name
    std::vector<ShellWord> words;        ///< the name first; empty for assignments alone
    std::vector<ShellWord> outputs;      ///< files that are written: > x, >> x, &> x
    std::vector<ShellWord> inputs;       ///< files that are read: < x
    Range range;                         ///< from the first word to the last
};

/// Whether a word or a path stands for one that the reader is to put there: <x>, {x}, "...",
/// path/to/x, your_x, x/XXX/y, a component in capitals such as MODEL_DIR.
[[nodiscard]] bool looks_like_placeholder(std::string_view text);

}  // namespace docathon

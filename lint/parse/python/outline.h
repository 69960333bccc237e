#pragma once
// The outline of a Python file: its logical lines, each with its indentation and its first word,
// and the comments that mean something to us. No expression is read: strings, comments and
// brackets are skipped, so this runs at some hundred megabytes a second, and what needs more looks
// closer at the few lines that it is about.
//
// All syntax of Python 3.8 to 3.14 (Python 3.14 reference, chapter 2), and files that are none: an
// unclosed bracket ends where a word follows that no expression can hold, an unclosed string in
// single quotes at the end of its line.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"

namespace docathon::python {

/// The first word of a logical line, as far as it says what the line is. Soft keywords (match,
/// case, type, print) are those words; what they are there is decided by who reads the line.
enum class FirstWord : std::uint8_t {
    other,
    string,  ///< a quote, with a prefix or without; or an opening parenthesis
    decorator,
    word_def,
    word_async,
    word_class,
    word_import,
    word_from,
    word_if,
    word_elif,
    word_else,
    word_try,
    word_except,
    word_finally,
    word_with,
    word_for,
    word_while,
    word_match,
    word_case,
    word_return,
    word_raise,
    word_yield,
    word_await,
    word_del,
    word_global,
    word_pass,
    word_print,
    word_type,
};

namespace line_flag {
inline constexpr std::uint8_t kSameLine = 1;  ///< stands behind a `;`
inline constexpr std::uint8_t kBroken = 2;    ///< holds a bracket or a string that is not closed
}  // namespace line_flag

/// A logical line, or one of the statements of it that `;` divides.
struct Line {
    std::uint32_t begin = 0;   ///< its first byte
    std::uint32_t end = 0;     ///< one past its last that is neither space nor comment
    std::uint32_t indent = 0;  ///< columns, tabs to multiples of 8
    FirstWord first = FirstWord::other;
    std::uint8_t flags = 0;
};

enum class CommentKind : std::uint8_t {
    doc,       ///< `#: text`: Sphinx's documentation of an attribute
    directed,  ///< `# docathon-lint: ...`, `# noqa`
};

struct Comment {
    CommentKind kind = CommentKind::doc;
    bool own_line = false;   ///< nothing else in its line
    Range range;             ///< from the # to the end of its line
    std::uint32_t line = 0;  ///< index of the logical line that it stands in, or that follows
};

/// What is wrong with the text, as CPython 3.13 words and places it.
struct SyntaxProblem {
    std::string message;
    Range range;
};

struct Outline {
    std::vector<Line> lines;
    std::vector<Comment> comments;
    std::vector<SyntaxProblem> problems;  ///< in the order they were met
};

/// The word at `at`, which must be below text.size().
[[nodiscard]] FirstWord first_word(std::string_view text, std::size_t at);

/// Fills `out`, whose memory is used again. `text` may begin with a byte order mark.
void scan_outline(std::string_view text, Outline& out);

}  // namespace docathon::python

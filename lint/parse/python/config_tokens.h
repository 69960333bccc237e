#pragma once
// Tokens of a Python file, for the reader of conf.py. Linear in the text, tolerant: a broken string
// or bracket spoils its own statement and no other. Private to lint/parse/python.
//
// Why not tree-sitter: its Python scanner is quadratic in runs of line continuations (200 kB take
// 80 s) and in `if x:if x:...`; a conf.py comes with a pull request from anyone.

#include <cstdint>
#include <string_view>
#include <vector>

namespace docathon::config_reader {

enum class TokenKind : std::uint8_t {
    name,
    number,
    string,         ///< one literal with its prefix and quotes
    broken_string,  ///< without its closing quotes
    op,             ///< operator, delimiter or a byte that is no Python
};

struct Token {
    TokenKind kind = TokenKind::op;
    std::uint32_t begin = 0;  ///< bytes of the text
    std::uint32_t end = 0;
    std::uint32_t line = 1;   ///< 1-based
    std::uint32_t match = 0;  ///< of a bracket: index of its partner; own index if it has none
};

/// One logical line: up to a line end outside of brackets and strings.
struct LogicalLine {
    std::uint32_t first = 0;   ///< index of its first token
    std::uint32_t last = 0;    ///< one past its last
    std::uint32_t indent = 0;  ///< columns, tabs to multiples of 8
    bool broken = false;       ///< a bracket or string in it is not closed
};

struct TokenList {
    std::vector<Token> tokens;
    std::vector<LogicalLine> lines;
    bool errors = false;
};

/// Tokens of text[begin, end); offsets are those of `text`, lines count from `line`.
[[nodiscard]] TokenList tokenize(std::string_view text, std::uint32_t begin, std::uint32_t end,
                                 std::uint32_t line);

}  // namespace docathon::config_reader

#pragma once
// Words of Python: string literals (every prefix, f-strings of Python 3.12 with strings inside of
// their fields), names, numbers and operators. The outline scanner uses the part about strings; the
// readers of headers (signatures, imports, decorators) use Cursor on the few lines they are about.
//
// Everything is linear and takes any bytes. Nothing is copied: offsets are those of `text`, which
// must outlive a Cursor.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lint/core/range.h"

namespace docathon::python {

/// f-strings in fields of f-strings in ...: CPython's own limit (MAXFSTRINGLEVEL, 3.12).
inline constexpr int kMaxStringNesting = 150;

/// Whether a byte can stand in a name. Bytes above ASCII count: which of them are letters does not
/// matter to find where a name ends.
[[nodiscard]] constexpr bool in_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (c & 0x80) != 0;
}

namespace string_prefix {
inline constexpr std::uint8_t kRaw = 1;
inline constexpr std::uint8_t kBytes = 2;
inline constexpr std::uint8_t kFormat = 4;    ///< f"" and, since Python 3.14, t""
inline constexpr std::uint8_t kUnicode = 8;   ///< u""
inline constexpr std::uint8_t kInvalid = 64;  ///< these letters are no prefix
}  // namespace string_prefix

/// What the letters before a quote mean, as bits of string_prefix; 0 for none.
[[nodiscard]] std::uint8_t read_prefix(std::string_view letters);

/// Bits of string_prefix of the letters directly before the quote at `quote`, not reaching back
/// before `begin`; 0 if what stands there is another word, or nothing.
[[nodiscard]] std::uint8_t prefix_before(std::string_view text, std::size_t begin,
                                         std::size_t quote);

/// Where a string literal ends.
struct StringEnd {
    std::size_t end = 0;  ///< one past the closing quotes, or where reading can go on
    bool closed = false;  ///< false: the quotes are not closed in this line, or in this text
    bool triple = false;
};

/// Reads a string from its opening quote on. `fields_over_lines`: a field of an f"" in single
/// quotes may hold line ends (Python 3.12); a caller that meets an open one sets it to false, so
/// that no text is read again and again.
[[nodiscard]] StringEnd skip_string(std::string_view text, std::size_t quote, bool format,
                                    bool fields_over_lines = true);

/// First offset at or after `from` of either byte, or text.size().
[[nodiscard]] std::size_t find_either(std::string_view text, std::size_t from, char a, char b);

/// One past the line end at `at` (LF, CR LF, CR), or `at` if there is none.
[[nodiscard]] inline std::size_t skip_line_end(std::string_view text, std::size_t at) {
    if (at < text.size() && text[at] == '\r')
        ++at;
    else if (at < text.size() && text[at] == '\n')
        return at + 1;
    else
        return at;
    return at < text.size() && text[at] == '\n' ? at + 1 : at;
}

enum class TokenKind : std::uint8_t {
    end,  ///< nothing is left
    name,
    number,
    string,  ///< closed or not; `flags` as string_prefix
    op,
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::uint8_t flags = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    [[nodiscard]] Range range() const { return {begin, end}; }
};

/// Tokens of one logical line or of a part of it; line ends and comments are white space.
class Cursor {
  public:
    Cursor(std::string_view text, Range range)
        : text_(text.substr(0, range.end)), at_(range.begin) {
        next();
    }

    /// The token that comes next; kind `end` at the end.
    [[nodiscard]] const Token& peek() const { return token_; }
    [[nodiscard]] std::string_view word() const {
        return text_.substr(token_.begin, token_.end - token_.begin);
    }
    [[nodiscard]] bool at_end() const { return token_.kind == TokenKind::end; }
    [[nodiscard]] bool is_op(std::string_view op) const {
        return token_.kind == TokenKind::op && word() == op;
    }
    [[nodiscard]] bool is_name(std::string_view name) const {
        return token_.kind == TokenKind::name && word() == name;
    }
    void next();
    /// Takes the token if it is this operator.
    bool take(std::string_view op) {
        if (!is_op(op))
            return false;
        next();
        return true;
    }
    bool take_name(std::string_view name) {
        if (!is_name(name))
            return false;
        next();
        return true;
    }
    /// End of the token before.
    [[nodiscard]] std::uint32_t last_end() const { return last_end_; }

    /// Reads an expression: up to one of `stops` outside of all brackets, or a closing bracket that
    /// it does not open, or the end. Commas, colons and `=` that belong to a lambda do not stop.
    /// The range is that of its tokens; empty if there are none.
    Range expression(std::string_view stops);

  private:
    void read_op();
    void read_string(bool format);

    std::string_view text_;
    std::size_t at_ = 0;
    Token token_;
    std::uint32_t last_end_ = 0;
    bool fields_over_lines_ = true;
};

}  // namespace docathon::python

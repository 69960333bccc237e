#include "lint/parse/python/lexer.h"

#include <array>

#include "lint/core/strings.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace docathon::python {

namespace {

/// The inside of f-strings. Recursion is limited by kMaxStringNesting.
class FormatReader {
  public:
    FormatReader(std::string_view text, bool fields_over_lines)
        : text_(text), fields_over_lines_(fields_over_lines) {}

    /// From the opening quote on.
    StringEnd string(std::size_t quote, bool format, int nesting) {
        const char mark = text_[quote];
        StringEnd out;
        out.triple = is_triple(quote, mark);
        std::size_t at = quote + (out.triple ? 3 : 1);
        while (true) {
            if (format) {
                while (at < text_.size() && text_[at] != mark && text_[at] != '\\' &&
                       text_[at] != '{' && text_[at] != '\n' && text_[at] != '\r') {
                    ++at;
                }
            } else {
                at = out.triple ? find_either(text_, at, mark, '\\') : find_single(at, mark);
            }
            if (at >= text_.size()) {
                out.end = text_.size();
                return out;
            }
            const char c = text_[at];
            if (c == '\\') {
                at = format ? escape_in_format(at) : escape(at);
            } else if (c == mark) {
                if (!out.triple || is_triple(at, mark)) {
                    out.end = at + (out.triple ? 3 : 1);
                    out.closed = true;
                    return out;
                }
                ++at;
            } else if (c == '{') {
                if (at + 1 < text_.size() && text_[at + 1] == '{') {
                    at += 2;
                    continue;
                }
                const std::size_t end = field(at + 1, mark, out.triple, nesting);
                if (end == kOpen) {
                    out.end = text_.size();
                    return out;
                }
                at = end;
            } else if (out.triple) {
                ++at;
            } else {
                out.end = at;
                return out;
            }
        }
    }

  private:
    static constexpr std::size_t kOpen = static_cast<std::size_t>(-1);

    [[nodiscard]] bool is_triple(std::size_t at, char mark) const {
        return at + 2 < text_.size() && text_[at + 1] == mark && text_[at + 2] == mark;
    }

    [[nodiscard]] std::size_t find_single(std::size_t at, char mark) const {
        while (at < text_.size() && text_[at] != mark && text_[at] != '\\' && text_[at] != '\n' &&
               text_[at] != '\r') {
            ++at;
        }
        return at;
    }

    /// Past the backslash at `at` and what it escapes; a line end counts as one.
    [[nodiscard]] std::size_t escape(std::size_t at) const {
        ++at;
        if (at >= text_.size())
            return at;
        const std::size_t line = skip_line_end(text_, at);
        return line != at ? line : at + 1;
    }

    /// `\{` begins a field all the same; `\N{...}` is no field.
    [[nodiscard]] std::size_t escape_in_format(std::size_t at) const {
        if (at + 1 < text_.size() && (text_[at + 1] == '{' || text_[at + 1] == '}'))
            return at + 1;
        if (at + 2 < text_.size() && text_[at + 1] == 'N' && text_[at + 2] == '{') {
            // In a raw string this is a field, whose text can be no such name.
            std::size_t end = at + 3;
            while (end < text_.size() &&
                   (is_ascii_alnum(text_[end]) || text_[end] == ' ' || text_[end] == '-'))
                ++end;
            if (end < text_.size() && text_[end] == '}')
                return end + 1;
            return at + 2;
        }
        return escape(at);
    }

    /// From behind the `{` past the `}`; kOpen if it does not end.
    std::size_t field(std::size_t at, char mark, bool triple, int nesting) {
        if (nesting >= kMaxStringNesting)
            return kOpen;
        int depth = 0;
        bool spec = false;  // behind the colon
        while (at < text_.size()) {
            const char c = text_[at];
            if (spec) {
                if (c == '{') {
                    at = field(at + 1, mark, triple, nesting + 1);
                    if (at == kOpen)
                        return kOpen;
                } else if (c == '}') {
                    return at + 1;
                } else if (!triple && (c == mark || c == '\n' || c == '\r')) {
                    return kOpen;
                } else if (triple && c == mark && is_triple(at, mark)) {
                    return kOpen;
                } else if (c == '\\') {
                    at = escape_in_format(at);
                } else {
                    ++at;
                }
                continue;
            }
            switch (c) {
                case '"':
                case '\'': {
                    const std::uint8_t flags = prefix_before(text_, at - (at < 2 ? at : 2), at);
                    const StringEnd inner =
                        string(at, (flags & string_prefix::kFormat) != 0, nesting + 1);
                    if (!inner.closed)
                        return kOpen;
                    at = inner.end;
                    break;
                }
                case '(':
                case '[':
                case '{':
                    ++depth;
                    ++at;
                    break;
                case ')':
                case ']':
                    if (depth == 0)
                        return kOpen;
                    --depth;
                    ++at;
                    break;
                case '}':
                    ++at;
                    if (depth == 0)
                        return at;
                    --depth;
                    break;
                case ':':
                    spec = depth == 0;
                    ++at;
                    break;
                case '#':
                    at = find_either(text_, at, '\n', '\r');
                    break;
                case '\n':
                case '\r':
                    if (!triple && !fields_over_lines_)
                        return kOpen;
                    ++at;
                    break;
                default:
                    ++at;
            }
        }
        return kOpen;
    }

    std::string_view text_;
    bool fields_over_lines_;
};

}  // namespace

std::uint8_t read_prefix(std::string_view letters) {
    if (letters.size() > 2)
        return string_prefix::kInvalid;
    std::uint8_t flags = 0;
    for (const char letter : letters) {
        std::uint8_t flag = 0;
        switch (ascii_lower(letter)) {
            case 'r':
                flag = string_prefix::kRaw;
                break;
            case 'b':
                flag = string_prefix::kBytes;
                break;
            case 'f':
            case 't':
                flag = string_prefix::kFormat;
                break;
            case 'u':
                flag = string_prefix::kUnicode;
                break;
            default:
                return string_prefix::kInvalid;
        }
        if ((flags & flag) != 0)
            return string_prefix::kInvalid;
        flags |= flag;
    }
    // Two letters: one of them is r, the other is not u.
    if (letters.size() == 2 &&
        ((flags & string_prefix::kRaw) == 0 || (flags & string_prefix::kUnicode) != 0))
        return string_prefix::kInvalid;
    return flags;
}

std::uint8_t prefix_before(std::string_view text, std::size_t begin, std::size_t quote) {
    std::size_t at = quote;
    while (at > begin && quote - at < 3 && in_name(text[at - 1]))
        --at;
    // A longer word ends here, or one that began before `begin`.
    if (at == quote || quote - at > 2 || (at == begin && at > 0 && in_name(text[at - 1])))
        return 0;
    const std::uint8_t flags = read_prefix(text.substr(at, quote - at));
    return flags == string_prefix::kInvalid ? 0 : flags;
}

StringEnd skip_string(std::string_view text, std::size_t quote, bool format,
                      bool fields_over_lines) {
    StringEnd out = FormatReader(text, fields_over_lines).string(quote, format, 0);
    if (!out.closed && !out.triple) {
        // Whatever a field ran into: a string in single quotes ends with its line.
        out.end = find_either(text, quote, '\n', '\r');
    }
    return out;
}

std::size_t find_either(std::string_view text, std::size_t from, char a, char b) {
    std::size_t at = from;
#if defined(__SSE2__)
    const __m128i first = _mm_set1_epi8(a);
    const __m128i second = _mm_set1_epi8(b);
    while (at + 16 <= text.size()) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
        const int mask = _mm_movemask_epi8(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, first), _mm_cmpeq_epi8(bytes, second)));
        if (mask != 0)
            return at + static_cast<std::size_t>(__builtin_ctz(static_cast<unsigned>(mask)));
        at += 16;
    }
#endif
    while (at < text.size() && text[at] != a && text[at] != b)
        ++at;
    return at;
}

void Cursor::next() {
    last_end_ = token_.end;
    while (at_ < text_.size()) {
        const char c = text_[at_];
        if (is_ascii_space(c)) {
            ++at_;
        } else if (c == '#') {
            at_ = find_either(text_, at_, '\n', '\r');
        } else if (c == '\\' && at_ + 1 < text_.size() &&
                   (text_[at_ + 1] == '\n' || text_[at_ + 1] == '\r')) {
            at_ += 2;
        } else {
            break;
        }
    }
    token_ = {};
    token_.begin = static_cast<std::uint32_t>(at_);
    if (at_ >= text_.size()) {
        token_.end = token_.begin;
        return;
    }
    const char c = text_[at_];
    if (in_name(c) && !is_ascii_digit(c)) {
        while (at_ < text_.size() && in_name(text_[at_]))
            ++at_;
        token_.kind = TokenKind::name;
        if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
            const std::uint8_t flags = read_prefix(text_.substr(token_.begin, at_ - token_.begin));
            if (flags != string_prefix::kInvalid) {
                token_.kind = TokenKind::string;
                token_.flags = flags;
                read_string((flags & string_prefix::kFormat) != 0);
            }
        }
    } else if (c == '"' || c == '\'') {
        token_.kind = TokenKind::string;
        read_string(false);
    } else if (is_ascii_digit(c) ||
               (c == '.' && at_ + 1 < text_.size() && is_ascii_digit(text_[at_ + 1]))) {
        token_.kind = TokenKind::number;
        while (at_ < text_.size()) {
            const char d = text_[at_];
            if (in_name(d) || d == '.') {
                ++at_;
            } else if ((d == '+' || d == '-') && ascii_lower(text_[at_ - 1]) == 'e' &&
                       // In 0xe+1 the sign is an operator.
                       !(text_[token_.begin] == '0' && at_ - token_.begin > 1 &&
                         ascii_lower(text_[token_.begin + 1]) == 'x') &&
                       at_ + 1 < text_.size() && is_ascii_digit(text_[at_ + 1])) {
                ++at_;
            } else {
                break;
            }
        }
    } else {
        token_.kind = TokenKind::op;
        read_op();
    }
    token_.end = static_cast<std::uint32_t>(at_);
}

void Cursor::read_string(bool format) {
    const StringEnd string = skip_string(text_, at_, format, fields_over_lines_);
    fields_over_lines_ = fields_over_lines_ && string.closed;
    at_ = string.end;
}

void Cursor::read_op() {
    constexpr std::array<std::string_view, 5> kThree = {"**=", "//=", ">>=", "<<=", "..."};
    constexpr std::array<std::string_view, 20> kTwo = {
        "==", "!=", "<=", ">=", "->", "+=", "-=", "*=", "/=", "%=",
        "&=", "|=", "^=", "@=", "**", "//", "<<", ">>", ":=", "<>"};
    // Brackets, dots and commas are most of them.
    const char second = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (second != '=' && second != '>' && second != '*' && second != '/' && second != '<' &&
        second != '.') {
        ++at_;
        return;
    }
    const std::string_view rest = text_.substr(at_, 3);
    for (const std::string_view op : kThree) {
        if (rest == op) {
            at_ += 3;
            return;
        }
    }
    for (const std::string_view op : kTwo) {
        if (rest.substr(0, 2) == op) {
            at_ += 2;
            return;
        }
    }
    ++at_;
}

Range Cursor::expression(std::string_view stops) {
    Range out{token_.begin, token_.begin};
    std::uint32_t depth = 0;
    std::uint32_t lambdas = 0;  // whose colon is still to come, outside of brackets
    while (!at_end()) {
        if (token_.kind == TokenKind::op) {
            const std::string_view op = word();
            const char c = op[0];
            if (op.size() == 1 && (c == '(' || c == '[' || c == '{')) {
                ++depth;
            } else if (op.size() == 1 && (c == ')' || c == ']' || c == '}')) {
                if (depth == 0)
                    break;
                --depth;
            } else if (depth == 0) {
                if (lambdas > 0 && op == ":") {
                    --lambdas;
                } else if (lambdas == 0 && op.size() == 1 &&
                           stops.find(c) != std::string_view::npos) {
                    break;
                }
            }
        } else if (depth == 0 && is_name("lambda")) {
            ++lambdas;
        }
        out.end = token_.end;
        next();
    }
    return out;
}

}  // namespace docathon::python

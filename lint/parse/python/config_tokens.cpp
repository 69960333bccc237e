#include "lint/parse/python/config_tokens.h"

#include <array>

#include "lint/core/strings.h"

namespace docathon::config_reader {
namespace {

// Strings inside the {} of f-strings inside ...: CPython's own limit is 150; four are unreadable.
constexpr int kMaxStringNesting = 8;

bool begins_name(char c) {
    return is_ascii_alpha(c) || c == '_' || (c & 0x80) != 0;
}
bool in_name(char c) {
    return begins_name(c) || is_ascii_digit(c);
}

// Words that begin a statement and can stand nowhere inside brackets: the bracket was not closed.
bool begins_statement(std::string_view word) {
    constexpr std::array<std::string_view, 8> kWords = {"def",   "class", "import", "from",
                                                        "while", "try",   "with",   "return"};
    for (const std::string_view candidate : kWords) {
        if (word == candidate)
            return true;
    }
    return false;
}

class Tokenizer {
  public:
    Tokenizer(std::string_view text, std::uint32_t begin, std::uint32_t end, std::uint32_t line)
        : text_(text.substr(0, end)), pos_(begin), line_(line) {}

    TokenList run() {
        bool line_start = true;
        while (pos_ < text_.size()) {
            if (line_start) {
                line_start = false;
                read_indent();
                continue;
            }
            const char c = text_[pos_];
            if (c == '\n' || c == '\r') {
                take_line_end();
                if (open_.empty())
                    end_line();
                line_start = true;
            } else if (is_ascii_space(c)) {
                ++pos_;
            } else if (c == '#') {
                while (pos_ < text_.size() && text_[pos_] != '\n' && text_[pos_] != '\r')
                    ++pos_;
            } else if (c == '\\' && at_line_end(pos_ + 1)) {
                ++pos_;
                take_line_end();
            } else {
                take_token();
            }
        }
        if (!open_.empty())
            close_all();
        end_line();
        return std::move(list_);
    }

  private:
    bool at_line_end(std::size_t pos) const {
        return pos >= text_.size() || text_[pos] == '\n' || text_[pos] == '\r';
    }

    void take_line_end() {
        if (pos_ >= text_.size())
            return;
        if (text_[pos_] == '\r' && pos_ + 1 < text_.size() && text_[pos_ + 1] == '\n')
            ++pos_;
        ++pos_;
        ++line_;
    }

    void read_indent() {
        std::uint32_t column = 0;
        while (pos_ < text_.size()) {
            const char c = text_[pos_];
            if (c == ' ') {
                ++column;
            } else if (c == '\t') {
                column = column / 8 * 8 + 8;
            } else if (c == '\f') {
                column = 0;
            } else {
                break;
            }
            ++pos_;
        }
        if (open_.empty()) {
            // After a continued line the indentation is that of the line's beginning.
            if (list_.tokens.size() == line_first_)
                indent_ = column;
            return;
        }
        if (column != 0 || pos_ >= text_.size() || !is_ascii_alpha(text_[pos_]))
            return;
        std::size_t end = pos_;
        while (end < text_.size() && in_name(text_[end]))
            ++end;
        if (!begins_statement(text_.substr(pos_, end - pos_)))
            return;
        close_all();
        end_line();
        indent_ = 0;
    }

    void close_all() {
        open_.clear();  // their `match` is their own index already
        broken_ = true;
        list_.errors = true;
    }

    void end_line() {
        const auto count = static_cast<std::uint32_t>(list_.tokens.size());
        if (count > line_first_)
            list_.lines.push_back({line_first_, count, indent_, broken_});
        line_first_ = count;
        broken_ = false;
    }

    std::uint32_t add(TokenKind kind, std::uint32_t begin, std::uint32_t line) {
        const auto index = static_cast<std::uint32_t>(list_.tokens.size());
        list_.tokens.push_back({kind, begin, static_cast<std::uint32_t>(pos_), line, index});
        return index;
    }

    void take_token() {
        const auto begin = static_cast<std::uint32_t>(pos_);
        const char c = text_[pos_];
        if (begins_name(c)) {
            while (pos_ < text_.size() && in_name(text_[pos_]))
                ++pos_;
            const bool quote = pos_ < text_.size() && (text_[pos_] == '"' || text_[pos_] == '\'');
            if (quote && is_prefix(text_.substr(begin, pos_ - begin))) {
                take_string(begin);
                return;
            }
            add(TokenKind::name, begin, line_);
            return;
        }
        if (c == '"' || c == '\'') {
            take_string(begin);
            return;
        }
        if (is_ascii_digit(c) ||
            (c == '.' && pos_ + 1 < text_.size() && is_ascii_digit(text_[pos_ + 1]))) {
            take_number();
            add(TokenKind::number, begin, line_);
            return;
        }
        if (c == '(' || c == '[' || c == '{') {
            ++pos_;
            open_.push_back(add(TokenKind::op, begin, line_));
            return;
        }
        if (c == ')' || c == ']' || c == '}') {
            ++pos_;
            const std::uint32_t index = add(TokenKind::op, begin, line_);
            const char partner = c == ')' ? '(' : c == ']' ? '[' : '{';
            if (!open_.empty() && text_[list_.tokens[open_.back()].begin] == partner) {
                list_.tokens[index].match = open_.back();
                list_.tokens[open_.back()].match = index;
                open_.pop_back();
            } else {
                broken_ = true;
                list_.errors = true;
            }
            return;
        }
        take_operator();
        add(TokenKind::op, begin, line_);
    }

    void take_number() {
        // Good enough to delimit: digits, letters (hex, exponents, j), '_', '.', and a sign that
        // follows an exponent.
        while (pos_ < text_.size()) {
            const char c = text_[pos_];
            if (in_name(c) || c == '.') {
                ++pos_;
            } else if ((c == '+' || c == '-') && ascii_lower(text_[pos_ - 1]) == 'e' &&
                       pos_ + 1 < text_.size() && is_ascii_digit(text_[pos_ + 1])) {
                ++pos_;
            } else {
                return;
            }
        }
    }

    void take_operator() {
        constexpr std::array<std::string_view, 5> kThree = {"**=", "//=", ">>=", "<<=", "..."};
        constexpr std::array<std::string_view, 20> kTwo = {
            "==", "!=", "<=", ">=", "->", "+=", "-=", "*=", "/=", "%=",
            "&=", "|=", "^=", "@=", "**", "//", "<<", ">>", ":=", "<>"};
        const std::string_view rest = text_.substr(pos_, 3);
        for (const std::string_view op : kThree) {
            if (rest == op) {
                pos_ += 3;
                return;
            }
        }
        for (const std::string_view op : kTwo) {
            if (rest.substr(0, 2) == op) {
                pos_ += 2;
                return;
            }
        }
        ++pos_;
    }

    static bool is_prefix(std::string_view word) {
        if (word.size() > 2)
            return false;
        for (const char c : word) {
            const char lower = ascii_lower(c);
            if (lower != 'r' && lower != 'b' && lower != 'u' && lower != 'f' && lower != 't') {
                return false;
            }
        }
        return true;
    }

    // pos_ is at the quote, `begin` at the prefix.
    void take_string(std::uint32_t begin) {
        const std::uint32_t line = line_;
        bool formatted = false;
        for (std::size_t i = begin; i < pos_; ++i) {
            const char lower = ascii_lower(text_[i]);
            formatted = formatted || lower == 'f' || lower == 't';
        }
        const bool closed = skip_string(formatted, 0);
        add(closed ? TokenKind::string : TokenKind::broken_string, begin, line);
        if (!closed) {
            broken_ = true;
            list_.errors = true;
        }
    }

    // From the quote at pos_ past the closing one; false if there is none. Never goes back, so the
    // whole stays linear.
    bool skip_string(bool formatted, int nesting) {
        const char quote = text_[pos_];
        const bool is_long =
            text_.substr(pos_, 3) == std::string_view(quote == '"' ? "\"\"\"" : "'''");
        pos_ += is_long ? 3 : 1;
        int braces = 0;
        while (pos_ < text_.size()) {
            const char c = text_[pos_];
            if (c == '\n' || c == '\r') {
                if (!is_long)
                    return false;
                take_line_end();
            } else if (c == '\\' && braces == 0) {
                ++pos_;
                if (pos_ < text_.size()) {
                    if (text_[pos_] == '\n' || text_[pos_] == '\r') {
                        take_line_end();
                    } else {
                        ++pos_;
                    }
                }
            } else if (c == quote && (!is_long || closes_long(quote))) {
                // Up to Python 3.11 a quote ends the string even inside of {}; from 3.12 on it
                // begins a string of its own, as in f"{names["a"]}".
                if (braces > 0 && nesting < kMaxStringNesting && nested_string_follows()) {
                    if (!skip_string(false, nesting + 1))
                        return false;
                    continue;
                }
                pos_ += is_long ? 3 : 1;
                return true;
            } else if (braces > 0 && (c == '"' || c == '\'') && nesting < kMaxStringNesting) {
                const bool inner = ascii_lower(text_[pos_ - 1]) == 'f';
                if (!skip_string(inner, nesting + 1))
                    return false;
            } else if (formatted && c == '{') {
                if (braces == 0 && pos_ + 1 < text_.size() && text_[pos_ + 1] == '{') {
                    ++pos_;
                } else {
                    ++braces;
                }
                ++pos_;
            } else if (formatted && c == '}') {
                if (braces > 0)
                    --braces;
                ++pos_;
            } else {
                ++pos_;
            }
        }
        return false;
    }

    bool closes_long(char quote) const {
        return text_.substr(pos_, 3) == std::string_view(quote == '"' ? "\"\"\"" : "'''");
    }

    // After `[`, `(`, `,` or an operator a quote begins a string; after a name or a closing
    // bracket it cannot.
    bool nested_string_follows() const {
        std::size_t i = pos_;
        while (i > 0 && text_[i - 1] == ' ')
            --i;
        if (i == 0)
            return false;
        const char before = text_[i - 1];
        return before == '[' || before == '(' || before == ',' || before == '{' || before == '+' ||
               before == '=';
    }

    std::string_view text_;
    std::size_t pos_;
    std::uint32_t line_;
    TokenList list_;
    std::vector<std::uint32_t> open_;  // indices of open brackets
    std::uint32_t line_first_ = 0;
    std::uint32_t indent_ = 0;
    bool broken_ = false;
};

}  // namespace

TokenList tokenize(std::string_view text, std::uint32_t begin, std::uint32_t end,
                   std::uint32_t line) {
    return Tokenizer(text, begin, end, line).run();
}

}  // namespace docathon::config_reader

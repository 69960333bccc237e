#include "lint/config/quick_yaml.h"

#include <algorithm>
#include <cstring>

#include "lint/core/utf8.h"

namespace docathon {
namespace {

constexpr int kMaxDepth = 50;
constexpr std::size_t kMaxKeys = 64;  // duplicates are looked for by comparing all

bool is_key_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == '/' || c == '+';
}

bool is_null_word(std::string_view text) {
    return text == "~" || text == "null" || text == "Null" || text == "NULL";
}

void append_utf8(std::string& out, std::uint32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0u | (code >> 6u));
        out += static_cast<char>(0x80u | (code & 0x3fu));
    } else {
        out += static_cast<char>(0xe0u | (code >> 12u));
        out += static_cast<char>(0x80u | ((code >> 6u) & 0x3fu));
        out += static_cast<char>(0x80u | (code & 0x3fu));
    }
}

// Every function returns false to decline; what it has built until then is thrown away.
class QuickParser {
  public:
    QuickParser(std::string_view text, std::span<const std::string_view> skip)
        : text_(text), skip_(skip) {}

    bool parse(Value& out) {
        if (next_line() != 0)
            return false;
        return parse_map(0, false, 0, out) && next_line() < 0;
    }

  private:
    [[nodiscard]] char at(std::size_t offset) const {
        return offset < text_.size() ? text_[offset] : '\n';
    }
    [[nodiscard]] bool at_end() const { return pos_ >= text_.size(); }

    // Moves to the start of the next line that has content; its indentation, -1 at the end.
    int next_line() {
        while (!at_end()) {
            std::size_t p = pos_;
            while (at(p) == ' ')
                ++p;
            if (at(p) == '\n' || at(p) == '#') {
                const std::size_t end = text_.find('\n', p);
                pos_ = end == std::string_view::npos ? text_.size() : end + 1;
                continue;
            }
            return static_cast<int>(p - pos_);
        }
        return -1;
    }

    void skip_spaces() {
        while (at(pos_) == ' ' && !at_end())
            ++pos_;
    }

    // After a value: nothing but a comment may follow on its line. Moves to the next line.
    bool finish_line() {
        const std::size_t start = pos_;
        skip_spaces();
        if (at(pos_) == '#' && !at_end()) {
            if (pos_ == start)
                return false;
            const std::size_t end = text_.find('\n', pos_);
            pos_ = end == std::string_view::npos ? text_.size() : end;
        }
        if (at_end())
            return true;
        if (text_[pos_] != '\n')
            return false;
        ++pos_;
        return true;
    }

    // Length of a plain key at pos_ that ": " or ":\n" follows, 0 if there is none.
    [[nodiscard]] std::size_t key_size() const {
        std::size_t p = pos_;
        while (p < text_.size() && is_key_char(text_[p]))
            ++p;
        if (p == pos_ || p >= text_.size() || text_[p] != ':')
            return 0;
        if (text_[pos_] == '-' || text_[pos_] == '.')
            return 0;
        return at(p + 1) == ' ' || at(p + 1) == '\n' ? p - pos_ : 0;
    }

    bool add_key(Value& map, std::string_view name) {
        if (map.keys.size() >= kMaxKeys || is_null_word(name))
            return false;
        for (const Value& key : map.keys) {
            if (key.text == name)
                return false;
        }
        Value& key = map.keys.emplace_back();
        key.kind = Value::Kind::scalar;
        key.text = name;
        return true;
    }

    bool parse_block(int indent, int depth, Value& out) {
        if (depth > kMaxDepth)
            return false;
        const std::size_t p = pos_ + static_cast<std::size_t>(indent);
        if (at(p) == '-' && (at(p + 1) == ' ' || at(p + 1) == '\n')) {
            return parse_list(indent, depth, out);
        }
        return parse_map(indent, false, depth, out);
    }

    // `started`: pos_ is at the first key already, after "- ".
    bool parse_map(int indent, bool started, int depth, Value& out) {
        if (depth > kMaxDepth)
            return false;
        out.kind = Value::Kind::map;
        for (;;) {
            if (!started) {
                const int here = next_line();
                if (here < indent)
                    return true;
                if (here > indent)
                    return false;
                pos_ += static_cast<std::size_t>(indent);
            }
            started = false;
            const std::size_t size = key_size();
            if (size == 0)
                return false;
            const std::string_view name = text_.substr(pos_, size);
            pos_ += size + 1;
            if (depth == 0 && std::find(skip_.begin(), skip_.end(), name) != skip_.end()) {
                if (!skip_value())
                    return false;
                continue;
            }
            if (!add_key(out, name))
                return false;
            if (!parse_value(indent, true, depth + 1, out.items.emplace_back()))
                return false;
        }
    }

    bool skip_value() {
        for (bool first = true;; first = false) {
            const char c = at(pos_);
            if (!first) {
                const std::string_view rest = text_.substr(std::min(pos_, text_.size()));
                if (rest.starts_with("---") || rest.starts_with("..."))
                    return false;
                if (c != ' ' && c != '#' && c != '-' && c != '\n')
                    return true;
            }
            const std::size_t end = text_.find('\n', pos_);
            if (end == std::string_view::npos) {
                pos_ = text_.size();
                return true;
            }
            pos_ = end + 1;
        }
    }

    bool parse_list(int indent, int depth, Value& out) {
        out.kind = Value::Kind::list;
        for (;;) {
            const int here = next_line();
            if (here < indent)
                return true;
            if (here > indent)
                return false;
            const std::size_t p = pos_ + static_cast<std::size_t>(indent);
            // A map that holds a list at its own indentation goes on here.
            if (at(p) != '-' || (at(p + 1) != ' ' && at(p + 1) != '\n'))
                return true;
            pos_ = p + 1;
            Value& item = out.items.emplace_back();
            const std::size_t dash = p;
            skip_spaces();
            if (key_size() > 0) {
                const int column = indent + static_cast<int>(pos_ - dash);
                if (!parse_map(column, true, depth + 1, item))
                    return false;
            } else if (!parse_value(indent, false, depth + 1, item)) {
                return false;
            }
        }
    }

    // What follows "key:" or "-" of something indented by `indent`.
    bool parse_value(int indent, bool in_map, int depth, Value& out) {
        if (depth > kMaxDepth)
            return false;
        const std::size_t start = pos_;
        skip_spaces();
        const char c = at(pos_);
        if (c == '\n' || (c == '#' && pos_ > start)) {
            if (!finish_line())
                return false;
            const int inner = next_line();
            if (inner > indent)
                return parse_block(inner, depth, out);
            if (inner == indent && in_map) {
                const std::size_t p = pos_ + static_cast<std::size_t>(inner);
                if (at(p) == '-' && (at(p + 1) == ' ' || at(p + 1) == '\n')) {
                    return parse_list(inner, depth, out);
                }
            }
            return true;
        }
        switch (c) {
            case '[':
            case '{':
                return parse_flow(indent, depth, out) && finish_line();
            case '"':
            case '\'':
                return parse_quoted(out) && finish_line();
            case '|':
            case '>':
                return parse_block_scalar(indent, c == '>', out);
            default:
                return parse_plain(indent, out);
        }
    }

    [[nodiscard]] bool starts_plain() const {
        const char c = at(pos_);
        if (c == '-')
            return at(pos_ + 1) != ' ' && at(pos_ + 1) != '\n';
        return std::strchr("?:,[]{}#&*!|>'\"%@`\n ", c) == nullptr;
    }

    static void set_plain(std::string&& text, Value& out) {
        if (is_null_word(text))
            return;
        out.kind = Value::Kind::scalar;
        out.text = std::move(text);
    }

    // A plain scalar, over several lines if the next ones are indented more than `indent`.
    bool parse_plain(int indent, Value& out) {
        if (!starts_plain())
            return false;
        std::string text;
        for (;;) {
            std::size_t end = text_.find('\n', pos_);
            if (end == std::string_view::npos)
                end = text_.size();
            std::string_view line = text_.substr(pos_, end - pos_);
            const std::size_t comment = line.find(" #");
            const bool last = comment != std::string_view::npos;
            if (last)
                line = line.substr(0, comment);
            while (line.ends_with(' '))
                line.remove_suffix(1);
            if (line.find(": ") != std::string_view::npos || line.ends_with(':'))
                return false;
            if (!text.empty())
                text += ' ';
            text += line;
            pos_ = std::min(end + 1, text_.size());
            if (last || at_end())
                break;
            std::size_t p = pos_;
            while (at(p) == ' ')
                ++p;
            if (at(p) == '\n' && p < text_.size()) {
                // A blank line is a line break if the scalar goes on after it.
                if (next_line() > indent)
                    return false;
                break;
            }
            if (static_cast<int>(p - pos_) <= indent || at(p) == '#' || p >= text_.size())
                break;
            pos_ = p;
        }
        set_plain(std::move(text), out);
        return true;
    }

    bool parse_block_scalar(int indent, bool folded, Value& out) {
        ++pos_;
        char chomp = 0;
        if (at(pos_) == '+' || at(pos_) == '-')
            chomp = text_[pos_++];
        if (!finish_line())
            return false;
        int inner = -1;
        std::size_t breaks = 0;  // line breaks since the last text
        std::string text;
        while (!at_end()) {
            std::size_t p = pos_;
            while (at(p) == ' ')
                ++p;
            const bool blank = at(p) == '\n';
            const int here = static_cast<int>(p - pos_);
            if (blank && p >= text_.size())
                return false;
            if (blank) {
                if (inner < 0 || here > inner)
                    return false;
                ++breaks;
                pos_ = p + 1;
                continue;
            }
            if (inner < 0) {
                if (here <= indent)
                    return false;
                inner = here;
            } else if (here < inner) {
                if (here > indent)
                    return false;
                break;
            } else {
                if (folded && here > inner)
                    return false;
                if (folded && breaks == 1)
                    text += ' ';
                else
                    text.append(folded ? breaks - 1 : breaks, '\n');
            }
            std::size_t end = text_.find('\n', pos_);
            if (end == std::string_view::npos)
                return false;
            const std::size_t from = pos_ + static_cast<std::size_t>(inner);
            const std::string_view line = text_.substr(from, end - from);
            if (folded && line.ends_with(' '))
                return false;
            text += line;
            breaks = 1;
            pos_ = end + 1;
        }
        if (inner < 0)
            return false;
        if (chomp == 0)
            text += '\n';
        else if (chomp == '+')
            text.append(breaks, '\n');
        out.kind = Value::Kind::scalar;
        out.quoted = true;
        out.text = std::move(text);
        return true;
    }

    bool parse_quoted(Value& out) {
        const char quote = text_[pos_++];
        out.kind = Value::Kind::scalar;
        out.quoted = true;
        while (!at_end()) {
            const char c = text_[pos_++];
            if (c == '\n')
                return false;
            if (c == quote) {
                if (quote == '"' || at(pos_) != '\'' || at_end())
                    return true;
                ++pos_;
                out.text += '\'';
            } else if (c == '\\' && quote == '"') {
                if (!parse_escape(out.text))
                    return false;
            } else {
                out.text += c;
            }
        }
        return false;
    }

    bool parse_escape(std::string& out) {
        if (at_end())
            return false;
        const char c = text_[pos_++];
        std::size_t digits = 0;
        switch (c) {
            case 'n':
                out += '\n';
                return true;
            case 't':
                out += '\t';
                return true;
            case 'r':
                out += '\r';
                return true;
            case '0':
                out += '\0';
                return true;
            case 'e':
                out += '\x1b';
                return true;
            case '"':
            case '\\':
            case '/':
                out += c;
                return true;
            case 'x':
                digits = 2;
                break;
            case 'u':
                digits = 4;
                break;
            default:
                return false;
        }
        std::uint32_t code = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (at_end())
                return false;
            const char d = text_[pos_++];
            code *= 16;
            if (d >= '0' && d <= '9')
                code += static_cast<std::uint32_t>(d - '0');
            else if (d >= 'a' && d <= 'f')
                code += static_cast<std::uint32_t>(d - 'a' + 10);
            else if (d >= 'A' && d <= 'F')
                code += static_cast<std::uint32_t>(d - 'A' + 10);
            else
                return false;
        }
        if (code >= 0xd800 && code <= 0xdfff)
            return false;
        append_utf8(out, code);
        return true;
    }

    // Spaces, line breaks and comments inside brackets.
    bool skip_flow_space(int indent) {
        for (;;) {
            const std::size_t start = pos_;
            skip_spaces();
            if (at_end())
                return false;
            if (text_[pos_] == '#') {
                if (pos_ == start && (pos_ == 0 || text_[pos_ - 1] != '\n'))
                    return false;
                pos_ = std::min(text_.find('\n', pos_), text_.size());
                if (at_end())
                    return false;
            }
            if (text_[pos_] != '\n')
                return true;
            ++pos_;
            if (next_line() <= indent)
                return false;
        }
    }

    bool parse_flow(int indent, int depth, Value& out) {
        if (depth > kMaxDepth)
            return false;
        const bool map = text_[pos_++] == '{';
        const char close = map ? '}' : ']';
        out.kind = map ? Value::Kind::map : Value::Kind::list;
        for (;;) {
            if (!skip_flow_space(indent))
                return false;
            if (text_[pos_] == close) {
                ++pos_;
                return true;
            }
            if (map) {
                Value key;
                if (!parse_flow_scalar(key) || !key.is_scalar())
                    return false;
                if (at(pos_) != ':' || at(pos_ + 1) != ' ')
                    return false;
                ++pos_;
                if (!add_key(out, key.text))
                    return false;
                out.keys.back().quoted = key.quoted;
                if (!skip_flow_space(indent))
                    return false;
            }
            Value& item = out.items.emplace_back();
            const char c = text_[pos_];
            if (c == '[' || c == '{') {
                if (!parse_flow(indent, depth + 1, item))
                    return false;
            } else if (!parse_flow_scalar(item)) {
                return false;
            }
            if (!skip_flow_space(indent))
                return false;
            if (text_[pos_] == ',')
                ++pos_;
            else if (text_[pos_] != close)
                return false;
        }
    }

    bool parse_flow_scalar(Value& out) {
        if (at(pos_) == '"' || at(pos_) == '\'')
            return parse_quoted(out);
        if (!starts_plain())
            return false;
        const std::size_t start = pos_;
        for (; !at_end(); ++pos_) {
            const char c = text_[pos_];
            if (c == ',' || c == ']' || c == '}' || c == '\n')
                break;
            if (c == '?' || c == '[' || c == '{')
                return false;
            if (c == '#' && text_[pos_ - 1] == ' ')
                break;
            if (c == ':') {
                const char next = at(pos_ + 1);
                if (next == ' ')
                    break;
                if (next == '\n' || next == ',' || next == ']' || next == '}' || next == '[' ||
                    next == '{') {
                    return false;
                }
            }
        }
        std::string_view text = text_.substr(start, pos_ - start);
        while (text.ends_with(' '))
            text.remove_suffix(1);
        if (text.empty())
            return false;
        set_plain(std::string(text), out);
        return true;
    }

    std::string_view text_;
    std::span<const std::string_view> skip_;
    std::size_t pos_ = 0;
};

}  // namespace

std::optional<Value> quick_yaml(std::string_view text, std::span<const std::string_view> skip) {
    // Tabs, other line ends and what YAML forbids; a byte order mark.
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\n') || byte == 0x7f)
            return std::nullopt;
    }
    if (has_bom(text) || first_invalid(text) != std::string_view::npos)
        return std::nullopt;
    Value value;
    if (!QuickParser(text, skip).parse(value))
        return std::nullopt;
    return value;
}

}  // namespace docathon

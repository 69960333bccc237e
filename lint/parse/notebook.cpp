#include "lint/parse/notebook.h"

#include <algorithm>
#include <string>
#include <utility>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon {

namespace {

/// Steps over JSON without building anything: a notebook is mostly pictures.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] char peek() {
        while (at_ < text_.size() && is_ascii_space(text_[at_]))
            ++at_;
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    bool take(char c) {
        if (peek() != c)
            return false;
        ++at_;
        return true;
    }
    /// The inside of the string that begins here; false if there is none, or no end of it.
    bool string(Range& inside) {
        if (!take('"'))
            return false;
        const std::size_t begin = at_;
        while (true) {
            const std::size_t quote = text_.find('"', at_);
            if (quote == std::string_view::npos) {
                at_ = text_.size();
                return false;
            }
            std::size_t slashes = 0;
            while (quote > begin + slashes && text_[quote - slashes - 1] == '\\')
                ++slashes;
            at_ = quote + 1;
            if (slashes % 2 == 0) {
                inside = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(quote)};
                return true;
            }
        }
    }
    /// Steps over any value, however deep.
    void skip() {
        std::size_t depth = 0;
        Range unused;
        do {
            const char c = peek();
            if (c == '\0')
                return;
            if (c == '"') {
                if (!string(unused))
                    return;
            } else if (c == '{' || c == '[') {
                ++depth;
                ++at_;
            } else if (c == '}' || c == ']') {
                if (depth == 0)
                    return;  // no value
                --depth;
                ++at_;
            } else if (c == ',' || c == ':') {
                if (depth == 0)
                    return;
                ++at_;
            } else {
                at_ = std::min(text_.find_first_of(",:]}\"[{ \t\r\n", at_), text_.size());
            }
        } while (depth > 0);
    }
    /// Calls `member(key)` for each member of the object that begins here; it reads the value.
    template <class Member>
    bool object(Member member) {
        if (!take('{'))
            return false;
        while (!take('}')) {
            Range key;
            if (!string(key) || !take(':'))
                return false;
            static_cast<void>(peek());
            const std::size_t before = at_;
            member(text_.substr(key.begin, key.size()));
            if (at_ == before)
                skip();
            if (!take(',') && peek() != '}')
                return false;
        }
        return true;
    }
    template <class Item>
    bool array(Item item) {
        if (!take('['))
            return false;
        while (!take(']')) {
            static_cast<void>(peek());
            const std::size_t before = at_;
            item();
            if (at_ == before)
                skip();
            if (at_ == before || (!take(',') && peek() != ']'))
                return false;
        }
        return true;
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

class Reader {
  public:
    explicit Reader(std::string_view source) : source_(source), json_(source) {}

    /// False if it is no JSON to the end.
    bool read() {
        bool whole = true;
        const bool closed = json_.object([&](std::string_view key) {
            if (key == "cells") {
                whole = json_.array([&] { cell(); }) && whole;
            } else if (key == "metadata") {
                json_.object([&](std::string_view name) {
                    Range value;
                    if (name == "language_info" || name == "kernelspec")
                        language();
                    else if (name == "filename" && json_.peek() == '"' && json_.string(value))
                        file_name_ = source_.substr(value.begin, value.size());
                });
            }
        });
        return closed && whole;
    }

    [[nodiscard]] bool is_python() const {
        return language_.empty() || ascii_lower(language_).find("python") != std::string::npos;
    }
    [[nodiscard]] bool is_made() const {
        return file_name_.ends_with(".md") || file_name_.ends_with(".rst");
    }
    [[nodiscard]] std::vector<NotebookCell> take() { return std::move(cells_); }

  private:
    void language() {
        json_.object([&](std::string_view key) {
            Range value;
            // Of a kernel "name" is anybody's choice.
            if ((key == "language" || (key == "name" && language_.empty())) && json_.string(value))
                language_ = source_.substr(value.begin, value.size());
        });
    }

    static CellKind kind_of(std::string_view name) {
        return name == "code"       ? CellKind::code
               : name == "markdown" ? CellKind::markdown
                                    : CellKind::other;
    }

    void cell() {
        NotebookCell out;
        json_.object([&](std::string_view key) {
            Range value;
            const std::size_t begin = json_.at();
            if (key == "cell_type") {
                if (json_.string(value))
                    out.kind = kind_of(source_.substr(value.begin, value.size()));
            } else if (key == "metadata") {
                json_.skip();
                out.fails = source_.substr(begin, json_.at() - begin).find("raises-exception") !=
                            std::string_view::npos;
            } else if (key == "source") {
                if (json_.peek() == '"') {
                    if (json_.string(value))
                        out.strings.push_back(value);
                } else {
                    json_.array([&] {
                        if (json_.peek() == '"' && json_.string(value))
                            out.strings.push_back(value);
                    });
                }
                out.range = {static_cast<std::uint32_t>(begin),
                             static_cast<std::uint32_t>(json_.at())};
            }
        });
        if (!out.strings.empty())
            cells_.push_back(std::move(out));
    }

    std::string_view source_;
    Scanner json_;
    std::string language_;
    std::string_view file_name_;
    std::vector<NotebookCell> cells_;
};

std::uint32_t hex_value(std::string_view digits) {
    std::uint32_t out = 0;
    for (const char c : digits) {
        const char lower = static_cast<char>(c | 0x20);
        if (is_ascii_digit(c))
            out = out * 16 + static_cast<std::uint32_t>(c - '0');
        else if (lower >= 'a' && lower <= 'f')
            out = out * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
        else
            return 0xfffd;
    }
    return out;
}

}  // namespace

Notebook read_notebook(std::string_view source) {
    Notebook out;
    Reader reader(source);
    out.whole = reader.read();
    out.python = reader.is_python();
    out.made = reader.is_made();
    out.cells = reader.take();
    return out;
}

std::uint32_t json_escape_size(std::string_view source, std::uint32_t at) {
    constexpr std::uint32_t kUnicode = 6;  // \u00e9
    if (at + kUnicode > source.size() || source[at + 1] != 'u')
        return 2;
    const std::uint32_t high = hex_value(source.substr(at + 2, 4));
    if (high < 0xd800 || high >= 0xdc00 || at + 2 * kUnicode > source.size() ||
        source[at + kUnicode] != '\\' || source[at + kUnicode + 1] != 'u')
        return kUnicode;
    const std::uint32_t low = hex_value(source.substr(at + kUnicode + 2, 4));
    return low >= 0xdc00 && low < 0xe000 ? 2 * kUnicode : kUnicode;
}

void append_json(MappedText& out, std::string_view source, Range inside) {
    const std::string_view until = source.substr(0, inside.end);
    std::uint32_t plain = inside.begin;
    for (std::uint32_t at = inside.begin; at < inside.end;) {
        if (source[at] != '\\' || at + 1 >= inside.end) {
            ++at;
            continue;
        }
        if (at > plain)
            out.append(source, {plain, at});
        const char c = source[at + 1];
        const std::uint32_t size = json_escape_size(until, at);
        std::string value(1, c);
        constexpr std::string_view kNames = "bfnrt";
        constexpr std::string_view kValues = "\b\f\n\r\t";
        constexpr std::uint32_t kPair = 12;
        if (const std::size_t name = kNames.find(c); name != std::string_view::npos) {
            value[0] = kValues[name];
        } else if (size > 2) {
            value.clear();
            std::uint32_t code = hex_value(source.substr(at + 2, 4));
            if (size == kPair)
                code = 0x10000 + ((code - 0xd800) << 10) +
                       (hex_value(source.substr(at + 8, 4)) - 0xdc00);
            append_utf8(value, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
        }
        out.append_virtual(value, at);
        at += size;
        plain = at;
    }
    if (inside.end > plain)
        out.append(source, {plain, inside.end});
}

std::string folded_anchor(std::string_view id) {
    std::string out;
    for (const char c : id) {
        if (is_ascii_alnum(c))
            out += ascii_lower(c);
    }
    return out.empty() ? std::string(id) : out;
}

}  // namespace docathon

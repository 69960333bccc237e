#include "lint/parse/examples/notebook.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/parse/examples/collector.h"

namespace docathon::examples {

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

struct Cell {
    bool code = false;
    bool fails = false;          ///< is meant to
    std::vector<Range> strings;  ///< insides
    Range range;
};

class Reader {
  public:
    explicit Reader(std::string_view source) : source_(source), json_(source) {}

    void read() {
        json_.object([&](std::string_view key) {
            if (key == "cells") {
                json_.array([&] { cell(); });
            } else if (key == "metadata") {
                json_.object([&](std::string_view name) {
                    if (name == "language_info" || name == "kernelspec")
                        language();
                });
            }
        });
    }

    [[nodiscard]] bool is_python() const {
        return language_.empty() || ascii_lower(language_).find("python") != std::string::npos;
    }
    [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }

  private:
    void language() {
        json_.object([&](std::string_view key) {
            Range value;
            // Of a kernel "name" is anybody's choice.
            if ((key == "language" || (key == "name" && language_.empty())) && json_.string(value))
                language_ = source_.substr(value.begin, value.size());
        });
    }

    void cell() {
        Cell out;
        json_.object([&](std::string_view key) {
            Range value;
            const std::size_t begin = json_.at();
            if (key == "cell_type") {
                if (json_.string(value))
                    out.code = source_.substr(value.begin, value.size()) == "code";
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
        if (out.code && !out.fails && !out.strings.empty())
            cells_.push_back(std::move(out));
    }

    std::string_view source_;
    Scanner json_;
    std::string language_;
    std::vector<Cell> cells_;
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

void append_json(MappedText& out, std::string_view source, Range inside) {
    std::uint32_t plain = inside.begin;
    for (std::uint32_t at = inside.begin; at < inside.end;) {
        if (source[at] != '\\' || at + 1 >= inside.end) {
            ++at;
            continue;
        }
        if (at > plain)
            out.append(source, {plain, at});
        const char c = source[at + 1];
        std::uint32_t size = 2;
        std::string value(1, c);
        constexpr std::string_view kNames = "bfnrt";
        constexpr std::string_view kValues = "\b\f\n\r\t";
        constexpr std::uint32_t kUnicode = 6;  // \u00e9
        if (const std::size_t name = kNames.find(c); name != std::string_view::npos) {
            value[0] = kValues[name];
        } else if (c == 'u' && at + kUnicode <= inside.end) {
            size = kUnicode;
            value.clear();
            std::uint32_t code = hex_value(source.substr(at + 2, 4));
            if (code >= 0xd800 && code < 0xdc00 && at + 2 * kUnicode <= inside.end &&
                source[at + kUnicode] == '\\' && source[at + kUnicode + 1] == 'u') {
                const std::uint32_t low = hex_value(source.substr(at + kUnicode + 2, 4));
                if (low >= 0xdc00 && low < 0xe000) {
                    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                    size = 2 * kUnicode;
                }
            }
            append_utf8(value, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
        }
        out.append_virtual(value, at);
        at += size;
        plain = at;
    }
    if (inside.end > plain)
        out.append(source, {plain, inside.end});
}

std::shared_ptr<const ExampleFacts> read_notebook(std::string_view source) {
    Reader reader(source);
    reader.read();
    if (!reader.is_python() || reader.cells().empty())
        return nullptr;
    Collector out(source);
    for (const Cell& cell : reader.cells())
        out.add_cell(cell.strings, cell.range);
    return out.take();
}

}  // namespace docathon::examples

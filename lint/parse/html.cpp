#include "lint/parse/html.h"

#include <algorithm>
#include <set>

#include "lint/parse/entities.h"

namespace docathon::html {

namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = to_lower(c);
    return out;
}

/// Elements whose content is text up to their own end tag.
bool holds_raw_text(std::string_view name) {
    return name == "script" || name == "style" || name == "textarea" || name == "title" ||
           name == "xmp" || name == "iframe" || name == "noembed" || name == "noframes";
}

class Tokenizer {
  public:
    explicit Tokenizer(std::string_view text) : text_(text) {}

    std::vector<Token> run() {
        while (pos_ < text_.size()) {
            if (!raw_until_.empty()) {
                raw_text();
                continue;
            }
            const std::size_t open = text_.find('<', pos_);
            if (open == std::string_view::npos)
                break;
            if (!markup(open))
                pos_ = open + 1;
        }
        flush_text(text_.size());
        return std::move(tokens_);
    }

  private:
    static Range range(std::size_t begin, std::size_t end) {
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }

    [[nodiscard]] char at(std::size_t pos) const { return pos < text_.size() ? text_[pos] : '\0'; }

    void flush_text(std::size_t end) {
        if (text_begin_ < end) {
            Token& token = tokens_.emplace_back();
            token.range = range(text_begin_, end);
        }
        text_begin_ = end;
    }

    Token& add(TokenKind kind, std::size_t begin, std::size_t end, bool unterminated) {
        flush_text(begin);
        Token& token = tokens_.emplace_back();
        token.kind = kind;
        token.range = range(begin, end);
        token.unterminated = unterminated;
        pos_ = text_begin_ = end;
        return token;
    }

    /// Takes the construct that begins with the '<' at `open`; false if it is a plain character.
    bool markup(std::size_t open) {
        const char next = at(open + 1);
        if (is_alpha(next)) {
            tag(open, open + 1, TokenKind::start_tag);
            return true;
        }
        if (next == '/') {
            const char after = at(open + 2);
            if (is_alpha(after)) {
                tag(open, open + 2, TokenKind::end_tag);
                return true;
            }
            if (after == '\0' && open + 2 >= text_.size())
                return false;
            bogus(open, open + 2);
            return true;
        }
        if (next == '?') {
            bogus(open, open + 1);
            return true;
        }
        if (next != '!')
            return false;
        if (text_.substr(open, 4) == "<!--") {
            comment(open);
        } else if (text_.substr(open, 9) == "<![CDATA[") {
            until(open, open + 9, "]]>");
        } else {
            bogus(open, open + 2);
        }
        return true;
    }

    void until(std::size_t open, std::size_t from, std::string_view end_mark) {
        const std::size_t end = text_.find(end_mark, from);
        const bool found = end != std::string_view::npos;
        add(TokenKind::other, open, found ? end + end_mark.size() : text_.size(), !found);
    }

    void bogus(std::size_t open, std::size_t from) { until(open, from, ">"); }

    // 13.2.5.43 to 13.2.5.51: "<!-->" and "<!--->" are whole comments, "--!>" ends one as well.
    void comment(std::size_t open) {
        std::size_t pos = open + 4;
        if (at(pos) == '>') {
            add(TokenKind::comment, open, pos + 1, false);
            return;
        }
        if (text_.substr(pos, 2) == "->") {
            add(TokenKind::comment, open, pos + 2, false);
            return;
        }
        while ((pos = text_.find("--", pos)) != std::string_view::npos) {
            if (at(pos + 2) == '>') {
                add(TokenKind::comment, open, pos + 3, false);
                return;
            }
            if (at(pos + 2) == '!' && at(pos + 3) == '>') {
                add(TokenKind::comment, open, pos + 4, false);
                return;
            }
            ++pos;
        }
        add(TokenKind::comment, open, text_.size(), true);
    }

    /// 13.2.5.8 to 13.2.5.40.
    void tag(std::size_t open, std::size_t name_begin, TokenKind kind) {
        std::size_t pos = name_begin;
        while (pos < text_.size() && !is_space(text_[pos]) && text_[pos] != '/' &&
               text_[pos] != '>') {
            ++pos;
        }
        std::string name = lower(text_.substr(name_begin, pos - name_begin));
        std::vector<Attribute> attributes;
        std::set<std::string, std::less<>> seen;
        bool self_closing = false;
        bool closed = false;
        while (pos < text_.size()) {
            const char c = text_[pos];
            if (is_space(c)) {
                ++pos;
            } else if (c == '>') {
                ++pos;
                closed = true;
                break;
            } else if (c == '/') {
                self_closing = at(pos + 1) == '>';
                ++pos;
            } else {
                Attribute attribute;
                pos = read_attribute(pos, attribute);
                // The first of two attributes of one name counts.
                if (seen.insert(attribute.name).second)
                    attributes.push_back(std::move(attribute));
            }
        }
        Token& token = add(kind, open, pos, !closed);
        token.name = std::move(name);
        token.self_closing = self_closing;
        token.attributes = std::move(attributes);
        if (kind == TokenKind::start_tag && closed && holds_raw_text(token.name)) {
            raw_until_ = token.name;
        }
    }

    std::size_t read_attribute(std::size_t pos, Attribute& attribute) {
        const std::size_t begin = pos;
        ++pos;  // also a '=' that comes first belongs to the name (13.2.5.32)
        while (pos < text_.size() && !is_space(text_[pos]) && text_[pos] != '/' &&
               text_[pos] != '>' && text_[pos] != '=') {
            ++pos;
        }
        attribute.name = lower(text_.substr(begin, pos - begin));
        attribute.name_range = range(begin, pos);
        attribute.value_range = range(pos, pos);
        std::size_t after = pos;
        while (is_space(at(after)))
            ++after;
        if (at(after) != '=')
            return pos;
        ++after;
        while (is_space(at(after)))
            ++after;
        const char quote = at(after);
        std::size_t value_begin = after;
        std::size_t value_end = after;
        if (quote == '"' || quote == '\'') {
            ++value_begin;
            value_end = text_.find(quote, value_begin);
            if (value_end == std::string_view::npos)
                value_end = text_.size();
            pos = std::min(value_end + 1, text_.size());
        } else {
            while (value_end < text_.size() && !is_space(text_[value_end]) &&
                   text_[value_end] != '>') {
                ++value_end;
            }
            pos = value_end;
        }
        attribute.value = decode_entities(text_.substr(value_begin, value_end - value_begin), true);
        attribute.value_range = range(value_begin, value_end);
        return pos;
    }

    /// Content of <script> and its like: everything up to the end tag of the same name.
    void raw_text() {
        std::size_t open = pos_;
        while ((open = text_.find("</", open)) != std::string_view::npos) {
            const std::size_t after = open + 2 + raw_until_.size();
            const char next = at(after);
            if ((is_space(next) || next == '/' || next == '>') &&
                lower(text_.substr(open + 2, raw_until_.size())) == raw_until_) {
                break;
            }
            open += 2;
        }
        raw_until_.clear();
        if (open == std::string_view::npos) {
            pos_ = text_.size();
        } else {
            tag(open, open + 2, TokenKind::end_tag);
        }
    }

    std::string_view text_;
    std::size_t pos_ = 0;
    std::size_t text_begin_ = 0;
    std::string raw_until_;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text) {
    return Tokenizer(text).run();
}

std::string decode_entities(std::string_view text, bool in_attribute) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t amp = text.find('&');
        out += text.substr(0, amp);
        if (amp == std::string_view::npos)
            break;
        text.remove_prefix(amp);
        const std::size_t read = entities::decode_html(text, in_attribute, out);
        if (read == 0)
            out += '&';
        text.remove_prefix(read == 0 ? 1 : read);
    }
    return out;
}

}  // namespace docathon::html

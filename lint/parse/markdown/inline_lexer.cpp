#include "lint/parse/markdown/inline_lexer.h"

#include <utf8proc.h>

#include <algorithm>

namespace docathon::markdown::lex {

namespace {

// cmark's limits: nested parentheses of a bare destination, bytes of a label.
constexpr int kMaxParentheses = 32;
constexpr std::size_t kMaxLabel = 1000;

/// Unicode's general category P (punctuation).
bool is_category_p(std::int32_t code_point) {
    switch (utf8proc_category(code_point)) {
        case UTF8PROC_CATEGORY_PC:
        case UTF8PROC_CATEGORY_PD:
        case UTF8PROC_CATEGORY_PS:
        case UTF8PROC_CATEGORY_PE:
        case UTF8PROC_CATEGORY_PI:
        case UTF8PROC_CATEGORY_PF:
        case UTF8PROC_CATEGORY_PO:
            return true;
        default:
            return false;
    }
}

char at(std::string_view text, std::size_t pos) {
    return pos < text.size() ? text[pos] : '\0';
}

std::size_t attribute_name(std::string_view text, std::size_t pos) {
    const char first = at(text, pos);
    if (!is_alpha(first) && first != '_' && first != ':')
        return kNone;
    ++pos;
    while (pos < text.size() && (is_alnum(text[pos]) || text[pos] == '_' || text[pos] == '.' ||
                                 text[pos] == ':' || text[pos] == '-')) {
        ++pos;
    }
    return pos;
}

std::size_t tag_name(std::string_view text, std::size_t pos) {
    if (!is_alpha(at(text, pos)))
        return kNone;
    while (pos < text.size() && (is_alnum(text[pos]) || text[pos] == '-'))
        ++pos;
    return pos;
}

std::size_t attribute_value(std::string_view text, std::size_t pos, TemplateTags& tags) {
    const char quote = at(text, pos);
    if (quote == '"' || quote == '\'') {
        for (++pos; pos < text.size(); ++pos) {
            if (text[pos] == quote)
                return pos + 1;
            // A template tag may hold the quote that seems to end the value.
            if (text[pos] == '{') {
                const std::size_t end = tags.end_at(pos);
                if (end != kNone)
                    pos = end - 1;
            }
        }
        return kNone;
    }
    const std::size_t begin = pos;
    while (pos < text.size() && !is_space(text[pos])) {
        const char c = text[pos];
        if (c == '"' || c == '\'' || c == '=' || c == '<' || c == '>' || c == '`')
            break;
        if (c == '{') {
            const std::size_t end = tags.end_at(pos);
            if (end != kNone) {
                pos = end;
                continue;
            }
        }
        ++pos;
    }
    return pos == begin ? kNone : pos;
}

/// After the name of an open tag: attributes, optional '/', '>'.
std::size_t rest_of_open_tag(std::string_view text, std::size_t pos, TemplateTags& tags) {
    for (;;) {
        const std::size_t after = skip_space(text, pos);
        if (at(text, after) == '>')
            return after + 1;
        if (at(text, after) == '/')
            return at(text, after + 1) == '>' ? after + 2 : kNone;
        if (after == pos)
            return kNone;
        if (at(text, after) == '{') {
            const std::size_t end = tags.end_at(after);
            if (end == kNone)
                return kNone;
            pos = end;
            continue;
        }
        pos = attribute_name(text, after);
        if (pos == kNone)
            return kNone;
        const std::size_t equals = skip_space(text, pos);
        if (at(text, equals) != '=')
            continue;
        pos = attribute_value(text, skip_space(text, equals + 1), tags);
        if (pos == kNone)
            return kNone;
    }
}

}  // namespace

std::size_t TemplateTags::end_at(std::size_t pos) {
    if (!enabled_ || at(text_, pos) != '{')
        return kNone;
    const char next = at(text_, pos + 1);
    if (next != '{' && next != '%')
        return kNone;
    const std::size_t found = next == '{' ? output_.find(pos + 2) : tag_.find(pos + 2);
    return found == kNone ? kNone : found + 2;
}

std::size_t skip_space(std::string_view text, std::size_t pos) {
    while (pos < text.size() && is_space(text[pos]))
        ++pos;
    return pos;
}

std::size_t destination(std::string_view text, std::size_t pos, TemplateTags& tags, Range& out) {
    const std::size_t begin = pos;
    if (at(text, pos) == '<') {
        for (++pos; pos < text.size(); ++pos) {
            const char c = text[pos];
            if (c == '>') {
                out = range(begin + 1, pos);
                return pos + 1;
            }
            if (is_line_end(c) || c == '<')
                return kNone;
            if (c == '\\' && pos + 1 < text.size() && is_punctuation(text[pos + 1])) {
                ++pos;
            } else if (c == '{') {
                const std::size_t end = tags.end_at(pos);
                if (end != kNone)
                    pos = end - 1;
            }
        }
        return kNone;
    }
    int depth = 0;
    while (pos < text.size() && !is_space(text[pos])) {
        const char c = text[pos];
        if (c == '\\' && pos + 1 < text.size() && is_punctuation(text[pos + 1])) {
            pos += 2;
            continue;
        }
        if (c == '(') {
            if (++depth > kMaxParentheses)
                return kNone;
        } else if (c == ')') {
            if (depth == 0)
                break;
            --depth;
        } else if (c == '{') {
            const std::size_t end = tags.end_at(pos);
            if (end != kNone) {
                pos = end;
                continue;
            }
        }
        ++pos;
    }
    if (depth != 0)
        return kNone;
    out = range(begin, pos);
    return pos;
}

std::size_t title(std::string_view text, std::size_t pos, TemplateTags& tags, Range& out) {
    const char open = at(text, pos);
    if (open != '"' && open != '\'' && open != '(')
        return kNone;
    const char close = open == '(' ? ')' : open;
    const std::size_t begin = pos + 1;
    for (pos = begin; pos < text.size(); ++pos) {
        const char c = text[pos];
        if (c == close) {
            out = range(begin, pos);
            return pos + 1;
        }
        if (c == '(' && open == '(')
            return kNone;
        if (c == '\\' && pos + 1 < text.size() && is_punctuation(text[pos + 1])) {
            ++pos;
        } else if (c == '{') {
            const std::size_t end = tags.end_at(pos);
            if (end != kNone)
                pos = end - 1;
        }
    }
    return kNone;
}

std::size_t label(std::string_view text, std::size_t pos, Range& out) {
    if (at(text, pos) != '[')
        return kNone;
    const std::size_t begin = pos + 1;
    for (pos = begin; pos < text.size(); ++pos) {
        const char c = text[pos];
        if (c == ']') {
            out = range(begin, pos);
            return pos - begin > kMaxLabel ? kNone : pos + 1;
        }
        if (c == '[' || pos - begin > kMaxLabel)
            return kNone;
        if (c == '\\' && pos + 1 < text.size() && is_punctuation(text[pos + 1]))
            ++pos;
    }
    return kNone;
}

std::size_t uri_autolink(std::string_view text, std::size_t pos) {
    const std::size_t scheme = ++pos;
    if (!is_alpha(at(text, pos)))
        return kNone;
    while (pos < text.size() && pos - scheme <= 32 &&
           (is_alnum(text[pos]) || text[pos] == '+' || text[pos] == '.' || text[pos] == '-')) {
        ++pos;
    }
    if (pos - scheme < 2 || pos - scheme > 32 || at(text, pos) != ':')
        return kNone;
    for (; pos < text.size(); ++pos) {
        const auto c = static_cast<unsigned char>(text[pos]);
        if (c == '>')
            return pos + 1;
        if (c <= 0x20 || c == '<')
            return kNone;
    }
    return kNone;
}

std::size_t mail_autolink(std::string_view text, std::size_t pos) {
    constexpr std::string_view kLocal = ".!#$%&'*+/=?^_`{|}~-";
    const std::size_t local = ++pos;
    while (pos < text.size() &&
           (is_alnum(text[pos]) || kLocal.find(text[pos]) != std::string_view::npos)) {
        ++pos;
    }
    if (pos == local || at(text, pos) != '@')
        return kNone;
    ++pos;
    for (;;) {
        const std::size_t begin = pos;
        while (pos < text.size() && (is_alnum(text[pos]) || text[pos] == '-'))
            ++pos;
        const std::size_t size = pos - begin;
        if (size == 0 || size > 63 || text[begin] == '-' || text[pos - 1] == '-')
            return kNone;
        if (at(text, pos) == '>')
            return pos + 1;
        if (at(text, pos) != '.')
            return kNone;
        ++pos;
    }
}

std::size_t raw_html(std::string_view text, std::size_t pos, HtmlMemos& memos, TemplateTags& tags) {
    const char next = at(text, pos + 1);
    if (is_alpha(next)) {
        return rest_of_open_tag(text, tag_name(text, pos + 1), tags);
    }
    if (next == '/') {
        const std::size_t name = tag_name(text, pos + 2);
        if (name == kNone)
            return kNone;
        const std::size_t end = skip_space(text, name);
        return at(text, end) == '>' ? end + 1 : kNone;
    }
    const auto after = [](std::size_t found, std::size_t size) {
        return found == kNone ? kNone : found + size;
    };
    if (next == '?')
        return after(memos.instruction.find(pos + 2), 2);
    if (next != '!')
        return kNone;
    if (text.compare(pos, 4, "<!--") == 0) {
        if (at(text, pos + 4) == '>')
            return pos + 5;
        if (text.compare(pos + 4, 2, "->") == 0)
            return pos + 6;
        return after(memos.comment.find(pos + 4), 3);
    }
    if (text.compare(pos, 9, "<![CDATA[") == 0)
        return after(memos.cdata.find(pos + 9), 3);
    if (is_alpha(at(text, pos + 2)))
        return after(memos.declaration.find(pos + 2), 1);
    return kNone;
}

std::size_t attributes(std::string_view text, std::size_t pos, std::size_t last_percent,
                       Range& id) {
    if (at(text, pos) != '{')
        return kNone;
    id = {};
    const auto is_key = [](char c) { return is_alnum(c) || c == '_' || c == ':' || c == '-'; };
    // A name ends at white space or at any ASCII punctuation but ':', '_' and '-'.
    const auto in_name = [&](char c) {
        return !is_space(c) && (!is_punctuation(c) || c == ':' || c == '_' || c == '-');
    };
    ++pos;
    while (pos < text.size()) {
        const char c = text[pos];
        if (c == ' ' || c == '\t' || is_line_end(c)) {
            ++pos;
        } else if (c == '}') {
            return pos + 1;
        } else if (c == '#' || c == '.') {
            const std::size_t begin = ++pos;
            while (pos < text.size() && in_name(text[pos]))
                ++pos;
            if (pos >= text.size() || (text[pos] != '}' && !is_space(text[pos])))
                return kNone;
            if (c == '#' && pos > begin)
                id = range(begin, pos);
        } else if (c == '%') {
            for (++pos; pos < text.size(); ++pos) {
                if (text[pos] == '%') {
                    ++pos;
                    break;
                }
                if (text[pos] == '}' && (last_percent == kNone || pos > last_percent))
                    return pos + 1;
            }
        } else if (is_key(c)) {
            const std::size_t key = pos;
            while (pos < text.size() && is_key(text[pos]))
                ++pos;
            const std::string_view name = text.substr(key, pos - key);
            if (at(text, pos) != '=')
                return kNone;
            std::size_t begin = ++pos;
            std::size_t end = begin;
            if (at(text, pos) == '"') {
                begin = ++pos;
                while (pos < text.size() && text[pos] != '"') {
                    if (text[pos] == '{' || text[pos] == '}')
                        return kNone;
                    pos += text[pos] == '\\' ? 2 : 1;
                }
                if (pos >= text.size())
                    return kNone;
                end = pos++;
            } else {
                while (pos < text.size() && is_key(text[pos]))
                    ++pos;
                if (pos == begin || pos >= text.size())
                    return kNone;
                if (text[pos] != '}' && !is_space(text[pos]))
                    return kNone;
                end = pos;
            }
            if (name == "id" && end > begin)
                id = range(begin, end);
        } else {
            return kNone;
        }
    }
    return kNone;
}

std::size_t kramdown_attributes(std::string_view text, std::size_t pos, Range& id) {
    if (at(text, pos) != '{' || at(text, pos + 1) != ':')
        return kNone;
    id = {};
    const std::size_t begin = pos + 2;
    std::size_t end = begin;
    while (end < text.size() && text[end] != '}') {
        // A second '{' is no part of any attribute list; stopping there bounds the search.
        if (text[end] == '{')
            return kNone;
        end += text[end] == '\\' && at(text, end + 1) == '}' ? 2 : 1;
    }
    if (end >= text.size() || end == begin)
        return kNone;
    for (pos = begin; pos < end;) {
        if (is_space(text[pos])) {
            ++pos;
            continue;
        }
        const std::size_t word = pos;
        while (pos < end && !is_space(text[pos]) && text[pos] != '=')
            ++pos;
        if (pos < end && text[pos] == '=') {
            const std::string_view key = text.substr(word, pos - word);
            const char quote = at(text, ++pos);
            std::size_t value = pos;
            if (quote == '"' || quote == '\'') {
                value = ++pos;
                while (pos < end && text[pos] != quote)
                    pos += text[pos] == '\\' ? 2 : 1;
            } else {
                while (pos < end && !is_space(text[pos]))
                    ++pos;
            }
            pos = std::min(pos, end);
            if (key == "id")
                id = range(value, pos);
            if (pos < end)
                ++pos;
        } else if (text[word] == '#' && pos > word + 1) {
            // Several of "#id.class" may be written together.
            std::size_t stop = word + 1;
            while (stop < pos && text[stop] != '.')
                ++stop;
            id = range(word + 1, stop);
        }
    }
    return end + 1;
}

namespace {

bool is_host_character(std::string_view text, std::size_t pos) {
    if (pos >= text.size())
        return false;
    const auto c = static_cast<unsigned char>(text[pos]);
    if (c < 0x80)
        return !is_space(text[pos]) && !is_punctuation(text[pos]);
    // As in cmark-gfm: read at a continuation byte it is no character; symbols count as characters.
    utf8proc_int32_t code_point = 0;
    if (utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + pos,
                         static_cast<utf8proc_ssize_t>(text.size() - pos), &code_point) < 1) {
        return false;
    }
    return !is_unicode_space(code_point) && !is_category_p(code_point);
}

/// Bytes of the domain of `text`; 0 if it is none. The first byte is taken unseen.
std::size_t domain(std::string_view text, bool allow_short) {
    std::size_t dots = 0;
    bool last_underscore = false;
    bool previous_underscore = false;
    std::size_t pos = 1;
    for (; pos + 1 < text.size(); ++pos) {
        if (text[pos] == '\\' && pos + 2 < text.size())
            ++pos;
        const char c = text[pos];
        if (c == '_') {
            last_underscore = true;
        } else if (c == '.') {
            previous_underscore = last_underscore;
            last_underscore = false;
            ++dots;
        } else if (c != '-' && !is_host_character(text, pos)) {
            break;
        }
    }
    // An underscore in one of the last two labels makes it no host name. More than ten labels are
    // let through, which bounds how often a long one is read in vain.
    if ((last_underscore || previous_underscore) && dots <= 10)
        return 0;
    return allow_short || dots > 0 ? pos : 0;
}

/// Cuts trailing punctuation off a URL of `end` bytes (GFM 6.9, extended autolink path validation).
std::size_t trim_url(std::string_view text, std::size_t end) {
    std::size_t opening = 0;
    std::size_t closing = 0;
    for (std::size_t i = 0; i < end; ++i) {
        if (text[i] == '<') {
            end = i;
            break;
        }
        if (text[i] == '(')
            ++opening;
        if (text[i] == ')')
            ++closing;
    }
    while (end > 0) {
        const char c = text[end - 1];
        if (c == ')') {
            if (closing <= opening)
                return end;
            --closing;
            --end;
        } else if (c == ';') {
            // Something like an entity at the end ("&copy;") goes as a whole.
            std::size_t name = end < 2 ? 0 : end - 2;
            while (name > 0 && is_alpha(text[name]))
                --name;
            end = end >= 2 && name < end - 2 && text[name] == '&' ? name : end - 1;
        } else if (std::string_view("?!.,:*_~'\"").find(c) != std::string_view::npos) {
            --end;
        } else {
            return end;
        }
    }
    return end;
}

std::size_t rest_of_url(std::string_view text, std::size_t end) {
    while (end < text.size() && !is_space(text[end]) && text[end] != '<')
        ++end;
    return trim_url(text, end);
}

}  // namespace

std::size_t bare_www(std::string_view text, std::size_t pos) {
    if (pos > 0 && !is_space(text[pos - 1]) &&
        std::string_view("*_~(").find(text[pos - 1]) == std::string_view::npos) {
        return 0;
    }
    const std::string_view rest = text.substr(pos);
    if (rest.substr(0, 4) != "www.")
        return 0;
    const std::size_t end = domain(rest, false);
    return end == 0 ? 0 : rest_of_url(rest, end);
}

std::size_t bare_url(std::string_view text, std::size_t pos) {
    const std::string_view rest = text.substr(pos);
    if (rest.size() < 4 || rest[1] != '/' || rest[2] != '/' || !is_host_character(rest, 3))
        return 0;
    const std::size_t size = domain(rest.substr(3), true);
    return size == 0 ? 0 : rest_of_url(rest, 3 + size);
}

bool is_unicode_space(std::int32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x3000;
}

bool is_unicode_punctuation(std::int32_t c) {
    if (c < 0x80)
        return is_punctuation(static_cast<char>(c));
    if (is_category_p(c))
        return true;
    switch (utf8proc_category(c)) {
        case UTF8PROC_CATEGORY_SM:
        case UTF8PROC_CATEGORY_SC:
        case UTF8PROC_CATEGORY_SK:
        case UTF8PROC_CATEGORY_SO:
            return true;
        default:
            return false;
    }
}

std::int32_t code_point_at(std::string_view text, std::size_t pos) {
    const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    utf8proc_int32_t out = 0xfffd;
    if (utf8proc_iterate(bytes + pos, static_cast<utf8proc_ssize_t>(text.size() - pos), &out) < 1) {
        return 0xfffd;
    }
    return out;
}

std::int32_t code_point_before(std::string_view text, std::size_t pos) {
    const std::size_t limit = pos > 4 ? pos - 4 : 0;
    std::size_t begin = pos - 1;
    while (begin > limit && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80)
        --begin;
    return code_point_at(text.substr(0, pos), begin);
}

}  // namespace docathon::markdown::lex

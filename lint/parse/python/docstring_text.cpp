#include "lint/parse/python/docstring_text.h"

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/parse/python/lexer.h"

namespace docathon::python {

namespace {

struct Content {
    Range range;
    bool raw = false;
};

Content content_of(std::string_view text, Range literal) {
    Content out;
    std::uint32_t at = literal.begin;
    while (at < literal.end && text[at] != '"' && text[at] != '\'') {
        out.raw = out.raw || ascii_lower(text[at]) == 'r';
        ++at;
    }
    if (at >= literal.end)
        return {{literal.end, literal.end}, out.raw};
    const std::string_view all = text.substr(0, literal.end);
    const std::string_view quote = all.substr(at, 1);
    const bool triple =
        all.substr(at, 3).size() == 3 && all[at + 1] == quote[0] && all[at + 2] == quote[0];
    const std::uint32_t width = triple ? 3 : 1;
    out.range.begin = std::min(at + width, literal.end);
    const bool closed = literal.end >= out.range.begin + width &&
                        all.substr(literal.end - width) == all.substr(at, width);
    out.range.end = closed ? literal.end - width : literal.end;
    return out;
}

/// Reads up to `most` digits of the base; false if there are not exactly that many.
bool read_hex(std::string_view text, std::size_t at, std::size_t digits, char32_t& value) {
    value = 0;
    if (at + digits > text.size())
        return false;
    for (std::size_t i = at; i < at + digits; ++i) {
        const int digit = hex_digit(text[i]);
        if (digit < 0)
            return false;
        value = value * 16 + static_cast<char32_t>(digit);
    }
    return true;
}

/// Reads the escape at text[at], a backslash, and appends what it stands for. Returns its length in
/// the source; 0 if the backslash stands for itself.
std::size_t read_escape(std::string_view text, std::size_t at, std::string& out) {
    if (at + 1 >= text.size())
        return 0;
    const char c = text[at + 1];
    switch (c) {
        case '\n':
            return 2;
        case '\r':
            return at + 2 < text.size() && text[at + 2] == '\n' ? 3 : 2;
        case '\\':
        case '\'':
        case '"':
            out += c;
            return 2;
        case 'a':
            out += '\a';
            return 2;
        case 'b':
            out += '\b';
            return 2;
        case 'f':
            out += '\f';
            return 2;
        case 'n':
            out += '\n';
            return 2;
        case 'r':
            out += '\r';
            return 2;
        case 't':
            out += '\t';
            return 2;
        case 'v':
            out += '\v';
            return 2;
        default:
            break;
    }
    char32_t value = 0;
    if (c >= '0' && c <= '7') {
        std::size_t end = at + 1;
        while (end < text.size() && end < at + 4 && text[end] >= '0' && text[end] <= '7')
            value = value * 8 + static_cast<char32_t>(text[end++] - '0');
        append_utf8(out, value);
        return end - at;
    }
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits > 0 && read_hex(text, at + 2, digits, value)) {
        append_utf8(out, value);
        return 2 + digits;
    }
    return 0;
}

}  // namespace

Range literal_content(std::string_view text, Range literal) {
    return content_of(text, literal).range;
}

std::string literal_value(std::string_view text, Range literal) {
    return std::string(StringValue(text, literal).text());
}

StringValue::StringValue(std::string_view text, Range literals) {
    Cursor cursor(text, literals);
    if (cursor.peek().kind == TokenKind::string && cursor.peek().end == literals.end) {
        const Content content = content_of(text, literals);
        view_ = text.substr(content.range.begin, content.range.size());
        base_ = content.range.begin;
        plain_ = view_.find('\r') == std::string_view::npos &&
                 (content.raw || view_.find('\\') == std::string_view::npos);
        if (plain_)
            return;
    }
    while (!cursor.at_end()) {
        if (cursor.peek().kind == TokenKind::string)
            append(text, cursor.peek().range());
        cursor.next();
    }
}

void StringValue::append(std::string_view text, Range literal) {
    const Content content = content_of(text, literal);
    const std::string_view all = text.substr(0, content.range.end);
    std::size_t at = content.range.begin;
    const auto piece = [&](bool same) {
        pieces_.push_back(
            {static_cast<std::uint32_t>(value_.size()), static_cast<std::uint32_t>(at), same});
    };
    piece(true);
    while (at < all.size()) {
        // Plain text in one go.
        const std::size_t plain =
            content.raw ? all.find('\r', at) : find_either(all, at, '\\', '\r');
        const std::size_t stop = std::min(plain, all.size());
        value_.append(all, at, stop - at);
        at = stop;
        if (at >= all.size())
            break;
        if (all[at] == '\r') {
            const std::size_t end = skip_line_end(all, at);
            piece(false);
            value_ += '\n';
            at = end;
            piece(true);
            continue;
        }
        const std::size_t before = value_.size();
        const std::size_t length = read_escape(all, at, value_);
        if (length == 0) {
            value_ += all[at++];
            continue;
        }
        if (value_.size() > before) {
            pieces_.push_back(
                {static_cast<std::uint32_t>(before), static_cast<std::uint32_t>(at), false});
        }
        at += length;
        piece(true);
    }
    pieces_.push_back({static_cast<std::uint32_t>(value_.size()),
                       static_cast<std::uint32_t>(content.range.end), true});
}

std::uint32_t StringValue::to_source(std::uint32_t offset) const {
    if (plain_)
        return base_ + offset;
    if (pieces_.empty())
        return 0;
    const auto after = std::upper_bound(
        pieces_.begin(), pieces_.end(), offset,
        [](std::uint32_t wanted, const Piece& piece) { return wanted < piece.at; });
    const Piece& piece = *std::prev(after);
    return piece.same ? piece.source + (offset - piece.at) : piece.source;
}

std::uint32_t StringValue::end_in_source(std::uint32_t offset) const {
    // The end of the last byte, not the begin of the next one: between the two there may be a
    // continuation or the quotes of two literals.
    if (plain_)
        return base_ + offset;
    const auto after = std::upper_bound(
        pieces_.begin(), pieces_.end(), offset - 1,
        [](std::uint32_t wanted, const Piece& piece) { return wanted < piece.at; });
    const Piece& piece = *std::prev(after);
    if (piece.same)
        return piece.source + (offset - piece.at);
    return after != pieces_.end() ? after->source : piece.source;
}

}  // namespace docathon::python

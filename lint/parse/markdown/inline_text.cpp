// Text functions of inline.h: decoding, labels, definitions, visible text.

#include <utf8proc.h>

#include "lint/parse/entities.h"
#include "lint/parse/markdown/inline.h"
#include "lint/parse/markdown/inline_lexer.h"

namespace docathon::markdown {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && lex::is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && lex::is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

/// Appends the full case folding of the character at `pos` and gives the offset after it.
std::size_t append_folded(std::string_view text, std::size_t pos, std::string& out) {
    const auto byte = static_cast<unsigned char>(text[pos]);
    if (byte < 0x80) {
        out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : text[pos];
        return pos + 1;
    }
    utf8proc_int32_t code_point = 0;
    const utf8proc_ssize_t size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + pos,
                         static_cast<utf8proc_ssize_t>(text.size() - pos), &code_point);
    if (size < 1) {
        out += text[pos];
        return pos + 1;
    }
    utf8proc_int32_t folded[8];
    int boundary = 0;
    const utf8proc_ssize_t count =
        utf8proc_decompose_char(code_point, folded, 8, UTF8PROC_CASEFOLD, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < 8; ++i) {
        entities::append_code_point(out, static_cast<char32_t>(folded[i]));
    }
    return pos + static_cast<std::size_t>(size);
}

/// Spaces and tabs with at most one line end among them.
std::size_t skip_blank_and_line_end(std::string_view text, std::size_t pos) {
    const auto blanks = [&] {
        while (pos < text.size() && (text[pos] == ' ' || text[pos] == '\t'))
            ++pos;
    };
    blanks();
    if (pos < text.size() && lex::is_line_end(text[pos])) {
        if (text[pos] == '\r' && pos + 1 < text.size() && text[pos + 1] == '\n')
            ++pos;
        ++pos;
        blanks();
    }
    return pos;
}

/// After blanks, the end of the line or of the text; kNone if there is more on the line.
std::size_t line_end(std::string_view text, std::size_t pos) {
    while (pos < text.size() && (text[pos] == ' ' || text[pos] == '\t'))
        ++pos;
    if (pos == text.size())
        return pos;
    if (!lex::is_line_end(text[pos]))
        return lex::kNone;
    if (text[pos] == '\r' && pos + 1 < text.size() && text[pos + 1] == '\n')
        ++pos;
    return pos + 1;
}

}  // namespace

std::string normalize_label(std::string_view label) {
    label = trimmed(label);
    std::string out;
    out.reserve(label.size());
    for (std::size_t pos = 0; pos < label.size();) {
        if (lex::is_space(label[pos])) {
            out += ' ';
            pos = lex::skip_space(label, pos);
        } else {
            pos = append_folded(label, pos, out);
        }
    }
    return out;
}

std::string decode(std::string_view text, bool liquid) {
    std::string out;
    if (text.find_first_of("\\&") == std::string_view::npos) {
        out = text;
        return out;
    }
    out.reserve(text.size());
    lex::TemplateTags tags(text, liquid);
    for (std::size_t pos = 0; pos < text.size();) {
        const char c = text[pos];
        if (c == '\\' && pos + 1 < text.size() && lex::is_punctuation(text[pos + 1])) {
            out += text[pos + 1];
            pos += 2;
            continue;
        }
        if (c == '&') {
            const std::size_t read = entities::decode_commonmark(text.substr(pos), out);
            if (read != 0) {
                pos += read;
                continue;
            }
        } else if (c == '{') {
            const std::size_t end = tags.end_at(pos);
            if (end != lex::kNone) {
                out += text.substr(pos, end - pos);
                pos = end;
                continue;
            }
        }
        out += c;
        ++pos;
    }
    return out;
}

std::size_t match_definition(std::string_view text, DefinitionParts& parts, bool liquid) {
    parts = {};
    const std::size_t after_label = lex::label(text, 0, parts.label);
    if (after_label == lex::kNone)
        return 0;
    if (trimmed(text.substr(parts.label.begin, parts.label.size())).empty())
        return 0;
    if (after_label >= text.size() || text[after_label] != ':')
        return 0;

    lex::TemplateTags tags(text, liquid);
    const std::size_t url = skip_blank_and_line_end(text, after_label + 1);
    const std::size_t after_url = lex::destination(text, url, tags, parts.destination);
    if (after_url == lex::kNone || after_url == url)
        return 0;

    const std::size_t end_without_title = line_end(text, after_url);
    const std::size_t title_begin = skip_blank_and_line_end(text, after_url);
    if (title_begin != after_url) {
        const std::size_t after_title = lex::title(text, title_begin, tags, parts.title);
        if (after_title != lex::kNone) {
            const std::size_t end = line_end(text, after_title);
            if (end != lex::kNone)
                return end;
        }
    }
    parts.title = {};
    return end_without_title == lex::kNone ? 0 : end_without_title;
}

std::string plain_text(const Document& document, std::string_view source, NodeId id,
                       Images images) {
    std::string out;
    const auto nodes = document.nodes();
    const auto bytes = [&](Range range) { return source.substr(range.begin, range.size()); };
    // Preorder: the nodes below `id` are those that follow it and have a parent at or after it.
    for (NodeId i = id + 1; i < nodes.size(); ++i) {
        const Node& node = nodes[i];
        if (node.parent == kNoNode || node.parent < id)
            break;
        if (node.kind == NodeKind::image && images == Images::nothing) {
            const NodeId image = i;
            while (i + 1 < nodes.size() && nodes[i + 1].parent >= image &&
                   nodes[i + 1].parent != kNoNode) {
                ++i;
            }
            continue;
        }
        const NodeData& data = document.data(node);
        switch (node.kind) {
            case NodeKind::text:
            case NodeKind::code_span:
                out += data.text.empty() ? bytes(node.content) : std::string_view(data.text);
                break;
            case NodeKind::math_inline:
                out += bytes(node.content);
                break;
            case NodeKind::line_break:
                out += ' ';
                break;
            case NodeKind::role: {
                std::string_view text = data.text;
                const std::size_t target = text.rfind('<');
                if (target != std::string_view::npos && text.ends_with('>')) {
                    text = trimmed(text.substr(0, target));
                }
                out += text;
                break;
            }
            default:
                break;
        }
    }
    return out;
}

}  // namespace docathon::markdown

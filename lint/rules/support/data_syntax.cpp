#include "lint/rules/support/data_syntax.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include <nlohmann/json.hpp>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "lint/core/strings.h"
#include "lint/core/toml_guard.h"
#include "lint/core/utf8.h"
#include "lint/core/yaml.h"

namespace docathon::rules {

namespace {

/// With spaces in place of what stands behind a `#` outside of strings: notes for readers.
std::string without_notes(std::string_view text) {
    std::string out(text);
    for (std::size_t at = 0; at < out.size(); ++at) {
        if (out[at] == '"') {
            for (++at; at < out.size() && out[at] != '"' && out[at] != '\n'; ++at)
                at += out[at] == '\\' ? 1 : 0;
        } else if (out[at] == '#') {
            while (at < out.size() && out[at] != '\n')
                out[at++] = ' ';
        }
    }
    return out;
}

/// Whether a line has a comment: settings of editors, whose readers take trailing commas too.
bool has_comments(std::string_view text) {
    const std::vector<std::string_view> lines = split_lines(text);
    return std::any_of(lines.begin(), lines.end(), [](std::string_view line) {
        return trim(line).starts_with("//") || line.find(" //") != std::string_view::npos ||
               line.find("/*") != std::string_view::npos;
    });
}

/// `...`, an ellipsis: something stands there that is not written.
bool leaves_out(std::string_view text) {
    return text.find("...") != std::string_view::npos ||
           text.find("\xe2\x80\xa6") != std::string_view::npos;
}

/// `image: {username}/server`: the reader is to put something there.
bool has_braced_name(std::string_view text) {
    for (std::size_t at = text.find('{'); at != std::string_view::npos;
         at = text.find('{', at + 1)) {
        std::size_t end = at + 1;
        while (end < text.size() &&
               (is_ascii_alnum(text[end]) || text[end] == '_' || text[end] == '-'))
            ++end;
        if (end > at + 1 && end + 1 < text.size() && text[end] == '}' &&
            std::string_view(" \t\r\n,]}").find(text[end + 1]) == std::string_view::npos)
            return true;
    }
    return false;
}

bool says_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return text.find(word) != std::string_view::npos;
    });
}

/// Offset of a place as libraries give it: 1-based, columns in code points.
std::uint32_t offset_of(std::string_view text, std::size_t line, std::size_t column) {
    std::size_t at = 0;
    for (; line > 1; --line) {
        const std::size_t end = text.find('\n', at);
        if (end == std::string_view::npos)
            break;
        at = end + 1;
    }
    for (; column > 1 && at < text.size() && text[at] != '\n'; --column) {
        ++at;
        while (at < text.size() && (text[at] & 0xc0) == 0x80)
            ++at;
    }
    return static_cast<std::uint32_t>(std::min(at, text.size()));
}

DataError error_at(std::string message, std::string_view text, std::uint32_t at) {
    // At a line end, or behind the text: what stands before it.
    const auto last = static_cast<std::uint32_t>(text.size());
    while (at > 0 && (at >= last || text[at] == '\n'))
        --at;
    return {std::move(message), {at, std::min(at + 1, last)}};
}

}  // namespace

// What reads JSON in documentation reads comments too.
std::optional<DataError> find_json_error(std::string_view text) {
    // `...` stands for what is left out.
    if (trim(text).empty() || text.find("...") != std::string_view::npos ||
        text.find("\xe2\x80\xa6") != std::string_view::npos)
        return std::nullopt;
    const char first = trim(text).front();
    if (first != '{' && first != '[')
        return std::nullopt;  // a part of a file
    // What Python prints of its values: """text""", <Tag.A: 1>.
    if (text.find("\"\"\"") != std::string_view::npos || text.find(": <") != std::string_view::npos)
        return std::nullopt;
    try {
        [[maybe_unused]] const auto parsed =
            nlohmann::json::parse(without_notes(text), nullptr, true, true);
    } catch (const nlohmann::json::parse_error& error) {
        const auto at = static_cast<std::uint32_t>(
            std::min<std::size_t>(error.byte == 0 ? 0 : error.byte - 1, text.size() - 1));
        const std::string_view what = error.what();
        if ((text[at] == ']' || text[at] == '}') && has_comments(text))
            return std::nullopt;
        // Members of a list, as they stand in a file: { ... }, { ... }
        if (what.find("expected end of input") != std::string_view::npos)
            return std::nullopt;
        // "[json.exception.parse_error.101] parse error at line 3, column 5: syntax error while
        // parsing object - unexpected '}'; expected string literal"
        const std::size_t dash = what.rfind(" - ");
        const std::size_t column = what.find(": ");
        std::string_view why = dash != std::string_view::npos     ? what.substr(dash + 3)
                               : column != std::string_view::npos ? what.substr(column + 2)
                                                                  : what;
        why = why.substr(0, why.find("; expected"));
        why = why.substr(0, why.find("; last read"));
        // "id": 0000, where the reader has a number.
        if (what.find("number literal") != std::string_view::npos &&
            text.substr(at > 1 ? at - 2 : 0).substr(0, 4).find("00") != std::string_view::npos)
            return std::nullopt;
        // Lines of one object each are another format.
        const std::size_t line_end = text.find('\n');
        if (line_end != std::string_view::npos && nlohmann::json::accept(text.substr(0, line_end)))
            return std::nullopt;
        return DataError{"this is no JSON: " + std::string(why), {at, at + 1}};
    }
    return std::nullopt;
}

std::optional<DataError> find_yaml_error(std::string_view text) {
    // {{ name }}, {% if %}, {!file!}: what a program fills in.
    if (leaves_out(text) || has_braced_name(text) || says_any(text, {"{{", "{%", "{!"}))
        return std::nullopt;
    // One document after the other: what separates them is a line of its own.
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin;
        std::size_t next = text.size();
        while (end < text.size()) {
            const std::size_t line_end = std::min(text.find('\n', end), text.size());
            const std::string_view line = text.substr(end, line_end - end);
            const std::size_t behind = std::min(line_end + 1, text.size());
            if (trim(line) == "---" || line.starts_with("--- ")) {
                next = behind;
                break;
            }
            end = behind;
        }
        const std::string_view document = text.substr(begin, end - begin);
        const Result<Value> parsed = parse_yaml(document);
        if (!parsed) {
            constexpr std::string_view kStart = "not valid YAML: ";
            const Error& error = parsed.error();
            // Parts of a file: values side by side, aliases of anchors that are not shown.
            if (error.message.starts_with(kStart) &&
                !says_any(error.message, {"text after the end", "no anchor of this name"})) {
                // No line: at the end of the document.
                return error_at(
                    "this is no YAML: " + error.message.substr(kStart.size()), text,
                    static_cast<std::uint32_t>(
                        begin + (error.line == 0 ? document.size()
                                                 : offset_of(document, error.line, error.column))));
            }
        }
        begin = next;
    }
    return std::nullopt;
}

std::optional<DataError> find_toml_error(std::string_view text) {
    // `---old---` and `+++new+++` mark what changes.
    if (leaves_out(text) || !is_safe_for_tomlplusplus(text) || has_braced_name(text) ||
        says_any(text, {"+++", "---", "{{", "{%", "{!"}))
        return std::nullopt;
    const toml::parse_result parsed = toml::parse(text);
    if (parsed)
        return std::nullopt;
    const toml::parse_error& error = parsed.error();
    // Keys that are there twice are two ways to write it; members of a list stand for themselves.
    if (says_any(error.description(), {"redefine", "expected '=', saw ','"}))
        return std::nullopt;
    constexpr std::string_view kStart = "Error while parsing ";
    std::string_view why = error.description();
    if (why.starts_with(kStart))
        why.remove_prefix(kStart.size());
    return error_at("this is no TOML: " + std::string(why), text,
                    offset_of(text, error.source().begin.line, error.source().begin.column));
}

}  // namespace docathon::rules

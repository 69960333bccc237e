// Finds [tool.docathon-lint] in a pyproject.toml without reading TOML: a scan by lines that knows
// strings and comments. A TOML library would cost more than the rest of the start-up together, and
// a file that is broken for TOML is none of our business here.

#include "lint/config/config_file.h"

namespace docathon {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t';
}

void skip_space(std::string_view& text) {
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
}

// One part of a dotted TOML key, bare or quoted, and what follows it.
bool take_part(std::string_view& text, std::string_view& part) {
    skip_space(text);
    if (text.empty())
        return false;
    if (text.front() == '"' || text.front() == '\'') {
        const std::size_t end = text.find(text.front(), 1);
        if (end == std::string_view::npos)
            return false;
        part = text.substr(1, end - 1);
        text.remove_prefix(end + 1);
    } else {
        std::size_t size = 0;
        while (size < text.size() && text[size] != '.' && text[size] != ']' && text[size] != '=' &&
               !is_space(text[size])) {
            ++size;
        }
        part = text.substr(0, size);
        text.remove_prefix(size);
    }
    skip_space(text);
    return !part.empty();
}

bool take_dot(std::string_view& text) {
    if (!text.starts_with('.'))
        return false;
    text.remove_prefix(1);
    return true;
}

bool is_ours(std::string_view part) {
    return part == "docathon-lint" || part == "docathon_lint";
}

// Follows strings of one line; true if a string of several lines is open at its end, whose three
// quotes are then in `quotes`.
bool opens_long_string(std::string_view line, std::string_view& quotes) {
    for (std::size_t i = 0; i < line.size();) {
        const char c = line[i];
        if (c == '#')
            return false;
        if (c != '"' && c != '\'') {
            ++i;
            continue;
        }
        const std::string_view triple = c == '"' ? "\"\"\"" : "'''";
        const bool is_long = line.substr(i).starts_with(triple);
        i += is_long ? 3 : 1;
        bool closed = false;
        while (i < line.size() && !closed) {
            if (c == '"' && line[i] == '\\') {
                i += 2;
            } else if (line[i] == c && (!is_long || line.substr(i).starts_with(triple))) {
                i += is_long ? 3 : 1;
                closed = true;
            } else {
                ++i;
            }
        }
        if (!closed && is_long) {
            quotes = triple;
            return true;
        }
    }
    return false;
}

}  // namespace

Result<void> check_pyproject(std::string_view text, std::string_view path) {
    if (text.find("docathon") == std::string_view::npos)
        return {};
    enum class Table { root, tool, other };
    Table table = Table::root;
    std::string_view open_quotes;  // of a string of several lines
    std::uint32_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        const std::string_view whole = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        std::string_view line = whole;
        if (!open_quotes.empty()) {
            const std::size_t close = line.find(open_quotes);
            if (close == std::string_view::npos)
                continue;
            line.remove_prefix(close + open_quotes.size());
            open_quotes = {};
            if (opens_long_string(line, open_quotes))
                continue;
            continue;
        }
        skip_space(line);
        const auto column = static_cast<std::uint32_t>(whole.size() - line.size() + 1);
        bool ours = false;
        std::string_view part;
        if (line.starts_with('[')) {
            std::string_view rest = line.substr(line.starts_with("[[") ? 2 : 1);
            table = Table::other;
            if (take_part(rest, part) && part == "tool") {
                if (rest.starts_with(']'))
                    table = Table::tool;
                else
                    ours = take_dot(rest) && take_part(rest, part) && is_ours(part);
            }
        } else if (table != Table::other) {
            std::string_view rest = line;
            bool good = take_part(rest, part);
            if (table == Table::root)
                good = good && part == "tool" && take_dot(rest) && take_part(rest, part);
            ours = good && is_ours(part) && (rest.starts_with('=') || rest.starts_with('.'));
        }
        if (ours) {
            return fail(
                "docathon-lint reads no [tool.docathon-lint] table; write these settings "
                "into .docathon-lint.yaml beside it",
                std::string(path), number, column);
        }
        opens_long_string(line, open_quotes);
    }
    return {};
}

}  // namespace docathon

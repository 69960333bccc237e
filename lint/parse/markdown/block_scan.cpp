#include "lint/parse/markdown/block_scan.h"

#include <algorithm>
#include <array>

#include "lint/core/strings.h"

namespace docathon::markdown::scan {

namespace {

/// White space as cmark's scanners have it, line ends left out.
constexpr bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

std::size_t skip_blanks(std::string_view line, std::size_t at) {
    while (at < line.size() && is_blank(line[at]))
        ++at;
    return at;
}

std::size_t skip_spaces(std::string_view line, std::size_t at) {
    while (at < line.size() && is_space(line[at]))
        ++at;
    return at;
}

/// Case-insensitive search; `lower` is lower case.
bool contains_ignoring_case(std::string_view line, std::string_view lower) {
    return std::search(line.begin(), line.end(), lower.begin(), lower.end(),
                       [](char a, char b) { return ascii_lower(a) == b; }) != line.end();
}

bool starts_ignoring_case(std::string_view line, std::string_view lower) {
    return line.size() >= lower.size() && ascii_iequals(line.substr(0, lower.size()), lower);
}

/// Tags that begin an HTML block of type 6 (GFM 0.29 section 4.6), sorted.
constexpr std::array<std::string_view, 62> kBlockTags = {
    "address",  "article",  "aside",    "base",       "basefont", "blockquote", "body",   "caption",
    "center",   "col",      "colgroup", "dd",         "details",  "dialog",     "dir",    "div",
    "dl",       "dt",       "fieldset", "figcaption", "figure",   "footer",     "form",   "frame",
    "frameset", "h1",       "h2",       "h3",         "h4",       "h5",         "h6",     "head",
    "header",   "hr",       "html",     "iframe",     "legend",   "li",         "link",   "main",
    "menu",     "menuitem", "nav",      "noframes",   "ol",       "optgroup",   "option", "p",
    "param",    "section",  "source",   "summary",    "table",    "tbody",      "td",     "tfoot",
    "th",       "thead",    "title",    "tr",         "track",    "ul"};

/// Offset after the attribute (blanks in front included) at `at`, or `at` if there is none.
std::size_t skip_attribute(std::string_view line, std::size_t at) {
    std::size_t pos = skip_spaces(line, at);
    if (pos == at || pos >= line.size())
        return at;
    const char first = line[pos];
    if (!is_ascii_alpha(first) && first != '_' && first != ':')
        return at;
    ++pos;
    while (pos < line.size() && (is_ascii_alnum(line[pos]) || line[pos] == ':' ||
                                 line[pos] == '.' || line[pos] == '_' || line[pos] == '-')) {
        ++pos;
    }
    const std::size_t value = skip_spaces(line, pos);
    if (value >= line.size() || line[value] != '=')
        return pos;
    const std::size_t begin = skip_spaces(line, value + 1);
    if (begin >= line.size())
        return pos;
    if (line[begin] == '"' || line[begin] == '\'') {
        const std::size_t end = line.find(line[begin], begin + 1);
        return end == std::string_view::npos ? pos : end + 1;
    }
    const std::size_t end = line.find_first_of(" \t\v\f\"'=<>`", begin);
    const std::size_t stop = end == std::string_view::npos ? line.size() : end;
    return stop == begin ? pos : stop;
}

/// HTML block of type 7: one whole tag, and nothing else on the line.
bool is_lone_tag(std::string_view line) {
    std::size_t at = 1;
    const bool closing = at < line.size() && line[at] == '/';
    if (closing)
        ++at;
    if (at >= line.size() || !is_ascii_alpha(line[at]))
        return false;
    while (at < line.size() && (is_ascii_alnum(line[at]) || line[at] == '-'))
        ++at;
    if (!closing) {
        for (std::size_t next = skip_attribute(line, at); next != at;
             next = skip_attribute(line, at)) {
            at = next;
        }
    }
    at = skip_spaces(line, at);
    if (!closing && at < line.size() && line[at] == '/')
        ++at;
    if (at >= line.size() || line[at] != '>')
        return false;
    ++at;
    while (at < line.size() && (is_blank(line[at]) || line[at] == '\f'))
        ++at;
    return at == line.size();
}

}  // namespace

std::uint32_t run_length(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size() && line[at] == line[0])
        ++at;
    return static_cast<std::uint32_t>(at);
}

bool only_blanks(std::string_view line, std::size_t at) {
    return skip_blanks(line, at) >= line.size();
}

std::string_view trim_blanks(std::string_view line) {
    while (!line.empty() && is_space(line.front()))
        line.remove_prefix(1);
    while (!line.empty() && is_space(line.back()))
        line.remove_suffix(1);
    return line;
}

Heading atx_heading(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size() && line[at] == '#')
        ++at;
    if (at == 0 || at > 6)
        return {};
    if (at < line.size() && !is_blank(line[at]))
        return {};
    Heading out;
    out.level = static_cast<std::uint8_t>(at);
    at = skip_blanks(line, at);
    std::size_t end = line.size();
    while (end > at && is_ascii_space(line[end - 1]))
        --end;
    // Closing #s count only after a blank; the opening ones are no part of the text.
    std::size_t hash = end;
    while (hash > at && line[hash - 1] == '#')
        --hash;
    if (hash < end && (hash == at || is_blank(line[hash - 1]))) {
        end = hash;
        while (end > at && is_ascii_space(line[end - 1]))
            --end;
    }
    out.text = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    return out;
}

std::uint8_t setext_underline(std::string_view line) {
    if (line.empty() || (line[0] != '=' && line[0] != '-'))
        return 0;
    if (!only_blanks(line, run_length(line)))
        return 0;
    return line[0] == '=' ? 1 : 2;
}

bool thematic_break(std::string_view line, std::size_t& stop) {
    stop = 0;
    if (line.empty() || (line[0] != '*' && line[0] != '_' && line[0] != '-'))
        return false;
    std::uint32_t count = 0;
    for (; stop < line.size(); ++stop) {
        if (line[stop] == line[0]) {
            ++count;
        } else if (!is_blank(line[stop])) {
            return false;
        }
    }
    return count >= 3;
}

std::uint32_t fence_opening(std::string_view line) {
    if (line.size() < 3 || (line[0] != '`' && line[0] != '~'))
        return 0;
    const std::uint32_t length = run_length(line);
    if (length < 3)
        return 0;
    if (line[0] == '`' && line.find('`', length) != std::string_view::npos)
        return 0;
    return length;
}

bool fence_closing(std::string_view line, char marker, std::uint32_t length) {
    if (line.empty() || line[0] != marker)
        return false;
    const std::uint32_t run = run_length(line);
    return run >= length && only_blanks(line, run);
}

std::uint8_t html_block_start(std::string_view line, bool interrupts_paragraph) {
    if (line.size() < 2 || line[0] != '<')
        return 0;
    for (const std::string_view tag : {"<script", "<pre", "<style"}) {
        if (starts_ignoring_case(line, tag) &&
            (line.size() == tag.size() || is_space(line[tag.size()]) || line[tag.size()] == '>')) {
            return 1;
        }
    }
    if (line.starts_with("<!--"))
        return 2;
    if (line[1] == '?')
        return 3;
    if (line[1] == '!' && line.size() > 2 && line[2] >= 'A' && line[2] <= 'Z')
        return 4;
    if (line.starts_with("<![CDATA["))
        return 5;
    const std::size_t begin = line[1] == '/' ? 2 : 1;
    std::size_t end = begin;
    while (end < line.size() && is_ascii_alnum(line[end]) && end - begin < 12)
        ++end;
    const std::string_view rest = line.substr(end);
    if (rest.empty() || is_space(rest[0]) || rest[0] == '>' || rest.starts_with("/>")) {
        const std::string name = ascii_lower(line.substr(begin, end - begin));
        if (std::binary_search(kBlockTags.begin(), kBlockTags.end(), std::string_view(name))) {
            return 6;
        }
    }
    return !interrupts_paragraph && is_lone_tag(line) ? 7 : 0;
}

bool html_block_end(std::uint8_t type, std::string_view line) {
    switch (type) {
        case 1:
            return contains_ignoring_case(line, "</script>") ||
                   contains_ignoring_case(line, "</pre>") ||
                   contains_ignoring_case(line, "</style>");
        case 2:
            return line.find("-->") != std::string_view::npos;
        case 3:
            return line.find("?>") != std::string_view::npos;
        case 4:
            return line.find('>') != std::string_view::npos;
        case 5:
            return line.find("]]>") != std::string_view::npos;
        default:
            return false;
    }
}

ListMarker list_marker(std::string_view line, bool interrupts_paragraph) {
    if (line.empty())
        return {};
    ListMarker out;
    std::size_t at = 0;
    if (line[0] == '*' || line[0] == '-' || line[0] == '+') {
        out.delimiter = line[0];
        at = 1;
    } else if (is_ascii_digit(line[0])) {
        std::uint32_t start = 0;
        while (at < line.size() && at < 9 && is_ascii_digit(line[at])) {
            start = 10 * start + static_cast<std::uint32_t>(line[at] - '0');
            ++at;
        }
        if (interrupts_paragraph && start != 1)
            return {};
        if (at >= line.size() || (line[at] != '.' && line[at] != ')'))
            return {};
        out.delimiter = line[at];
        out.ordered = true;
        ++at;
    } else {
        return {};
    }
    if (at < line.size() && !is_space(line[at]))
        return {};
    if (interrupts_paragraph && only_blanks(line, at))
        return {};
    out.length = static_cast<std::uint32_t>(at);
    return out;
}

bool task_box(std::string_view text) {
    return text.size() >= 4 && text[0] == '[' &&
           (text[1] == ' ' || text[1] == 'x' || text[1] == 'X') && text[2] == ']' &&
           is_space(text[3]);
}

std::uint32_t footnote_marker(std::string_view line, Range& label) {
    if (!line.starts_with("[^"))
        return 0;
    const std::size_t end = line.find_first_of(std::string_view("] \r\n\t\0", 6), 2);
    if (end == std::string_view::npos || end == 2 || line[end] != ']')
        return 0;
    if (end + 1 >= line.size() || line[end + 1] != ':')
        return 0;
    label = {2, static_cast<std::uint32_t>(end)};
    return static_cast<std::uint32_t>(skip_blanks(line, end + 2));
}

bool delimiter_row(std::string_view line) {
    std::size_t at = 0;
    if (at < line.size() && line[at] == '|')
        ++at;
    while (true) {
        at = skip_spaces(line, at);
        if (at < line.size() && line[at] == ':')
            ++at;
        const std::size_t dashes = at;
        while (at < line.size() && line[at] == '-')
            ++at;
        if (at == dashes)
            return false;
        if (at < line.size() && line[at] == ':')
            ++at;
        at = skip_spaces(line, at);
        if (at == line.size())
            return true;
        if (line[at] != '|')
            return false;
        ++at;
        if (skip_spaces(line, at) == line.size())
            return true;
    }
}

std::uint32_t table_cells(std::string_view line, std::vector<Range>* cells) {
    std::uint32_t count = 0;
    std::size_t at = 0;
    if (!line.empty() && line[0] == '|')
        at = skip_spaces(line, 1);
    while (at < line.size()) {
        // A pipe ends a cell unless a backslash stands before it, itself escaped or not.
        std::size_t end = at;
        while (end < line.size() && line[end] != '|') {
            end += line[end] == '\\' && end + 1 < line.size() && line[end + 1] == '|' ? 2 : 1;
        }
        ++count;
        if (cells != nullptr) {
            std::size_t begin = at;
            std::size_t last = end;
            while (begin < last && is_ascii_space(line[begin]))
                ++begin;
            while (last > begin && is_ascii_space(line[last - 1]))
                --last;
            cells->push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(last)});
        }
        if (end == line.size())
            break;
        at = skip_spaces(line, end + 1);
    }
    return count;
}

bool continues_table(std::string_view line) {
    if (line.empty())
        return false;
    return line[0] != '|' || skip_spaces(line, 1) < line.size();
}

}  // namespace docathon::markdown::scan

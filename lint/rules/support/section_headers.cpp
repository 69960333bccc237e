#include "lint/rules/support/section_headers.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "lint/core/strings.h"

namespace docathon::rules {

namespace {

struct Row {
    std::size_t begin = 0;
    std::string_view text;  // without its line end
    std::size_t next = 0;   // behind its line end
};

std::vector<Row> rows_of(std::string_view text) {
    std::vector<Row> rows;
    std::size_t at = 0;
    while (at < text.size()) {
        Row row;
        row.begin = at;
        std::size_t end = text.find_first_of("\n\r", at);
        if (end == std::string_view::npos)
            end = text.size();
        row.text = text.substr(at, end - at);
        if (end < text.size())
            end += text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n' ? 2 : 1;
        row.next = end;
        rows.push_back(row);
        at = end;
    }
    return rows;
}

std::string_view leading_space(std::string_view line) {
    return line.substr(0, line.size() - trim_left(line).size());
}

/// The letters, digits and blanks at the beginning.
std::string_view leading_words(std::string_view line) {
    line = trim(line);
    std::size_t end = 0;
    while (end < line.size() &&
           (is_ascii_alnum(line[end]) || is_ascii_space(line[end]) || (line[end] & 0x80) != 0))
        ++end;
    return line.substr(0, end);
}

constexpr std::array<std::string_view, 11> kBoth = {
    "attributes", "examples", "methods",  "notes", "raises", "references",
    "returns",    "see also", "warnings", "warns", "yields"};
constexpr std::array<std::string_view, 5> kNumpy = {
    "extended summary", "other params", "other parameters", "parameters", "short summary"};
constexpr std::array<std::string_view, 19> kGoogle = {"args",
                                                      "arguments",
                                                      "attention",
                                                      "caution",
                                                      "danger",
                                                      "error",
                                                      "example",
                                                      "hint",
                                                      "important",
                                                      "keyword args",
                                                      "keyword arguments",
                                                      "note",
                                                      "other args",
                                                      "other arguments",
                                                      "return",
                                                      "tip",
                                                      "todo",
                                                      "warning",
                                                      "yield"};
/// Those whose name may also be that of an entry.
constexpr std::array<std::string_view, 11> kWithEntries = {
    "args",         "arguments",  "other args", "other parameters",
    "other params", "parameters", "raises",     "returns",
    "see also",     "warns",      "yields"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_name_of(HeaderStyle style, std::string_view lower) {
    return holds(kBoth, lower) ||
           (style == HeaderStyle::numpy ? holds(kNumpy, lower) : holds(kGoogle, lower));
}

/// "see also" -> "See Also": how the name is written exactly.
std::string title_case(std::string_view lower) {
    std::string out(lower);
    bool first = true;
    for (char& c : out) {
        if (first && c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        first = c == ' ';
    }
    return out;
}

bool is_underline(std::string_view line) {
    line = trim(line);
    return !line.empty() && line.find_first_not_of("-=") == std::string_view::npos;
}

bool is_dashes(std::string_view line) {
    line = trim(line);
    return !line.empty() && line.find_first_not_of('-') == std::string_view::npos;
}

std::vector<HeaderSection> sections_in(std::string_view text, HeaderStyle style) {
    std::vector<HeaderSection> out;
    const std::vector<Row> rows = rows_of(text);
    std::vector<std::size_t> starts;
    for (std::size_t i = 1; i < rows.size(); ++i) {  // the first line is the summary
        const std::string_view line = rows[i].text;
        const std::string_view words = leading_words(line);
        if (words.empty() || words.size() > 24)
            continue;
        const std::string lower = ascii_lower(words);
        if (!is_name_of(style, lower))
            continue;
        const std::size_t indent = leading_space(line).size();
        const std::string_view suffix = line.substr(indent + words.size());
        if (!trim(suffix).empty() && trim(suffix) != ":")
            continue;
        const bool underlined = i + 1 < rows.size() && is_underline(rows[i + 1].text);
        if (!underlined) {
            // The line before ends a paragraph.
            const std::string_view before = trim(rows[i - 1].text);
            if (!before.empty() &&
                std::string_view(",;.-\\/]})").find(before.back()) == std::string_view::npos)
                continue;
            // An entry of the section before may have the name of a section.
            if (holds(kWithEntries, lower) && !out.empty() && words != title_case(lower) &&
                (out.back().indent < indent || (words[0] >= 'a' && words[0] <= 'z')))
                continue;
        }
        if (!out.empty())
            out.back().end = rows[i].begin;
        HeaderSection& made = out.emplace_back();
        made.name = lower;
        made.indent = indent;
        made.body = rows[i].next;
        made.end = text.size();
        made.suffix = suffix;
    }
    return out;
}

bool any_of(const std::vector<HeaderSection>& sections,
            std::initializer_list<std::string_view> names) {
    return std::any_of(sections.begin(), sections.end(), [&](const HeaderSection& one) {
        return std::find(names.begin(), names.end(), one.name) != names.end();
    });
}

bool is_word(char c) {
    return is_ascii_alnum(c) || c == '_' || (c & 0x80) != 0;
}

/// The name of an entry `name (type): text` of Google's; "" if the text is none.
std::string google_entry(std::string_view text) {
    std::size_t at = text.size() - trim_left(text).size();
    const std::size_t begin = at;
    while (at < text.size() && at < begin + 2 && text[at] == '*')
        ++at;
    const std::size_t word = at;
    while (at < text.size() && is_word(text[at]))
        ++at;
    if (at == word)
        return {};
    const std::size_t end = at;
    const auto skip = [&](std::size_t from) {
        while (from < text.size() && is_ascii_space(text[from]))
            ++from;
        return from;
    };
    // Behind the colon something must stand, if only on the next line.
    const auto colon = [&](std::size_t from) {
        from = skip(from);
        if (from >= text.size() || text[from] != ':')
            return false;
        const std::string_view rest = text.substr(from + 1);
        return !trim(rest).empty() || (!rest.empty() && rest.front() != '\n');
    };
    if (colon(at))
        return std::string(text.substr(begin, end - begin));
    at = skip(at);
    if (at >= text.size() || text[at] != '(')
        return {};
    for (std::size_t close = text.find_first_of(")\n", at);
         close != std::string_view::npos && text[close] == ')';
         close = text.find_first_of(")\n", close + 1)) {
        if (colon(close + 1))
            return std::string(text.substr(begin, end - begin));
    }
    return {};
}

void google_names(std::string_view body, std::vector<std::string>& out) {
    const std::vector<Row> rows = rows_of(body);
    if (rows.empty())
        return;
    const std::string_view indent = leading_space(rows[0].text);
    std::string content;
    // Lines with less indentation belong to nothing; an underline is no text.
    std::size_t least = std::string_view::npos;
    std::vector<std::string_view> lines;
    for (const Row& row : rows) {
        if (!row.text.empty() && (!row.text.starts_with(indent) || is_dashes(row.text)))
            continue;
        lines.push_back(row.text);
        if (!trim(row.text).empty())
            least = std::min(least, leading_space(row.text).size());
    }
    std::vector<std::string> entries;
    bool begun = false;
    for (const std::string_view line : lines) {
        if (trim(line).empty()) {
            if (begun && !entries.empty())
                entries.back() += '\n';
            continue;
        }
        const std::string_view rest = line.substr(std::min(least, line.size()));
        // The whole is trimmed first, so the first line always begins an entry.
        if (!begun || !is_ascii_space(rest[0])) {
            entries.emplace_back(begun ? rest : trim_left(rest));
            begun = true;
        } else {
            entries.back() += rest;
        }
        entries.back() += '\n';
    }
    for (const std::string& entry : entries) {
        if (std::string name = google_entry(entry); !name.empty())
            out.push_back(std::move(name));
    }
}

void numpy_names(std::string_view docstring, const HeaderSection& section,
                 std::vector<std::string>& out) {
    // A backslash at the end joins two lines.
    std::string joined;
    for (const Row& row : rows_of(docstring.substr(section.body, section.end - section.body))) {
        if (!joined.empty() && joined.back() == '\x01')
            joined.pop_back();
        joined += row.text;
        joined += '\n';
        if (row.text.ends_with('\\')) {
            joined.pop_back();
            joined.back() = '\x01';
        }
    }
    const std::vector<Row> rows = rows_of(joined);
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        const std::string_view line = rows[i].text;
        if (leading_space(line).size() != section.indent || trim(line).empty() ||
            leading_space(rows[i + 1].text).size() <= section.indent ||
            trim(rows[i + 1].text).empty())
            continue;
        for (const std::string_view written : split(line.substr(0, line.find(':')), ',')) {
            std::string name(trim(written));
            std::erase(name, '\\');  // \*args, \\*args
            out.push_back(std::move(name));
        }
    }
}

}  // namespace

const HeaderSection* HeaderSections::find(std::string_view name) const {
    const HeaderSection* found = nullptr;
    for (const HeaderSection& one : sections) {
        if (one.name == name)
            found = &one;
    }
    return found;
}

HeaderSections find_header_sections(std::string_view docstring) {
    HeaderSections numpy{HeaderStyle::numpy, sections_in(docstring, HeaderStyle::numpy)};
    if (any_of(numpy.sections, {"parameters", "other params", "other parameters"}))
        return numpy;
    HeaderSections google{HeaderStyle::google, sections_in(docstring, HeaderStyle::google)};
    if (any_of(google.sections, {"args", "arguments", "keyword args", "keyword arguments",
                                 "other args", "other arguments"}))
        return google;
    if (google.sections.size() != numpy.sections.size())
        return google.sections.size() > numpy.sections.size() ? google : numpy;
    for (const HeaderSection& one : google.sections) {
        const std::vector<Row> rows = rows_of(docstring.substr(one.body, one.end - one.body));
        if (!rows.empty() && is_dashes(rows[0].text))
            return numpy;
        if (one.suffix.starts_with(':'))
            return google;
    }
    return numpy;
}

DescribedParameters described_parameters(std::string_view docstring,
                                         const HeaderSections& sections) {
    DescribedParameters out;
    constexpr std::array<std::string_view, 6> kLists = {
        "args", "arguments", "keyword args", "keyword arguments", "other args", "other arguments"};
    for (const HeaderSection& one : sections.sections) {
        if (sections.style == HeaderStyle::google && holds(kLists, one.name)) {
            out.any = true;
            google_names(docstring.substr(one.body, one.end - one.body), out.names);
        } else if (sections.style == HeaderStyle::numpy && one.name == "parameters") {
            out.any = true;
            numpy_names(docstring, one, out.names);
        }
    }
    std::sort(out.names.begin(), out.names.end());
    return out;
}

std::vector<NamedParameter> named_parameters(std::string_view docstring,
                                             const HeaderSections& sections) {
    std::vector<NamedParameter> out;
    for (const HeaderSection& one : sections.sections) {
        const bool list = sections.style == HeaderStyle::google
                              ? one.name == "args" || one.name == "arguments"
                              : one.name == "parameters";
        if (!list)
            continue;
        std::optional<std::size_t> indent;
        for (const Row& row : rows_of(docstring.substr(one.body, one.end - one.body))) {
            if (trim(row.text).empty() || (!indent && is_underline(row.text)))
                continue;
            const std::size_t own = leading_space(row.text).size();
            if (!indent)
                indent = own;
            const std::size_t colon = row.text.find(':');
            if (own != *indent || colon == std::string_view::npos)
                continue;
            std::string_view name = row.text.substr(own, colon - own);
            std::size_t at = one.body + row.begin + own;
            while (name.starts_with('*')) {
                name.remove_prefix(1);
                ++at;
            }
            std::size_t end = 0;
            while (end < name.size() && is_word(name[end]))
                ++end;
            // `x (int)`, `x` and `x other`, but not `x, y`.
            if (end == 0 || is_ascii_digit(name[0]) ||
                (end < name.size() && name[end] != '(' && !is_ascii_space(name[end])))
                continue;
            out.push_back({std::string(name.substr(0, end)), at});
        }
    }
    return out;
}

std::vector<std::string_view> named_exceptions(std::string_view docstring,
                                               const HeaderSection& section) {
    const std::string_view body = docstring.substr(section.body, section.end - section.body);
    const std::vector<Row> rows = rows_of(body);
    std::vector<std::string_view> out;
    bool colons = false;
    for (const Row& row : rows) {
        const std::size_t colon = row.text.find(':');
        if (colon == std::string_view::npos)
            continue;
        colons = true;
        out.push_back(trim(row.text.substr(0, colon)));
    }
    if (colons || rows.empty())
        return out;
    const std::string_view indent = leading_space(rows[0].text);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const std::string_view line = rows[i].text;
        if (line.starts_with(indent) && line.size() > indent.size() &&
            !is_ascii_space(line[indent.size()]))
            out.push_back(trim_right(line.substr(indent.size())));
    }
    return out;
}

}  // namespace docathon::rules

#include "lint/project/index/inventory.h"

#include <algorithm>

#include "lint/core/inflate.h"
#include "lint/core/strings.h"

namespace docathon {

namespace {

std::string entry_of(std::string_view type, std::string_view name) {
    std::string out(type);
    out += ' ';
    out += type == "std:label" || type == "std:term" ? ascii_lower(name) : std::string(name);
    return out;
}

/// Takes the first line off `text`, without its end.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

bool is_number(std::string_view text) {
    if (text.starts_with('-'))
        text.remove_prefix(1);
    return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit);
}

/// Linear in each of the texts but for the last `*` that matched: a pattern of a person is short.
bool matches(std::string_view text, std::string_view pattern) {
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t from = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            from = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++from;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace

void Inventory::add(std::string_view type, std::string_view name) {
    entries_.push_back(entry_of(type, name));
}

/// `name type location`.
void Inventory::read_first(std::string_view text) {
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        const std::size_t name = line.find(' ');
        if (name == std::string_view::npos)
            continue;
        const std::size_t type = line.find(' ', name + 1);
        if (type == std::string_view::npos)
            continue;
        const std::string_view kind = line.substr(name + 1, type - name - 1);
        add(kind == "mod" ? "py:module" : "py:" + std::string(kind), line.substr(0, name));
    }
}

/// `name domain:type priority location shown name`; names may have spaces, so the type is the
/// first word that a number follows.
void Inventory::read_second(std::string_view text) {
    while (!text.empty()) {
        const std::string_view line = trim_right(take_line(text));
        for (std::size_t space = line.find(' '); space != std::string_view::npos;
             space = line.find(' ', space + 1)) {
            const std::size_t type_end = line.find(' ', space + 1);
            if (type_end == std::string_view::npos)
                break;
            const std::size_t number_end = std::min(line.find(' ', type_end + 1), line.size());
            const std::string_view type = line.substr(space + 1, type_end - space - 1);
            if (!is_number(line.substr(type_end + 1, number_end - type_end - 1)) ||
                type.find(':') == std::string_view::npos)
                continue;
            add(type, trim_right(line.substr(0, space)));
            break;
        }
    }
}

Inventory Inventory::read(std::string_view bytes, std::size_t most) {
    Inventory out;
    const std::string_view head = take_line(bytes);
    const std::string_view project = take_line(bytes);
    const std::string_view version = take_line(bytes);
    const bool named = project.starts_with("# Project") && version.starts_with("# Version");
    if (head == "# Sphinx inventory version 1" && named) {
        out.damaged_ = bytes.size() > most;
        out.read_first(bytes.substr(0, most));
    } else if (head == "# Sphinx inventory version 2" && named &&
               take_line(bytes).find("zlib") != std::string_view::npos) {
        std::string text;
        out.damaged_ = inflate_zlib(bytes, most, text) != InflateEnd::complete;
        // The last line of a damaged stream may be half of one.
        if (out.damaged_)
            text.resize(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n'));
        out.read_second(text);
    } else {
        out.damaged_ = true;
    }
    std::sort(out.entries_.begin(), out.entries_.end());
    return out;
}

bool Inventory::has_match(std::string_view domain, std::string_view type,
                          std::string_view name) const {
    const std::string lower = ascii_lower(name);
    return std::any_of(entries_.begin(), entries_.end(), [&](std::string_view entry) {
        const std::size_t space = entry.find(' ');
        const std::size_t colon = entry.find(':');
        if (colon >= space)
            return false;
        const bool folded = entry.starts_with("std:label ") || entry.starts_with("std:term ");
        return matches(entry.substr(0, colon), domain) &&
               matches(entry.substr(colon + 1, space - colon - 1), type) &&
               matches(entry.substr(space + 1), folded ? std::string_view(lower) : name);
    });
}

bool Inventory::has(std::string_view type, std::string_view name) const {
    return std::binary_search(entries_.begin(), entries_.end(), entry_of(type, name));
}

}  // namespace docathon

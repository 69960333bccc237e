#include "lint/project/sphinx/auto_options.h"

#include "lint/core/strings.h"

namespace docathon {

namespace {

/// "a, b" as names.
std::vector<std::string> list_of(std::string_view text) {
    std::vector<std::string> out;
    for (const std::string_view part : split(text, ',')) {
        if (!trim(part).empty())
            out.emplace_back(trim(part));
    }
    return out;
}

}  // namespace

void read_option(std::string_view name, std::string_view value, AutoOptions& out) {
    const bool all = value.empty() || value == "True" || value == "None";
    if (value == "False")
        return;
    if (name == "members") {
        out.members = true;
        out.only = all ? std::vector<std::string>() : list_of(value);
    } else if (name == "undoc-members") {
        out.undocumented = true;
    } else if (name == "private-members") {
        out.private_members = true;
        out.private_only = all ? std::vector<std::string>() : list_of(value);
    } else if (name == "special-members") {
        out.special = true;
        out.special_only = all ? std::vector<std::string>() : list_of(value);
    } else if (name == "inherited-members") {
        out.inherited = true;
        out.not_from = all ? std::vector<std::string>() : list_of(value);
    } else if (name == "imported-members") {
        out.imported = true;
    } else if (name == "ignore-module-all") {
        out.ignore_all = true;
    } else if (name == "exclude-members") {
        for (std::string& one : list_of(value))
            out.exclude.insert(std::move(one));
    } else if (name == "no-index" || name == "noindex") {
        out.no_index = true;
    }
}

void join_options(AutoOptions& out) {
    if (out.inherited) {
        out.members = true;
        out.only.clear();
        return;
    }
    if (out.members && out.only.empty())
        return;
    for (const auto* names : {&out.private_only, &out.special_only}) {
        for (const std::string& name : *names) {
            out.members = true;
            if (!is_in(out.only, name))
                out.only.push_back(name);
        }
    }
}

bool read_defaults(std::string_view text, AutoOptions& out) {
    text = trim(text);
    if (!text.starts_with('{') || !text.ends_with('}'))
        return false;
    text = text.substr(1, text.size() - 2);
    std::size_t at = 0;
    while (true) {
        const std::size_t open = text.find_first_of("'\"", at);
        if (open == std::string_view::npos)
            return true;
        const std::size_t close = text.find(text[open], open + 1);
        const std::size_t colon = text.find(':', close);
        if (close == std::string_view::npos || colon == std::string_view::npos)
            return false;
        const std::string_view name = text.substr(open + 1, close - open - 1);
        std::size_t value = colon + 1;
        while (value < text.size() && text[value] == ' ')
            ++value;
        if (value < text.size() && (text[value] == '\'' || text[value] == '"')) {
            const std::size_t end = text.find(text[value], value + 1);
            if (end == std::string_view::npos)
                return false;
            read_option(name, text.substr(value + 1, end - value - 1), out);
            at = end + 1;
        } else {
            const std::size_t end = std::min(text.find(',', value), text.size());
            read_option(name, trim(text.substr(value, end - value)), out);
            at = end;
        }
    }
}

}  // namespace docathon

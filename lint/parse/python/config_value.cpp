// Values of a conf.py: making, comparing and printing them.

#include <algorithm>
#include <cstdio>

#include "lint/core/path.h"
#include "lint/parse/python/config_reader.h"

namespace docathon {

PyValue PyValue::make_unknown(std::string reason) {
    PyValue value;
    value.text = std::move(reason);
    return value;
}

PyValue PyValue::make_string(std::string text) {
    PyValue value;
    value.kind = Kind::string;
    value.text = std::move(text);
    return value;
}

PyValue PyValue::make_bool(bool set) {
    PyValue value;
    value.kind = Kind::boolean;
    value.boolean = set;
    return value;
}

PyValue PyValue::make_int(std::int64_t number) {
    PyValue value;
    value.kind = Kind::integer;
    value.integer = number;
    return value;
}

PyValue PyValue::make_list(std::vector<PyValue> items) {
    PyValue value;
    value.kind = Kind::list;
    value.items = std::move(items);
    std::uint8_t deepest = 0;
    for (const PyValue& item : value.items)
        deepest = std::max(deepest, item.depth);
    value.depth = static_cast<std::uint8_t>(std::min(deepest + 1, 255));
    return value;
}

const PyValue* PyValue::find(std::string_view key) const {
    if (!is_dict())
        return nullptr;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].is_string() && keys[i].text == key)
            return &items[i];
    }
    return nullptr;
}

// Recursion below is bounded: the reader makes no value deeper than 100 levels.

bool PyValue::fully_known() const {
    if (is_unknown() || partial)
        return false;
    const auto known = [](const PyValue& value) { return value.fully_known(); };
    return std::all_of(items.begin(), items.end(), known) &&
           std::all_of(keys.begin(), keys.end(), known);
}

std::string PyValue::why_unknown() const {
    if (is_unknown() || partial)
        return text;
    for (const std::vector<PyValue>* part : {&keys, &items}) {
        for (const PyValue& value : *part) {
            std::string why = value.why_unknown();
            if (!why.empty())
                return why;
        }
    }
    return {};
}

bool equal(const PyValue& a, const PyValue& b) {
    if (a.kind != b.kind || a.partial || b.partial)
        return false;
    switch (a.kind) {
        case PyValue::Kind::unknown:
            return false;
        case PyValue::Kind::none:
            return true;
        case PyValue::Kind::boolean:
            return a.boolean == b.boolean;
        case PyValue::Kind::integer:
            return a.integer == b.integer;
        case PyValue::Kind::floating:
            return a.floating == b.floating;
        case PyValue::Kind::string:
            return a.text == b.text;
        case PyValue::Kind::list:
        case PyValue::Kind::dict:
            break;
    }
    return std::equal(a.keys.begin(), a.keys.end(), b.keys.begin(), b.keys.end(), equal) &&
           std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), equal);
}

namespace {

// Bytes above ASCII stay; a string may be cut inside of a character by the caller's limit only.
void put_string(const std::string& text, std::string& out) {
    const char quote = text.find('\'') == std::string::npos ? '\'' : '"';
    out += quote;
    for (const char c : text) {
        switch (c) {
            case kRepositoryRoot:
                out += "<repository>";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\\':
                out += "\\\\";
                break;
            default:
                if (c == quote)
                    out += '\\';
                if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
                    char buffer[8];
                    std::snprintf(buffer, sizeof buffer, "\\x%02x", static_cast<unsigned>(c));
                    out += buffer;
                } else {
                    out += c;
                }
        }
    }
    out += quote;
}

void put(const PyValue& value, std::size_t limit, std::string& out) {
    if (out.size() >= limit)
        return;
    switch (value.kind) {
        case PyValue::Kind::unknown:
            out += "...";
            return;
        case PyValue::Kind::none:
            out += "None";
            return;
        case PyValue::Kind::boolean:
            out += value.boolean ? "True" : "False";
            return;
        case PyValue::Kind::integer:
            out += std::to_string(value.integer);
            return;
        case PyValue::Kind::floating: {
            char buffer[40];
            std::snprintf(buffer, sizeof buffer, "%.12g", value.floating);
            out += buffer;
            if (std::string_view(buffer).find_first_not_of("-0123456789") == std::string_view::npos)
                out += ".0";
            return;
        }
        case PyValue::Kind::string:
            put_string(value.text, out);
            return;
        case PyValue::Kind::list:
        case PyValue::Kind::dict:
            break;
    }
    const bool dict = value.is_dict();
    out += dict ? '{' : '[';
    for (std::size_t i = 0; i < value.items.size() && out.size() < limit; ++i) {
        if (i > 0)
            out += ", ";
        if (dict) {
            put(value.keys[i], limit, out);
            out += ": ";
        }
        put(value.items[i], limit, out);
    }
    if (value.partial)
        out += value.items.empty() ? "..." : ", ...";
    out += dict ? '}' : ']';
}

}  // namespace

std::string to_text(const PyValue& value, std::size_t limit) {
    std::string out;
    put(value, limit, out);
    if (out.size() <= limit)
        return out;
    std::size_t cut = limit;
    while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xc0) == 0x80)
        --cut;
    out.resize(cut);
    return out + "...";
}

const PyValue* ConfModule::find(std::string_view name) const {
    const auto it = values.find(name);
    return it == values.end() ? nullptr : &it->second;
}

std::optional<std::string> repository_path(const PyValue& value, std::string_view base) {
    const std::string& text = value.text;
    std::string path;
    if (text.starts_with(kRepositoryRoot)) {
        if (text.size() > 1 && text[1] != '/')
            return std::nullopt;
        path =
            normalize_path(text.size() > 1 ? std::string_view(text).substr(2) : std::string_view());
    } else if (text.starts_with('/') || text.find(kRepositoryRoot) != std::string::npos) {
        return std::nullopt;
    } else {
        path = join_path(base, text);
    }
    if (leaves_root(path))
        return std::nullopt;
    return path;
}

bool looks_like_sphinx_conf(std::string_view bytes) {
    constexpr std::string_view kNames[] = {"extensions",       "html_theme",     "master_doc",
                                           "root_doc",         "source_suffix",  "rst_prolog",
                                           "exclude_patterns", "templates_path", "rst_epilog"};
    for (const std::string_view name : kNames) {
        for (std::size_t at = bytes.find(name); at != std::string_view::npos;
             at = bytes.find(name, at + 1)) {
            // At the beginning of a line, indentation aside, and followed by an assignment.
            std::size_t start = at;
            while (start > 0 && (bytes[start - 1] == ' ' || bytes[start - 1] == '\t'))
                --start;
            if (start > 0 && bytes[start - 1] != '\n' && bytes[start - 1] != '\r')
                continue;
            std::size_t next = at + name.size();
            while (next < bytes.size() && bytes[next] == ' ')
                ++next;
            if (next >= bytes.size())
                continue;
            const char c = bytes[next];
            if (c == '+' || c == ':' || c == '.')
                return true;
            if (c == '=' && (next + 1 >= bytes.size() || bytes[next + 1] != '='))
                return true;
        }
    }
    // A conf.py may be filled in by a package: `globals().update(conf.build_config(...))`.
    if (bytes.find("globals().update(") != std::string_view::npos &&
        bytes.find("sphinx") != std::string_view::npos)
        return true;
    // A conf.py may leave all of it to another: `from sphinx_base_conf import *`.
    return bytes.find("sphinx") != std::string_view::npos &&
           bytes.find("import *") != std::string_view::npos;
}

}  // namespace docathon

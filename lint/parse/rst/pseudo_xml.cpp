// Pseudo-XML: the tree as docutils' Node.pformat() shows it, for comparison with docutils.

#include <algorithm>
#include <map>

#include "lint/parse/rst/python_text.h"
#include "lint/parse/rst/tree.h"

namespace docathon::rst {

namespace {

void indent(std::string& out, std::size_t level) {
    out.append(level * 4, ' ');
}

// Names in a list attribute are separated by spaces, so theirs are escaped (nodes.serial_escape).
std::string join_names(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) {
        if (&name != &names.front())
            out += ' ';
        for (const char c : name) {
            if (c == '\\' || c == ' ')
                out += '\\';
            out += c;
        }
    }
    return out;
}

bool is_preformatted(Tag tag) {
    switch (tag) {
        case Tag::address:
        case Tag::comment:
        case Tag::literal_block:
        case Tag::doctest_block:
        case Tag::math_block:
        case Tag::raw:
            return true;
        default:
            return false;
    }
}

void start_tag(const Tree& tree, ElementId id, std::size_t level, std::string& out) {
    indent(out, level);
    const Element& element = tree[id];
    out += '<';
    out += to_string(element.tag);
    const Attributes& attributes = tree.attributes(id);
    std::map<std::string, std::string> sorted;
    const auto add = [&](const char* key, const std::vector<std::string>& names) {
        if (!names.empty())
            sorted.emplace(key, join_names(names));
    };
    add("ids", attributes.ids);
    add("names", attributes.names);
    add("dupnames", attributes.dupnames);
    add("classes", attributes.classes);
    add("backrefs", attributes.backrefs);
    if (is_preformatted(element.tag))
        sorted.emplace("xml:space", "preserve");
    for (const auto& [key, value] : attributes.others) {
        const bool internal =
            element.tag == Tag::pending && (key == "transform" || key.starts_with("detail:"));
        if (!internal)
            sorted[std::string(key)] = value;
    }
    for (const auto& [key, value] : sorted) {
        out += ' ';
        out += key;
        out += "=\"";
        out += value;
        out += '"';
    }
    out += ">\n";
}

void pending_details(const Tree& tree, ElementId id, std::size_t level, std::string& out) {
    const auto line = [&](const std::string& text) {
        indent(out, level + 1);
        out += text;
        out += '\n';
    };
    line(".. internal attributes:");
    std::map<std::string, std::string> details;
    for (const auto& [key, value] : tree.attributes(id).others) {
        if (key == "transform")
            line("     .transform: " + value);
        else if (key.starts_with("detail:"))
            details.emplace(key.substr(7), value);
    }
    line("     .details:");
    for (const auto& [key, value] : details)
        line("       " + key + ": " + value);
}

}  // namespace

std::string to_pseudo_xml(const Tree& tree, ElementId from) {
    std::string out;
    std::size_t level = 0;
    ElementId id = from;
    while (true) {
        const Element& element = tree[id];
        if (element.tag == Tag::text) {
            for (const std::string_view line : python::split_lines(element.text)) {
                indent(out, level);
                out += line;
                out += '\n';
            }
        } else {
            start_tag(tree, id, level, out);
            if (element.tag == Tag::pending)
                pending_details(tree, id, level, out);
        }
        if (element.first_child != kNoElement) {
            id = element.first_child;
            ++level;
            continue;
        }
        while (id != from && tree[id].next == kNoElement) {
            id = tree[id].parent;
            --level;
        }
        if (id == from)
            return out;
        id = tree[id].next;
    }
}

}  // namespace docathon::rst

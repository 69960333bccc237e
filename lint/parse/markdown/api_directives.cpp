#include "lint/parse/markdown/api_directives.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "lint/core/strings.h"
#include "lint/parse/labels.h"
#include "lint/parse/rst/directive_table.h"

namespace docathon::markdown {

namespace {

/// Directives of Sphinx' py domain, autodoc and autosummary, sorted. Those of the domain may be
/// written with "py:" before them.
bool is_api_directive(std::string_view name) {
    constexpr std::array<std::string_view, 23> kNames = {
        "attribute",     "autoattribute",   "autoclass",   "autodata",      "autodecorator",
        "autoexception", "autofunction",    "automethod",  "automodule",    "autoproperty",
        "autosummary",   "class",           "classmethod", "currentmodule", "data",
        "decorator",     "decoratormethod", "exception",   "function",      "method",
        "module",        "property",        "type"};
    if (name.starts_with("py:"))
        name.remove_prefix(3);
    // Extensions document objects by directives of their own: autopydantic_model, automodapi.
    return name == "staticmethod" || std::binary_search(kNames.begin(), kNames.end(), name) ||
           (name.starts_with("auto") && name.find(':') == std::string_view::npos);
}

/// The argument of a directive that no table has, or that is of an extension's domain, if it is a
/// dotted name; else "". How many
/// arguments it takes nobody knows, so they are not told from its content.
std::string_view documented_by_other(std::string_view source, const Node& node,
                                     const NodeData& data) {
    const std::string_view text = source.substr(node.range.begin, node.range.size());
    const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    const std::size_t colons = line.find("::");
    const std::size_t brace = line.find('}');
    std::string_view name;
    if (colons != std::string_view::npos && line.starts_with(".."))
        name = trim(line.substr(colons + 2));
    else if (brace != std::string_view::npos)
        name = trim(line.substr(brace + 1));
    const bool dotted = name.find('.') != std::string_view::npos && !name.ends_with('.') &&
                        std::all_of(name.begin(), name.end(), [](char c) {
                            return is_ascii_alnum(c) || c == '_' || c == '.';
                        });
    const rst::MarkupTables& tables = rst::MarkupTables::built_in();
    const rst::DirectiveSpec* const known = tables.sphinx_directive(data.name);
    const bool other = known == nullptr
                           ? tables.docutils_directive(data.name) == nullptr
                           : known->origin != "sphinx" && data.name.find(':') != std::string::npos;
    return dotted && other ? name : std::string_view();
}

/// A signature goes on behind a backslash at the end of a line (ObjectDescription.get_signatures).
/// True if this line was such a rest.
bool is_joined(std::string_view line, std::size_t first, ApiDirective& out) {
    if (out.arguments.size() == first || !out.arguments.back().ends_with('\\'))
        return false;
    out.arguments.back().pop_back();
    out.arguments.back() += line;
    return true;
}

/// The lines of `text`, which may be a part of `source`, as arguments.
void add_lines(std::string_view source, Range where, ApiDirective& out) {
    const std::size_t first = out.arguments.size();
    for (const std::string_view line : split(source.substr(where.begin, where.size()), '\n')) {
        const std::string_view argument = trim(line);
        if (argument.empty() || is_joined(argument, first, out))
            continue;
        out.arguments.emplace_back(argument);
        const auto begin = static_cast<std::uint32_t>(argument.data() - source.data());
        out.places.push_back({begin, begin + static_cast<std::uint32_t>(argument.size())});
    }
}

/// The same of an argument, whose place is known as a whole only if it was changed when it was
/// read.
void add_argument(std::string_view source, const NodeData& data, ApiDirective& out) {
    const Range where = data.text_range;
    if (where.end <= source.size() && source.substr(where.begin, where.size()) == data.text)
        return add_lines(source, where, out);
    const std::size_t first = out.arguments.size();
    for (const std::string_view line : split(data.text, '\n')) {
        if (trim(line).empty() || is_joined(trim(line), first, out))
            continue;
        out.arguments.emplace_back(trim(line));
        out.places.push_back(where);
    }
}

}  // namespace

void collect_api_directives(std::string_view source, const Document& document, FileFacts& facts) {
    std::map<NodeId, std::uint32_t> made;
    const auto nodes = document.nodes();
    for (NodeId id = 0; id < nodes.size(); ++id) {
        const Node& node = nodes[id];
        if (node.kind != NodeKind::directive)
            continue;
        const NodeData& data = document.data(node);
        if (!is_api_directive(data.name)) {
            const std::string_view name = documented_by_other(source, node, data);
            if (name.empty())
                continue;
            ApiDirective& other = facts.api_directives.emplace_back();
            other.name = kOtherDirective;
            other.arguments.emplace_back(name);
            other.range = node.range;
            continue;
        }
        ApiDirective one;
        one.name = data.name.starts_with("py:") ? data.name.substr(3) : data.name;
        add_argument(source, data, one);
        if (one.arguments.empty() && one.name.starts_with("auto") && one.name != "autosummary") {
            // An option that nobody knows took the argument away; it stands on the line all the
            // same.
            const std::string_view text = source.substr(node.range.begin, node.range.size());
            const std::size_t colons = text.substr(0, text.find('\n')).find("::");
            const std::size_t line = std::min(text.find_first_of("\r\n"), text.size());
            if (colons != std::string_view::npos && colons + 2 < line) {
                add_lines(source,
                          {node.range.begin + static_cast<std::uint32_t>(colons) + 2,
                           node.range.begin + static_cast<std::uint32_t>(line)},
                          one);
                one.options.emplace_back(std::string(), std::string());
            }
        }
        std::vector<Range> option_places(one.options.size(), node.range);
        for (NodeId child = node.first_child; child != kNoNode; child = nodes[child].next) {
            const NodeData& inner = document.data(child);
            if (nodes[child].kind == NodeKind::directive_option) {
                one.options.emplace_back(inner.name, inner.text);
                option_places.push_back(inner.text_range.empty() ? nodes[child].range
                                                                 : inner.text_range);
            } else if (nodes[child].kind == NodeKind::raw_text && one.name == "autosummary") {
                // Its lines are children of their own where something stands before them.
                if (nodes[child].first_child == kNoNode)
                    add_lines(source, nodes[child].content, one);
                for (NodeId line = nodes[child].first_child; line != kNoNode;
                     line = nodes[line].next) {
                    if (nodes[line].kind == NodeKind::raw_text)
                        add_lines(source, nodes[line].range, one);
                }
            }
        }
        one.places.insert(one.places.end(), option_places.begin(), option_places.end());
        constexpr int kMostLevels = 64;
        NodeId parent = node.parent;
        for (int level = 0; level < kMostLevels && parent != kNoNode; ++level) {
            if (const auto found = made.find(parent); found != made.end()) {
                one.parent = found->second;
                break;
            }
            parent = nodes[parent].parent;
        }
        one.range = node.range;
        const std::size_t end =
            source.substr(node.range.begin, node.range.size()).find_first_of("\r\n");
        if (end != std::string_view::npos)
            one.range.end = one.range.begin + static_cast<std::uint32_t>(end);
        made.emplace(id, static_cast<std::uint32_t>(facts.api_directives.size()));
        facts.api_directives.push_back(std::move(one));
    }
}

}  // namespace docathon::markdown

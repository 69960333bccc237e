#include "lint/parse/markdown/api_directives.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "lint/core/strings.h"

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

void add_lines(std::string_view text, std::vector<std::string>& out) {
    for (const std::string_view line : split(text, '\n')) {
        if (!trim(line).empty())
            out.emplace_back(trim(line));
    }
}

}  // namespace

void collect_api_directives(std::string_view source, const Document& document, FileFacts& facts) {
    std::map<NodeId, std::uint32_t> made;
    const auto nodes = document.nodes();
    for (NodeId id = 0; id < nodes.size(); ++id) {
        const Node& node = nodes[id];
        if (node.kind != NodeKind::directive || !is_api_directive(document.data(node).name))
            continue;
        const NodeData& data = document.data(node);
        ApiDirective one;
        one.name = data.name.starts_with("py:") ? data.name.substr(3) : data.name;
        add_lines(data.text, one.arguments);
        for (NodeId child = node.first_child; child != kNoNode; child = nodes[child].next) {
            const NodeData& inner = document.data(child);
            if (nodes[child].kind == NodeKind::directive_option) {
                one.options.emplace_back(inner.name, inner.text);
            } else if (nodes[child].kind == NodeKind::raw_text && one.name == "autosummary") {
                // Its lines are children of their own where something stands before them.
                if (nodes[child].first_child == kNoNode)
                    add_lines(
                        source.substr(nodes[child].content.begin, nodes[child].content.size()),
                        one.arguments);
                for (NodeId line = nodes[child].first_child; line != kNoNode;
                     line = nodes[line].next) {
                    if (nodes[line].kind == NodeKind::raw_text)
                        add_lines(source.substr(nodes[line].range.begin, nodes[line].range.size()),
                                  one.arguments);
                }
            }
        }
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

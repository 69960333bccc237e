#pragma once
// What the tests of the Markdown front end share: parse a text, look at its shape and its ranges.

#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/parse.h"

namespace docathon::testing {

/// A parsed text that keeps the bytes its ranges belong to.
struct Parsed {
    SourceFile source;
    ParsedFile file;

    [[nodiscard]] const Document& document() const { return file.document; }
    [[nodiscard]] const FileFacts& facts() const { return file.facts; }
    [[nodiscard]] std::string slice(Range range) const { return std::string(source.slice(range)); }

    /// Nodes of one kind, in order.
    [[nodiscard]] std::vector<Node> all(NodeKind kind) const {
        std::vector<Node> out;
        for (const Node& node : document().nodes()) {
            if (node.kind == kind)
                out.push_back(node);
        }
        return out;
    }
    [[nodiscard]] Node first(NodeKind kind) const {
        const std::vector<Node> nodes = all(kind);
        return nodes.empty() ? Node{} : nodes.front();
    }
    /// Source of the `index`th node of a kind; "(none)" if there are fewer.
    [[nodiscard]] std::string source_of(NodeKind kind, std::size_t index = 0) const {
        const std::vector<Node> nodes = all(kind);
        return index < nodes.size() ? slice(nodes[index].range) : "(none)";
    }
    [[nodiscard]] std::string content_of(NodeKind kind, std::size_t index = 0) const {
        const std::vector<Node> nodes = all(kind);
        return index < nodes.size() ? slice(nodes[index].content) : "(none)";
    }
    [[nodiscard]] NodeData data_of(NodeKind kind, std::size_t index = 0) const {
        const std::vector<Node> nodes = all(kind);
        return index < nodes.size() ? document().data(nodes[index]) : NodeData{};
    }

    /// The blocks as "heading paragraph list(item(paragraph))"; inlines are left out.
    [[nodiscard]] std::string shape() const {
        std::string out;
        if (!document().nodes().empty())
            append_children(0, out);
        return out;
    }

  private:
    void append_children(NodeId id, std::string& out) const {
        const NodeKind kind = document().node(id).kind;
        if (kind == NodeKind::paragraph || kind == NodeKind::heading ||
            kind == NodeKind::table_cell) {
            return;
        }
        bool first_one = true;
        for (NodeId child = document().node(id).first_child; child != kNoNode;
             child = document().node(child).next) {
            const Node& node = document().node(child);
            if (!first_one)
                out += ' ';
            first_one = false;
            out += to_string(node.kind);
            std::string inner;
            append_children(child, inner);
            if (!inner.empty())
                out += "(" + inner + ")";
        }
    }
};

inline Parsed parse(std::string_view text, const Settings& settings) {
    SourceFile source(0, "page.md", std::string(text));
    ParsedFile file = parse_file(source, settings);
    return {std::move(source), std::move(file)};
}

inline Parsed parse(std::string_view text, Flavor flavor = Flavor::gfm) {
    Settings settings;
    settings.flavor = flavor;
    return parse(text, settings);
}

/// MyST with the extensions that a large project switches on.
inline Parsed parse_myst(std::string_view text) {
    Settings settings;
    settings.flavor = Flavor::myst;
    settings.myst_extensions = {"colon_fence",  "dollarmath",   "amsmath",
                                "deflist",      "fieldlist",    "attrs_block",
                                "attrs_inline", "substitution", "tasklist"};
    return parse(text, settings);
}

/// What must hold of every document, whatever the text: ranges inside the text and inside their
/// parents, siblings in order, links of the tree that fit. Empty, or what is wrong.
inline std::string fault_of(const Document& document, std::size_t size) {
    const auto nodes = document.nodes();
    for (NodeId id = 0; id < nodes.size(); ++id) {
        const Node& node = nodes[id];
        const std::string where = std::string(to_string(node.kind)) + " " + std::to_string(id);
        if (node.range.begin > node.range.end || node.range.end > size)
            return where + ": range";
        if (node.content.begin > node.content.end || node.content.end > size)
            return where + ": content";
        if (id == 0)
            continue;
        if (node.parent >= id)
            return where + ": parent";
        if (node.next != kNoNode && (node.next <= id || nodes[node.next].parent != node.parent)) {
            return where + ": next";
        }
        // What a directive reads in its first line stands before its options.
        if (node.kind == NodeKind::directive_option)
            continue;
        if (!nodes[node.parent].range.contains(node.range))
            return where + ": outside its parent";
    }
    return "";
}

}  // namespace docathon::testing

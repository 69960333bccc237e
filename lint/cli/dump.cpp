#include "lint/cli/dump.h"

#include <array>

#include "lint/core/line_index.h"
#include "lint/core/slug.h"
#include "lint/core/strings.h"
#include "lint/model/prose_view.h"

namespace docathon {

namespace {

constexpr std::size_t kLongest = 72;  // characters of text that a line shows

std::string shown(std::string_view text) {
    const bool cut = text.size() > kLongest;
    return "\"" + escape_control(text.substr(0, kLongest)) + (cut ? "...\"" : "\"");
}

std::string place(const LineIndex& lines, Range range) {
    const auto begin = lines.line_col(range.begin);
    const auto end = lines.line_col(range.end);
    return std::to_string(begin.line) + ":" + std::to_string(begin.column) + "-" +
           std::to_string(end.line) + ":" + std::to_string(end.column);
}

constexpr std::array<std::string_view, 12> kReferenceNames = {
    "link",           "image",        "html-link",       "html-image",    "link-definition",
    "role",           "include",      "literal-include", "toctree-entry", "directive-image",
    "directive-link", "template-link"};
constexpr std::array<std::string_view, 6> kAnchorNames = {"html-id",   "html-name", "target",
                                                          "attribute", "directive", "footnote"};
constexpr std::array<std::string_view, 4> kSuppressionNames = {"ignore", "disable", "enable",
                                                               "ignore-file"};

std::string flags_of(std::uint16_t flags) {
    constexpr std::array<std::string_view, 12> kNames = {"templated",     "bare",
                                                         "glob",          "by-definition",
                                                         "relative-docs", "relative-images",
                                                         "literal",       "external-parser",
                                                         "download",      "partial",
                                                         "external",      "unused"};
    std::string text;
    for (std::size_t bit = 0; bit < kNames.size(); ++bit) {
        if ((flags & (1u << bit)) == 0)
            continue;
        text += " +";
        text += kNames[bit];
    }
    return text;
}

}  // namespace

std::string dump_model(const SourceFile& source, const Document& document) {
    const LineIndex lines(source.bytes());
    std::string text;
    std::vector<std::uint32_t> depth(document.nodes().size());
    for (NodeId id = 0; id < document.nodes().size(); ++id) {
        const Node& node = document.node(id);
        if (node.parent != kNoNode)
            depth[id] = depth[node.parent] + 1;
        text.append(2 * std::size_t{depth[id]}, ' ');
        text += to_string(node.kind);
        text += " " + place(lines, node.range);
        if (node.level != 0)
            text += " level=" + std::to_string(node.level);
        if ((node.flags & node_flag::kUnclosed) != 0)
            text += " unclosed";
        const NodeData& data = document.data(node);
        if (!data.name.empty())
            text += " name=" + shown(data.name);
        if (!data.text.empty())
            text += " text=" + shown(data.text);
        if (node.first_child == kNoNode)
            text += " " + shown(source.slice(node.range));
        text += "\n";
    }
    return text;
}

std::string dump_prose(const SourceFile& source, const Document& document) {
    const LineIndex lines(source.bytes());
    std::string text;
    for (NodeId id = 0; id < document.nodes().size(); ++id) {
        const Node& node = document.node(id);
        if (node.kind != NodeKind::paragraph && node.kind != NodeKind::heading &&
            node.kind != NodeKind::table_cell) {
            continue;
        }
        const ProseView view(document, source.bytes(), id);
        text += place(lines, node.range) + " " + escape_control(view.text()) + "\n";
    }
    return text;
}

std::string dump_facts(const SourceFile& source, const FileFacts& facts) {
    const LineIndex lines(source.bytes());
    std::string text = "format " + std::string(to_string(facts.format)) + "\n";
    if (!facts.title.empty())
        text += "title " + shown(facts.title) + "\n";
    if (facts.open_anchors)
        text += "open-anchors\n";
    if (facts.orphan)
        text += "orphan\n";
    for (const Heading& heading : facts.headings) {
        text += "heading " + place(lines, heading.range) +
                " level=" + std::to_string(heading.level) + " " + shown(heading.text) +
                " github=" + heading.github_slug + " docutils=" + heading.docutils_id +
                " myst=" + myst_slug(heading.text);
        if (!heading.explicit_id.empty())
            text += " id=" + heading.explicit_id;
        if (heading.nested)
            text += " nested";
        text += "\n";
    }
    for (const Anchor& anchor : facts.anchors) {
        text += "anchor " + place(lines, anchor.range) + " " +
                std::string(kAnchorNames[static_cast<std::size_t>(anchor.kind)]) + " " +
                shown(anchor.id) + "\n";
    }
    for (const Reference& reference : facts.references) {
        text += "reference " + place(lines, reference.range) + " " +
                std::string(kReferenceNames[static_cast<std::size_t>(reference.kind)]);
        if (!reference.name.empty())
            text += " name=" + reference.name;
        text += " " + shown(reference.target) + flags_of(reference.flags) + "\n";
    }
    for (const UndefinedReference& reference : facts.undefined_references) {
        text += "undefined " + place(lines, reference.range) + " " + shown(reference.label) + "\n";
    }
    for (const Footnote& footnote : facts.footnotes) {
        text += std::string(footnote.definition ? "footnote-definition " : "footnote ") +
                place(lines, footnote.range) + " " + shown(footnote.label) + "\n";
    }
    for (const Suppression& suppression : facts.suppressions) {
        text += "suppression " + place(lines, suppression.range) + " " +
                std::string(kSuppressionNames[static_cast<std::size_t>(suppression.kind)]);
        if (suppression.tool != SuppressionTool::own)
            text += " of " + std::string(to_string(suppression.tool));
        for (const std::string& id : suppression.ids)
            text += " " + id;
        text += " covers " + place(lines, suppression.scope);
        if (!suppression.error.empty())
            text += " error=" + shown(suppression.error);
        text += "\n";
    }
    for (const InputProblem& problem : facts.problems) {
        text += "problem " + place(lines, problem.range) + " " + problem.rule + ": " +
                problem.message + "\n";
    }
    return text;
}

}  // namespace docathon

// The Markdown front end on any bytes, in every flavour: no crash, no endless loop, and ranges that
// lie in the text and in each other. The first byte of the input chooses flavour and switches.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lint/parse/parse.h"

namespace {

using docathon::Document;
using docathon::FileFacts;
using docathon::Node;
using docathon::NodeId;
using docathon::Range;

void require(bool condition) {
    if (!condition)
        std::abort();
}

void check(const Document& document, std::size_t size) {
    const auto nodes = document.nodes();
    require(!nodes.empty());
    const auto inside = [size](Range range) {
        return range.begin <= range.end && range.end <= size;
    };
    for (NodeId id = 0; id < nodes.size(); ++id) {
        const Node& node = nodes[id];
        require(inside(node.range) && inside(node.content));
        const docathon::NodeData& data = document.data(node);
        require(inside(data.name_range) && inside(data.text_range));
        if (id == 0)
            continue;
        require(node.parent < id);
        require(node.next == docathon::kNoNode || (node.next > id && node.next < nodes.size() &&
                                                   nodes[node.next].parent == node.parent));
        require(nodes[node.parent].range.contains(node.range));
    }
}

void check(const FileFacts& facts, std::size_t size) {
    const auto inside = [size](Range range) {
        return range.begin <= range.end && range.end <= size;
    };
    for (const auto& heading : facts.headings)
        require(inside(heading.range));
    for (const auto& anchor : facts.anchors)
        require(inside(anchor.range) && !anchor.id.empty());
    for (const auto& reference : facts.references) {
        require(inside(reference.range) && inside(reference.whole));
    }
    for (const auto& reference : facts.undefined_references)
        require(inside(reference.range));
    for (const auto& footnote : facts.footnotes)
        require(inside(footnote.range));
    for (const auto& suppression : facts.suppressions) {
        require(inside(suppression.range) && inside(suppression.scope));
        require(!suppression.ids.empty() || !suppression.error.empty());
    }
    for (const auto& problem : facts.problems)
        require(inside(problem.range));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    docathon::Settings settings;
    settings.flavor = static_cast<docathon::Flavor>(data[0] % 5);
    settings.liquid = (data[0] & 0x40) != 0;
    if ((data[0] & 0x80) == 0) {
        settings.myst_extensions = {"colon_fence", "dollarmath",    "amsmath",      "deflist",
                                    "fieldlist",   "attrs_block",   "attrs_inline", "substitution",
                                    "tasklist",    "strikethrough", "linkify"};
    }
    const docathon::SourceFile source(
        0, "a.md", std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
    const docathon::ParsedFile parsed = docathon::parse_file(source, settings);
    check(parsed.document, size - 1);
    check(parsed.facts, size - 1);
    return 0;
}

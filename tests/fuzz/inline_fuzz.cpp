// The inline scanner over arbitrary bytes and switches: ranges stay inside their parents and in
// order, and what is derived from the tree does not fail.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lint/model/prose_view.h"
#include "lint/parse/markdown/inline.h"

namespace {

using namespace docathon;

void require(bool condition) {
    if (!condition)
        std::abort();
}

/// Cuts the input into lines and leaves out a prefix of each, as a block quote does.
MappedText without_prefixes(std::string_view source, std::size_t prefix) {
    MappedText text;
    for (std::size_t begin = 0; begin < source.size();) {
        const std::size_t line_end = source.find('\n', begin);
        const std::size_t end = line_end == std::string_view::npos ? source.size() : line_end + 1;
        const std::size_t from = std::min(begin + prefix, end);
        text.append(source, {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(end)});
        begin = end;
    }
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size < 2)
        return 0;
    const unsigned switches = bytes[0] | (bytes[1] << 8u);
    const std::string source(reinterpret_cast<const char*>(bytes) + 2, size - 2);

    markdown::InlineSyntax syntax;
    syntax.gfm_autolinks = (switches & 1u) != 0;
    syntax.strikethrough = (switches & 2u) != 0;
    syntax.footnotes = (switches & 4u) != 0;
    syntax.roles = (switches & 8u) != 0;
    syntax.dollar_math = (switches & 16u) != 0;
    syntax.strict_dollars = (switches & 32u) != 0;
    syntax.backtick_math = (switches & 64u) != 0;
    syntax.substitutions = (switches & 128u) != 0;
    syntax.attributes = (switches & 256u) != 0;
    syntax.kramdown_attributes = (switches & 512u) != 0;
    syntax.liquid = (switches & 1024u) != 0;
    syntax.linkify = (switches & 2048u) != 0;

    markdown::LinkDefinitions definitions;
    definitions["a"] = {"/u", "t", {}};
    const MappedText text = without_prefixes(source, (switches >> 12u) & 3u);
    Document document;
    const auto end = static_cast<std::uint32_t>(source.size());
    const NodeId root = document.open(NodeKind::paragraph, {0, end});
    markdown::InlineFindings findings;
    markdown::scan_inlines(text, source, syntax, definitions, document, findings);
    document.close();
    require(document.depth() == 0);

    for (NodeId id = 1; id < document.nodes().size(); ++id) {
        const Node& node = document.node(id);
        require(node.range.begin <= node.range.end);
        require(node.range.contains(node.content));
        require(document.node(node.parent).range.contains(node.range));
        if (node.next != kNoNode)
            require(node.range.end <= document.node(node.next).range.begin);
    }
    for (const UndefinedReference& reference : findings.undefined_references) {
        require(reference.range.begin < reference.range.end && reference.range.end <= end);
    }
    (void)markdown::plain_text(document, source, root);

    const ProseView prose(document, source, root);
    const auto length = static_cast<std::uint32_t>(prose.text().size());
    for (std::uint32_t at = 0; at < length; at += 1 + length / 64) {
        const Range range = prose.to_source(at, std::min(at + 5, length));
        require(range.begin <= range.end && range.end <= end);
    }

    markdown::DefinitionParts parts;
    const std::size_t taken = markdown::match_definition(source, parts, syntax.liquid);
    require(taken <= source.size());
    (void)markdown::normalize_label(source);
    (void)markdown::decode(source, syntax.liquid);
    return 0;
}

#include "lint/rules/engines/place.h"

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon::rules {

namespace {

/// The first line of `range` that has more than space, without the space around it.
Range first_line(const FileContext& context, Range range) {
    const std::string_view bytes = context.source.bytes();
    std::uint32_t at = range.begin;
    if (at == 0 && has_bom(bytes))
        at = std::min<std::uint32_t>(3, range.end);
    while (at < range.end && is_ascii_space(bytes[at]))
        ++at;
    std::uint32_t end = at;
    while (end < range.end && bytes[end] != '\n' && bytes[end] != '\r')
        ++end;
    while (end > at && is_ascii_space(bytes[end - 1]))
        --end;
    return {at, end};
}

}  // namespace

Range place_of(const FileView& file, std::uint32_t entry) {
    const FileContext& context = file.context();
    const TreeEntry& at = file.tree().entries()[entry];
    if (at.node == kNoNode)
        return first_line(context, at.range);
    const Node& node = context.document.node(at.node);
    switch (at.kind) {
        case SelectorKind::document: {
            const std::uint32_t heading = file.tree().first_heading();
            if (heading != kNoEntry)
                return place_of(file, heading);
            return first_line(context, at.range);
        }
        case SelectorKind::section:
        case SelectorKind::heading:
            return node.content.empty() ? first_line(context, node.range)
                                        : first_line(context, node.content);
        case SelectorKind::link:
        case SelectorKind::image:
            if (node.kind == NodeKind::directive)
                return first_line(context, at.range);
            return at.range;
        case SelectorKind::role:
        case SelectorKind::emphasis:
        case SelectorKind::strong:
            return at.range;
        default:
            return first_line(context, at.range);
    }
}

}  // namespace docathon::rules

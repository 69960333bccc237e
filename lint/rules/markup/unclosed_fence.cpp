// markup/unclosed-fence: see rules/markup/unclosed-fence.yaml.

#include "lint/rules/check.h"

namespace docathon::rules {

namespace {

class UnclosedFence final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        const auto nodes = context.document.nodes();
        for (NodeId id = 0; id < nodes.size(); ++id) {
            const Node& node = nodes[id];
            const bool fence = node.kind == NodeKind::code_block && (node.flags & node_flag::kFenced) != 0;
            if (!fence && node.kind != NodeKind::directive) continue;
            if ((node.flags & node_flag::kUnclosed) == 0) continue;
            // A directive that is the last line of a page swallows nothing: pages of one include
            // are written so on purpose.
            const std::string_view body = context.source.slice(node.content);
            if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) continue;
            const std::string_view bytes = context.source.bytes();
            std::size_t end = bytes.find_first_of("\r\n", node.range.begin);
            if (end == std::string_view::npos || end > node.range.end) end = node.range.end;
            const Range opening{node.range.begin, static_cast<std::uint32_t>(end)};
            sink.report(opening, "this fence is never closed, so the rest of the page is inside it").subject =
                std::string(context.source.slice(opening));
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_unclosed_fence(const Options&) { return std::make_unique<UnclosedFence>(); }

}  // namespace docathon::rules

// markup/unclosed-fence: see rules/markup/unclosed-fence.yaml.

#include "lint/rules/check.h"

namespace docathon::rules {

namespace {

class UnclosedFence final : public Check {
  public:
    /// Bodies that are lists of names rather than text: what stands last on a page may stay open.
    static bool is_list_of_names(std::string_view directive) {
        return directive == "toctree" || directive == "include" || directive == "literalinclude" ||
               directive == "contents" || directive == "image";
    }

    void file(const FileContext& context, Sink& sink) const override {
        // kramdown ends HTML blocks elsewhere, so that it sees other fences.
        if (context.settings.flavor == Flavor::jekyll)
            return;
        const auto nodes = context.document.nodes();
        for (NodeId id = 0; id < nodes.size(); ++id) {
            const Node& node = nodes[id];
            const bool fence =
                node.kind == NodeKind::code_block && (node.flags & node_flag::kFenced) != 0;
            if (!fence && node.kind != NodeKind::directive)
                continue;
            if ((node.flags & node_flag::kUnclosed) == 0)
                continue;
            // In a list or quote the end of the container closes it, and nothing is swallowed.
            if (node.parent != kNoNode &&
                context.document.node(node.parent).kind != NodeKind::document)
                continue;
            if (!fence && is_list_of_names(context.document.data(node).name))
                continue;
            // A directive that is the last line of a page swallows nothing: pages of one include
            // are written so on purpose.
            const std::string_view body = context.source.slice(node.content);
            if (body.find_first_not_of(" \t\r\n") == std::string_view::npos)
                continue;
            const std::string_view bytes = context.source.bytes();
            std::size_t end = bytes.find_first_of("\r\n", node.range.begin);
            if (end == std::string_view::npos || end > node.range.end)
                end = node.range.end;
            const Range opening{node.range.begin, static_cast<std::uint32_t>(end)};
            sink.report(opening,
                        "this fence is never closed, so everything up to the end of the page is "
                        "inside it")
                .subject = std::string(context.source.slice(opening));
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_unclosed_fence(const Options&) {
    return std::make_unique<UnclosedFence>();
}

}  // namespace docathon::rules

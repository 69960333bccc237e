// markup/invalid-front-matter: see rules/markup/invalid-front-matter.yaml.

#include <algorithm>

#include "lint/core/line_index.h"
#include "lint/core/yaml.h"
#include "lint/rules/check.h"

namespace docathon::rules {

namespace {

class InvalidFrontMatter final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        const auto nodes = context.document.nodes();
        for (const Node& node : nodes) {
            if (node.kind == NodeKind::front_matter)
                judge(context, node, sink);
            if (node.kind == NodeKind::heading || node.kind == NodeKind::paragraph)
                break;
        }
    }

  private:
    static void judge(const FileContext& context, const Node& node, Sink& sink) {
        const std::string_view text = context.source.slice(node.content);
        // Template tags are filled in before the YAML is read.
        if (text.find("{{") != std::string_view::npos || text.find("{%") != std::string_view::npos)
            return;
        const Result<Value> value = parse_yaml(text);
        if (value && (value->is_map() || value->is_null()))
            return;
        Range range = node.content;
        std::string message;
        if (value) {
            message = "front matter is no map of keys and values";
        } else {
            message = "front matter is not valid YAML: " + value.error().message;
            const LineIndex lines(text);
            const std::uint32_t line = value.error().line;
            if (line >= 1 && line <= lines.line_count()) {
                const Range place = lines.line_range(line);
                range = Range{node.content.begin + place.begin, node.content.begin + place.end};
            }
        }
        if (range.empty())
            range = node.range;
        sink.report(range, std::move(message)).subject = "front matter";
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_invalid_front_matter(const Options&) {
    return std::make_unique<InvalidFrontMatter>();
}

}  // namespace docathon::rules

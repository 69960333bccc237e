// markup/redundant-parentheses: see rules/markup/redundant-parentheses.yaml.

#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class RedundantParentheses final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        for (const Node& node : context.document.nodes()) {
            if (node.kind != NodeKind::role)
                continue;
            const NodeData& data = context.document.data(node);
            if (data.name != "func" && data.name != "meth" && data.name != "py:func" &&
                data.name != "py:meth")
                continue;
            if (!context.source.slice(data.text_range).ends_with("()"))
                continue;
            const Range range{data.text_range.end - 2, data.text_range.end};
            Diagnostic& finding =
                sink.report(range, "Sphinx writes '()' behind the name itself; remove it");
            finding.subject = data.text;
            Fix fix;
            fix.description = "remove the parentheses";
            fix.edits.push_back({range, ""});
            finding.fix = std::move(fix);
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_redundant_parentheses(const Options&) {
    return std::make_unique<RedundantParentheses>();
}

}  // namespace docathon::rules

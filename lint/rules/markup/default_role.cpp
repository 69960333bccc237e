// markup/default-role: see rules/markup/default-role.yaml.

#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class DefaultRole final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        // A project that sets it means what it writes.
        if (!context.settings.default_role.empty() || is_page_template(context) ||
            context.source.bytes().find(".. default-role::") != std::string_view::npos)
            return;
        for (const Node& node : context.document.nodes()) {
            if (node.kind != NodeKind::role)
                continue;
            const NodeData& data = context.document.data(node);
            const std::string_view written = context.source.slice(node.range);
            if (!data.name.empty() || !written.starts_with('`') || !written.ends_with('`'))
                continue;
            Diagnostic& finding =
                sink.report(node.range, "single backticks make this a title, in italics; write ``" +
                                            data.text + "`` for code, or a role");
            finding.subject = data.text;
            Fix fix;
            fix.description = "make it code";
            fix.safety = FixSafety::unsafe;
            fix.edits.push_back({node.range, "`" + std::string(written) + "`"});
            finding.fix = std::move(fix);
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_default_role(const Options&) {
    return std::make_unique<DefaultRole>();
}

}  // namespace docathon::rules

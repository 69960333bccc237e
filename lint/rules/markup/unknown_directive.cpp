// markup/unknown-directive: see rules/markup/unknown-directive.yaml.

#include "lint/rules/support/markup_names.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class UnknownDirective final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (is_page_template(context))
            return;
        for (const ParserMessage& message : context.document.messages()) {
            if (problem_of(message) == RstProblem::unknown_directive)
                report(context, sink, quoted_part(message.text), message.range, message.text);
        }
        // MyST's own; elsewhere {name} is text.
        if (context.facts.format != Format::markdown || context.settings.flavor != Flavor::myst)
            return;
        for (const Node& node : context.document.nodes()) {
            if (node.kind != NodeKind::directive)
                continue;
            const NodeData& data = context.document.data(node);
            if (!data.name.empty() &&
                !is_known_name(NameKind::directive, data.name, context.settings))
                report(context, sink, data.name, data.name_range);
        }
    }

  private:
    static void report(const FileContext& context, Sink& sink, std::string_view name, Range range,
                       std::string_view docutils = {}) {
        const NameVerdict verdict = judge_name(NameKind::directive, name, context.settings);
        if (!verdict.wrong) {
            sink.unknown("directives that the project or an extension may define");
            return;
        }
        std::string text = "no directive '" + std::string(name) + "'";
        if (verdict.suggestion.empty())
            text +=
                " in docutils, Sphinx or the extensions of this site, so its content is left out";
        else
            text += "; did you mean '" + verdict.suggestion + "'?";
        Diagnostic& finding = sink.report(range, std::move(text));
        finding.subject = name;
        finding.docutils = docutils;
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_unknown_directive(const Options&) {
    return std::make_unique<UnknownDirective>();
}

}  // namespace docathon::rules

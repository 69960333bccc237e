// markup/unknown-role: see rules/markup/unknown-role.yaml.

#include <functional>
#include <map>
#include <string>

#include "lint/rules/support/markup_names.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class UnknownRole final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (is_page_template(context))
            return;
        Verdicts verdicts;
        for (const ParserMessage& message : context.document.messages()) {
            if (problem_of(message) == RstProblem::unknown_role)
                report(context, sink, verdicts, quoted_part(message.text), message.range,
                       message.text);
        }
        // MyST's own; elsewhere {name} is text.
        if (context.facts.format != Format::markdown || context.settings.flavor != Flavor::myst)
            return;
        for (const Node& node : context.document.nodes()) {
            if (node.kind != NodeKind::role)
                continue;
            const NodeData& data = context.document.data(node);
            // Those of {eval-rst} have no range of their name, but a message.
            if (!data.name_range.empty() &&
                !is_known_name(NameKind::role, data.name, context.settings))
                report(context, sink, verdicts, data.name, data.name_range);
        }
    }

  private:
    using Verdicts = std::map<std::string, NameVerdict, std::less<>>;

    static void report(const FileContext& context, Sink& sink, Verdicts& verdicts,
                       std::string_view name, Range range, std::string_view docutils = {}) {
        // Looking for the nearest name takes a while, and one name is used many times.
        const auto [known, fresh] = verdicts.try_emplace(std::string(name));
        if (fresh)
            known->second = judge_name(NameKind::role, name, context.settings);
        const NameVerdict& verdict = known->second;
        if (!verdict.wrong) {
            sink.unknown("roles that the project or an extension may define");
            return;
        }
        std::string text = "no role '" + std::string(name) + "'";
        if (verdict.suggestion.empty())
            text +=
                " in docutils, Sphinx or the extensions of this site, so its text is left as it is "
                "written";
        else
            text += "; did you mean '" + verdict.suggestion + "'?";
        Diagnostic& finding = sink.report(range, std::move(text));
        finding.subject = name;
        finding.docutils = docutils;
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_unknown_role(const Options&) {
    return std::make_unique<UnknownRole>();
}

}  // namespace docathon::rules

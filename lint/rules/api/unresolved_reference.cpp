// api/unresolved-reference: see rules/api/unresolved-reference.yaml.

#include <string>
#include <string_view>

#include "lint/rules/support/object_references.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class UnresolvedReference final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        each_object_role(context, [&](const Reference& reference, const Resolution& answer) {
            if (answer.state == Found::unknown)
                sink.unknown(answer.why);
            if (answer.state != Found::missing)
                return;
            if (reference.name.starts_with("external"))
                sink.report(reference.range, "no '" + answer.path + "' elsewhere: " + answer.why)
                    .subject = answer.path;
            else
                report(context, reference, answer, sink);
        });
        for (const Reference& reference : context.facts.references) {
            if (reference.kind == ReferenceKind::link ||
                reference.kind == ReferenceKind::link_definition)
                report_link(context, reference, sink);
        }
    }

  private:
    /// [text](pkg.name) of MyST
    static void report_link(const ProjectContext& context, const Reference& reference, Sink& sink) {
        if (context.settings.flavor != Flavor::myst || !is_judged(reference) ||
            reference.target.find('.') == std::string::npos ||
            reference.target.find_first_of("/:#") != std::string::npos)
            return;
        const Resolution answer = context.index.resolve_path(context.file, reference).site;
        if (answer.state == Found::unknown && answer.why == kNoSuchName)
            report(context, reference, answer, sink);
    }

    static void report(const ProjectContext& context, const Reference& reference,
                       const Resolution& answer, Sink& sink) {
        std::string message;
        if (answer.why == kNotDocumented) {
            message = "'" + answer.path +
                      "' is in the code, but no page documents it, so this is no link";
        } else {
            message = "no object '" + answer.path + "' on this site";
            if (sink.may_suggest())
                message += hint(context.index.suggest_object(answer.path));
        }
        Diagnostic& finding = sink.report(reference.range, std::move(message));
        // As nitpick_ignore names it.
        finding.subject = answer.path;
        finding.where = "site";
    }
};

}  // namespace

std::unique_ptr<Check> make_api_unresolved_reference(const Options&) {
    return std::make_unique<UnresolvedReference>();
}

}  // namespace docathon::rules

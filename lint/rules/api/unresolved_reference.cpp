// api/unresolved-reference: see rules/api/unresolved-reference.yaml.

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "lint/project/api/api_index.h"
#include "lint/project/index/project_index.h"
#include "lint/project/sphinx/docs_registry.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class UnresolvedReference final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        if (context.facts.format == Format::python && !context.facts.gallery)
            in_docstrings(context, sink);
        else
            in_page(context, sink);
    }

  private:
    static void in_page(const ProjectContext& context, Sink& sink) {
        const ObjectScopes scopes(context.facts);
        // A part of a page is in the module of the page that takes it in.
        std::string_view outer;
        const FileId includer = context.index.includer_of(context.file);
        ObjectScopes around(context.facts);
        if (includer != kNoFile) {
            around = ObjectScopes(context.index.facts(includer));
            for (const Reference& one : context.index.facts(includer).references) {
                if (one.kind == ReferenceKind::include &&
                    (one.flags & reference_flag::kTemplated) == 0 &&
                    context.index.resolve_include(includer, one).file == context.file) {
                    outer = around.at(one.range.begin).module;
                    break;
                }
            }
        }
        for (const Reference& reference : context.facts.references) {
            if (reference.kind == ReferenceKind::link ||
                reference.kind == ReferenceKind::link_definition)
                report_link(context, reference, sink);
            if (reference.kind != ReferenceKind::role || !is_judged(reference))
                continue;
            if (reference.name.starts_with("external")) {
                report_external(context, reference, sink);
                continue;
            }
            ObjectPlace place = scopes.at(reference.range.begin);
            if (place.module.empty())
                place.module = outer;
            const Resolution answer = context.index.resolve_object(context.file, reference, place);
            if (answer.state == Found::unknown)
                sink.unknown(answer.why);
            if (answer.state == Found::missing)
                report(context, reference, answer, sink);
        }
    }

    static void in_docstrings(const ProjectContext& context, Sink& sink) {
        const ProjectIndex& index = context.index;
        const std::uint32_t module = index.api_module(context.file);
        if (index.docs() == nullptr || module == kNoItem || context.facts.references.empty())
            return;
        const std::span<const ShownDocstring> shown = index.docs()->shown(module);
        if (shown.empty())
            return;
        const PythonFacts& python = *context.facts.python;
        std::vector<std::uint32_t> order(python.docstrings.size());
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return python.docstrings[a].content.begin < python.docstrings[b].content.begin;
        });
        for (const Reference& reference : context.facts.references) {
            if (reference.kind != ReferenceKind::role || !is_judged(reference))
                continue;
            const auto above =
                std::upper_bound(order.begin(), order.end(), reference.range.begin,
                                 [&](std::uint32_t offset, std::uint32_t docstring) {
                                     return offset < python.docstrings[docstring].content.begin;
                                 });
            if (above == order.begin())
                continue;
            const std::uint32_t docstring = *std::prev(above);
            const auto first =
                std::lower_bound(shown.begin(), shown.end(), docstring,
                                 [](const ShownDocstring& one, std::uint32_t wanted) {
                                     return one.docstring < wanted;
                                 });
            // It may be on several pages: dead only if it is on all.
            Resolution worst;
            for (auto one = first; one != shown.end() && one->docstring == docstring; ++one) {
                const ObjectPlace place{one->py_module, one->py_class, {}};
                Resolution answer = index.resolve_object(one->page, reference, place);
                if (answer.state == Found::found) {
                    worst = {};
                    break;
                }
                if (worst.state == Found::not_applicable || answer.state == Found::unknown)
                    worst = std::move(answer);
            }
            if (worst.state == Found::unknown)
                sink.unknown(worst.why);
            if (worst.state == Found::missing)
                report(context, reference, worst, sink);
        }
    }

    /// [text](pkg.name) of MyST
    static void report_link(const ProjectContext& context, const Reference& reference,
                            Sink& sink) {
        if (context.settings.flavor != Flavor::myst || !is_judged(reference) ||
            reference.target.find('.') == std::string::npos ||
            reference.target.find_first_of("/:#") != std::string::npos)
            return;
        const Resolution answer = context.index.resolve_path(context.file, reference).site;
        if (answer.state == Found::unknown && answer.why == kNoSuchName)
            report(context, reference, answer, sink);
    }

    static void report_external(const ProjectContext& context, const Reference& reference,
                                Sink& sink) {
        const Resolution answer = context.index.resolve_external(context.file, reference);
        if (answer.state == Found::unknown)
            sink.unknown(answer.why);
        if (answer.state == Found::missing)
            sink.report(reference.range, "no '" + answer.path + "' elsewhere: " + answer.why)
                .subject = answer.path;
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

// links/unverified-reference: see rules/links/unverified-reference.yaml.

#include "lint/core/strings.h"
#include "lint/rules/support/names.h"
#include "lint/rules/support/object_references.h"

namespace docathon::rules {

namespace {

class UnverifiedReference final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const SphinxSite* const site = context.index.site(context.file);
        for (const Reference& reference : context.facts.references) {
            if (!is_judged(reference))
                continue;
            // MyST asks the inventories for what is no file: [text](some/label).
            if (is_name(reference)) {
                const Resolution answer = context.index.resolve_path(context.file, reference).site;
                if (answer.state == Found::unknown && answer.why == kForeignName)
                    report(reference, reference.target, sink);
            }
            if (const Resolution label = context.index.resolve_colon_label(context.file, reference);
                label.state == Found::unknown && label.why == kForeignName)
                report(reference, label.path, sink);
            if (is_anchor(reference)) {
                const Verdict path = context.index.resolve_path(context.file, reference);
                const Resolution answer =
                    context.index.resolve_fragment(context.file, reference, path).site;
                if (answer.state == Found::unknown && answer.why == kForeignName)
                    report(reference, reference.target.substr(1), sink);
            }
            if (reference.kind != ReferenceKind::role)
                continue;
            const Resolution answer = context.index.resolve_name(context.file, reference);
            if (answer.state != Found::unknown || answer.why != kForeignName ||
                !is_on_page(context, reference.range.begin))
                continue;
            // `python:tut-intro` says itself where it leads.
            const bool named = site == nullptr ? answer.path.find(':') != std::string::npos
                                               : names_inventory(*site, answer.path);
            if (named)
                continue;
            report(reference, answer.path, sink);
        }
    }

  private:
    static bool is_name(const Reference& reference) {
        return (reference.kind == ReferenceKind::link ||
                reference.kind == ReferenceKind::link_definition) &&
               reference.target.find_first_of(".:#") == std::string::npos;
    }

    /// [text](#some/label)
    static bool is_anchor(const Reference& reference) {
        return (reference.kind == ReferenceKind::link ||
                reference.kind == ReferenceKind::link_definition) &&
               reference.target.starts_with('#') && reference.target.size() > 1;
    }

    static void report(const Reference& reference, const std::string& name, Sink& sink) {
        std::string message = "no '" + name +
                              "' on this site; only the inventory of another project could have "
                              "it (project.inventories)";
        complete(sink.report(reference.range, std::move(message)), reference, "site");
    }

    static bool names_inventory(const SphinxSite& site, std::string_view name) {
        const std::size_t colon = name.find(':');
        if (colon == std::string_view::npos || colon == 0)
            return false;
        // Who computes the names of inventories, or has an extension name them.
        if (site.intersphinx.empty())
            return true;
        for (const std::string& inventory : site.intersphinx) {
            if (ascii_iequals(inventory, name.substr(0, colon)))
                return true;
        }
        return false;
    }
};

}  // namespace

std::unique_ptr<Check> make_links_unverified_reference(const Options&) {
    return std::make_unique<UnverifiedReference>();
}

}  // namespace docathon::rules

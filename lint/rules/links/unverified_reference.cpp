// links/unverified-reference: see rules/links/unverified-reference.yaml.

#include "lint/core/strings.h"
#include "lint/rules/support/names.h"

namespace docathon::rules {

namespace {

class UnverifiedReference final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const SphinxSite* const site = context.index.site(context.file);
        for (const Reference& reference : context.facts.references) {
            if (reference.kind != ReferenceKind::role || !is_judged(reference))
                continue;
            const Resolution answer = context.index.resolve_name(context.file, reference);
            if (answer.state != Found::unknown || answer.why != kForeignName)
                continue;
            // `python:tut-intro` says itself where it leads.
            const bool named = site == nullptr ? answer.path.find(':') != std::string::npos
                                               : names_inventory(*site, answer.path);
            if (named)
                continue;
            std::string message = "no '" + answer.path +
                                  "' on this site; only the inventory of another project could "
                                  "have it (project.inventories)";
            complete(sink.report(reference.range, std::move(message)), reference, "site");
        }
    }

  private:
    static bool names_inventory(const SphinxSite& site, std::string_view name) {
        const std::size_t colon = name.find(':');
        if (colon == std::string_view::npos || colon == 0)
            return false;
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

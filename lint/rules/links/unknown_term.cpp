// links/unknown-term: see rules/links/unknown-term.yaml.

#include <array>

#include "lint/rules/support/names.h"

namespace docathon::rules {

namespace {

class UnknownTerm final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        static constexpr std::array kRoles = std::to_array<std::string_view>({"term"});
        report_unknown_names(context, kRoles, "term", sink);
    }
};

}  // namespace

std::unique_ptr<Check> make_links_unknown_term(const Options&) {
    return std::make_unique<UnknownTerm>();
}

}  // namespace docathon::rules

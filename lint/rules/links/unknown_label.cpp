// links/unknown-label: see rules/links/unknown-label.yaml.

#include <array>

#include "lint/rules/support/names.h"

namespace docathon::rules {

namespace {

class UnknownLabel final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        static constexpr std::array kRoles =
            std::to_array<std::string_view>({"keyword", "numref", "ref"});
        report_unknown_names(context, kRoles, "label", sink);
    }
};

}  // namespace

std::unique_ptr<Check> make_links_unknown_label(const Options&) {
    return std::make_unique<UnknownLabel>();
}

}  // namespace docathon::rules

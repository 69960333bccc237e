// links/unknown-option: see rules/links/unknown-option.yaml.

#include <array>

#include "lint/rules/support/names.h"

namespace docathon::rules {

namespace {

class UnknownOption final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        static constexpr std::array kRoles = std::to_array<std::string_view>(
            {"citation", "confval", "envvar", "eq", "option", "rst:dir", "rst:role", "token"});
        report_unknown_names(context, kRoles, "name", sink);
    }
};

}  // namespace

std::unique_ptr<Check> make_links_unknown_option(const Options&) {
    return std::make_unique<UnknownOption>();
}

}  // namespace docathon::rules

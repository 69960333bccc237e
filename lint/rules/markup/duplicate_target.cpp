// markup/duplicate-target: see rules/markup/duplicate-target.yaml.

#include <map>
#include <string>

#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class DuplicateTarget final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        // Nobody reads a hundred about one name.
        constexpr int kMost = 50;
        std::map<std::string, int> counts;
        for (const ParserMessage* said : messages_about(context, RstProblem::duplicate_target)) {
            const ParserMessage& message = *said;
            const std::string name(quoted_part(message.text));
            if (++counts[name] > kMost)
                continue;
            report_message(sink, message, message.range,
                           "'" + name +
                               "' is defined twice in this page, so no reference "
                               "can name it; rename one")
                .subject = name;
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_duplicate_target(const Options&) {
    return std::make_unique<DuplicateTarget>();
}

}  // namespace docathon::rules

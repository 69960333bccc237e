// markup/duplicate-target: see rules/markup/duplicate-target.yaml.

#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class DuplicateTarget final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (is_page_template(context))
            return;
        for (const ParserMessage& message : context.document.messages()) {
            if (problem_of(message) != RstProblem::duplicate_target)
                continue;
            const std::string name(quoted_part(message.text));
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

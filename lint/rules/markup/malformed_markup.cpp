// markup/malformed-markup: see rules/markup/malformed-markup.yaml.

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class MalformedMarkup final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        for (const ParserMessage* said : messages_about(context, RstProblem::other)) {
            const ParserMessage& message = *said;
            std::string text = message.text.substr(0, message.text.find('\n'));
            std::replace(text.begin(), text.end(), '"', '\'');
            text.front() = ascii_lower(text.front());
            while (text.ends_with("."))
                text.pop_back();
            report_message(sink, message, message.range, "docutils: " + text).subject = text;
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_malformed_markup(const Options&) {
    return std::make_unique<MalformedMarkup>();
}

}  // namespace docathon::rules

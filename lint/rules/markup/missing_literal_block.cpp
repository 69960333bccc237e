// markup/missing-literal-block: see rules/markup/missing-literal-block.yaml.

#include <algorithm>

#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class MissingLiteralBlock final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        const std::string_view bytes = context.source.bytes();
        for (const ParserMessage* said :
             messages_about(context, RstProblem::missing_literal_block)) {
            const ParserMessage& message = *said;
            // The reader stops behind it: the mark is the last thing before.
            const std::size_t mark =
                bytes.rfind("::", std::min<std::size_t>(message.range.begin, bytes.size()));
            if (mark == bytes.npos)
                continue;
            const auto at = static_cast<std::uint32_t>(mark);
            const Range line = line_at(context, at);
            report_message(sink, message, {at, at + 2},
                           "'::' promises a code block, but nothing below it is indented; indent "
                           "the code, or write ':'")
                .subject = std::string(context.source.slice(line));
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_missing_literal_block(const Options&) {
    return std::make_unique<MissingLiteralBlock>();
}

}  // namespace docathon::rules

// markup/unexpected-indentation: see rules/markup/unexpected-indentation.yaml.

#include <algorithm>

#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class UnexpectedIndentation final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (is_page_template(context))
            return;
        const std::string_view bytes = context.source.bytes();
        for (const ParserMessage& message : context.document.messages()) {
            if (problem_of(message) != RstProblem::unexpected_indentation)
                continue;
            const Range line = line_at(bytes, message.range.begin);
            const std::string_view text = context.source.slice(line);
            const std::size_t indent = std::min(text.find_first_not_of(" \t"), text.size());
            const Range range{line.begin + static_cast<std::uint32_t>(indent), line.end};
            sink.report(range,
                        "indented without a blank line before, so this becomes a quotation; align "
                        "it with the line above, or put a blank line between")
                .subject = std::string(context.source.slice(range));
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_unexpected_indentation(const Options&) {
    return std::make_unique<UnexpectedIndentation>();
}

}  // namespace docathon::rules

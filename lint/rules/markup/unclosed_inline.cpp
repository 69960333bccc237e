// markup/unclosed-inline: see rules/markup/unclosed-inline.yaml.

#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

/// Which kind of inline markup does not end, in words.
std::string kind_of(std::string_view text) {
    constexpr std::string_view kInline = "Inline ";
    const std::string_view kind =
        text.substr(kInline.size(), text.find(" start-string") - kInline.size());
    if (kind == "strong")
        return "bold text";
    if (kind == "interpreted text or phrase reference")
        return "a role or reference";
    if (kind == "substitution_reference")
        return "a substitution";
    if (kind == "literal")
        return "code";
    if (kind == "target")
        return "a target";
    return std::string(kind);
}

class UnclosedInline final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        // docutils numbers all of a paragraph by its first line. Nobody reads a hundred in one.
        constexpr int kMost = 50;
        std::uint32_t line = 0;
        int count = 0;
        for (const ParserMessage* said : messages_about(context, RstProblem::unclosed_inline)) {
            const ParserMessage& message = *said;
            count = message.line == line ? count + 1 : 1;
            line = message.line;
            if (count > kMost)
                continue;
            const std::string mark(context.source.slice(message.range));
            std::string text = "'" + mark + "' begins " + kind_of(message.text) +
                               " that does not end in this block; close it";
            if (!mark.empty() && mark.front() != ':')
                text += ", or write '\\" + mark + "' for the character itself";
            Diagnostic& finding = report_message(sink, message, message.range, std::move(text));
            // What stands behind the mark tells one from the next; a line may be very long.
            constexpr std::size_t kEnough = 40;
            finding.subject =
                std::string(context.source.bytes().substr(message.range.begin, kEnough));
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_unclosed_inline(const Options&) {
    return std::make_unique<UnclosedInline>();
}

}  // namespace docathon::rules

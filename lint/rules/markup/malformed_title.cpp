// markup/malformed-title: see rules/markup/malformed-title.yaml.

#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

/// docutils, then us.
std::string words_for(std::string_view text) {
    if (text.starts_with("Title overline & underline mismatch"))
        return "the lines over and under this title differ; make them equal";
    if (text.starts_with("Missing matching underline") || text.starts_with("Incomplete"))
        return "a line over a title, but none under it; write the same line below the title";
    if (text.starts_with("Invalid section title"))
        return "two lines of marks, and no title between them";
    return "a title or a transition cannot stand here, inside of a list, quotation, table or "
           "directive";
}

class MalformedTitle final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        for (const ParserMessage* said : messages_about(context, RstProblem::malformed_title)) {
            const ParserMessage& message = *said;
            const Range line = line_at(context, message.range.begin);
            if (is_broken_border(context.source.slice(line)))
                continue;  // markup/malformed-table says it
            report_message(sink, message, line, words_for(message.text)).subject =
                std::string(context.source.slice(line));
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_malformed_title(const Options&) {
    return std::make_unique<MalformedTitle>();
}

}  // namespace docathon::rules

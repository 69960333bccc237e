// markup/malformed-table: see rules/markup/malformed-table.yaml.

#include <algorithm>
#include <cstdint>
#include <set>

#include "lint/core/strings.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

/// docutils' detail as advice.
std::string advice(std::string_view detail) {
    const auto has = [&](std::string_view part) { return detail.find(part) != detail.npos; };
    if (has("Right border"))
        return "its right border is not aligned or missing here";
    if (has("Text in column margin"))
        return "text stands in the gap between two columns; make the column wider";
    if (has("Column span"))
        return "a line of column spans does not fit the columns";
    if (has("Bottom border or header rule"))
        return "this border does not fit the top border";
    if (has("o bottom table border") || has("Bottom border missing"))
        return "it has no bottom border, or no blank line behind it";
    if (has("head/body row separator"))
        return "it needs one line between head and body, not at its begin or end";
    return "its lines do not close to cells; align the borders";
}

class MalformedTable final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        for (const ParserMessage* said : messages_about(context, RstProblem::malformed_table)) {
            const ParserMessage& message = *said;
            const std::string_view text = message.text;
            const Range line = line_at(context, message.range.begin);
            report_message(sink, message, line,
                           "the table cannot be read: " +
                               advice(text.substr(std::min(text.find('\n'), text.size()))))
                .subject = std::string(context.source.slice(line));
        }
        std::set<std::uint32_t> reported;
        for (const RstProblem problem :
             {RstProblem::malformed_title, RstProblem::missing_blank_line}) {
            for (const ParserMessage* said : messages_about(context, problem)) {
                const Range line = line_at(context, said->range.begin);
                std::string_view border = context.source.slice(line);
                const std::size_t indent = border.find_first_not_of(" \t");
                const auto from =
                    line.begin + static_cast<std::uint32_t>(std::min(indent, border.size()));
                border = trim(border);
                if (is_broken_border(border) && reported.insert(line.begin).second) {
                    report_message(sink, *said, Range{from, line.end},
                                   "the table cannot be read: this border has '|' where '+' "
                                   "belongs")
                        .subject = std::string(border);
                }
            }
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_malformed_table(const Options&) {
    return std::make_unique<MalformedTable>();
}

}  // namespace docathon::rules

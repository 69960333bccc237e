// markup/missing-blank-line: see rules/markup/missing-blank-line.yaml.

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

/// What ended, in words for a sentence: "Bullet list" -> "bullet list".
std::string thing_of(std::string_view text) {
    if (text.starts_with("Blank line required after table"))
        return "table";
    std::string thing(text.substr(0, text.find(" ends without")));
    thing.front() = ascii_lower(thing.front());
    if (thing == "explicit markup")
        return "directive, target or comment";
    return thing;
}

class MissingBlankLine final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (is_page_template(context))
            return;
        bool indented = false;
        for (const ParserMessage& message : context.document.messages()) {
            const RstProblem problem = problem_of(message);
            // The quotation that an unexpected indentation makes ends the same way; that rule says
            // it all.
            if (problem == RstProblem::unexpected_indentation)
                indented = true;
            if (problem != RstProblem::missing_blank_line)
                continue;
            const std::string thing = thing_of(message.text);
            if (indented && thing == "block quote") {
                indented = false;
                continue;
            }
            report(context, sink, message, thing);
        }
    }

  private:
    static void report(const FileContext& context, Sink& sink, const ParserMessage& message,
                       const std::string& thing) {
        const Range line = line_at(context, message.range.begin);
        const std::string_view text = context.source.slice(line);
        if (is_broken_border(text))
            return;  // markup/malformed-table says it
        const std::size_t indent = std::min(text.find_first_not_of(" \t"), text.size());
        const Range range{line.begin + static_cast<std::uint32_t>(indent), line.end};
        Diagnostic& finding = report_message(
            sink, message, range,
            "no blank line between the end of a " + thing +
                " and this line; put one there, or indent the line if it belongs to it");
        finding.subject = thing;
        Fix fix;
        fix.description = "put a blank line before it";
        fix.edits.push_back(blank_line_before(context, line));
        // In a list or a quotation the line may be the rest of the text above.
        const bool surely =
            thing == "directive, target or comment" || thing == "table" || thing == "literal block";
        fix.safety = surely ? FixSafety::safe : FixSafety::unsafe;
        finding.fix = std::move(fix);
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_missing_blank_line(const Options&) {
    return std::make_unique<MissingBlankLine>();
}

}  // namespace docathon::rules

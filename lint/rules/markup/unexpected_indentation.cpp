// markup/unexpected-indentation: see rules/markup/unexpected-indentation.yaml.

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class UnexpectedIndentation final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        for (const ParserMessage* said :
             messages_about(context, RstProblem::unexpected_indentation)) {
            const ParserMessage& message = *said;
            const Range line = line_at(context, message.range.begin);
            const std::string_view text = context.source.slice(line);
            const std::size_t indent = std::min(text.find_first_not_of(" \t"), text.size());
            const Range range{line.begin + static_cast<std::uint32_t>(indent), line.end};
            report_message(
                sink, message, range,
                "indented without a blank line before, so this becomes a quotation; align "
                "it with the line above, or put a blank line between")
                .subject = std::string(context.source.slice(range));
        }
        for (const Node& node : context.document.nodes()) {
            if (node.kind == NodeKind::code_block)
                look_at_code(context, sink, node);
        }
    }

  private:
    /// A paragraph with one space before it, behind an indented code block: still code, and so is
    /// the block that its `::` announces.
    static void look_at_code(const FileContext& context, Sink& sink, const Node& node) {
        const std::string_view bytes = context.source.bytes();
        const std::string_view first = context.source.slice(line_at(context, node.range.begin));
        const std::size_t indent = first.find_first_not_of(' ');
        if (indent == first.npos || indent < 2 || first.substr(indent).starts_with(".. "))
            return;
        for (Range line = line_at(context, node.range.begin); line.begin < node.range.end;
             line = next_text_line(context, line, node.range.end)) {
            const std::string_view text = context.source.slice(line);
            if (text.size() > 4 && text[0] == ' ' && is_ascii_alpha(text[1]) &&
                text.ends_with("::") && is_ascii_alnum(text[text.size() - 3])) {
                const Range whole = line_at(bytes, line.begin);
                const Range range{line.begin + 1, line.end};
                Diagnostic& finding = sink.report(
                    range, "one space before this line keeps it in the code above; remove it");
                finding.subject = std::string(context.source.slice(whole));
                Fix fix;
                fix.description = "remove the space";
                fix.edits.push_back({{line.begin, line.begin + 1}, ""});
                finding.fix = std::move(fix);
            }
        }
    }

    /// The next line that is not blank, or an empty range at or behind `end`.
    static Range next_text_line(const FileContext& context, Range line, std::uint32_t end) {
        do {
            const Range next = line_after(context, line);
            if (next.begin <= line.begin)
                return {end, end};
            line = next;
        } while (line.empty() && line.begin < end);
        return line;
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_unexpected_indentation(const Options&) {
    return std::make_unique<UnexpectedIndentation>();
}

}  // namespace docathon::rules

// markup/short-title-underline: see rules/markup/short-title-underline.yaml.

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

/// A line under or over a title as long as the title is wide, with its indentation.
std::string stretched(std::string_view line, std::size_t width) {
    const std::size_t indent = line.find_first_not_of(" \t");
    return std::string(line.substr(0, indent)) + std::string(width, line[indent]);
}

/// A run of one punctuation character, perhaps indented.
bool is_marker(std::string_view line) {
    line = trim(line);
    return !line.empty() && !is_ascii_alnum(line.front()) &&
           line.find_first_not_of(line.front()) == std::string_view::npos;
}

class ShortTitleUnderline final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        for (const ParserMessage* said :
             messages_about(context, RstProblem::short_title_underline)) {
            const ParserMessage& message = *said;
            const Range line = line_at(context, message.range.begin);
            if (!is_marker(context.source.slice(line)))
                continue;
            report(context, sink, line, message);
        }
    }

  private:
    static void report(const FileContext& context, Sink& sink, Range line,
                       const ParserMessage& message) {
        const bool over = message.text.starts_with("Title overline");
        const Range title = over ? line_after(context, line) : line_before(context, line);
        const std::string_view text = trim_right(context.source.slice(title));
        // Where text is tabbed or overlined its column matters, not its width.
        const std::size_t width = display_width(text);
        const std::string_view marker = trim(context.source.slice(line));
        const Range range{
            line.begin +
                static_cast<std::uint32_t>(context.source.slice(line).find(marker.front())),
            line.begin + static_cast<std::uint32_t>(
                             context.source.slice(line).find(marker.front()) + marker.size())};
        Diagnostic& finding = report_message(sink, message, range,
                                             std::string(over ? "overline" : "underline") + " of " +
                                                 std::to_string(marker.size()) + " for a title " +
                                                 std::to_string(width) +
                                                 " columns wide; make it as long as the title");
        finding.subject = std::string(trim(text));
        if (text.find('\t') != std::string_view::npos || width <= marker.size())
            return;
        Fix fix;
        fix.description = "make the line as long as the title";
        fix.edits.push_back({line, stretched(context.source.slice(line), width)});
        const Range other = over ? line_after(context, title) : line_before(context, title);
        // An overlined title has two lines of one length.
        if (is_marker(context.source.slice(other)) &&
            trim(context.source.slice(other)).front() == marker.front() &&
            (over || trim(context.source.slice(other)) == marker)) {
            const Edit edit{other, stretched(context.source.slice(other), width)};
            if (over)
                fix.edits.push_back(edit);
            else
                fix.edits.insert(fix.edits.begin(), edit);
        }
        finding.fix = std::move(fix);
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_short_title_underline(const Options&) {
    return std::make_unique<ShortTitleUnderline>();
}

}  // namespace docathon::rules

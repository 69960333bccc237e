// markup/title-level: see rules/markup/title-level.yaml.

#include <vector>

#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class TitleLevel final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        for (const ParserMessage& message : context.document.messages()) {
            if (problem_of(message) != RstProblem::title_level || is_page_template(context))
                continue;
            const Range line = line_at(context, message.range.begin);
            report_message(sink, message, line,
                           "this kind of title line is used for a deeper level above, so the "
                           "title is lost; use the kind of the level below the last title")
                .subject = std::string(context.source.slice(line));
        }
        // Where no builder makes a table of contents, levels are a matter of taste.
        if (context.facts.format != Format::markdown || context.settings.flavor != Flavor::myst ||
            context.settings.site < 0)
            return;
        // A heading stands below the last one of a smaller level, as MyST-Parser counts
        // (5.0.0, update_section_level_state): below 1, 4, 3 the last one skips a level too.
        std::vector<int> open;
        for (const Heading& heading : context.facts.headings) {
            if (heading.nested)
                continue;
            const int level = heading.level;
            while (!open.empty() && open.back() >= level)
                open.pop_back();
            const int previous = open.empty() ? 0 : open.back();
            if (previous == 0 && level > 1) {
                sink.report(heading.range, "the page begins with a heading of level " +
                                               std::to_string(level) +
                                               "; begin with level 1, which names the page")
                    .subject = heading.text;
            } else if (previous > 0 && level > previous + 1) {
                sink.report(heading.range, "heading of level " + std::to_string(level) +
                                               " below one of level " + std::to_string(previous) +
                                               "; write level " + std::to_string(previous + 1))
                    .subject = heading.text;
            }
            open.push_back(level);
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_title_level(const Options&) {
    return std::make_unique<TitleLevel>();
}

}  // namespace docathon::rules

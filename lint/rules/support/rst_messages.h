#pragma once
// Messages of the reStructuredText reader, grouped for the rules of markup/: each group is one
// offence with one piece of advice. The reader speaks docutils' words; rules say it in their own.

#include <string>
#include <string_view>
#include <vector>

#include "lint/model/document.h"
#include "lint/rules/check.h"

namespace docathon::rules {

/// What a message is about. INFO messages are `none` but for those that always mean a mistake.
enum class RstProblem : std::uint8_t {
    none,
    unexpected_indentation,
    missing_blank_line,
    short_title_underline,
    malformed_title,
    title_level,
    unclosed_inline,
    malformed_table,
    missing_literal_block,
    unknown_directive,
    unknown_role,
    directive_error,
    undefined_substitution,
    unknown_target,
    duplicate_target,
    footnote,
    other,  ///< all else from level WARNING on
};

[[nodiscard]] RstProblem problem_of(const ParserMessage& message);
/// The messages of one kind, in order; none of a template. They live with the document.
[[nodiscard]] std::vector<const ParserMessage*> messages_about(const FileContext& context,
                                                               RstProblem problem);

/// Text between the first pair of double quotes; empty if there is none.
[[nodiscard]] std::string_view quoted_part(std::string_view text);

/// A border of a grid table with a bar where a plus belongs, as in `+-----|-----+`: docutils does
/// not see the table, and reads the border as a title that cannot stand there.
[[nodiscard]] bool is_broken_border(std::string_view line);

/// A template that makes pages ({{ }}, {% %}) and is none itself: nothing in it can be judged.
[[nodiscard]] bool is_page_template(const FileContext& context);

/// The line, without its end, that holds an offset.
[[nodiscard]] Range line_at(std::string_view bytes, std::uint32_t offset);

/// The same as a line of the page: in a comment of a script (sphinx-gallery) without `# `.
[[nodiscard]] Range line_at(const FileContext& context, std::uint32_t offset);
/// The line of the page before (after) a line; an empty range at 0 (the end) if there is none.
[[nodiscard]] Range line_before(const FileContext& context, Range line);
[[nodiscard]] Range line_after(const FileContext& context, Range line);
/// The edit that puts a blank line before a line of the page.
[[nodiscard]] Edit blank_line_before(const FileContext& context, Range line);

/// Reports a finding for a message, docutils' words kept beside ours.
Diagnostic& report_message(Sink& sink, const ParserMessage& message, Range range,
                           std::string words);

}  // namespace docathon::rules

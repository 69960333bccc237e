// GitHub: the GFM specification, and what github.com reads besides it (footnotes, math, front
// matter).

#include "lint/parse/markdown/flavor.h"

namespace docathon::markdown {

constexpr Dialect kGfm = {
    .blocks = {.tables = true,
               .task_lists = true,
               .front_matter = true,
               .footnotes = true,
               .math_blocks = true},
    .inlines = {.gfm_autolinks = true,
                .strikethrough = true,
                .footnotes = true,
                .dollar_math = true,
                .strict_dollars = true,
                .backtick_math = true},
    .extensions = {},
    .roles_are_references = false,
    .html_headings = true,
};

}  // namespace docathon::markdown

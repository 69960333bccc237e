// Jekyll: kramdown with its GFM parser, and Liquid, which runs before it.

#include "lint/parse/markdown/flavor.h"

namespace docathon::markdown {

constexpr Dialect kJekyll = {
    .blocks = {.tables = true,
               .front_matter = true,
               .footnotes = true,
               .math_blocks = true,
               .definition_lists = true,
               .kramdown_lines = true,
               .heading_ids = true,
               .liquid_blocks = true},
    .inlines = {.gfm_autolinks = true,
                .strikethrough = true,
                .footnotes = true,
                .kramdown_attributes = true,
                .liquid = true},
    .extensions = {},
    .roles_are_references = false,
    .html_headings = false,
};

}  // namespace docathon::markdown

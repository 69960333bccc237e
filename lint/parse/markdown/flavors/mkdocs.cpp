// MkDocs: Python-Markdown with the extensions that its themes switch on (admonition, attr_list,
// footnotes, tables, pymdownx.details, pymdownx.tabbed).

#include "lint/parse/markdown/flavor.h"

namespace docathon::markdown {

constexpr Dialect kMkdocs = {
    .blocks = {.tables = true,
               .task_lists = true,
               .front_matter = true,
               .footnotes = true,
               .definition_lists = true,
               .kramdown_lines = true,
               .heading_ids = true,
               .indented_admonitions = true},
    .inlines = {.gfm_autolinks = true,
                .strikethrough = true,
                .footnotes = true,
                .kramdown_attributes = true},
    .extensions = {},
    .roles_are_references = false,
    .html_headings = false,
};

}  // namespace docathon::markdown

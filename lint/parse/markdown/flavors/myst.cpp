// MyST as MyST-Parser 5 reads it for Sphinx: what is always on, and what `myst_enable_extensions`
// switches on (names as in its documentation, "Syntax extensions").

#include <array>

#include "lint/parse/markdown/flavor.h"

namespace docathon::markdown {

namespace {

constexpr std::array<ExtensionSwitch, 13> kExtensions = {{
    {.name = "colon_fence", .block = &BlockSyntax::colon_fences},
    {.name = "dollarmath",
     .block = &BlockSyntax::math_blocks,
     .inlines = &InlineSyntax::dollar_math},
    {.name = "amsmath", .block = &BlockSyntax::amsmath},
    {.name = "deflist", .block = &BlockSyntax::definition_lists},
    {.name = "fieldlist", .block = &BlockSyntax::field_lists},
    {.name = "tasklist", .block = &BlockSyntax::task_lists},
    {.name = "attrs_block", .block = &BlockSyntax::attribute_lines},
    {.name = "attrs_inline", .inlines = &InlineSyntax::attributes},
    {.name = "attrs_image", .inlines = &InlineSyntax::attributes},
    {.name = "substitution", .inlines = &InlineSyntax::substitutions},
    {.name = "strikethrough", .inlines = &InlineSyntax::strikethrough},
    {.name = "linkify", .inlines = &InlineSyntax::linkify},
    {.name = "gfm_autolink", .inlines = &InlineSyntax::gfm_autolinks},
}};

}  // namespace

constexpr Dialect kMyst = {
    .blocks = {.tables = true,
               .front_matter = true,
               .footnotes = true,
               .directives = true,
               .percent_comments = true,
               .targets = true,
               .block_breaks = true},
    .inlines = {.footnotes = true, .roles = true},
    .extensions = kExtensions,
    .roles_are_references = true,
    .html_headings = false,
};

}  // namespace docathon::markdown

// CommonMark without extensions.

#include "lint/parse/markdown/flavor.h"

namespace docathon::markdown {

constexpr Dialect kCommonmark = {
    .blocks = {},
    .inlines = {},
    .extensions = {},
    .roles_are_references = false,
    .html_headings = false,
};

}  // namespace docathon::markdown

#pragma once
// Transforms: what docutils does with a parsed tree (docutils.transforms), as far as it makes
// messages or changes the tree: references, footnotes, substitutions, titles, docinfo, contents,
// transitions, loose messages.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/parser.h"

namespace docathon::rst {

/// Whether docutils has a transform of that name. Those that change nothing here are known too.
[[nodiscard]] bool is_transform(std::string_view name);

/// Names of the transforms that docutils' standalone reader and rST parser apply.
[[nodiscard]] const std::vector<std::string_view>& standard_transforms();

/// Applies transforms, and those that directives asked for (Names::pendings), in the order of their
/// priorities (docutils Transformer.apply_transforms). `substitutions`: names that exist without a
/// definition, such as Sphinx' |version|.
void apply_transforms(Parser& parser, const std::vector<std::string>& names,
                      const std::vector<std::string>& substitutions = {});

}  // namespace docathon::rst

#pragma once
// reStructuredText front end: bytes + Settings -> Document + FileFacts. Pure; linear in the size of
// the file.

#include <string_view>
#include <vector>

#include "lint/model/settings.h"
#include "lint/parse/parse.h"
#include "lint/parse/rst/directive_table.h"

namespace docathon::rst {

/// Reads a reStructuredText file. Never fails.
[[nodiscard]] ParsedFile parse_rst(std::string_view bytes, const Settings& settings);

/// Reads the comments of a script that sphinx-gallery makes a page of. `docstring`: the literal of
/// the module's docstring. The facts are those of the page, with Format::python and `gallery`.
[[nodiscard]] ParsedFile parse_gallery(std::string_view bytes, Range docstring,
                                       const Settings& settings);

/// Reads pieces of a file of another format, such as the lines of an {eval-rst} fence, as one text
/// of their own, and appends nodes and messages to the node of `document` that is open. References
/// are not resolved: the rest of the page may define them. `first_line`: number of the first line.
void parse_slices(std::string_view bytes, const std::vector<Range>& slices,
                  const Settings& settings, Document& document);

/// A directive of the project as a specification. Views point into `own`.
[[nodiscard]] DirectiveSpec spec_of(const OwnDirective& own);

/// What docutils says of a text that is made of pieces of a file of another format: blocks, each of
/// lines that are cut to their indentation. Appends nodes and messages, those of references to
/// targets that the text lacks to `targets` instead; substitutions are not resolved.
void read_messages(std::string_view bytes, const std::vector<std::vector<Range>>& blocks,
                   const Settings& settings, Document& document,
                   std::vector<UndefinedReference>& targets);

}  // namespace docathon::rst

#pragma once
// Labels: the names that a page gives to its places and things so that roles of other pages can
// name them (Sphinx' std, math and citation domains), read off the Document that rST and MyST have
// in common. Pure; linear in the size of the page.

#include <string_view>

#include "lint/model/document.h"
#include "lint/model/facts.h"

namespace docathon {

/// Appends to `facts.labels` and `facts.scopes` what the page defines. `document` was made of
/// `source`.
void collect_labels(std::string_view source, const Document& document, FileFacts& facts);

/// Appends a hint for everything in `text` that looks like a definition of a label in
/// reStructuredText: `.. _name:`, and `:name:` and `:label:` options below directives. For text
/// that is no page, such as docstrings; `base` is its place in the file.
void collect_label_hints(std::string_view text, std::uint32_t base, FileFacts& facts);

/// Appends a reference for every role in the docstrings of a module (`facts.python`) that names
/// something of Sphinx' std domain: ref, term, option ... Literals that are not raw and have
/// backslashes before or in the role are left out.
void collect_docstring_roles(std::string_view source, FileFacts& facts);

}  // namespace docathon

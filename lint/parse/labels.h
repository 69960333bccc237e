#pragma once
// Labels: the names that a page gives to its places and things so that roles of other pages can
// name them (Sphinx' std, math and citation domains), read off the Document that rST and MyST have
// in common. Pure; linear in the size of the page.

#include <string_view>

#include "lint/model/document.h"
#include "lint/model/facts.h"

namespace docathon {

/// ApiDirective::name of an attribute that __init__ of a class assigns and that a `#:` comment or a
/// string behind it describes; `parent` is the class, by its position in the definitions.
inline constexpr std::string_view kInstanceAttribute = "instance-attribute";
/// The name that a directive which nobody knows has in `api_directives`, if its argument looks like
/// a dotted name: it may document what it names.
inline constexpr std::string_view kOtherDirective = "?";

/// Appends to `facts.labels` and `facts.scopes` what the page defines. `document` was made of
/// `source`.
void collect_labels(std::string_view source, const Document& document, FileFacts& facts);

/// Appends a hint for everything in `text` that looks like a definition of a label in
/// reStructuredText: `.. _name:`, and `:name:` and `:label:` options below directives. For text
/// that is no page, such as docstrings; `base` is its place in the file.
void collect_label_hints(std::string_view text, std::uint32_t base, FileFacts& facts);

/// Appends a reference for every role in the docstrings of a module (`facts.python`) that names
/// something of Sphinx' std or py domain: ref, term, func, class ... Literals that are not raw and
/// have backslashes before or in the role are left out.
void collect_docstring_roles(std::string_view source, FileFacts& facts);

/// Appends to `facts.api_directives` what docstrings of a module describe by hand: the directives
/// of the py domain and of autodoc at the begin of a line; and the attributes that __init__ of its
/// classes assigns and describes.
void collect_docstring_directives(std::string_view source, FileFacts& facts);

}  // namespace docathon

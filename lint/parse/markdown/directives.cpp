#include "lint/parse/markdown/directives.h"

#include <algorithm>
#include <array>

namespace docathon::markdown {

namespace {

using A = Argument;
using B = Body;

/// Sorted by name. Sources: docutils' directive reference, Sphinx "Directives", sphinx.ext.*,
/// MyST-Parser "Roles and directives", MyST-NB, sphinx-design, sphinx-proof, sphinx-togglebutton.
constexpr std::array kSpecs = std::to_array<DirectiveSpec>({
    {"admonition", A::title, B::markdown, false},
    {"alert", A::none, B::markdown, false},
    {"attention", A::none, B::markdown, false},
    {"autoattribute", A::ignored, B::opaque, true},
    {"autoclass", A::ignored, B::opaque, true},
    {"autodata", A::ignored, B::opaque, true},
    {"autodecorator", A::ignored, B::opaque, true},
    {"autodoc2-docstring", A::ignored, B::opaque, true},
    {"autodoc2-object", A::ignored, B::opaque, true},
    {"autodoc2-summary", A::ignored, B::opaque, true},
    {"autodoxygenfile", A::ignored, B::opaque, true},
    {"autodoxygenindex", A::ignored, B::opaque, true},
    {"autoenum", A::ignored, B::opaque, true},
    {"autoexception", A::ignored, B::opaque, true},
    {"autofunction", A::ignored, B::opaque, true},
    {"automethod", A::ignored, B::opaque, true},
    {"automodule", A::ignored, B::opaque, true},
    {"autoproperty", A::ignored, B::opaque, true},
    {"autosummary", A::ignored, B::opaque, true},
    {"autotypevar", A::ignored, B::opaque, true},
    {"bibliography", A::ignored, B::opaque, true},
    {"button-link", A::link, B::markdown, false},
    {"button-ref", A::reference, B::markdown, false},
    {"card", A::title, B::markdown, false},
    {"card-carousel", A::ignored, B::markdown, false},
    {"caution", A::none, B::markdown, false},
    {"centered", A::title, B::markdown, false},
    {"class", A::ignored, B::markdown, false},
    {"code", A::ignored, B::code, false},
    {"code-block", A::ignored, B::code, false},
    {"code-cell", A::ignored, B::code, false},
    {"codeauthor", A::ignored, B::opaque, false},
    {"compound", A::none, B::markdown, false},
    {"container", A::ignored, B::markdown, false},
    {"contents", A::title, B::opaque, false},
    {"csv-table", A::title, B::opaque, false},
    {"currentmodule", A::ignored, B::opaque, false},
    {"danger", A::none, B::markdown, false},
    {"date", A::ignored, B::opaque, false},
    {"default-domain", A::ignored, B::opaque, false},
    {"default-role", A::ignored, B::opaque, false},
    {"deprecated", A::version, B::markdown, false},
    {"digraph", A::ignored, B::opaque, false},
    {"div", A::ignored, B::markdown, false},
    {"doctest", A::ignored, B::code, false},
    {"doxygenclass", A::ignored, B::opaque, true},
    {"doxygendefine", A::ignored, B::opaque, true},
    {"doxygenenum", A::ignored, B::opaque, true},
    {"doxygenfile", A::ignored, B::opaque, true},
    {"doxygenfunction", A::ignored, B::opaque, true},
    {"doxygengroup", A::ignored, B::opaque, true},
    {"doxygenindex", A::ignored, B::opaque, true},
    {"doxygennamespace", A::ignored, B::opaque, true},
    {"doxygenstruct", A::ignored, B::opaque, true},
    {"doxygentypedef", A::ignored, B::opaque, true},
    {"doxygenvariable", A::ignored, B::opaque, true},
    {"dropdown", A::title, B::markdown, false},
    {"epigraph", A::none, B::markdown, false},
    {"error", A::none, B::markdown, false},
    {"eval-rst", A::ignored, B::rst, true},
    {"figure", A::image, B::markdown, false},
    {"figure-md", A::label, B::markdown, false},
    {"footer", A::none, B::markdown, false},
    {"gallery-grid", A::ignored, B::opaque, false},
    {"glossary", A::none, B::markdown, true},
    {"glue:figure", A::ignored, B::markdown, false},
    {"glue:math", A::ignored, B::opaque, false},
    {"graph", A::ignored, B::opaque, false},
    {"graphviz", A::ignored, B::opaque, false},
    {"grid", A::ignored, B::markdown, false},
    {"grid-item", A::none, B::markdown, false},
    {"grid-item-card", A::title, B::markdown, false},
    {"header", A::none, B::markdown, false},
    {"highlight", A::ignored, B::opaque, false},
    {"highlights", A::none, B::markdown, false},
    {"hint", A::none, B::markdown, false},
    {"hlist", A::none, B::markdown, false},
    {"iframe", A::ignored, B::markdown, false},
    {"image", A::image, B::opaque, false},
    {"important", A::none, B::markdown, false},
    {"include", A::include, B::opaque, false},
    {"index", A::ignored, B::opaque, false},
    {"ipython", A::ignored, B::code, false},
    {"jinja", A::ignored, B::opaque, true},
    {"jupyter-execute", A::ignored, B::code, false},
    {"line-block", A::none, B::markdown, false},
    {"list-table", A::title, B::markdown, false},
    {"literalinclude", A::literal, B::opaque, false},
    {"margin", A::title, B::markdown, false},
    {"math", A::ignored, B::math, false},
    {"mermaid", A::ignored, B::opaque, false},
    {"meta", A::ignored, B::opaque, false},
    {"minigallery", A::ignored, B::opaque, false},
    {"module", A::ignored, B::opaque, true},
    {"moduleauthor", A::ignored, B::opaque, false},
    {"nbgallery", A::title, B::toctree, false},
    {"nblinkgallery", A::title, B::toctree, false},
    {"note", A::none, B::markdown, false},
    {"only", A::ignored, B::markdown, false},
    {"parsed-literal", A::ignored, B::code, false},
    {"plantuml", A::ignored, B::opaque, false},
    {"plot", A::ignored, B::opaque, false},
    {"productionlist", A::ignored, B::opaque, true},
    {"program", A::ignored, B::opaque, false},
    {"prompt", A::ignored, B::code, false},
    {"pull-quote", A::none, B::markdown, false},
    {"raw", A::ignored, B::html, false},
    {"replace", A::none, B::markdown, false},
    {"role", A::ignored, B::opaque, false},
    {"rubric", A::title, B::markdown, false},
    {"sectionauthor", A::ignored, B::opaque, false},
    {"sectnum", A::ignored, B::opaque, false},
    {"seealso", A::none, B::markdown, false},
    {"sidebar", A::title, B::markdown, false},
    {"sourcecode", A::ignored, B::code, false},
    {"tab", A::title, B::markdown, false},
    {"tab-item", A::title, B::markdown, false},
    {"tab-set", A::ignored, B::markdown, false},
    {"tab-set-code", A::ignored, B::markdown, false},
    {"table", A::title, B::markdown, false},
    {"tableofcontents", A::ignored, B::opaque, false},
    {"tabularcolumns", A::ignored, B::opaque, false},
    {"testcleanup", A::ignored, B::code, false},
    {"testcode", A::ignored, B::code, false},
    {"testoutput", A::ignored, B::code, false},
    {"testsetup", A::ignored, B::code, false},
    {"tip", A::none, B::markdown, false},
    {"title", A::ignored, B::opaque, false},
    {"toctree", A::ignored, B::toctree, false},
    {"todo", A::none, B::markdown, false},
    {"todolist", A::ignored, B::opaque, false},
    {"topic", A::title, B::markdown, false},
    {"unicode", A::ignored, B::opaque, false},
    {"versionadded", A::version, B::markdown, false},
    {"versionchanged", A::version, B::markdown, false},
    {"versionremoved", A::version, B::markdown, false},
    {"video", A::ignored, B::opaque, false},
    {"warning", A::none, B::markdown, false},
    {"youtube", A::ignored, B::opaque, false},
});

constexpr bool by_name(const DirectiveSpec& a, const DirectiveSpec& b) {
    return a.name < b.name;
}
static_assert(std::is_sorted(kSpecs.begin(), kSpecs.end(), by_name));

constexpr DirectiveSpec kUnknown = {"", A::ignored, B::markdown, false};
/// Objects of a domain: `py:function`, `c:struct`, ... They register ids and read Markdown.
constexpr DirectiveSpec kDomain = {"", A::ignored, B::markdown, true};

constexpr std::array kDomains =
    std::to_array<std::string_view>({"c", "cpp", "js", "py", "rst", "std"});

/// Roles that name a target (Sphinx "Roles", the domains, sphinx.ext.*, sphinxcontrib-bibtex),
/// sorted. Others, such as {kbd} or {math}, only mark text up.
constexpr std::array kReferenceRoles = std::to_array<std::string_view>(
    {"any",      "attr",    "autoref", "cite",     "cite:p",   "cite:ps",    "cite:t",
     "cite:ts",  "class",   "confval", "const",    "data",     "doc",        "download",
     "envvar",   "eq",      "exc",     "external", "footcite", "footcite:p", "footcite:t",
     "func",     "keyword", "meth",    "mod",      "numref",   "obj",        "option",
     "paramref", "ref",     "term",    "token",    "type"});
static_assert(std::is_sorted(kReferenceRoles.begin(), kReferenceRoles.end()));

}  // namespace

const DirectiveSpec& directive_spec(std::string_view name) {
    const auto found = std::lower_bound(
        kSpecs.begin(), kSpecs.end(), name,
        [](const DirectiveSpec& spec, std::string_view wanted) { return spec.name < wanted; });
    if (found != kSpecs.end() && found->name == name)
        return *found;
    const std::size_t colon = name.find(':');
    if (colon != std::string_view::npos &&
        std::find(kDomains.begin(), kDomains.end(), name.substr(0, colon)) != kDomains.end()) {
        return kDomain;
    }
    return kUnknown;
}

bool is_reference_role(std::string_view name) {
    if (std::binary_search(kReferenceRoles.begin(), kReferenceRoles.end(), name))
        return true;
    // `py:class`, `c:func`, and `external+inventory:ref`.
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos)
        return false;
    const std::string_view domain = name.substr(0, colon);
    return domain.starts_with("external") ||
           std::find(kDomains.begin(), kDomains.end(), domain) != kDomains.end();
}

}  // namespace docathon::markdown

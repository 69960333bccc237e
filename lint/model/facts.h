#pragma once
// FileFacts: what one file contributes to the project, and what rules over the whole project need
// of it. Owned data, a pure function of bytes + Settings + program version, so it can be cached.
// Nothing in here is resolved: includes, links and labels are as written.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lint/core/lazy.h"
#include "lint/core/range.h"
#include "lint/model/python_facts.h"

namespace docathon {

struct ExampleFacts;  // lint/model/example_facts.h

/// `notebook`: of Jupyter; its Markdown is read as a page, its cells of code as examples.
enum class Format : std::uint8_t { markdown, rst, python, notebook, other };

/// Lower-case name: "markdown", "rst", "python", "notebook", "other".
[[nodiscard]] std::string_view to_string(Format format);

struct Heading {
    std::uint8_t level = 1;
    std::string text;         ///< plain text, entities and escapes decoded
    Range range;              ///< the text of the heading in the source
    std::string github_slug;  ///< as github.com makes it, with -1, -2 for repeats
    std::string docutils_id;  ///< as docutils' make_id makes it of the title, repeats not resolved
    std::string kramdown_id;  ///< as kramdown makes it, with -1 for repeats
    std::string explicit_id;  ///< {#id} given by the author; empty if none
    bool nested =
        false;  ///< inside a list, quote or directive: GitHub makes an anchor, a site may not
};

enum class AnchorKind : std::uint8_t {
    html_id,    ///< id= of an HTML element
    html_name,  ///< name= of an <a>
    target,     ///< MyST (x)=, reST .. _x:
    attribute,  ///< {#x} or {: #x}
    directive,  ///< :name: option of a directive
    footnote,
    section_id,  ///< reStructuredText: id that docutils makes of a title, repeats resolved
};

/// A place that a fragment or a label can name.
struct Anchor {
    AnchorKind kind = AnchorKind::html_id;
    std::string id;  ///< as written
    Range range;
};

enum class ReferenceKind : std::uint8_t {
    link,             ///< Markdown link, any form; `form_bare` for URLs in running text
    image,            ///< Markdown image
    html_link,        ///< <a href>
    html_image,       ///< <img src>, <source src>, <video src> ...
    link_definition,  ///< the destination of [label]: url (uses of it are `link`s with the same
                      ///< target_range)
    role,  ///< role that names a target; `name` = role name: doc, ref, download, numref, term ...
    include,          ///< {include}, .. include::, Jekyll include_relative; `name` = directive
    literal_include,  ///< {literalinclude}
    toctree_entry,
    directive_image,  ///< {image}, {figure} argument
    directive_link,   ///< :link: or :target: option; `name` = link type (url, doc, ref, any)
    template_link,    ///< Jekyll {% link %}, {% post_url %}; `name` = tag
};

namespace reference_flag {
inline constexpr std::uint16_t kTemplated =
    1;  ///< target holds {{ }}, {% %} or a placeholder: undecidable
inline constexpr std::uint16_t kBare = 2;  ///< bare or <auto> link: the text is the URL
inline constexpr std::uint16_t kGlob = 4;  ///< toctree entry under :glob:
inline constexpr std::uint16_t kByDefinition =
    8;  ///< link through a link definition; `range` = the link's text/label,
        ///< the definition itself is a reference of its own
inline constexpr std::uint16_t kRelativeDocs = 16;    ///< include with :relative-docs:
inline constexpr std::uint16_t kRelativeImages = 32;  ///< include with :relative-images:
inline constexpr std::uint16_t kLiteral =
    64;  ///< include with :literal: or :code: (no markup read)
inline constexpr std::uint16_t kUnused =
    2048;  ///< link definition that no link uses: it renders nothing
inline constexpr std::uint16_t kExternalParser = 128;  ///< include with :parser:
inline constexpr std::uint16_t kDownload = 256;        ///< {download} role or attribute
inline constexpr std::uint16_t kPartial = 512;  ///< include of a part: :start-after:, :lines: ...
inline constexpr std::uint16_t kExternal =
    1024;  ///< the author says that it leads out of the project
inline constexpr std::uint16_t kOwnText = 4096;  ///< role with a text of its own: {ref}`text <x>`
}  // namespace reference_flag

/// Something that names a file, a page, an anchor or a URL. Uses of a link definition appear as
/// `link`/`image` with kByDefinition, so rules on targets skip those and look at the definition.
struct Reference {
    ReferenceKind kind = ReferenceKind::link;
    std::uint16_t flags = 0;
    std::string target;  ///< decoded: entities and backslash escapes resolved, percent-escapes kept
    std::string name;    ///< role, directive or link type; empty for plain links
    Range range;         ///< the bytes of the target as written
    Range whole;         ///< the whole construct (link, role, directive line)
};

/// What a role of Sphinx can name, by the table of Sphinx that it is kept in.
enum class LabelKind : std::uint8_t {
    label,     ///< ref, numref, keyword and MyST's #x: the name in lower case, spaces collapsed
    term,      ///< entry of a glossary, as written
    option,    ///< command line option; `scope` = the program
    token,     ///< of a grammar (productionlist); `scope` = the group
    envvar,    ///< also other objects of the std domain: confval
    equation,  ///< :label: of a math directive
    citation,  ///< .. [Name], without the brackets
    hint,      ///< stands in text that no front end reads as a page (docstring, body of a directive
               ///< nobody knows): may be a label of the built site
};

/// A name that references of other pages can use. Which site has it, the index decides.
struct Label {
    LabelKind kind = LabelKind::label;
    bool titled = false;  ///< label: a reference without a text of its own finds a title to show
    std::string name;     ///< as Sphinx keeps it
    std::string scope;
    Range range;  ///< where it is written
};

/// A part of a page in which names are completed: behind a `program` or a `py:currentmodule`,
/// inside of a class.
struct NameScope {
    enum class Kind : std::uint8_t {
        program,
        py_module,
        py_class,  ///< as written, behind the classes that it stands in
        domain,    ///< `default-domain`
    };
    Kind kind = Kind::program;
    std::string name;  ///< empty: none from here on
    Range range;
};

/// [text][label] or [label][] without a definition: prints as text.
struct UndefinedReference {
    std::string label;
    Range range;
};

struct Footnote {
    std::string label;
    Range range;
    bool definition = false;  ///< else a use
};

enum class SuppressionKind : std::uint8_t { ignore, disable, enable, ignore_file };

/// Whose comment it is. Those of other tools name rules as their tool does.
enum class SuppressionTool : std::uint8_t { own, markdownlint, vale, lint_ignore, noqa };
inline constexpr std::size_t kSuppressionTools = 5;

/// As `suppress.honour` of the configuration spells it; "" for our own.
[[nodiscard]] std::string_view to_string(SuppressionTool tool);

/// One inline suppression comment (PRODUCT.md section 5).
struct Suppression {
    SuppressionKind kind = SuppressionKind::ignore;
    SuppressionTool tool = SuppressionTool::own;
    /// Ids, aliases or family/* as written; none if malformed, or all rules of another tool.
    std::vector<std::string> ids;
    std::string reason;
    std::string error;  ///< what is wrong with the comment, empty if nothing
    Range range;        ///< the comment
    Range scope;        ///< ignore: the bytes it covers (next block or own line); others: from the
                        ///< comment on
};

/// A directive of a page that documents objects of Python: autodoc's, autosummary, those of the py
/// domain, and those that say which module is meant. As written.
struct ApiDirective {
    std::string name;                    ///< "automodule", "py:function", "currentmodule"
    std::vector<std::string> arguments;  ///< a line each; of autosummary its entries
    std::vector<Range> places;           ///< of arguments, then options; of docstrings none
    std::vector<std::pair<std::string, std::string>> options;
    std::uint32_t parent = kNoItem;  ///< the directive of this kind that it stands in
    Range range;                     ///< its first line
};

/// What could not be read, for the input/ rules.
struct InputProblem {
    std::string rule;  ///< "input/nul-byte", ...
    std::string message;
    Range range;
};

struct FileFacts {
    Format format = Format::other;
    std::string title;  ///< text of the first heading
    std::vector<Heading> headings;
    std::vector<Anchor> anchors;
    std::vector<Label> labels;  ///< of rST, and of Markdown that MyST reads
    /// In the order of their beginnings; of two of a kind that hold a place the last counts.
    std::vector<NameScope> scopes;
    std::vector<Reference> references;
    std::vector<UndefinedReference> undefined_references;
    /// reStructuredText: |x| without a definition in the page; another page or conf.py may have it.
    std::vector<UndefinedReference> undefined_substitutions;
    /// reStructuredText: references that lead to no target in the page (docutils' own words in
    /// `label`); included pages or conf.py may have some of them.
    std::vector<UndefinedReference> unknown_targets;
    /// reStructuredText: the names of what a page that includes this one may use besides: |x| that
    /// are defined here, and titles and targets that `x_` leads to. Sorted.
    std::vector<std::string> substitutions;
    std::vector<std::string> target_names;
    std::vector<Footnote> footnotes;
    std::vector<Suppression> suppressions;
    std::vector<InputProblem> problems;
    /// In source order; of Python files those that stand in docstrings.
    std::vector<ApiDirective> api_directives;
    bool open_anchors =
        false;  ///< has eval-rst, autodoc, raw templates: anchors may exist that we do not see
    /// Files that MkDocs' extensions and plugins put into the page, as written (`--8<-- "x.md"`,
    /// include-markdown).
    std::vector<std::string> snippets;
    /// Its head says that a program wrote it: nothing is mended here. In a file of Python only
    /// rules about the public API mind.
    bool generated = false;
    bool doxygen = false;  ///< looks written for Doxygen: if the project has it, links name
                           ///< what it builds
    /// A Python file whose comments are a page of reStructuredText (sphinx-gallery): everything
    /// here but `python` is about that page.
    bool gallery = false;
    bool orphan = false;  ///< front matter or field list says orphan: true
    /// Of Python files, null of others. Never changed once it is here. Most runs on a project whose
    /// pages come from the cache look at the outlines of few files, if any.
    Lazy<PythonFacts> python;
    /// Code blocks, and names of code in running text; null if there are none.
    std::shared_ptr<const ExampleFacts> examples;
};

}  // namespace docathon

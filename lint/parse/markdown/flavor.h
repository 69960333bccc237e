#pragma once
// Flavours of Markdown as data: which constructs exist besides CommonMark's and how ids are made.
// One constexpr description per file in flavors/; no other code asks which flavour it reads, only
// which construct is on. A Syntax is that description made concrete by a file's Settings (MyST
// extensions, Liquid).

#include <span>
#include <string_view>

#include "lint/model/settings.h"
#include "lint/parse/markdown/inline.h"

namespace docathon::markdown {

/// Block constructs besides CommonMark's.
struct BlockSyntax {
    bool tables = false;            ///< GFM tables
    bool task_lists = false;        ///< `- [x] text`
    bool front_matter = false;      ///< YAML between `---` lines at the very start
    bool footnotes = false;         ///< `[^x]: text`
    bool directives = false;        ///< MyST: a fence whose info string is `{name} argument`
    bool colon_fences = false;      ///< MyST: `:::{name}`; without braces a div
    bool math_blocks = false;       ///< `$$` ... `$$`
    bool amsmath = false;           ///< `\begin{align}` ... `\end{align}`
    bool definition_lists = false;  ///< a line of text, then `: definition`
    bool field_lists = false;       ///< `:name: body`
    bool percent_comments = false;  ///< `% comment`
    bool targets = false;           ///< `(label)=`
    bool block_breaks = false;      ///< `+++`
    bool attribute_lines = false;   ///< MyST attrs_block: `{#id .class key=value}`
    bool kramdown_lines = false;    ///< `{: #id .class}`, `{:toc}`, `{::options /}`
    bool heading_ids = false;       ///< `## Title {#id}`, `## Title {: #id}`
    bool liquid_blocks = false;     ///< `{% highlight %}` and `{% comment %}` up to their end tags
    bool indented_admonitions = false;  ///< Python-Markdown: `!!! note`, `??? note`, `=== "tab"`
};

/// A switch that the name of a MyST extension turns on.
struct ExtensionSwitch {
    std::string_view name;
    bool BlockSyntax::*block = nullptr;
    bool InlineSyntax::*inlines = nullptr;
};

/// Description of one flavour.
struct Dialect {
    BlockSyntax blocks;
    InlineSyntax inlines;
    std::span<const ExtensionSwitch> extensions;  ///< looked up in Settings::myst_extensions
    bool roles_are_references = false;            ///< MyST roles such as {doc} name targets
    bool html_headings = true;                    ///< <h1> .. <h6> get an anchor, as on github.com
};

// Defined in flavors/, one file each.
extern const Dialect kCommonmark;
extern const Dialect kGfm;
extern const Dialect kMyst;
extern const Dialect kJekyll;
extern const Dialect kMkdocs;

/// The description of a flavour; static lifetime.
[[nodiscard]] const Dialect& dialect_of(Flavor flavor);

/// `dialect` with the extensions that `settings` switches on.
[[nodiscard]] Dialect with_settings(const Dialect& dialect, const Settings& settings);

}  // namespace docathon::markdown

#pragma once
// Settings: how a file is to be read, decided by detection and configuration before a byte of it is
// parsed. Shared by many files, immutable once made. Every effective value has an origin, printed
// by `config show`.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace docathon {

enum class Format : std::uint8_t;  // lint/model/facts.h

/// Markdown dialects. Each has one constexpr description in lint/parse/markdown/flavors.
enum class Flavor : std::uint8_t { commonmark, gfm, myst, jekyll, mkdocs };

[[nodiscard]] std::string_view to_string(Flavor flavor);
/// Reads "gfm", "myst", ...; nullopt for unknown names.
[[nodiscard]] std::optional<Flavor> flavor_from(std::string_view name);

/// One value of conf.py, read without running it.
struct ConfValue {
    bool known = false;
    std::string unknown_reason;  ///< why it is not known: "calls a function", ...; also set when
                                 ///< a list or dict is known in part
    std::string text;            ///< for people: as Python would write it, cut when long
    std::string path;            ///< file of the last assignment, relative to the root
    std::uint32_t line = 0;      ///< its line, 1-based
};

/// A documentation source tree that Sphinx builds. Paths are relative to the repository root with
/// '/', "" = the root itself.
struct SphinxSite {
    std::string source_dir;  ///< folder of conf.py
    std::string conf_path;
    std::vector<std::string> extensions;
    bool extensions_known = true;  ///< false: some were computed
    bool has_setup = false;        ///< conf.py defines setup(app)
    bool setup_known = false;      ///< ... and all that it does with `app` can be read in conf.py
    std::vector<std::string> source_suffixes;  ///< ".rst", ".md" ... in order
    bool suffixes_known = true;
    /// Of the suffixes those whose pages are reStructuredText, or Markdown.
    std::vector<std::string> rst_suffixes;
    std::vector<std::string> markdown_suffixes;
    std::vector<std::string> exclude_patterns;  ///< relative to source_dir, Sphinx globs
    bool excludes_known = true;                 ///< false: more may be excluded
    std::vector<std::string> include_patterns;
    /// All that keeps a file from being a page, as Sphinx adds it up (environment.find_files,
    /// project.EXCLUDE_PATHS): exclude_patterns, templates, static and extra paths, fixed names.
    std::vector<std::string> page_excludes;
    std::vector<std::string> templates_paths;  ///< relative to source_dir
    std::string root_doc = "index";
    std::string html_baseurl;
    std::vector<std::string> html_extra_paths;  ///< relative to source_dir
    std::vector<std::string> html_static_paths;
    std::vector<std::pair<std::string, std::string>>
        galleries;  ///< repository path of examples_dir -> gallery_dir, both relative to the root
    bool galleries_known = true;
    /// sphinx_gallery_conf["ignore_pattern"]: scripts that are no pages, a regular expression of
    /// Python that is searched in their paths. Its default is sphinx-gallery's.
    std::string gallery_ignore = "__init__\\.py";
    bool gallery_ignore_known = true;
    std::map<std::string, std::string> redirects;  ///< document or path -> target, as written
    bool redirects_known = true;
    std::map<std::string, std::string> myst_substitutions;
    std::vector<std::string> myst_extensions;  ///< colon_fence, deflist, ...
    bool myst_extensions_known = true;
    int myst_heading_anchors = 0;           ///< depth of automatic heading anchors
    bool myst_heading_slug_custom = false;  ///< myst_heading_slug_func is a function: slugs unknown
    std::string myst_heading_slug = "github";  ///< preset when not custom: github, docutils, gitlab
    std::vector<std::string> myst_fence_as_directive;  ///< ```lang read as ```{lang}
    std::vector<std::string> myst_url_schemes = {"http", "https", "mailto", "ftp"};
    bool myst_all_links_external = false;
    bool markdown = false;  ///< a MyST parser is among the extensions and .md files are its pages
    bool nbsphinx_like = false;  ///< notebooks are pages (nbsphinx, myst_nb)
    /// Names of files and folders that conf.py, which also copies or writes files, has in quotes:
    /// what the tree lacks under such a name may be made when the site is built.
    std::vector<std::string> written_names;
    // What the project does not want to hear of, as far as it is known:
    std::vector<std::string> suppress_warnings;  ///< "myst.xref_missing"
    std::vector<std::string> nitpick_ignore;     ///< targets of the pairs (type, target)
    std::vector<std::string> nitpick_ignore_regex;
    std::vector<std::string> linkcheck_ignore;  ///< Python's regular expressions
    std::vector<std::string> intersphinx;       ///< names of intersphinx_mapping
    /// Of intersphinx_mapping: names and paths of inventories that lie in the repository.
    std::vector<std::pair<std::string, std::string>> inventory_files;
    std::vector<std::string> extlinks;  ///< names of extlinks: each is a role
    bool extlinks_known = true;
    /// Directives and roles that Python files of the project register with Sphinx or docutils.
    std::vector<std::string> added_directives;
    std::vector<std::string> added_roles;
    /// Options of directives among them, where their classes name them all.
    std::map<std::string, std::vector<std::string>> added_options;
    bool added_names_known = true;  ///< false: more are registered under computed names
    std::string default_role;
    std::string primary_domain = "py";
    /// rst_prolog and rst_epilog, which stand around every page of reStructuredText.
    std::string rst_around;
    bool rst_around_known = true;
    std::map<std::string, ConfValue> values;  ///< every name assigned in conf.py: known or why not
};

/// A directive that the project itself defines (project.sphinx.directives of the configuration).
struct OwnDirective {
    std::string name;
    std::vector<std::string> options;
    bool has_options = false;  ///< false: any option
    std::string body;          ///< "none", "markup" or "literal"; empty = not said
};

struct Settings {
    Flavor flavor = Flavor::gfm;
    /// The format of a page or of a part of one, where its suffix does not say it.
    std::optional<Format> read_as;
    // What the Markdown front end needs of the site; copied here so that a cache key is local.
    std::vector<std::string> myst_extensions;
    int myst_heading_anchors = 0;
    std::vector<std::string> myst_fence_as_directive;  ///< ```lang read as ```{lang}
    bool open_anchors = false;  ///< extensions or plugins make anchors that the text does not show
    bool open_references = false;  ///< a plugin resolves [text][label] without a definition
    // What a site of Sphinx adds to reStructuredText.
    std::vector<OwnDirective> own_directives;
    std::vector<std::string> own_roles;
    std::vector<std::string> substitutions;  ///< names that every page may use
    std::vector<std::string> targets;        ///< hyperlink targets, likewise
    bool open_markup = true;                 ///< directives and roles may exist that no table has
    bool open_substitutions = false;  ///< substitutions and targets may exist that nobody sees
    std::string default_role;
    std::string primary_domain = "py";
    bool gallery = false;  ///< a script that sphinx-gallery makes a page of
    bool liquid = false;   ///< {{ }} and {% %} are template tags
    int site = -1;  ///< index into Detected::sphinx of the site this file belongs to, -1 = none
    std::string jekyll_root;              ///< folder of _config.yml, when flavor is jekyll
    std::uint64_t max_bytes = 10u << 20;  ///< larger files are not parsed (input/too-large)

    [[nodiscard]] bool myst(std::string_view extension) const;
};

/// Name, value and origin of one effective value, for `config show`.
struct EffectiveValue {
    std::string name;
    std::string value;
    std::string origin;  ///< "built in", "detected: docs/source/conf.py:12", "config:
                         ///< .docathon-lint.yaml:3"
};

}  // namespace docathon

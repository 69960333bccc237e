#pragma once
// What kinds of documentation a repository holds, found before a byte of it is parsed: Sphinx
// sources (conf.py, read as syntax and never run), Jekyll, MkDocs, Hugging Face's doc-builder,
// other site generators, and the address of the repository itself. From it follows how each file is
// to be read: settings_for() for one path, SettingsTable for all.
//
// Everything here is owned data; SettingsTable borrows nothing after it is made.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"
#include "lint/model/config.h"
#include "lint/model/file_tree.h"
#include "lint/model/settings.h"

namespace docathon {

/// Bytes of a file of the tree, or nullopt if it cannot be read. Paths are relative to the root.
using ReadFile = std::function<std::optional<std::string>(std::string_view path)>;

/// What the `git` program says about the working tree; all fields may be empty.
struct GitFacts {
    std::string origin_url;      ///< of the remote `origin`, as git has it
    std::string upstream_url;    ///< of the remote `upstream`
    std::string default_branch;  ///< the branch that the remote's HEAD names
};

/// The repository on its host.
struct RepositoryInfo {
    std::string url;   ///< "https://github.com/pytorch/executorch", without ".git"; empty = unknown
    std::string host;  ///< "github.com", lower case
    std::string owner;           ///< "pytorch"; for GitLab subgroups "group/subgroup"
    std::string name;            ///< "executorch"
    std::string default_branch;  ///< empty = unknown
    /// Other owners under which the same files are known: what a fork was made from, a former one.
    std::vector<std::string> aliases;
    /// The configuration or a git remote says so; else it is read from the project's metadata,
    /// which may name a former owner.
    bool certain = false;
};

/// Reads "https://host/owner/name(.git)", "git@host:owner/name.git", "ssh://git@host/owner/name";
/// what follows the name (/tree/main, #readme) is dropped. nullopt if it is none of these.
[[nodiscard]] std::optional<RepositoryInfo> parse_repository_url(std::string_view url);

/// A folder that Jekyll builds (GitHub Pages included).
struct JekyllSite {
    std::string root;  ///< folder of _config.yml
    std::string config_path;
    std::string source_dir;  ///< `source:` as a path relative to the repository; usually == root
    std::string baseurl;     ///< "/blog", empty if none; without a '/' at its end
    std::string url;
    std::string markdown = "kramdown";
    std::string permalink;
    std::vector<std::string> collections;  ///< names without the underscore
    std::vector<std::string> exclude;      ///< as written
    std::vector<std::string> include;
};

/// A folder that MkDocs builds.
struct MkdocsSite {
    std::string root;  ///< folder of mkdocs.yml
    std::string config_path;
    std::string docs_dir;  ///< relative to the repository root
    std::string site_url;
    std::vector<std::string> nav;  ///< paths relative to docs_dir, in order
    bool has_nav = false;          ///< false: pages come from the folder
    bool use_directory_urls = true;
    std::vector<std::string> markdown_extensions;
    std::vector<std::string> plugins;

    /// Is this extension among markdown_extensions?
    [[nodiscard]] bool extension(std::string_view name) const;
};

/// A folder with a _toctree.yml, as Hugging Face's doc-builder reads it: Markdown with MDX parts.
struct DocBuilderSite {
    std::string root;
};

/// A folder that some other generator builds: which page a link names is not known there when the
/// link is absolute or has no suffix.
struct ForeignSite {
    std::string root;
    std::string kind;  ///< "docusaurus", "mystmd", ...
    std::string config_path;
    Flavor flavor = Flavor::gfm;
};

/// Absolute URLs that lead to pages of this repository.
struct OwnSite {
    /// Host and path, ending with '/', without scheme: "docs.pytorch.org/executorch/".
    std::string url;
    std::string source;  ///< folder that the pages come from, relative to the root
    int sphinx = -1;     ///< index into Detected::sphinx, -1 = not built by Sphinx
    /// Path components after `url` that name a version of the site which this tree is; empty =
    /// pages stand under `url`.
    std::vector<std::string> versions;
    bool bare = false;  ///< with `versions`: pages may stand under `url` as well
};

struct Detected {
    std::vector<SphinxSite> sphinx;  ///< sorted by source_dir
    std::vector<JekyllSite> jekyll;  ///< sorted by root, as all below
    std::vector<MkdocsSite> mkdocs;
    std::vector<DocBuilderSite> doc_builder;
    std::vector<ForeignSite> foreign;
    std::vector<OwnSite> own_sites;  ///< configured ones first
    RepositoryInfo repository;
    /// Values of the whole repository and where they come from.
    std::vector<EffectiveValue> origins;

    /// Is the path below a folder of ForeignSite or DocBuilderSite?
    [[nodiscard]] bool in_foreign_site(std::string_view path) const;
    [[nodiscard]] bool in_doc_builder_site(std::string_view path) const;
};

/// Looks at the tree. Test data, templates and third-party folders (not lintable) are no sites.
/// Opens only files whose names say a generator, and reads a conf.py further only if its text looks
/// like Sphinx's. Never fails: what cannot be read is unknown.
[[nodiscard]] Detected detect(const FileTree& tree, const ReadFile& read, const Config& config,
                              const GitFacts& git);

/// How the file at `path` is to be read. `path` need not be in the tree (--stdin-filename).
[[nodiscard]] Settings settings_for(std::string_view path, const Detected& detected,
                                    const Config& config);

/// The values that hold for `path` and where each comes from, for `config show`. An empty path
/// asks for those of the whole repository only.
[[nodiscard]] std::vector<EffectiveValue> effective_values(std::string_view path,
                                                           const Detected& detected,
                                                           const Config& config);

/// The Settings of every file of a tree, each distinct one made once.
class SettingsTable {
  public:
    SettingsTable() = default;
    SettingsTable(const FileTree& tree, const Detected& detected, const Config& config);

    [[nodiscard]] const Settings& of(FileId file) const { return settings_[by_file_[file]]; }
    [[nodiscard]] std::span<const Settings> distinct() const { return settings_; }
    /// Position in distinct().
    [[nodiscard]] std::uint32_t index(FileId file) const { return by_file_[file]; }
    /// By FileId; valid as long as this table is neither moved from nor destroyed.
    [[nodiscard]] std::vector<const Settings*> pointers() const;

  private:
    std::vector<Settings> settings_;
    std::vector<std::uint32_t> by_file_;
};

}  // namespace docathon

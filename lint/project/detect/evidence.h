#pragma once
// What the detectors of one run share, and what each finds besides its site: hints at the address
// of the repository. Private to lint/project/detect.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/value.h"
#include "lint/model/config.h"
#include "lint/model/file_tree.h"
#include "lint/project/detect/detect.h"

namespace docathon::detect_detail {

/// A hint at the repository's address, the strongest first.
struct Hint {
    RepositoryInfo repository;
    std::string branch;  ///< empty if the hint names none
    std::string origin;  ///< "detected: pyproject.toml:12"
};

struct Context {
    const FileTree& tree;
    const ReadFile& read;
    const Config& config;
    bool any_tracked = false;  ///< the tree knows what git tracks
    std::vector<Hint> hints;

    /// Files of this name that can define a site: tracked (if git is asked), lintable, and not
    /// inside of test data or of templates for new projects.
    [[nodiscard]] std::vector<std::string> candidates(std::string_view name) const;
    /// Bytes of a file of the tree; nullopt if it is not there or cannot be read.
    [[nodiscard]] std::optional<std::string> bytes_of(std::string_view path) const;
    [[nodiscard]] bool has_file(std::string_view path) const { return tree.find(path) != kNoFile; }
};

/// Does the path lie in a folder of tests, fixtures or project templates?
[[nodiscard]] bool is_specimen(std::string_view path);

/// Directives and roles that conf.py, the site's own extensions and modules beside them register.
/// `conf` is the text of its conf.py.
void read_added_markup(const Context& context, std::string_view conf, SphinxSite& site);

void detect_sphinx(Context& context, Detected& detected);
void detect_jekyll(Context& context, Detected& detected);
void detect_mkdocs(Context& context, Detected& detected);
void detect_others(Context& context, Detected& detected);
void detect_own_sites(Context& context, Detected& detected);
void detect_repository(Context& context, const GitFacts& git, Detected& detected);

/// [project.urls] and the like of a pyproject.toml.
void read_pyproject(std::string_view bytes, std::string_view path, std::vector<Hint>& hints);
/// zensical.toml, the successor of mkdocs.yml: the same dialect and folders. nullopt if its pages
/// lie outside the repository; a file that is not TOML gives a site with the default folder.
[[nodiscard]] std::optional<MkdocsSite> read_zensical(std::string_view bytes, std::string_view path,
                                                      std::vector<Hint>& hints);

/// Adds a hint if `url` is a repository on a known forge.
void add_hint(std::string_view url, std::string branch, std::string origin,
              std::vector<Hint>& hints);

/// An OwnSite for a base URL; a last path component that names a version ("stable", "v1.2") is
/// taken off. nullopt if it is no absolute http(s) URL with a host of its own.
[[nodiscard]] std::optional<OwnSite> own_site_of(std::string_view url);

/// "detected: PATH:LINE".
[[nodiscard]] std::string detected_at(std::string_view path, std::uint32_t line);

/// Scalar under `key` of a YAML map, or "".
[[nodiscard]] std::string text_under(const Value& map, std::string_view key);
/// Strings under `key`: a list of scalars, or one scalar.
[[nodiscard]] std::vector<std::string> texts_under(const Value& map, std::string_view key);

}  // namespace docathon::detect_detail

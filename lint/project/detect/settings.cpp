// From what was detected to how a file is read: the innermost site around it decides, then the
// `flavor` of an override.

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <tuple>
#include <unordered_map>

#include <re2/re2.h>

#include "lint/core/glob.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/parse/parse.h"
#include "lint/parse/rst/directive_table.h"
#include "lint/project/detect/detect.h"
#include "lint/project/detect/evidence.h"
#include "lint/project/detect/page_excludes.h"

namespace docathon {
namespace {

enum class SiteKind : std::uint8_t { none, sphinx, mkdocs, doc_builder, foreign, jekyll };

/// The site that holds a folder.
struct Home {
    SiteKind kind = SiteKind::none;
    std::size_t index = 0;
    friend auto operator<=>(const Home&, const Home&) = default;
};

// The deepest root wins; of equal roots the first kind of the list.
Home home_of(std::string_view folder, const Detected& detected) {
    Home home;
    std::size_t deepest = 0;
    const auto consider = [&](SiteKind kind, std::size_t index, const std::string& root) {
        const std::size_t depth = root.empty() ? 1 : root.size() + 1;
        if (depth > deepest && is_within(root, folder)) {
            home = {kind, index};
            deepest = depth;
        }
    };
    for (std::size_t i = 0; i < detected.sphinx.size(); ++i)
        consider(SiteKind::sphinx, i, detected.sphinx[i].source_dir);
    for (std::size_t i = 0; i < detected.mkdocs.size(); ++i)
        consider(SiteKind::mkdocs, i, detected.mkdocs[i].docs_dir);
    for (std::size_t i = 0; i < detected.doc_builder.size(); ++i)
        consider(SiteKind::doc_builder, i, detected.doc_builder[i].root);
    for (std::size_t i = 0; i < detected.foreign.size(); ++i)
        consider(SiteKind::foreign, i, detected.foreign[i].root);
    for (std::size_t i = 0; i < detected.jekyll.size(); ++i)
        consider(SiteKind::jekyll, i, detected.jekyll[i].source_dir);
    return home;
}

// Files that Jekyll leaves alone: hidden ones, those it is told to exclude, and those that are read
// on GitHub (FILENAME_BLACKLIST of jekyll-optional-front-matter, which GitHub Pages has built in).
bool is_jekyll_page(std::string_view path, const JekyllSite& site) {
    const std::string_view inside =
        site.source_dir.empty() ? path : path.substr(site.source_dir.size() + 1);
    const auto included = [&](std::string_view part) {
        return std::find(site.include.begin(), site.include.end(), part) != site.include.end();
    };
    for (std::size_t begin = 0; begin < inside.size();) {
        const std::size_t slash = std::min(inside.find('/', begin), inside.size());
        const std::string_view part = inside.substr(begin, slash - begin);
        const std::string_view upto = inside.substr(0, slash);
        if (part.starts_with('.') && !included(part))
            return false;
        for (const std::string& exclude : site.exclude) {
            std::string_view entry = exclude;
            if (entry.starts_with('/'))
                entry.remove_prefix(1);
            while (entry.ends_with('/'))
                entry.remove_suffix(1);
            if (!entry.empty() && entry == upto)
                return false;
        }
        begin = slash + 1;
    }
    const std::string_view name = basename(inside);
    const std::string stem = ascii_upper(name.substr(0, name.size() - extension(name).size()));
    constexpr std::array<std::string_view, 8> kPlain = {
        "README",          "LICENSE",      "LICENCE",        "COPYING",
        "CODE_OF_CONDUCT", "CONTRIBUTING", "ISSUE_TEMPLATE", "PULL_REQUEST_TEMPLATE"};
    return std::find(kPlain.begin(), kPlain.end(), stem) == kPlain.end();
}

/// Has the folder a header for sphinx-gallery, without which it makes no pages of a sub-folder
/// (gen_rst.py, _get_gallery_header)?
bool has_gallery_header(const FileTree& tree, const std::string& folder) {
    for (const std::string_view name : {"GALLERY_HEADER", "README", "readme"}) {
        for (const std::string_view suffix : {".txt", ".rst", ".md"}) {
            if (tree.find(join_path(folder, std::string(name) + std::string(suffix))) != kNoFile)
                return true;
        }
    }
    return false;
}

/// The scripts that sphinx-gallery makes pages of: those in a folder of examples_dirs or in one
/// right below it, as gen_rst.py collects them.
class GalleryScripts {
  public:
    GalleryScripts(const FileTree& tree, const Detected& detected)
        : tree_(tree), detected_(detected) {
        for (const SphinxSite& site : detected.sphinx) {
            // An expression that RE2 lacks ignores nothing.
            ignore_.push_back(std::make_unique<RE2>(site.gallery_ignore, RE2::Quiet));
            any_ = any_ || !site.galleries.empty();
        }
    }

    /// Index of the site that has the script as a page, or -1.
    [[nodiscard]] int site_of(const std::string& path) {
        if (!any_ || !path.ends_with(".py"))
            return -1;
        const std::string folder(dirname(path));
        const auto [it, fresh] = sites_.try_emplace(folder);
        if (fresh)
            it->second = sites_for(folder);
        for (const std::size_t site : it->second) {
            // What is searched is the whole path on the disk.
            const bool ignored =
                ignore_[site]->ok() && RE2::PartialMatch("/" + path, *ignore_[site]);
            if (!ignored && basename(path) != "__init__.py")
                return static_cast<int>(site);
        }
        return -1;
    }

  private:
    [[nodiscard]] std::vector<std::size_t> sites_for(const std::string& folder) const {
        std::vector<std::size_t> out;
        for (std::size_t i = 0; i < detected_.sphinx.size(); ++i) {
            for (const auto& [examples, pages] : detected_.sphinx[i].galleries) {
                const bool below = dirname(folder) == examples && folder != examples &&
                                   has_gallery_header(tree_, folder);
                if (folder == examples || below)
                    out.push_back(i);
            }
        }
        return out;
    }

    const FileTree& tree_;
    const Detected& detected_;
    std::vector<std::unique_ptr<RE2>> ignore_;
    std::unordered_map<std::string, std::vector<std::size_t>> sites_;  // by folder, looked up only
    bool any_ = false;
};

/// Names that rst_prolog and rst_epilog define for every page: `.. |x|`, `.. _x:`, `.. role:: x`.
void read_around(const SphinxSite& site, Settings& settings) {
    settings.open_substitutions = !site.rst_around_known;
    for (std::string_view line : split_lines(site.rst_around)) {
        line = trim(line);
        if (!line.starts_with(".. "))
            continue;
        line = trim(line.substr(3));
        const std::size_t bar = line.find('|', 1);
        const std::size_t colon = std::min(line.find(": "), line.rfind(':'));
        if (line.starts_with("|") && bar != std::string_view::npos) {
            settings.substitutions.emplace_back(line.substr(1, bar - 1));
        } else if (line.starts_with("_") && colon != std::string_view::npos) {
            std::string_view name = line.substr(1, colon - 1);
            if (name.size() > 1 && name.front() == '`' && name.back() == '`')
                name = name.substr(1, name.size() - 2);
            settings.targets.push_back(ascii_lower(name));
        } else if (line.starts_with("role::")) {
            const std::string_view names = line.substr(6);
            settings.own_roles.emplace_back(trim(names.substr(0, names.find('('))));
        } else if (line.starts_with("include::")) {
            settings.open_substitutions = true;
        }
    }
}

OwnDirective own_directive(const std::string& name, const Value& value) {
    OwnDirective out;
    out.name = ascii_lower(name);
    if (const Value* options = value.find("options"); options != nullptr) {
        out.has_options = true;
        for (const Value& option : options->items)
            out.options.push_back(option.text);
    }
    if (const Value* body = value.find("body"); body != nullptr)
        out.body = body->text;
    return out;
}

bool knows_directive(const std::string& name, const std::string& domain) {
    const rst::MarkupTables& tables = rst::MarkupTables::built_in();
    return tables.sphinx_directive(name, domain) != nullptr ||
           tables.docutils_directive(name) != nullptr;
}

/// What conf.py and the configuration add to the directives and roles of all Sphinx sites.
void read_own_markup(const SphinxSite& site, const Config& config, Settings& settings) {
    settings.default_role = site.default_role;
    settings.primary_domain = site.primary_domain;
    settings.own_roles = site.extlinks;
    settings.own_roles.insert(settings.own_roles.end(), site.added_roles.begin(),
                              site.added_roles.end());
    for (const std::string& name : site.added_directives) {
        if (knows_directive(name, site.primary_domain))
            continue;
        const auto options = site.added_options.find(name);
        if (options == site.added_options.end())
            settings.own_directives.push_back({name, {}, false, {}});
        else
            settings.own_directives.push_back({name, options->second, true, {}});
    }
    read_around(site, settings);
    for (const ProjectConfig::Sphinx& entry : config.project.sphinx) {
        if ((entry.source == "." ? "" : entry.source) != site.source_dir)
            continue;
        settings.own_roles.insert(settings.own_roles.end(), entry.roles.begin(), entry.roles.end());
        for (std::size_t k = 0; k < entry.directives.keys.size(); ++k) {
            settings.own_directives.push_back(
                own_directive(entry.directives.keys[k].text, entry.directives.items[k]));
        }
    }
    const rst::MarkupTables& tables = rst::MarkupTables::built_in();
    settings.open_markup =
        (site.has_setup && !(site.setup_known && site.added_names_known)) ||
        !site.extensions_known || !site.extlinks_known ||
        !std::all_of(site.extensions.begin(), site.extensions.end(),
                     [&](const std::string& name) { return tables.knows_extension(name); });
}

Settings settings_in(const Home& home, bool jekyll_page, const Detected& detected,
                     const Config& config) {
    Settings settings;
    settings.max_bytes = config.max_file_bytes;
    switch (home.kind) {
        case SiteKind::none:
            // Files beside the one site are mostly there to be included, such as CHANGELOG.rst.
            if (detected.sphinx.size() == 1)
                settings.default_role = detected.sphinx[0].default_role;
            break;
        case SiteKind::doc_builder:
            break;
        case SiteKind::sphinx: {
            const SphinxSite& site = detected.sphinx[home.index];
            settings.site = static_cast<int>(home.index);
            read_own_markup(site, config, settings);
            if (!site.markdown)
                break;
            settings.flavor = Flavor::myst;
            settings.myst_extensions = site.myst_extensions;
            settings.myst_heading_anchors = site.myst_heading_anchors;
            settings.myst_fence_as_directive = site.myst_fence_as_directive;
            break;
        }
        case SiteKind::mkdocs:
            settings.flavor = Flavor::mkdocs;
            // Snippets, hooks and autorefs define references that no page shows.
            settings.open_references = true;
            // attr_list (in `extra` too) puts an id on anything; plugins write whole sections.
            for (const auto* names : {&detected.mkdocs[home.index].markdown_extensions,
                                      &detected.mkdocs[home.index].plugins}) {
                for (const std::string& name : *names) {
                    settings.open_anchors =
                        settings.open_anchors || name == "attr_list" || name == "extra" ||
                        name == "markdown.extensions.extra" || name.starts_with("pymdownx") ||
                        name.starts_with("mkdocstrings") || name == "autorefs" ||
                        name == "macros" || name == "gen-files" || name == "mkdocs-click";
                }
            }
            break;
        case SiteKind::foreign: {
            const ForeignSite& site = detected.foreign[home.index];
            settings.flavor = site.flavor;
            if (site.flavor == Flavor::myst) {
                // mystmd has all of these always; Jupyter Book 1 most of them by default.
                settings.myst_extensions = {
                    "amsmath",    "attrs_block", "attrs_inline", "colon_fence",  "deflist",
                    "dollarmath", "html_image",  "linkify",      "substitution", "tasklist"};
                settings.myst_heading_anchors = 6;
            }
            break;
        }
        case SiteKind::jekyll: {
            if (!jekyll_page)
                break;
            const JekyllSite& site = detected.jekyll[home.index];
            settings.flavor = Flavor::jekyll;
            settings.liquid = true;
            settings.jekyll_root = site.source_dir;
            break;
        }
    }
    return settings;
}

void set_flavor(Settings& settings, Flavor flavor, const Home& home, const Detected& detected) {
    if (settings.flavor == flavor)
        return;
    settings.flavor = flavor;
    settings.liquid = flavor == Flavor::jekyll;
    settings.jekyll_root.clear();
    if (flavor == Flavor::jekyll && home.kind == SiteKind::jekyll)
        settings.jekyll_root = detected.jekyll[home.index].source_dir;
    if (flavor == Flavor::myst && home.kind == SiteKind::sphinx) {
        settings.myst_extensions = detected.sphinx[home.index].myst_extensions;
        settings.myst_heading_anchors = detected.sphinx[home.index].myst_heading_anchors;
        settings.myst_fence_as_directive = detected.sphinx[home.index].myst_fence_as_directive;
    } else if (flavor != Flavor::myst) {
        settings.myst_extensions.clear();
        settings.myst_fence_as_directive.clear();
        settings.myst_heading_anchors = 0;
    }
}

/// The Markdown in a notebook is MyST where myst-nb makes pages of notebooks. nbsphinx gives it to
/// pandoc; elsewhere Jupyter and its like read it.
void adapt_to_notebook(Settings& settings, const Home& home, const Detected& detected) {
    if (home.kind == SiteKind::jekyll) {
        settings.flavor = Flavor::gfm;
        settings.jekyll_root.clear();
    }
    if (home.kind != SiteKind::sphinx || settings.flavor != Flavor::myst)
        return;
    const std::vector<std::string>& extensions = detected.sphinx[home.index].extensions;
    if (std::find(extensions.begin(), extensions.end(), "myst_nb") != extensions.end())
        return;
    set_flavor(settings, Flavor::gfm, home, detected);
}

/// Overrides that set a flavor, their globs compiled once.
class FlavorOverrides {
  public:
    explicit FlavorOverrides(const Config& config) : base_(config.base) {
        for (const Override& row : config.overrides) {
            if (!row.flavor)
                continue;
            Row& out = rows_.emplace_back();
            out.flavor = *row.flavor;
            out.place = &row.place;
            for (const std::string& pattern : row.files) {
                Result<Glob> glob = Glob::compile(pattern);
                if (glob.has_value())
                    out.globs.push_back(std::move(*glob));
            }
        }
    }

    struct Row {
        Flavor flavor = Flavor::gfm;
        const ConfigPlace* place = nullptr;
        std::vector<Glob> globs;
    };
    /// The last that matches, or nullptr.
    [[nodiscard]] const Row* find(std::string_view path) const {
        if (rows_.empty() || !is_within(base_, path) || path.size() <= base_.size())
            return nullptr;
        const std::string_view inside = base_.empty() ? path : path.substr(base_.size() + 1);
        const Row* found = nullptr;
        for (const Row& row : rows_) {
            if (std::any_of(row.globs.begin(), row.globs.end(),
                            [&](const Glob& glob) { return glob.match(inside); })) {
                found = &row;
            }
        }
        return found;
    }

  private:
    std::string base_;
    std::vector<Row> rows_;
};

/// The format of a page of a Sphinx site whose suffix says it in this site only (source_suffix).
std::optional<Format> format_in(const SphinxSite& site, std::string_view path) {
    if (format_of(path) != Format::other)
        return std::nullopt;
    const std::string_view name = basename(path);
    const auto has = [&](const std::vector<std::string>& suffixes) {
        return std::any_of(suffixes.begin(), suffixes.end(), [&](const std::string& suffix) {
            return name.size() > suffix.size() && name.ends_with(suffix);
        });
    };
    if (has(site.rst_suffixes))
        return Format::rst;
    if (has(site.markdown_suffixes) && site.markdown)
        return Format::markdown;
    return std::nullopt;
}

/// How pages of the sites are to be read that have a suffix of their own.
class OwnSuffixes {
  public:
    explicit OwnSuffixes(const Detected& detected) : detected_(detected) {
        for (const SphinxSite& site : detected.sphinx)
            excludes_.emplace_back(site);
    }
    [[nodiscard]] std::optional<Format> find(const Home& home, std::string_view path) const {
        if (home.kind != SiteKind::sphinx)
            return std::nullopt;
        const SphinxSite& site = detected_.sphinx[home.index];
        const std::optional<Format> format = format_in(site, path);
        const std::size_t inside = site.source_dir.empty() ? 0 : site.source_dir.size() + 1;
        if (!format || excludes_[home.index].match(path.substr(inside)))
            return std::nullopt;
        return format;
    }

  private:
    const Detected& detected_;
    std::vector<PageExcludes> excludes_;
};

bool is_page_of_jekyll(const Home& home, std::string_view path, const Detected& detected) {
    return home.kind == SiteKind::jekyll && is_jekyll_page(path, detected.jekyll[home.index]);
}

std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) {
        if (!text.empty())
            text += ", ";
        text += item;
    }
    return text.empty() ? "none" : text;
}

std::string place_text(const ConfigPlace& place, const Config& config) {
    std::string text = "config: " + (place.path.empty() ? config.path : place.path);
    if (place.line > 0)
        text += ":" + std::to_string(place.line);
    return text;
}

// Rows of one Sphinx site; what conf.py does not assign is Sphinx's default.
void add_sphinx(const SphinxSite& site, std::vector<EffectiveValue>& out) {
    const std::string found =
        site.conf_path.empty() ? "config" : detect_detail::detected_at(site.conf_path, 0);
    out.push_back(
        {"project.sphinx.source", site.source_dir.empty() ? "." : site.source_dir, found});
    const auto add = [&](std::string_view name, std::string value, bool known) {
        const auto it = site.values.find(std::string(name));
        if (it == site.values.end()) {
            out.push_back({std::string(name), std::move(value), "built in"});
            return;
        }
        if (!known) {
            const std::string& why = it->second.unknown_reason;
            value += value.empty() || value == "none" ? "" : ", ";
            if (value == "none")
                value.clear();
            value += "unknown (" + (why.empty() ? std::string("not read") : why) + ")";
        }
        out.push_back({std::string(name), std::move(value),
                       detect_detail::detected_at(it->second.path, it->second.line)});
    };
    add("extensions", joined(site.extensions), site.extensions_known);
    add("source_suffix", joined(site.source_suffixes), site.suffixes_known);
    add("exclude_patterns", joined(site.exclude_patterns), site.excludes_known);
    add(site.values.contains("root_doc") ? "root_doc" : "master_doc", site.root_doc, true);
    if (site.markdown) {
        add("myst_enable_extensions", joined(site.myst_extensions), site.myst_extensions_known);
        add("myst_heading_anchors", std::to_string(site.myst_heading_anchors), true);
        add("myst_heading_slug_func",
            site.myst_heading_slug_custom ? "a function" : site.myst_heading_slug, true);
        add("myst_url_schemes", joined(site.myst_url_schemes), true);
    }
    if (!site.html_baseurl.empty() || site.values.contains("html_baseurl")) {
        add("html_baseurl", site.html_baseurl, !site.html_baseurl.empty());
    }
    if (!site.galleries.empty() || !site.galleries_known) {
        std::vector<std::string> rows;
        for (const auto& [examples, gallery] : site.galleries)
            rows.push_back(examples + " -> " + gallery);
        add("sphinx_gallery_conf", joined(rows), site.galleries_known);
    }
    if (!site.redirects.empty() || !site.redirects_known) {
        const std::string count = std::to_string(site.redirects.size()) +
                                  (site.redirects.size() == 1 ? " page" : " pages");
        add(site.values.contains("redirects") ? "redirects" : "rediraffe_redirects", count,
            site.redirects_known);
    }
    if (!site.intersphinx.empty())
        add("intersphinx_mapping", joined(site.intersphinx), true);
    if (!site.extlinks.empty())
        add("extlinks", joined(site.extlinks), true);
}

}  // namespace

Settings settings_for(std::string_view path, const Detected& detected, const Config& config) {
    const Home home = home_of(dirname(path), detected);
    Settings settings =
        settings_in(home, is_page_of_jekyll(home, path, detected), detected, config);
    if (format_of(path) == Format::notebook)
        adapt_to_notebook(settings, home, detected);
    const FlavorOverrides overrides(config);
    if (const FlavorOverrides::Row* row = overrides.find(path))
        set_flavor(settings, row->flavor, home, detected);
    settings.read_as = OwnSuffixes(detected).find(home, path);
    return settings;
}

SettingsTable::SettingsTable(const FileTree& tree, const Detected& detected, const Config& config) {
    const FlavorOverrides overrides(config);
    std::unordered_map<std::string_view, Home> homes;  // by folder; only looked up
    std::map<std::tuple<Home, bool, int, bool, bool, std::optional<Format>>, std::uint32_t> known;
    GalleryScripts galleries(tree, detected);
    const OwnSuffixes suffixes(detected);
    const auto files = tree.files();
    by_file_.reserve(files.size());
    for (const FileEntry& file : files) {
        const std::string_view folder = dirname(file.path);
        const auto [it, fresh] = homes.try_emplace(folder);
        if (fresh)
            it->second = home_of(folder, detected);
        Home home = it->second;
        // A gallery may lie beside the sources of its site.
        const int gallery = galleries.site_of(file.path);
        if (gallery >= 0)
            home = {SiteKind::sphinx, static_cast<std::size_t>(gallery)};
        const bool page = is_page_of_jekyll(home, file.path, detected);
        const FlavorOverrides::Row* row = overrides.find(file.path);
        const std::optional<Format> format = suffixes.find(home, file.path);
        const bool notebook = format_of(file.path) == Format::notebook;
        const auto key = std::tuple(home, page, row == nullptr ? -1 : static_cast<int>(row->flavor),
                                    gallery >= 0, notebook, format);
        const auto [entry, added] =
            known.try_emplace(key, static_cast<std::uint32_t>(settings_.size()));
        if (added) {
            Settings settings = settings_in(home, page, detected, config);
            if (notebook)
                adapt_to_notebook(settings, home, detected);
            if (row != nullptr)
                set_flavor(settings, row->flavor, home, detected);
            settings.gallery = gallery >= 0;
            settings.read_as = format;
            settings_.push_back(std::move(settings));
        }
        by_file_.push_back(entry->second);
    }
}

std::vector<const Settings*> SettingsTable::pointers() const {
    std::vector<const Settings*> result;
    result.reserve(by_file_.size());
    for (const std::uint32_t index : by_file_)
        result.push_back(&settings_[index]);
    return result;
}

std::vector<EffectiveValue> effective_values(std::string_view path, const Detected& detected,
                                             const Config& config) {
    std::vector<EffectiveValue> out;
    if (!path.empty()) {
        const Home home = home_of(dirname(path), detected);
        const Settings settings = settings_for(path, detected, config);
        const FlavorOverrides overrides(config);
        std::string origin = "built in";
        switch (home.kind) {
            case SiteKind::none:
                break;
            case SiteKind::sphinx: {
                const SphinxSite& site = detected.sphinx[home.index];
                const auto extensions = site.values.find("extensions");
                const std::uint32_t line =
                    extensions == site.values.end() ? 0 : extensions->second.line;
                origin = site.conf_path.empty()
                             ? "config"
                             : detect_detail::detected_at(site.conf_path, site.markdown ? line : 0);
                break;
            }
            case SiteKind::mkdocs:
                origin = detect_detail::detected_at(detected.mkdocs[home.index].config_path, 0);
                break;
            case SiteKind::doc_builder:
                origin = detect_detail::detected_at(
                    join_path(detected.doc_builder[home.index].root, "_toctree.yml"), 0);
                break;
            case SiteKind::foreign:
                origin = detect_detail::detected_at(detected.foreign[home.index].config_path, 0);
                break;
            case SiteKind::jekyll: {
                const JekyllSite& site = detected.jekyll[home.index];
                if (is_page_of_jekyll(home, path, detected)) {
                    origin = detect_detail::detected_at(site.config_path.empty()
                                                            ? join_path(site.root, "_posts")
                                                            : site.config_path,
                                                        0);
                }
                break;
            }
        }
        if (const FlavorOverrides::Row* row = overrides.find(path))
            origin = place_text(*row->place, config);
        out.push_back({"flavor", std::string(to_string(settings.flavor)), origin});
        switch (home.kind) {
            case SiteKind::sphinx:
                add_sphinx(detected.sphinx[home.index], out);
                break;
            case SiteKind::mkdocs: {
                const MkdocsSite& site = detected.mkdocs[home.index];
                const std::string found = detect_detail::detected_at(site.config_path, 0);
                out.push_back({"docs_dir", site.docs_dir, found});
                out.push_back({"markdown_extensions", joined(site.markdown_extensions), found});
                out.push_back({"plugins", joined(site.plugins), found});
                break;
            }
            case SiteKind::jekyll: {
                const JekyllSite& site = detected.jekyll[home.index];
                out.push_back(
                    {"jekyll root", site.source_dir.empty() ? "." : site.source_dir, origin});
                out.push_back({"baseurl", site.baseurl.empty() ? "none" : site.baseurl, origin});
                out.push_back({"markdown", site.markdown, origin});
                break;
            }
            case SiteKind::foreign:
                out.push_back({"generator", detected.foreign[home.index].kind, origin});
                break;
            case SiteKind::doc_builder:
                out.push_back({"generator", "doc-builder", origin});
                break;
            case SiteKind::none:
                break;
        }
    }
    out.insert(out.end(), detected.origins.begin(), detected.origins.end());
    return out;
}

}  // namespace docathon

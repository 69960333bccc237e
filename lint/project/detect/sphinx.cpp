// SphinxSite from a conf.py. Names and defaults of values are those of Sphinx 9 (sphinx/config.py),
// MyST-Parser 5 (myst_parser/config/main.py), sphinx-gallery 0.19, sphinx-reredirects and
// sphinxext-rediraffe.

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/parse/python/config_reader.h"
#include "lint/project/detect/evidence.h"

namespace docathon::detect_detail {
namespace {

/// Suffixes that extensions register with app.add_source_suffix(), and the parser they name.
struct SuffixOfExtension {
    std::string_view extension;
    std::string_view suffix;
    std::string_view parser;
};
constexpr std::array<SuffixOfExtension, 12> kSuffixes = {
    {{"myst_parser", ".md", "markdown"},
     {"myst_nb", ".md", "myst-nb"},
     {"myst_nb", ".ipynb", "myst-nb"},
     {"nbsphinx", ".ipynb", "jupyter_notebook"},
     {"nbsphinx_link", ".nblink", "jupyter_notebook"},
     {"recommonmark", ".md", "recommonmark"},
     {"m2r", ".md", "m2r"},
     {"m2r2", ".md", "m2r"},
     {"m2r3", ".md", "m2r"},
     {"sphinx_mdinclude", ".md", "m2r"},
     {"sphinx_markdown_parser", ".md", "sphinx-markdown"},
     {"jupyterlite_sphinx", ".ipynb", "jupyterlite"}}};

class Maker {
  public:
    Maker(Context& context, const ConfModule& conf, SphinxSite& site)
        : context_(context), conf_(conf), site_(site) {}

    void make() {
        read_values();
        site_.has_setup = conf_.has_setup;
        site_.extensions_known = strings("extensions", site_.extensions);
        read_suffixes();
        read_paths();
        for (const std::string_view name : {"master_doc", "root_doc"}) {
            const PyValue* value = conf_.find(name);
            if (value != nullptr && value->is_string() && !value->text.empty())
                site_.root_doc = value->text;
        }
        site_.html_baseurl = string("html_baseurl");
        read_myst();
        read_galleries();
        read_redirects();
        // Parts that are not known silence nothing.
        static_cast<void>(strings("suppress_warnings", site_.suppress_warnings));
        static_cast<void>(strings("linkcheck_ignore", site_.linkcheck_ignore));
        targets("nitpick_ignore", site_.nitpick_ignore);
        targets("nitpick_ignore_regex", site_.nitpick_ignore_regex);
        keys("intersphinx_mapping", site_.intersphinx);
        read_inventory_files();
        keys("extlinks", site_.extlinks);
        read_markup();
        read_repository();
    }

  private:
    /// A string that is wholly known, or Sphinx' default; false if it may be anything.
    bool known_string(std::string_view name, std::string& out) const {
        const PyValue* value = conf_.find(name);
        if (value == nullptr)
            return conf_.incomplete.empty();
        if (value->is_string())
            out = value->text;
        return value->is_none() || (value->is_string() && value->fully_known());
    }
    void read_markup() {
        for (const std::string_view name : {"rst_prolog", "rst_epilog"}) {
            std::string text;
            if (!known_string(name, text))
                site_.rst_around_known = false;
            site_.rst_around += text + "\n";
        }
        known_string("default_role", site_.default_role);
        known_string("primary_domain", site_.primary_domain);
        const PyValue* extlinks = conf_.find("extlinks");
        site_.extlinks_known = extlinks == nullptr ? conf_.incomplete.empty()
                                                   : extlinks->is_dict() && !extlinks->partial;
    }
    bool has_extension(std::string_view name) const {
        return std::find(site_.extensions.begin(), site_.extensions.end(), name) !=
               site_.extensions.end();
    }

    // False if the value may hold more than what was added. No assignment: Sphinx's default, unless
    // names may be assigned that cannot be seen.
    bool strings(std::string_view name, std::vector<std::string>& out) const {
        const PyValue* value = conf_.find(name);
        if (value == nullptr)
            return conf_.incomplete.empty();
        return strings(*value, out);
    }
    static bool strings(const PyValue& value, std::vector<std::string>& out) {
        if (value.is_string()) {
            out.push_back(value.text);
            return true;
        }
        if (value.is_none())
            return true;
        if (!value.is_list())
            return false;
        bool known = !value.partial;
        for (const PyValue& item : value.items) {
            if (item.is_string()) {
                out.push_back(item.text);
            } else {
                known = false;
            }
        }
        return known;
    }
    /// The second parts of a list of pairs of a type and a target, for the types of references that
    /// a page can have. Those of an API (py:class) are about other rules.
    void targets(std::string_view name, std::vector<std::string>& out) const {
        const PyValue* value = conf_.find(name);
        if (value == nullptr || !value->is_list())
            return;
        for (const PyValue& pair : value->items) {
            if (!pair.is_list() || pair.items.size() != 2 || !pair.items[0].is_string() ||
                !pair.items[1].is_string())
                continue;
            const std::string& type = pair.items[0].text;
            const std::string& target = pair.items[1].text;
            const bool expression = name == "nitpick_ignore_regex";
            if (type == "myst" || type == "any" || type.starts_with("std:"))
                out.push_back(target);
            // Names of Python objects must not excuse links that are written like them:
            // ForeignIgnores knows them by the "py:" before them.
            if (type.starts_with("py:") || (expression && (type.starts_with("py") || type == ".*")))
                out.push_back(expression ? "py:(?:" + target + ")" : "py:" + target);
        }
    }
    std::string string(std::string_view name) const {
        const PyValue* value = conf_.find(name);
        return value != nullptr && value->is_string() &&
                       value->text.find(kRepositoryRoot) == std::string::npos
                   ? value->text
                   : std::string();
    }
    void keys(std::string_view name, std::vector<std::string>& out) const {
        const PyValue* value = conf_.find(name);
        if (value == nullptr || !value->is_dict())
            return;
        for (const PyValue& key : value->keys) {
            if (key.is_string())
                out.push_back(key.text);
        }
    }

    /// `'name': ('https://...', 'objects.inv')`: the second is a path from the source folder, an
    /// address, None, or several of them.
    void read_inventory_files() {
        const PyValue* mapping = conf_.find("intersphinx_mapping");
        if (mapping == nullptr || !mapping->is_dict())
            return;
        for (std::size_t i = 0; i < mapping->keys.size(); ++i) {
            const PyValue& place = mapping->items[i];
            if (!mapping->keys[i].is_string() || !place.is_list() || place.items.size() != 2)
                continue;
            const PyValue& second = place.items[1];
            std::vector<const PyValue*> all = {&second};
            for (const PyValue& one : second.items)
                all.push_back(&one);
            for (const PyValue* one : all) {
                if (!one->is_string() || one->text.find("://") != std::string::npos)
                    continue;
                if (const std::optional<std::string> path = repository_path(*one, site_.source_dir))
                    site_.inventory_files.emplace_back(mapping->keys[i].text, *path);
            }
        }
    }

    void read_values() {
        for (const auto& [name, value] : conf_.values) {
            ConfValue& out = site_.values[name];
            out.known = value.fully_known();
            if (!out.known)
                out.unknown_reason = value.why_unknown();
            out.text = to_text(value);
            out.path = conf_.files[std::min<std::size_t>(value.file, conf_.files.size() - 1)];
            out.line = value.line;
        }
    }

    // As sphinx.config.convert_source_suffix and sphinx.registry.merge_source_suffix do: what an
    // extension registers is added, and overrides the parser where the user names none or reST.
    void read_suffixes() {
        std::vector<std::pair<std::string, std::string>> suffixes;
        const PyValue* value = conf_.find("source_suffix");
        if (value == nullptr) {
            suffixes.emplace_back(".rst", "restructuredtext");
            site_.suffixes_known = conf_.incomplete.empty();
        } else if (value->is_dict()) {
            site_.suffixes_known = value->fully_known();
            for (std::size_t i = 0; i < value->keys.size(); ++i) {
                if (!value->keys[i].is_string())
                    continue;
                const PyValue& parser = value->items[i];
                suffixes.emplace_back(value->keys[i].text,
                                      parser.is_string() ? parser.text : "restructuredtext");
            }
        } else {
            std::vector<std::string> names;
            site_.suffixes_known = strings(*value, names);
            for (std::string& name : names)
                suffixes.emplace_back(std::move(name), "restructuredtext");
            if (names.empty() && !site_.suffixes_known)
                suffixes.emplace_back(".rst", "restructuredtext");
        }
        bool myst = false;
        for (const SuffixOfExtension& row : kSuffixes) {
            if (!has_extension(row.extension))
                continue;
            myst = myst || row.parser == "markdown" || row.parser == "myst-nb";
            const auto it = std::find_if(suffixes.begin(), suffixes.end(), [&](const auto& entry) {
                return entry.first == row.suffix;
            });
            if (it == suffixes.end()) {
                suffixes.emplace_back(row.suffix, row.parser);
            } else if (it->second == "restructuredtext") {
                it->second = row.parser;
            }
        }
        // Without a full list of extensions, MyST options tell that its parser is there.
        if (!site_.extensions_known && !myst) {
            myst = std::any_of(conf_.values.begin(), conf_.values.end(),
                               [](const auto& entry) { return entry.first.starts_with("myst_"); });
            const bool has_md = std::any_of(suffixes.begin(), suffixes.end(),
                                            [](const auto& entry) { return entry.first == ".md"; });
            if (myst && !has_md)
                suffixes.emplace_back(".md", "markdown");
        }
        for (auto& [suffix, parser] : suffixes) {
            if (suffix.empty())
                continue;
            if (suffix == ".md") {
                site_.markdown = myst && (parser == "markdown" || parser == "myst-nb" ||
                                          parser == "restructuredtext");
            }
            if (suffix == ".ipynb")
                site_.nbsphinx_like = true;
            if (parser == "restructuredtext")
                site_.rst_suffixes.push_back(suffix);
            if (parser == "markdown")
                site_.markdown_suffixes.push_back(suffix);
            site_.source_suffixes.push_back(std::move(suffix));
        }
    }

    // Paths as Sphinx takes them: relative to the source folder. Those outside are dropped.
    bool paths(std::string_view name, std::vector<std::string>& out) const {
        std::vector<std::string> found;
        const bool known = strings(name, found);
        for (std::string& path : found) {
            if (path.find(kRepositoryRoot) != std::string::npos) {
                const std::optional<std::string> inside =
                    repository_path(PyValue::make_string(path), site_.source_dir);
                if (!inside)
                    continue;
                path = relative_path(site_.source_dir, *inside);
            }
            if (!path.starts_with('/'))
                out.push_back(std::move(path));
        }
        return known;
    }

    void read_paths() {
        site_.excludes_known = paths("exclude_patterns", site_.exclude_patterns);
        (void)paths("include_patterns", site_.include_patterns);
        if (conf_.find("include_patterns") == nullptr)
            site_.include_patterns = {"**"};
        (void)paths("templates_path", site_.templates_paths);
        (void)paths("html_extra_path", site_.html_extra_paths);
        (void)paths("html_static_path", site_.html_static_paths);
        site_.page_excludes = site_.exclude_patterns;
        for (const auto* more :
             {&site_.templates_paths, &site_.html_extra_paths, &site_.html_static_paths}) {
            for (const std::string& path : *more) {
                const std::string normal = normalize_path(path);
                if (!normal.empty() && !leaves_root(normal))
                    site_.page_excludes.push_back(normal);
            }
        }
        for (const std::string_view fixed : {"**/_sources", ".#*", "**/.#*", "*.lproj/**"}) {
            site_.page_excludes.emplace_back(fixed);
        }
    }

    void read_myst() {
        site_.myst_extensions_known = strings("myst_enable_extensions", site_.myst_extensions);
        const PyValue* anchors = conf_.find("myst_heading_anchors");
        if (anchors != nullptr) {
            if (anchors->is_int()) {
                site_.myst_heading_anchors =
                    static_cast<int>(std::clamp<std::int64_t>(anchors->integer, 0, 7));
            } else if (anchors->is_unknown()) {
                // Some depth: which headings have anchors cannot be told.
                site_.myst_heading_anchors = 7;
                site_.myst_heading_slug_custom = true;
            }
        }
        const PyValue* slug = conf_.find("myst_heading_slug_func");
        if (slug != nullptr && !slug->is_none()) {
            const bool preset =
                slug->is_string() &&
                (slug->text == "github" || slug->text == "docutils" || slug->text == "gitlab");
            if (preset)
                site_.myst_heading_slug = slug->text;
            site_.myst_heading_slug_custom = !preset;
        }
        const PyValue* substitutions = conf_.find("myst_substitutions");
        if (substitutions != nullptr && substitutions->is_dict()) {
            for (std::size_t i = 0; i < substitutions->keys.size(); ++i) {
                if (!substitutions->keys[i].is_string())
                    continue;
                const PyValue& item = substitutions->items[i];
                site_.myst_substitutions[substitutions->keys[i].text] = item.is_string() ? item.text
                                                                        : item.is_unknown()
                                                                            ? std::string()
                                                                            : to_text(item);
            }
        }
        const PyValue* schemes = conf_.find("myst_url_schemes");
        if (schemes != nullptr && (schemes->is_list() || schemes->is_dict())) {
            site_.myst_url_schemes.clear();
            if (schemes->is_dict()) {
                keys("myst_url_schemes", site_.myst_url_schemes);
            } else {
                (void)strings(*schemes, site_.myst_url_schemes);
            }
        }
        (void)strings("myst_fence_as_directive", site_.myst_fence_as_directive);
        const PyValue* external = conf_.find("myst_all_links_external");
        site_.myst_all_links_external =
            external != nullptr && external->is_bool() && external->boolean;
    }

    // Each entry as a path relative to the root; false if one is not known or lies outside.
    bool gallery_paths(const PyValue* value, std::string_view fallback,
                       std::vector<std::string>& out) const {
        std::vector<std::string> written;
        bool known = true;
        if (value == nullptr) {
            written.emplace_back(fallback);
        } else {
            known = strings(*value, written);
        }
        for (const std::string& path : written) {
            const std::optional<std::string> inside =
                repository_path(PyValue::make_string(path), site_.source_dir);
            known = known && inside.has_value();
            out.push_back(inside.value_or(std::string()));
        }
        return known;
    }

    void read_galleries() {
        const PyValue* gallery = conf_.find("sphinx_gallery_conf");
        const bool extension =
            has_extension("sphinx_gallery.gen_gallery") || has_extension("sphinx_gallery");
        if (!extension && (site_.extensions_known || gallery == nullptr))
            return;
        if (gallery != nullptr && !gallery->is_dict()) {
            site_.galleries_known = false;
            return;
        }
        const PyValue* examples = gallery == nullptr ? nullptr : gallery->find("examples_dirs");
        const PyValue* pages = gallery == nullptr ? nullptr : gallery->find("gallery_dirs");
        // Keys that cannot be seen may be these two.
        const bool hidden =
            (gallery != nullptr && gallery->partial && (examples == nullptr || pages == nullptr)) ||
            (gallery == nullptr && !conf_.incomplete.empty());
        if (gallery != nullptr) {
            const PyValue* ignore = gallery->find("ignore_pattern");
            site_.gallery_ignore_known = ignore == nullptr
                                             ? !gallery->partial
                                             : ignore->is_string() && ignore->fully_known();
            if (ignore != nullptr && ignore->is_string())
                site_.gallery_ignore = ignore->text;
        }
        std::vector<std::string> from;
        std::vector<std::string> to;
        const bool from_known = gallery_paths(examples, "../examples", from);
        const bool to_known = gallery_paths(pages, "auto_examples", to);
        site_.galleries_known = from_known && to_known && !hidden && from.size() == to.size();
        for (std::size_t i = 0; i < std::min(from.size(), to.size()); ++i) {
            site_.galleries.emplace_back(std::move(from[i]), std::move(to[i]));
        }
    }

    void read_redirects() {
        if (const PyValue* value = conf_.find("redirects")) {
            if (value->is_dict()) {
                site_.redirects_known = value->fully_known();
                for (std::size_t i = 0; i < value->keys.size(); ++i) {
                    if (!value->keys[i].is_string())
                        continue;
                    site_.redirects[value->keys[i].text] =
                        value->items[i].is_string() ? value->items[i].text : "";
                }
            } else if (has_extension("sphinx_reredirects") || !site_.extensions_known) {
                site_.redirects_known = false;
            }
        } else if (has_extension("sphinx_reredirects") && !conf_.incomplete.empty()) {
            site_.redirects_known = false;
        }
        const PyValue* rediraffe = conf_.find("rediraffe_redirects");
        if (rediraffe == nullptr)
            return;
        if (rediraffe->is_dict()) {
            site_.redirects_known = site_.redirects_known && rediraffe->fully_known();
            for (std::size_t i = 0; i < rediraffe->keys.size(); ++i) {
                if (!rediraffe->keys[i].is_string())
                    continue;
                add_rediraffe(rediraffe->keys[i].text,
                              rediraffe->items[i].is_string() ? rediraffe->items[i].text : "");
            }
        } else if (rediraffe->is_string()) {
            const std::optional<std::string> path = repository_path(*rediraffe, site_.source_dir);
            const std::optional<std::string> text = path ? context_.bytes_of(*path) : std::nullopt;
            if (!text) {
                site_.redirects_known = false;
                return;
            }
            for (const std::string_view line : split_lines(*text))
                add_rediraffe_line(line);
        } else {
            site_.redirects_known = false;
        }
    }

    // `from to`, either may be in quotes; '#' begins a comment.
    void add_rediraffe_line(std::string_view line) {
        std::vector<std::string_view> words;
        while (words.size() < 2) {
            line = trim(line);
            if (line.empty() || line.front() == '#')
                break;
            const bool quoted = line.front() == '"' || line.front() == '\'';
            std::size_t end = quoted ? line.find(line.front(), 1) : line.find_first_of(" \t");
            if (quoted && end == std::string_view::npos)
                return;
            words.push_back(line.substr(
                quoted ? 1 : 0, end == std::string_view::npos ? end : end - (quoted ? 1 : 0)));
            line = end == std::string_view::npos ? std::string_view()
                                                 : line.substr(end + (quoted ? 1 : 0));
        }
        if (words.size() == 2)
            add_rediraffe(words[0], words[1]);
    }

    std::string document_of(std::string_view path) const {
        for (const std::string& suffix : site_.source_suffixes) {
            if (path.size() > suffix.size() && path.ends_with(suffix))
                return std::string(path.substr(0, path.size() - suffix.size()));
        }
        return std::string(path);
    }

    // rediraffe names source files from the source folder; kept as reredirects would write it: a
    // document, and a URL relative to its page.
    void add_rediraffe(std::string_view from, std::string_view to) {
        const std::string name = normalize_path(document_of(from));
        const std::string target = normalize_path(document_of(to));
        std::string url;
        if (!target.empty())
            url = relative_path(dirname(name), target) + ".html";
        site_.redirects[name] = std::move(url);
    }

    // Themes and html_context say where the sources are.
    void read_repository() {
        const auto text = [](const PyValue* dict, std::string_view key) {
            const PyValue* value = dict == nullptr ? nullptr : dict->find(key);
            return value != nullptr && value->is_string() ? value->text : std::string();
        };
        const PyValue* html = conf_.find("html_context");
        if (html != nullptr && html->is_dict()) {
            const std::string user = text(html, "github_user");
            const std::string name = text(html, "github_repo");
            std::string host = text(html, "github_url");
            if (!host.starts_with("http"))
                host = "https://github.com";
            while (host.ends_with('/'))
                host.pop_back();
            if (!user.empty() && !name.empty()) {
                add_hint(host + "/" + user + "/" + name, text(html, "github_version"), place(*html),
                         context_.hints);
            }
        }
        const PyValue* theme = conf_.find("html_theme_options");
        if (theme != nullptr && theme->is_dict()) {
            for (const std::string_view key :
                 {"repository_url", "source_repository", "repo_url", "github_url"}) {
                const std::string url = text(theme, key);
                if (url.empty())
                    continue;
                const std::string branch =
                    text(theme, key == "source_repository" ? "source_branch" : "repository_branch");
                add_hint(url, branch, place(*theme), context_.hints);
            }
        }
    }
    std::string place(const PyValue& value) const {
        return detected_at(conf_.files[std::min<std::size_t>(value.file, conf_.files.size() - 1)],
                           value.line);
    }

    Context& context_;
    const ConfModule& conf_;
    SphinxSite& site_;
};

bool is_sphinx(const ConfModule& conf) {
    constexpr std::array<std::string_view, 7> kNames = {
        "extensions",    "html_theme",       "master_doc",    "root_doc",
        "source_suffix", "exclude_patterns", "templates_path"};
    return !conf.incomplete.empty() ||
           std::any_of(kNames.begin(), kNames.end(),
                       [&](std::string_view name) { return conf.find(name) != nullptr; });
}

/// Does a conf.py make files among the sources? What it writes to app.outdir is no source.
bool writes_files(std::string_view bytes) {
    constexpr std::array<std::string_view, 12> kVerbs = {
        "shutil.",    "copyfile(", "copytree(",  "os.symlink", "symlink_to(", "urlretrieve",
        "subprocess", "os.system", "check_call", "apidoc(",    "apidoc.",     "apidoc import"};
    const auto has = [&](std::string_view text) {
        return bytes.find(text) != std::string_view::npos;
    };
    return std::any_of(kVerbs.begin(), kVerbs.end(), has) ||
           ((has(".write(") || has(".write_text(")) && !has("outdir"));
}

/// See SphinxSite::written_names. A copied or written name stands in the file as a literal.
std::vector<std::string> names_written(std::string_view bytes, const SphinxSite& site) {
    const std::map<std::string, std::string>& redirects = site.redirects;
    std::vector<std::string> names;
    if (!writes_files(bytes))
        return names;
    for (std::size_t at = bytes.find_first_of("'\"#\n"); at < bytes.size();
         at = bytes.find_first_of("'\"#\n", at)) {
        const char quote = bytes[at];
        if (quote == '\n') {
            ++at;
            continue;
        }
        if (quote == '#') {
            at = std::min(bytes.find('\n', at), bytes.size());
            continue;
        }
        const std::size_t end = bytes.find_first_of(quote == '"' ? "\"\n" : "'\n", at + 1);
        if (end == std::string_view::npos)
            break;
        const std::string_view literal = bytes.substr(at + 1, end - at - 1);
        at = end + 1;
        const bool path =
            literal.size() >= 3 && literal.size() <= 120 &&
            std::all_of(literal.begin(), literal.end(), [](char c) {
                return is_ascii_alnum(c) || c == '_' || c == '-' || c == '.' || c == '/';
            });
        if (!path || redirects.contains(std::string(literal)))
            continue;
        for (const std::string_view name : split(literal, '/')) {
            if (name.size() >= 3)
                names.emplace_back(name);
        }
    }
    for (const auto& [from, to] : redirects) {
        for (const std::string_view name : split(to, '/'))
            std::erase(names, name);
    }
    // Once for the list of static files and its like, which copies nothing.
    for (const auto* paths :
         {&site.html_static_paths, &site.html_extra_paths, &site.templates_paths}) {
        for (const std::string& path : *paths) {
            for (const std::string_view name : split(path, '/')) {
                if (const auto at = std::find(names.begin(), names.end(), name); at != names.end())
                    names.erase(at);
            }
        }
    }
    if (site.values.contains("source_suffix")) {
        for (const std::string& suffix : site.source_suffixes) {
            if (const auto at = std::find(names.begin(), names.end(), suffix); at != names.end())
                names.erase(at);
        }
    }
    for (const char* const picture : {"html_logo", "html_favicon", "latex_logo"}) {
        const auto value = site.values.find(picture);
        if (value == site.values.end() || !value->second.known)
            continue;
        std::string_view path = value->second.text;  // as Python prints it: in quotes
        path = path.substr(std::min<std::size_t>(1, path.size()));
        path = path.substr(0, path.size() - std::min<std::size_t>(1, path.size()));
        for (const std::string_view name : split(path, '/')) {
            if (const auto at = std::find(names.begin(), names.end(), name); at != names.end())
                names.erase(at);
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

/// The same of scripts beside conf.py that it runs.
void add_script_names(const Context& context, std::string_view conf, SphinxSite& site) {
    constexpr std::array<std::string_view, 4> kWays = {"subprocess", "os.system", "check_call",
                                                       "runpy"};
    if (std::none_of(kWays.begin(), kWays.end(), [&](std::string_view way) {
            return conf.find(way) != std::string_view::npos;
        }))
        return;
    std::vector<std::string>& names = site.written_names;
    const std::vector<std::string> of_conf = names;
    for (const std::string& name : of_conf) {
        const bool shell = name.ends_with(".sh");
        if (!shell && !name.ends_with(".py"))
            continue;
        const std::optional<std::string> bytes =
            context.bytes_of(join_path(dirname(site.conf_path), name));
        if (!bytes)
            continue;
        if (!shell) {
            for (std::string& written : names_written(*bytes, site))
                names.push_back(std::move(written));
            continue;
        }
        // `cat part.md >> zoo/all.md`: every word that is a page.
        std::string text = *bytes;
        std::replace_if(
            text.begin(), text.end(),
            [](char c) {
                return std::string_view("\n\t>\"';()").find(c) != std::string_view::npos;
            },
            ' ');
        for (const std::string_view word : split(text, ' ')) {
            if (word.ends_with(".md") || word.ends_with(".rst"))
                names.emplace_back(basename(word));
        }
    }
}

/// Pages that the commands of sphinx-apidoc in a text write: `modules`, and one for each package
/// that is given.
void read_apidoc(std::string_view bytes, std::vector<std::string>& names) {
    constexpr std::string_view kProgram = "sphinx-apidoc";
    const auto is_separator = [](char c) {
        return std::string_view("\n\t\\\"',[]()").find(c) != std::string_view::npos;
    };
    for (std::size_t at = bytes.find(kProgram); at != std::string_view::npos;
         at = bytes.find(kProgram, at + 1)) {
        names.emplace_back("modules.rst");
        // The command goes on behind a backslash at the end of a line.
        std::size_t end = std::min(bytes.find('\n', at), bytes.size());
        while (end < bytes.size() && bytes[end - 1] == '\\')
            end = std::min(bytes.find('\n', end + 1), bytes.size());
        std::string line(bytes.substr(at + kProgram.size(), end - at - kProgram.size()));
        std::replace_if(line.begin(), line.end(), is_separator, ' ');
        bool output = false;  // the word before is `-o`
        for (const std::string_view word : split(line, ' ')) {
            const std::string_view name = basename(word);
            if (name.empty())
                continue;
            if (!output && std::all_of(name.begin(), name.end(),
                                       [](char c) { return is_ascii_alnum(c) || c == '_'; }))
                names.push_back(std::string(name) + ".rst");
            output = word == "-o" || word == "--output-dir";
        }
    }
}

/// What sphinx-apidoc writes where a Makefile or the like, beside the sources or above, runs it.
void add_apidoc_names(const Context& context, SphinxSite& site) {
    constexpr std::array<std::string_view, 10> kFiles = {
        "Makefile", "makefile",       "GNUmakefile",   "make.bat",         "noxfile.py",
        "tox.ini",  "pyproject.toml", "build_docs.sh", ".readthedocs.yml", ".readthedocs.yaml"};
    std::vector<std::string>& names = site.written_names;
    for (std::string folder = site.source_dir;; folder = std::string(dirname(folder))) {
        for (const std::string_view file : kFiles) {
            if (const std::optional<std::string> bytes = context.bytes_of(join_path(folder, file)))
                read_apidoc(*bytes, names);
        }
        if (folder.empty())
            break;
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

void detect_sphinx(Context& context, Detected& detected) {
    std::vector<std::string> paths = context.candidates("conf.py");
    std::vector<std::string> without_conf;
    for (const ProjectConfig::Sphinx& configured : context.config.project.sphinx) {
        const std::string folder = join_path(context.config.base, configured.source);
        if (leaves_root(folder))
            continue;
        std::string path = join_path(folder, "conf.py");
        if (!context.has_file(path)) {
            without_conf.push_back(folder);
        } else if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
            paths.push_back(std::move(path));
        }
    }
    const ModuleReader module = [&context](std::string_view path) {
        return context.bytes_of(path);
    };
    for (const std::string& path : paths) {
        const std::optional<std::string> bytes = context.read(path);
        const std::string folder(dirname(path));
        const bool configured =
            std::any_of(context.config.project.sphinx.begin(), context.config.project.sphinx.end(),
                        [&](const ProjectConfig::Sphinx& row) {
                            return join_path(context.config.base, row.source) == folder;
                        });
        if (!configured && (!bytes || !looks_like_sphinx_conf(*bytes)))
            continue;
        const ConfModule conf = read_conf(bytes.value_or(std::string()), path, module);
        if (!configured && !is_sphinx(conf))
            continue;
        SphinxSite& site = detected.sphinx.emplace_back();
        site.source_dir = folder;
        site.conf_path = path;
        Maker(context, conf, site).make();
        read_added_markup(context, bytes.value_or(std::string()), site);
        site.written_names = names_written(bytes.value_or(std::string()), site);
        add_script_names(context, bytes.value_or(std::string()), site);
        add_apidoc_names(context, site);
    }
    for (const std::string& folder : without_conf) {
        SphinxSite& site = detected.sphinx.emplace_back();
        site.source_dir = folder;
        ConfModule conf;
        conf.files.emplace_back();
        conf.incomplete = "no conf.py";
        Maker(context, conf, site).make();
    }
    std::sort(detected.sphinx.begin(), detected.sphinx.end(),
              [](const SphinxSite& a, const SphinxSite& b) {
                  return std::pair(a.source_dir, a.conf_path) <
                         std::pair(b.source_dir, b.conf_path);
              });
}

}  // namespace docathon::detect_detail

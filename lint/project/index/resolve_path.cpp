// What the path of a reference names: on the site as its builder resolves it, and in the
// repository view as github.com does.
//
// Sources: myst-parser 5.2 (render_link_unknown, MystReferenceResolver), Sphinx 9.0
// (BuildEnvironment.relfn2path, docname_join, TocTree), GitHub's relative links, Jekyll 4.

#include <algorithm>
#include <array>

#include "lint/core/glob.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/index/folders.h"
#include "lint/project/index/parts.h"
#include "lint/project/index/project_index.h"

namespace docathon {

namespace {

constexpr std::string_view kGenerated = "the page may be generated when the site is built";
constexpr std::string_view kOpaque = "in a submodule or behind a symbolic link";
constexpr std::string_view kIgnored = "a file that git ignores";
constexpr std::string_view kSuffixless =
    "a link without suffix, which the site's server may resolve";
constexpr std::string_view kTemplate = "a template of pages: its targets exist where it is used";
constexpr std::string_view kDoxygen = "a page that Doxygen reads: it names what Doxygen builds";
constexpr std::string_view kTranslated = "a page that is there in another language";
constexpr std::string_view kPart = "read as a part of another page";
constexpr std::string_view kBuilt = "the address of a built page";
constexpr std::string_view kRustdoc = "a path of Rust code, which rustdoc resolves";
constexpr std::string_view kCopied = "sphinx-gallery may copy the page elsewhere";
constexpr std::string_view kBuiltElsewhere = "read by a site that is built elsewhere";
constexpr std::string_view kRouted = "an address that the site's server makes";

/// Pages of github.com beside the tree, reached by relative links such as ../../issues.
bool is_github_section(std::string_view name) {
    static constexpr std::array<std::string_view, 24> kSections = {
        "actions",      "blob",        "branches", "commit",   "commits", "compare",
        "contributors", "discussions", "edit",     "graphs",   "issues",  "labels",
        "milestone",    "milestones",  "network",  "projects", "pull",    "pulls",
        "raw",          "releases",    "security", "tags",     "tree",    "wiki"};
    return std::find(kSections.begin(), kSections.end(), name) != kSections.end();
}

/// Extensions of files that are served as they are, so that a path to one is a path to a file.
bool is_static_file(std::string_view path) {
    static constexpr std::array<std::string_view, 24> kStatic = {
        "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "bmp",   "avif", "pdf", "mp4", "webm",
        "mov", "zip", "css",  "js",  "csv", "txt",  "py",  "ipynb", "mp3",  "gz",  "tar", "json"};
    std::string suffix = ascii_lower(extension(path));
    if (suffix.starts_with('.'))
        suffix.erase(0, 1);
    return std::find(kStatic.begin(), kStatic.end(), suffix) != kStatic.end();
}

bool has_suffix(std::string_view path) {
    const std::string_view name = basename(path);
    const std::size_t dot = name.rfind('.');
    return dot != std::string_view::npos && dot > 0 && dot + 1 < name.size();
}

/// A path of items in Rust code as rustdoc takes it for a link target (The rustdoc book, "Linking
/// to items by name"): `a::B`, `fn@a`, `B()`, `crate`, each with or without backticks.
bool is_rust_path(std::string_view target, bool in_source) {
    bool certain = false;
    if (target.size() > 2 && target.front() == '`' && target.back() == '`') {
        target = target.substr(1, target.size() - 2);
        certain = true;
    }
    if (const std::size_t at = target.find('@'); at != std::string_view::npos) {
        target.remove_prefix(at + 1);
        certain = true;
    }
    for (const std::string_view end : {"()", "!()", "!{}", "![]", "!"}) {
        if (target.size() > end.size() && target.ends_with(end)) {
            target.remove_suffix(end.size());
            certain = true;
            break;
        }
    }
    certain = certain || target.find("::") != std::string_view::npos;
    return (certain || in_source) && !target.empty() &&
           std::all_of(target.begin(), target.end(), [](char c) {
               return is_ascii_alnum(c) || c == '_' || c == ':' || c == '<' || c == '>';
           });
}

/// What follows the folder of a translation (`zh-CN`, `pt_BR`, `ja`) in a path, or "".
std::string_view inside_translation(std::string_view path) {
    const auto is_language = [](std::string_view name) {
        const auto lower = [&](std::size_t at) { return name[at] >= 'a' && name[at] <= 'z'; };
        return (name.size() == 2 && lower(0) && lower(1)) ||
               (name.size() == 5 && lower(0) && lower(1) && (name[2] == '-' || name[2] == '_'));
    };
    for (std::size_t begin = 0; begin < path.size();) {
        const std::size_t slash = path.find('/', begin);
        if (slash == std::string_view::npos)
            break;
        if (is_language(path.substr(begin, slash - begin)))
            return path.substr(slash + 1);
        begin = slash + 1;
    }
    return {};
}

Resolution missing(std::string path, std::string why = {}) {
    Resolution result;
    result.state = Found::missing;
    result.path = std::move(path);
    result.why = std::move(why);
    return result;
}

Resolution unknown(std::string path, std::string_view why) {
    Resolution result;
    result.state = Found::unknown;
    result.path = std::move(path);
    result.why = why;
    return result;
}

Resolution found(std::string path, FileId file, bool folder = false) {
    Resolution result;
    result.state = Found::found;
    result.path = std::move(path);
    result.file = file;
    result.folder = folder;
    return result;
}

}  // namespace

Resolution ProjectIndex::lookup(std::string path) const {
    if (path.starts_with(".."))
        return missing(std::move(path), "the path leaves the repository");
    const FileId file = tree().find(path);
    if (file != kNoFile)
        return found(std::move(path), file);
    if (tree().is_folder(path))
        return found(std::move(path), kNoFile, true);
    if (tree().is_opaque(path))
        return unknown(std::move(path), kOpaque);
    if (input_.on_disk && input_.on_disk(path))
        return unknown(std::move(path), kIgnored);
    return missing(std::move(path));
}

Resolution ProjectIndex::in_repository(FileId from, std::string_view path,
                                       std::string_view folder) const {
    const bool absolute = path.starts_with('/');
    std::string normal =
        normalize_path(absolute ? std::string(path.substr(1)) : join_path(folder, path));
    if (normal.starts_with("..")) {
        std::string_view rest = normal;
        while (rest.starts_with("../"))
            rest.remove_prefix(3);
        if (rest == ".." || is_github_section(rest.substr(0, rest.find('/')))) {
            return unknown(std::move(normal), "a page of github.com beside the tree");
        }
        if (is_source_release())
            return unknown(std::move(normal), kLeftOut);
        if (detected().in_foreign_site(tree().file(from).path))
            return unknown(std::move(normal), kRouted);
    }
    Resolution result = lookup(std::move(normal));
    // Some generators serve page.html.md as page.html.
    if (result.state == Found::missing && result.path.ends_with(".html") &&
        (tree().find(result.path + ".md") != kNoFile ||
         tree().find(result.path + ".mdx") != kNoFile))
        return unknown(std::move(result.path), kBuilt);
    return result;
}

bool ProjectIndex::may_be_generated(const Site& site, std::string_view name) const {
    const std::string_view base = basename(name);
    if (base == "genindex" || base == "modindex" || base == "py-modindex" || base == "search")
        return true;
    if (base.starts_with("sphx_glr_"))
        return true;
    if (!site.spec->galleries_known)
        return true;
    // conf.py may write the scripts of a gallery whose folder is not here.
    const std::string page = join_path(site.spec->source_dir, name);
    for (const auto& [examples, gallery] : site.spec->galleries) {
        if (below_folder(page, gallery) && !tree().is_folder(examples))
            return true;
    }
    for (const std::string& folder : site.generated_folders) {
        const bool there =
            tree().is_folder(normalize_path(join_path(site.spec->source_dir, folder)));
        // Pages of objects have dotted names; in a folder of their own others may stand as well.
        if (below_folder(name, folder) && (!there || base.find('.') != std::string_view::npos))
            return true;
    }
    if (!site.generated_anywhere)
        return false;
    // Generators write into folders of their own: a folder that the tree does not have.
    const std::string folder = join_path(site.spec->source_dir, dirname(name));
    return !dirname(name).empty() && !tree().is_folder(normalize_path(folder));
}

bool ProjectIndex::runs_programs(const std::string& conf) const {
    const FileId file = tree().find(conf);
    const std::optional<std::string> bytes = file == kNoFile ? std::nullopt : text(file);
    if (!bytes)
        return false;
    constexpr std::string_view kCalls[] = {"subprocess.run(", "subprocess.call(",
                                           "subprocess.check_call(", "subprocess.Popen(",
                                           "os.system("};
    return std::any_of(std::begin(kCalls), std::end(kCalls), [&](std::string_view call) {
        return bytes->find(call) != std::string::npos;
    });
}

void ProjectIndex::find_generated_folders(Site& site) const {
    const SphinxSite& spec = *site.spec;
    const auto has = [&](std::string_view name) {
        return std::find(spec.extensions.begin(), spec.extensions.end(), name) !=
               spec.extensions.end();
    };
    static constexpr std::array kGenerators = std::to_array<std::string_view>(
        {"ablog", "exhale", "jupyter_book", "sphinx.ext.apidoc", "sphinx_apitree", "sphinx_jinja",
         "sphinx_multiversion", "sphinxarg.ext", "sphinxcontrib.apidoc"});
    site.generated_anywhere = !spec.extensions_known ||
                              std::any_of(kGenerators.begin(), kGenerators.end(), has) ||
                              runs_programs(spec.conf_path);
    // Two that write all their pages into one folder, unless conf.py says which in a way that
    // cannot be read.
    struct Folder {
        std::string_view extension, option, otherwise;
    };
    for (const Folder& one : {Folder{"autoapi.extension", "autoapi_root", "autoapi"},
                              Folder{"autodoc2", "autodoc2_output_dir", "apidocs"}}) {
        if (!has(one.extension))
            continue;
        const auto value = spec.values.find(std::string(one.option));
        std::string_view text =
            value == spec.values.end() ? one.otherwise : std::string_view(value->second.text);
        if (value != spec.values.end()) {
            site.generated_anywhere = site.generated_anywhere || !value->second.known;
            while (text.size() > 1 && (text.front() == '\'' || text.front() == '"'))
                text = text.substr(1, text.size() - 2);
        }
        site.generated_folders.push_back(normalize_path(text));
    }
    if (!has("sphinx.ext.autosummary") && !has("numpydoc"))
        return;
    for (FileId id = 0; id < tree().files().size(); ++id) {
        const FileFacts& file = facts(id);
        const bool docstrings = file.format == Format::python && !file.gallery;
        if (site.live[id] == 0 && !docstrings)
            continue;
        const std::string page = page_path(id);
        for (const ApiDirective& directive : file.api_directives) {
            for (const auto& [name, value] : directive.options) {
                if (name != "toctree" || directive.name != "autosummary")
                    continue;
                // Where a docstring is shown, or a part, is not the place of its file.
                if (docstrings || !below_folder(page, spec.source_dir)) {
                    site.generated_anywhere = true;
                    continue;
                }
                site.generated_folders.push_back(normalize_path(
                    join_path(dirname(inside_folder(page, spec.source_dir)), trim(value))));
            }
        }
    }
    std::sort(site.generated_folders.begin(), site.generated_folders.end());
    site.generated_folders.erase(
        std::unique(site.generated_folders.begin(), site.generated_folders.end()),
        site.generated_folders.end());
}

Resolution ProjectIndex::in_sphinx(FileId from, const Reference& reference,
                                   const TargetParts& parts, std::string_view folder) const {
    const SphinxSite* spec = site(from);
    const Site& here = sites_[static_cast<std::size_t>(settings(from).site)];
    const bool html =
        reference.kind == ReferenceKind::html_link || reference.kind == ReferenceKind::html_image;
    const std::string decoded = percent_decode(parts.path);
    const bool absolute = decoded.starts_with('/');
    if (absolute && html)
        return unknown(decoded, "an address from the root of the server");
    const std::string path = normalize_path(
        absolute ? join_path(spec->source_dir, decoded.substr(1)) : join_path(folder, decoded));
    const bool image = reference.kind == ReferenceKind::image ||
                       reference.kind == ReferenceKind::html_image ||
                       reference.kind == ReferenceKind::directive_image;
    if (image && basename(path).starts_with("sphx_glr_"))
        return unknown(path, "a picture that sphinx-gallery makes");
    if (image && path.find('*') != std::string::npos) {
        const SphinxGlob candidates(path);
        for (const FileEntry& file : tree().files()) {
            if (file.path.starts_with(std::string_view(path).substr(0, path.find('*'))) &&
                candidates.match(file.path)) {
                return found(path, tree().find(file.path));
            }
        }
        return missing(path);
    }
    Resolution result = lookup(path);
    if (image) {
        if (html && result.state == Found::missing) {
            // Raw HTML is served as written: relative to the built page, where static and extra
            // files land. Only html_image makes an image of it that Sphinx copies.
            if (!settings(from).myst("html_image") || reference.whole.empty()) {
                return unknown(path, "raw HTML, resolved among the built files");
            }
        }
        if (result.state == Found::found && result.folder)
            return missing(path, "it is a folder");
        return result;
    }
    if (result.state == Found::found && !result.folder) {
        const bool page_name =
            std::any_of(spec->source_suffixes.begin(), spec->source_suffixes.end(),
                        [&](const std::string& s) { return path.ends_with(s); });
        if (!page_name)
            return result;  // MyST makes a download of it
        if (is_page(result.file) && settings(result.file).site == settings(from).site)
            return result;
        // Galleries copy or build what lies in their source folder.
        for (const Page& page : here.pages) {
            if (page.file == result.file)
                return result;
        }
        if (html)
            return unknown(path, "raw HTML, resolved among the built files");
        Resolution dead = missing(path, "it is no page of the site");
        dead.file = result.file;
        return dead;
    }
    if (result.state == Found::unknown)
        return result;
    if (html)
        return unknown(path, "raw HTML, resolved among the built files");
    // Not a file: a document name, a label or an object.
    const Resolution document = resolve_document(from, decoded, false, false);
    if (document.state == Found::found)
        return document;
    if (const FileId labelled = find_label(here, decoded); labelled != kNoFile)
        return found(path, labelled);
    if (document.state == Found::unknown)
        return document;
    if (decoded.find(':') != std::string::npos)
        return unknown(path, "a name that another domain may resolve");
    if (result.folder)
        return missing(path, "it is a folder, not a page");
    if (path.ends_with(".html") || path.ends_with(".htm")) {
        const std::string page = path.substr(0, path.rfind('.'));
        const std::string_view name =
            spec->source_dir.empty() || page.size() <= spec->source_dir.size()
                ? std::string_view(page)
                : std::string_view(page).substr(spec->source_dir.size() + 1);
        if (find_page(here, name) != nullptr || may_be_generated(here, name)) {
            return unknown(path, kBuilt);
        }
    }
    const bool plain_word = decoded.find('/') == std::string::npos && !has_suffix(decoded);
    const bool dotted = decoded.find('/') == std::string::npos &&
                        decoded.find('.') != std::string::npos && !path.ends_with(".md") &&
                        !path.ends_with(".rst");
    if (dotted && !is_static_file(decoded) && !path.ends_with(".html")) {
        // MyST asks all domains, as the role `any` does.
        Reference object;
        object.kind = ReferenceKind::role;
        object.name = "any";
        object.target = decoded;
        const Resolution answer = resolve_object(from, object, {});
        if (answer.state == Found::found)
            return found(path, answer.file);
        if (answer.state == Found::missing && answer.why.empty())
            return unknown(decoded, std::string(kNoSuchName));
        return unknown(path, "a name that another domain may resolve");
    }
    // MyST asks the inventories of other projects for a name that it cannot resolve.
    if (decoded.find('/') != std::string::npos && !has_suffix(decoded) &&
        !decoded.starts_with('.') && !absolute) {
        const Foreign foreign = find_foreign(here, "std:label", decoded, true);
        if (foreign == Foreign::found)
            return found(path, kNoFile);
        if (foreign == Foreign::maybe && !is_slip_of_label(here, decoded))
            return unknown(path, kForeignName);
    }
    // setup() of conf.py may register directives that make labels.
    if (plain_word && (!here.open_names.empty() || (spec->has_setup && !spec->setup_known)))
        return unknown(path, "a label that may exist");
    return missing(path);
}

Resolution ProjectIndex::in_jekyll(FileId from, const Reference& reference,
                                   const TargetParts& parts, std::string_view folder) const {
    const std::string root = settings(from).jekyll_root;
    std::string decoded = percent_decode(parts.path);
    if (reference.kind == ReferenceKind::template_link) {
        if (reference.name == "link") {
            Resolution result = lookup(normalize_path(join_path(root, decoded)));
            if (result.state == Found::missing) {
                // Collections are linked with their underscore; drafts and data are not listed.
                return result;
            }
            return result;
        }
        if (reference.name == "post_url") {
            const std::string wanted = std::string(basename(decoded));
            for (const FileEntry& file : tree().files()) {
                if (file.path.find("_posts/") == std::string::npos)
                    continue;
                const std::string_view name = basename(file.path);
                if (name.substr(0, name.rfind('.')) == wanted)
                    return found(file.path, tree().find(file.path));
            }
            return missing(normalize_path(join_path(root, "_posts/" + decoded)));
        }
    }
    const bool absolute = decoded.starts_with('/');
    if (absolute) {
        for (const JekyllSite& site : detected().jekyll) {
            if (site.root == root && !site.baseurl.empty() &&
                decoded.starts_with(site.baseurl + "/")) {
                decoded.erase(0, site.baseurl.size());
            }
        }
        const std::string path = normalize_path(join_path(root, decoded.substr(1)));
        Resolution result = lookup(path);
        if (result.state == Found::found || result.state == Found::unknown)
            return result;
        if (is_static_file(path))
            return result;
        return unknown(path, kRouted);
    }
    const std::string path = normalize_path(join_path(folder, decoded));
    Resolution result = lookup(path);
    if (result.state != Found::missing)
        return result;
    // A page is served from where its permalink says; only links to sources are taken back to files
    // (jekyll-relative-links).
    if (!path.ends_with(".md") && !path.ends_with(".markdown"))
        return unknown(path, kRouted);
    const bool post = folder.find("_posts") != std::string_view::npos ||
                      folder.find("/_") != std::string_view::npos || folder.starts_with("_");
    if (post)
        return unknown(path, kRouted);
    return result;
}

Resolution ProjectIndex::in_other_site(FileId from, const TargetParts& parts,
                                       std::string_view folder) const {
    const std::string decoded = percent_decode(parts.path);
    if (decoded.starts_with('/'))
        return unknown(decoded, "an address from the root of the server");
    const std::string path = normalize_path(join_path(folder, decoded));
    Resolution result = lookup(path);
    if (result.state != Found::missing)
        return result;
    if (settings(from).flavor == Flavor::mkdocs) {
        if (plugins_make(path))
            return unknown(path, kGenerated);
        if (path.ends_with(".md") || is_static_file(path))
            return result;
        return unknown(path, kRouted);
    }
    for (const std::string_view suffix :
         {".md", ".mdx", ".rst", ".ipynb", "/index.md", "/index.mdx"}) {
        const FileId file = tree().find(path + std::string(suffix));
        if (file != kNoFile)
            return found(path, file);
    }
    if (path.ends_with(".html"))
        return unknown(path, kRouted);
    // Hugging Face's builder makes one site a language, and readers of a page that is not yet
    // translated get the English one.
    for (const DocBuilderSite& own : detected().doc_builder) {
        if (!below_folder(path, own.root))
            continue;
        for (const DocBuilderSite& other : detected().doc_builder) {
            if (other.root == own.root || dirname(other.root) != dirname(own.root))
                continue;
            const std::string there = join_path(other.root, inside_folder(path, own.root));
            for (const std::string_view suffix : {"", ".md", ".mdx", ".ipynb", "/index.md"}) {
                if (tree().find(there + std::string(suffix)) != kNoFile)
                    return unknown(path, kTranslated);
            }
        }
    }
    return result;
}

std::string_view ProjectIndex::other_reading(FileId notebook, const TargetParts& parts,
                                             std::string_view folder) const {
    const std::string decoded = percent_decode(parts.path);
    if (decoded.starts_with('/'))
        return "an address from the root of a server";
    // Written for the site, or the page of another tool, that the notebook is shown on.
    if (decoded.ends_with(".html") || decoded.ends_with(".htm") || decoded.ends_with(".mdx"))
        return kBuilt;
    if (!has_suffix(decoded))
        return kSuffixless;
    // IPython once served the files beside a notebook so.
    if (decoded.starts_with("files/") &&
        lookup(normalize_path(join_path(folder, decoded.substr(6)))).state == Found::found)
        return "a path for an old server of notebooks";
    // A page may have any suffix: jupytext and others read notebooks from scripts and Markdown.
    const auto is_there = [&](const std::string& path) {
        const std::string_view suffix = extension(path);
        if (tree().find(path) != kNoFile)
            return true;
        if (suffix != ".md" && suffix != ".rst" && suffix != ".ipynb")
            return false;
        const std::string stem = path.substr(0, path.size() - suffix.size() + 1);
        const auto files = tree().files();
        const auto at = std::lower_bound(
            files.begin(), files.end(), stem,
            [](const FileEntry& file, const std::string& start) { return file.path < start; });
        return at != files.end() && at->path.starts_with(stem);
    };
    const std::string path = normalize_path(join_path(folder, decoded));
    if (is_there(path))
        return "a page of the site in another format";
    // On github.com the branch is a folder: ../v1.0/a.ipynb is the file of that tag.
    if (path.starts_with("../") && path.find('/', 3) != std::string::npos &&
        is_there(path.substr(path.find('/', 3) + 1)))
        return "another branch, tag or commit of the repository";
    const std::string& own = tree().file(notebook).path;
    // Sites of Google's builder take pages out of many repositories.
    for (const std::string_view name : {"_book.yaml", "_toc.yaml"}) {
        for (const FileId book : tree().with_name(name)) {
            if (below_folder(own, dirname(tree().file(book).path)))
                return kBuiltElsewhere;
        }
    }
    if (const std::string_view inside = inside_translation(path); !inside.empty()) {
        const std::string end = "/" + std::string(inside);
        for (const FileId file : tree().with_name(basename(inside))) {
            const std::string& other = tree().file(file).path;
            if (other == inside || other.ends_with(end))
                return kTranslated;
        }
    }
    // A notebook beside the sources of a site, which the build copies or links into them: below
    // which folder, the target tells.
    for (const Site& site : sites_) {
        const SphinxSite& spec = *site.spec;
        if (below_folder(own, spec.source_dir))
            continue;
        if (std::find(spec.source_suffixes.begin(), spec.source_suffixes.end(), ".nblink") !=
            spec.source_suffixes.end())
            return kPart;
        for (std::string_view inside = folder;;) {
            const std::string there =
                normalize_path(join_path(join_path(spec.source_dir, inside), decoded));
            if (is_there(there))
                return kPart;
            if (below_folder(there, spec.source_dir) &&
                may_be_generated(site, inside_folder(there, spec.source_dir)))
                return kGenerated;
            if (inside.empty())
                break;
            const std::size_t slash = inside.find('/');
            inside =
                slash == std::string_view::npos ? std::string_view() : inside.substr(slash + 1);
        }
    }
    return {};
}

Resolution ProjectIndex::unless_made(FileId from, Resolution resolution) const {
    if (resolution.state != Found::missing || resolution.file != kNoFile)
        return resolution;
    const std::string& path = resolution.path;
    if (may_be_copied(from) || lies_beside_script(from, path))
        return unknown(path, kCopied);
    const SphinxSite* spec = site(from);
    const auto with_suffixes = [&](const auto& holds) {
        return holds(path) || holds(path + ".md") || holds(path + ".rst") ||
               (spec != nullptr && spec->nbsphinx_like && holds(path + ".ipynb"));
    };
    if (input_.is_ignored && !leaves_root(path) && with_suffixes(input_.is_ignored))
        return unknown(path, kIgnored);
    // rst.linker writes `NEWS (links).rst` beside conf.py from NEWS.rst.
    if (spec != nullptr && path.ends_with(" (links).rst") &&
        std::find(spec->extensions.begin(), spec->extensions.end(), "rst.linker") !=
            spec->extensions.end())
        return unknown(path, kGenerated);
    // `make` draws x.svg from x.dot before Sphinx runs.
    for (const std::string_view picture : {".svg", ".png", ".pdf"}) {
        if (spec == nullptr || !path.ends_with(picture))
            continue;
        const std::string stem = path.substr(0, path.size() - picture.size());
        for (const std::string_view drawing :
             {".dot", ".gv", ".puml", ".plantuml", ".msc", ".dia", ".asy", ".ditaa"}) {
            if (tree().find(stem + std::string(drawing)) != kNoFile)
                return unknown(path, "a picture that the build may draw");
        }
    }
    if (spec == nullptr || spec->written_names.empty() || !below_folder(path, spec->source_dir))
        return resolution;
    const auto written = [&](const std::string& name) {
        return std::binary_search(spec->written_names.begin(), spec->written_names.end(), name);
    };
    // Into a folder that is here, below the one that is named, nothing is written from outside.
    const std::string_view parent = dirname(path);
    const bool parent_is_here = tree().is_folder(parent);
    for (const std::string_view part : split(inside_folder(path, spec->source_dir), '/')) {
        const auto end = static_cast<std::size_t>(part.data() + part.size() - path.data());
        if (parent_is_here && end < parent.size())
            continue;
        if (written(std::string(part)) || written(std::string(part) + ".md") ||
            written(std::string(part) + ".rst"))
            return unknown(path, "a file that conf.py or the build may make");
    }
    return resolution;
}

bool ProjectIndex::may_be_copied(FileId from) const {
    // sphinx-gallery copies README and what copyfile_regex names from examples_dirs to
    // gallery_dirs.
    const std::string& own = tree().file(from).path;
    if (facts(from).format != Format::rst || dirname(own).empty())
        return false;
    return std::any_of(
        detected().sphinx.begin(), detected().sphinx.end(), [&](const SphinxSite& spec) {
            if (below_folder(own, spec.source_dir))
                return false;
            return !spec.galleries_known ||
                   std::any_of(spec.galleries.begin(), spec.galleries.end(),
                               [&](const auto& one) { return below_folder(own, one.first); });
        });
}

bool ProjectIndex::lies_beside_script(FileId from, std::string_view path) const {
    if (!facts(from).gallery)
        return false;
    const std::string page = page_path(from);
    const std::string_view folder = dirname(page);
    return below_folder(path, folder) &&
           tree().find(join_path(dirname(tree().file(from).path), inside_folder(path, folder))) !=
               kNoFile;
}

bool ProjectIndex::is_lone_page(FileId from, const Site& here) const {
    // Hardly a page (its translation perhaps), and a table of contents in which nothing is there:
    // the build brings the others.
    constexpr std::size_t kFew = 2;
    constexpr std::size_t kMany = 4;
    constexpr std::size_t kMost = 100;  // asked for every entry, so of short pages only
    const std::vector<Reference>& references = facts(from).references;
    if (here.pages.size() > kFew || references.size() > kMost)
        return false;
    std::size_t entries = 0;
    for (const Reference& one : references) {
        if (one.kind != ReferenceKind::toctree_entry)
            continue;
        ++entries;
        if (find_page(here, normalize_path(one.target)) != nullptr)
            return false;
    }
    return entries >= kMany;
}

bool ProjectIndex::is_source_release() const {
    return tree().find("PKG-INFO") != kNoFile;
}

bool ProjectIndex::has_autodoc(FileId file) const {
    const SphinxSite* spec = site(file);
    if (spec == nullptr)
        return false;
    return std::any_of(spec->extensions.begin(), spec->extensions.end(),
                       [](const std::string& name) {
                           return name.find("autodoc") != std::string::npos ||
                                  name.find("autoapi") == 0 || name == "breathe";
                       });
}

bool ProjectIndex::in_static_folder(std::string_view path) const {
    if (!is_static_file(path))
        return false;
    while (path.starts_with("../"))
        path.remove_prefix(3);
    while (path.starts_with("./") || path.starts_with('/'))
        path.remove_prefix(path.find('/') + 1);
    for (const FileId file : tree().with_name(basename(path))) {
        std::string_view whole = tree().file(file).path;
        if (!whole.ends_with(path))
            continue;
        whole.remove_suffix(path.size());
        if (whole.ends_with("/static/") || whole.ends_with("/public/") || whole == "static/" ||
            whole == "public/") {
            return true;
        }
    }
    return false;
}

bool ProjectIndex::alive_elsewhere(FileId from, std::string_view path) const {
    const auto is_alive = [&](std::string_view page) {
        return lookup(normalize_path(join_path(dirname(page), path))).state != Found::missing;
    };
    if (path.starts_with('/'))
        return false;
    for (const std::string_view name : tree().second_names(tree().file(from).path)) {
        if (is_alive(name))
            return true;
    }
    return std::any_of(snippet_of_[from].begin(), snippet_of_[from].end(),
                       [&](FileId page) { return is_alive(tree().file(page).path); });
}

bool ProjectIndex::plugins_make(std::string_view path) const {
    const std::string_view stem = path.ends_with(".md") ? path.substr(0, path.size() - 3) : path;
    for (const MkdocsSite& site : detected().mkdocs) {
        if (!below_folder(path, site.docs_dir))
            continue;
        for (const std::string& plugin : site.plugins) {
            if (plugin == "gen-files" || plugin == "mkdocs-gen-files" || plugin == "api-autonav")
                return true;
        }
        // Who lists a page that is not there has somebody who makes it: mkdocs would not build.
        const std::string_view inside = inside_folder(stem, site.docs_dir);
        for (const std::string& listed : site.nav) {
            if (std::string_view(listed).substr(0, listed.rfind(".md")) == inside)
                return true;
        }
    }
    return false;
}

bool ProjectIndex::leaves_book(std::string_view page, std::string_view path) const {
    for (std::string_view folder = dirname(page); !folder.empty(); folder = dirname(folder)) {
        if (tree().find(join_path(folder, "SUMMARY.md")) != kNoFile)
            return !below_folder(path, folder);
    }
    return false;
}

bool ProjectIndex::is_rust_item(FileId from, std::string_view target) const {
    const std::string& path = tree().file(from).path;
    for (const FileId manifest : tree().with_name("Cargo.toml")) {
        const std::string_view crate = dirname(tree().file(manifest).path);
        // Pages below src/ are there to be included as documentation of the code.
        if (below_folder(path, crate) &&
            is_rust_path(target, below_folder(path, join_path(crate, "src"))))
            return true;
    }
    return false;
}

bool ProjectIndex::has_doxygen() const {
    for (const std::string_view name : {"Doxyfile", "Doxyfile.in", "doxyfile", "doxyfile.in"}) {
        if (!tree().with_name(name).empty())
            return true;
    }
    return false;
}

bool ProjectIndex::includes_relative_docs(FileId page) const {
    for (const Reference& reference : facts(page).references) {
        if (reference.kind == ReferenceKind::include &&
            (reference.flags & reference_flag::kRelativeDocs) != 0)
            return true;
    }
    return false;
}

Verdict ProjectIndex::resolve_path(FileId from, const Reference& reference, FileId base) const {
    Verdict verdict;
    const TargetParts parts = split_target(reference.target);
    const std::string own_path = page_path(base == kNoFile ? from : base);
    const std::string_view folder = dirname(own_path);
    if (parts.path.empty()) {
        verdict.repository = found(own_path, base == kNoFile ? from : base);
        const Settings& own = settings(from);
        if (own.site >= 0 || own.flavor == Flavor::mkdocs || own.flavor == Flavor::jekyll ||
            detected().in_doc_builder_site(own_path))
            verdict.site = verdict.repository;
        return verdict;
    }
    const bool template_link = reference.kind == ReferenceKind::template_link;
    const bool directive = reference.kind == ReferenceKind::directive_image ||
                           reference.kind == ReferenceKind::directive_link ||
                           reference.kind == ReferenceKind::role;
    const std::string decoded = percent_decode(parts.path);
    const Settings& reading = settings(from);
    const bool foreign = detected().in_foreign_site(own_path);
    const bool doc_builder = detected().in_doc_builder_site(own_path);

    if (!template_link && !directive)
        verdict.repository = in_repository(from, decoded, folder);
    if (is_template(from) && verdict.repository.state != Found::found) {
        verdict.repository = unknown(decoded, kTemplate);
        if (reading.site >= 0)
            verdict.site = verdict.repository;
        return verdict;
    }
    if (is_rst(from)) {
        resolve_in_rst(from, reference, parts, folder, verdict);
        return verdict;
    }
    if (!template_link && !directive && verdict.repository.state == Found::missing &&
        alive_elsewhere(from, decoded)) {
        verdict.repository = unknown(decoded, "read as a part or under a name of another page");
        if (reading.site < 0)
            return verdict;
    }
    if (facts(from).format == Format::notebook) {
        const std::string_view why =
            verdict.repository.state == Found::missing ? other_reading(from, parts, folder) : "";
        if (!why.empty()) {
            verdict.repository = unknown(decoded, why);
            // A label or a page, as MyST names them.
            if (reading.flavor == Flavor::myst && reading.site >= 0) {
                Resolution built = in_sphinx(from, reference, parts, folder);
                if (built.state == Found::found)
                    verdict.site = std::move(built);
            }
            return verdict;
        }
    }
    if (reading.flavor == Flavor::myst && reading.site >= 0) {
        verdict.site = unless_made(from, in_sphinx(from, reference, parts, folder));
        return verdict;
    }
    if (reading.flavor == Flavor::jekyll) {
        verdict.site = unless_made(from, in_jekyll(from, reference, parts, folder));
        return verdict;
    }
    if (verdict.repository.state == Found::missing && in_static_folder(decoded)) {
        verdict.repository =
            unknown(decoded, "a file of a static folder, served from the root of the site");
        return verdict;
    }
    if (reading.flavor == Flavor::mkdocs && verdict.repository.state == Found::missing &&
        (reference.kind == ReferenceKind::html_link ||
         reference.kind == ReferenceKind::html_image)) {
        // MkDocs moves links of Markdown along with the page, and leaves HTML as it is written.
        verdict.repository = unknown(decoded, "raw HTML, resolved among the built files");
        return verdict;
    }
    if (reading.flavor == Flavor::mkdocs || doc_builder) {
        verdict.site = unless_made(from, in_other_site(from, parts, folder));
        return verdict;
    }
    if (verdict.repository.state != Found::missing)
        return verdict;
    const std::string path = verdict.repository.path;
    // From the root of the repository, or of a server that we do not know? Of the repository, if
    // the first folder is one of its own.
    if (decoded.starts_with('/') && !tree().is_folder(path.substr(0, path.find('/')))) {
        verdict.repository = unknown(path, "an address from the root of a server");
        return verdict;
    }
    // A file that a page of a site includes with :relative-docs: is written for that place.
    for (const FileId includer : included_by_[from]) {
        if (settings(includer).site < 0 || !includes_relative_docs(includer))
            continue;
        Reference from_root = reference;
        if (!from_root.target.starts_with('/'))
            from_root.target.insert(0, 1, '/');
        for (const Reference& candidate : {reference, from_root}) {
            const Resolution there = in_sphinx(includer, candidate, split_target(candidate.target),
                                               dirname(tree().file(includer).path));
            if (there.state != Found::missing) {
                verdict.repository = unknown(path, "read as a part of another page");
                return verdict;
            }
        }
    }
    if (foreign) {
        // Docusaurus and the like resolve links to files by file, the rest by route.
        // A page that begins with no dot may be named from the root of the pages (Docusaurus).
        const bool page = path.ends_with(".md") || path.ends_with(".mdx");
        const bool from_root = decoded.starts_with('/') || (page && !decoded.starts_with('.'));
        // Books that are published side by side link to each other by leaving their own pages.
        const bool leaves = leaves_book(own_path, path);
        if (from_root || leaves || !has_suffix(path) || path.ends_with(".html")) {
            verdict.site = unknown(path, kRouted);
        } else {
            verdict.site = unless_made(from, verdict.repository);
        }
        return verdict;
    }
    if (is_rust_item(from, decoded)) {
        verdict.repository = unknown(path, kRustdoc);
        return verdict;
    }
    if (facts(from).doxygen && has_doxygen() &&
        (path.ends_with(".html") || reference.kind == ReferenceKind::image || !has_suffix(path))) {
        verdict.repository = unknown(path, kDoxygen);
        return verdict;
    }
    // A page of a site whose parser for Markdown is not seen (an extension of its own).
    if (reading.site >= 0) {
        const Site& here = sites_[static_cast<std::size_t>(reading.site)];
        if (below_folder(path, here.spec->source_dir) &&
            may_be_generated(here, inside_folder(path, here.spec->source_dir))) {
            verdict.repository = unknown(path, kGenerated);
            return verdict;
        }
    }
    if (input_.is_ignored && !leaves_root(path) && input_.is_ignored(path) &&
        !input_.is_ignored(own_path)) {
        verdict.repository = unknown(path, kIgnored);
        return verdict;
    }
    // recommonmark takes the suffix off: `api.md` is the document `api`, whatever it is written in.
    if (reading.site >= 0 && path.ends_with(".md") &&
        tree().find(path.substr(0, path.size() - 3) + ".rst") != kNoFile) {
        verdict.repository = unknown(path, "a page of the site in another format");
        return verdict;
    }
    // Plain GitHub reading. A page that a site of an unknown kind may serve under another address
    // is told from one that is only read on GitHub by what the target would be with a suffix.
    if (!has_suffix(path)) {
        for (const std::string_view suffix : {".md", ".mdx", ".rst", "/index.md", "/README.md"}) {
            if (tree().find(path + std::string(suffix)) != kNoFile) {
                verdict.repository = unknown(path, kSuffixless);
                return verdict;
            }
        }
        // Written for a site that serves `a/b.md` as `a/b/`: one level more than in the tree.
        const std::string_view stem =
            std::string_view(own_path).substr(0, own_path.rfind(extension(own_path)));
        const std::string served = normalize_path(join_path(stem, decoded));
        if (decoded.starts_with("..") && (tree().find(served + ".md") != kNoFile ||
                                          tree().find(served + "/index.md") != kNoFile)) {
            verdict.repository = unknown(path, kSuffixless);
            return verdict;
        }
        if (decoded.starts_with('/'))
            verdict.repository = unknown(path, "an address from the root of a server");
    } else if (path.ends_with(".html")) {
        // A page of that name somewhere: who builds them decides where it comes to lie.
        const std::string stem(basename(path).substr(0, basename(path).size() - 5));
        if (!tree().with_name(stem + ".md").empty() || !tree().with_name(stem + ".rst").empty() ||
            (reading.site >= 0 && leaves_root(path)))
            verdict.repository = unknown(path, kBuilt);
    }
    return verdict;
}

void ProjectIndex::resolve_in_rst(FileId from, const Reference& reference, const TargetParts& parts,
                                  std::string_view folder, Verdict& verdict) const {
    const std::string decoded = percent_decode(parts.path);
    const bool on_site = settings(from).site >= 0;
    if (is_rst_part(from)) {
        verdict.repository = unknown(decoded, kPart);
        return;
    }
    const bool image =
        reference.kind == ReferenceKind::image || reference.kind == ReferenceKind::directive_image;
    if (on_site && (image || reference.kind == ReferenceKind::role)) {
        verdict.site = unless_made(from, in_sphinx(from, reference, parts, folder));
        return;
    }
    verdict.repository = in_repository(from, decoded, folder);
    if (verdict.repository.state != Found::missing)
        return;
    const std::string path = verdict.repository.path;
    if (on_site && path.ends_with(".html") && !decoded.starts_with('/')) {
        verdict.site = built_page(sites_[static_cast<std::size_t>(settings(from).site)], path);
        if (verdict.site.state == Found::missing)
            verdict.site = unless_made(from, std::move(verdict.site));
        verdict.repository = unknown(path, kBuilt);
        return;
    }
    if (decoded.starts_with('/')) {
        verdict.repository = unknown(path, "an address from the root of a server");
        return;
    }
    // Roles of Sphinx on a page of no Sphinx site: where that site lies, nobody sees here.
    if (!on_site && reference.kind == ReferenceKind::role) {
        verdict.repository = unknown(path, kBuiltElsewhere);
        return;
    }
    verdict.repository = unless_made(from, std::move(verdict.repository));
    // docutils leaves a URL as it is written: on a site it leads to what was built.
    const bool source = path.ends_with(".rst") || path.ends_with(".md") || path.ends_with(".py");
    const bool built = path.ends_with(".html") || path.ends_with(".htm");
    if ((built || (on_site && !source)) && verdict.repository.state == Found::missing)
        verdict.repository = unknown(path, kBuilt);
}

Resolution ProjectIndex::built_page(const Site& site, const std::string& path) const {
    const SphinxSite& spec = *site.spec;
    const std::string page = path.substr(0, path.rfind('.'));
    if (!below_folder(page, spec.source_dir))
        return unknown(path, kBuilt);
    const std::string_view name = inside_folder(page, spec.source_dir);
    if (const Page* built = find_page(site, name))
        return found(path, built->file);
    const std::string_view top = name.substr(0, name.find('/'));
    if (top.starts_with('_') || may_be_generated(site, name))
        return unknown(path, kBuilt);
    if (name.ends_with(".html") && find_page(site, name.substr(0, name.size() - 5)) != nullptr)
        return missing(path, "the suffix is written twice");
    // A page of that name somewhere else: it was moved. What programs make has names of its own.
    const std::string_view base = basename(name);
    const bool moved =
        base != "index" && std::any_of(site.pages.begin(), site.pages.end(),
                                       [&](const Page& at) { return basename(at.name) == base; });
    return moved ? missing(path) : unknown(path, kBuilt);
}

bool ProjectIndex::is_rst_part(FileId file) const {
    // Sphinx resolves the paths of an included file from the page that includes it.
    return facts(file).format == Format::rst &&
           (!included_by_[file].empty() || (settings(file).site >= 0 && !is_page(file)));
}

Resolution ProjectIndex::resolve_document(FileId from, std::string_view written, bool entry,
                                          bool glob) const {
    Resolution result;
    const int number = settings(from).site;
    // From the root of the sources it is the same one wherever a part is included.
    const bool absolute = written.starts_with('/');
    const Site* const site = number >= 0 ? &sites_[static_cast<std::size_t>(number)]
                             : absolute && is_rst_part(from) ? site_of(from)
                                                             : nullptr;
    if (site == nullptr)
        return result;
    if (is_template(from))
        return unknown(std::string(written), kTemplate);
    if (is_rst_part(from) && !absolute)
        return unknown(std::string(written), kPart);
    const Site& here = *site;
    const SphinxSite& spec = *here.spec;
    const std::string own = page_path(from);
    const std::string_view own_relative = below_folder(own, spec.source_dir)
                                              ? inside_folder(own, spec.source_dir)
                                              : std::string_view(own);
    // Sphinx joins from the root of the sources, and `..` stops there (docname_join).
    std::string name =
        normalize_path(written.starts_with('/')
                           ? std::string(written)
                           : "/" + std::string(dirname(own_relative)) + "/" + std::string(written));
    name.erase(0, name.find_first_not_of('/'));
    const std::string full = normalize_path(join_path(spec.source_dir, name));
    if (glob && written.find_first_of("*?[") != std::string_view::npos) {
        const SphinxGlob pattern(name);
        for (const Page& page : here.pages) {
            if (pattern.match(page.name))
                return found(full, page.file);
        }
        if (may_be_generated(here, name))
            return unknown(full, kGenerated);
        // A script beside conf.py makes the whole folder, or somebody removed it with its pages.
        const std::string_view fixed = std::string_view(full).substr(0, full.find_first_of("*?["));
        if (const std::string_view where = fixed.substr(0, fixed.rfind('/'));
            fixed.find('/') != std::string_view::npos && !tree().is_folder(where))
            return unknown(full, kGenerated);
        // Pages of such names are left out of git, because the build writes them.
        if (input_.is_ignored && !leaves_root(full)) {
            std::string sample;
            for (const char c : full)
                sample += c == '*' || c == '?' ? 'x' : c;
            if (input_.is_ignored(sample + ".rst") || input_.is_ignored(sample + ".md"))
                return unknown(full, kIgnored);
        }
        return missing(full, "the pattern matches no page");
    }
    if (const Page* page = find_page(here, name))
        return found(full, page->file);
    if (entry) {
        for (const std::string& suffix : spec.source_suffixes) {
            if (name.size() > suffix.size() && name.ends_with(suffix)) {
                if (const Page* page = find_page(
                        here, std::string_view(name).substr(0, name.size() - suffix.size()))) {
                    return found(full, page->file);
                }
            }
        }
    }
    if (may_be_generated(here, name) || (entry && is_lone_page(from, here)))
        return unknown(full, kGenerated);
    const bool notebooks = spec.nbsphinx_like;
    if (notebooks && tree().find(full + ".ipynb") != kNoFile)
        return unknown(full, "a notebook");
    for (const std::string& suffix : spec.source_suffixes) {
        const FileId file = tree().find(entry || !full.ends_with(suffix) ? full + suffix : full);
        if (file != kNoFile && !full.ends_with(suffix)) {
            Resolution dead = missing(full, "exclude_patterns leaves the page out");
            dead.file = file;
            return dead;
        }
        if (!entry && full.ends_with(suffix) && tree().find(full) != kNoFile) {
            Resolution dead = missing(full, "a document is named without its suffix");
            dead.file = tree().find(full);
            return dead;
        }
    }
    // A source that an extension reads: .Rmd, .ipynb, .py of jupytext.
    for (const std::string_view suffix : {".Rmd", ".ipynb", ".py", ".txt", ".mystnb", ".nblink"}) {
        if (entry && tree().find(full + std::string(suffix)) != kNoFile)
            return unknown(full, "a source that an extension may read");
    }
    if (tree().is_opaque(full))
        return unknown(full, kOpaque);
    if (input_.on_disk) {
        for (const std::string& suffix : spec.source_suffixes) {
            if (input_.on_disk(full + suffix))
                return unknown(full, kIgnored);
        }
    }
    return unless_made(from, missing(full));
}

std::vector<FileId> ProjectIndex::pages_with(FileId part) const {
    // Breadth first, each once: includes may go round in a circle.
    constexpr std::size_t kMost = 64;
    std::vector<FileId> out(included_by_[part].begin(), included_by_[part].end());
    for (std::size_t i = 0; i < out.size() && out.size() < kMost; ++i) {
        for (const FileId above : included_by_[out[i]]) {
            if (above != part && std::find(out.begin(), out.end(), above) == out.end())
                out.push_back(above);
        }
    }
    return out;
}

Resolution ProjectIndex::resolve_include(FileId from, const Reference& reference) const {
    const std::string own = page_path(from);
    const SphinxSite* spec = site(from);
    const std::string& target = reference.target;
    if (target.empty())
        return missing("", "it names no file");
    // A file of docutils: characters and aliases that the parser knows, and no labels.
    if (target.starts_with('<'))
        return found(target, kNoFile);
    if (target.starts_with('/') && spec == nullptr)
        return unknown(target, "a path from the root of the file system");
    const std::string path = included_path(spec, own, target);
    if (reference.kind == ReferenceKind::include &&
        reference.name.starts_with("include_relative")) {
        return lookup(path);
    }
    Resolution result = lookup(path);
    // Sphinx resolves it from the page that has the part.
    if (result.state == Found::missing && !target.starts_with('/')) {
        for (const FileId page : pages_with(from)) {
            Resolution there = lookup(included_path(site(page), page_path(page), target));
            if (there.state == Found::found && !there.folder)
                return there;
        }
    }
    if (result.state == Found::missing && (is_rst_part(from) || is_template(from)))
        return unknown(path, kPart);
    if (result.state == Found::found && result.folder)
        return missing(path, "it is a folder");
    // A page of rST that lies in no site and includes from a folder that is not there: the build
    // that puts the folder there is somewhere else.
    if (result.state == Found::missing && spec == nullptr && facts(from).format == Format::rst &&
        !tree().is_folder(dirname(path)))
        return unknown(path, kBuiltElsewhere);
    return unless_made(from, std::move(result));
}

std::string ProjectIndex::redirect_of(FileId from, std::string_view target) const {
    const int number = settings(from).site;
    if (number < 0)
        return {};
    const SphinxSite& spec = *sites_[static_cast<std::size_t>(number)].spec;
    if (spec.redirects.empty())
        return {};
    const TargetParts parts = split_target(target);
    if (!parts.scheme.empty() || parts.network || parts.path.empty())
        return {};
    const std::string& own = tree().file(from).path;
    if (!below_folder(own, spec.source_dir))
        return {};
    std::string path = percent_decode(parts.path);
    std::string name =
        path.starts_with('/')
            ? normalize_path(path.substr(1))
            : normalize_path(join_path(dirname(inside_folder(own, spec.source_dir)), path));
    for (const std::string_view suffix : {".html", ".md", ".rst"}) {
        if (name.ends_with(suffix)) {
            name.resize(name.size() - suffix.size());
            break;
        }
    }
    const auto at = spec.redirects.find(name);
    return at == spec.redirects.end() ? std::string() : at->second;
}

}  // namespace docathon

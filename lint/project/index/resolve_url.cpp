// Absolute URLs that lead back into the project: blob and tree addresses of the own repository,
// and pages of the own site.

#include <algorithm>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/index/folders.h"
#include "lint/project/index/project_index.h"

namespace docathon {

namespace {

std::string_view next_component(std::string_view& path) {
    while (path.starts_with('/'))
        path.remove_prefix(1);
    const std::size_t slash = path.find('/');
    const std::string_view head = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    return head;
}

/// Line numbers of #L10, #L10-L20, #L10-20, #L10C3-L12C1; false if it is none.
bool read_lines(std::string_view fragment, std::uint32_t& last) {
    if (fragment.size() < 2 || fragment[0] != 'L')
        return false;
    std::uint32_t current = 0;
    bool any = false;
    last = 0;
    std::size_t i = 1;
    while (i < fragment.size()) {
        current = 0;
        any = false;
        while (i < fragment.size() && fragment[i] >= '0' && fragment[i] <= '9' &&
               current < 100000000) {
            current = current * 10 + static_cast<std::uint32_t>(fragment[i] - '0');
            any = true;
            ++i;
        }
        if (!any)
            return false;
        last = std::max(last, current);
        if (i < fragment.size() && fragment[i] == 'C') {
            ++i;
            while (i < fragment.size() && fragment[i] >= '0' && fragment[i] <= '9')
                ++i;
        }
        if (i == fragment.size())
            return true;
        if (fragment[i] != '-')
            return false;
        ++i;
        if (i < fragment.size() && fragment[i] == 'L')
            ++i;
    }
    return false;
}

/// The address behind a host that moved and still redirects, or "": PyTorch's documentation was at
/// pytorch.org/docs, /tutorials, /executorch ... before it got a host of its own.
std::string on_moved_host(std::string_view path) {
    for (const std::string_view old : {"pytorch.org/", "www.pytorch.org/"}) {
        if (path.starts_with(old))
            return "docs.pytorch.org/" + std::string(path.substr(old.size()));
    }
    return {};
}

/// The address on github.com of a file that another service opens from there: Colab, nbviewer,
/// SageMaker Studio Lab and Binder take owner, name and branch out of their own addresses. Else "".
std::string on_github(const TargetParts& parts) {
    std::string_view rest = parts.path;
    const std::string_view host = next_component(rest);
    if (host == "githubtocolab.com")
        return "https://github.com/" + std::string(rest);
    if (host == "studiolab.sagemaker.aws" && next_component(rest) != "import")
        return {};
    if (host == "mybinder.org") {
        if (next_component(rest) != "v2" || next_component(rest) != "gh")
            return {};
        const std::string_view owner = next_component(rest);
        const std::string_view name = next_component(rest);
        const std::string_view branch = next_component(rest);
        for (const std::string_view field : split(parts.query, '&')) {
            for (const std::string_view key : {"filepath=", "labpath="}) {
                if (field.starts_with(key) && !branch.empty())
                    return "https://github.com/" + std::string(owner) + "/" + std::string(name) +
                           "/blob/" + std::string(branch) + "/" +
                           percent_decode(field.substr(key.size()));
            }
        }
        return {};
    }
    if (host != "colab.research.google.com" && host != "studiolab.sagemaker.aws" &&
        host != "nbviewer.org" && host != "nbviewer.jupyter.org" && host != "nbviewer.ipython.org")
        return {};
    return next_component(rest) == "github" ? "https://github.com/" + std::string(rest)
                                            : std::string();
}

bool equal_fold(std::string_view a, std::string_view b) {
    return ascii_lower(a) == ascii_lower(b);
}

}  // namespace

Resolution ProjectIndex::resolve_repository_url(std::string_view url) const {
    Resolution result;
    const RepositoryInfo& own = repository_;
    if (own.owner.empty() || own.name.empty())
        return result;
    TargetParts parts = split_target(url);
    if (parts.scheme != "https" && parts.scheme != "http")
        return result;
    const std::string opened = on_github(parts);
    if (!opened.empty())
        parts = split_target(opened);
    std::string_view rest = parts.path;
    const std::string_view host = next_component(rest);
    const bool raw_host = host == "raw.githubusercontent.com";
    if (!raw_host && host != "github.com" && host != "www.github.com")
        return result;
    // A fork, or a repository that moved: the same files under another owner's name.
    const std::string_view owner = next_component(rest);
    const bool is_own =
        equal_fold(owner, own.owner) ||
        std::any_of(own.aliases.begin(), own.aliases.end(),
                    [&](const std::string& alias) { return equal_fold(owner, alias); });
    if (!is_own || !equal_fold(next_component(rest), own.name))
        return result;
    std::string_view verb = "raw";
    if (!raw_host) {
        verb = next_component(rest);
        if (verb != "blob" && verb != "tree" && verb != "raw" && verb != "edit" && verb != "blame")
            return result;
    }
    if (raw_host && rest.starts_with("refs/heads/"))
        rest.remove_prefix(11);
    std::string_view branch = next_component(rest);
    const bool is_default =
        branch == "HEAD" || (own.default_branch.empty() ? branch == "main" || branch == "master"
                                                        : branch == own.default_branch);
    result.state = Found::unknown;
    result.path = std::string(rest);
    result.why = "another branch, tag or commit of the repository";
    if (!is_default)
        return result;
    if (is_placeholder(rest)) {
        result.why = "a placeholder";
        return result;
    }
    const std::string path = normalize_path(percent_decode(rest));
    result = lookup(path);
    if (result.state == Found::missing && is_source_release()) {
        result.state = Found::unknown;
        result.why = kLeftOut;
    }
    if (result.state != Found::found)
        return result;
    std::uint32_t last = 0;
    if (!result.folder && result.file != kNoFile && read_lines(parts.fragment, last)) {
        const std::optional<std::uint32_t> lines = line_count(result.file);
        if (lines && last > *lines) {
            result.state = Found::missing;
            result.why = "it has " + std::to_string(*lines) + (*lines == 1 ? " line" : " lines");
        }
    }
    return result;
}

Resolution ProjectIndex::resolve_own_url(std::string_view url) const {
    Resolution result;
    const TargetParts parts = split_target(url);
    if (parts.scheme != "https" && parts.scheme != "http")
        return result;
    for (const OwnSite& own : own_sites_) {
        std::string_view path = parts.path;
        while (path.starts_with('/'))
            path.remove_prefix(1);
        // own.url is host/path/ without the scheme; own.versions may stand behind it.
        std::string_view base = own.url;
        const std::string moved = on_moved_host(path);
        const std::string moved_base = on_moved_host(base);
        if (!moved.empty() && !path.starts_with(base))
            path = moved;
        if (!moved_base.empty() && !path.starts_with(base))
            base = moved_base;
        if (!path.starts_with(base)) {
            // The base without its last slash is the front page.
            if (base.ends_with('/') && path == base.substr(0, base.size() - 1))
                path = base;
            else
                continue;
        }
        path.remove_prefix(base.size());
        if (!own.versions.empty()) {
            const std::size_t slash = path.find('/');
            const std::string_view version = path.substr(0, slash);
            const bool known =
                std::find(own.versions.begin(), own.versions.end(), version) != own.versions.end();
            if (known) {
                path =
                    slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
            } else if (!own.bare) {
                result.state = Found::unknown;
                result.why = "another version of the site";
                return result;
            }
        }
        const std::string page = percent_decode(path);
        result.path = page;
        if (page.empty() || page == "index.html") {
            result.state = Found::unknown;
            result.why = "the front page";
            return result;
        }
        if (page.starts_with('_')) {
            result.state = Found::unknown;
            result.why = "a static file of the site";
            return result;
        }
        std::string name = page;
        if (name.ends_with('/'))
            name.pop_back();
        if (name.ends_with(".html"))
            name.resize(name.size() - 5);
        FileId file = kNoFile;
        bool generated = false;
        if (own.sphinx >= 0) {
            const Site& site = sites_[static_cast<std::size_t>(own.sphinx)];
            const Page* found = find_page(site, name);
            if (found == nullptr)
                found = find_page(site, name + "/index");
            if (found != nullptr) {
                file = found->file;
                generated = found->generated;
            } else if (site.spec->redirects.contains(name)) {
                result.state = Found::unknown;
                result.why = "a redirect of the site";
                return result;
            } else if (!dirname(name).empty() &&
                       !tree().is_folder(join_path(site.spec->source_dir, dirname(name))) &&
                       std::none_of(site.pages.begin(), site.pages.end(), [&](const Page& one) {
                           return basename(one.name) == basename(name) && basename(name) != "index";
                       })) {
                // Whoever publishes the site may put the pages of another program there.
                result.state = Found::unknown;
                result.why = "a page in a folder that the sources lack";
                return result;
            } else if (!site.spec->redirects_known || may_be_generated(site, name) ||
                       !page.ends_with(".html")) {
                result.state = Found::unknown;
                result.why = "a page that may be generated";
                return result;
            }
        } else {
            for (const std::string_view suffix :
                 {".md", "/index.md", "/README.md", ".markdown", ".ipynb", "/index.ipynb"}) {
                file =
                    tree().find(normalize_path(join_path(own.source, name + std::string(suffix))));
                if (file != kNoFile)
                    break;
            }
            if (file == kNoFile &&
                tree().find(normalize_path(join_path(own.source, page))) != kNoFile) {
                file = tree().find(normalize_path(join_path(own.source, page)));
            }
        }
        if (file == kNoFile) {
            // A notebook from beside the sources, which the build copies into them.
            const std::string notebook = name + ".ipynb";
            for (const FileId copy : tree().with_name(basename(notebook))) {
                const std::string& there = tree().file(copy).path;
                if (there == notebook || there.ends_with("/" + notebook)) {
                    result.state = Found::unknown;
                    result.why = "a notebook that the build may copy";
                    return result;
                }
            }
            Resolution page_of_site;
            page_of_site.state = Found::missing;
            page_of_site.path = normalize_path(join_path(own.source, name));
            const FileId conf =
                own.sphinx < 0
                    ? kNoFile
                    : tree().find(
                          detected().sphinx[static_cast<std::size_t>(own.sphinx)].conf_path);
            if (conf != kNoFile)
                page_of_site = unless_made(conf, std::move(page_of_site));
            result.state = page_of_site.state;
            result.why = page_of_site.why;
            return result;
        }
        result.state = Found::found;
        result.file = file;
        if (parts.has_fragment && !parts.fragment.empty() && !generated &&
            facts(file).format == Format::markdown) {
            bool open = false;
            const std::string fragment = percent_decode(parts.fragment);
            if (site_anchor(file, fragment, open) == SiteAnchor::none && !open &&
                !std::binary_search(anchors_[file].github.begin(), anchors_[file].github.end(),
                                    fragment)) {
                result.state = Found::missing;
                result.why = "the page has no anchor '" + fragment + "'";
            }
        }
        return result;
    }
    return result;
}

}  // namespace docathon

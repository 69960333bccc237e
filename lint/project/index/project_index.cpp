// Building the index: pages of sites, anchors by renderer, labels, who includes whom.

#include "lint/project/index/project_index.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "lint/core/path.h"
#include "lint/core/slug.h"
#include "lint/core/strings.h"
#include "lint/parse/notebook.h"
#include "lint/project/api/api_index.h"
#include "lint/project/api/own_names.h"
#include "lint/project/api/own_scripts.h"
#include "lint/project/detect/page_excludes.h"
#include "lint/project/index/folders.h"
#include "lint/project/sphinx/docs_registry.h"

namespace docathon {

namespace {

/// Suffix of `path` among the site's source suffixes, or "".
std::string_view page_suffix(const SphinxSite& site, std::string_view path) {
    for (const std::string& suffix : site.source_suffixes) {
        if (path.size() > suffix.size() && path.ends_with(suffix))
            return suffix;
    }
    return {};
}

/// Python-Markdown's toc extension (slugify with '-'): what is not ASCII is dropped.
std::string python_markdown_id(std::string_view text) {
    std::string id;
    for (const char c : text) {
        if (is_ascii_alnum(c) || c == '_') {
            id += ascii_lower(c);
        } else if ((is_ascii_space(c) || c == '-') && !id.empty() && id.back() != '-') {
            id += '-';
        }
    }
    while (id.ends_with('-'))
        id.pop_back();
    return id;
}

bool is_mostly_ascii(std::string_view text) {
    const auto high =
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
    return static_cast<std::size_t>(high) * 2 <= text.size();
}

void sort_unique(std::vector<std::string>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

void ProjectIndex::build() {
    const std::size_t count = tree().files().size();
    is_page_.resize(count);
    in_toctree_.resize(count);
    anchors_.resize(count);
    includes_.resize(count);
    included_by_.resize(count);
    snippet_of_.resize(count);
    build_snippets();
    build_sites();
    infer_repository();
    infer_sites();
    build_includes();
    build_labels();
    build_anchors();
    build_toctrees();
}

std::optional<std::string> ProjectIndex::text(FileId file) const {
    if (input_.bytes && input_.facts[file].format != Format::other)
        return std::string(input_.bytes(file));
    return input_.read ? input_.read(file) : std::nullopt;
}

std::optional<std::uint32_t> ProjectIndex::line_count(FileId file) const {
    return input_.line_count ? input_.line_count(file) : std::nullopt;
}

std::vector<PageName> ProjectIndex::pages(std::size_t site) const {
    std::vector<PageName> out;
    for (const Page& page : sites_[site].pages)
        out.push_back({page.name, page.file});
    return out;
}

const SphinxSite* ProjectIndex::site(FileId file) const {
    const int site = settings(file).site;
    return site < 0 ? nullptr : sites_[static_cast<std::size_t>(site)].spec;
}

bool is_template_path(std::string_view path) {
    // Put around other text, or shown on PyPI, where relative links lead nowhere or are rewritten.
    static constexpr std::array<std::string_view, 5> kParts = {
        "header.md", "footer.md", "pypi_readme.md", "readme_pypi.md", "readme-pypi.md"};
    const std::string file = ascii_lower(basename(path));
    if (std::find(kParts.begin(), kParts.end(), file) != kParts.end())
        return true;
    // The text of a new issue or pull request: read below the address of that page.
    if (file.starts_with("pull_request_template.") || file.starts_with("issue_template."))
        return true;
    // A page to be copied: ep-template.rst.
    const std::string_view stem = std::string_view(file).substr(0, file.rfind('.'));
    if (stem.ends_with("-template") || stem.ends_with("_template"))
        return true;
    std::string_view folder = dirname(path);
    while (!folder.empty()) {
        const std::string name = ascii_lower(basename(folder));
        static constexpr std::array<std::string_view, 12> kFolders = {
            "template",     "templates", "_templates", "issue_template", "pull_request_template",
            "cookiecutter", "snippets",  "_snippets",  "partials",       "_partials",
            "includes",     "_includes"};
        if (std::find(kFolders.begin(), kFolders.end(), name) != kFolders.end())
            return true;
        folder = dirname(folder);
    }
    return false;
}

bool ProjectIndex::is_template(FileId file) const {
    return is_template_path(tree().file(file).path);
}

bool ProjectIndex::is_page(FileId file) const {
    return is_page_[file] != 0;
}

void ProjectIndex::build_sites() {
    const auto files = tree().files();
    for (const SphinxSite& spec : detected().sphinx) {
        Site& site = sites_.emplace_back();
        site.spec = &spec;
        const PageExcludes excluded(spec);
        for (FileId id = 0; id < files.size(); ++id) {
            const std::string& path = files[id].path;
            if (below_folder(path, spec.source_dir)) {
                const std::string_view relative = inside_folder(path, spec.source_dir);
                const std::string_view suffix = page_suffix(spec, path);
                if (!suffix.empty() && !excluded.match(relative)) {
                    is_page_[id] = 1;
                    site.pages.push_back(
                        {std::string(relative.substr(0, relative.size() - suffix.size())), id,
                         false});
                }
            }
            // sphinx-gallery makes a page of every script below examples_dirs, and an index of
            // every README; conf.py files are known to copy plain pages there as well.
            for (const auto& [examples, gallery] : spec.galleries) {
                if (!below_folder(path, examples) ||
                    !(gallery == spec.source_dir || below_folder(gallery, spec.source_dir))) {
                    continue;
                }
                const std::string_view inside = inside_folder(path, examples);
                std::string name(inside_folder(gallery, spec.source_dir));
                if (gallery == spec.source_dir)
                    name.clear();
                if (!name.empty())
                    name += '/';
                const std::string_view base = basename(path);
                if (base.starts_with("README.") || base.starts_with("GALLERY_HEADER.")) {
                    const std::string_view folder = dirname(inside);
                    name += folder;
                    if (!folder.empty())
                        name += '/';
                    name += "index";
                } else if (path.ends_with(".py") || !page_suffix(spec, path).empty()) {
                    name += inside.substr(0, inside.rfind('.'));
                } else {
                    continue;
                }
                if (settings(id).gallery)
                    is_page_[id] = 1;
                site.pages.push_back({std::move(name), id, true});
            }
        }
        std::stable_sort(site.pages.begin(), site.pages.end(),
                         [](const Page& a, const Page& b) { return a.name < b.name; });
    }
}

std::string ProjectIndex::page_path(FileId file) const {
    const std::string& own = tree().file(file).path;
    if (!settings(file).gallery)
        return own;
    const SphinxSite& spec = *site(file);
    for (const auto& [examples, gallery] : spec.galleries) {
        if (below_folder(own, examples))
            return join_path(gallery, inside_folder(own, examples));
    }
    return own;
}

void ProjectIndex::build_snippets() {
    for (FileId id = 0; id < tree().files().size(); ++id) {
        for (const std::string& name : facts(id).snippets) {
            const std::string_view page = tree().file(id).path;
            // pymdownx.snippets searches from where MkDocs runs, include-markdown from the page.
            FileId part = tree().find(normalize_path(join_path(dirname(page), name)));
            for (const MkdocsSite& site : detected().mkdocs) {
                if (!below_folder(page, site.docs_dir))
                    continue;
                for (const std::string& base : {site.root, site.docs_dir}) {
                    if (part == kNoFile)
                        part = tree().find(normalize_path(join_path(base, name)));
                }
            }
            if (part != kNoFile && part != id)
                snippet_of_[part].push_back(id);
        }
    }
}

void ProjectIndex::build_includes() {
    std::vector<std::pair<FileId, const Reference*>> open;
    std::set<std::pair<FileId, FileId>> seen;
    const auto enter = [&](FileId id, const Reference& reference) {
        const Resolution target = resolve_include(id, reference);
        if (target.state != Found::found)
            return false;
        if (target.file != kNoFile && (reference.flags & reference_flag::kTemplated) == 0 &&
            seen.emplace(id, target.file).second) {
            includes_[id].files.push_back(target.file);
            included_by_[target.file].push_back(id);
        }
        return true;
    };
    for (FileId id = 0; id < tree().files().size(); ++id) {
        for (const Reference& reference : facts(id).references) {
            if (reference.kind == ReferenceKind::include &&
                (reference.flags & reference_flag::kLiteral) == 0 && !enter(id, reference))
                open.emplace_back(id, &reference);
        }
    }
    // What parts include is found once it is known which pages have them.
    constexpr int kMostRounds = 8;
    std::size_t before = open.size() + 1;
    for (int round = 0; round < kMostRounds && open.size() < before; ++round) {
        before = open.size();
        std::erase_if(open, [&](const auto& one) { return enter(one.first, *one.second); });
    }
    for (const auto& [id, reference] : open) {
        if ((reference->flags & reference_flag::kTemplated) != 0 ||
            resolve_include(id, *reference).state == Found::unknown)
            includes_[id].unknown = true;
    }
}

std::vector<FileId> ProjectIndex::parts_of(FileId page, bool& known) const {
    constexpr std::size_t kMost = 64;
    std::vector<FileId> out = includes_[page].files;
    known = !includes_[page].unknown;
    for (std::size_t i = 0; i < out.size(); ++i) {
        known = known && facts(out[i]).format != Format::other &&
                facts(out[i]).format != Format::notebook && !includes_[out[i]].unknown &&
                out.size() <= kMost;
        if (!known)
            return out;
        for (const FileId file : includes_[out[i]].files) {
            if (file != page && std::find(out.begin(), out.end(), file) == out.end())
                out.push_back(file);
        }
    }
    return out;
}

void ProjectIndex::build_labels() {
    for (std::size_t index = 0; index < sites_.size(); ++index) {
        Site& site = sites_[index];
        for (FileId id = 0; id < tree().files().size(); ++id) {
            if (!below_folder(tree().file(id).path, site.spec->source_dir))
                continue;
            for (const Anchor& anchor : facts(id).anchors) {
                if (anchor.kind == AnchorKind::target || anchor.kind == AnchorKind::directive ||
                    anchor.kind == AnchorKind::attribute) {
                    site.labels.emplace_back(ascii_lower(anchor.id), id);
                }
            }
        }
        std::sort(site.labels.begin(), site.labels.end());
    }
    for (Site& site : sites_)
        build_names(site);
}

void ProjectIndex::build_anchors() {
    // Which of the ids a heading of a notebook has, its reader decides: JupyterLab, nbconvert and
    // nbsphinx put hyphens for spaces, VS Code, GitHub and myst-nb make slugs.
    const auto of_notebook = [](const FileFacts& file, Anchors& anchors) {
        anchors.open = file.open_anchors;
        for (const Heading& heading : file.headings) {
            std::string id = heading.text;
            std::replace(id.begin(), id.end(), ' ', '-');
            anchors.automatic.push_back(folded_anchor(id));
            anchors.github.push_back(std::move(id));
            anchors.site.push_back(heading.github_slug);
            anchors.site.push_back(myst_slug(heading.text));
            anchors.site.push_back(heading.docutils_id);
            if (!heading.explicit_id.empty())
                anchors.github.push_back(heading.explicit_id);
            // A translation keeps the ids of the original, which the page that it was made of has
            // beside its titles.
            if (!is_mostly_ascii(heading.text))
                anchors.open = true;
        }
        for (const Anchor& anchor : file.anchors) {
            anchors.github.push_back(anchor.id);
            anchors.site.push_back(docutils_id(anchor.id));
            anchors.automatic.push_back(folded_anchor(anchor.id));
        }
        sort_unique(anchors.github);
        sort_unique(anchors.site);
        sort_unique(anchors.automatic);
    };
    for (FileId id = 0; id < tree().files().size(); ++id) {
        const FileFacts& file = facts(id);
        Anchors& anchors = anchors_[id];
        if (is_rst(id)) {
            // docutils' ids, here as on github.com.
            anchors.open = file.open_anchors;
            for (const Anchor& anchor : file.anchors) {
                if (anchor.kind == AnchorKind::section_id)
                    anchors.site.push_back(anchor.id);
            }
            sort_unique(anchors.site);
            anchors.github = anchors.site;
            continue;
        }
        if (file.format == Format::notebook) {
            of_notebook(file, anchors);
            continue;
        }
        if (file.format != Format::markdown) {
            anchors.open = true;  // no front end for this format says what anchors it has
            continue;
        }
        anchors.open = file.open_anchors;
        const Settings& reading = settings(id);
        SlugCounter myst_slugs;
        for (const Heading& heading : file.headings) {
            anchors.github.push_back(heading.github_slug);
            if (!heading.explicit_id.empty())
                anchors.site.push_back(heading.explicit_id);
            switch (reading.flavor) {
                case Flavor::myst:
                    // MyST counts repeats among the headings down to the configured depth only.
                    if (heading.level <= reading.myst_heading_anchors) {
                        anchors.site.push_back(myst_slugs.next(myst_slug(heading.text)));
                    }
                    anchors.automatic.push_back(heading.docutils_id);
                    break;
                case Flavor::jekyll:
                    anchors.site.push_back(heading.kramdown_id);
                    break;
                case Flavor::mkdocs:
                    anchors.automatic.push_back(python_markdown_id(heading.text));
                    break;
                case Flavor::gfm:
                case Flavor::commonmark:
                    if (reading.site >= 0)
                        anchors.automatic.push_back(heading.docutils_id);
                    break;
            }
        }
        for (const Anchor& anchor : file.anchors) {
            if (anchor.kind == AnchorKind::html_id || anchor.kind == AnchorKind::html_name) {
                anchors.github.push_back(anchor.id);
                anchors.automatic.push_back(anchor.id);
            } else if (anchor.kind != AnchorKind::footnote) {
                anchors.site.push_back(anchor.id);
                anchors.site.push_back(ascii_lower(anchor.id));
                anchors.site.push_back(docutils_id(anchor.id));
            }
        }
        const SphinxSite* sphinx = site(id);
        if (sphinx != nullptr && sphinx->myst_heading_slug_custom)
            anchors.open = true;
        sort_unique(anchors.github);
        sort_unique(anchors.site);
        sort_unique(anchors.automatic);
    }
}

const ProjectIndex::Page* ProjectIndex::find_page(const Site& site, std::string_view name) const {
    const auto at = std::lower_bound(
        site.pages.begin(), site.pages.end(), name,
        [](const Page& page, std::string_view wanted) { return page.name < wanted; });
    return at != site.pages.end() && at->name == name ? &*at : nullptr;
}

FileId ProjectIndex::find_label(const Site& site, std::string_view label) {
    const std::string lower = ascii_lower(label);
    const auto at = std::lower_bound(
        site.labels.begin(), site.labels.end(), lower,
        [](const auto& entry, const std::string& wanted) { return entry.first < wanted; });
    return at != site.labels.end() && at->first == lower ? at->second : kNoFile;
}

std::string Verdict::where() const {
    const bool on_site = site.state == Found::missing;
    const bool in_repository = repository.state == Found::missing;
    if (on_site && in_repository)
        return "both";
    if (on_site)
        return "site";
    return in_repository ? "repository" : "";
}

bool Verdict::unknown() const {
    return site.state == Found::unknown ||
           (site.state == Found::not_applicable && repository.state == Found::unknown);
}

FileId Verdict::file() const {
    if (site.state == Found::found && site.file != kNoFile)
        return site.file;
    return repository.state == Found::found ? repository.file : kNoFile;
}

}  // namespace docathon

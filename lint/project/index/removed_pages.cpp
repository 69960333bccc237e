#include "lint/project/index/removed_pages.h"

#include <algorithm>

#include "lint/core/glob.h"
#include "lint/core/path.h"

namespace docathon {

namespace {

/// A key of `redirects` as a document name: sphinx_reredirects names documents, with `*` for any
/// text, rediraffe files with their suffix.
std::string document_of(std::string_view key) {
    while (key.starts_with('/') || key.starts_with("./"))
        key.remove_prefix(key.find('/') + 1);
    for (const std::string_view suffix : {".html", ".md", ".rst", ".ipynb", ".txt"}) {
        if (key.size() > suffix.size() && key.ends_with(suffix)) {
            key.remove_suffix(suffix.size());
            break;
        }
    }
    return std::string(key.ends_with('/') ? std::string(key) + "index" : std::string(key));
}

class Redirects {
  public:
    explicit Redirects(const SphinxSite& site) {
        for (const auto& [from, to] : site.redirects) {
            std::string name = document_of(from);
            if (name.find('*') != std::string::npos)
                patterns_.emplace_back(name);
            else
                names_.push_back(std::move(name));
        }
        std::sort(names_.begin(), names_.end());
    }
    [[nodiscard]] bool have(const std::string& name) const {
        return std::binary_search(names_.begin(), names_.end(), name) ||
               std::any_of(patterns_.begin(), patterns_.end(),
                           [&](const SphinxGlob& pattern) { return pattern.match(name); });
    }

  private:
    std::vector<std::string> names_;
    std::vector<SphinxGlob> patterns_;
};

/// Does html_extra_path bring a file to the address of the page?
bool has_extra(const SphinxSite& site, const FileTree& tree, const std::string& name) {
    for (const std::string& folder : site.html_extra_paths) {
        const std::string there = normalize_path(join_path(site.source_dir, folder));
        if (tree.find(join_path(there, name + ".html")) != kNoFile)
            return true;
    }
    return false;
}

}  // namespace

std::vector<RemovedPage> removed_pages(const ProjectIndex& before, const ProjectIndex& after) {
    std::vector<RemovedPage> out;
    const auto& old_sites = before.detected().sphinx;
    const auto& new_sites = after.detected().sphinx;
    for (std::size_t old_site = 0; old_site < old_sites.size(); ++old_site) {
        const auto same =
            std::find_if(new_sites.begin(), new_sites.end(), [&](const SphinxSite& site) {
                return site.source_dir == old_sites[old_site].source_dir;
            });
        if (same == new_sites.end() || !same->redirects_known || !same->excludes_known ||
            !same->suffixes_known)
            continue;
        const auto new_site = static_cast<std::size_t>(same - new_sites.begin());
        const Redirects redirects(*same);
        const std::vector<PageName> old_pages = before.pages(old_site);
        const std::vector<PageName> new_pages = after.pages(new_site);
        const auto has = [](const std::vector<PageName>& pages, std::string_view name) {
            const auto at = std::lower_bound(
                pages.begin(), pages.end(), name,
                [](const PageName& page, std::string_view wanted) { return page.name < wanted; });
            return at != pages.end() && at->name == name;
        };
        std::vector<std::pair<std::string_view, std::string_view>> added;  // last name, name
        for (const PageName& page : new_pages) {
            if (!has(old_pages, page.name))
                added.emplace_back(basename(page.name), page.name);
        }
        std::sort(added.begin(), added.end());
        for (const PageName& page : old_pages) {
            const std::string name(page.name);
            if (has(new_pages, name) || redirects.have(name) ||
                has_extra(*same, after.tree(), name))
                continue;
            if (!out.empty() && out.back().name == name &&
                out.back().source_dir == same->source_dir)
                continue;
            RemovedPage removed;
            removed.file = page.file;
            removed.source_dir = same->source_dir;
            removed.name = name;
            const std::string_view last = basename(page.name);
            const auto moved = std::lower_bound(added.begin(), added.end(),
                                                std::make_pair(last, std::string_view()));
            const bool one = moved != added.end() && moved->first == last &&
                             (moved + 1 == added.end() || (moved + 1)->first != last);
            if (one && last != "index")
                removed.moved_to = moved->second;
            out.push_back(std::move(removed));
        }
    }
    std::sort(out.begin(), out.end(), [](const RemovedPage& a, const RemovedPage& b) {
        return a.source_dir != b.source_dir ? a.source_dir < b.source_dir : a.name < b.name;
    });
    return out;
}

}  // namespace docathon

// Which pages the toctrees of a Sphinx site have.
//
// Source: Sphinx 8.2, directives/other.TocTree.parse_content() and
// environment.BuildEnvironment.check_consistency().

#include <algorithm>

#include "lint/core/glob.h"
#include "lint/core/path.h"
#include "lint/project/index/folders.h"
#include "lint/project/index/project_index.h"

namespace docathon {

namespace {

/// Pages that all patterns of a site together are compared with; beyond, its toctrees are unknown.
constexpr std::size_t kMostMatches = 20'000'000;

}  // namespace

void ProjectIndex::build_toctrees() {
    std::vector<std::vector<FileId>> entries(tree().files().size());
    for (Site& site : sites_) {
        const SphinxSite& spec = *site.spec;
        // These take the navigation from a file (_toc.yml), or make toctrees of their own.
        for (const std::string_view other : {"sphinx_external_toc", "jupyter_book", "ablog"}) {
            if (std::find(spec.extensions.begin(), spec.extensions.end(), other) !=
                spec.extensions.end())
                site.open_toctrees = true;
        }
        std::size_t matches = 0;
        const auto enter = [&](FileId from, const Reference& entry) {
            if (!is_page(from))
                return;
            const bool glob = (entry.flags & reference_flag::kGlob) != 0;
            if (!glob || entry.target.find_first_of("*?[") == std::string::npos) {
                const Resolution page = resolve_document(from, entry.target, true, false);
                if (page.state == Found::found && page.file != kNoFile) {
                    in_toctree_[page.file] = 1;
                    entries[from].push_back(page.file);
                }
                return;
            }
            matches += site.pages.size();
            if (matches > kMostMatches) {
                site.open_toctrees = true;
                return;
            }
            const std::string_view own = inside_folder(tree().file(from).path, spec.source_dir);
            const SphinxGlob pattern(normalize_path(entry.target.starts_with('/')
                                                        ? entry.target.substr(1)
                                                        : join_path(dirname(own), entry.target)));
            for (const Page& page : site.pages) {
                // Sphinx leaves a page out of what a pattern in it matches.
                if (pattern.match(page.name)) {
                    in_toctree_[page.file] = 1;
                    if (page.file != from)
                        entries[from].push_back(page.file);
                }
            }
        };
        for (FileId id = 0; id < tree().files().size(); ++id) {
            if (site.live[id] == 0)
                continue;
            for (const Reference& reference : facts(id).references) {
                if (reference.kind != ReferenceKind::toctree_entry)
                    continue;
                site.has_toctree = true;
                // `{name}` is a name like another; a template of Jinja makes entries.
                if (reference.target.find("{{") != std::string::npos ||
                    reference.target.find("{%") != std::string::npos)
                    site.open_toctrees = true;
                enter(id, reference);
                // What is included counts as the text of the including page.
                for (const FileId includer : included_by_[id])
                    enter(includer, reference);
            }
        }
    }
    toctree_loops_.assign(tree().files().size(), 0);
    find_toctree_loops(entries);
}

void ProjectIndex::find_toctree_loops(const std::vector<std::vector<FileId>>& entries) {
    // Tarjan's strongly connected components, with a stack of its own.
    constexpr std::uint32_t kNew = 0;
    struct Frame {
        FileId page;
        std::size_t next;
    };
    const std::size_t count = entries.size();
    std::vector<std::uint32_t> number(count, kNew);
    std::vector<std::uint32_t> lowest(count);
    std::vector<std::uint8_t> waiting(count);
    std::vector<FileId> stack;
    std::vector<Frame> frames;
    std::uint32_t last = 0;
    std::uint32_t loops = 0;
    const auto enter = [&](FileId page) {
        number[page] = lowest[page] = ++last;
        waiting[page] = 1;
        stack.push_back(page);
        frames.push_back({page, 0});
    };
    for (FileId start = 0; start < count; ++start) {
        if (number[start] != kNew || entries[start].empty())
            continue;
        enter(start);
        while (!frames.empty()) {
            Frame& frame = frames.back();
            const FileId page = frame.page;
            if (frame.next < entries[page].size()) {
                const FileId entry = entries[page][frame.next++];
                if (number[entry] == kNew)
                    enter(entry);
                else if (waiting[entry] != 0)
                    lowest[page] = std::min(lowest[page], number[entry]);
                continue;
            }
            frames.pop_back();
            if (!frames.empty())
                lowest[frames.back().page] = std::min(lowest[frames.back().page], lowest[page]);
            if (lowest[page] != number[page])
                continue;
            const bool loop =
                stack.back() != page ||
                std::find(entries[page].begin(), entries[page].end(), page) != entries[page].end();
            loops += loop ? 1 : 0;
            while (true) {
                const FileId member = stack.back();
                stack.pop_back();
                waiting[member] = 0;
                toctree_loops_[member] = loop ? loops : 0;
                if (member == page)
                    break;
            }
        }
    }
}

bool ProjectIndex::in_toctree_loop(FileId page, FileId entry) const {
    return toctree_loops_[page] != 0 && toctree_loops_[page] == toctree_loops_[entry];
}

Resolution ProjectIndex::toctree_of(FileId page) const {
    Resolution out;
    const int number = settings(page).site;
    if (number < 0 || !is_page(page))
        return out;
    const Site& here = sites_[static_cast<std::size_t>(number)];
    const SphinxSite& spec = *here.spec;
    const std::string& path = tree().file(page).path;
    if (!below_folder(path, spec.source_dir))
        return out;
    out.path = path;
    const std::string_view inside = inside_folder(path, spec.source_dir);
    const std::string_view name = inside.substr(0, inside.rfind('.'));
    const auto known = [&](const char* value) {
        const auto at = spec.values.find(value);
        return at == spec.values.end() || at->second.known;
    };
    if (in_toctree_[page] != 0 || facts(page).orphan || !included_by_[page].empty() ||
        name == spec.root_doc) {
        out.state = Found::found;
        return out;
    }
    const bool in_gallery =
        std::any_of(spec.galleries.begin(), spec.galleries.end(), [&](const auto& gallery) {
            return below_folder(path, gallery.first) || below_folder(path, gallery.second);
        });
    // autosummary lists the pages of its objects, also those that somebody keeps.
    const bool generated =
        std::any_of(here.generated_folders.begin(), here.generated_folders.end(),
                    [&](const std::string& folder) { return below_folder(name, folder); });
    if (!here.has_toctree || here.open_toctrees || in_gallery || generated || is_template(page) ||
        !spec.excludes_known || !spec.suffixes_known || !known("root_doc") ||
        !known("master_doc")) {
        out.state = Found::unknown;
        out.why = "a page that may be in a toctree that is not in the text";
        return out;
    }
    out.state = Found::missing;
    return out;
}

}  // namespace docathon

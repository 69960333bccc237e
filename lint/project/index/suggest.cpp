// "Did you mean": moved files by their unique name, near names in the same folder, near anchors.

#include <algorithm>
#include <span>

#include "lint/core/nearest.h"
#include "lint/core/path.h"
#include "lint/core/slug.h"
#include "lint/core/strings.h"
#include "lint/project/index/folders.h"
#include "lint/project/index/project_index.h"

namespace docathon {

namespace {

/// Names that one is compared with; where there are more, only an exact match is offered.
constexpr std::size_t kMostNames = 1000;

/// fg8.png is no misspelling of fg9.png: files that are numbered are different files.
std::string without_digits(std::string_view text) {
    std::string rest(text);
    std::erase_if(rest, is_ascii_digit);
    return rest;
}

}  // namespace

std::string ProjectIndex::suggest_path(FileId from, std::string_view missing_path,
                                       std::string_view written) const {
    const std::string_view folder =
        from == kNoFile ? std::string_view() : dirname(tree().file(from).path);
    const bool absolute = from != kNoFile && written.starts_with('/');
    const SphinxSite* spec = from == kNoFile ? nullptr : site(from);
    const auto spell = [&](std::string_view path) -> std::string {
        if (absolute) {
            if (spec == nullptr)
                return "/" + std::string(path);
            if (below_folder(path, spec->source_dir))
                return "/" + std::string(inside_folder(path, spec->source_dir));
        }
        std::string relative = relative_path(folder, path);
        // Spelled like the path that is not there, from another folder: say from which.
        if (relative == missing_path)
            relative.insert(0, "./");
        return relative;
    };
    const std::string_view name = basename(missing_path);
    if (name.empty() || name == "." || name == "..")
        return {};
    // The same name elsewhere: nearest by shared leading folders when there are several.
    std::vector<FileId> same = tree().with_name(name);
    if (same.empty() && spec != nullptr && name.find('.') == std::string_view::npos) {
        for (const std::string_view suffix : {".md", ".rst"}) {
            same = tree().with_name(std::string(name) + std::string(suffix));
            if (!same.empty())
                break;
        }
    }
    const bool common = ascii_lower(name).starts_with("readme") ||
                        ascii_lower(name).starts_with("index") || name == "__init__.py" ||
                        name == "CMakeLists.txt" || name == "setup.py";
    if (same.size() == 1 && !common)
        return spell(tree().file(same[0]).path);
    if (!same.empty() && !common) {
        // Several: the one that is fewest steps away, if it is the only one that near.
        const auto steps = [&](FileId file) {
            const std::string path = relative_path(folder, tree().file(file).path);
            return std::count(path.begin(), path.end(), '/');
        };
        FileId best = same[0];
        bool tie = false;
        for (std::size_t i = 1; i < same.size(); ++i) {
            if (steps(same[i]) < steps(best)) {
                best = same[i];
                tie = false;
            } else if (steps(same[i]) == steps(best)) {
                tie = true;
            }
        }
        return tie ? std::string() : spell(tree().file(best).path);
    }
    // A near name in the folder that was meant, but not the page itself. The suffix is no part of
    // what may be misspelt: `b.md` is not near `a.md`.
    const std::string_view meant = dirname(missing_path);
    const std::string_view suffix = extension(name);
    const std::string_view stem = name.substr(0, name.size() - suffix.size());
    if (stem.size() < 3)
        return {};
    std::vector<std::string_view> names;
    // The files are sorted by path: those of a folder and of what is below it stand together.
    const std::string start = meant.empty() ? std::string() : std::string(meant) + "/";
    const auto files = tree().files();
    for (auto file = std::lower_bound(
             files.begin(), files.end(), start,
             [](const FileEntry&one, const std::string&wanted) { return one.path < wanted; });
         file != files.end() && file->path.starts_with(start); ++file) {
        if (from != kNoFile && file->path == tree().file(from).path)
            continue;
        if (file->path.find('/', start.size()) == std::string::npos)
            names.push_back(basename(file->path));
    }
    if (names.size() > kMostNames)
        return {};
    const std::string_view near =
        nearest(name, std::span<const std::string_view>(names), suggestion_distance(stem));
    if (near.empty() || without_digits(near) == without_digits(name))
        return {};
    return spell(meant.empty() ? std::string(near) : std::string(meant) + "/" + std::string(near));
}

std::string ProjectIndex::suggest_anchor(FileId page, std::string_view fragment,
                                         bool for_site) const {
    const Anchors& anchors = anchors_[page];
    std::vector<std::string_view> names;
    for (const std::string& name : anchors.github)
        names.push_back(name);
    if (for_site) {
        for (const std::string& name : anchors.site)
            names.push_back(name);
    }
    const std::string lower = ascii_lower(fragment);
    for (const std::string_view name : names) {
        if (name == lower)
            return lower;
    }
    // The fragment may be the heading's text rather than its slug.
    const std::string slug = github_slug(percent_decode(fragment));
    for (const std::string_view name : names) {
        if (name == slug)
            return slug;
    }
    if (names.size() > kMostNames)
        return {};
    const std::string squeezed = docutils_id(fragment);
    for (const std::string_view name : names) {
        if (!squeezed.empty() && docutils_id(name) == squeezed)
            return std::string(name);
    }
    return std::string(nearest(fragment, std::span<const std::string_view>(names),
                               std::max(suggestion_distance(fragment), fragment.size() / 8)));
}

std::string ProjectIndex::suggest_document(FileId from, std::string_view name) const {
    const int number = settings(from).site;
    if (number < 0)
        return {};
    const Site& here = sites_[static_cast<std::size_t>(number)];
    const std::string& own = tree().file(from).path;
    const std::string_view folder = below_folder(own, here.spec->source_dir)
                                        ? dirname(inside_folder(own, here.spec->source_dir))
                                        : "";
    std::string_view bare = name;
    for (const std::string& suffix : here.spec->source_suffixes) {
        if (bare.size() > suffix.size() && bare.ends_with(suffix)) {
            bare.remove_suffix(suffix.size());
            break;
        }
    }
    const std::string_view last = basename(bare);
    const Page* match = nullptr;
    std::size_t matches = 0;
    std::vector<std::string_view> names;
    for (const Page& page : here.pages) {
        if (basename(page.name) == last) {
            match = &page;
            ++matches;
        }
        names.push_back(page.name);
    }
    const auto spell = [&](std::string_view page) {
        return name.starts_with('/') ? "/" + std::string(page) : relative_path(folder, page);
    };
    if (matches == 1)
        return spell(match->name);
    if (matches > 1)
        return {};
    const std::string meant = name.starts_with('/') ? std::string(bare.substr(1))
                                                    : normalize_path(join_path(folder, bare));
    const std::size_t distance = std::min<std::size_t>(2, suggestion_distance(last));
    const std::string_view near =
        nearest(meant, std::span<const std::string_view>(names), distance);
    return near.empty() || without_digits(near) == without_digits(meant) ? std::string()
                                                                         : spell(near);
}

}  // namespace docathon

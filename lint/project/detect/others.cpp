// Generators that only matter for what cannot be said of links below them.

#include <algorithm>
#include <array>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/detect/evidence.h"

namespace docathon::detect_detail {
namespace {

struct Marker {
    std::string_view file;
    std::string_view kind;
    Flavor flavor = Flavor::gfm;
    std::string_view folder;  ///< last folder of the file's path, where its name alone says little
};

constexpr std::array<Marker, 36> kMarkers = {{
    {"docusaurus.config.js", "docusaurus", Flavor::gfm, ""},
    {"docusaurus.config.ts", "docusaurus", Flavor::gfm, ""},
    {"docusaurus.config.mjs", "docusaurus", Flavor::gfm, ""},
    {"docusaurus.config.cjs", "docusaurus", Flavor::gfm, ""},
    {"siteConfig.js", "docusaurus", Flavor::gfm, ""},
    {"config.js", "vitepress", Flavor::gfm, ".vitepress"},
    {"config.ts", "vitepress", Flavor::gfm, ".vitepress"},
    {"config.mjs", "vitepress", Flavor::gfm, ".vitepress"},
    {"config.mts", "vitepress", Flavor::gfm, ".vitepress"},
    {"config.js", "vuepress", Flavor::gfm, ".vuepress"},
    {"config.ts", "vuepress", Flavor::gfm, ".vuepress"},
    {"astro.config.mjs", "astro", Flavor::gfm, ""},
    {"astro.config.ts", "astro", Flavor::gfm, ""},
    {"astro.config.js", "astro", Flavor::gfm, ""},
    {"gatsby-config.js", "gatsby", Flavor::gfm, ""},
    {"gatsby-config.ts", "gatsby", Flavor::gfm, ""},
    {".eleventy.js", "eleventy", Flavor::gfm, ""},
    {"eleventy.config.js", "eleventy", Flavor::gfm, ""},
    {"rspress.config.ts", "rspress", Flavor::gfm, ""},
    {"book.toml", "mdbook", Flavor::gfm, ""},
    {"hugo.toml", "hugo", Flavor::gfm, ""},
    {"hugo.yaml", "hugo", Flavor::gfm, ""},
    {"hugo.yml", "hugo", Flavor::gfm, ""},
    {"hugo.json", "hugo", Flavor::gfm, ""},
    {"antora.yml", "antora", Flavor::gfm, ""},
    {"_quarto.yml", "quarto", Flavor::gfm, ""},
    {"mint.json", "mintlify", Flavor::gfm, ""},
    {".gitbook.yaml", "gitbook", Flavor::gfm, ""},
    {"docfx.json", "docfx", Flavor::gfm, ""},
    {"zensical.toml", "zensical", Flavor::gfm, ""},
    {"nav.toml", "zensical", Flavor::gfm, ""},
    {"docset.yml", "docs-builder", Flavor::gfm, ""},
    {"_docset.yml", "docs-builder", Flavor::gfm, ""},
    {"myst.yml", "mystmd", Flavor::myst, ""},
    {"_toc.yml", "jupyter-book", Flavor::myst, ""},
    {"_toc.yaml", "jupyter-book", Flavor::myst, ""},
}};

// Folders that a configuration names in quotes after `path:`, as Docusaurus's plugins do.
std::vector<std::string> folders_named(const Context& context, std::string_view root,
                                       std::string_view bytes) {
    std::vector<std::string> folders;
    for (std::size_t at = bytes.find("path"); at != std::string_view::npos && folders.size() < 32;
         at = bytes.find("path", at + 1)) {
        // path: or "path":
        std::size_t quote = at + 4;
        if (quote < bytes.size() && (bytes[quote] == '"' || bytes[quote] == '\''))
            ++quote;
        if (quote >= bytes.size() || bytes[quote] != ':')
            continue;
        ++quote;
        while (quote < bytes.size() && (bytes[quote] == ' ' || bytes[quote] == '\n'))
            ++quote;
        if (quote >= bytes.size() || (bytes[quote] != '\'' && bytes[quote] != '"'))
            continue;
        const std::size_t end = bytes.find(bytes[quote], quote + 1);
        if (end == std::string_view::npos || end - quote > 200)
            continue;
        const std::string folder = join_path(root, bytes.substr(quote + 1, end - quote - 1));
        if (!folder.empty() && !leaves_root(folder) && context.tree.is_folder(folder))
            folders.push_back(folder);
    }
    return folders;
}

void add(Detected& detected, std::string root, const Marker& marker, const std::string& path) {
    const bool seen = std::any_of(
        detected.foreign.begin(), detected.foreign.end(),
        [&](const ForeignSite& site) { return site.root == root && site.kind == marker.kind; });
    if (!seen)
        detected.foreign.push_back(
            {std::move(root), std::string(marker.kind), path, marker.flavor});
}

}  // namespace

void detect_others(Context& context, Detected& detected) {
    for (const Marker& marker : kMarkers) {
        for (const std::string& path : context.candidates(marker.file)) {
            std::string root(dirname(path));
            if (!marker.folder.empty()) {
                if (basename(root) != marker.folder)
                    continue;
                root = dirname(root);
            }
            if (marker.kind == "jupyter-book" && !context.has_file(join_path(root, "_config.yml")))
                continue;
            // Its pages lie below docs/, or beside their table of contents.
            if (marker.kind == "zensical") {
                if (marker.file == "zensical.toml")
                    root = join_path(root, "docs");
                if (root.empty())
                    continue;
            }
            if (marker.kind != "docusaurus") {
                add(detected, std::move(root), marker, path);
                continue;
            }
            const std::optional<std::string> bytes = context.read(path);
            for (std::string& folder :
                 folders_named(context, root, bytes.value_or(std::string()))) {
                add(detected, std::move(folder), marker, path);
            }
            // Version 1 has its configuration in website/ and its pages beside it.
            if (marker.file == "siteConfig.js") {
                std::string pages = join_path(dirname(root), "docs");
                if (context.tree.is_folder(pages))
                    add(detected, std::move(pages), marker, path);
            }
            if (!root.empty()) {
                add(detected, root, marker, path);
                continue;
            }
            // In the root of the repository it does not build everything that is there.
            for (const std::string_view folder :
                 {"docs", "blog", "src/pages", "versioned_docs", "i18n"}) {
                if (context.tree.is_folder(folder))
                    add(detected, std::string(folder), marker, path);
            }
        }
    }
    std::sort(detected.foreign.begin(), detected.foreign.end(),
              [](const ForeignSite& a, const ForeignSite& b) {
                  return std::pair(a.root, a.kind) < std::pair(b.root, b.kind);
              });
    for (const std::string_view name : {"_toctree.yml", "_toctree.yaml"}) {
        for (const std::string& path : context.candidates(name))
            detected.doc_builder.push_back({std::string(dirname(path))});
    }
    const auto by_root = [](const DocBuilderSite& a, const DocBuilderSite& b) {
        return a.root < b.root;
    };
    std::sort(detected.doc_builder.begin(), detected.doc_builder.end(), by_root);
}

}  // namespace docathon::detect_detail

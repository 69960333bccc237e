// Repository addresses in pyproject.toml, and zensical.toml. toml++ is included here and by
// `config init` only.

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/core/toml_guard.h"
#include "lint/project/detect/evidence.h"

namespace docathon::detect_detail {
namespace {

constexpr std::size_t kMaxBytes = 256u << 10;

// How well the label of a URL says "repository"; PyPI's well-known labels (packaging guide).
int rank(std::string_view label) {
    std::string plain;
    for (const char c : label) {
        if (is_ascii_alnum(c))
            plain += ascii_lower(c);
    }
    if (plain == "repository" || plain == "source" || plain == "sourcecode" || plain == "github" ||
        plain == "code")
        return 0;
    if (plain == "homepage" || plain == "home" || plain == "url")
        return 1;
    return 2;
}

}  // namespace

void read_pyproject(std::string_view bytes, std::string_view path, std::vector<Hint>& hints) {
    if (bytes.size() > kMaxBytes || bytes.find("://") == std::string_view::npos ||
        !is_safe_for_tomlplusplus(bytes))
        return;
    const toml::parse_result parsed = toml::parse(bytes, path);
    if (!parsed)
        return;
    const toml::table& root = parsed.table();
    std::vector<std::pair<int, Hint>> found;
    const auto add = [&](std::string_view label, const toml::node& node) {
        const auto* url = node.as_string();
        if (url == nullptr)
            return;
        std::vector<Hint> one;
        add_hint(url->get(), {}, detected_at(path, node.source().begin.line), one);
        for (Hint& hint : one)
            found.emplace_back(rank(label), std::move(hint));
    };
    for (const toml::node_view<const toml::node> urls :
         {root["project"]["urls"], root["tool"]["poetry"]["urls"]}) {
        if (const toml::table* table = urls.as_table()) {
            for (const auto& [label, node] : *table)
                add(label.str(), node);
        }
    }
    if (const toml::table* poetry = root["tool"]["poetry"].as_table()) {
        for (const std::string_view label : {"repository", "homepage"}) {
            if (const toml::node* node = poetry->get(label))
                add(label, *node);
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [order, hint] : found)
        hints.push_back(std::move(hint));
}

std::optional<MkdocsSite> read_zensical(std::string_view bytes, std::string_view path,
                                        std::vector<Hint>& hints) {
    MkdocsSite site;
    site.root = dirname(path);
    site.config_path = path;
    site.docs_dir = join_path(site.root, "docs");
    if (bytes.size() > kMaxBytes || !is_safe_for_tomlplusplus(bytes))
        return site;
    const toml::parse_result parsed = toml::parse(bytes, path);
    if (!parsed)
        return site;
    const toml::node_view<const toml::node> project = parsed.table()["project"];
    if (const auto* docs = project["docs_dir"].as_string())
        site.docs_dir = join_path(site.root, docs->get());
    if (leaves_root(site.docs_dir))
        return std::nullopt;
    if (const auto* url = project["site_url"].as_string())
        site.site_url = url->get();
    if (const auto* url = project["repo_url"].as_string())
        add_hint(url->get(), {}, detected_at(path, url->source().begin.line), hints);
    if (const auto* directory = project["use_directory_urls"].as_boolean())
        site.use_directory_urls = directory->get();
    // [project.markdown_extensions.pymdownx.tabbed]: the names are paths of tables here.
    if (const toml::table* extensions = project["markdown_extensions"].as_table()) {
        for (const auto& [name, node] : *extensions) {
            const toml::table* inner = node.as_table();
            if (name.str() != "pymdownx" || inner == nullptr) {
                site.markdown_extensions.emplace_back(name.str());
                continue;
            }
            for (const auto& [extension, options] : *inner) {
                (void)options;
                site.markdown_extensions.push_back("pymdownx." + std::string(extension.str()));
            }
        }
    }
    if (const toml::table* plugins = project["plugins"].as_table()) {
        for (const auto& [name, node] : *plugins) {
            (void)node;
            site.plugins.emplace_back(name.str());
        }
    }
    return site;
}

}  // namespace docathon::detect_detail

// Jekyll: a _config.yml with something of Jekyll's beside it, or posts with layouts and no
// configuration (GitHub Pages needs none).

#include <algorithm>
#include <set>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/core/yaml.h"
#include "lint/project/detect/evidence.h"

namespace docathon::detect_detail {
namespace {

// Jupyter Book 1 has a _config.yml as well.
bool is_jupyter_book(const Context& context, std::string_view root, const Value& config) {
    if (context.has_file(join_path(root, "_toc.yml")) ||
        context.has_file(join_path(root, "_toc.yaml")))
        return true;
    return config.find("sphinx") != nullptr || config.find("execute") != nullptr ||
           config.find("launch_buttons") != nullptr;
}

bool has_jekyll_folder(const Context& context, std::string_view root) {
    for (const std::string_view name : {"_posts", "_layouts", "_includes", "_sass", "_drafts"}) {
        if (context.tree.is_folder(join_path(root, name)))
            return true;
    }
    return false;
}

bool has_jekyll_gem(const Context& context, std::string_view root) {
    const std::optional<std::string> gems = context.bytes_of(join_path(root, "Gemfile"));
    return gems && (gems->find("jekyll") != std::string::npos ||
                    gems->find("github-pages") != std::string::npos);
}

// Keys that only Jekyll's configuration has in this form.
bool has_jekyll_key(const Value& config) {
    for (const std::string_view key :
         {"theme", "remote_theme", "permalink", "baseurl", "kramdown", "collections", "paginate",
          "gems", "highlighter", "livereload", "sass"}) {
        if (config.find(key) != nullptr)
            return true;
    }
    for (const std::string& plugin : texts_under(config, "plugins")) {
        if (plugin.find("jekyll") != std::string::npos)
            return true;
    }
    return false;
}

void add(const Context& context, std::string root, std::string path, const Value& config,
         Detected& detected) {
    JekyllSite site;
    site.root = std::move(root);
    site.config_path = std::move(path);
    const std::string source = text_under(config, "source");
    site.source_dir = source.empty() ? site.root : join_path(site.root, source);
    if (leaves_root(site.source_dir))
        site.source_dir = site.root;
    site.baseurl = text_under(config, "baseurl");
    if (!site.baseurl.empty() && !site.baseurl.starts_with('/'))
        site.baseurl.insert(0, "/");
    while (site.baseurl.ends_with('/'))
        site.baseurl.pop_back();
    site.url = text_under(config, "url");
    if (site.url.empty()) {
        const std::optional<std::string> host = context.bytes_of(join_path(site.root, "CNAME"));
        if (host && !trim(*host).empty() && host->size() < 300)
            site.url = "https://" + std::string(trim(*host));
    }
    const std::string engine = text_under(config, "markdown");
    if (!engine.empty())
        site.markdown = ascii_lower(engine);
    site.permalink = text_under(config, "permalink");
    site.exclude = texts_under(config, "exclude");
    site.include = texts_under(config, "include");
    site.collections.emplace_back("posts");
    if (const Value* collections = config.find("collections")) {
        for (const Value& key : collections->keys)
            site.collections.push_back(key.text);
        for (const std::string& name : texts_under(config, "collections"))
            site.collections.push_back(name);
    }
    detected.jekyll.push_back(std::move(site));
}

}  // namespace

void detect_jekyll(Context& context, Detected& detected) {
    std::set<std::string> roots;
    for (const std::string_view name : {"_config.yml", "_config.yaml"}) {
        for (const std::string& path : context.candidates(name)) {
            const std::string root(dirname(path));
            if (roots.contains(root))
                continue;
            const std::optional<std::string> bytes = context.read(path);
            if (!bytes)
                continue;
            const Result<Value> parsed = parse_yaml(*bytes, path);
            const Value config = parsed.has_value() ? *parsed : Value();
            if (is_jupyter_book(context, root, config))
                continue;
            if (!has_jekyll_folder(context, root) && !has_jekyll_key(config) &&
                !has_jekyll_gem(context, root))
                continue;
            const std::string repository = text_under(config, "repository");
            if (!repository.empty() && repository.find("://") == std::string::npos) {
                add_hint("https://github.com/" + repository, {},
                         detected_at(path, config.find("repository")->line), context.hints);
            }
            roots.insert(root);
            add(context, root, path, config, detected);
        }
    }
    // Posts and layouts without a configuration. Folders are not listed, so through their files.
    for (const FileEntry& file : context.tree.files()) {
        const std::size_t at = file.path.find("_posts/");
        if (at == std::string::npos || (at != 0 && file.path[at - 1] != '/'))
            continue;
        if (!file.lintable || is_specimen(file.path))
            continue;
        const std::string root = at == 0 ? std::string() : file.path.substr(0, at - 1);
        if (roots.contains(root) || !context.tree.is_folder(join_path(root, "_layouts")))
            continue;
        const bool inside = std::any_of(roots.begin(), roots.end(), [&](const std::string& other) {
            return is_within(other, root);
        });
        if (inside)
            continue;
        roots.insert(root);
        add(context, root, {}, Value(), detected);
    }
    std::sort(detected.jekyll.begin(), detected.jekyll.end(),
              [](const JekyllSite& a, const JekyllSite& b) { return a.root < b.root; });
}

}  // namespace docathon::detect_detail

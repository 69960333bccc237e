// MkDocs: mkdocs.yml, with what it inherits; Zensical.

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/core/yaml.h"
#include "lint/project/detect/evidence.h"

namespace docathon::detect_detail {
namespace {

constexpr int kMaxInherited = 5;

// Names of a list whose items are names or maps of one name to options; or of a map.
std::vector<std::string> names_under(const Value& config, std::string_view key) {
    std::vector<std::string> names;
    const Value* value = config.find(key);
    if (value == nullptr)
        return names;
    const auto add_keys = [&](const Value& map) {
        for (const Value& name : map.keys)
            names.push_back(name.text);
    };
    if (value->is_map())
        add_keys(*value);
    for (const Value& item : value->is_list() ? value->items : std::vector<Value>()) {
        if (item.is_scalar())
            names.push_back(item.text);
        if (item.is_map())
            add_keys(item);
    }
    return names;
}

// Paths of a nav in order: "a.md", {Title: "a.md"}, {Section: [...]}. Depth is that of the YAML,
// which parse_yaml() limits.
void collect_nav(const Value& value, std::vector<std::string>& paths) {
    if (value.is_scalar()) {
        if (!value.text.empty() && value.text.find("://") == std::string::npos)
            paths.push_back(value.text);
        return;
    }
    for (const Value& item : value.items)
        collect_nav(item, paths);
}

// `child` wins; MkDocs merges maps deeply, of which only the upper level matters here.
Value merged(Value child, const Value& parent) {
    if (!child.is_map())
        return parent;
    for (std::size_t i = 0; i < parent.keys.size(); ++i) {
        if (child.find(parent.keys[i].text) != nullptr)
            continue;
        child.keys.push_back(parent.keys[i]);
        child.items.push_back(parent.items[i]);
    }
    return child;
}

}  // namespace

void detect_mkdocs(Context& context, Detected& detected) {
    std::set<std::string> names = {"mkdocs.yaml", "properdocs.yml"};
    // A project may split its configuration (mkdocs build -f mkdocs-online.yml). The first of a
    // folder stands for the rest, mkdocs.yml before all others.
    for (const FileEntry& file : context.tree.files()) {
        const std::string_view name = basename(file.path);
        if (name.starts_with("mkdocs") && name.ends_with(".yml"))
            names.emplace(name);
    }
    std::vector<std::string> ordered(names.begin(), names.end());
    std::stable_partition(ordered.begin(), ordered.end(),
                          [](const std::string& name) { return name == "mkdocs.yml"; });
    for (const std::string& name : ordered) {
        for (const std::string& path : context.candidates(name)) {
            MkdocsSite site;
            site.root = dirname(path);
            const bool seen =
                std::any_of(detected.mkdocs.begin(), detected.mkdocs.end(),
                            [&](const MkdocsSite& other) { return other.root == site.root; });
            const std::optional<std::string> bytes = context.read(path);
            if (seen || !bytes)
                continue;
            site.config_path = path;
            Value config;
            std::optional<std::string> text = bytes;
            std::string at = path;
            for (int i = 0; i < kMaxInherited && text; ++i) {
                const Result<Value> parsed = parse_yaml(*text, at);
                if (!parsed.has_value())
                    break;
                const std::string parent = text_under(*parsed, "INHERIT");
                config = i == 0 ? *parsed : merged(std::move(config), *parsed);
                if (parent.empty())
                    break;
                at = join_path(dirname(at), parent);
                text = context.bytes_of(at);
            }
            std::string docs = text_under(config, "docs_dir");
            if (docs.empty())
                docs = "docs";
            site.docs_dir = join_path(site.root, docs);
            if (leaves_root(site.docs_dir))
                continue;
            site.site_url = text_under(config, "site_url");
            if (const Value* nav = config.find("nav")) {
                site.has_nav = true;
                collect_nav(*nav, site.nav);
            }
            bool directory = true;
            if (const Value* urls = config.find("use_directory_urls"))
                (void)urls->as_bool(directory);
            site.use_directory_urls = directory;
            site.markdown_extensions = names_under(config, "markdown_extensions");
            site.plugins = names_under(config, "plugins");
            if (const Value* repository = config.find("repo_url");
                repository != nullptr && repository->is_scalar()) {
                add_hint(repository->text, {}, detected_at(path, repository->line), context.hints);
            }
            detected.mkdocs.push_back(std::move(site));
        }
    }
    for (const std::string& path : context.candidates("zensical.toml")) {
        const std::string_view root = dirname(path);
        if (std::any_of(detected.mkdocs.begin(), detected.mkdocs.end(),
                        [&](const MkdocsSite& other) { return other.root == root; }))
            continue;
        const std::optional<std::string> bytes = context.read(path);
        if (!bytes)
            continue;
        if (std::optional<MkdocsSite> site = read_zensical(*bytes, path, context.hints))
            detected.mkdocs.push_back(std::move(*site));
    }
    std::sort(detected.mkdocs.begin(), detected.mkdocs.end(),
              [](const MkdocsSite& a, const MkdocsSite& b) { return a.root < b.root; });
}

}  // namespace docathon::detect_detail

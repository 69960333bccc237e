// Repository addresses in pyproject.toml. toml++ is included here and by `config init` only.

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>

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

}  // namespace docathon::detect_detail

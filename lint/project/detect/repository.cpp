// The address of the repository, and of the sites that are built from it.

#include <algorithm>
#include <array>
#include <set>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/detect/evidence.h"

namespace docathon {
namespace {

bool is_host_character(char c) {
    return is_ascii_alnum(c) || c == '-' || c == '.' || c == ':';
}

bool is_name(std::string_view text) {
    return !text.empty() && text != "." && text != ".." &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_ascii_alnum(c) || c == '-' || c == '_' || c == '.';
           });
}

}  // namespace

std::optional<RepositoryInfo> parse_repository_url(std::string_view url) {
    url = trim(url);
    if (url.starts_with("git+"))
        url.remove_prefix(4);
    std::string_view rest;
    std::string_view host;
    const std::size_t scheme = url.find("://");
    if (scheme != std::string_view::npos) {
        const std::string name = ascii_lower(url.substr(0, scheme));
        if (name != "https" && name != "http" && name != "ssh" && name != "git")
            return std::nullopt;
        rest = url.substr(scheme + 3);
        const std::size_t slash = rest.find('/');
        if (slash == std::string_view::npos)
            return std::nullopt;
        host = rest.substr(0, slash);
        rest.remove_prefix(slash + 1);
        // Credentials are never kept.
        const std::size_t at = host.rfind('@');
        if (at != std::string_view::npos)
            host.remove_prefix(at + 1);
    } else {
        // user@host:owner/name
        const std::size_t at = url.find('@');
        const std::size_t colon = url.find(':', at == std::string_view::npos ? 0 : at);
        if (at == std::string_view::npos || colon == std::string_view::npos)
            return std::nullopt;
        host = url.substr(at + 1, colon - at - 1);
        rest = url.substr(colon + 1);
    }
    if (host.starts_with("www."))
        host.remove_prefix(4);
    const std::size_t port = host.find(':');
    if (port != std::string_view::npos)
        host = host.substr(0, port);
    if (host.empty() || host.find('.') == std::string_view::npos ||
        !std::all_of(host.begin(), host.end(), is_host_character)) {
        return std::nullopt;
    }
    rest = rest.substr(0, rest.find_first_of("?#"));
    std::vector<std::string_view> parts;
    for (const std::string_view part : split(rest, '/')) {
        if (part == "-")
            break;  // GitLab: what follows is no name
        if (!part.empty())
            parts.push_back(part);
    }
    RepositoryInfo info;
    info.host = ascii_lower(host);
    // Elsewhere than on GitLab a repository is two names deep; the rest is a page of it.
    const bool groups = info.host.find("gitlab") != std::string::npos;
    if (parts.size() < 2)
        return std::nullopt;
    const std::size_t depth = groups ? parts.size() : 2;
    for (std::size_t i = 0; i + 1 < depth; ++i) {
        if (!is_name(parts[i]))
            return std::nullopt;
        if (i > 0)
            info.owner += '/';
        info.owner += parts[i];
    }
    std::string_view name = parts[depth - 1];
    if (name.ends_with(".git"))
        name.remove_suffix(4);
    if (!is_name(name))
        return std::nullopt;
    info.name = name;
    info.url = "https://" + info.host + "/" + info.owner + "/" + info.name;
    return info;
}

namespace detect_detail {
namespace {

// Hosts whose two-part paths are repositories.
bool is_forge(std::string_view host) {
    return host == "github.com" || host == "codeberg.org" || host == "bitbucket.org" ||
           host == "gitee.com" || host.find("gitlab") != std::string_view::npos ||
           host.starts_with("github.") || host.starts_with("git.");
}

bool same_repository(const RepositoryInfo& a, const RepositoryInfo& b) {
    return a.host == b.host && ascii_iequals(a.name, b.name);
}

void read_setup_cfg(const Context& context, std::vector<Hint>& hints) {
    const std::optional<std::string> bytes = context.bytes_of("setup.cfg");
    if (!bytes)
        return;
    std::uint32_t number = 0;
    bool metadata = false;
    for (const std::string_view line : split_lines(*bytes)) {
        ++number;
        if (line.starts_with('['))
            metadata = line.starts_with("[metadata]");
        if (!metadata || !line.starts_with("url"))
            continue;
        const std::string_view rest = trim(line.substr(3));
        if (rest.starts_with('=') || rest.starts_with(':'))
            add_hint(rest.substr(1), {}, detected_at("setup.cfg", number), hints);
    }
}

/// What stands behind `name =` on a line, or "".
std::string_view assigned_on(std::string_view line, std::string_view name) {
    line = trim(line);
    if (!line.starts_with(name))
        return {};
    line = trim(line.substr(name.size()));
    return line.starts_with('=') ? trim(line.substr(1)) : std::string_view();
}

// url="https://..." in a call of setup(), or url=URL with URL = "https://..." above it.
void read_setup_py(const Context& context, std::vector<Hint>& hints) {
    const std::optional<std::string> bytes = context.bytes_of("setup.py");
    if (!bytes)
        return;
    const auto lines = split_lines(*bytes);
    const auto read = [&](std::string_view value, std::size_t line) {
        const std::size_t end = value.find(value[0], 1);
        if (end != std::string_view::npos)
            add_hint(value.substr(1, end - 1), {},
                     detected_at("setup.py", static_cast<std::uint32_t>(line + 1)), hints);
    };
    const auto is_literal = [](std::string_view value) {
        return !value.empty() && (value[0] == '"' || value[0] == '\'');
    };
    constexpr int kMostNames = 8;
    int names = 0;
    for (std::size_t line = 0; line < lines.size(); ++line) {
        const std::string_view value = assigned_on(lines[line], "url");
        if (is_literal(value))
            read(value, line);
        std::size_t end = 0;
        while (end < value.size() && (is_ascii_alnum(value[end]) || value[end] == '_'))
            ++end;
        const std::string_view name = value.substr(0, end);
        if (name.empty() || is_literal(value) || ++names > kMostNames)
            continue;
        for (std::size_t at = 0; at < line; ++at) {
            const std::string_view constant = assigned_on(lines[at], name);
            if (is_literal(constant))
                read(constant, at);
        }
    }
}

// A badge of the repository's own workflow. Badges of other projects are rarer than it is.
void read_readme(const Context& context, std::vector<Hint>& hints) {
    for (const std::string_view name : {"README.md", "README.rst"}) {
        const std::optional<std::string> bytes = context.bytes_of(name);
        if (!bytes)
            continue;
        constexpr std::string_view kPrefix = "https://github.com/";
        std::uint32_t number = 0;
        for (const std::string_view line : split_lines(*bytes)) {
            ++number;
            for (std::size_t at = line.find(kPrefix); at != std::string_view::npos;
                 at = line.find(kPrefix, at + 1)) {
                const std::string_view rest = line.substr(at);
                const std::string_view url = rest.substr(0, rest.find_first_of(" )]>\"'"));
                if (url.find("/badge.svg") == std::string_view::npos ||
                    url.find("/workflows/") == std::string_view::npos)
                    continue;
                add_hint(url, {}, detected_at(name, number), hints);
                return;
            }
        }
    }
}

bool is_version(std::string_view word) {
    constexpr std::array<std::string_view, 12> kWords = {
        "stable",  "main",    "master",  "latest",  "dev",  "devel",
        "nightly", "current", "develop", "release", "next", "preview"};
    if (std::find(kWords.begin(), kWords.end(), word) != kWords.end())
        return true;
    if (word.starts_with('v'))
        word.remove_prefix(1);
    return !word.empty() && is_ascii_digit(word.front()) &&
           std::all_of(word.begin(), word.end(),
                       [](char c) { return is_ascii_alnum(c) || c == '.' || c == '-'; });
}

// "a{b,c}d" to abd, acd; at most 64 in all.
std::vector<std::string> expand_braces(const std::string& pattern) {
    std::vector<std::string> done;
    std::vector<std::string> open = {pattern};
    while (!open.empty() && done.size() + open.size() <= 64) {
        const std::string text = std::move(open.back());
        open.pop_back();
        const std::size_t begin = text.find('{');
        const std::size_t end = text.find('}', begin);
        if (begin == std::string::npos || end == std::string::npos) {
            done.push_back(text);
            continue;
        }
        for (const std::string_view part :
             split(std::string_view(text).substr(begin + 1, end - begin - 1), ',')) {
            open.push_back(text.substr(0, begin) + std::string(trim(part)) + text.substr(end + 1));
        }
    }
    std::sort(done.begin(), done.end());
    return done;
}

// Host and path with a '/' at its end, or "" if it is no absolute http(s) URL.
std::string without_scheme(std::string_view url) {
    url = trim(url);
    if (url.starts_with("https://")) {
        url.remove_prefix(8);
    } else if (url.starts_with("http://")) {
        url.remove_prefix(7);
    } else {
        return {};
    }
    url = url.substr(0, url.find_first_of("?#"));
    const std::string_view host = url.substr(0, url.find('/'));
    if (host.empty() || host.find('.') == std::string_view::npos)
        return {};
    std::string text = ascii_lower(host) + std::string(url.substr(host.size()));
    if (!text.ends_with('/'))
        text += '/';
    return text;
}

int sphinx_at(const Detected& detected, std::string_view folder) {
    for (std::size_t i = 0; i < detected.sphinx.size(); ++i) {
        if (detected.sphinx[i].source_dir == folder)
            return static_cast<int>(i);
    }
    return -1;
}

}  // namespace

void add_hint(std::string_view url, std::string branch, std::string origin,
              std::vector<Hint>& hints) {
    std::optional<RepositoryInfo> info = parse_repository_url(url);
    if (!info || !is_forge(info->host))
        return;
    hints.push_back({std::move(*info), std::move(branch), std::move(origin)});
}

std::optional<OwnSite> own_site_of(std::string_view url) {
    OwnSite site;
    site.url = without_scheme(url);
    if (site.url.empty())
        return std::nullopt;
    std::string_view body(site.url);
    body.remove_suffix(1);
    const std::string last(basename(body));
    if (body.find('/') != std::string_view::npos && is_version(last)) {
        site.url.resize(body.size() - last.size());
        site.versions = {last};
        // The tree is what becomes "main"; the released pages differ little from it.
        const bool word = !is_ascii_digit(last.front()) &&
                          !(last.front() == 'v' && last.size() > 1 && is_ascii_digit(last[1]));
        for (const std::string_view version : {"main", "stable", "latest", "master"}) {
            if (word && last != version)
                site.versions.emplace_back(version);
        }
    } else {
        site.versions = {"main", "stable", "latest", "master"};
        site.bare = true;
    }
    return site;
}

void detect_repository(Context& context, const GitFacts& git, Detected& detected) {
    const std::string config_path =
        context.config.path.empty() ? "config" : "config: " + context.config.path;
    RepositoryInfo& own = detected.repository;
    std::string origin;
    std::string branch_origin;
    if (!context.config.project.repository_url.empty()) {
        if (std::optional<RepositoryInfo> info =
                parse_repository_url(context.config.project.repository_url)) {
            own = std::move(*info);
            origin = config_path;
        }
    }
    for (const auto& [url, name] :
         {std::pair(&git.upstream_url, "upstream"), std::pair(&git.origin_url, "origin")}) {
        if (!own.url.empty())
            break;
        if (std::optional<RepositoryInfo> info = parse_repository_url(*url)) {
            own = std::move(*info);
            origin = std::string("detected: git remote ") + name;
        }
    }
    own.certain = !own.url.empty();
    std::vector<Hint> hints;
    if (const std::optional<std::string> bytes = context.bytes_of("pyproject.toml"))
        read_pyproject(*bytes, "pyproject.toml", hints);
    std::move(context.hints.begin(), context.hints.end(), std::back_inserter(hints));
    if (own.url.empty() && hints.empty()) {
        read_setup_cfg(context, hints);
        read_setup_py(context, hints);
    }
    if (own.url.empty() && hints.empty())
        read_readme(context, hints);
    if (own.url.empty() && !hints.empty()) {
        own = hints.front().repository;
        origin = hints.front().origin;
    }
    // A fork and what it was forked from, or a repository that moved to another owner: the same
    // files under two addresses.
    std::set<std::string> aliases;
    const auto add_alias = [&](const RepositoryInfo& other) {
        if (same_repository(own, other) && !ascii_iequals(own.owner, other.owner))
            aliases.insert(other.owner);
    };
    for (const Hint& hint : hints)
        add_alias(hint.repository);
    for (const std::string* url : {&git.upstream_url, &git.origin_url}) {
        if (const std::optional<RepositoryInfo> info = parse_repository_url(*url))
            add_alias(*info);
    }
    own.aliases.assign(aliases.begin(), aliases.end());

    if (!context.config.project.repository_branch.empty()) {
        own.default_branch = context.config.project.repository_branch;
        branch_origin = config_path;
    } else if (!git.default_branch.empty()) {
        own.default_branch = git.default_branch;
        branch_origin = "detected: git";
    } else {
        for (const Hint& hint : hints) {
            if (hint.branch.empty() || !same_repository(own, hint.repository))
                continue;
            own.default_branch = hint.branch;
            branch_origin = hint.origin;
            break;
        }
    }
    if (!own.url.empty())
        detected.origins.push_back({"project.repository.url", own.url, origin});
    if (!own.default_branch.empty()) {
        detected.origins.push_back(
            {"project.repository.branch", own.default_branch, branch_origin});
    }
}

void detect_own_sites(Context& context, Detected& detected) {
    const std::string config_path =
        context.config.path.empty() ? "config" : "config: " + context.config.path;
    std::vector<OwnSite>& sites = detected.own_sites;
    const auto add = [&](OwnSite site, std::string origin) {
        const bool seen = std::any_of(sites.begin(), sites.end(),
                                      [&](const OwnSite& other) { return other.url == site.url; });
        if (seen)
            return;
        detected.origins.push_back({"project.site", "https://" + site.url, std::move(origin)});
        sites.push_back(std::move(site));
    };
    for (const SitePattern& pattern : context.config.project.sites) {
        const std::string source = join_path(context.config.base, pattern.source);
        if (leaves_root(source))
            continue;
        // A last component of versions alone stays together; all other braces are written out.
        std::string url = pattern.url;
        while (url.ends_with('/'))
            url.pop_back();
        const std::size_t slash = url.rfind('/');
        std::vector<std::string> versions;
        if (slash != std::string::npos && url.size() > slash + 2 && url[slash + 1] == '{' &&
            url.ends_with('}') && url.find('}', slash) == url.size() - 1) {
            for (const std::string_view part :
                 split(std::string_view(url).substr(slash + 2, url.size() - slash - 3), ',')) {
                versions.emplace_back(trim(part));
            }
            url.resize(slash + 1);
        }
        for (const std::string& one : expand_braces(url)) {
            OwnSite site;
            site.url = without_scheme(one);
            if (site.url.empty())
                continue;
            site.source = source;
            site.sphinx = sphinx_at(detected, source);
            site.versions = versions;
            add(std::move(site), config_path);
        }
    }
    for (std::size_t i = 0; i < detected.sphinx.size(); ++i) {
        const SphinxSite& sphinx = detected.sphinx[i];
        std::optional<OwnSite> site = own_site_of(sphinx.html_baseurl);
        if (!site)
            continue;
        site->source = sphinx.source_dir;
        site->sphinx = static_cast<int>(i);
        const auto value = sphinx.values.find("html_baseurl");
        add(std::move(*site), value == sphinx.values.end()
                                  ? "detected"
                                  : detected_at(value->second.path, value->second.line));
    }
    for (const MkdocsSite& mkdocs : detected.mkdocs) {
        std::optional<OwnSite> site = own_site_of(mkdocs.site_url);
        if (!site)
            continue;
        site->source = mkdocs.docs_dir;
        // Only mike builds several versions side by side.
        const bool versioned =
            std::find(mkdocs.plugins.begin(), mkdocs.plugins.end(), "mike") != mkdocs.plugins.end();
        if (site->bare && !versioned) {
            site->versions.clear();
            site->bare = false;
        }
        add(std::move(*site), detected_at(mkdocs.config_path, 0));
    }
    // The URLs of Jekyll's pages follow from permalinks and front matter; they are not resolved to
    // sources.
}

}  // namespace detect_detail
}  // namespace docathon

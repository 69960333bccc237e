#include "lint/config/config_file.h"

#include <algorithm>

#include "lint/config/place.h"

namespace docathon {
namespace {

constexpr std::string_view kFlavors[] = {"commonmark", "gfm", "myst", "jekyll", "mkdocs"};
constexpr std::string_view kBodies[] = {"none", "markup", "literal"};
constexpr std::string_view kDocstrings[] = {"google", "numpy", "sphinx"};
constexpr std::string_view kUnverified[] = {"tls", "timeout", "dns", "connect", "anchor"};
constexpr std::string_view kHonour[] = {"noqa",         "markdownlint", "lint-ignore",
                                        "lycheeignore", "sphinx",       "vale"};
constexpr std::string_view kUnused[] = {"note", "off"};
constexpr std::string_view kFailOn[] = {"error", "warning", "note", "never"};

// Every file is compared with every glob of every override.
constexpr std::size_t kMaxOverrides = 1'000;

void* read_extends(const Value& value, const Value*, void* out, Reader& reader) {
    auto& config = *static_cast<Config*>(out);
    for (const Value& item : value.items) {
        config.extends.push_back(item.text);
        config.extends_places.push_back(reader.place(item));
    }
    return nullptr;
}

void* read_flavor(const Value& value, const Value*, void* out, Reader&) {
    static_cast<Override*>(out)->flavor = flavor_from(value.text);
    return nullptr;
}

void* read_config_rules(const Value& value, const Value*, void* out, Reader& reader) {
    reader.read_rules(value, static_cast<Config*>(out)->rules);
    return nullptr;
}

void* read_override_rules(const Value& value, const Value*, void* out, Reader& reader) {
    reader.read_rules(value, static_cast<Override*>(out)->rules);
    return nullptr;
}

void* read_override(const Value& value, const Value*, void* out, Reader& reader) {
    std::vector<Override>& overrides = static_cast<Config*>(out)->overrides;
    if (overrides.size() == kMaxOverrides) {
        reader.error(value, "more than " + std::to_string(kMaxOverrides) + " overrides");
    }
    Override& entry = overrides.emplace_back();
    entry.place = reader.place(value);
    return &entry;
}

void* read_sphinx(const Value& value, const Value*, void* out, Reader&) {
    ProjectConfig::Sphinx& entry = static_cast<ProjectConfig*>(out)->sphinx.emplace_back();
    // Kept whole: the keys inside are checked here and read by lint/project.
    if (const Value* directives = value.find("directives"))
        entry.directives = *directives;
    return &entry;
}

void* keep_python(const Value& value, const Value*, void* out, Reader&) {
    static_cast<ProjectConfig*>(out)->python = value;
    return nullptr;
}

void* keep_links(const Value& value, const Value*, void* out, Reader&) {
    static_cast<Config*>(out)->links = value;
    return nullptr;
}

void* read_unused(const Value& value, const Value*, void* out, Reader&) {
    static_cast<Config*>(out)->suppress_unused_note = value.text == "note";
    return nullptr;
}

void* read_fail_on(const Value& value, const Value*, void* out, Reader&) {
    Severity& severity = static_cast<Config*>(out)->fail_on;
    if (value.text == "error")
        severity = Severity::error;
    else if (value.text == "warning")
        severity = Severity::warning;
    else if (value.text == "note")
        severity = Severity::note;
    else
        severity = Severity::off;
    return nullptr;
}

void* read_max_size(const Value& value, const Value*, void* out, Reader&) {
    static_cast<void>(parse_size(value.text, static_cast<Config*>(out)->max_file_bytes));
    return nullptr;
}

// The children of `suppress` are members of Config itself.
void* same(const Value&, const Value*, void* out, Reader&) {
    return out;
}

using Type = KeyType;

constexpr Key kOverrideKeys[] = {
    {.name = "files",
     .shape = Shape::list,
     .type = Type::glob,
     .help = "globs of the files this entry is for, relative to the configuration file",
     .read = store<&Override::files>,
     .required = true},
    {.name = "flavor",
     .type = Type::choice,
     .help = "the Markdown dialect of these files",
     .read = read_flavor,
     .choices = kFlavors},
    {.name = "rules",
     .type = Type::rules,
     .help = "settings of rules for these files",
     .read = read_override_rules},
};

constexpr Key kDirectiveKeys[] = {
    {.name = "options",
     .shape = Shape::list,
     .type = Type::string,
     .help = "names of the directive's options"},
    {.name = "body",
     .type = Type::choice,
     .help = "what the directive contains",
     .choices = kBodies},
};

constexpr Key kSphinxKeys[] = {
    {.name = "source",
     .type = Type::path,
     .help = "the folder of conf.py",
     .read = store<&ProjectConfig::Sphinx::source>,
     .required = true},
    {.name = "directives",
     .shape = Shape::map,
     .type = Type::object,
     .help = "directives that the project's own code registers",
     .children = kDirectiveKeys},
    {.name = "roles",
     .shape = Shape::list,
     .type = Type::string,
     .help = "roles that the project's own code registers",
     .read = store<&ProjectConfig::Sphinx::roles>},
};

constexpr Key kPythonKeys[] = {
    {.name = "packages",
     .shape = Shape::map,
     .type = Type::path,
     .help = "import name of each package and its folder"},
    {.name = "private",
     .shape = Shape::list,
     .type = Type::string,
     .help = "dotted names, with * and ?, of what is not public"},
    {.name = "docstrings",
     .type = Type::choice,
     .help = "how docstrings are written",
     .choices = kDocstrings},
};

constexpr Key kSiteKeys[] = {
    {.name = "url",
     .type = Type::line,
     .help = "where the site is published; {a,b} stands for either",
     .read = store<&SitePattern::url>,
     .required = true},
    {.name = "source",
     .type = Type::path,
     .help = "the folder it is built from",
     .read = store<&SitePattern::source>,
     .required = true},
};

constexpr Key kRepositoryKeys[] = {
    {.name = "url",
     .type = Type::line,
     .help = "the repository on its host, such as https://github.com/pytorch/executorch",
     .read = store<&ProjectConfig::repository_url>},
    {.name = "branch",
     .type = Type::line,
     .help = "the branch whose blob and tree URLs are checked against the working tree",
     .read = store<&ProjectConfig::repository_branch>},
};

constexpr Key kProjectKeys[] = {
    {.name = "sphinx",
     .shape = Shape::list,
     .type = Type::object,
     .help = "Sphinx source folders",
     .read = read_sphinx,
     .children = kSphinxKeys},
    {.name = "python",
     .type = Type::object,
     .help = "the project's Python packages",
     .read = keep_python,
     .children = kPythonKeys},
    {.name = "site",
     .shape = Shape::list,
     .type = Type::object,
     .help = "own web sites: absolute URLs into them are resolved to their sources",
     .read = append<&ProjectConfig::sites>,
     .children = kSiteKeys},
    {.name = "repository",
     .type = Type::object,
     .help = "the own repository: URLs into it are checked against the working tree",
     .read = same,
     .children = kRepositoryKeys},
    {.name = "inventories",
     .shape = Shape::map,
     .type = Type::path,
     .help = "local objects.inv files of other projects",
     .read = store<&ProjectConfig::inventories>},
    {.name = "apis",
     .shape = Shape::map,
     .type = Type::path,
     .help = "APIs of other packages, as 'api dump' writes them",
     .read = store<&ProjectConfig::apis>},
    {.name = "deprecated",
     .shape = Shape::list,
     .type = Type::path,
     .help = "packages with built-in deprecation data, and files of such data",
     .read = store<&ProjectConfig::deprecated>},
    {.name = "generated",
     .shape = Shape::map,
     .type = Type::path,
     .help = "globs of generated files, and what they are generated from",
     .read = store<&ProjectConfig::generated>},
    {.name = "page-kinds",
     .shape = Shape::map_of_lists,
     .type = Type::glob,
     .help = "kinds of pages (tutorial, post) and the globs of their files",
     .read = store<&ProjectConfig::page_kinds>},
};

constexpr Key kDeadAfterKeys[] = {
    {.name = "failures", .type = Type::integer, .help = "failed attempts", .min = 1, .max = 1000},
    {.name = "days", .type = Type::integer, .help = "days since the first", .max = 3650},
};

constexpr Key kBudgetKeys[] = {
    {.name = "run", .type = Type::duration, .help = "time for the whole run"},
    {.name = "host", .type = Type::duration, .help = "time for one host"},
    {.name = "per-host",
     .type = Type::integer,
     .help = "requests to one host at a time",
     .min = 1,
     .max = 100},
    {.name = "interval", .type = Type::duration, .help = "time between two requests to one host"},
    {.name = "at-once",
     .type = Type::integer,
     .help = "requests to all hosts at a time",
     .min = 1,
     .max = 1000},
};

constexpr Key kLinksKeys[] = {
    {.name = "cache", .type = Type::path, .help = "file of known answers"},
    {.name = "max-age", .type = Type::duration, .help = "how long a good answer is believed"},
    {.name = "dead-after",
     .type = Type::object,
     .help = "when a URL that fails is reported as dead",
     .children = kDeadAfterKeys},
    {.name = "budget", .type = Type::object, .help = "limits of one run", .children = kBudgetKeys},
    {.name = "unverified",
     .shape = Shape::list,
     .type = Type::status,
     .help = "answers that say nothing about the link",
     .choices = kUnverified},
    {.name = "ignore",
     .shape = Shape::list,
     .type = Type::line,
     .help = "regular expressions (RE2) of URLs that are not asked"},
    {.name = "soft-404",
     .shape = Shape::list,
     .type = Type::line,
     .help = "hosts that answer 200 whatever is asked; they are not asked"},
    {.name = "contact",
     .type = Type::line,
     .help = "URL that hosts are told about who asks; the repository by default"},
};

constexpr Key kSuppressKeys[] = {
    {.name = "honour",
     .shape = Shape::list,
     .type = Type::choice,
     .help = "other tools whose suppressions hold here too; all by default, [] for none",
     .read = store<&Config::suppress_honour>,
     .choices = kHonour},
    {.name = "unused",
     .type = Type::choice,
     .help = "whether a suppression that suppresses nothing is reported",
     .read = read_unused,
     .choices = kUnused},
    {.name = "require-reason",
     .type = Type::boolean,
     .help = "a suppression must say why",
     .read = store<&Config::suppress_require_reason>},
};

constexpr Key kConfigKeys[] = {
    {.name = "version",
     .type = Type::version,
     .help = "version of the configuration format",
     .required = true},
    {.name = "extends",
     .shape = Shape::list,
     .type = Type::source,
     .help = "built-in presets and preset files of this repository, applied left to right",
     .read = read_extends},
    {.name = "exclude",
     .shape = Shape::list,
     .type = Type::glob,
     .help = "globs of files that are not linted; links to them are still good",
     .read = store<&Config::exclude>},
    {.name = "rule-paths",
     .shape = Shape::list,
     .type = Type::path,
     .help = "folders of the project's own YAML rules",
     .read = store<&Config::rule_paths>},
    {.name = "rules",
     .type = Type::rules,
     .help = "settings of rules by id, alias, family/* or *; an id beats an alias beats a family",
     .read = read_config_rules},
    {.name = "overrides",
     .shape = Shape::list,
     .type = Type::object,
     .help = "settings for some files; later entries win",
     .read = read_override,
     .children = kOverrideKeys},
    {.name = "project",
     .type = Type::object,
     .help = "corrections of what is detected; 'config show' prints every value and its origin",
     .read = enter<&Config::project>,
     .children = kProjectKeys},
    {.name = "links",
     .type = Type::object,
     .help = "how 'links check' asks the network",
     .read = keep_links,
     .children = kLinksKeys},
    {.name = "suppress",
     .type = Type::object,
     .help = "suppression comments",
     .read = same,
     .children = kSuppressKeys},
    {.name = "baseline",
     .type = Type::path,
     .help = "file of accepted findings",
     .read = store<&Config::baseline>},
    {.name = "fail-on",
     .type = Type::choice,
     .help = "the lowest severity that makes the exit code 1",
     .read = read_fail_on,
     .choices = kFailOn},
    {.name = "max-file-size",
     .type = Type::size,
     .help = "larger files are not read",
     .read = read_max_size},
};

Result<Config> read_config(const Value& value, std::string_view path, bool version_optional,
                           std::vector<Error>* all) {
    Config config;
    config.path = path;
    config.base = base_of(path);
    std::vector<Error> errors;
    Reader reader{std::string(path), errors};
    reader.set_version_optional(version_optional);
    reader.read(value, kConfigKeys, &config);
    if (errors.empty())
        return config;
    return tl::unexpected<Error>(reader.finish(all));
}

}  // namespace

Result<std::optional<std::string>> find_config(
    std::string_view start, std::string_view root,
    const std::function<PathKind(const std::string& path)>& kind_of) {
    for (std::string_view* folder : {&root, &start}) {
        while (folder->size() > 1 && folder->ends_with('/'))
            folder->remove_suffix(1);
        if (*folder == ".")
            *folder = {};
    }
    for (std::string_view folder = start;;) {
        std::vector<std::string> found;
        for (const std::string_view name : kConfigNames) {
            std::string path(folder);
            if (!path.empty() && !path.ends_with('/'))
                path += '/';
            path += name;
            const PathKind kind = kind_of(path);
            if (kind == PathKind::absent)
                continue;
            if (kind == PathKind::other) {
                return fail("a configuration must be a regular file", path);
            }
            found.push_back(std::move(path));
        }
        if (found.size() == 2) {
            return fail(
                "'" + std::string(kConfigNames[1]) + "' stands beside it; keep one of the two",
                found[0]);
        }
        if (!found.empty())
            return std::optional<std::string>(std::move(found[0]));
        if (folder == root || folder.empty() || folder == "/")
            break;
        const std::size_t slash = folder.rfind('/');
        if (slash == std::string_view::npos)
            folder = {};
        else
            folder = folder.substr(0, std::max<std::size_t>(slash, 1));
        // Never above the root, even if `start` was not below it.
        if (folder.size() < root.size())
            break;
    }
    return std::optional<std::string>();
}

Result<Config> load_config(std::string_view text, std::string_view path, std::vector<Error>* all) {
    const Result<Value> value = read_yaml(text, path);
    if (!value) {
        if (all != nullptr)
            all->push_back(value.error());
        return tl::unexpected<Error>(value.error());
    }
    return read_config(*value, path, false, all);
}

Result<Config> read_example_config(const Value& value, std::string_view path) {
    Result<Config> config = read_config(value, path, true, nullptr);
    // The example's files stand at the root of their own small tree.
    if (config) {
        config->path.clear();
        config->base.clear();
    }
    return config;
}

std::span<const Key> config_keys() {
    return kConfigKeys;
}

}  // namespace docathon

#include "lint/cli/session.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "lint/config/options.h"
#include "lint/config/preset.h"
#include "lint/config/rule_file.h"
#include "lint/core/embedded.h"
#include "lint/core/hash.h"
#include "lint/core/pack.h"
#include "lint/core/path.h"
#include "lint/core/yaml.h"
#include "lint/rules/engines/engine_set.h"

namespace docathon {

Result<std::unique_ptr<Session>> Session::in_memory(std::map<std::string, std::string> files,
                                                    Config config, RuleSet rules,
                                                    const std::vector<std::string>& presets,
                                                    const RuleFlags& flags) {
    auto session = std::make_unique<Session>();
    session->rules = std::move(rules);
    session->config = std::move(config);
    std::vector<FileEntry> entries;
    for (const auto& [path, bytes] : files) {
        FileEntry& entry = entries.emplace_back();
        entry.path = path;
        entry.tracked = true;
    }
    auto shared = std::make_shared<const std::map<std::string, std::string>>(std::move(files));
    session->read = [shared](const std::string& path) -> Result<std::string> {
        const auto at = shared->find(path);
        if (at == shared->end())
            return fail("no such file", path);
        return at->second;
    };
    if (const Result<void> chosen = session->choose_rules(presets, flags); !chosen) {
        return tl::unexpected<Error>(chosen.error());
    }
    session->read_tree(FileTree(std::move(entries)), GitFacts{});
    return session;
}

Result<Value> Session::read_data(std::string_view name, std::string_view from) const {
    const std::string builtin = "rules/data/" + std::string(name) + ".yaml";
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.path == builtin)
            return parse_yaml(file.bytes, file.path);
    }
    const std::string path = normalize_path(join_path(dirname(from), name));
    if (leaves_root(path) || path.starts_with('/'))
        return fail("it must stay inside the repository");
    Result<std::string> text = read ? read(path) : fail("no such file");
    if (!text)
        return tl::unexpected<Error>(std::move(text.error()));
    return parse_yaml(*text, path, YamlDocuments::one);
}

Result<void> Session::add_rules(std::span<const RuleText> files, std::vector<Error>* errors) {
    if (files.empty())
        return {};
    if (const Result<void> added = add_project_rules(rules, files, errors); !added)
        return added;
    std::map<std::string_view, std::size_t> order;
    for (const RuleText& file : files) {
        order.emplace(file.path, order.size());
        rule_files.push_back(file.path);
    }
    // In the order in which people wrote them, so that the first mistake is the first.
    std::vector<const RuleSpec*> own;
    for (const RuleSpec& spec : rules.specs) {
        if (order.contains(spec.path))
            own.push_back(&spec);
    }
    std::stable_sort(own.begin(), own.end(), [&](const RuleSpec* a, const RuleSpec* b) {
        return std::pair(order.at(a->path), a->body.line) <
               std::pair(order.at(b->path), b->body.line);
    });
    std::vector<Options> options;
    options.reserve(own.size());
    std::vector<EngineRule> engines;
    for (const RuleSpec* spec : own) {
        options.push_back(default_options(*spec));
        engines.push_back({spec, &options.back(), 0});
    }
    const Result<EngineSet> compiled = EngineSet::make(
        engines,
        [this](std::string_view name, std::string_view from) { return read_data(name, from); },
        errors);
    if (!compiled)
        return tl::unexpected<Error>(compiled.error());
    return {};
}

Result<void> Session::choose_rules(const std::vector<std::string>& presets, const RuleFlags& flags,
                                   std::vector<Error>* errors) {
    const Result<std::vector<Preset>> builtin = load_builtin_presets();
    if (!builtin)
        return tl::unexpected<Error>(builtin.error());
    const Result<std::vector<Preset>> chosen = resolve_presets(config, presets, *builtin, read);
    if (!chosen)
        return tl::unexpected<Error>(chosen.error());
    Result<EffectiveRules> made =
        EffectiveRules::make(rules, config, *chosen, *builtin, flags, errors);
    if (!made)
        return tl::unexpected<Error>(made.error());
    effective.emplace(std::move(*made));
    return {};
}

void Session::read_tree(FileTree files, const GitFacts& facts) {
    tree = std::move(files);
    git = facts;
    PackWriter inputs(true);
    inputs.put(git);
    const ReadFile reader = [this, &inputs](std::string_view path) -> std::optional<std::string> {
        Result<std::string> bytes = read(std::string(path));
        inputs.put(path);
        inputs.put(bytes ? hash128(*bytes) : std::array<std::uint64_t, 2>{});
        if (!bytes)
            return std::nullopt;
        return std::move(*bytes);
    };
    for (const FileEntry& file : tree.files()) {
        if (basename(file.path) != ".gitignore")
            continue;
        if (const std::optional<std::string> text = reader(file.path))
            ignore_files.emplace(dirname(file.path), GitIgnore(*text));
    }
    detected = detect(tree, reader, config, git);
    settings = SettingsTable(tree, detected, config);

    const auto honours = [this](std::string_view name) {
        const std::vector<std::string>& list = config.suppress_honour;
        return std::find(list.begin(), list.end(), name) != list.end();
    };
    ForeignIgnores::Input input;
    input.root = root;
    if (honours("lycheeignore") && tree.find(".lycheeignore") != kNoFile)
        input.lycheeignore = reader(".lycheeignore").value_or(std::string());
    if (honours("sphinx"))
        input.sites = detected.sphinx;
    foreign = std::make_unique<ForeignIgnores>(rules, input);
    inputs_key = hash64(inputs.bytes());
}

bool Session::is_ignored(std::string_view path) const {
    if (ignore_files.empty())
        return false;
    // From the outermost folder in: what lies in an ignored folder is ignored.
    std::size_t end = 0;
    while (true) {
        end = path.find('/', end);
        const bool folder = end != std::string_view::npos;
        const std::string_view part = path.substr(0, end);
        // The .gitignore nearest to it decides.
        std::string_view home = dirname(part);
        while (true) {
            const auto at = ignore_files.find(home);
            if (at != ignore_files.end()) {
                const std::string_view inside = home.empty() ? part : part.substr(home.size() + 1);
                const IgnoreVerdict verdict = at->second.match(inside, folder);
                if (verdict == IgnoreVerdict::ignored)
                    return true;
                if (verdict == IgnoreVerdict::included)
                    break;
            }
            if (home.empty())
                break;
            home = dirname(home);
        }
        if (!folder)
            return false;
        ++end;
    }
}

LintJob Session::job(unsigned jobs) {
    LintJob job;
    job.tree = &tree;
    job.config = &config;
    job.detected = &detected;
    job.settings = &settings;
    job.rules = &rules;
    job.effective = &*effective;
    if (foreign != nullptr && !foreign->empty()) {
        job.excuse = [this](const Diagnostic& finding) {
            return foreign->excuse(finding, tree.file(finding.file).path,
                                   settings.of(finding.file).site);
        };
    }
    job.jobs = jobs;
    job.read = [this](FileId file) { return read(tree.file(file).path); };
    job.read_path = read;
    job.cache_name = cache_name;
    job.inputs_key = inputs_key;
    if (stamp)
        job.stamp = [this](FileId file) { return stamp(tree.file(file).path); };
    job.on_disk = on_disk;
    job.history = history.get();
    job.data = [this](std::string_view name, std::string_view from) {
        return read_data(name, from);
    };
    job.is_ignored = [this](std::string_view path) { return is_ignored(path); };
    return job;
}

}  // namespace docathon

#include "lint/config/rule_file.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "lint/config/config_file.h"
#include "lint/config/engine_keys.h"
#include "lint/config/options.h"
#include "lint/config/place.h"
#include "lint/config/quick_yaml.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"

namespace docathon {
namespace {

// Who finds the offence when no engine does: C++ of the same path, the reader of files, the stage
// that settles suppressions.
constexpr std::string_view kBuiltInChecks[] = {"native", "input", "settle"};

constexpr auto make_checks() {
    std::array<std::string_view, std::size(kBuiltInChecks) + kEngines.size()> checks = {};
    std::size_t next = 0;
    for (const std::string_view check : kBuiltInChecks)
        checks[next++] = check;
    for (std::size_t i = 0; i < kEngines.size(); ++i)
        checks[next++] = kEngines.data()[i].name;
    return checks;
}

constexpr auto kChecks = make_checks();
constexpr std::string_view kScopes[] = {"file", "project"};
constexpr std::string_view kFormats[] = {"markdown", "rst", "python", "notebook"};
constexpr std::string_view kSeverities[] = {"error", "warning", "note"};
constexpr std::string_view kStatuses[] = {"preview", "stable", "deprecated"};
constexpr std::string_view kWhere[] = {"site", "repository", "both"};
void* read_scope(const Value& value, const Value*, void* out, Reader&) {
    static_cast<RuleSpec*>(out)->project_scope = value.text == "project";
    return nullptr;
}

void* read_formats(const Value& value, const Value*, void* out, Reader& reader) {
    auto& spec = *static_cast<RuleSpec*>(out);
    if (value.items.empty())
        reader.error(value, "'formats' must name at least one format");
    for (const Value& item : value.items) {
        if (item.text == "markdown")
            spec.formats.push_back(Format::markdown);
        else if (item.text == "rst")
            spec.formats.push_back(Format::rst);
        else if (item.text == "notebook")
            spec.formats.push_back(Format::notebook);
        else
            spec.formats.push_back(Format::python);
    }
    return nullptr;
}

void* read_severity(const Value& value, const Value*, void* out, Reader&) {
    Severity& severity = static_cast<RuleSpec*>(out)->severity;
    if (value.text == "error")
        severity = Severity::error;
    else if (value.text == "warning")
        severity = Severity::warning;
    else
        severity = Severity::note;
    return nullptr;
}

bool is_option_name(std::string_view name) {
    if (name.empty() || name.front() < 'a' || name.front() > 'z')
        return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

void* read_option_spec(const Value&, const Value* name, void* out, Reader& reader) {
    OptionSpec& option = static_cast<RuleSpec*>(out)->options.emplace_back();
    option.name = name->text;
    if (!is_option_name(option.name) || option.name == "severity") {
        reader.error(*name, quote(option.name) +
                                " cannot be an option; use lower-case letters, digits and '-', "
                                "and not 'severity'");
    }
    return &option;
}

void* read_option_type(const Value& value, const Value*, void* out, Reader&) {
    const auto* const type =
        std::find(std::begin(kOptionTypes), std::end(kOptionTypes), value.text);
    static_cast<OptionSpec*>(out)->type = static_cast<OptionType>(type - std::begin(kOptionTypes));
    return nullptr;
}

void* read_files(const Value& value, const Value*, void* out, Reader& reader) {
    auto& example = *static_cast<RuleExample*>(out);
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
        const std::string& path = value.keys[i].text;
        if (path.empty() || normalize_path(path) != path || leaves_root(path) ||
            path.front() == '/') {
            reader.error(value.keys[i], quote(path) + " must be a plain relative path");
        }
        static_cast<void>(read_content(value.items[i], example.files[path]));
    }
    return nullptr;
}

using Type = KeyType;

constexpr Key kOptionKeys[] = {
    {.name = "type",
     .type = Type::choice,
     .help = "the type of the option",
     .read = read_option_type,
     .choices = kOptionTypes,
     .required = true},
    {.name = "default",
     .type = Type::any,
     .help = "the value when nothing is configured",
     .read = store<&OptionSpec::default_value>,
     .required = true},
    {.name = "choices",
     .shape = Shape::list,
     .type = Type::string,
     .help = "the values of a choice",
     .read = store<&OptionSpec::choices>},
    {.name = "help",
     .type = Type::line,
     .help = "one sentence on what it does",
     .read = store<&OptionSpec::help>,
     .required = true},
};

constexpr Key kExpectKeys[] = {
    {.name = "file",
     .type = Type::line,
     .help = "the file of the finding",
     .read = store<&ExpectedFinding::file>,
     .required = true},
    {.name = "text",
     .type = Type::string,
     .help = "the exact text that is flagged",
     .read = store<&ExpectedFinding::text>,
     .required = true},
    {.name = "message",
     .type = Type::line,
     .help = "the exact message; not compared if absent",
     .read = store<&ExpectedFinding::message>},
    {.name = "where",
     .type = Type::choice,
     .help = "where a link is dead; not compared if absent",
     .read = store<&ExpectedFinding::where>,
     .choices = kWhere},
};

constexpr Key kExampleKeys[] = {
    {.name = "name",
     .type = Type::line,
     .help = "what the example shows",
     .read = store<&RuleExample::name>,
     .required = true},
    {.name = "files",
     .shape = Shape::map,
     .type = Type::content,
     .help = "path and content of every file",
     .read = read_files,
     .required = true},
    {.name = "expect",
     .shape = Shape::list,
     .type = Type::object,
     .help = "the findings of this rule, [] for none",
     .read = append<&RuleExample::expect>,
     .children = kExpectKeys,
     .required = true},
    {.name = "also",
     .shape = Shape::list,
     .type = Type::id,
     .help = "other core rules that find something here too",
     .read = store<&RuleExample::also>},
    {.name = "options",
     .type = Type::any,
     .help = "options of this rule in this example",
     .read = store<&RuleExample::options>},
    {.name = "config",
     .type = Type::config,
     .help = "configuration of this example",
     .read = store<&RuleExample::config>},
    {.name = "fixed",
     .shape = Shape::map,
     .type = Type::string,
     .help = "path and content of the files that the safe fixes change",
     .read = store<&RuleExample::fixed>},
    {.name = "answers",
     .shape = Shape::map,
     .type = Type::line,
     .help = "rules of 'links check': URLs and what is known of them, such as 'dead 404'",
     .read = store<&RuleExample::answers>},
};

constexpr Key kRuleKeys[] = {
    {.name = "id",
     .type = Type::id,
     .help = "family/name, as in the path of the file",
     .read = store<&RuleSpec::id>,
     .required = true},
    {.name = "check",
     .type = Type::choice,
     .help = "native (C++ of the same path), input, settle or the name of an engine",
     .read = store<&RuleSpec::check>,
     .choices = kChecks,
     .required = true},
    {.name = "scope",
     .type = Type::choice,
     .help = "file: decided in one file; project: needs the others",
     .read = read_scope,
     .choices = kScopes,
     .required = true},
    {.name = "formats",
     .shape = Shape::list,
     .type = Type::choice,
     .help = "formats that the rule reads",
     .read = read_formats,
     .choices = kFormats,
     .required = true},
    {.name = "severity",
     .type = Type::choice,
     .help = "how bad a finding is",
     .read = read_severity,
     .choices = kSeverities,
     .required = true},
    {.name = "preset",
     .type = Type::choice,
     .help = "the lowest preset that has it",
     .read = store<&RuleSpec::preset>,
     .choices = kRulePresets,
     .required = true},
    {.name = "status",
     .type = Type::choice,
     .help = "how settled the rule is",
     .read = store<&RuleSpec::status>,
     .choices = kStatuses,
     .required = true},
    {.name = "since",
     .type = Type::line,
     .help = "the version that brought it",
     .read = store<&RuleSpec::since>,
     .required = true},
    {.name = "ratchet",
     .type = Type::boolean,
     .help = "a full run prints a summary line, findings only when they are new",
     .read = store<&RuleSpec::ratchet>},
    {.name = "aliases",
     .shape = Shape::map_of_lists,
     .type = Type::line,
     .help = "what other tools call it",
     .read = store<&RuleSpec::aliases>},
    {.name = "summary",
     .type = Type::line,
     .help = "one sentence that states the offence",
     .read = store<&RuleSpec::summary>,
     .required = true},
    {.name = "rationale",
     .type = Type::string,
     .help = "why it matters to a reader",
     .read = store<&RuleSpec::rationale>,
     .required = true},
    {.name = "silent",
     .shape = Shape::list,
     .type = Type::line,
     .help = "what stays silent on purpose, and why",
     .read = store<&RuleSpec::silent>},
    {.name = "precision",
     .type = Type::number,
     .help = "share of labelled findings that were true",
     .read = store<&RuleSpec::precision>,
     .max = 1},
    {.name = "options",
     .shape = Shape::map,
     .type = Type::object,
     .help = "options that a configuration may set",
     .read = read_option_spec,
     .children = kOptionKeys},
    {.name = "examples",
     .shape = Shape::list,
     .type = Type::object,
     .help = "the rule's tests",
     .read = append<&RuleSpec::examples>,
     .children = kExampleKeys},
};

/// Whether a selector names a part of docstrings. What is wrong with it is said elsewhere.
bool names_docstrings(std::string_view selector) {
    char quote = 0;
    bool test = false;      // in [...]
    bool excluded = false;  // in !x
    for (std::size_t at = 0; at < selector.size(); ++at) {
        const char c = selector[at];
        if (quote != 0) {
            at += c == '\\' ? 1 : 0;
            quote = c == quote ? '\0' : quote;
        } else if (test && (c == '\'' || c == '"')) {
            quote = c;
        } else if (c == '[' || c == ']') {
            test = c == '[';
        } else if (!test && (c == '!' || c == ',')) {
            excluded = c == '!';
        } else if (!test && !excluded && is_ascii_alpha(c)) {
            const std::size_t end =
                std::min(selector.find_first_of(" \t\n>,[", at), selector.size());
            const std::string_view kind = selector.substr(at, end - at);
            if (kind == "docstring" || kind == "doc-section" || kind == "param")
                return true;
            at = end - 1;
        }
    }
    return false;
}

// What a rule of a project need not say. A rule for pages must not find itself in all the Python
// files of a repository.
void fill_in(const Value& value, RuleSpec& spec) {
    if (spec.formats.empty()) {
        const Value* on = value.find("on");
        spec.formats = {Format::markdown, Format::rst};
        if (on != nullptr && on->is_scalar() && names_docstrings(on->text))
            spec.formats.push_back(Format::python);
    }
    if (spec.preset.empty())
        spec.preset = "core";
    if (spec.status.empty())
        spec.status = "stable";
    if (const Value* message = value.find("message"); spec.summary.empty() && message != nullptr)
        spec.summary = message->text;
}

bool is_engine(std::string_view check) {
    return std::any_of(kEngines.begin(), kEngines.end(),
                       [&](const EngineKeys& engine) { return engine.name == check; });
}

constexpr std::string_view kLeftOutWhenBrief[] = {"examples"};

// "rules/links/missing-anchor.yaml" -> "links/missing-anchor"; "" if there is no such part.
std::string_view id_of_path(std::string_view path) {
    if (!path.ends_with(".yaml"))
        return {};
    path.remove_suffix(5);
    std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos || slash == 0)
        return {};
    slash = path.rfind('/', slash - 1);
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

void check_options(const Value& value, const RuleSpec& spec, Reader& reader) {
    const Value* options = value.find("options");
    if (options == nullptr || options->items.size() != spec.options.size())
        return;
    for (std::size_t i = 0; i < spec.options.size(); ++i) {
        const OptionSpec& option = spec.options[i];
        const Value* choices = options->items[i].find("choices");
        if ((option.type == OptionType::choice) != (choices != nullptr)) {
            reader.error(options->keys[i], choices == nullptr
                                               ? "a choice needs 'choices'"
                                               : "only an option of type choice has 'choices'");
            continue;
        }
        Options::Entry entry;
        if (options->items[i].find("default") != nullptr) {
            read_option(option.default_value, option, "default", reader, entry);
        }
    }
}

void check_example(const Value& value, const RuleExample& example, const RuleSpec& spec,
                   Reader& reader) {
    if (const Value* options = value.find("options")) {
        if (!options->is_map() && !options->is_null()) {
            reader.error(*options, "'examples.options' must be a map, found " + describe(*options));
        } else if (auto result = options_with(spec, *options, reader.path()); !result) {
            reader.add(std::move(result.error()));
        }
    }
    if (const Value* config = value.find("config")) {
        if (auto result = read_example_config(*config, reader.path()); !result) {
            reader.add(std::move(result.error()));
        }
    }
    std::vector<std::string> names;
    for (const auto& [name, content] : example.files)
        names.push_back(name);
    const auto no_file = [&](const Value& at, const std::string& name) {
        reader.error(at, "no file " + quote(name) + " in this example" + did_you_mean(name, names));
    };
    if (const Value* fixed = value.find("fixed")) {
        for (const Value& name : fixed->keys) {
            if (!example.files.contains(name.text))
                no_file(name, name.text);
        }
    }
    const Value* expect = value.find("expect");
    if (expect == nullptr || expect->items.size() != example.expect.size())
        return;
    // Each is looked for in its whole file.
    constexpr std::size_t kMaxExpected = 200;
    if (example.expect.size() > kMaxExpected) {
        reader.error(*expect,
                     "an example may expect " + std::to_string(kMaxExpected) + " findings at most");
        return;
    }
    for (std::size_t i = 0; i < example.expect.size(); ++i) {
        const ExpectedFinding& finding = example.expect[i];
        const Value* file = expect->items[i].find("file");
        const Value* text = expect->items[i].find("text");
        if (file == nullptr || text == nullptr)
            continue;
        const auto content = example.files.find(finding.file);
        if (content == example.files.end()) {
            no_file(*file, finding.file);
        } else if (content->second.find(finding.text) == std::string::npos) {
            reader.error(*text, quote(finding.text) + " does not stand in " + quote(finding.file));
        }
    }
}

Result<RuleSpec> read_rule(std::string_view text, std::string_view path, RuleDetail detail) {
    if (detail == RuleDetail::brief) {
        if (const std::optional<Value> quick = quick_yaml(text, kLeftOutWhenBrief)) {
            Result<RuleSpec> spec = parse_rule(*quick, path);
            if (spec) {
                // Native checks never look at it, and copying it is half of the time.
                if (is_engine(spec->check))
                    spec->body = *quick;
                return spec;
            }
        }
        // Something is wrong or unusual: the slow reader knows the place.
    }
    Result<Value> value = read_yaml(text, path);
    if (!value)
        return tl::unexpected<Error>(std::move(value.error()));
    Result<RuleSpec> spec = parse_rule(*value, path);
    if (spec)
        spec->body = std::move(*value);
    return spec;
}

bool is_rule_file(std::string_view path) {
    return path.starts_with("rules/") && path.ends_with(".yaml") &&
           !path.starts_with("rules/presets/") && !path.starts_with("rules/data/");
}

// Where a rule file writes an alias or a name under `also`; the whole file if it cannot be found.
const Value& find_text(const Value& value, std::string_view text) {
    std::vector<const Value*> open = {&value};
    while (!open.empty()) {
        const Value* at = open.back();
        open.pop_back();
        if (at->is_scalar() && at->text == text)
            return *at;
        for (const Value& item : at->items)
            open.push_back(&item);
    }
    return value;
}

Result<void> check_names(const RuleSet& rules, RuleDetail detail) {
    for (const RuleSpec& spec : rules.specs) {
        for (const auto& [tool, names] : spec.aliases) {
            for (const std::string& name : names) {
                if (rules.find(name) < 0)
                    continue;
                const Value* aliases = spec.body.find("aliases");
                const Value& at = find_text(aliases == nullptr ? spec.body : *aliases, name);
                return fail("alias " + quote(name) + " is the id of a rule", spec.path, at.line,
                            at.column);
            }
        }
        if (detail == RuleDetail::brief)
            continue;
        for (const RuleExample& example : spec.examples) {
            for (const std::string& name : example.also) {
                if (rules.find(name) >= 0)
                    continue;
                std::vector<std::string> ids;
                for (const RuleSpec& other : rules.specs)
                    ids.push_back(other.id);
                const Value& at = find_text(spec.body, name);
                return fail("no rule " + quote(name) + did_you_mean(name, ids), spec.path, at.line,
                            at.column);
            }
        }
    }
    return {};
}

}  // namespace

Result<RuleSpec> parse_rule(const Value& value, std::string_view path, std::vector<Error>* all,
                            RuleOrigin origin) {
    RuleSpec spec;
    spec.path = path;
    std::vector<Error> errors;
    Reader reader{std::string(path), errors};
    std::vector<Key> keys(std::begin(kRuleKeys), std::end(kRuleKeys));
    const bool project = origin == RuleOrigin::project;
    if (project) {
        for (Key& key : keys)
            key.required = key.required && (key.name == "id" || key.name == "check");
    }
    if (const Value* check = value.find("check")) {
        const bool known = std::find(kChecks.begin(), kChecks.end(), check->text) != kChecks.end();
        for (const EngineKeys& engine : kEngines) {
            if (known && engine.name != check->text)
                continue;
            for (Key key : engine.keys) {
                // With an engine that does not exist any key may be right.
                key.required = key.required && known;
                keys.push_back(key);
            }
        }
    }
    reader.read(value, keys, &spec);
    if (const Value* id = value.find("id"); !project && id != nullptr && is_rule_id(spec.id)) {
        const std::string_view expected = id_of_path(path);
        if (spec.id != expected) {
            reader.error(*id, "id " + quote(spec.id) + " does not fit the path; " +
                                  (is_rule_id(expected)
                                       ? "write " + std::string(expected)
                                       : "name the file <family>/<name>.yaml in lower case"));
        }
    }
    // What follows compares parts of a rule that is well formed so far.
    if (errors.empty())
        check_options(value, spec, reader);
    if (const Value* examples = value.find("examples");
        errors.empty() && examples != nullptr && examples->items.size() == spec.examples.size()) {
        for (std::size_t i = 0; i < spec.examples.size(); ++i) {
            check_example(examples->items[i], spec.examples[i], spec, reader);
        }
    }
    if (!errors.empty())
        return tl::unexpected<Error>(reader.finish(all));
    if (project)
        fill_in(value, spec);
    return spec;
}

Result<RuleSet> load_rules(std::span<const EmbeddedFile> files, RuleDetail detail) {
    RuleSet rules;
    for (const EmbeddedFile& file : files) {
        if (!is_rule_file(file.path))
            continue;
        Result<RuleSpec> spec = read_rule(file.bytes, file.path, detail);
        if (!spec)
            return tl::unexpected<Error>(std::move(spec.error()));
        rules.specs.push_back(std::move(*spec));
    }
    std::sort(rules.specs.begin(), rules.specs.end(),
              [](const RuleSpec& a, const RuleSpec& b) { return a.id < b.id; });
    if (auto checked = check_names(rules, detail); !checked) {
        return tl::unexpected<Error>(std::move(checked.error()));
    }
    return rules;
}

Result<RuleSet> load_builtin_rules(RuleDetail detail) {
    return load_rules(embedded_files(), detail);
}

Result<RuleSpec> load_full_rule(std::string_view id) {
    const std::string path = "rules/" + std::string(id) + ".yaml";
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.path == path && is_rule_file(path)) {
            return read_rule(file.bytes, file.path, RuleDetail::full);
        }
    }
    return fail("no rule " + quote(id));
}

std::span<const EngineKeys> engine_keys() {
    return kEngines;
}
std::span<const Key> rule_keys() {
    return kRuleKeys;
}

}  // namespace docathon

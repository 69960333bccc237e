#include "lint/config/starting_config.h"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "lint/core/glob.h"
#include "lint/core/strings.h"
#include "lint/core/toml_guard.h"
#include "lint/core/yaml.h"

namespace docathon {

namespace {

constexpr std::array<std::string_view, 12> kFiles = {".markdownlint.jsonc",
                                                     ".markdownlint.json",
                                                     ".markdownlint.yaml",
                                                     ".markdownlint.yml",
                                                     ".markdownlintrc",
                                                     ".markdownlint-cli2.jsonc",
                                                     ".markdownlint-cli2.yaml",
                                                     ".markdownlintignore",
                                                     ".rumdl.toml",
                                                     "rumdl.toml",
                                                     ".config/rumdl.toml",
                                                     "pyproject.toml"};

/// What one tool's files say. Names of rules are in upper case.
struct Evidence {
    std::string path;                                          ///< of the file
    std::string tool = "markdownlint";                         ///< or "rumdl"
    std::optional<bool> by_default;                            ///< of rules that are not named
    std::map<std::string, bool> rules;                         ///< MD051 -> on
    std::vector<std::string> exclude;                          ///< globs
    std::map<std::string, std::vector<std::string>> per_file;  ///< glob -> names that are off
};

/// JSON with comments as YAML, which has JSON in it.
std::string without_comments(std::string_view text) {
    std::string plain;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            plain += c;
            if (c == '\\' && i + 1 < text.size())
                plain += text[++i];
            quoted = c != '"';
        } else if (text.substr(i, 2) == "//") {
            i = std::min(text.find('\n', i), text.size()) - 1;
        } else if (text.substr(i, 2) == "/*") {
            const std::size_t end = text.find("*/", i + 2);
            i = end == std::string_view::npos ? text.size() : end + 1;
        } else {
            quoted = c == '"';
            plain += c == '\t' ? ' ' : c;
        }
    }
    return plain;
}

std::vector<std::string> texts_of(const Value* list) {
    std::vector<std::string> texts;
    if (list == nullptr)
        return texts;
    if (list->is_scalar())
        texts.push_back(list->text);
    for (const Value& item : list->items) {
        if (item.is_scalar())
            texts.push_back(item.text);
    }
    return texts;
}

/// The rules of a markdownlint configuration: "MD051": false, {...}, "error", "warning".
void read_markdownlint(const Value& config, Evidence& evidence) {
    for (std::size_t i = 0; i < config.keys.size(); ++i) {
        const std::string name = ascii_upper(config.keys[i].text);
        bool on = true;
        if (config.items[i].is_scalar() && !config.items[i].as_bool(on))
            on = true;
        if (const Value* enabled = config.items[i].find("enabled"))
            static_cast<void>(enabled->as_bool(on));
        if (name == "DEFAULT")
            evidence.by_default = on;
        else
            evidence.rules[name] = on;
    }
}

void read_cli2(const Value& options, Evidence& evidence) {
    if (const Value* config = options.find("config"))
        read_markdownlint(*config, evidence);
    evidence.exclude = texts_of(options.find("ignores"));
}

std::vector<std::string> texts_of(const toml::node* node) {
    std::vector<std::string> texts;
    if (node == nullptr)
        return texts;
    if (const toml::array* list = node->as_array()) {
        for (const toml::node& item : *list) {
            if (const auto text = item.value<std::string>())
                texts.push_back(*text);
        }
    }
    return texts;
}

void read_rumdl(const toml::table& config, Evidence& evidence) {
    const toml::table* global = config["global"].as_table();
    // pyproject.toml has these keys directly under [tool.rumdl].
    for (const toml::table* table : {&config, global}) {
        if (table == nullptr)
            continue;
        for (const std::string& name : texts_of(table->get("disable")))
            evidence.rules[ascii_upper(name)] = false;
        for (const std::string& name : texts_of(table->get("enable"))) {
            evidence.by_default = false;
            evidence.rules[ascii_upper(name)] = true;
        }
        for (const std::string& glob : texts_of(table->get("exclude")))
            evidence.exclude.push_back(glob);
    }
    if (const toml::table* files = config["per-file-ignores"].as_table()) {
        for (const auto& [glob, names] : *files) {
            for (const std::string& name : texts_of(&names))
                evidence.per_file[std::string(glob.str())].push_back(ascii_upper(name));
        }
    }
}

/// The names of each rule of a tool that is this rule: MD051 and link-fragments are one. The lists
/// of a rule file have the names in the order of the numbers.
std::vector<std::vector<std::string>> counterparts(const RuleSpec& rule, std::string_view wanted) {
    std::vector<std::vector<std::string>> groups;
    for (const auto& [tool, aliases] : rule.aliases) {
        if (tool != wanted)
            continue;
        std::vector<std::string> numbers;
        std::vector<std::string> names;
        for (const std::string& alias : aliases) {
            const std::string name = ascii_upper(alias);
            const bool number = name.size() == 5 && name.starts_with("MD") &&
                                std::all_of(name.begin() + 2, name.end(), is_ascii_digit);
            (number ? numbers : names).push_back(name);
        }
        for (std::size_t i = 0; i < std::max(numbers.size(), names.size()); ++i) {
            std::vector<std::string>& group = groups.emplace_back();
            if (i < numbers.size())
                group.push_back(numbers[i]);
            if (i < names.size())
                group.push_back(names[i]);
        }
    }
    return groups;
}

/// The name under which a counterpart is off, or "" if it is on.
std::string off_by(const std::vector<std::string>& group, const Evidence& evidence) {
    for (const std::string& name : group) {
        const auto setting = evidence.rules.find(name);
        if (setting != evidence.rules.end())
            return setting->second ? std::string() : name;
    }
    // A rule without a number is not part of the tool: whether it is there is not known.
    const bool known = group.front().starts_with("MD");
    return !known || evidence.by_default.value_or(true) ? std::string() : group.front();
}

/// Why a rule is off there: the names, or "" if one of its counterparts is on.
std::string off_by(const RuleSpec& rule, const Evidence& evidence) {
    std::set<std::string> names;
    for (const std::vector<std::string>& group : counterparts(rule, evidence.tool)) {
        const std::string name = off_by(group, evidence);
        if (name.empty())
            return {};
        names.insert(name);
    }
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        result += c;
    }
    return result + "\"";
}

class Writer {
  public:
    Writer(const RuleSet& rules, StartingConfig& out) : rules_(rules), out_(out) {}

    void write(const std::vector<Evidence>& all) {
        std::string exclude;
        std::string switches;
        std::string overrides;
        std::set<std::string> seen;
        for (const Evidence& evidence : all) {
            for (const std::string& written : evidence.exclude) {
                const std::string glob = ours(written, evidence.path);
                if (!glob.empty() && seen.insert("exclude " + glob).second) {
                    exclude += "  - " + quoted(glob) + "  # " + evidence.path + "\n";
                    took("exclude " + glob, evidence.path);
                }
            }
            for (const RuleSpec& rule : rules_.specs) {
                const std::string names = off_by(rule, evidence);
                if (names.empty() || !seen.insert("rule " + rule.id).second)
                    continue;
                switches +=
                    "  " + rule.id + ": off  # " + names + " is off in " + evidence.path + "\n";
                took(rule.id + " is off", evidence.path + " (" + names + ")");
            }
            for (const auto& [written, names] : evidence.per_file)
                overrides += override_of(written, names, evidence.path);
        }
        std::string& text = out_.text;
        text =
            "# What docathon-lint finds out by itself, `docathon-lint config show` prints.\n"
            "version: 1\n"
            "# extends: [strict]     # more rules than core: strict, pytorch, blog, all\n"
            "# fail-on: error        # error, warning (default), note or never\n";
        text += exclude.empty() ? "# exclude: [\"docs/archive/**\"]\n" : "exclude:\n" + exclude;
        text += switches.empty() ? "# rules: {links/missing-anchor: off}\n" : "rules:\n" + switches;
        if (!overrides.empty())
            text += "overrides:\n" + overrides;
    }

    void note(std::string text) { out_.notes.push_back(std::move(text)); }

  private:
    void took(const std::string& what, const std::string& where) {
        out_.taken.push_back(what + ", from " + where);
    }

    /// A glob of another tool as one of ours; "" if it cannot be one.
    std::string ours(std::string_view written, const std::string& path) {
        std::string_view glob = written;
        if (glob.starts_with("./"))
            glob.remove_prefix(2);
        while (glob.ends_with('/'))
            glob.remove_suffix(1);
        const bool plain = std::none_of(
            glob.begin(), glob.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        if (!plain || glob.starts_with('/') || glob.starts_with("..") || !Glob::compile(glob)) {
            note("not carried over: '" + escape_control(written) + "' in " + path);
            return {};
        }
        return std::string(glob);
    }

    std::string override_of(const std::string& written, const std::vector<std::string>& names,
                            const std::string& path) {
        Evidence evidence;
        evidence.tool = "rumdl";
        for (const std::string& name : names)
            evidence.rules[name] = false;
        std::string rules;
        for (const RuleSpec& rule : rules_.specs) {
            if (!off_by(rule, evidence).empty())
                rules += (rules.empty() ? "" : ", ") + rule.id + ": off";
        }
        const std::string glob = rules.empty() ? "" : ours(written, path);
        if (glob.empty())
            return {};
        took(rules + " in " + glob, path);
        return "  - files: [" + quoted(glob) + "]  # " + path + "\n    rules: {" + rules + "}\n";
    }

    const RuleSet& rules_;
    StartingConfig& out_;
};

}  // namespace

std::span<const std::string_view> evidence_files() {
    return kFiles;
}

StartingConfig starting_config(std::span<const std::pair<std::string, std::string>> files,
                               const RuleSet& rules) {
    StartingConfig result;
    Writer writer(rules, result);
    std::vector<Evidence> all;
    for (const auto& [path, text] : files) {
        Evidence evidence;
        evidence.path = path;
        if (path.ends_with(".toml")) {
            evidence.tool = "rumdl";
            if (!is_safe_for_tomlplusplus(text)) {
                writer.note(path + " is not valid TOML; nothing was taken from it");
                continue;
            }
            const toml::parse_result config = toml::parse(text, path);
            if (!config) {
                writer.note(path + " is not valid TOML; nothing was taken from it");
                continue;
            }
            const bool shared = path.ends_with("pyproject.toml");
            const toml::table* own =
                shared ? config.table()["tool"]["rumdl"].as_table() : &config.table();
            if (own == nullptr)
                continue;
            read_rumdl(*own, evidence);
        } else if (path.ends_with("ignore")) {
            for (const std::string_view line : split_lines(text)) {
                const std::string_view glob = trim(line);
                if (glob.empty() || glob.starts_with('#'))
                    continue;
                // As in .gitignore: a name without a folder is meant in every folder.
                const bool name = glob.substr(0, glob.size() - 1).find('/') == glob.npos;
                evidence.exclude.push_back((name ? "**/" : "") + std::string(glob));
            }
        } else {
            const bool yaml = path.ends_with(".yaml") || path.ends_with(".yml");
            const Result<Value> value = parse_yaml(yaml ? text : without_comments(text), path);
            if (!value) {
                writer.note(value.error().to_string() + "; nothing was taken from it");
                continue;
            }
            if (path.find("cli2") != std::string::npos)
                read_cli2(*value, evidence);
            else
                read_markdownlint(*value, evidence);
        }
        all.push_back(std::move(evidence));
    }
    writer.write(all);
    return result;
}

}  // namespace docathon

// docathon-lint config show [PATH] | check | schema.

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/output.h"
#include "lint/config/schema.h"
#include "lint/core/nearest.h"
#include "lint/core/strings.h"

namespace docathon::cli {

namespace {

void add_line(std::string& text, const std::string& name, const std::string& value,
              const std::string& origin) {
    text += escape_control(name) + ": " + escape_control(value) + "  # " + escape_control(origin) +
            "\n";
}

int show(std::vector<std::string> arguments) {
    DiskFlags flags;
    std::vector<std::string> paths;
    Arguments parser("docathon-lint config show",
                     "Print every effective value and where it comes from");
    add_session_flags(parser, flags);
    parser.positionals(paths, "PATH",
                       "The file or folder to show the values of; the current folder by default");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    if (paths.size() > 1)
        return usage_error("config show takes one path");
    flags.paths = paths;
    Result<DiskSession> opened = open_session(flags);
    if (!opened)
        return usage_error(opened.error().to_string());
    Session& session = *opened->session;
    std::string path = paths.empty() ? std::string() : opened->first_path;
    // Of a folder: what holds for a page in it.
    if (!path.empty() && session.tree.is_folder(path))
        path += "/index.md";
    std::string text;
    add_line(text, "root", session.root, opened->discovery.git ? "git" : "the folder given");
    add_line(text, "config", session.config.path.empty() ? "none" : session.config.path,
             "searched for up to the root");
    for (const EffectiveValue& value : effective_values(path, session.detected, session.config)) {
        add_line(text, value.name, value.value, value.origin);
    }
    const RuleProfile& profile = session.effective->profile(
        session.effective->profile_for(path.empty() ? "README.md" : path));
    for (std::size_t i = 0; i < session.rules.specs.size(); ++i) {
        const EffectiveRule& rule = profile.rules[i];
        add_line(text, "rules." + session.rules.specs[i].id, std::string(to_string(rule.severity)),
                 rule.origin);
    }
    print_out(text);
    return kClean;
}

int check(std::vector<std::string> arguments) {
    DiskFlags flags;
    Arguments parser("docathon-lint config check",
                     "Check the configuration and the project's rules; exit 2 if wrong");
    add_session_flags(parser, flags);
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    std::vector<Error> errors;
    flags.errors = &errors;
    const Result<DiskSession> opened = open_session(flags);
    if (!opened) {
        if (errors.empty())
            errors.push_back(opened.error());
        for (Error error : errors) {
            error.message = "error: " + error.message;
            print_error(escape_control(error.to_string()) + "\n");
        }
        return kFailed;
    }
    print_out(opened->session->config.path.empty()
                  ? "no configuration file; the defaults hold\n"
                  : escape_control(opened->session->config.path) + ": fine\n");
    return kClean;
}

int schema(std::vector<std::string> arguments) {
    bool rule = false;
    bool preset = false;
    Arguments parser("docathon-lint config schema",
                     "Print the JSON schema of the configuration file, for editors");
    parser.flag("--rule", rule, "The schema of rule files instead");
    parser.flag("--preset-file", preset, "The schema of preset files instead");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    const Result<RuleSet> rules = load_builtin_rules(RuleDetail::brief);
    if (!rules)
        return usage_error(rules.error().to_string());
    const Result<std::vector<Preset>> presets = load_builtin_presets();
    if (!presets)
        return usage_error(presets.error().to_string());
    print_out(rule     ? rule_schema(*rules, *presets)
              : preset ? preset_schema(*rules, *presets)
                       : config_schema(*rules, *presets));
    return kClean;
}

}  // namespace

int run_config(std::vector<std::string> arguments) {
    if (arguments.empty() || arguments.front() == "--help" || arguments.front() == "-h") {
        print_out(
            "Usage: docathon-lint config show [PATH] | check | schema [--rule|--preset-file]\n\n"
            "  show    every effective value and where it comes from\n"
            "  check   check the configuration file\n"
            "  schema  JSON schema of the configuration file, for editors\n");
        return arguments.empty() ? kFailed : kClean;
    }
    const std::string name = arguments.front();
    arguments.erase(arguments.begin());
    if (name == "show")
        return show(std::move(arguments));
    if (name == "check")
        return check(std::move(arguments));
    if (name == "schema")
        return schema(std::move(arguments));
    static const std::vector<std::string> kNames = {"show", "check", "schema"};
    const std::string_view near =
        nearest(name, std::span<const std::string>(kNames), suggestion_distance(name));
    return usage_error("no command 'config " + name + "'" +
                       (near.empty() ? "; see docathon-lint config --help"
                                     : "; did you mean 'config " + std::string(near) + "'?"));
}

}  // namespace docathon::cli

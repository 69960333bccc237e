// docathon-lint config init | show [PATH] | check | schema.

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/output.h"
#include "lint/config/config_file.h"
#include "lint/config/rule_file.h"
#include "lint/config/schema.h"
#include "lint/config/starting_config.h"
#include "lint/core/nearest.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/io/discover.h"
#include "lint/io/git.h"

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

int init(std::vector<std::string> arguments) {
    bool print = false;
    Arguments parser("docathon-lint config init",
                     "Write a first .docathon-lint.yaml; settings of markdownlint and rumdl are "
                     "carried over");
    parser.flag("--print", print, "Print it instead of writing it");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    RealFileSystem files;
    const RealGit git;
    const Result<DiscoveryRoot> root = find_root({}, true, files, git);
    if (!root)
        return usage_error(root.error().to_string());
    for (const std::string_view name : kConfigNames) {
        if (!print && files.info(join_path(root->path, name)).kind != FileKind::absent)
            return usage_error(std::string(name) + " is there already; it was left as it is");
    }
    std::vector<std::pair<std::string, std::string>> evidence;
    for (const std::string_view name : evidence_files()) {
        constexpr std::uint64_t kMost = 1u << 20;
        Result<std::string> text = files.read_file(join_path(root->path, name), kMost);
        if (text)
            evidence.emplace_back(name, std::move(*text));
    }
    const Result<RuleSet> rules = load_builtin_rules(RuleDetail::brief);
    if (!rules)
        return usage_error(rules.error().to_string());
    const StartingConfig config = starting_config(evidence, *rules);
    if (const Result<Config> read = load_config(config.text, kConfigNames[0]); !read)
        return usage_error("internal error: " + read.error().to_string());
    std::string said;
    for (const std::string& line : config.taken)
        said += escape_control(line) + "\n";
    for (const std::string& line : config.notes)
        said += escape_control(line) + "\n";
    print_error(said);
    if (print) {
        print_out(config.text);
        return kClean;
    }
    const std::string path = join_path(root->path, kConfigNames[0]);
    if (const Result<void> written = files.write_file_atomic(path, config.text); !written)
        return usage_error(written.error().to_string());
    print_out("wrote " + escape_control(path) + "\n");
    return kClean;
}

}  // namespace

int run_config(std::vector<std::string> arguments) {
    if (arguments.empty() || arguments.front() == "--help" || arguments.front() == "-h") {
        print_out(
            "Usage: docathon-lint config init | show [PATH] | check | schema "
            "[--rule|--preset-file]\n\n"
            "  init    write a first configuration file, from settings of markdownlint and rumdl\n"
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
    if (name == "init")
        return init(std::move(arguments));
    static const std::vector<std::string> kNames = {"init", "show", "check", "schema"};
    const std::string_view near =
        nearest(name, std::span<const std::string>(kNames), suggestion_distance(name));
    return usage_error("no command 'config " + name + "'" +
                       (near.empty() ? "; see docathon-lint config --help"
                                     : "; did you mean 'config " + std::string(near) + "'?"));
}

}  // namespace docathon::cli

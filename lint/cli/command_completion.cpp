// docathon-lint completion bash|zsh|fish, and docathon-lint man.

#include "docathon/version.h"
#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/output.h"
#include "lint/cli/shell_help.h"
#include "lint/config/preset.h"
#include "lint/config/rule_file.h"
#include "lint/report/report.h"

namespace docathon::cli {

int run_completion(std::vector<std::string> arguments) {
    std::vector<std::string> shells;
    Arguments parser("docathon-lint completion",
                     "Print a script that completes commands, flags, rules and formats");
    parser.positionals(shells, "SHELL", "bash, zsh or fish");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    if (shells.size() != 1)
        return usage_error("completion needs a shell: docathon-lint completion bash|zsh|fish");
    Completions words;
    for (const ReportFormat& format : report_formats())
        words.formats.emplace_back(format.name);
    const Result<std::vector<Preset>> presets = load_builtin_presets();
    if (!presets)
        return usage_error(presets.error().to_string());
    for (const Preset& preset : *presets)
        words.presets.push_back(preset.name);
    const Result<RuleSet> rules = load_builtin_rules(RuleDetail::brief);
    if (!rules)
        return usage_error(rules.error().to_string());
    for (const RuleSpec& rule : rules->specs)
        words.rules.push_back(rule.id);
    const std::string script = completion_script(shells[0], describe_commands(), words);
    if (script.empty())
        return usage_error("no completion for '" + shells[0] + "'; there are bash, zsh and fish");
    print_out(script);
    return kClean;
}

int run_man(std::vector<std::string> arguments) {
    Arguments parser("docathon-lint man", "Print the manual page, for man -l");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    print_out(manual_page(describe_commands(), version()));
    return kClean;
}

}  // namespace docathon::cli

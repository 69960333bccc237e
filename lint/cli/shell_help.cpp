#include "lint/cli/shell_help.h"

#include <map>
#include <set>

#include "lint/cli/command.h"
#include "lint/core/strings.h"

namespace docathon::cli {

namespace {

std::string joined(const std::vector<std::string>& words, std::string_view by) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty())
            text += by;
        text += word;
    }
    return text;
}

std::string replaced(std::string_view text, std::string_view characters, std::string_view before) {
    std::string result;
    for (const char c : text) {
        if (characters.find(c) != std::string_view::npos)
            result += before;
        result += c;
    }
    return result;
}

/// In single quotes of a shell; `escape` are further characters that take a backslash.
std::string quoted(std::string_view text) {
    std::string result = "'";
    for (const char c : text) {
        if (c == '\'')
            result += "'\\''";
        else
            result += c;
    }
    return result + "'";
}

/// All flags of a command and its subcommands, each name once.
std::vector<const ArgumentInfo*> flags_of(const DescribedCommand& command) {
    std::vector<const ArgumentInfo*> flags;
    std::set<std::string> seen;
    for (const CommandInfo& info : command.infos) {
        for (const ArgumentInfo& argument : info.arguments) {
            if (!argument.names.empty() && seen.insert(argument.names.front()).second)
                flags.push_back(&argument);
        }
    }
    return flags;
}

/// The words that a value may be; empty if it is a file, or anything.
std::vector<std::string> values_of(const ArgumentInfo& argument, const Completions& words) {
    if (argument.metavar == "FORMAT")
        return words.formats;
    if (argument.metavar == "COMPARE")
        return {"text", "json", "markdown"};
    if (argument.metavar == "SEVERITY")
        return {"error", "warning", "note", "never"};
    if (argument.metavar == "WHEN")
        return {"auto", "always", "never"};
    if (argument.metavar == "ID")
        return words.rules;
    if (argument.metavar == "NAME")
        return words.presets;
    if (argument.metavar == "FORMAT=FILE") {
        std::vector<std::string> values;
        for (const std::string& format : words.formats)
            values.push_back(format + "=");
        return values;
    }
    return {};
}

bool takes_file(const ArgumentInfo& argument) {
    return argument.metavar == "FILE" || argument.metavar == "PATH" || argument.metavar == "DIR";
}

/// The first argument of the command that is no flag, if it has any.
const ArgumentInfo* positional_of(const DescribedCommand& command) {
    for (const CommandInfo& info : command.infos) {
        for (const ArgumentInfo& argument : info.arguments) {
            if (argument.names.empty())
                return &argument;
        }
    }
    return nullptr;
}

std::string bash_script(const std::vector<DescribedCommand>& commands, const Completions& words) {
    std::string names;
    std::string flags;
    std::string places;
    std::map<std::string, std::string> values;  // flag -> words; empty: a file
    for (const DescribedCommand& command : commands) {
        names += (names.empty() ? "" : " ") + command.name;
        std::string own = "--help";
        for (const ArgumentInfo* flag : flags_of(command)) {
            for (const std::string& name : flag->names) {
                own += " " + name;
                if (flag->metavar.empty())
                    continue;
                // Where commands take different words for one flag, all that any takes.
                const std::string list = joined(values_of(*flag, words), " ");
                const auto known = values.try_emplace(name, list).first;
                if (known->second.size() < list.size())
                    known->second = list;
            }
        }
        flags += "        " + command.name + ") flags=" + quoted(own) + " ;;\n";
        std::string first = joined(command.subcommands, " ");
        if (const ArgumentInfo* positional = positional_of(command);
            positional != nullptr && first.empty())
            first = joined(values_of(*positional, words), " ");
        if (!first.empty())
            places += "        " + command.name + ") rest=" + quoted(first) + " ;;\n";
    }
    std::map<std::string, std::string> by_words;  // words -> pattern of flags
    for (const auto& [flag, list] : values)
        by_words[list] += (by_words[list].empty() ? "" : "|") + flag;
    std::string cases;
    for (const auto& [list, pattern] : by_words) {
        cases += "        " + pattern + ")\n            " +
                 (list.empty() ? "COMPREPLY=()"
                               : "COMPREPLY=($(compgen -W " + quoted(list) + " -- \"$cur\"))") +
                 "\n            return ;;\n";
    }
    return "# Completion of docathon-lint for bash: source it, or put it into\n"
           "# ~/.local/share/bash-completion/completions/docathon-lint\n"
           "_docathon_lint() {\n"
           "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
           "    local commands=" +
           quoted(names) +
           "\n"
           "    local command=check flags='' rest='' word\n"
           "    if ((COMP_CWORD > 1)); then\n"
           "        for word in $commands; do\n"
           "            if [[ ${COMP_WORDS[1]} == \"$word\" ]]; then command=$word; fi\n"
           "        done\n"
           "    fi\n"
           "    case $prev in\n" +
           cases +
           "    esac\n"
           "    case $command in\n" +
           flags +
           "    esac\n"
           "    case $command in\n" +
           places +
           "    esac\n"
           "    if [[ $cur == -* ]]; then\n"
           "        COMPREPLY=($(compgen -W \"$flags\" -- \"$cur\"))\n"
           "    elif ((COMP_CWORD == 1)); then\n"
           "        COMPREPLY=($(compgen -W \"$commands\" -- \"$cur\"))\n"
           "    else\n"
           "        COMPREPLY=($(compgen -W \"$rest\" -- \"$cur\"))\n"
           "    fi\n"
           "}\n"
           "# Where no word fits, bash completes names of files.\n"
           "complete -o default -F _docathon_lint docathon-lint\n";
}

std::string zsh_action(const ArgumentInfo& argument, const Completions& words) {
    const std::vector<std::string> values = values_of(argument, words);
    const std::string name = argument.metavar.empty() ? "value" : ascii_lower(argument.metavar);
    const std::string label = name.substr(0, name.find('='));
    if (!values.empty())
        return ":" + label + ":(" + joined(values, " ") + ")";
    return ":" + label + ":" + (takes_file(argument) || argument.names.empty() ? "_files" : " ");
}

std::string zsh_flag(const ArgumentInfo& flag, const Completions& words) {
    const std::string help = "[" + replaced(flag.help, "[]:\\", "\\") + "]";
    const std::string action = flag.metavar.empty() ? "" : zsh_action(flag, words);
    std::string text;
    for (const std::string& name : flag.names)
        text += " \\\n            " + quoted("*" + name + help + action);
    return text;
}

std::string zsh_script(const std::vector<DescribedCommand>& commands, const Completions& words) {
    std::string list;
    std::string cases;
    for (const DescribedCommand& command : commands) {
        list +=
            "        " + quoted(command.name + ":" + replaced(command.help, ":\\", "\\")) + "\n";
        std::string own = "        " + command.name + ") _arguments -s '--help[Print this help]'";
        for (const ArgumentInfo* flag : flags_of(command))
            own += zsh_flag(*flag, words);
        if (!command.subcommands.empty())
            own += " \\\n            '1:command:(" + joined(command.subcommands, " ") + ")'";
        const ArgumentInfo* positional = positional_of(command);
        if (positional != nullptr)
            own += " \\\n            " + quoted("*" + zsh_action(*positional, words));
        cases += own + " ;;\n";
    }
    return "#compdef docathon-lint\n"
           "# Completion of docathon-lint for zsh: put it as _docathon-lint into a folder of "
           "fpath.\n"
           "_docathon-lint() {\n"
           "    local -a commands\n"
           "    commands=(\n" +
           list +
           "    )\n"
           "    local command=check\n"
           "    if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
           "        _describe -t commands command commands\n"
           "        _files\n"
           "        return\n"
           "    fi\n"
           "    if (( CURRENT > 2 && ${commands[(I)$words[2]:*]} )); then\n"
           "        command=$words[2]\n"
           "        shift words\n"
           "        (( CURRENT-- ))\n"
           "    fi\n"
           "    case $command in\n" +
           cases +
           "    esac\n"
           "}\n"
           "_docathon-lint \"$@\"\n";
}

std::string fish_script(const std::vector<DescribedCommand>& commands, const Completions& words) {
    std::string text =
        "# Completion of docathon-lint for fish: put it into ~/.config/fish/completions/\n";
    const std::string line = "complete -c docathon-lint";
    for (const DescribedCommand& command : commands) {
        text += line + " -n __fish_use_subcommand -a " + command.name + " -d " +
                quoted(replaced(command.help, "\\", "\\")) + "\n";
    }
    for (const DescribedCommand& command : commands) {
        std::string where = "__fish_seen_subcommand_from " + command.name;
        if (command.name == "check")
            where = "__fish_use_subcommand; or " + where;
        const std::string here = line + " -n " + quoted(where);
        if (!command.subcommands.empty())
            text += here + " -f -a " + quoted(joined(command.subcommands, " ")) + "\n";
        const ArgumentInfo* positional = positional_of(command);
        if (positional != nullptr) {
            if (const std::vector<std::string> values = values_of(*positional, words);
                !values.empty())
                text += here + " -f -a " + quoted(joined(values, " ")) + "\n";
        }
        for (const ArgumentInfo* flag : flags_of(command)) {
            text += here;
            for (const std::string& name : flag->names)
                text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            if (!flag->metavar.empty()) {
                const std::vector<std::string> values = values_of(*flag, words);
                text += values.empty() ? " -r" : " -x -a " + quoted(joined(values, " "));
            }
            text += " -d " + quoted(replaced(flag->help, "\\", "\\")) + "\n";
        }
    }
    return text;
}

/// Text for roff: '-' is a minus, no line begins a request.
std::string roff(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '\\')
            safe += "\\e";
        else if (c == '-')
            safe += "\\-";
        else
            safe += c;
    }
    if (safe.starts_with('.') || safe.starts_with('\''))
        safe.insert(0, "\\&");
    return safe;
}

}  // namespace

std::vector<DescribedCommand> describe_commands() {
    std::vector<DescribedCommand> described;
    for (const Command& command : commands()) {
        DescribedCommand& one = described.emplace_back();
        one.name = command.name;
        one.help = command.help;
        // A '|' in front: the command also works without a further word.
        std::vector<std::string> words;
        if (command.subcommands.starts_with('|'))
            words.emplace_back();
        for (const std::string_view name : split(command.subcommands, '|')) {
            if (!name.empty())
                one.subcommands.emplace_back(name);
        }
        words.insert(words.end(), one.subcommands.begin(), one.subcommands.end());
        // Some take the further word as an argument of one command, some have a command for each.
        std::set<std::string> seen;
        if (words.empty())
            words.emplace_back();
        for (const std::string& word : words) {
            CommandInfo info =
                describe_command(command.run, word.empty() ? std::vector<std::string>{}
                                                           : std::vector<std::string>{word});
            if (!info.name.empty() && seen.insert(info.name).second)
                one.infos.push_back(std::move(info));
        }
    }
    return described;
}

std::string completion_script(std::string_view shell, const std::vector<DescribedCommand>& commands,
                              const Completions& words) {
    if (shell == "bash")
        return bash_script(commands, words);
    if (shell == "zsh")
        return zsh_script(commands, words);
    if (shell == "fish")
        return fish_script(commands, words);
    return {};
}

std::string manual_page(const std::vector<DescribedCommand>& commands, std::string_view version) {
    std::string page =
        ".TH DOCATHON\\-LINT 1 \"\" \"docathon\\-lint " + roff(version) +
        "\"\n"
        ".SH NAME\n"
        "docathon\\-lint \\- find what is broken in the documentation of a repository\n"
        ".SH SYNOPSIS\n"
        ".B docathon\\-lint\n"
        "[\\fICOMMAND\\fR] [\\fIPATH\\fR...] [\\fIFLAGS\\fR]\n"
        ".SH DESCRIPTION\n"
        "Without a command, the given paths or the current folder are checked.\n"
        "Paths choose what is reported; the whole repository is read in any case.\n"
        ".SH COMMANDS\n";
    for (const DescribedCommand& command : commands) {
        for (const CommandInfo& info : command.infos) {
            page += ".SS " + roff(info.name) + "\n" + roff(info.about) + ".\n";
            for (const ArgumentInfo& argument : info.arguments) {
                std::string head;
                for (const std::string& name : argument.names)
                    head += (head.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
                if (!argument.metavar.empty())
                    head += (head.empty() ? "" : " ") + ("\\fI" + roff(argument.metavar) + "\\fR");
                page += ".TP\n" + head + "\n" + roff(argument.help) + ".\n";
            }
        }
    }
    page +=
        ".SH EXIT STATUS\n"
        ".TP\n0\nNo finding at or above \\fB\\-\\-fail\\-on\\fR.\n"
        ".TP\n1\nFindings at or above it.\n"
        ".TP\n2\nThe run failed: a wrong flag, a wrong configuration, or an internal error.\n"
        ".SH ENVIRONMENT\n"
        ".TP\n\\fBDOCATHON_LINT_CONFIG\\fR\nThe configuration file, as \\fB\\-\\-config\\fR.\n"
        ".TP\n\\fBNO_COLOR\\fR\nSwitches colours off.\n"
        ".TP\n\\fBGITHUB_STEP_SUMMARY\\fR\n"
        "With the format github, the file that all findings are appended to.\n"
        ".SH FILES\n"
        ".TP\n\\fI.docathon\\-lint.yaml\\fR\nThe configuration of a repository.\n";
    return page;
}

}  // namespace docathon::cli

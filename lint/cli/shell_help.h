#pragma once
// The help of all commands in the forms that shells and `man` want. All of it comes from what the
// commands themselves describe (arguments.h), so it lists what works and nothing else.

#include <string>
#include <string_view>
#include <vector>

#include "lint/cli/arguments.h"

namespace docathon::cli {

/// Words that may stand in a place.
struct Completions {
    std::vector<std::string> formats;
    std::vector<std::string> presets;
    std::vector<std::string> rules;
};

/// A command, or one of its further commands ("config show").
struct DescribedCommand {
    std::string name;  ///< "config"
    std::string help;
    std::vector<std::string> subcommands;
    std::vector<CommandInfo> infos;  ///< its own, or one for each subcommand
};

/// Asks every command.
[[nodiscard]] std::vector<DescribedCommand> describe_commands();

/// A completion script; `shell` is bash, zsh or fish, else the answer is empty.
[[nodiscard]] std::string completion_script(std::string_view shell,
                                            const std::vector<DescribedCommand>& commands,
                                            const Completions& words);

/// The manual page docathon-lint(1) in the man macros of roff.
[[nodiscard]] std::string manual_page(const std::vector<DescribedCommand>& commands,
                                      std::string_view version);

}  // namespace docathon::cli

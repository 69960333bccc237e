#pragma once
// Commands: what `docathon-lint NAME ...` runs. One .cpp a command; main.cpp only chooses.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace docathon::cli {

/// Exit codes of the program (PRODUCT.md section 3).
inline constexpr int kClean = 0;
inline constexpr int kFindings = 1;
inline constexpr int kFailed = 2;

/// Arguments behind the command's name. Returns the exit code.
using CommandFunction = int (*)(std::vector<std::string> arguments);

struct Command {
    std::string_view name;
    std::string_view help;  ///< one line
    CommandFunction run;
    std::string_view subcommands = {};  ///< "show|check", for commands that have further ones;
                                        ///< "|x" for one that works without as well
};

int run_check(std::vector<std::string> arguments);
int run_fix(std::vector<std::string> arguments);
int run_explain(std::vector<std::string> arguments);
int run_rules(std::vector<std::string> arguments);
int run_config(std::vector<std::string> arguments);
int run_links(std::vector<std::string> arguments);
int run_test_rules(std::vector<std::string> arguments);
int run_api(std::vector<std::string> arguments);
int run_dump(std::vector<std::string> arguments);
/// `dump docutils`, which has flags of its own.
int run_dump_docutils(std::vector<std::string> arguments);
int run_baseline(std::vector<std::string> arguments);
int run_compare(std::vector<std::string> arguments);
int run_cache(std::vector<std::string> arguments);
int run_completion(std::vector<std::string> arguments);
int run_man(std::vector<std::string> arguments);

/// All commands, `check` first. What is not here is not in the help.
[[nodiscard]] std::span<const Command> commands();

}  // namespace docathon::cli

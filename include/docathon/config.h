#pragma once
// How linting is configured through the library: the same YAML and the same flags as the program.

#include <optional>
#include <string>
#include <vector>

namespace docathon {

struct LintOptions {
    std::string config;                ///< text of a configuration file; empty for none
    std::vector<std::string> presets;  ///< besides core: strict, pytorch, blog, all
    std::vector<std::string> select;   ///< rules, aliases, families or presets to add
    std::vector<std::string> ignore;   ///< and to leave out
    unsigned jobs = 1;                 ///< threads
};

/// What is wrong with the text of a configuration file, as `path:line:column: message`; nullopt if
/// nothing is.
[[nodiscard]] std::optional<std::string> check_config(const std::string& text);

}  // namespace docathon

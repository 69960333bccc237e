#pragma once
// How the `git` program is started: the part that lint/io/git.cpp and git_history.cpp share. Not
// for anybody else.

#include <string>
#include <vector>

namespace docathon {

/// Arguments that keep git from running what a repository or its configuration names.
[[nodiscard]] std::vector<std::string> safe_git_arguments(
    const std::string& folder, const std::vector<std::string>& arguments);

/// Our environment without the variables that would point git elsewhere or name programs.
[[nodiscard]] std::vector<std::string> git_environment();

}  // namespace docathon

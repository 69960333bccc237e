#pragma once
// What `config init` writes: a configuration that begins where a project's settings for other
// linters of Markdown left off, with a comment behind every line that says where it comes from. A
// pure function of the texts of those files.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/model/rule_set.h"

namespace docathon {

/// Files that starting_config() understands, at the root of a repository.
[[nodiscard]] std::span<const std::string_view> evidence_files();

struct StartingConfig {
    std::string text;                ///< of the configuration file; load_config() takes it
    std::vector<std::string> taken;  ///< what was taken from where, a line each
    std::vector<std::string> notes;  ///< what could not be read or carried over, a line each
};

/// `files` are (path, text) of those evidence files that exist, in the order of evidence_files().
/// Rules of ours are switched off where all their counterparts are off there; excluded files and
/// settings for some files are carried over; all else these tools know has no meaning here.
[[nodiscard]] StartingConfig starting_config(
    std::span<const std::pair<std::string, std::string>> files, const RuleSet& rules);

}  // namespace docathon

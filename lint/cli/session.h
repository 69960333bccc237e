#pragma once
// Session: everything that is decided before a page is parsed: rules, presets, configuration, the
// tree, detection, settings. Made from a folder on disk or from files in memory; owns what a
// LintJob points at.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lint/cli/pipeline.h"
#include "lint/config/effective.h"
#include "lint/config/project_rules.h"
#include "lint/core/glob.h"
#include "lint/core/result.h"
#include "lint/model/config.h"
#include "lint/model/rule_set.h"
#include "lint/project/detect/detect.h"
#include "lint/settle/foreign_ignores.h"

namespace docathon {

class RepositoryHistory;

class Session {
  public:
    /// Files in memory, path -> bytes, all lintable and selected. `rules` are those to choose from;
    /// `presets` as of --preset, `flags` as of the command line.
    [[nodiscard]] static Result<std::unique_ptr<Session>> in_memory(
        std::map<std::string, std::string> files, Config config, RuleSet rules,
        const std::vector<std::string>& presets, const RuleFlags& flags);

    /// Adds rules of the project to `rules` and compiles them, so that what is wrong with one is
    /// known before a page is read. `errors`, if given, receives every one.
    [[nodiscard]] Result<void> add_rules(std::span<const RuleText> files,
                                         std::vector<Error>* errors = nullptr);
    /// The data file that a rule of `from` names.
    [[nodiscard]] Result<Value> read_data(std::string_view name, std::string_view from) const;

    /// The steps that both kinds share, in this order; for those who build a Session themselves.
    /// `errors`, if given, receives every one.
    [[nodiscard]] Result<void> choose_rules(const std::vector<std::string>& presets,
                                            const RuleFlags& flags,
                                            std::vector<Error>* errors = nullptr);
    void read_tree(FileTree tree, const GitFacts& facts);

    /// Whether the .gitignore files of the tree leave the path out (gitignore(5)).
    [[nodiscard]] bool is_ignored(std::string_view path) const;
    /// A job on this session; valid as long as it lives.
    [[nodiscard]] LintJob job(unsigned jobs);

    RuleSet rules;
    std::vector<std::string> rule_files;  ///< those that add_rules() read
    Config config;
    FileTree tree;
    Detected detected;
    SettingsTable settings;
    std::optional<EffectiveRules> effective;
    /// Bytes of a file by its path relative to the root.
    std::function<Result<std::string>(const std::string& path)> read;
    std::function<bool(std::string_view path)> on_disk;
    /// Stamps of files for the cache, by paths relative to the root; empty where what `read` gives
    /// is not what the stamps are of (standard input, texts that are about to be written).
    std::function<std::optional<FileStamp>(const std::string& path)> stamp;
    GitFacts git;                                ///< what read_tree() was given
    std::uint64_t inputs_key = 0;                ///< LintJob::inputs_key; made by read_tree()
    std::string cache_name;                      ///< of this project in the cache
    std::shared_ptr<RepositoryHistory> history;  ///< of the repository; may be null
    /// The .gitignore files of the tree: folder -> patterns.
    std::map<std::string, GitIgnore, std::less<>> ignore_files;
    std::string root;  ///< absolute; empty in memory
    /// What other tools are told not to report; made by read_tree(), may be null.
    std::unique_ptr<ForeignIgnores> foreign;
};

}  // namespace docathon

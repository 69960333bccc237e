#pragma once
// A Session made from a folder on disk: root, configuration, tree, detection.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lint/cli/session.h"
#include "lint/config/rule_file.h"
#include "lint/core/result.h"
#include "lint/io/discover.h"
#include "lint/io/files.h"
#include "lint/io/git.h"

namespace docathon::cli {

struct DiskFlags {
    std::vector<std::string> paths;     ///< as on the command line; empty = the current folder
    std::optional<std::string> config;  ///< --config, else DOCATHON_LINT_CONFIG, else searched for
    std::vector<std::string> presets;
    RuleFlags rules;
    /// --stdin-filename: the bytes stand for this file, which need not exist.
    std::optional<std::string> stdin_path;
    std::string stdin_bytes;
    bool nothing_selected = false;  ///< --files-from gave an empty list: report nothing
    /// Files or folders with the project's rules, as on the command line, instead of rule-paths.
    std::optional<std::vector<std::string>> rule_paths;
    bool rules_may_fail = false;  ///< rules that find nothing in their own examples are loaded too
    RuleDetail detail = RuleDetail::brief;
    std::optional<std::uint64_t> jobs;  ///< threads; as many as are useful if not given
    /// If given, is told the root of a git repository before its files are listed: what else git
    /// must be asked can be asked meanwhile.
    std::function<void(const std::string& root)> found_repository;
    /// If given, receives everything that is wrong with the configuration, not only the first.
    std::vector<Error>* errors = nullptr;
};

struct DiskSession {
    std::unique_ptr<Session> session;
    Discovery discovery;  ///< its tree was moved into the session
    std::string
        first_path;  ///< the first path of the flags, relative to the root; "" if there is none
};

/// Everything up to the first page. Errors end the program with exit code 2.
[[nodiscard]] Result<DiskSession> open_session(const DiskFlags& flags);

/// A session on other files of the project that `like` is a session on (a commit, the index), with
/// its configuration and rules. `files` and `git` must outlive it.
[[nodiscard]] Result<std::unique_ptr<Session>> open_session_on(const Session& like,
                                                               const DiskFlags& flags,
                                                               const FileSystem& files,
                                                               const Git& git);

/// Adds the flags that every command on a folder has: --config, --preset, --select, --ignore.
class Arguments;
void add_session_flags(Arguments& arguments, DiskFlags& flags);

}  // namespace docathon::cli

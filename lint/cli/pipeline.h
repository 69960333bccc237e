#pragma once
// The table of contents of the program: from a tree of files to settled findings. Knows no command
// line and no disk: files are read through a callback, so that rule examples, the library's
// lint_text() and a run on a repository take the same way.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lint/config/effective.h"
#include "lint/core/result.h"
#include "lint/core/source_file.h"
#include "lint/io/files.h"
#include "lint/model/config.h"
#include "lint/model/facts.h"
#include "lint/model/file_tree.h"
#include "lint/model/run_result.h"
#include "lint/model/url_answers.h"
#include "lint/project/detect/detect.h"
#include "lint/settle/baseline.h"

namespace docathon {

class RepositoryHistory;
class ProjectIndex;

/// What is linted and how. Everything pointed at must outlive the LintRun.
struct LintJob {
    const FileTree* tree = nullptr;
    const Config* config = nullptr;
    const Detected* detected = nullptr;
    const SettingsTable* settings = nullptr;
    const RuleSet* rules = nullptr;
    EffectiveRules* effective = nullptr;  ///< profiles of the files are made in it
    const Baseline* baseline = nullptr;   ///< none: no baseline
    /// Why a finding in this file need not be reported; see SettleInput::excuse. May be empty.
    std::function<std::optional<std::string>(const Diagnostic&)> excuse;
    unsigned jobs = 1;  ///< threads; the output is the same for any number
    /// Bytes of a file. Called from several threads, at most once a file for pages.
    std::function<Result<std::string>(FileId)> read;
    /// The same for any file below the root, such as an inventory of project.inventories.
    std::function<Result<std::string>(const std::string& path)> read_path;
    /// The data file that a rule without C++ names, by its name and the path of the rule's file.
    std::function<Result<Value>(std::string_view, std::string_view)> data;
    /// Do .gitignore files name the path? May be empty.
    std::function<bool(std::string_view)> is_ignored;
    /// Does the disk have a path that the tree lacks (git ignores it)? May be empty.
    std::function<bool(std::string_view)> on_disk;
    /// Folder of the cache (page_cache.h); empty: nothing is cached. Only where `read` gives what
    /// `stamp` is of.
    std::string cache_folder;
    std::string cache_name;  ///< of the project, in that folder
    std::function<std::optional<FileStamp>(FileId)> stamp;
    /// Hash of all that tree, settings and `excuse` were made of; 0: not known. With it a run that
    /// is like an earlier one takes its result (result_cache.h).
    std::uint64_t inputs_key = 0;
    /// Nobody asks for more than the result, and in it findings of rules that are only summed up
    /// are counted. Their findings are kept with a baseline all the same.
    bool result_suffices = false;
    /// Nobody asks for more than the result, the base of a comparison, which has all findings. The
    /// bytes that `read` gives cannot change: they are objects of git.
    bool is_base = false;
    /// Asked before such a result is kept. May be empty.
    std::function<bool()> is_complete;
    /// References are counted, whatever rules are on (RunResult::references).
    bool count_references = false;
    /// Findings of rules that are only summed up come without fingerprints where that saves reading
    /// a file (SettleInput::late).
    bool late_fingerprints = false;
    /// What commits of the repository deleted; null: nothing is known of it.
    RepositoryHistory* history = nullptr;
    /// The project before the change that is looked at; may be null.
    const ProjectIndex* before = nullptr;
    /// Called between index and check: asks the network (`links check`), or takes what it wants of
    /// the index (`api`). May be empty. `bytes` are those of the pages that were read.
    std::function<UrlAnswers(const ProjectIndex& index,
                             const std::function<std::string_view(FileId)>& bytes)>
        ask;
    /// Called once all pages are parsed and kept for later runs; may be empty.
    std::function<void()> parsed;
    /// Called from any thread after each page; may be empty.
    std::function<void(std::size_t done, std::size_t total)> progress;
    /// Asked between pages: true stops the run early. May be empty.
    std::function<bool()> cancelled;
};

/// Findings, and the bytes they point into.
struct LintRun {
    RunResult result;
    /// By FileId; null for files that were not parsed. Shared with RunResult::bytes.
    std::shared_ptr<std::vector<std::unique_ptr<SourceFile>>> sources;
    /// By FileId; empty ones for files that were not parsed. Null if the run was cancelled, or its
    /// result came from the cache.
    std::shared_ptr<const std::vector<FileFacts>> facts;
    /// Hash of the bytes of a page by FileId, as far as it is known. Empty without a cache.
    std::vector<std::optional<std::array<std::uint64_t, 2>>> contents;
    std::size_t stale = 0;  ///< findings that the baseline accepts and that are gone
    bool internal_error = false;
    bool cancelled = false;
    /// Pages changed while they were linted, so that the findings do not fit the bytes. Never set
    /// in what lint() returns.
    bool outdated = false;
};

/// Parses, indexes, checks and settles. Never fails: what goes wrong in one file is a notification.
[[nodiscard]] LintRun lint(const LintJob& job);

}  // namespace docathon

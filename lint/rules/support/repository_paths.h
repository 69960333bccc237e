#pragma once
// Whether a path that an example names is one of this repository: the folders that a reader may be
// in where the page says it, and what stands there. What cannot be decided is unknown with a
// reason; a path is missing only if something shows that this repository was meant.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/shell_facts.h"
#include "lint/rules/check.h"
#include "lint/rules/support/programs.h"

namespace docathon::rules {

/// The folders that commands of a page may be typed in: before the first `cd` that of the page and
/// those above it, then what `cd` leads to.
class WorkingFolders {
  public:
    WorkingFolders(const ProjectContext& context, std::string_view page);

    /// What a command does to the folder and to the files in it (cd, pushd, git clone, mkdir, what
    /// it writes). Commands must come in their order.
    void follow(const ShellCommand& command);
    /// Whether any is known.
    [[nodiscard]] bool known() const { return known_; }
    /// Normalized, relative to the root; not all need to exist (mkdir).
    [[nodiscard]] const std::vector<std::string>& folders() const { return folders_; }
    /// Those of the page, whatever was entered since: readers begin again there.
    [[nodiscard]] const std::vector<std::string>& start() const { return start_; }
    /// Of a path into a clone of this repository that an earlier command made, what is behind the
    /// clone's folder; else "".
    [[nodiscard]] std::string inside_clone(std::string_view path) const;
    /// Whether an earlier command makes the path or a folder above it.
    [[nodiscard]] bool makes(std::string_view path) const;
    /// Whether the word is what this repository is called, by its address or its packages.
    [[nodiscard]] bool is_own_name(std::string_view word) const;

  private:
    void enter(const ShellWord& word);
    void clone(const std::vector<ShellWord>& words);
    void remember(const ShellWord& word);
    void read_own_names() const;

    const ProjectContext* context_;
    std::vector<std::string> start_;
    std::vector<std::string> folders_;
    bool known_ = true;
    struct Saved {
        std::uint32_t depth = 0;
        std::vector<std::string> folders;
        bool known = true;
    };
    std::vector<Saved> saved_;  // subshells, pushd
    std::uint32_t depth_ = 0;
    std::set<std::string> made_;  // as written, normalized
    mutable bool own_names_read_ = false;
    mutable std::set<std::string> own_names_;    // lower case, '_' as '-'
    std::set<std::string> foreign_;              // clones of other repositories
    std::set<std::string, std::less<>> cloned_;  // folders of clones of this one
};

enum class PathState : std::uint8_t { found, missing, unknown };

struct PathAnswer {
    PathState state = PathState::unknown;
    std::string_view why;    ///< of unknown: the reason; static text
    FileId file = kNoFile;   ///< of found: the file, or of a module its file; kNoFile for folders
    std::string suggestion;  ///< of missing: what may be meant, as it would be written; or ""
    bool sure = false;       ///< the suggestion is the only thing that can be meant
};

/// What a path or module of a command is.
[[nodiscard]] PathAnswer look_up(const ProjectContext& context, const PathUse& use,
                                 const WorkingFolders& folders, bool may_suggest);
/// What a path in running text is, such as `examples/apple/coreml/`.
[[nodiscard]] PathAnswer look_up_inline(const ProjectContext& context, std::string_view text,
                                        const WorkingFolders& folders, bool may_suggest);

/// Pages that tell what was true at a time: changelogs, release notes, posts.
[[nodiscard]] bool is_record(std::string_view path);
/// Pages that tell what is to be: proposals, RFCs, roadmaps, specifications of work to do.
[[nodiscard]] bool is_plan(std::string_view path);

}  // namespace docathon::rules

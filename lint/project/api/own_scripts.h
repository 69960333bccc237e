#pragma once
// OwnScripts: what commands of the documentation may name of this repository besides its files: the
// programs that its packages install, the options of its scripts, the paths that it once had; and
// what its own sources say is deprecated.
//
// Borrows what OwnScriptsInput refers to. What costs time is read when the first question needs it,
// once, under a lock: any thread may ask.

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/model/facts.h"
#include "lint/model/file_tree.h"
#include "lint/project/api/api_index.h"
#include "lint/project/api/deprecated.h"

namespace docathon {

/// Where OwnScripts looks.
struct OwnScriptsInput {
    const ApiIndex* api = nullptr;  ///< may be null
    const FileTree* tree = nullptr;
    std::span<const FileFacts> facts;  ///< by FileId
    /// Bytes of any file of the tree. May be null.
    std::function<std::optional<std::string>(FileId)> read;
    /// Bytes of a file that was parsed, empty for others. May be null.
    std::function<std::string_view(FileId)> bytes;
    /// Paths that the history of the repository deletes. May be null, and may give none.
    std::function<std::vector<std::string>()> deleted_paths;
};

/// The options that a script or program takes.
struct OptionSet {
    bool known = false;             ///< false: others may exist
    bool remainder = false;         ///< hands on what follows the first argument that is no option
    bool variants = false;          ///< '-' and '_' in them may mean the same
    std::string_view why;           ///< not known: the reason; static text
    std::set<std::string> options;  ///< "--model", "-m"
};

/// What pyproject.toml, setup.cfg, setup.py and version.txt at the root say; empty: nothing, or
/// something that is computed.
struct PackageFacts {
    std::string name;             ///< as pip knows it
    std::string version;          ///< "0.12.0", without what stands behind the numbers
    std::string requires_python;  ///< ">=3.10,<3.14"
    std::string torch;            ///< the oldest torch that it takes, "2.1"; empty if it says none
};

class OwnScripts {
  public:
    explicit OwnScripts(OwnScriptsInput input);
    OwnScripts(const OwnScripts&) = delete;
    OwnScripts& operator=(const OwnScripts&) = delete;

    /// The file that a program of this name begins in, by [project.scripts] or
    /// [tool.poetry.scripts] of pyproject.toml, setup.cfg or setup.py at the root; kNoFile if there
    /// is none.
    [[nodiscard]] FileId program(std::string_view name) const;
    /// The options of a script: its own, and those of the files of this repository that it imports,
    /// directly or not.
    [[nodiscard]] const OptionSet& options(FileId script) const;
    /// Those of one command of a program (`tune download`): of the file that makes its parser, if
    /// there is one alone, and of the program's own file. Else those of the program.
    [[nodiscard]] const OptionSet& options(FileId program, std::string_view command) const;
    /// Whether a commit deleted or renamed the path, or a file below it; false also if the history
    /// is not here.
    [[nodiscard]] bool had_path(std::string_view path) const;
    /// The package at the root.
    [[nodiscard]] const PackageFacts& package() const;
    /// The text of a page, to see what stands around an example; empty if it is not here.
    [[nodiscard]] std::string_view bytes(FileId file) const {
        return input_.bytes ? input_.bytes(file) : std::string_view();
    }
    /// Whether some Python of the project has the text as a whole string.
    [[nodiscard]] bool says(std::string_view text) const;
    /// What the project's own sources say is deprecated, sorted by name.
    [[nodiscard]] const std::vector<DeprecatedRow>& deprecated() const;

  private:
    void read_programs() const;
    void read_package() const;
    [[nodiscard]] std::string root_file(std::string_view path) const;
    void add_program(std::string_view name, std::string_view target) const;
    [[nodiscard]] OptionSet collect(FileId script, std::vector<FileId>& files) const;
    [[nodiscard]] OptionSet collect_command(FileId program, std::string_view command) const;
    [[nodiscard]] const ScriptFacts* script_of(FileId file) const;
    /// Whether a file gives its parser to another package: `other.cli(parser)`.
    [[nodiscard]] bool lends_away(FileId file) const;
    [[nodiscard]] std::vector<FileId> imports_of(FileId file, bool used) const;
    [[nodiscard]] bool reads_options(FileId script) const;
    [[nodiscard]] std::optional<OptionSet> own_options(FileId script) const;

    OwnScriptsInput input_;
    std::map<FileId, std::uint32_t> modules_;  // of the index
    mutable std::map<FileId, std::vector<FileId>> imports_;
    mutable std::mutex lock_;
    mutable bool programs_read_ = false;
    mutable std::map<std::string, FileId, std::less<>> programs_;
    mutable std::map<FileId, OptionSet> options_;
    mutable std::map<std::pair<FileId, std::string>, OptionSet> command_options_;
    mutable bool package_read_ = false;
    mutable PackageFacts package_;
    mutable std::map<std::string, bool, std::less<>> said_;
    mutable bool history_read_ = false;
    mutable std::set<std::string, std::less<>> deleted_;  // paths and the folders above them
    mutable std::optional<std::vector<DeprecatedRow>> deprecated_rows_;
};

}  // namespace docathon

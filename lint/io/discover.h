#pragma once
// Discovery: the first stage of a run. From the place where the program was started to the
// repository's root, and from the root to the list of all its files, with what of them is linted
// and what is reported. Asks git where it can; walks the folders itself where it cannot, with the
// same answer but for two things: without git every file is untracked, and core.excludesFile, which
// lies outside the repository, is not read.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lint/core/result.h"
#include "lint/io/files.h"
#include "lint/io/git.h"
#include "lint/model/file_tree.h"

namespace docathon {

/// Something about the tree that the user should hear of, though the run goes on.
struct DiscoveryProblem {
    std::string path;  ///< relative to the root; empty if it is about none
    std::string message;
};

/// Where the repository begins.
struct DiscoveryRoot {
    std::string path;                        ///< absolute, without symbolic links
    bool git = false;                        ///< the top of a working tree that git can read
    std::vector<DiscoveryProblem> problems;  ///< why git was not used, where one would expect it
};

/// The root for `start` (a folder or a file; empty = the current folder): the top level of its git
/// working tree, else the folder with `.git` that git does not read (see problems), else
/// `fallback` if `start` lies in it (the folder of a configuration file), else the folder itself.
[[nodiscard]] Result<DiscoveryRoot> find_root(const std::string& start, bool use_git,
                                              const FileSystem& files, const Git& git,
                                              const std::string& fallback = {});

struct DiscoverOptions {
    std::string start;  ///< folder or file to find the root from; empty = cwd
    std::string cwd;    ///< what relative `paths` are relative to; empty = current folder
    std::vector<std::string>
        paths;  ///< files, folders and globs named by the user; none = everything
    std::vector<std::string> exclude;  ///< globs of the configuration, also of whole folders
    std::string exclude_base;   ///< folder that `exclude` is relative to, relative to the root
    std::string fallback_root;  ///< see find_root
    bool use_git = true;
    unsigned jobs = 1;  ///< threads that list folders
};

struct Discovery {
    std::string root;  ///< absolute
    FileTree tree;
    std::vector<DiscoveryProblem> problems;  ///< sorted by path
    /// What kept files that would be selected from being linted -> how many; for "no file matched".
    /// Keys: a glob of `exclude` as written; "third_party/" and its like; ".x/" for hidden folders
    /// that git does not track; ".gitignore"; "linguist-generated"; "linguist-vendored";
    /// "submodule"; "symbolic link" (its target is linted).
    std::map<std::string, std::uint64_t> excluded_by;
    bool git = false;  ///< git made the list; else `tracked` is false everywhere
};

/// Lists the repository. Errors: a root that cannot be read; a glob of `exclude` that does not
/// compile; a named path that does not exist or lies outside the root, or a glob that matches
/// nothing. What is excluded stays so when it is named.
///
/// In the tree: every file that git lists, tracked ones that are on disk and untracked ones that
/// are not ignored, whatever their kind. Not lintable: what `exclude` matches; files below folders
/// named node_modules, third-party, third_party, vendor, site-packages, .venv, venv, _build, .tox
/// and the like, and external and deps outside of documentation;
/// pages kept aside (folders _archive, _removed, _old and the like); files other than Python that
/// .gitattributes calls linguist-generated or linguist-vendored; test data (folders named fixtures
/// outside of documentation, testdata and the like, samples of benchmarks; below test/ and tests/
/// outside of documentation all but README and CONTRIBUTING files); untracked files below hidden
/// folders (without git: all but .github) and below build/lib and build/lib.*, where setuptools
/// copies packages; files that a sparse checkout leaves out; a symbolic link to a file that is
/// listed itself. Symbolic links to folders, to nothing and out of the repository are opaque, as
/// are submodules and repositories in it.
[[nodiscard]] Result<Discovery> discover(const DiscoveryRoot& root, const DiscoverOptions& options,
                                         const FileSystem& files, const Git& git);
/// find_root and discover in one.
[[nodiscard]] Result<Discovery> discover(const DiscoverOptions& options, const FileSystem& files,
                                         const Git& git);

}  // namespace docathon

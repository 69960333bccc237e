#include "lint/io/discover.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "lint/core/glob.h"
#include "lint/core/parallel.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/io/attributes.h"

namespace docathon {

namespace {

constexpr std::uint64_t kMaxIgnoreFile = 10u << 20;

bool is_third_party(std::string_view folder) {
    constexpr std::string_view kNames[] = {
        "node_modules", "third-party", "third_party", "vendor", "site-packages",
        ".venv",        "venv",        "_build",      ".tox",   "3rdparty",
        "thirdparty",   "_vendor",     "_vendored",
    };
    return std::find(std::begin(kNames), std::end(kNames), folder) != std::end(kNames);
}

// Code of others, outside of documentation: "external" may be a subject of the latter.
bool is_external_code(std::string_view folder) {
    return folder == "external" || folder == "externals" || folder == "extern" || folder == "deps";
}

// Inputs of tests: broken on purpose, or made for another program to read.
bool is_test_data(std::string_view folder) {
    constexpr std::string_view kNames[] = {
        "fixtures", "__fixtures__", "__snapshots__", "testdata", "test_data", "test-data",
    };
    return std::find(std::begin(kNames), std::end(kNames), folder) != std::end(kNames);
}

// build/lib, build/lib.linux-x86_64-cpython-311: where setuptools puts a copy of the packages when
// it makes a wheel. Projects may well have a folder of that name under version control.
bool is_build_output(std::string_view path) {
    const std::string_view name = basename(path);
    return (name == "lib" || name.starts_with("lib.")) && basename(dirname(path)) == "build";
}

// Pages that were taken out of the documentation and kept aside.
bool is_attic(std::string_view folder) {
    constexpr std::string_view kNames[] = {
        "_archive",  "_archived", "_attic",   "_deprecated",
        "_obsolete", "_old",      "_removed", "_unused",
    };
    return std::find(std::begin(kNames), std::end(kNames), folder) != std::end(kNames);
}

// "fixtures" may be a subject of documentation too, but not below the tests of a website.
bool is_subject(std::string_view path) {
    return basename(path) == "fixtures" && path.find("test/") == std::string_view::npos &&
           path.find("tests/") == std::string_view::npos &&
           path.find("tests__/") == std::string_view::npos;
}

bool is_tests(std::string_view folder) {
    return ascii_iequals(folder, "test") || ascii_iequals(folder, "tests");
}

bool is_documentation(std::string_view folder) {
    constexpr std::string_view kNames[] = {"doc", "docs", "website", "content", "_posts"};
    return std::find(std::begin(kNames), std::end(kNames), folder) != std::end(kNames);
}

// What is written for people even among tests.
bool is_readme(std::string_view name) {
    constexpr std::string_view kNames[] = {"readme", "contributing"};
    return std::any_of(std::begin(kNames), std::end(kNames), [&](std::string_view known) {
        return name.size() >= known.size() && ascii_iequals(name.substr(0, known.size()), known);
    });
}

std::string absolute(std::string_view root, std::string_view path) {
    std::string out(root);
    if (path.empty())
        return out;
    if (out.empty() || out.back() != '/')
        out += '/';
    out += path;
    return out;
}

// `path` without `root` in front; `inside` says whether it is there.
std::string_view relative_to(std::string_view root, std::string_view path, bool& inside) {
    inside = is_within(root, path);
    if (!inside)
        return {};
    path.remove_prefix(root.size());
    if (!path.empty() && path.front() == '/')
        path.remove_prefix(1);
    return path;
}

// What a listing finds, in any order, before it becomes a FileTree.
struct Listing {
    std::vector<FileEntry> files;
    std::vector<std::string> left_out;  // paths of files that a sparse checkout leaves out, sorted
    std::vector<std::string> symlinks;  // paths among neither: still to be looked at
    std::vector<std::string> symlinks_untracked;
    std::vector<std::string> submodules;
    std::vector<DiscoveryProblem> problems;
};

void add_file(Listing& listing, std::string path, bool tracked) {
    FileEntry& entry = listing.files.emplace_back();
    entry.path = std::move(path);
    entry.tracked = tracked;
}

void add_symlink(Listing& listing, std::string path, bool tracked) {
    (tracked ? listing.symlinks : listing.symlinks_untracked).push_back(std::move(path));
}

// --- With git
// ------------------------------------------------------------------------------------- The index
// says what is tracked; one readdir for each tracked folder says what of it is there and what else
// is. Only if something else is there git is asked again, about just that. On a tree without
// untracked files this takes half the time of `git ls-files -co` and a third of the time of a stat
// for each file.

class GitLister {
  public:
    GitLister(std::string root, const FileSystem& files, const Git& git, unsigned jobs,
              Listing& listing)
        : root_(std::move(root)), files_(files), git_(git), jobs_(jobs), listing_(listing) {}

    Result<void> list() {
        Result<std::vector<GitFile>> tracked = git_.tracked(root_);
        if (!tracked)
            return tl::unexpected<Error>(tracked.error());
        tracked_ = std::move(*tracked);
        states_.assign(tracked_.size(), State::absent);
        if (git_.is_whole_tree()) {
            std::transform(tracked_.begin(), tracked_.end(), states_.begin(),
                           [](const GitFile& file) {
                               return file.mode == GitMode::symlink ? State::symlink : State::file;
                           });
            add_tracked();
            return {};
        }
        // All folders of one depth at once.
        std::vector<Folder> level;
        level.push_back({{}, 0, tracked_.size()});
        while (!level.empty()) {
            std::vector<Visited> visited(level.size());
            parallel_for(level.size(), level.size() < kFewFolders ? 1 : jobs_,
                         [&](std::size_t i) { visit(level[i], visited[i]); });
            if (level.front().prefix.empty() && visited.front().error)
                return tl::unexpected<Error>(*visited.front().error);
            std::vector<Folder> below;
            for (std::size_t i = 0; i < level.size(); ++i) {
                Visited& seen = visited[i];
                if (seen.error && seen.error->code != ErrorCode::absent)
                    leave_to_git(level[i], seen.error->message);
                std::move(seen.below.begin(), seen.below.end(), std::back_inserter(below));
                std::move(seen.unknown.begin(), seen.unknown.end(), std::back_inserter(unknown_));
            }
            level = std::move(below);
        }
        add_tracked();
        return add_untracked();
    }

  private:
    enum class State : std::uint8_t { absent, file, symlink };
    struct Folder {
        std::string prefix;  // "" or "a/b/"
        std::size_t begin;   // its files: tracked_[begin, end)
        std::size_t end;
    };
    struct Visited {
        std::vector<Folder> below;
        std::vector<std::string> unknown;  // as unknown_
        std::optional<Error> error;        // it cannot be listed
    };

    // Fewer are not worth a thread.
    static constexpr std::size_t kFewFolders = 32;
    struct Child {
        std::string_view name;
        bool folder;
        std::size_t begin;
        std::size_t end;
    };

    std::vector<Child> children_of(const Folder& folder) const {
        std::vector<Child> children;
        for (std::size_t i = folder.begin; i < folder.end;) {
            const std::string_view path = tracked_[i].path;
            const std::size_t from = folder.prefix.size();
            const std::size_t slash = path.find('/', from);
            if (slash == std::string_view::npos) {
                children.push_back({path.substr(from), false, i, i + 1});
                ++i;
                continue;
            }
            const std::string_view below = path.substr(0, slash + 1);
            const auto first_other =
                std::partition_point(tracked_.begin() + static_cast<std::ptrdiff_t>(i),
                                     tracked_.begin() + static_cast<std::ptrdiff_t>(folder.end),
                                     [&](const GitFile& file) {
                                         return file.path.compare(0, below.size(), below) == 0;
                                     });
            const auto end = static_cast<std::size_t>(first_other - tracked_.begin());
            children.push_back({path.substr(from, slash - from), true, i, end});
            i = end;
        }
        std::sort(children.begin(), children.end(),
                  [](const Child& a, const Child& b) { return a.name < b.name; });
        return children;
    }

    /// By several threads: each has its own part of states_.
    void visit(const Folder& folder, Visited& visited) {
        std::string_view path = folder.prefix;
        if (!path.empty())
            path.remove_suffix(1);
        Result<std::vector<FolderEntry>> entries = files_.list_folder(absolute(root_, path));
        if (!entries) {
            visited.error = std::move(entries.error());
            return;
        }
        std::vector<Child> children = children_of(folder);
        for (FolderEntry& entry : *entries) {
            if (entry.name == ".git")
                continue;
            auto child = std::lower_bound(
                children.begin(), children.end(), std::string_view(entry.name),
                [](const Child& a, std::string_view name) { return a.name < name; });
            bool known = false;
            // An unmerged index may have a file and a folder of the same name.
            for (; child != children.end() && child->name == entry.name; ++child) {
                known = match(folder, entry.kind, *child, visited) || known;
            }
            if (known || entry.kind == FileKind::other || entry.kind == FileKind::unreadable)
                continue;
            std::string unknown = folder.prefix + entry.name;
            // Submodules that nobody cloned and left-overs of a checkout are empty folders.
            if (entry.kind == FileKind::folder && !holds_anything(unknown))
                continue;
            visited.unknown.push_back(std::move(unknown));
        }
    }

    /// Nobody can say what is in the folder; git's list is the best guess.
    void leave_to_git(const Folder& folder, std::string why) {
        listing_.problems.push_back(
            {folder.prefix.substr(0, folder.prefix.size() - 1), std::move(why)});
        for (std::size_t i = folder.begin; i < folder.end; ++i)
            states_[i] = State::file;
    }

    // False if a folder holds nothing but folders that hold nothing. Gives up early: a wrong "yes"
    // only means that git is asked.
    bool holds_anything(const std::string& folder) const {
        std::vector<std::string> pending = {folder};
        for (std::size_t i = 0; i < pending.size(); ++i) {
            const auto entries = files_.list_folder(absolute(root_, pending[i]));
            if (!entries || entries->size() > 16 || pending.size() > 16)
                return true;
            for (const FolderEntry& entry : *entries) {
                if (entry.kind != FileKind::folder)
                    return true;
                pending.push_back(pending[i] + '/' + entry.name);
            }
        }
        return false;
    }

    // Whether what is on disk is what the index says.
    bool match(const Folder& folder, FileKind kind, const Child& child, Visited& visited) {
        if (child.folder) {
            if (kind != FileKind::folder)
                return false;
            std::string prefix = folder.prefix;
            prefix += child.name;
            prefix += '/';
            visited.below.push_back({std::move(prefix), child.begin, child.end});
            return true;
        }
        if (tracked_[child.begin].mode == GitMode::submodule)
            return kind == FileKind::folder;
        if (kind != FileKind::regular && kind != FileKind::symlink)
            return false;
        states_[child.begin] = kind == FileKind::symlink ? State::symlink : State::file;
        return true;
    }

    // In the order of the index, so that there is nothing left to sort.
    void add_tracked() {
        listing_.files.reserve(tracked_.size());
        for (std::size_t i = 0; i < tracked_.size(); ++i) {
            GitFile& file = tracked_[i];
            if (file.mode == GitMode::submodule) {
                // Its content is unknown, whether its folder is there or not.
                listing_.submodules.push_back(std::move(file.path));
            } else if (states_[i] == State::file) {
                add_file(listing_, std::move(file.path), true);
            } else if (states_[i] == State::symlink) {
                add_symlink(listing_, std::move(file.path), true);
            } else if (file.skipped) {
                listing_.left_out.push_back(std::move(file.path));
            }
        }
    }

    Result<void> add_untracked() {
        if (unknown_.empty())
            return {};
        std::sort(unknown_.begin(), unknown_.end());
        Result<std::vector<std::string>> untracked = git_.untracked(root_, unknown_);
        if (!untracked)
            return tl::unexpected<Error>(untracked.error());
        for (std::string& path : *untracked) {
            if (path.empty())
                continue;
            if (path.back() == '/') {  // a repository in this one
                path.pop_back();
                listing_.submodules.push_back(std::move(path));
                continue;
            }
            const FileKind kind = files_.info(absolute(root_, path)).kind;
            if (kind == FileKind::regular)
                add_file(listing_, std::move(path), false);
            else if (kind == FileKind::symlink)
                add_symlink(listing_, std::move(path), false);
        }
        return {};
    }

    std::string root_;
    const FileSystem& files_;
    const Git& git_;
    unsigned jobs_;
    Listing& listing_;
    std::vector<GitFile> tracked_;
    std::vector<State> states_;         // parallel to tracked_
    std::vector<std::string> unknown_;  // on disk, not in the index: topmost paths
};

// --- Without git
// ----------------------------------------------------------------------------------

class Walker {
  public:
    Walker(std::string root, const FileSystem& files, Listing& listing)
        : root_(std::move(root)), files_(files), listing_(listing) {}

    Result<void> list() {
        std::shared_ptr<const Level> outer;
        if (Result<std::string> text =
                files_.read_file(absolute(root_, ".git/info/exclude"), kMaxIgnoreFile)) {
            outer = std::make_shared<const Level>(Level{GitIgnore(*text), 0, nullptr});
        }
        std::vector<Folder> pending;
        pending.push_back({std::string(), outer});
        while (!pending.empty()) {
            const Folder folder = std::move(pending.back());
            pending.pop_back();
            Result<void> done = visit(folder, pending);
            if (!done) {
                if (folder.path.empty())
                    return done;
                listing_.problems.push_back({folder.path, done.error().message});
            }
        }
        return {};
    }

  private:
    // The patterns of one folder, and of the folders above.
    struct Level {
        GitIgnore patterns;
        std::size_t base;  // bytes of the folder's path in front of what the patterns see
        std::shared_ptr<const Level> above;
    };
    struct Folder {
        std::string path;
        std::shared_ptr<const Level> level;
    };

    static bool is_ignored(const Level* level, std::string_view path, bool is_folder) {
        for (; level != nullptr; level = level->above.get()) {
            const IgnoreVerdict verdict =
                level->patterns.match(path.substr(level->base), is_folder);
            if (verdict != IgnoreVerdict::none)
                return verdict == IgnoreVerdict::ignored;
        }
        return false;
    }

    // As git tells a repository from a folder that happens to have a ".git".
    bool is_repository(const std::string& folder, FileKind dot_git) const {
        const std::string path = absolute(root_, folder + "/.git");
        if (dot_git == FileKind::folder) {
            return files_.info_followed(path + "/objects").kind == FileKind::folder &&
                   files_.info_followed(path + "/refs").kind == FileKind::folder &&
                   files_.info(path + "/HEAD").kind != FileKind::absent;
        }
        if (dot_git != FileKind::regular)
            return false;
        const Result<std::string> text = files_.read_file(path, 4096);
        return text && text->substr(0, 8) == "gitdir: ";
    }

    Result<void> visit(const Folder& folder, std::vector<Folder>& pending) {
        Result<std::vector<FolderEntry>> entries = files_.list_folder(absolute(root_, folder.path));
        if (!entries)
            return tl::unexpected<Error>(entries.error());
        std::shared_ptr<const Level> level = folder.level;
        for (const FolderEntry& entry : *entries) {
            if (entry.name == ".git" && !folder.path.empty() &&
                is_repository(folder.path, entry.kind)) {
                listing_.submodules.push_back(folder.path);
                return {};
            }
            // git does not follow a symbolic link here either.
            if (entry.name == ".gitignore" && entry.kind == FileKind::regular) {
                const std::string path = join_path(folder.path, entry.name);
                Result<std::string> text = files_.read_file(absolute(root_, path), kMaxIgnoreFile);
                if (text) {
                    level = std::make_shared<const Level>(
                        Level{GitIgnore(*text), folder.path.empty() ? 0 : folder.path.size() + 1,
                              folder.level});
                } else {
                    listing_.problems.push_back({path, text.error().message});
                }
            }
        }
        for (FolderEntry& entry : *entries) {
            if (entry.name == ".git")
                continue;
            std::string path = folder.path.empty() ? entry.name : folder.path + '/' + entry.name;
            if (is_ignored(level.get(), path, entry.kind == FileKind::folder))
                continue;
            switch (entry.kind) {
                case FileKind::folder:
                    pending.push_back({std::move(path), level});
                    break;
                case FileKind::regular:
                    add_file(listing_, std::move(path), false);
                    break;
                case FileKind::symlink:
                    add_symlink(listing_, std::move(path), false);
                    break;
                default:
                    break;  // FIFOs, sockets and devices are nobody's document
            }
        }
        return {};
    }

    std::string root_;
    const FileSystem& files_;
    Listing& listing_;
};

// --- Both
// -----------------------------------------------------------------------------------------

std::vector<FileEntry>::const_iterator find_entry(const std::vector<FileEntry>& files,
                                                  std::string_view path) {
    const auto at = std::lower_bound(
        files.begin(), files.end(), path,
        [](const FileEntry& file, std::string_view wanted) { return file.path < wanted; });
    return at != files.end() && at->path == path ? at : files.end();
}

bool has_folder(const std::vector<FileEntry>& files, std::string_view folder) {
    const std::string below = std::string(folder) + '/';
    const auto at = std::lower_bound(
        files.begin(), files.end(), below,
        [](const FileEntry& file, const std::string& wanted) { return file.path < wanted; });
    return at != files.end() && at->path.compare(0, below.size(), below) == 0;
}

// git's list is sorted and a few entries follow it, so the long front is not sorted again.
void sort_entries(std::vector<FileEntry>& files) {
    const auto by_path = [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; };
    const auto tail = std::is_sorted_until(files.begin(), files.end(), by_path);
    if (tail == files.end())
        return;
    std::sort(tail, files.end(), by_path);
    std::inplace_merge(files.begin(), tail, files.end(), by_path);
}

// Finds out where symbolic links lead. Those to files of the repository become entries; all others
// become opaque, since nobody can say what is behind them.
struct Symlinks {
    std::vector<std::string> opaque;
    std::map<std::string, std::string>
        targets;  // path -> the listed file that it is a second name of
};

Symlinks resolve_symlinks(const std::string& root, const FileSystem& files, Listing& listing) {
    Symlinks result;
    if (listing.symlinks.empty() && listing.symlinks_untracked.empty())
        return result;
    sort_entries(listing.files);
    std::vector<FileEntry> found;
    const auto resolve = [&](const std::string& path, bool tracked) {
        const std::string full = absolute(root, path);
        const Result<std::string> real = files.real_path(full);
        const auto problem = [&](std::string_view what) {
            const Result<std::string> target = files.read_link(full);
            listing.problems.push_back(
                {path, "symbolic link" +
                           (target ? " to \"" + escape_control(*target) + '"' : std::string()) +
                           ' ' + std::string(what)});
            result.opaque.push_back(path);
        };
        if (!real) {
            if (real.error().message.find("circle") != std::string::npos) {
                problem("goes round in a circle");
            } else if (real.error().code == ErrorCode::absent) {
                problem("points at nothing");
            } else {
                problem("cannot be followed: " + real.error().message);
            }
            return;
        }
        bool inside = false;
        const std::string_view target = relative_to(root, *real, inside);
        if (!inside || is_within(".git", target)) {
            problem("leaves the repository, so it is not followed");
            return;
        }
        switch (files.info(*real).kind) {
            case FileKind::folder:
                if (target.empty() || is_within(target, path)) {
                    problem("points at a folder that it lies in, so it is not followed");
                    return;
                }
                result.opaque.push_back(path);
                return;
            case FileKind::regular:
                break;
            default:
                result.opaque.push_back(path);
                return;
        }
        FileEntry& entry = found.emplace_back();
        entry.path = path;
        entry.tracked = tracked;
        entry.symlink = true;
        if (find_entry(listing.files, target) != listing.files.end())
            result.targets.emplace(path, target);
    };
    for (const std::string& path : listing.symlinks)
        resolve(path, true);
    for (const std::string& path : listing.symlinks_untracked)
        resolve(path, false);
    std::move(found.begin(), found.end(), std::back_inserter(listing.files));
    return result;
}

// Says what excludes a file. Files must be asked for in sorted order: what holds for a folder is
// found out once, when its first file comes.
class Excluder {
  public:
    Excluder(const std::vector<Glob>& globs, std::string base, bool git)
        : globs_(globs), base_(std::move(base)), git_(git) {}

    // Empty if nothing does. Notes in the file whether it is only the name of a folder.
    std::string reason(FileEntry& file) {
        const std::string_view path = file.path;
        while (!folders_.empty() &&
               !(path.size() > folders_.back().path.size() &&
                 path[folders_.back().path.size()] == '/' &&
                 path.substr(0, folders_.back().path.size()) == folders_.back().path)) {
            folders_.pop_back();
        }
        std::size_t from = folders_.empty() ? 0 : folders_.back().path.size() + 1;
        for (std::size_t slash = path.find('/', from); slash != std::string_view::npos;
             slash = path.find('/', from)) {
            enter(path.substr(0, slash), path.substr(from, slash - from));
            from = slash + 1;
        }
        if (!folders_.empty()) {
            const Folder& folder = folders_.back();
            if (!folder.reason.empty()) {
                file.aside = folder.named && by_glob(path).empty();
                return folder.reason;
            }
            if (!folder.hidden.empty() && !file.tracked)
                return folder.hidden;
            if (!folder.tests.empty() && !is_readme(path.substr(from))) {
                file.aside = by_glob(path).empty();
                return folder.tests;
            }
        }
        return by_glob(path);
    }

  private:
    struct Folder {
        std::string path;
        std::string reason;  // excludes everything below
        std::string hidden;  // excludes what git does not track: hidden folders, copies of a build
        std::string tests;   // excludes all but READMEs
        bool named = false;  // `reason` is the name of a folder
        bool documentation = false;
    };

    void enter(std::string_view path, std::string_view name) {
        Folder folder;
        if (!folders_.empty()) {
            folder.reason = folders_.back().reason;
            folder.named = folders_.back().named;
            folder.hidden = folders_.back().hidden;
            folder.tests = folders_.back().tests;
            folder.documentation = folders_.back().documentation;
        }
        folder.documentation = folder.documentation || is_documentation(name);
        // A page of the documentation may well be called "tests".
        if (is_tests(name) && !folder.documentation)
            folder.tests = std::string(name) + '/';
        folder.path = std::string(path);
        if (folder.reason.empty()) {
            const bool samples = (name == "samples" || name == "inputs" || name == "data") &&
                                 basename(dirname(path)).starts_with("bench");
            const bool test_data =
                is_test_data(name) && !(folder.documentation && is_subject(path));
            if (is_third_party(name) || test_data || is_attic(name) || samples ||
                (is_external_code(name) && !folder.documentation)) {
                folder.reason = std::string(name) + '/';
                folder.named = true;
            } else {
                folder.reason = by_glob(path);
            }
        }
        // Without git nobody knows what is tracked; .github is where documents are.
        if (folder.hidden.empty() && name.front() == '.' && (git_ || name != ".github")) {
            folder.hidden = std::string(name) + '/';
        }
        if (folder.hidden.empty() && is_build_output(path))
            folder.hidden = "build/" + std::string(name) + '/';
        folders_.push_back(std::move(folder));
    }

    std::string by_glob(std::string_view path) const {
        if (!base_.empty()) {
            if (!is_within(base_, path) || path.size() == base_.size())
                return {};
            path.remove_prefix(base_.size() + 1);
        }
        for (const Glob& glob : globs_) {
            if (glob.match(path))
                return glob.pattern();
        }
        return {};
    }

    const std::vector<Glob>& globs_;
    std::string base_;
    bool git_;
    std::vector<Folder> folders_;  // the folders of the file asked for last, outermost first
};

std::string escape_glob(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view("*?[]{},\\!").find(c) != std::string_view::npos)
            out += '\\';
        out += c;
    }
    return out;
}

// What the user named, as paths of the tree.
struct Selection {
    bool all = false;
    std::vector<std::string> paths;  // files and folders, sorted
    std::vector<Glob> globs;
    std::map<std::string, std::uint64_t> excluded_by;

    [[nodiscard]] bool has(std::string_view path) const {
        if (all)
            return true;
        for (std::string_view at = path; !at.empty();) {
            if (std::binary_search(paths.begin(), paths.end(), at))
                return true;
            const std::size_t slash = at.rfind('/');
            at = slash == std::string_view::npos ? std::string_view() : at.substr(0, slash);
        }
        return std::any_of(globs.begin(), globs.end(),
                           [&](const Glob& glob) { return glob.match_or_parent(path); });
    }
};

class Selector {
  public:
    Selector(const std::string& root, std::string cwd, const FileSystem& files,
             const std::vector<FileEntry>& entries, const std::vector<std::string>& submodules)
        : root_(root),
          cwd_(std::move(cwd)),
          files_(files),
          entries_(entries),
          submodules_(submodules) {}

    Result<Selection> select(const std::vector<std::string>& names) {
        selection_.all = names.empty();
        for (const std::string& name : names) {
            if (Result<void> done = add(name); !done)
                return tl::unexpected<Error>(done.error());
        }
        std::sort(selection_.paths.begin(), selection_.paths.end());
        return std::move(selection_);
    }

  private:
    // Whether `path` (relative to the root) is in the tree; takes it if so.
    bool take(std::string_view path) {
        if (path.empty()) {
            selection_.all = true;
            return true;
        }
        if (find_entry(entries_, path) == entries_.end() && !has_folder(entries_, path))
            return false;
        selection_.paths.emplace_back(path);
        return true;
    }

    Result<void> add(const std::string& name) {
        if (name.empty())
            return fail(ErrorCode::absent, "a path is empty");
        const std::string full = join_path(cwd_, name);
        bool inside = false;
        std::string_view path = relative_to(root_, full, inside);
        if (inside && take(path))
            return {};
        // Through symbolic links: above the root, or to a folder inside it.
        std::string parent(dirname(full));
        Result<std::string> real_parent = files_.real_path(parent);
        if (real_parent) {
            const std::string there = absolute(*real_parent, basename(full));
            bool there_inside = false;
            const std::string_view there_path = relative_to(root_, there, there_inside);
            if (there_inside && take(there_path))
                return {};
            inside = inside || there_inside;
        }
        const FileInfo info = files_.info(full);
        if (info.kind == FileKind::absent || info.kind == FileKind::unreadable) {
            if (inside && has_glob_characters(name))
                return add_glob(name);
            return fail(info.kind == FileKind::absent ? ErrorCode::absent : ErrorCode::unreadable,
                        info.kind == FileKind::absent ? "no such file or folder" : "cannot be read",
                        name);
        }
        const Result<std::string> real = files_.real_path(full);
        if (real) {
            bool real_inside = false;
            const std::string_view real_path = relative_to(root_, *real, real_inside);
            if (!real_inside) {
                return fail("lies outside the repository \"" + escape_control(root_) +
                                "\"; run from there, or name it alone",
                            name);
            }
            if (take(real_path))
                return {};
            path = real_path;
            // The empty folder and what git ignores exist, so naming them is no mistake.
            const bool in_submodule = std::any_of(
                submodules_.begin(), submodules_.end(),
                [&](const std::string& folder) { return is_within(folder, real_path); });
            if (in_submodule)
                ++selection_.excluded_by["submodule"];
            else if (info.kind != FileKind::folder || !is_empty_folder(full))
                ++selection_.excluded_by[".gitignore"];
        }
        return {};
    }

    [[nodiscard]] bool is_empty_folder(const std::string& path) const {
        const Result<std::vector<FolderEntry>> entries = files_.list_folder(path);
        return entries && entries->empty();
    }

    Result<void> add_glob(const std::string& name) {
        bool inside = false;
        const std::string_view folder = relative_to(root_, cwd_, inside);
        if (!inside)
            return fail(ErrorCode::absent, "no such file or folder", name);
        std::string pattern = name;
        if (name.front() == '/') {
            pattern = std::string(relative_to(root_, name, inside));
            if (!inside)
                return fail(ErrorCode::absent, "no such file or folder", name);
        } else if (!folder.empty()) {
            std::string_view rest = name;
            while (rest.substr(0, 2) == "./")
                rest.remove_prefix(2);
            pattern = escape_glob(folder) + '/' + std::string(rest);
        }
        Result<Glob> glob = Glob::compile(pattern);
        if (!glob)
            return tl::unexpected<Error>(glob.error());
        const bool any = std::any_of(entries_.begin(), entries_.end(), [&](const FileEntry& file) {
            return glob->match_or_parent(file.path);
        });
        if (!any)
            return fail(ErrorCode::absent, "no file matches this glob", name);
        selection_.globs.push_back(std::move(*glob));
        return {};
    }

    const std::string& root_;
    std::string cwd_;
    const FileSystem& files_;
    const std::vector<FileEntry>& entries_;
    const std::vector<std::string>& submodules_;
    Selection selection_;
};

}  // namespace

Result<DiscoveryRoot> find_root(const std::string& start, bool use_git, const FileSystem& files,
                                const Git& git, const std::string& fallback) {
    Result<std::string> real = files.real_path(start.empty() ? "." : start);
    if (!real)
        return fail(real.error().code, real.error().message, start);
    std::string folder = std::move(*real);
    if (files.info(folder).kind != FileKind::folder)
        folder = std::string(dirname(folder));

    DiscoveryRoot root;
    std::string marked;  // nearest folder with ".git": without one, no process is started
    for (std::string_view at = folder; use_git;) {
        if (files.info(absolute(at, ".git")).kind != FileKind::absent) {
            marked = std::string(at);
            break;
        }
        if (at == "/" || at.empty())
            break;
        at = dirname(at);
    }
    if (!marked.empty()) {
        const Result<std::string> top = git.root(folder);
        if (top) {
            Result<std::string> real_top = files.real_path(*top);
            if (real_top && is_within(*real_top, folder)) {
                root.path = std::move(*real_top);
                root.git = true;
                return root;
            }
            root.problems.push_back(
                {"",
                 "git names a working tree that this folder is not in (core.worktree), so the "
                 "folders are walked without git"});
        } else if (top.error().code != ErrorCode::absent) {
            root.problems.push_back(
                {"", top.error().message + " (the folders are walked without git)"});
        }
        root.path = std::move(marked);
        return root;
    }
    root.path = folder;
    if (!fallback.empty()) {
        const Result<std::string> real_fallback = files.real_path(fallback);
        if (real_fallback && is_within(*real_fallback, folder))
            root.path = *real_fallback;
    }
    return root;
}

Result<Discovery> discover(const DiscoveryRoot& root, const DiscoverOptions& options,
                           const FileSystem& files, const Git& git) {
    std::vector<Glob> globs;
    for (const std::string& pattern : options.exclude) {
        Result<Glob> glob = Glob::compile(pattern);
        if (!glob)
            return tl::unexpected<Error>(glob.error());
        globs.push_back(std::move(*glob));
    }
    std::string cwd = options.cwd;
    if (!options.paths.empty()) {
        Result<std::string> folder = cwd.empty() ? files.current_folder() : files.real_path(cwd);
        if (!folder)
            return tl::unexpected<Error>(folder.error());
        cwd = std::move(*folder);
    }

    Discovery discovery;
    discovery.root = root.path;
    Listing listing;
    listing.problems = root.problems;
    discovery.git = root.git && options.use_git;
    if (discovery.git) {
        Result<void> listed = GitLister(root.path, files, git, options.jobs, listing).list();
        if (!listed) {
            // A damaged index, for one. What was found until then is not trusted.
            listing = Listing{};
            listing.problems = root.problems;
            listing.problems.push_back(
                {"", listed.error().message + " (the folders are walked without git)"});
            discovery.git = false;
        }
    }
    if (!discovery.git) {
        Result<void> listed = Walker(root.path, files, listing).list();
        if (!listed)
            return tl::unexpected<Error>(listed.error());
    }

    Symlinks symlinks = resolve_symlinks(root.path, files, listing);
    for (const std::string& path : listing.left_out)
        add_file(listing, path, true);
    std::vector<FileEntry>& entries = listing.files;
    sort_entries(entries);
    entries.erase(
        std::unique(entries.begin(), entries.end(),
                    [](const FileEntry& a, const FileEntry& b) { return a.path == b.path; }),
        entries.end());
    std::sort(listing.left_out.begin(), listing.left_out.end());

    Result<Selection> selection =
        Selector(root.path, cwd, files, entries, listing.submodules).select(options.paths);
    if (!selection)
        return tl::unexpected<Error>(selection.error());
    discovery.excluded_by = std::move(selection->excluded_by);

    MadeElsewhere made_elsewhere;
    for (const FileEntry& entry : entries) {
        if (basename(entry.path) != ".gitattributes")
            continue;
        if (Result<std::string> text =
                files.read_file(absolute(root.path, entry.path), kMaxIgnoreFile))
            made_elsewhere.add(dirname(entry.path), *text);
    }
    Excluder excluder(globs, normalize_path(options.exclude_base), discovery.git);
    for (FileEntry& entry : entries) {
        entry.selected = selection->has(entry.path);
        std::string reason = excluder.reason(entry);
        // Generated modules are still part of the API that pages describe.
        if (reason.empty() && !made_elsewhere.empty() && extension(entry.path) != ".py" &&
            extension(entry.path) != ".pyi") {
            reason = made_elsewhere.reason(entry.path);
        }
        if (reason.empty() &&
            std::binary_search(listing.left_out.begin(), listing.left_out.end(), entry.path)) {
            reason = "sparse checkout";
        }
        if (reason.empty())
            continue;
        entry.lintable = false;
        if (entry.selected)
            ++discovery.excluded_by[reason];
    }
    for (FileEntry& entry : entries) {
        if (!entry.symlink || !entry.lintable)
            continue;
        const auto target = symlinks.targets.find(entry.path);
        if (target == symlinks.targets.end())
            continue;
        const auto file = find_entry(entries, target->second);
        if (file == entries.end() || !file->lintable)
            continue;
        entry.lintable = false;  // the same bytes are linted under their own name
        if (entry.selected)
            ++discovery.excluded_by["symbolic link"];
    }

    std::sort(listing.problems.begin(), listing.problems.end(),
              [](const DiscoveryProblem& a, const DiscoveryProblem& b) {
                  return std::tie(a.path, a.message) < std::tie(b.path, b.message);
              });
    discovery.problems = std::move(listing.problems);
    discovery.tree = FileTree(std::move(listing.files), std::move(listing.submodules),
                              std::move(symlinks.opaque));
    std::vector<std::pair<std::string, std::string>> second_names;
    for (const auto& [path, target] : symlinks.targets)
        second_names.emplace_back(target, path);
    discovery.tree.set_second_names(std::move(second_names));
    return discovery;
}

Result<Discovery> discover(const DiscoverOptions& options, const FileSystem& files,
                           const Git& git) {
    const Result<DiscoveryRoot> root =
        find_root(options.start.empty() ? options.cwd : options.start, options.use_git, files, git,
                  options.fallback_root);
    if (!root)
        return tl::unexpected<Error>(root.error());
    return discover(*root, options, files, git);
}

}  // namespace docathon

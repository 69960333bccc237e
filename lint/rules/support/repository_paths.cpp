#include "lint/rules/support/repository_paths.h"

#include <algorithm>
#include <array>
#include <map>

#include "lint/core/find_text.h"
#include "lint/core/nearest.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/api/api_index.h"
#include "lint/project/api/own_scripts.h"
#include "lint/project/index/project_index.h"

namespace docathon::rules {

namespace {

/// Names that so many folders have that one elsewhere says nothing.
bool is_common_name(std::string_view name) {
    constexpr std::array<std::string_view, 36> kNames = {"convert.py",
                                                         "demo.py",
                                                         "evaluate.py",
                                                         "export.py",
                                                         "inference.py",
                                                         "predict.py",
                                                         "README.md",
                                                         "README",
                                                         "__init__.py",
                                                         "CMakeLists.txt",
                                                         "setup.py",
                                                         "Makefile",
                                                         "main.py",
                                                         "index.md",
                                                         "index.rst",
                                                         "conftest.py",
                                                         "utils.py",
                                                         "test.py",
                                                         "run.sh",
                                                         "run.py",
                                                         "build.sh",
                                                         "install.sh",
                                                         "setup.sh",
                                                         "train.py",
                                                         "config.yaml",
                                                         "src",
                                                         "docs",
                                                         "test",
                                                         "tests",
                                                         "examples",
                                                         "requirements.txt",
                                                         "scripts",
                                                         "include",
                                                         "lib",
                                                         "tools",
                                                         "build"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::string plain(std::string_view name) {
    std::string out = ascii_lower(name);
    std::replace(out.begin(), out.end(), '_', '-');
    return out;
}

std::string_view stem_of(std::string_view name) {
    return name.substr(0, name.size() - extension(name).size());
}

/// A path as written, without "./" and a '/' at its end.
std::string normal(std::string_view path) {
    return normalize_path(path);
}

bool exists(const FileTree& tree, std::string_view path) {
    return tree.find(path) != kNoFile || tree.is_folder(path);
}

/// Whether git ignores the path, or it lies in a submodule: asked of the index through the view
/// of a reader on github.com.
bool is_out_of_sight(const ProjectContext& context, const std::string& path) {
    if (context.index.tree().is_opaque(path))
        return true;
    Reference reference;
    reference.kind = ReferenceKind::link;
    reference.target = percent_encode_path(
        relative_path(dirname(context.index.tree().file(context.file).path), path));
    return context.index.resolve_path(context.file, reference).repository.state == Found::unknown;
}

/// Files of the tree whose path ends with `/path`; folders likewise.
bool ends_some_path(const FileTree& tree, std::string_view path) {
    const std::string_view name = basename(path);
    for (const FileId id : tree.with_name(name)) {
        const std::string_view there = tree.file(id).path;
        if (there.ends_with(path) &&
            (there.size() == path.size() || there[there.size() - path.size() - 1] == '/'))
            return true;
    }
    return false;
}

/// "/a/b/" is a part of the path of some file.
bool is_part_of_some_path(const FileTree& tree, std::string_view path) {
    const std::string inner = "/" + std::string(path) + "/";
    return std::any_of(tree.files().begin(), tree.files().end(),
                       [&](const FileEntry& file) { return holds_text(file.path, inner); });
}

std::size_t shared_end(std::string_view a, std::string_view b) {
    std::size_t parts = 0;
    while (true) {
        const std::string_view last_a = basename(a);
        const std::string_view last_b = basename(b);
        if (last_a.empty() || last_a != last_b)
            return parts;
        ++parts;
        a = dirname(a);
        b = dirname(b);
    }
}

std::size_t shared_begin(std::string_view a, std::string_view b) {
    std::size_t parts = 0;
    const std::vector<std::string_view> left = split(a, '/');
    const std::vector<std::string_view> right = split(b, '/');
    while (parts < left.size() && parts < right.size() && left[parts] == right[parts])
        ++parts;
    return parts;
}

/// All folders of the tree with that last name, sorted.
std::vector<std::string> folders_named(const FileTree& tree, std::string_view name) {
    std::set<std::string> out;
    const std::string inner = "/" + std::string(name) + "/";
    for (const FileEntry& file : tree.files()) {
        const std::string_view path = file.path;
        if (path.starts_with(inner.substr(1)))
            out.emplace(name);
        for (std::size_t at = find_text(path, inner); at != std::string_view::npos;
             at = find_text(path, inner, at + 1))
            out.emplace(path.substr(0, at + inner.size() - 1));
    }
    return {out.begin(), out.end()};
}

/// Names directly in a folder: files, and folders if `folders`.
std::vector<std::string_view> names_in(const FileTree& tree, std::string_view folder,
                                       bool folders) {
    std::vector<std::string_view> out;
    const std::string inside = folder.empty() ? "" : std::string(folder) + "/";
    for (const FileEntry& file : tree.files()) {
        if (!std::string_view(file.path).starts_with(inside))
            continue;
        const std::string_view rest = std::string_view(file.path).substr(inside.size());
        const std::size_t slash = rest.find('/');
        if (slash == std::string_view::npos) {
            if (!folders)
                out.push_back(rest);
        } else if (folders && (out.empty() || out.back() != rest.substr(0, slash))) {
            out.push_back(rest.substr(0, slash));
        }
    }
    return out;
}

/// The path of the tree that a missing one (relative to the root) most likely is.
struct Candidate {
    std::string path;
    bool same_name = false;  ///< it was moved; else it is spelled differently
};

Candidate candidate_for(const FileTree& tree, std::string_view missing, bool folder) {
    Candidate out;
    const std::string_view name = basename(missing);
    const std::string_view parent = dirname(missing);
    // Moved: the same name elsewhere. Of several the one that shares most with what is written.
    std::vector<std::string> same;
    if (folder) {
        same = folders_named(tree, name);
    } else {
        for (const FileId id : tree.with_name(name))
            same.push_back(tree.file(id).path);
    }
    const bool common = is_common_name(name);
    std::size_t best = 0;
    bool tie = false;
    for (const std::string& path : same) {
        const std::size_t score =
            shared_end(path, missing) * 16 + std::min<std::size_t>(shared_begin(path, missing), 15);
        if (score > best) {
            best = score;
            out.path = path;
            tie = false;
        } else if (score == best) {
            tie = true;
        }
    }
    // A common name alone says nothing: the folder above must be the same too.
    if (!same.empty() && !tie &&
        (best >= 32 || (!common && same.size() == 1) || (!common && best % 16 > 1))) {
        out.same_name = true;
        return out;
    }
    out.path.clear();
    if (!tree.is_folder(parent))
        return out;
    const std::vector<std::string_view> names = names_in(tree, parent, folder);
    const std::string_view stem = stem_of(name);
    std::vector<std::string_view> near;
    for (const std::string_view other : names) {
        // install.sh became install.py, a_b.py was a-b.py
        if (plain(stem_of(other)) == plain(stem) && stem.size() > 2)
            near.push_back(other);
    }
    std::string_view found;
    if (near.size() == 1)
        found = near[0];
    else if (near.empty() && stem.size() > 3)
        found = nearest(name, std::span<const std::string_view>(names),
                        std::min<std::size_t>(suggestion_distance(stem), 2));
    if (found.empty() && near.empty() && stem.size() > 3) {
        // docs-serve was docs: one name begins with the other, and is the only one that does.
        for (const std::string_view other : names) {
            const std::string_view a = stem_of(other);
            const bool begins =
                (stem.starts_with(a) && a.size() > 3 && !is_ascii_alnum(stem[a.size()])) ||
                (a.starts_with(stem) && !is_ascii_alnum(a[stem.size()]));
            if (begins && extension(other) == extension(name))
                near.push_back(other);
        }
        if (near.size() == 1)
            found = near[0];
    }
    if (!found.empty() && found != name)
        out.path =
            parent.empty() ? std::string(found) : std::string(parent) + "/" + std::string(found);
    return out;
}

class Judge {
  public:
    Judge(const ProjectContext& context, const WorkingFolders& folders, bool may_suggest)
        : context_(context),
          tree_(context.index.tree()),
          folders_(folders),
          may_suggest_(may_suggest) {}

    [[nodiscard]] PathAnswer path(const PathUse& use) const {
        const std::string_view written = use.text;
        if ((use.flags & shell_word_flag::kPlaceholder) != 0)
            return unknown("a path with a placeholder");
        if ((use.flags & (shell_word_flag::kExpansion | shell_word_flag::kGlob)) != 0)
            return unknown("a path with a variable or a pattern");
        if (written.starts_with('/') || written.starts_with('~') ||
            written.find("://") != std::string_view::npos || written.starts_with('-') ||
            written.find(':') != std::string_view::npos ||
            written.find('\\') != std::string_view::npos)
            return unknown("a path outside of the repository");
        const std::string text = normal(written);
        if (text == "." || text == ".." || text.empty())
            return found(kNoFile);
        if (!folders_.known())
            return unknown("a folder that an earlier command enters");
        // git clone .../pkg and pkg/setup.sh, where the repository has a folder pkg too.
        if (const std::string inside = folders_.inside_clone(text);
            !inside.empty() && (tree_.find(inside) != kNoFile || tree_.is_folder(inside)))
            return found(tree_.find(inside));
        if (folders_.makes(text))
            return unknown("a path that an earlier command makes");
        for (const auto* bases : {&folders_.folders(), &folders_.start()}) {
            for (const std::string& base : *bases) {
                const std::string full = join_path(base, text);
                if (leaves_root(full))
                    continue;
                const FileId file = tree_.find(full);
                if (file != kNoFile || tree_.is_folder(full))
                    return found(file);
            }
        }
        for (const std::string& base : folders_.folders()) {
            const std::string full = join_path(base, text);
            if (leaves_root(full))
                return unknown("a path outside of the repository");
            if (is_out_of_sight(context_, full))
                return unknown("a path that git ignores or that lies in a submodule");
        }
        const std::size_t slash = text.find('/');
        if (slash != std::string::npos && folders_.is_own_name(text.substr(0, slash)) &&
            !tree_.is_folder(text.substr(0, slash)))
            return unknown("a path that begins with the name of the repository");
        const bool folder = use.kind == PathKind::folder;
        if (folder && folders_.is_own_name(text))
            return unknown("a path that begins with the name of the repository");
        // A path from above the repository: its end is there.
        for (std::size_t at = text.find('/'); at != std::string::npos;
             at = text.find('/', at + 1)) {
            const std::string_view rest = std::string_view(text).substr(at + 1);
            if (rest.find('/') != std::string_view::npos && exists(tree_, rest))
                return unknown("a path from a folder above the repository");
        }
        // The page may leave out where the reader is.
        if (text.find("..") == std::string::npos &&
            (folder ? is_part_of_some_path(tree_, text) : ends_some_path(tree_, text)))
            return unknown("a path relative to a folder that the page does not name");
        return missing(use, text, folder);
    }

    [[nodiscard]] PathAnswer module(const PathUse& use) const {
        const std::string_view written = use.text;
        std::string path(written);
        std::replace(path.begin(), path.end(), '.', '/');
        if ((use.flags & shell_word_flag::kOpen) != 0 || looks_like_placeholder(path))
            return unknown("a path with a placeholder");
        if (!folders_.known())
            return unknown("a folder that an earlier command enters");
        std::string text(written);
        std::replace(text.begin(), text.end(), '.', '/');
        if (text.find('/') == std::string::npos || text.find("//") != std::string::npos ||
            !std::all_of(text.begin(), text.end(),
                         [](char c) { return is_ascii_alnum(c) || c == '_' || c == '/'; }))
            return unknown("a module of no package");
        // Mostly the page's own folders, which the commands did not leave.
        std::vector<std::string> bases = folders_.folders();
        for (const std::string& base : folders_.start()) {
            if (std::find(bases.begin(), bases.end(), base) == bases.end())
                bases.push_back(base);
        }
        const std::size_t folders = bases.size();
        for (std::size_t i = 0; i < folders; ++i)
            bases.push_back(join_path(bases[i], "src"));
        const std::size_t slash = text.find('/');
        std::vector<std::string> spellings = {text};
        // executorch.examples.x is examples/x where the repository is the package.
        if (folders_.is_own_name(text.substr(0, slash)))
            spellings.push_back(text.substr(slash + 1));
        for (const std::string& spelling : spellings) {
            for (const std::string& base : bases) {
                const std::string full = join_path(base, spelling);
                for (const std::string& file : {full + ".py", full + "/__main__.py"}) {
                    if (tree_.find(file) != kNoFile)
                        return found(tree_.find(file));
                }
                if (tree_.is_folder(full))
                    return unknown("a package that may be started");
            }
        }
        // Is it of this repository? Its package must stand where a reader would be.
        const std::string top = text.substr(0, slash);
        std::string package;
        for (const std::string& base : bases) {
            const std::string full = join_path(base, top);
            // A package in a package is called by both names: its short one is of another project.
            if (tree_.is_folder(full) && tree_.find(join_path(base, "__init__.py")) == kNoFile &&
                (tree_.find(full + "/__init__.py") != kNoFile || is_parent(base, text)))
                package = full;
        }
        const bool own = !package.empty() || spellings.size() > 1;
        if (!own)
            return unknown("a module of another project");
        if (ends_some_path(tree_, text + ".py") || is_part_of_some_path(tree_, text))
            return unknown("a path relative to a folder that the page does not name");
        for (const std::string& spelling : spellings) {
            for (const std::string& base : bases) {
                const std::string full = join_path(base, spelling);
                if (is_out_of_sight(context_, full + ".py") || tree_.is_opaque(full))
                    return unknown("a path that git ignores or that lies in a submodule");
            }
        }
        PathAnswer out;
        out.state = PathState::missing;
        if (!may_suggest_)
            return out;
        const std::string_view last = basename(text);
        const std::string root_path =
            package.empty() ? spellings.back() : join_path(dirname(package), text);
        const Candidate near = candidate_for(tree_, root_path + ".py", false);
        (void)last;
        if (!near.path.empty() && near.path.ends_with(".py")) {
            std::string dotted = near.path.substr(0, near.path.size() - 3);
            const std::string_view base = package.empty() ? std::string_view() : dirname(package);
            if (!base.empty() && is_within(base, dotted))
                dotted.erase(0, base.size() + 1);
            if (dotted.find('-') == std::string::npos) {
                std::replace(dotted.begin(), dotted.end(), '/', '.');
                if (package.empty() && spellings.size() > 1)
                    dotted.insert(0, std::string(top) + ".");
                if (dotted != written)
                    out.suggestion = dotted;
                out.sure = near.same_name;
            }
        }
        return out;
    }

    /// Names of configurations that come with a program: `llama2/7B_full` for
    /// recipes/configs/llama2/7B_full.yaml, where the code has such names as strings.
    [[nodiscard]] PathAnswer config_name(const PathUse& use) const {
        const std::string& text = use.text;
        if ((use.flags & shell_word_flag::kOpen) != 0 || text.starts_with('.') ||
            text.starts_with('/') || text.ends_with('/'))
            return unknown("a path with a placeholder");
        const OwnScripts& own = *context_.index.own_scripts();
        if (own.says(text))
            return found(kNoFile);
        const std::string folder(dirname(text));
        const std::string name(basename(text));
        std::vector<std::string> others;
        bool registered = false;
        for (const std::string& there : folders_named(tree_, basename(folder))) {
            if (there != folder && !there.ends_with("/" + folder))
                continue;
            for (const std::string_view file : names_in(tree_, there, false)) {
                const std::string_view suffix = extension(file);
                if (suffix != ".yaml" && suffix != ".yml" && suffix != ".json" && suffix != ".toml")
                    continue;
                if (stem_of(file) == name) {
                    if (there != folder)
                        return found(kNoFile);
                    // recipes/configs/llama2/7B, which the code calls llama2/7B: no file, no name.
                    const std::size_t slash = folder.rfind('/');
                    const std::string called =
                        slash == std::string::npos ? std::string() : text.substr(slash + 1);
                    if (called.empty() ||
                        (!own.says(called) && !own.says(called + std::string(suffix))))
                        return found(kNoFile);
                    PathAnswer out;
                    out.state = PathState::missing;
                    out.suggestion = called;
                    return out;
                }
                others.emplace_back(stem_of(file));
                registered = registered || own.says(folder + "/" + others.back()) ||
                             own.says(folder + "/" + std::string(file));
            }
        }
        if (!registered)
            return unknown("a configuration that may be the reader's own");
        PathAnswer out;
        out.state = PathState::missing;
        const std::string_view near =
            nearest(name, std::span<const std::string>(others), suggestion_distance(name));
        if (!near.empty())
            out.suggestion = folder + "/" + std::string(near);
        return out;
    }

    [[nodiscard]] PathAnswer inline_path(std::string_view written) const {
        if (looks_like_placeholder(written) || written.starts_with('/') ||
            written.starts_with('~') || written.starts_with('.') || written.starts_with('@') ||
            written.starts_with('-') || written.find("..") != std::string_view::npos ||
            written.find(':') != std::string_view::npos ||
            written.find('+') != std::string_view::npos ||
            written.find('=') != std::string_view::npos || written.find('@') != written.npos)
            return unknown("a path outside of the repository");
        const std::string text = normal(written);
        const std::size_t slash = text.find('/');
        if (slash == std::string::npos)
            return unknown("a file of no folder");
        const std::string first = text.substr(0, slash);
        std::string home;  // the folder that it is meant from
        bool any = false;
        for (const std::string& base : folders_.folders()) {
            const std::string full = join_path(base, text);
            if (exists(tree_, full))
                return found(tree_.find(full));
            if (tree_.is_folder(join_path(base, first)) && !any) {
                home = base;
                any = true;
            }
        }
        if (!any)
            return unknown("a path whose first folder is not here");
        const std::string full = join_path(home, text);
        if (folders_.makes(text) || folders_.is_own_name(first))
            return unknown("a path that an earlier command makes");
        if (is_out_of_sight(context_, full))
            return unknown("a path that git ignores or that lies in a submodule");
        const bool folder = written.ends_with('/') || extension(text).empty();
        if (ends_some_path(tree_, text) || is_part_of_some_path(tree_, text))
            return unknown("a path relative to a folder that the page does not name");
        // A file without its suffix, a module with slashes.
        if (extension(text).empty() && !written.ends_with('/')) {
            for (const std::string_view name : names_in(tree_, dirname(full), false)) {
                if (stem_of(name) == basename(text))
                    return unknown("a name without its suffix");
            }
        }
        // A function of a file: transform/audio._mel, of transform/audio.py.
        constexpr std::size_t kSuffix = 6;
        const std::string_view end = extension(full);
        if ((end.size() > kSuffix || end.find('_') != std::string_view::npos) &&
            tree_.find(full.substr(0, full.size() - end.size()) + ".py") != kNoFile)
            return unknown("a name of Python behind a path");
        const Candidate near = candidate_for(tree_, full, folder);
        const bool had = had_path(text);
        if (near.path.empty() && !had)
            return unknown("a path that nothing shows to be of this repository");
        if (near.path.empty()) {
            PathAnswer gone;
            gone.state = PathState::missing;
            return gone;
        }
        // Spelled differently is weak evidence in running text, moved is strong.
        if (!had && !near.same_name && !tree_.is_folder(dirname(full)))
            return unknown("a path that nothing shows to be of this repository");
        if (!had && near.same_name && folder && shared_end(near.path, full) < 2 &&
            shared_begin(near.path, full) == 0)
            return unknown("a path that nothing shows to be of this repository");
        PathAnswer out;
        out.state = PathState::missing;
        out.suggestion = relative_path(home, near.path) + (written.ends_with('/') ? "/" : "");
        if (out.suggestion.starts_with(".."))
            out.suggestion = near.path + (written.ends_with('/') ? "/" : "");
        out.sure = near.same_name;
        return out;
    }

  private:
    static PathAnswer unknown(std::string_view why) {
        PathAnswer out;
        out.why = why;
        return out;
    }
    static PathAnswer found(FileId file) {
        PathAnswer out;
        out.state = PathState::found;
        out.file = file;
        return out;
    }

    /// The folder that a module would stand in is there.
    [[nodiscard]] bool is_parent(const std::string& base, const std::string& text) const {
        return tree_.is_folder(join_path(base, std::string(dirname(text))));
    }

    /// Whether the repository once had it, from any folder that the reader may be in.
    [[nodiscard]] bool had_path(const std::string& text) const {
        const OwnScripts& own = *context_.index.own_scripts();
        for (const auto* bases : {&folders_.folders(), &folders_.start()}) {
            for (const std::string& base : *bases) {
                if (own.had_path(join_path(base, text)))
                    return true;
            }
        }
        return false;
    }

    [[nodiscard]] PathAnswer missing(const PathUse& use, const std::string& text,
                                     bool folder) const {
        // The folder that it is meant from: where most of its path is there.
        std::string home;
        std::size_t best = 0;
        bool any = false;
        // Of folders that are as good the outermost, unless the page entered one.
        const bool same_start = folders_.folders() == folders_.start();
        for (const std::string& base : folders_.folders()) {
            std::string_view part = dirname(text);
            std::size_t parts = 0;
            std::string_view at = text;
            while (!part.empty()) {
                if (tree_.is_folder(join_path(base, std::string(part)))) {
                    parts = split(part, '/').size();
                    break;
                }
                at = part;
                part = dirname(part);
            }
            (void)at;
            if (!any || parts > best || (parts == best && same_start)) {
                any = true;
                best = parts;
                home = base;
            }
        }
        const std::string full = join_path(home, text);
        const std::string parent(dirname(full));
        const bool single = text.find('/') == std::string::npos;
        const bool parent_there = !single && tree_.is_folder(parent);
        const bool dotted = std::string_view(use.text).starts_with("./");
        const bool had = had_path(text);
        Candidate near;
        if (may_suggest_)
            near = candidate_for(tree_, full, folder);
        if (single && !had) {
            // Readers make files of their own. `./x.sh` is one that came with the repository, if
            // there is one that is called so, or nearly.
            const bool given =
                (dotted && use.text.ends_with(".sh")) || use.kind == PathKind::requirements;
            if (!given || near.path.empty() || (!near.same_name && is_common_name(text)))
                return unknown("a file of no folder");
        } else if (!had) {
            const bool moved = near.same_name && shared_end(near.path, full) >= 1;
            if ((!parent_there || near.path.empty()) && !moved)
                return unknown("a path that nothing shows to be of this repository");
        }
        PathAnswer out;
        out.state = PathState::missing;
        if (!near.path.empty()) {
            // A folder between that of the page and the root is where nobody is known to stand.
            const bool guessed =
                same_start && !home.empty() && home != folders_.start().front() && !dotted;
            out.suggestion = guessed ? near.path : relative_path(home, near.path);
            if (dotted && !out.suggestion.starts_with("."))
                out.suggestion.insert(0, "./");
            out.sure = near.same_name && !guessed;
        }
        return out;
    }

    const ProjectContext& context_;
    const FileTree& tree_;
    const WorkingFolders& folders_;
    bool may_suggest_;
};

}  // namespace

WorkingFolders::WorkingFolders(const ProjectContext& context, std::string_view page)
    : context_(&context) {
    std::string_view folder = dirname(page);
    while (true) {
        start_.emplace_back(folder);
        if (folder.empty())
            break;
        folder = dirname(folder);
    }
    folders_ = start_;
}

/// All modules of the project are asked: only for pages that name something.
void WorkingFolders::read_own_names() const {
    if (own_names_read_)
        return;
    own_names_read_ = true;
    const ProjectContext& context = *context_;
    const RepositoryInfo& repository = context.index.detected().repository;
    if (!repository.name.empty())
        own_names_.insert(plain(repository.name));
    if (const ApiIndex* api = context.index.api(); api != nullptr) {
        if (!api->outer_package().empty())
            own_names_.insert(plain(api->outer_package()));
        // A package at the root, or below src/, is called as the repository is.
        for (const ApiSource& source : api->modules()) {
            if (source.package && source.module.find('.') == std::string::npos &&
                source.file != kNoFile) {
                const std::string_view there = dirname(context.index.tree().file(source.file).path);
                const std::string_view above = dirname(there);
                constexpr std::array<std::string_view, 8> kOthers = {
                    "tests",   "test",  "docs",       "examples",
                    "scripts", "tools", "benchmarks", "benchmark"};
                if ((above.empty() || above == "src") &&
                    std::find(kOthers.begin(), kOthers.end(), source.module) == kOthers.end())
                    own_names_.insert(plain(source.module));
            }
        }
    }
}

bool WorkingFolders::is_own_name(std::string_view word) const {
    read_own_names();
    return own_names_.count(plain(word)) > 0;
}

bool WorkingFolders::makes(std::string_view path) const {
    while (!path.empty()) {
        if (made_.count(std::string(path)) > 0)
            return true;
        path = dirname(path);
    }
    return false;
}

void WorkingFolders::remember(const ShellWord& word) {
    if (!word.text.empty() && word.text[0] != '-' && word.text != "." && word.text != "..") {
        std::string path = normal(word.text);
        made_.insert(std::move(path));
    }
}

void WorkingFolders::clone(const std::vector<ShellWord>& words) {
    std::vector<const ShellWord*> names;
    for (std::size_t i = 2; i < words.size(); ++i) {
        const std::string_view word = words[i].text;
        if (word == "-b" || word == "--branch" || word == "--depth" || word == "-o" ||
            word == "-j" || word == "--jobs")
            ++i;
        else if (!word.starts_with('-'))
            names.push_back(&words[i]);
    }
    if (names.empty())
        return;
    std::string_view name = basename(trim_right(names[0]->text));
    std::string_view url = names[0]->text;
    while (url.ends_with('/'))
        url.remove_suffix(1);
    name = basename(url);
    if (name.ends_with(".git"))
        name.remove_suffix(4);
    const bool own = is_own_name(name);
    const std::string folder = names.size() > 1 ? normal(names[1]->text) : std::string(name);
    if (own) {
        own_names_.insert(plain(basename(folder)));
        cloned_.insert(folder);
    } else {
        foreign_.insert(folder);
        made_.insert(folder);
    }
}

std::string WorkingFolders::inside_clone(std::string_view path) const {
    const std::size_t slash = path.find('/');
    return slash != std::string_view::npos && cloned_.contains(path.substr(0, slash))
               ? std::string(path.substr(slash + 1))
               : std::string();
}

void WorkingFolders::enter(const ShellWord& word) {
    if (word.text == "-") {
        known_ = false;
        return;
    }
    const std::string text = normal(word.text);
    const std::string_view last = basename(text);
    if ((word.flags & (shell_word_flag::kExpansion | shell_word_flag::kPlaceholder)) != 0 ||
        text.starts_with('/') || text.starts_with('~')) {
        // ~/executorch, $ROOT/executorch, path/to/executorch
        known_ = (word.flags & shell_word_flag::kGlob) == 0 && is_own_name(last);
        if (known_)
            folders_ = {""};
        return;
    }
    std::vector<std::string> next;
    if (const std::string inside = inside_clone(text);
        !inside.empty() && context_->index.tree().is_folder(inside))
        next.push_back(inside);
    if (known_) {
        bool out = false;
        for (const std::string& base : folders_) {
            const std::string full = join_path(base, text);
            out = out || leaves_root(full);
            if (!leaves_root(full) && context_->index.tree().is_folder(full == "." ? "" : full))
                next.push_back(full == "." ? "" : full);
        }
        // Out of the repository and in again under its name, or into a folder beside it.
        if (next.empty() && makes(text) && foreign_.count(text) == 0) {
            for (const std::string& base : folders_) {
                if (const std::string full = join_path(base, text); !leaves_root(full))
                    next.push_back(full);
            }
        }
    }
    if (next.empty() && foreign_.count(text) == 0 && text.find("..") == std::string::npos) {
        // Pages begin again where they began, without a word.
        for (const std::string& base : start_) {
            const std::string full = join_path(base, text);
            if (context_->index.tree().is_folder(full))
                next.push_back(full);
        }
    }
    if (is_own_name(last) && foreign_.count(text) == 0 &&
        (text.find('/') == std::string::npos || text.starts_with("..")))
        next.emplace_back("");
    if (next.empty() && text.find("..") == 0 && known_) {
        // cd .. out of a folder that was made
        for (const std::string& base : folders_) {
            if (const std::string full = join_path(base, text); !leaves_root(full))
                next.push_back(full == "." ? "" : full);
        }
    }
    if (foreign_.count(text) > 0)
        next.clear();
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    known_ = !next.empty();
    folders_ = std::move(next);
}

void WorkingFolders::follow(const ShellCommand& command) {
    while (depth_ > command.depth) {
        --depth_;
        if (!saved_.empty() && saved_.back().depth > depth_) {
            folders_ = std::move(saved_.back().folders);
            known_ = saved_.back().known;
            saved_.pop_back();
        }
    }
    while (depth_ < command.depth)
        saved_.push_back({++depth_, folders_, known_});
    for (const ShellWord& word : command.outputs)
        remember(word);
    const std::vector<ShellWord>& words = command.words;
    if (words.empty())
        return;
    std::size_t first = words[0].text == "sudo" && words.size() > 1 ? 1 : 0;
    const std::string_view name = basename(words[first].text);
    if (name == "cd" || name == "pushd") {
        if (words.size() > first + 1)
            enter(words[first + 1]);
        else if (name == "cd")
            known_ = false;  // the reader's home
        return;
    }
    if (name == "popd") {
        known_ = false;
        return;
    }
    if (name == "git" && words.size() > first + 2 && words[first + 1].text == "clone") {
        clone({words.begin() + static_cast<std::ptrdiff_t>(first), words.end()});
        return;
    }
    constexpr std::array<std::string_view, 12> kMakers = {"mkdir", "touch", "cp",         "mv",
                                                          "tee",   "wget",  "curl",       "tar",
                                                          "unzip", "ln",    "virtualenv", "rsync"};
    const bool maker = std::find(kMakers.begin(), kMakers.end(), name) != kMakers.end();
    for (std::size_t i = first + 1; i < words.size(); ++i) {
        const std::string_view word = words[i].text;
        if (maker || word == "venv") {
            if (name == "wget" || name == "curl") {
                if (word.find("://") != std::string_view::npos) {
                    const std::string_view file =
                        basename(word.substr(0, word.find_first_of("?#")));
                    made_.insert(std::string(file));
                }
            }
            remember(words[i]);
            continue;
        }
        // --output-dir x, -o x, --save_path=x, -B build
        constexpr std::array<std::string_view, 3> kShort = {"-o", "-B", "-O"};
        const bool option =
            std::find(kShort.begin(), kShort.end(), word) != kShort.end() ||
            (word.starts_with("--") && (word.find("out") != std::string_view::npos ||
                                        word.find("save") != std::string_view::npos ||
                                        word.find("dest") != std::string_view::npos ||
                                        word.find("target") != std::string_view::npos ||
                                        word.find("local") != std::string_view::npos ||
                                        word.find("dir") != std::string_view::npos ||
                                        word.find("prefix") != std::string_view::npos));
        if (!option)
            continue;
        const std::size_t equal = word.find('=');
        if (equal != std::string_view::npos)
            made_.insert(normal(word.substr(equal + 1)));
        else if (i + 1 < words.size())
            remember(words[i + 1]);
    }
    if (name == "python" || name == "python3" || name == "uv") {
        // python -m venv x
        for (std::size_t i = first + 1; i + 1 < words.size(); ++i) {
            if (words[i].text == "venv")
                remember(words[i + 1]);
        }
    }
}

PathAnswer look_up(const ProjectContext& context, const PathUse& use, const WorkingFolders& folders,
                   bool may_suggest) {
    const Judge judge(context, folders, may_suggest);
    if (use.kind == PathKind::config_name)
        return judge.config_name(use);
    return use.kind == PathKind::module ? judge.module(use) : judge.path(use);
}

PathAnswer look_up_inline(const ProjectContext& context, std::string_view text,
                          const WorkingFolders& folders, bool may_suggest) {
    return Judge(context, folders, may_suggest).inline_path(text);
}

bool is_record(std::string_view path) {
    const std::string lower = ascii_lower(path);
    const std::string_view name = basename(lower);
    for (const std::string_view word : {"changelog", "changes", "history", "release", "whatsnew",
                                        "whats-new", "whats_new", "news", "migrat"}) {
        if (name.find(word) != std::string_view::npos)
            return true;
    }
    for (const std::string_view folder :
         {"_posts/", "releases/", "release-notes/", "release_notes/", "relnotes/", "changelog/",
          "changes/", "whatsnew/", "whats-new/", "whats_new/", "versioned_docs/"}) {
        if (lower.find(folder) != std::string::npos)
            return true;
    }
    // blog/2020-09-03-title.md
    constexpr std::string_view kDate = "0000-00-00-";
    if (name.size() < kDate.size())
        return false;
    for (std::size_t i = 0; i < kDate.size(); ++i) {
        if (kDate[i] == '-' ? name[i] != '-' : !is_ascii_digit(name[i]))
            return false;
    }
    return true;
}

bool is_plan(std::string_view path) {
    constexpr std::array kNames =
        std::to_array<std::string_view>({"backlog", "proposal", "rfc", "roadmap", "todo"});
    constexpr std::array kFolders = std::to_array<std::string_view>(
        {"adr", "adrs", "design", "design-docs", "design_docs", "enhancements", "flip", "ideas",
         "neps", "peps", "plans", "proposals", "rfc", "rfcs", "roadmap", "specs"});
    const std::string lower = ascii_lower(path);
    const std::vector<std::string_view> parts = split(lower, '/');
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        if (std::find(kFolders.begin(), kFolders.end(), parts[i]) != kFolders.end())
            return true;
    }
    // 1009-optimizer-api.md: numbered as proposals are, and no date.
    constexpr std::size_t kDigits = 4;
    const std::string_view file = parts.back();
    if (file.size() > kDigits + 1 && file[kDigits] == '-' && is_ascii_alpha(file[kDigits + 1]) &&
        std::all_of(file.begin(), file.begin() + kDigits, is_ascii_digit))
        return true;
    return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
        return parts.back().find(name) != std::string_view::npos;
    });
}

}  // namespace docathon::rules

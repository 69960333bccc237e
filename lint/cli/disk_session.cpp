#include "lint/cli/disk_session.h"

#include <algorithm>
#include <cstdlib>
#include <future>
#include <memory>
#include <utility>

#include "lint/cli/arguments.h"
#include "lint/cli/repository_history.h"
#include "lint/cli/rule_examples.h"
#include "lint/cli/run_session.h"
#include "lint/config/config_file.h"
#include "lint/config/preset.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/io/disk_names.h"
#include "lint/io/git.h"

namespace docathon::cli {

namespace {

constexpr std::uint64_t kMaxConfig = 4u << 20;  // bytes of a configuration, rule or preset file
/// Files of any other kind are read for facts only (conf.py, line counts); none is worth more.
constexpr std::uint64_t kMaxRead = 256u << 20;

/// Reads files below the root. What is not in the tree may be a symbolic link, and a link must not
/// lead out of the repository.
class RootReader {
  public:
    RootReader(std::string root, const FileTree* tree, std::shared_ptr<const FileSystem> files)
        : files_(std::move(files)), root_(std::move(root)), tree_(tree) {}

    [[nodiscard]] Result<std::string> operator()(const std::string& path) const {
        const std::string full = root_ + "/" + path;
        const FileId file = tree_->find(path);
        if (file == kNoFile || tree_->file(file).symlink) {
            const Result<std::string> real = files_->real_path(full);
            if (!real)
                return tl::unexpected<Error>(
                    Error{real.error().message, path, 0, 0, real.error().code, 0});
            if (!is_within(root_, *real))
                return fail("it leads out of the repository", path);
        }
        Result<std::string> bytes = files_->read_file(full, kMaxRead);
        if (!bytes) {
            Error error = bytes.error();
            error.path = path;
            return tl::unexpected<Error>(std::move(error));
        }
        return bytes;
    }

  private:
    std::shared_ptr<const FileSystem> files_;
    std::string root_;
    const FileTree* tree_;
};

/// The nearest configuration from `start` up to `root`; nullopt if there is none.
Result<std::optional<std::string>> search_config(const FileSystem& files, const std::string& start,
                                                 const std::string& root) {
    return find_config(start, root, [&](const std::string& path) {
        switch (files.info_followed(path).kind) {
            case FileKind::absent:
                return PathKind::absent;
            case FileKind::regular:
                return PathKind::file;
            default:
                return PathKind::other;
        }
    });
}

/// The configuration file to use: named, or found; nullopt if there is none. Absolute or as named.
Result<std::optional<std::string>> choose_config(const DiskFlags& flags, const FileSystem& files,
                                                 const std::string& start,
                                                 const std::string& root) {
    if (flags.config)
        return flags.config;
    if (const char* named = std::getenv("DOCATHON_LINT_CONFIG");
        named != nullptr && *named != '\0') {
        return std::string(named);
    }
    return search_config(files, start, root);
}

/// `path` as seen from the root, if it lies below it; else as it is.
std::string below_root(const FileSystem& files, const std::string& root, const std::string& path) {
    const Result<std::string> real = files.real_path(path);
    const std::string& full = real ? *real : path;
    return is_within(root, full) ? std::string(relative_path(root, full)) : full;
}

/// Absolute path of what the command line names, whether or not it exists. A symbolic link at its
/// end is not followed: it is a name in the folder where it stands.
std::string absolute_path(const FileSystem& files, const std::string& cwd,
                          const std::string& path) {
    const std::string full = join_path(cwd, path);
    const Result<std::string> folder = files.real_path(std::string(dirname(full)));
    return folder ? join_path(*folder, basename(full)) : full;
}

/// The same as seen from the root, if it lies below it.
std::string named_path(const FileSystem& files, const std::string& root, const std::string& cwd,
                       const std::string& path) {
    const std::string full = absolute_path(files, cwd, path);
    return is_within(root, full) ? std::string(relative_path(root, full)) : full;
}

/// The folder that the root and the configuration are searched from: where the first named path
/// lies, so that a run from elsewhere sees the same project.
std::string folder_to_start(const DiskFlags& flags, const FileSystem& files,
                            const std::string& cwd) {
    if (!flags.stdin_path && flags.paths.empty())
        return cwd;
    const std::string path =
        absolute_path(files, cwd, flags.stdin_path ? *flags.stdin_path : flags.paths.front());
    // Where a symbolic link to a file leads is not where it belongs.
    const bool folder = !flags.stdin_path && files.info_followed(path).kind == FileKind::folder;
    const std::string start = folder ? path : std::string(dirname(path));
    return files.info_followed(start).kind == FileKind::folder ? start : cwd;
}

/// Without git: the folder of the nearest configuration, else the current folder, since naming a
/// part of a project must not hide the rest of it from links. Empty if there is no reason for any;
/// a home folder and "/" are not projects, and too large to be read by accident.
std::string root_without_git(const FileSystem& files, const std::string& folder,
                             const std::string& cwd) {
    const Result<std::optional<std::string>> found = search_config(files, folder, "/");
    if (found && *found)
        return std::string(dirname(**found));
    const char* home = std::getenv("HOME");
    if (cwd == "/" || (home != nullptr && files.real_path(home).value_or(std::string()) == cwd))
        return {};
    return cwd;
}

Result<void> read_config(const DiskFlags& flags, const FileSystem& files, const std::string& start,
                         const std::string& root, Config& config) {
    const Result<std::optional<std::string>> path = choose_config(flags, files, start, root);
    if (!path)
        return tl::unexpected<Error>(path.error());
    if (*path) {
        const Result<std::string> text = files.read_file(**path, kMaxConfig);
        if (!text)
            return tl::unexpected<Error>(text.error());
        Result<Config> read = load_config(*text, below_root(files, root, **path), flags.errors);
        if (!read)
            return tl::unexpected<Error>(read.error());
        config = std::move(*read);
    }
    const Result<std::string> pyproject = files.read_file(root + "/pyproject.toml", kMaxConfig);
    return pyproject ? check_pyproject(*pyproject, "pyproject.toml") : Result<void>();
}

/// Files with rules below a folder, sorted by path.
Result<void> list_rule_files(const FileSystem& files, const std::string& root,
                             const std::string& folder, int depth,
                             std::vector<std::string>& names) {
    constexpr int kDeepest = 8;
    Result<std::vector<FolderEntry>> entries = files.list_folder(join_path(root, folder));
    if (!entries)
        return tl::unexpected<Error>(entries.error());
    for (const FolderEntry& entry : *entries) {
        const std::string path = join_path(folder, entry.name);
        if (entry.name.ends_with(".yaml")) {
            names.push_back(path);
        } else if (depth < kDeepest && files.info(join_path(root, path)).kind == FileKind::folder) {
            if (Result<void> listed = list_rule_files(files, root, path, depth + 1, names); !listed)
                return listed;
        }
    }
    return {};
}

/// The project's own rules (rule-paths).
Result<void> read_project_rules(const FileSystem& files, const std::string& root,
                                const std::string& cwd, const DiskFlags& flags, Session& session) {
    std::vector<std::string> paths;
    if (flags.rule_paths) {
        for (const std::string& path : *flags.rule_paths) {
            std::string full = absolute_path(files, cwd, path);
            if (!is_within(root, full))
                return fail("rules must lie in the repository", path);
            paths.push_back(full == root ? std::string() : std::string(relative_path(root, full)));
        }
    } else {
        for (const std::string& path : session.config.rule_paths)
            paths.push_back(normalize_path(join_path(session.config.base, path)));
    }
    std::vector<RuleText> texts;
    for (const std::string& folder : paths) {
        std::vector<std::string> names;
        if (files.info_followed(join_path(root, folder)).kind == FileKind::folder) {
            if (Result<void> listed = list_rule_files(files, root, folder, 0, names); !listed)
                return listed;
            std::sort(names.begin(), names.end());
        } else {
            names.push_back(folder);
        }
        for (std::string& name : names) {
            Result<std::string> text = session.read(name);
            if (!text)
                return tl::unexpected<Error>(text.error());
            if (text->size() > kMaxConfig)
                return fail("a rule file may have " + std::to_string(kMaxConfig) + " bytes at most",
                            name);
            texts.push_back({std::move(name), std::move(*text)});
        }
    }
    if (Result<void> added = session.add_rules(texts, flags.errors); !added)
        return added;
    if (flags.rules_may_fail)
        return {};
    return check_that_rules_fire(
        session.rules, session.rule_files,
        [&session](std::string_view name, std::string_view from) {
            return session.read_data(name, from);
        },
        flags.errors);
}

GitFacts ask_git(const Git& git, const std::string& root) {
    GitFacts facts;
    const Result<std::vector<GitRemote>> remotes = git.remotes(root);
    if (!remotes)
        return facts;
    for (const GitRemote& remote : *remotes) {
        if (remote.name == "origin")
            facts.origin_url = remote.url;
        if (remote.name == "upstream")
            facts.upstream_url = remote.url;
    }
    if (!facts.origin_url.empty()) {
        facts.default_branch = git.default_branch(root, "origin").value_or(std::string());
    }
    return facts;
}

}  // namespace

void add_session_flags(Arguments& arguments, DiskFlags& flags) {
    arguments.value("--config", flags.config, "FILE",
                    "Configuration file, instead of the nearest .docathon-lint.yaml");
    arguments.list("--preset", flags.presets, "NAME",
                   "Presets besides core: strict, pytorch, blog, ruff-compatible, all");
    arguments.list("--select", flags.rules.select, "ID",
                   "Also these rules: ids, aliases, families or presets");
    arguments.list("--ignore", flags.rules.ignore, "ID", "Without these rules");
}

Result<DiskSession> open_session(const DiskFlags& flags) {
    const RealFileSystem files;
    const RealGit git;
    const Result<std::string> cwd = files.current_folder();
    if (!cwd)
        return tl::unexpected<Error>(cwd.error());

    const std::string start = folder_to_start(flags, files, *cwd);
    Result<DiscoveryRoot> root = find_root(start, true, files, git);
    if (!root)
        return tl::unexpected<Error>(root.error());
    const std::string folder = files.real_path(start).value_or(root->path);
    if (!root->git) {
        root = find_root(start, true, files, git, root_without_git(files, folder, *cwd));
        if (!root)
            return tl::unexpected<Error>(root.error());
    }

    if (root->git && flags.found_repository)
        flags.found_repository(root->path);

    DiskSession opened;
    opened.session = std::make_unique<Session>();
    Session& session = *opened.session;
    session.root = root->path;
    session.read = RootReader(root->path, &session.tree, std::make_shared<RealFileSystem>());
    session.on_disk = [names = std::make_shared<DiskNames>(
                           root->path, std::make_shared<RealFileSystem>())](std::string_view path) {
        return names->has(path);
    };

    session.cache_name = root->path;
    if (!flags.stdin_path) {
        session.stamp = [folder = root->path](const std::string& path) {
            return RealFileSystem().stamp(folder + "/" + path);
        };
    }
    if (root->git)
        session.history = std::make_shared<RepositoryHistory>(root->path);

    if (const Result<void> read = read_config(flags, files, folder, root->path, session.config);
        !read) {
        return tl::unexpected<Error>(read.error());
    }
    DiscoverOptions options;
    options.cwd = *cwd;
    options.paths = flags.paths;
    if (options.paths.empty() && !flags.stdin_path)
        options.paths.emplace_back(".");
    options.exclude = session.config.exclude;
    options.exclude_base = session.config.base;
    options.jobs = wanted_jobs(flags.jobs);
    // git takes longer than the rules: they are read while it works.
    std::future<GitFacts> git_facts =
        std::async([&] { return root->git ? ask_git(git, root->path) : GitFacts{}; });
    std::future<Result<Discovery>> listing =
        std::async([&] { return discover(*root, options, files, git); });

    Result<RuleSet> rules = load_builtin_rules(flags.detail);
    if (!rules)
        return tl::unexpected<Error>(rules.error());
    session.rules = std::move(*rules);
    if (const Result<void> added = read_project_rules(files, root->path, *cwd, flags, session);
        !added) {
        return tl::unexpected<Error>(added.error());
    }
    if (const Result<void> chosen = session.choose_rules(flags.presets, flags.rules, flags.errors);
        !chosen) {
        return tl::unexpected<Error>(chosen.error());
    }

    Result<Discovery> discovery = listing.get();
    if (!discovery)
        return tl::unexpected<Error>(discovery.error());
    opened.discovery = std::move(*discovery);
    FileTree tree = std::move(opened.discovery.tree);
    if (!flags.paths.empty())
        opened.first_path = named_path(files, root->path, *cwd, flags.paths.front());
    if (flags.stdin_path) {
        const std::string path = named_path(files, root->path, *cwd, *flags.stdin_path);
        tree = tree.selecting(std::vector<std::string>{path});
        opened.first_path = path;
        session.read = [path, bytes = flags.stdin_bytes,
                        below = session.read](const std::string& wanted) {
            return wanted == path ? Result<std::string>(bytes) : below(wanted);
        };
    }
    if (flags.nothing_selected)
        tree = tree.selecting({});
    session.read_tree(std::move(tree), opened.discovery.git ? git_facts.get() : GitFacts{});
    return opened;
}

Result<std::unique_ptr<Session>> open_session_on(const Session& like, const DiskFlags& flags,
                                                 const FileSystem& files, const Git& git) {
    auto session = std::make_unique<Session>();
    session->root = like.root;
    session->config = like.config;
    session->rules = like.rules;
    session->read = like.read;  // presets may be files: those of today hold
    if (const Result<void> chosen = session->choose_rules(flags.presets, flags.rules); !chosen)
        return tl::unexpected<Error>(chosen.error());
    // Not owned: the caller keeps it.
    session->read = RootReader(like.root, &session->tree,
                               std::shared_ptr<const FileSystem>(&files, [](const FileSystem*) {}));
    session->cache_name = like.root + "#objects";
    session->stamp = [&files, folder = like.root](const std::string& path) {
        return files.stamp(folder + "/" + path);
    };
    DiscoveryRoot root;
    root.path = like.root;
    root.git = true;
    DiscoverOptions options;
    options.cwd = like.root;
    options.paths = {"."};
    options.exclude = session->config.exclude;
    options.exclude_base = session->config.base;
    Result<Discovery> discovery = discover(root, options, files, git);
    if (!discovery)
        return tl::unexpected<Error>(discovery.error());
    session->read_tree(std::move(discovery->tree), like.git);
    return session;
}

}  // namespace docathon::cli

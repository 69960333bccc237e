#include "lint/io/git.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <unistd.h>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/io/files.h"
#include "lint/io/git_command.h"
#include "lint/io/git_index.h"
#include "lint/io/process.h"

namespace docathon {

namespace {

constexpr std::uint64_t kMaxOutput = std::uint64_t{1} << 30;

// Variables that would point git at another repository (hooks run with them set), change how it
// reads our arguments, or name programs.
bool is_dropped(std::string_view variable) {
    constexpr std::string_view kNames[] = {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_ALLOW_PROTOCOL",
        "GIT_ASKPASS",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_DIR",
        "GIT_EDITOR",
        "GIT_EXTERNAL_DIFF",
        "GIT_GLOB_PATHSPECS",
        "GIT_GRAFT_FILE",
        "GIT_ICASE_PATHSPECS",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_LITERAL_PATHSPECS",
        "GIT_NAMESPACE",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_NO_LAZY_FETCH",
        "GIT_OBJECT_DIRECTORY",
        "GIT_OPTIONAL_LOCKS",
        "GIT_PAGER",
        "GIT_PREFIX",
        "GIT_PROXY_COMMAND",
        "GIT_SEQUENCE_EDITOR",
        "GIT_SHALLOW_FILE",
        "GIT_SSH",
        "GIT_SSH_COMMAND",
        "GIT_TERMINAL_PROMPT",
        "GIT_WORK_TREE",
        "LANGUAGE",
        "LC_ALL",
        "SSH_ASKPASS",
    };
    const std::string_view name = variable.substr(0, variable.find('='));
    if (name.substr(0, 9) == "GIT_TRACE")
        return true;
    return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace

std::vector<std::string> safe_git_arguments(const std::string& folder,
                                            const std::vector<std::string>& arguments) {
    std::vector<std::string> all = {
        "--no-pager",
        "-C",
        folder,
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "core.untrackedCache=false",
        "-c",
        "core.quotePath=false",
        "-c",
        "protocol.allow=never",
        "-c",
        "credential.helper=",
    };
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
}

std::vector<std::string> git_environment() {
    std::vector<std::string> environment;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        if (!is_dropped(*entry))
            environment.emplace_back(*entry);
    }
    environment.emplace_back("GIT_OPTIONAL_LOCKS=0");
    environment.emplace_back("GIT_TERMINAL_PROMPT=0");
    environment.emplace_back("GIT_NO_LAZY_FETCH=1");
    // No object may be fetched: of the protocols of this list, none exists.
    environment.emplace_back("GIT_ALLOW_PROTOCOL=none");
    // Objects as they are: no replacement of one by another (git-replace).
    environment.emplace_back("GIT_NO_REPLACE_OBJECTS=1");
    environment.emplace_back("GIT_LITERAL_PATHSPECS=1");
    environment.emplace_back("LC_ALL=C");  // its messages are read below
    return environment;
}

namespace {

std::string first_line(std::string_view text) {
    const std::vector<std::string_view> lines = split_lines(text);
    return lines.empty() ? std::string() : escape_control(lines.front());
}

std::string without_line_end(std::string text) {
    if (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

}  // namespace

std::string without_credentials(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return std::string(url);
    const std::size_t host = scheme + 3;
    const std::size_t end = std::min(url.find('/', host), url.size());
    const std::size_t at = url.substr(0, end).rfind('@');
    if (at == std::string_view::npos || at < host)
        return std::string(url);
    return std::string(url.substr(0, host)) + std::string(url.substr(at + 1));
}

RealGit::RealGit(std::string program) : program_(std::move(program)) {
    if (program_.empty()) {
        const char* path = std::getenv("PATH");
        program_ = find_program("git", path == nullptr ? "" : path);
    }
}

Result<RealGit::Answer> RealGit::run(const std::string& folder,
                                     const std::vector<std::string>& arguments,
                                     const std::vector<std::string>& environment) const {
    if (program_.empty())
        return fail(ErrorCode::absent, "there is no git program in PATH");
    std::vector<std::string> variables = git_environment();
    variables.insert(variables.end(), environment.begin(), environment.end());
    Result<ProcessOutput> output =
        run_process(program_, safe_git_arguments(folder, arguments), variables, kMaxOutput);
    if (!output)
        return tl::unexpected<Error>(output.error());
    if (output->exit_code != 0 &&
        output->err.find("detected dubious ownership") != std::string::npos) {
        return fail(ErrorCode::not_ours,
                    "the git repository belongs to another user, so git does not read it; to allow "
                    "it: git config --global --add safe.directory " +
                        folder,
                    folder);
    }
    return Answer{output->exit_code, std::move(output->out), std::move(output->err)};
}

Result<std::string> RealGit::root(const std::string& folder) const {
    Result<Answer> answer = run(
        folder, {"rev-parse", "--show-object-format", "--git-path", "index", "--show-toplevel"});
    if (answer && answer->exit_code == 0) {
        const std::vector<std::string_view> lines = split_lines(answer->out);
        // An older git repeats the option that it does not know; a path may have line ends.
        if (lines.size() == 3 && (lines[0] == "sha1" || lines[0] == "sha256") &&
            answer->out.find('\r') == std::string::npos) {
            std::string root(lines[2]);
            const std::lock_guard lock(index_mutex_);
            index_ = {root, join_path(folder, lines[1]), lines[0] == "sha1" ? 20u : 32u};
            return root;
        }
        answer = run(folder, {"rev-parse", "--show-toplevel"});
    }
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    std::string root = without_line_end(std::move(answer->out));
    if (answer->exit_code != 0 || root.empty()) {
        const bool none = answer->err.find("not a git repository") != std::string::npos ||
                          answer->err.find("must be run in a work tree") != std::string::npos;
        return fail(none ? ErrorCode::absent : ErrorCode::other,
                    none ? "not in the working tree of a git repository"
                         : "git: " + first_line(answer->err),
                    folder);
    }
    return root;
}

std::optional<std::vector<GitFile>> RealGit::read_index(const std::string& root) const {
    Index index;
    {
        const std::lock_guard lock(index_mutex_);
        index = index_;
    }
    if (index.root.empty() || index.root != root)
        return std::nullopt;
    const Result<std::string> bytes = RealFileSystem().read_file(index.path, kMaxOutput);
    return bytes ? read_git_index(*bytes, index.hash_size) : std::nullopt;
}

Result<std::vector<GitFile>> RealGit::tracked(const std::string& root) const {
    if (std::optional<std::vector<GitFile>> files = read_index(root))
        return std::move(*files);
    Result<Answer> answer = run(root, {"ls-files", "-z", "-t", "--stage"});
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    if (answer->exit_code != 0) {
        return fail("git ls-files: " + first_line(answer->err), root);
    }
    // Each entry: tag, ' ', mode (6 digits), ' ', object, ' ', stage, '\t', path, NUL.
    std::vector<GitFile> files;
    const std::string_view out = answer->out;
    files.reserve(static_cast<std::size_t>(std::count(out.begin(), out.end(), '\0')));
    for (std::size_t begin = 0; begin < out.size();) {
        const std::size_t end = std::min(out.find('\0', begin), out.size());
        const std::string_view entry = out.substr(begin, end - begin);
        begin = end + 1;
        const std::size_t tab = entry.find('\t');
        if (tab == std::string_view::npos || tab < 9 || tab + 1 == entry.size()) {
            return fail("git ls-files: an entry that cannot be read: " + escape_control(entry),
                        root);
        }
        const std::string_view path = entry.substr(tab + 1);
        // An unmerged path comes once for each side.
        if (!files.empty() && files.back().path == path)
            continue;
        const std::string_view mode = entry.substr(2, 6);
        GitFile& file = files.emplace_back();
        file.path = std::string(path);
        file.mode = mode == "120000"   ? GitMode::symlink
                    : mode == "160000" ? GitMode::submodule
                                       : GitMode::file;
        file.skipped = entry[0] == 'S';
    }
    return files;
}

Result<std::vector<std::string>> RealGit::untracked(const std::string& root,
                                                    const std::vector<std::string>& among) const {
    std::vector<std::string> arguments = {"ls-files", "-z", "--others", "--exclude-standard", "--"};
    // A command line has limits, and many paths gain nothing over a look at everything.
    constexpr std::size_t kMaxArgumentBytes = 96 * 1024;
    std::size_t bytes = 0;
    for (const std::string& path : among)
        bytes += path.size() + 9;
    if (bytes <= kMaxArgumentBytes) {
        arguments.insert(arguments.end(), among.begin(), among.end());
    }
    Result<Answer> answer = run(root, arguments);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    if (answer->exit_code != 0) {
        return fail("git ls-files: " + first_line(answer->err), root);
    }
    std::vector<std::string> files;
    const std::string_view out = answer->out;
    for (std::size_t begin = 0; begin < out.size();) {
        const std::size_t end = std::min(out.find('\0', begin), out.size());
        files.emplace_back(out.substr(begin, end - begin));
        begin = end + 1;
    }
    return files;
}

Result<std::vector<GitRemote>> RealGit::remotes(const std::string& root) const {
    Result<Answer> answer = run(root, {"config", "-z", "--get-regexp", "^remote\\..*\\.url$"});
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    std::vector<GitRemote> remotes;
    if (answer->exit_code == 1)
        return remotes;  // nothing matches
    if (answer->exit_code != 0)
        return fail("git config: " + first_line(answer->err), root);
    for (const std::string_view entry : split(answer->out, '\0')) {
        // "remote.<name>.url", line feed, value
        const std::size_t end = entry.find('\n');
        constexpr std::size_t kBefore = 7;
        constexpr std::size_t kAfter = 4;
        if (end == std::string_view::npos || end < kBefore + kAfter)
            continue;
        std::string name(entry.substr(kBefore, end - kBefore - kAfter));
        const bool known = std::any_of(remotes.begin(), remotes.end(),
                                       [&](const GitRemote& other) { return other.name == name; });
        // Further URLs of a remote are only pushed to.
        if (!known)
            remotes.push_back({std::move(name), without_credentials(entry.substr(end + 1))});
    }
    return remotes;
}

Result<std::string> RealGit::current_branch(const std::string& root) const {
    Result<Answer> answer = run(root, {"symbolic-ref", "--quiet", "HEAD"});
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    const std::string name = without_line_end(std::move(answer->out));
    constexpr std::string_view kPrefix = "refs/heads/";
    if (name.substr(0, kPrefix.size()) != kPrefix)
        return std::string();
    return name.substr(kPrefix.size());
}

Result<std::string> RealGit::default_branch(const std::string& root,
                                            const std::string& remote) const {
    const std::string prefix = "refs/remotes/" + remote + "/";
    Result<Answer> answer = run(root, {"symbolic-ref", "--quiet", prefix + "HEAD"});
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    const std::string name = without_line_end(std::move(answer->out));
    if (name.substr(0, prefix.size()) != prefix)
        return std::string();
    return name.substr(prefix.size());
}

}  // namespace docathon

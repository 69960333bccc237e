// The part of RealGit that looks at commits and objects.

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <utility>

#include "lint/core/hash.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/io/files.h"
#include "lint/io/git.h"
#include "lint/io/git_command.h"
#include "lint/io/process.h"

namespace docathon {

namespace {

std::string one_word(std::string_view text) {
    return std::string(trim(text));
}

bool is_id(std::string_view text) {
    return (text.size() == 40 || text.size() == 64) &&
           std::all_of(text.begin(), text.end(), [](char c) { return hex_digit(c) >= 0; });
}

GitMode mode_of(std::string_view mode) {
    return mode == "120000"   ? GitMode::symlink
           : mode == "160000" ? GitMode::submodule
                              : GitMode::file;
}

class CatFile final : public GitObjects {
  public:
    CatFile(std::string program, std::string root)
        : program_(std::move(program)), root_(std::move(root)) {}

    Result<std::string> read(const std::string& id, std::uint64_t max_bytes) override {
        const std::lock_guard lock(mutex_);
        if (!is_id(id))
            return fail(ErrorCode::absent, "is no object");
        if (!talk_.running()) {
            const Result<void> started = talk_.start(
                program_, safe_git_arguments(root_, {"cat-file", "--batch"}), git_environment());
            if (!started)
                return tl::unexpected<Error>(started.error());
        }
        // "<id> <type> <size>", then the bytes and a line feed; or "<id> missing".
        std::string header;
        if (!talk_.write(id + "\n") || !talk_.read_line(header, 200)) {
            // Where an object is missing in a partial clone, older versions of git end here.
            talk_.stop();
            return fail(ErrorCode::absent, "the object is not in this clone");
        }
        const std::vector<std::string_view> words = split(header, ' ');
        if (words.size() != 3 || words[0] != id || words[1] != "blob")
            return skip(words, header);
        const std::uint64_t size = std::strtoull(std::string(words[2]).c_str(), nullptr, 10);
        if (size > max_bytes) {
            talk_.stop();  // cheaper than reading past it
            return fail(ErrorCode::too_large, "is too large", {}, size);
        }
        std::string bytes;
        std::string end;
        if (!talk_.read(bytes, size) || !talk_.read(end, 1)) {
            talk_.stop();
            return fail(ErrorCode::unreadable, "the object cannot be read");
        }
        return bytes;
    }

  private:
    Result<std::string> skip(const std::vector<std::string_view>& words,
                             const std::string& header) {
        const bool missing = words.size() == 2 && words[1] == "missing";
        if (!missing)
            talk_.stop();
        return fail(ErrorCode::absent, missing ? "the object is not in this clone"
                                               : "no blob: " + escape_control(header));
    }

    std::mutex mutex_;
    std::string program_;
    std::string root_;
    Conversation talk_;
};

}  // namespace

Result<std::string> RealGit::commit(const std::string& root, const std::string& ref) const {
    const auto absent = [&] {
        return fail(ErrorCode::absent, "'" + escape_control(ref) + "' names no commit here");
    };
    // It would be read as a flag.
    if (ref.empty() || ref.front() == '-' || ref.find('\n') != std::string::npos)
        return absent();
    Result<Answer> answer = run(root, {"rev-parse", "--verify", "--quiet", ref + "^{commit}"});
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    std::string id = one_word(answer->out);
    if (answer->exit_code != 0 || !is_id(id))
        return absent();
    return id;
}

Result<std::string> RealGit::merge_base(const std::string& root, const std::string& a,
                                        const std::string& b) const {
    Result<Answer> answer = run(root, {"merge-base", a, b});
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    std::string id = one_word(answer->out);
    if (answer->exit_code != 0 || !is_id(id))
        return fail(ErrorCode::absent, "the two commits have no common ancestor here");
    return id;
}

Result<bool> RealGit::is_shallow(const std::string& root) const {
    Result<Answer> answer = run(root, {"rev-parse", "--is-shallow-repository"});
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    return one_word(answer->out) == "true";
}

Result<GitState> RealGit::state(const std::string& root) const {
    Result<Answer> answer = run(root, {"rev-parse", "--git-path", "shallow", "HEAD^{commit}"});
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    const std::vector<std::string_view> lines = split(answer->out, '\n');
    GitState state;
    if (lines.size() > 1)
        state.head = one_word(lines[1]);
    if (answer->exit_code != 0 || !is_id(state.head))
        return fail(ErrorCode::absent, "there is no commit", root);
    constexpr std::uint64_t kMostBytes = 16u << 20;
    const Result<std::string> shallow =
        RealFileSystem().read_file(join_path(root, lines[0]), kMostBytes);
    if (shallow)
        state.shallow = hex64(hash64(*shallow));
    return state;
}

Result<std::vector<std::string>> RealGit::deleted_paths(const std::string& root,
                                                        const std::string& since) const {
    std::string end = since;
    if (end.empty()) {
        constexpr std::string_view kSkip = "--skip=5000";
        Result<Answer> oldest = run(root, {"rev-list", "--first-parent", "--max-count=1",
                                           std::string(kSkip), "HEAD", "--"});
        if (!oldest)
            return tl::unexpected<Error>(oldest.error());
        end = one_word(oldest->out);
    }
    std::vector<std::string> arguments = {"log",           "--no-renames", "--diff-filter=D",
                                          "--format=",     "--name-only",  "-z",
                                          "--no-ext-diff", "HEAD"};
    if (is_id(end))
        arguments.push_back("^" + end);
    arguments.emplace_back("--");
    Result<Answer> answer = run(root, arguments);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    std::vector<std::string> paths;
    for (std::string_view path : split(answer->out, '\0')) {
        while (path.starts_with('\n'))
            path.remove_prefix(1);
        if (!path.empty())
            paths.emplace_back(path);
    }
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    return paths;
}

Result<std::vector<GitBlob>> RealGit::files_of(const std::string& root,
                                               const std::string& commit) const {
    Result<Answer> answer = run(root, {"ls-tree", "-r", "-z", "--full-tree", commit});
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    if (answer->exit_code != 0)
        return fail(ErrorCode::absent, "the files of " + commit + " are not in this clone");
    // Each entry: mode, ' ', type, ' ', object, '\t', path, NUL.
    std::vector<GitBlob> files;
    for (const std::string_view entry : split(answer->out, '\0')) {
        const std::size_t tab = entry.find('\t');
        const std::vector<std::string_view> words = split(entry.substr(0, tab), ' ');
        if (tab == std::string_view::npos || words.size() != 3)
            continue;
        files.push_back(
            {std::string(entry.substr(tab + 1)), std::string(words[2]), mode_of(words[0])});
    }
    std::sort(files.begin(), files.end(),
              [](const GitBlob& a, const GitBlob& b) { return a.path < b.path; });
    return files;
}

Result<std::vector<GitBlob>> RealGit::staged_files(const std::string& root) const {
    // `git commit -a` and `git commit PATH` give their hooks an index of their own. A name that is
    // not one of git's is not followed.
    std::vector<std::string> environment;
    if (const char* index = std::getenv("GIT_INDEX_FILE")) {
        const std::string_view name = basename(index);
        if (name.starts_with("index") || name.starts_with("next-index"))
            environment.push_back("GIT_INDEX_FILE=" + std::string(index));
    }
    Result<Answer> answer = run(root, {"ls-files", "-z", "--stage"}, environment);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    if (answer->exit_code != 0)
        return fail("git ls-files failed", root);
    // Each entry: mode, ' ', object, ' ', stage, '\t', path, NUL.
    std::vector<GitBlob> files;
    for (const std::string_view entry : split(answer->out, '\0')) {
        const std::size_t tab = entry.find('\t');
        const std::vector<std::string_view> words = split(entry.substr(0, tab), ' ');
        if (tab == std::string_view::npos || words.size() != 3)
            continue;
        const std::string_view path = entry.substr(tab + 1);
        // Of an unmerged path: stage 2, ours, before 3, theirs; 1 is their ancestor.
        if (words[2] == "1" || (!files.empty() && files.back().path == path))
            continue;
        files.push_back({std::string(path), std::string(words[1]), mode_of(words[0])});
    }
    return files;
}

std::shared_ptr<GitObjects> RealGit::objects(const std::string& root) const {
    return std::make_shared<CatFile>(program_, root);
}

}  // namespace docathon

#include "lint/cli/asking.h"

#include <array>
#include <cstdint>
#include <optional>

#include "lint/cli/repository_history.h"
#include "lint/core/hash.h"

namespace docathon {

Result<std::string> Asking::read(FileId file) {
    Result<std::string> bytes = job_.read(file);
    note(job_.tree->file(file).path, bytes);
    return bytes;
}

Result<std::string> Asking::read(const std::string& path) {
    Result<std::string> bytes = job_.read_path(path);
    note(path, bytes);
    return bytes;
}

bool Asking::on_disk(std::string_view path) {
    const bool there = job_.on_disk(path);
    const std::lock_guard lock(mutex_);
    asked_.on_disk.emplace(path, there);
    return there;
}

std::vector<std::string> Asking::deleted_paths() {
    if (job_.history == nullptr)
        return {};
    std::vector<std::string> paths = job_.history->deleted_paths(job_.cache_folder);
    const std::lock_guard lock(mutex_);
    asked_.history = job_.history->state();
    return paths;
}

AskedFiles Asking::all() const {
    const std::lock_guard lock(mutex_);
    return asked_;
}

bool Asking::answers_are(const AskedFiles& earlier) {
    for (const auto& [path, there] : earlier.on_disk) {
        if (!job_.on_disk || on_disk(path) != there)
            return false;
    }
    if (earlier.history) {
        if (job_.history == nullptr || job_.history->state() != *earlier.history)
            return false;
        const std::lock_guard lock(mutex_);
        asked_.history = earlier.history;
    }
    for (const auto& [path, content] : earlier.contents) {
        (void)read(path);
        if (asked_.contents.at(path) != content)
            return false;
    }
    return true;
}

void Asking::note(const std::string& path, const Result<std::string>& bytes) {
    std::optional<std::array<std::uint64_t, 2>> content;
    if (bytes)
        content = hash128(*bytes);
    const std::lock_guard lock(mutex_);
    const auto [at, added] = asked_.contents.emplace(path, content);
    if (!added && at->second != content)
        asked_.open = true;  // it changes while we look
}

}  // namespace docathon

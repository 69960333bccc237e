#include "lint/cli/cache_place.h"

#include <cstdlib>

#include "docathon/version.h"
#include "lint/core/build_id.h"
#include "lint/core/hash.h"
#include "lint/core/path.h"

namespace docathon {
namespace {

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

std::string cache_folder() {
    if (std::string folder = from_environment("DOCATHON_LINT_CACHE_DIR"); !folder.empty())
        return folder;
    if (const std::string folder = from_environment("XDG_CACHE_HOME");
        !folder.empty() && folder.front() == '/')
        return join_path(folder, "docathon-lint");
    if (const std::string home = from_environment("HOME"); !home.empty() && home.front() == '/')
        return join_path(home, ".cache/docathon-lint");
    return {};
}

std::optional<CachePlace> cache_place(const std::string& folder, std::string_view name,
                                      std::uint64_t run, std::string_view suffix) {
    const std::string build = build_id();
    if (folder.empty() || build.empty())
        return std::nullopt;
    const std::string file = hex64(hash64(name)) + "-" + hex64(run) + std::string(suffix);
    return CachePlace{folder, join_path(folder, file), std::string(version()) + " " + build};
}

}  // namespace docathon

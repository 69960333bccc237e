// docathon-lint cache dir|clear: where pages that did not change are kept between runs.

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/output.h"
#include "lint/cli/page_cache.h"
#include "lint/cli/repository_history.h"
#include "lint/cli/result_cache.h"

namespace docathon::cli {

int run_cache(std::vector<std::string> arguments) {
    std::vector<std::string> actions;
    Arguments parser("docathon-lint cache",
                     "dir: print the folder of the cache; clear: remove what is in it");
    parser.positionals(actions, "ACTION", "dir or clear");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    if (actions.size() != 1)
        return usage_error("cache needs an action: docathon-lint cache dir|clear");
    const std::string folder = cache_folder();
    if (actions[0] != "dir" && actions[0] != "clear")
        return usage_error("no action '" + actions[0] + "' of cache; there are dir and clear");
    if (folder.empty())
        return usage_error(
            "there is no folder for the cache: none of DOCATHON_LINT_CACHE_DIR, XDG_CACHE_HOME "
            "and HOME is set");
    if (actions[0] == "dir") {
        print_out(folder + "\n");
        return kClean;
    }
    const std::size_t removed =
        PageCache::clear(folder) + ResultCache::clear(folder) + RepositoryHistory::clear(folder);
    print_error(std::to_string(removed) + (removed == 1 ? " file" : " files") + " removed from " +
                folder + "\n");
    return kClean;
}

}  // namespace docathon::cli

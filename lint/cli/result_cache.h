#pragma once
// ResultCache: what an earlier run came to, for a run in which nothing changed. One file for each
// project, way of running and selection of pages. A result is valid for its key, which is of all
// that a run is given, and as long as the files that are no pages still answer as they did then
// (AskedFiles): a run does not know before which of those it will ask for.
//
// As with the PageCache, what cannot be read or written is never an error.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lint/cli/cache_place.h"
#include "lint/model/diagnostic.h"
#include "lint/model/run_result.h"

namespace docathon {

/// What a run asked of the disk besides pages, with the answers.
struct AskedFiles {
    /// Path -> hash128() of its bytes; nullopt: it could not be read.
    std::map<std::string, std::optional<std::array<std::uint64_t, 2>>> contents;
    std::map<std::string, bool> on_disk;  ///< path -> whether it is there
    std::optional<std::string>
        history;        ///< RepositoryHistory::state(), if it was asked for anything
    bool open = false;  ///< a file changed while it was looked at
};

/// The part of a RunResult that is worth keeping: the rest is in the job.
struct KeptResult {
    AskedFiles asked;
    std::vector<Diagnostic> findings;
    std::vector<Diagnostic> suppressed;
    std::vector<Notification> notifications;
    std::map<std::string, std::uint64_t> unknown;
    std::map<std::uint32_t, std::uint64_t> judged;
    std::map<std::uint32_t, std::uint64_t> counted;
    std::uint64_t files_checked = 0;
    std::uint64_t bytes_checked = 0;
    std::uint64_t stale = 0;  ///< of the baseline
    /// Only of a run that counted them; a run that wants them does not take a result without.
    std::optional<ReferenceCounts> references;
};

class ResultCache {
  public:
    /// A hash of everything that a result depends on.
    using Key = std::array<std::uint64_t, 2>;

    /// A cache in `folder`; `name` tells projects apart, `run` ways of running and selections.
    /// nullptr if nothing can be kept.
    [[nodiscard]] static std::unique_ptr<ResultCache> open(const std::string& folder,
                                                           const std::string& name,
                                                           std::uint64_t run);
    /// Whether there is any result, so that it is worth making a key.
    [[nodiscard]] bool has_one() const;
    /// nullopt if there is none with this key.
    [[nodiscard]] std::optional<KeptResult> find(const Key& key) const;
    /// Puts the result into the place of the one that is there.
    void keep(const Key& key, const KeptResult& result) const;

    /// Removes all results of the folder; returns how many files went.
    static std::size_t clear(const std::string& folder);

  private:
    explicit ResultCache(CachePlace place) : place_(std::move(place)) {}

    CachePlace place_;
};

}  // namespace docathon

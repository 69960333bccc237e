#pragma once
// LinkChecker: one run of `links check` without its command line: what is known of each URL, what
// must be asked again, and what the answers make of it. It writes into a LinkCache and nowhere
// else.
//
// It is careful in three ways beyond History. Failures that our own network may cause (no address,
// no connection) count only when some other host answered in the same run. A URL that is about to
// be called dead is asked once more, at the end of the run. And what was not asked is not judged.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "lint/io/fetch.h"
#include "lint/web/asker.h"
#include "lint/web/history.h"
#include "lint/web/link_cache.h"

namespace docathon {

struct LinkCheckOptions {
    AskOptions ask;  ///< its unix_now must be set
    DeathPolicy death;
    std::int64_t max_age = 30ll * 24 * 3600;  ///< seconds that a good answer is believed
    bool refresh = false;                     ///< believe nothing
};

struct LinkReport {
    std::map<std::string, Standing> standings;  ///< by URL, of all that were given
    std::map<std::string, std::string> moved;   ///< good ones that redirect permanently
    std::size_t asked = 0;
    std::size_t fresh = 0;                       ///< believed without asking
    std::size_t not_asked = 0;                   ///< the time was spent
    bool offline = false;                        ///< no host answered: this machine has no network
    std::map<std::string, std::string> details;  ///< what the network library says, by URL
};

class LinkChecker {
  public:
    /// `fetcher` and `cache` must outlive it.
    LinkChecker(Fetcher& fetcher, LinkCache& cache, LinkCheckOptions options);

    /// Called now and then when something was learned, so that a killed run keeps it.
    std::function<void()> save;
    std::function<void(const AskProgress& progress)> on_progress;

    /// Checks URLs, written as Url::to_string() does.
    [[nodiscard]] LinkReport check(const std::set<std::string>& urls);

  private:
    struct Batch;
    [[nodiscard]] Batch make_batch(const std::set<std::string>& urls, bool all) const;
    void ask(const Batch& batch, LinkReport& report);
    [[nodiscard]] bool has_network();
    void record(const std::string& url, const Observation& observation);
    void note(const std::string& url, const Observation& observation, std::int64_t time);

    Fetcher& fetcher_;
    LinkCache& cache_;
    LinkCheckOptions options_;
    struct Pending {
        std::string url;
        Observation observation;
        std::int64_t time;
    };
    std::vector<Pending> pending_;  // failures that may be our own
    bool answered_ = false;         // by any host
    bool again_ = false;            // the second look of one run
    Milliseconds saved_{0};
    Milliseconds save_after_{0};
};

}  // namespace docathon

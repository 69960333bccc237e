#pragma once
// LinkCache: the histories of all URLs as a text file, one JSON object a line, sorted by URL. Two
// such files put behind each other are such a file again: lines of one URL are joined when it is
// read. So a repository can keep it under version control and merge it without thinking.
//
//     {"v":1,"url":"https://x.org/a","good":[1763730000,"200"]}
//     {"v":1,"url":"https://x.org/b","good":[1763100000,"200"],"failed":[[1763730000,"404"]]}
//
// Lines that are damaged are left out and counted. Lines of a newer version are not understood but
// kept, so that an older program destroys nothing.

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "lint/core/result.h"
#include "lint/web/history.h"

namespace docathon {

struct LinkCache {
    std::map<std::string, History, std::less<>> urls;
    std::set<std::string> foreign;  ///< lines of another version, as they are
    std::size_t damaged = 0;        ///< lines that were left out

    /// Joins what `other` knows.
    void merge(const LinkCache& other);
};

/// Never fails: what cannot be read is counted.
[[nodiscard]] LinkCache read_link_cache(std::string_view text);
[[nodiscard]] std::string write_link_cache(const LinkCache& cache);

/// Reads the file; one that does not exist is empty. Errors: it cannot be read.
[[nodiscard]] Result<LinkCache> load_link_cache(const std::string& path);

/// Joins `cache` with what the file holds by now and puts the whole into its place, under a lock:
/// of two runs at once neither loses what the other learned, and a run that is killed leaves the
/// old file or the new one. `cache` is the whole afterwards. Makes the folder of the file.
[[nodiscard]] Result<void> save_link_cache(const std::string& path, LinkCache& cache);

}  // namespace docathon

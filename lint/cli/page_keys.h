#pragma once
// What a cached page depends on besides its bytes and the program, as hashes: one for the run, one
// for each page. What is missing here would give findings of yesterday's rules.

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "lint/cli/pipeline.h"
#include "lint/cli/result_cache.h"

namespace docathon {

/// Of what all pages depend on: the rules with their own keys, the kinds of pages. Data files of
/// rules come with `data` (hashes of them, in the order in which they were asked for);
/// `with_examples` as of parse_file().
[[nodiscard]] std::uint64_t run_key(const LintJob& job, const std::vector<std::uint64_t>& data,
                                    bool with_examples);

/// Tells runs apart that check other pages of the tree; `run` is the run_key().
[[nodiscard]] std::uint64_t selection_key(const FileTree& tree, std::uint64_t run);

/// Of what a whole result depends on. `pages`: of each page its content, its key and its profile.
[[nodiscard]] ResultCache::Key result_key(const LintJob& job, std::string_view pages);

/// Of what single pages depend on. Keeps what pages share.
class PageKeys {
  public:
    explicit PageKeys(const LintJob& job);
    /// `profile` is the page's EffectiveRules profile.
    [[nodiscard]] std::uint64_t of(FileId page, std::size_t profile);

  private:
    [[nodiscard]] std::uint64_t of_profile(std::size_t profile);

    const LintJob& job_;
    std::vector<std::uint64_t> settings_;  // by SettingsTable::index()
    std::map<std::size_t, std::uint64_t> profiles_;
};

/// Hash of any plain data, equal for equal values.
[[nodiscard]] std::uint64_t hash_of(const Value& value);

}  // namespace docathon

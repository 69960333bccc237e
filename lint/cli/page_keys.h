#pragma once
// What a cached page depends on besides its bytes and the program, as hashes: one for the run, one
// for each page. What is missing here would give findings of yesterday's rules.

#include <cstdint>
#include <map>
#include <vector>

#include "lint/cli/pipeline.h"

namespace docathon {

/// Of what all pages depend on: the rules with their own keys, the kinds of pages. Data files of
/// rules come with `data` (hashes of them, in the order in which they were asked for);
/// `with_examples` as of parse_file().
[[nodiscard]] std::uint64_t run_key(const LintJob& job, const std::vector<std::uint64_t>& data,
                                    bool with_examples);

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

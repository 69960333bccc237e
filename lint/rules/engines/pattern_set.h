#pragma once
// PatternSets: all patterns of all rules, one RE2::Set for each view. The set says in one pass over
// a text which patterns stand in it; only those are then looked for one by one, to learn where. So
// the cost of a run follows the number of findings, not the number of patterns.
//
// Const after compile(); threads share it. RE2 keeps its own automata and locks.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"
#include "lint/rules/engines/text_view.h"

namespace re2 {
class RE2;
}

namespace docathon::rules {

using PatternId = std::uint32_t;

struct PatternOptions {
    bool ignore_case = false;
    bool words = false;  ///< begins and ends where a word does, in any script
};

class PatternSets {
  public:
    PatternSets();
    ~PatternSets();
    PatternSets(PatternSets&&) noexcept;
    PatternSets& operator=(PatternSets&&) noexcept;

    /// The error is what RE2 says, without a place.
    [[nodiscard]] Result<PatternId> add(View view, std::uint32_t unit, std::string expression,
                                        PatternOptions options);
    [[nodiscard]] PatternId size() const;
    /// Ends adding.
    void compile();

    [[nodiscard]] bool empty(View view) const;
    /// The patterns of the view that match somewhere in `text`, ascending.
    void match(View view, std::string_view text, std::vector<PatternId>& out) const;
    /// The unit that added a pattern.
    [[nodiscard]] std::uint32_t unit(PatternId pattern) const;
    [[nodiscard]] const std::string& expression(PatternId pattern) const;

    /// The next match at or after `from`; false if there is none. Empty matches are none.
    bool find(PatternId pattern, std::string_view text, std::uint32_t from, std::uint32_t& begin,
              std::uint32_t& end) const;
    /// The capture groups of a match that find() gave, in the order of the expression.
    [[nodiscard]] std::vector<std::string> groups(PatternId pattern, std::string_view text,
                                                  std::uint32_t begin, std::uint32_t end) const;
    /// Names of groups by number, from 1; "" for those without.
    [[nodiscard]] std::vector<std::string> group_names(PatternId pattern) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// How an expression is written with these options: as RE2 gets it.
[[nodiscard]] std::string with_pattern_options(std::string_view expression, PatternOptions options);

/// A letter, mark, digit or connector such as '_' of any script.
[[nodiscard]] bool is_word_character(char32_t c);

/// The words of `text` may be cut at `at`: a letter, mark, digit or '_' of any script does not
/// stand on both sides.
[[nodiscard]] bool word_edge(std::string_view text, std::size_t at);

}  // namespace docathon::rules

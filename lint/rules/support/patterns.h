#pragma once
// Patterns: a list of regular expressions from a rule's options, tried as one set. RE2, so that a
// pattern that arrives with a pull request cannot take exponential time.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace docathon::rules {

class Patterns {
  public:
    /// The expressions were validated with the options; one that does not compile is an assert.
    explicit Patterns(const std::vector<std::string>& expressions);
    ~Patterns();
    Patterns(Patterns&&) noexcept;
    Patterns& operator=(Patterns&&) noexcept;

    /// Does any of them match somewhere in `text`?
    [[nodiscard]] bool matches(std::string_view text) const;

  private:
    std::vector<std::unique_ptr<re2::RE2>> expressions_;
};

}  // namespace docathon::rules

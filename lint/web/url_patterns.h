#pragma once
// UrlPatterns: regular expressions that name URLs, from our configuration and
// conf.py. RE2: they come with pull requests and must not take exponential time.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"

namespace re2 {
class RE2;
}

namespace docathon {

class UrlPatterns {
  public:
    UrlPatterns();
    ~UrlPatterns();
    UrlPatterns(UrlPatterns&&) noexcept;
    UrlPatterns& operator=(UrlPatterns&&) noexcept;

    /// `at_start`: as Python's re.match(), else anywhere in the text. Errors: it does not compile,
    /// as with lookahead, which RE2 does not have.
    [[nodiscard]] Result<void> add(std::string_view expression, bool at_start);
    [[nodiscard]] bool matches(std::string_view text) const;
    [[nodiscard]] bool empty() const { return expressions_.empty(); }

  private:
    std::vector<std::unique_ptr<re2::RE2>> expressions_;
};

}  // namespace docathon

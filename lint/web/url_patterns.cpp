#include "lint/web/url_patterns.h"

#include <algorithm>

#include <re2/re2.h>

namespace docathon {

UrlPatterns::UrlPatterns() = default;
UrlPatterns::~UrlPatterns() = default;
UrlPatterns::UrlPatterns(UrlPatterns&&) noexcept = default;
UrlPatterns& UrlPatterns::operator=(UrlPatterns&&) noexcept = default;

Result<void> UrlPatterns::add(std::string_view expression, bool at_start) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    std::string text(expression);
    if (at_start)
        text = "^(?:" + text + ")";
    auto compiled = std::make_unique<re2::RE2>(text, options);
    if (!compiled->ok())
        return fail("'" + std::string(expression) +
                    "' is no regular expression that is understood here: " + compiled->error());
    expressions_.push_back(std::move(compiled));
    return {};
}

bool UrlPatterns::matches(std::string_view text) const {
    return std::any_of(
        expressions_.begin(), expressions_.end(), [&](const std::unique_ptr<re2::RE2>& expression) {
            return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *expression);
        });
}

}  // namespace docathon

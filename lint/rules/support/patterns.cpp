#include "lint/rules/support/patterns.h"

#include <re2/re2.h>

#include <cassert>

namespace docathon::rules {

Patterns::Patterns(const std::vector<std::string>& expressions) {
    for (const std::string& expression : expressions) {
        expressions_.push_back(std::make_unique<re2::RE2>(expression, re2::RE2::Quiet));
        assert(expressions_.back()->ok());
    }
}

Patterns::~Patterns() = default;
Patterns::Patterns(Patterns&&) noexcept = default;
Patterns& Patterns::operator=(Patterns&&) noexcept = default;

bool Patterns::matches(std::string_view text) const {
    for (const auto& expression : expressions_) {
        if (re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *expression))
            return true;
    }
    return false;
}

}  // namespace docathon::rules

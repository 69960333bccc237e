#pragma once
// A small rule set and short ways to make findings and suppression comments.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/model/diagnostic.h"
#include "lint/model/facts.h"
#include "lint/model/rule_set.h"

namespace docathon::testing {

inline RuleSpec rule_spec(std::string id, Severity severity,
                          std::map<std::string, std::vector<std::string>> aliases = {}) {
    RuleSpec spec;
    spec.id = std::move(id);
    spec.severity = severity;
    spec.aliases = std::move(aliases);
    spec.preset = "core";
    spec.summary = "Summary of " + spec.id + ".";
    return spec;
}

// Positions in settle_rules().
inline constexpr std::uint32_t kAnchor = 0;
inline constexpr std::uint32_t kTarget = 1;
inline constexpr std::uint32_t kFence = 2;
inline constexpr std::uint32_t kUnused = 3;

inline RuleSet settle_rules() {
    RuleSet rules;
    rules.specs.push_back(rule_spec("links/missing-anchor", Severity::error,
                                    {{"markdownlint", {"MD051"}}, {"myst", {"xref"}}}));
    rules.specs.push_back(rule_spec("links/missing-target", Severity::error, {{"myst", {"xref"}}}));
    rules.specs.push_back(rule_spec("markup/unclosed-fence", Severity::warning));
    rules.specs.push_back(rule_spec("suppression/unused", Severity::note));
    return rules;
}

inline Diagnostic finding(std::uint32_t rule, FileId file, Range range, std::string message = "m") {
    Diagnostic diagnostic;
    diagnostic.rule = rule;
    diagnostic.file = file;
    diagnostic.range = range;
    diagnostic.message = std::move(message);
    return diagnostic;
}

/// The range of the n-th (from 0) `part` in `text`.
inline Range range_of(std::string_view text, std::string_view part, int n = 0) {
    std::size_t at = text.find(part);
    for (; n > 0 && at != std::string_view::npos; --n)
        at = text.find(part, at + 1);
    if (at == std::string_view::npos)
        return {1, 0};
    return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + part.size())};
}

}  // namespace docathon::testing

#pragma once
// Dead anchors, as links/missing-anchor and links/anchor-case share them: one walk, two verdicts.

#include <functional>

#include "lint/rules/support/patterns.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

struct DeadAnchor {
    const Reference& reference;
    const Verdict& verdict;
    const Resolution& answer;  ///< of the reader for whom it is dead; `file` is the page
    std::string fragment;      ///< percent-decoded
    /// The page is read on github.com only, and the fragment is the lower-case anchor in another
    /// case: github.com's script finds it (rsc/markdown#19, serokell/xrefcheck#211), nothing else.
    bool only_case = false;
};

/// Calls `take` for every reference of the page whose anchor does not exist; fragments that match
/// `ignore` are left out. What cannot be decided is counted in `sink` if `count_unknown`.
void each_dead_anchor(const ProjectContext& context, const Patterns& ignore, bool count_unknown,
                      Sink& sink, const std::function<void(const DeadAnchor&)>& take);

}  // namespace docathon::rules

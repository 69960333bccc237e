#pragma once
// Ratchet rules: what old projects break thousands of times is summed up in one line instead of
// listed, unless somebody asked for the rule by name or gave it a severity.

#include "lint/cli/session.h"
#include "lint/model/run_result.h"

namespace docathon::cli {

/// Whether the finding is one of a rule that is only summed up.
[[nodiscard]] bool is_summed_up(Session& session, const RunResult& result,
                                const Diagnostic& finding);

/// Takes the findings of such rules out of the result and puts their counts into
/// RunResult::ratchets, in the order of the rules; a rule that looked at nothing leaves no count.
void sum_up_ratchets(Session& session, RunResult& result);

}  // namespace docathon::cli

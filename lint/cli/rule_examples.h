#pragma once
// The examples of rules are their tests: here they are run, for `test-rules`, and at every start to
// see that a project's rule finds anything at all.

#include <string>
#include <vector>

#include "lint/cli/session.h"
#include "lint/core/result.h"
#include "lint/model/rule.h"
#include "lint/rules/engines/engine.h"

namespace docathon {

/// Runs one example of `rule` alone and compares what it finds, and what its fixes give, with what
/// the example says. One line for each difference; none if all is as expected. `rules` are all
/// rules of the run: the configuration of an example may name them.
[[nodiscard]] std::vector<std::string> run_example(const RuleSet& rules, const RuleSpec& rule,
                                                   const RuleExample& example,
                                                   const rules::DataReader& data);

/// A rule that finds nothing in its own examples is wrong, and would be believed to hold. Looks at
/// the rules whose path is one of `paths`, which must have an engine; those without examples pass.
[[nodiscard]] Result<void> check_that_rules_fire(const RuleSet& rules,
                                                 const std::vector<std::string>& paths,
                                                 const rules::DataReader& data,
                                                 std::vector<Error>* errors = nullptr);

/// The alternatives of a rule's patterns that match nowhere in its examples, as written.
[[nodiscard]] std::vector<std::string> unused_alternatives(const RuleSpec& rule,
                                                           const rules::DataReader& data,
                                                           std::size_t& alternatives);

}  // namespace docathon

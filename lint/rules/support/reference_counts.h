#pragma once
// What --stats says of the references of a page: how many are found, missing or unknown, whatever
// rules are on.

#include "lint/model/run_result.h"
#include "lint/rules/check.h"

namespace docathon::rules {

/// Adds the references of one file to `out`.
void count_references(const ProjectContext& context, ReferenceCounts& out);

}  // namespace docathon::rules

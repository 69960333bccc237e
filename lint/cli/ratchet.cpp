#include "lint/cli/ratchet.h"

#include <map>
#include <utility>

namespace docathon::cli {

bool is_summed_up(Session& session, const RunResult& result, const Diagnostic& finding) {
    if (!result.rules->specs[finding.rule].ratchet)
        return false;
    const std::size_t profile = session.effective->profile_for(result.paths[finding.file]);
    return session.effective->profile(profile).rules[finding.rule].summary_only;
}

void sum_up_ratchets(Session& session, RunResult& result) {
    std::map<std::uint32_t, std::uint64_t> counts;
    for (const auto& [rule, judged] : result.judged) {
        bool summed_up = false;
        for (std::size_t i = 0; i < session.effective->profile_count(); ++i)
            summed_up = summed_up || session.effective->profile(i).rules[rule].summary_only;
        if (summed_up && result.rules->specs[rule].ratchet)
            counts[rule] = 0;
    }
    std::erase_if(result.findings, [&](const Diagnostic& finding) {
        if (!is_summed_up(session, result, finding))
            return false;
        ++counts[finding.rule];
        return true;
    });
    for (const auto& [rule, findings] : result.counted)
        counts[rule] += findings;
    for (const auto& [rule, findings] : counts) {
        const auto judged = result.judged.find(rule);
        result.ratchets.push_back(
            {rule, findings, judged == result.judged.end() ? findings : judged->second});
    }
}

}  // namespace docathon::cli

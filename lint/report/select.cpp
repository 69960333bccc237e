#include "lint/report/select.h"

#include <algorithm>
#include <map>

namespace docathon {

std::vector<const Diagnostic*> rank_findings(const std::vector<Diagnostic>& findings) {
    std::map<std::uint32_t, std::size_t> count;
    for (const Diagnostic& finding : findings)
        ++count[finding.rule];
    std::vector<const Diagnostic*> order;
    order.reserve(findings.size());
    for (const Diagnostic& finding : findings)
        order.push_back(&finding);
    std::stable_sort(order.begin(), order.end(), [&](const Diagnostic* a, const Diagnostic* b) {
        if (a->severity != b->severity)
            return a->severity > b->severity;
        return count.find(a->rule)->second < count.find(b->rule)->second;
    });
    return order;
}

std::vector<const Diagnostic*> select_findings(const std::vector<Diagnostic>& findings,
                                               std::size_t most) {
    if (most == 0 || findings.size() <= most) {
        std::vector<const Diagnostic*> all;
        all.reserve(findings.size());
        for (const Diagnostic& finding : findings)
            all.push_back(&finding);
        return all;
    }
    std::vector<const Diagnostic*> chosen = rank_findings(findings);
    chosen.resize(most);
    std::sort(chosen.begin(), chosen.end());  // pointers into one vector: its order
    return chosen;
}

}  // namespace docathon

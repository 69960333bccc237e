#include <algorithm>
#include <map>
#include <vector>

#include "lint/core/strings.h"
#include "lint/report/markdown_cells.h"
#include "lint/report/out.h"
#include "lint/report/positions.h"
#include "lint/report/report.h"
#include "lint/report/select.h"
#include "lint/report/wording.h"

namespace docathon {
bool write_markdown(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    Positions positions(result);
    const FindingCounts counts = count_findings(result);
    out << "## docathon-lint: " << counts_text(counts, result.files_checked) << "\n";

    // One table a rule, the most telling rule first; within it the order of the run.
    std::vector<const Diagnostic*> findings = rank_findings(result.findings);
    const std::size_t most = options.max_results.value_or(0);
    if (most > 0 && findings.size() > most)
        findings.resize(most);
    std::vector<std::uint32_t> rules;
    std::map<std::uint32_t, std::vector<const Diagnostic*>> by_rule;
    for (const Diagnostic* finding : findings) {
        std::vector<const Diagnostic*>& group = by_rule[finding->rule];
        if (group.empty())
            rules.push_back(finding->rule);
        group.push_back(finding);
    }
    std::size_t bytes = 0;
    std::size_t shown = 0;
    bool full = false;
    for (const std::uint32_t rule : rules) {
        const RuleSpec& spec = result.rules->specs[rule];
        std::string text = "\n### " + markdown_cell_text(spec.id) + " (" +
                           std::to_string(by_rule[rule].size()) + ")\n\n" +
                           (spec.summary.empty() ? "" : markdown_cell_text(spec.summary) + "\n\n") +
                           "| place | severity | message |\n| --- | --- | --- |\n";
        for (const Diagnostic* finding : by_rule[rule]) {
            const LineColumn place = positions.place(finding->file, finding->range.begin);
            text +=
                "| " +
                markdown_cell_code(result.paths[finding->file] + ':' + std::to_string(place.line) +
                                   ':' + std::to_string(place.column)) +
                " | " + std::string(to_string(finding->severity)) + " | " +
                markdown_cell_text(finding->message) + " |\n";
            full = bytes + text.size() > options.markdown_bytes;
            if (full)
                break;
            ++shown;
            bytes += text.size();
            out << text;
            text.clear();
        }
        if (full || out.failed())
            break;
    }
    if (shown < result.findings.size()) {
        out << "\n"
            << with_commas(result.findings.size() - shown)
            << " more findings are not shown here.\n";
    }
    return out.finish();
}

}  // namespace docathon

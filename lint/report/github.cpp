#include "lint/core/strings.h"
#include "lint/report/out.h"
#include "lint/report/positions.h"
#include "lint/report/report.h"
#include "lint/report/select.h"

namespace docathon {
namespace {

/// Escapes of workflow commands (docs: "Workflow commands for GitHub Actions"; the runner undoes
/// exactly these): '%', CR and LF everywhere, ':' and ',' in the value of a property too.
std::string command_text(std::string_view text, bool property) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
            case '%':
                safe += "%25";
                break;
            case '\r':
                safe += "%0D";
                break;
            case '\n':
                safe += "%0A";
                break;
            case ':':
                safe += property ? "%3A" : ":";
                break;
            case ',':
                safe += property ? "%2C" : ",";
                break;
            default:
                safe += c;
        }
    }
    return safe;
}

std::string_view command_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        default:
            return "notice";
    }
}

}  // namespace

bool write_github(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    Positions positions(result);
    std::vector<const Diagnostic*> findings = rank_findings(result.findings);
    const std::size_t most = options.max_results.value_or(0);
    if (most > 0 && findings.size() > most)
        findings.resize(most);
    for (const Diagnostic* finding : findings) {
        if (out.failed())
            break;
        const Region region = positions.tight_region(finding->file, finding->range);
        const std::string& rule = result.rules->specs[finding->rule].id;
        // Control characters become visible before the command's own escapes: a runner would
        // otherwise turn %0A back into a line break of the log.
        out << "::" << command_of(finding->severity)
            << " file=" << command_text(escape_control(result.paths[finding->file]), true)
            << ",line=";
        out.number(region.begin.line) << ",endLine=";
        out.number(region.end.line);
        // The checks API takes an end column only within one line.
        out << ",col=";
        out.number(region.begin.column);
        if (region.begin.line == region.end.line && region.begin.column < region.end.column) {
            out << ",endColumn=";
            out.number(region.end.column);
        }
        out << ",title=" << command_text(rule, true)
            << "::" << command_text(escape_control(finding->message), false) << " [" << rule
            << "]\n";
    }
    return out.finish();
}

}  // namespace docathon

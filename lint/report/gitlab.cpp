#include "lint/core/hash.h"
#include "lint/core/strings.h"
#include "lint/report/json_writer.h"
#include "lint/report/positions.h"
#include "lint/report/report.h"
#include "lint/report/select.h"

// GitLab's Code Quality report (docs.gitlab.com/ci/testing/code_quality): a subset of what Code
// Climate's engines write. GitLab compares two reports by fingerprint and shows of each entry the
// description, the severity and the place, so the rule is named in the description too.

namespace docathon {
namespace {

/// GitLab's words are info, minor, major, critical, blocker. A broken link blocks nobody.
std::string_view severity_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "major";
        case Severity::warning:
            return "minor";
        default:
            return "info";
    }
}

}  // namespace

bool write_gitlab(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    JsonWriter json(out);
    Positions positions(result);
    const auto place = [&](std::string_view name, LineColumn at) {
        json.key(name).begin_object();
        json.member("line", at.line).member("column", at.column).end_object();
    };
    json.begin_array();
    for (const Diagnostic* finding :
         select_findings(result.findings, options.max_results.value_or(0))) {
        if (out.failed())
            return false;
        const std::string& path = result.paths[finding->file];
        const std::string& rule = result.rules->specs[finding->rule].id;
        const Region region = positions.tight_region(finding->file, finding->range);
        json.line_break().begin_object();
        json.member("description", escape_control(finding->message) + " [" + rule + "]");
        json.member("check_name", rule);
        // Of two entries with one fingerprint GitLab shows one, and ours does not know the path.
        json.member("fingerprint", hash128_hex(finding->fingerprint + path));
        json.member("severity", severity_of(finding->severity));
        json.key("location").begin_object().member("path", path);
        json.key("lines").begin_object();
        json.member("begin", region.begin.line).member("end", region.end.line).end_object();
        json.key("positions").begin_object();
        place("begin", region.begin);
        place("end", region.end);
        json.end_object().end_object().end_object();
    }
    json.line_break().end_array();
    out << '\n';
    return out.finish();
}

}  // namespace docathon

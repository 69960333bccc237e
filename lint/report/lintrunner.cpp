#include <algorithm>

#include "lint/core/strings.h"
#include "lint/report/json_writer.h"
#include "lint/report/positions.h"
#include "lint/report/report.h"
#include "lint/report/select.h"

// The messages of lintrunner (src/lint_message.rs of suo/lintrunner), one JSON object a line. Every
// member must be there, null or not. Fixes are none of it: lintrunner wants the whole file before
// and after, and of several messages on one file it keeps the last.

namespace docathon {
namespace {

std::string_view severity_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        default:
            return "advice";
    }
}

}  // namespace

bool write_lintrunner(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    JsonWriter json(out);
    Positions positions(result);
    for (const Diagnostic* finding :
         select_findings(result.findings, options.max_results.value_or(0))) {
        if (out.failed())
            return false;
        const std::string& path = result.paths[finding->file];
        const LineColumn at = positions.lines(finding->file).line_col(finding->range.begin);
        json.begin_object();
        // lintrunner starts us in a folder of its choice, which need not be the root.
        json.member("path", result.root.empty() ? path : result.root + "/" + path);
        json.member("line", at.line).member("char", at.column);
        json.member("code", "DOCATHON").member("severity", severity_of(finding->severity));
        json.member("name", result.rules->specs[finding->rule].id);
        json.key("original").null().key("replacement").null();
        json.member("description", escape_control(finding->message));
        json.end_object().end_line();
    }
    return out.finish();
}

}  // namespace docathon

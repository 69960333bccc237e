#include "lint/report/json_finding.h"

#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon {

void JsonFindings::write(const Diagnostic& finding) {
    path(finding.file);
    range(finding.file, finding.range, true);
    json_.member("severity", to_string(finding.severity));
    json_.member("rule", result_.rules->specs[finding.rule].id);
    json_.member("message", escape_control(finding.message));
    if (!finding.where.empty())
        json_.member("where", finding.where);
    if (!finding.code.empty())
        json_.member("code", finding.code);
    if (!finding.subject.empty())
        json_.member("subject", finding.subject);
    if (!finding.docutils.empty())
        json_.member("docutils", finding.docutils);
    json_.member("fingerprint", finding.fingerprint);
    if (!finding.related.empty())
        related(finding);
    if (finding.fix)
        fix(finding);
}

/// A path that is no UTF-8 is readable as `path` and exact as `uri`.
void JsonFindings::path(FileId file) {
    const std::string& path = result_.paths[file];
    json_.member("path", path);
    if (first_invalid(path) != std::string_view::npos) {
        json_.member("uri", percent_encode_path(path));
    }
}

void JsonFindings::range(FileId file, Range range, bool tight) {
    const Region region =
        tight ? positions_.tight_region(file, range) : positions_.region(file, range);
    json_.member("line", region.begin.line).member("column", region.begin.column);
    json_.member("end_line", region.end.line).member("end_column", region.end.column);
    json_.member("begin", range.begin).member("end", range.end);
}

void JsonFindings::related(const Diagnostic& finding) {
    json_.key("related").begin_array();
    for (const Related& other : finding.related) {
        if (other.file >= result_.paths.size())
            continue;
        json_.begin_object();
        path(other.file);
        range(other.file, other.range, true);
        json_.member("message", escape_control(other.message)).end_object();
    }
    json_.end_array();
}

void JsonFindings::fix(const Diagnostic& finding) {
    json_.key("fix").begin_object();
    json_.member("description", escape_control(finding.fix->description));
    json_.member("safe", finding.fix->safety == FixSafety::safe);
    json_.key("edits").begin_array();
    for (const Edit& edit : finding.fix->edits) {
        json_.begin_object();
        range(finding.file, edit.range, false);
        json_.member("text", edit.text).end_object();
    }
    json_.end_array().end_object();
}

}  // namespace docathon

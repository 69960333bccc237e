#include <set>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/report/json_writer.h"
#include "lint/report/positions.h"
#include "lint/report/report.h"
#include "lint/report/select.h"

namespace docathon {
namespace {

/// Version of the shape of this output; a new member does not change it.
constexpr std::uint32_t kShape = 1;

class JsonReport {
  public:
    JsonReport(const RunResult& result, JsonWriter& json)
        : result_(result), json_(json), positions_(result) {}

    void tool() {
        json_.key("tool").begin_object().member("name", "docathon-lint");
        json_.member("version", result_.tool_version).end_object();
    }

    /// `shown` of the findings are in the output. No times: equal runs give equal bytes.
    void counts(std::size_t shown) {
        const FindingCounts counts = count_findings(result_);
        json_.key("counts").begin_object();
        json_.member("findings", std::uint64_t{counts.total()});
        json_.member("shown", std::uint64_t{shown});
        json_.member("errors", std::uint64_t{counts.errors});
        json_.member("warnings", std::uint64_t{counts.warnings});
        json_.member("notes", std::uint64_t{counts.notes});
        json_.member("suppressed", std::uint64_t{result_.suppressed.size()});
        json_.member("files_with_findings", std::uint64_t{counts.files});
        json_.member("files_checked", std::uint64_t{result_.files_checked});
        json_.key("unknown").begin_object();
        for (const auto& [reason, count] : result_.unknown)
            json_.member(reason, count);
        json_.end_object().end_object();
    }

    void finding(const Diagnostic& finding) {
        path(finding.file);
        range(finding.file, finding.range, true);
        json_.member("severity", to_string(finding.severity));
        json_.member("rule", result_.rules->specs[finding.rule].id);
        json_.member("message", escape_control(finding.message));
        if (!finding.where.empty())
            json_.member("where", finding.where);
        if (!finding.subject.empty())
            json_.member("subject", finding.subject);
        json_.member("fingerprint", finding.fingerprint);
        if (!finding.related.empty())
            related(finding);
        if (finding.fix)
            fix(finding);
    }

    void rules(const std::vector<const Diagnostic*>& findings) {
        std::set<std::uint32_t> used;
        for (const Diagnostic* finding : findings)
            used.insert(finding->rule);
        json_.key("rules").begin_array();
        for (const std::uint32_t rule : used) {
            const RuleSpec& spec = result_.rules->specs[rule];
            json_.line_break().begin_object().member("id", spec.id);
            json_.member("summary", spec.summary).member("preset", spec.preset).end_object();
        }
        json_.line_break().end_array();
    }

    void notification(const Notification& one) {
        json_.member("level", one.level).member("id", one.id);
        json_.member("message", escape_control(one.message));
        if (!one.path.empty())
            json_.member("path", one.path);
    }

  private:
    /// A path that is no UTF-8 is readable as `path` and exact as `uri`.
    void path(FileId file) {
        const std::string& path = result_.paths[file];
        json_.member("path", path);
        if (first_invalid(path) != std::string_view::npos) {
            json_.member("uri", percent_encode_path(path));
        }
    }

    void range(FileId file, Range range, bool tight) {
        const Region region =
            tight ? positions_.tight_region(file, range) : positions_.region(file, range);
        json_.member("line", region.begin.line).member("column", region.begin.column);
        json_.member("end_line", region.end.line).member("end_column", region.end.column);
        json_.member("begin", range.begin).member("end", range.end);
    }

    void related(const Diagnostic& finding) {
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

    void fix(const Diagnostic& finding) {
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

    const RunResult& result_;
    JsonWriter& json_;
    Positions positions_;
};

}  // namespace

bool write_json(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    JsonWriter json(out);
    JsonReport report(result, json);
    const auto findings = select_findings(result.findings, options.max_results.value_or(0));
    json.begin_object().member("version", kShape);
    report.tool();
    report.counts(findings.size());
    json.key("findings").begin_array();
    for (const Diagnostic* finding : findings) {
        if (out.failed())
            return false;
        json.line_break().begin_object();
        report.finding(*finding);
        json.end_object();
    }
    json.line_break().end_array();
    report.rules(findings);
    json.key("notifications").begin_array();
    for (const Notification& notification : result.notifications) {
        json.line_break().begin_object();
        report.notification(notification);
        json.end_object();
    }
    json.line_break().end_array().end_object();
    out << '\n';
    return out.finish();
}

bool write_jsonl(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    JsonWriter json(out);
    JsonReport report(result, json);
    const auto findings = select_findings(result.findings, options.max_results.value_or(0));
    const auto begin = [&](std::string_view type) { json.begin_object().member("type", type); };
    const auto end = [&] { json.end_object().end_line(); };
    for (const Diagnostic* finding : findings) {
        if (out.failed())
            return false;
        begin("finding");
        report.finding(*finding);
        end();
    }
    for (const Notification& notification : result.notifications) {
        begin("notification");
        report.notification(notification);
        end();
    }
    begin("summary");
    json.member("version", kShape);
    report.tool();
    report.counts(findings.size());
    end();
    return out.finish();
}

}  // namespace docathon

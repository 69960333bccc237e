#include <set>

#include "lint/core/strings.h"
#include "lint/report/json_finding.h"
#include "lint/report/json_writer.h"
#include "lint/report/report.h"
#include "lint/report/select.h"
#include "lint/report/wording.h"

namespace docathon {
namespace {

/// Version of the shape of this output; a new member does not change it.
constexpr std::uint32_t kShape = 1;

class JsonReport {
  public:
    JsonReport(const RunResult& result, JsonWriter& json)
        : result_(result), json_(json), findings_(result, json) {}

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
        json_.end_object();
        if (result_.references)
            references(*result_.references);
        json_.end_object();
    }

    void references(const ReferenceCounts& counts) {
        json_.key("references").begin_object();
        json_.member("found", counts.found).member("missing", counts.missing);
        json_.key("unknown").begin_object();
        for (const auto& [reason, count] : counts.unknown)
            json_.member(reason, count);
        json_.end_object().end_object();
    }

    void finding(const Diagnostic& finding) { findings_.write(finding); }

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

    void ratchet(const RatchetCount& count) {
        json_.member("level", "note").member("id", "ratchet");
        json_.member("rule", result_.rules->specs[count.rule].id);
        json_.member("message", ratchet_text(result_, count));
        json_.member("findings", count.findings).member("judged", count.judged);
    }

  private:
    const RunResult& result_;
    JsonWriter& json_;
    JsonFindings findings_;
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
    for (const RatchetCount& count : result.ratchets) {
        json.line_break().begin_object();
        report.ratchet(count);
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
    for (const RatchetCount& count : result.ratchets) {
        begin("notification");
        report.ratchet(count);
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

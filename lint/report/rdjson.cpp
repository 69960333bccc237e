#include <algorithm>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/report/json_writer.h"
#include "lint/report/positions.h"
#include "lint/report/report.h"
#include "lint/report/select.h"

// The Reviewdog Diagnostic Format (proto/rdf/reviewdog.proto of reviewdog): columns are bytes, the
// end of a range is exclusive. Every suggestion is one edit that is offered by itself, so a fix of
// several edits becomes one that spans them all.

namespace docathon {
namespace {

/// A suggestion is shown to people; what is longer is not readable.
constexpr std::uint32_t kMostSuggestionBytes = 16 * 1024;

std::string_view severity_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "ERROR";
        case Severity::warning:
            return "WARNING";
        default:
            return "INFO";
    }
}

class RdjsonReport {
  public:
    RdjsonReport(const RunResult& result, JsonWriter& json)
        : result_(result), json_(json), positions_(result) {}

    void finding(const Diagnostic& finding) {
        const std::string message = escape_control(finding.message);
        json_.line_break().begin_object();
        json_.member("message", message.empty() ? "(no message)" : std::string_view(message));
        location(finding.file, tight(finding));
        json_.member("severity", severity_of(finding.severity));
        json_.key("code").begin_object();
        json_.member("value", result_.rules->specs[finding.rule].id).end_object();
        suggestion(finding);
        json_.end_object();
    }

  private:
    /// Without line breaks at its end, as in the other formats.
    Range tight(const Diagnostic& finding) {
        const std::string_view text = positions_.bytes(finding.file);
        Range range = finding.range;
        range.end = std::min(range.end, static_cast<std::uint32_t>(text.size()));
        while (range.end > range.begin &&
               (text[range.end - 1] == '\n' || text[range.end - 1] == '\r')) {
            --range.end;
        }
        return range;
    }

    void position(std::string_view name, LineColumn at) {
        json_.key(name).begin_object();
        json_.member("line", at.line).member("column", at.column).end_object();
    }

    void range(FileId file, Range range) {
        const LineIndex& lines = positions_.lines(file);
        json_.key("range").begin_object();
        position("start", lines.line_col_bytes(range.begin));
        position("end", lines.line_col_bytes(std::max(range.begin, range.end)));
        json_.end_object();
    }

    void location(FileId file, Range where) {
        json_.key("location").begin_object().member("path", result_.paths[file]);
        range(file, where);
        json_.end_object();
    }

    /// Only what may be applied without a look, as in SARIF.
    void suggestion(const Diagnostic& finding) {
        if (!finding.fix || finding.fix->safety != FixSafety::safe || finding.fix->edits.empty())
            return;
        const std::vector<Edit>& edits = finding.fix->edits;
        const std::string_view text = positions_.bytes(finding.file);
        const Range whole{edits.front().range.begin, edits.back().range.end};
        if (whole.end > text.size() || whole.end < whole.begin ||
            whole.end - whole.begin > kMostSuggestionBytes)
            return;
        std::string replacement;
        std::uint32_t done = whole.begin;
        for (const Edit& edit : edits) {
            if (edit.range.begin < done || edit.range.end < edit.range.begin)
                return;
            replacement += text.substr(done, edit.range.begin - done);
            replacement += edit.text;
            done = edit.range.end;
        }
        if (first_invalid(replacement) != std::string_view::npos)
            return;
        json_.key("suggestions").begin_array().begin_object();
        range(finding.file, whole);
        json_.member("text", replacement).end_object().end_array();
    }

    const RunResult& result_;
    JsonWriter& json_;
    Positions positions_;
};

}  // namespace

bool write_rdjson(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    JsonWriter json(out);
    RdjsonReport report(result, json);
    json.begin_object().key("source").begin_object();
    json.member("name", "docathon-lint").end_object();
    json.key("diagnostics").begin_array();
    for (const Diagnostic* finding :
         select_findings(result.findings, options.max_results.value_or(0))) {
        if (out.failed())
            return false;
        report.finding(*finding);
    }
    json.line_break().end_array().end_object();
    out << '\n';
    return out.finish();
}

}  // namespace docathon

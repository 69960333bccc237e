#include "lint/report/compare.h"

#include "lint/core/strings.h"
#include "lint/report/json_finding.h"
#include "lint/report/json_writer.h"
#include "lint/report/markdown_cells.h"
#include "lint/report/positions.h"
#include "lint/report/text_line.h"
#include "lint/report/wording.h"

namespace docathon {

namespace {

constexpr std::size_t kShortId = 12;
constexpr std::size_t kMostMarkdown = 60'000;

}  // namespace

std::string compare_counts(const CompareReport& report) {
    return with_commas(report.added.size()) + " new, " + with_commas(report.removed.size()) +
           " fixed, " + with_commas(report.remaining.size()) + " remaining. Base " +
           report.base_id.substr(0, kShortId) + " (" + escape_control(report.base_how) + ").";
}

bool write_compare_text(const CompareReport& report, bool color, const Writer& writer) {
    Out out(writer);
    const auto part = [&](const char* title, const RunResult& result,
                          const std::vector<const Diagnostic*>& findings) {
        if (findings.empty())
            return;
        Positions positions(result);
        out << title << ":\n";
        for (const Diagnostic* finding : findings)
            write_text_line(out, result, positions, *finding, color);
    };
    part("new", *report.head, report.added);
    part("fixed", *report.base, report.removed);
    out << compare_counts(report) << '\n';
    return out.finish();
}

bool write_compare_json(const CompareReport& report, const Writer& writer) {
    Out out(writer);
    JsonWriter json(out);
    json.begin_object().member("version", std::uint64_t{1});
    json.key("tool").begin_object().member("name", "docathon-lint");
    json.member("version", report.head->tool_version).end_object();
    json.key("base").begin_object().member("commit", report.base_id);
    json.member("how", report.base_how).end_object();
    json.member("head", report.head_name);
    json.key("counts").begin_object();
    json.member("new", std::uint64_t{report.added.size()});
    json.member("fixed", std::uint64_t{report.removed.size()});
    json.member("remaining", std::uint64_t{report.remaining.size()}).end_object();
    const auto part = [&](const char* name, const RunResult& result,
                          const std::vector<const Diagnostic*>& findings) {
        JsonFindings writes(result, json);
        json.key(name).begin_array();
        for (const Diagnostic* finding : findings) {
            json.line_break().begin_object();
            writes.write(*finding);
            json.end_object();
        }
        json.line_break().end_array();
    };
    part("new", *report.head, report.added);
    part("fixed", *report.base, report.removed);
    part("remaining", *report.head, report.remaining);
    json.end_object();
    out << '\n';
    return out.finish();
}

bool write_compare_markdown(const CompareReport& report, const Writer& writer) {
    Out out(writer);
    std::size_t bytes = 0;
    const auto part = [&](const char* title, const RunResult& result,
                          const std::vector<const Diagnostic*>& findings) {
        if (findings.empty())
            return;
        Positions positions(result);
        out << "\n### " << title << " (" << with_commas(findings.size())
            << ")\n\n| place | severity | message | rule |\n| --- | --- | --- | --- |\n";
        std::size_t shown = 0;
        for (const Diagnostic* finding : findings) {
            const LineColumn at = positions.place(finding->file, finding->range.begin);
            const std::string row =
                "| " +
                markdown_cell_code(result.paths[finding->file] + ':' + std::to_string(at.line)) +
                " | " + std::string(to_string(finding->severity)) + " | " +
                markdown_cell_text(finding->message) + " | " +
                markdown_cell_text(result.rules->specs[finding->rule].id) + " |\n";
            if (bytes + row.size() > kMostMarkdown)
                break;
            bytes += row.size();
            ++shown;
            out << row;
        }
        if (shown < findings.size()) {
            out << "\n"
                << with_commas(findings.size() - shown) << " more findings are not shown here.\n";
        }
    };
    out << "## docathon-lint: " << markdown_cell_text(compare_counts(report)) << "\n";
    part("New", *report.head, report.added);
    part("Fixed", *report.base, report.removed);
    return out.finish();
}

}  // namespace docathon

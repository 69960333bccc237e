#include <cstddef>
#include <vector>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/report/out.h"
#include "lint/report/positions.h"
#include "lint/report/report.h"
#include "lint/report/select.h"

// JUnit's XML as Jenkins' xUnit plugin describes it (junit-10.xsd), which GitLab and others read
// too: a suite for each file with findings, a failed test case for each finding. A run without
// findings is one test that passes, since readers take a report without tests for a broken one.

namespace docathon {
namespace {

/// Text for an attribute or an element. Control characters are visible already; of what is left,
/// XML 1.0 has no U+FFFE and U+FFFF.
std::string xml_text(std::string_view text) {
    const std::string visible = escape_control(text);
    std::string safe;
    for (std::size_t at = 0; at < visible.size();) {
        const Decoded unit = decode_one(visible, at);
        const std::string_view bytes = std::string_view(visible).substr(at, unit.length);
        at += unit.length;
        if (unit.code_point == 0xfffe)
            safe += "\\u{fffe}";
        else if (unit.code_point == 0xffff)
            safe += "\\u{ffff}";
        else if (bytes == "<")
            safe += "&lt;";
        else if (bytes == ">")
            safe += "&gt;";
        else if (bytes == "&")
            safe += "&amp;";
        else if (bytes == "\"")
            safe += "&quot;";
        else
            safe += bytes;
    }
    return safe;
}

class JunitReport {
  public:
    JunitReport(const RunResult& result, Out& out)
        : result_(result), out_(out), positions_(result) {}

    void write(const std::vector<const Diagnostic*>& findings) {
        std::vector<const Notification*> problems;
        for (const Notification& one : result_.notifications) {
            if (one.level == "error")
                problems.push_back(&one);
        }
        const bool own = findings.empty() || !problems.empty();
        const std::size_t passed = findings.empty() && problems.empty() ? 1 : 0;
        out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"docathon-lint\"";
        counts(findings.size() + problems.size() + passed, findings.size(), problems.size());
        out_ << ">\n";
        if (own)
            run_suite(problems, passed);
        for (std::size_t begin = 0; begin < findings.size();) {
            std::size_t end = begin;
            while (end < findings.size() && findings[end]->file == findings[begin]->file)
                ++end;
            file_suite(findings, begin, end);
            begin = end;
        }
        out_ << "</testsuites>\n";
    }

  private:
    void counts(std::size_t tests, std::size_t failures, std::size_t errors) {
        out_ << " tests=\"";
        out_.number(tests) << "\" failures=\"";
        out_.number(failures) << "\" errors=\"";
        out_.number(errors) << '"';
    }

    /// What the run as a whole has to say.
    void run_suite(const std::vector<const Notification*>& problems, std::size_t passed) {
        out_ << "  <testsuite name=\"docathon-lint\"";
        counts(problems.size() + passed, 0, problems.size());
        out_ << ">\n";
        if (passed > 0)
            out_ << "    <testcase name=\"no findings\" classname=\"docathon-lint\"/>\n";
        for (const Notification* problem : problems) {
            out_ << "    <testcase name=\"" << xml_text(problem->id)
                 << "\" classname=\"docathon-lint\">\n      <error type=\"error\" message=\""
                 << xml_text(problem->message) << "\">" << xml_text(problem->path)
                 << "</error>\n    </testcase>\n";
        }
        out_ << "  </testsuite>\n";
    }

    void file_suite(const std::vector<const Diagnostic*>& findings, std::size_t begin,
                    std::size_t end) {
        const std::string path = xml_text(result_.paths[findings[begin]->file]);
        out_ << "  <testsuite name=\"" << path << '"';
        counts(end - begin, end - begin, 0);
        out_ << " file=\"" << path << "\">\n";
        for (std::size_t i = begin; i < end && !out_.failed(); ++i) {
            const Diagnostic& finding = *findings[i];
            const LineColumn at = positions_.place(finding.file, finding.range.begin);
            const std::string place = std::to_string(at.line) + ':' + std::to_string(at.column);
            const std::string rule = xml_text(result_.rules->specs[finding.rule].id);
            const std::string message = xml_text(finding.message);
            out_ << "    <testcase name=\"" << rule << ' ' << place << "\" classname=\"" << path
                 << "\">\n      <failure type=\"" << to_string(finding.severity) << "\" message=\""
                 << message << "\">" << path << ':' << place << ": " << to_string(finding.severity)
                 << ": " << message << " [" << rule << "]</failure>\n    </testcase>\n";
        }
        out_ << "  </testsuite>\n";
    }

    const RunResult& result_;
    Out& out_;
    Positions positions_;
};

}  // namespace

bool write_junit(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    JunitReport(result, out)
        .write(select_findings(result.findings, options.max_results.value_or(0)));
    return out.finish();
}

}  // namespace docathon

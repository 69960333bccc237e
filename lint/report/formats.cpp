#include <algorithm>
#include <array>

#include "lint/report/report.h"

namespace docathon {

std::span<const ReportFormat> report_formats() {
    static constexpr std::array kFormats{
        ReportFormat{"text", "one line a finding", &write_text},
        ReportFormat{"full", "with source line, carets and fix", &write_full},
        ReportFormat{"json", "one JSON object", &write_json},
        ReportFormat{"jsonl", "one JSON object a line", &write_jsonl},
        ReportFormat{"sarif", "SARIF 2.1.0, for code scanning", &write_sarif},
        ReportFormat{"github", "GitHub workflow commands (annotations)", &write_github},
        ReportFormat{"gitlab", "GitLab's Code Quality report", &write_gitlab},
        ReportFormat{"junit", "JUnit XML", &write_junit},
        ReportFormat{"rdjson", "Reviewdog's diagnostic format, with fixes", &write_rdjson},
        ReportFormat{"lintrunner", "lintrunner's messages", &write_lintrunner},
        ReportFormat{"markdown", "tables, for a step summary", &write_markdown},
    };
    return kFormats;
}

const ReportFormat* find_report_format(std::string_view name) {
    const std::span<const ReportFormat> formats = report_formats();
    const auto found =
        std::find_if(formats.begin(), formats.end(),
                     [&](const ReportFormat& format) { return format.name == name; });
    return found == formats.end() ? nullptr : &*found;
}

FindingCounts count_findings(const RunResult& result) {
    FindingCounts counts;
    FileId last = kNoFile;
    for (const Diagnostic& finding : result.findings) {
        if (finding.file != last)
            ++counts.files;
        last = finding.file;
        switch (finding.severity) {
            case Severity::error:
                ++counts.errors;
                break;
            case Severity::warning:
                ++counts.warnings;
                break;
            default:
                ++counts.notes;
                break;
        }
    }
    return counts;
}

}  // namespace docathon

#include "lint/core/strings.h"
#include "lint/report/report.h"
#include "lint/report/select.h"
#include "lint/report/text_line.h"

namespace docathon {

void paint(Out& out, bool color, Ink ink, std::string_view text) {
    if (!color) {
        out << text;
        return;
    }
    std::string_view code;
    switch (ink) {
        case Ink::path:
            code = "\x1b[1m";
            break;
        case Ink::error:
            code = "\x1b[1;31m";
            break;
        case Ink::warning:
            code = "\x1b[1;33m";
            break;
        case Ink::note:
            code = "\x1b[1;36m";
            break;
        case Ink::rule:
            code = "\x1b[2m";
            break;
        case Ink::gutter:
            code = "\x1b[34m";
            break;
        case Ink::fix:
            code = "\x1b[32m";
            break;
    }
    out << code << text << std::string_view("\x1b[0m");
}

Ink ink_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return Ink::error;
        case Severity::warning:
            return Ink::warning;
        default:
            return Ink::note;
    }
}

std::string line_path(std::string_view path) {
    std::string safe = escape_control(path);
    return trim_left(safe).starts_with("::") ? "./" + safe : safe;
}

void write_text_line(Out& out, const RunResult& result, Positions& positions,
                     const Diagnostic& finding, bool color) {
    const LineColumn place = positions.place(finding.file, finding.range.begin);
    paint(out, color, Ink::path,
          line_path(result.paths[finding.file]) + ':' + std::to_string(place.line) + ':' +
              std::to_string(place.column) + ':');
    out << ' ';
    paint(out, color, ink_of(finding.severity), std::string(to_string(finding.severity)) + ':');
    out << ' ' << escape_control(finding.message) << ' ';
    paint(out, color, Ink::rule, '[' + result.rules->specs[finding.rule].id + ']');
    out << '\n';
}

bool write_text(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    Positions positions(result);
    for (const Diagnostic* finding :
         select_findings(result.findings, options.max_results.value_or(0))) {
        if (out.failed())
            break;
        write_text_line(out, result, positions, *finding, options.color);
    }
    return out.finish();
}

}  // namespace docathon

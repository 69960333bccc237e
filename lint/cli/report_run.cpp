#include "lint/cli/report_run.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "lint/cli/command.h"
#include "lint/cli/output.h"
#include "lint/cli/step_summary.h"
#include "lint/core/strings.h"
#include "lint/io/files.h"

namespace docathon::cli {

namespace {

bool is_sarif(const ReportFormat* format) {
    return format->write == &write_sarif;
}

std::string format_list() {
    std::string names;
    for (const ReportFormat& format : report_formats()) {
        if (!names.empty())
            names += ", ";
        names += format.name;
    }
    return names;
}

/// Reads `--output FORMAT=FILE`.
Result<ReportOutput> read_output(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals + 1 == text.size()) {
        return fail("--output wants FORMAT=FILE, not '" + text + "'");
    }
    ReportOutput output;
    output.format = find_report_format(text.substr(0, equals));
    if (output.format == nullptr)
        return fail("no format '" + text.substr(0, equals) + "'; there are " + format_list());
    output.path = text.substr(equals + 1);
    return output;
}

Result<Severity> read_fail_on(const std::string& text) {
    if (text == "never")
        return Severity::off;
    for (const Severity severity : {Severity::note, Severity::warning, Severity::error}) {
        if (text == to_string(severity))
            return severity;
    }
    return fail("--fail-on takes error, warning, note or never, not '" + text + "'");
}

void print_notification(const Notification& notification) {
    print_error("docathon-lint: " + notification.level + ": " +
                (notification.path.empty() ? "" : escape_control(notification.path) + ": ") +
                escape_control(notification.message) + "\n");
}

bool use_color(const std::string& when) {
    if (when == "always")
        return true;
    if (when == "never")
        return false;
    const char* no_color = std::getenv("NO_COLOR");
    return (no_color == nullptr || *no_color == '\0') && isatty(STDOUT_FILENO) == 1;
}

}  // namespace

void add_report_flags(Arguments& arguments, ReportFlags& flags) {
    arguments.value("--format", flags.format, "FORMAT",
                    "What standard output gets: " + format_list());
    arguments.values("--output", flags.outputs, "FORMAT=FILE",
                     "Also write a report to a file; may be repeated");
    arguments.value("--fail-on", flags.fail_on, "SEVERITY",
                    "Exit 1 from this severity on: error, warning, note, never");
    arguments.number("--max-results", flags.max_results, "N", "Print at most N findings; 0 = all");
    arguments.flag("--sarif-suppressed", flags.sarif_suppressed,
                   "SARIF: print suppressed findings too, marked");
    arguments.flag("--quiet,-q", flags.quiet, "No summary");
    arguments.value("--color", flags.color, "WHEN", "auto, always or never");
}

Result<ReportPlan> read_report_flags(const ReportFlags& flags) {
    ReportPlan plan;
    plan.format = find_report_format(flags.format);
    if (plan.format == nullptr)
        return fail("no format '" + flags.format + "'; there are " + format_list());
    for (const std::string& text : flags.outputs) {
        Result<ReportOutput> output = read_output(text);
        if (!output)
            return tl::unexpected<Error>(output.error());
        plan.outputs.push_back(std::move(*output));
    }
    if (flags.color != "auto" && flags.color != "always" && flags.color != "never") {
        return fail("--color takes auto, always or never, not '" + flags.color + "'");
    }
    if (flags.fail_on) {
        const Result<Severity> severity = read_fail_on(*flags.fail_on);
        if (!severity)
            return tl::unexpected<Error>(severity.error());
        plan.fail_on = *severity;
    }
    plan.options.color = use_color(flags.color);
    if (flags.max_results)
        plan.options.max_results = static_cast<std::size_t>(*flags.max_results);
    plan.options.sarif_suppressed = flags.sarif_suppressed;
    return plan;
}

bool wants_whole(const ReportPlan& plan) {
    return is_sarif(plan.format) ||
           std::any_of(plan.outputs.begin(), plan.outputs.end(),
                       [](const ReportOutput& output) { return is_sarif(output.format); });
}

Result<void> write_reports(const ReportPlan& plan, const RunResult& result,
                           const RunResult* whole) {
    const auto result_for = [&](const ReportFormat* format) -> const RunResult& {
        return whole != nullptr && is_sarif(format) ? *whole : result;
    };
    DescriptorWriter standard(STDOUT_FILENO);
    if (plan.format->write(result_for(plan.format), plan.options, standard.writer()))
        standard.flush();
    if (standard.failed())
        return fail("standard output could not be written");

    RealFileSystem files;
    ReportOptions plain = plan.options;
    plain.color = false;
    for (const ReportOutput& output : plan.outputs) {
        std::string text;
        output.format->write(result_for(output.format), plain, [&](std::string_view bytes) {
            text += bytes;
            return true;
        });
        if (const Result<void> written = files.write_file_atomic(output.path, text); !written) {
            return written;
        }
    }
    for (const Notification& notification : result.notifications)
        print_notification(notification);
    const bool annotates =
        plan.format->write == &write_github ||
        std::any_of(plan.outputs.begin(), plan.outputs.end(), [](const ReportOutput& output) {
            return output.format->write == &write_github;
        });
    if (annotates) {
        // The findings are in the log already, so this is no reason to fail.
        if (const Result<void> appended = append_step_summary(result, plan.options, files);
            !appended) {
            print_notification({"warning", "step-summary",
                                "the step summary was not written: " + appended.error().message,
                                appended.error().path});
        }
    }
    return {};
}

int exit_code(const LintRun& run, Severity fail_on) {
    if (run.internal_error)
        return kFailed;
    if (fail_on == Severity::off)
        return kClean;
    for (const Diagnostic& finding : run.result.findings) {
        if (finding.severity >= fail_on)
            return kFindings;
    }
    return kClean;
}

}  // namespace docathon::cli

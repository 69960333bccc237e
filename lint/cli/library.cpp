// The public face of the library (include/docathon): the pipeline on files in memory.

#include <stdexcept>
#include <utility>

#include "docathon/config.h"
#include "docathon/lint.h"
#include "docathon/report.h"
#include "lint/cli/ratchet.h"
#include "lint/cli/session.h"
#include "lint/config/config_file.h"
#include "lint/config/rule_file.h"
#include "lint/core/line_index.h"
#include "lint/report/report.h"

namespace docathon {

namespace {

constexpr const char* kConfigPath = ".docathon-lint.yaml";

template <class T>
T take(Result<T> result) {
    if (!result)
        throw std::invalid_argument(result.error().to_string());
    return std::move(*result);
}

/// A finished run and what its findings point at.
struct MemoryRun {
    std::unique_ptr<Session> session;
    LintRun run;
};

MemoryRun run_in_memory(std::map<std::string, std::string> files, const LintOptions& options) {
    Config config;
    if (!options.config.empty())
        config = take(load_config(options.config, kConfigPath));
    RuleFlags flags;
    flags.select = options.select;
    flags.ignore = options.ignore;
    MemoryRun made;
    made.session = take(Session::in_memory(std::move(files), std::move(config),
                                           take(load_builtin_rules()), options.presets, flags));
    made.run = lint(made.session->job(options.jobs));
    cli::sum_up_ratchets(*made.session, made.run.result);
    return made;
}

}  // namespace

std::vector<Finding> lint_files(std::map<std::string, std::string> files,
                                const LintOptions& options) {
    const MemoryRun made = run_in_memory(std::move(files), options);
    std::vector<Finding> findings;
    FileId file = kNoFile;
    std::optional<LineIndex> lines;
    for (const Diagnostic& diagnostic : made.run.result.findings) {
        if (diagnostic.file != file) {
            file = diagnostic.file;
            lines.emplace(made.run.result.bytes(file));
        }
        Finding& finding = findings.emplace_back();
        finding.rule = made.session->rules.specs[diagnostic.rule].id;
        finding.severity = to_string(diagnostic.severity);
        finding.path = made.run.result.paths[file];
        finding.message = diagnostic.message;
        const auto begin = lines->line_col(diagnostic.range.begin);
        const auto end = lines->line_col(diagnostic.range.end);
        finding.line = begin.line;
        finding.column = begin.column;
        finding.end_line = end.line;
        finding.end_column = end.column;
        finding.begin = diagnostic.range.begin;
        finding.end = diagnostic.range.end;
        finding.fingerprint = diagnostic.fingerprint;
        if (diagnostic.fix && diagnostic.fix->safety == FixSafety::safe) {
            for (const Edit& edit : diagnostic.fix->edits) {
                finding.safe_fix.push_back({edit.range.begin, edit.range.end, edit.text});
            }
        }
    }
    return findings;
}

std::vector<Finding> lint_text(std::string path, std::string text, const LintOptions& options) {
    std::map<std::string, std::string> files;
    files.emplace(std::move(path), std::move(text));
    return lint_files(std::move(files), options);
}

std::optional<std::string> check_config(const std::string& text) {
    const Result<Config> config = load_config(text, kConfigPath);
    if (!config)
        return config.error().to_string();
    return std::nullopt;
}

std::vector<std::string> report_format_names() {
    std::vector<std::string> names;
    for (const ReportFormat& format : report_formats())
        names.emplace_back(format.name);
    return names;
}

std::string lint_report(std::map<std::string, std::string> files, const std::string& format,
                        const LintOptions& options) {
    const ReportFormat* found = find_report_format(format);
    if (found == nullptr)
        throw std::invalid_argument("no report format '" + format + "'");
    const MemoryRun made = run_in_memory(std::move(files), options);
    std::string text;
    found->write(made.run.result, ReportOptions{}, [&](std::string_view bytes) {
        text += bytes;
        return true;
    });
    return text;
}

}  // namespace docathon

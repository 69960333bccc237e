#include <algorithm>
#include <cmath>
#include <cstdio>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/report/out.h"
#include "lint/report/report.h"
#include "lint/report/wording.h"

namespace docathon {
namespace {

std::string decimal(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

/// The comment that would silence `rule` where it stands, in the language of the file.
std::string ignore_comment(std::string_view path, const std::string& rule) {
    const std::string body = "docathon-lint: ignore[" + rule + "] why";
    const std::string ending = ascii_lower(extension(path));
    if (ending == ".rst" || ending == ".rest" || ending == ".txt")
        return ".. " + body;
    if (ending == ".py" || ending == ".pyi")
        return "# " + body;
    return "<!-- " + body + " -->";
}

/// What became of the references into the project and the inventories, reasons by their number.
void write_references(const ReferenceCounts& counts, Out& out) {
    std::uint64_t unknown = 0;
    std::vector<std::pair<std::uint64_t, std::string_view>> reasons;
    for (const auto& [reason, count] : counts.unknown) {
        unknown += count;
        reasons.emplace_back(count, reason);
    }
    std::stable_sort(reasons.begin(), reasons.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    const std::uint64_t total = counts.found + counts.missing + unknown;
    const double share =
        total == 0 ? 0 : 100.0 * static_cast<double>(unknown) / static_cast<double>(total);
    out << "references: " << with_commas(total) << ", " << with_commas(counts.found) << " found, "
        << with_commas(counts.missing) << " missing, " << with_commas(unknown) << " unknown ("
        << decimal(share, 1) << " %)\n";
    for (const auto& [count, reason] : reasons)
        out << "  " << with_commas(count) << "  " << escape_control(reason) << '\n';
}

}  // namespace

std::string with_commas(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

std::string counted(std::uint64_t number, std::string_view singular) {
    return with_commas(number) + ' ' + std::string(singular) + (number == 1 ? "" : "s");
}

std::string counts_text(const FindingCounts& counts, std::size_t files_checked) {
    if (counts.total() == 0)
        return "no findings in " + counted(files_checked, "file");
    std::string parts;
    const auto part = [&](std::size_t number, std::string_view singular) {
        if (number == 0)
            return;
        if (!parts.empty())
            parts += ", ";
        parts += counted(number, singular);
    };
    part(counts.errors, "error");
    part(counts.warnings, "warning");
    part(counts.notes, "note");
    return counted(counts.total(), "finding") + " (" + parts + ") in " + with_commas(counts.files) +
           " of " + counted(std::max(files_checked, counts.files), "file");
}

std::string ratchet_text(const RunResult& result, const RatchetCount& count) {
    const std::string& rule = result.rules->specs[count.rule].id;
    return rule + ": " + with_commas(count.findings) + " of " + with_commas(count.judged) +
           " public objects" +
           (count.findings > 0 ? "; list them with --select " + rule : std::string());
}

std::string seconds_text(double seconds) {
    if (seconds < 0.0995)
        return decimal(std::ceil(seconds * 1000), 0) + " ms";
    return decimal(seconds, seconds < 99.95 ? 1 : 0) + " s";
}

bool write_summary(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    const FindingCounts counts = count_findings(result);
    out << counts_text(counts, result.files_checked) << ", " << seconds_text(result.seconds)
        << '\n';
    const std::size_t most = options.max_results.value_or(0);
    if (most > 0 && most < counts.total()) {
        out << "shown: " << with_commas(most) << " of them (--max-results)\n";
    }
    for (const RatchetCount& one : result.ratchets)
        out << ratchet_text(result, one) << '\n';
    if (!result.findings.empty()) {
        const Diagnostic& first = result.findings.front();
        const std::string& rule = result.rules->specs[first.rule].id;
        out << "explain: docathon-lint explain " << rule
            << " · silence one: " << ignore_comment(result.paths[first.file], rule) << '\n';
    }
    return out.finish();
}

bool write_stats(const RunResult& result, const ReportOptions&, const Writer& writer) {
    Out out(writer);
    out << "files: " << with_commas(result.files_checked) << ", "
        << decimal(static_cast<double>(result.bytes_checked) / 1e6, 2) << " MB\n";
    if (result.files_unchanged > 0)
        out << "not parsed again: " << with_commas(result.files_unchanged) << "\n";
    std::size_t width = 5;
    for (const StageTime& stage : result.stages)
        width = std::max(width, stage.name.size());
    const auto row = [&](std::string_view name, double wall, double cpu) {
        out << name << std::string(width - name.size() + 2, ' ') << decimal(wall, 1) << " ms wall, "
            << decimal(cpu, 1) << " ms cpu\n";
    };
    double wall = 0;
    double cpu = 0;
    for (const StageTime& stage : result.stages) {
        row(stage.name, stage.wall_ms, stage.cpu_ms);
        wall += stage.wall_ms;
        cpu += stage.cpu_ms;
    }
    if (!result.stages.empty())
        row("total", wall, cpu);
    if (result.references)
        write_references(*result.references, out);
    std::uint64_t undecided = 0;
    for (const auto& [reason, count] : result.unknown)
        undecided += count;
    out << "not decided by the rules: " << with_commas(undecided) << '\n';
    for (const auto& [reason, count] : result.unknown) {
        out << "  " << with_commas(count) << "  " << escape_control(reason) << '\n';
    }
    return out.finish();
}

}  // namespace docathon

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/report/json_writer.h"
#include "lint/report/positions.h"
#include "lint/report/report.h"
#include "lint/report/rolling_hash.h"
#include "lint/report/rule_help.h"
#include "lint/report/select.h"
#include "lint/report/wording.h"

// What code scanning asks for and refuses (its documentation, and its own validation rules in
// sarif-multitool, kind "Ghas"): one run, help.text on every rule, no empty strings, relative
// escaped paths, at most 5,000 results shown, 20 tags a rule of which 10 are shown, 1,000 locations
// a result of which 100 are shown. No security-severity: it would make security alerts of these.

namespace docathon {
namespace {

constexpr std::size_t kDefaultMaxResults = 5000;
// SARIF wants a URI where one can learn of the tool; a name until the project has an address.
constexpr std::string_view kInformationUri = "urn:docathon-lint";
constexpr std::size_t kMostTags = 10;
constexpr std::size_t kMostRelated = 100;
constexpr std::size_t kMostMessage = 1000;  // code points; GitHub takes more, nobody reads it
constexpr std::size_t kMostFullDescription = 1024;  // GitHub's limit
constexpr std::size_t kMostNotifications = 1000;

/// Text for a message: one line, and cut where it is absurdly long. Never empty.
std::string message_text(std::string_view text, std::size_t most = kMostMessage) {
    const std::string clean = shorten(escape_control(text), most);
    return clean.empty() ? "(no message)" : clean;
}

std::string_view level_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
            return "note";
        case Severity::off:
            return "none";
    }
    return "none";
}

std::string_view problem_severity(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        default:
            return "recommendation";
    }
}

/// As measured on labelled repositories; else what the preset promises.
std::string_view precision_of(const RuleSpec& spec) {
    if (spec.precision < 0)
        return spec.preset == "core" ? "high" : "medium";
    if (spec.precision >= 0.98)
        return "very-high";
    if (spec.precision >= 0.9)
        return "high";
    if (spec.precision >= 0.7)
        return "medium";
    return "low";
}

/// "links/missing-anchor" -> "LinksMissingAnchor".
std::string pascal_case(std::string_view id) {
    std::string name;
    bool up = true;
    for (const char c : id) {
        if (!is_ascii_alnum(c)) {
            up = true;
            continue;
        }
        name += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        up = false;
    }
    return name;
}

std::vector<std::string> tags_of(const RuleSpec& spec) {
    std::vector<std::string> tags{"documentation"};
    const auto add = [&](const std::string& tag) {
        const bool known = std::find(tags.begin(), tags.end(), tag) != tags.end();
        if (!tag.empty() && !known && tags.size() < kMostTags)
            tags.push_back(tag);
    };
    add(spec.family());
    add(spec.preset);
    for (const auto& [tool, names] : spec.aliases) {
        for (const std::string& name : names)
            add(name);
    }
    return tags;
}

class SarifReport {
  public:
    SarifReport(const RunResult& result, const ReportOptions& options, Out& out)
        : result_(result),
          options_(options),
          out_(out),
          json_(out),
          positions_(result),
          hashes_(result.paths.size()) {}

    bool write() {
        choose();
        json_.begin_object();
        json_.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json_.member("version", "2.1.0");
        json_.key("runs").begin_array().begin_object();
        tool();
        invocation();
        json_.key("automationDetails").begin_object();
        json_.member("id", "docathon-lint/" + (options_.name.empty() ? "" : options_.name + '/'));
        json_.end_object();
        json_.key("originalUriBaseIds").begin_object().key("%SRCROOT%").begin_object();
        text_object("description", "The root of the repository.");
        json_.end_object().end_object();
        json_.member("columnKind", "unicodeCodePoints");
        json_.key("results").begin_array();
        for (const Diagnostic* finding : chosen_) {
            if (out_.failed())
                return false;
            result(*finding);
        }
        json_.line_break().end_array();
        json_.end_object().end_array().end_object();
        out_ << '\n';
        return out_.finish();
    }

  private:
    /// The results of the log, and the rules they need.
    void choose() {
        const std::size_t most = options_.max_results.value_or(kDefaultMaxResults);
        chosen_ = select_findings(result_.findings, most);
        cut_ = result_.findings.size() - chosen_.size();
        if (options_.sarif_suppressed) {
            const std::size_t room = most == 0 ? 0 : most - chosen_.size();
            if (most == 0 || room > 0) {
                const std::vector<const Diagnostic*> more =
                    select_findings(result_.suppressed, room);
                chosen_.insert(chosen_.end(), more.begin(), more.end());
                cut_ += result_.suppressed.size() - more.size();
            } else {
                cut_ += result_.suppressed.size();
            }
            const auto before = [&](const Diagnostic* a, const Diagnostic* b) {
                const std::string& a_path = result_.paths[a->file];
                const std::string& b_path = result_.paths[b->file];
                if (a_path != b_path)
                    return a_path < b_path;
                if (a->range != b->range)
                    return a->range < b->range;
                return a->rule < b->rule;
            };
            std::stable_sort(chosen_.begin(), chosen_.end(), before);
        }
        for (const Diagnostic* finding : chosen_)
            rule_index_[finding->rule] = 0;
        std::uint64_t next = 0;
        for (auto& [rule, index] : rule_index_)
            index = next++;
    }

    void text_object(std::string_view name, std::string_view text) {
        json_.key(name).begin_object().member("text", text).end_object();
    }

    void tool() {
        json_.key("tool").begin_object().key("driver").begin_object();
        json_.member("name", "docathon-lint");
        if (!result_.tool_version.empty()) {
            json_.member("version", result_.tool_version);
            json_.member("semanticVersion", result_.tool_version);
        }
        json_.member("informationUri", kInformationUri);
        json_.key("rules").begin_array();
        for (const auto& [rule, index] : rule_index_)
            descriptor(result_.rules->specs[rule]);
        json_.line_break().end_array();
        json_.end_object().end_object();
    }

    void descriptor(const RuleSpec& spec) {
        const std::string summary = spec.summary.empty() ? spec.id : spec.summary;
        json_.line_break().begin_object();
        json_.member("id", spec.id).member("name", pascal_case(spec.id));
        text_object("shortDescription", message_text(summary));
        const std::string full =
            spec.rationale.empty() ? summary : summary + ' ' + one_line(spec.rationale);
        text_object("fullDescription", message_text(full, kMostFullDescription));
        json_.key("help").begin_object();
        json_.member("text", rule_help_text(spec));
        json_.member("markdown", rule_help_markdown(spec)).end_object();
        json_.key("defaultConfiguration").begin_object();
        json_.member("level", level_of(spec.severity)).end_object();
        json_.key("properties").begin_object().key("tags").begin_array();
        for (const std::string& tag : tags_of(spec))
            json_.value(tag);
        json_.end_array();
        json_.member("precision", precision_of(spec));
        json_.member("problem.severity", problem_severity(spec.severity));
        json_.end_object().end_object();
    }

    void invocation() {
        const bool failed =
            std::any_of(result_.notifications.begin(), result_.notifications.end(),
                        [](const Notification& one) { return one.level == "error"; });
        json_.key("invocations").begin_array().begin_object();
        json_.member("executionSuccessful", !failed);
        json_.key("toolExecutionNotifications").begin_array();
        std::size_t written = 0;
        for (const Notification& one : result_.notifications) {
            if (++written > kMostNotifications)
                break;
            notification(one);
        }
        if (written > kMostNotifications) {
            const std::size_t left = result_.notifications.size() - kMostNotifications;
            notification({"note",
                          "notifications-cut",
                          with_commas(left) + " more notifications are not in this log",
                          {}});
        }
        if (cut_ > 0) {
            notification({"warning",
                          "results-cut",
                          with_commas(cut_) + " of " + with_commas(cut_ + chosen_.size()) +
                              " results are not in this log, which has the most severe and the "
                              "rarest (--max-results)",
                          {}});
        }
        for (const RatchetCount& count : result_.ratchets)
            ratchet(count);
        json_.end_array().end_object().end_array();
    }

    /// A rule that is summed up: its counts, for programs as properties.
    void ratchet(const RatchetCount& count) {
        json_.line_break().begin_object();
        json_.key("descriptor").begin_object().member("id", "ratchet").end_object();
        json_.member("level", "note");
        text_object("message", message_text(ratchet_text(result_, count)));
        json_.key("properties").begin_object();
        json_.member("rule", result_.rules->specs[count.rule].id);
        json_.member("findings", count.findings).member("judged", count.judged);
        json_.end_object().end_object();
    }

    void notification(const Notification& one) {
        json_.line_break().begin_object();
        json_.key("descriptor").begin_object();
        json_.member("id", one.id.empty() ? "notification" : one.id).end_object();
        const bool known = one.level == "note" || one.level == "warning" || one.level == "error";
        json_.member("level", known ? std::string_view(one.level) : "none");
        text_object("message", message_text(one.message));
        if (!one.path.empty()) {
            json_.key("locations").begin_array().begin_object().key("physicalLocation");
            json_.begin_object();
            artifact(one.path);
            json_.end_object().end_object().end_array();
        }
        json_.end_object();
    }

    void artifact(std::string_view path) {
        json_.key("artifactLocation").begin_object();
        json_.member("uri", percent_encode_path(path)).member("uriBaseId", "%SRCROOT%");
        json_.end_object();
    }

    void region(std::string_view name, const Region& region) {
        json_.key(name).begin_object();
        json_.member("startLine", region.begin.line).member("startColumn", region.begin.column);
        json_.member("endLine", region.end.line).member("endColumn", region.end.column);
        json_.end_object();
    }

    void location(FileId file, Range range) {
        json_.key("physicalLocation").begin_object();
        artifact(result_.paths[file]);
        region("region", positions_.tight_region(file, range));
        json_.end_object();
    }

    void result(const Diagnostic& finding) {
        const RuleSpec& spec = result_.rules->specs[finding.rule];
        json_.line_break().begin_object();
        json_.member("ruleId", spec.id);
        json_.member("ruleIndex", rule_index_.find(finding.rule)->second);
        json_.member("level", level_of(finding.severity));
        text_object("message", message_text(finding.message));
        json_.key("locations").begin_array().begin_object();
        location(finding.file, finding.range);
        json_.end_object().end_array();
        baseline_state(finding);
        related(finding);
        fingerprints(finding);
        fix(finding);
        if (finding.suppressed)
            suppression(finding);
        if (!finding.where.empty() || !finding.docutils.empty() || !finding.code.empty()) {
            json_.key("properties").begin_object();
            if (!finding.code.empty())
                json_.member("code", finding.code);
            if (!finding.docutils.empty())
                json_.member("docutils", finding.docutils);
            if (!finding.where.empty())
                json_.member("where", finding.where);
            json_.end_object();
        }
        json_.end_object();
    }

    /// Those that are gone ("absent") are left out: code scanning would show them as alerts.
    void baseline_state(const Diagnostic& finding) {
        const std::less<const Diagnostic*> before;
        const Diagnostic* const first = result_.findings.data();
        if (before(&finding, first) || !before(&finding, first + result_.states.size()))
            return;
        switch (result_.states[static_cast<std::size_t>(&finding - first)]) {
            case BaselineState::added:
                json_.member("baselineState", "new");
                break;
            case BaselineState::unchanged:
                json_.member("baselineState", "unchanged");
                break;
            case BaselineState::updated:
                json_.member("baselineState", "updated");
                break;
        }
    }

    void related(const Diagnostic& finding) {
        std::uint64_t id = 0;
        for (const Related& other : finding.related) {
            if (other.file >= result_.paths.size() || id >= kMostRelated)
                continue;
            if (id == 0)
                json_.key("relatedLocations").begin_array();
            json_.begin_object().member("id", ++id);
            location(other.file, other.range);
            text_object("message",
                        message_text(other.message.empty() ? "see here" : other.message));
            json_.end_object();
        }
        if (id > 0)
            json_.end_array();
    }

    void fingerprints(const Diagnostic& finding) {
        const std::string line_hash = hash_of(finding);
        if (line_hash.empty() && finding.fingerprint.empty())
            return;
        json_.key("partialFingerprints").begin_object();
        if (!line_hash.empty())
            json_.member("primaryLocationLineHash", line_hash);
        if (!finding.fingerprint.empty())
            json_.member("docathonLint/v1", finding.fingerprint);
        json_.end_object();
    }

    std::string hash_of(const Diagnostic& finding) {
        // No bytes (as opposed to none in the file): a hash of nothing would be a wrong one.
        if (positions_.bytes(finding.file).data() == nullptr) {
            return {};
        }
        std::optional<LineHashes>& hashes = hashes_[finding.file];
        if (!hashes)
            hashes.emplace(positions_.bytes(finding.file));
        return hashes->of(positions_.lines(finding.file).line(finding.range.begin));
    }

    /// Only what may be applied without a look. A text that JSON cannot hold is no fix either.
    void fix(const Diagnostic& finding) {
        if (!finding.fix || finding.fix->safety != FixSafety::safe)
            return;
        const std::vector<Edit>& edits = finding.fix->edits;
        const auto invalid = [](const Edit& edit) {
            return first_invalid(edit.text) != std::string_view::npos;
        };
        if (edits.empty() || std::any_of(edits.begin(), edits.end(), invalid))
            return;
        json_.key("fixes").begin_array().begin_object();
        text_object("description", finding.fix->description.empty()
                                       ? "Apply the fix."
                                       : message_text(finding.fix->description));
        json_.key("artifactChanges").begin_array().begin_object();
        artifact(result_.paths[finding.file]);
        json_.key("replacements").begin_array();
        for (const Edit& edit : edits) {
            json_.begin_object();
            region("deletedRegion", positions_.region(finding.file, edit.range));
            if (!edit.text.empty())
                text_object("insertedContent", edit.text);
            json_.end_object();
        }
        json_.end_array().end_object().end_array().end_object().end_array();
    }

    void suppression(const Diagnostic& finding) {
        json_.key("suppressions").begin_array().begin_object();
        json_.member("kind", finding.baselined ? "external" : "inSource");
        const std::string_view reason = finding.suppression_reason;
        if (!reason.empty())
            json_.member("justification", message_text(reason));
        json_.end_object().end_array();
    }

    const RunResult& result_;
    const ReportOptions& options_;
    Out& out_;
    JsonWriter json_;
    Positions positions_;
    std::vector<std::optional<LineHashes>> hashes_;  // by FileId
    std::vector<const Diagnostic*> chosen_;
    std::size_t cut_ = 0;
    std::map<std::uint32_t, std::uint64_t> rule_index_;  // position in the RuleSet -> in the log
};

}  // namespace

bool write_sarif(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    return SarifReport(result, options, out).write();
}

}  // namespace docathon

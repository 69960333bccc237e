#include "lint/settle/settle.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "lint/settle/apply_fix.h"
#include "lint/settle/fingerprint.h"
#include "lint/settle/suppress.h"
#include "lint/settle/suppression_names.h"

namespace docathon {
namespace {

/// Order within one file. Rules stand in the order of their ids, so positions compare as ids do.
auto order_in_file(const Diagnostic& d) {
    return std::tie(d.range.begin, d.range.end, d.rule, d.message);
}

bool same_finding(const Diagnostic& a, const Diagnostic& b) {
    return order_in_file(a) == order_in_file(b);
}

class Settler {
  public:
    Settler(const SettleInput& input, std::vector<std::vector<Diagnostic>> files)
        : input_(input), names_(*input.rules), files_(std::move(files)) {
        assert(files_.size() <= input.paths.size());
        files_.resize(input.paths.size());
    }

    Settled run() {
        // A baseline looks at all findings at once.
        std::vector<Diagnostic> all;
        // Ten thousands of findings are a good part of a run's memory: none is moved twice.
        (input_.baseline != nullptr ? all : result_.findings).reserve(count_kept());
        for (const FileId file : in_path_order()) {
            std::vector<Diagnostic>& group = files_[file];
            std::erase_if(group, [&](Diagnostic& finding) {
                assert(finding.rule < input_.rules->specs.size());
                assert(finding.file == file);
                return !rate(finding);
            });
            settle_file(file, group);
            if (input_.baseline != nullptr)
                std::move(group.begin(), group.end(), std::back_inserter(all));
            else
                keep(group);
            std::vector<Diagnostic>().swap(group);  // its memory serves the next
        }
        if (input_.baseline != nullptr) {
            use_baseline(all);
            keep(all);
        }
        return std::move(result_);
    }

  private:
    /// Findings that are kept, but for those of suppression comments; or a few more.
    [[nodiscard]] std::size_t count_kept() const {
        std::size_t count = 0;
        for (const std::vector<Diagnostic>& group : files_) {
            count += static_cast<std::size_t>(
                std::count_if(group.begin(), group.end(), [&](const Diagnostic& finding) {
                    return input_.baseline != nullptr ||
                           (!only_counted(finding) &&
                            (!input_.selected || input_.selected(finding.file)));
                }));
        }
        return count;
    }

    void keep(std::vector<Diagnostic>& group) {
        for (Diagnostic& finding : group) {
            if (input_.selected && !input_.selected(finding.file))
                continue;
            if (!finding.suppressed && only_counted(finding)) {
                ++result_.counted[finding.rule];
                continue;
            }
            (finding.suppressed ? result_.suppressed : result_.findings)
                .push_back(std::move(finding));
        }
    }

    /// Gives the finding its severity; false if that is off.
    bool rate(Diagnostic& finding) const {
        finding.severity = input_.severity ? input_.severity(finding.rule, finding.file)
                                           : input_.rules->specs[finding.rule].severity;
        return finding.severity != Severity::off;
    }

    static bool has_own_comments(const FileFacts& facts) {
        return std::any_of(
            facts.suppressions.begin(), facts.suppressions.end(),
            [](const Suppression& comment) { return comment.tool == SuppressionTool::own; });
    }

    bool only_counted(const Diagnostic& finding) const {
        return input_.only_counted && input_.only_counted(finding.rule, finding.file);
    }

    bool is_late(const Diagnostic& finding) const {
        return input_.baseline == nullptr && !finding.fix && input_.late &&
               input_.late(finding.rule, finding.file);
    }

    std::vector<FileId> in_path_order() const {
        std::vector<FileId> order;
        for (std::size_t i = 0; i < files_.size(); ++i)
            order.push_back(static_cast<FileId>(i));
        const auto by_path = [&](FileId a, FileId b) { return input_.paths[a] < input_.paths[b]; };
        // Discovery sorts by path; then this is one pass over it.
        if (!std::is_sorted(order.begin(), order.end(), by_path)) {
            std::stable_sort(order.begin(), order.end(), by_path);
        }
        return order;
    }

    std::string_view bytes_of(FileId file) const {
        return input_.bytes ? input_.bytes(file) : std::string_view{};
    }

    void settle_file(FileId file, std::vector<Diagnostic>& group) {
        const FileFacts* facts = input_.facts ? input_.facts(file) : nullptr;
        const bool has_comments = facts != nullptr && !facts->suppressions.empty();
        // Whether other tools need their comments is not ours to say.
        if (group.empty() && !(has_comments && has_own_comments(*facts)))
            return;
        // Nobody hears of the others; a baseline must know what is gone everywhere.
        if (input_.baseline == nullptr && input_.selected && !input_.selected(file)) {
            group.clear();
            return;
        }
        if (!has_comments && std::all_of(group.begin(), group.end(), [&](const Diagnostic& one) {
                return only_counted(one) || is_late(one);
            })) {
            sort(group);
            group.erase(std::unique(group.begin(), group.end(), same_finding), group.end());
            excuse(group);
            // Ordinals count suppressed findings too, which would be lost by then.
            const bool late = std::any_of(group.begin(), group.end(),
                                          [&](const Diagnostic& one) { return is_late(one); });
            if (late && std::any_of(group.begin(), group.end(),
                                    [](const Diagnostic& one) { return one.suppressed; }))
                set_fingerprints(*input_.rules, bytes_of(file), group);
            return;
        }
        const std::string_view bytes = bytes_of(file);
        tidy(group, bytes);
        // Ordinals count suppressed findings too: a comment more must not rename the others.
        set_fingerprints(*input_.rules, bytes, group);
        if (!has_comments) {
            excuse(group);
            return;
        }

        const std::function<bool(std::uint32_t)> ran = [&](std::uint32_t rule) {
            return !input_.ran || input_.ran(rule, file);
        };
        std::vector<Diagnostic*> targets;
        targets.reserve(group.size());
        for (Diagnostic& finding : group)
            targets.push_back(&finding);
        std::vector<Diagnostic> reports =
            suppress({file, bytes, facts->suppressions, *input_.rules, names_, ran,
                      input_.require_reason, input_.honours},
                     targets);
        excuse(group);
        std::erase_if(reports, [&](Diagnostic& report) { return !rate(report); });
        if (reports.empty())
            return;
        tidy(reports, bytes);
        set_fingerprints(*input_.rules, bytes, reports);
        std::move(reports.begin(), reports.end(), std::back_inserter(group));
        sort(group);
    }

    /// A finding that a comment of ours silences stays silenced by it.
    void excuse(std::vector<Diagnostic>& group) const {
        if (!input_.excuse)
            return;
        for (Diagnostic& finding : group) {
            if (finding.suppressed)
                continue;
            if (std::optional<std::string> reason = input_.excuse(finding)) {
                finding.suppressed = true;
                finding.suppression_reason = *reason;
            }
        }
    }

    static void sort(std::vector<Diagnostic>& group) {
        std::stable_sort(group.begin(), group.end(), [](const Diagnostic& a, const Diagnostic& b) {
            return order_in_file(a) < order_in_file(b);
        });
    }

    /// Order, no finding twice, ranges inside the file, only fixes that apply.
    void tidy(std::vector<Diagnostic>& group, std::string_view bytes) {
        for (Diagnostic& finding : group) {
            Range& range = finding.range;
            assert(range.begin <= range.end);
            if (input_.bytes) {
                const auto size = static_cast<std::uint32_t>(bytes.size());
                assert(range.end <= size);
                range.end = std::min(range.end, size);
                range.begin = std::min(range.begin, range.end);
            }
            if (finding.fix &&
                (finding.fix->edits.empty() || !edits_apply(finding.fix->edits, bytes.size()))) {
                finding.fix.reset();
                ++result_.dropped_fixes;
            }
        }
        sort(group);
        group.erase(std::unique(group.begin(), group.end(), same_finding), group.end());
    }

    void use_baseline(std::vector<Diagnostic>& all) {
        // A rule or file that was left out of this run says nothing about its entries.
        const auto checked = [&](std::string_view rule, std::string_view path) {
            const int position = input_.rules->find(rule);
            const FileId file = find_path(path);
            if (position < 0 || file == kNoFile)
                return true;  // gone for good
            return !input_.ran || input_.ran(static_cast<std::uint32_t>(position), file);
        };
        result_.stale =
            apply_baseline(*input_.baseline, *input_.rules, input_.paths, all, checked).stale;
    }

    FileId find_path(std::string_view path) {
        if (by_baseline_path_.empty()) {
            for (std::size_t i = 0; i < input_.paths.size(); ++i) {
                by_baseline_path_.emplace(baseline_path(input_.paths[i]), static_cast<FileId>(i));
            }
        }
        const auto found = by_baseline_path_.find(path);
        return found == by_baseline_path_.end() ? kNoFile : found->second;
    }

    const SettleInput& input_;
    SuppressionNames names_;
    std::vector<std::vector<Diagnostic>> files_;  // by FileId
    std::map<std::string, FileId, std::less<>> by_baseline_path_;
    Settled result_;
};

}  // namespace

Settled settle(std::vector<std::vector<Diagnostic>> findings, const SettleInput& input) {
    assert(input.rules != nullptr);
    return Settler(input, std::move(findings)).run();
}

}  // namespace docathon

#include "lint/settle/suppress.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <queue>
#include <string>
#include <utility>

namespace docathon {
namespace {

constexpr std::uint32_t kNever = 0xffffffffu;
constexpr int kNone = -1;

// "Did you mean" compares a name with every rule; a file of nonsense must not cost that per name.
constexpr int kMostSuggestions = 100;

/// One name of one comment.
struct Selector {
    const Suppression* comment = nullptr;
    std::size_t comment_index = 0;
    std::string_view name;
    const std::vector<std::uint32_t>* rules = nullptr;  // nullptr: not known
    bool used = false;
};

/// Part of the file in which a selector silences one rule.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    int selector = kNone;
};

/// What silences one rule in this file.
struct Coverage {
    std::vector<Span> ignores;   // by begin; may overlap
    std::vector<Span> disabled;  // by begin
    int whole_file = kNone;
    // By tool: disable without its enable yet. One tool's `enable` says nothing about another.
    struct Open {
        int selector = kNone;
        std::uint32_t begin = 0;
    };
    std::array<Open, kSuppressionTools> open;
};

/// The end of a scope, one further when it is at a line break or at the end of the file: a finding
/// without extent at the end of a line belongs to that line.
std::uint32_t inclusive_end(std::string_view bytes, Range scope) {
    if (scope.end >= bytes.size())
        return kNever;
    const char next = bytes[scope.end];
    return next == '\n' || next == '\r' ? scope.end + 1 : scope.end;
}

/// A name for a message, cut where it is too long to be one.
std::string quote(std::string_view name) {
    constexpr std::size_t kLongest = 100;
    // Not "'" + std::string(...): GCC 12 warns of an overlap that is not there (its bug 105651).
    std::string quoted(1, '\'');
    quoted += name.substr(0, kLongest);
    quoted += name.size() > kLongest ? "...'" : "'";
    return quoted;
}

/// For every position (ascending), the selector of the latest-beginning span that holds it, or
/// kNone. Spans that have ended are dropped when they come to the top: O(n log n) however they
/// nest.
std::vector<int> innermost(const std::vector<Span>& spans, const std::vector<std::uint32_t>& at) {
    const auto outer = [&](std::size_t a, std::size_t b) {
        return std::pair(spans[a].begin, a) < std::pair(spans[b].begin, b);
    };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(outer)> open(outer);
    std::vector<int> result;
    result.reserve(at.size());
    std::size_t next = 0;
    for (const std::uint32_t position : at) {
        while (next < spans.size() && spans[next].begin <= position)
            open.push(next++);
        while (!open.empty() && spans[open.top()].end <= position)
            open.pop();
        result.push_back(open.empty() ? kNone : spans[open.top()].selector);
    }
    return result;
}

/// As innermost(), for positions in any order.
std::vector<int> innermost_of_any(const std::vector<Span>& spans,
                                  const std::vector<std::uint32_t>& at) {
    std::vector<std::size_t> order(at.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return at[a] < at[b]; });
    std::vector<std::uint32_t> sorted;
    sorted.reserve(at.size());
    for (const std::size_t i : order)
        sorted.push_back(at[i]);
    const std::vector<int> found = innermost(spans, sorted);
    std::vector<int> result(at.size(), kNone);
    for (std::size_t i = 0; i < order.size(); ++i)
        result[order[i]] = found[i];
    return result;
}

class Suppressor {
  public:
    explicit Suppressor(const SuppressInput& input) : input_(input) {
        reporter_ = input.rules.find(kUnusedSuppression);
    }

    std::vector<Diagnostic> run(std::vector<Diagnostic*>& findings) {
        collect();
        cover();
        apply_all(findings);
        std::vector<Diagnostic> reports = report();
        std::vector<Diagnostic*> own;
        own.reserve(reports.size());
        for (Diagnostic& diagnostic : reports)
            own.push_back(&diagnostic);
        if (!own.empty())
            apply(static_cast<std::uint32_t>(reporter_), own);
        return reports;
    }

  private:
    /// The comments in document order, and a selector for each of their names.
    void collect() {
        for (const Suppression& comment : input_.suppressions)
            comments_.push_back(&comment);
        std::stable_sort(comments_.begin(), comments_.end(),
                         [](const Suppression* a, const Suppression* b) {
                             return a->range.begin < b->range.begin;
                         });
        for (std::size_t i = 0; i < comments_.size(); ++i) {
            if (!comments_[i]->error.empty())
                continue;
            const SuppressionTool tool = comments_[i]->tool;
            if (tool != SuppressionTool::own) {
                if (input_.honours && !input_.honours(tool))
                    continue;
                static const std::vector<std::string> kAll = {{}};
                for (const std::string& name :
                     comments_[i]->ids.empty() ? kAll : comments_[i]->ids) {
                    selectors_.push_back(
                        {comments_[i], i, name, input_.names.find_foreign(tool, name), false});
                }
                continue;
            }
            for (const std::string& name : comments_[i]->ids) {
                selectors_.push_back({comments_[i], i, name, input_.names.find(name), false});
            }
        }
    }

    void cover() {
        for (std::vector<Coverage>& coverage : coverage_)
            coverage.resize(input_.names.size());
        for (std::size_t i = 0; i < selectors_.size(); ++i) {
            Selector& selector = selectors_[i];
            if (selector.rules == nullptr)
                continue;
            const Range scope = selector.comment->scope;
            const std::uint32_t from = selector.comment->range.begin;
            const int id = static_cast<int>(i);
            for (const std::uint32_t rule : *selector.rules) {
                Coverage& coverage = coverage_[set_of(*selector.comment)][rule];
                Coverage::Open& open =
                    coverage.open[static_cast<std::size_t>(selector.comment->tool)];
                switch (selector.comment->kind) {
                    case SuppressionKind::ignore:
                        // Else the report on a comment could be silenced by the next comment.
                        if (static_cast<int>(rule) == reporter_)
                            break;
                        coverage.ignores.push_back(
                            {scope.begin, inclusive_end(input_.bytes, scope), id});
                        break;
                    case SuppressionKind::disable:
                        if (open.selector == kNone)
                            open = {id, from};
                        break;
                    case SuppressionKind::enable:
                        if (open.selector != kNone) {
                            coverage.disabled.push_back({open.begin, from, open.selector});
                            open.selector = kNone;
                            selector.used = true;
                        }
                        break;
                    case SuppressionKind::ignore_file:
                        if (coverage.whole_file == kNone)
                            coverage.whole_file = id;
                        break;
                }
            }
        }
        for (std::vector<Coverage>& set : coverage_) {
            for (Coverage& coverage : set)
                finish(coverage);
        }
    }

    /// Own comments and those of other tools: where both cover a finding, ours has done it.
    static std::size_t set_of(const Suppression& comment) {
        return comment.tool == SuppressionTool::own ? 0 : 1;
    }

    static void finish(Coverage& coverage) {
        for (const Coverage::Open& open : coverage.open) {
            if (open.selector != kNone)
                coverage.disabled.push_back({open.begin, kNever, open.selector});
        }
        for (std::vector<Span>* spans : {&coverage.ignores, &coverage.disabled}) {
            std::stable_sort(spans->begin(), spans->end(),
                             [](const Span& a, const Span& b) { return a.begin < b.begin; });
        }
    }

    void apply_all(std::vector<Diagnostic*>& findings) {
        std::map<std::uint32_t, std::vector<Diagnostic*>> by_rule;
        for (Diagnostic* finding : findings)
            by_rule[finding->rule].push_back(finding);
        for (auto& [rule, group] : by_rule)
            apply(rule, group);
    }

    /// Silences findings of one rule.
    void apply(std::uint32_t rule, const std::vector<Diagnostic*>& findings) {
        std::vector<bool> done(findings.size());
        for (const std::vector<Coverage>& set : coverage_) {
            if (rule < set.size())
                apply(set[rule], findings, done);
        }
    }

    void apply(const Coverage& coverage, const std::vector<Diagnostic*>& findings,
               std::vector<bool>& done) {
        if (coverage.ignores.empty() && coverage.disabled.empty() && coverage.whole_file == kNone)
            return;
        std::vector<std::uint32_t> begins;
        std::vector<std::uint32_t> lasts;
        for (const Diagnostic* finding : findings) {
            begins.push_back(finding->range.begin);
            lasts.push_back(finding->range.empty() ? finding->range.begin : finding->range.end - 1);
        }
        const std::vector<int> by_begin = innermost_of_any(coverage.ignores, begins);
        const std::vector<int> by_last = innermost_of_any(coverage.ignores, lasts);
        const std::vector<int> by_disable = innermost_of_any(coverage.disabled, begins);
        for (std::size_t i = 0; i < findings.size(); ++i) {
            if (done[i])
                continue;
            for (const int id : {by_begin[i], by_last[i], by_disable[i], coverage.whole_file}) {
                if (id == kNone)
                    continue;
                Selector& selector = selectors_[static_cast<std::size_t>(id)];
                selector.used = true;
                done[i] = true;
                findings[i]->suppressed = true;
                findings[i]->suppression_reason = selector.comment->reason;
                break;
            }
        }
    }

    /// Findings about the comments themselves, in their order.
    std::vector<Diagnostic> report() {
        if (reporter_ < 0 || !input_.ran(static_cast<std::uint32_t>(reporter_)))
            return {};
        std::size_t next = 0;
        for (std::size_t i = 0; i < comments_.size(); ++i) {
            const Suppression& comment = *comments_[i];
            if (comment.tool != SuppressionTool::own) {
                // Whether other tools need it is not ours to say.
                while (next < selectors_.size() && selectors_[next].comment_index == i)
                    ++next;
                continue;
            }
            if (!comment.error.empty()) {
                add(comment.range, comment.error, {});
                continue;
            }
            if (comment.ids.empty()) {
                add(comment.range, "suppression names no rule; write the ids in brackets", {});
            }
            // Names are looked for from left to right, so that a repeated one is found twice.
            std::uint32_t from = comment.range.begin;
            for (; next < selectors_.size() && selectors_[next].comment_index == i; ++next) {
                const Selector& selector = selectors_[next];
                const Range place = place_of(selector.name, comment.range, from);
                if (const std::optional<std::string> message = judge(selector)) {
                    add(place, *message, std::string(selector.name));
                }
            }
            if (input_.require_reason && comment.reason.empty() &&
                comment.kind != SuppressionKind::enable) {
                add(comment.range, "suppression gives no reason; write why behind the brackets",
                    {});
            }
        }
        return std::move(reports_);
    }

    void add(Range range, std::string message, std::string subject) {
        Diagnostic& diagnostic = reports_.emplace_back();
        diagnostic.rule = static_cast<std::uint32_t>(reporter_);
        diagnostic.file = input_.file;
        diagnostic.range = range;
        diagnostic.message = std::move(message);
        diagnostic.subject = std::move(subject);
        diagnostic.severity = input_.rules.specs[diagnostic.rule].severity;
    }

    /// The bytes of `name` in the comment at or behind `from`, or the whole comment.
    Range place_of(std::string_view name, Range comment, std::uint32_t& from) const {
        if (comment.end > input_.bytes.size() || from > comment.end)
            return comment;
        const std::size_t at = input_.bytes.substr(0, comment.end).find(name, from);
        if (name.empty() || at == std::string_view::npos)
            return comment;
        const auto begin = static_cast<std::uint32_t>(at);
        from = begin + static_cast<std::uint32_t>(name.size());
        return {begin, from};
    }

    /// What is wrong with a name, or nullopt.
    std::optional<std::string> judge(const Selector& selector) {
        const std::string quoted = quote(selector.name);
        if (selector.rules == nullptr) {
            if (selector.name == "*")
                return quoted + " is not allowed; name rules or families";
            std::string message = "no rule " + quoted;
            const std::string nearest = suggest(selector.name);
            if (!nearest.empty())
                message += "; did you mean '" + nearest + "'?";
            return message;
        }
        const bool only_reporter =
            selector.rules->size() == 1 && static_cast<int>(selector.rules->front()) == reporter_;
        switch (selector.comment->kind) {
            case SuppressionKind::ignore:
                if (only_reporter) {
                    return quoted + " cannot be ignored for one place; use disable or ignore-file";
                }
                break;
            case SuppressionKind::enable:
                if (selector.used)
                    return std::nullopt;
                return quoted + " is enabled here, but it was not disabled above; remove it";
            case SuppressionKind::disable:
            case SuppressionKind::ignore_file:
                // A guard against reports of this very rule has nothing to show for itself.
                if (only_reporter)
                    return std::nullopt;
                break;
        }
        if (selector.used)
            return std::nullopt;
        // A rule that did not run here might have found something: nothing is known.
        for (const std::uint32_t rule : *selector.rules) {
            if (static_cast<int>(rule) != reporter_ && !input_.ran(rule))
                return std::nullopt;
        }
        switch (selector.comment->kind) {
            case SuppressionKind::disable:
                return quoted + " is disabled here, but it finds nothing; remove it";
            case SuppressionKind::ignore_file:
                return quoted + " is ignored in this file, but it finds nothing; remove it";
            default:
                return quoted + " is ignored here, but it finds nothing; remove it";
        }
    }

    std::string suggest(std::string_view name) {
        const auto known = suggestions_.find(name);
        if (known != suggestions_.end())
            return known->second;
        if (suggestions_.size() >= kMostSuggestions)
            return {};
        return suggestions_.emplace(name, input_.names.nearest(name)).first->second;
    }

    const SuppressInput& input_;
    int reporter_ = kNone;
    std::vector<const Suppression*> comments_;
    std::vector<Selector> selectors_;
    std::array<std::vector<Coverage>, 2> coverage_;  // see set_of(); by rule
    std::vector<Diagnostic> reports_;
    std::map<std::string, std::string, std::less<>> suggestions_;
};

}  // namespace

std::vector<Diagnostic> suppress(const SuppressInput& input, std::vector<Diagnostic*>& findings) {
    if (input.suppressions.empty())
        return {};
    return Suppressor(input).run(findings);
}

}  // namespace docathon

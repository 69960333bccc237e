#include "lint/settle/apply_fix.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <map>

namespace docathon {
namespace {

/// The edits taken so far. No two overlap; an insertion may stand where a replacement begins.
class Taken {
  public:
    /// The same edit was taken before.
    bool has(const Edit& edit) const {
        const auto found = edits_.find(edit.range);
        return found != edits_.end() && found->second->text == edit.text;
    }

    /// The edit can be made beside all that were taken: only its neighbours need a look.
    bool fits(Range range) const {
        const auto next = edits_.lower_bound(range);
        if (next != edits_.end() && (next->first == range || next->first.begin < range.end)) {
            return false;
        }
        return next == edits_.begin() || std::prev(next)->first.end <= range.begin;
    }

    void add(const Edit& edit) { edits_.emplace(edit.range, &edit); }

    std::vector<Edit> sorted() const {
        std::vector<Edit> result;
        result.reserve(edits_.size());
        for (const auto& [range, edit] : edits_)
            result.push_back(*edit);
        return result;
    }

  private:
    std::map<Range, const Edit*> edits_;
};

}  // namespace

bool edits_apply(std::span<const Edit> edits, std::size_t size) {
    for (std::size_t i = 0; i < edits.size(); ++i) {
        const Range range = edits[i].range;
        if (range.begin > range.end || range.end > size)
            return false;
        if (i == 0)
            continue;
        const Range before = edits[i - 1].range;
        if (range.begin < before.end || range == before)
            return false;
    }
    return true;
}

std::string apply_edits(std::string_view text, std::span<const Edit> edits) {
    assert(edits_apply(edits, text.size()));
    std::string result;
    result.reserve(text.size());
    std::size_t done = 0;
    for (const Edit& edit : edits) {
        result += text.substr(done, edit.range.begin - done);
        result += edit.text;
        done = edit.range.end;
    }
    result += text.substr(done);
    return result;
}

FixOutcome apply_fixes(std::string_view text, std::span<const Diagnostic> findings,
                       bool with_unsafe) {
    FixOutcome outcome;
    Taken taken;
    for (const Diagnostic& finding : findings) {
        if (!finding.fix || finding.suppressed || finding.fix->edits.empty())
            continue;
        if (finding.fix->safety == FixSafety::unsafe && !with_unsafe)
            continue;
        const std::vector<Edit>& edits = finding.fix->edits;
        if (!edits_apply(edits, text.size())) {
            ++outcome.skipped;
            continue;
        }
        const auto known = [&](const Edit& edit) { return taken.has(edit); };
        if (std::all_of(edits.begin(), edits.end(), known)) {
            ++outcome.applied;
            continue;
        }
        const auto fits = [&](const Edit& edit) { return taken.fits(edit.range); };
        if (!std::all_of(edits.begin(), edits.end(), fits)) {
            ++outcome.skipped;
            continue;
        }
        for (const Edit& edit : edits)
            taken.add(edit);
        ++outcome.applied;
    }
    outcome.text = apply_edits(text, taken.sorted());
    return outcome;
}

}  // namespace docathon

// consistent: one way of writing on a page, or what must be explained where it is used.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "lint/core/strings.h"
#include "lint/rules/engines/engine.h"

namespace docathon::rules {

namespace {

class Consistent final : public Engine {
  public:
    explicit Consistent(EngineMaker& maker) : patterns_(maker.patterns()) {
        maker.common({}, {"match", "other"});
        options_ = {maker.boolean("ignore-case", false), maker.boolean("words", true)};
        const Value* each = maker.find("each");
        const Value* needs = maker.find("needs");
        const Value* either = maker.find("either");
        if ((each == nullptr) != (needs == nullptr) || (each == nullptr) == (either == nullptr)) {
            maker.missing("either",
                          "a map of two ways to write something; or 'each' and 'needs', "
                          "expressions of what is used and of what explains it");
            return;
        }
        if (either != nullptr) {
            if (!either->is_map()) {
                maker.error(*either, "'either' must be a map of one way to the other");
                return;
            }
            for (std::size_t i = 0; i < either->keys.size(); ++i) {
                const auto pair = static_cast<std::uint32_t>(i);
                add(maker, either->keys[i], {pair, 0});
                add(maker, either->items[i], {pair, 1});
            }
            return;
        }
        each_ = maker.add_pattern(*each, each->text, options_);
        needs_ = maker.add_pattern(*needs, needs->text, options_);
        explains_ = true;
    }

    void run(FileView& file, std::span<const Candidate> candidates,
             Reporter& report) const override {
        if (explains_)
            explained(file, candidates, report);
        else
            one_way(file, candidates, report);
    }

  private:
    struct Side {
        std::uint32_t pair = 0;
        std::uint32_t side = 0;
    };

    void add(EngineMaker& maker, const Value& at, Side side) {
        if (!at.is_scalar()) {
            maker.error(at, "a way of writing must be an expression");
            return;
        }
        const std::size_t before = maker.error_count();
        const PatternId id = maker.add_pattern(at, at.text, options_);
        if (maker.error_count() != before)
            return;
        sides_.emplace(id, side);
        // Only what stands for itself can be written instead of the other.
        const bool plain = std::all_of(at.text.begin(), at.text.end(), [](char c) {
            return is_ascii_alnum(c) || c == ' ' || c == '-' || c == '_' || c == '\'' ||
                   static_cast<unsigned char>(c) >= 0x80;
        });
        if (plain)
            words_[{side.pair, side.side}] = at.text;
    }

    /// Writes the way that came first, with a capital where the other has one.
    void repair(const ViewText& text, const Found& found, const std::string& match, Side first,
                Diagnostic* finding, Reporter& report) const {
        const auto word = words_.find({first.pair, first.side});
        if (word == words_.end() || !words_.contains({first.pair, 1 - first.side}) ||
            !text.verbatim(found.begin, found.end))
            return;
        std::string instead = word->second;
        if (match[0] >= 'A' && match[0] <= 'Z' && instead[0] >= 'a' && instead[0] <= 'z')
            instead[0] = static_cast<char>(instead[0] - 'a' + 'A');
        report.fix(finding, "write '" + instead + "'",
                   {{text.to_source(found.begin, found.end), instead}});
    }

    void one_way(FileView& file, std::span<const Candidate> candidates, Reporter& report) const {
        const View view = report.common().view;
        std::map<std::uint32_t, std::pair<std::uint32_t, std::string>> first;  // by pair
        by_text(candidates, [&](std::uint32_t number, std::span<const Candidate> of_text) {
            const ViewText& text = file.text(view, number);
            for (const Found& found : find_all(patterns_, text.text(), of_text)) {
                if (report.excepted(text.text(), found.begin, found.end))
                    continue;
                const auto side = sides_.find(found.pattern);
                if (side == sides_.end())
                    continue;
                const std::string match(text.text().substr(found.begin, found.end - found.begin));
                const auto [seen, added] =
                    first.try_emplace(side->second.pair, side->second.side, match);
                if (!added && seen->second.first != side->second.side) {
                    Diagnostic* finding =
                        report.report(text, found.begin, found.end,
                                      {{"match", match}, {"other", seen->second.second}});
                    repair(text, found, match, {seen->first, seen->second.first}, finding, report);
                }
            }
        });
    }

    /// What `each` finds must have been caught by a group of `needs` before.
    void explained(FileView& file, std::span<const Candidate> candidates, Reporter& report) const {
        const View view = report.common().view;
        std::set<std::string> known;
        by_text(candidates, [&](std::uint32_t number, std::span<const Candidate> of_text) {
            const ViewText& text = file.text(view, number);
            std::vector<Found> uses;
            for (const Candidate& one : of_text) {
                const std::vector<Found> found = find_all(patterns_, text.text(), {&one, 1});
                if (one.pattern == each_)
                    uses.insert(uses.end(), found.begin(), found.end());
                if (one.pattern != needs_)
                    continue;
                for (const Found& explained : found) {
                    const std::vector<std::string> groups =
                        patterns_.groups(needs_, text.text(), explained.begin, explained.end);
                    known.insert(groups.begin(), groups.end());
                    if (groups.empty())
                        known.emplace(
                            text.text().substr(explained.begin, explained.end - explained.begin));
                }
            }
            for (const Found& use : uses) {
                const std::vector<std::string> groups =
                    patterns_.groups(each_, text.text(), use.begin, use.end);
                const std::string match(text.text().substr(use.begin, use.end - use.begin));
                const std::string& what = groups.empty() || groups[0].empty() ? match : groups[0];
                if (known.contains(what))
                    continue;
                report.report(text, use.begin, use.end, {{"match", what}, {"other", {}}});
            }
        });
    }

    const PatternSets& patterns_;
    std::map<PatternId, Side> sides_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> words_;  // by pair and side
    PatternOptions options_;
    PatternId each_ = 0;
    PatternId needs_ = 0;
    bool explains_ = false;
};

}  // namespace

std::unique_ptr<Engine> make_consistent(EngineMaker& maker) {
    return std::make_unique<Consistent>(maker);
}

}  // namespace docathon::rules

// count: too many or too few of something in a place.

#include <re2/re2.h>

#include <algorithm>

#include "lint/core/utf8.h"
#include "lint/rules/engines/engine.h"
#include "lint/rules/engines/place.h"

namespace docathon::rules {

namespace {

class Count final : public Engine {
  public:
    explicit Count(EngineMaker& maker) {
        maker.common({.on = "document", .message = {}}, {"count", "max", "min", "match"});
        maker.allow_attributes();
        max_ = maker.integer("max");
        min_ = maker.integer("min");
        words_ = maker.boolean("words", false);
        if (!max_ && !min_)
            maker.missing("max", "or 'min': how many there may be");
        const Value* of = maker.find("of");
        const Value* pattern = maker.find("pattern");
        if ((of == nullptr) == (pattern == nullptr)) {
            maker.missing("of", "a selector of what is counted, or 'pattern', an expression");
            return;
        }
        if (of != nullptr) {
            of_ = maker.selector(*of, of->text);
            if (of_)
                maker.result.more_selectors.push_back(*of_);
            return;
        }
        pattern_ = maker.expression(
            *pattern,
            with_pattern_options(pattern->text, {maker.boolean("ignore-case", false), words_}));
    }

    void run(FileView& file, std::span<const Candidate> /*candidates*/,
             Reporter& report) const override {
        const Selected& places = file.selected(report.common().selector);
        for (std::size_t i = 0; i < places.entries.size(); ++i) {
            const std::uint32_t entry = places.entries[i];
            if (of_) {
                nodes(file, entry, report);
                continue;
            }
            const View view = report.common().view;
            const std::vector<std::uint32_t> texts =
                file.texts_of(entry, view, places.sentences[i]);
            if (places.sentences[i]) {
                for (const std::uint32_t number : texts) {
                    const ViewText& text = file.text(view, number);
                    const std::int64_t count = matches(text.text());
                    if (wrong(count)) {
                        const auto size = static_cast<std::uint32_t>(text.text().size());
                        report.report(text, 0, size,
                                      arguments(file, entry, count, std::string(text.text()),
                                                report.common()));
                    }
                }
                continue;
            }
            std::int64_t count = 0;
            for (const std::uint32_t number : texts)
                count += matches(file.text(view, number).text());
            if (wrong(count)) {
                const Range range = place_of(file, entry);
                report.report(range, arguments(file, entry, count,
                                               std::string(file.context().source.slice(range)),
                                               report.common()));
            }
        }
    }

  private:
    [[nodiscard]] bool wrong(std::int64_t count) const {
        return (max_ && count > *max_) || (min_ && count < *min_);
    }

    /// What is counted stands in the tree: each beyond the most is an offence of its own.
    void nodes(const FileView& file, std::uint32_t entry, Reporter& report) const {
        const std::vector<std::uint32_t>& all = file.selected(*of_).entries;
        const auto begin = std::upper_bound(all.begin(), all.end(), entry);
        const auto end = std::lower_bound(begin, all.end(), file.tree().entries()[entry].end);
        const std::int64_t count = end - begin;
        if (min_ && count < *min_)
            report.report(place_of(file, entry),
                          arguments(file, entry, count, {}, report.common()));
        if (!max_ || count <= *max_)
            return;
        for (auto one = begin + *max_; one != end; ++one) {
            const Range range = place_of(file, *one);
            report.report(
                range, arguments(file, entry, count,
                                 std::string(file.context().source.slice(range)), report.common()));
        }
    }

    [[nodiscard]] std::int64_t matches(std::string_view text) const {
        std::int64_t count = 0;
        std::size_t at = 0;
        re2::StringPiece match;
        const re2::StringPiece piece(text.data(), text.size());
        while (at < text.size() &&
               pattern_->Match(piece, at, text.size(), re2::RE2::UNANCHORED, &match, 1)) {
            const auto begin = static_cast<std::size_t>(match.data() - text.data());
            const std::size_t end = begin + match.size();
            if (match.empty()) {
                at = begin < text.size() ? begin + decode_one(text, begin).length : text.size();
                continue;
            }
            if (!words_ || (word_edge(text, begin) && word_edge(text, end)))
                ++count;
            at = end;
        }
        return count;
    }

    [[nodiscard]] Arguments arguments(const FileView& file, std::uint32_t entry, std::int64_t count,
                                      std::string match, const Common& common) const {
        Arguments all = {{"count", std::to_string(count)},
                         {"max", max_ ? std::to_string(*max_) : std::string()},
                         {"min", min_ ? std::to_string(*min_) : std::string()},
                         {"match", std::move(match)}};
        add_attributes(file, entry, common, all);
        return all;
    }

    std::optional<std::int64_t> max_;
    std::optional<std::int64_t> min_;
    std::optional<std::uint32_t> of_;
    std::shared_ptr<const re2::RE2> pattern_;
    bool words_ = false;
};

}  // namespace

std::unique_ptr<Engine> make_count(EngineMaker& maker) {
    return std::make_unique<Count>(maker);
}

}  // namespace docathon::rules

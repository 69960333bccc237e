// pattern: finds what expressions match; with `repeated`, what follows itself.

#include <algorithm>
#include <map>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/rules/engines/engine.h"
#include "lint/rules/engines/rewrite.h"

namespace docathon::rules {

namespace {

class Pattern final : public Engine {
  public:
    explicit Pattern(EngineMaker& maker) : patterns_(maker.patterns()) {
        maker.common({}, {"match", "replacement"});
        repeated_ = maker.boolean("repeated", false);
        const PatternOptions options{maker.boolean("ignore-case", false),
                                     maker.boolean("words", false)};
        ignore_case_ = options.ignore_case;
        const std::vector<const Value*> written = maker.list("patterns");
        for (const Value* one : written) {
            const std::size_t before = maker.error_count();
            const PatternId id = maker.add_pattern(*one, one->text, options);
            if (maker.error_count() != before)
                continue;
            const auto added = groups_.emplace(id, patterns_.group_names(id)).first;
            for (const std::string& name : added->second) {
                if (!name.empty())
                    maker.allow_placeholder(name);
            }
        }
        if (written.empty() && !repeated_ && maker.find("patterns") == nullptr)
            maker.missing("patterns", "expressions that find the offence");
        any_word_ = written.empty() && repeated_;
        if (const Value* replace = maker.find("replace")) {
            if (replace->is_scalar() && !repeated_)
                replace_ = replace->text;
            else if (repeated_)
                maker.error(*replace, "'replace' has no meaning with 'repeated'");
            else
                maker.error(*replace, "'replace' must be one text");
            for (const auto& [id, names] : groups_) {
                const std::string missing =
                    missing_group(replace->text, patterns_.expression(id), names.size());
                if (!missing.empty()) {
                    maker.error(*replace, missing);
                    break;
                }
            }
        }
        if (!replace_ && !repeated_ && maker.result.fix != FixMode::none)
            maker.error(*maker.find("fix"), "a fix needs 'replace'");
    }

    void run(FileView& file, std::span<const Candidate> candidates,
             Reporter& report) const override {
        const View view = report.common().view;
        if (any_word_) {
            for (const std::uint32_t number : file.texts(report.common().selector, view))
                repeated_words(file.text(view, number), report);
            return;
        }
        by_text(candidates, [&](std::uint32_t number, std::span<const Candidate> of_text) {
            const ViewText& text = file.text(view, number);
            const std::vector<Found> found = find_all(patterns_, text.text(), of_text);
            if (repeated_) {
                for (std::size_t i = 1; i < found.size(); ++i)
                    pair(text, {found[i - 1].begin, found[i - 1].end},
                         {found[i].begin, found[i].end}, report);
                return;
            }
            for (const Found& one : found)
                single(text, one, report);
        });
    }

  private:
    void single(const ViewText& text, const Found& found, Reporter& report) const {
        const std::string_view match = text.text().substr(found.begin, found.end - found.begin);
        Arguments arguments = {{"match", std::string(match)}};
        const auto known = groups_.find(found.pattern);
        std::vector<std::string> groups;
        if (known != groups_.end() && !known->second.empty()) {
            groups = patterns_.groups(found.pattern, text.text(), found.begin, found.end);
            for (std::size_t i = 0; i < groups.size(); ++i) {
                if (!known->second[i].empty())
                    arguments.emplace_back(known->second[i], groups[i]);
            }
        }
        std::string replacement;
        if (replace_) {
            replacement = rewrite(*replace_, groups, match);
            if (replacement == match)
                return;
            arguments.emplace_back("replacement", replacement);
        }
        Diagnostic* finding = report.report(text, found.begin, found.end, std::move(arguments));
        if (replace_ && text.verbatim(found.begin, found.end)) {
            report.fix(finding, replacement.empty() ? "remove it" : "write '" + replacement + "'",
                       {{text.to_source(found.begin, found.end), replacement}});
        }
    }

    /// Reports the second of two matches if nothing but space lies between them and they are equal.
    void pair(const ViewText& text, Range first, Range second, Reporter& report) const {
        const std::string_view bytes = text.text();
        const std::string_view between = bytes.substr(first.end, second.begin - first.end);
        if (between.empty() || !trim(between).empty())
            return;
        const std::string_view one = bytes.substr(first.begin, first.size());
        const std::string_view other = bytes.substr(second.begin, second.size());
        if (one != other && !(ignore_case_ && casefold(one) == casefold(other)))
            return;
        // Between them the source may have a line end and the marks of a quote, nothing else: in
        // "the tag *tag*" the second is another word.
        const Range from = text.to_source(first.begin, first.end);
        const Range to = text.to_source(second.begin, second.end);
        if (!report.plain_between(from.end, to.begin))
            return;
        Diagnostic* finding =
            report.report(text, first.begin, second.end,
                          {{"match", std::string(other)}, {"replacement", std::string(one)}});
        if (finding != nullptr && text.verbatim(first.begin, first.end) &&
            text.verbatim(second.begin, second.end))
            report.fix(finding, "remove the second", {{Range{from.end, to.end}, {}}});
    }

    /// Letters of any script with apostrophes between them. By hand: an expression would match at
    /// every word of every page.
    void repeated_words(const ViewText& text, Reporter& report) const {
        const std::string_view bytes = text.text();
        // Punctuation may stand around words. Anything else beside one makes it part of a name, a
        // number or an identifier.
        const auto ends_word = [&](std::size_t at) {
            return at == bytes.size() || is_ascii_space(bytes[at]) ||
                   (std::string_view(".,;:!?)\"'").find(bytes[at]) != std::string_view::npos &&
                    (at + 1 == bytes.size() || !is_ascii_alnum(bytes[at + 1])));
        };
        const auto begins_word = [&](std::size_t at) {
            return at == 0 || is_ascii_space(bytes[at - 1]) || bytes[at - 1] == '(' ||
                   bytes[at - 1] == '"';
        };
        Range last;
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t begin = at;
            while (at < bytes.size()) {
                if (is_ascii_alnum(bytes[at]) || bytes[at] == '_') {
                    ++at;
                    continue;
                }
                const Decoded unit = decode_one(bytes, at);
                const bool apostrophe = bytes[at] == '\'' && at > begin && at + 1 < bytes.size() &&
                                        is_ascii_alpha(bytes[at + 1]);
                if (!is_word_character(unit.code_point) && !apostrophe)
                    break;
                at += unit.length;
            }
            if (at == begin) {
                at += decode_one(bytes, at).length;
                continue;
            }
            const Range word{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)};
            const bool plain = begins_word(begin) && !is_ascii_digit(bytes[begin]);
            if (last.size() == word.size() && plain && ends_word(at))
                pair(text, last, word, report);
            last = plain && at < bytes.size() && is_ascii_space(bytes[at]) ? word : Range{};
        }
    }

    const PatternSets& patterns_;
    std::map<PatternId, std::vector<std::string>> groups_;  // names of groups
    std::optional<std::string> replace_;
    bool repeated_ = false;
    bool ignore_case_ = false;
    bool any_word_ = false;
};

}  // namespace

std::unique_ptr<Engine> make_pattern(EngineMaker& maker) {
    return std::make_unique<Pattern>(maker);
}

}  // namespace docathon::rules

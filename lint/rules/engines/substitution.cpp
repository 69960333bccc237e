// substitution: expressions that should be written otherwise.

#include <re2/re2.h>

#include <algorithm>
#include <map>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/rules/engines/engine.h"
#include "lint/rules/engines/rewrite.h"

namespace docathon::rules {

namespace {

/// "a|b" as a list; `\|` is no separator.
std::vector<std::string> alternatives(std::string_view text) {
    std::vector<std::string> parts(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '|') {
            parts.back() += '|';
            ++i;
        } else if (text[i] == '|') {
            parts.emplace_back();
        } else {
            parts.back() += text[i];
        }
    }
    return parts;
}

class Substitution final : public Engine {
  public:
    explicit Substitution(EngineMaker& maker) : patterns_(maker.patterns()) {
        maker.common({.message = "write '{replacement}', not '{match}'"}, {"match", "replacement"});
        options_ = {maker.boolean("ignore-case", false), maker.boolean("words", true)};
        capitalize_ = maker.boolean("capitalize", false);
        if (const Value* swap = maker.find("swap"))
            add(maker, *swap);
        if (const std::optional<Value> data = maker.data())
            add(maker, *data);
        for (const Value* name : maker.list("names")) {
            // Any other way to write its letters.
            PatternOptions any = options_;
            any.ignore_case = true;
            add(maker, *name, RE2::QuoteMeta(name->text), {name->text}, any);
        }
        if (maker.find("swap") == nullptr && maker.find("data") == nullptr &&
            maker.find("names") == nullptr)
            maker.missing("swap", "expressions, and what to write for each");
    }

    void run(FileView& file, std::span<const Candidate> candidates,
             Reporter& report) const override {
        const View view = report.common().view;
        by_text(candidates, [&](std::uint32_t number, std::span<const Candidate> of_text) {
            const ViewText& text = file.text(view, number);
            for (const Found& found : find_all(patterns_, text.text(), of_text))
                single(text, found, report);
        });
    }

  private:
    void add(EngineMaker& maker, const Value& map) {
        if (!map.is_map()) {
            if (!map.is_null())
                maker.error(map, "'swap' must be a map of expressions to what to write");
            return;
        }
        for (std::size_t i = 0; i < map.keys.size(); ++i) {
            if (!map.items[i].is_scalar()) {
                maker.error(map.items[i], "what to write must be a text");
                continue;
            }
            add(maker, map.keys[i], map.keys[i].text, alternatives(map.items[i].text), options_);
        }
    }
    void add(EngineMaker& maker, const Value& at, const std::string& expression,
             std::vector<std::string> replacements, PatternOptions options) {
        const std::size_t before = maker.error_count();
        const PatternId id = maker.add_pattern(at, expression, options);
        if (maker.error_count() != before)
            return;
        for (const std::string& one : replacements) {
            if (highest_group(one) == 0)
                continue;
            const std::string missing =
                missing_group(one, expression, patterns_.group_names(id).size());
            if (!missing.empty())
                maker.error(at, missing);
        }
        replacements_.emplace(id, std::move(replacements));
    }

    void single(const ViewText& text, const Found& found, Reporter& report) const {
        const std::string match(text.text().substr(found.begin, found.end - found.begin));
        const auto known = replacements_.find(found.pattern);
        if (known == replacements_.end())
            return;
        std::vector<std::string> replacements = known->second;
        std::optional<std::vector<std::string>> groups;
        std::string all;
        for (std::string& one : replacements) {
            if (one.find('\\') != std::string::npos) {
                if (!groups)
                    groups = patterns_.groups(found.pattern, text.text(), found.begin, found.end);
                one = rewrite(one, *groups, match);
            }
            if (capitalize_ && !one.empty() && match[0] >= 'A' && match[0] <= 'Z' &&
                one[0] >= 'a' && one[0] <= 'z')
                one[0] = static_cast<char>(one[0] - 'a' + 'A');
            if (one == match)
                return;
            all += (all.empty() ? "" : "' or '") + one;
        }
        Diagnostic* finding =
            report.report(text, found.begin, found.end, {{"match", match}, {"replacement", all}});
        // Several are a choice that a person makes.
        if (replacements.size() == 1 && text.verbatim(found.begin, found.end)) {
            report.fix(finding, "write '" + replacements[0] + "'",
                       {{text.to_source(found.begin, found.end), replacements[0]}});
        }
    }

    const PatternSets& patterns_;
    std::map<PatternId, std::vector<std::string>> replacements_;
    PatternOptions options_;
    bool capitalize_ = false;
};

}  // namespace

std::unique_ptr<Engine> make_substitution(EngineMaker& maker) {
    return std::make_unique<Substitution>(maker);
}

}  // namespace docathon::rules

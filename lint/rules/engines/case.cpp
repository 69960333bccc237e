// case: how words begin, in headings above all.

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "lint/core/slug.h"
#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/rules/engines/engine.h"

namespace docathon::rules {

namespace {

enum class Style : std::uint8_t { any, sentence, title, lower, upper };
constexpr std::string_view kStyles[] = {"any", "sentence", "title", "lower", "upper"};

// Articles, conjunctions and prepositions that a title has in small letters, unless they are its
// first or last word.
constexpr std::array<std::string_view, 30> kSmallWords = {
    "a",  "an", "the", "and", "but",  "or",   "nor",  "for",  "so",   "yet",
    "at", "by", "in",  "of",  "off",  "on",   "per",  "to",   "up",   "via",
    "as", "if", "is",  "vs",  "from", "into", "with", "than", "over", "onto"};

struct Word {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// `word` with its first letter changed; only ASCII letters have a fix.
std::string with_first(std::string_view word, bool upper) {
    std::string out(word);
    if (upper && out[0] >= 'a' && out[0] <= 'z')
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
    else if (!upper && out[0] >= 'A' && out[0] <= 'Z')
        out[0] = ascii_lower(out[0]);
    return out;
}

/// The same for the parts of a word such as "Quantization-Aware".
std::string without_capitals(std::string_view word) {
    std::string out = with_first(word, false);
    for (std::size_t i = 2; i < out.size(); ++i) {
        if (out[i - 1] == '-' && out[i] >= 'A' && out[i] <= 'Z')
            out[i] = ascii_lower(out[i]);
    }
    return out;
}

/// Words that the text of a page writes with a capital inside of a sentence, and never without:
/// names, such as Python or Linux.
class Names {
  public:
    void read(std::string_view text) {
        bool inside = false;  // behind a word in small letters
        for (std::size_t at = 0; at < text.size();) {
            if (is_ascii_space(text[at])) {
                ++at;
                continue;
            }
            const std::size_t begin = at;
            while (at < text.size() && !is_ascii_space(text[at]))
                ++at;
            std::string_view word = text.substr(begin, at - begin);
            const std::size_t letters = letters_of(word);
            const bool small = letters > 0 && word[0] >= 'a' && word[0] <= 'z';
            if (letters > 1 && small)
                small_.emplace(word.substr(0, letters));
            else if (letters > 1 && inside)
                capital_.emplace(ascii_lower(word.substr(0, letters)));
            inside = small && letters == word.size();
        }
    }
    [[nodiscard]] bool contain(std::string_view word) const {
        const std::string lower = ascii_lower(word.substr(0, letters_of(word)));
        return lower.size() > 1 && capital_.contains(lower) && !small_.contains(lower);
    }

  private:
    static std::size_t letters_of(std::string_view word) {
        std::size_t count = 0;
        while (count < word.size() && is_ascii_alpha(word[count]))
            ++count;
        return count;
    }
    std::set<std::string, std::less<>> small_;
    std::set<std::string, std::less<>> capital_;
};

class Case final : public Engine {
  public:
    explicit Case(EngineMaker& maker) {
        maker.common({.on = "heading", .message = "write '{replacement}'"},
                     {"match", "replacement", "style"});
        if (const Value* matches = maker.find("matches")) {
            matches_ = maker.expression(*matches, matches->text);
            return;
        }
        if (maker.find("style") == nullptr)
            maker.missing("style", "sentence, title, lower or upper; or 'matches', an expression");
        style_ = static_cast<Style>(maker.choice("style", kStyles));
        if (const Value* share = maker.find("threshold")) {
            std::int64_t percent = 0;
            if (!share->as_int(percent) || percent < 0 || percent > 100)
                maker.error(*share, "'threshold' must be an integer from 0 to 100");
            threshold_ = percent;
        }
        for (const Value* word : maker.list("words"))
            words_.push_back(word->text);
        for (const Value* indicator : maker.list("indicators"))
            indicators_.push_back(indicator->text);
        learn_ = maker.boolean("learn-names", false);
    }

    void run(FileView& file, std::span<const Candidate> /*candidates*/,
             Reporter& report) const override {
        const View view = report.common().view;
        if (style_ == Style::any && matches_ == nullptr)
            return;
        const std::vector<std::uint32_t> texts = file.texts(report.common().selector, view);
        Names names;
        if (learn_ && !texts.empty()) {
            const std::vector<TreeEntry>& entries = file.tree().entries();
            for (std::uint32_t entry = 0; entry < entries.size(); ++entry) {
                if (entries[entry].kind != SelectorKind::paragraph)
                    continue;
                for (const std::uint32_t number : file.texts_of(entry, View::prose, false))
                    names.read(file.text(View::prose, number).text());
            }
        }
        for (const std::uint32_t number : texts) {
            const ViewText& text = file.text(view, number);
            if (matches_ != nullptr)
                whole(text, report);
            else
                check(text, names, report);
        }
    }

  private:
    void whole(const ViewText& text, Reporter& report) const {
        const std::string_view bytes = text.text();
        if (trim(bytes).empty() ||
            re2::RE2::PartialMatch(re2::StringPiece(bytes.data(), bytes.size()), *matches_))
            return;
        report.report(text, 0, static_cast<std::uint32_t>(bytes.size()),
                      {{"match", std::string(bytes)}, {"replacement", {}}, {"style", {}}});
    }

    void check(const ViewText& text, const Names& names, Reporter& report) const {
        const std::string_view bytes = text.text();
        std::vector<Word> words;
        for (std::size_t at = 0; at < bytes.size();) {
            if (is_ascii_space(bytes[at])) {
                ++at;
                continue;
            }
            const std::size_t begin = at;
            while (at < bytes.size() && !is_ascii_space(bytes[at]))
                ++at;
            words.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
        }
        std::vector<std::pair<Word, std::string>> wrong;
        std::int64_t judged = 0;
        bool starts = true;  // a sentence begins here
        for (std::size_t i = 0; i < words.size(); ++i) {
            // Without the punctuation around it.
            Word word = words[i];
            while (word.begin < word.end &&
                   !is_word_character(decode_one(bytes, word.begin).code_point))
                word.begin += decode_one(bytes, word.begin).length;
            while (word.end > word.begin &&
                   std::string_view(".,:;!?)]}\"'*").find(bytes[word.end - 1]) !=
                       std::string_view::npos)
                --word.end;
            const std::string_view whole =
                bytes.substr(words[i].begin, words[i].end - words[i].begin);
            const bool first = starts;
            starts = ends_sentence(whole);
            if (word.begin >= word.end) {
                // Code, a number sign, a dash: what begins with code is free to go on.
                starts = first && whole.find("\xef\xbf\xbc") == std::string_view::npos;
                continue;
            }
            const std::string_view text_of = bytes.substr(word.begin, word.end - word.begin);
            if (free(text_of) || names.contain(text_of) ||
                report.excepted(bytes, word.begin, word.end))
                continue;
            ++judged;
            const bool last = i + 1 == words.size();
            std::string expected;
            switch (style_) {
                case Style::any:
                    expected = text_of;
                    break;
                case Style::sentence:
                    // After a full stop or a colon both are right: it may be an abbreviation.
                    expected = first && i > 0 ? std::string(text_of)
                               : first        ? with_first(text_of, true)
                                              : without_capitals(text_of);
                    break;
                case Style::title: {
                    const std::string lower = ascii_lower(text_of);
                    const bool small = std::find(kSmallWords.begin(), kSmallWords.end(), lower) !=
                                       kSmallWords.end();
                    // A small word with a capital is a matter of taste.
                    expected =
                        small && !first && !last ? std::string(text_of) : with_first(text_of, true);
                    break;
                }
                case Style::lower:
                    expected = unicode_lower(text_of);
                    break;
                case Style::upper:
                    expected = ascii_upper(text_of);
                    break;
            }
            if (expected != text_of)
                wrong.emplace_back(word, std::move(expected));
        }
        if (wrong.empty())
            return;
        const std::int64_t right = judged - static_cast<std::int64_t>(wrong.size());
        if (threshold_ && right * 100 >= *threshold_ * judged)
            return;
        note(text, wrong, report);
    }

    void note(const ViewText& text, const std::vector<std::pair<Word, std::string>>& wrong,
              Reporter& report) const {
        const std::string_view bytes = text.text();
        std::string replacement;
        std::uint32_t done = 0;
        std::vector<Edit> edits;
        bool exact = true;
        for (const auto& [word, expected] : wrong) {
            replacement += bytes.substr(done, word.begin - done);
            replacement += expected;
            done = word.end;
            exact = exact && text.verbatim(word.begin, word.end);
            edits.push_back({text.to_source(word.begin, word.end), expected});
        }
        replacement += bytes.substr(done);
        std::uint32_t begin = 0;
        auto end = static_cast<std::uint32_t>(bytes.size());
        while (begin < end && is_ascii_space(bytes[begin]))
            ++begin;
        while (end > begin && is_ascii_space(bytes[end - 1]))
            --end;
        Diagnostic* finding =
            report.report(text.to_source(begin, end),
                          {{"match", readable(bytes)},
                           {"replacement", readable(replacement)},
                           {"style", std::string(kStyles[static_cast<std::size_t>(style_)])}});
        if (exact)
            report.fix(finding, "write '" + readable(replacement) + "'", std::move(edits));
    }

    /// What stands for code in the text of the view, as people read it.
    static std::string readable(std::string_view text) {
        std::string out;
        for (std::size_t at = 0; at < text.size();) {
            if (text.substr(at).starts_with("\xef\xbf\xbc")) {
                out += "...";
                at += 3;
            } else {
                out += text[at++];
            }
        }
        return std::string(trim(out));
    }

    /// Names and abbreviations keep their letters: PyTorch, API, GPUs, v2, C++.
    [[nodiscard]] bool free(std::string_view word) const {
        if (std::find(words_.begin(), words_.end(), word) != words_.end())
            return true;
        if (style_ == Style::lower || style_ == Style::upper)
            return false;
        const auto is_letter = [](char c) {
            return is_ascii_alpha(c) || (static_cast<unsigned char>(c) >= 0x80);
        };
        // Parts of a word such as "Set-up" are judged by its beginning.
        bool later_capital = false;
        bool other = false;
        for (std::size_t i = 0; i < word.size(); ++i) {
            const char c = word[i];
            const bool capital = c >= 'A' && c <= 'Z';
            // "Cortex-M": a letter by name.
            const bool lone = i + 1 == word.size() || word[i + 1] == '-';
            later_capital = later_capital || (i > 0 && capital && (word[i - 1] != '-' || lone));
            other = other || (!is_letter(c) && c != '-' && c != '\'');
        }
        // A lone capital is a letter by name ("Plan B"), but for the article and the pronoun.
        const bool letter = word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z' && word[0] != 'A';
        return later_capital || other || letter;
    }

    [[nodiscard]] bool ends_sentence(std::string_view word) const {
        if (word.ends_with('.') || word.ends_with('!') || word.ends_with('?') ||
            word.ends_with(':'))
            return true;
        return std::any_of(indicators_.begin(), indicators_.end(),
                           [&](const std::string& one) { return word.ends_with(one); });
    }

    Style style_ = Style::any;
    std::shared_ptr<const re2::RE2> matches_;
    std::optional<std::int64_t> threshold_;
    std::vector<std::string> words_;
    std::vector<std::string> indicators_;
    bool learn_ = false;
};

}  // namespace

std::unique_ptr<Engine> make_case(EngineMaker& maker) {
    return std::make_unique<Case>(maker);
}

}  // namespace docathon::rules

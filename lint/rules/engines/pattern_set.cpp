#include "lint/rules/engines/pattern_set.h"

#include <re2/re2.h>
#include <re2/set.h>
#include <utf8proc.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <mutex>

#include "lint/core/utf8.h"

namespace docathon::rules {

namespace {

// Automata are made while texts are read and kept up to this size, so it bounds memory, not cost.
constexpr std::int64_t kSetMemory = 64 << 20;
// Patterns of one RE2::Set. More make its states so large that two sets are cheaper.
constexpr std::size_t kMostInSet = 1000;

RE2::Options re2_options(std::int64_t memory) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(memory);
    return options;
}

re2::StringPiece piece(std::string_view text) {
    return {text.data(), text.size()};
}

bool has_high_byte(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// False only if an expression has no capture group.
bool may_capture(std::string_view expression) {
    for (std::size_t at = expression.find('('); at != std::string_view::npos;
         at = expression.find('(', at + 1)) {
        const std::string_view rest = expression.substr(at + 1);
        if (!rest.starts_with('?') || rest.starts_with("?P<") || rest.starts_with("?<"))
            return true;
    }
    return false;
}

}  // namespace

bool is_word_character(char32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_PC:
            return true;
        default:
            return false;
    }
}

bool word_edge(std::string_view text, std::size_t at) {
    if (at == 0 || at >= text.size())
        return true;
    std::size_t before = at - 1;
    while (before > 0 && at - before < 4 &&
           (static_cast<unsigned char>(text[before]) & 0xc0) == 0x80)
        --before;
    return !is_word_character(decode_one(text, before).code_point) ||
           !is_word_character(decode_one(text, at).code_point);
}

std::string with_pattern_options(std::string_view expression, PatternOptions options) {
    std::string text = options.ignore_case ? "(?i)" : "";
    // \b of RE2 knows ASCII only. Where the expression itself has other letters it would ask for
    // the wrong thing, so that word edges are left to find().
    const bool edges = options.words && !has_high_byte(expression);
    if (edges)
        text += "\\b(?:";
    else if (options.ignore_case)
        text += "(?:";
    text += expression;
    if (edges || options.ignore_case)
        text += ')';
    if (edges)
        text += "\\b";
    return text;
}

struct PatternSets::Impl {
    struct Pattern {
        std::string expression;  // as RE2 gets it
        std::string written;
        PatternOptions options;
        std::uint32_t unit = 0;
        std::once_flag once;
        std::unique_ptr<re2::RE2> single;  // made when it is first needed

        const re2::RE2& get() {
            std::call_once(once, [this] {
                single = std::make_unique<re2::RE2>(expression, re2_options(8 << 20));
            });
            return *single;
        }
    };
    struct Set {
        std::unique_ptr<re2::RE2::Set> set;
        std::vector<PatternId> patterns;
        bool good = false;
    };
    std::vector<std::unique_ptr<Pattern>> patterns;
    std::vector<Set> sets[kViews];
    std::map<std::pair<std::size_t, std::string>, PatternId> known;
};

PatternSets::PatternSets() : impl_(std::make_unique<Impl>()) {}
PatternSets::~PatternSets() = default;
PatternSets::PatternSets(PatternSets&&) noexcept = default;
PatternSets& PatternSets::operator=(PatternSets&&) noexcept = default;

Result<PatternId> PatternSets::add(View view, std::uint32_t unit, std::string expression,
                                   PatternOptions options) {
    auto& sets = impl_->sets[static_cast<std::size_t>(view)];
    if (sets.empty() || sets.back().patterns.size() >= kMostInSet) {
        Impl::Set& set = sets.emplace_back();
        set.set = std::make_unique<re2::RE2::Set>(re2_options(kSetMemory), re2::RE2::UNANCHORED);
    }
    auto pattern = std::make_unique<Impl::Pattern>();
    pattern->expression = with_pattern_options(expression, options);
    pattern->written = std::move(expression);
    pattern->options = options;
    pattern->unit = unit;
    std::string error;
    if (sets.back().set->Add(pattern->expression, &error) < 0)
        return fail(error);
    const auto id = static_cast<PatternId>(impl_->patterns.size());
    sets.back().patterns.push_back(id);
    impl_->patterns.push_back(std::move(pattern));
    return id;
}

PatternId PatternSets::size() const {
    return static_cast<PatternId>(impl_->patterns.size());
}

void PatternSets::compile() {
    for (auto& sets : impl_->sets) {
        for (Impl::Set& set : sets)
            set.good = set.set->Compile();
    }
}

bool PatternSets::empty(View view) const {
    return impl_->sets[static_cast<std::size_t>(view)].empty();
}

void PatternSets::match(View view, std::string_view text, std::vector<PatternId>& out) const {
    out.clear();
    std::vector<int> found;
    for (const Impl::Set& set : impl_->sets[static_cast<std::size_t>(view)]) {
        found.clear();
        re2::RE2::Set::ErrorInfo info{};
        const bool any = set.good && set.set->Match(piece(text), &found, &info);
        if (!set.good || (!any && info.kind != re2::RE2::Set::kNoError)) {
            // Too large for its memory: each for itself.
            out.insert(out.end(), set.patterns.begin(), set.patterns.end());
            continue;
        }
        for (const int one : found)
            out.push_back(set.patterns[static_cast<std::size_t>(one)]);
    }
    std::sort(out.begin(), out.end());
}

std::uint32_t PatternSets::unit(PatternId pattern) const {
    return impl_->patterns[pattern]->unit;
}

const std::string& PatternSets::expression(PatternId pattern) const {
    return impl_->patterns[pattern]->written;
}

bool PatternSets::find(PatternId pattern, std::string_view text, std::uint32_t from,
                       std::uint32_t& begin, std::uint32_t& end) const {
    Impl::Pattern& one = *impl_->patterns[pattern];
    const re2::RE2& expression = one.get();
    // What begins or ends inside a word is tried again one further; how often has a limit, so that
    // no text makes it slow.
    constexpr int kMostTries = 1000;
    for (int tries = 0; from <= text.size() && tries < kMostTries; ++tries) {
        re2::StringPiece match;
        if (!expression.ok() ||
            !expression.Match(piece(text), from, text.size(), re2::RE2::UNANCHORED, &match, 1))
            return false;
        begin = static_cast<std::uint32_t>(match.data() - text.data());
        end = begin + static_cast<std::uint32_t>(match.size());
        const bool edges = !one.options.words || (word_edge(text, begin) && word_edge(text, end));
        if (!match.empty() && edges)
            return true;
        from = begin < text.size() ? begin + decode_one(text, begin).length
                                   : static_cast<std::uint32_t>(text.size()) + 1;
    }
    return false;
}

std::vector<std::string> PatternSets::groups(PatternId pattern, std::string_view text,
                                             std::uint32_t begin, std::uint32_t end) const {
    const re2::RE2& expression = impl_->patterns[pattern]->get();
    const int count = expression.NumberOfCapturingGroups();
    std::vector<re2::StringPiece> pieces(static_cast<std::size_t>(count) + 1);
    std::vector<std::string> groups;
    if (expression.Match(piece(text), begin, end, re2::RE2::ANCHOR_BOTH, pieces.data(),
                         count + 1)) {
        for (std::size_t i = 1; i < pieces.size(); ++i)
            groups.emplace_back(pieces[i].data() == nullptr ? std::string()
                                                            : std::string(pieces[i]));
    }
    groups.resize(static_cast<std::size_t>(count));
    return groups;
}

std::vector<std::string> PatternSets::group_names(PatternId pattern) const {
    // Most have none, and are not made for themselves before they match somewhere.
    if (!may_capture(impl_->patterns[pattern]->written))
        return {};
    const re2::RE2& expression = impl_->patterns[pattern]->get();
    std::vector<std::string> names(
        static_cast<std::size_t>(std::max(0, expression.NumberOfCapturingGroups())));
    for (const auto& [number, name] : expression.CapturingGroupNames())
        names[static_cast<std::size_t>(number) - 1] = name;
    return names;
}

}  // namespace docathon::rules

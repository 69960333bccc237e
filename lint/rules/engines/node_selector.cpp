#include "lint/rules/engines/node_selector.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon::rules {

namespace {

struct KindRow {
    std::string_view name;
    std::array<std::string_view, 6> attributes;  // "" from the first unused one on
};

// In the order of SelectorKind.
constexpr std::array<KindRow, kSelectorKinds> kKinds = {{
    {"document", {"title", "path"}},
    {"section", {"level", "title", "empty"}},
    {"heading", {"level", "text", "skips", "first"}},
    {"paragraph", {"text"}},
    {"sentence", {"text"}},
    {"list", {"ordered"}},
    {"item", {"text"}},
    {"quote", {"text"}},
    {"table", {}},
    {"row", {"header"}},
    {"cell", {"text", "header"}},
    {"code", {"lang", "kind", "text", "info", "fenced"}},
    {"link", {"url", "text", "kind", "title"}},
    {"image", {"url", "alt", "title"}},
    {"role", {"name", "target"}},
    {"directive", {"name", "arg"}},
    {"option", {"name", "value"}},
    {"target", {"name"}},
    {"footnote", {"name"}},
    {"comment", {"text"}},
    {"html", {"text", "kind"}},
    {"math", {"text", "kind"}},
    {"front-matter", {}},
    {"emphasis", {"text"}},
    {"strong", {"text"}},
    {"definition", {"name", "url"}},
    {"docstring", {"object", "kind", "public", "style"}},
    {"doc-section", {"name", "kind", "object"}},
    {"param", {"name", "type", "default", "text", "object"}},
}};

bool is_name_char(char c) {
    return is_ascii_alnum(c) || c == '-' || c == '_';
}

std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& candidates) {
    if (name.size() > 100)
        return {};
    const std::string_view best = nearest(name, candidates, suggestion_distance(name));
    return best.empty() ? std::string() : "; did you mean '" + std::string(best) + "'?";
}

std::string quoted(std::string_view text) {
    constexpr std::size_t kLongest = 40;
    return "'" + escape_control(text.substr(0, kLongest)) + (text.size() > kLongest ? "..." : "") +
           "'";
}

class Parser {
  public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<NodeSelector> parse() {
        NodeSelector selector;
        if (text_.size() > NodeSelector::kMaxLength)
            return fail_at(0, "a selector may have 10,000 bytes at most");
        while (true) {
            skip_space();
            const bool excluded = take('!');
            if (excluded)
                skip_space();
            SelectorPart part;
            if (Result<void> read = read_part(part); !read)
                return tl::unexpected<Error>(read.error());
            (excluded ? selector.excluded : selector.parts).push_back(std::move(part));
            if (selector.parts.size() + selector.excluded.size() > NodeSelector::kMaxParts)
                return fail_at(at_, "a selector may have 100 parts at most");
            if (at_ == text_.size())
                return selector;
            ++at_;  // the comma
        }
    }

  private:
    // Up to a comma or the end.
    Result<void> read_part(SelectorPart& part) {
        bool child = false;
        while (true) {
            if (part.steps.size() == NodeSelector::kMaxSteps)
                return fail_at(at_, "a selector may have 32 steps at most");
            SelectorStep step;
            step.child = child;
            if (Result<void> read = read_step(step); !read)
                return read;
            part.steps.push_back(std::move(step));
            const bool space = skip_space();
            if (at_ == text_.size() || text_[at_] == ',')
                break;
            child = take('>');
            if (child)
                skip_space();
            else if (!space)
                return fail_at(at_, "expected ' ', '>', ',' or '[', found " + here());
        }
        for (std::size_t i = 0; i + 1 < part.steps.size(); ++i) {
            if (part.steps[i].kind == SelectorKind::sentence)
                return fail_at(at_, "'sentence' can only be the last step");
        }
        return {};
    }

    Result<void> read_step(SelectorStep& step) {
        const std::size_t begin = at_;
        const std::string_view name = read_name();
        if (name.empty())
            return fail_at(begin, "expected a kind such as paragraph or heading, found " + here());
        const auto* const row = std::find_if(kKinds.begin(), kKinds.end(),
                                             [&](const KindRow& one) { return one.name == name; });
        if (row == kKinds.end()) {
            return fail_at(begin,
                           "no kind " + quoted(name) + did_you_mean(name, selector_kind_names()));
        }
        step.kind = static_cast<SelectorKind>(row - kKinds.begin());
        while (take('[')) {
            AttributeTest test;
            if (Result<void> read = read_test(step.kind, test); !read)
                return read;
            step.tests.push_back(std::move(test));
        }
        return {};
    }

    Result<void> read_test(SelectorKind kind, AttributeTest& test) {
        skip_space();
        const bool absent = take('!');
        skip_space();
        const std::size_t begin = at_;
        test.name = read_name();
        if (test.name.empty())
            return fail_at(begin, "expected the name of an attribute, found " + here());
        if (kind != SelectorKind::front_matter) {
            const std::vector<std::string_view> names = selector_attributes(kind);
            if (std::find(names.begin(), names.end(), test.name) == names.end()) {
                std::string all;
                for (const std::string_view one : names)
                    all += (all.empty() ? "" : ", ") + std::string(one);
                const std::string hint = did_you_mean(test.name, names);
                return fail_at(begin, "'" + std::string(docathon::rules::to_string(kind)) +
                                          "' has no attribute " + quoted(test.name) +
                                          (!hint.empty() ? hint
                                           : all.empty() ? std::string("; it has none")
                                                         : "; it has " + all));
            }
        }
        skip_space();
        if (absent)
            test.op = AttributeTest::Op::absent;
        if (take(']'))
            return {};
        if (absent)
            return fail_at(at_, "expected ']' after [!" + test.name + ", found " + here());
        constexpr std::pair<std::string_view, AttributeTest::Op> kOps[] = {
            {"=", AttributeTest::Op::equal},
            {"~=", AttributeTest::Op::regex},
            {"^=", AttributeTest::Op::prefix},
            {"$=", AttributeTest::Op::suffix},
            {"*=", AttributeTest::Op::contains}};
        bool found = false;
        for (const auto& [sign, op] : kOps) {
            if (text_.substr(at_).starts_with(sign)) {
                test.op = op;
                at_ += sign.size();
                found = true;
                break;
            }
        }
        if (!found)
            return fail_at(at_, "expected ']', '=', '~=', '^=', '$=' or '*=', found " + here());
        skip_space();
        const std::size_t value = at_;
        if (Result<void> read = read_value(test.value); !read)
            return read;
        if (test.op == AttributeTest::Op::regex) {
            auto expression = std::make_shared<re2::RE2>(test.value, re2::RE2::Quiet);
            if (!expression->ok()) {
                return fail_at(value, quoted(test.value) + " is no regular expression: " +
                                          expression->error() + " (RE2 syntax)");
            }
            test.expression = std::move(expression);
        }
        skip_space();
        if (!take(']'))
            return fail_at(at_, "expected ']', found " + here());
        return {};
    }

    Result<void> read_value(std::string& out) {
        const std::size_t begin = at_;
        const char quote = at_ < text_.size() ? text_[at_] : '\0';
        if (quote != '\'' && quote != '"') {
            while (at_ < text_.size() &&
                   (is_name_char(text_[at_]) ||
                    std::string_view("./:#+@").find(text_[at_]) != std::string_view::npos))
                ++at_;
            out = text_.substr(begin, at_ - begin);
            if (out.empty())
                return fail_at(begin, "expected a word or a text in quotes, found " + here());
            return {};
        }
        for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
            // Only what could not be written otherwise: \d of an expression stays as it is.
            if (text_[at_] == '\\' && at_ + 1 < text_.size() &&
                (text_[at_ + 1] == quote || text_[at_ + 1] == '\\')) {
                if (text_[at_ + 1] == '\\')
                    out += '\\';
                ++at_;
                out += text_[at_];
                continue;
            }
            out += text_[at_];
        }
        if (at_ == text_.size())
            return fail_at(begin, "the quote that begins here is never closed");
        ++at_;
        return {};
    }

    std::string_view read_name() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_name_char(text_[at_]))
            ++at_;
        return text_.substr(begin, at_ - begin);
    }
    bool skip_space() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_ascii_space(text_[at_]))
            ++at_;
        return at_ > begin;
    }
    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c)
            return false;
        ++at_;
        return true;
    }
    std::string here() const {
        if (at_ >= text_.size())
            return "the end";
        return quoted(text_.substr(at_, decode_one(text_, at_).length));
    }
    tl::unexpected<Error> fail_at(std::size_t at, std::string message) const {
        const auto column = code_point_count(text_.substr(0, at)) + 1;
        return fail(std::move(message), {}, 0, static_cast<std::uint32_t>(column));
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::string_view to_string(SelectorKind kind) {
    return kKinds[static_cast<std::size_t>(kind)].name;
}

bool AttributeTest::accepts(std::string_view text) const {
    switch (op) {
        case Op::present:
            return !text.empty();
        case Op::absent:
            return text.empty();
        case Op::equal:
            return text == value;
        case Op::regex:
            return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *expression);
        case Op::prefix:
            return text.starts_with(value);
        case Op::suffix:
            return text.ends_with(value);
        case Op::contains:
            return text.find(value) != std::string_view::npos;
    }
    return false;
}

Result<NodeSelector> compile_selector(std::string_view text) {
    return Parser(text).parse();
}

std::vector<std::string_view> selector_kind_names() {
    std::vector<std::string_view> names;
    for (const KindRow& row : kKinds)
        names.push_back(row.name);
    return names;
}

std::vector<std::string_view> selector_attributes(SelectorKind kind) {
    std::vector<std::string_view> names;
    for (const std::string_view name : kKinds[static_cast<std::size_t>(kind)].attributes) {
        if (!name.empty())
            names.push_back(name);
    }
    return names;
}

}  // namespace docathon::rules

#include "lint/project/sphinx/stub_template.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lint/core/strings.h"

namespace docathon {

namespace {

constexpr int kMostLevels = 32;
constexpr std::size_t kMostSteps = 1u << 18;
constexpr std::size_t kMostBytes = 1u << 20;

/// A value of an expression.
struct Value {
    std::string text;
    std::vector<std::string> list;
    bool is_list = false;
    [[nodiscard]] bool truth() const { return is_list ? !list.empty() : !text.empty(); }
    static Value of(bool value) { return {value ? "True" : "", {}, false}; }
};

enum class PartKind : std::uint8_t { text, print, statement };

struct Part {
    PartKind kind = PartKind::text;
    std::string_view text;  // of tags: what is between the brackets
};

std::vector<Part> parts_of(std::string_view text) {
    std::vector<Part> out;
    bool strip = false;  // what follows, up to the next text
    while (!text.empty()) {
        std::size_t open = 0;
        while ((open = text.find('{', open)) != std::string_view::npos && open + 1 < text.size() &&
               std::string_view("{%#").find(text[open + 1]) == std::string_view::npos)
            ++open;
        if (open == std::string_view::npos || open + 1 >= text.size()) {
            out.push_back({PartKind::text, strip ? trim_left(text) : text});
            break;
        }
        const char kind = text[open + 1];
        const std::string_view closing = kind == '{' ? "}}" : kind == '%' ? "%}" : "#}";
        const std::size_t close = text.find(closing, open + 2);
        if (close == std::string_view::npos) {
            out.push_back({PartKind::text, text});
            break;
        }
        std::string_view before = text.substr(0, open);
        std::string_view inner = text.substr(open + 2, close - open - 2);
        if (strip)
            before = trim_left(before);
        if (inner.starts_with('-')) {
            before = trim_right(before);
            inner.remove_prefix(1);
        }
        strip = inner.ends_with('-');
        if (strip)
            inner.remove_suffix(1);
        out.push_back({PartKind::text, before});
        if (kind != '#')
            out.push_back({kind == '{' ? PartKind::print : PartKind::statement, trim(inner)});
        text.remove_prefix(close + 2);
    }
    return out;
}

using Scope = std::map<std::string, Value, std::less<>>;

/// Reads one expression.
class Expression {
  public:
    Expression(std::string_view text, const Scope& scope) : text_(text), scope_(scope) {}

    std::optional<Value> read() {
        std::optional<Value> out = either(0);
        skip();
        return at_ == text_.size() ? out : std::nullopt;
    }

  private:
    void skip() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t'))
            ++at_;
    }
    static bool is_word(char c) { return is_ascii_alnum(c) || c == '_'; }
    bool take(std::string_view what) {
        skip();
        if (!text_.substr(at_).starts_with(what))
            return false;
        const std::size_t end = at_ + what.size();
        if (is_word(what[0]) && end < text_.size() && is_word(text_[end]))
            return false;
        at_ = end;
        return true;
    }
    std::string_view word() {
        skip();
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_word(text_[at_]))
            ++at_;
        return text_.substr(begin, at_ - begin);
    }

    std::optional<Value> either(int depth) {
        std::optional<Value> left = both(depth);
        while (left && take("or")) {
            std::optional<Value> right = both(depth);
            if (!right)
                return std::nullopt;
            if (!left->truth())
                left = std::move(right);
        }
        return left;
    }
    std::optional<Value> both(int depth) {
        std::optional<Value> left = negation(depth);
        while (left && take("and")) {
            std::optional<Value> right = negation(depth);
            if (!right)
                return std::nullopt;
            if (left->truth())
                left = std::move(right);
        }
        return left;
    }
    std::optional<Value> negation(int depth) {
        if (depth > kMostLevels)
            return std::nullopt;
        if (take("not")) {
            const std::optional<Value> value = negation(depth + 1);
            return value ? std::optional(Value::of(!value->truth())) : std::nullopt;
        }
        return comparison(depth);
    }
    std::optional<Value> comparison(int depth) {
        const std::optional<Value> left = postfix(depth);
        if (!left)
            return left;
        const bool equal = take("==");
        const bool differs = !equal && take("!=");
        const bool outside = !equal && !differs && take("not");
        if (outside && !take("in"))
            return std::nullopt;
        const bool inside = !equal && !differs && !outside && take("in");
        if (!equal && !differs && !outside && !inside)
            return left;
        const std::optional<Value> right = postfix(depth);
        if (!right || left->is_list)
            return std::nullopt;
        if (equal || differs)
            return right->is_list ? std::nullopt
                                  : std::optional(Value::of((left->text == right->text) == equal));
        const bool found = right->is_list ? std::find(right->list.begin(), right->list.end(),
                                                      left->text) != right->list.end()
                                          : right->text.find(left->text) != std::string::npos;
        return Value::of(found == inside);
    }
    std::optional<Value> postfix(int depth) {
        std::optional<Value> value = primary(depth);
        while (value) {
            if (take("|")) {
                static constexpr std::array kNone = std::to_array<std::string_view>(
                    {"e", "escape", "list", "sort", "trim", "underline", "unique"});
                const std::string_view filter = word();
                // They change how a title looks, or an order.
                if (std::find(kNone.begin(), kNone.end(), filter) == kNone.end())
                    return std::nullopt;
                if (take("(")) {
                    if (!take(")") && (!either(depth + 1) || !take(")")))
                        return std::nullopt;
                }
            } else if (take(".")) {
                const std::string_view method = word();
                if ((method != "startswith" && method != "endswith") || value->is_list ||
                    !take("("))
                    return std::nullopt;
                const std::optional<Value> argument = either(depth + 1);
                if (!argument || argument->is_list || !take(")"))
                    return std::nullopt;
                value = Value::of(method == "startswith" ? value->text.starts_with(argument->text)
                                                         : value->text.ends_with(argument->text));
            } else {
                skip();
                // A subscript, or a call of something.
                if (at_ < text_.size() && (text_[at_] == '[' || text_[at_] == '('))
                    return std::nullopt;
                return value;
            }
        }
        return value;
    }
    std::optional<Value> primary(int depth) {
        skip();
        if (depth > kMostLevels || at_ == text_.size())
            return std::nullopt;
        const char first = text_[at_];
        if (first == '\'' || first == '"') {
            const std::size_t end = text_.find(first, at_ + 1);
            if (end == std::string_view::npos)
                return std::nullopt;
            Value out;
            out.text = text_.substr(at_ + 1, end - at_ - 1);
            at_ = end + 1;
            return out;
        }
        if (take("(")) {
            std::optional<Value> inner = either(depth + 1);
            return take(")") ? inner : std::nullopt;
        }
        if (take("[")) {
            Value out;
            out.is_list = true;
            while (!take("]")) {
                const std::optional<Value> item = either(depth + 1);
                if (!item || item->is_list)
                    return std::nullopt;
                out.list.push_back(item->text);
                if (!take(",") && text_.substr(at_).find(']') == std::string_view::npos)
                    return std::nullopt;
            }
            return out;
        }
        const std::string_view name = word();
        if (name.empty())
            return std::nullopt;
        if (name == "_") {  // a translation of what it is given
            if (!take("("))
                return std::nullopt;
            std::optional<Value> inner = either(depth + 1);
            return take(")") ? inner : std::nullopt;
        }
        const auto at = scope_.find(name);
        return at == scope_.end() ? std::nullopt : std::optional(at->second);
    }

    std::string_view text_;
    const Scope& scope_;
    std::size_t at_ = 0;
};

class Filler {
  public:
    Filler(std::vector<Part> parts, Scope scope)
        : parts_(std::move(parts)), scope_(std::move(scope)) {}

    std::optional<std::string> fill() {
        std::size_t at = 0;
        if (!run(at, true, 0) || at != parts_.size())
            return std::nullopt;
        return std::move(out_);
    }

  private:
    std::optional<Value> value(std::string_view text) const {
        return Expression(text, scope_).read();
    }

    static std::string_view first_word(std::string_view text) {
        return text.substr(0, std::min(text.find_first_of(" \t\n"), text.size()));
    }

    /// Up to a tag that ends or divides what encloses it; `live`: whether it is written.
    bool run(std::size_t& at, bool live, int depth) {
        if (depth > kMostLevels)
            return false;
        for (; at < parts_.size(); ++at) {
            if (++steps_ > kMostSteps || out_.size() > kMostBytes)
                return false;
            const Part& part = parts_[at];
            if (part.kind == PartKind::text) {
                if (live)
                    out_ += part.text;
                continue;
            }
            if (part.kind == PartKind::print) {
                if (!live)
                    continue;
                const std::optional<Value> printed = value(part.text);
                if (!printed || printed->is_list)
                    return false;
                out_ += printed->text;
                continue;
            }
            const std::string_view word = first_word(part.text);
            const std::string_view rest = trim(part.text.substr(word.size()));
            if (word.starts_with("end") || word == "elif" || word == "else")
                return true;
            const bool good = word == "if"      ? choose(at, rest, live, depth)
                              : word == "for"   ? repeat(at, rest, live, depth)
                              : word == "block" ? block(at, live, depth)
                              : word == "set"   ? assign(rest, live)
                                                : false;
            if (!good)
                return false;
        }
        return true;
    }

    [[nodiscard]] bool is_tag(std::size_t at, std::string_view word) const {
        return at < parts_.size() && parts_[at].kind == PartKind::statement &&
               first_word(parts_[at].text) == word;
    }

    bool block(std::size_t& at, bool live, int depth) {
        return run(++at, live, depth + 1) && is_tag(at, "endblock");
    }

    bool choose(std::size_t& at, std::string_view test, bool live, int depth) {
        bool done = !live;
        while (true) {
            bool take = false;
            if (!done) {
                const std::optional<Value> tested = value(test);
                if (!tested)
                    return false;
                take = done = tested->truth();
            }
            if (!run(++at, take, depth + 1))
                return false;
            if (is_tag(at, "endif"))
                return true;
            if (is_tag(at, "elif")) {
                test = trim(parts_[at].text.substr(4));
                continue;
            }
            if (!is_tag(at, "else"))
                return false;
            return run(++at, !done, depth + 1) && is_tag(at, "endif");
        }
    }

    bool repeat(std::size_t& at, std::string_view head, bool live, int depth) {
        const std::size_t in = head.find(" in ");
        if (in == std::string_view::npos)
            return false;
        const std::string name(trim(head.substr(0, in)));
        std::string_view over = head.substr(in + 4);
        std::string_view only;
        if (const std::size_t filter = over.find(" if "); filter != std::string_view::npos) {
            only = over.substr(filter + 4);
            over = over.substr(0, filter);
        }
        std::vector<std::string> items;
        if (live) {
            std::optional<Value> list = value(over);
            if (!list || !list->is_list)
                return false;
            items = std::move(list->list);
        }
        const std::size_t begin = at + 1;
        const Scope before = scope_;
        for (std::string& item : items) {
            scope_[name] = {std::move(item), {}, false};
            if (!only.empty()) {
                const std::optional<Value> tested = value(only);
                if (!tested)
                    return false;
                if (!tested->truth())
                    continue;
            }
            at = begin;
            if (!run(at, true, depth + 1) || !is_tag(at, "endfor"))
                return false;
        }
        scope_ = before;
        at = begin;
        return run(at, false, depth + 1) && is_tag(at, "endfor");
    }

    bool assign(std::string_view text, bool live) {
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos)
            return false;
        if (!live)
            return true;
        std::optional<Value> made = value(text.substr(equals + 1));
        if (!made)
            return false;
        scope_[std::string(trim(text.substr(0, equals)))] = std::move(*made);
        return true;
    }

    std::vector<Part> parts_;
    Scope scope_;
    std::string out_;
    std::size_t steps_ = 0;
};

}  // namespace

std::optional<std::string> fill_template(std::string_view text, const StubValues& values) {
    Scope scope;
    for (const auto& [name, value] : values.texts)
        scope[name] = {value, {}, false};
    for (const auto& [name, list] : values.lists)
        scope[name] = {{}, list, true};
    return Filler(parts_of(text), std::move(scope)).fill();
}

}  // namespace docathon

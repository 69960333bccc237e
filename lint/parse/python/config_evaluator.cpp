#include "lint/parse/python/config_evaluator.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <unordered_map>

#include "lint/core/path.h"
#include "lint/core/strings.h"

namespace docathon::config_reader {
namespace {

using Kind = PyValue::Kind;

constexpr std::size_t kMaxDottedName = 200;

PyValue unknown(std::string reason) {
    return PyValue::make_unknown(std::move(reason));
}

PyValue none() {
    PyValue value;
    value.kind = Kind::none;
    return value;
}

bool is_path_of_root(const std::string& text) {
    return text.find(kRepositoryRoot) != std::string::npos;
}

void mark_partial(PyValue& value, std::string reason) {
    if (value.partial)
        return;
    value.partial = true;
    value.text = std::move(reason);
}

void append_utf8(std::uint32_t code, std::string& out) {
    if (code < 0x80) {
        out += static_cast<char>(code == static_cast<std::uint32_t>(kRepositoryRoot) ? '?' : code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xe0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | ((code >> 18) & 0x07));
        out += static_cast<char>(0x80 | ((code >> 12) & 0x3f));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
}

// The escape at text[i] == '\\'; i is left behind it. Language reference, section 2.4.1.1.
void decode_escape(std::string_view text, std::size_t& i, std::string& out) {
    const auto hex = [&](std::size_t digits) {
        std::uint32_t code = 0;
        std::size_t k = 0;
        while (k < digits && i + k < text.size() && hex_digit(text[i + k]) >= 0) {
            code = code * 16 + static_cast<std::uint32_t>(hex_digit(text[i + k]));
            ++k;
        }
        i += k;
        append_utf8(code, out);
    };
    ++i;
    if (i >= text.size()) {
        out += '\\';
        return;
    }
    const char c = text[i++];
    switch (c) {
        case '\n':
            return;
        case '\r':
            if (i < text.size() && text[i] == '\n')
                ++i;
            return;
        case '\\':
            out += '\\';
            return;
        case '\'':
            out += '\'';
            return;
        case '"':
            out += '"';
            return;
        case 'a':
            out += '\a';
            return;
        case 'b':
            out += '\b';
            return;
        case 'f':
            out += '\f';
            return;
        case 'n':
            out += '\n';
            return;
        case 'r':
            out += '\r';
            return;
        case 't':
            out += '\t';
            return;
        case 'v':
            out += '\v';
            return;
        case 'x':
            hex(2);
            return;
        case 'u':
            hex(4);
            return;
        case 'U':
            hex(8);
            return;
        default:
            break;
    }
    if (c >= '0' && c <= '7') {
        std::uint32_t code = static_cast<std::uint32_t>(c - '0');
        for (int k = 0; k < 2 && i < text.size() && text[i] >= '0' && text[i] <= '7'; ++k) {
            code = code * 8 + static_cast<std::uint32_t>(text[i++] - '0');
        }
        append_utf8(code, out);
        return;
    }
    out += '\\';
    out += c;
}

// Text of a value inside of a joined string, as str() gives it; nullopt if that is not known.
std::optional<std::string> as_text(const PyValue& value) {
    switch (value.kind) {
        case Kind::string:
            return value.text;
        case Kind::integer:
            return std::to_string(value.integer);
        case Kind::boolean:
            return std::string(value.boolean ? "True" : "False");
        case Kind::none:
            return std::string("None");
        default:
            return std::nullopt;
    }
}

std::optional<double> as_number(const PyValue& value) {
    switch (value.kind) {
        case Kind::boolean:
            return value.boolean ? 1.0 : 0.0;
        case Kind::integer:
            return static_cast<double>(value.integer);
        case Kind::floating:
            return value.floating;
        default:
            return std::nullopt;
    }
}

std::optional<bool> equals(const PyValue& a, const PyValue& b) {
    const std::optional<double> left = as_number(a);
    const std::optional<double> right = as_number(b);
    if (left && right)
        return *left == *right;
    if (!a.fully_known() || !b.fully_known())
        return std::nullopt;
    if (a.is_string() && b.is_string() && (is_path_of_root(a.text) || is_path_of_root(b.text))) {
        return std::nullopt;
    }
    return equal(a, b);
}

std::optional<bool> contains(const PyValue& container, const PyValue& item) {
    if (container.is_string()) {
        if (!item.is_string() || is_path_of_root(container.text) || is_path_of_root(item.text)) {
            return std::nullopt;
        }
        return container.text.find(item.text) != std::string::npos;
    }
    if (!container.is_list() && !container.is_dict())
        return std::nullopt;
    bool known = !container.partial;
    for (const PyValue& candidate : container.is_dict() ? container.keys : container.items) {
        const std::optional<bool> hit = equals(candidate, item);
        if (hit && *hit) {
            // In a list that is known in part, an item may be absent in truth.
            return container.partial ? std::nullopt : std::optional<bool>(true);
        }
        known = known && hit.has_value();
    }
    return known ? std::optional<bool>(false) : std::nullopt;
}

/// `"man" in tags`: Sphinx puts the name of the builder there, which is html for us. Tags of the
/// command line nobody knows.
std::optional<bool> has_tag(const PyValue& tag) {
    static constexpr std::array<std::string_view, 14> kOtherBuilders = {
        "changes", "devhelp",   "doctest", "epub",   "gettext", "htmlhelp", "latex",
        "man",     "linkcheck", "pdf",     "qthelp", "texinfo", "text",     "xml"};
    if (!tag.is_string())
        return std::nullopt;
    if (tag.text == "html" || tag.text == "builder_html" || tag.text == "format_html")
        return true;
    std::string_view name = tag.text;
    for (const std::string_view start : {"builder_", "format_"}) {
        if (name.starts_with(start))
            name.remove_prefix(start.size());
    }
    if (std::find(kOtherBuilders.begin(), kOtherBuilders.end(), name) == kOtherBuilders.end())
        return std::nullopt;
    return false;
}

std::optional<bool> less(const PyValue& a, const PyValue& b) {
    const std::optional<double> left = as_number(a);
    const std::optional<double> right = as_number(b);
    if (left && right)
        return *left < *right;
    if (a.is_string() && b.is_string() && !is_path_of_root(a.text) && !is_path_of_root(b.text)) {
        return a.text < b.text;
    }
    return std::nullopt;
}

std::optional<bool> negate(std::optional<bool> value) {
    return value ? std::optional<bool>(!*value) : std::nullopt;
}

PyValue of_truth(std::optional<bool> value) {
    return value ? PyValue::make_bool(*value) : unknown("depends on a value that is not known");
}

// Parent of a path: of the repository's root as well, which is outside and never comes back.
std::string parent_of(const std::string& path) {
    if (path.size() == 1 && path[0] == kRepositoryRoot)
        return path + "/..";
    if (path.starts_with(kRepositoryRoot) && path.ends_with("/.."))
        return path + "/..";
    return std::string(dirname(path));
}

// Names of modules with a value that is the same wherever a site is built.
std::optional<PyValue> constant(std::string_view dotted) {
    if (dotted == "os.sep" || dotted == "os.path.sep")
        return PyValue::make_string("/");
    if (dotted == "os.curdir" || dotted == "os.path.curdir")
        return PyValue::make_string(".");
    if (dotted == "os.pardir" || dotted == "os.path.pardir")
        return PyValue::make_string("..");
    if (dotted == "typing.TYPE_CHECKING")
        return PyValue::make_bool(false);
    return std::nullopt;
}

std::string without_slash(std::string path) {
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    return path;
}

}  // namespace

std::optional<bool> truth(const PyValue& value) {
    switch (value.kind) {
        case Kind::unknown:
            return std::nullopt;
        case Kind::none:
            return false;
        case Kind::boolean:
            return value.boolean;
        case Kind::integer:
            return value.integer != 0;
        case Kind::floating:
            return value.floating != 0;
        case Kind::string:
            return !value.text.empty();
        case Kind::list:
        case Kind::dict:
            break;
    }
    if (value.partial)
        return std::nullopt;
    return !value.items.empty();
}

std::string join_python_paths(const std::string& left, const std::string& right) {
    if (right.starts_with('/') || right.starts_with(kRepositoryRoot))
        return right;
    if (left.empty())
        return right;
    return left.ends_with('/') ? left + right : left + "/" + right;
}

void put_item(PyValue& dict, PyValue key, PyValue value, Budget& budget) {
    if (key.is_unknown() || key.is_list() || key.is_dict() || !budget.take(dict.keys.size() / 8)) {
        mark_partial(dict, key.is_unknown() ? key.text : "a key that is not known");
        return;
    }
    dict.depth =
        static_cast<std::uint8_t>(std::max<int>(dict.depth, std::min(value.depth + 1, 255)));
    for (std::size_t i = 0; i < dict.keys.size(); ++i) {
        if (equal(dict.keys[i], key)) {
            dict.items[i] = std::move(value);
            return;
        }
    }
    dict.keys.push_back(std::move(key));
    dict.items.push_back(std::move(value));
}

struct Evaluator::Depth {
    explicit Depth(int& depth) : depth_(depth) { ++depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    ~Depth() { --depth_; }
    [[nodiscard]] bool too_deep() const { return depth_ > kMaxDepth; }

  private:
    int& depth_;
};

PyValue Evaluator::evaluate(const std::vector<Token>& tokens, std::uint32_t first,
                            std::uint32_t last) {
    const auto* outer_tokens = tokens_;
    const std::uint32_t outer_pos = pos_;
    const std::uint32_t outer_end = end_;
    tokens_ = &tokens;
    pos_ = first;
    end_ = last;
    PyValue value = first < last ? tuple() : unknown("a syntax error");
    if (pos_ < end_)
        value = unknown("a syntax error");
    tokens_ = outer_tokens;
    pos_ = outer_pos;
    end_ = outer_end;
    comprehension_ = false;
    if (value.depth > kMaxDepth)
        return unknown("nested too deeply");
    return value;
}

Evaluator::Arguments Evaluator::arguments(const std::vector<Token>& tokens, std::uint32_t open) {
    const auto* outer_tokens = tokens_;
    const std::uint32_t outer_pos = pos_;
    const std::uint32_t outer_end = end_;
    tokens_ = &tokens;
    pos_ = open + 1;
    end_ = tokens[open].match;
    Arguments args;
    if (end_ <= open)
        args.complete = false;
    while (end_ > open && pos_ < end_) {
        if (!budget_.take(1)) {
            args.complete = false;
            break;
        }
        if (take("**")) {
            PyValue value = expression();
            if (!value.is_dict() || value.partial)
                args.complete = false;
            for (std::size_t i = 0; i < value.items.size() && i < value.keys.size(); ++i) {
                if (!value.keys[i].is_string())
                    continue;
                args.named.emplace_back(value.keys[i].text, std::move(value.items[i]));
            }
        } else if (take("*")) {
            PyValue value = expression();
            if (!value.is_list() || value.partial)
                args.complete = false;
            std::move(value.items.begin(), value.items.end(), std::back_inserter(args.positional));
        } else if (pos_ + 1 < end_ && (*tokens_)[pos_].kind == TokenKind::name &&
                   (*tokens_)[pos_ + 1].kind == TokenKind::op &&
                   text_.substr((*tokens_)[pos_ + 1].begin,
                                (*tokens_)[pos_ + 1].end - (*tokens_)[pos_ + 1].begin) == "=") {
            std::string name(here());
            pos_ += 2;
            args.named.emplace_back(std::move(name), expression());
        } else {
            comprehension_ = false;
            PyValue value = expression();
            if (comprehension_) {
                comprehension_ = false;
                value = unknown("a comprehension");
            }
            args.positional.push_back(std::move(value));
        }
        if (pos_ < end_ && !take(",")) {
            args.complete = false;
            break;
        }
    }
    tokens_ = outer_tokens;
    pos_ = outer_pos;
    end_ = outer_end;
    return args;
}

std::string Evaluator::dotted_name(const std::vector<Token>& tokens, std::uint32_t first,
                                   std::uint32_t last) const {
    std::string result;
    for (std::uint32_t i = first; i < last; ++i) {
        const Token& token = tokens[i];
        const std::string_view text = text_.substr(token.begin, token.end - token.begin);
        if ((i - first) % 2 == 1) {
            if (token.kind != TokenKind::op || text != ".")
                return {};
            result += '.';
        } else {
            if (token.kind != TokenKind::name)
                return {};
            const auto it = i == first ? modules_.find(text) : modules_.end();
            result += it == modules_.end() ? text : std::string_view(it->second);
        }
    }
    return result.ends_with('.') ? std::string() : result;
}

bool Evaluator::at(std::string_view text) const {
    if (pos_ >= end_)
        return false;
    const Token& token = (*tokens_)[pos_];
    if (token.kind != TokenKind::op && token.kind != TokenKind::name)
        return false;
    return token.end - token.begin == text.size() && text_.substr(token.begin, text.size()) == text;
}

bool Evaluator::take(std::string_view text) {
    if (!at(text))
        return false;
    ++pos_;
    return true;
}

std::string_view Evaluator::here() const {
    const Token& token = (*tokens_)[pos_];
    return text_.substr(token.begin, token.end - token.begin);
}

// a, b, *c
PyValue Evaluator::tuple() {
    if (!at("*")) {
        PyValue first = expression();
        if (!at(","))
            return first;
        std::vector<PyValue> found;
        found.push_back(std::move(first));
        ++pos_;
        bool complete = true;
        std::string why;
        bool comma = false;
        std::vector<PyValue> rest = items(complete, why, comma);
        std::move(rest.begin(), rest.end(), std::back_inserter(found));
        PyValue value = PyValue::make_list(std::move(found));
        if (!complete)
            mark_partial(value, why);
        return value;
    }
    bool complete = true;
    std::string why;
    bool comma = false;
    PyValue value = PyValue::make_list(items(complete, why, comma));
    if (!complete)
        mark_partial(value, why);
    return value;
}

// Items up to end_, separated by commas.
std::vector<PyValue> Evaluator::items(bool& complete, std::string& why, bool& comma) {
    std::vector<PyValue> found;
    const auto lose = [&](std::string reason) {
        if (complete)
            why = std::move(reason);
        complete = false;
    };
    while (pos_ < end_) {
        if (!budget_.take(1)) {
            lose("too much to read");
            skip_to_end();
            break;
        }
        if (take("*")) {
            PyValue value = expression();
            if (value.is_dict()) {
                value.items = std::move(value.keys);
                value.kind = Kind::list;
            }
            if (!value.is_list()) {
                lose(value.is_unknown() ? value.text : "unpacks a value that is not known");
            } else {
                if (value.partial)
                    lose(value.text);
                std::move(value.items.begin(), value.items.end(), std::back_inserter(found));
            }
        } else {
            comprehension_ = false;
            PyValue value = expression();
            if (comprehension_) {
                comprehension_ = false;
                lose("a comprehension");
            } else {
                found.push_back(std::move(value));
            }
        }
        if (pos_ >= end_)
            break;
        if (!take(",")) {
            lose("a syntax error");
            skip_to_end();
            break;
        }
        comma = true;
    }
    return found;
}

PyValue Evaluator::expression() {
    const Depth depth(depth_);
    if (depth.too_deep()) {
        skip_to_end();
        return unknown("nested too deeply");
    }
    if (at("lambda")) {
        // Past the parameters, then to the comma or the end of the group: no part is ever needed.
        const auto skip_until = [this](std::string_view stop) {
            while (pos_ < end_ && !at(stop))
                pos_ = std::max((*tokens_)[pos_].match, pos_) + 1;
        };
        skip_until(":");
        skip_until(",");
        return unknown("a function");
    }
    if (at("yield") || at("await")) {
        skip_to_end();
        return unknown("a coroutine");
    }
    PyValue value = or_test();
    // One loop for a chain: a if x else b if y else c.
    if (at("if")) {
        std::optional<PyValue> chosen;
        std::vector<PyValue> possible;
        bool decided = false;
        while (take("if")) {
            const std::optional<bool> condition = truth(or_test());
            if (!decided && condition.value_or(true)) {
                if (condition)
                    decided = true;
                possible.push_back(std::move(value));
            }
            if (!take("else"))
                break;
            if (at("lambda")) {
                value = expression();
                break;
            }
            value = or_test();
        }
        if (!decided)
            possible.push_back(std::move(value));
        for (const PyValue& other : possible) {
            if (!equal(other, possible.front()))
                chosen = unknown("depends on a condition");
        }
        if (possible.size() == 1 || !chosen)
            chosen = std::move(possible.front());
        value = std::move(*chosen);
    }
    if (at(":=")) {
        ++pos_;
        value = expression();
    }
    if (at("for") || (at("async"))) {
        comprehension_ = true;
        skip_to_end();
        return unknown("a comprehension");
    }
    return value;
}

PyValue Evaluator::or_test() {
    PyValue value = and_test();
    while (take("or")) {
        PyValue right = and_test();
        const std::optional<bool> known = truth(value);
        if (!known) {
            value = unknown(value.is_unknown() ? value.text : "depends on a condition");
        } else if (!*known) {
            value = std::move(right);
        }
    }
    return value;
}

PyValue Evaluator::and_test() {
    PyValue value = not_test();
    while (take("and")) {
        PyValue right = not_test();
        const std::optional<bool> known = truth(value);
        if (!known) {
            // x and False is falsy whatever x is, but which falsy value is not known.
            const std::optional<bool> other = truth(right);
            value =
                other && !*other ? PyValue::make_bool(false) : unknown("depends on a condition");
        } else if (*known) {
            value = std::move(right);
        }
    }
    return value;
}

PyValue Evaluator::not_test() {
    bool any = false;
    bool negated = false;
    while (take("not")) {
        any = true;
        negated = !negated;
    }
    PyValue value = comparison();
    if (!any)
        return value;
    std::optional<bool> known = truth(value);
    return of_truth(negated ? negate(known) : known);
}

PyValue Evaluator::comparison() {
    PyValue left = binary(0);
    std::optional<bool> all = true;
    bool compared = false;
    while (pos_ < end_) {
        std::optional<bool> result;
        enum class Op { eq, ne, lt, gt, le, ge, in, not_in, is, is_not } op;
        if (take("==")) {
            op = Op::eq;
        } else if (take("!=") || take("<>")) {
            op = Op::ne;
        } else if (take("<=")) {
            op = Op::le;
        } else if (take(">=")) {
            op = Op::ge;
        } else if (take("<")) {
            op = Op::lt;
        } else if (take(">")) {
            op = Op::gt;
        } else if (take("in")) {
            op = Op::in;
        } else if (take("is")) {
            op = take("not") ? Op::is_not : Op::is;
        } else if (at("not") && pos_ + 1 < end_) {
            ++pos_;
            if (!take("in")) {
                --pos_;
                break;
            }
            op = Op::not_in;
        } else {
            break;
        }
        compared = true;
        const bool of_tags = at("tags");
        PyValue right = binary(0);
        switch (op) {
            case Op::eq:
            case Op::is:
                result = equals(left, right);
                break;
            case Op::ne:
            case Op::is_not:
                result = negate(equals(left, right));
                break;
            case Op::lt:
                result = less(left, right);
                break;
            case Op::gt:
                result = less(right, left);
                break;
            case Op::le:
                result = negate(less(right, left));
                break;
            case Op::ge:
                result = negate(less(left, right));
                break;
            case Op::in:
            case Op::not_in:
                result = of_tags && right.is_unknown() ? has_tag(left) : contains(right, left);
                if (op == Op::not_in)
                    result = negate(result);
                break;
        }
        if (!result) {
            if (all && *all)
                all = std::nullopt;
        } else if (!*result) {
            all = false;
        }
        left = std::move(right);
    }
    return compared ? of_truth(all) : left;
}

PyValue Evaluator::binary(int least) {
    constexpr std::array<std::array<std::string_view, 5>, 6> kLevels = {
        {{"|"}, {"^"}, {"&"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "//", "%", "@"}}};
    if (least == static_cast<int>(kLevels.size()))
        return unary();
    PyValue left = binary(least + 1);
    while (pos_ < end_ && (*tokens_)[pos_].kind == TokenKind::op) {
        std::string_view op;
        for (const std::string_view candidate : kLevels[static_cast<std::size_t>(least)]) {
            if (!candidate.empty() && at(candidate))
                op = candidate;
        }
        if (op.empty())
            break;
        ++pos_;
        PyValue right = binary(least + 1);
        left = apply(op, std::move(left), std::move(right));
    }
    return left;
}

PyValue Evaluator::unary() {
    bool any = false;
    bool negative = false;
    bool inverted = false;
    while (pos_ < end_) {
        if (take("-")) {
            negative = !negative;
        } else if (take("~")) {
            inverted = true;
        } else if (!take("+")) {
            break;
        }
        any = true;
    }
    PyValue value = power();
    if (!any)
        return value;
    if (inverted)
        return unknown("arithmetic");
    if (value.is_int() && value.integer != std::numeric_limits<std::int64_t>::min()) {
        if (negative)
            value.integer = -value.integer;
        return value;
    }
    if (value.kind == Kind::floating) {
        if (negative)
            value.floating = -value.floating;
        return value;
    }
    return unknown("arithmetic");
}

PyValue Evaluator::power() {
    PyValue value = own(primary());
    bool raised = false;
    while (take("**")) {
        raised = true;
        while (take("-") || take("+") || take("~")) {
        }
        (void)primary();
    }
    return raised ? unknown("arithmetic") : value;
}

PyValue Evaluator::own(Operand operand) {
    if (operand.borrowed != nullptr) {
        if (!budget_.take_copy(*operand.borrowed))
            return unknown("too much to read");
        return *operand.borrowed;
    }
    if (!operand.dotted.empty())
        return unknown("'" + operand.dotted + "' is not known");
    return std::move(operand.value);
}

Evaluator::Operand Evaluator::primary() {
    if (!budget_.take(1)) {
        skip_to_end();
        return {unknown("too much to read"), nullptr, {}};
    }
    Operand base = atom();
    while (pos_ < end_ && (*tokens_)[pos_].kind == TokenKind::op) {
        if (!budget_.take(1)) {
            skip_to_end();
            return {unknown("too much to read"), nullptr, {}};
        }
        const Token& token = (*tokens_)[pos_];
        const char c = text_[token.begin];
        if (c == '.' && token.end - token.begin == 1 && pos_ + 1 < end_ &&
            (*tokens_)[pos_ + 1].kind == TokenKind::name) {
            ++pos_;
            const std::string_view attribute_name = here();
            ++pos_;
            if (pos_ < end_ && at("(") && base.dotted.empty()) {
                base = call({}, attribute_name, base);
            } else {
                base = attribute(std::move(base), attribute_name);
            }
        } else if (c == '(') {
            base = call(std::move(base), {}, {});
        } else if (c == '[') {
            base = subscript(std::move(base));
        } else {
            break;
        }
    }
    return base;
}

Evaluator::Operand Evaluator::atom() {
    if (pos_ >= end_)
        return {unknown("a syntax error"), nullptr, {}};
    const Token& token = (*tokens_)[pos_];
    switch (token.kind) {
        case TokenKind::string:
            return {strings(), nullptr, {}};
        case TokenKind::broken_string:
            break;
        case TokenKind::number: {
            ++pos_;
            return {number(token), nullptr, {}};
        }
        case TokenKind::name:
            return name();
        case TokenKind::op: {
            const char c = text_[token.begin];
            if ((c != '(' && c != '[' && c != '{') || token.match == pos_) {
                if (take("..."))
                    return {unknown("an ellipsis"), nullptr, {}};
                break;
            }
            const std::uint32_t outer = end_;
            const std::uint32_t close = token.match;
            if (close >= outer)
                break;
            ++pos_;
            end_ = close;
            PyValue value;
            if (c == '{') {
                value = braces();
            } else {
                bool complete = true;
                bool comma = false;
                std::string why;
                std::vector<PyValue> found = items(complete, why, comma);
                if (c == '(' && !comma && complete && found.size() == 1) {
                    value = std::move(found.front());
                } else {
                    value = PyValue::make_list(std::move(found));
                    if (!complete)
                        mark_partial(value, why);
                }
            }
            pos_ = close + 1;
            end_ = outer;
            if (value.depth > kMaxDepth)
                value = unknown("nested too deeply");
            return {std::move(value), nullptr, {}};
        }
    }
    skip_to_end();
    return {unknown("a syntax error"), nullptr, {}};
}

// Dict or set between braces.
PyValue Evaluator::braces() {
    PyValue value;
    value.kind = Kind::dict;
    value.depth = 1;
    if (pos_ >= end_)
        return value;
    // Keys are looked up here, or a long dict would take quadratic time.
    std::unordered_map<std::string, std::size_t> index;
    bool set = false;
    bool complete = true;
    std::string why;
    const auto lose = [&](std::string reason) {
        if (complete)
            why = std::move(reason);
        complete = false;
    };
    const auto put = [&](PyValue key, PyValue item) {
        value.depth =
            static_cast<std::uint8_t>(std::max<int>(value.depth, std::min(item.depth + 1, 255)));
        if (!key.is_string()) {
            if (key.is_unknown())
                lose(key.text);
            put_item(value, std::move(key), std::move(item), budget_);
            return;
        }
        const auto [it, fresh] = index.try_emplace(key.text, value.keys.size());
        if (fresh) {
            value.keys.push_back(std::move(key));
            value.items.push_back(std::move(item));
        } else {
            value.items[it->second] = std::move(item);
        }
    };
    std::vector<PyValue> members;
    while (pos_ < end_) {
        if (!budget_.take(1)) {
            lose("too much to read");
            break;
        }
        if (take("**")) {
            PyValue other = expression();
            if (other.is_dict()) {
                if (other.partial)
                    lose(other.text);
                for (std::size_t i = 0; i < other.keys.size(); ++i) {
                    put(std::move(other.keys[i]), std::move(other.items[i]));
                }
            } else {
                lose(other.is_unknown() ? other.text : "unpacks a value that is not known");
            }
        } else if (take("*")) {
            set = true;
            PyValue other = expression();
            if (!other.is_list() || other.partial) {
                lose(other.is_list() || other.is_unknown() ? other.text
                                                           : "unpacks a value that is not known");
            }
            std::move(other.items.begin(), other.items.end(), std::back_inserter(members));
        } else {
            comprehension_ = false;
            PyValue key = expression();
            if (comprehension_) {
                comprehension_ = false;
                set = true;
                lose("a comprehension");
            } else if (take(":")) {
                PyValue item = expression();
                if (comprehension_) {
                    comprehension_ = false;
                    lose("a comprehension");
                } else {
                    put(std::move(key), std::move(item));
                }
            } else {
                set = true;
                members.push_back(std::move(key));
            }
        }
        if (pos_ < end_ && !take(",")) {
            lose("a syntax error");
            break;
        }
    }
    if (set && value.keys.empty())
        value = PyValue::make_list(std::move(members));
    if (!complete)
        mark_partial(value, why);
    return value;
}

Evaluator::Operand Evaluator::name() {
    const std::string_view word = here();
    ++pos_;
    if (word == "True" || word == "False")
        return {PyValue::make_bool(word == "True"), nullptr, {}};
    if (word == "None")
        return {none(), nullptr, {}};
    if (const PyValue* value = scope_.find(word))
        return {{}, value, {}};
    const auto it = modules_.find(word);
    if (it != modules_.end()) {
        if (std::optional<PyValue> value = constant(it->second))
            return {std::move(*value), nullptr, {}};
        return {{}, nullptr, it->second};
    }
    std::string rooted(1, kRepositoryRoot);
    if (word == "__file__")
        return {PyValue::make_string(rooted + "/" + path_), nullptr, {}};
    if (word == "__name__")
        return {PyValue::make_string("builtins"), nullptr, {}};
    return {{}, nullptr, std::string(word)};
}

Evaluator::Operand Evaluator::attribute(Operand base, std::string_view name) {
    if (!base.dotted.empty()) {
        std::string dotted = base.dotted + "." + std::string(name);
        if (std::optional<PyValue> value = constant(dotted))
            return {std::move(*value), nullptr, {}};
        if (const PyValue* value = module_value_(base.dotted, name))
            return {{}, value, {}};
        if (dotted.size() > kMaxDottedName)
            return {unknown("a long name"), nullptr, {}};
        return {{}, nullptr, std::move(dotted)};
    }
    const PyValue& value = base.get();
    if (value.is_string()) {
        // Only pathlib's objects have attributes without a call.
        const std::string path = without_slash(value.text);
        if (name == "parent")
            return {PyValue::make_string(parent_of(path)), nullptr, {}};
        if (name == "name")
            return {PyValue::make_string(std::string(basename(path))), nullptr, {}};
        if (name == "suffix")
            return {PyValue::make_string(std::string(extension(path))), nullptr, {}};
        if (name == "stem") {
            const std::string_view last = basename(path);
            return {PyValue::make_string(
                        std::string(last.substr(0, last.size() - extension(path).size()))),
                    nullptr,
                    {}};
        }
        if (name == "parents") {
            std::vector<PyValue> parents;
            std::string at = path;
            for (int i = 0; i < 20 && !at.empty() && at != "/"; ++i) {
                at = parent_of(at);
                parents.push_back(PyValue::make_string(at));
            }
            return {PyValue::make_list(std::move(parents)), nullptr, {}};
        }
    }
    return {unknown(value.is_unknown() ? value.text : "attribute '" + std::string(name) + "'"),
            nullptr,
            {}};
}

Evaluator::Operand Evaluator::subscript(Operand base) {
    const Token& open = (*tokens_)[pos_];
    const std::uint32_t close = open.match;
    if (close <= pos_ || close >= end_) {
        skip_to_end();
        return {unknown("a syntax error"), nullptr, {}};
    }
    if (!base.dotted.empty()) {
        pos_ = close + 1;
        return {unknown("'" + base.dotted + "' is not known"), nullptr, {}};
    }
    const std::uint32_t outer = end_;
    ++pos_;
    end_ = close;
    // Bounds of a slice: [a:b], either may be missing.
    std::optional<PyValue> first;
    std::optional<PyValue> last;
    bool slice = false;
    bool step = false;
    if (!at(":"))
        first = tuple();
    if (take(":")) {
        slice = true;
        if (pos_ < end_ && !at(":"))
            last = expression();
        step = pos_ < end_;
    }
    pos_ = close + 1;
    end_ = outer;

    const PyValue& value = base.get();
    const std::string not_known =
        value.is_unknown() || value.partial ? value.text : "a subscript that is not known";
    const auto give = [&](const PyValue& item) -> Operand {
        if (base.borrowed != nullptr)
            return {{}, &item, {}};
        return {PyValue(item), nullptr, {}};
    };
    if (slice) {
        const bool text = value.is_string();
        const bool plain = text ? std::all_of(value.text.begin(), value.text.end(),
                                              [](char c) { return c > 0 && c != kRepositoryRoot; })
                                : value.is_list() && !value.partial;
        if (!plain || step || (first && !first->is_int()) || (last && !last->is_int())) {
            return {unknown(not_known), nullptr, {}};
        }
        const auto size = static_cast<std::int64_t>(text ? value.text.size() : value.items.size());
        const auto clamp = [size](std::int64_t i) {
            if (i < 0)
                i = std::max<std::int64_t>(i + size, 0);
            return std::min(i, size);
        };
        const std::int64_t from = first ? clamp(std::max(first->integer, -size)) : 0;
        const std::int64_t to =
            std::max(from, last ? clamp(std::max(last->integer, -size - 1)) : size);
        if (text) {
            return {PyValue::make_string(value.text.substr(static_cast<std::size_t>(from),
                                                           static_cast<std::size_t>(to - from))),
                    nullptr,
                    {}};
        }
        if (!budget_.take_copy(value))
            return {unknown("too much to read"), nullptr, {}};
        return {PyValue::make_list(
                    std::vector<PyValue>(value.items.begin() + from, value.items.begin() + to)),
                nullptr,
                {}};
    }
    if (value.is_dict() && first) {
        if (!budget_.take(value.keys.size() / 8))
            return {unknown("too much to read"), nullptr, {}};
        for (std::size_t i = 0; i < value.keys.size(); ++i) {
            if (equal(value.keys[i], *first))
                return give(value.items[i]);
        }
        return {
            unknown(value.partial ? value.text : "a key that the dict does not have"), nullptr, {}};
    }
    if (value.is_list() && first && first->is_int()) {
        const auto size = static_cast<std::int64_t>(value.items.size());
        std::int64_t i = first->integer;
        if (i < 0 && i >= -size)
            i += size;
        if (value.partial || i < 0 || i >= size)
            return {unknown(not_known), nullptr, {}};
        return give(value.items[static_cast<std::size_t>(i)]);
    }
    return {unknown(not_known), nullptr, {}};
}

Evaluator::Operand Evaluator::call(Operand base, std::string_view method, const Operand& self) {
    const std::uint32_t open = pos_;
    const std::uint32_t close = (*tokens_)[open].match;
    if (close <= open || close >= end_) {
        skip_to_end();
        return {unknown("a syntax error"), nullptr, {}};
    }
    pos_ = close + 1;
    if (!method.empty()) {
        const PyValue& value = self.get();
        if (value.is_unknown())
            return {unknown(value.text), nullptr, {}};
        return {call_method(value, method, arguments(*tokens_, open)), nullptr, {}};
    }
    if (base.dotted.empty()) {
        const PyValue& value = base.get();
        return {unknown(value.is_unknown() ? value.text : "a call"), nullptr, {}};
    }
    // Arguments of functions that are not known are not even looked at.
    static constexpr std::array<std::string_view, 36> kFunctions = {"bool",
                                                                    "dict",
                                                                    "enumerate",
                                                                    "frozenset",
                                                                    "int",
                                                                    "len",
                                                                    "list",
                                                                    "os.fspath",
                                                                    "os.getcwd",
                                                                    "os.path.abspath",
                                                                    "os.path.basename",
                                                                    "os.path.dirname",
                                                                    "os.path.join",
                                                                    "os.path.normpath",
                                                                    "os.path.realpath",
                                                                    "pathlib.Path",
                                                                    "pathlib.Path.cwd",
                                                                    "pathlib.PosixPath",
                                                                    "pathlib.PurePath",
                                                                    "pathlib.PurePosixPath",
                                                                    "posixpath.join",
                                                                    "range",
                                                                    "set",
                                                                    "sorted",
                                                                    "str",
                                                                    "tuple",
                                                                    "zip",
                                                                    "repr",
                                                                    "posixpath.dirname",
                                                                    "posixpath.abspath",
                                                                    "os.path.expanduser",
                                                                    "re.escape",
                                                                    "reversed",
                                                                    "typing.cast",
                                                                    "collections.OrderedDict",
                                                                    "copy.deepcopy"};
    if (std::find(kFunctions.begin(), kFunctions.end(), base.dotted) == kFunctions.end()) {
        return {unknown("calls '" + base.dotted + "'"), nullptr, {}};
    }
    return {call_function(base.dotted, arguments(*tokens_, open)), nullptr, {}};
}

PyValue Evaluator::call_function(const std::string& name, Arguments args) {
    PyValue fallback = unknown("calls '" + name + "'");
    std::vector<PyValue>& list = args.positional;
    if (name == "dict" || name == "collections.OrderedDict") {
        PyValue value;
        value.kind = Kind::dict;
        value.depth = 1;
        if (!list.empty()) {
            if (list[0].is_dict()) {
                value = std::move(list[0]);
            } else if (list[0].is_list()) {
                if (list[0].partial)
                    mark_partial(value, list[0].text);
                for (PyValue& pair : list[0].items) {
                    if (pair.is_list() && !pair.partial && pair.items.size() == 2) {
                        put_item(value, std::move(pair.items[0]), std::move(pair.items[1]),
                                 budget_);
                    } else {
                        mark_partial(value, "an item that is not known");
                    }
                }
            } else {
                mark_partial(value,
                             list[0].is_unknown() ? list[0].text : "a value that is not known");
            }
        }
        for (auto& [key, item] : args.named) {
            put_item(value, PyValue::make_string(std::move(key)), std::move(item), budget_);
        }
        if (!args.complete)
            mark_partial(value, "arguments that are not known");
        return value;
    }
    if (!args.complete || !args.named.empty())
        return fallback;
    if (name == "os.getcwd" || name == "pathlib.Path.cwd")
        return PyValue::make_string(absolute("."));
    if (name == "range") {
        std::int64_t from = 0;
        std::int64_t to = 0;
        if (list.size() == 1 && list[0].is_int()) {
            to = list[0].integer;
        } else if (list.size() == 2 && list[0].is_int() && list[1].is_int()) {
            from = list[0].integer;
            to = list[1].integer;
        } else {
            return fallback;
        }
        if (from < -10'000 || to > 10'000)
            return fallback;
        std::vector<PyValue> numbers;
        if (to > from && !budget_.take(static_cast<std::size_t>(to - from)))
            return fallback;
        for (std::int64_t i = from; i < to; ++i)
            numbers.push_back(PyValue::make_int(i));
        return PyValue::make_list(std::move(numbers));
    }
    if (list.empty()) {
        if (name == "list" || name == "tuple" || name == "set" || name == "frozenset") {
            return PyValue::make_list({});
        }
        if (name == "str")
            return PyValue::make_string({});
        if (name.starts_with("pathlib."))
            return PyValue::make_string(".");
        return fallback;
    }
    for (const PyValue& argument : list) {
        if (argument.is_unknown())
            return unknown(argument.text);
    }
    PyValue& one = list[0];
    if (name == "typing.cast" && list.size() == 2)
        return std::move(list[1]);
    if (name == "zip") {
        std::size_t shortest = one.items.size();
        for (const PyValue& argument : list) {
            if (!argument.is_list() || argument.partial)
                return fallback;
            shortest = std::min(shortest, argument.items.size());
        }
        std::vector<PyValue> rows;
        for (std::size_t i = 0; i < shortest; ++i) {
            std::vector<PyValue> row;
            for (PyValue& argument : list)
                row.push_back(std::move(argument.items[i]));
            rows.push_back(PyValue::make_list(std::move(row)));
        }
        return PyValue::make_list(std::move(rows));
    }
    if (name == "os.path.join" || name == "posixpath.join" || name.starts_with("pathlib.")) {
        std::string joined;
        for (const PyValue& argument : list) {
            if (!argument.is_string())
                return fallback;
            joined = join_python_paths(joined, argument.text);
            if (!budget_.take(1 + joined.size() / 64) || joined.size() > kMaxText)
                return fallback;
        }
        return PyValue::make_string(std::move(joined));
    }
    if (list.size() != 1)
        return fallback;
    if (one.is_string()) {
        if (name == "os.path.dirname" || name == "posixpath.dirname")
            return PyValue::make_string(parent_of(one.text));
        if (name == "os.path.basename")
            return PyValue::make_string(std::string(basename(one.text)));
        if (name == "os.path.abspath" || name == "os.path.realpath" ||
            name == "posixpath.abspath") {
            return PyValue::make_string(absolute(one.text));
        }
        if (name == "os.path.normpath") {
            return PyValue::make_string(is_path_of_root(one.text) ? absolute(one.text)
                                                                  : normalize_path(one.text));
        }
        if (name == "os.path.expanduser" && !one.text.starts_with('~'))
            return std::move(one);
        if (name == "os.fspath")
            return std::move(one);
        if (name == "int") {
            std::int64_t number = 0;
            const std::string_view digits = trim(one.text);
            const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), number);
            if (end.ec == std::errc() && end.ptr == digits.data() + digits.size())
                return PyValue::make_int(number);
            return fallback;
        }
    }
    if (name == "str") {
        const std::optional<std::string> text = as_text(one);
        return text ? PyValue::make_string(*text) : fallback;
    }
    if (name == "int" && (one.is_int() || one.is_bool())) {
        return PyValue::make_int(one.is_int() ? one.integer : one.boolean ? 1 : 0);
    }
    if (name == "bool")
        return of_truth(truth(one));
    if (name == "copy.deepcopy")
        return std::move(one);
    if (one.is_dict()) {
        one.kind = Kind::list;
        one.items = std::move(one.keys);
        one.keys.clear();
    }
    if (!one.is_list()) {
        if (name == "len" && one.is_string() &&
            std::all_of(one.text.begin(), one.text.end(),
                        [](char c) { return c > 0 && c != kRepositoryRoot; })) {
            return PyValue::make_int(static_cast<std::int64_t>(one.text.size()));
        }
        return fallback;
    }
    if (name == "len") {
        return one.partial ? fallback
                           : PyValue::make_int(static_cast<std::int64_t>(one.items.size()));
    }
    if (name == "list" || name == "tuple" || name == "set" || name == "frozenset")
        return std::move(one);
    if (name == "reversed") {
        std::reverse(one.items.begin(), one.items.end());
        return std::move(one);
    }
    if (name == "sorted") {
        if (std::any_of(one.items.begin(), one.items.end(),
                        [](const PyValue& item) { return !item.is_string(); })) {
            return fallback;
        }
        std::sort(one.items.begin(), one.items.end(),
                  [](const PyValue& a, const PyValue& b) { return a.text < b.text; });
        return std::move(one);
    }
    if (name == "enumerate" && !one.partial) {
        std::vector<PyValue> rows;
        for (std::size_t i = 0; i < one.items.size(); ++i) {
            std::vector<PyValue> row;
            row.push_back(PyValue::make_int(static_cast<std::int64_t>(i)));
            row.push_back(std::move(one.items[i]));
            rows.push_back(PyValue::make_list(std::move(row)));
        }
        return PyValue::make_list(std::move(rows));
    }
    return fallback;
}

PyValue Evaluator::call_method(const PyValue& self, std::string_view name, Arguments args) {
    PyValue fallback = unknown("calls '." + std::string(name) + "()'");
    std::vector<PyValue>& list = args.positional;
    if (self.is_string() && name == "format")
        return brace_format(self.text, args);
    if (!args.complete)
        return fallback;
    for (const PyValue& argument : list) {
        if (argument.is_unknown() && name != "get")
            return unknown(argument.text);
    }
    const auto text_argument = [&](std::size_t i) {
        return i < list.size() && list[i].is_string();
    };
    if (self.is_string()) {
        const std::string& text = self.text;
        if (!budget_.take(1 + text.size() / 64))
            return unknown("too much to read");
        // Paths: pathlib's methods on what pathlib.Path() gave.
        if (name == "resolve" || name == "absolute")
            return PyValue::make_string(absolute(text));
        if (name == "as_posix" || name == "expanduser" || name == "__str__")
            return self;
        if (name == "joinpath") {
            std::string joined = text;
            for (const PyValue& argument : list) {
                if (!argument.is_string())
                    return fallback;
                joined = join_python_paths(joined, argument.text);
            }
            return limited(std::move(joined));
        }
        if (name == "with_suffix" && text_argument(0)) {
            return PyValue::make_string(text.substr(0, text.size() - extension(text).size()) +
                                        list[0].text);
        }
        if (name == "join") {
            if (list.size() != 1 || !list[0].is_list() || list[0].partial)
                return fallback;
            std::string joined;
            for (std::size_t i = 0; i < list[0].items.size(); ++i) {
                const PyValue& item = list[0].items[i];
                if (!item.is_string())
                    return unknown(item.is_unknown() ? item.text : fallback.text);
                if (i > 0)
                    joined += text;
                joined += item.text;
                if (joined.size() > kMaxText)
                    return unknown("too much to read");
            }
            return PyValue::make_string(std::move(joined));
        }
        if (is_path_of_root(text))
            return unknown("an absolute path");
        if (name == "lower" || name == "casefold")
            return PyValue::make_string(ascii_lower(text));
        if (name == "upper")
            return PyValue::make_string(ascii_upper(text));
        if (name == "startswith" && text_argument(0))
            return PyValue::make_bool(text.starts_with(list[0].text));
        if (name == "endswith" && text_argument(0))
            return PyValue::make_bool(text.ends_with(list[0].text));
        if (name == "removeprefix" && text_argument(0)) {
            return PyValue::make_string(
                text.starts_with(list[0].text) ? text.substr(list[0].text.size()) : text);
        }
        if (name == "removesuffix" && text_argument(0)) {
            return PyValue::make_string(text.ends_with(list[0].text)
                                            ? text.substr(0, text.size() - list[0].text.size())
                                            : text);
        }
        if (name == "strip" || name == "lstrip" || name == "rstrip") {
            if (!list.empty() && !text_argument(0))
                return fallback;
            const std::string set = list.empty() ? " \t\n\r\f\v" : list[0].text;
            std::size_t from = 0;
            std::size_t to = text.size();
            while (name != "rstrip" && from < to && set.find(text[from]) != std::string::npos)
                ++from;
            while (name != "lstrip" && to > from && set.find(text[to - 1]) != std::string::npos)
                --to;
            return PyValue::make_string(text.substr(from, to - from));
        }
        if (name == "replace" && list.size() == 2 && text_argument(0) && text_argument(1) &&
            !list[0].text.empty()) {
            std::string result;
            std::size_t at = 0;
            while (true) {
                const std::size_t hit = text.find(list[0].text, at);
                result.append(text, at, hit == std::string::npos ? hit : hit - at);
                if (hit == std::string::npos || result.size() > kMaxText)
                    break;
                result += list[1].text;
                at = hit + list[0].text.size();
            }
            return limited(std::move(result));
        }
        if (name == "split" && list.size() <= 1 && args.named.empty()) {
            std::vector<PyValue> parts;
            if (list.empty()) {
                std::size_t at = 0;
                while (at < text.size()) {
                    while (at < text.size() && is_ascii_space(text[at]))
                        ++at;
                    const std::size_t begin = at;
                    while (at < text.size() && !is_ascii_space(text[at]))
                        ++at;
                    if (at > begin)
                        parts.push_back(PyValue::make_string(text.substr(begin, at - begin)));
                }
            } else {
                if (!text_argument(0) || list[0].text.empty())
                    return fallback;
                std::size_t at = 0;
                while (true) {
                    const std::size_t hit = text.find(list[0].text, at);
                    parts.push_back(PyValue::make_string(
                        text.substr(at, hit == std::string::npos ? hit : hit - at)));
                    if (hit == std::string::npos)
                        break;
                    at = hit + list[0].text.size();
                }
            }
            if (!budget_.take(parts.size()))
                return unknown("too much to read");
            return PyValue::make_list(std::move(parts));
        }
        return fallback;
    }
    if (!budget_.take_copy(self))
        return unknown("too much to read");
    if (name == "copy" && list.empty())
        return self;
    if (self.is_dict()) {
        if (name == "get" && !list.empty()) {
            for (std::size_t i = 0; i < self.keys.size(); ++i) {
                if (equal(self.keys[i], list[0]))
                    return self.items[i];
            }
            if (self.partial || list[0].is_unknown())
                return unknown(self.partial ? self.text : list[0].text);
            return list.size() > 1 ? std::move(list[1]) : none();
        }
        PyValue result;
        if (name == "keys") {
            result = PyValue::make_list(self.keys);
        } else if (name == "values") {
            result = PyValue::make_list(self.items);
        } else if (name == "items") {
            std::vector<PyValue> pairs;
            for (std::size_t i = 0; i < self.keys.size(); ++i) {
                pairs.push_back(PyValue::make_list({self.keys[i], self.items[i]}));
            }
            result = PyValue::make_list(std::move(pairs));
        } else {
            return fallback;
        }
        if (self.partial)
            mark_partial(result, self.text);
        return result;
    }
    // Sets are lists here.
    if (self.is_list() && name == "union")
        return apply("|", self, list.empty() ? PyValue::make_list({}) : std::move(list[0]));
    return fallback;
}

PyValue Evaluator::apply(std::string_view op, PyValue left, PyValue right) {
    if (op == "/") {
        if (left.is_string() && right.is_string())
            return limited(join_python_paths(left.text, right.text));
        if (left.is_unknown())
            return left;
        return right.is_unknown() ? std::move(right) : unknown("arithmetic");
    }
    if (op == "%" && left.is_string())
        return percent_format(left.text, right);
    if (op == "|") {
        if (left.is_dict() || right.is_dict()) {
            if (!left.is_dict()) {
                mark_partial(right,
                             left.is_unknown() ? left.text : "joins a value that is not known");
                return right;
            }
            if (!right.is_dict()) {
                mark_partial(left,
                             right.is_unknown() ? right.text : "joins a value that is not known");
                return left;
            }
            if (right.partial)
                mark_partial(left, right.text);
            for (std::size_t i = 0; i < right.keys.size(); ++i) {
                put_item(left, std::move(right.keys[i]), std::move(right.items[i]), budget_);
            }
            return left;
        }
        op = "+";  // of sets, which are lists here
        if (!left.is_list() && !right.is_list()) {
            return left.is_unknown()    ? std::move(left)
                   : right.is_unknown() ? std::move(right)
                                        : unknown("arithmetic");
        }
    }
    if (op == "+") {
        if (left.is_string() && right.is_string()) {
            if (right.text.starts_with(kRepositoryRoot) && !left.text.empty())
                return unknown("an absolute path");
            if (!budget_.take(right.text.size() / 64))
                return unknown("too much to read");
            left.text += right.text;
            return left.text.size() > kMaxText ? unknown("too much to read") : std::move(left);
        }
        if (left.is_list() || right.is_list()) {
            // A sum with a list is a list.
            if (!left.is_list()) {
                mark_partial(right,
                             left.is_unknown() ? left.text : "joins a value that is not known");
                return right;
            }
            if (!right.is_list()) {
                mark_partial(left,
                             right.is_unknown() ? right.text : "joins a value that is not known");
                return left;
            }
            if (right.partial)
                mark_partial(left, right.text);
            left.depth = std::max(left.depth, right.depth);
            std::move(right.items.begin(), right.items.end(), std::back_inserter(left.items));
            return left;
        }
    }
    if (left.is_unknown())
        return left;
    if (right.is_unknown())
        return right;
    if (op == "*" && right.is_int() && (left.is_string() || (left.is_list() && !left.partial))) {
        const auto times =
            static_cast<std::size_t>(std::clamp<std::int64_t>(right.integer, 0, 1'000'000));
        const std::size_t size =
            8 + left.text.size() / 16 + 8 * left.items.size() * (left.depth + 1u);
        if (times != 0 && (size > kMaxText / times || !budget_.take(size * times)))
            return unknown("too much to read");
        PyValue result = left;
        result.text.clear();
        result.items.clear();
        for (std::size_t i = 0; i < times; ++i) {
            result.text += left.text;
            result.items.insert(result.items.end(), left.items.begin(), left.items.end());
        }
        return result;
    }
    if (left.is_int() && right.is_int()) {
        std::int64_t result = 0;
        bool overflow = true;
        if (op == "+")
            overflow = __builtin_add_overflow(left.integer, right.integer, &result);
        if (op == "-")
            overflow = __builtin_sub_overflow(left.integer, right.integer, &result);
        if (op == "*")
            overflow = __builtin_mul_overflow(left.integer, right.integer, &result);
        if (!overflow)
            return PyValue::make_int(result);
    }
    return unknown("arithmetic");
}

PyValue Evaluator::limited(std::string text) {
    if (text.size() > kMaxText || !budget_.take(1 + text.size() / 64))
        return unknown("too much to read");
    return PyValue::make_string(std::move(text));
}

std::string Evaluator::absolute(const std::string& path) const {
    std::string relative;
    if (path.starts_with(kRepositoryRoot)) {
        relative =
            normalize_path(path.size() > 1 ? std::string_view(path).substr(2) : std::string_view());
    } else if (path.starts_with('/')) {
        return normalize_path(path);
    } else {
        relative =
            join_path(folder_, path);  // Sphinx reads conf.py with its folder as working directory
    }
    std::string result(1, kRepositoryRoot);
    if (!relative.empty())
        result += "/" + relative;
    return result;
}

PyValue Evaluator::strings() {
    PyValue value = string_literal((*tokens_)[pos_++]);
    while (pos_ < end_ && (*tokens_)[pos_].kind == TokenKind::string) {
        PyValue next = string_literal((*tokens_)[pos_++]);
        if (value.is_string() && next.is_string()) {
            value.text += next.text;
        } else if (!next.is_string()) {
            value = std::move(next);
        }
    }
    return value;
}

PyValue Evaluator::string_literal(const Token& token) {
    std::uint32_t begin = token.begin;
    bool raw = false;
    bool format = false;
    while (text_[begin] != '"' && text_[begin] != '\'') {
        const char c = ascii_lower(text_[begin]);
        if (c == 'b')
            return unknown("bytes");
        if (c == 't')
            return unknown("a template string");
        raw = raw || c == 'r';
        format = format || c == 'f';
        ++begin;
    }
    const char quote = text_[begin];
    const bool is_long =
        token.end - begin >= 6 && text_[begin + 1] == quote && text_[begin + 2] == quote;
    const std::uint32_t size = is_long ? 3 : 1;
    begin += size;
    const std::uint32_t end = token.end - size;
    if (!budget_.take(1 + (end - begin) / 16))
        return unknown("too much to read");
    if (format)
        return formatted(begin, end, raw, token.line);
    const std::string_view body = text_.substr(begin, end - begin);
    std::string text;
    text.reserve(body.size());
    for (std::size_t i = 0; i < body.size();) {
        if (body[i] == '\\' && !raw) {
            if (body.substr(i, 3) == "\\N{")
                return unknown("a character by name");
            decode_escape(body, i, text);
        } else {
            text += body[i] == kRepositoryRoot ? '?' : body[i];
            ++i;
        }
    }
    return PyValue::make_string(std::move(text));
}

// The inside of an f-string.
PyValue Evaluator::formatted(std::uint32_t begin, std::uint32_t end, bool raw, std::uint32_t line) {
    const Depth depth(depth_);
    if (depth.too_deep())
        return unknown("nested too deeply");
    const std::string_view body = text_.substr(0, end);
    std::string text;
    std::string why;
    for (std::size_t i = begin; i < end;) {
        const char c = body[i];
        if (c == '\\' && !raw) {
            if (body.substr(i, 3) == "\\N{")
                return unknown("a character by name");
            decode_escape(body, i, text);
            continue;
        }
        if ((c == '{' || c == '}') && i + 1 < end && body[i + 1] == c) {
            text += c;
            i += 2;
            continue;
        }
        if (c != '{') {
            text += c == kRepositoryRoot ? '?' : c;
            ++i;
            continue;
        }
        // Tokens up to the closing brace say where the expression ends.
        std::size_t close = i + 1;
        int braces = 1;
        char quote = 0;
        while (close < end) {
            const char d = body[close];
            if (quote != 0) {
                if (d == quote)
                    quote = 0;
            } else if (d == '"' || d == '\'') {
                quote = d;
            } else if (d == '{' || d == '[' || d == '(') {
                ++braces;
            } else if (d == '}' || d == ']' || d == ')') {
                if (--braces == 0)
                    break;
            }
            ++close;
        }
        if (close >= end)
            return unknown("a syntax error");
        const TokenList list = tokenize(body, static_cast<std::uint32_t>(i + 1),
                                        static_cast<std::uint32_t>(close), line);
        // x=, x!r and x:>10 change the text in ways that are not followed, except !s.
        auto last = static_cast<std::uint32_t>(list.tokens.size());
        bool plain = last > 0 && list.lines.size() == 1 && !list.errors;
        for (std::uint32_t k = 0; plain && k < last; ++k) {
            const Token& token = list.tokens[k];
            if (token.kind != TokenKind::op)
                continue;
            if (token.match > k) {
                k = token.match;
                continue;
            }
            const char d = text_[token.begin];
            if (d == '!' && token.end - token.begin == 1) {
                const bool as_string = k + 2 == last && text_[list.tokens[k + 1].begin] == 's';
                plain = as_string;
                last = k;
            } else if (d == ':' || (d == '=' && token.end - token.begin == 1)) {
                plain = false;
            }
        }
        if (!plain) {
            why = "a formatted value";
        } else {
            const PyValue value = evaluate(list.tokens, 0, last);
            const std::optional<std::string> part = as_text(value);
            if (!part) {
                why = value.is_unknown() ? value.text : "a formatted value";
            } else if (!text.empty() && part->starts_with(kRepositoryRoot)) {
                why = "an absolute path";
            } else {
                text += *part;
                if (text.size() > kMaxText || !budget_.take(1 + part->size() / 64))
                    return unknown("too much to read");
            }
        }
        i = close + 1;
    }
    return why.empty() ? PyValue::make_string(std::move(text)) : unknown(why);
}

PyValue Evaluator::number(const Token& token) {
    std::string digits;
    for (const char c : text_.substr(token.begin, token.end - token.begin)) {
        if (c != '_')
            digits += ascii_lower(c);
    }
    if (digits.ends_with('j') || digits.size() > 64)
        return unknown("a number");
    int base = 10;
    std::string_view rest = digits;
    if (digits.starts_with("0x") || digits.starts_with("0o") || digits.starts_with("0b")) {
        base = digits[1] == 'x' ? 16 : digits[1] == 'o' ? 8 : 2;
        rest.remove_prefix(2);
    }
    std::int64_t integer = 0;
    const auto whole = std::from_chars(rest.data(), rest.data() + rest.size(), integer, base);
    if (whole.ec == std::errc() && whole.ptr == rest.data() + rest.size())
        return PyValue::make_int(integer);
    PyValue value;
    value.kind = Kind::floating;
    const auto fraction =
        std::from_chars(digits.data(), digits.data() + digits.size(), value.floating);
    if (fraction.ec == std::errc() && fraction.ptr == digits.data() + digits.size())
        return value;
    return unknown("a number");
}

// "%s" % x, with %s, %d, %% and %(name)s only.
PyValue Evaluator::percent_format(const std::string& format, const PyValue& values) {
    if (values.is_unknown())
        return values;
    std::string text;
    std::size_t used = 0;
    bool named = false;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') {
            text += format[i];
            continue;
        }
        if (++i >= format.size())
            return unknown("a formatted value");
        if (format[i] == '%') {
            text += '%';
            continue;
        }
        const PyValue* value = nullptr;
        if (format[i] == '(') {
            const std::size_t close = format.find(')', i);
            if (close == std::string::npos || close + 1 >= format.size())
                return unknown("a formatted value");
            if (!budget_.take(values.keys.size() / 8))
                return unknown("too much to read");
            value = values.find(std::string_view(format).substr(i + 1, close - i - 1));
            i = close + 1;
            named = true;
        } else if (values.is_list()) {
            if (used < values.items.size() && !values.partial)
                value = &values.items[used];
            ++used;
        } else {
            if (used == 0)
                value = &values;
            ++used;
        }
        if (value == nullptr || (format[i] != 's' && format[i] != 'd'))
            return unknown("a formatted value");
        const std::optional<std::string> part = as_text(*value);
        if (!part)
            return unknown(value->is_unknown() ? value->text : "a formatted value");
        if (format[i] == 'd' && !value->is_int())
            return unknown("a formatted value");
        if (!text.empty() && part->starts_with(kRepositoryRoot))
            return unknown("an absolute path");
        text += *part;
        if (text.size() > kMaxText || !budget_.take(1 + part->size() / 64))
            return unknown("too much to read");
    }
    if (!named && values.is_list() && used != values.items.size())
        return unknown("a formatted value");
    return limited(std::move(text));
}

// "{} {0} {name}".format(...), without format specifications.
PyValue Evaluator::brace_format(const std::string& format, const Arguments& args) {
    std::string text;
    std::size_t automatic = 0;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        if ((c == '{' || c == '}') && i + 1 < format.size() && format[i + 1] == c) {
            text += c;
            ++i;
            continue;
        }
        if (c != '{') {
            text += c;
            continue;
        }
        const std::size_t close = format.find('}', i);
        if (close == std::string::npos)
            return unknown("a formatted value");
        const std::string_view field = std::string_view(format).substr(i + 1, close - i - 1);
        i = close;
        const PyValue* value = nullptr;
        if (std::all_of(field.begin(), field.end(), is_ascii_digit)) {
            std::size_t index = 0;
            if (field.empty()) {
                index = automatic++;
            } else if (field.size() < 6) {
                for (const char digit : field)
                    index = index * 10 + static_cast<std::size_t>(digit - '0');
            } else {
                index = args.positional.size();
            }
            if (index < args.positional.size())
                value = &args.positional[index];
        } else {
            if (!budget_.take(args.named.size()))
                return unknown("too much to read");
            for (const auto& [name, item] : args.named) {
                if (name == field)
                    value = &item;
            }
        }
        if (value == nullptr)
            return unknown("a formatted value");
        const std::optional<std::string> part = as_text(*value);
        if (!part)
            return unknown(value->is_unknown() ? value->text : "a formatted value");
        if (!text.empty() && part->starts_with(kRepositoryRoot))
            return unknown("an absolute path");
        text += *part;
        if (text.size() > kMaxText || !budget_.take(1 + part->size() / 64))
            return unknown("too much to read");
    }
    return limited(std::move(text));
}

}  // namespace docathon::config_reader

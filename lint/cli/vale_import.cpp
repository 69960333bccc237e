#include "lint/cli/vale_import.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <set>

#include "lint/core/strings.h"
#include "lint/core/yaml.h"

namespace docathon {

namespace {

/// A YAML string in double quotes.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\r':
                out += "\\r";
                break;
            default:
                out += c;
        }
    }
    return out + '"';
}

/// "GenderBias" and "E-Prime" as parts of an id: gender-bias, e-prime.
std::string id_part(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool upper = c >= 'A' && c <= 'Z';
        const bool before_lower =
            i > 0 && ((name[i - 1] >= 'a' && name[i - 1] <= 'z') || is_ascii_digit(name[i - 1]));
        const bool ends_run = upper && i > 0 && name[i - 1] >= 'A' && name[i - 1] <= 'Z' &&
                              i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z';
        if (upper && (before_lower || ends_run))
            out += '-';
        if (is_ascii_alnum(c))
            out += ascii_lower(c);
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (!out.empty() && out.back() == '-')
        out.pop_back();
    return out.empty() || !is_ascii_alpha(out[0]) ? "x" + out : out;
}

bool compiles(const std::string& expression) {
    return re2::RE2(expression, re2::RE2::Quiet).ok();
}

/// Position behind the ')' that closes the '(' at `open`; npos if there is none.
std::size_t close_of(std::string_view text, std::size_t open) {
    int depth = 0;
    bool in_class = false;
    for (std::size_t i = open; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (in_class) {
            in_class = text[i] != ']';
        } else if (text[i] == '[') {
            in_class = true;
            if (i + 1 < text.size() && text[i + 1] == ']')
                ++i;
        } else if (text[i] == '(') {
            ++depth;
        } else if (text[i] == ')' && --depth == 0) {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

/// An expression as RE2 takes it. RE2 looks neither ahead nor behind, but what must not follow or
/// precede can be an exception: `a(?! b)` is `a`, but for `a b`.
struct Expression {
    std::string text;
    std::vector<std::string> exceptions;
};

std::optional<Expression> convert(std::string text) {
    if (compiles(text))
        return Expression{std::move(text), {}};
    Expression made;
    std::string before;
    std::string after;
    // At the beginning, one behind the other; the same at the end.
    while (text.starts_with("(?<!")) {
        const std::size_t end = close_of(text, 0);
        if (end == std::string::npos)
            return std::nullopt;
        before += (before.empty() ? "" : "|") + text.substr(4, end - 5);
        text.erase(0, end);
    }
    for (std::size_t at = text.rfind("(?!"); at != std::string::npos; at = text.rfind("(?!")) {
        if (close_of(text, at) != text.size())
            break;
        after += (after.empty() ? "" : "|") + text.substr(at + 3, text.size() - at - 4);
        text.erase(at);
    }
    // An alternation on its top level would take the exception for its last branch only.
    if (text.empty() || !compiles(text) || !compiles("(?:" + text + ")" + after) ||
        text.find('|') != std::string::npos)
        return std::nullopt;
    if (!before.empty())
        made.exceptions.push_back("(?:" + before + ")" + text);
    if (!after.empty())
        made.exceptions.push_back(text + "(?:" + after + ")");
    if (made.exceptions.empty() || !std::all_of(made.exceptions.begin(), made.exceptions.end(),
                                                [](const auto& one) { return compiles(one); }))
        return std::nullopt;
    made.text = std::move(text);
    return made;
}

std::string text_of(const Value& rule, std::string_view key) {
    const Value* value = rule.find(key);
    return value == nullptr ? std::string() : value->text;
}

bool flag(const Value& rule, std::string_view key) {
    const Value* value = rule.find(key);
    bool out = false;
    return value != nullptr && value->as_bool(out) && out;
}

std::vector<std::string> list(const Value& rule, std::string_view key) {
    std::vector<std::string> out;
    const Value* value = rule.find(key);
    if (value == nullptr)
        return out;
    if (value->is_scalar())
        out.push_back(value->text);
    for (const Value& item : value->items) {
        if (value->is_list() && !trim(item.text).empty())
            out.push_back(item.text);
    }
    return out;
}

/// Where a scope of Vale is among the parts of a page.
struct Place {
    std::string on;
    std::string view;
};

std::optional<Place> place_of(const Value& rule) {
    Place place;
    const auto one = [&](std::string_view scope) -> std::optional<std::string> {
        const bool excluded = scope.starts_with('~');
        if (excluded)
            scope.remove_prefix(1);
        static const std::map<std::string_view, std::string_view> kScopes = {
            {"heading", "heading"},
            {"paragraph", "paragraph"},
            {"sentence", "sentence"},
            {"list", "item paragraph"},
            {"table", "cell"},
            {"table.cell", "cell"},
            {"table.header", "cell[header=true]"},
            {"blockquote", "quote paragraph"},
            {"alt", "image"},
            {"text", "paragraph"},
        };
        std::string on;
        if (const auto known = kScopes.find(scope); known != kScopes.end())
            on = known->second;
        else if (scope.size() == 10 && scope.starts_with("heading.h"))
            on = "heading[level=" + std::string(1, scope.back()) + "]";
        else
            return std::nullopt;
        // `!x` is of what stands inside of x.
        if (excluded && on.find(' ') != std::string::npos)
            on = on.substr(0, on.find(' '));
        return (excluded ? "!" : "") + on;
    };
    for (const std::string& scope : list(rule, "scope")) {
        if (scope == "text")
            continue;
        if (scope == "raw") {
            place.view = "source";
            continue;
        }
        for (std::string_view rest = scope; !rest.empty();) {
            const std::size_t both = rest.find('&');
            const std::string_view part = trim(rest.substr(0, both));
            rest = both == std::string_view::npos ? std::string_view() : rest.substr(both + 1);
            const std::optional<std::string> on = one(part);
            // "a & b" asks for both at once, which for two kinds of blocks is never the case.
            if (!on || (both != std::string_view::npos && !on->starts_with('!') &&
                        trim(rest).find('~') != 0))
                return std::nullopt;
            place.on += (place.on.empty() ? "" : ", ") + *on;
        }
    }
    return place;
}

class Importer {
  public:
    explicit Importer(ValeImport& out) : out_(out) {}

    void add(const ValeFile& file) {
        const std::string name = file.style + "." + file.name;
        const Result<Value> rule = parse_yaml(file.text);
        if (!rule || !rule->is_map()) {
            note(name, "no YAML map" + (rule ? "" : ": " + rule.error().message));
            return;
        }
        const std::string kind = text_of(*rule, "extends");
        if (kind.empty()) {
            note(name, "no rule: it has no 'extends'");
            return;
        }
        ValeKind& count = out_.kinds[kind];
        ++count.found;
        left_out_.clear();
        const std::optional<std::string> body = body_of(kind, *rule);
        if (!body) {
            note(name,
                 why_.empty() ? "rules of the kind '" + kind + "' cannot be converted" : why_);
            return;
        }
        std::string id = id_part(file.style) + "/" + id_part(file.name);
        for (int i = 2; !ids_.insert(id).second; ++i)
            id = id_part(file.style) + "/" + id_part(file.name) + "-" + std::to_string(i);
        const std::string level = text_of(*rule, "level");
        std::string text = "- id: " + id + "\n";
        text += "  severity: " +
                std::string(level == "error"        ? "error"
                            : level == "suggestion" ? "note"
                                                    : "warning") +
                "\n";
        text += "  formats: [markdown, rst]\n";
        text += "  aliases: {vale: [" + quoted(name) + "]}\n";
        text += *body;
        text += "  message: " + quoted(message_of(kind, *rule)) + "\n";
        out_.rules += text;
        ++count.converted;
        if (!left_out_.empty())
            note(name, "converted without " + left_out_);
    }

  private:
    void note(const std::string& name, const std::string& what) {
        out_.notes.push_back(name + ": " + what);
    }

    /// `%s` as the placeholders of the engine.
    static std::string message_of(const std::string& kind, const Value& rule) {
        const std::string written = text_of(rule, "message");
        std::string out;
        std::size_t number = 0;
        for (std::size_t i = 0; i < written.size(); ++i) {
            if (written[i] == '%' && i + 1 < written.size() &&
                (written[i + 1] == 's' || written[i + 1] == 'd')) {
                ++i;
                if (kind == "substitution")
                    out += number == 0 ? "{replacement}" : "{match}";
                else
                    out += kind == "occurrence" ? "{count}" : "{match}";
                ++number;
            } else if (written[i] == '%' && i + 1 < written.size() && written[i + 1] == '%') {
                out += written[i++];
            } else {
                if (written[i] == '{' || written[i] == '}')
                    out += written[i];
                out += written[i] == '\n' ? ' ' : written[i];
            }
        }
        return out.empty() ? "{match}" : out;
    }

    std::string common(const Value& rule, const Place& place,
                       const std::vector<std::string>& exceptions) {
        std::string text;
        if (!place.on.empty())
            text += "  on: " + quoted(place.on) + "\n";
        if (!place.view.empty())
            text += "  view: " + place.view + "\n";
        if (flag(rule, "ignorecase"))
            text += "  ignore-case: true\n";
        std::vector<std::string> all = exceptions;
        for (const std::string& exception : list(rule, "exceptions")) {
            if (compiles(exception))
                all.push_back(exception);
            else
                leave_out("the exception '" + exception + "'");
        }
        if (!all.empty())
            text += list_of("exceptions", all);
        return text;
    }

    static std::string list_of(std::string_view key, const std::vector<std::string>& values) {
        std::string text = "  " + std::string(key) + ":\n";
        for (const std::string& value : values)
            text += "    - " + quoted(value) + "\n";
        return text;
    }

    void leave_out(const std::string& what) { left_out_ += (left_out_.empty() ? "" : "; ") + what; }

    std::optional<std::string> refuse(std::string why) {
        why_ = std::move(why);
        return std::nullopt;
    }

    std::optional<std::string> body_of(const std::string& kind, const Value& rule) {
        why_.clear();
        static const std::set<std::string_view> kKinds = {
            "existence",      "substitution", "occurrence", "repetition",
            "capitalization", "consistency",  "conditional"};
        if (!kKinds.contains(kind))
            return std::nullopt;
        const std::optional<Place> place = place_of(rule);
        if (!place)
            return refuse("no such scope here");
        if (kind == "existence" || kind == "repetition")
            return existence(rule, *place, kind == "repetition");
        if (kind == "substitution")
            return substitution(rule, *place);
        if (kind == "occurrence")
            return occurrence(rule, *place);
        if (kind == "capitalization")
            return capitalization(rule, *place);
        return kind == "consistency" ? consistency(rule, *place) : conditional(rule, *place);
    }

    std::optional<std::string> existence(const Value& rule, const Place& place, bool repeated) {
        std::vector<std::string> tokens = list(rule, "tokens");
        bool words = !flag(rule, "nonword") && !tokens.empty() && !repeated;
        std::string raw;
        for (const std::string& one : list(rule, "raw"))
            raw += one;
        if (!raw.empty()) {
            // Vale writes raw expressions one behind the other, and the tokens behind them.
            std::string all;
            for (const std::string& token : tokens)
                all += (all.empty() ? "" : "|") + token;
            if (!all.empty())
                raw += words ? "\\b(?:" + all + ")\\b" : "(?:" + all + ")";
            tokens = {raw};
            words = false;
        }
        std::vector<std::string> patterns;
        std::vector<std::string> exceptions;
        std::string first_refused;
        for (const std::string& token : tokens) {
            std::optional<Expression> made = convert(token);
            if (!made) {
                leave_out("'" + token + "', which RE2 refuses");
                continue;
            }
            patterns.push_back(std::move(made->text));
            for (std::string& one : made->exceptions)
                exceptions.push_back(std::move(one));
        }
        if (patterns.empty())
            return refuse(tokens.empty() ? "it has no tokens" : "RE2 refuses its expressions");
        std::string text = "  check: pattern\n" + common(rule, place, exceptions);
        if (words)
            text += "  words: true\n";
        if (repeated)
            text += "  repeated: true\n";
        return text + list_of("patterns", patterns);
    }

    std::optional<std::string> substitution(const Value& rule, const Place& place) {
        const Value* swap = rule.find("swap");
        if (swap == nullptr || !swap->is_map())
            return refuse("it has no 'swap'");
        std::string pairs;
        std::set<std::string> known;
        std::vector<std::string> exceptions;
        for (std::size_t i = 0; i < swap->keys.size(); ++i) {
            std::optional<Expression> made = convert(swap->keys[i].text);
            if (!made) {
                leave_out("'" + swap->keys[i].text + "', which RE2 refuses");
                continue;
            }
            // Two may differ in nothing but what became an exception.
            if (!known.insert(made->text).second)
                continue;
            for (std::string& one : made->exceptions)
                exceptions.push_back(std::move(one));
            // Vale's groups are $1, ours \1.
            std::string by = swap->items[i].text;
            for (std::size_t at = 0; (at = by.find('$', at)) != std::string::npos; ++at) {
                if (at + 1 < by.size() && is_ascii_digit(by[at + 1]))
                    by[at] = '\\';
            }
            pairs += "    " + quoted(made->text) + ": " + quoted(by) + "\n";
        }
        if (pairs.empty())
            return refuse("RE2 refuses its expressions");
        std::string text = "  check: substitution\n" + common(rule, place, exceptions);
        if (flag(rule, "nonword"))
            text += "  words: false\n";
        if (flag(rule, "capitalize"))
            text += "  capitalize: true\n";
        const Value* action = rule.find("action");
        if (action != nullptr && text_of(*action, "name") == "replace")
            text += "  fix: unsafe\n";
        return text + "  swap:\n" + pairs;
    }

    std::optional<std::string> occurrence(const Value& rule, const Place& place) {
        const std::string token = text_of(rule, "token");
        if (token.empty() || !compiles(token))
            return refuse("RE2 refuses its expression");
        Place at = place;
        if (at.on.empty())
            at.on = "paragraph";
        std::string text =
            "  check: count\n" + common(rule, at, {}) + "  pattern: " + quoted(token) + "\n";
        for (const char* key : {"max", "min"}) {
            const Value* number = rule.find(key);
            std::int64_t value = 0;
            if (number != nullptr && number->as_int(value) && value > 0)
                text += "  " + std::string(key) + ": " + std::to_string(value) + "\n";
        }
        return text;
    }

    std::optional<std::string> capitalization(const Value& rule, const Place& place) {
        const std::string match = text_of(rule, "match");
        std::string text = "  check: case\n";
        Place at = place;
        if (at.on.empty())
            at.on = "paragraph, heading, cell";
        Value without = rule;
        std::vector<std::string> words;
        std::vector<std::string> expressions;
        for (const std::string& exception : list(rule, "exceptions")) {
            const bool plain = exception.find_first_of("\\^$.|?*+()[]{} ") == std::string::npos;
            if (plain)
                words.push_back(exception);
            else if (compiles(exception))
                expressions.push_back(exception);
            else
                leave_out("the exception '" + exception + "'");
        }
        for (std::size_t i = 0; i < without.keys.size(); ++i) {
            if (without.keys[i].text == "exceptions")
                without.items[i] = Value();
        }
        text += common(without, at, expressions);
        if (!match.starts_with('$')) {
            if (!compiles(match))
                return refuse("RE2 refuses its expression");
            return text + "  matches: " + quoted(match) + "\n";
        }
        const std::string style = match.substr(1);
        if (style != "title" && style != "sentence" && style != "lower" && style != "upper")
            return refuse("no style '" + match + "'");
        text += "  style: " + style + "\n";
        if (style == "title" || style == "sentence") {
            const Value* share = rule.find("threshold");
            // A fraction, 0.8 if it is absent.
            const double fraction = share == nullptr ? 0.8 : std::atof(share->text.c_str());
            text += "  threshold: " + std::to_string(static_cast<int>(fraction * 100 + 0.5)) + "\n";
        }
        if (!words.empty())
            text += list_of("words", words);
        const std::vector<std::string> indicators = list(rule, "indicators");
        if (!indicators.empty())
            text += list_of("indicators", indicators);
        return text;
    }

    std::optional<std::string> consistency(const Value& rule, const Place& place) {
        const Value* either = rule.find("either");
        if (either == nullptr || !either->is_map())
            return refuse("it has no 'either'");
        std::string text = "  check: consistent\n" + common(rule, place, {});
        if (flag(rule, "nonword"))
            text += "  words: false\n";
        text += "  either:\n";
        std::size_t pairs = 0;
        for (std::size_t i = 0; i < either->keys.size(); ++i) {
            if (!compiles(either->keys[i].text) || !compiles(either->items[i].text)) {
                leave_out("'" + either->keys[i].text + "', which RE2 refuses");
                continue;
            }
            ++pairs;
            text +=
                "    " + quoted(either->keys[i].text) + ": " + quoted(either->items[i].text) + "\n";
        }
        if (pairs == 0)
            return refuse("RE2 refuses its expressions");
        return text;
    }

    std::optional<std::string> conditional(const Value& rule, const Place& place) {
        const std::string first = text_of(rule, "first");
        const std::string second = text_of(rule, "second");
        if (first.empty() || second.empty() || !compiles(first) || !compiles(second))
            return refuse("RE2 refuses its expressions");
        if (re2::RE2(second, re2::RE2::Quiet).NumberOfCapturingGroups() == 0)
            return refuse("its second expression has no group");
        if (rule.find("in") != nullptr)
            return refuse("it looks in a View");
        return "  check: consistent\n" + common(rule, place, {}) +
               "  words: false\n  each: " + quoted(first) + "\n  needs: " + quoted(second) + "\n";
    }

    ValeImport& out_;
    std::set<std::string> ids_;
    std::string left_out_;
    std::string why_;
};

}  // namespace

ValeImport import_vale(std::span<const ValeFile> files) {
    ValeImport out;
    Importer importer(out);
    for (const ValeFile& file : files)
        importer.add(file);
    return out;
}

}  // namespace docathon

// api/default-mismatch: see rules/api/default-mismatch.yaml.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>

#include "lint/core/strings.h"
#include "lint/rules/check.h"
#include "lint/rules/support/docstrings.h"

namespace docathon::rules {

namespace {

/// A literal that can be compared: a number, a text, or True, False, None.
struct Literal {
    enum class Kind : std::uint8_t { number, text, constant } kind = Kind::constant;
    double number = 0;
    std::string text;

    bool operator==(const Literal& other) const {
        if (kind != other.kind)
            return false;
        return kind == Kind::number ? number == other.number : text == other.text;
    }
};

std::optional<double> read_number(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c != '_')
            digits += c;
    }
    if (digits.empty() ||
        !(is_ascii_digit(digits[0]) || digits[0] == '.' || digits[0] == '-' || digits[0] == '+'))
        return std::nullopt;
    const bool hex = digits.find_first_of("xXpPnN") != std::string::npos;
    char* end = nullptr;
    const double value = std::strtod(digits.c_str(), &end);
    if (end != digits.c_str() + digits.size() || (hex && !digits.starts_with("0x")))
        return std::nullopt;
    return value;
}

std::optional<Literal> read_literal(std::string_view text) {
    Literal out;
    if (text == "True" || text == "False" || text == "None") {
        out.text = std::string(text);
        return out;
    }
    if (const std::optional<double> number = read_number(text)) {
        out.kind = Literal::Kind::number;
        out.number = *number;
        return out;
    }
    if (text.size() >= 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0] &&
        text.find('\\') == std::string_view::npos &&
        text.substr(1, text.size() - 2).find(text[0]) == std::string_view::npos) {
        out.kind = Literal::Kind::text;
        out.text = std::string(text.substr(1, text.size() - 2));
        return out;
    }
    return std::nullopt;
}

/// A default that a docstring states: its bytes, without quoting markup.
struct Stated {
    std::size_t begin = 0;
    std::size_t end = 0;
    Literal literal;
};

bool ends_value(std::string_view text, std::size_t at) {
    if (at >= text.size() || text[at] == ')' || text[at] == ']' || text[at] == ';' ||
        text[at] == '\n' || text[at] == '\r')
        return true;
    // "5.", "5,": the end of a sentence or clause; "5 %", "5 seconds": not the value alone.
    if (text[at] == '.' || text[at] == ',')
        return at + 1 >= text.size() || is_ascii_space(text[at + 1]) || text[at + 1] == ')';
    return false;
}

/// The value that follows at `at`; nullopt if it is no literal, or something follows it that may
/// be part of it.
std::optional<Stated> read_value(std::string_view text, std::size_t at) {
    std::size_t ticks = 0;
    // :obj:`True`, :py:data:`None`
    if (at < text.size() && text[at] == ':') {
        const std::size_t tick = text.find('`', at);
        if (tick == std::string_view::npos || tick > at + 16)
            return std::nullopt;
        at = tick;
    }
    while (at < text.size() && text[at] == '`') {
        ++ticks;
        ++at;
    }
    if (at >= text.size())
        return std::nullopt;
    Stated out;
    out.begin = at;
    std::size_t end = at;
    if (text[at] == '"' || text[at] == '\'') {
        end = text.find_first_of(std::string("\n") + text[at], at + 1);
        if (end == std::string_view::npos || text[end] == '\n')
            return std::nullopt;
        ++end;
    } else {
        while (end < text.size() && (is_ascii_alnum(text[end]) || text[end] == '_' ||
                                     text[end] == '.' || text[end] == '-' || text[end] == '+'))
            ++end;
        while (end > at && text[end - 1] == '.')
            --end;
    }
    out.end = end;
    for (; ticks > 0 && end < text.size() && text[end] == '`'; --ticks)
        ++end;
    if (ticks != 0 || !ends_value(text, end))
        return std::nullopt;
    const std::optional<Literal> literal =
        read_literal(text.substr(out.begin, out.end - out.begin));
    if (!literal)
        return std::nullopt;
    out.literal = *literal;
    return out;
}

/// Whether the sentence around `at` speaks of a condition: "if None, defaults to 5".
bool is_conditional(std::string_view text, std::size_t at) {
    std::size_t begin = at;
    while (begin > 0 &&
           !(text[begin - 1] == '.' && begin < text.size() && is_ascii_space(text[begin])) &&
           text[begin - 1] != ';')
        --begin;
    const std::string sentence = ascii_lower(text.substr(begin, at - begin));
    for (const std::string_view word : {"if ", "when ", "unless ", "otherwise", "for ", "or "}) {
        if (sentence.find(word) != std::string::npos)
            return true;
    }
    return false;
}

/// The default that a description or a type states; nullopt if it states none, several, or one
/// that cannot be read.
std::optional<Stated> stated_default(std::string_view text) {
    std::optional<Stated> found;
    const std::string lower = ascii_lower(text);
    for (std::size_t at = lower.find("default"); at != std::string::npos;
         at = lower.find("default", at + 1)) {
        if (at > 0 && (is_ascii_alnum(lower[at - 1]) || lower[at - 1] == '_'))
            continue;
        std::size_t next = at + 7;
        bool announced = false;
        if (lower.compare(next, 4, "s to") == 0) {
            next += 4;
            announced = true;
        } else {
            if (next < lower.size() && lower[next] == 's')
                ++next;
            if (lower.compare(next, 3, " is") == 0) {
                next += 3;
                announced = true;
            } else {
                while (next < lower.size() && lower[next] == ' ')
                    ++next;
                if (next < lower.size() && (lower[next] == ':' || lower[next] == '=')) {
                    ++next;
                    announced = true;
                } else if (next < lower.size() && lower[next] == '`' && next > at + 7) {
                    announced = true;  // numpydoc: ", default ``5``"
                }
            }
        }
        if (!announced)
            continue;
        while (next < text.size() && is_ascii_space(text[next]))
            ++next;
        const std::optional<Stated> here = read_value(text, next);
        if (!here || is_conditional(text, at))
            return std::nullopt;
        if (found && !(found->literal == here->literal))
            return std::nullopt;
        found = here;
    }
    return found;
}

class DefaultMismatch final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.python == nullptr || context.facts.python->stub)
            return;
        each_documented_signature(*context.facts.python, [&](const DocumentedSignature& signature) {
            check(context, signature, sink);
        });
    }

  private:
    static void check(const FileContext& context, const DocumentedSignature& signature,
                      Sink& sink) {
        const PythonFacts& facts = signature.facts;
        for (const PyDocSection* section : signature.sections) {
            for (std::uint32_t i = 0; i < section->entry_count; ++i) {
                const PyDocEntry& entry = facts.doc_entries[section->first_entry + i];
                const PyParameter* parameter = find(signature, facts.text(entry.name));
                if (parameter == nullptr)
                    continue;
                if (!compare(context, signature, *parameter, entry.type, sink))
                    compare(context, signature, *parameter, entry.body, sink);
            }
        }
    }

    static const PyParameter* find(const DocumentedSignature& signature, std::string_view name) {
        const PythonFacts& facts = signature.facts;
        for (std::uint32_t i = 0; i < signature.definition.parameter_count; ++i) {
            const PyParameter& parameter =
                facts.parameters[signature.definition.first_parameter + i];
            if (facts.text(parameter.name) == name)
                return &parameter;
        }
        return nullptr;
    }

    /// Whether the text states a default, right or wrong.
    static bool compare(const FileContext& context, const DocumentedSignature& signature,
                        const PyParameter& parameter, Range where, Sink& sink) {
        if (where.empty() || parameter.default_range.empty())
            return false;
        const PythonFacts& facts = signature.facts;
        const std::string_view text = context.source.slice(where);
        const std::optional<Stated> stated = stated_default(text);
        if (!stated)
            return false;
        const std::string_view written = facts.text(parameter.default_value);
        const std::optional<Literal> actual = read_literal(written);
        if (!actual || is_stand_in(*actual, stated->literal)) {
            sink.unknown("api: computed default");
            return true;
        }
        if (stated->literal == *actual || equal_as_numbers(stated->literal, *actual))
            return true;
        const Range range{where.begin + static_cast<std::uint32_t>(stated->begin),
                          where.begin + static_cast<std::uint32_t>(stated->end)};
        sink.report(range, "default of '" + std::string(facts.text(parameter.name)) + "' is " +
                               std::string(written) + " in the code, not " +
                               std::string(context.source.slice(range)))
            .subject = std::string(facts.text(signature.documented.name)) + " " +
                       std::string(facts.text(parameter.name));
        return true;
    }

    /// A value that tells that none was given: None, and texts such as "deprecated" and "warn",
    /// for which the function puts the one that is documented.
    static bool is_stand_in(const Literal& actual, const Literal& stated) {
        if (actual.kind == Literal::Kind::constant)
            return actual.text == "None";
        if (actual.kind != Literal::Kind::text)
            return false;
        return stated.kind != Literal::Kind::text || actual.text == "warn" ||
               actual.text.starts_with("deprecat") || actual.text.starts_with("no_") ||
               actual.text.starts_with("no-");
    }

    /// 1 and True are one to many writers, as are 0 and False.
    static bool equal_as_numbers(const Literal& a, const Literal& b) {
        const auto number = [](const Literal& literal) -> std::optional<double> {
            if (literal.kind == Literal::Kind::number)
                return literal.number;
            if (literal.kind == Literal::Kind::constant && literal.text != "None")
                return literal.text == "True" ? 1 : 0;
            return std::nullopt;
        };
        const std::optional<double> first = number(a);
        const std::optional<double> second = number(b);
        return first && second && *first == *second;
    }
};

}  // namespace

std::unique_ptr<Check> make_api_default_mismatch(const Options&) {
    return std::make_unique<DefaultMismatch>();
}

}  // namespace docathon::rules

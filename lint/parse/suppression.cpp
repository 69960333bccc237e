#include "lint/parse/suppression.h"

#include <array>

#include "lint/core/strings.h"

namespace docathon {

namespace {

constexpr std::string_view kName = "docathon-lint";

struct Verb {
    std::string_view name;
    SuppressionKind kind;
};
constexpr std::array<Verb, 4> kVerbs = {{{"ignore", SuppressionKind::ignore},
                                         {"disable", SuppressionKind::disable},
                                         {"enable", SuppressionKind::enable},
                                         {"ignore-file", SuppressionKind::ignore_file}}};

const Verb* find_verb(std::string_view name) {
    for (const Verb& verb : kVerbs) {
        if (verb.name == name)
            return &verb;
    }
    return nullptr;
}

}  // namespace

std::optional<Suppression> parse_suppression(std::string_view comment) {
    std::string_view text = trim(comment);
    if (!text.starts_with(kName))
        return std::nullopt;
    text = trim_left(text.substr(kName.size()));
    const bool colon = text.starts_with(':');
    if (colon)
        text = trim_left(text.substr(1));
    std::size_t end = 0;
    while (end < text.size() && (is_ascii_alpha(text[end]) || text[end] == '-'))
        ++end;
    const std::string_view word = text.substr(0, end);
    const Verb* const verb = find_verb(word);
    Suppression out;
    if (!colon) {
        // "docathon-lint is great" is prose; "docathon-lint ignore[x]" is a slip.
        if (verb == nullptr || end >= text.size() || text[end] != '[')
            return std::nullopt;
        out.kind = verb->kind;
        out.error =
            "no ':' after 'docathon-lint'; write 'docathon-lint: " + std::string(word) + "[...]'";
        return out;
    }
    if (verb == nullptr) {
        out.error = "unknown word '" + std::string(word) +
                    "' after 'docathon-lint:'; use ignore, disable, enable or ignore-file";
        return out;
    }
    out.kind = verb->kind;
    text = trim_left(text.substr(end));
    const std::size_t close = text.find(']');
    if (!text.starts_with('[')) {
        out.error = "no rule ids; write '" + std::string(word) + "[rule-id]'";
        out.reason = std::string(trim(text));
        return out;
    }
    if (close == std::string_view::npos) {
        out.error = "no ']' after the rule ids; write '" + std::string(word) + "[rule-id]'";
        return out;
    }
    for (const std::string_view part : split(text.substr(1, close - 1), ',')) {
        const std::string_view id = trim(part);
        if (!id.empty())
            out.ids.emplace_back(id);
    }
    out.reason = std::string(trim(text.substr(close + 1)));
    if (out.ids.empty())
        out.error = "no rule ids; write '" + std::string(word) + "[rule-id]'";
    return out;
}

}  // namespace docathon

// links/undefined-reference: see rules/links/undefined-reference.yaml.

#include <algorithm>
#include <iterator>
#include <vector>

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// `x[0][1]`, `Dict[str][int]`, `[a, b][c]`, `[ ][x]`: brackets of code or mathematics in prose.
bool looks_like_index(std::string_view bytes, Range range, std::string_view label) {
    if (range.begin > 0) {
        const char before = bytes[range.begin - 1];
        if (is_word(before) || before == ']' || before == ')' || before == '\\' || before == '$')
            return true;
    }
    const std::string_view text = bytes.substr(range.begin, range.size());
    const std::size_t close = text.find(']');
    const std::string_view first = text.substr(1, close == std::string_view::npos ? 0 : close - 1);
    const bool no_letters = std::none_of(first.begin(), first.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (static_cast<unsigned char>(c) & 0x80) != 0;
    });
    if (no_letters || first == "x" || first == "X")
        return true;
    // A label is a name, a number or a phrase; operators and commas are no part of one.
    return label.find_first_of(",;=+*$^{}|<>") != std::string_view::npos;
}

class UndefinedReferenceCheck final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.undefined_references.empty())
            return;
        if (context.settings.open_references) {
            sink.unknown("references that a plugin resolves");
            return;
        }
        // A template may write the definitions in a loop: `[{{ name }}-filter]: ...`.
        if (context.source.bytes().find("[{{") != std::string_view::npos) {
            sink.unknown("definitions that a template writes");
            return;
        }
        // Brackets in the text of a link cannot be a link: `[[area][part] title](url)`.
        std::vector<Range> links;
        for (const Node& node : context.document.nodes()) {
            if (node.kind == NodeKind::link)
                links.push_back(node.range);
        }
        for (const UndefinedReference& reference : context.facts.undefined_references) {
            const auto after =
                std::upper_bound(links.begin(), links.end(), Range{reference.range.begin, ~0u});
            if (after != links.begin() && std::prev(after)->contains(reference.range))
                continue;
            if (looks_like_index(context.source.bytes(), reference.range, reference.label))
                continue;
            Diagnostic& diagnostic = sink.report(
                reference.range,
                "no definition for '[" + reference.label +
                    "]', so the brackets print as text; define it or write the URL in parentheses");
            diagnostic.subject = reference.label;
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_undefined_reference(const Options&) {
    return std::make_unique<UndefinedReferenceCheck>();
}

}  // namespace docathon::rules

// links/undefined-reference: see rules/links/undefined-reference.yaml.

#include <algorithm>
#include <iterator>
#include <vector>

#include "lint/core/nearest.h"
#include "lint/core/strings.h"
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

/// `[Pyright]` beside `[Pyrigth]: https://...`: alike, but for a letter that says which of several
/// is meant, and for a plural.
bool is_slip(std::string_view label, std::string_view defined) {
    constexpr std::size_t kShortest = 3;
    if (label.size() < kShortest || defined.size() < kShortest ||
        edit_distance(label, defined, 1) != 1)
        return false;
    const std::string_view longer = label.size() > defined.size() ? label : defined;
    const std::string_view shorter = label.size() > defined.size() ? defined : label;
    if (longer.size() != shorter.size() && longer.back() == 's' && longer.starts_with(shorter))
        return false;
    const auto [a, b] = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
    const auto is_mark = [](char c) { return !is_ascii_alpha(c) && (c & 0x80) == 0; };
    const bool marked = (a != shorter.end() && is_mark(*a)) || is_mark(*b);
    // `[A1]` beside `[B1]`: a name of few letters is another name with another letter.
    constexpr std::size_t kFew = 5;
    return !marked && (longer.size() != shorter.size() || longer.size() >= kFew);
}

/// Brackets in running text whose label nearly is that of a definition of the page.
void slips(const FileContext& context, Sink& sink) {
    std::vector<std::string> defined;
    for (const Node& node : context.document.nodes()) {
        if (node.kind == NodeKind::link_definition)
            defined.push_back(ascii_lower(context.document.data(node).name));
    }
    // Each is compared with each; nobody's page has so many.
    constexpr std::size_t kMostDefinitions = 300;
    constexpr int kMostBrackets = 1000;
    if (defined.empty() || defined.size() > kMostDefinitions)
        return;
    std::sort(defined.begin(), defined.end());
    const std::string_view bytes = context.source.bytes();
    int count = 0;
    for (const Node& node : context.document.nodes()) {
        if (node.kind != NodeKind::text)
            continue;
        // An escape or an entity in the label makes a text of several nodes.
        constexpr std::size_t kLongest = 100;
        const std::string_view text = bytes.substr(0, node.range.end + kLongest);
        for (std::size_t open = text.find('[', node.range.begin); open < node.range.end;
             open = text.find('[', open + 1)) {
            const std::size_t close = text.find_first_of("[]", open + 1);
            if (close == std::string_view::npos)
                break;
            if (++count > kMostBrackets)
                return;
            const bool alone =
                (open == 0 || !is_word(bytes[open - 1])) &&
                (close + 1 >= bytes.size() ||
                 std::string_view("([:").find(bytes[close + 1]) == std::string_view::npos);
            if (text[close] != ']' || !alone)
                continue;
            const std::string label = ascii_lower(text.substr(open + 1, close - open - 1));
            if (std::binary_search(defined.begin(), defined.end(), label))
                continue;
            const auto near =
                std::find_if(defined.begin(), defined.end(),
                             [&](const std::string& one) { return is_slip(label, one); });
            if (near == defined.end())
                continue;
            sink.report({static_cast<std::uint32_t>(open), static_cast<std::uint32_t>(close) + 1},
                        "no definition for '[" + label +
                            "]', so the brackets print as text; did you mean '[" + *near + "]'?")
                .subject = label;
        }
    }
}

class UndefinedReferenceCheck final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.format == Format::markdown && !context.settings.open_references)
            slips(context, sink);
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

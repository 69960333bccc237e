// examples/unknown-language: see rules/examples/unknown-language.yaml.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "lint/core/strings.h"
#include "lint/rules/check.h"
#include "lint/rules/support/example_code.h"

namespace docathon::rules {

namespace {

/// What documentation labels its blocks with. No slip of one of these is a language of Pygments
/// 2.21, highlight.js 11, Prism 1 or github-linguist 9; `cmake` is left out, since make is one.
constexpr std::array kLanguages = std::to_array<std::string_view>(
    {"bash",       "console", "diff",     "docker",     "dockerfile", "doctest",
     "graphql",    "html",    "java",     "javascript", "json",       "julia",
     "kotlin",     "latex",   "makefile", "markdown",   "mermaid",    "plaintext",
     "powershell", "pycon",   "python",   "ruby",       "rust",       "scala",
     "shell",      "swift",   "text",     "toml",       "typescript", "yaml"});

/// Whether a hand that meant `name` may have typed `label`: a letter twice, two letters swapped, or
/// one left out of five or more.
bool is_slip(std::string_view label, std::string_view name) {
    constexpr std::size_t kLong = 5;
    const auto at = static_cast<std::size_t>(
        std::mismatch(
            label.begin(),
            label.begin() + static_cast<std::ptrdiff_t>(std::min(label.size(), name.size())),
            name.begin())
            .first -
        label.begin());
    if (label.size() == name.size() + 1)
        return at > 0 && label[at] == label[at - 1] && label.substr(at + 1) == name.substr(at);
    if (label.size() == name.size())
        return at + 1 < name.size() && label[at] == name[at + 1] && label[at + 1] == name[at] &&
               label.substr(at + 2) == name.substr(at + 2);
    return label.size() + 1 == name.size() && name.size() >= kLong &&
           label.substr(at) == name.substr(at + 1);
}

class UnknownLanguage final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        const std::string_view source = context.source.bytes();
        const ExampleFacts* facts = context.facts.examples.get();
        if (facts == nullptr)
            return;
        for (const CodeExample& example : facts->examples) {
            const std::string_view label = facts->text(example.language_text);
            if (example.language != CodeLanguage::other || example.language_range.empty() ||
                !is_labelled(example) || !std::all_of(label.begin(), label.end(), is_ascii_alpha))
                continue;
            const auto meant =
                std::find_if(kLanguages.begin(), kLanguages.end(),
                             [&](std::string_view name) { return is_slip(label, name); });
            if (meant == kLanguages.end())
                continue;
            // The label may stand among attributes: {.pyhton title="x"}
            Range range = example.language_range;
            const std::string written = ascii_lower(source.substr(range.begin, range.size()));
            const std::size_t at = written.find(label);
            if (at == std::string::npos)
                continue;
            range.begin += static_cast<std::uint32_t>(at);
            range.end = range.begin + static_cast<std::uint32_t>(label.size());
            Diagnostic& finding =
                sink.report(range, "no language '" + std::string(label) + "'; did you mean '" +
                                       std::string(*meant) + "'?");
            finding.subject = label;
            finding.fix = Fix{"label it '" + std::string(*meant) + "'",
                              {{range, std::string(*meant)}},
                              FixSafety::safe};
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_examples_unknown_language(const Options&) {
    return std::make_unique<UnknownLanguage>();
}

}  // namespace docathon::rules

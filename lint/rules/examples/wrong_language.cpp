// examples/wrong-language: see rules/examples/wrong-language.yaml.

#include <string>
#include <string_view>

#include "lint/core/strings.h"
#include "lint/parse/examples/languages.h"
#include "lint/rules/check.h"
#include "lint/rules/support/example_code.h"

namespace docathon::rules {

namespace {

class WrongLanguage final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        const std::string_view source = context.source.bytes();
        each_labelled_example(context, [&](const ExampleFacts& facts, const CodeExample& example) {
            if (example.language_range.empty())
                return;
            const std::string_view right = language_for(source, facts, example);
            if (right.empty())
                return;
            const std::string label(facts.text(example.language_text));
            Diagnostic& finding = sink.report(
                example.language_range, "this block is labelled '" + label + "', but it holds " +
                                            (right == "python" ? "Python" : "commands of a shell") +
                                            "; write '" + std::string(right) + "'");
            finding.subject = label;
            const std::string_view written =
                source.substr(example.language_range.begin, example.language_range.size());
            if (ascii_iequals(written, label))
                finding.fix = Fix{"label it '" + std::string(right) + "'",
                                  {{example.language_range, std::string(right)}},
                                  FixSafety::safe};
        });
    }

  private:
    /// What the block should be labelled; empty if the label is right, or that is not clear.
    static std::string_view language_for(std::string_view source, const ExampleFacts& facts,
                                         const CodeExample& example) {
        constexpr std::uint16_t kUnclear = example_flag::kConsole | example_flag::kMagic |
                                           example_flag::kDiff | example_flag::kTooLarge;
        if ((example.flags & kUnclear) != 0)
            return {};
        switch (example.language) {
            case CodeLanguage::python: {
                const MappedText code = example_code(source, facts, example);
                return is_all_shell(code.text()) ? "bash" : std::string_view();
            }
            case CodeLanguage::shell:
            case CodeLanguage::json:
            case CodeLanguage::yaml:
            case CodeLanguage::toml:
            case CodeLanguage::xml: {
                const MappedText code = example_code(source, facts, example);
                const std::string_view text = code.text();
                // A request, with data of that language: curl ... -d '{ ... }'.
                if (example.language != CodeLanguage::shell &&
                    (is_all_shell(text) || trim_left(text).starts_with("curl ")))
                    return "bash";
                // Python inside of a command: python -c "...", <<EOF.
                const bool nested = text.find("<<") != std::string_view::npos ||
                                    text.find(" -c ") != std::string_view::npos;
                return !nested && !has_shell(text) && examples::looks_like_python(text)
                           ? "python"
                           : std::string_view();
            }
            default:
                return {};
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_examples_wrong_language(const Options&) {
    return std::make_unique<WrongLanguage>();
}

}  // namespace docathon::rules

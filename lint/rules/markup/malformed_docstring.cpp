// markup/malformed-docstring: see rules/markup/malformed-docstring.yaml.

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "lint/core/strings.h"
#include "lint/rules/support/markup_names.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

// What they say of pages holds for docstrings.
std::unique_ptr<Check> make_markup_role_slip(const Options& options);
std::unique_ptr<Check> make_markup_directive_without_colons(const Options& options);

namespace {

class MalformedDocstring final : public Check {
  public:
    explicit MalformedDocstring(const Options& options)
        : role_slip_(make_markup_role_slip(options)),
          without_colons_(make_markup_directive_without_colons(options)) {}
    [[nodiscard]] bool reads_docstrings() const override { return true; }

    void docstrings(const FileContext& context, Sink& sink) const override {
        std::map<std::string, NameVerdict, std::less<>> names;
        for (const ParserMessage& message : context.document.messages()) {
            switch (problem_of(message)) {
                case RstProblem::unknown_directive:
                    unknown_name(context, sink, message, NameKind::directive, names);
                    break;
                case RstProblem::unknown_role:
                    unknown_name(context, sink, message, NameKind::role, names);
                    break;
                case RstProblem::directive_error:
                    if (context.settings.open_markup &&
                        message.text.find("unknown option") != std::string::npos) {
                        sink.unknown("options that an extension may add to a directive");
                        break;
                    }
                    [[fallthrough]];
                case RstProblem::unknown_target:  // those that no page has either
                    // `text<https://x>`_ without the space is a slip.
                    if (message.text.find("<http") != std::string::npos)
                        break;
                    [[fallthrough]];
                case RstProblem::unexpected_indentation:
                case RstProblem::missing_blank_line:
                case RstProblem::short_title_underline:
                case RstProblem::unclosed_inline:
                case RstProblem::malformed_table:
                case RstProblem::missing_literal_block:
                    say(sink, message, words_for(message.text));
                    break;
                default:
                    // Titles and footnotes depend on the rest of the page.
                    break;
            }
        }
        role_slip_->file(context, sink);
        without_colons_->file(context, sink);
    }

  private:
    std::unique_ptr<Check> role_slip_;
    std::unique_ptr<Check> without_colons_;

    /// docutils' words on one line, without the full stop.
    static std::string words_for(std::string_view text) {
        std::string words(text);
        std::replace(words.begin(), words.end(), '"', '\'');
        std::replace(words.begin(), words.end(), '\n', ' ');
        words.front() = ascii_lower(words.front());
        while (words.ends_with('.'))
            words.pop_back();
        return words + ", in a docstring that a page shows";
    }

    static void say(Sink& sink, const ParserMessage& message, std::string words) {
        report_message(sink, message, message.range, std::move(words)).subject =
            message.text.substr(0, message.text.find('\n'));
    }

    static void unknown_name(const FileContext& context, Sink& sink, const ParserMessage& message,
                             NameKind kind,
                             std::map<std::string, NameVerdict, std::less<>>& names) {
        const std::string name(quoted_part(message.text));
        const bool role = kind == NameKind::role;
        const auto [at, fresh] = names.try_emplace((role ? ":" : "") + name);
        if (fresh)
            at->second = judge_name(kind, name, context.settings);
        const std::string what = role ? "role" : "directive";
        if (!at->second.wrong) {
            sink.unknown(what + "s that the project or an extension may define");
            return;
        }
        std::string words = "no " + what + " '" + name + "'";
        if (!at->second.suggestion.empty())
            words += "; did you mean '" + at->second.suggestion + "'?";
        else
            words += ", in a docstring that a page shows";
        say(sink, message, std::move(words));
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_malformed_docstring(const Options& options) {
    return std::make_unique<MalformedDocstring>(options);
}

}  // namespace docathon::rules

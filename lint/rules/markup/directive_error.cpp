// markup/directive-error: see rules/markup/directive-error.yaml.

#include <algorithm>
#include <vector>

#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/parse/rst/directive_table.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

/// docutils quotes with "; this house with a single quote.
std::string requoted(std::string_view text) {
    std::string out(text);
    std::replace(out.begin(), out.end(), '"', '\'');
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
}

/// The first number of a text.
std::string number_in(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_of("0123456789"), text.size());
    std::size_t end = begin;
    while (end < text.size() && is_ascii_digit(text[end]))
        ++end;
    return std::string(text.substr(begin, end - begin));
}

/// What is wrong with the block of a directive (`Error in "x" directive:`, then this).
std::string block_error(std::string_view name, std::string_view detail) {
    const std::string quoted = "'" + std::string(name) + "'";
    while (detail.ends_with("."))
        detail.remove_suffix(1);
    if (detail == "no content permitted")
        return quoted + " takes no content; what stands below it is lost";
    if (detail.find("argument(s) required") != detail.npos) {
        return quoted + " needs " + number_in(detail) + " argument(s), but has " +
               number_in(detail.substr(detail.find(",")));
    }
    if (detail.starts_with("maximum ")) {
        return quoted + " takes at most " + number_in(detail) + " argument(s), but has " +
               number_in(detail.substr(detail.find(",")));
    }
    if (detail.starts_with("unknown option")) {
        const std::string option(quoted_part(detail));
        const rst::MarkupTables& tables = rst::MarkupTables::built_in();
        const std::string key = ascii_lower(name);
        const rst::DirectiveSpec* spec = tables.sphinx_directive(key);
        if (spec == nullptr)
            spec = tables.docutils_directive(key);
        std::vector<std::string_view> names;
        if (spec != nullptr) {
            for (const rst::OptionSpec& known : spec->options)
                names.push_back(known.name);
        }
        const std::string_view near =
            nearest(option, std::span<const std::string_view>(names), suggestion_distance(option));
        return quoted + " has no option '" + option + "'" +
               (near.empty() ? "" : "; did you mean '" + std::string(near) + "'?");
    }
    if (detail.starts_with("invalid option value")) {
        const std::size_t line = detail.find('\n');
        return "bad value for option '" + std::string(quoted_part(detail)) + "' of " + quoted +
               ": " + requoted(detail.substr(line == detail.npos ? 0 : line + 1));
    }
    if (detail.starts_with("invalid option block"))
        return "the options of " + quoted +
               " end before the blank line: write each as :name: value";
    return quoted + ": " + requoted(detail);
}

class DirectiveErrorCheck final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (is_page_template(context))
            return;
        for (const ParserMessage& message : context.document.messages()) {
            if (problem_of(message) != RstProblem::directive_error)
                continue;
            const std::string_view text = message.text;
            std::string words;
            const std::size_t line = text.find('\n');
            if (text.starts_with("Error in \"") && line != text.npos) {
                const std::string_view name = quoted_part(text);
                words = block_error(name, text.substr(line + 1));
                const bool slip = words.find("did you mean") != std::string::npos;
                if (!slip && context.settings.open_markup &&
                    text.find("unknown option") != text.npos) {
                    sink.unknown("options that an extension may add to a directive");
                    continue;
                }
            } else {
                words = requoted(text);
                words.front() = ascii_lower(words.front());
                while (words.ends_with("."))
                    words.pop_back();
            }
            sink.report(message.range, std::move(words)).subject =
                std::string(text.substr(0, line));
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_directive_error(const Options&) {
    return std::make_unique<DirectiveErrorCheck>();
}

}  // namespace docathon::rules

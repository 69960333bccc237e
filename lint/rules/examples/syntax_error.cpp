// examples/syntax-error: see rules/examples/syntax-error.yaml.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/strings.h"
#include "lint/parse/python/syntax.h"
#include "lint/rules/check.h"
#include "lint/rules/support/data_syntax.h"
#include "lint/rules/support/example_code.h"
#include "lint/rules/support/repository_paths.h"

namespace docathon::rules {

namespace {

using Found = DataError;  // the range is one of the code

/// The prompt before the line of code that begins at `at` of the source: '>' for `>>>` and `In
/// [1]:`,
/// '.' for what continues a statement.
char prompt_before(std::string_view source, std::uint32_t at) {
    const std::size_t line = at == 0 ? 0 : source.rfind('\n', at - 1) + 1;
    const std::string_view before = trim(source.substr(line, at - line));
    return before.ends_with("...") || before.ends_with("...:") ? '.' : '>';
}

/// Whether the line of the source behind `at` is there, and no prompt of Python begins it.
bool goes_on_without_prompt(std::string_view source, std::uint32_t at) {
    const std::size_t line = source.find('\n', at);
    if (line == std::string_view::npos)
        return false;
    const std::string_view next = trim(source.substr(line + 1, source.find('\n', line + 1) - line));
    return !next.empty() && !next.starts_with("...") && !next.starts_with("\"\"\"");
}

/// Statement by statement, as doctest reads them: a bracket that is open at the end of one was
/// meant to be closed on lines without their `...`.
std::optional<Found> find_session_error(std::string_view source, const MappedText& code) {
    const std::string_view text = code.text();
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin;
        do {
            end = std::min(text.find('\n', end), text.size() - 1) + 1;
        } while (end < text.size() &&
                 prompt_before(source, code.to_source(static_cast<std::uint32_t>(end))) == '.');
        const std::string_view statement = text.substr(begin, end - begin);
        // %timeit f(), !ls: IPython takes them behind >>> too.
        if (const char first = trim(statement).empty() ? ' ' : trim(statement).front();
            first == '%' || first == '!') {
            begin = end;
            continue;
        }
        if (std::optional<python::SyntaxError> error = python::find_syntax_error(statement)) {
            const auto shift = static_cast<std::uint32_t>(begin);
            Found found{std::move(error->message),
                        {error->range.begin + shift, error->range.end + shift}};
            const std::uint32_t last = code.to_source(static_cast<std::uint32_t>(end - 1));
            if (found.message.ends_with("was never closed") && goes_on_without_prompt(source, last))
                found.message += "; the lines that go on need '...' in front";
            return found;
        }
        begin = end;
    }
    return std::nullopt;
}

class SyntaxErrorCheck final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        const std::string_view source = context.source.bytes();
        // "[your code here]"
        if (is_form(context.source.path())) {
            sink.unknown("forms for issues and pull requests");
            return;
        }
        if (is_plan(context.source.path())) {
            sink.unknown("proposals and plans, which have notations of their own");
            return;
        }
        each_labelled_example(context, [&](const ExampleFacts& facts, const CodeExample& example) {
            constexpr std::uint16_t kLeft = example_flag::kSkipped | example_flag::kDiff |
                                            example_flag::kMagic | example_flag::kTooLarge |
                                            example_flag::kPlaceholder | example_flag::kEscapes;
            // In XML <name> is no placeholder.
            const auto left = static_cast<std::uint16_t>(example.language == CodeLanguage::xml
                                                             ? kLeft & ~example_flag::kPlaceholder
                                                             : kLeft);
            if ((example.flags & left) != 0) {
                sink.unknown("blocks of code with placeholders, escapes or lines of another kind");
                return;
            }
            if ((example.flags & example_flag::kMixed) != 0 && is_labelled(example)) {
                sink.unknown("blocks in which code without prompts stands before >>>");
                return;
            }
            if (is_called_output(source, example)) {
                sink.unknown("blocks that the text calls output");
                return;
            }
            const MappedText code = example_code(source, facts, example);
            if (example.language != CodeLanguage::python && has_command(code.text())) {
                sink.unknown("blocks of a command and what it prints");
                return;
            }
            if (has_include(code.text())) {
                sink.unknown("blocks that a program fills with a file");
                return;
            }
            std::optional<Found> found;
            if (example.language == CodeLanguage::python)
                found = python(source, code, example);
            else if (example.language == CodeLanguage::json)
                found = find_json_error(code.text());
            else if (example.language == CodeLanguage::yaml)
                found = find_yaml_error(code.text());
            else if (example.language == CodeLanguage::toml)
                found = find_toml_error(code.text());
            else if (example.language == CodeLanguage::xml)
                found = find_xml_error(code.text());
            if (!found)
                return;
            if (example.language == CodeLanguage::python && begins_section(code.text())) {
                sink.unknown("sections of docstrings");
                return;
            }
            if (example.language == CodeLanguage::python &&
                (is_cut(code.text(), *found) || is_printed(code.text(), found->range.begin))) {
                sink.unknown("blocks of what Python prints of its values");
                return;
            }
            // print(x) and below it what it prints, behind the arrows: >>>['a'], >>>6.7
            if (found->message.ends_with("behind '>>>'") &&
                (found->range.end + 1 >= code.text().size() ||
                 (!is_ascii_alpha(code.text()[found->range.end + 1]) &&
                  code.text()[found->range.end + 1] != '_'))) {
                sink.unknown("blocks of what Python prints of its values");
                return;
            }
            // class {Name}Config: a pattern of names
            if (example.language == CodeLanguage::python &&
                code.text().substr(found->range.begin).starts_with('{') &&
                found->message.find("was never closed") == std::string::npos) {
                sink.unknown("blocks of code with placeholders, escapes or lines of another kind");
                return;
            }
            if (example.language == CodeLanguage::python &&
                (is_text_line(line_at(code.text(), found->range.begin)) ||
                 has_note_for_value(code.text()))) {
                sink.unknown("blocks of code with prose or what a program printed");
                return;
            }
            Range range = code.to_source(found->range);
            if (range.empty())
                range.end = range.begin + 1;
            sink.report(range, std::move(found->message));
        });
    }

  private:
    static bool is_form(std::string_view path) {
        const std::string lower = ascii_lower(path);
        return lower.find("issue_template") != std::string::npos ||
               lower.find("pull_request_template") != std::string::npos;
    }

    /// `Args:` and what follows it.
    static bool begins_section(std::string_view text) {
        constexpr std::array kHeads = std::to_array<std::string_view>(
            {"Args:", "Arguments:", "Attributes:", "Example:", "Examples:", "Note:", "Parameters:",
             "Raises:", "Returns:", "Yields:"});
        text = trim(text);
        const std::string_view first = trim(text.substr(0, text.find('\n')));
        return std::find(kHeads.begin(), kHeads.end(), first) != kHeads.end();
    }

    /// A value that was printed and cut: `NAMES: dict = {1: 'a', 2: 'b...`, `(<class 'int'>, ...`.
    static bool is_cut(std::string_view text, const Found& found) {
        return text.find("<class '") != std::string_view::npos ||
               (found.message.starts_with("unterminated string") &&
                trim(line_at(text, found.range.begin)).ends_with("..."));
    }

    /// {!./a.py!}, {* ./a.py *}, --8<-- "a.py": extensions of Python-Markdown that include files.
    static bool has_include(std::string_view text) {
        const std::vector<std::string_view> lines = split_lines(text);
        return std::any_of(lines.begin(), lines.end(), [](std::string_view line) {
            line = trim(line);
            return line.starts_with("{!") || line.starts_with("{* ") || line.starts_with("--8<--");
        });
    }

    /// `$ tool --show`, and below it settings.
    static bool has_command(std::string_view text) {
        const std::vector<std::string_view> lines = split_lines(text);
        return std::any_of(lines.begin(), lines.end(),
                           [](std::string_view line) { return trim(line).starts_with("$ "); });
    }

    /// Whether the text shows values as Python prints them, not code: `<Tag a=1>` at the error,
    /// `[1 2]` of numpy, the parts of a module of torch, `(0): Linear(in_features=1)`.
    static bool is_printed(std::string_view text, std::size_t at) {
        if (at >= text.size())
            return false;
        if (text[at] == '<' && at + 1 < text.size() &&
            (is_ascii_alpha(text[at + 1]) || text[at + 1] == '"' || text[at + 1] == '\'') &&
            text.find('>', at) != std::string_view::npos)
            return true;
        const std::size_t before = at == 0 ? at : text.find_last_not_of(" \t\n", at - 1);
        if (is_ascii_digit(text[at]) && before < at &&
            (is_ascii_digit(text[before]) || text[before] == '.'))
            return true;
        const std::vector<std::string_view> lines = split_lines(text);
        // Code above it was meant to be copied, and cannot be.
        const auto first = std::find_if(lines.begin(), lines.end(), [](std::string_view line) {
            return !trim(line).empty() && !trim(line).starts_with('#');
        });
        const bool only =
            first != lines.end() && (trim(*first).ends_with('(') || trim(*first).starts_with('('));
        return std::any_of(lines.begin(), lines.end(), [&](std::string_view line) {
            line = trim(line);
            if (line.starts_with("dtype: ") || line.find(", dtype: ") != std::string_view::npos)
                return true;
            if (!only || !line.starts_with('('))
                return false;
            const std::size_t end = line.find("): ");
            return end != std::string_view::npos && end > 1 && end + 3 < line.size() &&
                   is_ascii_alpha(line[end + 3]) && line.find('(', end) != std::string_view::npos &&
                   std::all_of(line.begin() + 1, line.begin() + static_cast<std::ptrdiff_t>(end),
                               [](char c) { return is_ascii_alnum(c) || c == '_' || c == '.'; });
        });
    }

    /// `"key": # what stands here`: a note in place of a value.
    static bool has_note_for_value(std::string_view text) {
        for (std::size_t at = text.find(": #"); at != std::string_view::npos;
             at = text.find(": #", at + 1)) {
            if (at > 0 && (text[at - 1] == '"' || text[at - 1] == '\''))
                return true;
        }
        return false;
    }

    static std::string_view line_at(std::string_view text, std::size_t at) {
        const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
        return text.substr(begin, text.find('\n', begin) - begin);
    }

    static std::optional<Found> python(std::string_view source, const MappedText& code,
                                       const CodeExample& example) {
        const std::string_view text = code.text();
        if (python::is_display(text) || is_all_shell(text))
            return std::nullopt;
        if ((example.flags & example_flag::kConsole) != 0)
            return find_session_error(source, code);
        const std::optional<python::SyntaxError> error = python::find_syntax_error(text);
        if (!error)
            return std::nullopt;
        return Found{error->message, error->range};
    }
};

}  // namespace

std::unique_ptr<Check> make_examples_syntax_error(const Options&) {
    return std::make_unique<SyntaxErrorCheck>();
}

}  // namespace docathon::rules

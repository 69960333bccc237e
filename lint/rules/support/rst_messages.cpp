#include "lint/rules/support/rst_messages.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lint/core/path.h"
#include "lint/core/strings.h"

namespace docathon::rules {

namespace {

struct Start {
    std::string_view text;
    RstProblem problem;
};

/// Begins of docutils' messages, sorted by their first letter; the first that fits counts.
constexpr std::array kStarts = std::to_array<Start>({
    {"Anonymous hyperlink mismatch", RstProblem::unknown_target},
    {"Blank line required after table.", RstProblem::missing_blank_line},
    {"Citation content expected", RstProblem::footnote},
    {"Content block expected for the ", RstProblem::directive_error},
    {"Duplicate target name, cannot be used", RstProblem::unknown_target},
    {"Duplicate explicit target name", RstProblem::duplicate_target},
    {"Duplicate substitution definition name", RstProblem::duplicate_target},
    {"Error in \"", RstProblem::directive_error},
    {"Error parsing content block for the ", RstProblem::directive_error},
    {"Error with CSV data", RstProblem::directive_error},
    {"Footnote content expected", RstProblem::footnote},
    {"Figure caption must be", RstProblem::directive_error},
    {"Incomplete section title.", RstProblem::malformed_title},
    {"Invalid section title", RstProblem::malformed_title},
    {"Inconsistent title style", RstProblem::title_level},
    {"Indirect hyperlink target", RstProblem::unknown_target},
    {"Insufficient data supplied", RstProblem::directive_error},
    {"Invalid character code", RstProblem::directive_error},
    {"Invalid class attribute value", RstProblem::directive_error},
    {"Invalid context: the ", RstProblem::directive_error},
    {"Invalid meta directive", RstProblem::directive_error},
    {"Literal block expected", RstProblem::missing_literal_block},
    {"Missing matching underline", RstProblem::malformed_title},
    {"Malformed table.", RstProblem::malformed_table},
    {"No suitable element following ", RstProblem::directive_error},
    {"No table data detected", RstProblem::directive_error},
    {"Problem with ", RstProblem::directive_error},
    {"Problems with ", RstProblem::directive_error},
    {"Title underline too short.", RstProblem::short_title_underline},
    {"Title overline too short.", RstProblem::short_title_underline},
    {"Title overline & underline mismatch.", RstProblem::malformed_title},
    {"Too many autonumbered footnote references", RstProblem::footnote},
    {"Too many symbol footnote references", RstProblem::footnote},
    {"The \"", RstProblem::directive_error},
    {"Unexpected indentation.", RstProblem::unexpected_indentation},
    {"Unexpected section title", RstProblem::malformed_title},
    {"Unknown directive type ", RstProblem::unknown_directive},
    {"Unknown interpreted text role ", RstProblem::unknown_role},
    {"Undefined substitution referenced", RstProblem::undefined_substitution},
    {"Unknown target name", RstProblem::unknown_target},
});

}  // namespace

RstProblem problem_of(const ParserMessage& message) {
    constexpr std::uint8_t kWarning = 2;
    if (message.level < kWarning)
        return RstProblem::none;
    const std::string_view text = message.text;
    if (text.empty())
        return RstProblem::other;
    // A page full of mistakes is asked for each of them by each rule.
    const auto begin = std::lower_bound(
        kStarts.begin(), kStarts.end(), text.substr(0, 1),
        [](const Start& start, std::string_view first) { return start.text.substr(0, 1) < first; });
    for (auto start = begin; start != kStarts.end() && start->text[0] == text.front(); ++start) {
        if (text.starts_with(start->text))
            return start->problem;
    }
    const auto has = [&](std::string_view part) { return text.find(part) != text.npos; };
    if (has(" ends without a blank line"))
        return RstProblem::missing_blank_line;
    if (text.starts_with("Inline ") && has("start-string without end-string"))
        return RstProblem::unclosed_inline;
    if (has("widths do not match") || has(" header row(s) specified") ||
        has(" stub column(s) specified") || has("\" directive requires arguments") ||
        has("\" directive arguments not valid role names") || has("directive may not both specify"))
        return RstProblem::directive_error;
    return RstProblem::other;
}

std::vector<const ParserMessage*> messages_about(const FileContext& context, RstProblem problem) {
    std::vector<const ParserMessage*> found;
    for (const ParserMessage& message : context.document.messages()) {
        if (problem_of(message) == problem)
            found.push_back(&message);
    }
    // Most pages have none, and looking for templates takes reading them.
    if (!found.empty() && is_page_template(context))
        found.clear();
    return found;
}

std::string_view quoted_part(std::string_view text) {
    const std::size_t begin = text.find('"');
    if (begin == std::string_view::npos)
        return {};
    const std::size_t end = text.find('"', begin + 1);
    return end == std::string_view::npos ? std::string_view()
                                         : text.substr(begin + 1, end - begin - 1);
}

bool is_broken_border(std::string_view line) {
    const std::string_view border = trim(line);
    return border.size() > 4 && border.starts_with('+') &&
           (border.ends_with('+') || border.ends_with('|')) && border.find("|-") != border.npos &&
           border.find_first_not_of("+-|") == border.npos;
}

namespace {

/// Directives below which only names and options stand.
constexpr std::array kNamesOnly = std::to_array<std::string_view>(
    {"autoclass", "automodule", "autosummary", "currentmodule", "toctree"});

/// Whether the place begins an indented line below a directive that takes names, and no code.
bool is_in_list_of_names(std::string_view bytes, std::size_t at) {
    constexpr std::size_t kFar = 2000;
    const std::size_t from = at > kFar ? at - kFar : 0;
    std::string_view above = bytes.substr(from, at - from);
    const auto indent_of = [](std::string_view line) {
        return line.size() - trim_left(line).size();
    };
    const std::size_t begin = above.rfind('\n') + 1;  // npos + 1 is 0
    const std::size_t indent = above.size() - begin;
    if (indent == 0 || !trim(above.substr(begin)).empty())
        return false;
    above = above.substr(0, begin);
    while (!above.empty()) {
        above.remove_suffix(1);  // its line break
        const std::size_t start = above.rfind('\n') + 1;
        const std::string_view line = above.substr(start);
        above = above.substr(0, start);
        if (trim(line).empty() || indent_of(line) >= indent)
            continue;
        const std::string_view text = trim_left(line);
        return std::any_of(kNamesOnly.begin(), kNamesOnly.end(), [&](std::string_view name) {
            return text.starts_with(".. ") && text.substr(3).starts_with(name) &&
                   text.substr(3 + name.size()).starts_with("::");
        });
    }
    return false;
}

}  // namespace

bool is_page_template(const FileContext& context) {
    const std::string_view bytes = context.source.bytes();
    // The text of a licence is somebody else's, whatever its name ends in. A page that includes it
    // is of the project.
    const std::string name = ascii_lower(basename(context.source.path()));
    for (const std::string_view word : {"license", "licence", "copying"}) {
        if (name.find(word) != std::string::npos &&
            bytes.find("include::") == std::string_view::npos)
            return true;
    }
    const std::string_view path = context.source.path();
    // Folders of cookiecutter: "{{ cookiecutter.name }}/docs".
    bool in_templates = path.find("{{") != std::string_view::npos;
    for (const std::string_view folder : {"template", "templates", "_templates"}) {
        for (std::size_t at = path.find(folder); at != std::string_view::npos;
             at = path.find(folder, at + 1)) {
            const std::size_t end = at + folder.size();
            in_templates = in_templates || ((at == 0 || path[at - 1] == '/') && end < path.size() &&
                                            path[end] == '/');
        }
    }
    std::size_t indented = 0;
    for (std::size_t at = bytes.find('{'); at != std::string_view::npos;
         at = bytes.find('{', at + 1)) {
        const char next = at + 1 < bytes.size() ? bytes[at + 1] : '\0';
        if (in_templates && (next == '{' || next == '%'))
            return true;
        // A control line of Jinja stands alone and is no rST. One that is indented is in the code
        // that a page about templates shows, unless it stands in a list of names.
        constexpr std::size_t kMostIndented = 100;
        if (next == '%' && (at == 0 || bytes[at - 1] == '\n' ||
                            (indented++ < kMostIndented && is_in_list_of_names(bytes, at))))
            return true;
    }
    return false;
}

Range line_at(std::string_view bytes, std::uint32_t offset) {
    offset = std::min(offset, static_cast<std::uint32_t>(bytes.size()));
    const std::size_t before = offset == 0 ? bytes.npos : bytes.rfind('\n', offset - 1);
    const std::size_t begin = before == bytes.npos ? 0 : before + 1;
    std::size_t end = std::min(bytes.find('\n', offset), bytes.size());
    if (end > begin && bytes[end - 1] == '\r')
        --end;
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

namespace {

/// Does the line of a script stand in a comment, and not in the docstring of the module?
bool in_comment(const FileContext& context, Range line) {
    const PythonFacts* python = context.facts.python.get();
    if (!context.facts.gallery || python == nullptr || !context.source.slice(line).starts_with('#'))
        return false;
    return python->module_docstring >= python->docstrings.size() ||
           !python->docstrings[python->module_docstring].literal.contains({line.begin, line.begin});
}

}  // namespace

Range line_at(const FileContext& context, std::uint32_t offset) {
    Range line = line_at(context.source.bytes(), offset);
    if (in_comment(context, line)) {
        ++line.begin;
        if (context.source.slice(line).starts_with(' '))
            ++line.begin;
    }
    return line;
}

Range line_before(const FileContext& context, Range line) {
    const Range whole = line_at(context.source.bytes(), line.begin);
    return whole.begin == 0 ? Range{0, 0} : line_at(context, whole.begin - 1);
}

Range line_after(const FileContext& context, Range line) {
    const std::string_view bytes = context.source.bytes();
    const std::size_t end = bytes.find('\n', line.end);
    if (end == bytes.npos) {
        const auto size = static_cast<std::uint32_t>(bytes.size());
        return {size, size};
    }
    return line_at(context, static_cast<std::uint32_t>(end + 1));
}

Edit blank_line_before(const FileContext& context, Range line) {
    const Range whole = line_at(context.source.bytes(), line.begin);
    return {{whole.begin, whole.begin}, in_comment(context, whole) ? "#\n" : "\n"};
}

Diagnostic& report_message(Sink& sink, const ParserMessage& message, Range range,
                           std::string words) {
    Diagnostic& finding = sink.report(range, std::move(words));
    finding.docutils = message.text;
    return finding;
}

}  // namespace docathon::rules

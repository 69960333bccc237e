#include "lint/parse/python/python.h"

#include <algorithm>
#include <array>

#include "lint/parse/foreign_suppression.h"
#include "lint/parse/python/docstring.h"
#include "lint/parse/python/facts.h"
#include "lint/parse/suppression.h"

namespace docathon::python {

namespace {

/// Encodings whose bytes below 0x80 are ASCII, and nothing else: the scanner can read them.
bool is_readable(std::string_view encoding) {
    constexpr std::array<std::string_view, 8> kMultiByte = {"shift", "sjis",   "cp932",  "gb",
                                                            "big5",  "utf-16", "utf-32", "iso2022"};
    return std::none_of(kMultiByte.begin(), kMultiByte.end(), [&](std::string_view name) {
        return encoding.find(name) != std::string_view::npos;
    });
}

/// What a comment on its own line, or at the end of one, covers: the logical line that it stands in
/// or before; of a definition the docstring too, since that is where most findings are.
Range scope_of(const Comment& comment, const Outline& outline, const PythonFacts& facts) {
    if (comment.line >= outline.lines.size())
        return comment.range;
    const Line& line = outline.lines[comment.line];
    Range scope{std::min(line.begin, comment.range.begin), std::max(line.end, comment.range.end)};
    const auto at = std::lower_bound(facts.definitions.begin(), facts.definitions.end(), line.begin,
                                     [](const PyDefinition& definition, std::uint32_t begin) {
                                         return definition.range.begin < begin;
                                     });
    if (at != facts.definitions.end() && at->range.begin == line.begin && at->docstring != kNoItem)
        scope.end = std::max(scope.end, facts.docstrings[at->docstring].literal.end);
    return scope;
}

/// `# noqa`. On a line of its own it excuses nothing, unless it is about the file.
std::optional<Suppression> noqa(std::string_view comment, bool own_line) {
    std::optional<ForeignComment> read = parse_noqa(comment);
    const bool file = read && read->verb == ForeignComment::Verb::file;
    if (!read || file != own_line)
        return std::nullopt;
    Suppression out;
    out.kind = file ? SuppressionKind::ignore_file : SuppressionKind::ignore;
    out.tool = SuppressionTool::noqa;
    out.ids = std::move(read->ids);
    out.reason = std::move(read->reason);
    return out;
}

void add_suppressions(std::string_view bytes, const Outline& outline, FileFacts& facts) {
    for (const Comment& comment : outline.comments) {
        if (comment.kind != CommentKind::directed)
            continue;
        const std::string_view text =
            bytes.substr(comment.range.begin + 1, comment.range.size() - 1);
        std::optional<Suppression> read = parse_suppression(text);
        if (!read)
            read = noqa(bytes.substr(comment.range.begin, comment.range.size()), comment.own_line);
        if (!read)
            continue;
        read->range = comment.range;
        read->scope = read->kind == SuppressionKind::ignore
                          ? scope_of(comment, outline, *facts.python)
                          : Range{comment.range.begin, static_cast<std::uint32_t>(bytes.size())};
        facts.suppressions.push_back(std::move(*read));
    }
}

}  // namespace

FileFacts parse_python(std::string_view bytes, std::string_view path, Outline& outline) {
    FileFacts facts;
    facts.format = Format::python;
    const std::string encoding = declared_encoding(bytes);
    if (!is_readable(encoding)) {
        auto empty = std::make_shared<PythonFacts>();
        empty->encoding = encoding;
        facts.python = std::shared_ptr<const PythonFacts>(std::move(empty));
        facts.problems.push_back(
            {"input/syntax-error", "the encoding '" + encoding + "' is not read", {0, 0}});
        return facts;
    }
    auto python = std::make_shared<PythonFacts>(read_facts(bytes, path.ends_with(".pyi"), outline));
    read_docstring_sections(bytes, *python);
    facts.python = std::shared_ptr<const PythonFacts>(std::move(python));
    add_suppressions(bytes, outline, facts);
    if (!outline.problems.empty()) {
        const auto first = std::min_element(outline.problems.begin(), outline.problems.end(),
                                            [](const SyntaxProblem& a, const SyntaxProblem& b) {
                                                return a.range.begin < b.range.begin;
                                            });
        facts.problems.push_back({"input/syntax-error",
                                  first->message + "; the rest of the file was read",
                                  first->range});
    }
    return facts;
}

}  // namespace docathon::python

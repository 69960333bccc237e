#include "lint/parse/python/shown_docstrings.h"

#include <algorithm>

#include "lint/parse/python/lexer.h"
#include "lint/parse/rst/rst.h"

namespace docathon::python {

namespace {

using Lines = std::vector<Range>;

/// The lines of a range as they stand, without their ends.
Lines lines_of(std::string_view bytes, Range content) {
    Lines lines;
    std::uint32_t at = content.begin;
    while (at < content.end) {
        std::uint32_t end = at;
        while (end < content.end && bytes[end] != '\n' && bytes[end] != '\r')
            ++end;
        lines.push_back({at, end});
        if (end >= content.end)
            break;
        at = static_cast<std::uint32_t>(skip_line_end(bytes, end));
    }
    return lines;
}

std::uint32_t indent_of(std::string_view bytes, Range line) {
    std::uint32_t size = 0;
    while (line.begin + size < line.end &&
           (bytes[line.begin + size] == ' ' || bytes[line.begin + size] == '\t'))
        ++size;
    return size;
}

/// Takes off the indentation that the lines from the second on share, and all of the first line's
/// (PEP 257); of a block of whole lines the first counts like the others.
void dedent(std::string_view bytes, Lines& lines, bool whole) {
    std::uint32_t common = 0xffffffffu;
    for (std::size_t i = whole ? 0 : 1; i < lines.size(); ++i) {
        const std::uint32_t indent = indent_of(bytes, lines[i]);
        if (indent < lines[i].size())
            common = std::min(common, indent);
    }
    for (std::size_t i = 0; i < lines.size(); ++i)
        lines[i].begin +=
            std::min(indent_of(bytes, lines[i]), i == 0 && !whole ? 0xffffffffu : common);
}

/// Does Python make anything of a backslash in the text but a backslash?
bool has_escapes(std::string_view text) {
    for (std::size_t at = text.find('\\'); at != std::string_view::npos;
         at = text.find('\\', at + 2)) {
        if (at + 1 < text.size() &&
            std::string_view("\\'\"abfnrtvxuUN01234567\r\n").find(text[at + 1]) !=
                std::string_view::npos)
            return true;
    }
    return false;
}

/// `#:` comments are lines of their own.
bool is_comment(std::string_view bytes, const PyDocstring& docstring) {
    return docstring.literal.begin < bytes.size() && bytes[docstring.literal.begin] == '#';
}

/// Do the entries of the section have a name or a type each, so that only what is behind it is
/// text?
bool lists(DocSectionKind kind) {
    switch (kind) {
        case DocSectionKind::parameters:
        case DocSectionKind::attributes:
        case DocSectionKind::methods:
        case DocSectionKind::returns:
        case DocSectionKind::yields:
        case DocSectionKind::receives:
        case DocSectionKind::raises:
        case DocSectionKind::warns:
            return true;
        default:
            return false;
    }
}

/// The docstring in blocks: what is in no section, then of each section what is text.
std::vector<Lines> blocks_of(std::string_view bytes, const PythonFacts& facts, std::uint32_t number,
                             bool take_apart) {
    const PyDocstring& docstring = facts.docstrings[number];
    Lines lines = lines_of(bytes, docstring.content);
    dedent(bytes, lines, false);
    std::vector<Lines> blocks;
    const auto first = std::lower_bound(
        facts.doc_sections.begin(), facts.doc_sections.end(), number,
        [](const PyDocSection& section, std::uint32_t of) { return section.docstring < of; });
    std::vector<Range> covered;
    std::vector<Lines> bodies;
    for (auto section = first; section != facts.doc_sections.end() && section->docstring == number;
         ++section) {
        if (!take_apart ||
            (section->style != DocStyle::google && section->style != DocStyle::numpy))
            continue;
        covered.push_back({section->title.begin, std::max(section->title.end, section->body.end)});
        if (section->kind == DocSectionKind::see_also && section->style == DocStyle::numpy)
            continue;
        if (lists(section->kind)) {
            if (section->free_text)
                continue;
            for (std::uint32_t i = 0; i < section->entry_count; ++i) {
                const Range body = facts.doc_entries[section->first_entry + i].body;
                // Several names may share one description.
                if (body.empty() ||
                    (i > 0 && body == facts.doc_entries[section->first_entry + i - 1].body))
                    continue;
                bodies.push_back(lines_of(bytes, body));
                dedent(bytes, bodies.back(), false);
            }
        } else if (!section->body.empty()) {
            Range body = section->body;
            while (body.begin > docstring.content.begin && bytes[body.begin - 1] != '\n')
                --body.begin;
            bodies.push_back(lines_of(bytes, body));
            dedent(bytes, bodies.back(), true);
        }
    }
    std::sort(covered.begin(), covered.end(), [](Range a, Range b) { return a.begin < b.begin; });
    Lines open;
    auto next = covered.begin();
    for (const Range line : lines) {
        while (next != covered.end() && next->end <= line.begin && next->begin < line.begin)
            ++next;
        if (next != covered.end() && next->begin < std::max(line.end, line.begin + 1)) {
            if (!open.empty())
                blocks.push_back(std::move(open));
            open.clear();
            continue;
        }
        open.push_back(line);
    }
    if (!open.empty())
        blocks.push_back(std::move(open));
    for (Lines& body : bodies)
        blocks.push_back(std::move(body));
    return blocks;
}

}  // namespace

namespace {

/// Whether all escapes are `\\\\`, quotation marks and the like, which move no line and no word.
bool has_plain_escapes(std::string_view text) {
    for (std::size_t at = text.find('\\'); at != std::string_view::npos;
         at = text.find('\\', at + 2)) {
        if (at + 1 < text.size() &&
            std::string_view("abfnrtvxuUN01234567\r\n").find(text[at + 1]) !=
                std::string_view::npos)
            return false;
    }
    return true;
}

/// Of a docstring whose bytes are not its text: names of directives, roles and targets, which are
/// the same in both.
void add_unknown_names(std::string_view bytes, const std::vector<Lines>& blocks,
                       const Settings& settings, Document& document,
                       std::vector<UndefinedReference>& targets) {
    Document read;
    rst::read_messages(bytes, blocks, settings, read, targets);
    for (const ParserMessage& message : read.messages()) {
        if (message.text.starts_with("Unknown directive type") ||
            message.text.starts_with("Unknown interpreted text role"))
            document.add_message(message);
    }
}

}  // namespace

Document shown_docstrings(std::string_view bytes, const PythonFacts& facts,
                          std::span<const ShownText> texts, const Settings& settings,
                          std::vector<UndefinedReference>& targets) {
    Document document;
    document.open(NodeKind::document, {0, static_cast<std::uint32_t>(bytes.size())});
    for (const ShownText text : texts) {
        const PyDocstring& docstring = facts.docstrings[text.docstring];
        const std::string_view content =
            bytes.substr(docstring.content.begin, docstring.content.size());
        const bool raw = (docstring.flags & docstring_flag::kRaw) != 0;
        if ((docstring.flags & (docstring_flag::kConcatenated | docstring_flag::kBlank)) != 0 ||
            is_comment(bytes, docstring))
            continue;
        if (!raw && has_escapes(content)) {
            if (has_plain_escapes(content))
                add_unknown_names(bytes, blocks_of(bytes, facts, text.docstring, text.sections),
                                  settings, document, targets);
            continue;
        }
        rst::read_messages(bytes, blocks_of(bytes, facts, text.docstring, text.sections), settings,
                           document, targets);
    }
    document.close();
    return document;
}

}  // namespace docathon::python

#include "lint/parse/python/docstring_nodes.h"

#include <algorithm>
#include <vector>

#include "lint/parse/python/lexer.h"
#include "lint/parse/rst/rst.h"

namespace docathon::python {

namespace {

/// The lines of a docstring without the indentation that all but the first share (PEP 257).
std::vector<Range> lines_of(std::string_view bytes, Range content) {
    std::vector<Range> lines;
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
    const auto indent = [&](Range line) {
        std::uint32_t size = 0;
        while (line.begin + size < line.end &&
               (bytes[line.begin + size] == ' ' || bytes[line.begin + size] == '\t'))
            ++size;
        return size;
    };
    std::uint32_t common = 0xffffffffu;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (indent(lines[i]) < lines[i].size())
            common = std::min(common, indent(lines[i]));
    }
    for (std::size_t i = 0; i < lines.size(); ++i)
        lines[i].begin += std::min(indent(lines[i]), i == 0 ? 0xffffffffu : common);
    return lines;
}

}  // namespace

Document docstring_document(std::string_view bytes, const PythonFacts& facts,
                            const Settings& settings) {
    Document document;
    document.open(NodeKind::document, {0, static_cast<std::uint32_t>(bytes.size())});
    for (const PyDocstring& docstring : facts.docstrings) {
        const NodeId id = document.open(NodeKind::raw_text, docstring.literal);
        document.edit(id).content = docstring.content;
        document.make_data(id).name = "docstring";
        if ((docstring.flags & (docstring_flag::kConcatenated | docstring_flag::kBlank)) == 0)
            rst::parse_slices(bytes, lines_of(bytes, docstring.content), settings, document);
        document.close();
    }
    document.close();
    return document;
}

}  // namespace docathon::python

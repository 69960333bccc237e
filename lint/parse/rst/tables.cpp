// Tables: where a grid or simple table ends, and the elements made of its cells.

#include <algorithm>

#include "lint/parse/rst/block_parser.h"
#include "lint/parse/rst/python_text.h"
#include "lint/parse/rst/table_block.h"

namespace docathon::rst {

namespace {

Line stripped(const Line& line) {
    const std::string_view text = python::strip_left(line.text);
    return line.part(line.text.size() - text.size(), python::strip_right(text).size());
}

}  // namespace

void BlockParser::table_end(const Elements& elements, bool blank_finish) {
    append(elements);
    if (blank_finish)
        return;
    Range range;
    if (static_cast<std::size_t>(m_.at + 1) < m_.lines.size())
        range = range_of(m_.lines[static_cast<std::size_t>(m_.at + 1)]);
    append(p_.report(2, "Blank line required after table.", abs_line(1), range));
}

ElementId BlockParser::malformed_table(LineSpan lines, std::string_view detail,
                                       std::int64_t offset) {
    const std::int64_t line =
        static_cast<std::int64_t>(abs_line(1)) - static_cast<std::int64_t>(lines.size()) + offset;
    const std::size_t at = std::min(static_cast<std::size_t>(offset), lines.size() - 1);
    return p_.report(3, "Malformed table.\n" + std::string(detail),
                     static_cast<std::uint32_t>(line), range_of(lines[at]), joined(lines));
}

void BlockParser::grid_table() {
    Elements messages;
    bool blank_finish = true;
    const Line* indented = nullptr;
    const LineSpan text = get_text_block(&indented);
    if (indented != nullptr) {
        messages.push_back(
            p_.report(3, "Unexpected indentation.", indented->number, range_of(*indented)));
        blank_finish = false;
    }
    Lines lines;
    lines.reserve(text.size());
    bool left_edge = true;
    for (const Line& line : text) {
        lines.push_back(stripped(line));
        const char first = lines.back().text[0];
        if (first == '+' || first == '|')
            continue;
        lines.pop_back();
        blank_finish = left_edge = false;
        previous_line(static_cast<std::int64_t>(text.size() - lines.size()));
        break;
    }
    if (!is_grid_border(lines.back().text, '-')) {
        std::size_t bottom = lines.size() - 2;
        while (lines.size() > 3 && bottom > 1 && !is_grid_border(lines[bottom].text, '-'))
            --bottom;
        if (lines.size() <= 3 || bottom <= 1) {
            // The line that docutils' loops happened to end with.
            const std::size_t offset =
                lines.size() > 3 ? 2 : (left_edge ? lines.size() - 1 : lines.size());
            messages.push_back(malformed_table(lines, "Bottom border missing or corrupt.",
                                               static_cast<std::int64_t>(offset)));
            return table_end(messages, blank_finish);
        }
        previous_line(static_cast<std::int64_t>(lines.size() - bottom + 1));
        lines.resize(bottom + 1);
        blank_finish = false;
    }
    const TableBlock block(std::move(lines));
    for (std::size_t i = 0; i < block.size(); ++i) {
        const char last = block.lines()[i].text.back();
        if (block.width(i) == block.width(0) && (last == '+' || last == '|'))
            continue;
        messages.push_back(malformed_table(block.lines(), "Right border not aligned or missing.",
                                           static_cast<std::int64_t>(i)));
        return table_end(messages, blank_finish);
    }
    TableData data;
    const TableError error = parse_grid_table(block, data);
    const auto size = static_cast<std::int64_t>(block.size());
    const ElementId table =
        error.detail.empty()
            ? build_table(data, static_cast<std::int64_t>(abs_line(1)) - size, 0, {})
            : malformed_table(block.lines(), error.detail, static_cast<std::int64_t>(error.offset));
    p_.tree[table].range = range_of(block.lines());
    messages.insert(messages.begin(), table);
    table_end(messages, blank_finish);
}

void BlockParser::simple_table() {
    const auto start = static_cast<std::size_t>(m_.at);
    const LineSpan& lines = m_.lines;
    const std::size_t top_size = line().text.size();
    const auto blank_at = [&](std::size_t i) { return i >= lines.size() || lines[i].blank(); };
    const auto move_to = [&](std::size_t i) { next_line(static_cast<std::int64_t>(i - start)); };
    std::size_t found = 0;
    std::size_t found_at = 0;
    std::size_t end = 0;
    for (std::size_t i = start + 1; i < lines.size(); ++i) {
        if (!is_simple_border(lines[i].text))
            continue;
        if (lines[i].text.size() != top_size) {
            move_to(i);
            return table_end(
                {malformed_table(lines.slice(start, i + 1),
                                 "Bottom border or header rule does not match top border.",
                                 static_cast<std::int64_t>(i - start))},
                blank_at(i + 1));
        }
        ++found;
        found_at = i;
        if (found == 2 || blank_at(i + 1)) {
            end = i;
            break;
        }
    }
    if (end == 0) {
        move_to(found > 0 ? found_at : lines.size() - 1);
        const char* const detail = found > 0 ? "No bottom table border found or no blank line "
                                               "after table bottom."
                                             : "No bottom table border found.";
        return table_end(
            {malformed_table(lines_since(static_cast<std::int64_t>(start)), detail, 0)},
            found == 0);
    }
    move_to(end);
    const LineSpan whole = lines_since(static_cast<std::int64_t>(start));
    const TableBlock block(whole.copy());
    TableData data;
    const TableError error = parse_simple_table(block, data);
    const auto size = static_cast<std::int64_t>(block.size());
    const ElementId table =
        error.detail.empty()
            ? build_table(data, static_cast<std::int64_t>(abs_line(1)) - size, 0, {})
            : malformed_table(whole, error.detail, static_cast<std::int64_t>(error.offset));
    p_.tree[table].range = range_of(whole);
    table_end({table}, blank_at(end + 1));
}

ElementId BlockParser::build_table(const TableData& data, std::int64_t table_line,
                                   std::size_t stub_columns, std::string_view widths_class) {
    Tree& tree = p_.tree;
    const ElementId table = tree.make(Tag::table);
    if (!widths_class.empty())
        tree.edit(table).classes.emplace_back(widths_class);
    const ElementId group = tree.make(Tag::tgroup);
    tree.edit(group).set("cols", std::to_string(data.widths.size()));
    tree.append(table, group);
    for (const std::size_t width : data.widths) {
        const ElementId column = tree.make(Tag::colspec);
        tree.edit(column).set("colwidth", std::to_string(width));
        if (stub_columns > 0) {
            tree.edit(column).set("stub", "1");
            --stub_columns;
        }
        tree.append(group, column);
    }
    const auto add = [&](Tag tag, const std::vector<Row>& rows) {
        const ElementId part = tree.make(tag);
        tree.append(group, part);
        for (const Row& row : rows) {
            const ElementId element = build_table_row(row, table_line);
            tree.append(part, element);
        }
    };
    if (!data.head.empty())
        add(Tag::thead, data.head);
    add(Tag::tbody, data.body);
    return table;
}

ElementId BlockParser::build_table_row(const Row& cells, std::int64_t table_line) {
    Tree& tree = p_.tree;
    const ElementId row = tree.make(Tag::row);
    for (const Cell& cell : cells) {
        if (!cell.used)
            continue;
        LineSpan lines = cell.lines;
        const ElementId entry = tree.make(Tag::entry, range_of(lines));
        if (cell.more_rows > 0)
            tree.edit(entry).set("morerows", std::to_string(cell.more_rows));
        if (cell.more_columns > 0)
            tree.edit(entry).set("morecols", std::to_string(cell.more_columns));
        tree.append(row, entry);
        const bool empty =
            std::all_of(lines.begin(), lines.end(), [](const Line& line) { return line.blank(); });
        if (!empty)
            run_nested(p_, lines, table_line + cell.offset, entry, false, 0);
    }
    return row;
}

}  // namespace docathon::rst

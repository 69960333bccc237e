// Directives table, csv-table and list-table (docutils.parsers.rst.directives.tables).

#include <algorithm>
#include <string>

#include "lint/parse/rst/csv.h"
#include "lint/parse/rst/directive.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

using Count = std::size_t;

std::string count(Count number) {
    return std::to_string(number);
}

Count number_option(const Directive& d, std::string_view name) {
    const OptionValue* value = d.option(name);
    return value == nullptr || value->numbers.empty() ? 0
                                                      : static_cast<Count>(value->numbers.front());
}

/// make_title(): the title element, or kNoElement.
ElementId make_title(Directive& d, Elements& messages) {
    if (d.arguments.empty())
        return kNoElement;
    const ElementId title =
        d.parser.tree.make(Tag::title, d.arguments.front().range, d.node_line());
    messages = d.parse_inline(d.arguments.front(), title);
    return title;
}

/// check_table_dimensions(): what is wrong, or nothing. `cells`: number of cells of each row.
std::string wrong_dimensions(const Directive& d, const std::vector<Count>& cells, Count head,
                             Count stubs) {
    const std::string by = "\"" + d.name() + "\" directive";
    if (cells.size() < head) {
        return count(head) + " header row(s) specified but only " + count(cells.size()) +
               " row(s) of data supplied (" + by + ").";
    }
    if (cells.size() == head && head > 0) {
        return "Insufficient data supplied (" + count(cells.size()) +
               " row(s)); no data remaining for table body, required by " + by + ".";
    }
    for (const Count row : cells) {
        if (row < stubs) {
            return count(stubs) + " stub column(s) specified but only " + count(row) +
                   " columns(s) of data supplied (" + by + ").";
        }
        if (row == stubs && stubs > 0) {
            return "Insufficient data supplied (" + count(row) +
                   " columns(s)); no data remaining for table body, required by " + by + ".";
        }
    }
    return {};
}

/// Whether :widths: is a list of integers, perhaps empty.
bool is_list(const OptionValue* widths) {
    return widths != nullptr && widths->text.starts_with('[');
}

/// get_column_widths(): what is wrong, or nothing.
std::string column_widths(const Directive& d, Count columns, std::vector<Count>& widths) {
    const OptionValue* option = d.option("widths");
    if (is_list(option)) {
        if (option->numbers.size() != columns) {
            return "\"" + d.name() + "\" widths do not match the number of columns in table (" +
                   count(columns) + ").";
        }
        for (const std::int64_t width : option->numbers)
            widths.push_back(static_cast<Count>(width));
        return {};
    }
    if (columns == 0)
        return "No table data detected in CSV file.";
    widths.assign(columns, 100 / columns);
    return {};
}

std::string_view widths_class(const Directive& d) {
    const OptionValue* option = d.option("widths");
    if (option == nullptr)
        return {};
    if (option->text == "auto")
        return "colwidths-auto";
    return option->text == "[]" ? std::string_view() : "colwidths-given";
}

/// What all three do with the finished table; the classes come in their own order.
void set_width_and_align(const Directive& d, ElementId table) {
    Attributes& attributes = d.parser.tree.edit(table);
    if (const OptionValue* width = d.option("width"); width != nullptr)
        attributes.set("width", width->text);
    if (const OptionValue* align = d.option("align"); align != nullptr)
        attributes.set("align", align->text);
}

Elements finish(const Directive& d, ElementId table, ElementId title, const Elements& messages) {
    Tree& tree = d.parser.tree;
    d.add_name(table);
    if (title != kNoElement) {
        if (tree[table].first_child == kNoElement)
            tree.append(table, title);
        else
            tree.insert_before(tree[table].first_child, title);
    }
    if (tree[table].range.empty() || d.block.range.begin < tree[table].range.begin)
        tree[table].range = d.block.range;
    Elements out = {table};
    out.insert(out.end(), messages.begin(), messages.end());
    return out;
}

std::vector<ElementId> children(const Tree& tree, ElementId parent) {
    std::vector<ElementId> out;
    for (ElementId child = tree[parent].first_child; child != kNoElement; child = tree[child].next)
        out.push_back(child);
    return out;
}

void add_class(Tree& tree, ElementId element, std::string_view name) {
    if (!name.empty())
        tree.edit(element).classes.emplace_back(name);
}

/// The CSV data, or the message that there is none.
std::string csv_problem(const Directive& d, std::uint8_t& level) {
    const bool file = d.option("file") != nullptr;
    const bool url = d.option("url") != nullptr;
    level = 3;
    if (!d.content.empty()) {
        if (!file && !url)
            return {};
        return "\"" + d.name() +
               "\" directive may not both specify an external file and have "
               "content.";
    }
    if (file && url) {
        return "The \"file\" and \"url\" options may not be simultaneously specified for the \"" +
               d.name() + "\" directive.";
    }
    if (url) {
        // urllib wants a scheme; whether the URL leads anywhere is not asked.
        const std::string& target = d.option("url")->text;
        const std::size_t end = target.find_first_of(":/");
        if (end != std::string::npos && end > 0 && target[end] == ':')
            return {};
        level = 4;
        return "Problems with \"" + d.name() + "\" directive URL \"" + target +
               "\":\nunknown url type: " + python::repr(target) + ".";
    }
    if (file)
        return {};
    level = 2;
    return "The \"" + d.name() + "\" directive requires content; none supplied.";
}

bool read_dialect(const Directive& d, CsvDialect& dialect, std::string& error) {
    if (const OptionValue* value = d.option("delim"); value != nullptr)
        dialect.delimiter = value->text;
    if (d.option("keepspace") != nullptr)
        dialect.skip_initial_space = false;
    if (const OptionValue* value = d.option("quote"); value != nullptr)
        dialect.quote = value->text;
    if (const OptionValue* value = d.option("escape"); value != nullptr) {
        dialect.double_quote = false;
        dialect.escape = value->text;
        if (dialect.escape.empty()) {
            error = "\"escapechar\" must be a 1-character string";
            return false;
        }
    }
    return true;
}

Row make_row(CsvRow& cells) {
    Row row;
    for (CsvCell& lines : cells) {
        Cell& cell = row.emplace_back();
        cell.lines = std::move(lines);
    }
    return row;
}

}  // namespace

Elements run_table(Directive& d) {
    if (d.content.empty()) {
        return d.fail(2,
                      "Content block expected for the \"" + d.name() + "\" directive; none found.");
    }
    Tree& tree = d.parser.tree;
    Elements messages;
    const ElementId title = make_title(d, messages);
    const ElementId content = tree.make(Tag::element);
    d.parse_content(content);
    const ElementId table = tree[content].first_child;
    if (table == kNoElement || tree[table].next != kNoElement || tree[table].tag != Tag::table) {
        return d.fail("Error parsing content block for the \"" + d.name() +
                      "\" directive: exactly one table expected.");
    }
    tree.detach(table);
    d.add_classes(table);
    set_width_and_align(d, table);
    const OptionValue* option = d.option("widths");
    if (is_list(option)) {
        std::vector<ElementId> columns;
        for (const ElementId child : children(tree, tree[table].first_child)) {
            if (tree[child].tag == Tag::colspec)
                columns.push_back(child);
        }
        std::vector<Count> widths;
        if (std::string error = column_widths(d, columns.size(), widths); !error.empty())
            return d.fail(std::move(error));
        for (Count k = 0; k < columns.size(); ++k)
            tree.edit(columns[k]).set("colwidth", count(widths[k]));
    }
    add_class(tree, table, widths_class(d));
    return finish(d, table, title, messages);
}

Elements run_csv_table(Directive& d) {
    const bool outside = d.option("file") != nullptr || d.option("url") != nullptr;
    if (outside && !d.setting("file_insertion_enabled", d.parser.options.file_insertion)) {
        return d.fail(2,
                      "File and URL access deactivated; ignoring \"" + d.name() + "\" directive.");
    }
    Elements messages;
    const ElementId title = make_title(d, messages);
    std::uint8_t level = 3;
    if (std::string problem = csv_problem(d, level); !problem.empty())
        return d.fail(level, std::move(problem));
    if (outside)
        return {};  // no file is opened: what is in the table stays unknown

    LineSource& source = d.parser.source;
    CsvDialect dialect;
    std::string error;
    std::vector<CsvRow> head;
    std::vector<CsvRow> rows;
    bool good = read_dialect(d, dialect, error);
    const auto header = std::find_if(d.option_texts.begin(), d.option_texts.end(),
                                     [](const auto& option) { return option.name == "header"; });
    if (good && header != d.option_texts.end()) {
        Lines lines = header->value.lines;
        if (lines.empty())
            lines.push_back(source.make_line("", 0, {{0, header->value.range.begin}}));
        good = read_csv(source, lines, dialect, head, error);
    }
    good = good && read_csv(source, d.content, dialect, rows, error);
    if (!good)
        return d.fail("Error with CSV data in \"" + d.name() + "\" directive:\n" + error);

    Count columns = 0;
    std::vector<Count> cells;
    for (const CsvRow& row : rows) {
        cells.push_back(row.size());
        columns = std::max(columns, row.size());
    }
    for (const CsvRow& row : head)
        columns = std::max(columns, row.size());
    const Count head_rows = number_option(d, "header-rows");
    const Count stubs = number_option(d, "stub-columns");
    if (std::string wrong = wrong_dimensions(d, cells, head_rows, stubs); !wrong.empty())
        return d.fail(std::move(wrong));
    TableData data;
    for (CsvRow& row : head)
        data.head.push_back(make_row(row));
    for (Count k = 0; k < rows.size(); ++k)
        (k < head_rows ? data.head : data.body).push_back(make_row(rows[k]));
    if (std::string wrong = column_widths(d, columns, data.widths); !wrong.empty())
        return d.fail(std::move(wrong));
    for (std::vector<Row>* part : {&data.head, &data.body}) {
        for (Row& row : *part)
            row.resize(std::max(row.size(), columns));
    }
    const ElementId table = build_table(d.parser, data, d.content_offset, stubs, widths_class(d));
    d.add_classes(table);
    set_width_and_align(d, table);
    return finish(d, table, title, messages);
}

namespace {

/// check_list_content(): rows and cells of a uniform two-level bullet list, or what is wrong.
std::string list_rows(const Directive& d, ElementId content,
                      std::vector<std::vector<ElementId>>& rows) {
    const Tree& tree = d.parser.tree;
    const std::string start =
        "Error parsing content block for the \"" + d.name() + "\" directive: ";
    const ElementId list = tree[content].first_child;
    if (list == kNoElement || tree[list].next != kNoElement || tree[list].tag != Tag::bullet_list)
        return start + "exactly one bullet list expected.";
    for (const ElementId item : children(tree, list)) {
        const ElementId inner = tree[item].first_child;
        const std::string number = count(rows.size() + 1);
        if (inner == kNoElement || tree[inner].next != kNoElement ||
            tree[inner].tag != Tag::bullet_list) {
            return start + "two-level bullet list expected, but row " + number +
                   " does not contain a second-level bullet list.";
        }
        std::vector<ElementId> cells = children(tree, inner);
        if (!rows.empty() && cells.size() != rows.front().size()) {
            return start + "uniform two-level bullet list expected, but row " + number +
                   " does not contain the same number of items as row 1 (" + count(cells.size()) +
                   " vs " + count(rows.front().size()) + ").";
        }
        rows.push_back(std::move(cells));
    }
    return {};
}

/// build_table_from_list().
ElementId build_list_table(Directive& d, const std::vector<std::vector<ElementId>>& rows,
                           const std::vector<Count>& widths, Count head_rows, Count stubs) {
    Tree& tree = d.parser.tree;
    const ElementId table = tree.make(Tag::table);
    add_class(tree, table, widths_class(d));
    const ElementId group = tree.make(Tag::tgroup);
    tree.edit(group).set("cols", count(widths.size()));
    tree.append(table, group);
    for (Count k = 0; k < widths.size(); ++k) {
        const ElementId column = tree.make(Tag::colspec);
        tree.edit(column).set("colwidth", count(widths[k]));
        if (k < stubs)
            tree.edit(column).set("stub", "1");
        tree.append(group, column);
    }
    const ElementId head = head_rows > 0 ? tree.make(Tag::thead) : kNoElement;
    const ElementId body = tree.make(Tag::tbody);
    for (Count k = 0; k < rows.size(); ++k) {
        const ElementId row = tree.make(Tag::row);
        for (const ElementId item : rows[k]) {
            const ElementId entry = tree.make(Tag::entry, tree[item].range);
            tree[entry].content = tree[item].content;
            tree.move_children(item, entry);
            tree.append(row, entry);
        }
        tree.append(k < head_rows ? head : body, row);
    }
    if (head != kNoElement)
        tree.append(group, head);
    tree.append(group, body);
    return table;
}

}  // namespace

Elements run_list_table(Directive& d) {
    if (d.content.empty())
        return d.fail("The \"" + d.name() + "\" directive is empty; content required.");
    Elements messages;
    const ElementId title = make_title(d, messages);
    const ElementId content = d.parser.tree.make(Tag::element);
    d.parse_content(content);
    std::vector<std::vector<ElementId>> rows;
    if (std::string wrong = list_rows(d, content, rows); !wrong.empty())
        return d.fail(std::move(wrong));
    std::vector<Count> widths;
    if (std::string wrong = column_widths(d, rows.empty() ? 0 : rows.front().size(), widths);
        !wrong.empty())
        return d.fail(std::move(wrong));
    std::vector<Count> cells;
    for (const std::vector<ElementId>& row : rows)
        cells.push_back(row.size());
    const Count head_rows = number_option(d, "header-rows");
    const Count stubs = number_option(d, "stub-columns");
    if (std::string wrong = wrong_dimensions(d, cells, head_rows, stubs); !wrong.empty())
        return d.fail(std::move(wrong));
    const ElementId table = build_list_table(d, rows, widths, head_rows, stubs);
    set_width_and_align(d, table);
    d.add_classes(table);
    return finish(d, table, title, messages);
}

}  // namespace docathon::rst

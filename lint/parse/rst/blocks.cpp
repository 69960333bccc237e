// Blocks: the state machine, what a line begins, text blocks, literal blocks, quotes.

#include "lint/parse/rst/blocks.h"

#include <algorithm>
#include <limits>

#include "lint/parse/rst/block_parser.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

constexpr std::uint8_t kWarning = 2;
constexpr const char* kLevelNames[] = {"DEBUG", "INFO", "WARNING", "ERROR", "SEVERE"};
constexpr std::size_t kNoIndent = static_cast<std::size_t>(-1);

// A line without its first `columns` characters.
Line without_columns(const Line& line, std::size_t columns) {
    std::size_t bytes = 0;
    // Cutting is by characters; nearly always all of them are spaces.
    if (leading_space(line.text, columns, bytes) < columns)
        bytes = std::min(line.text.size(), std::max(bytes, columns));
    return line.part(bytes);
}

// StringList.get_indented(): the lines from `at` on, cut; `end` is behind the last of them.
Indented cut_block(LineSpan lines, std::size_t at, std::size_t first_cut, bool has_first,
                   std::size_t block_indent, bool until_blank, bool strip_indent, bool strip_top,
                   std::size_t& end) {
    Indented out;
    std::size_t indent = block_indent;
    std::size_t last = at + (has_first ? 1 : 0);
    out.blank_finish = true;
    for (; last < lines.size(); ++last) {
        const std::string_view text = lines[last].text;
        if (text.empty()) {
            if (until_blank)
                break;
            continue;
        }
        std::size_t bytes = 0;
        if (text[0] != ' ' || (block_indent != kNoIndent &&
                               leading_space(text, block_indent, bytes) < block_indent)) {
            out.blank_finish = last > at && lines[last - 1].text.empty();
            break;
        }
        if (block_indent == kNoIndent)
            indent = leading_space(text, indent, bytes);
    }
    end = last;
    std::size_t begin = at;
    if (indent == kNoIndent)
        indent = 0;
    out.indent = indent;
    const auto cut_line = [&](std::size_t i) {
        if (i == at && has_first)
            return lines[i].part(first_cut);
        return strip_indent && indent > 0 ? without_columns(lines[i], indent) : lines[i];
    };
    if (strip_top) {
        while (begin < last && cut_line(begin).text.empty())
            ++begin;
    }
    out.offset = static_cast<std::uint32_t>(begin - at);
    out.lines.reserve(last - begin);
    for (std::size_t i = begin; i < last; ++i)
        out.lines.push_back(cut_line(i));
    return out;
}

}  // namespace

// --- Parser -------------------------------------------------------------------------------------

Parser::Parser(LineSource& source_lines, const Options& parser_options)
    : names(*this, parser_options),
      roles(*this),
      default_domain(parser_options.domain),
      source(source_lines),
      options(parser_options) {
    tree.reserve(3 * source.lines().size() + 16);  // what most pages need, and long lists
    if (!options.source_name.empty())
        tree.edit(tree.root()).set("source", options.source_name);
}

std::uint32_t Parser::outer_line() const {
    if (root_machine == nullptr)
        return last_line;
    const Machine& outer = *root_machine;
    const auto size = static_cast<std::int64_t>(outer.lines.size());
    if (outer.at >= 0 && outer.at < size)
        return outer.lines[static_cast<std::size_t>(outer.at)].number;
    if (outer.at == size && size > 0)
        return outer.lines[static_cast<std::size_t>(size - 1)].number + 1;
    return 0;
}

ElementId Parser::current_node() const {
    return machine == nullptr ? tree.root() : machine->node;
}

ElementId Parser::report(std::uint8_t level, std::string text, std::uint32_t line, Range range) {
    return report(level, std::move(text), line, range, {});
}

ElementId Parser::report(std::uint8_t level, std::string text, std::uint32_t line, Range range,
                         std::string_view literal) {
    if (line == kCurrentLine)
        line = outer_line();
    const ElementId id = tree.make(Tag::system_message, range);
    if (!options.message_elements) {
        if (level >= kWarning)
            messages.push_back({level, line, std::move(text), range, id});
        return id;
    }
    Attributes& attributes = tree.edit(id);
    attributes.set("level", std::to_string(level));
    if (line != 0)
        attributes.set("line", std::to_string(line));
    attributes.set("source", options.source_name);
    attributes.set("type", kLevelNames[level]);
    const ElementId paragraph = tree.make(Tag::paragraph, range);
    tree.append(paragraph, tree.make_text(tree.keep(text), range));
    tree.append(id, paragraph);
    if (literal.data() != nullptr) {
        const ElementId block = tree.make(Tag::literal_block, range);
        if (!literal.empty())
            tree.append(block, tree.make_text(tree.keep(literal), range));
        tree.append(id, block);
    }
    messages.push_back({level, line, std::move(text), range, id});
    return id;
}

void Parser::parse() {
    const std::uint32_t long_line =
        options.line_length_limit == 0 ? 0 : source.longer_than(options.line_length_limit);
    if (long_line != 0) {
        const Line& line = source.lines()[long_line - source.lines().front().number];
        tree.append(
            tree.root(),
            report(3, "Line " + std::to_string(long_line) + " exceeds the line-length-limit.", 0,
                   source.range_of(line)));
        return;
    }
    Machine outermost;
    outermost.lines = source.lines();
    outermost.node = tree.root();
    outermost.match_titles = true;
    outermost.input_offset = source.lines().empty() ? 0 : source.lines().front().number - 1;
    root_machine = &outermost;
    {
        BlockParser blocks(*this, outermost);
        blocks.run();
    }
    last_line = outer_line();
    root_machine = nullptr;
}

void Parser::nested_parse(LineSpan lines, ElementId parent, Titles titles) {
    const std::uint32_t offset = lines.empty() ? 0 : lines[0].number - 1;
    nested_parse(lines, offset, parent, titles);
}

void Parser::nested_parse(LineSpan lines, std::uint32_t input_offset, ElementId parent,
                          Titles titles) {
    bool match_titles = titles != Titles::no;
    Machine* const outer = machine;
    if (outer != nullptr && parent == outer->node && tree[parent].tag != Tag::document &&
        tree[parent].tag != Tag::section)
        match_titles = false;
    const auto section_depth = [&](ElementId id) {
        int depth_of_node = 0;
        for (; tree[id].parent != kNoElement; id = tree[id].parent)
            depth_of_node += tree[id].tag == Tag::section ? 1 : 0;
        return depth_of_node;
    };
    std::vector<std::string> outer_styles;
    if (titles == Titles::own_hierarchy)
        outer_styles.swap(title_styles);
    int level_offset = 0;
    if (match_titles)
        level_offset =
            std::min(section_depth(current_node()), static_cast<int>(title_styles.size())) -
            section_depth(parent);
    run_nested(*this, lines, input_offset, parent, match_titles, level_offset);
    if (titles == Titles::own_hierarchy)
        outer_styles.swap(title_styles);
}

void run_nested(Parser& parser, LineSpan lines, std::int64_t input_offset, ElementId node,
                bool match_titles, int section_level_offset) {
    if (parser.depth >= kMaxDepth) {
        if (!parser.too_deep) {
            parser.too_deep = true;
            parser.too_deep_at = parser.source.range_of(lines.slice(0, 1));
            const std::uint32_t line = lines.empty() ? 0 : lines[0].number;
            parser.tree.append(node, parser.report(4,
                                                   "Nested more than " + std::to_string(kMaxDepth) +
                                                       " levels deep; the content is not read.",
                                                   line, parser.too_deep_at));
        }
        return;
    }
    Machine machine;
    machine.lines = lines;
    machine.input_offset = input_offset;
    machine.node = node;
    machine.match_titles = match_titles;
    machine.section_level_offset = section_level_offset;
    machine.parent = parser.machine;
    ++parser.depth;
    {
        BlockParser blocks(parser, machine);
        blocks.run();
    }
    --parser.depth;
    // Sections made in the current node: the machines around go on in the last one.
    if (match_titles && parser.machine != nullptr && node == parser.machine->node) {
        for (Machine* outer = parser.machine; outer != nullptr; outer = outer->parent)
            outer->node = machine.node;
    }
}

Indented first_known_indented(LineSpan lines, std::size_t at, std::size_t first_indent,
                              bool until_blank, bool strip_indent, bool strip_top,
                              std::size_t& next) {
    return cut_block(lines, at, first_indent, true, kNoIndent, until_blank, strip_indent, strip_top,
                     next);
}

Elements block_quote(Parser& parser, LineSpan lines, std::uint32_t line_offset) {
    Machine machine = *parser.machine;
    machine.parent = parser.machine;
    machine.lines = lines;
    machine.input_offset = line_offset;
    machine.at = 0;
    BlockParser blocks(parser, machine);
    return blocks.block_quote(lines, line_offset);
}

ElementId build_table(Parser& parser, const TableData& data, std::uint32_t table_line,
                      std::size_t stub_columns, std::string_view widths_class) {
    Machine machine = *parser.machine;
    machine.parent = parser.machine;
    BlockParser blocks(parser, machine);
    return blocks.build_table(data, table_line, stub_columns, widths_class);
}

// --- the machine --------------------------------------------------------------------------------

BlockParser::BlockParser(Parser& parser, Machine& machine)
    : p_(parser), m_(machine), outer_(parser.machine) {
    p_.machine = &m_;
}

BlockParser::~BlockParser() {
    p_.machine = outer_;
}

void BlockParser::note_source() const {
    const auto size = static_cast<std::int64_t>(m_.lines.size());
    // An index below 0 counts from the end, as it does in Python.
    const std::int64_t at = m_.at < 0 ? size + m_.at : m_.at;
    p_.tree.current_line = at >= 0 && at < size ? m_.lines[static_cast<std::size_t>(at)].number : 0;
}

bool BlockParser::next_line(std::int64_t n) {
    m_.at += n;
    note_source();
    return in_lines();
}

void BlockParser::previous_line(std::int64_t n) {
    m_.at -= n;
    note_source();
}

void BlockParser::goto_line(std::int64_t offset) {
    m_.at = offset - m_.input_offset;
    note_source();
}

std::uint32_t BlockParser::source_line(std::int64_t abs_number) const {
    const std::int64_t at = abs_number - m_.input_offset - 1;
    const auto size = static_cast<std::int64_t>(m_.lines.size());
    if (at >= 0 && at < size)
        return m_.lines[static_cast<std::size_t>(at)].number;
    if (at == size && size > 0)
        return m_.lines[static_cast<std::size_t>(size - 1)].number + 1;
    return 0;
}

bool BlockParser::next_line_blank() const {
    const std::int64_t next = m_.at + 1;
    return next >= static_cast<std::int64_t>(m_.lines.size()) ||
           m_.lines[static_cast<std::size_t>(next)].blank();
}

LineSpan BlockParser::lines_since(std::int64_t begin) const {
    return m_.lines.slice(static_cast<std::size_t>(begin), static_cast<std::size_t>(m_.at + 1));
}

std::string_view BlockParser::joined(LineSpan lines) {
    return JoinedText(p_.tree, p_.source, lines).text();
}

Indented BlockParser::cut(std::size_t first_cut, bool has_first, std::size_t block_indent,
                          bool until_blank, bool strip_indent, bool strip_top) {
    const std::int64_t offset = abs_offset();
    const auto at = static_cast<std::size_t>(std::max<std::int64_t>(m_.at, 0));
    std::size_t end = at;
    Indented out = cut_block(m_.lines, std::min(at, m_.lines.size()), first_cut, has_first,
                             block_indent, until_blank, strip_indent, strip_top, end);
    if (end > at)
        next_line(static_cast<std::int64_t>(end - at) - 1);
    out.offset += static_cast<std::uint32_t>(offset);
    return out;
}

Indented BlockParser::get_indented() {
    return cut(0, false, kNoIndent, false, true, true);
}

Indented BlockParser::get_known_indented(std::size_t first_cut, std::size_t indent) {
    return cut(first_cut, true, indent, false, true, true);
}

Indented BlockParser::get_first_known_indented(std::size_t first_cut, bool until_blank,
                                               bool strip_indent, bool strip_top) {
    return cut(first_cut, true, kNoIndent, until_blank, strip_indent, strip_top);
}

LineSpan BlockParser::get_text_block(const Line** indented) {
    *indented = nullptr;
    const auto begin = static_cast<std::size_t>(m_.at);
    std::size_t end = begin;
    while (end < m_.lines.size() && !m_.lines[end].blank()) {
        if (m_.lines[end].text[0] == ' ') {
            *indented = &m_.lines[end];
            break;
        }
        ++end;
    }
    next_line(static_cast<std::int64_t>(end - begin) - 1);
    return m_.lines.slice(begin, end);
}

ElementId BlockParser::unindent_warning(const char* what) {
    const std::uint32_t line = abs_line(1);
    Range range;
    if (static_cast<std::size_t>(m_.at + 1) < m_.lines.size())
        range = range_of(m_.lines[static_cast<std::size_t>(m_.at + 1)]);
    return p_.report(2, std::string(what) + " ends without a blank line; unexpected unindent.",
                     line, range);
}

ElementId BlockParser::literal(Tag tag, LineSpan lines, std::uint32_t line) {
    const Range range = range_of(lines);
    const ElementId id = p_.tree.make(tag, range, line);
    const std::string_view text = joined(lines);
    if (!text.empty())
        p_.tree.append(id, p_.tree.make_text(text, range));
    return id;
}

// --- Body ---------------------------------------------------------------------------------------

void BlockParser::run() {
    while (!finished_ && next_line())
        block(classify(line().text));
}

void BlockParser::block(LineMatch match) {
    switch (match.kind) {
        case BlockStart::blank:
            return;
        case BlockStart::indent:
            return indent();
        case BlockStart::bullet:
            return bullet(match);
        case BlockStart::enumerator:
            if (enumerator(match))
                return;
            break;
        case BlockStart::field_marker:
            return field_marker(match);
        case BlockStart::option_marker:
            if (option_marker(match))
                return;
            break;
        case BlockStart::doctest:
            return doctest();
        case BlockStart::line_block:
            return line_block(match);
        case BlockStart::grid_table:
            return grid_table();
        case BlockStart::simple_table:
            return simple_table();
        case BlockStart::explicit_markup:
        case BlockStart::anonymous:
            return explicit_markup(match);
        case BlockStart::line:
            if (punctuation_line())
                return;
            break;
        case BlockStart::text:
            break;
    }
    text_block();
}

void BlockParser::indent() {
    const Indented indented = get_indented();
    append(block_quote(indented.lines, indented.offset));
    if (!indented.blank_finish)
        append(unindent_warning("Block quote"));
}

namespace {

// End of the dash and the spaces that begin an attribution, or 0.
std::size_t match_attribution(std::string_view line) {
    std::size_t at = 0;
    if (line.starts_with("---"))
        at = 3;
    else if (line.starts_with("--"))
        at = 2;
    else if (line.starts_with("\xe2\x80\x94"))
        at = 3;
    if (at == 0 || (line[0] == '-' && line.substr(at, 1) == "-"))
        return 0;
    at = line.find_first_not_of(' ', at);
    return at == std::string_view::npos ? 0 : at;
}

// Body.check_attribution(): index behind the attribution that begins at `start`, and the
// indentation of its later lines; 0 if it has no such shape.
std::size_t attribution_end(LineSpan lines, std::size_t start, std::size_t& indent) {
    indent = kNoIndent;
    std::size_t i = start + 1;
    for (; i < lines.size() && !lines[i].blank(); ++i) {
        std::size_t bytes = 0;
        const std::size_t columns = leading_space(lines[i].text, kNoIndent, bytes);
        if (indent == kNoIndent)
            indent = columns;
        else if (indent != columns)
            return 0;
    }
    indent = indent == kNoIndent ? 0 : indent;
    return i;
}

}  // namespace

Elements BlockParser::block_quote(LineSpan lines, std::int64_t line_offset) {
    Elements out;
    while (!lines.empty()) {
        const ElementId quote = p_.tree.make(Tag::block_quote, {}, source_line(line_offset + 1));
        // An attribution ends the quote: the first line behind a blank one that begins with a dash.
        std::size_t end = lines.size();
        std::size_t rest = lines.size();
        std::size_t mark = 0;
        std::size_t indent = 0;
        for (std::size_t i = 1; i < lines.size(); ++i) {
            if (lines[i].blank() || !lines[i - 1].blank())
                continue;
            mark = match_attribution(lines[i].text);
            const std::size_t after = mark == 0 ? 0 : attribution_end(lines, i, indent);
            if (after != 0) {
                end = i;
                rest = after;
                break;
            }
        }
        const bool attributed = end < lines.size();
        const LineSpan content = lines.slice(0, end);
        p_.tree[quote].range = range_of(content);
        run_nested(p_, content, line_offset, quote, false, 0);
        out.push_back(quote);
        if (attributed) {
            Lines text = lines.slice(end, rest).copy();
            text[0] = text[0].part(mark);
            for (std::size_t i = 1; i < text.size(); ++i)
                text[i] = without_columns(text[i], indent);
            const std::int64_t number = 1 + line_offset + static_cast<std::int64_t>(end);
            const ElementId attribution =
                p_.tree.make(Tag::attribution, range_of(text), source_line(number));
            const Elements messages =
                p_.parse_inline(JoinedText(p_.tree, p_.source, text),
                                static_cast<std::uint32_t>(number), attribution);
            p_.tree.append(quote, attribution);
            out.insert(out.end(), messages.begin(), messages.end());
        }
        lines = lines.slice(rest);
        line_offset += static_cast<std::int64_t>(rest);
        while (!lines.empty() && lines[0].blank()) {
            lines = lines.slice(1);
            ++line_offset;
        }
    }
    return out;
}

void BlockParser::doctest() {
    const std::uint32_t number = p_.tree.current_line;
    const auto begin = static_cast<std::size_t>(m_.at);
    std::size_t end = begin;
    while (end < m_.lines.size() && !m_.lines[end].blank())
        ++end;
    next_line(static_cast<std::int64_t>(end - begin) - 1);
    append(literal(Tag::doctest_block, m_.lines.slice(begin, end), number));
}

// --- Text ---------------------------------------------------------------------------------------

void BlockParser::text_block() {
    const Line& first = line();
    const auto begin = static_cast<std::size_t>(m_.at);
    bool literal_next = false;
    if (!next_line() || line().blank()) {
        finished_ = !in_lines();
        paragraph_then(m_.lines.slice(begin, begin + 1), abs_line(-1), literal_next);
        if (literal_next)
            literal_block();
        return;
    }
    if (line().text[0] == ' ') {
        const std::uint32_t number = abs_line(-1);
        const ElementId list = p_.tree.make(Tag::definition_list, {}, source_line(number));
        ListRun run{ListState::definition_list, list, false, {}, false, {}, {}};
        const ElementId item = definition_list_item(first, run.blank_finish);
        p_.tree.append(list, item);
        append(list);
        nested_list(run);
        p_.tree[list].range = range_of(lines_since(static_cast<std::int64_t>(begin)));
        if (!run.blank_finish)
            append(unindent_warning("Definition list"));
        return;
    }
    if (is_punctuation_line(line().text)) {
        const bool too_short =
            line().text.size() < 4 && column_width(first.text) > line().text.size();
        if (!too_short)
            return title_underline(first);
        if (m_.match_titles)
            append(p_.report(1,
                             "Possible title underline, too short for the title.\n"
                             "Treating it as ordinary text because it's so short.",
                             abs_line(), range_of(line())));
    }
    const std::uint32_t number = abs_line(-1);
    const Line* indented = nullptr;
    get_text_block(&indented);
    ElementId message = kNoElement;
    if (indented != nullptr)
        message = p_.report(3, "Unexpected indentation.", indented->number, range_of(*indented));
    paragraph_then(lines_since(static_cast<std::int64_t>(begin)), number, literal_next);
    if (message != kNoElement)
        append(message);
    if (literal_next) {
        next_line();
        literal_block();
    }
}

void BlockParser::paragraph_then(LineSpan lines, std::uint32_t number, bool& literal_next) {
    JoinedText text(p_.tree, p_.source, lines);
    const std::string_view data = text.text();
    literal_next = false;
    if (data.ends_with("::")) {
        std::size_t backslashes = 0;
        while (backslashes + 2 < data.size() && data[data.size() - 3 - backslashes] == '\\')
            ++backslashes;
        literal_next = backslashes % 2 == 0;
    }
    if (literal_next) {
        if (data.size() == 2)
            return;
        const char before = data[data.size() - 3];
        if (before == ' ' || before == '\n')
            text.shorten(python::strip_right(data.substr(0, data.size() - 3)).size());
        else
            text.shorten(data.size() - 1);
    }
    const ElementId paragraph = p_.tree.make(Tag::paragraph, range_of(lines), source_line(number));
    const Elements messages = p_.parse_inline(text, number, paragraph);
    append(paragraph);
    append(messages);
}

void BlockParser::literal_block() {
    Indented indented = get_indented();
    while (!indented.lines.empty() && indented.lines.back().blank())
        indented.lines.pop_back();
    if (indented.lines.empty())
        return quoted_literal_block();
    append(literal(Tag::literal_block, indented.lines, source_line(indented.offset + 1)));
    if (!indented.blank_finish)
        append(unindent_warning("Literal block"));
}

void BlockParser::quoted_literal_block() {
    Machine machine;
    const auto offset = static_cast<std::size_t>(std::max<std::int64_t>(m_.at, 0));
    machine.lines = m_.lines.slice(offset);
    machine.input_offset = abs_offset();
    machine.node = m_.node;
    machine.parent = &m_;
    Elements out;
    Elements messages;
    std::int64_t end = 0;
    {
        BlockParser quoted(p_, machine);
        std::size_t begin = 0;
        std::size_t count = 0;
        while (quoted.next_line()) {
            const Line& current = quoted.line();
            if (current.blank()) {
                if (count > 0)
                    break;
                continue;
            }
            if (count == 0) {
                if (!is_punctuation(current.text[0]))
                    break;
                begin = static_cast<std::size_t>(machine.at);
                count = 1;
                continue;
            }
            if (current.text[0] == machine.lines[begin].text[0]) {
                ++count;
                continue;
            }
            const bool indent = current.text[0] == ' ';
            messages.push_back(p_.report(
                3, indent ? "Unexpected indentation." : "Inconsistent literal block quoting.",
                quoted.abs_line(), range_of(current)));
            quoted.previous_line();
            break;
        }
        if (count > 0) {
            const LineSpan lines = machine.lines.slice(begin, begin + count);
            out.push_back(literal(Tag::literal_block, lines, lines[0].number));
        } else {
            Range range;
            if (quoted.in_lines())
                range = range_of(quoted.line());
            out.push_back(
                p_.report(2, "Literal block expected; none found.", quoted.abs_line(), range));
            quoted.previous_line();
        }
        end = quoted.abs_offset();
    }
    out.insert(out.end(), messages.begin(), messages.end());
    goto_line(end);
    append(out);
}

}  // namespace docathon::rst

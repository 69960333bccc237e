// Lists: bullet, enumerated, definition, field and option lists, line blocks, and the states that
// read their second and later items.

#include <algorithm>
#include <cstring>

#include "lint/parse/rst/block_parser.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

// Bytes of the first character.
std::string_view bullet_of(std::string_view line) {
    return line.substr(0, line[0] == '\xe2' ? 3 : 1);
}

// The text as docutils' inline parser has it, NUL before what is escaped.
std::string raw_text(const Element& text) {
    return text.source.empty() ? std::string(text.text) : escape2null(text.source);
}

}  // namespace

// --- items after the first ----------------------------------------------------------------------

void BlockParser::nested_list(ListRun& run) {
    Machine machine;
    machine.lines = m_.lines.slice(static_cast<std::size_t>(m_.at + 1));
    machine.input_offset = abs_offset() + 1;
    machine.node = run.node;
    machine.parent = &m_;
    std::int64_t end = 0;
    {
        BlockParser list(p_, machine);
        while (list.next_line()) {
            const LineMatch match = classify(list.line().text);
            if (!list.list_line(run, match)) {
                list.previous_line();
                break;
            }
        }
        end = list.abs_offset();
    }
    goto_line(end);
}

bool BlockParser::list_line(ListRun& run, const LineMatch& match) {
    if (match.kind == BlockStart::blank)
        return run.state != ListState::line_block && run.state != ListState::explicit_markup;
    switch (run.state) {
        case ListState::bullet_list: {
            if (match.kind != BlockStart::bullet || bullet_of(line().text) != run.bullet)
                return false;
            append(list_item(match, run.blank_finish));
            return true;
        }
        case ListState::enumerated_list: {
            if (match.kind != BlockStart::enumerator)
                return false;
            EnumSequence expected = run.last.sequence;
            if (expected == EnumSequence::automatic)
                expected = EnumSequence::arabic;
            const Enumerator item = parse_enumerator(line().text, &expected);
            if (item.format != run.last.format)
                return false;
            const bool automatic = item.sequence == EnumSequence::automatic;
            if (!automatic && (item.sequence != expected || run.automatic ||
                               item.ordinal != run.last.ordinal + 1))
                return false;
            if (!is_enumerated_list_item(item))
                return false;
            run.automatic = run.automatic || automatic;
            append(list_item(match, run.blank_finish));
            run.last.ordinal = item.ordinal;
            return true;
        }
        case ListState::definition_list:
            return match.kind == BlockStart::text && definition_line(run);
        case ListState::field_list:
            if (match.kind != BlockStart::field_marker)
                return false;
            append(field(match, run.blank_finish));
            return true;
        case ListState::option_list: {
            if (match.kind != BlockStart::option_marker)
                return false;
            bool blank_finish = false;
            const ElementId item = option_list_item(match, blank_finish);
            if (item == kNoElement)
                return false;
            append(item);
            run.blank_finish = blank_finish;
            return true;
        }
        case ListState::line_block: {
            if (match.kind != BlockStart::line_block)
                return false;
            Elements messages;
            int indent = -1;
            append(line_block_line(match, abs_line(), messages, run.blank_finish, indent));
            run.indents.push_back(indent);
            const ElementId around = p_.tree[m_.node].parent;
            if (around != kNoElement)
                p_.tree.append(around, messages);
            return true;
        }
        case ListState::explicit_markup:
            if (match.kind != BlockStart::explicit_markup && match.kind != BlockStart::anonymous)
                return false;
            append(explicit_construct(match, run.blank_finish));
            return true;
    }
    return false;
}

bool BlockParser::definition_line(ListRun& run) {
    const Line& term_line = line();
    if (!next_line() || line().blank() || line().text[0] != ' ') {
        previous_line();
        return false;
    }
    append(definition_list_item(term_line, run.blank_finish));
    return true;
}

// --- bullet and enumerated lists ----------------------------------------------------------------

ElementId BlockParser::list_item(const LineMatch& match, bool& blank_finish) {
    const std::uint32_t number = source_line();
    const std::string_view text = line().text;
    const auto begin = m_.at;
    Indented indented;
    if (match.end < text.size()) {
        // The bullet is one column wide, whatever its bytes.
        const std::size_t bullet = text[0] == '\xe2' ? 2 : 0;
        indented = get_known_indented(match.end, match.end - bullet);
    } else {
        indented = get_first_known_indented(match.end);
    }
    blank_finish = indented.blank_finish;
    const ElementId item = p_.tree.make(Tag::list_item, range_of(lines_since(begin)), number);
    p_.tree[item].content = range_of(indented.lines);
    if (!indented.lines.empty())
        run_nested(p_, indented.lines, indented.offset, item, false, 0);
    return item;
}

void BlockParser::bullet(const LineMatch& match) {
    const auto begin = m_.at;
    const ElementId list = p_.tree.make(Tag::bullet_list, {}, source_line());
    append(list);
    ListRun run{ListState::bullet_list, list, false, {}, false, {}, {}};
    const std::string_view marker = bullet_of(line().text);
    std::memcpy(run.bullet, marker.data(), marker.size());
    p_.tree.edit(list).set("bullet", std::string(marker));
    const ElementId item = list_item(match, run.blank_finish);
    p_.tree.append(list, item);
    nested_list(run);
    p_.tree[list].range = range_of(lines_since(begin));
    if (!run.blank_finish)
        append(unindent_warning("Bullet list"));
}

bool BlockParser::is_enumerated_list_item(const Enumerator& item) const {
    if (item.ordinal < 0)
        return false;
    const auto next = static_cast<std::size_t>(m_.at + 1);
    if (next >= m_.lines.size())
        return true;
    const std::string_view text = m_.lines[next].text;
    std::size_t bytes = 0;
    if (text.empty() || leading_space(text, 1, bytes) == 1)
        return true;
    const std::string marker = make_enumerator(item.ordinal + 1, item.sequence, item.format);
    if (marker.empty())
        return false;
    return text.starts_with(marker) ||
           text.starts_with(make_enumerator(1, EnumSequence::automatic, item.format));
}

bool BlockParser::enumerator(const LineMatch& match) {
    const Enumerator first = parse_enumerator(line().text, nullptr);
    if (!is_enumerated_list_item(first))
        return false;
    const auto begin = m_.at;
    const ElementId list = p_.tree.make(Tag::enumerated_list, {}, source_line());
    append(list);
    {
        Attributes& attributes = p_.tree.edit(list);
        attributes.set("enumtype", std::string(to_string(first.sequence)));
        attributes.set("prefix", first.format == EnumFormat::parens ? "(" : "");
        attributes.set("suffix", first.format == EnumFormat::period ? "." : ")");
        if (first.ordinal != 1)
            attributes.set("start", std::to_string(first.ordinal));
    }
    if (first.ordinal != 1) {
        append(p_.report(1,
                         "Enumerated list start value not ordinal-1: \"" + std::string(first.text) +
                             "\" (ordinal " + std::to_string(first.ordinal) + ")",
                         p_.tree[list].line, range_of(line())));
    }
    ListRun run{ListState::enumerated_list, list, false, first, false, {}, {}};
    run.automatic = first.sequence == EnumSequence::automatic;
    const ElementId item = list_item(match, run.blank_finish);
    p_.tree.append(list, item);
    nested_list(run);
    p_.tree[list].range = range_of(lines_since(begin));
    if (!run.blank_finish)
        append(unindent_warning("Enumerated list"));
    return true;
}

// --- definition lists ---------------------------------------------------------------------------

ElementId BlockParser::definition_list_item(const Line& term_line, bool& blank_finish) {
    const std::uint32_t number = abs_line();
    const auto begin = m_.at;
    const Indented indented = get_indented();
    blank_finish = indented.blank_finish;
    Tree& tree = p_.tree;
    const LineSpan lines = lines_since(begin - 1);
    const ElementId item =
        tree.make(Tag::definition_list_item, range_of(lines), source_line(number - 1));
    Elements messages;
    tree.append(item, term(term_line, number - 1, messages));
    const ElementId definition =
        tree.make(Tag::definition, range_of(indented.lines), source_line(number));
    tree.append(definition, messages);
    tree.append(item, definition);
    if (term_line.text.ends_with("::")) {
        tree.append(definition,
                    p_.report(1,
                              "Blank line missing before literal block (after the \"::\")? "
                              "Interpreted as a definition list item.",
                              number, range_of(term_line)));
    }
    run_nested(p_, indented.lines, indented.offset, definition, false, 0);
    return item;
}

Elements BlockParser::term(const Line& term_line, std::uint32_t number, Elements& messages) {
    Tree& tree = p_.tree;
    const ElementId first = tree.make(Tag::term, range_of(term_line), source_line(number));
    messages = p_.parse_inline(JoinedText(tree, p_.source, term_line), number, first);
    Elements out{first};
    if (term_line.text.find(" :") == std::string_view::npos)
        return out;
    // " : " in the text, but not in inline markup, divides term and classifiers.
    Elements children;
    while (tree[first].first_child != kNoElement) {
        children.push_back(tree[first].first_child);
        tree.detach(children.back());
    }
    for (const ElementId child : children) {
        if (tree[child].tag != Tag::text) {
            tree.append(out.back(), child);
            continue;
        }
        const std::string raw = raw_text(tree[child]);
        std::vector<std::string_view> parts;
        std::size_t from = 0;
        std::size_t at = 0;
        while ((at = raw.find(" :", at)) != std::string::npos) {
            const std::size_t behind = raw.find_first_not_of(' ', at + 2);
            const std::size_t end = behind == std::string::npos ? raw.size() : behind;
            if (end == at + 2) {
                ++at;
                continue;
            }
            std::size_t begin = at;
            while (begin > from && raw[begin - 1] == ' ')
                --begin;
            parts.push_back(std::string_view(raw).substr(from, begin - from));
            from = at = end;
        }
        if (parts.empty()) {
            tree.append(out.back(), child);
            continue;
        }
        parts.push_back(std::string_view(raw).substr(from));
        const Range range = tree[child].range;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::string_view part = i == 0 ? python::strip_right(parts[i]) : parts[i];
            if (i > 0)
                out.push_back(tree.make(Tag::classifier, range));
            // docutils leaves the Text of an empty part out of a classifier, not of the term.
            if (i == 0 || !part.empty())
                tree.append(out.back(), tree.make_text(tree.keep(unescape(part)), range));
        }
    }
    return out;
}

// --- field and option lists ---------------------------------------------------------------------

void BlockParser::field_marker(const LineMatch& match) {
    const auto begin = m_.at;
    const ElementId list = p_.tree.make(Tag::field_list);
    append(list);
    ListRun run{ListState::field_list, list, false, {}, false, {}, {}};
    const ElementId first = field(match, run.blank_finish);
    p_.tree.append(list, first);
    nested_list(run);
    p_.tree[list].range = range_of(lines_since(begin));
    if (!run.blank_finish)
        append(unindent_warning("Field list"));
}

ElementId BlockParser::field(const LineMatch& match, bool& blank_finish) {
    Tree& tree = p_.tree;
    std::string_view name;
    (void)match_field_marker(line().text, &name);
    const Line name_line = line().part(1, name.size());
    const std::uint32_t source_number = source_line();
    const std::uint32_t number = abs_line();
    const auto begin = m_.at;
    const Indented indented = get_first_known_indented(match.end);
    blank_finish = indented.blank_finish;
    const ElementId out = tree.make(Tag::field, range_of(lines_since(begin)), source_number);
    const ElementId field_name = tree.make(Tag::field_name, range_of(name_line));
    const Elements messages =
        p_.parse_inline(JoinedText(tree, p_.source, name_line), number, field_name);
    tree.append(out, field_name);
    const ElementId body = tree.make(Tag::field_body, range_of(indented.lines));
    tree[body].source = joined(indented.lines);
    tree.append(body, messages);
    tree.append(out, body);
    if (!indented.lines.empty())
        run_nested(p_, indented.lines, indented.offset, body, false, 0);
    return out;
}

bool BlockParser::option_marker(const LineMatch& match) {
    const auto begin = m_.at;
    const ElementId list = p_.tree.make(Tag::option_list, {}, source_line());
    ListRun run{ListState::option_list, list, false, {}, false, {}, {}};
    const ElementId item = option_list_item(match, run.blank_finish);
    if (item == kNoElement)
        return false;
    append(list);
    p_.tree.append(list, item);
    nested_list(run);
    p_.tree[list].range = range_of(lines_since(begin));
    if (!run.blank_finish)
        append(unindent_warning("Option list"));
    return true;
}

namespace {

// Body.parse_option_marker() for one option, such as "-a ARG" or "--long=<a b>".
ElementId make_option(Tree& tree, const LineSource& source, const Line& text) {
    const std::string_view written = text.text;
    std::size_t name_end = written.find(' ');
    name_end = name_end == std::string_view::npos ? written.size() : name_end;
    std::size_t argument = written.find_first_not_of(' ', name_end);
    std::string_view delimiter = " ";
    const std::size_t equal = written.substr(0, name_end).find('=');
    if (equal != std::string_view::npos) {
        name_end = equal;
        argument = equal + 1;
        delimiter = "=";
    } else if (name_end > 2 && (written[0] == '+' || (written[0] == '-' && written[1] != '-'))) {
        name_end = 2;
        argument = 2;
        delimiter = "";
    }
    const auto add_text = [&](ElementId parent, std::size_t begin, std::size_t end) {
        const Range range = source.to_source(text, begin, end);
        tree[parent].range = range;
        const std::string joined_words = [&] {
            std::string out;
            for (const std::string_view word : python::split(written.substr(begin, end - begin))) {
                if (!out.empty())
                    out += ' ';
                out += word;
            }
            return out;
        }();
        tree.append(parent, tree.make_text(tree.keep(joined_words), range));
    };
    const ElementId option = tree.make(Tag::option, source.range_of(text));
    const ElementId name = tree.make(Tag::option_string);
    add_text(name, 0, name_end);
    tree.append(option, name);
    if (argument != std::string_view::npos && argument < written.size()) {
        const ElementId value = tree.make(Tag::option_argument);
        add_text(value, argument, written.size());
        tree.edit(value).set("delimiter", std::string(delimiter));
        tree.append(option, value);
    }
    return option;
}

}  // namespace

ElementId BlockParser::option_list_item(const LineMatch& match, bool& blank_finish) {
    Tree& tree = p_.tree;
    const std::int64_t offset = abs_offset();
    const Line marker =
        line().part(0, python::strip_right(line().text.substr(0, match.end)).size());
    const auto begin = m_.at;
    const Indented indented = get_first_known_indented(match.end);
    blank_finish = indented.blank_finish;
    if (indented.lines.empty()) {
        goto_line(offset);
        return kNoElement;
    }
    const ElementId group = tree.make(Tag::option_group, range_of(marker));
    // Split at ", ", but not inside < >.
    std::size_t from = 0;
    for (std::size_t i = 0; i <= marker.text.size(); ++i) {
        const bool end = i == marker.text.size();
        if (!end) {
            if (marker.text.substr(i, 2) != ", ")
                continue;
            const std::size_t angle = marker.text.find_first_of("<>", i);
            if (angle != std::string_view::npos && marker.text[angle] == '>')
                continue;
        }
        tree.append(group, make_option(tree, p_.source, marker.part(from, i - from)));
        from = i + 2;
    }
    const ElementId item = tree.make(Tag::option_list_item, range_of(lines_since(begin)));
    const ElementId description = tree.make(Tag::description, range_of(indented.lines));
    tree.append(item, group);
    tree.append(item, description);
    run_nested(p_, indented.lines, indented.offset, description, false, 0);
    return item;
}

// --- line blocks --------------------------------------------------------------------------------

void BlockParser::line_block(const LineMatch& match) {
    const auto begin = m_.at;
    const std::uint32_t number = abs_line();
    const ElementId block = p_.tree.make(Tag::line_block, {}, source_line(number));
    append(block);
    ListRun run{ListState::line_block, block, false, {}, false, {}, {}};
    Elements messages;
    int indent = -1;
    const ElementId first = line_block_line(match, number, messages, run.blank_finish, indent);
    run.indents.push_back(indent);
    p_.tree.append(block, first);
    append(messages);
    if (!run.blank_finish) {
        run.blank_finish = false;
        nested_list(run);
    }
    p_.tree[block].range = range_of(lines_since(begin));
    if (!run.blank_finish) {
        Range range;
        if (static_cast<std::size_t>(m_.at + 1) < m_.lines.size())
            range = range_of(m_.lines[static_cast<std::size_t>(m_.at + 1)]);
        append(p_.report(2, "Line block ends without a blank line.", number + 1, range));
    }
    nest_line_block_lines(p_, block, std::move(run.indents));
}

ElementId BlockParser::line_block_line(const LineMatch& match, std::uint32_t number,
                                       Elements& messages, bool& blank_finish, int& indent) {
    const std::string_view text = line().text;
    indent = text == "|" ? -1 : static_cast<int>(match.end) - 2;
    const Range bar = range_of(line());
    const Indented indented = get_first_known_indented(match.end, true);
    blank_finish = indented.blank_finish;
    // A bar alone has no text, but a place.
    const Range written = range_of(indented.lines);
    const ElementId out =
        p_.tree.make(Tag::line, written.empty() ? bar : written, source_line(number));
    messages = p_.parse_inline(JoinedText(p_.tree, p_.source, indented.lines), number, out);
    return out;
}

void nest_line_block_lines(Parser& parser, ElementId block, std::vector<int> indents) {
    if (indents.empty())
        return;
    Tree& tree = parser.tree;
    indents[0] = std::max(indents[0], 0);
    for (std::size_t i = 1; i < indents.size(); ++i) {
        if (indents[i] < 0)
            indents[i] = indents[i - 1];
    }
    struct Task {
        ElementId block;
        std::vector<int> indents;
    };
    std::vector<Task> tasks;
    tasks.push_back({block, std::move(indents)});
    while (!tasks.empty()) {
        const Task task = std::move(tasks.back());
        tasks.pop_back();
        const int least = *std::min_element(task.indents.begin(), task.indents.end());
        if (least == *std::max_element(task.indents.begin(), task.indents.end()))
            continue;
        ElementId child = tree[task.block].first_child;
        ElementId inner = kNoElement;
        for (const int indent : task.indents) {
            const ElementId next = tree[child].next;
            if (indent > least) {
                if (inner == kNoElement) {
                    inner = tree.make(Tag::line_block, tree[child].range);
                    tree.insert_before(child, inner);
                    tasks.push_back({inner, {}});
                }
                tree.detach(child);
                tree.append(inner, child);
                tree[inner].range.end = tree[child].range.end;
                tasks.back().indents.push_back(indent);
            } else {
                inner = kNoElement;
            }
            child = next;
        }
    }
}

// --- options of directives ----------------------------------------------------------------------

std::size_t parse_option_fields(Parser& parser, LineSpan lines, std::vector<OptionField>& fields,
                                bool& blank_finish) {
    blank_finish = true;
    std::size_t at = 0;
    while (at < lines.size()) {
        const Line& line = lines[at];
        if (line.blank()) {
            ++at;
            continue;
        }
        std::string_view name;
        const std::size_t end = match_field_marker(line.text, &name);
        if (end == 0)
            return at;
        const Line name_line = line.part(1, name.size());
        OptionField& field = fields.emplace_back();
        field.line = line.number;
        field.name_range = parser.source.range_of(name_line);
        field.name = name;
        if (name.find_first_of("*`|\\_[:/@<") != std::string_view::npos) {
            const ElementId element = parser.tree.make(Tag::field_name);
            (void)parser.parse_inline(JoinedText(parser.tree, parser.source, name_line),
                                      line.number, element);
            field.name = parser.tree.plain_text(element);
        }
        std::size_t next = at;
        Indented body = first_known_indented(lines, at, end, false, true, true, next);
        blank_finish = body.blank_finish;
        while (!body.lines.empty() && body.lines.back().blank())
            body.lines.pop_back();
        bool inside = false;
        for (const Line& body_line : body.lines) {
            field.paragraphs += !inside && !body_line.blank() ? 1 : 0;
            inside = !body_line.blank();
        }
        field.body = std::move(body.lines);
        at = next;
    }
    return at;
}

}  // namespace docathon::rst

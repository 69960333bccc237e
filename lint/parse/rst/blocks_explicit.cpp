// Explicit markup: footnotes, citations, hyperlink targets, substitution definitions, directives
// and comments, and what follows them without a blank line.

#include <algorithm>

#include "lint/parse/rst/block_parser.h"
#include "lint/parse/rst/inline_chars.h"
#include "lint/parse/rst/inline_uri.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

// End of the spaces at `at`, which have to be there unless the line ends; 0 if they are not.
std::size_t end_of_marker(std::string_view line, std::size_t at) {
    if (at == line.size())
        return at;
    if (line[at] != ' ')
        return 0;
    const std::size_t end = line.find_first_not_of(' ', at);
    return end == std::string_view::npos ? line.size() : end;
}

bool space_or_escape_before(std::string_view text, std::size_t at) {
    return text[at - 1] == '\0' || (char_class(text, previous_char(text, 0, at)) & kSpace) != 0;
}

Line stripped(const Line& line) {
    const std::string_view text = python::strip_left(line.text);
    return line.part(line.text.size() - text.size(), python::strip_right(text).size());
}

// The name of a hyperlink target, found step by step as lines are added to the text.
class TargetName {
  public:
    explicit TargetName(std::string_view first) {
        anonymous_ = first[0] == '_';
        quoted_ = first[0] == '`';
        begin_ = quoted_ ? 1 : 0;
        impossible_ = first.size() <= begin_ || first[begin_] == ' ' || first[begin_] == '`';
        from_ = begin_ + 1;
    }

    // Looks for the end of the name in the text so far.
    bool find(std::string_view text) {
        if (impossible_)
            return false;
        if (anonymous_) {
            const std::size_t colon = text.substr(1, 1) == " " ? 2 : 1;
            return colon < text.size() && text[colon] == ':' && ends_at(text, colon, 1);
        }
        for (std::size_t i = from_; (i = text.find(':', i)) != std::string_view::npos; ++i) {
            if (ends_at(text, i, text[i - 1] == ' ' ? i - 1 : i))
                return true;
        }
        from_ = std::max(from_, text.size());
        return false;
    }

    [[nodiscard]] std::size_t end() const { return end_; }  // behind the colon and its spaces
    [[nodiscard]] std::size_t name_begin() const { return begin_; }
    [[nodiscard]] std::size_t name_end() const { return name_end_; }

  private:
    // The colon at `colon` ends the name whose markup ends at `close`.
    bool ends_at(std::string_view text, std::size_t colon, std::size_t close) {
        const std::size_t end = end_of_marker(text, colon + 1);
        if (end == 0)
            return false;
        if (!anonymous_) {
            if (close <= begin_ || space_or_escape_before(text, close))
                return false;
            name_end_ = close;
            if (quoted_) {
                if (text[close - 1] != '`' || close - 1 <= begin_ ||
                    space_or_escape_before(text, close - 1))
                    return false;
                name_end_ = close - 1;
            } else if (text[close - 1] == ':' && (close < 2 || text[close - 2] != '\0')) {
                return false;
            }
        }
        end_ = end;
        return true;
    }

    bool anonymous_ = false;
    bool quoted_ = false;
    bool impossible_ = false;
    std::size_t begin_ = 0;
    std::size_t from_ = 0;
    std::size_t name_end_ = 0;
    std::size_t end_ = 0;
};

// Body.is_reference(): the name of a text that is one reference, NUL before what is escaped.
bool is_reference(const std::string& text, std::string& name) {
    const std::string reference = whitespace_normalize_name(text);
    const std::string_view view = reference;
    if (view.size() > 3 && view[0] == '`' && view[1] != ' ' && view.ends_with("`_") &&
        !space_or_escape_before(view, view.size() - 2)) {
        const std::string_view phrase = view.substr(1, view.size() - 3);
        name = unescape(phrase);
        return true;
    }
    const std::size_t end = match_simple_name(view, 0);
    if (end == 0 || view.substr(end) != "_")
        return false;
    name = unescape(view.substr(0, end));
    return true;
}

}  // namespace

TargetText parse_target(LineSpan lines) {
    TargetText out;
    std::string joined;
    std::string reference;
    for (const Line& line : lines) {
        const std::string text = escape2null(line.text);
        if (&line != lines.begin()) {
            joined += ' ';
            reference += ' ';
        }
        joined += text;
        reference += python::strip(text);
    }
    if (!lines.empty() && python::strip_right(lines.back().text).ends_with('_') &&
        is_reference(reference, out.data)) {
        out.indirect = true;
        return out;
    }
    // White space in a URI goes, but an escaped space stays one.
    std::size_t from = 0;
    const std::string_view view = joined;
    while (true) {
        const std::size_t space = view.find(std::string_view("\0 ", 2), from);
        const std::string part = unescape(view.substr(from, space - from));
        for (const std::string_view word : python::split(part))
            out.data += word;
        if (space == std::string_view::npos)
            return out;
        out.data += ' ';
        from = space + 2;
    }
}

void BlockParser::explicit_markup(const LineMatch& match) {
    bool blank_finish = false;
    append(explicit_construct(match, blank_finish));
    explicit_list(blank_finish);
}

void BlockParser::explicit_list(bool blank_finish) {
    ListRun run{ListState::explicit_markup, m_.node, blank_finish, {}, false, {}, {}};
    nested_list(run);
    if (!run.blank_finish)
        append(unindent_warning("Explicit markup"));
}

Elements BlockParser::explicit_construct(const LineMatch& match, bool& blank_finish) {
    if (match.kind == BlockStart::anonymous)
        return anonymous_target(match, blank_finish);
    const Line first = line();
    const std::string_view text = first.text;
    const std::size_t at = match.end;
    if (at < text.size()) {
        const char c = text[at];
        const char next = at + 1 < text.size() ? text[at + 1] : ' ';
        if (c == '[') {
            std::size_t end = at + 1;
            bool citation = false;
            if (next == '*') {
                ++end;
            } else if (next == '#') {
                end = match_simple_name(text, at + 2);
            } else {
                while (end < text.size() && text[end] >= '0' && text[end] <= '9')
                    ++end;
                if (end == at + 1 || end >= text.size() || text[end] != ']') {
                    end = match_simple_name(text, at + 1);
                    citation = true;
                }
            }
            const bool closed = end > at + 1 && end < text.size() && text[end] == ']';
            const std::size_t marker = closed ? end_of_marker(text, end + 1) : 0;
            if (marker != 0)
                return footnote(at + 1, end, marker, citation, blank_finish);
        } else if ((c == '_' || c == '|') && next != ' ') {
            Elements out;
            const bool target = c == '_';
            if (target ? hyperlink_target(at + 1, out, blank_finish)
                       : substitution_definition(at + 1, out, blank_finish))
                return out;
            const ElementId warning = p_.report(
                2, target ? "malformed hyperlink target." : "malformed substitution definition.",
                abs_line(), range_of(first));
            out = comment(match, first, blank_finish);
            out.push_back(warning);
            return out;
        } else {
            const std::size_t name_end = match_simple_name(text, at);
            std::size_t colons = name_end;
            if (text.substr(colons, 1) == " ")
                ++colons;
            if (name_end > at && text.substr(colons, 2) == "::") {
                const std::size_t marker = end_of_marker(text, colons + 2);
                if (marker != 0)
                    return directive(at, name_end, marker, kNoElement, {}, blank_finish);
            }
        }
    }
    return comment(match, first, blank_finish);
}

Elements BlockParser::comment(const LineMatch& match, const Line& first, bool& blank_finish) {
    if (next_line_blank() && first.part(match.end).blank()) {
        blank_finish = true;
        return {p_.tree.make(Tag::comment, range_of(first))};
    }
    const auto begin = m_.at;
    Indented indented = get_first_known_indented(match.end);
    blank_finish = indented.blank_finish;
    while (!indented.lines.empty() && indented.lines.back().blank())
        indented.lines.pop_back();
    const ElementId out = literal(Tag::comment, indented.lines, 0);
    p_.tree[out].range = range_of(lines_since(begin));
    return {out};
}

Elements BlockParser::footnote(std::size_t label_begin, std::size_t label_end,
                               std::size_t marker_end, bool is_citation, bool& blank_finish) {
    Tree& tree = p_.tree;
    const std::uint32_t number = source_line();
    const Line label = line().part(label_begin, label_end - label_begin);
    const auto begin = m_.at;
    const Indented indented = get_first_known_indented(marker_end);
    blank_finish = indented.blank_finish;
    std::string name = fully_normalize_name(label.text);
    const ElementId out = tree.make(is_citation ? Tag::citation : Tag::footnote,
                                    range_of(lines_since(begin)), number);
    tree[out].content = range_of(label);
    const auto add_label = [&] {
        const ElementId element = tree.make(Tag::label, range_of(label));
        tree.append(element, tree.make_text(label.text, range_of(label)));
        tree.append(out, element);
        tree.edit(out).names.push_back(name);
    };
    if (is_citation) {
        add_label();
        p_.names.note_citation(out);
    } else if (name[0] == '#') {
        name = name.substr(1);
        tree.edit(out).set("auto", "1");
        if (!name.empty())
            tree.edit(out).names.push_back(name);
        p_.names.note_autofootnote(out);
    } else if (name == "*") {
        name.clear();
        tree.edit(out).set("auto", "*");
        p_.names.note_symbol_footnote(out);
    } else {
        add_label();
        p_.names.note_footnote(out);
    }
    if (name.empty())
        p_.names.set_id(out, out);
    else
        p_.names.note_explicit_target(out, out);
    if (indented.lines.empty())
        tree.append(
            out,
            p_.report(2, is_citation ? "Citation content expected." : "Footnote content expected.",
                      kCurrentLine, range_of(label)));
    else
        run_nested(p_, indented.lines, indented.offset, out, false, 0);
    return {out};
}

bool BlockParser::hyperlink_target(std::size_t marker_end, Elements& out, bool& blank_finish) {
    const std::uint32_t number = abs_line();
    const auto begin = m_.at;
    Indented block = get_first_known_indented(marker_end, true, false);
    blank_finish = block.blank_finish;
    const LineSpan whole = lines_since(begin);
    std::string escaped = escape2null(block.lines[0].text);
    TargetName name(escaped);
    std::size_t index = 0;
    while (!name.find(escaped)) {
        if (++index == block.lines.size())
            return false;
        escaped += escape2null(block.lines[index].text);
    }
    const Line& last = block.lines[index];
    Lines rest(block.lines.begin() + static_cast<std::ptrdiff_t>(index), block.lines.end());
    rest[0] = stripped(last.part(last.text.size() - (escaped.size() - name.end())));
    std::string_view target_name;
    Range name_range;
    if (name.name_end() != 0) {
        target_name = std::string_view(escaped).substr(name.name_begin(),
                                                       name.name_end() - name.name_begin());
        const JoinedText text(p_.tree, p_.source, block.lines);
        name_range = text.to_source(name.name_begin(),
                                    std::min(name.name_end() + index, text.text().size()));
    }
    out = {make_target(rest, joined(whole), number, target_name, name_range, range_of(whole))};
    return true;
}

Elements BlockParser::anonymous_target(const LineMatch& match, bool& blank_finish) {
    const std::uint32_t number = abs_line();
    const auto begin = m_.at;
    const Indented block = get_first_known_indented(match.end, true);
    blank_finish = block.blank_finish;
    const LineSpan whole = lines_since(begin);
    return {make_target(block.lines, joined(whole), number, {}, {}, range_of(whole))};
}

ElementId BlockParser::make_target(LineSpan lines, std::string_view block_text,
                                   std::uint32_t number, std::string_view name, Range name_range,
                                   Range range) {
    Tree& tree = p_.tree;
    const TargetText text = parse_target(lines);
    const ElementId out = tree.make(Tag::target, range, number);
    tree[out].source = block_text;
    tree[out].content = name_range;
    if (text.indirect) {
        tree[out].text = tree.keep(text.data);
        tree.edit(out).set("refname", fully_normalize_name(text.data));
    }
    if (!name.empty()) {
        tree.edit(out).names.push_back(fully_normalize_name(unescape(name)));
        if (!text.indirect && !text.data.empty())
            tree.edit(out).set("refuri", adjust_uri(text.data));
        p_.names.note_explicit_target(out, m_.node);
    } else {
        if (!text.indirect && !text.data.empty())
            tree.edit(out).set("refuri", text.data);
        tree.edit(out).set("anonymous", "1");
        p_.names.note_anonymous_target(out);
    }
    if (text.indirect)
        p_.names.note_indirect_target(out);
    return out;
}

bool BlockParser::substitution_definition(std::size_t marker_end, Elements& out,
                                          bool& blank_finish) {
    Tree& tree = p_.tree;
    const std::uint32_t number = source_line();
    const auto begin = m_.at;
    Indented block = get_first_known_indented(marker_end, false, false);
    blank_finish = block.blank_finish;
    const LineSpan whole = lines_since(begin);
    const std::string_view block_text = joined(whole);
    std::string escaped = escape2null(block.lines[0].text);
    std::size_t index = 0;
    std::size_t end = 0;
    std::size_t name_size = 0;
    for (std::size_t from = 1; end == 0;) {
        for (std::size_t i = from; (i = escaped.find('|', i)) != std::string::npos; ++i) {
            if (space_or_escape_before(escaped, i) || end_of_marker(escaped, i + 1) == 0)
                continue;
            name_size = i;
            end = end_of_marker(escaped, i + 1);
            break;
        }
        if (end != 0)
            break;
        from = std::max<std::size_t>(escaped.size(), 1);
        if (++index == block.lines.size())
            return false;
        escaped += ' ' + escape2null(python::strip(block.lines[index].text));
    }
    const std::string name = escaped.substr(0, name_size);
    Lines lines(block.lines.begin() + static_cast<std::ptrdiff_t>(index), block.lines.end());
    const Line first = stripped(lines[0]);
    lines[0] = stripped(first.part(first.text.size() - (escaped.size() - end)));
    std::int64_t offset = block.offset;
    if (lines[0].blank()) {
        lines.erase(lines.begin());
        ++offset;
    }
    while (!lines.empty() && lines.back().blank())
        lines.pop_back();
    const Range range = range_of(whole);
    if (lines.empty()) {
        out = {p_.report(2, "Substitution definition \"" + name + "\" missing contents.", number,
                         range, block_text)};
        return true;
    }
    lines[0] = stripped(lines[0]);
    const ElementId definition = tree.make(Tag::substitution_definition, range, number);
    tree[definition].source = block_text;
    tree[definition].content =
        p_.source.to_source(block.lines[0], 0, std::min(name_size, block.lines[0].text.size()));
    tree.edit(definition).names.push_back(whitespace_normalize_name(name));
    {
        Machine machine;
        machine.lines = lines;
        machine.input_offset = offset;
        machine.node = definition;
        machine.parent = &m_;
        BlockParser embedded(p_, machine);
        embedded.next_line();
        const std::string_view text = lines[0].text;
        const std::size_t name_end = match_simple_name(text, 0);
        const std::size_t marker = name_end > 0 && text.substr(name_end, 2) == "::"
                                       ? end_of_marker(text, name_end + 2)
                                       : 0;
        const auto at_end = [&] {
            return machine.at >= static_cast<std::int64_t>(machine.lines.size()) - 1;
        };
        if (marker != 0) {
            bool finish = false;
            const std::string alt = tree.attributes(definition).names[0];
            tree.append(definition,
                        embedded.directive(0, name_end, marker, definition, alt, finish));
            if (!at_end())
                blank_finish = finish;
        } else if (!at_end()) {
            blank_finish = embedded.next_line_blank();
        }
    }
    for (ElementId child = tree[definition].first_child; child != kNoElement;) {
        const ElementId next = tree[child].next;
        if (tree[child].tag != Tag::text && !is_inline(tree[child].tag)) {
            tree.detach(child);
            append(child);
        }
        child = next;
    }
    for (ElementId id = tree.next_in_order(definition, definition); id != kNoElement;
         id = tree.next_in_order(id, definition)) {
        const Attributes& attributes = tree.attributes(id);
        const Tag tag = tree[id].tag;
        // A role that the project may define is no reason to take the definition for undone.
        if (tag == Tag::problematic && p_.options.mode == Mode::sphinx &&
            (tree[id].source.starts_with(':') || tree[id].source.ends_with(':')))
            continue;
        if (tag == Tag::problematic) {
            const ElementId message = p_.report(3, "Problematic content in substitution definition",
                                                number, range, block_text);
            const ElementId quote = tree.make(Tag::block_quote);
            const ElementId paragraph = tree.make(Tag::paragraph);
            tree.move_children(definition, paragraph);
            tree.append(quote, paragraph);
            tree.append(message, quote);
            out = {message};
            return true;
        }
        const char* illegal = nullptr;
        if (tag == Tag::reference && attributes.find("anonymous") != nullptr)
            illegal = "Anonymous references";
        else if (tag == Tag::footnote_reference && attributes.find("auto") != nullptr)
            illegal = "References to auto-numbered and auto-symbol footnotes";
        else if (!attributes.names.empty() || !attributes.ids.empty())
            illegal = "Targets (names and identifiers)";
        if (illegal != nullptr) {
            out = {p_.report(
                3, std::string(illegal) + " are not supported in a substitution definition.",
                number, range, block_text)};
            return true;
        }
    }
    if (tree[definition].first_child == kNoElement) {
        out = {p_.report(2, "Substitution definition \"" + name + "\" empty or invalid.", number,
                         range, block_text)};
        return true;
    }
    p_.names.note_substitution_def(definition, name, m_.node);
    out = {definition};
    return true;
}

Elements BlockParser::directive(std::size_t name_begin, std::size_t name_end,
                                std::size_t marker_end, ElementId substitution,
                                std::string_view substitution_name, bool& blank_finish) {
    DirectiveBlock block;
    const Line name = line().part(name_begin, name_end - name_begin);
    block.name = name.text;
    block.name_range = range_of(name);
    block.line = abs_line();
    block.parent = m_.node;
    block.substitution = substitution;
    block.substitution_name = substitution_name;
    const auto begin = m_.at;
    Indented indented = get_first_known_indented(marker_end, false, true, false);
    block.indented = std::move(indented.lines);
    const LineSpan whole = lines_since(begin);
    block.range = range_of(whole);
    block.block_begin = whole.begin();
    block.block_end = whole.end();
    Elements out = run_directive(p_, block);
    blank_finish = indented.blank_finish || next_line_blank();
    return out;
}

}  // namespace docathon::rst

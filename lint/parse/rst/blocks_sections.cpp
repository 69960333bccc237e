// Sections: titles with underlines and overlines, transitions, and the hierarchy of title styles.

#include <algorithm>

#include "lint/parse/rst/block_parser.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

std::string listed(const std::vector<std::string>& styles) {
    std::string out = "Established title styles: ";
    for (const std::string& style : styles) {
        if (&style != &styles.front())
            out += ' ';
        out += style[0];
        if (style.size() > 1)
            out += std::string("/") + style[1];
    }
    return out;
}

}  // namespace

bool BlockParser::punctuation_line() {
    if (m_.match_titles)
        return overline();
    const std::string_view text = line().text;
    if (text == "::")
        return false;
    if (text.size() < 4) {
        append(p_.report(1,
                         "Unexpected possible title overline or transition.\n"
                         "Treating it as ordinary text because it's so short.",
                         abs_line(), range_of(line())));
        return false;
    }
    append(p_.report(3, "Unexpected section title or transition.", abs_line(), range_of(line()),
                     text));
    return true;
}

bool BlockParser::overline() {
    const auto begin = static_cast<std::size_t>(m_.at);
    const Line& first = line();
    const std::string_view marker = first.text;
    const std::uint32_t number = abs_line();
    const auto as_text = [&] {
        previous_line(m_.at - static_cast<std::int64_t>(begin));
        return false;
    };
    const auto transition = [&] {
        append(p_.tree.make(Tag::transition, range_of(first), source_line() - 1));
        return true;
    };
    if (!next_line()) {
        if (marker.size() < 4)
            return as_text();
        finished_ = true;
        return transition();
    }
    const Line& second = line();
    if (second.blank())
        return marker.size() < 4 ? as_text() : transition();
    const auto short_overline = [&] {
        append(p_.report(1,
                         "Possible incomplete section title.\nTreating the overline as ordinary "
                         "text because it's so short.",
                         number, range_of(first)));
        return as_text();
    };
    const auto failed = [&](const char* what) {
        if (marker.size() < 4)
            return short_overline();
        const LineSpan lines = lines_since(static_cast<std::int64_t>(begin));
        append(p_.report(3, what, number, range_of(lines), joined(lines)));
        return true;
    };
    if (second.text[0] != ' ' && is_punctuation_line(second.text))
        return failed("Invalid section title or transition marker.");
    if (!next_line())
        return failed("Incomplete section title.");
    if (!is_punctuation_line(line().text))
        return failed("Missing matching underline for section title overline.");
    if (line().text != marker)
        return failed("Title overline & underline mismatch.");
    const LineSpan lines = lines_since(static_cast<std::int64_t>(begin));
    const std::string_view source = joined(lines);
    Elements messages;
    if (column_width(second.text) > marker.size()) {
        if (marker.size() < 4)
            return short_overline();
        messages.push_back(
            p_.report(2, "Title overline too short.", number, range_of(first), source));
    }
    std::size_t indent = 0;
    (void)leading_space(second.text, second.text.size(), indent);
    section(second.part(indent), source, {marker[0], line().text[0]}, number + 1, range_of(lines),
            messages);
    return true;
}

void BlockParser::title_underline(const Line& title) {
    const std::uint32_t number = abs_line();
    const LineSpan lines = lines_since(m_.at - 1);
    const std::string_view source = joined(lines);
    Elements messages;
    if (column_width(title.text) > line().text.size())
        messages.push_back(
            p_.report(2, "Title underline too short.", number, range_of(line()), source));
    if (!m_.match_titles) {
        append(messages);
        append(p_.report(3, "Unexpected section title.", source_line(), range_of(lines), source));
        return;
    }
    section(title, source, std::string(1, line().text[0]), number - 1, range_of(lines), messages);
}

void BlockParser::section(const Line& title, std::string_view source, std::string style,
                          std::uint32_t number, Range range, const Elements& messages) {
    if (!check_subsection(source, style, number, range))
        return;
    Tree& tree = p_.tree;
    const ElementId section = tree.make(Tag::section, range);
    append(section);
    const ElementId heading = tree.make(Tag::title, range);
    tree[heading].content = range_of(title);
    const Elements title_messages =
        p_.parse_inline(JoinedText(tree, p_.source, title), number, heading);
    tree.edit(section).names.push_back(fully_normalize_name(tree.plain_text(heading)));
    tree.append(section, heading);
    tree.append(section, messages);
    tree.append(section, title_messages);
    p_.names.note_implicit_target(section, section);
    m_.node = section;
}

bool BlockParser::check_subsection(std::string_view source, const std::string& style,
                                   std::uint32_t number, Range range) {
    std::vector<std::string>& styles = p_.title_styles;
    std::vector<ElementId> sections;  // innermost first
    for (ElementId id = m_.node; p_.tree[id].parent != kNoElement; id = p_.tree[id].parent) {
        if (p_.tree[id].tag == Tag::section)
            sections.push_back(id);
    }
    const auto count = static_cast<std::int64_t>(sections.size());
    const std::int64_t old_level = count + m_.section_level_offset;
    const auto found = std::find(styles.begin(), styles.end(), style);
    const std::int64_t new_level = found - styles.begin() + 1;
    const auto failed = [&](const std::string& what, const std::string& details) {
        const ElementId message = p_.report(3, what, number, range, source);
        const auto add = [&](const std::string& text) {
            const ElementId paragraph = p_.tree.make(Tag::paragraph);
            p_.tree.append(paragraph, p_.tree.make_text(p_.tree.keep(text), {}));
            p_.tree.append(message, paragraph);
        };
        add(listed(styles));
        if (!details.empty())
            add(details);
        append(message);
        return false;
    };
    if (new_level > old_level + 1)
        return failed("Inconsistent title style: skip from level " + std::to_string(old_level) +
                          " to " + std::to_string(new_level) + ".",
                      {});
    if (new_level <= old_level) {
        const std::int64_t up = old_level - new_level;  // 0: the innermost section
        if (up >= count)
            return failed(
                "A level " + std::to_string(new_level) + " section cannot be used here.",
                "The parent of level " + std::to_string(new_level) +
                    " sections cannot be reached. The parser is at section level " +
                    std::to_string(old_level) + " but the current node has only " +
                    std::to_string(count) +
                    " parent section(s).\nOne reason may be a high level section used in a "
                    "directive that parses its content into a base node not attached to the "
                    "document\n(up to Docutils 0.21, these sections were silently dropped).");
        m_.node = p_.tree[sections[static_cast<std::size_t>(up)]].parent;
    }
    if (found == styles.end())
        styles.push_back(style);
    return true;
}

}  // namespace docathon::rst

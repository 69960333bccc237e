// What begins on a line in CommonMark and GFM; the order of the tests is cmark's.

#include <algorithm>
#include <array>
#include <cassert>

#include "lint/parse/markdown/block_reader.h"

namespace docathon::markdown {

namespace {

/// First bytes at which a block other than a paragraph can begin.
constexpr std::array<bool, 256> make_starts() {
    std::array<bool, 256> out{};
    for (const char c : std::string_view(">#`~<=-*_+0123456789[:|%($\\{!?")) {
        out[static_cast<unsigned char>(c)] = true;
    }
    return out;
}
constexpr std::array<bool, 256> kStarts = make_starts();

}  // namespace

/// Opens the blocks that begin on the rest of the line, from the outside in.
void Reader::open_new() {
    while (true) {
        const Block& container = opened_ ? tip() : out_.blocks[open_[matched_ - 1]];
        const bool interrupts = container.kind == BlockKind::paragraph;
        if (!interrupts && !is_container(container) && container.kind != BlockKind::table)
            return;
        find_text();
        if (cursor_.blank)
            return;
        if (cursor_.indent >= kCodeIndent) {
            if (maybe_lazy_ || interrupts)
                return;
            advance(kCodeIndent, true);
            const std::uint32_t id = open(BlockKind::code, cursor_.offset);
            out_.blocks[id].raw = true;
            return;
        }
        if (!try_open(interrupts))
            return;
        if (!is_container(tip()))
            return;
        maybe_lazy_ = false;
    }
}

/// One block at the cursor. False: nothing begins here but text, or the line is used up.
bool Reader::try_open(bool interrupts) {
    const char first = source_[cursor_.text];
    const Block& container = opened_ ? tip() : out_.blocks[open_[matched_ - 1]];
    const bool in_table = container.kind == BlockKind::table;
    const bool in_list = container.kind == BlockKind::list;
    const bool refused = container.table_refused;
    if (kStarts[static_cast<unsigned char>(first)]) {
        const std::string_view text = rest();
        switch (first) {
            case '>':
                if (!may_nest())
                    return false;
                open_quote();
                return true;
            case '#':
                if (const scan::Heading heading = scan::atx_heading(text); heading.level != 0) {
                    open_heading(heading);
                    return false;
                }
                break;
            case '`':
            case '~':
                if (const std::uint32_t length = scan::fence_opening(text); length != 0) {
                    open_fence(length);
                    return false;
                }
                if (first == '~' && syntax_.definition_lists && open_definition(interrupts)) {
                    return true;
                }
                break;
            case '<':
                if (const std::uint8_t type = scan::html_block_start(text, interrupts); type != 0) {
                    open_html(type);
                    return false;
                }
                break;
            case ':':
                if (syntax_.colon_fences && open_colon_fence())
                    return false;
                if (syntax_.definition_lists && open_definition(interrupts))
                    return true;
                if (syntax_.field_lists && open_field())
                    return true;
                break;
            case '%':
                if (syntax_.percent_comments) {
                    return one_line(BlockKind::comment, {cursor_.text + 1, cursor_.end});
                }
                break;
            case '(':
                if (syntax_.targets) {
                    const std::string_view label = scan::trim_blanks(text);
                    if (label.size() > 3 && label.ends_with(")=")) {
                        const auto size = static_cast<std::uint32_t>(label.size());
                        return one_line(BlockKind::target,
                                        {cursor_.text + 1, cursor_.text + size - 2});
                    }
                }
                break;
            case '$':
                // No renderer lets it interrupt a paragraph.
                if (syntax_.math_blocks && !interrupts && open_math())
                    return false;
                break;
            case '\\':
                if (syntax_.amsmath && open_amsmath())
                    return false;
                break;
            case '{':
                if (syntax_.kramdown_lines && open_kramdown_line())
                    return false;
                if (syntax_.liquid_blocks && open_liquid())
                    return false;
                if (syntax_.attribute_lines && !interrupts && open_attributes())
                    return false;
                break;
            case '!':
            case '?':
                if (syntax_.indented_admonitions && open_admonition())
                    return false;
                break;
            case '[':
                if (syntax_.footnotes && open_footnote())
                    return true;
                break;
            default:
                break;
        }
        if (first == '=' || first == '-') {
            if (interrupts && underline(scan::setext_underline(text)))
                return false;
            if (first == '=' && syntax_.indented_admonitions && open_admonition())
                return false;
        }
        if (first == '+' && syntax_.block_breaks) {
            std::size_t at = 0;
            std::uint32_t count = 0;
            for (; at < text.size() && (text[at] == '+' || scan::is_blank(text[at])); ++at) {
                if (text[at] == '+')
                    ++count;
            }
            if (count >= 3)
                return one_line(BlockKind::block_break, {cursor_.text, cursor_.end});
        }
        if ((first == '-' || first == '*' || first == '_') &&
            cursor_.no_break_before <= cursor_.text) {
            std::size_t stop = 0;
            if (scan::thematic_break(text, stop)) {
                return one_line(BlockKind::thematic_break, {cursor_.text, cursor_.end});
            }
            cursor_.no_break_before = cursor_.text + static_cast<std::uint32_t>(stop);
        }
        if (const scan::ListMarker marker = scan::list_marker(text, interrupts);
            marker.length != 0) {
            if (!may_nest())
                return false;
            return open_item(marker, in_list);
        }
        if (interrupts && !refused && syntax_.tables &&
            (first == '|' || first == '-' || first == ':') && open_table()) {
            return false;
        }
    }
    if (in_table) {
        add_line(open_[matched_ - 1]);
        consume_line();
    }
    return false;
}

/// A block that is over with this line. Always false: nothing can follow on it.
bool Reader::one_line(BlockKind kind, Range content) {
    const std::uint32_t id = open(kind, cursor_.text);
    Block& block = out_.blocks[id];
    block.range.end = cursor_.end;
    block.content = content;
    if (kind == BlockKind::target)
        block.name = content;
    consume_line();
    close_tip();
    return false;
}

void Reader::open_quote() {
    const std::uint32_t begin = cursor_.text;
    advance(cursor_.text + 1 - cursor_.offset, false);
    if (cursor_.offset < cursor_.end && scan::is_blank(source_[cursor_.offset]))
        advance(1, true);
    open(BlockKind::block_quote, begin);
}

void Reader::open_heading(const scan::Heading& heading) {
    const std::uint32_t base = cursor_.text;
    const std::uint32_t id = open(BlockKind::heading, base);
    Block& block = out_.blocks[id];
    block.level = heading.level;
    block.range.end = cursor_.end;
    block.content = {base + heading.text.begin, base + heading.text.end};
    consume_line();
    close_tip();
}

/// A heading made of the open paragraph, if anything is left of it without its definitions.
bool Reader::underline(std::uint8_t level) {
    if (level == 0)
        return false;
    const bool has_text = peel_definitions();
    if (has_text) {
        Block& block = tip();
        block.kind = BlockKind::heading;
        block.level = level;
        block.flags |= node_flag::kSetext;
        block.range.end = cursor_.end;
        const Line& first = out_.lines[block.first_line];
        block.content = {first.begin, last_line_end(block)};
        consume_line();
        // The paragraph was the tip, so nothing that begins here needs it any more.
        matched_ = open_.size() - 1;
        opened_ = true;
        close_tip();
    } else {
        matched_ = open_.size();
        opened_ = true;
    }
    return true;
}

void Reader::open_fence(std::uint32_t length) {
    const std::uint32_t begin = cursor_.text;
    const char marker = source_[begin];
    const std::string_view info = scan::trim_blanks(rest().substr(length));
    const auto info_begin =
        info.empty() ? begin + length : static_cast<std::uint32_t>(info.data() - source_.data());
    const Range range{info_begin, info_begin + static_cast<std::uint32_t>(info.size())};
    if (syntax_.directives && info.size() > 2 && info[0] == '{') {
        const std::size_t word = std::min(info.find_first_of(" \t"), info.size());
        if (info[word - 1] == '}' && word > 2) {
            const std::string_view argument = scan::trim_blanks(info.substr(word));
            const auto at = argument.empty()
                                ? range.end
                                : static_cast<std::uint32_t>(argument.data() - source_.data());
            open_directive(directive_spec(info.substr(1, word - 2)),
                           {range.begin + 1, range.begin + static_cast<std::uint32_t>(word) - 1},
                           {at, at + static_cast<std::uint32_t>(argument.size())}, marker, length);
            return;
        }
    }
    const std::uint32_t indent = cursor_.text - cursor_.offset;
    const std::uint32_t id = open(BlockKind::code, begin);
    Block& block = out_.blocks[id];
    block.raw = true;
    block.flags = node_flag::kFenced | node_flag::kUnclosed;
    block.marker = marker;
    // cmark keeps the length in a byte; a fence of more than 255 is closed by one of 255.
    block.fence = std::min(length, kMaxFence);
    block.indent = indent;
    block.info = range;
    block.range.end = cursor_.end;
    block.content = {cursor_.end, cursor_.end};
    consume_line();
}

void Reader::open_html(std::uint8_t type) {
    const std::uint32_t id = open(BlockKind::html, cursor_.text);
    Block& block = out_.blocks[id];
    block.raw = true;
    block.state = type;
}

bool Reader::open_item(const scan::ListMarker& marker, bool in_list) {
    Cursor& c = cursor_;
    const std::uint32_t begin = c.text;
    const std::uint32_t offset = c.indent;
    advance(c.text + marker.length - c.offset, false);
    const Cursor behind = c;
    while (c.column - behind.column <= 5 && c.offset < c.end && scan::is_blank(source_[c.offset])) {
        advance(1, true);
    }
    const std::uint32_t blanks = c.column - behind.column;
    std::uint32_t padding = marker.length + blanks;
    if (blanks >= 5 || blanks < 1 || c.offset >= c.end) {
        // Indented code, or nothing: the content begins one column behind the marker.
        padding = marker.length + 1;
        const std::uint32_t no_break = c.no_break_before;
        c = behind;
        c.no_break_before = no_break;
        if (blanks > 0)
            advance(1, true);
    }
    const Block& container = opened_ ? tip() : out_.blocks[open_[matched_ - 1]];
    const bool same_list = in_list && container.marker == marker.delimiter &&
                           ((container.flags & node_flag::kOrdered) != 0) == marker.ordered;
    if (!same_list) {
        const std::uint32_t list = open(BlockKind::list, begin);
        out_.blocks[list].marker = marker.delimiter;
        if (marker.ordered)
            out_.blocks[list].flags |= node_flag::kOrdered;
    }
    const std::uint32_t item = open(BlockKind::item, begin);
    out_.blocks[item].indent = offset + padding;
    out_.blocks[item].range.end = begin + marker.length;
    // As in cmark-gfm, only where the marker is the first thing on its line.
    if (syntax_.task_lists && c.offset < c.end &&
        scan::only_blanks(source_.substr(c.begin, begin - c.begin), 0)) {
        find_text();
        if (c.indent < kCodeIndent && scan::task_box(rest())) {
            advance(c.text + 3 - c.offset, false);
            // cmark-gfm looks for no other block behind the box.
            return false;
        }
    }
    return true;
}

bool Reader::open_footnote() {
    Range label;
    const std::uint32_t length = scan::footnote_marker(rest(), label);
    if (length == 0 || !may_nest())
        return false;
    const std::uint32_t begin = cursor_.text;
    advance(begin + length - cursor_.offset, false);
    const std::uint32_t id = open(BlockKind::footnote, begin);
    Block& block = out_.blocks[id];
    block.name = {begin + label.begin, begin + label.end};
    block.range.end = begin + length;
    return true;
}

/// The open paragraph's last line is a header row and this line its delimiter row.
bool Reader::open_table() {
    const std::string_view delimiter = rest();
    if (!scan::delimiter_row(delimiter))
        return false;
    Block& paragraph = tip();
    assert(paragraph.kind == BlockKind::paragraph && paragraph.line_count > 0);
    const Line header = out_.lines[paragraph.first_line + paragraph.line_count - 1];
    const std::uint32_t columns =
        scan::table_cells(source_.substr(header.begin, header.end - header.begin), nullptr);
    if (columns == 0 || columns != scan::table_cells(delimiter, nullptr)) {
        paragraph.table_refused = true;
        return false;
    }
    const std::uint32_t header_line = paragraph.first_line + paragraph.line_count - 1;
    if (paragraph.line_count > 1) {
        // What stands above the header row stays a paragraph. cmark-gfm does not look for
        // definitions in it.
        --paragraph.line_count;
        paragraph.range.end = last_line_end(paragraph);
        paragraph.content = {paragraph.range.begin, paragraph.range.end};
        open_.pop_back();
        Block& parent = tip();
        parent.range.end = std::max(parent.range.end, paragraph.range.end);
        matched_ = open_.size();
        const std::uint32_t id = open(BlockKind::table, header.begin);
        out_.blocks[id].first_line = header_line;
        out_.blocks[id].line_count = 1;
    } else {
        paragraph.kind = BlockKind::table;
    }
    opened_ = true;
    add_line(open_.back());
    consume_line();
    return true;
}

}  // namespace docathon::markdown

#include "lint/parse/markdown/blocks.h"

#include <algorithm>
#include <cassert>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/parse/markdown/block_reader.h"

namespace docathon::markdown {

namespace {

bool can_contain(const Block& parent, BlockKind child) {
    if (!is_container(parent))
        return false;
    return (parent.kind == BlockKind::list) == (child == BlockKind::item);
}

}  // namespace

// --- lines -----------------------------------------------------------------------------------

std::uint32_t Reader::line_end(std::uint32_t begin) {
    // Carriage returns are rare: where the next one is, is remembered.
    if (begin < carriage_from_ || begin > carriage_) {
        carriage_from_ = begin;
        carriage_ = std::min(source_.find('\r', begin), source_.size());
    }
    const std::string_view ahead = source_.substr(begin, carriage_ - begin);
    const std::size_t size = std::min(ahead.find('\n'), ahead.size());
    return begin + static_cast<std::uint32_t>(size);
}

std::uint32_t Reader::skip_line_end(std::uint32_t end) const {
    if (end >= source_.size())
        return end;
    const bool pair = source_[end] == '\r' && end + 1 < source_.size() && source_[end + 1] == '\n';
    return end + (pair ? 2 : 1);
}

Blocks Reader::read() {
    out_.blocks.reserve(source_.size() / 48 + 4);
    out_.lines.reserve(source_.size() / 32 + 4);
    Block& document = out_.blocks.emplace_back();
    document.range = {0, static_cast<std::uint32_t>(source_.size())};
    document.content = document.range;
    open_.push_back(0);
    std::uint32_t at = has_bom(source_) ? 3 : 0;
    cursor_.offset = at;
    if (syntax_.front_matter) {
        front_matter();
        at = cursor_.offset;
    }
    while (at < source_.size()) {
        const std::uint32_t end = line_end(at);
        cursor_ = {};
        cursor_.offset = at;
        cursor_.begin = at;
        cursor_.end = end;
        line();
        at = skip_line_end(end);
    }
    close_to(1);
    return std::move(out_);
}

/// `---`, YAML, then `---` or `...`; without its end it is no front matter (mdit-py-plugins,
/// Jekyll's YAML_FRONT_MATTER_REGEXP).
void Reader::front_matter() {
    const std::uint32_t begin = cursor_.offset;
    std::uint32_t end = line_end(begin);
    if (scan::trim_blanks(source_.substr(begin, end - begin)) != "---" || source_[begin] != '-')
        return;
    const std::uint32_t content = skip_line_end(end);
    for (std::uint32_t at = content; at < source_.size();) {
        end = line_end(at);
        const std::string_view text = source_.substr(at, end - at);
        if (text.starts_with("---") || text.starts_with("...")) {
            const std::string_view mark = scan::trim_blanks(text);
            if (mark == "---" || mark == "...") {
                Block block;
                block.kind = BlockKind::front_matter;
                block.range = {begin, end};
                block.content = {content, at};
                append_closed(block);
                cursor_.offset = skip_line_end(end);
                return;
            }
        }
        at = skip_line_end(end);
    }
}

void Reader::find_text() {
    Cursor& c = cursor_;
    if (c.text <= c.offset) {
        c.text = c.offset;
        c.text_column = c.column;
        while (c.text < c.end) {
            const char byte = source_[c.text];
            if (byte == ' ') {
                ++c.text_column;
            } else if (byte == '\t') {
                c.text_column += kTabStop - c.text_column % kTabStop;
            } else {
                break;
            }
            ++c.text;
        }
    }
    c.indent = c.text_column - c.column;
    c.blank = c.text >= c.end;
}

void Reader::advance(std::uint32_t count, bool columns) {
    Cursor& c = cursor_;
    while (count > 0 && c.offset < c.end) {
        if (source_[c.offset] == '\t') {
            const std::uint32_t to_stop = kTabStop - c.column % kTabStop;
            if (columns) {
                const std::uint32_t taken = std::min(count, to_stop);
                c.in_tab = to_stop > count;
                c.column += taken;
                if (!c.in_tab)
                    ++c.offset;
                count -= taken;
            } else {
                c.in_tab = false;
                c.column += to_stop;
                ++c.offset;
                --count;
            }
        } else {
            c.in_tab = false;
            ++c.offset;
            ++c.column;
            --count;
        }
    }
}

void Reader::line() {
    opened_ = false;
    lazy_allowed_ = true;
    if (!match_open())
        return;
    maybe_lazy_ = lazy_allowed_ && tip().kind == BlockKind::paragraph;
    open_new();
    add_text();
}

// --- containers that are open -----------------------------------------------------------------

/// Counts in matched_ the open blocks that this line belongs to. False: the line is used up.
bool Reader::match_open() {
    for (matched_ = 1; matched_ < open_.size(); ++matched_) {
        find_text();
        const std::uint32_t id = open_[matched_];
        bool consumed = false;
        const bool matches = match(out_.blocks[id], consumed);
        if (consumed)
            return false;
        if (!matches)
            break;
        const Block& block = out_.blocks[id];
        if (block.kind == BlockKind::directive && block.state != kHeadDone) {
            find_text();
            if (head_line(id))
                return false;
        }
    }
    // A body of a directive is a text of its own: no paragraph in it goes on behind its end.
    for (std::size_t i = matched_; i < open_.size(); ++i) {
        if (out_.blocks[open_[i]].kind == BlockKind::directive)
            lazy_allowed_ = false;
    }
    return true;
}

bool Reader::match(Block& block, bool& consumed) {
    Cursor& c = cursor_;
    switch (block.kind) {
        case BlockKind::list:
            return true;
        case BlockKind::block_quote:
            if (c.indent > 3 || c.blank || source_[c.text] != '>')
                return false;
            advance(c.indent + 1, true);
            if (c.offset < c.end && scan::is_blank(source_[c.offset]))
                advance(1, true);
            return true;
        case BlockKind::item:
            // A field's body begins where its first further line does.
            if (block.indent == 0 && !c.blank) {
                if (c.indent == 0)
                    return false;
                block.indent = c.indent;
            }
            if (c.indent >= block.indent && block.indent != 0) {
                advance(block.indent, true);
                return true;
            }
            // An item that began with a blank line ends at the next one.
            if (!c.blank || (block.child_count == 0 && block.indent != 0))
                return false;
            advance(c.text - c.offset, false);
            return true;
        case BlockKind::footnote:
            if (c.indent >= kCodeIndent) {
                advance(kCodeIndent, true);
                return true;
            }
            return c.blank;
        case BlockKind::directive:
            if (block.marker == 0) {  // indented admonition
                if (c.indent >= kCodeIndent) {
                    advance(kCodeIndent, true);
                    return true;
                }
                return c.blank;
            }
            if (close_fence(block, matched_)) {
                consumed = true;
                return true;
            }
            strip(block.indent);
            // Definitions are indented below their terms, and are text.
            if (block.spec != nullptr && block.spec->name == "glossary")
                strip(kCodeIndent);
            return true;
        case BlockKind::code:
            if ((block.flags & node_flag::kFenced) == 0) {
                if (c.indent >= kCodeIndent) {
                    advance(kCodeIndent, true);
                    return true;
                }
                if (c.blank)
                    advance(c.text - c.offset, false);
                return c.blank;
            }
            if (close_fence(block, matched_)) {
                consumed = true;
                return true;
            }
            strip(block.indent);
            return true;
        case BlockKind::html:
            return block.state < 6 || !c.blank;
        case BlockKind::math:
        case BlockKind::comment:
            return true;
        case BlockKind::paragraph:
            return !c.blank;
        case BlockKind::table:
            return !c.blank && scan::continues_table(rest());
        default:
            return false;
    }
}

/// Closes the open block `index`, and what is open in it, if this line is its closing fence.
bool Reader::close_fence(Block& block, std::size_t index) {
    if (block.fence == 0 || cursor_.indent > 3 || cursor_.blank)
        return false;
    if (!scan::fence_closing(rest(), block.marker, block.fence))
        return false;
    const std::uint32_t id = open_[index];
    close_to(index + 1);
    if (out_.blocks[id].kind == BlockKind::directive)
        end_head(id);
    Block& closed = out_.blocks[id];
    closed.content.end = closed.range.end;
    closed.flags &= static_cast<std::uint8_t>(~node_flag::kUnclosed);
    closed.range.end = cursor_.end;
    close_tip();
    return true;
}

/// Takes up to `columns` blanks: the indentation of the opening fence.
void Reader::strip(std::uint32_t columns) {
    while (columns > 0 && cursor_.offset < cursor_.end && scan::is_blank(source_[cursor_.offset])) {
        advance(1, true);
        --columns;
    }
}

/// A line in the head of a directive. True: it is an option (or around options) and is used up.
bool Reader::head_line(std::uint32_t id) {
    Cursor& c = cursor_;
    const std::string_view line = source_.substr(c.offset, c.end - c.offset);
    const std::uint8_t state = out_.blocks[id].state;
    if (state == kHeadYaml) {
        if (line.starts_with("---")) {
            out_.blocks[id].state = kHeadDone;
            flush_argument(id);
        } else {
            add_option(id, line, false);
        }
        return true;
    }
    if (state == kHeadStart && line.starts_with("---")) {
        out_.blocks[id].state = kHeadYaml;
        return true;
    }
    // Three colons are a fence inside, not an option.
    const std::string_view text = rest();
    if (!text.empty() && text[0] == ':' && !text.starts_with(":::")) {
        out_.blocks[id].state = kHeadOptions;
        add_option(id, text, true);
        return true;
    }
    out_.blocks[id].state = kHeadDone;
    flush_argument(id);
    return false;
}

/// `:key: value` or `key: value`; anything else in a head is left out.
void Reader::add_option(std::uint32_t id, std::string_view line, bool colon) {
    const auto begin = static_cast<std::uint32_t>(line.data() - source_.data());
    std::size_t key = colon ? 1 : 0;
    while (key < line.size() && scan::is_blank(line[key]))
        ++key;
    std::size_t key_end = line.find(':', key);
    // `:key:` without a value ends with its colon; a YAML key is followed by a blank.
    while (!colon && key_end != std::string_view::npos && key_end + 1 < line.size() &&
           !scan::is_blank(line[key_end + 1])) {
        key_end = line.find(':', key_end + 1);
    }
    if (key_end == std::string_view::npos || key_end == key)
        return;
    if (!colon && (line[key] == '#' || line[key] == '-'))
        return;
    std::size_t value = key_end + 1;
    while (value < line.size() && scan::is_blank(line[value]))
        ++value;
    std::size_t value_end = line.size();
    while (value_end > value && is_ascii_space(line[value_end - 1]))
        --value_end;
    std::size_t end = value_end;
    if (value_end - value >= 2 && (line[value] == '"' || line[value] == '\'') &&
        line[value_end - 1] == line[value]) {
        ++value;
        --value_end;
    }
    while (key_end > key && scan::is_blank(line[key_end - 1]))
        --key_end;
    end = std::max(end, key_end + 1);
    const auto at = [begin](std::size_t offset) {
        return begin + static_cast<std::uint32_t>(offset);
    };
    Block option;
    option.kind = BlockKind::option;
    option.parent = id;
    option.range = {at(0), at(std::min(end, line.size()))};
    option.name = {at(key), at(key_end)};
    option.info = {at(value), at(value_end)};
    option.content = option.info;
    out_.blocks.push_back(option);
    Block& directive = out_.blocks[id];
    directive.range.end = std::max(directive.range.end, option.range.end);
}

/// A directive that takes no argument: text behind its name is the first line of its body.
void Reader::flush_argument(std::uint32_t id) {
    const Block& block = out_.blocks[id];
    if (block.raw || block.spec == nullptr || block.spec->argument != Argument::none ||
        block.info.empty()) {
        return;
    }
    const Cursor saved = cursor_;
    const std::size_t saved_matched = matched_;
    const bool saved_opened = opened_;
    const bool saved_lazy = maybe_lazy_;
    cursor_ = {};
    cursor_.offset = block.info.begin;
    cursor_.begin = block.info.begin;
    cursor_.end = block.info.end;
    matched_ = open_.size();
    opened_ = false;
    maybe_lazy_ = false;
    open_new();
    add_text();
    cursor_ = saved;
    matched_ = saved_matched;
    opened_ = saved_opened;
    maybe_lazy_ = saved_lazy;
}

// --- text ---------------------------------------------------------------------------------------

/// What is left of the line is text of a leaf, or nothing.
void Reader::add_text() {
    find_text();
    const bool lazy = !opened_ && lazy_allowed_ && matched_ < open_.size() && !cursor_.blank &&
                      tip().kind == BlockKind::paragraph;
    if (lazy) {
        // With its indentation, as in cmark: what is indented begins no definition.
        add_line(open_.back());
        return;
    }
    if (!opened_)
        close_to(matched_);
    const std::uint32_t id = open_.back();
    const Block& container = out_.blocks[id];
    if (container.raw) {
        // The line that opened a fence or a directive was used up, and holds no text of it.
        const bool opening =
            opened_ && cursor_.offset >= cursor_.end && (container.flags & node_flag::kFenced) != 0;
        const bool used = opened_ && container.state == kEndsWithLiquid;
        if (opening || used || (opened_ && container.state == kEndsWithDollars))
            return;
        add_line(id);
        after_raw_line(id);
        return;
    }
    if (cursor_.blank)
        return;
    advance(cursor_.text - cursor_.offset, false);
    if (container.kind == BlockKind::paragraph) {
        add_line(id);
        return;
    }
    if (container.kind == BlockKind::table)
        return;
    add_line(open(BlockKind::paragraph, cursor_.text));
}

void Reader::add_line(std::uint32_t id) {
    Block& block = out_.blocks[id];
    Cursor& c = cursor_;
    std::uint32_t spaces = 0;
    if (c.in_tab) {
        spaces = kTabStop - c.column % kTabStop;
        ++c.offset;
    }
    if (block.kind == BlockKind::table)
        advance(c.text - c.offset, false);
    if (block.line_count == 0)
        block.first_line = static_cast<std::uint32_t>(out_.lines.size());
    assert(block.first_line + block.line_count == out_.lines.size());
    out_.lines.push_back({c.offset, c.end, spaces});
    ++block.line_count;
    block.range.end = c.end;
}

/// Ends a raw leaf whose last line this is.
void Reader::after_raw_line(std::uint32_t id) {
    Block& block = out_.blocks[id];
    const Line line = out_.lines[block.first_line + block.line_count - 1];
    const std::string_view text = source_.substr(line.begin, line.end - line.begin);
    bool ends = false;
    if (block.kind == BlockKind::html) {
        ends = scan::html_block_end(block.state, text);
    } else if (block.state == kEndsWithDollars) {
        std::string_view body = scan::trim_blanks(text);
        ends = body.ends_with("$$");
        if (!ends && body.ends_with(')')) {
            const std::size_t paren = body.rfind('(');
            ends = paren != std::string_view::npos && paren + 2 < body.size() &&
                   scan::trim_blanks(body.substr(0, paren)).ends_with("$$");
            if (ends) {
                const auto at = static_cast<std::uint32_t>(body.data() - source_.data());
                block.name = {at + static_cast<std::uint32_t>(paren) + 1,
                              at + static_cast<std::uint32_t>(body.size()) - 1};
                body = scan::trim_blanks(body.substr(0, paren));
            }
        }
        if (ends) {
            block.content.end =
                static_cast<std::uint32_t>(body.data() + body.size() - 2 - source_.data());
        }
    } else if (block.state == kEndsWithName && block.kind == BlockKind::math) {
        const std::string_view name = source_.substr(block.info.begin, block.info.size());
        std::string_view body = scan::trim_blanks(text);
        if (body.ends_with('}')) {
            body.remove_suffix(1);
            ends = body.ends_with(name) &&
                   body.substr(0, body.size() - name.size()).ends_with("\\end{");
        }
    } else if (block.state == kEndsWithLiquid) {
        const std::size_t tag = text.find("{%");
        const std::string_view name = source_.substr(block.name.begin, block.name.size());
        if (tag != std::string_view::npos) {
            const std::size_t end = text.find("end", tag);
            ends = end != std::string_view::npos && text.substr(end + 3).starts_with(name);
        }
        if (ends) {
            // The line of the end tag is no line of the content.
            --block.line_count;
            out_.lines.pop_back();
        }
    }
    if (!ends)
        return;
    block.flags &= static_cast<std::uint8_t>(~node_flag::kUnclosed);
    close_tip();
}

// --- blocks -------------------------------------------------------------------------------------

/// Whether one more container may be opened; notes the first that may not.
bool Reader::may_nest() {
    const std::size_t depth = opened_ ? open_.size() : matched_;
    if (depth + 2 <= kMaxDepth)
        return true;
    if (!out_.too_deep) {
        out_.too_deep = true;
        out_.too_deep_at = {cursor_.text, std::min(cursor_.text + 1, cursor_.end)};
    }
    return false;
}

std::uint32_t Reader::open(BlockKind kind, std::uint32_t begin) {
    if (!opened_) {
        close_to(matched_);
        opened_ = true;
    }
    while (!can_contain(tip(), kind))
        close_tip();
    const auto id = static_cast<std::uint32_t>(out_.blocks.size());
    ++tip().child_count;
    Block& block = out_.blocks.emplace_back();
    block.kind = kind;
    block.parent = open_.back();
    block.range = {begin, begin};
    block.content = {begin, begin};
    block.first_line = static_cast<std::uint32_t>(out_.lines.size());
    open_.push_back(id);
    return id;
}

std::uint32_t Reader::append_closed(const Block& block) {
    const auto id = static_cast<std::uint32_t>(out_.blocks.size());
    out_.blocks.push_back(block);
    out_.blocks[id].parent = open_.back();
    return id;
}

void Reader::close_to(std::size_t count) {
    while (open_.size() > count)
        close_tip();
}

void Reader::close_tip() {
    const std::uint32_t id = open_.back();
    if (out_.blocks[id].kind == BlockKind::directive)
        end_head(id);
    if (out_.blocks[id].kind == BlockKind::paragraph) {
        end_paragraph();
        return;
    }
    Block& block = out_.blocks[id];
    if (block.raw)
        finish_raw(block);
    if (block.kind == BlockKind::table)
        block.content = block.range;
    if (is_container(block))
        set_content(id);
    const std::uint32_t end = block.range.end;
    open_.pop_back();
    Block& parent = tip();
    if (open_.size() > 1)
        parent.range.end = std::max(parent.range.end, end);
}

/// A directive that ends before a body began: a body may still stand on the line of its name. What
/// that opens is closed before the directive.
void Reader::end_head(std::uint32_t id) {
    Block& block = out_.blocks[id];
    if (block.state == kHeadDone)
        return;
    block.state = kHeadDone;
    const std::size_t size = open_.size();
    flush_argument(id);
    close_to(size);
}

/// Content of a container: its children, options left out.
void Reader::set_content(std::uint32_t id) {
    Block& block = out_.blocks[id];
    // A closing fence has set the end.
    const bool closed = block.kind == BlockKind::directive && block.fence != 0 &&
                        (block.flags & node_flag::kUnclosed) == 0;
    const std::uint32_t end = closed ? block.content.end : block.range.end;
    std::uint32_t child = id + 1;
    while (child < out_.blocks.size() && out_.blocks[child].kind == BlockKind::option)
        ++child;
    const std::uint32_t begin = child < out_.blocks.size() ? out_.blocks[child].range.begin : end;
    block.content = {begin, std::max(begin, end)};
}

/// Content of a leaf that was read line by line.
void Reader::finish_raw(Block& block) {
    if (block.kind == BlockKind::code && (block.flags & node_flag::kFenced) == 0) {
        while (block.line_count > 0) {
            const Line& last = out_.lines[block.first_line + block.line_count - 1];
            if (!scan::only_blanks(source_.substr(last.begin, last.end - last.begin), 0))
                break;
            --block.line_count;
            out_.lines.pop_back();
        }
        if (block.line_count > 0)
            block.range.end = last_line_end(block);
    }
    const bool has_lines = block.line_count > 0;
    if (block.kind == BlockKind::math && block.state == kEndsWithDollars) {
        if ((block.flags & node_flag::kUnclosed) != 0 && has_lines) {
            block.content.end = last_line_end(block);
        }
        return;
    }
    // `{math} a = b`: the argument is the first line.
    if (block.kind == BlockKind::directive && block.spec->body == Body::math &&
        !block.info.empty()) {
        block.content = {block.info.begin, has_lines ? last_line_end(block) : block.info.end};
        return;
    }
    if (block.state == kEndsWithLiquid && block.kind == BlockKind::comment && !has_lines)
        return;
    if (has_lines) {
        block.content = {out_.lines[block.first_line].begin, last_line_end(block)};
    }
}

void Reader::end_paragraph() {
    const std::size_t size = open_.size();
    if (!peel_definitions())
        return;
    assert(open_.size() == size);
    (void)size;
    Block& block = tip();
    block.content = {out_.lines[block.first_line].begin, last_line_end(block)};
    const std::uint32_t end = block.range.end;
    open_.pop_back();
    if (open_.size() > 1)
        tip().range.end = std::max(tip().range.end, end);
}

/// Takes link definitions off the start of the open paragraph, the tip. False: nothing else was in
/// it, and it is gone.
bool Reader::peel_definitions() {
    std::uint32_t id = open_.back();
    const std::uint32_t first_line = out_.blocks[id].first_line;
    const std::uint32_t line_count = out_.blocks[id].line_count;
    if (line_count == 0) {
        open_.pop_back();
        return false;
    }
    if (source_[out_.lines[first_line].begin] != '[' ||
        out_.lines[first_line].begin == out_.lines[first_line].end) {
        return true;
    }
    scratch_.clear();
    append_lines(out_, source_, first_line, line_count, scratch_);
    const std::string_view text = scratch_.text();
    // A definition is looked for in so many bytes: a search in it that finds nothing costs no more.
    constexpr std::size_t kWindow = 1u << 16;
    const std::uint32_t parent = out_.blocks[id].parent;
    std::size_t at = 0;
    bool first = true;
    while (at < text.size() && text[at] == '[') {
        DefinitionParts parts;
        const std::string_view window = text.substr(at, kWindow);
        const std::size_t size = match_definition(window, parts, syntax_.liquid_blocks);
        if (size == 0 || (size == window.size() && at + size < text.size()))
            break;
        const auto base = static_cast<std::uint32_t>(at);
        const auto map = [&](Range range) {
            return scratch_.to_source(Range{base + range.begin, base + range.end});
        };
        Block block;
        block.kind = BlockKind::link_definition;
        block.parent = parent;
        block.name = map(parts.label);
        block.info = map(parts.destination);
        if (!parts.title.empty())
            block.title = map(parts.title);
        std::size_t end = at + size;
        while (end > at && is_ascii_space(text[end - 1]))
            --end;
        block.range = scratch_.to_source(Range{base, static_cast<std::uint32_t>(end)});
        block.content = block.info;
        std::string label =
            normalize_label(text.substr(at + parts.label.begin, parts.label.size()));
        LinkDefinition definition;
        definition.destination =
            decode(text.substr(at + parts.destination.begin, parts.destination.size()),
                   syntax_.liquid_blocks);
        definition.title =
            decode(text.substr(at + parts.title.begin, parts.title.size()), syntax_.liquid_blocks);
        definition.destination_range = block.info;
        out_.definitions.try_emplace(std::move(label), std::move(definition));
        if (first) {
            out_.blocks[id] = block;
        } else {
            out_.blocks.push_back(block);
        }
        first = false;
        at += size;
    }
    if (first)
        return true;
    const std::uint32_t last_end = out_.blocks.back().range.end;
    open_.pop_back();
    if (open_.size() > 1)
        tip().range.end = std::max(tip().range.end, last_end);
    // Lines that are left; a definition always ends with a line.
    std::uint32_t taken = 0;
    std::size_t passed = 0;
    while (taken < line_count && passed < at) {
        const Line& line = out_.lines[first_line + taken];
        passed += line.spaces + (line.end - line.begin);
        passed += skip_line_end(line.end) - line.end;
        ++taken;
    }
    bool blank = true;
    for (std::uint32_t i = taken; i < line_count && blank; ++i) {
        const Line& line = out_.lines[first_line + i];
        blank = scan::trim_blanks(source_.substr(line.begin, line.end - line.begin)).empty();
    }
    if (taken == line_count || blank) {
        // cmark forgets the paragraph: an item that holds nothing else counts as empty.
        --out_.blocks[parent].child_count;
        return false;
    }
    id = static_cast<std::uint32_t>(out_.blocks.size());
    Block& left = out_.blocks.emplace_back();
    left.kind = BlockKind::paragraph;
    left.parent = parent;
    left.first_line = first_line + taken;
    left.line_count = line_count - taken;
    left.range = {out_.lines[left.first_line].begin, last_line_end(left)};
    left.content = left.range;
    open_.push_back(id);
    return true;
}

Blocks read_blocks(std::string_view source, const BlockSyntax& syntax) {
    return Reader(source, syntax).read();
}

void append_lines(const Blocks& blocks, std::string_view source, std::uint32_t first,
                  std::uint32_t count, MappedText& out) {
    for (std::uint32_t i = first; i < first + count; ++i) {
        const Line& line = blocks.lines[i];
        if (line.spaces > 0) {
            constexpr std::string_view kSpaces = "    ";
            out.append_virtual(kSpaces.substr(0, line.spaces), line.begin);
        }
        std::uint32_t end = line.end;
        if (i + 1 < first + count && end < source.size()) {
            const bool pair =
                source[end] == '\r' && end + 1 < source.size() && source[end + 1] == '\n';
            end += pair ? 2 : 1;
        }
        out.append(source, {line.begin, end});
    }
}

}  // namespace docathon::markdown

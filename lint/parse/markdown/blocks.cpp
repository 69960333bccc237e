#include "lint/parse/markdown/blocks.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/parse/markdown/block_scan.h"
#include "lint/parse/markdown/inline_lexer.h"

namespace docathon::markdown {

namespace {

constexpr std::uint32_t kCodeIndent = 4;
constexpr std::uint32_t kTabStop = 4;

// Block::state of a directive: how far its head (options, then a blank line) was read.
constexpr std::uint8_t kHeadStart = 0;
constexpr std::uint8_t kHeadOptions = 1;  ///< in `:key: value` lines
constexpr std::uint8_t kHeadYaml = 2;     ///< between `---` lines
constexpr std::uint8_t kHeadDone = 3;

// Block::state of other raw leaves that a line ends.
constexpr std::uint8_t kEndsWithDollars = 20;
constexpr std::uint8_t kEndsWithName = 21;    ///< \end{name}
constexpr std::uint8_t kEndsWithLiquid = 22;  ///< {% endname %}

/// amsmath environments that stand without delimiters (amsmath user's guide; mdit-py-plugins).
constexpr std::array<std::string_view, 14> kAmsEnvironments = {
    "align",  "alignat", "bmatrix", "Bmatrix", "eqnarray", "equation", "flalign",
    "gather", "matrix",  "multline", "pmatrix", "vmatrix", "Vmatrix",  "smallmatrix"};

/// First bytes at which a block other than a paragraph can begin.
constexpr std::array<bool, 256> make_starts() {
    std::array<bool, 256> out{};
    for (const char c : std::string_view(">#`~<=-*_+0123456789[:|%($\\{!?")) {
        out[static_cast<unsigned char>(c)] = true;
    }
    return out;
}
constexpr std::array<bool, 256> kStarts = make_starts();

class Reader {
  public:
    Reader(std::string_view source, const BlockSyntax& syntax) : source_(source), syntax_(syntax) {}

    Blocks read();

  private:
    /// Where the scan of one line stands. Columns count from the start of the line, tabs stop at
    /// every fourth.
    struct Cursor {
        std::uint32_t offset = 0;
        std::uint32_t column = 0;
        bool in_tab = false;  ///< a container took only some columns of the tab at `offset`
        std::uint32_t begin = 0;  ///< of the line
        std::uint32_t end = 0;
        // Set by find_text():
        std::uint32_t text = 0;  ///< first byte that is no blank
        std::uint32_t text_column = 0;
        std::uint32_t indent = 0;
        bool blank = false;
        std::uint32_t no_break_before = 0;  ///< no thematic break begins before this offset
    };

    // lines
    [[nodiscard]] std::uint32_t line_end(std::uint32_t begin) const;
    [[nodiscard]] std::uint32_t skip_line_end(std::uint32_t end) const;
    void front_matter();
    void line();
    void find_text();
    void advance(std::uint32_t count, bool columns);
    [[nodiscard]] std::string_view rest() const {
        return source_.substr(cursor_.text, cursor_.end - cursor_.text);
    }

    // containers that are open
    bool match_open();
    bool match(Block& block, bool& consumed);
    bool close_fence(Block& block, std::size_t index);
    void strip(std::uint32_t columns);
    bool head_line(std::uint32_t id);
    void add_option(std::uint32_t id, std::string_view line, bool colon);
    void flush_argument(std::uint32_t id);

    // what begins on this line
    void open_new();
    bool try_open(bool interrupts);
    void open_quote();
    void open_heading(const scan::Heading& heading);
    void open_fence(std::uint32_t length);
    bool open_colon_fence();
    void open_directive(const DirectiveSpec& spec, Range name, Range argument, char marker,
                        std::uint32_t length);
    void open_html(std::uint8_t type);
    bool underline(std::uint8_t level);
    bool open_item(const scan::ListMarker& marker, bool in_list);
    bool open_footnote();
    bool open_table();
    bool open_math();
    bool open_amsmath();
    bool open_definition(bool in_paragraph);
    bool open_field();
    bool open_attributes();
    bool open_kramdown_line();
    bool open_liquid();
    bool open_admonition();
    bool one_line(BlockKind kind, Range content);
    void consume_line() { advance(cursor_.end - cursor_.offset, false); }

    // text
    void add_text();
    void add_line(std::uint32_t id);
    void after_raw_line(std::uint32_t id);

    // blocks
    std::uint32_t open(BlockKind kind, std::uint32_t begin);
    std::uint32_t append_closed(const Block& block);
    void close_tip();
    void close_to(std::size_t count);
    void end_paragraph();
    bool peel_definitions();
    void end_head(std::uint32_t id);
    void set_content(std::uint32_t id);
    void finish_raw(Block& block);
    [[nodiscard]] bool may_nest();
    [[nodiscard]] Block& tip() { return out_.blocks[open_.back()]; }
    [[nodiscard]] std::uint32_t last_line_end(const Block& block) const {
        return out_.lines[block.first_line + block.line_count - 1].end;
    }

    std::string_view source_;
    const BlockSyntax& syntax_;
    Blocks out_;
    std::vector<std::uint32_t> open_;  // blocks that are open, document first
    Cursor cursor_;
    std::size_t matched_ = 1;  // open blocks that go on in this line
    bool opened_ = false;      // a block began in this line
    bool lazy_allowed_ = true;
    bool maybe_lazy_ = false;
    MappedText scratch_;
    // A search for an end mark that failed is not made again over the same bytes.
    std::uint32_t no_dollars_before_ = 0;
    std::vector<std::string_view> no_end_ahead_;
};

bool is_container(const Block& block) {
    return block.kind <= BlockKind::directive && !block.raw;
}

bool can_contain(const Block& parent, BlockKind child) {
    if (!is_container(parent)) return false;
    return (parent.kind == BlockKind::list) == (child == BlockKind::item);
}

// --- lines -----------------------------------------------------------------------------------

std::uint32_t Reader::line_end(std::uint32_t begin) const {
    const std::size_t end = source_.find_first_of("\r\n", begin);
    return static_cast<std::uint32_t>(end == std::string_view::npos ? source_.size() : end);
}

std::uint32_t Reader::skip_line_end(std::uint32_t end) const {
    if (end >= source_.size()) return end;
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
    if (scan::trim_blanks(source_.substr(begin, end - begin)) != "---" || source_[begin] != '-') return;
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
                if (!c.in_tab) ++c.offset;
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
    if (!match_open()) return;
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
        if (consumed) return false;
        if (!matches) break;
        const Block& block = out_.blocks[id];
        if (block.kind == BlockKind::directive && block.state != kHeadDone) {
            find_text();
            if (head_line(id)) return false;
        }
    }
    // A body of a directive is a text of its own: no paragraph in it goes on behind its end.
    for (std::size_t i = matched_; i < open_.size(); ++i) {
        if (out_.blocks[open_[i]].kind == BlockKind::directive) lazy_allowed_ = false;
    }
    return true;
}

bool Reader::match(Block& block, bool& consumed) {
    Cursor& c = cursor_;
    switch (block.kind) {
        case BlockKind::list:
            return true;
        case BlockKind::block_quote:
            if (c.indent > 3 || c.blank || source_[c.text] != '>') return false;
            advance(c.indent + 1, true);
            if (c.offset < c.end && scan::is_blank(source_[c.offset])) advance(1, true);
            return true;
        case BlockKind::item:
            // A field's body begins where its first further line does.
            if (block.indent == 0 && !c.blank) {
                if (c.indent == 0) return false;
                block.indent = c.indent;
            }
            if (c.indent >= block.indent && block.indent != 0) {
                advance(block.indent, true);
                return true;
            }
            // An item that began with a blank line ends at the next one.
            if (!c.blank || (block.child_count == 0 && block.indent != 0)) return false;
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
            return true;
        case BlockKind::code:
            if ((block.flags & node_flag::kFenced) == 0) {
                if (c.indent >= kCodeIndent) {
                    advance(kCodeIndent, true);
                    return true;
                }
                if (c.blank) advance(c.text - c.offset, false);
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
    if (block.fence == 0) return block.marker == 0;
    if (cursor_.indent > 3 || cursor_.blank) return false;
    if (!scan::fence_closing(rest(), block.marker, block.fence)) return false;
    const std::uint32_t id = open_[index];
    close_to(index + 1);
    if (out_.blocks[id].kind == BlockKind::directive) end_head(id);
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
    while (key < line.size() && scan::is_blank(line[key])) ++key;
    std::size_t key_end = line.find(':', key);
    // `:key:` without a value ends with its colon; a YAML key is followed by a blank.
    while (!colon && key_end != std::string_view::npos && key_end + 1 < line.size() &&
           !scan::is_blank(line[key_end + 1])) {
        key_end = line.find(':', key_end + 1);
    }
    if (key_end == std::string_view::npos || key_end == key) return;
    if (!colon && (line[key] == '#' || line[key] == '-')) return;
    std::size_t value = key_end + 1;
    while (value < line.size() && scan::is_blank(line[value])) ++value;
    std::size_t value_end = line.size();
    while (value_end > value && is_ascii_space(line[value_end - 1])) --value_end;
    std::size_t end = value_end;
    if (value_end - value >= 2 && (line[value] == '"' || line[value] == '\'') &&
        line[value_end - 1] == line[value]) {
        ++value;
        --value_end;
    }
    while (key_end > key && scan::is_blank(line[key_end - 1])) --key_end;
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

// --- what begins on this line -----------------------------------------------------------------

/// Opens the blocks that begin on the rest of the line, from the outside in.
void Reader::open_new() {
    while (true) {
        const Block& container = opened_ ? tip() : out_.blocks[open_[matched_ - 1]];
        const bool interrupts = container.kind == BlockKind::paragraph;
        if (!interrupts && !is_container(container) && container.kind != BlockKind::table) return;
        find_text();
        if (cursor_.blank) return;
        if (cursor_.indent >= kCodeIndent) {
            if (maybe_lazy_ || interrupts) return;
            advance(kCodeIndent, true);
            const std::uint32_t id = open(BlockKind::code, cursor_.offset);
            out_.blocks[id].raw = true;
            return;
        }
        if (!try_open(interrupts)) return;
        if (!is_container(tip())) return;
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
                if (!may_nest()) return false;
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
                break;
            case '<':
                if (const std::uint8_t type = scan::html_block_start(text, interrupts); type != 0) {
                    open_html(type);
                    return false;
                }
                break;
            case ':':
                if (syntax_.colon_fences && open_colon_fence()) return false;
                if (syntax_.definition_lists && open_definition(interrupts)) return true;
                if (syntax_.field_lists && open_field()) return true;
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
                        return one_line(BlockKind::target, {cursor_.text + 1, cursor_.text + size - 2});
                    }
                }
                break;
            case '$':
                if (syntax_.math_blocks && open_math()) return false;
                break;
            case '\\':
                if (syntax_.amsmath && open_amsmath()) return false;
                break;
            case '{':
                if (syntax_.kramdown_lines && open_kramdown_line()) return false;
                if (syntax_.liquid_blocks && open_liquid()) return false;
                if (syntax_.attribute_lines && !interrupts && open_attributes()) return false;
                break;
            case '!':
            case '?':
                if (syntax_.indented_admonitions && open_admonition()) return false;
                break;
            case '[':
                if (syntax_.footnotes && open_footnote()) return true;
                break;
            default:
                break;
        }
        if (first == '=' || first == '-') {
            if (interrupts && underline(scan::setext_underline(text))) return false;
            if (first == '=' && syntax_.indented_admonitions && open_admonition()) return false;
        }
        if (first == '+' && syntax_.block_breaks) {
            std::size_t at = 0;
            std::uint32_t count = 0;
            for (; at < text.size() && (text[at] == '+' || scan::is_blank(text[at])); ++at) {
                if (text[at] == '+') ++count;
            }
            if (count >= 3) return one_line(BlockKind::block_break, {cursor_.text, cursor_.end});
        }
        if ((first == '-' || first == '*' || first == '_') &&
            cursor_.no_break_before <= cursor_.text) {
            std::size_t stop = 0;
            if (scan::thematic_break(text, stop)) {
                return one_line(BlockKind::thematic_break, {cursor_.text, cursor_.end});
            }
            cursor_.no_break_before = cursor_.text + static_cast<std::uint32_t>(stop);
        }
        if (const scan::ListMarker marker = scan::list_marker(text, interrupts); marker.length != 0) {
            if (!may_nest()) return false;
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
    if (kind == BlockKind::target) block.name = content;
    consume_line();
    close_tip();
    return false;
}

void Reader::open_quote() {
    const std::uint32_t begin = cursor_.text;
    advance(cursor_.text + 1 - cursor_.offset, false);
    if (cursor_.offset < cursor_.end && scan::is_blank(source_[cursor_.offset])) advance(1, true);
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
    if (level == 0) return false;
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
    const auto info_begin = info.empty() ? begin + length
                                         : static_cast<std::uint32_t>(info.data() - source_.data());
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
    block.fence = std::min<std::uint32_t>(length, 255);
    block.indent = indent;
    block.info = range;
    block.range.end = cursor_.end;
    block.content = {cursor_.end, cursor_.end};
    consume_line();
}

/// `:::{name} argument`, or `:::name`, a div.
bool Reader::open_colon_fence() {
    const std::string_view text = rest();
    const std::uint32_t length = scan::run_length(text);
    if (length < 3) return false;
    const std::string_view info = scan::trim_blanks(text.substr(length));
    const auto begin = info.empty() ? cursor_.text + length
                                    : static_cast<std::uint32_t>(info.data() - source_.data());
    const std::size_t word = std::min(info.find_first_of(" \t"), info.size());
    const std::string_view argument = scan::trim_blanks(info.substr(word));
    const auto at = argument.empty() ? begin + static_cast<std::uint32_t>(info.size())
                                     : static_cast<std::uint32_t>(argument.data() - source_.data());
    const Range argument_range{at, at + static_cast<std::uint32_t>(argument.size())};
    if (word > 2 && info[0] == '{' && info[word - 1] == '}') {
        open_directive(directive_spec(info.substr(1, word - 2)),
                       {begin + 1, begin + static_cast<std::uint32_t>(word) - 1}, argument_range, ':',
                       length);
    } else {
        open_directive(directive_spec("div"), {begin, begin + static_cast<std::uint32_t>(word)},
                       argument_range, ':', length);
        // A div has no options.
        tip().state = kHeadDone;
    }
    return true;
}

void Reader::open_directive(const DirectiveSpec& spec, Range name, Range argument, char marker,
                            std::uint32_t length) {
    const std::uint32_t begin = cursor_.text;
    const std::uint32_t indent = cursor_.text - cursor_.offset;
    const std::uint32_t line_end = cursor_.end;
    const bool nests = spec.body == Body::markdown;
    const bool room = !nests || may_nest();
    consume_line();
    const std::uint32_t id = open(BlockKind::directive, begin);
    Block& block = out_.blocks[id];
    block.spec = &spec;
    // Too deep: the body is kept, but not read.
    block.raw = !nests || !room;
    block.flags = node_flag::kFenced | node_flag::kUnclosed;
    block.marker = marker;
    block.fence = std::min<std::uint32_t>(length, 255);
    block.indent = indent;
    block.name = name;
    block.info = argument;
    block.range.end = line_end;
    block.content = {line_end, line_end};
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
        if (blanks > 0) advance(1, true);
    }
    const Block& container = opened_ ? tip() : out_.blocks[open_[matched_ - 1]];
    const bool same_list = in_list && container.marker == marker.delimiter &&
                           ((container.flags & node_flag::kOrdered) != 0) == marker.ordered;
    if (!same_list) {
        const std::uint32_t list = open(BlockKind::list, begin);
        out_.blocks[list].marker = marker.delimiter;
        if (marker.ordered) out_.blocks[list].flags |= node_flag::kOrdered;
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
    if (length == 0 || !may_nest()) return false;
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
    if (!scan::delimiter_row(delimiter)) return false;
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

/// `$$` up to a line that ends with `$$` or `$$ (label)`, no blank line in between.
bool Reader::open_math() {
    const std::string_view text = rest();
    if (!text.starts_with("$$")) return false;
    // End of the content and label if a line ends the block.
    const auto ends = [this](std::string_view line, std::size_t from, Range& content_end,
                             Range& label) {
        const auto at = [this](const char* byte) {
            return static_cast<std::uint32_t>(byte - source_.data());
        };
        std::string_view body = line.substr(from);
        while (!body.empty() && scan::is_blank(body.back())) body.remove_suffix(1);
        if (body.ends_with("$$")) {
            content_end.end = at(body.data() + body.size() - 2);
            return true;
        }
        if (!body.ends_with(')')) return false;
        const std::size_t paren = body.rfind('(');
        if (paren == std::string_view::npos || paren + 2 > body.size() - 1) return false;
        std::string_view before = body.substr(0, paren);
        while (!before.empty() && scan::is_blank(before.back())) before.remove_suffix(1);
        if (!before.ends_with("$$")) return false;
        const std::string_view name = body.substr(paren + 1, body.size() - paren - 2);
        if (name.find_first_of(")$") != std::string_view::npos) return false;
        content_end.end = at(before.data() + before.size() - 2);
        label = {at(name.data()), at(name.data() + name.size())};
        return true;
    };
    Range content{cursor_.text + 2, cursor_.end};
    Range label;
    const bool one = ends(text, 2, content, label);
    if (!one) {
        // `$$x$$ and so on` is text with math in it.
        if (text.find("$$", 2) != std::string_view::npos) return false;
        if (cursor_.text < no_dollars_before_) return false;
        bool found = false;
        std::uint32_t at = skip_line_end(cursor_.end);
        while (at < source_.size() && !found) {
            const std::uint32_t end = line_end(at);
            const std::string_view line = source_.substr(at, end - at);
            if (scan::only_blanks(line, 0)) break;
            Range ignored_end;
            Range ignored_label;
            found = ends(line, 0, ignored_end, ignored_label);
            at = skip_line_end(end);
        }
        if (!found) {
            no_dollars_before_ = at;
            return false;
        }
    }
    const std::uint32_t line_end_at = cursor_.end;
    const std::uint32_t id = open(BlockKind::math, cursor_.text);
    Block& block = out_.blocks[id];
    block.raw = true;
    block.state = kEndsWithDollars;
    block.flags = one ? 0 : node_flag::kUnclosed;
    block.content = content;
    block.name = label;
    block.range.end = line_end_at;
    consume_line();
    if (one) {
        close_tip();
    }
    return true;
}

/// `\begin{align}` up to the line that ends with `\end{align}`.
bool Reader::open_amsmath() {
    const std::string_view text = rest();
    constexpr std::string_view kBegin = "\\begin{";
    if (!text.starts_with(kBegin)) return false;
    const std::size_t close = text.find('}', kBegin.size());
    if (close == std::string_view::npos) return false;
    const std::string_view name = text.substr(kBegin.size(), close - kBegin.size());
    std::string_view plain = name;
    if (plain.ends_with('*')) plain.remove_suffix(1);
    if (std::find(kAmsEnvironments.begin(), kAmsEnvironments.end(), plain) == kAmsEnvironments.end()) {
        return false;
    }
    if (std::find(no_end_ahead_.begin(), no_end_ahead_.end(), name) != no_end_ahead_.end()) {
        return false;
    }
    const std::string end = "\\end{" + std::string(name) + "}";
    if (source_.find(end, cursor_.text) == std::string_view::npos) {
        no_end_ahead_.push_back(name);
        return false;
    }
    const std::uint32_t id = open(BlockKind::math, cursor_.text);
    Block& block = out_.blocks[id];
    block.raw = true;
    block.state = kEndsWithName;
    block.flags = node_flag::kUnclosed;
    block.info = {static_cast<std::uint32_t>(name.data() - source_.data()),
                  static_cast<std::uint32_t>(name.data() + name.size() - source_.data())};
    return true;
}

/// `: text` below a term: the definition's item; its list, and the term's item, if it is the first.
bool Reader::open_definition(bool in_paragraph) {
    const std::string_view text = rest();
    if (text.size() < 3 || !scan::is_blank(text[1]) || scan::only_blanks(text, 1)) return false;
    const std::uint32_t begin = cursor_.text;
    const std::uint32_t indent = cursor_.indent;
    const std::uint32_t container_id = opened_ ? open_.back() : open_[matched_ - 1];
    const Block& container = out_.blocks[container_id];
    if (container.kind == BlockKind::list) {
        if (container.marker != ':') return false;
    } else {
        // The term: a paragraph of one line, directly above or above one blank line.
        const auto term_id = static_cast<std::uint32_t>(out_.blocks.size() - 1);
        const Block term = out_.blocks[term_id];
        const std::uint32_t parent =
            in_paragraph ? out_.blocks[open_.back()].parent : container_id;
        if (term.kind != BlockKind::paragraph || term.line_count != 1 || term.parent != parent) {
            return false;
        }
        if (in_paragraph && open_.back() != term_id) return false;
        const std::string_view between = source_.substr(term.range.end, begin - term.range.end);
        if (std::count(between.begin(), between.end(), '\n') > 2) return false;
        if (!may_nest()) return false;
        if (in_paragraph) {
            open_.pop_back();
            matched_ = open_.size();
        } else if (!opened_) {
            close_to(matched_);
        }
        opened_ = true;
        Block list;
        list.kind = BlockKind::list;
        list.marker = ':';
        list.parent = parent;
        list.range = term.range;
        list.child_count = 1;
        out_.blocks[term_id] = list;
        Block item;
        item.kind = BlockKind::item;
        item.parent = term_id;
        item.range = term.range;
        item.child_count = 1;
        out_.blocks.push_back(item);
        Block copy = term;
        copy.parent = term_id + 1;
        out_.blocks.push_back(copy);
        open_.push_back(term_id);
    }
    advance(begin + 1 - cursor_.offset, false);
    find_text();
    advance(cursor_.text - cursor_.offset, false);
    const std::uint32_t id = open(BlockKind::item, begin);
    out_.blocks[id].indent = indent + 2;
    return true;
}

/// `:name: body`.
bool Reader::open_field() {
    const std::string_view text = rest();
    const std::size_t close = text.find(':', 1);
    if (close == std::string_view::npos || scan::trim_blanks(text.substr(1, close - 1)).empty()) {
        return false;
    }
    if (close + 1 < text.size() && !scan::is_blank(text[close + 1])) return false;
    if (scan::delimiter_row(text) || !may_nest()) return false;
    const std::uint32_t begin = cursor_.text;
    const Block& container = opened_ ? tip() : out_.blocks[open_[matched_ - 1]];
    const bool in_list = container.kind == BlockKind::list && container.marker == 'f';
    if (!in_list) {
        const std::uint32_t list = open(BlockKind::list, begin);
        out_.blocks[list].marker = 'f';
    }
    advance(begin + static_cast<std::uint32_t>(close) + 1 - cursor_.offset, false);
    find_text();
    advance(cursor_.text - cursor_.offset, false);
    const std::uint32_t id = open(BlockKind::item, begin);
    Block& block = out_.blocks[id];
    block.name = {begin + 1, begin + static_cast<std::uint32_t>(close)};
    block.range.end = begin + static_cast<std::uint32_t>(close) + 1;
    return true;
}

bool Reader::open_attributes() {
    const std::string_view text = scan::trim_blanks(rest());
    if (!text.ends_with('}')) return false;
    Range id;
    const std::size_t percent = text.rfind('%');
    if (lex::attributes(text, 0, percent == std::string_view::npos ? lex::kNone : percent, id) ==
        lex::kNone) {
        return false;
    }
    const std::uint32_t begin = cursor_.text;
    const auto end = begin + static_cast<std::uint32_t>(text.size());
    one_line(BlockKind::attributes, {begin + 1, end - 1});
    Block& block = out_.blocks.back();
    if (!id.empty()) block.name = {begin + id.begin, begin + id.end};
    return true;
}

/// `{: .x}`, `{:toc}`, `{::options /}` on a line of its own.
bool Reader::open_kramdown_line() {
    const std::string_view text = scan::trim_blanks(rest());
    if (!text.starts_with("{:") || !text.ends_with('}')) return false;
    Range id;
    const std::uint32_t begin = cursor_.text;
    const auto end = begin + static_cast<std::uint32_t>(text.size());
    const std::size_t read = lex::kramdown_attributes(text, 0, id);
    one_line(BlockKind::attributes, {begin + 2, end - 1});
    Block& block = out_.blocks.back();
    if (read == text.size() && !id.empty()) block.name = {begin + id.begin, begin + id.end};
    return true;
}

/// `{% highlight x %}` and `{% comment %}`: what Liquid takes away before Markdown is read.
bool Reader::open_liquid() {
    const std::string_view text = rest();
    if (!text.starts_with("{%")) return false;
    std::size_t at = 2;
    if (at < text.size() && text[at] == '-') ++at;
    while (at < text.size() && scan::is_blank(text[at])) ++at;
    const std::size_t name = at;
    while (at < text.size() && is_ascii_alpha(text[at])) ++at;
    const std::string_view tag = text.substr(name, at - name);
    const bool code = tag == "highlight";
    if (!code && tag != "comment") return false;
    const std::size_t close = text.find("%}", at);
    if (close == std::string_view::npos) return false;
    const std::uint32_t begin = cursor_.text;
    std::string_view info = scan::trim_blanks(text.substr(at, close - at));
    if (info.ends_with('-')) info = scan::trim_blanks(info.substr(0, info.size() - 1));
    const std::uint32_t id = open(code ? BlockKind::code : BlockKind::comment, begin);
    Block& block = out_.blocks[id];
    block.raw = true;
    block.state = kEndsWithLiquid;
    block.flags = code ? node_flag::kFenced | node_flag::kUnclosed : node_flag::kUnclosed;
    block.name = {begin + static_cast<std::uint32_t>(name),
                  begin + static_cast<std::uint32_t>(name + tag.size())};
    block.range.end = cursor_.end;
    if (!info.empty()) {
        const auto info_at = static_cast<std::uint32_t>(info.data() - source_.data());
        block.info = {info_at, info_at + static_cast<std::uint32_t>(info.size())};
    }
    const std::string end = "end" + std::string(tag);
    const auto content = begin + static_cast<std::uint32_t>(close) + 2;
    block.content = {content, cursor_.end};
    // `{% comment %} x {% endcomment %}` on one line.
    const bool one = text.find(end, close) != std::string_view::npos;
    consume_line();
    if (one) {
        out_.blocks[id].flags &= static_cast<std::uint8_t>(~node_flag::kUnclosed);
        const std::size_t stop = text.find("{%", close);
        if (stop != std::string_view::npos) {
            out_.blocks[id].content.end = begin + static_cast<std::uint32_t>(stop);
        }
        close_tip();
    }
    return true;
}

/// Python-Markdown: `!!! note "Title"`, `??? note`, `=== "Tab"`; the body is indented by four.
bool Reader::open_admonition() {
    const std::string_view text = rest();
    if (!text.starts_with("!!!") && !text.starts_with("???") && !text.starts_with("===")) return false;
    std::size_t at = 3;
    if (at < text.size() && text[at] == '+') ++at;
    const std::size_t blank = at;
    while (at < text.size() && scan::is_blank(text[at])) ++at;
    if (at == blank || at == text.size() || !may_nest()) return false;
    const std::uint32_t begin = cursor_.text;
    const std::size_t name = at;
    if (text[at] != '"') {
        while (at < text.size() && !scan::is_blank(text[at])) ++at;
    }
    const std::size_t name_end = at;
    std::string_view title = scan::trim_blanks(text.substr(at));
    if (title.size() >= 2 && title.front() == '"' && title.back() == '"') {
        title = title.substr(1, title.size() - 2);
    } else if (text[0] == '=') {
        return false;
    }
    const std::uint32_t line_end_at = cursor_.end;
    consume_line();
    const std::uint32_t id = open(BlockKind::directive, begin);
    Block& block = out_.blocks[id];
    block.spec = &directive_spec("admonition");
    block.state = kHeadDone;
    block.name = {begin + static_cast<std::uint32_t>(name), begin + static_cast<std::uint32_t>(name_end)};
    if (!title.empty()) {
        const auto title_at = static_cast<std::uint32_t>(title.data() - source_.data());
        block.info = {title_at, title_at + static_cast<std::uint32_t>(title.size())};
    }
    block.range.end = line_end_at;
    block.content = {line_end_at, line_end_at};
    return true;
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
    if (!opened_) close_to(matched_);
    const std::uint32_t id = open_.back();
    const Block& container = out_.blocks[id];
    if (container.raw) {
        // The line that opened a fence or a directive was used up, and holds no text of it.
        const bool opening = opened_ && cursor_.offset >= cursor_.end &&
                             (container.flags & node_flag::kFenced) != 0;
        const bool used = opened_ && container.state == kEndsWithLiquid;
        if (opening || used || (opened_ && container.state == kEndsWithDollars)) return;
        add_line(id);
        after_raw_line(id);
        return;
    }
    if (cursor_.blank) return;
    advance(cursor_.text - cursor_.offset, false);
    if (container.kind == BlockKind::paragraph) {
        add_line(id);
        return;
    }
    if (container.kind == BlockKind::table) return;
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
    if (block.kind == BlockKind::table) advance(c.text - c.offset, false);
    if (block.line_count == 0) block.first_line = static_cast<std::uint32_t>(out_.lines.size());
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
    if (!ends) return;
    block.flags &= static_cast<std::uint8_t>(~node_flag::kUnclosed);
    close_tip();
}

// --- blocks -------------------------------------------------------------------------------------

/// Whether one more container may be opened; notes the first that may not.
bool Reader::may_nest() {
    const std::size_t depth = opened_ ? open_.size() : matched_;
    if (depth + 2 <= kMaxDepth) return true;
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
    while (!can_contain(tip(), kind)) close_tip();
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
    while (open_.size() > count) close_tip();
}

void Reader::close_tip() {
    const std::uint32_t id = open_.back();
    if (out_.blocks[id].kind == BlockKind::directive) end_head(id);
    if (out_.blocks[id].kind == BlockKind::paragraph) {
        end_paragraph();
        return;
    }
    Block& block = out_.blocks[id];
    if (block.raw) finish_raw(block);
    if (is_container(block)) set_content(id);
    const std::uint32_t end = block.range.end;
    open_.pop_back();
    Block& parent = tip();
    if (open_.size() > 1) parent.range.end = std::max(parent.range.end, end);
}

/// A directive that ends before a body began: a body may still stand on the line of its name. What
/// that opens is closed before the directive.
void Reader::end_head(std::uint32_t id) {
    Block& block = out_.blocks[id];
    if (block.state == kHeadDone) return;
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
    while (child < out_.blocks.size() && out_.blocks[child].kind == BlockKind::option) ++child;
    const std::uint32_t begin = child < out_.blocks.size() ? out_.blocks[child].range.begin : end;
    block.content = {begin, std::max(begin, end)};
}

/// Content of a leaf that was read line by line.
void Reader::finish_raw(Block& block) {
    if (block.kind == BlockKind::code && (block.flags & node_flag::kFenced) == 0) {
        while (block.line_count > 0) {
            const Line& last = out_.lines[block.first_line + block.line_count - 1];
            if (!scan::only_blanks(source_.substr(last.begin, last.end - last.begin), 0)) break;
            --block.line_count;
            out_.lines.pop_back();
        }
        if (block.line_count > 0) block.range.end = last_line_end(block);
    }
    const bool has_lines = block.line_count > 0;
    if (block.kind == BlockKind::math && block.state == kEndsWithDollars) {
        if ((block.flags & node_flag::kUnclosed) != 0 && has_lines) {
            block.content.end = last_line_end(block);
        }
        return;
    }
    if (block.state == kEndsWithLiquid && block.kind == BlockKind::comment && !has_lines) return;
    if (has_lines) {
        block.content = {out_.lines[block.first_line].begin, last_line_end(block)};
    }
}

void Reader::end_paragraph() {
    const std::size_t size = open_.size();
    if (!peel_definitions()) return;
    assert(open_.size() == size);
    (void)size;
    Block& block = tip();
    block.content = {out_.lines[block.first_line].begin, last_line_end(block)};
    const std::uint32_t end = block.range.end;
    open_.pop_back();
    if (open_.size() > 1) tip().range.end = std::max(tip().range.end, end);
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
        if (size == 0 || (size == window.size() && at + size < text.size())) break;
        const auto base = static_cast<std::uint32_t>(at);
        const auto map = [&](Range range) {
            return scratch_.to_source(Range{base + range.begin, base + range.end});
        };
        Block block;
        block.kind = BlockKind::link_definition;
        block.parent = parent;
        block.name = map(parts.label);
        block.info = map(parts.destination);
        if (!parts.title.empty()) block.title = map(parts.title);
        std::size_t end = at + size;
        while (end > at && is_ascii_space(text[end - 1])) --end;
        block.range = scratch_.to_source(Range{base, static_cast<std::uint32_t>(end)});
        block.content = block.info;
        std::string label = normalize_label(text.substr(at + parts.label.begin, parts.label.size()));
        LinkDefinition definition;
        definition.destination =
            decode(text.substr(at + parts.destination.begin, parts.destination.size()),
                   syntax_.liquid_blocks);
        definition.title = decode(text.substr(at + parts.title.begin, parts.title.size()),
                                  syntax_.liquid_blocks);
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
    if (first) return true;
    const std::uint32_t last_end = out_.blocks.back().range.end;
    open_.pop_back();
    if (open_.size() > 1) tip().range.end = std::max(tip().range.end, last_end);
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

}  // namespace

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

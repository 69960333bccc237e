#pragma once
// The scan behind read_blocks(), private to it: one Reader per file. Its functions lie in three
// files: blocks.cpp (lines, containers that go on, text), block_starts.cpp (what begins on a line
// in CommonMark and GFM), block_starts_more.cpp (what begins in MyST, kramdown, Liquid, MkDocs).

#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/parse/markdown/block_scan.h"
#include "lint/parse/markdown/blocks.h"

namespace docathon::markdown {

inline constexpr std::uint32_t kCodeIndent = 4;
inline constexpr std::uint32_t kTabStop = 4;
/// cmark keeps the length of a fence in a byte; one of more is closed by one of 255.
inline constexpr std::uint32_t kMaxFence = 255;

// Block::state of a directive: how far its head (its options) was read.
inline constexpr std::uint8_t kHeadStart = 0;
inline constexpr std::uint8_t kHeadOptions = 1;  ///< in `:key: value` lines
inline constexpr std::uint8_t kHeadYaml = 2;     ///< between `---` lines
inline constexpr std::uint8_t kHeadDone = 3;

// Block::state of other raw leaves that a line ends; of HTML it is the type, 1 to 7.
inline constexpr std::uint8_t kEndsWithDollars = 20;
inline constexpr std::uint8_t kEndsWithName = 21;    ///< \end{name}
inline constexpr std::uint8_t kEndsWithLiquid = 22;  ///< {% endname %}

/// Whether blocks are opened inside `block`.
[[nodiscard]] inline bool is_container(const Block& block) {
    return block.kind <= BlockKind::directive && !block.raw;
}

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
        bool in_tab = false;      ///< a container took only some columns of the tab at `offset`
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
    [[nodiscard]] std::uint32_t line_end(std::uint32_t begin);
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
    std::size_t carriage_from_ = 1;  // no carriage return lies in [carriage_from_, carriage_)
    std::size_t carriage_ = 0;
    // A search for an end mark that failed is not made again over the same bytes.
    std::uint32_t no_dollars_before_ = 0;
    std::vector<std::string_view> no_end_ahead_;
};

}  // namespace docathon::markdown

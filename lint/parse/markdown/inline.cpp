// The inline scanner. One pass from left to right makes a list of pieces; brackets and runs of
// delimiters that may still become something wait on two stacks, as in the parsing strategy of the
// CommonMark specification's appendix. A match splices the pieces between its ends into a new
// piece, which costs the same however many there are. The finished tree is then copied to the
// Document.

#include "lint/parse/markdown/inline.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "lint/parse/entities.h"
#include "lint/parse/markdown/inline_lexer.h"

namespace docathon::markdown {

namespace {

using lex::kNone;

constexpr std::uint32_t kNil = 0xffffffffu;

/// How the bytes of a text piece are to be read.
enum class Decoding : std::uint8_t { full, entities, none };

struct Piece {
    NodeKind kind = NodeKind::text;
    LinkForm form = LinkForm::inline_link;
    std::uint8_t level = 0;
    Decoding decoding = Decoding::full;
    bool transparent = false;  // only its children appear: a span that has attributes
    std::uint32_t begin = 0;   // offsets in the text
    std::uint32_t end = 0;
    std::uint32_t content_begin = 0;
    std::uint32_t content_end = 0;
    std::uint32_t previous = kNil;
    std::uint32_t next = kNil;
    std::uint32_t first = kNil;
    std::uint32_t last = kNil;
    std::uint32_t data = kNil;
};

/// A run of '*', '_' or '~' that may open or close something.
struct Delimiter {
    char c = 0;
    bool can_open = false;
    bool can_close = false;
    std::uint32_t length = 0;  // as written, whatever has been used of it since
    std::uint32_t piece = kNil;
    std::uint32_t previous = kNil;
    std::uint32_t next = kNil;
};

struct Bracket {
    std::uint32_t piece = kNil;
    std::uint32_t content = 0;     // offset after "[" or "!["
    std::uint32_t delimiters = 0;  // size of the delimiter stack below it
    std::uint32_t last_delimiter = kNil;
    bool image = false;
    bool bracket_after = false;  // another bracket was opened inside, so it is no label
};

/// All runs of backticks, made when the first one is met. Answers "is there a closing run?" without
/// a search, so that an unclosed run costs nothing.
class Backticks {
  public:
    void build(std::string_view text) {
        built_ = true;
        for (std::size_t pos = text.find('`'); pos != std::string_view::npos;
             pos = text.find('`', pos)) {
            const std::size_t begin = pos;
            while (pos < text.size() && text[pos] == '`')
                ++pos;
            runs_.push_back(lex::range(begin, pos));
        }
        std::uint32_t longest = 0;
        longest_from_.resize(runs_.size());
        for (std::size_t i = runs_.size(); i-- > 0;) {
            longest = std::max(longest, runs_[i].size());
            longest_from_[i] = longest;
        }
        last_.assign(longest + 1, 0);
        for (const Range& run : runs_)
            last_[run.size()] = run.begin;
    }
    [[nodiscard]] bool built() const { return built_; }

    /// Begin of the next run of exactly `size` at or after `from`; kNone if there is none. Offsets
    /// of later calls must not be smaller.
    [[nodiscard]] std::size_t exactly(std::size_t from, std::size_t size) {
        if (size >= last_.size() || last_[size] < from)
            return kNone;
        seek(from);
        std::size_t i = cursor_;
        while (runs_[i].size() != size)
            ++i;
        return runs_[i].begin;
    }
    /// Begin of the next run of `size` or more.
    [[nodiscard]] std::size_t at_least(std::size_t from, std::size_t size) {
        seek(from);
        if (cursor_ == runs_.size() || longest_from_[cursor_] < size)
            return kNone;
        std::size_t i = cursor_;
        while (runs_[i].size() < size)
            ++i;
        return runs_[i].begin;
    }

  private:
    void seek(std::size_t from) {
        while (cursor_ < runs_.size() && runs_[cursor_].begin < from)
            ++cursor_;
    }
    bool built_ = false;
    std::size_t cursor_ = 0;
    std::vector<Range> runs_;
    std::vector<std::uint32_t> longest_from_;
    std::vector<std::uint32_t> last_;  // begin of the last run by length
};

constexpr std::array<bool, 256> make_special() {
    std::array<bool, 256> table{};
    for (const char c : std::string_view("\r\n\\`*_~[]!<{$:w")) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}
constexpr std::array<bool, 256> kSpecial = make_special();

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && lex::is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && lex::is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

bool equals_lower(std::string_view text, std::string_view lower_case) {
    return text.size() == lower_case.size() &&
           std::equal(text.begin(), text.end(), lower_case.begin(),
                      [](char a, char b) { return (lex::is_alpha(a) ? (a | 0x20) : a) == b; });
}

class Scanner {
  public:
    Scanner(const MappedText& map, std::string_view source, const InlineSyntax& syntax,
            const LinkDefinitions& definitions, Document& document, InlineFindings& findings)
        : map_(map),
          source_(source),
          syntax_(syntax),
          definitions_(definitions),
          document_(document),
          findings_(findings),
          text_(without_trailing_space(map.text())),
          tags_(text_, syntax.liquid),
          html_(text_),
          substitution_end_(text_, "}}"),
          backtick_math_end_(text_, "`$"),
          bare_links_(syntax.gfm_autolinks || syntax.linkify) {}

    void run() {
        while (pos_ < text_.size()) {
            const char c = text_[pos_];
            if (kSpecial[static_cast<unsigned char>(c)]) {
                step(c);
            } else {
                ++pos_;
            }
        }
        flush(text_.size());
        process_emphasis(0);
        emit();
    }

  private:
    // ---- pieces -------------------------------------------------------------------------------

    static std::string_view without_trailing_space(std::string_view text) {
        while (!text.empty() && lex::is_space(text.back()))
            text.remove_suffix(1);
        return text;
    }

    [[nodiscard]] char at(std::size_t pos) const { return pos < text_.size() ? text_[pos] : '\0'; }
    [[nodiscard]] std::string_view slice(Range range) const {
        return text_.substr(range.begin, range.size());
    }
    [[nodiscard]] Range mapped(std::size_t begin, std::size_t end) const {
        return map_.to_source(lex::range(begin, end));
    }
    [[nodiscard]] Range mapped(Range range) const { return map_.to_source(range); }

    std::uint32_t append(NodeKind kind, std::size_t begin, std::size_t end) {
        const auto id = static_cast<std::uint32_t>(pieces_.size());
        Piece& piece = pieces_.emplace_back();
        piece.kind = kind;
        piece.begin = piece.content_begin = static_cast<std::uint32_t>(begin);
        piece.end = piece.content_end = static_cast<std::uint32_t>(end);
        piece.previous = tail_;
        if (tail_ == kNil) {
            head_ = id;
        } else {
            pieces_[tail_].next = id;
        }
        tail_ = id;
        return id;
    }

    NodeData& data_of(std::uint32_t piece) {
        if (pieces_[piece].data == kNil) {
            pieces_[piece].data = static_cast<std::uint32_t>(data_.size());
            data_.emplace_back();
        }
        return data_[pieces_[piece].data];
    }

    /// Makes a piece of the text that has been passed over so far.
    void flush(std::size_t end) {
        if (text_begin_ < end)
            append(NodeKind::text, text_begin_, end);
        text_begin_ = end;
    }

    /// Ends the text before `begin` and appends a piece without children for [begin, end).
    std::uint32_t take(NodeKind kind, std::size_t begin, std::size_t end, std::size_t content_begin,
                       std::size_t content_end) {
        flush(begin);
        const std::uint32_t id = append(kind, begin, end);
        pieces_[id].content_begin = static_cast<std::uint32_t>(content_begin);
        pieces_[id].content_end = static_cast<std::uint32_t>(content_end);
        pos_ = text_begin_ = end;
        return id;
    }

    void unlink(std::uint32_t id) {
        const Piece& piece = pieces_[id];
        if (piece.previous == kNil) {
            head_ = piece.next;
        } else {
            pieces_[piece.previous].next = piece.next;
        }
        if (piece.next == kNil) {
            tail_ = piece.previous;
        } else {
            pieces_[piece.next].previous = piece.previous;
        }
    }

    /// Moves the pieces after `parent` up to `last` below it.
    void adopt(std::uint32_t parent, std::uint32_t last) {
        Piece& piece = pieces_[parent];
        if (parent == last || piece.next == kNil)
            return;
        piece.first = piece.next;
        piece.last = last;
        piece.next = pieces_[last].next;
        pieces_[piece.first].previous = kNil;
        pieces_[last].next = kNil;
        if (piece.next == kNil) {
            tail_ = parent;
        } else {
            pieces_[piece.next].previous = parent;
        }
    }

    /// Drops the pieces after `id`.
    void cut_after(std::uint32_t id) {
        pieces_[id].next = kNil;
        tail_ = id;
    }

    // ---- one special character ----------------------------------------------------------------

    void step(char c) {
        switch (c) {
            case '\r':
            case '\n':
                line_break();
                break;
            case '\\':
                backslash();
                break;
            case '`':
                code_span();
                break;
            case '~':
                if (!syntax_.strikethrough) {
                    ++pos_;
                    break;
                }
                [[fallthrough]];
            case '*':
            case '_':
                delimiter_run(c);
                break;
            case '[':
                open_bracket(pos_, 1);
                break;
            case '!':
                // "![^" is an exclamation mark before a footnote, as in cmark-gfm.
                if (at(pos_ + 1) == '[' && at(pos_ + 2) != '^') {
                    open_bracket(pos_, 2);
                } else {
                    ++pos_;
                }
                break;
            case ']':
                close_bracket();
                break;
            case '<':
                pointy_bracket();
                break;
            case '{':
                brace();
                break;
            case '$':
                if (!math())
                    ++pos_;
                break;
            case ':':
                bare_url();
                break;
            case 'w':
                bare_www();
                break;
            default:
                ++pos_;
                break;
        }
    }

    void line_break() {
        const std::size_t begin = pos_;
        const bool hard = begin > 1 && text_[begin - 1] == ' ' && text_[begin - 2] == ' ';
        std::size_t text_end = begin;
        while (text_end > text_begin_ && lex::is_space(text_[text_end - 1]))
            --text_end;
        end_line(text_end, begin, hard);
    }

    void end_line(std::size_t begin, std::size_t line_end, bool hard) {
        std::size_t end = line_end;
        if (at(end) == '\r' && at(end + 1) == '\n')
            ++end;
        ++end;
        const std::uint32_t id = take(NodeKind::line_break, begin, end, begin, end);
        pieces_[id].level = hard ? 1 : 0;
        while (at(pos_) == ' ' || at(pos_) == '\t')
            ++pos_;
        text_begin_ = pos_;
    }

    void backslash() {
        const char next = at(pos_ + 1);
        if (lex::is_punctuation(next)) {
            pos_ += 2;  // stays in the text; decoded when that is copied
        } else if (lex::is_line_end(next)) {
            end_line(pos_, pos_ + 1, true);
        } else {
            ++pos_;
        }
    }

    [[nodiscard]] std::size_t run_end(std::size_t pos, char c) const {
        while (pos < text_.size() && text_[pos] == c)
            ++pos;
        return pos;
    }

    Backticks& backticks() {
        if (!backticks_.built())
            backticks_.build(text_);
        return backticks_;
    }

    void code_span() {
        const std::size_t begin = pos_;
        const std::size_t inside = run_end(begin, '`');
        const std::size_t size = inside - begin;
        const std::size_t close = backticks().exactly(inside, size);
        if (close == kNone) {
            pos_ = inside;
            return;
        }
        std::size_t content_begin = inside;
        std::size_t content_end = close;
        const std::string_view raw = text_.substr(inside, close - inside);
        if (raw.find_first_not_of(" \r\n") != std::string_view::npos) {
            const bool padded = (raw.front() == ' ' || lex::is_line_end(raw.front())) &&
                                (raw.back() == ' ' || lex::is_line_end(raw.back()));
            if (padded) {
                content_begin += raw.starts_with("\r\n") ? 2 : 1;
                content_end -= raw.ends_with("\r\n") ? 2 : 1;
            }
        }
        const std::uint32_t id =
            take(NodeKind::code_span, begin, close + size, content_begin, content_end);
        std::string literal = joined_lines(content_begin, content_end);
        const Range in_source = mapped(content_begin, content_end);
        if (source_.substr(in_source.begin, in_source.size()) != literal) {
            data_of(id).text = std::move(literal);
        }
        attributes_after();
    }

    /// text_[begin, end) with line ends as spaces.
    [[nodiscard]] std::string joined_lines(std::size_t begin, std::size_t end) const {
        std::string out;
        out.reserve(end - begin);
        for (std::size_t i = begin; i < end; ++i) {
            if (text_[i] == '\r') {
                if (i + 1 == end || text_[i + 1] != '\n')
                    out += ' ';
            } else {
                out += text_[i] == '\n' ? ' ' : text_[i];
            }
        }
        return out;
    }

    // ---- emphasis -----------------------------------------------------------------------------

    void delimiter_run(char c) {
        const std::size_t begin = pos_;
        const bool tilde = c == '~';
        // cmark-gfm reads at most 100 tildes at once.
        const std::string_view readable = tilde ? text_.substr(0, begin + 100) : text_;
        std::size_t end = std::min(readable.find_first_not_of(c, begin), readable.size());

        // cmark-gfm looks through tildes for what stands beside a '*' or '_'.
        std::size_t before = begin;
        std::size_t after = end;
        if (syntax_.strikethrough && !tilde) {
            while (before > 0 && text_[before - 1] == '~')
                --before;
            while (after < text_.size() && text_[after] == '~')
                ++after;
        }
        const std::int32_t left = before == 0 ? '\n' : lex::code_point_before(text_, before);
        const std::int32_t right = after == text_.size() ? '\n' : lex::code_point_at(text_, after);
        const bool space_left = lex::is_unicode_space(left);
        const bool space_right = lex::is_unicode_space(right);
        const bool punctuation_left = lex::is_unicode_punctuation(left);
        const bool punctuation_right = lex::is_unicode_punctuation(right);
        const bool left_flanking =
            !space_right && (!punctuation_right || space_left || punctuation_left);
        const bool right_flanking =
            !space_left && (!punctuation_left || space_right || punctuation_right);

        bool can_open = left_flanking;
        bool can_close = right_flanking;
        if (c == '_') {
            can_open = left_flanking && (!right_flanking || punctuation_left);
            can_close = right_flanking && (!left_flanking || punctuation_right);
        }
        if ((!can_open && !can_close) || (tilde && end - begin > 2)) {
            pos_ = end;
            return;
        }
        const std::uint32_t piece = take(NodeKind::text, begin, end, begin, end);
        pieces_[piece].decoding = Decoding::none;
        const auto id = static_cast<std::uint32_t>(delimiters_.size());
        Delimiter& delimiter = delimiters_.emplace_back();
        delimiter.c = c;
        delimiter.can_open = can_open;
        delimiter.can_close = can_close;
        delimiter.length = static_cast<std::uint32_t>(end - begin);
        delimiter.piece = piece;
        delimiter.previous = last_delimiter_;
        if (last_delimiter_ != kNil)
            delimiters_[last_delimiter_].next = id;
        last_delimiter_ = id;
    }

    void remove_delimiter(std::uint32_t id) {
        const Delimiter& delimiter = delimiters_[id];
        if (delimiter.next == kNil) {
            last_delimiter_ = delimiter.previous;
        } else {
            delimiters_[delimiter.next].previous = delimiter.previous;
        }
        if (delimiter.previous != kNil)
            delimiters_[delimiter.previous].next = delimiter.next;
    }

    static std::size_t bottom_index(const Delimiter& closer) {
        const std::size_t kind = closer.c == '*' ? 0 : closer.c == '_' ? 1 : 2;
        return kind * 6 + (closer.can_open ? 3 : 0) + closer.length % 3;
    }

    /// Matches the delimiters from `bottom` of the stack on and forgets them.
    void process_emphasis(std::uint32_t bottom) {
        if (delimiters_.size() <= bottom)
            return;
        // Openers below these have been looked at in vain for a closer of the same kind.
        std::array<std::uint32_t, 18> openers_bottom;
        openers_bottom.fill(bottom);

        std::uint32_t closer = kNil;
        for (std::uint32_t id = last_delimiter_; id != kNil && id >= bottom;
             id = delimiters_[id].previous) {
            closer = id;
        }
        const std::uint32_t below = closer == kNil ? last_delimiter_ : delimiters_[closer].previous;
        while (closer != kNil) {
            if (!delimiters_[closer].can_close) {
                closer = delimiters_[closer].next;
                continue;
            }
            const Delimiter end = delimiters_[closer];
            std::uint32_t& limit = openers_bottom[bottom_index(end)];
            std::uint32_t opener = end.previous;
            bool found = false;
            for (; opener != kNil && opener >= limit; opener = delimiters_[opener].previous) {
                const Delimiter& start = delimiters_[opener];
                if (!start.can_open || start.c != end.c)
                    continue;
                // The "multiple of 3" rule (rules 9 and 10 of section 6.2).
                if ((!end.can_open && !start.can_close) || end.length % 3 == 0 ||
                    (start.length + end.length) % 3 != 0) {
                    found = true;
                    break;
                }
            }
            if (found) {
                closer = end.c == '~' ? strike(opener, closer) : emphasize(opener, closer);
                continue;
            }
            limit = closer;
            const std::uint32_t next = end.next;
            if (!end.can_open)
                remove_delimiter(closer);
            closer = next;
        }
        delimiters_.resize(bottom);
        last_delimiter_ = below;
        if (below != kNil)
            delimiters_[below].next = kNil;
    }

    void remove_between(std::uint32_t opener, std::uint32_t closer) {
        delimiters_[opener].next = closer;
        delimiters_[closer].previous = opener;
    }

    /// Wraps what stands between two pieces; gives the new piece.
    std::uint32_t wrap(NodeKind kind, std::uint32_t opener, std::uint32_t closer) {
        const auto id = static_cast<std::uint32_t>(pieces_.size());
        pieces_.emplace_back().kind = kind;
        Piece& piece = pieces_[id];
        const std::uint32_t first = pieces_[opener].next;
        if (first != closer) {
            piece.first = first;
            piece.last = pieces_[closer].previous;
            pieces_[piece.first].previous = kNil;
            pieces_[piece.last].next = kNil;
        }
        piece.previous = opener;
        piece.next = closer;
        pieces_[opener].next = id;
        pieces_[closer].previous = id;
        return id;
    }

    std::uint32_t emphasize(std::uint32_t opener, std::uint32_t closer) {
        remove_between(opener, closer);
        const std::uint32_t open = delimiters_[opener].piece;
        const std::uint32_t close = delimiters_[closer].piece;
        const std::uint32_t used = pieces_[open].end - pieces_[open].begin >= 2 &&
                                           pieces_[close].end - pieces_[close].begin >= 2
                                       ? 2
                                       : 1;
        const std::uint32_t id =
            wrap(used == 2 ? NodeKind::strong : NodeKind::emphasis, open, close);
        Piece& piece = pieces_[id];
        piece.content_begin = pieces_[open].end;
        piece.content_end = pieces_[close].begin;
        piece.begin = pieces_[open].end -= used;
        piece.end = pieces_[close].begin += used;
        if (pieces_[open].begin == pieces_[open].end) {
            unlink(open);
            remove_delimiter(opener);
        }
        if (pieces_[close].begin == pieces_[close].end) {
            unlink(close);
            const std::uint32_t next = delimiters_[closer].next;
            remove_delimiter(closer);
            return next;
        }
        return closer;
    }

    /// GFM: "~" matches "~" and "~~" matches "~~"; a pair of unequal length takes both off the
    /// stack.
    std::uint32_t strike(std::uint32_t opener, std::uint32_t closer) {
        remove_between(opener, closer);
        const std::uint32_t open = delimiters_[opener].piece;
        const std::uint32_t close = delimiters_[closer].piece;
        if (delimiters_[opener].length == delimiters_[closer].length) {
            const std::uint32_t id = wrap(NodeKind::strikethrough, open, close);
            Piece& piece = pieces_[id];
            piece.begin = pieces_[open].begin;
            piece.content_begin = pieces_[open].end;
            piece.content_end = pieces_[close].begin;
            piece.end = pieces_[close].end;
            unlink(open);
            unlink(close);
        }
        const std::uint32_t next = delimiters_[closer].next;
        remove_delimiter(closer);
        remove_delimiter(opener);
        return next;
    }

    // ---- links --------------------------------------------------------------------------------

    void open_bracket(std::size_t begin, std::size_t size) {
        const std::uint32_t piece = take(NodeKind::text, begin, begin + size, begin, begin + size);
        if (!brackets_.empty())
            brackets_.back().bracket_after = true;
        Bracket& bracket = brackets_.emplace_back();
        bracket.piece = piece;
        bracket.content = static_cast<std::uint32_t>(begin + size);
        bracket.delimiters = static_cast<std::uint32_t>(delimiters_.size());
        bracket.last_delimiter = last_delimiter_;
        bracket.image = size == 2;
    }

    void pop_bracket() {
        brackets_.pop_back();
        inactive_ = std::min(inactive_, brackets_.size());
    }

    /// What makes the text in a pair of brackets a link.
    struct Target {
        LinkForm form = LinkForm::inline_link;
        std::size_t end = 0;
        NodeData data;
    };

    void close_bracket() {
        const std::size_t close = pos_++;
        if (brackets_.empty())
            return;
        const Bracket opener = brackets_.back();
        // No links in links: the openers before a link are dead, those of images are not.
        if (!opener.image && brackets_.size() <= inactive_) {
            if (!attributed_span(opener, close))
                pop_bracket();
            return;
        }
        Target target;
        if (inline_target(close + 1, target) || reference_target(opener, close, target)) {
            make_link(opener, close, target);
            return;
        }
        if (!footnote_reference(opener, close) && !attributed_span(opener, close))
            pop_bracket();
    }

    bool inline_target(std::size_t pos, Target& target) {
        if (at(pos) != '(')
            return false;
        Range url;
        const std::size_t after_url =
            lex::destination(text_, lex::skip_space(text_, pos + 1), tags_, url);
        if (after_url == kNone)
            return false;
        Range title;
        std::size_t end = lex::skip_space(text_, after_url);
        bool has_title = false;
        if (end != after_url) {
            const std::size_t after_title = lex::title(text_, end, tags_, title);
            if (after_title != kNone) {
                has_title = true;
                end = lex::skip_space(text_, after_title);
            }
        }
        if (at(end) != ')')
            return false;
        target.end = end + 1;
        target.data.text = decode(slice(url), syntax_.liquid);
        target.data.text_range = mapped(url);
        if (has_title)
            target.data.title = decode(slice(title), syntax_.liquid);
        return true;
    }

    bool reference_target(const Bracket& opener, std::size_t close, Target& target) {
        Range label;
        const std::size_t after = lex::label(text_, close + 1, label);
        const bool collapsed = after != kNone && label.empty();
        const bool full = after != kNone && !trimmed(slice(label)).empty();
        if (!full) {
            // An opener inside means unescaped brackets, which no label has.
            if (opener.bracket_after)
                return false;
            label = lex::range(opener.content, close);
        }
        const LinkDefinition* const definition = find_definition(slice(label));
        if (definition == nullptr) {
            if (full || collapsed)
                note_undefined(opener, close, label, full, after);
            return false;
        }
        const std::size_t size = definition->destination.size() + definition->title.size();
        const std::size_t budget = std::max<std::size_t>(100000, source_.size());
        if (findings_.reference_bytes + size > budget)
            return false;
        findings_.reference_bytes += size;
        target.form = full ? LinkForm::full : collapsed ? LinkForm::collapsed : LinkForm::shortcut;
        target.end = full || collapsed ? after : close + 1;
        target.data.text = definition->destination;
        target.data.text_range = definition->destination_range;
        target.data.title = definition->title;
        target.data.name = slice(label);
        target.data.name_range = mapped(label);
        return true;
    }

    [[nodiscard]] const LinkDefinition* find_definition(std::string_view label) const {
        if (definitions_.empty() || label.size() > 1000)
            return nullptr;
        const auto found = definitions_.find(normalize_label(label));
        return found == definitions_.end() ? nullptr : &found->second;
    }

    void note_undefined(const Bracket& opener, std::size_t close, Range label, bool full,
                        std::size_t end) {
        const std::string_view text = text_.substr(opener.content, close - opener.content);
        if (trimmed(text).empty())
            return;
        if (syntax_.footnotes && (text.front() == '^' || slice(label).front() == '^'))
            return;
        Undefined& undefined = undefined_.emplace_back();
        undefined.reference.label = slice(label);
        undefined.reference.range = mapped(pieces_[opener.piece].begin, end);
        // If the label turns out to be the text of a link, as in [a][b](c), nothing is undefined.
        undefined.label_bracket = full ? label.begin - 1 : kNil;
    }

    void make_link(const Bracket& opener, std::size_t close, Target& target) {
        flush(close);
        process_emphasis(opener.delimiters);
        adopt(opener.piece, tail_);
        Piece& piece = pieces_[opener.piece];
        piece.kind = opener.image ? NodeKind::image : NodeKind::link;
        piece.form = target.form;
        piece.content_begin = opener.content;
        piece.content_end = static_cast<std::uint32_t>(close);
        piece.end = static_cast<std::uint32_t>(target.end);
        data_of(opener.piece) = std::move(target.data);
        if (!undefined_.empty() && undefined_.back().label_bracket == piece.begin) {
            undefined_.pop_back();
        }
        pos_ = text_begin_ = target.end;
        pop_bracket();
        if (!opener.image)
            inactive_ = brackets_.size();
        attributes_after();
    }

    bool footnote_reference(const Bracket& opener, std::size_t close) {
        if (!syntax_.footnotes || opener.image || opener.bracket_after ||
            at(opener.content) != '^') {
            return false;
        }
        const Range label = lex::range(opener.content + 1, close);
        if (label.empty() || label.size() > 1000)
            return false;
        const std::string_view name = slice(label);
        if (name.find_first_of(" \t\r\n[]") != std::string_view::npos)
            return false;
        cut_after(opener.piece);
        drop_delimiters(opener);
        Piece& piece = pieces_[opener.piece];
        piece.kind = NodeKind::footnote_reference;
        piece.content_begin = label.begin;
        piece.content_end = label.end;
        piece.end = static_cast<std::uint32_t>(close + 1);
        NodeData& data = data_of(opener.piece);
        data.name = name;
        data.name_range = mapped(label);
        pos_ = text_begin_ = close + 1;
        pop_bracket();
        return true;
    }

    void drop_delimiters(const Bracket& opener) {
        delimiters_.resize(opener.delimiters);
        last_delimiter_ = opener.last_delimiter;
        if (last_delimiter_ != kNil)
            delimiters_[last_delimiter_].next = kNil;
    }

    /// MyST attrs_inline: [text]{.class} is a span; its brackets print nothing.
    bool attributed_span(const Bracket& opener, std::size_t close) {
        if (!syntax_.attributes || opener.image || at(close + 1) != '{')
            return false;
        Range id;
        if (lex::attributes(text_, close + 1, last_percent(), id) == kNone)
            return false;
        flush(close);
        process_emphasis(opener.delimiters);
        adopt(opener.piece, tail_);
        Piece& piece = pieces_[opener.piece];
        piece.transparent = true;
        piece.end = static_cast<std::uint32_t>(close + 1);
        pos_ = text_begin_ = close + 1;
        pop_bracket();
        attributes_after();
        return true;
    }

    // ---- < ------------------------------------------------------------------------------------

    void pointy_bracket() {
        const std::size_t begin = pos_;
        const std::size_t uri = lex::uri_autolink(text_, begin);
        if (uri != kNone) {
            autolink(begin, uri, "");
            return;
        }
        const std::size_t mail = lex::mail_autolink(text_, begin);
        if (mail != kNone) {
            autolink(begin, mail, "mailto:");
            return;
        }
        const std::size_t end = lex::raw_html(text_, begin, html_, tags_);
        if (end == kNone) {
            ++pos_;
            return;
        }
        if (text_.compare(begin, 4, "<!--") == 0) {
            // "<!-->" and "<!--->" have no text of their own.
            const std::size_t content_begin = std::min(begin + 4, end - 1);
            const std::size_t content_end = std::max(content_begin, end - 3);
            take(NodeKind::comment, begin, end, content_begin, content_end);
        } else {
            take(NodeKind::html_inline, begin, end, begin, end);
        }
    }

    void autolink(std::size_t begin, std::size_t end, std::string_view prefix) {
        const Range inside = lex::range(begin + 1, end - 1);
        const std::uint32_t id =
            link_of_text(LinkForm::autolink, begin, end, inside, Decoding::entities);
        NodeData& data = data_of(id);
        data.text = prefix;
        data.text += decode_entities_only(slice(inside));
        data.text_range = mapped(inside);
        attributes_after();
    }

    static std::string decode_entities_only(std::string_view text) {
        std::string out;
        for (std::size_t pos = 0; pos < text.size();) {
            const std::size_t read =
                text[pos] == '&' ? entities::decode_commonmark(text.substr(pos), out) : 0;
            if (read == 0)
                out += text[pos];
            pos += read == 0 ? 1 : read;
        }
        return out;
    }

    std::uint32_t link_of_text(LinkForm form, std::size_t begin, std::size_t end, Range inside,
                               Decoding decoding) {
        const std::uint32_t id = take(NodeKind::link, begin, end, inside.begin, inside.end);
        const std::uint32_t text = append(NodeKind::text, inside.begin, inside.end);
        pieces_[text].decoding = decoding;
        pieces_[id].form = form;
        adopt(id, text);
        return id;
    }

    // ---- bare URLs ----------------------------------------------------------------------------

    void bare_url() {
        const std::size_t colon = pos_++;
        // Like cmark-gfm, none while a bracket is open: it may become a link.
        if (!bare_links_ || !brackets_.empty() || at(colon + 1) != '/')
            return;
        std::size_t begin = colon;
        while (begin > text_begin_ && lex::is_alpha(text_[begin - 1]))
            --begin;
        if (begin > 0 && lex::is_alpha(text_[begin - 1]))
            return;
        const std::string_view scheme = text_.substr(begin, colon - begin);
        if (!equals_lower(scheme, "http") && !equals_lower(scheme, "https") &&
            !equals_lower(scheme, "ftp")) {
            return;
        }
        const std::size_t size = lex::bare_url(text_, colon);
        if (size != 0)
            bare_link(begin, colon + size, "");
    }

    void bare_www() {
        const std::size_t begin = pos_++;
        if (!bare_links_ || !brackets_.empty() || at(begin + 1) != 'w')
            return;
        const std::size_t size = lex::bare_www(text_, begin);
        if (size != 0)
            bare_link(begin, begin + size, "http://");
    }

    void bare_link(std::size_t begin, std::size_t end, std::string_view prefix) {
        const Range all = lex::range(begin, end);
        const std::uint32_t id = link_of_text(LinkForm::bare, begin, end, all, Decoding::none);
        NodeData& data = data_of(id);
        data.text = prefix;
        data.text += slice(all);
        data.text_range = mapped(all);
    }

    // ---- { and $ ------------------------------------------------------------------------------

    void brace() {
        if (syntax_.liquid && template_tag())
            return;
        if (syntax_.substitutions && substitution())
            return;
        if (syntax_.kramdown_attributes && at(pos_ + 1) == ':' && kramdown_attributes())
            return;
        if (syntax_.roles && role())
            return;
        ++pos_;
    }

    bool template_tag() {
        const std::size_t begin = pos_;
        const std::size_t end = tags_.end_at(begin);
        if (end == kNone)
            return false;
        std::size_t inside = begin + 2;
        std::size_t inside_end = end - 2;
        if (inside < inside_end && text_[inside] == '-')
            ++inside;  // white space control
        if (inside < inside_end && text_[inside_end - 1] == '-')
            --inside_end;
        const auto trim = [&] {
            inside = std::min(lex::skip_space(text_, inside), inside_end);
            while (inside_end > inside && lex::is_space(text_[inside_end - 1]))
                --inside_end;
        };
        trim();
        const std::uint32_t id = take(NodeKind::template_tag, begin, end, inside, inside_end);
        NodeData& data = data_of(id);
        if (text_[begin + 1] == '%') {
            const std::size_t word = inside;
            while (inside < inside_end && !lex::is_space(text_[inside]))
                ++inside;
            data.name = text_.substr(word, inside - word);
            data.name_range = mapped(word, inside);
            trim();
        }
        data.text = text_.substr(inside, inside_end - inside);
        data.text_range = mapped(inside, inside_end);
        return true;
    }

    bool substitution() {
        if (at(pos_ + 1) != '{')
            return false;
        const std::size_t close = substitution_end_.find(pos_ + 2);
        if (close == kNone)
            return false;
        std::size_t inside = std::min(lex::skip_space(text_, pos_ + 2), close);
        std::size_t inside_end = close;
        while (inside_end > inside && lex::is_space(text_[inside_end - 1]))
            --inside_end;
        const std::uint32_t id = take(NodeKind::substitution, pos_, close + 2, inside, inside_end);
        NodeData& data = data_of(id);
        data.name = text_.substr(inside, inside_end - inside);
        data.name_range = mapped(inside, inside_end);
        return true;
    }

    /// mdit-py-plugins' myst_role: the closing backticks may be the beginning of a longer run.
    bool role() {
        const std::size_t begin = pos_;
        std::size_t pos = begin + 1;
        while (pos < text_.size() &&
               (lex::is_alnum(text_[pos]) || text_[pos] == '_' || text_[pos] == '-' ||
                text_[pos] == '+' || text_[pos] == ':')) {
            ++pos;
        }
        if (pos == begin + 1 || at(pos) != '}' || at(pos + 1) != '`')
            return false;
        const std::size_t inside = run_end(pos + 1, '`');
        const std::size_t ticks = inside - (pos + 1);
        const std::size_t close = backticks().at_least(inside, ticks);
        if (close == kNone)
            return false;
        const std::uint32_t id = take(NodeKind::role, begin, close + ticks, inside, close);
        NodeData& data = data_of(id);
        data.name = text_.substr(begin + 1, pos - begin - 1);
        data.name_range = mapped(begin + 1, pos);
        data.text = joined_lines(inside, close);
        data.text_range = mapped(inside, close);
        return true;
    }

    bool math() {
        const std::size_t begin = pos_;
        if (syntax_.backtick_math && at(begin + 1) == '`') {
            const std::size_t close = backtick_math_end_.find(begin + 2);
            if (close != kNone && close > begin + 2) {
                take(NodeKind::math_inline, begin, close + 2, begin + 2, close);
                return true;
            }
        }
        if (!syntax_.dollar_math)
            return false;
        if (at(begin + 1) == '$') {
            const std::size_t close = closing_dollar(begin + 2, 2);
            if (close != kNone && close > begin + 2) {
                take(NodeKind::math_inline, begin, close + 2, begin + 2, close);
                return true;
            }
        }
        if (syntax_.strict_dollars && (begin > 0 && lex::is_alnum(text_[begin - 1])))
            return false;
        const std::size_t close = closing_dollar(begin + 1, 1);
        if (close == kNone || close == begin + 1)
            return false;
        if (syntax_.strict_dollars &&
            (lex::is_space(text_[begin + 1]) || lex::is_space(text_[close - 1]) ||
             lex::is_alnum(at(close + 1)))) {
            return false;
        }
        take(NodeKind::math_inline, begin, close + 1, begin + 1, close);
        return true;
    }

    /// The next unescaped "$" or "$$" at or after `from`.
    std::size_t closing_dollar(std::size_t from, std::size_t size) {
        bool& none = size == 2 ? no_double_dollar_ : no_dollar_;
        if (none)
            return kNone;
        const std::string_view mark = std::string_view("$$").substr(0, size);
        for (std::size_t pos = text_.find(mark, from); pos != std::string_view::npos;
             pos = text_.find(mark, pos + 1)) {
            std::size_t slashes = 0;
            while (slashes < pos && text_[pos - 1 - slashes] == '\\')
                ++slashes;
            if (slashes % 2 == 0)
                return pos;
        }
        none = true;
        return kNone;
    }

    // ---- attributes ---------------------------------------------------------------------------

    std::size_t last_percent() {
        if (!last_percent_known_) {
            last_percent_known_ = true;
            last_percent_ = text_.rfind('%');
        }
        return last_percent_;
    }

    /// Takes the attribute lists that follow the piece taken last at once.
    void attributes_after() {
        while (at(pos_) == '{') {
            Range id;
            std::size_t end = kNone;
            if (syntax_.attributes)
                end = lex::attributes(text_, pos_, last_percent(), id);
            if (end == kNone && syntax_.kramdown_attributes) {
                end = lex::kramdown_attributes(text_, pos_, id);
            }
            if (end == kNone)
                return;
            take_attributes(end, id);
        }
    }

    void take_attributes(std::size_t end, Range id) {
        const std::uint32_t piece = take(NodeKind::attributes, pos_, end, pos_ + 1, end - 1);
        if (id.empty())
            return;
        NodeData& data = data_of(piece);
        data.name = slice(id);
        data.name_range = mapped(id);
    }

    /// `{: }` after something that is no text, or alone on a line (attributes of the block).
    bool kramdown_attributes() {
        const bool after_text = text_begin_ < pos_;
        const bool line_start =
            !after_text && (tail_ == kNil || pieces_[tail_].kind == NodeKind::line_break);
        if (after_text ||
            (!line_start && pieces_[tail_].kind == NodeKind::text && !after_closer())) {
            return false;
        }
        Range id;
        const std::size_t end = lex::kramdown_attributes(text_, pos_, id);
        if (end == kNone)
            return false;
        if (line_start) {
            std::size_t rest = end;
            while (at(rest) == ' ' || at(rest) == '\t')
                ++rest;
            if (rest < text_.size() && !lex::is_line_end(text_[rest]))
                return false;
        }
        take_attributes(end, id);
        return true;
    }

    /// The piece taken last is a run of delimiters that may close emphasis.
    [[nodiscard]] bool after_closer() const {
        return last_delimiter_ != kNil && delimiters_[last_delimiter_].piece == tail_ &&
               delimiters_[last_delimiter_].can_close;
    }

    // ---- copying to the document --------------------------------------------------------------

    struct Frame {
        std::uint32_t next;  // piece to copy next
        bool close;          // a node of the document ends with this frame
        bool no_mail;        // inside a link or an image
    };

    void emit() {
        std::vector<Frame> stack;
        stack.push_back({head_, false, false});
        // Texts that touch are one: what is left of brackets and delimiters is ordinary text.
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        Decoding decoding = Decoding::full;
        const auto flush_text = [&](bool no_mail) {
            if (begin < end)
                emit_text(begin, end, decoding, no_mail);
            begin = end;
        };
        while (!stack.empty()) {
            Frame& frame = stack.back();
            if (frame.next == kNil) {
                flush_text(frame.no_mail);
                if (frame.close)
                    document_.close();
                stack.pop_back();
                continue;
            }
            const std::uint32_t id = frame.next;
            Piece& piece = pieces_[id];
            frame.next = piece.next;
            if (piece.kind == NodeKind::text && !piece.transparent) {
                if (piece.begin == piece.end)
                    continue;
                // A run of '*' holds nothing to decode, so it joins any text.
                if (begin < end && end == piece.begin) {
                    end = piece.end;
                } else {
                    flush_text(frame.no_mail);
                    begin = piece.begin;
                    end = piece.end;
                    decoding = piece.decoding;
                }
                if (decoding == Decoding::none && piece.decoding != Decoding::none) {
                    decoding = piece.decoding;
                }
                continue;
            }
            const bool no_mail = frame.no_mail;
            flush_text(no_mail);
            if (piece.transparent) {
                stack.push_back({piece.first, false, no_mail});
                continue;
            }
            const NodeId node = document_.open(piece.kind, mapped(piece.begin, piece.end));
            Node& made = document_.edit(node);
            made.form = piece.form;
            made.level = piece.level;
            made.content = mapped(piece.content_begin, piece.content_end);
            if (piece.data != kNil)
                document_.make_data(node) = std::move(data_[piece.data]);
            if (piece.first == kNil) {
                document_.close();
            } else {
                stack.push_back(
                    {piece.first, true,
                     no_mail || piece.kind == NodeKind::link || piece.kind == NodeKind::image});
            }
        }
        for (Undefined& undefined : undefined_) {
            findings_.undefined_references.push_back(std::move(undefined.reference));
        }
    }

    /// A stretch of text that stands for itself, or (with `value`) for something else.
    struct Segment {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::string value;
    };

    void emit_text(std::size_t begin, std::size_t end, Decoding decoding, bool no_mail) {
        const std::string_view text = text_.substr(begin, end - begin);
        const bool mail = bare_links_ && !no_mail && text.find('@') != std::string_view::npos;
        const bool plain =
            decoding == Decoding::none ||
            text.find_first_of(decoding == Decoding::full ? "\\&" : "&") == std::string_view::npos;
        if (plain && !mail) {
            add_text(begin, end);
            return;
        }
        std::vector<Segment> segments;
        split_text(begin, end, plain ? Decoding::none : decoding, segments);
        if (mail) {
            emit_mail(segments);
        } else {
            for (Segment& segment : segments)
                add_segment(segment);
        }
    }

    void split_text(std::size_t begin, std::size_t end, Decoding decoding,
                    std::vector<Segment>& out) const {
        std::size_t start = begin;
        const auto add = [&](std::size_t from, std::size_t to, std::string value) {
            if (start < from)
                out.push_back({start, from, {}});
            out.push_back({from, to, std::move(value)});
            start = to;
        };
        for (std::size_t pos = begin; pos < end;) {
            const char c = text_[pos];
            if (c == '\\' && decoding == Decoding::full && pos + 1 < end &&
                lex::is_punctuation(text_[pos + 1])) {
                add(pos, pos + 2, std::string(1, text_[pos + 1]));
                pos += 2;
                continue;
            }
            if (c == '&' && decoding != Decoding::none) {
                std::string value;
                const std::size_t read =
                    entities::decode_commonmark(text_.substr(pos, end - pos), value);
                if (read != 0) {
                    add(pos, pos + read, std::move(value));
                    pos += read;
                    continue;
                }
            }
            ++pos;
        }
        if (start < end)
            out.push_back({start, end, {}});
    }

    void add_text(std::size_t begin, std::size_t end) {
        const Range in_source = mapped(begin, end);
        const NodeId node = document_.add(NodeKind::text, in_source);
        // Bytes left out of the text lie between (the backslash of `\|` in a table cell).
        if (in_source.size() != end - begin) {
            document_.make_data(node).text = text_.substr(begin, end - begin);
        }
    }

    void add_segment(Segment& segment) {
        if (segment.value.empty()) {
            add_text(segment.begin, segment.end);
        } else {
            const NodeId node = document_.add(NodeKind::text, mapped(segment.begin, segment.end));
            document_.make_data(node).text = std::move(segment.value);
        }
    }

    // ---- mail addresses -----------------------------------------------------------------------

    /// cmark-gfm looks for addresses in decoded text after everything else is known.
    void emit_mail(std::vector<Segment>& segments) {
        std::string visible;
        std::vector<std::size_t> starts;  // offset in `visible` of each segment
        for (const Segment& segment : segments) {
            starts.push_back(visible.size());
            visible += segment.value.empty()
                           ? text_.substr(segment.begin, segment.end - segment.begin)
                           : std::string_view(segment.value);
        }
        starts.push_back(visible.size());
        const std::vector<MailAddress> found = find_mail(visible);

        std::size_t index = 0;
        std::size_t done = 0;
        // Copies visible[done, to); a segment that stands for one character is never cut.
        const auto copy_to = [&](std::size_t to) {
            while (done < to) {
                while (starts[index + 1] <= done)
                    ++index;
                Segment& segment = segments[index];
                const std::size_t stop = std::min(to, starts[index + 1]);
                if (segment.value.empty()) {
                    add_text(segment.begin + (done - starts[index]),
                             segment.begin + (stop - starts[index]));
                    done = stop;
                } else {
                    add_segment(segment);
                    done = starts[index + 1];
                }
            }
        };
        const auto offset = [&](std::size_t at, bool is_end) {
            const auto after =
                std::upper_bound(starts.begin(), starts.end() - 1, is_end ? at - 1 : at);
            const auto i = static_cast<std::size_t>(after - starts.begin()) - 1;
            if (segments[i].value.empty())
                return segments[i].begin + (at - starts[i]);
            return is_end ? segments[i].end : segments[i].begin;
        };
        for (const MailAddress& address : found) {
            copy_to(address.begin);
            const Range range = mapped(offset(address.begin, false), offset(address.end, true));
            const NodeId node = document_.open(NodeKind::link, range);
            document_.edit(node).form = LinkForm::bare;
            NodeData& data = document_.make_data(node);
            data.text = address.has_scheme ? "" : "mailto:";
            data.text += visible.substr(address.begin, address.end - address.begin);
            data.text_range = range;
            copy_to(address.end);
            document_.close();
        }
        copy_to(visible.size());
    }

    struct MailAddress {
        std::size_t begin = 0;
        std::size_t end = 0;
        bool has_scheme = false;
    };

    static bool scheme_before(std::string_view text, std::size_t colon_end, std::size_t limit,
                              std::string_view scheme) {
        if (colon_end < limit + scheme.size())
            return false;
        const std::size_t begin = colon_end - scheme.size();
        if (text.substr(begin, scheme.size()) != scheme)
            return false;
        return begin == limit || !lex::is_alnum(text[begin - 1]);
    }

    /// The addresses that cmark-gfm's autolink extension takes (GFM 6.9).
    static std::vector<MailAddress> find_mail(std::string_view text) {
        std::vector<MailAddress> out;
        std::size_t limit = 0;  // nothing before is looked at again
        std::size_t sign = text.find('@');
        MailAddress address;
        bool xmpp = false;
        bool dot = false;
        const auto restart = [&](std::size_t from) {
            limit = from;
            sign = text.find('@', from);
            address = {};
            xmpp = dot = false;
        };
        while (sign != std::string_view::npos) {
            std::size_t begin = sign;
            while (begin > limit) {
                const char c = text[begin - 1];
                if (lex::is_alnum(c) || c == '.' || c == '+' || c == '-' || c == '_') {
                    --begin;
                } else if (c == ':' && scheme_before(text, begin, limit, "mailto:")) {
                    address.has_scheme = true;
                    --begin;
                } else if (c == ':' && scheme_before(text, begin, limit, "xmpp:")) {
                    address.has_scheme = xmpp = true;
                    --begin;
                } else {
                    break;
                }
            }
            if (begin == sign) {
                restart(sign + 1);
                continue;
            }
            std::size_t end = sign + 1;
            while (end < text.size()) {
                const char c = text[end];
                if (c == '.' && end + 1 < text.size() && lex::is_alnum(text[end + 1])) {
                    dot = true;
                } else if (!lex::is_alnum(c) && c != '-' && c != '_' && !(c == '/' && xmpp)) {
                    break;
                }
                ++end;
            }
            if (end < text.size() && text[end] == '@') {
                // In "a@b.c@d" the second may still be one. Its scheme and its dot are looked for
                // from here on, without forgetting those of the first: so does cmark-gfm.
                limit = sign + 1;
                sign = end;
                continue;
            }
            if (end > sign + 1 && dot && lex::is_alpha(text[end - 1])) {
                address.begin = begin;
                address.end = end;
                out.push_back(address);
            }
            restart(end);
        }
        return out;
    }

    struct Undefined {
        UndefinedReference reference;
        std::uint32_t label_bracket = kNil;
    };

    const MappedText& map_;
    std::string_view source_;
    const InlineSyntax& syntax_;
    const LinkDefinitions& definitions_;
    Document& document_;
    InlineFindings& findings_;

    std::string_view text_;
    std::size_t pos_ = 0;
    std::size_t text_begin_ = 0;  // text from here to pos_ is no piece yet

    std::vector<Piece> pieces_;
    std::vector<NodeData> data_;
    std::uint32_t head_ = kNil;
    std::uint32_t tail_ = kNil;

    std::vector<Delimiter> delimiters_;
    std::uint32_t last_delimiter_ = kNil;
    std::vector<Bracket> brackets_;
    std::size_t inactive_ = 0;  // link openers below this depth are dead

    Backticks backticks_;
    lex::TemplateTags tags_;
    lex::HtmlMemos html_;
    lex::FindMemo substitution_end_;
    lex::FindMemo backtick_math_end_;
    bool no_dollar_ = false;
    bool no_double_dollar_ = false;
    bool last_percent_known_ = false;
    std::size_t last_percent_ = kNone;
    bool bare_links_;
    std::vector<Undefined> undefined_;
};

}  // namespace

void scan_inlines(const MappedText& text, std::string_view source, const InlineSyntax& syntax,
                  const LinkDefinitions& definitions, Document& document,
                  InlineFindings& findings) {
    Scanner(text, source, syntax, definitions, document, findings).run();
}

}  // namespace docathon::markdown

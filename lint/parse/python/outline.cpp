#include "lint/parse/python/outline.h"

#include <array>
#include <cstring>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/parse/foreign_suppression.h"
#include "lint/parse/python/lexer.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace docathon::python {

namespace {

/// Bytes at which the scanner has to look: line ends, quotes, #, ;, brackets and the backslash.
constexpr std::array<bool, 256> make_interesting() {
    std::array<bool, 256> table{};
    for (const char c : {'\n', '\r', '"', '\'', '#', ';', '(', ')', '[', ']', '{', '}', '\\'})
        table[static_cast<unsigned char>(c)] = true;
    return table;
}
constexpr std::array<bool, 256> kInteresting = make_interesting();

/// Finds the next such byte. Looks at 64 bytes at once and remembers what it saw, since one byte in
/// eleven is one.
class Finder {
  public:
    explicit Finder(std::string_view text) : text_(text) {}

    /// First interesting offset at or after `from`, or text.size(). May stop at a vertical tab, a
    /// form feed, '|' or '<' to '>' neighbours that cost less to look at than to exclude.
    std::size_t next(std::size_t from) {
#if defined(__SSE2__)
        std::size_t block = from & ~std::size_t{63};
        if (block != block_) {
            if (block + 64 > text_.size())
                return slow(from);
            load(block);
        }
        std::uint64_t mask = mask_ & (~std::uint64_t{0} << (from & 63));
        while (mask == 0) {
            block += 64;
            if (block + 64 > text_.size())
                return slow(block);
            load(block);
            mask = mask_;
        }
        return block + static_cast<std::size_t>(__builtin_ctzll(mask));
#else
        return slow(from);
#endif
    }

  private:
    [[nodiscard]] std::size_t slow(std::size_t at) const {
        while (at < text_.size() && !kInteresting[static_cast<unsigned char>(text_[at])])
            ++at;
        return at;
    }

#if defined(__SSE2__)
    /// Bytes from `low` to `low + width`: subtraction wraps, so one unsigned comparison is enough.
    static __m128i in_range(__m128i bytes, char low, char width) {
        const __m128i shifted = _mm_sub_epi8(bytes, _mm_set1_epi8(low));
        return _mm_cmpeq_epi8(_mm_min_epu8(shifted, _mm_set1_epi8(width)), shifted);
    }

    void load(std::size_t block) {
        std::uint64_t mask = 0;
        for (unsigned part = 0; part < 4; ++part) {
            const __m128i bytes =
                _mm_loadu_si128(reinterpret_cast<const __m128i*>(text_.data() + block + 16 * part));
            const __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
            __m128i found = in_range(bytes, '\n', 3);               // \n \v \f \r
            found = _mm_or_si128(found, in_range(bytes, '"', 1));   // " #
            found = _mm_or_si128(found, in_range(bytes, '\'', 2));  // ' ( )
            found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(';')));
            found = _mm_or_si128(found, in_range(folded, '{', 2));  // [ \ ] { | }
            mask |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found)))
                    << (16 * part);
        }
        block_ = block;
        mask_ = mask;
    }

    std::size_t block_ = static_cast<std::size_t>(-1);
    std::uint64_t mask_ = 0;
#endif
    std::string_view text_;
};

struct Keyword {
    std::string_view word;
    FirstWord first;
};

// By first letter, so that few are compared.
constexpr std::array<Keyword, 26> kKeywords = {{
    {"async", FirstWord::word_async},     {"await", FirstWord::word_await},
    {"case", FirstWord::word_case},       {"class", FirstWord::word_class},
    {"def", FirstWord::word_def},         {"del", FirstWord::word_del},
    {"elif", FirstWord::word_elif},       {"else", FirstWord::word_else},
    {"except", FirstWord::word_except},   {"finally", FirstWord::word_finally},
    {"for", FirstWord::word_for},         {"from", FirstWord::word_from},
    {"global", FirstWord::word_global},   {"if", FirstWord::word_if},
    {"import", FirstWord::word_import},   {"match", FirstWord::word_match},
    {"nonlocal", FirstWord::word_global}, {"pass", FirstWord::word_pass},
    {"print", FirstWord::word_print},     {"raise", FirstWord::word_raise},
    {"return", FirstWord::word_return},   {"try", FirstWord::word_try},
    {"type", FirstWord::word_type},       {"while", FirstWord::word_while},
    {"with", FirstWord::word_with},       {"yield", FirstWord::word_yield},
}};

struct Bucket {
    std::uint8_t begin = 0;
    std::uint8_t end = 0;
};
constexpr std::array<Bucket, 26> make_buckets() {
    std::array<Bucket, 26> table{};
    for (std::uint8_t i = 0; i < kKeywords.size(); ++i) {
        Bucket& bucket = table[static_cast<std::size_t>(kKeywords[i].word[0] - 'a')];
        if (bucket.end == 0)
            bucket.begin = i;
        bucket.end = static_cast<std::uint8_t>(i + 1);
    }
    return table;
}
constexpr std::array<Bucket, 26> kBuckets = make_buckets();

bool word_at(std::string_view text, std::size_t at, std::string_view word) {
    return text.substr(at, word.size()) == word &&
           (at + word.size() >= text.size() || !in_name(text[at + word.size()]));
}

/// Words that begin a statement and can stand nowhere inside of brackets.
bool begins_statement(std::string_view text, std::size_t at) {
    constexpr std::array<std::string_view, 17> kWords = {
        "def",  "class",  "import", "return", "while",   "try",   "with", "raise",   "del",
        "pass", "global", "assert", "except", "finally", "break", "elif", "continue"};
    constexpr std::string_view kLetters = "abcdefgiprtw";
    if (kLetters.find(text[at]) == std::string_view::npos)
        return false;
    for (const std::string_view word : kWords) {
        if (!word_at(text, at, word))
            continue;
        // `def=1` is a mistake too, but nothing ends there.
        const std::size_t next = at + word.size();
        return next >= text.size() || text[next] != '=';
    }
    return false;
}

struct Open {
    char bracket;
    std::uint32_t at;
};

class Scanner {
  public:
    Scanner(std::string_view text, Outline& out) : text_(text), finder_(text), out_(out) {}

    void run() {
        out_.lines.clear();
        out_.comments.clear();
        out_.problems.clear();
        at_ = has_bom(text_) ? 3 : 0;
        while (begin_line())
            read_line();
        if (!open_.empty())
            never_closed();
    }

  private:
    /// Moves to the first byte of the next logical line; false at the end of the text.
    bool begin_line() {
        while (at_ < text_.size()) {
            std::uint32_t column = 0;
            bool fixed = false;  // by a backslash: the first part of the indentation counts
            while (at_ < text_.size()) {
                const char c = text_[at_];
                if (c == ' ') {
                    column += fixed ? 0 : 1;
                } else if (c == '\t') {
                    column = fixed ? column : column / 8 * 8 + 8;
                } else if (c == '\f') {
                    column = 0;
                } else if (c == '\\' && skip_line_end(text_, at_ + 1) != at_ + 1) {
                    at_ = skip_line_end(text_, at_ + 1);
                    fixed = fixed || column > 0;
                    continue;
                } else {
                    break;
                }
                ++at_;
            }
            if (at_ >= text_.size())
                return false;
            const char c = text_[at_];
            if (c == '#')
                comment(true);
            else if (c != '\n' && c != '\r') {
                line_ = {};
                line_.begin = static_cast<std::uint32_t>(at_);
                line_.indent = column;
                line_.first = first_word(text_, at_);
                return true;
            }
            at_ = skip_line_end(text_, at_);
        }
        return false;
    }

    /// From the first byte of a logical line past its end.
    void read_line() {
        std::size_t end = 0;  // of the code, where a comment follows
        while (true) {
            at_ = finder_.next(at_);
            if (at_ >= text_.size()) {
                end_line(end != 0 ? end : text_.size());
                return;
            }
            const char c = text_[at_];
            switch (c) {
                case '"':
                case '\'':
                    string();
                    break;
                case '#':
                    if (end == 0)
                        end = at_;
                    comment(false);
                    if (!open_.empty())
                        end = 0;
                    break;
                case '(':
                case '[':
                case '{':
                    open_.push_back({c, static_cast<std::uint32_t>(at_)});
                    ++at_;
                    break;
                case ')':
                case ']':
                case '}':
                    close(c);
                    ++at_;
                    break;
                case '\n':
                case '\r':
                    if (open_.empty()) {
                        end_line(end != 0 ? end : at_);
                        at_ = skip_line_end(text_, at_);
                        return;
                    }
                    if (!continues_in_bracket())
                        return;
                    break;
                case ';':
                    if (open_.empty() && !next_statement())
                        return;
                    if (!open_.empty())
                        ++at_;
                    break;
                case '\\':
                    continuation();
                    break;
                default:
                    ++at_;  // a byte that the finder does not exclude
            }
        }
    }

    /// Ends the statement before a `;` and begins the next; false if the line has no other.
    bool next_statement() {
        const Line before = line_;
        end_line(at_);
        ++at_;
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\f' || text_[at_] == ';'))
            ++at_;
        if (at_ < text_.size() && text_[at_] == '#')
            comment(false);
        const std::size_t next = skip_line_end(text_, at_);
        if (at_ >= text_.size() || next != at_) {
            at_ = next;
            return false;
        }
        line_ = {};
        line_.begin = static_cast<std::uint32_t>(at_);
        line_.indent = before.indent;
        line_.first = first_word(text_, at_);
        line_.flags = line_flag::kSameLine;
        return true;
    }

    void string() {
        const std::uint8_t flags = prefix_before(text_, line_.begin, at_);
        const bool format = (flags & string_prefix::kFormat) != 0;
        const StringEnd string = skip_string(text_, at_, format, fields_over_lines_);
        if (!string.closed) {
            fields_over_lines_ = false;
            line_.flags |= line_flag::kBroken;
            problem(string.triple ? "unterminated triple-quoted string literal"
                                  : "unterminated string literal",
                    {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(string.end)});
        }
        at_ = string.end;
    }

    void comment(bool own_line) {
        const std::size_t begin = at_;
        at_ = find_either(text_, at_, '\n', '\r');
        std::size_t word = begin + 1;
        if (word >= at_)
            return;
        CommentKind kind = CommentKind::doc;
        if (text_[word] != ':') {
            while (word < at_ && (text_[word] == ' ' || text_[word] == '\t'))
                ++word;
            const bool own = word < at_ && text_.substr(word).starts_with("docathon-");
            if (!own && !may_be_noqa(text_.substr(begin, at_ - begin)))
                return;
            kind = CommentKind::directed;
        }
        out_.comments.push_back(
            {kind,
             own_line,
             {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)},
             static_cast<std::uint32_t>(out_.lines.size())});
    }

    void close(char bracket) {
        const char partner = bracket == ')' ? '(' : bracket == ']' ? '[' : '{';
        const Range here{static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_) + 1};
        if (open_.empty()) {
            line_.flags |= line_flag::kBroken;
            problem(std::string("unmatched '") + bracket + "'", here);
            return;
        }
        const char opened = open_.back().bracket;
        if (opened != partner) {
            line_.flags |= line_flag::kBroken;
            problem(std::string("closing parenthesis '") + bracket +
                        "' does not match opening parenthesis '" + opened + "'",
                    here);
        }
        open_.pop_back();
    }

    /// At a line end inside of brackets: whether the next line can belong to them.
    bool continues_in_bracket() {
        const std::size_t end = at_;
        at_ = skip_line_end(text_, at_);
        std::size_t word = at_;
        while (word < text_.size() && (text_[word] == ' ' || text_[word] == '\t'))
            ++word;
        if (word >= text_.size() || !begins_statement(text_, word))
            return true;
        never_closed();
        end_line(end);
        return false;
    }

    void never_closed() {
        const Open& open = open_.back();
        line_.flags |= line_flag::kBroken;
        problem(std::string("'") + open.bracket + "' was never closed", {open.at, open.at + 1});
        open_.clear();
    }

    /// At a backslash.
    void continuation() {
        const std::size_t next = skip_line_end(text_, at_ + 1);
        if (next == at_ + 1) {
            problem("unexpected character after line continuation character",
                    {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_) + 1});
            line_.flags |= line_flag::kBroken;
        }
        at_ = next;
    }

    void end_line(std::size_t end) {
        while (end > line_.begin && (is_ascii_space(text_[end - 1]) || ends_in_backslash(end)))
            --end;
        line_.end = static_cast<std::uint32_t>(end);
        out_.lines.push_back(line_);
    }

    /// A continuation before an empty line continues nothing.
    [[nodiscard]] bool ends_in_backslash(std::size_t end) const {
        return text_[end - 1] == '\\' && skip_line_end(text_, end) != end;
    }

    void problem(std::string message, Range range) {
        // One is reported; the rest is kept short, whatever the file.
        constexpr std::size_t kMost = 20;
        if (out_.problems.size() < kMost)
            out_.problems.push_back({std::move(message), range});
    }

    std::string_view text_;
    Finder finder_;
    Outline& out_;
    std::size_t at_ = 0;
    Line line_;
    std::vector<Open> open_;
    bool fields_over_lines_ = true;
};

}  // namespace

FirstWord first_word(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (c == '@')
        return FirstWord::decorator;
    if (c == '"' || c == '\'' || c == '(')
        return FirstWord::string;
    if (c >= 'a' && c <= 'z') {
        const Bucket bucket = kBuckets[static_cast<std::size_t>(c - 'a')];
        for (std::uint8_t i = bucket.begin; i < bucket.end; ++i) {
            if (word_at(text, at, kKeywords[i].word))
                return kKeywords[i].first;
        }
    }
    const char lower = ascii_lower(c);
    if (lower == 'r' || lower == 'u' || lower == 'b' || lower == 'f' || lower == 't') {
        for (std::size_t next = at + 1; next < text.size() && next < at + 3; ++next) {
            if (text[next] == '"' || text[next] == '\'')
                return FirstWord::string;
            if (!in_name(text[next]))
                break;
        }
    }
    return FirstWord::other;
}

void scan_outline(std::string_view text, Outline& out) {
    Scanner(text, out).run();
}

}  // namespace docathon::python

#pragma once
// The pieces of inline syntax that need no context: destinations, titles, labels, raw HTML,
// autolinks, attribute lists. Each function reads at an offset of a text and gives the offset after
// what it read, or kNone. Nothing here allocates or remembers; where a failed search for an end
// mark could be repeated, the caller's FindMemo remembers it, which keeps hostile input linear.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lint/core/range.h"

namespace docathon::markdown::lex {

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// White space of CommonMark: space, tab, line ends, VT, FF.
[[nodiscard]] inline bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
[[nodiscard]] inline bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}
[[nodiscard]] inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
[[nodiscard]] inline bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] inline bool is_alnum(char c) {
    return is_alpha(c) || is_digit(c);
}
[[nodiscard]] inline bool is_punctuation(char c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

[[nodiscard]] inline Range range(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// text.find() that never searches the same bytes twice, for calls with rising offsets.
class FindMemo {
  public:
    FindMemo(std::string_view text, std::string_view needle) : text_(text), needle_(needle) {}
    [[nodiscard]] std::size_t find(std::size_t from) {
        if (from >= from_ && (found_ == kNone ? searched_ : from <= found_))
            return found_;
        from_ = from;
        searched_ = true;
        found_ = text_.find(needle_, from);
        return found_;
    }

  private:
    std::string_view text_;
    std::string_view needle_;
    std::size_t from_ = 0;
    std::size_t found_ = kNone;
    bool searched_ = false;
};

/// Liquid's {{ }} and {% %}, or nothing at all when the switch is off.
class TemplateTags {
  public:
    TemplateTags(std::string_view text, bool enabled)
        : text_(text), enabled_(enabled), output_(text, "}}"), tag_(text, "%}") {}
    [[nodiscard]] bool enabled() const { return enabled_; }
    /// End of the tag that begins at `pos`, kNone if there is none.
    [[nodiscard]] std::size_t end_at(std::size_t pos);

  private:
    std::string_view text_;
    bool enabled_;
    FindMemo output_;
    FindMemo tag_;
};

/// Spaces, tabs and line ends; gives the offset of the first other byte.
[[nodiscard]] std::size_t skip_space(std::string_view text, std::size_t pos);

/// Link destination at `pos`; `out` without the <>. A bare one may be empty (`[a]()`).
[[nodiscard]] std::size_t destination(std::string_view text, std::size_t pos, TemplateTags& tags,
                                      Range& out);

/// Link title in "", '' or () at `pos`; `out` without its quotes.
[[nodiscard]] std::size_t title(std::string_view text, std::size_t pos, TemplateTags& tags,
                                Range& out);

/// Link label at the '[' at `pos`; `out` between the brackets. At most 1000 bytes.
[[nodiscard]] std::size_t label(std::string_view text, std::size_t pos, Range& out);

/// End of <scheme:...> or <a@b.c> whose '<' is at `pos`.
[[nodiscard]] std::size_t uri_autolink(std::string_view text, std::size_t pos);
[[nodiscard]] std::size_t mail_autolink(std::string_view text, std::size_t pos);

/// Ends of the constructs of raw HTML that need a search.
struct HtmlMemos {
    explicit HtmlMemos(std::string_view text)
        : comment(text, "-->"),
          instruction(text, "?>"),
          declaration(text, ">"),
          cdata(text, "]]>") {}
    FindMemo comment;
    FindMemo instruction;
    FindMemo declaration;
    FindMemo cdata;
};

/// End of the raw HTML (CommonMark 6.6) whose '<' is at `pos`.
[[nodiscard]] std::size_t raw_html(std::string_view text, std::size_t pos, HtmlMemos& memos,
                                   TemplateTags& tags);

/// MyST attributes `{#id .class key=value}` at the '{' at `pos`, as mdit-py-plugins' attrs reads
/// them; `id` = the last #id or id=. `last_percent`: offset of the last '%' of the text, or kNone.
[[nodiscard]] std::size_t attributes(std::string_view text, std::size_t pos,
                                     std::size_t last_percent, Range& id);

/// kramdown span attributes `{: #id .class key="value"}` at the '{' at `pos`.
[[nodiscard]] std::size_t kramdown_attributes(std::string_view text, std::size_t pos, Range& id);

/// Bytes of the bare URL at `pos`, which begins with "www." or with the ':' of "://", as
/// cmark-gfm's autolink extension takes them; 0 if it takes none.
[[nodiscard]] std::size_t bare_www(std::string_view text, std::size_t pos);
[[nodiscard]] std::size_t bare_url(std::string_view text, std::size_t pos);

/// White space and punctuation as flanking (CommonMark 6.2) sees them, of a code point.
[[nodiscard]] bool is_unicode_space(std::int32_t code_point);
[[nodiscard]] bool is_unicode_punctuation(std::int32_t code_point);

/// Code point that begins at `pos` / ends before `pos`; U+FFFD for invalid UTF-8.
[[nodiscard]] std::int32_t code_point_at(std::string_view text, std::size_t pos);
[[nodiscard]] std::int32_t code_point_before(std::string_view text, std::size_t pos);

}  // namespace docathon::markdown::lex

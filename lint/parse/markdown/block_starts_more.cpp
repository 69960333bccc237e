// What begins on a line in MyST, kramdown, Liquid and MkDocs.

#include <algorithm>
#include <array>
#include <string>

#include "lint/core/strings.h"
#include "lint/parse/markdown/block_reader.h"
#include "lint/parse/markdown/inline_lexer.h"

namespace docathon::markdown {

namespace {

/// amsmath environments that stand without delimiters (amsmath user's guide; mdit-py-plugins).
constexpr std::array<std::string_view, 14> kAmsEnvironments = {
    "align",  "alignat", "bmatrix",  "Bmatrix", "eqnarray", "equation", "flalign",
    "gather", "matrix",  "multline", "pmatrix", "vmatrix",  "Vmatrix",  "smallmatrix"};

}  // namespace

/// `:::{name} argument`, or `:::name`, a div.
bool Reader::open_colon_fence() {
    const std::string_view text = rest();
    const std::uint32_t length = scan::run_length(text);
    if (length < 3)
        return false;
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
                       {begin + 1, begin + static_cast<std::uint32_t>(word) - 1}, argument_range,
                       ':', length);
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
    block.fence = std::min(length, kMaxFence);
    block.indent = indent;
    block.name = name;
    block.info = argument;
    block.range.end = line_end;
    block.content = {line_end, line_end};
}

/// `$$` up to a line that ends with `$$` or `$$ (label)`, no blank line in between.
bool Reader::open_math() {
    const std::string_view text = rest();
    if (!text.starts_with("$$"))
        return false;
    // End of the content and label if a line ends the block.
    const auto ends = [this](std::string_view line, std::size_t from, Range& content_end,
                             Range& label) {
        const auto at = [this](const char* byte) {
            return static_cast<std::uint32_t>(byte - source_.data());
        };
        std::string_view body = line.substr(from);
        while (!body.empty() && scan::is_blank(body.back()))
            body.remove_suffix(1);
        if (body.ends_with("$$")) {
            content_end.end = at(body.data() + body.size() - 2);
            return true;
        }
        if (!body.ends_with(')'))
            return false;
        const std::size_t paren = body.rfind('(');
        if (paren == std::string_view::npos || paren + 2 > body.size() - 1)
            return false;
        std::string_view before = body.substr(0, paren);
        while (!before.empty() && scan::is_blank(before.back()))
            before.remove_suffix(1);
        if (!before.ends_with("$$"))
            return false;
        const std::string_view name = body.substr(paren + 1, body.size() - paren - 2);
        if (name.find_first_of(")$") != std::string_view::npos)
            return false;
        content_end.end = at(before.data() + before.size() - 2);
        label = {at(name.data()), at(name.data() + name.size())};
        return true;
    };
    Range content{cursor_.text + 2, cursor_.end};
    Range label;
    const bool one = ends(text, 2, content, label);
    if (!one) {
        // `$$x$$ and so on` is text with math in it.
        if (text.find("$$", 2) != std::string_view::npos)
            return false;
        if (cursor_.text < no_dollars_before_)
            return false;
        bool found = false;
        std::uint32_t at = skip_line_end(cursor_.end);
        while (at < source_.size() && !found) {
            const std::uint32_t end = line_end(at);
            const std::string_view line = source_.substr(at, end - at);
            if (scan::only_blanks(line, 0))
                break;
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
    if (!text.starts_with(kBegin))
        return false;
    const std::size_t close = text.find('}', kBegin.size());
    if (close == std::string_view::npos)
        return false;
    const std::string_view name = text.substr(kBegin.size(), close - kBegin.size());
    std::string_view plain = name;
    if (plain.ends_with('*'))
        plain.remove_suffix(1);
    if (std::find(kAmsEnvironments.begin(), kAmsEnvironments.end(), plain) ==
        kAmsEnvironments.end()) {
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
    if (text.size() < 3 || !scan::is_blank(text[1]) || scan::only_blanks(text, 1))
        return false;
    const std::uint32_t begin = cursor_.text;
    const std::uint32_t indent = cursor_.indent;
    const std::uint32_t container_id = opened_ ? open_.back() : open_[matched_ - 1];
    const Block& container = out_.blocks[container_id];
    if (container.kind == BlockKind::list) {
        if (container.marker != ':')
            return false;
    } else {
        // The term: a paragraph of one line, directly above or above one blank line.
        const auto term_id = static_cast<std::uint32_t>(out_.blocks.size() - 1);
        Block term = out_.blocks[term_id];
        const std::uint32_t parent = in_paragraph ? out_.blocks[open_.back()].parent : container_id;
        if (term.kind != BlockKind::paragraph || term.line_count != 1 || term.parent != parent) {
            return false;
        }
        if (in_paragraph && open_.back() != term_id)
            return false;
        const std::string_view between = source_.substr(term.range.end, begin - term.range.end);
        if (std::count(between.begin(), between.end(), '\n') > 2)
            return false;
        if (!may_nest())
            return false;
        if (in_paragraph) {
            open_.pop_back();
            matched_ = open_.size();
        } else if (!opened_) {
            close_to(matched_);
        }
        opened_ = true;
        term.content = term.range;
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
        item.content = term.range;
        item.child_count = 1;
        out_.blocks.push_back(item);
        Block copy = term;
        copy.parent = term_id + 1;
        out_.blocks.push_back(copy);
        open_.push_back(term_id);
    }
    advance(begin + 1 - cursor_.offset, false);
    find_text();
    // Columns behind the one blank that is needed: four of them are the indentation of code.
    if (cursor_.indent > kCodeIndent) {
        advance(1, true);
    } else {
        advance(cursor_.text - cursor_.offset, false);
    }
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
    if (close + 1 < text.size() && !scan::is_blank(text[close + 1]))
        return false;
    if (scan::delimiter_row(text) || !may_nest())
        return false;
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
    if (!text.ends_with('}'))
        return false;
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
    if (!id.empty())
        block.name = {begin + id.begin, begin + id.end};
    return true;
}

/// `{: .x}`, `{:toc}`, `{::options /}` on a line of its own.
bool Reader::open_kramdown_line() {
    const std::string_view text = scan::trim_blanks(rest());
    if (!text.starts_with("{:") || !text.ends_with('}'))
        return false;
    Range id;
    const std::uint32_t begin = cursor_.text;
    const auto end = begin + static_cast<std::uint32_t>(text.size());
    const std::size_t read = lex::kramdown_attributes(text, 0, id);
    one_line(BlockKind::attributes, {begin + 2, end - 1});
    Block& block = out_.blocks.back();
    if (read == text.size() && !id.empty())
        block.name = {begin + id.begin, begin + id.end};
    return true;
}

/// `{% highlight x %}` and `{% comment %}`: what Liquid takes away before Markdown is read.
bool Reader::open_liquid() {
    const std::string_view text = rest();
    if (!text.starts_with("{%"))
        return false;
    std::size_t at = 2;
    if (at < text.size() && text[at] == '-')
        ++at;
    while (at < text.size() && scan::is_blank(text[at]))
        ++at;
    const std::size_t name = at;
    while (at < text.size() && is_ascii_alpha(text[at]))
        ++at;
    const std::string_view tag = text.substr(name, at - name);
    const bool code = tag == "highlight";
    if (!code && tag != "comment")
        return false;
    const std::size_t close = text.find("%}", at);
    if (close == std::string_view::npos)
        return false;
    const std::uint32_t begin = cursor_.text;
    std::string_view info = scan::trim_blanks(text.substr(at, close - at));
    if (info.ends_with('-'))
        info = scan::trim_blanks(info.substr(0, info.size() - 1));
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
    if (!text.starts_with("!!!") && !text.starts_with("???") && !text.starts_with("==="))
        return false;
    std::size_t at = 3;
    if (at < text.size() && text[at] == '+')
        ++at;
    const std::size_t blank = at;
    while (at < text.size() && scan::is_blank(text[at]))
        ++at;
    if (at == blank || at == text.size() || !may_nest())
        return false;
    const std::uint32_t begin = cursor_.text;
    const std::size_t name = at;
    if (text[at] != '"') {
        while (at < text.size() && !scan::is_blank(text[at]))
            ++at;
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
    block.name = {begin + static_cast<std::uint32_t>(name),
                  begin + static_cast<std::uint32_t>(name_end)};
    if (!title.empty()) {
        const auto title_at = static_cast<std::uint32_t>(title.data() - source_.data());
        block.info = {title_at, title_at + static_cast<std::uint32_t>(title.size())};
    }
    block.range.end = line_end_at;
    block.content = {line_end_at, line_end_at};
    return true;
}

}  // namespace docathon::markdown

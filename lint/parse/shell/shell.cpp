#include "lint/parse/shell/shell.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "lint/core/strings.h"

namespace docathon::shell {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

bool is_name_char(char c) {
    return is_ascii_alnum(c) || c == '_';
}

std::size_t line_end(std::string_view text, std::size_t at) {
    const std::size_t end = text.find('\n', at);
    return end == kNone ? text.size() : end;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at]))
        ++at;
    return at;
}

/// Length of the prompt that a line begins with, blanks around it included; 0 if there is none.
std::size_t prompt_of(std::string_view line) {
    constexpr std::size_t kLongest = 100;
    std::size_t at = skip_blanks(line, 0);
    if (at < line.size() && line[at] == '(') {  // (env)
        const std::size_t close = line.find(')', at);
        if (close == kNone || close > kLongest)
            return 0;
        const std::size_t behind = skip_blanks(line, close + 1);
        if (behind == close + 1 && (behind >= line.size() || line[behind] != '$'))
            return 0;
        at = behind;
    } else if (at < line.size() && line[at] == '[') {  // [user@host folder]$
        const std::size_t close = line.find(']', at);
        if (close == kNone || close > kLongest || line.substr(at, close - at).find('@') == kNone)
            return 0;
        at = close + 1;
    }
    if (at >= line.size())
        return 0;
    if (line[at] != '$' && line[at] != '%' && line[at] != '#') {  // user@host:~/x$
        const std::string_view head = line.substr(at, kLongest);
        const std::size_t mark = head.find_first_of("$#% ");
        const std::size_t host = head.find('@');
        if (mark == kNone || host == kNone || host == 0 || host > mark || head[mark] == ' ' ||
            head.substr(0, mark).find(':') == kNone)
            return 0;
        at += mark;
    } else if (line[at] == '#') {
        return 0;  // more often a comment
    }
    ++at;
    if (at >= line.size())
        return at;  // an empty prompt
    return is_blank(line[at]) ? skip_blanks(line, at) : 0;
}

/// Words that stand before a command and are no part of it.
bool is_reserved(std::string_view word) {
    constexpr std::array<std::string_view, 11> kWords = {
        "!", "{", "}", "do", "then", "else", "elif", "if", "while", "until", "time"};
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

class Reader {
  public:
    Reader(const MappedText& code, std::vector<ShellCommand>& out)
        : code_(code), text_(code.text()), out_(out) {}

    /// Reads commands from `at` to `end`, or to the line end behind the command that begins there.
    /// Returns where reading stopped.
    std::size_t run(std::size_t at, std::size_t end, bool one_line) {
        at_ = at;
        end_ = end;
        join_ = ShellJoin::start;
        depth_ = 0;
        waits_ = false;
        heredocs_.clear();
        begin_command();
        while (at_ < end_) {
            if (line_break(one_line))
                break;
        }
        finish_command();
        return at_;
    }

  private:
    struct Heredoc {
        std::string delimiter;
        bool tabs = false;  // <<-
    };

    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < end_ ? text_[at_ + ahead] : '\0';
    }

    void begin_command() {
        command_ = {};
        command_.join = join_;
        command_.depth = depth_;
        begin_ = kNone;
    }

    void finish_command() {
        if (begin_ != kNone) {
            command_.range = code_.to_source(
                Range{static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(last_)});
            out_.push_back(std::move(command_));
        }
        begin_command();
    }

    void operator_of(ShellJoin join) {
        finish_command();
        join_ = join;
        begin_command();
        waits_ = join == ShellJoin::and_ || join == ShellJoin::or_ || join == ShellJoin::pipe;
    }

    /// Reads on from at_ to the next token; true: the line is over and only one was wanted.
    bool line_break(bool one_line) {
        const char c = text_[at_];
        if (is_blank(c) || c == '\r') {
            ++at_;
            return false;
        }
        if (c == '\n') {
            ++at_;
            skip_heredocs();
            if (waits_)  // a pipe or && goes on in the next line
                return false;
            operator_of(ShellJoin::start);
            return one_line;
        }
        if (c == '\\' && continues()) {
            const std::size_t line = line_end(text_, at_);
            at_ = std::min(line + 1, end_);
            // Sessions show the second prompt.
            const std::size_t next = skip_blanks(text_, at_);
            if (one_line && next + 1 < end_ && text_[next] == '>' && is_blank(text_[next + 1]))
                at_ = next + 1;
            return false;
        }
        if (c == '#') {  // at the beginning of a word
            at_ = std::min(line_end(text_, at_), end_);
            return false;
        }
        waits_ = false;
        if (c == ';') {
            ++at_;
            operator_of(ShellJoin::start);
        } else if (c == '&' && peek(1) == '&') {
            at_ += 2;
            operator_of(ShellJoin::and_);
        } else if (c == '&' && peek(1) == '>') {
            at_ += 2;
            at_ += peek() == '>' ? 1 : 0;
            redirect(&ShellCommand::outputs);
        } else if (c == '&') {
            ++at_;
            operator_of(ShellJoin::background);
        } else if (c == '|') {
            const bool either = peek(1) == '|';
            at_ += either || peek(1) == '&' ? 2 : 1;
            operator_of(either ? ShellJoin::or_ : ShellJoin::pipe);
        } else if (c == '(' || c == ')') {
            ++at_;
            finish_command();
            if (c == '(')
                ++depth_;
            else if (depth_ > 0)
                --depth_;
            operator_of(ShellJoin::start);
        } else if (c == '>') {
            at_ += peek(1) == '>' || peek(1) == '|' ? 2 : 1;
            redirect(&ShellCommand::outputs);
        } else if (c == '<' && !placeholder_at(at_)) {
            less_than();
        } else {
            word();
        }
        return false;
    }

    /// A `\` at the end of a line. People put blanks or a comment behind it, and mean the same.
    [[nodiscard]] bool continues() const {
        std::size_t behind = at_ + 1;
        if (behind < end_ && text_[behind] == '\r')
            ++behind;
        if (behind >= end_ || text_[behind] == '\n')
            return true;
        if (!is_blank(text_[behind]))
            return false;
        behind = skip_blanks(text_, behind);
        return behind >= end_ || text_[behind] == '\n' || text_[behind] == '\r' ||
               text_[behind] == '#';
    }

    /// `<name>`, `<path to file>`: what no redirection looks like.
    [[nodiscard]] bool placeholder_at(std::size_t at) const { return placeholder_end(at) != 0; }
    [[nodiscard]] std::size_t placeholder_end(std::size_t at) const {
        constexpr std::size_t kLongest = 80;
        if (at + 2 >= end_ || text_[at] != '<' ||
            !(is_ascii_alpha(text_[at + 1]) || text_[at + 1] == '_' ||
              static_cast<unsigned char>(text_[at + 1]) >= 0x80 || text_[at + 1] == '.'))
            return 0;
        for (std::size_t i = at + 2; i < end_ && i < at + kLongest; ++i) {
            const char c = text_[i];
            if (c == '>')
                return is_blank(text_[i - 1]) ? 0 : i + 1;
            if (c == '\n' || c == '<' || c == '|' || c == ';')
                return 0;
        }
        return 0;
    }

    void less_than() {
        if (peek(1) == '<' && peek(2) == '<') {  // here string
            at_ += 3;
            ShellWord unused;
            at_ = skip_blanks(text_, at_);
            (void)read_word(unused);
            return;
        }
        if (peek(1) == '<') {
            at_ += 2;
            Heredoc heredoc;
            if (peek() == '-') {
                heredoc.tabs = true;
                ++at_;
            }
            at_ = skip_blanks(text_, at_);
            ShellWord delimiter;
            if (read_word(delimiter) && !delimiter.text.empty()) {
                heredoc.delimiter = std::move(delimiter.text);
                heredocs_.push_back(std::move(heredoc));
            }
            return;
        }
        if (peek(1) == '(') {  // process substitution
            word();
            return;
        }
        at_ += peek(1) == '&' || peek(1) == '>' ? 2 : 1;
        redirect(&ShellCommand::inputs);
    }

    void redirect(std::vector<ShellWord> ShellCommand::*files) {
        if (peek() == '&') {  // >&2
            ++at_;
            while (at_ < end_ && (is_ascii_digit(text_[at_]) || text_[at_] == '-'))
                ++at_;
            last_ = at_;
            return;
        }
        at_ = std::min(skip_blanks(text_, at_), end_);
        ShellWord target;
        if (read_word(target))
            (command_.*files).push_back(std::move(target));
    }

    void word() {
        const std::size_t begin = at_;
        ShellWord made;
        if (!read_word(made)) {
            ++at_;
            return;
        }
        // 2>file
        if (at_ < end_ && (text_[at_] == '>' || text_[at_] == '<') && made.flags == 0 &&
            made.text.size() == 1 && is_ascii_digit(made.text[0]))
            return;
        if (command_.words.empty()) {
            if (made.flags == 0 && is_reserved(made.text))
                return;
            const std::size_t equal = made.text.find('=');
            if (equal != kNone && equal > 0 && !is_ascii_digit(made.text[0]) &&
                std::all_of(made.text.begin(),
                            made.text.begin() + static_cast<std::ptrdiff_t>(equal), is_name_char)) {
                if (begin_ == kNone)
                    begin_ = begin;
                if (made.text.size() == equal + 1 && peek() == '(') {  // an array
                    const std::size_t close = bracket_end(at_);
                    at_ = close == kNone ? at_ + 1 : close;
                }
                command_.assignments.push_back(std::move(made));
                return;
            }
        }
        if (begin_ == kNone)
            begin_ = begin;
        command_.words.push_back(std::move(made));
    }

    /// First `quote` at or after `from`, or kNone. Looked for once where there is none.
    std::size_t closing(char quote, std::size_t from) {
        std::size_t& none_after = quote == '\'' ? no_single_ : quote == '"' ? no_double_ : no_tick_;
        if (from >= none_after)
            return kNone;
        std::size_t at = from;
        while (true) {
            at = text_.find(quote, at);
            if (at == kNone || at >= end_) {
                none_after = from;
                return kNone;
            }
            if (quote == '\'')
                return at;
            std::size_t slashes = 0;
            while (at > from + slashes && text_[at - 1 - slashes] == '\\')
                ++slashes;
            if (slashes % 2 == 0)
                return at;
            ++at;
        }
    }

    /// End of $(...) or ${...} whose bracket is at `open`; kNone if it is not closed here.
    std::size_t bracket_end(std::size_t open) {
        if (open >= no_bracket_)
            return kNone;
        const char left = text_[open];
        const char right = left == '(' ? ')' : '}';
        std::size_t depth = 0;
        for (std::size_t i = open; i < end_; ++i) {
            const char c = text_[i];
            if (c == '\\') {
                ++i;
            } else if (c == left) {
                ++depth;
            } else if (c == right && --depth == 0) {
                return i + 1;
            } else if (c == '\'' && left == '(') {
                const std::size_t close = closing('\'', i + 1);
                if (close != kNone)
                    i = close;
            }
        }
        no_bracket_ = open;
        return kNone;
    }

    bool read_word(ShellWord& out) {
        const std::size_t begin = at_;
        while (at_ < end_) {
            const char c = text_[at_];
            if (is_blank(c) || c == '\n' || c == '\r' || c == ';' || c == '&' || c == '|' ||
                c == '(' || c == ')' || c == '>')
                break;
            if (c == '<') {
                const std::size_t end = placeholder_end(at_);
                if (end != 0) {
                    out.flags |= shell_word_flag::kPlaceholder;
                    out.text.append(text_.substr(at_, end - at_));
                    at_ = end;
                    continue;
                }
                if (peek(1) == '(') {
                    const std::size_t close = bracket_end(at_ + 1);
                    out.flags |= shell_word_flag::kExpansion;
                    at_ = close == kNone ? at_ + 2 : close;
                    continue;
                }
                break;
            }
            if (c == '\\') {
                if (continues() && (peek(1) == '\n' || peek(1) == '\r' || at_ + 1 >= end_)) {
                    if (at_ == begin)
                        break;
                    at_ = std::min(line_end(text_, at_) + 1, end_);
                    continue;
                }
                if (continues())
                    break;
                out.flags |= shell_word_flag::kQuoted;
                out.text += text_[at_ + 1];
                at_ += 2;
            } else if (c == '\'' || c == '"') {
                quoted(c, out);
            } else if (c == '`') {
                const std::size_t close = closing('`', at_ + 1);
                out.flags |= shell_word_flag::kExpansion;
                at_ = close == kNone ? at_ + 1 : close + 1;
            } else if (c == '$') {
                expansion(out);
            } else {
                if (c == '*' || c == '?')
                    out.flags |= shell_word_flag::kGlob;
                else if (c == '~' && at_ == begin)
                    out.flags |= shell_word_flag::kExpansion;
                else if (c == '{')
                    out.flags |= braces(at_);
                out.text += c;
                ++at_;
            }
        }
        if (at_ == begin)
            return false;
        last_ = at_;
        out.range = code_.to_source(
            Range{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)});
        if ((out.flags & shell_word_flag::kExpansion) == 0 && looks_like_placeholder(out.text))
            out.flags |= shell_word_flag::kPlaceholder;
        return true;
    }

    /// {a,b} and {1..3} are expanded by the shell, {x} by the reader.
    [[nodiscard]] std::uint8_t braces(std::size_t at) const {
        const std::string_view inner =
            text_.substr(at + 1, std::min<std::size_t>(end_ - at - 1, 80));
        const std::size_t close = inner.find('}');
        if (close == kNone)
            return 0;
        const std::string_view names = inner.substr(0, close);
        return names.find(',') != kNone || names.find("..") != kNone
                   ? shell_word_flag::kGlob
                   : shell_word_flag::kPlaceholder;
    }

    void quoted(char quote, ShellWord& out) {
        const std::size_t close = closing(quote, at_ + 1);
        if (close == kNone) {  // an apostrophe
            out.text += quote;
            ++at_;
            return;
        }
        out.flags |= shell_word_flag::kQuoted;
        const std::string_view inner = text_.substr(at_ + 1, close - at_ - 1);
        if (quote == '\'') {
            out.text += inner;
        } else {
            for (std::size_t i = 0; i < inner.size(); ++i) {
                const char c = inner[i];
                if (c == '\\' && i + 1 < inner.size() &&
                    (inner[i + 1] == '"' || inner[i + 1] == '\\' || inner[i + 1] == '$' ||
                     inner[i + 1] == '`')) {
                    out.text += inner[++i];
                    continue;
                }
                if (c == '`' ||
                    (c == '$' && i + 1 < inner.size() &&
                     (is_name_char(inner[i + 1]) || inner[i + 1] == '{' || inner[i + 1] == '(')))
                    out.flags |= shell_word_flag::kExpansion;
                out.text += c;
            }
        }
        at_ = close + 1;
    }

    void expansion(ShellWord& out) {
        const char next = peek(1);
        std::size_t end = at_ + 1;
        if (next == '(' || next == '{') {
            const std::size_t close = bracket_end(at_ + 1);
            end = close == kNone ? at_ + 2 : close;
        } else {
            while (end < end_ && is_name_char(text_[end]))
                ++end;
            if (end == at_ + 1 && end < end_ &&
                (next == '?' || next == '@' || next == '#' || next == '!' || next == '$' ||
                 next == '*'))
                ++end;
        }
        out.flags |= shell_word_flag::kExpansion;
        out.text.append(text_.substr(at_, end - at_));
        at_ = end;
    }

    void skip_heredocs() {
        for (const Heredoc& heredoc : heredocs_) {
            std::size_t at = at_;
            while (at < end_) {
                const std::size_t end = std::min(line_end(text_, at), end_);
                std::string_view line = trim_right(text_.substr(at, end - at));
                if (heredoc.tabs)
                    line = trim_left(line);
                at = std::min(end + 1, end_);
                if (line == heredoc.delimiter)
                    break;
            }
            at_ = at;  // one that is never closed takes all that follows, as the shell does
        }
        heredocs_.clear();
    }

    const MappedText& code_;
    std::string_view text_;
    std::vector<ShellCommand>& out_;
    std::size_t at_ = 0;
    std::size_t end_ = 0;
    std::size_t begin_ = kNone;  // of the command
    std::size_t last_ = 0;       // end of its last word
    std::size_t no_single_ = kNone;
    std::size_t no_double_ = kNone;
    std::size_t no_tick_ = kNone;
    std::size_t no_bracket_ = kNone;
    ShellJoin join_ = ShellJoin::start;
    std::uint32_t depth_ = 0;
    bool waits_ = false;  // the operator before wants a command, on the next line if need be
    ShellCommand command_;
    std::vector<Heredoc> heredocs_;
};

}  // namespace

std::vector<ShellCommand> read_commands(const MappedText& code, Dialect dialect) {
    std::vector<ShellCommand> out;
    const std::string_view text = code.text();
    Reader reader(code, out);
    if (dialect == Dialect::notebook) {
        std::size_t at = 0;
        while (at < text.size() && is_ascii_space(text[at]))
            ++at;
        for (const std::string_view magic : {"%%bash", "%%sh", "%%shell", "%%script bash"}) {
            if (text.substr(at).starts_with(magic)) {
                reader.run(std::min(line_end(text, at) + 1, text.size()), text.size(), false);
                return out;
            }
        }
        while (at < text.size()) {
            const std::size_t first = skip_blanks(text, at);
            const char c = first < text.size() ? text[first] : '\n';
            const std::string_view rest = text.substr(first);
            if (c == '!' || (c == '%' && (rest.starts_with("%cd ") || rest.starts_with("%pip ") ||
                                          rest.starts_with("%conda "))))
                at = reader.run(first + 1 + (rest.starts_with("!!") ? 1 : 0), text.size(), true);
            else
                at = line_end(text, at) + 1;
        }
        return out;
    }
    bool prompts = dialect == Dialect::prompted;
    for (std::size_t at = 0; at < text.size() && !prompts;) {
        const std::size_t end = line_end(text, at);
        prompts = prompt_of(text.substr(at, end - at)) != 0;
        at = end + 1;
    }
    if (!prompts) {
        reader.run(0, text.size(), false);
        return out;
    }
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = line_end(text, at);
        const std::size_t prompt = prompt_of(text.substr(at, end - at));
        at = prompt == 0 ? end + 1 : reader.run(at + prompt, text.size(), true);
    }
    return out;
}

}  // namespace docathon::shell

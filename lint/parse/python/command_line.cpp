#include "lint/parse/python/command_line.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lint/core/find_text.h"
#include "lint/core/strings.h"
#include "lint/parse/python/docstring_text.h"
#include "lint/parse/python/lexer.h"

namespace docathon::python {

namespace {

bool holds(std::string_view text, std::string_view word) {
    return holds_text(text, word);
}

/// Where some words stand in a text. Lines are asked in their order.
class Places {
  public:
    Places(std::string_view text, std::initializer_list<std::string_view> words) {
        for (const std::string_view word : words) {
            for (std::size_t at = find_text(text, word); at != std::string_view::npos;
                 at = find_text(text, word, at + 1))
                found_.push_back({at, at + word.size()});
        }
        std::sort(found_.begin(), found_.end());
    }
    [[nodiscard]] bool in(const Line& line) const {
        while (next_ < found_.size() && found_[next_].first < line.begin)
            ++next_;
        return next_ < found_.size() && found_[next_].second <= line.end;
    }

  private:
    std::vector<std::pair<std::size_t, std::size_t>> found_;  // begin, end
    mutable std::size_t next_ = 0;
};

class Reader {
  public:
    Reader(std::string_view text, const Outline& outline, ScriptFacts& out)
        : text_(text), outline_(outline), out_(out), click_(holds(text, "click")) {}

    void run() {
        // Most lines hold none of the words, and most files few of them.
        const Places calls(text_, {"add_argument", "ArgumentParser", "add_parser"});
        const Places makers(text_, {"ArgumentParser(", "add_parser(", "_group("});
        const Places argv(text_, {"sys.argv"});
        for (const Line& line : outline_.lines) {
            const std::string_view words = text_.substr(line.begin, line.end - line.begin);
            if (line.indent == 0)
                enter(line);
            blocks_.back().text.end = line.end;
            if (calls.in(line) || (click_ && line.first == FirstWord::decorator))
                statement(line);
            if (argv.in(line) && (holds(words, "\"--") || holds(words, "'--") ||
                                  holds(words, "remove(") || holds(words, "pop(")))
                open();  // options that are read by hand
            parsers(line, words, makers.in(line));
        }
        out_.options.assign(options_.begin(), options_.end());
        std::map<std::size_t, std::uint8_t> flags;  // by maker: one search for each
        for (const auto& [command, blocks] : commands_) {
            std::uint8_t& of_maker = flags.try_emplace(*blocks.begin(), kNotRead).first->second;
            if (of_maker == kNotRead)
                of_maker = flags.size() > kMostMakers ? command_line_flag::kOpen
                                                      : flags_of(*blocks.begin());
            out_.commands.push_back(command);
            out_.command_flags.push_back(blocks.size() > 1 ? command_line_flag::kOpen : of_maker);
        }
        // What follows says how the options are to be taken.
        if ((out_.command_line & command_line_flag::kParser) == 0 && out_.options.empty() &&
            out_.commands.empty())
            return;
        out_.command_line |= flags_of_words(text_);
        // Commands whose modules are found at run time.
        if (holds(text_, "importlib") &&
            (holds(text_, "add_subparsers") || holds(text_, "MultiCommand")))
            out_.command_line |= command_line_flag::kOpen;
    }

  private:
    static constexpr std::uint8_t kNotRead = 0xff;
    static constexpr std::size_t kMostMakers = 32;

    /// A function or class of the module; what stands between them is the first of all.
    struct Block {
        std::string_view name;
        Range text;
        std::uint8_t flags = 0;
    };

    void enter(const Line& line) {
        Cursor cursor(text_, {line.begin, line.end});
        while (!cursor.at_end() && cursor.peek().kind == TokenKind::name &&
               (cursor.word() == "async" || cursor.word() == "def" || cursor.word() == "class"))
            cursor.next();
        const bool named = line.first == FirstWord::word_def || line.first == FirstWord::word_class;
        blocks_.push_back(
            {named && cursor.peek().kind == TokenKind::name ? cursor.word() : std::string_view(),
             {line.begin, line.end},
             0});
    }

    void flag(std::uint8_t flags) {
        out_.command_line |= flags;
        blocks_.back().flags |= flags;
    }

    /// What the words of a text say on how options are to be taken.
    static std::uint8_t flags_of_words(std::string_view text) {
        std::uint8_t flags = 0;
        for (const std::string_view word : {"parse_known_args", "parse_known_intermixed_args",
                                            "ignore_unknown_options", "allow_extra_args"}) {
            if (holds(text, word))
                flags |= command_line_flag::kPasses;
        }
        for (const std::string_view word : {"REMAINDER", "nargs=\"...\"", "nargs='...'"}) {
            if (holds(text, word))
                flags |= command_line_flag::kRemainder;
        }
        // Parsers that others fill, and command lines that are read by hand.
        for (const std::string_view word :
             {"parents=[", "parents=(", "parents=pa", "HfArgumentParser", "from_argparse_args",
              "add_argparse_args", "prefix_chars", "conflict_handler", "jsonargparse",
              "configargparse", "simple_parsing", "getopt", "absl", "entry_points",
              "_option_string_actions", "_actions"}) {
            if (holds(text, word))
                flags |= command_line_flag::kOpen;
        }
        return flags;
    }

    /// Of a command that this block makes: its flags, and those of who calls it.
    [[nodiscard]] std::uint8_t flags_of(std::size_t maker) const {
        const std::string_view name = blocks_[maker].name;
        if (name.empty())
            return command_line_flag::kOpen;
        std::uint8_t flags = 0;
        for (std::size_t i = 0; i < blocks_.size(); ++i) {
            const Range range = blocks_[i].text;
            const std::string_view text = text_.substr(range.begin, range.size());
            if (i == maker || holds(text, name))
                flags |= blocks_[i].flags | flags_of_words(text);
        }
        return flags;
    }

    void statement(const Line& line) {
        Cursor cursor(text_, {line.begin, line.end});
        std::string_view before;  // the name in front of the bracket
        bool dotted = false;
        while (!cursor.at_end()) {
            if (cursor.peek().kind == TokenKind::name) {
                before = cursor.word();
                cursor.next();
                if (!cursor.is_op("("))
                    continue;
                cursor.next();
                if (before == "add_argument") {
                    flag(command_line_flag::kParser);
                    call(cursor);
                } else if (before == "ArgumentParser" || before == "add_parser") {
                    flag(command_line_flag::kParser);
                    if (before == "add_parser" && cursor.peek().kind == TokenKind::string &&
                        (cursor.peek().flags & string_prefix::kFormat) == 0)
                        commands_[literal_value(text_, cursor.peek().range())].insert(
                            blocks_.size() - 1);
                } else if (click_ && line.first == FirstWord::decorator &&
                           (before == "option" || before == "version_option")) {
                    if (before == "version_option")
                        options_.insert("--version");
                    else
                        call(cursor);
                } else if (click_ && line.first == FirstWord::decorator &&
                           (before == "command" || before == "group")) {
                    flag(command_line_flag::kParser);
                } else if (click_ && line.first == FirstWord::decorator && !dotted &&
                           ends_with_option(before)) {
                    open();  // options of a decorator of their own
                }
                continue;
            }
            dotted = cursor.is_op(".");
            cursor.next();
        }
    }

    /// p = ArgumentParser(), g = p.add_argument_group(): what is a parser; and f(p).
    void parsers(const Line& line, std::string_view words, bool makes) {
        if (makes) {
            Cursor cursor(text_, {line.begin, line.end});
            if (cursor.peek().kind == TokenKind::name) {
                const std::string_view name = cursor.word();
                cursor.next();
                if (cursor.is_op("="))
                    parsers_.insert(std::string(name));
            }
        }
        if (parsers_.empty() || line.first == FirstWord::word_def ||
            words.find('(') == std::string_view::npos ||
            std::none_of(parsers_.begin(), parsers_.end(),
                         [&](const std::string& name) { return holds(words, name); }))
            return;
        Cursor cursor(text_, {line.begin, line.end});
        bool begins = false;  // an argument begins here
        while (!cursor.at_end()) {
            if (begins && cursor.peek().kind == TokenKind::name &&
                parsers_.count(std::string(cursor.word())) > 0) {
                cursor.next();
                if (cursor.is_op(",") || cursor.is_op(")")) {
                    flag(command_line_flag::kLends);
                    return;
                }
                begins = false;
                continue;
            }
            begins = cursor.is_op("(") || cursor.is_op(",");
            cursor.next();
        }
    }

    static bool ends_with_option(std::string_view name) {
        return name.ends_with("option") || name.ends_with("options");
    }

    void open() { flag(command_line_flag::kOpen); }

    /// The arguments of add_argument( or option(; the cursor is behind the bracket.
    void call(Cursor& cursor) {
        std::vector<std::string> names;
        bool negated = false;
        bool first = true;
        while (!cursor.at_end() && !cursor.is_op(")")) {
            if (cursor.is_op("*") || cursor.is_op("**")) {
                if (first || cursor.is_op("*"))
                    open();
                cursor.next();
                (void)cursor.expression(",");
            } else if (cursor.peek().kind == TokenKind::string) {
                const Token token = cursor.peek();
                const Range range = cursor.expression(",");
                if (range.end != token.end || (token.flags & string_prefix::kFormat) != 0)
                    open();
                else
                    names.push_back(literal_value(text_, token.range()));
            } else {
                Cursor ahead = cursor;
                const bool name = ahead.peek().kind == TokenKind::name;
                ahead.next();
                if (name && ahead.is_op("=")) {
                    const Range value = cursor.expression(",");
                    negated = negated || holds(text_.substr(value.begin, value.size()),
                                               "BooleanOptionalAction");
                } else {
                    if (first)
                        open();
                    (void)cursor.expression(",");
                }
            }
            first = false;
            if (!cursor.take(","))
                break;
        }
        for (const std::string& name : names) {
            // click writes both forms of a switch into one: --x/--no-x
            for (const std::string_view part : split(name, '/')) {
                const std::string_view option = trim(part);
                if (!option.starts_with('-'))
                    continue;
                options_.emplace(option);
                if (negated && option.starts_with("--"))
                    options_.insert("--no-" + std::string(option.substr(2)));
            }
        }
    }

    std::string_view text_;
    const Outline& outline_;
    ScriptFacts& out_;
    bool click_;
    std::set<std::string> options_;
    std::vector<Block> blocks_ = {Block{}};
    std::map<std::string, std::set<std::size_t>> commands_;  // blocks that make it
    std::set<std::string> parsers_;                          // names of variables
};

}  // namespace

bool may_read_command_line(std::string_view text) {
    // One search for "add_argument" and "ArgumentParser".
    constexpr std::string_view kCommon = "rgument";
    for (std::size_t at = find_text(text, kCommon); at != std::string_view::npos;
         at = find_text(text, kCommon, at + 1)) {
        if (text.substr(0, at).ends_with("add_a") ||
            text.substr(at - (at > 0 ? 1 : 0)).starts_with("ArgumentParser"))
            return true;
    }
    return holds(text, "click") && holds(text, "@");
}

void read_command_line(std::string_view text, const Outline& outline, ScriptFacts& out) {
    if (may_read_command_line(text))
        Reader(text, outline, out).run();
}

}  // namespace docathon::python

#include "lint/parse/examples/python_code.h"

#include <algorithm>
#include <array>
#include <vector>

#include "lint/parse/python/lexer.h"

namespace docathon::examples {

namespace {

using python::Cursor;
using python::FirstWord;
using python::Line;
using python::Token;
using python::TokenKind;

constexpr std::array kKeywords = std::to_array<std::string_view>(
    {"False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
     "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
     "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
     "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"});

bool is_keyword(std::string_view word) {
    return std::binary_search(kKeywords.begin(), kKeywords.end(), word);
}

/// An open bracket of a statement.
struct Bracket {
    std::uint32_t call = kNoItem;  // in facts.calls; kNoItem: no call of a name
    bool arguments = false;        // a call, of a name or not: `x=` is a keyword
    bool parameters = false;       // of a def
    bool begins = true;            // at the first word of an argument
};

class Reader {
  public:
    Reader(const MappedText& code, python::Pool& pool, ExampleFacts& facts)
        : code_(code), text_(code.text()), pool_(pool), facts_(facts) {}

    void statement(const Line& line) {
        leave_blocks(line);
        tokens_.clear();
        for (Cursor cursor(text_, {line.begin, line.end}); !cursor.at_end(); cursor.next())
            tokens_.push_back(cursor.peek());
        if (tokens_.empty())
            return;
        const Range whole = code_.to_source(Range{line.begin, line.end});
        begin_ = whole.begin;
        end_ = whole.end;
        switch (line.first) {
            case FirstWord::word_import:
                import_modules();
                return;
            case FirstWord::word_from:
                import_names();
                return;
            case FirstWord::word_try:
            case FirstWord::word_except:
            case FirstWord::word_if:
            case FirstWord::word_elif:
            case FirstWord::word_else:
            case FirstWord::word_def:
            case FirstWord::word_async:
                enter_block(line);
                break;
            default:
                break;
        }
        find_targets(line);
        expressions();
        if (!simple_target_.empty())
            bind_value();
    }

  private:
    /// A block whose statements may not run, or are meant to fail.
    struct Guard {
        std::uint32_t indent = 0;
        bool tries = false;    // try, except
        bool imports = false;  // imports in it are not taken at their word
    };

    [[nodiscard]] std::string_view word(std::size_t i) const {
        return i < tokens_.size()
                   ? text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin)
                   : std::string_view();
    }
    [[nodiscard]] bool is_name(std::size_t i) const {
        return i < tokens_.size() && tokens_[i].kind == TokenKind::name && !is_keyword(word(i));
    }
    [[nodiscard]] bool is_op(std::size_t i, std::string_view op) const {
        return i < tokens_.size() && tokens_[i].kind == TokenKind::op && word(i) == op;
    }
    [[nodiscard]] Range source(std::size_t first, std::size_t last) const {
        return code_.to_source(Range{tokens_[first].begin, tokens_[last].end});
    }

    void leave_blocks(const Line& line) {
        left_ = {};
        while (!guards_.empty() && line.indent <= guards_.back().indent &&
               (line.flags & python::line_flag::kSameLine) == 0) {
            left_ = guards_.back();
            guards_.pop_back();
        }
    }
    void enter_block(const Line& line) {
        const std::string_view text = text_.substr(line.begin, line.end - line.begin);
        // What is asked of another version, and what is done if the answer is no.
        const bool asks =
            (line.first == FirstWord::word_if || line.first == FirstWord::word_elif) &&
            (text.find("hasattr") != std::string_view::npos ||
             text.find("ersion") != std::string_view::npos);
        const bool other =
            (line.first == FirstWord::word_else || line.first == FirstWord::word_elif) &&
            left_.tries && left_.indent == line.indent;
        const bool tries = line.first == FirstWord::word_try ||
                           line.first == FirstWord::word_except || asks || other;
        guards_.push_back({line.indent, tries, true});
    }
    [[nodiscard]] bool tried() const {
        return std::any_of(guards_.begin(), guards_.end(),
                           [](const Guard& guard) { return guard.tries; });
    }

    // --- imports --------------------------------------------------------------------------------

    /// The end of a dotted name that begins at token `i`, which may have spaces in it.
    std::size_t dotted_end(std::size_t i, std::string& name) const {
        name.clear();
        while (is_name(i)) {
            name += word(i);
            ++i;
            if (!is_op(i, ".") || !is_name(i + 1))
                break;
            name += '.';
            ++i;
        }
        return i;
    }

    void import_modules() {
        std::string name;
        for (std::size_t i = 1; i < tokens_.size();) {
            const std::size_t first = i;
            i = dotted_end(i, name);
            if (i == first)
                return;
            ExampleImport one;
            one.module = pool_.keep(name);
            one.module_range = source(first, i - 1);
            if (word(i) == "as" && is_name(i + 1)) {
                one.alias = pool_.keep(word(i + 1));
                i += 2;
            }
            add(one, first, i - 1);
            if (!is_op(i, ","))
                return;
            ++i;
        }
    }

    void import_names() {
        ExampleImport like;
        std::size_t i = 1;
        while (is_op(i, ".") || is_op(i, "...")) {
            like.level =
                static_cast<std::uint8_t>(std::min<std::size_t>(255, like.level + word(i).size()));
            ++i;
        }
        std::string module;
        const std::size_t first = i;
        i = dotted_end(i, module);
        like.module = pool_.keep(module);
        if (i > first)
            like.module_range = source(first, i - 1);
        if (word(i) != "import")
            return;
        ++i;
        if (is_op(i, "("))
            ++i;
        while (is_name(i) || is_op(i, "*")) {
            const std::size_t begin = i;
            ExampleImport one = like;
            one.name = pool_.keep(word(i));
            one.name_range = source(i, i);
            ++i;
            if (word(i) == "as" && is_name(i + 1)) {
                one.alias = pool_.keep(word(i + 1));
                i += 2;
            }
            add(one, begin, i - 1);
            if (!is_op(i, ","))
                return;
            ++i;
        }
    }

    void add(ExampleImport one, std::size_t first, std::size_t last) {
        one.range = source(first, last);
        one.guarded = !guards_.empty();
        facts_.imports.push_back(one);
    }

    // --- assignments ----------------------------------------------------------------------------

    void bind(BindingKind kind, std::string_view name, std::string_view value = {}) {
        facts_.bindings.push_back({kind, pool_.keep(name), pool_.keep(value), end_});
    }

    /// Targets of for and lambda, parameters: in the statement too they are no names of the page.
    void bind_inner(std::string_view name) {
        facts_.bindings.push_back({BindingKind::unknown, pool_.keep(name), {}, begin_});
    }

    /// Where the value of an assignment begins, and its target if that is a single name.
    void find_targets(const Line& line) {
        value_ = 0;
        simple_target_ = {};
        switch (line.first) {
            case FirstWord::other:
            case FirstWord::string:
            case FirstWord::word_match:
            case FirstWord::word_case:
            case FirstWord::word_type:
            case FirstWord::word_print:
                break;
            default:
                return;
        }
        int depth = 0;
        bool colon = false;
        std::size_t equals = 0;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (tokens_[i].kind == TokenKind::name && word(i) == "lambda")
                break;
            if (tokens_[i].kind != TokenKind::op)
                continue;
            const std::string_view op = word(i);
            if (op == "(" || op == "[" || op == "{")
                ++depth;
            else if (op == ")" || op == "]" || op == "}")
                --depth;
            else if (depth == 0 && op == ":")
                colon = true;
            else if (depth == 0 && op == "=") {
                value_ = i + 1;
                ++equals;
            }
        }
        if (value_ > 0 && is_name(0) && ((equals == 1 && value_ == 2) || (colon && is_op(1, ":"))))
            simple_target_ = word(0);
    }

    void bind_value() {
        std::string name;
        const std::size_t end = dotted_end(value_, name);
        const bool whole = end > value_ && contiguous(value_, end);
        if (!whole) {
            bind(BindingKind::unknown, simple_target_);
            return;
        }
        if (end == tokens_.size()) {
            bind(BindingKind::alias, simple_target_, name);
            return;
        }
        std::size_t i = end;
        int depth = 0;
        for (; i < tokens_.size(); ++i) {
            if (is_op(i, "(") || is_op(i, "[") || is_op(i, "{"))
                ++depth;
            else if (is_op(i, ")") || is_op(i, "]") || is_op(i, "}"))
                --depth;
            if (depth == 0)
                break;
        }
        const bool call = is_op(end, "(") && i + 1 == tokens_.size();
        bind(call ? BindingKind::result : BindingKind::unknown, simple_target_,
             call ? name : std::string());
    }

    [[nodiscard]] bool contiguous(std::size_t first, std::size_t end) const {
        for (std::size_t i = first + 1; i < end; ++i) {
            if (tokens_[i].begin != tokens_[i - 1].end)
                return false;
        }
        return true;
    }

    // --- names and calls ------------------------------------------------------------------------

    void expressions() {
        brackets_.clear();
        defines_ = false;
        for (std::size_t i = 0; i < tokens_.size();) {
            const Token& token = tokens_[i];
            if (token.kind == TokenKind::op) {
                op(i);
                ++i;
                continue;
            }
            if (token.kind == TokenKind::name && is_keyword(word(i))) {
                i = keyword(i);
                continue;
            }
            if (token.kind == TokenKind::name)
                i = name(i);
            else
                argument(i++);
        }
        for (const Bracket& bracket : brackets_) {
            if (bracket.call != kNoItem)
                facts_.calls[bracket.call].whole = false;
        }
    }

    /// A word that is no bracket or comma: it may be the first of an argument.
    void argument(std::size_t i) {
        if (brackets_.empty() || !brackets_.back().begins)
            return;
        Bracket& bracket = brackets_.back();
        bracket.begins = false;
        if (bracket.call == kNoItem)
            return;
        ExampleCall& call = facts_.calls[bracket.call];
        if (is_op(i, "*"))
            call.star = true;
        else if (is_op(i, "**"))
            call.double_star = true;
        else if (is_op(i, "..."))
            call.whole = false;
        else if (!(is_name(i) && is_op(i + 1, "=")))
            ++call.positional;
    }

    void op(std::size_t i) {
        const std::string_view word_here = word(i);
        if (word_here == "(" || word_here == "[" || word_here == "{") {
            argument(i);
            Bracket bracket;
            const bool after = i > 0 && tokens_[i - 1].end == tokens_[i].begin &&
                               (is_name(i - 1) || is_op(i - 1, ")") || is_op(i - 1, "]"));
            bracket.arguments = word_here == "(" && after && !defines_;
            bracket.parameters = word_here == "(" && defines_;
            defines_ = false;
            if (bracket.arguments && last_name_end_ == i && last_name_ != kNoItem) {
                bracket.call = static_cast<std::uint32_t>(facts_.calls.size());
                facts_.names[last_name_].flags |= example_name_flag::kCalled;
                ExampleCall call;
                call.name = last_name_;
                call.keywords.first = static_cast<std::uint32_t>(facts_.keywords.size());
                call.range = facts_.names[last_name_].range;
                facts_.calls.push_back(call);
            }
            brackets_.push_back(bracket);
        } else if (word_here == ")" || word_here == "]" || word_here == "}") {
            if (brackets_.empty())
                return;
            if (brackets_.back().call != kNoItem)
                facts_.calls[brackets_.back().call].range.end = source(i, i).end;
            brackets_.pop_back();
        } else if (word_here == ",") {
            if (!brackets_.empty())
                brackets_.back().begins = true;
        } else {
            // f(x: int) shows a signature.
            if (word_here == ":" && !brackets_.empty() && brackets_.back().call != kNoItem)
                facts_.calls[brackets_.back().call].whole = false;
            argument(i);
        }
    }

    /// Returns the token to go on with.
    std::size_t keyword(std::size_t i) {
        const std::string_view here = word(i);
        if (here == "def" || here == "class") {
            if (is_name(i + 1)) {
                bind(here == "def" ? BindingKind::function : BindingKind::class_, word(i + 1));
                defines_ = here == "def";
                // The bases of a class stand in brackets that are no call.
                last_name_end_ = 0;
                return i + 2;
            }
        } else if (here == "for") {
            // Targets up to `in`; what is in brackets of a subscript is read too, as a target.
            std::size_t at = i + 1;
            while (at < tokens_.size() && word(at) != "in" && !is_op(at, ":")) {
                if (is_name(at) && !is_op(at - 1, "."))
                    bind_inner(word(at));
                ++at;
            }
            return at;
        } else if (here == "as" || here == "del" || here == "global" || here == "nonlocal") {
            if (is_name(i + 1) && !is_op(i + 2, ".")) {
                bind(BindingKind::unknown, word(i + 1));
                return i + 2;
            }
        } else if (here == "lambda") {
            argument(i);
            std::size_t at = i + 1;
            while (at < tokens_.size() && !is_op(at, ":")) {
                if (is_name(at) && !is_op(at - 1, "=") && !is_op(at - 1, "."))
                    bind_inner(word(at));
                ++at;
            }
            return at + 1;
        }
        argument(i);
        return i + 1;
    }

    /// Returns the token behind the name.
    std::size_t name(std::size_t i) {
        argument(i);
        const bool member = i > 0 && is_op(i - 1, ".");
        if (!brackets_.empty() && is_op(i + 1, "=") && !member) {
            if (brackets_.back().parameters) {
                bind(BindingKind::unknown, word(i));
                return i + 2;
            }
            if (brackets_.back().arguments) {
                if (brackets_.back().call != kNoItem)
                    keyword_argument(i, brackets_.back().call);
                return i + 2;
            }
        }
        if (!brackets_.empty() && brackets_.back().parameters && !member &&
            (is_op(i - 1, "(") || is_op(i - 1, ",") || is_op(i - 1, "*") || is_op(i - 1, "**"))) {
            bind(BindingKind::unknown, word(i));
            return i + 1;
        }
        std::size_t end = i + 1;
        while (is_op(end, ".") && is_name(end + 1) && tokens_[end].begin == tokens_[end - 1].end &&
               tokens_[end + 1].begin == tokens_[end].end)
            end += 2;
        if (member)  // of what a call or a subscript gives
            return end;
        const bool bound = end == i + 1 && is_op(end, ":=");
        const bool target = i < value_ && end <= value_ &&
                            (is_op(end, "=") || is_op(end, ",") || is_op(end, ")") ||
                             is_op(end, "]") || is_op(end, ":"));
        if (bound || (target && end == i + 1)) {
            if (bound || simple_target_.empty())
                bind(BindingKind::unknown, word(i));
            return end;
        }
        const Range range = source(i, end - 1);
        ExampleName out;
        out.text =
            pool_.keep(text_.substr(tokens_[i].begin, tokens_[end - 1].end - tokens_[i].begin));
        out.range = range;
        if (target || word(0) == "del")
            out.flags |= example_name_flag::kStored;
        if (tried() || word(i) == "hasattr")
            out.flags |= example_name_flag::kGuarded;
        // x += 1
        if (end == 1 && tokens_.size() > 2 && tokens_[1].kind == TokenKind::op &&
            word(1).size() >= 2 && word(1).back() == '=' &&
            std::string_view("=<>!:").find(word(1)[0]) == std::string_view::npos)
            bind(BindingKind::unknown, word(0));
        last_name_ = static_cast<std::uint32_t>(facts_.names.size());
        last_name_end_ = end;
        facts_.names.push_back(out);
        return end;
    }

    void keyword_argument(std::size_t i, std::uint32_t call) {
        constexpr std::size_t kLongest = 100;
        const bool one = (is_op(i + 3, ",") || is_op(i + 3, ")")) && word(i + 2).size() <= kLongest;
        keywords_.push_back({call,
                             {pool_.keep(word(i)),
                              pool_.keep(one ? word(i + 2) : std::string_view()), source(i, i)}});
    }

  public:
    /// Keywords of nested calls are mixed while they are read; sorts them to their calls.
    void finish(std::uint32_t first_call) {
        std::stable_sort(keywords_.begin(), keywords_.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        auto at = keywords_.begin();
        for (std::uint32_t call = first_call; call < facts_.calls.size(); ++call) {
            ExampleItems& items = facts_.calls[call].keywords;
            items.first = static_cast<std::uint32_t>(facts_.keywords.size());
            for (; at != keywords_.end() && at->first == call; ++at)
                facts_.keywords.push_back(at->second);
            items.count = static_cast<std::uint32_t>(facts_.keywords.size()) - items.first;
        }
    }

  private:
    const MappedText& code_;
    std::string_view text_;
    python::Pool& pool_;
    ExampleFacts& facts_;
    std::vector<Token> tokens_;  // of the statement
    std::vector<Bracket> brackets_;
    std::vector<Guard> guards_;
    Guard left_;  // the outermost that the line before was in and this one is not
    std::vector<std::pair<std::uint32_t, ExampleKeyword>> keywords_;
    std::size_t value_ = 0;  // token behind the last `=` of an assignment; 0: none
    std::string_view simple_target_;
    std::uint32_t begin_ = 0;  // of the statement, in the source
    std::uint32_t end_ = 0;
    bool defines_ = false;               // the next bracket is that of parameters
    std::uint32_t last_name_ = kNoItem;  // in facts.names
    std::size_t last_name_end_ = 0;      // token behind it
};

}  // namespace

void read_python(const MappedText& code, python::Outline& outline, python::Pool& pool,
                 ExampleFacts& facts, CodeExample& example) {
    const auto first = [](const auto& items) { return static_cast<std::uint32_t>(items.size()); };
    example.imports.first = first(facts.imports);
    example.names.first = first(facts.names);
    example.bindings.first = first(facts.bindings);
    example.calls.first = first(facts.calls);
    outline = {};
    python::scan_outline(code.text(), outline);
    Reader reader(code, pool, facts);
    for (const Line& line : outline.lines) {
        if ((line.flags & python::line_flag::kBroken) != 0)
            example.flags |= example_flag::kBroken;
        reader.statement(line);
    }
    reader.finish(example.calls.first);
    example.imports.count = first(facts.imports) - example.imports.first;
    example.names.count = first(facts.names) - example.names.first;
    example.bindings.count = first(facts.bindings) - example.bindings.first;
    example.calls.count = first(facts.calls) - example.calls.first;
}

}  // namespace docathon::examples

#include "lint/parse/python/syntax.h"

#include <algorithm>
#include <array>
#include <vector>

#include "lint/core/strings.h"
#include "lint/parse/python/lexer.h"
#include "lint/parse/python/outline.h"

namespace docathon::python {

namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array kOperators = std::to_array<std::string_view>(
    {"+",  "-",  "*",  "/",  "//", "%",  "@",  "**", "<<",  ">>",  "&",   "|",
     "^",  "<",  ">",  "<=", ">=", "==", "!=", "+=", "-=",  "*=",  "/=",  "%=",
     "@=", "&=", "|=", "^=", ":=", "->", "=",  "<>", "//=", "**=", "<<=", ">>="});

// Words that stand between two operands.
constexpr std::array kInfix = std::to_array<std::string_view>(
    {"and", "as", "async", "else", "for", "from", "if", "in", "is", "not", "or"});
// Words that stand for a value.
constexpr std::array kValues = std::to_array<std::string_view>({"False", "None", "True"});
// Words before an operand.
constexpr std::array kPrefix = std::to_array<std::string_view>({"await", "lambda", "not", "yield"});
// Words that begin a statement.
constexpr std::array kStatement = std::to_array<std::string_view>(
    {"assert",   "async",  "break",   "class",  "continue", "def",    "del", "elif",
     "else",     "except", "finally", "for",    "from",     "global", "if",  "import",
     "nonlocal", "pass",   "raise",   "return", "try",      "while",  "with"});

// Headers that end with a colon. Those of def and class may stand alone to show what they are.
constexpr std::array kCompound = std::to_array<std::string_view>(
    {"elif", "else", "except", "finally", "for", "if", "try", "while", "with"});

enum class Expect : std::uint8_t {
    statement,  // the first word
    operand,
    operator_,
};

class Walk {
  public:
    Walk(std::string_view text, const Line& line)
        : text_(text), cursor_(text, {line.begin, line.end}) {}

    /// Whether the statement shows what is to be filled in: `{name}Partitioner`, `[... x]`, `x =
    /// #`.
    [[nodiscard]] bool is_form() const { return form_; }

    std::optional<SyntaxError> run() {
        while (!cursor_.at_end() && !error_) {
            step();
            last_ = token_;
            last_word_ = word_;
            cursor_.next();
        }
        // `x = ` and what follows `+`: of a plain expression nothing may be left out.
        if (!error_ && expect_ == Expect::operand && brackets_.empty() &&
            last_.kind == TokenKind::op && is_one_of(last_word_, kOperators)) {
            const std::size_t end = std::min(text_.find('\n', last_.end), text_.size());
            form_ = text_.substr(last_.end, end - last_.end).find('#') != std::string_view::npos;
            return SyntaxError{"nothing follows '" + std::string(last_word_) + "'", last_.range()};
        }
        if (!error_ && needs_colon_ && brackets_.empty())
            return SyntaxError{
                "a ':' is missing at the end of this '" + std::string(statement_) + "'",
                last_.range()};
        return std::move(error_);
    }

  private:
    void fail(std::string message) { error_ = SyntaxError{std::move(message), token_.range()}; }
    void cannot_follow() {
        form_ = word_ == "..." || last_word_ == "..." || word_ == "{" || last_word_ == "}";
        if (last_.kind == TokenKind::end) {
            fail(word_ == ">>" ? "a space is missing behind '>>>'"
                               : "a statement cannot begin with '" + std::string(word_) + "'");
            return;
        }
        // What pages of the web have for a space.
        if (word_.find("\xc2\xa0") != std::string_view::npos) {
            fail("a no-break space (U+00A0) is no Python");
            return;
        }
        fail("'" + std::string(word_.substr(0, kShown)) + "' cannot follow '" +
             std::string(last_word_.substr(0, kShown)) + "'");
    }

    void step() {
        token_ = cursor_.peek();
        word_ = cursor_.word();
        // Soft keywords: `match x:`, `case "a":`, `type X = int`.
        if (expect_ == Expect::operator_ && last_.begin == first_ && brackets_.empty() &&
            (statement_ == "match" || statement_ == "case" || statement_ == "type") &&
            (token_.kind != TokenKind::op || word_ == "{") &&
            !(token_.kind == TokenKind::name && is_one_of(word_, kInfix) && word_ != "not"))
            expect_ = Expect::operand;
        switch (token_.kind) {
            case TokenKind::name:
                name();
                return;
            case TokenKind::number:
                operand();
                return;
            case TokenKind::string:
                if (expect_ == Expect::operator_ && last_.kind == TokenKind::string)
                    return;  // "a" "b"
                operand();
                return;
            case TokenKind::op:
                op();
                return;
            case TokenKind::end:
                return;
        }
    }

    void operand() {
        if (expect_ == Expect::operator_) {
            if (brackets_.empty() && statement_ == "print" && last_.begin == first_)
                fail("'print' is a function since Python 3: write print(...)");
            else
                cannot_follow();
            return;
        }
        if (expect_ == Expect::statement) {
            first_ = token_.begin;
            statement_ = word_;
        }
        expect_ = Expect::operator_;
    }

    void name() {
        if (last_word_ == "." && last_.kind == TokenKind::op) {
            expect_ = Expect::operator_;  // `x.match`, and `from .if` is nobody's
            return;
        }
        if (expect_ == Expect::statement && is_one_of(word_, kStatement)) {
            begin_statement();
            return;
        }
        if (is_one_of(word_, kInfix)) {
            infix();
            return;
        }
        if (is_one_of(word_, kPrefix)) {
            if (expect_ == Expect::operator_)
                cannot_follow();
            else
                expect_ = Expect::operand;
            lambdas_ += word_ == "lambda" ? 1 : 0;
            return;
        }
        if (!is_one_of(word_, kValues) && is_one_of(word_, kStatement)) {
            // `else` of a comprehension and the like are infix words; the others begin a statement.
            cannot_follow();
            return;
        }
        operand();
    }

    void infix() {
        if (expect_ != Expect::operator_) {
            const bool negation = word_ == "not";
            const bool comprehension = word_ == "for" && last_word_ == "async";
            const bool star = word_ == "in" || word_ == "from" || word_ == "as";
            // `yield from`, `raise from` is wrong but harmless; `is not`, `not in`.
            if (negation || comprehension || (word_ == "from" && last_word_ == "yield") ||
                (word_ == "in" && last_word_ == "not") || (star && last_word_ == ","))
                expect_ = Expect::operand;
            else if (last_.kind != TokenKind::end)
                cannot_follow();
            return;
        }
        expect_ = Expect::operand;
    }

    void begin_statement() {
        first_ = token_.begin;
        statement_ = word_;
        expect_ = Expect::operand;
        needs_colon_ = is_one_of(word_, kCompound);
        if (word_ == "async") {
            expect_ = Expect::statement;
        } else if (word_ == "break" || word_ == "continue" || word_ == "pass" || word_ == "else" ||
                   word_ == "try" || word_ == "finally" || word_ == "except" || word_ == "return" ||
                   word_ == "raise") {
            bare_ = true;
        } else if (word_ == "import" || word_ == "from") {
            import();
        } else if (word_ == "def" || word_ == "class") {
            header();
        }
    }

    /// `import a.b as c, d` and `from .a import (b as c, d)`: nothing but names.
    void import() {
        bool names = word_ == "import";
        Token previous = token_;
        std::string_view before = word_;
        std::string_view look;
        while (true) {
            cursor_.next();
            if (cursor_.at_end())
                break;
            look = cursor_.word();
            const Token here = cursor_.peek();
            const bool is_name = here.kind == TokenKind::name;
            const bool op =
                here.kind == TokenKind::op && (look == "." || look == "," || look == "(" ||
                                               look == ")" || look == "*" || look == "...");
            const bool call = look == "(" && previous.kind == TokenKind::name && before != "import";
            const bool adjacent = is_name && previous.kind == TokenKind::name &&
                                  before != "import" && before != "from" && before != "as" &&
                                  look != "as" && look != "import" && look != "in";
            if (is_name && look == "import")
                names = true;
            if ((!is_name && !op) || call || adjacent) {
                token_ = here;
                word_ = look;
                form_ = look == "{" || look == "<";
                if (look == "(")
                    fail("'" + std::string(before.substr(0, kShown)) +
                         "(' in an import: names only");
                else
                    fail("'" + std::string(look.substr(0, kShown)) + "' cannot stand in an import");
                return;
            }
            previous = here;
            before = look;
        }
        (void)names;
        expect_ = Expect::operator_;
        last_ = previous;
        token_ = previous;
        word_ = before;
    }

    /// The name behind def or class; what follows is read as an expression: parameters with their
    /// stars, slashes and annotations are one, as far as this looks.
    void header() {
        cursor_.next();
        token_ = cursor_.peek();
        word_ = cursor_.word();
        if (token_.kind != TokenKind::name && !cursor_.at_end()) {
            fail("a name must follow '" + std::string(statement_) + "'");
            return;
        }
        expect_ = Expect::operator_;
    }

    void op() {
        if (word_ == "(" || word_ == "[" || word_ == "{") {
            // A call, a subscript, or a display; `f {` is neither.
            if (word_ == "{" && expect_ == Expect::operator_) {
                cannot_follow();
                return;
            }
            if (expect_ == Expect::statement) {
                first_ = token_.begin;
                statement_ = word_;
            }
            brackets_.push_back(word_[0]);
            expect_ = Expect::operand;
            return;
        }
        if (word_ == ")" || word_ == "]" || word_ == "}") {
            if (expect_ == Expect::operand && !may_end())
                cannot_follow();
            if (!brackets_.empty())
                brackets_.pop_back();
            expect_ = Expect::operator_;
            return;
        }
        if (word_ == "...") {
            operand();
            return;
        }
        if (word_ == "@" && expect_ == Expect::statement) {
            first_ = token_.begin;
            expect_ = Expect::operand;
            return;
        }
        if (expect_ == Expect::operator_) {
            after_operand();
            return;
        }
        before_operand();
    }

    void after_operand() {
        if (word_ == "." || word_ == "," || is_one_of(word_, kOperators)) {
            expect_ = Expect::operand;
        } else if (word_ == ":") {
            // `(conv): Conv2d(...)` is what a module prints.
            if (last_word_ == ")" && lambdas_ == 0 && !brackets_.empty() &&
                brackets_.back() == '(') {
                cannot_follow();
                return;
            }
            if (lambdas_ > 0)
                --lambdas_;
            // Of a header the statement behind it may begin.
            needs_colon_ = needs_colon_ && !brackets_.empty();
            expect_ = brackets_.empty() ? Expect::statement : Expect::operand;
        } else if (word_ == ";") {
            expect_ = Expect::statement;
        } else {
            cannot_follow();
        }
    }

    void before_operand() {
        const bool after_comma = last_word_ == "," || last_word_ == "(" || last_word_ == "[" ||
                                 last_word_ == "{" || last_word_ == ":" || last_word_ == "lambda";
        if (word_ == "+" || word_ == "-" || word_ == "~") {
            expect_ = Expect::operand;
        } else if (word_ == "*" || word_ == "**") {
            // A star that stands alone, an argument, a target: all begin like an operand.
            expect_ = Expect::operand;
        } else if (word_ == "/") {
            if (!after_comma)
                cannot_follow();
        } else if (word_ == ",") {
            if (last_word_ != "*" && last_word_ != "/" && last_word_ != ":" &&
                last_word_ != "yield")
                cannot_follow();
        } else if (word_ == ":") {
            lambdas_ -= lambdas_ > 0 ? 1 : 0;
            // Slices, `lambda:`, `else:`, `lambda *, x:`.
            if (brackets_.empty() && !bare_ && last_word_ != "lambda" && last_word_ != "," &&
                last_word_ != "*" && last_word_ != "/")
                cannot_follow();
            expect_ =
                brackets_.empty() && last_word_ != "lambda" ? Expect::statement : Expect::operand;
            needs_colon_ = needs_colon_ && !brackets_.empty();
            bare_ = false;
        } else if (word_ == ";") {
            expect_ = Expect::statement;
        } else if (word_ == "." || word_ == "=" || is_one_of(word_, kOperators)) {
            // `a, = f()`
            if (word_ == "=" && last_word_ == "," && brackets_.empty())
                expect_ = Expect::operand;
            else
                cannot_follow();
        } else {
            fail("'" + std::string(word_.substr(0, kShown)) + "' is no Python");
        }
    }

    /// Whether a bracket may close where an operand could follow.
    [[nodiscard]] bool may_end() const {
        return last_word_ == "," || last_word_ == "(" || last_word_ == "[" || last_word_ == "{" ||
               last_word_ == ":" || last_word_ == "yield" || last_word_ == "*" || last_word_ == "/";
    }

    static constexpr std::size_t kShown = 40;
    std::string_view text_;
    Cursor cursor_;
    Token token_;
    std::string_view word_;
    Token last_;
    std::string_view last_word_;
    Expect expect_ = Expect::statement;
    std::uint32_t first_ = 0xffffffffu;  // where the statement begins
    std::string_view statement_;         // its first word
    int lambdas_ = 0;                    // whose colon is still to come
    bool form_ = false;
    bool needs_colon_ = false;  // of a header
    bool bare_ = false;         // a word such as `else` that needs nothing behind it
    std::vector<char> brackets_;
    std::optional<SyntaxError> error_;
};

/// Characters that an editor of prose makes of Python's.
std::optional<SyntaxError> find_character(std::string_view text, const Line& line) {
    struct Row {
        std::string_view bytes;
        std::string_view name;
    };
    constexpr std::array kRows = std::to_array<Row>({{"\xe2\x80\x98", "a curly quote"},
                                                     {"\xe2\x80\x99", "a curly quote"},
                                                     {"\xe2\x80\x9c", "a curly quote"},
                                                     {"\xe2\x80\x9d", "a curly quote"},
                                                     {"\xe2\x80\x93", "a dash"},
                                                     {"\xe2\x80\x94", "a dash"},
                                                     {"\xe2\x88\x92", "a minus sign"}});
    for (Cursor cursor(text, {line.begin, line.end}); !cursor.at_end(); cursor.next()) {
        if (cursor.peek().kind == TokenKind::string)
            continue;
        const std::string_view word = cursor.word();
        for (const Row& row : kRows) {
            const std::size_t at = word.find(row.bytes);
            if (at == std::string_view::npos)
                continue;
            const auto begin = static_cast<std::uint32_t>(cursor.peek().begin + at);
            return SyntaxError{std::string(row.name) + " is no character of Python",
                               {begin, begin + static_cast<std::uint32_t>(row.bytes.size())}};
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<SyntaxError> find_syntax_error(std::string_view text) {
    Outline outline;
    scan_outline(text, outline);
    std::optional<SyntaxError> first;
    for (const Line& line : outline.lines) {
        if ((line.flags & line_flag::kBroken) != 0)
            continue;
        first = find_character(text, line);
        if (first)
            break;
        Walk walk(text, line);
        first = walk.run();
        // A part of a chain of calls, whose beginning is left out.
        if (first && (walk.is_form() || (&line == outline.lines.data() && text[line.begin] == '.')))
            return std::nullopt;
        if (first)
            break;
    }
    if (!outline.problems.empty()) {
        // The one that was met first: what it leaves open is no news.
        const SyntaxProblem& problem = outline.problems.front();
        if (!first || problem.range.begin < first->range.begin)
            first = SyntaxError{problem.message, problem.range};
    }
    return first;
}

bool is_display(std::string_view text) {
    if (text.find("\xe2\x80\xa6") != std::string_view::npos ||
        text.find("[,") != std::string_view::npos || text.find("[ ,") != std::string_view::npos)
        return true;
    for (const std::string_view line : split_lines(text)) {
        const std::string_view rest = trim(line);
        // f(x) -> int, without a def
        if (rest.find("->") != std::string_view::npos && !rest.starts_with("def ") &&
            !rest.starts_with("async def "))
            return true;
        // `class Net(size: int = 3)` of a reference
        if ((rest.starts_with("class ") || rest.starts_with("def ")) &&
            rest.find(':') == std::string_view::npos)
            return true;
        if (rest == ".." || rest == "." || rest.starts_with("....") || rest.ends_with(" ..") ||
            rest.find(" .. ") != std::string_view::npos)
            return true;
    }
    return false;
}

}  // namespace docathon::python

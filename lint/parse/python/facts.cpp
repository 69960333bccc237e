#include "lint/parse/python/facts.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/parse/python/docstring_text.h"
#include "lint/parse/python/headers.h"
#include "lint/parse/python/lexer.h"

namespace docathon::python {

namespace {

/// A definition or condition whose body is being read.
struct Block {
    enum class Kind : std::uint8_t { definition, branch };
    Kind kind = Kind::definition;
    FirstWord word = FirstWord::other;  ///< that its header begins with
    bool one_line = false;              ///< the body stands behind the colon
    bool empty = true;                  ///< no statement of the body was met
    bool in_function = false;
    std::uint32_t indent = 0;            ///< of the header
    std::uint32_t body_indent = 0;       ///< of the first statement, if not empty
    std::uint32_t definition = kNoItem;  ///< scope of the body
    std::uint32_t branch = kNoItem;
};

/// The condition that ended last, for the else that may follow.
struct Ended {
    std::uint32_t indent = 0;
    std::uint32_t branch = kNoItem;
};

/// Counts lines up to growing offsets.
class LineCounter {
  public:
    explicit LineCounter(std::string_view text)
        : text_(text), carriage_returns_(text.find('\r') != std::string_view::npos) {}

    /// 1-based line of `offset`; a smaller one than before has the line of that one.
    std::uint32_t line(std::uint32_t offset) {
        if (offset < at_)
            return line_;
        const std::string_view part = text_.substr(at_, offset - at_);
        line_ += static_cast<std::uint32_t>(std::count(part.begin(), part.end(), '\n'));
        if (carriage_returns_) {
            for (std::size_t i = at_; i < offset; ++i) {
                if (text_[i] == '\r' && (i + 1 >= text_.size() || text_[i + 1] != '\n'))
                    ++line_;
            }
        }
        at_ = offset;
        return line_;
    }

  private:
    std::string_view text_;
    bool carriage_returns_;
    std::uint32_t at_ = 0;
    std::uint32_t line_ = 1;
};

bool is_compound(FirstWord word) {
    switch (word) {
        case FirstWord::word_if:
        case FirstWord::word_elif:
        case FirstWord::word_else:
        case FirstWord::word_try:
        case FirstWord::word_except:
        case FirstWord::word_finally:
        case FirstWord::word_with:
        case FirstWord::word_for:
        case FirstWord::word_while:
        case FirstWord::word_match:
        case FirstWord::word_case:
            return true;
        default:
            return false;
    }
}

BranchKind branch_kind(FirstWord word) {
    switch (word) {
        case FirstWord::word_elif:
            return BranchKind::elif;
        case FirstWord::word_else:
            return BranchKind::else_;
        case FirstWord::word_try:
            return BranchKind::try_;
        case FirstWord::word_except:
            return BranchKind::except;
        case FirstWord::word_finally:
            return BranchKind::finally;
        case FirstWord::word_with:
            return BranchKind::with;
        case FirstWord::word_for:
        case FirstWord::word_while:
            return BranchKind::loop;
        case FirstWord::word_match:
            return BranchKind::match;
        case FirstWord::word_case:
            return BranchKind::case_;
        default:
            return BranchKind::if_;
    }
}

class FactsReader {
  public:
    FactsReader(std::string_view text, Outline& outline, PythonFacts& facts)
        : text_(text),
          outline_(outline),
          facts_(facts),
          pool_(facts.pool),
          target_{text, facts, pool_},
          lines_(text) {}

    void run() {
        for (std::size_t at = text_.find("yield"); at != std::string_view::npos;
             at = text_.find("yield", at + 5)) {
            yields_.push_back(static_cast<std::uint32_t>(at));
        }
        for (number_ = 0; number_ < outline_.lines.size(); ++number_)
            read_line(outline_.lines[number_]);
        close_blocks(0);
        // One line end behind the last statement is part of no definition.
        spread_variables();
    }

  private:
    // ---- blocks ------------------------------------------------------------------------------

    [[nodiscard]] std::uint32_t scope() const {
        return blocks_.empty() ? kNoItem : blocks_.back().definition;
    }
    [[nodiscard]] std::uint32_t branch() const {
        return blocks_.empty() ? kNoItem : blocks_.back().branch;
    }
    [[nodiscard]] bool in_function() const {
        return !blocks_.empty() && blocks_.back().in_function;
    }

    void read_line(const Line& line) {
        if ((line.flags & line_flag::kSameLine) == 0) {
            while (!handlers_.empty() && line.indent <= handlers_.back().indent)
                handlers_.pop_back();
            while (!headers_.empty() && line.indent <= headers_.back().indent)
                headers_.pop_back();
            close_blocks(line.indent);
            check_indent(line);
        }
        const bool fresh = blocks_.empty() ? !any_ : blocks_.back().empty;
        if (blocks_.empty()) {
            any_ = true;
        } else {
            blocks_.back().empty = false;
        }
        statement(line, fresh);
        last_end_ = line.end;
        // A `;` at the end belongs to the body that ends with it.
        while (last_end_ < text_.size() && (text_[last_end_] == ' ' || text_[last_end_] == ';')) {
            if (text_[last_end_++] == ';')
                break;
        }
        if (text_[last_end_ - 1] != ';')
            last_end_ = line.end;
        last_indent_ = line.indent;
    }

    /// Ends the blocks that a line of this indentation does not belong to.
    void close_blocks(std::uint32_t indent) {
        ended_ = {};
        while (!blocks_.empty() && (blocks_.back().one_line || blocks_.back().indent >= indent)) {
            const Block& block = blocks_.back();
            if (block.kind == Block::Kind::definition) {
                PyDefinition& definition = facts_.definitions[block.definition];
                definition.range.end = std::max(last_end_, definition.range.end);
                definition.last_line = lines_.line(definition.range.end);
            } else if (block.indent == indent) {
                ended_ = {block.indent, block.branch};
            }
            blocks_.pop_back();
        }
    }

    void check_indent(const Line& line) {
        const Range here{line.begin, line.begin};
        if (blocks_.empty()) {
            if (line.indent != 0 && !indent_reported_)
                problem(last_indent_ > line.indent
                            ? "unindent does not match any outer indentation level"
                            : "unexpected indent",
                        here);
            return;
        }
        Block& block = blocks_.back();
        if (block.empty && !block.one_line) {
            block.body_indent = line.indent;
        } else if (!block.in_function && line.indent != block.body_indent && !block.one_line) {
            problem(line.indent < last_indent_
                        ? "unindent does not match any outer indentation level"
                        : "unexpected indent",
                    here);
        }
    }

    void problem(std::string message, Range range) {
        if (indent_reported_)
            return;
        indent_reported_ = true;
        outline_.problems.push_back({std::move(message), range});
    }

    // ---- statements --------------------------------------------------------------------------

    void statement(const Line& line, bool fresh) {
        switch (line.first) {
            case FirstWord::decorator:
                decorators_.push_back(trimmed({line.begin + 1, line.end}));
                return;
            case FirstWord::word_def:
            case FirstWord::word_class:
                definition(line, line.begin);
                return;
            case FirstWord::word_async: {
                Cursor cursor(text_, {line.begin, line.end});
                cursor.next();
                if (cursor.is_name("def")) {
                    definition(line, cursor.peek().begin);
                } else if (cursor.is_name("for") || cursor.is_name("with")) {
                    Line inner = line;
                    inner.begin = cursor.peek().begin;
                    inner.first =
                        cursor.is_name("for") ? FirstWord::word_for : FirstWord::word_with;
                    compound(inner);
                }
                return;
            }
            default:
                break;
        }
        mark_yields(line);
        if (is_compound(line.first) && compound(line))
            return;
        simple(line, fresh);
    }

    /// A statement without a body.
    void simple(const Line& line, bool fresh) {
        const std::uint32_t before = last_assignment_;
        last_assignment_ = kNoItem;
        const bool function = in_function();
        switch (line.first) {
            case FirstWord::string:
                if (text_[line.begin] != '(' || fresh) {
                    PyDocstring docstring;
                    if (read_docstring(text_, {line.begin, line.end}, docstring)) {
                        take_docstring(docstring, fresh, before);
                        return;
                    }
                }
                break;
            case FirstWord::word_import:
            case FirstWord::word_from: {
                PyImport like;
                like.scope = scope();
                like.branch = branch();
                like.statement = number_;
                read_import(target_, {line.begin, line.end}, like);
                no_stub();
                return;
            }
            case FirstWord::word_return:
                no_stub();
                if (function)
                    mark_return(line);
                return;
            case FirstWord::word_raise:
                if (function) {
                    const Range caught = handlers_.empty() ? Range{} : handlers_.back().types;
                    read_raise(target_, {line.begin, line.end}, caught, scope());
                }
                if (function &&
                    text_.substr(line.begin, line.end - line.begin).find("NotImplementedError") ==
                        std::string_view::npos)
                    no_stub();
                return;
            case FirstWord::word_pass:
                return;
            case FirstWord::word_del:
                no_stub();
                if (!function)
                    deleted(line);
                return;
            case FirstWord::word_yield:
            case FirstWord::word_await:
            case FirstWord::word_global:
                no_stub();
                return;
            default:
                break;
        }
        if (text_.substr(line.begin, line.end - line.begin) == "...")
            return;
        no_stub();
        if (function)
            in_body(line);
        else
            assignment(line);
    }

    void mark_return(const Line& line) {
        std::uint16_t& flags = innermost_function().flags;
        std::string_view value = text_.substr(line.begin, line.end - line.begin);
        value.remove_prefix(std::min<std::size_t>(value.size(), 6));
        value = trim(value);
        // `()` is a value, the empty tuple.
        while (value.size() > 1 && value.front() == '(' && value.back() == ')' &&
               !trim(value.substr(1, value.size() - 2)).empty())
            value = trim(value.substr(1, value.size() - 2));
        if (value.empty()) {
            flags |= definition_flag::kBareReturn;
            return;
        }
        flags |= definition_flag::kHasReturn;
        flags |= value == "None" ? definition_flag::kReturnsNone : definition_flag::kReturnsValue;
    }

    [[nodiscard]] PyDefinition& innermost_function() {
        // in_function() holds, so one of the enclosing definitions is a function.
        std::uint32_t at = scope();
        while (at != kNoItem && facts_.definitions[at].kind != DefinitionKind::function)
            at = facts_.definitions[at].parent;
        return facts_.definitions[at == kNoItem ? 0 : at];
    }

    /// The definition that is being read does something.
    void no_stub() {
        const std::uint32_t at = scope();
        if (at != kNoItem)
            facts_.definitions[at].flags &= static_cast<std::uint16_t>(~definition_flag::kStub);
    }

    [[nodiscard]] Range trimmed(Range range) const {
        while (range.begin < range.end && is_ascii_space(text_[range.begin]))
            ++range.begin;
        return range;
    }

    void definition(const Line& line, std::uint32_t keyword) {
        no_stub();
        last_assignment_ = kNoItem;
        PyDefinition made;
        made.parent = scope();
        made.branch = branch();
        made.flags = definition_flag::kStub;
        if (keyword != line.begin)
            made.flags |= definition_flag::kAsync;
        if (in_function())
            made.flags |= definition_flag::kInFunction;
        made.range = {line.begin, line.end};
        made.first_decorator = static_cast<std::uint32_t>(facts_.decorators.size());
        made.decorator_count = static_cast<std::uint32_t>(decorators_.size());
        if (!decorators_.empty())
            made.first_line = lines_.line(decorators_.front().begin);
        made.line = lines_.line(line.begin);
        if (decorators_.empty())
            made.first_line = made.line;
        const bool of_class = first_word(text_, keyword) == FirstWord::word_class;
        for (const Range& decorator : decorators_)
            facts_.decorators.push_back(read_decorator(target_, decorator, of_class));
        decorators_.clear();
        Cursor cursor(text_, {keyword, line.end});
        const std::uint32_t body = read_definition(target_, cursor, made);
        const auto index = static_cast<std::uint32_t>(facts_.definitions.size());
        facts_.definitions.push_back(made);

        Block block;
        block.indent = line.indent;
        block.definition = index;
        block.word = line.first;
        block.branch = branch();
        block.in_function = in_function() || made.kind == DefinitionKind::function;
        if (block.in_function)
            block.branch = kNoItem;
        open(block, line, body);
    }

    /// Begins a block; `body` is the offset behind the colon, 0 if there is none.
    void open(Block block, const Line& line, std::uint32_t body) {
        const Range rest = trimmed({body == 0 ? line.end : body, line.end});
        block.one_line = !rest.empty() || body == 0;
        blocks_.push_back(block);
        if (rest.empty())
            return;
        Line inner = line;
        inner.begin = rest.begin;
        inner.first = first_word(text_, rest.begin);
        blocks_.back().empty = false;
        if (block.kind == Block::Kind::definition)
            mark_yields(inner);
        simple(inner, true);
    }

    /// A header with a body; false if it is none after all.
    bool compound(const Line& line) {
        const bool ends_in_colon = text_[line.end - 1] == ':';
        if (in_function() && ends_in_colon) {
            if (line.first == FirstWord::word_except)
                handlers_.push_back(
                    {line.indent, caught_types(trimmed({line.begin + 6, line.end - 1}))});
            headers_.push_back({line.indent, line.first, {line.begin, line.end - 1}});
            last_assignment_ = kNoItem;
            no_stub();
            return true;
        }
        Cursor cursor(text_, {line.begin, line.end});
        const std::string_view word = cursor.word();
        cursor.next();
        if (word == "match" || word == "case") {
            // match = 1, match.group(), match: int, match(x)
            if (cursor.peek().kind == TokenKind::op && !cursor.is_op("(") && !cursor.is_op("[") &&
                !cursor.is_op("{") && !cursor.is_op("-") && !cursor.is_op("*"))
                return false;
            if (word == "match" && !ends_in_colon)
                return false;
        }
        const Range test = cursor.expression(":");
        if (!cursor.is_op(":"))
            return false;
        const std::uint32_t body = cursor.peek().end;
        last_assignment_ = kNoItem;
        no_stub();
        if (in_function()) {
            if (line.first == FirstWord::word_except)
                handlers_.push_back({line.indent, caught_types(test)});
            headers_.push_back({line.indent, line.first, {line.begin, body - 1}});
            const Range rest = trimmed({body, line.end});
            if (!rest.empty()) {
                Line inner = line;
                inner.begin = rest.begin;
                inner.first = first_word(text_, rest.begin);
                simple(inner, false);
            }
            return true;
        }
        PyBranch made;
        made.kind = branch_kind(line.first);
        made.parent = branch();
        made.test = target_.keep_cut(test);
        const auto index = static_cast<std::uint32_t>(facts_.branches.size());
        made.chain = index;
        const bool arm = made.kind == BranchKind::elif || made.kind == BranchKind::else_ ||
                         made.kind == BranchKind::except || made.kind == BranchKind::finally;
        if (arm && ended_.branch != kNoItem && ended_.indent == line.indent)
            made.chain = facts_.branches[ended_.branch].chain;
        facts_.branches.push_back(made);
        if (line.first == FirstWord::word_for || line.first == FirstWord::word_with)
            bound_names(line.first, test, index);
        else if (target_.slice(test).find(":=") != std::string_view::npos)
            walrus_names(test);
        Block block;
        block.kind = Block::Kind::branch;
        block.word = line.first;
        block.indent = line.indent;
        block.definition = scope();
        block.branch = index;
        open(block, line, body);
        return true;
    }

    /// Of `E as e`, `* E`: E.
    [[nodiscard]] Range caught_types(Range test) const {
        Cursor cursor(text_, test);
        cursor.take("*");
        Range types{cursor.peek().begin, cursor.peek().begin};
        while (!cursor.at_end() && !cursor.is_name("as")) {
            types.end = cursor.peek().end;
            cursor.next();
        }
        return types;
    }

    // ---- docstrings --------------------------------------------------------------------------

    void take_docstring(PyDocstring docstring, bool fresh, std::uint32_t before) {
        const auto index = static_cast<std::uint32_t>(facts_.docstrings.size());
        if (fresh && (blocks_.empty() || blocks_.back().kind == Block::Kind::definition)) {
            docstring.owner = scope();
            if (docstring.owner == kNoItem)
                facts_.module_docstring = index;
            else
                facts_.definitions[docstring.owner].docstring = index;
            facts_.docstrings.push_back(docstring);
        } else if (before != kNoItem) {
            docstring.owner = before;
            docstring.flags |= docstring_flag::kAttribute;
            facts_.assignments[before].docstring = index;
            facts_.docstrings.push_back(docstring);
        }
    }

    // ---- inside of functions -----------------------------------------------------------------

    void in_body(const Line& line) {
        const Block& block = blocks_.back();
        if (text_.substr(line.begin, 8) == "setattr(")
            set_attribute(line);
        const std::string_view whole = text_.substr(line.begin, line.end - line.begin);
        if (whole == "continue" || whole == "break") {
            for (auto header = headers_.rbegin(); header != headers_.rend(); ++header) {
                header->leaves = true;
                if (header->word == FirstWord::word_for || header->word == FirstWord::word_while)
                    break;
            }
        }
        if (text_.substr(line.begin, 7) == "__all__" && block.definition != kNoItem)
            extenders_.push_back(facts_.definitions[block.definition].name);
        // warnings.warn(..., DeprecationWarning) as a statement of the body itself.
        if (block.kind != Block::Kind::definition ||
            (!block.one_line && line.indent != block.body_indent))
            return;
        const std::string_view text = text_.substr(line.begin, line.end - line.begin);
        const std::size_t bracket = text.substr(0, 64).find('(');
        if (bracket == std::string_view::npos || !trim(text.substr(0, bracket)).ends_with("warn"))
            return;
        if (text.find("DeprecationWarning") != std::string_view::npos ||
            text.find("FutureWarning") != std::string_view::npos)
            facts_.definitions[block.definition].flags |= definition_flag::kWarnsDeprecated;
    }

    /// `setattr(x, name, value)` in a function: the call, and before its arguments the loops and
    /// conditions around it, as arguments with the keywords `for` and `if`. A condition that is not
    /// simply what an `if` says is empty.
    void set_attribute(const Line& line) {
        const PyDefinition& function = innermost_function();
        PyCall made;
        made.function = pool_.keep("setattr");
        made.statement = number_;
        made.range = {line.begin, line.end};
        made.first_argument = static_cast<std::uint32_t>(facts_.arguments.size());
        for (const Header& header : headers_) {
            if (header.range.begin < function.range.begin)
                continue;  // around the function
            const bool loop = header.word == FirstWord::word_for;
            const bool condition = header.word == FirstWord::word_if;
            if (header.word == FirstWord::word_with || header.word == FirstWord::word_try)
                continue;
            PyArgument argument;
            argument.range = trimmed({header.range.begin + (loop        ? 3
                                                            : condition ? 2
                                                                        : 0),
                                      header.range.end});
            argument.keyword = pool_.keep(loop ? "for" : "if");
            if (loop || condition)
                argument.value = target_.keep_cut(argument.range, kLongestList);
            facts_.arguments.push_back(argument);
            if (loop && header.leaves) {
                argument.keyword = pool_.keep("if");
                argument.value = {};
                facts_.arguments.push_back(argument);
            }
        }
        Cursor cursor(text_, {line.begin + 8, line.end});
        constexpr std::uint32_t kMost = 3;
        (void)read_arguments(target_, cursor, kMost);
        made.argument_count =
            static_cast<std::uint32_t>(facts_.arguments.size()) - made.first_argument;
        facts_.calls.push_back(made);
    }

    /// Notes the functions that a `yield` makes generators.
    void mark_yields(const Line& line) {
        // The offsets do not shrink: the body of a header is looked at after the header.
        while (next_yield_ < yields_.size() && yields_[next_yield_] < line.begin)
            ++next_yield_;
        if (next_yield_ >= yields_.size() || yields_[next_yield_] >= line.end || !in_function())
            return;
        // The word may stand in a string, be part of a name, or make a generator of a lambda.
        Cursor cursor(text_, {line.begin, line.end});
        std::uint32_t depth = 0;
        std::vector<std::uint32_t> lambdas;  // depths of those that are open
        while (!cursor.at_end()) {
            if (cursor.is_name("lambda")) {
                lambdas.push_back(depth);
            } else if (lambdas.empty() && (cursor.is_name("yield") || in_field(cursor))) {
                const bool field = !cursor.is_name("yield");
                innermost_function().flags |= definition_flag::kHasYield;
                cursor.next();
                if (field || !yields_nothing(cursor)) {
                    innermost_function().flags |= definition_flag::kYieldsValue;
                    break;
                }
                continue;
            } else if (cursor.is_op("(") || cursor.is_op("[") || cursor.is_op("{")) {
                ++depth;
            } else if (cursor.is_op(")") || cursor.is_op("]") || cursor.is_op("}")) {
                depth -= depth > 0 ? 1 : 0;
                while (!lambdas.empty() && lambdas.back() > depth)
                    lambdas.pop_back();
            }
            cursor.next();
        }
    }

    /// Whether what stands behind `yield` is nothing, or None alone; the cursor ends behind None.
    static bool yields_nothing(Cursor& cursor) {
        const auto ends = [&] {
            return cursor.at_end() || cursor.is_op(")") || cursor.is_op("]") || cursor.is_op("}") ||
                   cursor.is_op(",");
        };
        if (ends())
            return true;
        return cursor.take_name("None") && ends();
    }

    /// Whether this is a formatted string with the word in one of its fields.
    static bool in_field(const Cursor& cursor) {
        if (cursor.peek().kind != TokenKind::string ||
            (cursor.peek().flags & string_prefix::kFormat) == 0)
            return false;
        constexpr std::string_view kWord = "yield";
        const std::string_view text = cursor.word();
        const auto in_word = [&](std::size_t at) {
            return at < text.size() && (is_ascii_alnum(text[at]) || text[at] == '_');
        };
        std::uint32_t depth = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] == '{' && depth == 0 && at + 1 < text.size() && text[at + 1] == '{')
                ++at;
            else if (text[at] == '{')
                ++depth;
            else if (text[at] == '}')
                depth -= depth > 0 ? 1 : 0;
            else if (depth > 0 && text.substr(at, kWord.size()) == kWord && !in_word(at - 1) &&
                     !in_word(at + kWord.size()))
                return true;
        }
        return false;
    }

    // ---- assignments, calls ------------------------------------------------------------------

    PyAssignment& add_assignment(AssignmentKind kind, PyText name, Range range) {
        PyAssignment& made = facts_.assignments.emplace_back();
        made.kind = kind;
        made.target = name;
        made.target_range = range;
        made.scope = scope();
        made.branch = branch();
        made.statement = number_;
        made.line = lines_.line(range.begin);
        return made;
    }

    /// A statement of a module or a class: an assignment, a call, or nothing of interest.
    void assignment(const Line& line) {
        Cursor cursor(text_, {line.begin, line.end});
        const std::size_t first = facts_.assignments.size();
        std::string name;
        const Range range = read_dotted_name(cursor, text_, name);
        if (range.empty()) {
            targets(line, cursor);
            return;
        }
        if (name == "type" && cursor.peek().kind == TokenKind::name) {  // type X = ...
            add_assignment(AssignmentKind::target, target_.keep(cursor.peek().range()),
                           cursor.peek().range());
            return;
        }
        if (cursor.take("(")) {
            call(line, name, range, cursor);
            return;
        }
        if (cursor.is_op(",") || cursor.is_op("[") || cursor.is_op(".")) {
            Cursor again(text_, {line.begin, line.end});
            targets(line, again);
            return;
        }
        PyAssignment* made = nullptr;
        if (cursor.take(":")) {
            made = &add_assignment(AssignmentKind::annotation, pool_.keep(name), range);
            made->annotation = target_.keep_cut(cursor.expression("="));
            if (cursor.take("=")) {
                made->kind = AssignmentKind::value;
                value(*made, cursor, line);
            }
        } else if (cursor.take("=")) {
            made = &add_assignment(AssignmentKind::value, pool_.keep(name), range);
            value(*made, cursor, line);
            // a = b = value
            more_targets(cursor, line, first);
        } else if (cursor.peek().kind == TokenKind::op && cursor.word().size() > 1 &&
                   cursor.word().back() == '=' && cursor.word() != "==" && cursor.word() != "!=" &&
                   cursor.word() != "<=" && cursor.word() != ">=") {
            const bool plus = cursor.is_op("+=");
            cursor.next();
            made = &add_assignment(AssignmentKind::augmented, pool_.keep(name), range);
            value(*made, cursor, line);
            if (name == "__all__" && scope() == kNoItem)
                all(plus ? AllOperation::extend : AllOperation::unknown, made->value_range);
            made = &facts_.assignments.back();
        } else {
            return;
        }
        if (made == nullptr)
            return;
        if (name == "__all__" && scope() == kNoItem &&
            !facts_.assignments[first].value_range.empty() &&
            facts_.assignments[first].kind == AssignmentKind::value)
            all(AllOperation::set, facts_.assignments.back().value_range);
        comments(first);
        last_assignment_ = static_cast<std::uint32_t>(first);
    }

    void value(PyAssignment& made, Cursor& cursor, const Line& line) {
        Range range = cursor.expression("=");
        if (cursor.at_end())
            range.end = line.end;
        made.value_range = range;
        // Members are made of lists of names: `_field_ops = ["year", ...]` in pandas, of
        // `names = """ ... """.split()` in docutils.
        const std::string_view whole = target_.slice(range);
        const std::string_view head = whole.substr(0, 64);
        const bool list =
            head.size() > 2 &&
            ((head[0] == '[' && head.find_first_of("\"'") != std::string_view::npos) ||
             (head.starts_with("\"\"\"") && whole.ends_with(".split()")));
        made.value = target_.keep_cut(range, list ? kLongestList : kLongestValue);
    }

    /// Behind the first `=` of a chain: the value read so far is a target if another `=` follows.
    void more_targets(Cursor& cursor, const Line& line, std::size_t first) {
        while (cursor.take("=")) {
            const Range target = facts_.assignments.back().value_range;
            Cursor inner(text_, target);
            std::string name;
            const Range range = read_dotted_name(inner, text_, name);
            if (!range.empty() && inner.at_end())
                add_assignment(AssignmentKind::value, pool_.keep(name), range);
            else
                names_in(target);
            PyAssignment& last = facts_.assignments.back();
            value(last, cursor, line);
        }
        // All targets have the value of the last.
        const PyAssignment last = facts_.assignments.back();
        for (std::size_t i = first; i + 1 < facts_.assignments.size(); ++i) {
            facts_.assignments[i].value = last.value;
            facts_.assignments[i].value_range = last.value_range;
        }
    }

    /// `a, b = ...`, `(a, b) = ...`, `x[0] = ...`: names that are bound.
    void targets(const Line& line, Cursor& cursor) {
        (void)line;
        Range range = cursor.expression("=:");
        while (cursor.take("=")) {
            names_in(range);
            range = cursor.expression("=");
        }
    }

    /// The names that a list of targets binds; `a.b` and `a[0]` bind none.
    void names_in(Range range) {
        Cursor cursor(text_, range);
        bool after_dot = false;
        while (!cursor.at_end()) {
            if (cursor.peek().kind == TokenKind::name && !after_dot) {
                const Range name = cursor.peek().range();
                cursor.next();
                if (cursor.at_end() || cursor.is_op(",") || cursor.is_op(")") || cursor.is_op("]"))
                    add_assignment(AssignmentKind::target, target_.keep(name), name);
                continue;
            }
            after_dot = cursor.is_op(".");
            cursor.next();
        }
    }

    /// for TARGETS in ..., with ... as TARGETS
    void bound_names(FirstWord word, Range header, std::uint32_t branch_index) {
        Cursor cursor(text_, header);
        const std::size_t first = facts_.assignments.size();
        if (word == FirstWord::word_for) {
            const std::uint32_t begin = cursor.peek().begin;
            while (!cursor.at_end() && !cursor.is_name("in"))
                cursor.next();
            names_in({begin, cursor.last_end()});
        } else {
            while (!cursor.at_end()) {
                if (!cursor.take_name("as")) {
                    cursor.next();
                    continue;
                }
                const Range target = cursor.expression(",");
                names_in(target);
            }
        }
        for (std::size_t i = first; i < facts_.assignments.size(); ++i)
            facts_.assignments[i].branch = branch_index;
    }

    /// if (x := ...):
    void walrus_names(Range test) {
        Cursor cursor(text_, test);
        Range name;
        while (!cursor.at_end()) {
            if (cursor.is_op(":=") && !name.empty())
                add_assignment(AssignmentKind::target, target_.keep(name), name);
            name = cursor.peek().kind == TokenKind::name ? cursor.peek().range() : Range{};
            cursor.next();
        }
    }

    void deleted(const Line& line) {
        const std::size_t first = facts_.assignments.size();
        names_in(trimmed({line.begin + 3, line.end}));
        for (std::size_t i = first; i < facts_.assignments.size(); ++i)
            facts_.assignments[i].kind = AssignmentKind::deleted;
    }

    void call(const Line& line, const std::string& name, Range range, Cursor& cursor) {
        if (scope() != kNoItem)
            return;
        constexpr std::string_view kAll = "__all__.";
        if (name.starts_with(kAll)) {
            const std::string_view method = std::string_view(name).substr(kAll.size());
            const Range argument = cursor.expression("");
            const AllOperation operation = method == "append"   ? AllOperation::append
                                           : method == "extend" ? AllOperation::extend
                                           : method == "remove" ? AllOperation::remove
                                                                : AllOperation::unknown;
            const std::size_t before = facts_.all.size();
            if (method != "sort" && method != "reverse")
                all(operation, argument);
            for (std::size_t i = before; i < facts_.all.size(); ++i)
                facts_.all[i].method = true;
            return;
        }
        PyCall made;
        made.function = pool_.keep(name);
        made.branch = branch();
        made.statement = number_;
        made.range = {range.begin, line.end};
        made.first_argument = static_cast<std::uint32_t>(facts_.arguments.size());
        constexpr std::uint32_t kMost = 8;
        made.argument_count = read_arguments(target_, cursor, kMost);
        if (cursor.is_op("=") || cursor.is_op(".") || cursor.is_op("["))
            return;  // f(x).y = z
        facts_.calls.push_back(made);
        extend_by_call(name, made);
    }

    /// `extend_all(m)`, where the function extend_all of this module appends to __all__: it takes
    /// over what m has in its own, or nobody can tell.
    void extend_by_call(const std::string& name, const PyCall& call) {
        const bool extends = std::any_of(extenders_.begin(), extenders_.end(),
                                         [&](PyText one) { return facts_.text(one) == name; });
        if (!extends)
            return;
        PyAll like;
        like.operation = AllOperation::unknown;
        like.branch = branch();
        like.statement = number_;
        like.range = call.range;
        if (call.argument_count == 1) {
            Cursor cursor(text_, facts_.arguments[call.first_argument].range);
            std::string module;
            if (!read_dotted_name(cursor, text_, module).empty() && cursor.at_end()) {
                like.operation = AllOperation::extend;
                like.module = pool_.keep(module);
            }
        }
        facts_.all.push_back(like);
    }

    void all(AllOperation operation, Range value) {
        PyAll like;
        like.operation = operation;
        like.branch = branch();
        like.statement = number_;
        like.range = value;
        if (operation == AllOperation::append || operation == AllOperation::remove) {
            const std::size_t first = facts_.all.size();
            Cursor cursor(text_, value);
            PyDocstring literal;
            if (read_docstring(text_, value, literal)) {
                like.name = pool_.keep(StringValue(text_, literal.literal).text());
                like.range = literal.literal;
            } else {
                like.operation = AllOperation::unknown;
            }
            (void)first;
            facts_.all.push_back(like);
            return;
        }
        read_all(target_, value, like);
    }

    /// Whether a `#:` comment stands behind the statement that is being read, or directly above it:
    /// another comment between them takes its meaning away (sphinx.pycode.parser).
    [[nodiscard]] bool describes(const Comment& comment) const {
        if (!comment.own_line)
            return true;
        const std::uint32_t begin = outline_.lines[number_].begin;
        if (comment.range.end > begin)
            return false;
        const std::string_view between = text_.substr(comment.range.end, begin - comment.range.end);
        return trim(between).empty() && std::count(between.begin(), between.end(), '\n') <= 1;
    }

    /// `#:` comments of the statement that is being read.
    void comments(std::size_t first) {
        while (next_comment_ < outline_.comments.size() &&
               outline_.comments[next_comment_].line < number_)
            ++next_comment_;
        for (std::size_t i = next_comment_;
             i < outline_.comments.size() && outline_.comments[i].line == number_; ++i) {
            if (outline_.comments[i].kind != CommentKind::doc || !describes(outline_.comments[i]))
                continue;
            for (std::size_t made = first; made < facts_.assignments.size(); ++made)
                facts_.assignments[made].doc_comment = true;
        }
    }

    /// `__all__ = _names + [...]`: what this file says of `_names` takes its place.
    void spread_variables() {
        bool any = false;
        for (const PyAll& entry : facts_.all)
            any = any || !entry.variable.empty();
        if (!any)
            return;
        std::vector<PyAll> made;
        std::vector<PyAll> given;
        given.swap(facts_.all);
        for (const PyAll& entry : given) {
            if (entry.variable.empty()) {
                made.push_back(entry);
                continue;
            }
            const PyAssignment* value = nullptr;
            bool once = true;
            const std::string_view name = facts_.text(entry.variable);
            for (const PyAssignment& assignment : facts_.assignments) {
                if (assignment.scope != kNoItem || facts_.text(assignment.target) != name)
                    continue;
                once = once && value == nullptr && assignment.kind == AssignmentKind::value;
                value = &assignment;
            }
            if (value == nullptr || !once) {
                made.push_back(entry);
                continue;
            }
            PyAll like = entry;
            like.variable = {};
            read_all(target_, value->value_range, like);
            made.insert(made.end(), facts_.all.begin(), facts_.all.end());
            facts_.all.clear();
        }
        facts_.all = std::move(made);
    }

    std::string_view text_;
    Outline& outline_;
    PythonFacts& facts_;
    Pool pool_;
    Target target_;
    LineCounter lines_;
    std::vector<Block> blocks_;
    std::vector<Range> decorators_;  // of the definition that follows
    /// Handlers of exceptions that are open, in functions.
    struct Handler {
        std::uint32_t indent = 0;
        Range types;
    };
    std::vector<Handler> handlers_;
    /// Headers of loops, conditions and their like that are open, in functions.
    struct Header {
        std::uint32_t indent = 0;
        FirstWord word = FirstWord::word_if;
        Range range;          // without the colon
        bool leaves = false;  // holds a `continue` or `break` for the loop
    };
    std::vector<Header> headers_;
    std::vector<PyText> extenders_;  // functions that change __all__; few
    std::vector<std::uint32_t> yields_;
    std::size_t next_yield_ = 0;
    std::size_t next_comment_ = 0;
    Ended ended_;
    std::uint32_t number_ = 0;                 // of the logical line
    std::uint32_t last_assignment_ = kNoItem;  // if it is the statement before
    std::uint32_t last_end_ = 0;
    std::uint32_t last_indent_ = 0;
    bool any_ = false;  // the module has a statement
    bool indent_reported_ = false;
};

}  // namespace

PythonFacts read_facts(std::string_view text, bool stub, Outline& outline) {
    PythonFacts facts;
    facts.stub = stub;
    facts.encoding = declared_encoding(text);
    scan_outline(text, outline);
    FactsReader(text, outline, facts).run();
    return facts;
}

std::string declared_encoding(std::string_view text) {
    std::size_t at = has_bom(text) ? 3 : 0;
    for (int line = 0; line < 2; ++line) {
        const std::size_t end = find_either(text, at, '\n', '\r');
        const std::string_view words = text.substr(at, end - at);
        const std::string_view trimmed = trim_left(words);
        if (!trimmed.empty() && trimmed[0] != '#')
            return {};
        const std::size_t coding = words.find("coding");
        if (!trimmed.empty() && coding != std::string_view::npos) {
            std::size_t name = coding + 6;
            if (name < words.size() && (words[name] == ':' || words[name] == '=')) {
                ++name;
                while (name < words.size() && (words[name] == ' ' || words[name] == '\t'))
                    ++name;
                std::string out;
                while (name < words.size() && (is_ascii_alnum(words[name]) || words[name] == '-' ||
                                               words[name] == '_' || words[name] == '.')) {
                    out += words[name] == '_' ? '-' : ascii_lower(words[name]);
                    ++name;
                }
                if (!out.empty())
                    return out == "utf-8" || out == "utf8" || out.starts_with("utf-8-")
                               ? std::string()
                               : out;
            }
        }
        at = skip_line_end(text, end);
        if (at == end)
            break;
    }
    return {};
}

}  // namespace docathon::python

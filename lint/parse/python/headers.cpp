#include "lint/parse/python/headers.h"

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/parse/python/docstring_text.h"

namespace docathon::python {

namespace {

void read_parameters(Target& target, Cursor& cursor, PyDefinition& out) {
    auto& parameters = target.facts.parameters;
    out.first_parameter = static_cast<std::uint32_t>(parameters.size());
    bool keyword_only = false;
    while (!cursor.at_end() && !cursor.is_op(")")) {
        if (cursor.take("/")) {
            for (std::size_t i = out.first_parameter; i < parameters.size(); ++i)
                parameters[i].kind = ParameterKind::positional_only;
            cursor.take(",");
            continue;
        }
        PyParameter parameter;
        if (cursor.take("**")) {
            parameter.kind = ParameterKind::var_keyword;
        } else if (cursor.take("*")) {
            if (cursor.take(",")) {
                keyword_only = true;
                continue;
            }
            parameter.kind = ParameterKind::var_positional;
        } else if (keyword_only) {
            parameter.kind = ParameterKind::keyword_only;
        }
        if (cursor.peek().kind != TokenKind::name) {
            out.flags |= definition_flag::kBroken;
            // Python 2's tuple parameters, or nonsense: on to the next one.
            if (cursor.take("(")) {
                (void)cursor.expression("");
                cursor.take(")");
            }
            (void)cursor.expression(",");
            if (!cursor.take(","))
                break;
            continue;
        }
        parameter.name_range = cursor.peek().range();
        parameter.name = target.keep(parameter.name_range);
        cursor.next();
        if (cursor.take(":")) {
            parameter.annotation_range = cursor.expression(",=");
            parameter.annotation = target.keep_cut(parameter.annotation_range);
        }
        if (cursor.take("=")) {
            parameter.default_range = cursor.expression(",");
            parameter.default_value = target.keep_cut(parameter.default_range);
        }
        if (parameter.kind == ParameterKind::var_positional)
            keyword_only = true;
        parameters.push_back(parameter);
        if (!cursor.take(",") && !cursor.is_op(")")) {
            out.flags |= definition_flag::kBroken;
            (void)cursor.expression(",");
            if (!cursor.take(","))
                break;
        }
    }
    out.parameter_count = static_cast<std::uint32_t>(parameters.size()) - out.first_parameter;
}

/// Splits what __all__ is made of.
class AllReader {
  public:
    AllReader(Target& target, Range value, const PyAll& like)
        : target_(target), cursor_(target.text, value), like_(like) {
        like_.range = value;
    }

    void run() {
        const std::size_t begin = target_.facts.all.size();
        const PyAll first = like_;
        // A tuple without brackets, or a sum of lists.
        const bool known =
            (cursor_.peek().kind == TokenKind::string ? items() : sum()) && cursor_.at_end();
        if (!known) {
            target_.facts.all.resize(begin);
            PyAll unknown = first;
            // A `set` that cannot be read makes everything before it void, so it stays a set.
            unknown.operation = AllOperation::unknown;
            target_.facts.all.push_back(unknown);
            return;
        }
        if (target_.facts.all.size() == begin && first.operation == AllOperation::set)
            target_.facts.all.push_back(first);  // an empty list
    }

  private:
    bool sum() {
        do {
            if (!part())
                return false;
        } while (cursor_.take("+") || cursor_.take("|"));
        return true;
    }

    // Depth is limited: brackets around brackets say nothing here.
    bool part() {
        if (depth_ > 4)
            return false;
        if (cursor_.take("[") || cursor_.take("("))
            return is_comprehension() ? names_so_far() : items();
        if (cursor_.take("{"))
            return items();
        std::string name;
        const Range range = read_dotted_name(cursor_, target_.text, name);
        if (range.empty())
            return false;
        if (name == "list" || name == "tuple" || name == "sorted" || name == "set") {
            if (!cursor_.take("("))
                return false;
            if (cursor_.take(")"))
                return true;
            if (is_comprehension())
                return names_so_far();
            ++depth_;
            const bool good = sum();
            --depth_;
            return good && cursor_.take(")");
        }
        PyAll entry = like_;
        entry.range = range;
        constexpr std::string_view kAll = ".__all__";
        if (name.ends_with(kAll))
            entry.module =
                target_.pool.keep(std::string_view(name).substr(0, name.size() - kAll.size()));
        else
            entry.variable = target_.pool.keep(name);
        // m.__all__.copy()
        constexpr std::string_view kCopy = ".copy";
        if (name.ends_with(".__all__.copy") && cursor_.take("(")) {
            if (!cursor_.take(")"))
                return false;
            entry.variable = {};
            entry.module = target_.pool.keep(
                std::string_view(name).substr(0, name.size() - kAll.size() - kCopy.size()));
        }
        if (name.ends_with(kAll) && cursor_.is_op("[")) {  // m.__all__[:]
            cursor_.next();
            if (!cursor_.take(":") || !cursor_.take("]"))
                return false;
        }
        // A call, a subscript or an operator makes something else of it.
        if (cursor_.is_op("(") || cursor_.is_op("[") || cursor_.is_op("."))
            return false;
        add(entry);
        return true;
    }

    /// Whether `x for` follows.
    [[nodiscard]] bool is_comprehension() const {
        Cursor ahead = cursor_;
        if (ahead.peek().kind != TokenKind::name)
            return false;
        ahead.next();
        return ahead.is_name("for");
    }

    /// `x for x in dir() if not x.startswith("_")` and the closing bracket: what the module binds
    /// up to here, but for names with underscores, and for those of `and x not in ["a", "b"]`.
    bool names_so_far() {
        const Range range = cursor_.peek().range();
        const std::string variable(cursor_.word());
        cursor_.next();
        if (!cursor_.take_name("for") || !cursor_.take_name(variable) || !cursor_.take_name("in"))
            return false;
        std::string called;
        (void)read_dotted_name(cursor_, target_.text, called);
        if ((called != "dir" && called != "globals" && called != "locals" && called != "vars") ||
            !cursor_.take("(") || !cursor_.take(")") || !cursor_.take_name("if"))
            return false;
        PyAll entry = like_;
        entry.range = range;
        entry.variable = target_.pool.keep("dir()");
        add(entry);
        bool public_only = false;
        do {
            if (cursor_.take_name("not")) {
                if (!excluded(variable, public_only))
                    return false;
            } else if (!cursor_.take_name(variable)) {
                return false;
            } else if (cursor_.take("[")) {
                if (cursor_.word() != "0")
                    return false;
                cursor_.next();
                if (!cursor_.take("]") || !cursor_.take("!=") || string() != "_")
                    return false;
                public_only = true;
            } else if (cursor_.take("!=")) {
                if (!without())
                    return false;
            } else if (!cursor_.take_name("not") || !cursor_.take_name("in") || !without_list()) {
                return false;
            }
        } while (cursor_.take_name("and"));
        return public_only && (cursor_.take("]") || cursor_.take(")"));
    }

    /// Behind `not`: `x.startswith("_")`, `x in ["a", "b"]`, `x == "a"`, or several with `or`.
    bool excluded(const std::string& variable, bool& public_only) {
        if (cursor_.take("(")) {
            do {
                if (cursor_.is_op("(") || !excluded(variable, public_only))
                    return false;
            } while (cursor_.take_name("or"));
            return cursor_.take(")");
        }
        std::string subject;
        (void)read_dotted_name(cursor_, target_.text, subject);
        if (subject == variable)
            return cursor_.take("==") ? without() : cursor_.take_name("in") && without_list();
        if (subject != variable + ".startswith" || !cursor_.take("("))
            return false;
        const bool several = cursor_.take("(");
        bool underscore = false;
        do {
            underscore = string() == "_" || underscore;
        } while (several && cursor_.take(","));
        public_only = public_only || underscore;
        return underscore && (!several || cursor_.take(")")) && cursor_.take(")");
    }

    /// The names of a list of strings are left out.
    bool without_list() {
        if (!cursor_.take("[") && !cursor_.take("(") && !cursor_.take("{"))
            return false;
        while (!cursor_.take("]") && !cursor_.take(")") && !cursor_.take("}")) {
            if (!without())
                return false;
            cursor_.take(",");
        }
        return true;
    }

    /// The value of the string literal that follows; empty: there is none.
    std::string string() {
        if (cursor_.peek().kind != TokenKind::string)
            return {};
        std::string out = literal_value(target_.text, cursor_.peek().range());
        cursor_.next();
        return out;
    }

    /// A name that is left out.
    bool without() {
        PyAll entry = like_;
        entry.operation = AllOperation::remove;
        entry.method = true;
        entry.range = cursor_.peek().range();
        const std::string left_out = string();
        entry.name = target_.pool.keep(left_out);
        target_.facts.all.push_back(entry);
        return !left_out.empty();
    }

    /// Items up to the closing bracket.
    bool items() {
        while (!cursor_.at_end()) {
            if (cursor_.take("]") || cursor_.take(")") || cursor_.take("}"))
                return true;
            if (cursor_.peek().kind == TokenKind::string) {
                if (!name())
                    return false;
            } else if (cursor_.take("*")) {
                ++depth_;
                const bool good = part();
                --depth_;
                if (!good)
                    return false;
            } else if (cursor_.is_op("(") || cursor_.is_op("[") ||
                       cursor_.peek().kind == TokenKind::name) {
                // ("a" "b"), or a sum in brackets.
                ++depth_;
                const bool good = sum();
                --depth_;
                if (!good)
                    return false;
            } else {
                return false;
            }
            if (!cursor_.take(",") && !cursor_.is_op("]") && !cursor_.is_op(")") &&
                !cursor_.is_op("}") && !cursor_.at_end())
                return false;
        }
        // Brackets that are not closed do not come here: such a statement is broken.
        return true;
    }

    bool name() {
        PyAll entry = like_;
        entry.range = cursor_.peek().range();
        std::string value;
        while (cursor_.peek().kind == TokenKind::string) {
            if ((cursor_.peek().flags & (string_prefix::kFormat | string_prefix::kBytes)) != 0)
                return false;
            value += literal_value(target_.text, cursor_.peek().range());
            entry.range.end = cursor_.peek().end;
            cursor_.next();
        }
        entry.name = target_.pool.keep(value);
        add(entry);
        return true;
    }

    void add(const PyAll& entry) {
        target_.facts.all.push_back(entry);
        if (like_.operation == AllOperation::set)
            like_.operation = AllOperation::extend;
    }

    Target& target_;
    Cursor cursor_;
    PyAll like_;
    int depth_ = 0;
};

}  // namespace

Range read_dotted_name(Cursor& cursor, std::string_view text, std::string& name) {
    name.clear();
    Range range{cursor.peek().begin, cursor.peek().begin};
    while (cursor.peek().kind == TokenKind::name) {
        name += cursor.word();
        range.end = cursor.peek().end;
        cursor.next();
        if (!cursor.is_op("."))
            break;
        // Only if a name follows the dot.
        Cursor ahead = cursor;
        ahead.next();
        if (ahead.peek().kind != TokenKind::name)
            break;
        cursor.next();
        name += '.';
    }
    (void)text;
    return range;
}

std::uint32_t read_arguments(Target& target, Cursor& cursor, std::uint32_t most,
                             std::uint32_t longest) {
    std::uint32_t count = 0;
    while (!cursor.at_end() && !cursor.is_op(")")) {
        PyArgument argument;
        if (cursor.is_op("*") || cursor.is_op("**")) {
            argument.keyword = target.keep(cursor.peek().range());
            cursor.next();
        } else if (cursor.peek().kind == TokenKind::name) {
            Cursor ahead = cursor;
            ahead.next();
            if (ahead.is_op("=")) {
                argument.keyword = target.keep(cursor.peek().range());
                ahead.next();
                cursor = ahead;
            }
        }
        argument.range = cursor.expression(",");
        if (count < most && !argument.range.empty()) {
            argument.value = target.keep_cut(argument.range, longest);
            target.facts.arguments.push_back(argument);
            ++count;
        }
        if (!cursor.take(","))
            break;
    }
    cursor.take(")");
    return count;
}

std::uint32_t read_definition(Target& target, Cursor& cursor, PyDefinition& out) {
    const bool function = cursor.is_name("def");
    out.kind = function ? DefinitionKind::function : DefinitionKind::class_;
    cursor.next();
    if (cursor.peek().kind == TokenKind::name) {
        out.name_range = cursor.peek().range();
        out.name = target.keep(out.name_range);
        cursor.next();
    } else {
        out.flags |= definition_flag::kBroken;
    }
    if (cursor.is_op("[")) {
        out.type_parameters.begin = cursor.peek().begin;
        cursor.next();
        (void)cursor.expression("");
        cursor.take("]");
        out.type_parameters.end = cursor.last_end();
    }
    out.first_parameter = static_cast<std::uint32_t>(target.facts.parameters.size());
    out.first_argument = static_cast<std::uint32_t>(target.facts.arguments.size());
    if (cursor.take("(")) {
        if (function) {
            read_parameters(target, cursor, out);
            if (!cursor.take(")"))
                out.flags |= definition_flag::kBroken;
        } else {
            constexpr std::uint32_t kMost = 1000;
            out.argument_count = read_arguments(target, cursor, kMost);
        }
    } else if (function) {
        out.flags |= definition_flag::kBroken;
    }
    if (cursor.take("->")) {
        out.returns_range = cursor.expression(":");
        out.returns = target.keep_cut(out.returns_range);
    }
    if (!cursor.is_op(":")) {
        out.flags |= definition_flag::kBroken;
        (void)cursor.expression(":");
    }
    const std::uint32_t colon = cursor.peek().end;
    return cursor.take(":") ? colon : 0;
}

void read_import(Target& target, Range statement, const PyImport& like) {
    Cursor cursor(target.text, statement);
    std::string name;
    if (cursor.take_name("import")) {
        do {
            PyImport entry = like;
            entry.range = read_dotted_name(cursor, target.text, name);
            if (entry.range.empty())
                return;
            entry.module = target.pool.keep(name);
            if (cursor.take_name("as")) {
                entry.alias = target.keep(cursor.peek().range());
                cursor.next();
            }
            target.facts.imports.push_back(entry);
        } while (cursor.take(","));
        return;
    }
    if (!cursor.take_name("from"))
        return;
    PyImport entry = like;
    while (cursor.is_op(".") || cursor.is_op("...")) {
        const std::size_t dots = cursor.word().size();
        entry.level = static_cast<std::uint8_t>(std::min<std::size_t>(entry.level + dots, 255));
        cursor.next();
    }
    if (!cursor.is_name("import")) {
        (void)read_dotted_name(cursor, target.text, name);
        entry.module = target.pool.keep(name);
    }
    if (!cursor.take_name("import"))
        return;
    const bool brackets = cursor.take("(");
    do {
        if (brackets && cursor.is_op(")"))
            break;
        if (cursor.peek().kind != TokenKind::name && !cursor.is_op("*"))
            return;
        entry.range = cursor.peek().range();
        entry.name = target.keep(entry.range);
        entry.alias = {};
        cursor.next();
        if (cursor.take_name("as")) {
            entry.alias = target.keep(cursor.peek().range());
            cursor.next();
        }
        target.facts.imports.push_back(entry);
    } while (cursor.take(","));
}

PyDecorator read_decorator(Target& target, Range expression, bool arguments) {
    PyDecorator out;
    out.range = expression;
    Cursor cursor(target.text, expression);
    std::string name;
    if (read_dotted_name(cursor, target.text, name).empty())
        return out;
    if (cursor.take("(")) {
        constexpr std::string_view kHome = "set_module";  // says in which module it lives
        if (arguments || name == kHome || name.ends_with(".set_module")) {
            constexpr std::uint32_t kMost = 16;
            out.first_argument = static_cast<std::uint32_t>(target.facts.arguments.size());
            out.argument_count = read_arguments(target, cursor, kMost, kLongestList);
        } else {
            (void)cursor.expression("");
            cursor.take(")");
        }
    }
    if (cursor.at_end())
        out.name = target.pool.keep(name);
    return out;
}

void read_raise(Target& target, Range statement, Range caught, std::uint32_t definition) {
    Cursor cursor(target.text, statement);
    if (!cursor.take_name("raise"))
        return;
    PyRaise out;
    out.definition = definition;
    std::string name;
    if (cursor.at_end()) {
        // The handler names one exception, or several in a tuple.
        out.again = true;
        out.range = statement;
        Cursor types(target.text, caught);
        const bool tuple = types.take("(");
        do {
            if (read_dotted_name(types, target.text, name).empty())
                return;
            if (types.at_end() || (tuple && (types.is_op(",") || types.is_op(")")))) {
                out.name = target.pool.keep(name);
                target.facts.raises.push_back(out);
            }
        } while (types.take(","));
        return;
    }
    out.range = read_dotted_name(cursor, target.text, name);
    if (out.range.empty())
        return;
    if (cursor.take("(")) {
        (void)cursor.expression("");
        cursor.take(")");
    }
    if (!cursor.at_end() && !cursor.is_name("from"))
        return;  // raise f(x).y, raise a[0]
    out.name = target.pool.keep(name);
    target.facts.raises.push_back(out);
}

void read_all(Target& target, Range value, const PyAll& like) {
    AllReader(target, value, like).run();
}

bool read_docstring(std::string_view text, Range statement, PyDocstring& out) {
    Cursor cursor(text, statement);
    std::uint32_t brackets = 0;
    while (cursor.take("("))
        ++brackets;
    if (cursor.peek().kind != TokenKind::string)
        return false;
    out.flags = 0;
    out.literal = cursor.peek().range();
    Range first;
    Range last;
    std::uint32_t parts = 0;
    while (cursor.peek().kind == TokenKind::string) {
        const Token& token = cursor.peek();
        if ((token.flags & (string_prefix::kFormat | string_prefix::kBytes)) != 0)
            return false;
        const Range content = literal_content(text, token.range());
        if (parts == 0)
            first = content;
        last = content;
        if ((token.flags & string_prefix::kRaw) != 0)
            out.flags |= docstring_flag::kRaw;
        else if (text.substr(content.begin, content.size()).find('\\') != std::string_view::npos)
            out.flags |= docstring_flag::kEscapes;
        out.literal.end = token.end;
        ++parts;
        cursor.next();
    }
    for (; brackets > 0; --brackets) {
        if (!cursor.take(")"))
            return false;
    }
    out.content = {first.begin, last.end};
    if (parts > 1)
        out.flags |= docstring_flag::kConcatenated;
    return cursor.at_end();
}

}  // namespace docathon::python

#include "lint/parse/python/deprecations.h"

#include <algorithm>
#include <string>
#include <vector>

#include "lint/core/find_text.h"
#include "lint/core/strings.h"
#include "lint/parse/python/docstring_text.h"
#include "lint/parse/python/lexer.h"

namespace docathon::python {

namespace {

constexpr std::size_t kLongestMessage = 500;

bool says_deprecated(std::string_view text) {
    for (const std::string_view word : {"eprecat", "no longer ", "will be removed", "emoved in",
                                        "use :", "nstead", "witch to "}) {
        if (text.find(word) != std::string_view::npos)
            return true;
    }
    return false;
}

std::string_view last_part(std::string_view dotted) {
    const std::size_t dot = dotted.rfind('.');
    return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}

/// A function that exists to warn: warn_deprecated(), _deprecation_warning().
bool is_warner(std::string_view name) {
    const std::string lower = ascii_lower(last_part(name));
    return lower.find("deprecat") != std::string::npos && lower.find("warn") != std::string::npos;
}

class Reader {
  public:
    Reader(std::string_view text, const Outline& outline, const PythonFacts& facts,
           ScriptFacts& out)
        : text_(text), outline_(outline), facts_(facts), out_(out) {}

    void run() {
        notes();
        decorators();
        warnings();
        std::stable_sort(out_.deprecations.begin(), out_.deprecations.end(),
                         [](const PyDeprecation& a, const PyDeprecation& b) {
                             return a.range.begin < b.range.begin;
                         });
        std::uint32_t line = 1;
        std::size_t at = 0;
        for (PyDeprecation& made : out_.deprecations) {
            line += static_cast<std::uint32_t>(
                std::count(text_.begin() + static_cast<std::ptrdiff_t>(at),
                           text_.begin() + made.range.begin, '\n'));
            at = made.range.begin;
            made.line = line;
        }
    }

  private:
    using Evidence = PyDeprecation::Evidence;

    /// A block below a definition that is open.
    struct Block {
        std::uint32_t indent = 0;
        std::uint32_t definition = kNoItem;  ///< of a header; else kNoItem
        FirstWord word = FirstWord::other;
        Range test;           ///< of an if or elif
        bool warned = false;  ///< it holds a warning of deprecation as a statement
        bool chain = true;    ///< so do all arms of its statement before it
        std::string message;  ///< of that
        Range range;
    };

    /// Not yet.
    static bool is_announced(std::string_view message) {
        return message.find("to be deprecated") != std::string_view::npos ||
               message.find("will be deprecated") != std::string_view::npos;
    }

    PyDeprecation& add(Evidence evidence, std::uint32_t definition, std::string_view message,
                       Range range) {
        PyDeprecation& made = out_.deprecations.emplace_back();
        made.evidence = evidence;
        made.definition = definition;
        made.message = squeeze(message);
        made.range = range;
        return made;
    }

    /// White space as single spaces, cut at kLongestMessage.
    static std::string squeeze(std::string_view text) {
        std::string out;
        for (const char c : text) {
            if (is_ascii_space(c)) {
                if (!out.empty() && out.back() != ' ')
                    out += ' ';
            } else {
                out += c;
            }
            if (out.size() >= kLongestMessage)
                break;
        }
        while (!out.empty() && out.back() == ' ')
            out.pop_back();
        return out;
    }

    // ---- notes in docstrings -----------------------------------------------------------------

    void notes() {
        for (const PyDocstring& docstring : facts_.docstrings) {
            if ((docstring.flags & docstring_flag::kAttribute) != 0)
                continue;
            const std::string_view content =
                text_.substr(docstring.content.begin, docstring.content.size());
            if (content.find("eprecated") == std::string_view::npos)
                continue;
            const std::size_t base = base_indent(content);
            note(docstring, content, ".. deprecated::", base);
            if (docstring.owner != kNoItem)
                note(docstring, content, ".. warning::", base);
        }
    }

    /// The first directive of that kind that stands as far left as the docstring: what is indented
    /// below a parameter or an attribute is about that.
    void note(const PyDocstring& docstring, std::string_view content, std::string_view directive,
              std::size_t base) {
        for (std::size_t at = content.find(directive); at != std::string_view::npos;
             at = content.find(directive, at + 1)) {
            const std::size_t line = content.rfind('\n', at);
            const std::size_t indent = line == std::string_view::npos ? 0 : at - line - 1;
            if (line != std::string_view::npos && indent > base)
                continue;
            const bool warning = directive == ".. warning::";
            const std::string message =
                note_text(content.substr(at + directive.size()), indent, warning);
            if (docstring.owner != kNoItem && is_about_another(message, docstring.owner))
                continue;
            if (warning &&
                !is_about(message, facts_.text(facts_.definitions[docstring.owner].name)))
                continue;
            const auto begin = static_cast<std::uint32_t>(docstring.content.begin + at);
            add(Evidence::note, owner_of(docstring.owner), message,
                {begin, begin + static_cast<std::uint32_t>(directive.size())});
            return;
        }
    }

    /// "This function is deprecated", ":func:`torch.lu` is deprecated".
    static bool is_about(std::string_view message, std::string_view name) {
        const std::string_view sentence = message.substr(0, message.find(". "));
        if (sentence.find("is deprecated") == std::string_view::npos &&
            sentence.find("been deprecated") == std::string_view::npos &&
            sentence.find("is now deprecated") == std::string_view::npos)
            return false;
        for (const std::string_view begin :
             {"This function ", "This method ", "This class ", "This API "}) {
            if (sentence.starts_with(begin))
                return true;
        }
        std::string_view word = sentence.substr(0, sentence.find(' '));
        if (word.starts_with(':') && word.find('`') != std::string_view::npos)
            word.remove_prefix(word.find('`'));
        while (!word.empty() && (word.front() == '`' || word.front() == '~'))
            word.remove_prefix(1);
        word = word.substr(0, word.find_first_of("`("));
        return last_part(word) == name;
    }

    /// "0.15 The ``pytz`` attribute is deprecated": the note names what it is about, and that is
    /// not the object.
    bool is_about_another(std::string_view message, std::uint32_t owner) const {
        constexpr std::string_view kBegin = "The `";
        const std::size_t begin = message.find(kBegin);
        if (begin == std::string_view::npos)
            return false;
        const std::size_t word = message.find_first_not_of('`', begin + kBegin.size());
        const std::size_t end = message.find('`', word);
        if (word == std::string_view::npos || end == std::string_view::npos)
            return false;
        const std::string_view rest = message.substr(end);
        const std::size_t text = rest.find_first_not_of("`_ ");
        if (text == std::string_view::npos)
            return false;
        static constexpr std::string_view kParts[] = {"attribute", "argument", "parameter",
                                                      "keyword",   "option",   "property",
                                                      "field",     "kwarg"};
        const bool part =
            std::any_of(std::begin(kParts), std::end(kParts),
                        [&](std::string_view name) { return rest.substr(text).starts_with(name); });
        const std::string_view named = message.substr(word, end - word);
        return part && last_part(named.substr(0, named.find('('))) !=
                           facts_.text(facts_.definitions[owner].name);
    }

    /// Indentation of the docstring's lines but the first.
    static std::size_t base_indent(std::string_view content) {
        std::size_t least = std::string_view::npos;
        for (std::size_t at = content.find('\n'); at != std::string_view::npos;
             at = content.find('\n', at + 1)) {
            std::size_t first = at + 1;
            while (first < content.size() && content[first] == ' ')
                ++first;
            if (first < content.size() && content[first] != '\n' && content[first] != '\r')
                least = std::min(least, first - at - 1);
        }
        return least == std::string_view::npos ? 0 : least;
    }

    /// The version, then the first paragraph of the directive's body, or all of it.
    static std::string note_text(std::string_view rest, std::size_t indent, bool all) {
        std::string out;
        bool any = false;
        bool first = true;
        while (!rest.empty() && out.size() < kLongestMessage) {
            const std::size_t end = rest.find('\n');
            const std::string_view line = rest.substr(0, end);
            const std::string_view words = trim(line);
            if (!first) {
                const std::size_t column = line.find_first_not_of(' ');
                if (words.empty()) {
                    if (any && !all)
                        break;
                } else if (column == std::string_view::npos || column <= indent) {
                    break;
                } else {
                    any = true;
                }
            }
            if (!words.empty())
                out += std::string(out.empty() ? "" : " ") + std::string(words);
            first = false;
            rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        }
        return out;
    }

    // ---- decorators --------------------------------------------------------------------------

    void decorators() {
        for (std::uint32_t i = 0; i < facts_.definitions.size(); ++i) {
            const PyDefinition& definition = facts_.definitions[i];
            for (std::uint32_t d = 0; d < definition.decorator_count; ++d) {
                const PyDecorator& decorator = facts_.decorators[definition.first_decorator + d];
                std::string_view name = last_part(facts_.text(decorator.name));
                Cursor cursor(text_, decorator.range);
                if (decorator.name.empty()) {  // a call keeps no name but for classes
                    while (cursor.peek().kind == TokenKind::name) {
                        name = cursor.word();
                        cursor.next();
                        if (!cursor.take("."))
                            break;
                    }
                } else {
                    while (!cursor.at_end() && !cursor.is_op("("))
                        cursor.next();
                }
                if (name != "deprecated" && name != "deprecate" && name != "_deprecated")
                    continue;
                std::string message;
                if (cursor.take("(")) {
                    const Range first = cursor.expression(",");
                    message = first_text(first);
                    if (message.empty())
                        message = first_text(constant(first));
                }
                add(Evidence::decorator, owner_of(i), message, decorator.range);
            }
        }
    }

    /// The value of a name of the module.
    [[nodiscard]] Range constant(Range name) const {
        const std::string_view wanted = text_.substr(name.begin, name.size());
        for (const PyAssignment& one : facts_.assignments) {
            if (one.scope == kNoItem && one.kind == AssignmentKind::value &&
                facts_.text(one.target) == wanted)
                return one.value_range;
        }
        return {};
    }

    /// The value of string literals in a row, those of f-strings as they are written; empty if the
    /// expression is anything else, or a call of .format() on them.
    [[nodiscard]] std::string first_text(Range expression) const {
        std::string out;
        Cursor cursor(text_, expression);
        while (!cursor.at_end()) {
            if (cursor.peek().kind == TokenKind::string) {
                if ((cursor.peek().flags & string_prefix::kFormat) != 0) {
                    const Range content = literal_content(text_, cursor.peek().range());
                    out += text_.substr(content.begin, content.size());
                } else {
                    out += literal_value(text_, cursor.peek().range());
                }
            } else if (cursor.is_op(".")) {
                break;
            } else if (!cursor.is_op("(") && !cursor.is_op(")") && !cursor.is_op("+")) {
                return {};
            }
            cursor.next();
            if (out.size() > 4 * kLongestMessage)
                break;
        }
        return out;
    }

    // ---- warnings ----------------------------------------------------------------------------

    void warnings() {
        std::size_t next = 0;  // definition
        for (const Line& line : outline_.lines) {
            if ((line.flags & line_flag::kSameLine) == 0)
                close(line);
            if (line.first == FirstWord::word_def || line.first == FirstWord::word_class ||
                line.first == FirstWord::word_async) {
                while (next < facts_.definitions.size() &&
                       facts_.definitions[next].range.begin < line.begin)
                    ++next;
                if (next < facts_.definitions.size() &&
                    facts_.definitions[next].range.begin == line.begin) {
                    Block block;
                    block.indent = line.indent;
                    block.definition = static_cast<std::uint32_t>(next);
                    block.word = line.first;
                    blocks_.push_back(std::move(block));
                    continue;
                }
            }
            if (line.end > line.begin && text_[line.end - 1] == ':' && opens_block(line.first)) {
                Block block;
                block.indent = line.indent;
                block.word = line.first;
                if (line.first == FirstWord::word_if || line.first == FirstWord::word_elif) {
                    Cursor cursor(text_, {line.begin, line.end - 1});
                    cursor.next();
                    block.test = {cursor.peek().begin, line.end - 1};
                }
                const bool arm =
                    line.first == FirstWord::word_elif || line.first == FirstWord::word_else;
                if (arm)
                    block.chain = ended_.indent == line.indent && ended_.warned && ended_.chain;
                blocks_.push_back(std::move(block));
                continue;
            }
            if (line.first == FirstWord::word_raise)
                raised(line);
            else
                statement(line);
        }
        Line end;
        end.begin = static_cast<std::uint32_t>(text_.size());
        close(end);
    }

    static bool opens_block(FirstWord word) {
        return word >= FirstWord::word_if && word <= FirstWord::word_case;
    }

    void close(const Line& line) {
        ended_ = {};
        ended_.indent = 0xffffffffu;
        while (!blocks_.empty() && blocks_.back().indent >= line.indent) {
            Block block = std::move(blocks_.back());
            blocks_.pop_back();
            // Every arm warns, and there is an else.
            if (block.word == FirstWord::word_else && block.warned && block.chain)
                warned(block.message, block.range);
            if (block.indent == line.indent)
                ended_ = std::move(block);
        }
    }

    void statement(const Line& line) {
        const std::string_view text = text_.substr(line.begin, line.end - line.begin);
        const std::size_t bracket = text.substr(0, 80).find('(');
        if (bracket == std::string_view::npos)
            return;
        const std::string_view callee = trim(text.substr(0, bracket));
        if (callee.empty() || callee.find_first_of(" =\n[") != std::string_view::npos)
            return;
        const std::string_view name = last_part(callee);
        const Range range{line.begin, line.end};
        Cursor cursor(text_, {line.begin + static_cast<std::uint32_t>(bracket), line.end});
        cursor.take("(");
        if (name == "warn" || name == "warn_once" || name == "warning_once") {
            const bool certain = text.find("eprecat") != std::string_view::npos;
            if (!certain && text.find("FutureWarning") == std::string_view::npos)
                return;
            const Range first = cursor.expression(",");
            std::string message = first_text(first);
            if (message.empty())
                message = first_text(value_of(first, line));
            if (!certain && !says_deprecated(message))
                return;
            warned(message, range);
        } else if (is_warner(callee)) {
            // Two words: what it is and what there is instead.
            std::string message = first_text(cursor.expression(","));
            if (cursor.take(",")) {
                const std::string second = first_text(cursor.expression(","));
                if (!second.empty())
                    message += " is deprecated; use " + second + " instead";
            }
            warned(message, range);
        }
    }

    /// A function of which nothing is left: its body raises, and says that it is removed.
    void raised(const Line& line) {
        if (blocks_.empty() || blocks_.back().definition == kNoItem ||
            blocks_.back().word == FirstWord::word_class)
            return;
        Cursor cursor(text_, {line.begin, line.end});
        while (!cursor.at_end() && !cursor.is_op("("))
            cursor.next();
        if (!cursor.take("("))
            return;
        const std::string message = first_text(cursor.expression(","));
        for (const std::string_view words :
             {"is now removed", "has been removed", "was removed", "have been removed"}) {
            if (message.find(words) != std::string::npos) {
                add(Evidence::removed, blocks_.back().definition, message, {line.begin, line.end});
                return;
            }
        }
    }

    /// The value that a name was given in the lines just before.
    [[nodiscard]] Range value_of(Range name, const Line& line) const {
        const std::string_view wanted = text_.substr(name.begin, name.size());
        if (wanted.empty() || !std::all_of(wanted.begin(), wanted.end(), in_name))
            return {};
        constexpr std::ptrdiff_t kLines = 6;
        const std::ptrdiff_t at = &line - outline_.lines.data();
        for (std::ptrdiff_t i = at - 1; i >= 0 && i >= at - kLines; --i) {
            const Line& before = outline_.lines[static_cast<std::size_t>(i)];
            Cursor cursor(text_, {before.begin, before.end});
            if (!cursor.is_name(wanted))
                continue;
            cursor.next();
            if (cursor.take("="))
                return {cursor.peek().begin, before.end};
        }
        return {};
    }

    /// A warning of deprecation is a statement of the innermost block.
    void warned(const std::string& message, Range range) {
        if (is_announced(message))
            return;
        if (blocks_.empty()) {
            add(Evidence::warning, kNoItem, message, range);
            return;
        }
        Block& inner = blocks_.back();
        inner.warned = true;
        inner.message = message;
        inner.range = range;
        if (inner.definition != kNoItem) {
            if (inner.word != FirstWord::word_class)
                whole(inner.definition, message, range);
            return;
        }
        if ((inner.word != FirstWord::word_if && inner.word != FirstWord::word_elif) ||
            blocks_.size() < 2 || blocks_[blocks_.size() - 2].definition == kNoItem)
            return;
        const std::uint32_t definition = blocks_[blocks_.size() - 2].definition;
        if (facts_.definitions[definition].kind == DefinitionKind::function)
            arguments(definition, inner.test, message, range);
    }

    /// The function warns whenever it is called; of a constructor: the class.
    void whole(std::uint32_t definition, const std::string& message, Range range) {
        if (is_warner(facts_.text(facts_.definitions[definition].name)))
            return;
        const std::uint32_t owner = owner_of(definition);
        // A class whose objects are not to be made is not deprecated for that.
        if (owner != definition && message.find("eprecat") == std::string::npos)
            return;
        add(Evidence::warning, owner, message, range);
    }

    [[nodiscard]] std::uint32_t owner_of(std::uint32_t definition) const {
        if (definition == kNoItem)
            return kNoItem;
        const PyDefinition& made = facts_.definitions[definition];
        const std::string_view name = facts_.text(made.name);
        return made.parent != kNoItem && (name == "__init__" || name == "__new__") ? made.parent
                                                                                   : definition;
    }

    /// `if a is not None or b != "x":`
    void arguments(std::uint32_t definition, Range test, const std::string& message, Range range) {
        struct Found {
            Range name;
            Range value;
            Range other;  // any value but this
            bool absent = false;
            bool true_ = false;
        };
        std::vector<Found> found;
        Cursor cursor(text_, test);
        while (true) {
            if (cursor.peek().kind != TokenKind::name)
                return;
            Found one;
            one.name = cursor.peek().range();
            if (!has_default(definition, text_.substr(one.name.begin, one.name.size())))
                return;
            cursor.next();
            if (cursor.take_name("is")) {
                const bool negated = cursor.take_name("not");
                if (cursor.peek().kind != TokenKind::name)
                    return;
                if (!negated && !cursor.is_name("None"))
                    return;
                one.absent = !negated;
                while (!cursor.at_end() && !cursor.is_name("or")) {
                    if (cursor.is_name("and"))
                        return;
                    cursor.next();
                }
            } else if (cursor.take("!=")) {
                const Range value = cursor.peek().range();
                if (cursor.peek().kind == TokenKind::string)
                    one.other = value;
                while (!cursor.at_end() && !cursor.is_name("or")) {
                    if (cursor.is_name("and"))
                        return;
                    cursor.next();
                }
            } else if (cursor.take("==")) {
                one.value = cursor.peek().range();
                if (cursor.peek().kind != TokenKind::string)
                    return;
                cursor.next();
            } else {
                one.true_ = true;
            }
            found.push_back(one);
            if (cursor.at_end())
                break;
            if (!cursor.take_name("or"))
                return;
        }
        for (const Found& one : found) {
            PyDeprecation& made = add(Evidence::warning, owner_of(definition), message, range);
            made.argument = text_.substr(one.name.begin, one.name.size());
            if (one.absent)
                made.value = "-";
            else if (!one.value.empty())
                made.value = text_.substr(one.value.begin, one.value.size());
            else if (one.true_)
                made.value = "+";
            else if (!one.other.empty())
                made.value = "!" + std::string(text_.substr(one.other.begin, one.other.size()));
        }
    }

    [[nodiscard]] bool has_default(std::uint32_t definition, std::string_view name) const {
        const PyDefinition& made = facts_.definitions[definition];
        for (std::uint32_t i = 0; i < made.parameter_count; ++i) {
            const PyParameter& parameter = facts_.parameters[made.first_parameter + i];
            if (facts_.text(parameter.name) == name)
                return !parameter.default_value.empty();
        }
        return false;
    }

    std::string_view text_;
    const Outline& outline_;
    const PythonFacts& facts_;
    ScriptFacts& out_;
    std::vector<Block> blocks_;
    Block ended_;
};

}  // namespace

bool may_say_deprecated(std::string_view text) {
    return holds_text(text, "eprecat") || holds_text(text, "FutureWarning") ||
           holds_text(text, "removed");
}

void read_deprecations(std::string_view text, const Outline& outline, const PythonFacts& facts,
                       ScriptFacts& out) {
    if (may_say_deprecated(text))
        Reader(text, outline, facts, out).run();
}

}  // namespace docathon::python

#include "lint/rules/support/function_contract.h"

#include <algorithm>
#include <array>
#include <map>

#include "lint/core/strings.h"
#include "lint/project/sphinx/python_names.h"
#include "lint/rules/support/docstrings.h"

namespace docathon::rules {

namespace {

std::string_view last_part(std::string_view dotted) {
    return dotted.substr(dotted.rfind('.') + 1);
}

bool ends_with_parts(std::string_view name, std::string_view end) {
    return !end.empty() && name.ends_with(end) &&
           (name.size() == end.size() || name[name.size() - end.size() - 1] == '.');
}

bool is_builtin_exception(std::string_view name) {
    // Raised by mistake, and only on Windows.
    return is_python_exception(name) || name == "NotImplemented" || name == "WindowsError";
}

/// What names of a file mean, as far as its imports and definitions say.
class Names {
  public:
    explicit Names(const PythonFacts& facts) {
        for (const PyImport& import : facts.imports) {
            const std::string_view module = facts.text(import.module);
            const std::string_view name = facts.text(import.name);
            const std::string_view alias = facts.text(import.alias);
            if (name == "*")
                continue;
            std::string whole(import.level, '.');
            whole += module;
            if (name.empty()) {
                const std::string_view first = module.substr(0, module.find('.'));
                imports_.insert_or_assign(alias.empty() ? first : alias,
                                          alias.empty() ? std::string(first) : whole);
            } else {
                whole += ".";
                whole += name;
                imports_.insert_or_assign(alias.empty() ? name : alias, whole);
            }
        }
        for (const PyDefinition& one : facts.definitions)
            definitions_.emplace(facts.text(one.name), &one);
    }

    /// The full name, "" if it is none that an import, a definition or Python itself makes.
    [[nodiscard]] std::string qualified(std::string_view name) const {
        const std::string_view first = name.substr(0, name.find('.'));
        const std::string_view rest = name.substr(first.size());
        if (const auto at = imports_.find(first); at != imports_.end())
            return at->second + std::string(rest);
        if (definitions_.contains(first))
            return "." + std::string(name);
        if (rest.empty() && is_builtin_exception(first))
            return std::string(first);
        return {};
    }

    /// Whether the name is this one of a module, or the module's `others`.
    [[nodiscard]] bool is(std::string_view written, std::string_view qualified_name) const {
        return qualified(written) == qualified_name;
    }

  private:
    std::map<std::string_view, std::string> imports_;
    std::map<std::string_view, const PyDefinition*> definitions_;
};

/// `-> Iterator[int]`: its name and what stands between the brackets.
struct Annotation {
    std::string qualified;
    std::string_view arguments;
    bool subscript = false;
};

Annotation read_annotation(std::string_view text, const Names& names) {
    Annotation out;
    text = trim(text);
    if (text.size() > 1 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0])
        text = text.substr(1, text.size() - 2);
    const std::size_t bracket = text.find('[');
    out.qualified = names.qualified(trim(text.substr(0, bracket)));
    if (bracket != std::string_view::npos && text.ends_with(']')) {
        out.subscript = true;
        out.arguments = text.substr(bracket + 1, text.size() - bracket - 2);
    }
    return out;
}

std::vector<std::string_view> split_arguments(std::string_view text) {
    std::vector<std::string_view> out;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || (text[i] == ',' && depth == 0)) {
            if (!trim(text.substr(begin, i - begin)).empty())
                out.push_back(trim(text.substr(begin, i - begin)));
            begin = i + 1;
        } else if (text[i] == '[' || text[i] == '(') {
            ++depth;
        } else if (text[i] == ']' || text[i] == ')') {
            --depth;
        }
    }
    return out;
}

bool is_of(const Annotation& annotation, std::initializer_list<std::string_view> names) {
    for (const std::string_view module :
         {"typing.", "typing_extensions.", "collections.abc.", "_collections_abc."}) {
        if (annotation.qualified.starts_with(module)) {
            const std::string_view name =
                std::string_view(annotation.qualified).substr(module.size());
            return std::find(names.begin(), names.end(), name) != names.end();
        }
    }
    return false;
}

bool is_iterator(const Annotation& annotation) {
    return is_of(annotation, {"Iterable", "AsyncIterable", "Iterator", "AsyncIterator"});
}

bool is_generator(const Annotation& annotation) {
    return is_of(annotation, {"Generator", "AsyncGenerator"});
}

/// Whether a function that yields, so annotated, returns None.
bool generator_returns_none(const Annotation& annotation) {
    if (is_iterator(annotation))
        return true;
    if (!is_generator(annotation))
        return false;
    const std::vector<std::string_view> arguments = split_arguments(annotation.arguments);
    return arguments.size() < 3 || arguments[2] == "None";
}

/// Whether what it yields, so annotated, is None or not said.
bool generator_yields_none(const Annotation& annotation) {
    if (!is_iterator(annotation) && !is_generator(annotation))
        return false;
    if (!annotation.subscript)
        return true;
    const std::vector<std::string_view> arguments = split_arguments(annotation.arguments);
    return arguments.empty() || arguments[0] == "None";
}

/// The first word of the docstring, without a dot or colon behind it.
std::string_view first_word(std::string_view text) {
    text = trim_left(text);
    std::size_t end = 0;
    while (end < text.size() && is_ascii_alnum(text[end]))
        ++end;
    return text.substr(0, end);
}

/// What our own reader of docstrings found.
void read_own_sections(std::string_view source, const PythonFacts& facts, std::uint32_t docstring,
                       FunctionContract& out) {
    const auto begin = std::lower_bound(
        facts.doc_sections.begin(), facts.doc_sections.end(), docstring,
        [](const PyDocSection& one, std::uint32_t wanted) { return one.docstring < wanted; });
    for (auto at = begin; at != facts.doc_sections.end() && at->docstring == docstring; ++at) {
        if (at->kind == DocSectionKind::returns)
            out.returns_section = true;
        if (at->kind == DocSectionKind::yields)
            out.yields_section = true;
        if (at->kind != DocSectionKind::raises)
            continue;
        out.raises_section = true;
        for (std::uint32_t i = 0; i < at->entry_count; ++i) {
            std::string_view name = facts.text(facts.doc_entries[at->first_entry + i].name);
            // :class:`ValueError`, `ValueError`
            while (!name.empty() && (name.back() == '`' || name.back() == ':'))
                name.remove_suffix(1);
            name = name.substr(name.rfind('`') + 1);
            while (name.starts_with('~') || name.starts_with('!'))
                name.remove_prefix(1);
            if (!name.empty())
                out.documented.emplace_back(name);
        }
    }
    const std::string_view word =
        first_word(source.substr(out.docstring.content.begin, out.docstring.content.size()));
    if (word == "Return" || word == "Returns")
        out.returns_section = true;
    if (word == "Yield" || word == "Yields" || word == "Generate" || word == "Generates" ||
        word == "Iterate" || word == "Context")
        out.yields_section = true;
}

void read_header_sections(std::string_view text, FunctionContract& out) {
    const HeaderSections sections = find_header_sections(text);
    out.returns_section = sections.find("returns") != nullptr;
    out.yields_section = sections.find("yields") != nullptr;
    if (const HeaderSection* raises = sections.find("raises"); raises != nullptr) {
        out.raises_section = true;
        for (const std::string_view name : named_exceptions(text, *raises))
            out.documented.emplace_back(name);
    }
}

void read_raised(const PythonFacts& facts, const Names& names, std::uint32_t index,
                 const std::multimap<std::uint32_t, const PyRaise*>& raises,
                 FunctionContract& out) {
    const auto [begin, end] = raises.equal_range(index);
    for (auto at = begin; at != end; ++at) {
        const PyRaise& one = *at->second;
        RaisedException exception;
        exception.name = facts.text(one.name);
        exception.qualified = names.qualified(exception.name);
        if (exception.qualified.empty())
            continue;
        if (one.again &&
            (exception.qualified == "Exception" || exception.qualified == "BaseException" ||
             exception.qualified == "ExceptionGroup" ||
             exception.qualified == "BaseExceptionGroup"))
            continue;
        out.raised.push_back(std::move(exception));
    }
    std::sort(out.raised.begin(), out.raised.end(),
              [](const RaisedException& a, const RaisedException& b) {
                  return a.qualified < b.qualified;
              });
    out.raised.erase(std::unique(out.raised.begin(), out.raised.end(),
                                 [](const RaisedException& a, const RaisedException& b) {
                                     return a.qualified == b.qualified;
                                 }),
                     out.raised.end());
}

}  // namespace

bool FunctionContract::mentions(const RaisedException& exception) const {
    return std::any_of(documented.begin(), documented.end(), [&](const std::string& name) {
        return ends_with_parts(exception.qualified, name) ||
               (by_last_name && last_part(exception.qualified) == last_part(name));
    });
}

bool FunctionContract::raises(std::string_view name) const {
    return std::any_of(raised.begin(), raised.end(), [&](const RaisedException& exception) {
        return ends_with_parts(exception.qualified, name) ||
               (by_last_name && last_part(exception.qualified) == last_part(name));
    });
}

void each_contract(std::string_view source, const PythonFacts& facts, bool as_ruff,
                   const std::function<void(const FunctionContract&)>& visit) {
    const Names names(facts);
    std::multimap<std::uint32_t, const PyRaise*> raises;
    for (const PyRaise& one : facts.raises)
        raises.emplace(one.definition, &one);
    for (std::uint32_t index = 0; index < facts.definitions.size(); ++index) {
        const PyDefinition& definition = facts.definitions[index];
        if (definition.kind != DefinitionKind::function || definition.docstring == kNoItem)
            continue;
        const PyDocstring& docstring = facts.docstrings[definition.docstring];
        if ((docstring.flags & (docstring_flag::kConcatenated | docstring_flag::kBlank)) != 0 ||
            (definition.flags & definition_flag::kStub) != 0)
            continue;
        FunctionContract contract(facts, definition, docstring);
        contract.by_last_name = !as_ruff;
        for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
            const std::string_view written =
                facts.text(facts.decorators[definition.first_decorator + i].name);
            const std::string qualified = names.qualified(written);
            const std::string_view last = last_part(written);
            if (qualified.starts_with("abc.abstract"))
                contract.abstract = true;
            if (as_ruff ? written == "property" || qualified == "functools.cached_property" ||
                              qualified == "abc.abstractproperty" || qualified == "enum.property" ||
                              qualified == "types.DynamicClassAttribute"
                        : last.ends_with("property"))
                contract.property = true;
            if (!as_ruff && (last.starts_with("abstract") || last == "overload"))
                contract.abstract = true;
        }
        const auto flag = [&](std::uint16_t wanted) { return (definition.flags & wanted) != 0; };
        contract.returns_anything = flag(definition_flag::kHasReturn);
        contract.yields_anything = flag(definition_flag::kHasYield);
        const bool annotated = !definition.returns_range.empty();
        const bool any_return = contract.returns_anything || flag(definition_flag::kBareReturn);
        const std::string_view returns = facts.text(definition.returns);
        const Annotation annotation = read_annotation(returns, names);
        if (annotated)
            contract.returns_value =
                any_return && trim(returns) != "None" &&
                !(contract.yields_anything && generator_returns_none(annotation));
        else
            contract.returns_value = flag(definition_flag::kReturnsValue);
        if (annotated)
            contract.yields_value = contract.yields_anything && !generator_yields_none(annotation);
        else
            contract.yields_value = flag(definition_flag::kYieldsValue);
        const std::string_view text =
            source.substr(docstring.content.begin, docstring.content.size());
        if (as_ruff)
            read_header_sections(text, contract);
        else
            read_own_sections(source, facts, definition.docstring, contract);
        read_raised(facts, names, index, raises, contract);
        const std::size_t line = text.find_first_of("\r\n");
        contract.where = {docstring.literal.begin,
                          line == std::string_view::npos
                              ? docstring.literal.end
                              : docstring.content.begin + static_cast<std::uint32_t>(line)};
        visit(contract);
    }
}

}  // namespace docathon::rules

#include "lint/rules/support/docstrings.h"

#include <algorithm>

namespace docathon::rules {

namespace {

std::string_view last_part(std::string_view dotted) {
    const std::size_t dot = dotted.rfind('.');
    return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}

/// The function whose parameters the docstring of a class is about; null if the class has none of
/// its own, or several under conditions.
const PyDefinition* constructor(const PythonFacts& facts, std::uint32_t class_index) {
    const PyDefinition* init = nullptr;
    const PyDefinition* create = nullptr;
    for (std::size_t i = class_index + 1; i < facts.definitions.size(); ++i) {
        const PyDefinition& definition = facts.definitions[i];
        if (definition.range.begin >= facts.definitions[class_index].range.end)
            break;
        if (definition.parent != class_index || definition.kind != DefinitionKind::function ||
            has_decorator(facts, definition, "overload"))
            continue;
        const std::string_view name = facts.text(definition.name);
        if (name != "__init__" && name != "__new__")
            continue;
        if (definition.branch != facts.definitions[class_index].branch)
            return nullptr;
        (name == "__init__" ? init : create) = &definition;
    }
    return init != nullptr ? init : create;
}

}  // namespace

bool has_decorator(const PythonFacts& facts, const PyDefinition& definition,
                   std::string_view name) {
    for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
        const PyDecorator& decorator = facts.decorators[definition.first_decorator + i];
        if (last_part(facts.text(decorator.name)) == name)
            return true;
    }
    return false;
}

std::vector<const PyParameter*> DocumentedSignature::parameters() const {
    std::vector<const PyParameter*> out;
    const bool method = definition.parent != kNoItem &&
                        facts.definitions[definition.parent].kind == DefinitionKind::class_ &&
                        (!has_decorator(facts, definition, "staticmethod") ||
                         facts.text(definition.name) == "__new__");
    for (std::uint32_t i = 0; i < definition.parameter_count; ++i) {
        const PyParameter& parameter = facts.parameters[definition.first_parameter + i];
        const bool first = i == 0 && (parameter.kind == ParameterKind::positional_only ||
                                      parameter.kind == ParameterKind::positional_or_keyword);
        if (!(method && first))
            out.push_back(&parameter);
    }
    return out;
}

bool DocumentedSignature::has(ParameterKind kind) const {
    for (std::uint32_t i = 0; i < definition.parameter_count; ++i) {
        if (facts.parameters[definition.first_parameter + i].kind == kind)
            return true;
    }
    return false;
}

void each_documented_signature(const PythonFacts& facts,
                               const std::function<void(const DocumentedSignature&)>& visit) {
    std::size_t at = 0;
    while (at < facts.doc_sections.size()) {
        const std::uint32_t index = facts.doc_sections[at].docstring;
        std::vector<const PyDocSection*> sections;
        for (; at < facts.doc_sections.size() && facts.doc_sections[at].docstring == index; ++at) {
            if (facts.doc_sections[at].kind == DocSectionKind::parameters)
                sections.push_back(&facts.doc_sections[at]);
        }
        const PyDocstring& docstring = facts.docstrings[index];
        if (sections.empty() || docstring.owner == kNoItem ||
            (docstring.flags & docstring_flag::kAttribute) != 0)
            continue;
        const PyDefinition& documented = facts.definitions[docstring.owner];
        const PyDefinition* definition = documented.kind == DefinitionKind::function
                                             ? &documented
                                             : constructor(facts, docstring.owner);
        if (definition == nullptr || (definition->flags & definition_flag::kBroken) != 0 ||
            has_decorator(facts, *definition, "overload"))
            continue;
        visit({facts, *definition, documented, std::move(sections)});
    }
}

void each_function_docstring(
    std::string_view source, const PythonFacts& facts,
    const std::function<void(const PyDefinition&, std::string_view)>& visit) {
    for (const PyDefinition& definition : facts.definitions) {
        if (definition.kind != DefinitionKind::function || definition.docstring == kNoItem)
            continue;
        const PyDocstring& docstring = facts.docstrings[definition.docstring];
        if ((docstring.flags & (docstring_flag::kConcatenated | docstring_flag::kBlank)) == 0)
            visit(definition, source.substr(docstring.content.begin, docstring.content.size()));
    }
}

}  // namespace docathon::rules

// api/unknown-parameter: see rules/api/unknown-parameter.yaml.

#include <algorithm>
#include <array>
#include <string>

#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/rules/check.h"
#include "lint/rules/support/docstrings.h"
#include "lint/rules/support/function_contract.h"

namespace docathon::rules {

namespace {

/// Words before a colon that are no names: notes between the parameters.
bool is_note(std::string_view name) {
    constexpr std::array<std::string_view, 27> kNotes = {
        "default",  "defaults", "note",    "notes",    "example", "examples", "returns",
        "return",   "raises",   "warning", "shape",    "see",     "where",    "and",
        "or",       "todo",     "none",    "optional", "usage",   "options",  "type",
        "required", "yields",   "e.g",     "i.e",      "tip",     "important"};
    return std::any_of(kNotes.begin(), kNotes.end(),
                       [&](std::string_view note) { return ascii_iequals(note, name); });
}

class UnknownParameter final : public Check {
  public:
    explicit UnknownParameter(const Options& options)
        : as_ruff_(options.string("reading") == "ruff") {}

    void file(const FileContext& context, Sink& sink) const override {
        if (as_ruff_ && context.facts.python != nullptr) {
            check_as_ruff(context.source.bytes(), *context.facts.python, sink);
            return;
        }
        // Docstrings of stubs are copies of others.
        if (context.facts.python == nullptr || context.facts.python->stub)
            return;
        each_documented_signature(*context.facts.python, [&](const DocumentedSignature& signature) {
            check(signature, sink);
        });
    }

  private:
    /// Functions without *args and **kwargs, and the sections Args and Parameters only.
    static void check_as_ruff(std::string_view source, const PythonFacts& facts, Sink& sink) {
        each_contract(source, facts, true, [&](const FunctionContract& contract) {
            const PyDefinition& definition = contract.definition;
            std::vector<std::string_view> names;
            for (std::uint32_t i = 0; i < definition.parameter_count; ++i) {
                const PyParameter& one = facts.parameters[definition.first_parameter + i];
                if (one.kind == ParameterKind::var_positional ||
                    one.kind == ParameterKind::var_keyword)
                    return;
                names.push_back(facts.text(one.name));
            }
            if (contract.abstract)
                return;
            const Range content = contract.docstring.content;
            const std::string_view text = source.substr(content.begin, content.size());
            for (const NamedParameter& one : named_parameters(text, find_header_sections(text))) {
                if (std::find(names.begin(), names.end(), one.name) != names.end())
                    continue;
                const auto begin = content.begin + static_cast<std::uint32_t>(one.at);
                const std::string function(facts.text(definition.name));
                Diagnostic& finding =
                    sink.report({begin, begin + static_cast<std::uint32_t>(one.name.size())},
                                "'" + one.name + "' is documented, but '" + function +
                                    "' has no such parameter");
                finding.subject = function + " " + one.name;
                finding.code = "DOC102";
            }
        });
    }

    static void check(const DocumentedSignature& signature, Sink& sink) {
        const PythonFacts& facts = signature.facts;
        std::vector<std::string_view> names;
        for (std::uint32_t i = 0; i < signature.definition.parameter_count; ++i)
            names.push_back(
                facts.text(facts.parameters[signature.definition.first_parameter + i].name));
        std::sort(names.begin(), names.end());
        const auto known = [&](std::string_view name) {
            return std::binary_search(names.begin(), names.end(), name);
        };
        std::vector<const PyDocEntry*> unknown;
        std::vector<std::string_view> documented;
        for (const PyDocSection* section : signature.sections) {
            for (std::uint32_t i = 0; i < section->entry_count; ++i) {
                const PyDocEntry& entry = facts.doc_entries[section->first_entry + i];
                const std::string_view name = facts.text(entry.name);
                documented.push_back(name);
                // A star more or less, and attributes of a parameter, are another matter.
                if (!known(name) && !known("_" + std::string(name)) && !entry.starred &&
                    name.find('.') == std::string_view::npos && !is_note(name))
                    unknown.push_back(&entry);
            }
        }
        if (unknown.empty())
            return;
        const bool open = signature.has(ParameterKind::var_keyword) ||
                          signature.has(ParameterKind::var_positional);
        std::sort(documented.begin(), documented.end());
        std::vector<std::string_view> free;  // parameters that the docstring does not name
        for (const PyParameter* parameter : signature.parameters()) {
            const std::string_view name = facts.text(parameter->name);
            if (parameter->kind != ParameterKind::var_positional &&
                parameter->kind != ParameterKind::var_keyword &&
                !std::binary_search(documented.begin(), documented.end(), name))
                free.push_back(name);
        }
        // A docstring with many names of which none fits is about something else: a call that is
        // handled, a template.
        const bool other = std::none_of(documented.begin(), documented.end(), known) &&
                           unknown.size() > 1 && unknown.size() >= 2 * names.size();
        for (const PyDocEntry* entry : unknown) {
            const std::string_view name = facts.text(entry->name);
            if (is_nested_parameter(signature, name)) {
                sink.unknown("api: parameter of a function inside");
                continue;
            }
            const std::string_view meant = sink.may_suggest()
                                               ? nearest(name, free, suggestion_distance(name))
                                               : std::string_view();
            if (open && (meant.empty() || edit_distance(name, meant, 1) > 1 || name.size() < 4)) {
                sink.unknown("api: the function takes *args or **kwargs");
                continue;
            }
            if (other && meant.empty()) {
                sink.unknown("api: no documented parameter fits");
                continue;
            }
            std::string message = "'" + std::string(name) + "' is documented, but '" +
                                  std::string(facts.text(signature.definition.name)) +
                                  "' has no such parameter";
            if (!meant.empty())
                message += "; did you mean '" + std::string(meant) + "'?";
            Diagnostic& finding = sink.report(entry->name_range, std::move(message));
            finding.subject =
                std::string(facts.text(signature.documented.name)) + " " + std::string(name);
            finding.code = "DOC102";
        }
    }

    /// Of a decorator or a factory: what it documents may be the function that it makes.
    static bool is_nested_parameter(const DocumentedSignature& signature, std::string_view name) {
        const PythonFacts& facts = signature.facts;
        const auto begin = std::upper_bound(facts.definitions.begin(), facts.definitions.end(),
                                            signature.definition.range.begin,
                                            [](std::uint32_t at, const PyDefinition& definition) {
                                                return at < definition.range.begin;
                                            });
        for (auto inner = begin; inner != facts.definitions.end() &&
                                 inner->range.begin < signature.definition.range.end;
             ++inner) {
            for (std::uint32_t i = 0; i < inner->parameter_count; ++i) {
                if (facts.text(facts.parameters[inner->first_parameter + i].name) == name)
                    return true;
            }
        }
        return false;
    }

    bool as_ruff_;
};

}  // namespace

std::unique_ptr<Check> make_api_unknown_parameter(const Options& options) {
    return std::make_unique<UnknownParameter>(options);
}

}  // namespace docathon::rules

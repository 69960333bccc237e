// api/missing-parameter: see rules/api/missing-parameter.yaml.

#include <algorithm>
#include <string>

#include "lint/rules/check.h"
#include "lint/rules/support/docstrings.h"
#include "lint/rules/support/section_headers.h"

namespace docathon::rules {

namespace {

class MissingParameter final : public Check {
  public:
    explicit MissingParameter(const Options& options)
        : as_ruff_(options.string("reading") == "ruff") {}

    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.python == nullptr || (context.facts.python->stub && !as_ruff_))
            return;
        if (as_ruff_) {
            each_function_docstring(context.source.bytes(), *context.facts.python,
                                    [&](const PyDefinition& definition, std::string_view text) {
                                        check_as_ruff(*context.facts.python, definition, text,
                                                      sink);
                                    });
            return;
        }
        each_documented_signature(*context.facts.python, [&](const DocumentedSignature& signature) {
            check(signature, sink);
        });
    }

  private:
    static void check(const DocumentedSignature& signature, Sink& sink) {
        const PythonFacts& facts = signature.facts;
        std::vector<std::string_view> documented;
        for (const PyDocSection* section : signature.sections) {
            if (section->free_text) {
                // A template, or prose that may name them.
                sink.unknown("api: free text among the parameters");
                return;
            }
            for (std::uint32_t i = 0; i < section->entry_count; ++i)
                documented.push_back(facts.text(facts.doc_entries[section->first_entry + i].name));
        }
        if (documented.empty())
            return;
        std::sort(documented.begin(), documented.end());
        std::vector<std::string_view> missing;
        for (const PyParameter* parameter : signature.parameters()) {
            const std::string_view name = facts.text(parameter->name);
            if (parameter->kind == ParameterKind::var_positional ||
                parameter->kind == ParameterKind::var_keyword || name.starts_with('_') ||
                std::binary_search(documented.begin(), documented.end(), name))
                continue;
            missing.push_back(name);
        }
        if (missing.empty())
            return;
        const std::string_view documented_name = facts.text(signature.documented.name);
        report(signature.sections.front()->title, facts.text(signature.definition.name),
               documented_name, missing, sink);
    }

    /// Any section about parameters, which must name stars too; flagged is the function's name.
    static void check_as_ruff(const PythonFacts& facts, const PyDefinition& definition,
                              std::string_view text, Sink& sink) {
        const DescribedParameters described =
            described_parameters(text, find_header_sections(text));
        if (!described.any)
            return;
        const auto is_described = [&](const std::string& name) {
            return std::binary_search(described.names.begin(), described.names.end(), name);
        };
        const bool method = definition.parent != kNoItem &&
                            facts.definitions[definition.parent].kind == DefinitionKind::class_ &&
                            !has_decorator(facts, definition, "staticmethod");
        bool first = method;
        std::vector<std::string_view> missing;
        for (std::uint32_t i = 0; i < definition.parameter_count; ++i) {
            const PyParameter& one = facts.parameters[definition.first_parameter + i];
            const std::string name(facts.text(one.name));
            const bool args = one.kind == ParameterKind::var_positional;
            const bool keywords = one.kind == ParameterKind::var_keyword;
            const bool receiver = first && !args && !keywords;
            first = first && !receiver;
            if (receiver || name.starts_with('_') || is_described(name) ||
                (args && is_described("*" + name)) || (keywords && is_described("**" + name)) ||
                (keywords && facts.text(one.annotation).find("Unpack[") != std::string_view::npos))
                continue;
            missing.push_back(facts.text(one.name));
        }
        if (missing.empty())
            return;
        const std::string_view name = facts.text(definition.name);
        report(definition.name_range, name, name, missing, sink);
    }

    static void report(Range range, std::string_view function, std::string_view documented,
                       const std::vector<std::string_view>& missing, Sink& sink) {
        std::string list;
        std::string subject(documented);
        for (const std::string_view name : missing) {
            list += list.empty() ? "'" : ", '";
            list += name;
            list += "'";
            subject += " ";
            subject += name;
        }
        Diagnostic& finding = sink.report(
            range, (missing.size() == 1 ? "parameter " : "parameters ") + list + " of '" +
                       std::string(function) + (missing.size() == 1 ? "' is" : "' are") +
                       " missing here, while others are described");
        finding.subject = std::move(subject);
        finding.code = "D417";
    }

    bool as_ruff_;
};

}  // namespace

std::unique_ptr<Check> make_api_missing_parameter(const Options& options) {
    return std::make_unique<MissingParameter>(options);
}

}  // namespace docathon::rules

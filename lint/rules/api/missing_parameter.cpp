// api/missing-parameter: see rules/api/missing-parameter.yaml.

#include <algorithm>
#include <string>

#include "lint/rules/check.h"
#include "lint/rules/support/docstrings.h"

namespace docathon::rules {

namespace {

class MissingParameter final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.python == nullptr || context.facts.python->stub)
            return;
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
        std::string list;
        std::string subject(facts.text(signature.documented.name));
        for (const std::string_view name : missing) {
            list += list.empty() ? "'" : ", '";
            list += name;
            list += "'";
            subject += " ";
            subject += name;
        }
        sink.report(signature.sections.front()->title,
                    (missing.size() == 1 ? "parameter " : "parameters ") + list + " of '" +
                        std::string(facts.text(signature.definition.name)) +
                        (missing.size() == 1 ? "' is" : "' are") +
                        " missing here, while others are described")
            .subject = std::move(subject);
    }
};

}  // namespace

std::unique_ptr<Check> make_api_missing_parameter(const Options&) {
    return std::make_unique<MissingParameter>();
}

}  // namespace docathon::rules

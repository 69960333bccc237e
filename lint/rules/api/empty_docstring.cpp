// api/empty-docstring: see rules/api/empty-docstring.yaml.

#include <memory>
#include <string>

#include "lint/rules/check.h"

namespace docathon::rules {

namespace {

class EmptyDocstring final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.python == nullptr)
            return;
        const PythonFacts& facts = *context.facts.python;
        for (const PyDocstring& docstring : facts.docstrings) {
            if ((docstring.flags & docstring_flag::kBlank) == 0 ||
                (docstring.flags & docstring_flag::kAttribute) != 0)
                continue;
            const std::string name =
                docstring.owner == kNoItem
                    ? std::string("this module")
                    : "'" + std::string(facts.text(facts.definitions[docstring.owner].name)) + "'";
            Diagnostic& finding =
                sink.report(docstring.literal, "the docstring of " + name + " is empty");
            finding.subject = name;
            finding.code = "D419";
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_api_empty_docstring(const Options&) {
    return std::make_unique<EmptyDocstring>();
}

}  // namespace docathon::rules

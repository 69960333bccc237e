// api/missing-yields: see rules/api/missing-yields.yaml.

#include <memory>
#include <string>

#include "lint/rules/check.h"
#include "lint/rules/support/function_contract.h"

namespace docathon::rules {

namespace {

class MissingYields final : public Check {
  public:
    explicit MissingYields(const Options& options)
        : as_ruff_(options.string("reading") == "ruff") {}

    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.python == nullptr)
            return;
        each_contract(context.source.bytes(), *context.facts.python, as_ruff_,
                      [&](const FunctionContract& contract) { check(contract, sink); });
    }

  private:
    static void check(const FunctionContract& contract, Sink& sink) {
        if (contract.yields_section || !contract.yields_value)
            return;
        const std::string name(contract.facts.text(contract.definition.name));
        Diagnostic& finding = sink.report(
            contract.where, "'" + name + "' yields values, of which its docstring says nothing");
        finding.subject = name;
        finding.code = "DOC402";
    }

    bool as_ruff_;
};

}  // namespace

std::unique_ptr<Check> make_api_missing_yields(const Options& options) {
    return std::make_unique<MissingYields>(options);
}

}  // namespace docathon::rules

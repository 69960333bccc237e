// api/missing-returns: see rules/api/missing-returns.yaml.

#include <memory>
#include <string>

#include "lint/rules/check.h"
#include "lint/rules/support/function_contract.h"

namespace docathon::rules {

namespace {

class MissingReturns final : public Check {
  public:
    explicit MissingReturns(const Options& options)
        : as_ruff_(options.string("reading") == "ruff") {}

    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.python == nullptr)
            return;
        each_contract(context.source.bytes(), *context.facts.python, as_ruff_,
                      [&](const FunctionContract& contract) { check(contract, sink); });
    }

  private:
    static void check(const FunctionContract& contract, Sink& sink) {
        if (contract.returns_section || !contract.returns_value || contract.property ||
            contract.facts.text(contract.definition.name) == "__new__")
            return;
        const std::string name(contract.facts.text(contract.definition.name));
        Diagnostic& finding = sink.report(
            contract.where, "'" + name + "' returns a value, of which its docstring says nothing");
        finding.subject = name;
        finding.code = "DOC201";
    }

    bool as_ruff_;
};

}  // namespace

std::unique_ptr<Check> make_api_missing_returns(const Options& options) {
    return std::make_unique<MissingReturns>(options);
}

}  // namespace docathon::rules

// api/extra-returns: see rules/api/extra-returns.yaml.

#include <memory>
#include <string>

#include "lint/rules/check.h"
#include "lint/rules/support/function_contract.h"

namespace docathon::rules {

namespace {

class ExtraReturns final : public Check {
  public:
    explicit ExtraReturns(const Options& options) : as_ruff_(options.string("reading") == "ruff") {}

    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.python == nullptr)
            return;
        each_contract(context.source.bytes(), *context.facts.python, as_ruff_,
                      [&](const FunctionContract& contract) { check(contract, sink); });
    }

  private:
    void check(const FunctionContract& contract, Sink& sink) const {
        if (contract.abstract || !contract.returns_section || contract.returns_anything ||
            (contract.yields_anything && !as_ruff_))
            return;
        const std::string name(contract.facts.text(contract.definition.name));
        Diagnostic& finding =
            sink.report(contract.where,
                        "the docstring of '" + name + "' says what is returned, but nothing is");
        finding.subject = name;
        finding.code = "DOC202";
    }

    bool as_ruff_;
};

}  // namespace

std::unique_ptr<Check> make_api_extra_returns(const Options& options) {
    return std::make_unique<ExtraReturns>(options);
}

}  // namespace docathon::rules

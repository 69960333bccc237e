// api/extra-yields: see rules/api/extra-yields.yaml.

#include <memory>
#include <string>

#include "lint/rules/check.h"
#include "lint/rules/support/function_contract.h"

namespace docathon::rules {

namespace {

class ExtraYields final : public Check {
  public:
    explicit ExtraYields(const Options& options) : as_ruff_(options.string("reading") == "ruff") {}

    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.python == nullptr)
            return;
        each_contract(context.source.bytes(), *context.facts.python, as_ruff_,
                      [&](const FunctionContract& contract) { check(contract, sink); });
    }

  private:
    static void check(const FunctionContract& contract, Sink& sink) {
        if (contract.abstract || !contract.yields_section || contract.yields_anything)
            return;
        const std::string name(contract.facts.text(contract.definition.name));
        Diagnostic& finding = sink.report(
            contract.where, "the docstring of '" + name + "' says what is yielded, but nothing is");
        finding.subject = name;
        finding.code = "DOC403";
    }

    bool as_ruff_;
};

}  // namespace

std::unique_ptr<Check> make_api_extra_yields(const Options& options) {
    return std::make_unique<ExtraYields>(options);
}

}  // namespace docathon::rules

// api/missing-raises: see rules/api/missing-raises.yaml.

#include <memory>
#include <string>

#include "lint/rules/check.h"
#include "lint/rules/support/function_contract.h"

namespace docathon::rules {

namespace {

class MissingRaises final : public Check {
  public:
    explicit MissingRaises(const Options& options)
        : as_ruff_(options.string("reading") == "ruff") {}

    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.python == nullptr)
            return;
        each_contract(context.source.bytes(), *context.facts.python, as_ruff_,
                      [&](const FunctionContract& contract) { check(contract, sink); });
    }

  private:
    static void check(const FunctionContract& contract, Sink& sink) {
        const std::string name(contract.facts.text(contract.definition.name));
        for (const RaisedException& one : contract.raised) {
            const std::string_view last =
                std::string_view(one.qualified).substr(one.qualified.rfind('.') + 1);
            if (last == "NotImplementedError" || contract.mentions(one))
                continue;
            Diagnostic& finding =
                sink.report(contract.where, "'" + name + "' raises " + std::string(last) +
                                                ", which its docstring does not name");
            finding.subject = name + " " + one.name;
            finding.code = "DOC501";
        }
    }

    bool as_ruff_;
};

}  // namespace

std::unique_ptr<Check> make_api_missing_raises(const Options& options) {
    return std::make_unique<MissingRaises>(options);
}

}  // namespace docathon::rules

// api/extra-raises: see rules/api/extra-raises.yaml.

#include <memory>
#include <string>

#include "lint/rules/check.h"
#include "lint/rules/support/function_contract.h"

namespace docathon::rules {

namespace {

class ExtraRaises final : public Check {
  public:
    explicit ExtraRaises(const Options& options) : as_ruff_(options.string("reading") == "ruff") {}

    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.python == nullptr)
            return;
        each_contract(context.source.bytes(), *context.facts.python, as_ruff_,
                      [&](const FunctionContract& contract) { check(contract, sink); });
    }

  private:
    static void check(const FunctionContract& contract, Sink& sink) {
        if (contract.abstract || !contract.raises_section)
            return;
        std::string list;
        for (const std::string& documented : contract.documented) {
            if (documented.empty() || contract.raises(documented))
                continue;
            list += (list.empty() ? "'" : ", '") + documented + "'";
        }
        if (list.empty())
            return;
        const std::string name(contract.facts.text(contract.definition.name));
        Diagnostic& finding =
            sink.report(contract.where, "the docstring of '" + name + "' names " + list +
                                            ", which it does not raise itself");
        finding.subject = name + " " + list;
        finding.code = "DOC502";
    }

    bool as_ruff_;
};

}  // namespace

std::unique_ptr<Check> make_api_extra_raises(const Options& options) {
    return std::make_unique<ExtraRaises>(options);
}

}  // namespace docathon::rules

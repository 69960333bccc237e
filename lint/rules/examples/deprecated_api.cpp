// examples/deprecated-api: see rules/examples/deprecated-api.yaml.

#include "lint/rules/support/deprecated_rule.h"

namespace docathon::rules {

std::unique_ptr<Check> make_examples_deprecated_api(const Options& options) {
    return make_deprecated_rule(options, false);
}

}  // namespace docathon::rules

// examples/removed-api: see rules/examples/removed-api.yaml.

#include "lint/rules/support/deprecated_rule.h"

namespace docathon::rules {

std::unique_ptr<Check> make_examples_removed_api(const Options& options) {
    return make_deprecated_rule(options, true);
}

}  // namespace docathon::rules

// Hostile configuration, preset, rule and pyproject files: no crash, no hang, errors with a place.
// The quick reader of rule files must agree with yaml-cpp on whatever it accepts.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "lint/config/config_file.h"
#include "lint/config/effective.h"
#include "lint/config/preset.h"
#include "lint/config/quick_yaml.h"
#include "lint/config/rule_file.h"
#include "lint/config/schema.h"
#include "lint/core/yaml.h"

namespace {

using namespace docathon;

void require(bool condition, const char* what) {
    if (condition)
        return;
    std::cerr << "failed: " << what << '\n';
    std::abort();
}

bool same_content(const Value& a, const Value& b) {
    if (a.kind != b.kind || a.quoted != b.quoted || a.text != b.text ||
        a.items.size() != b.items.size() || a.keys.size() != b.keys.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
        if (!same_content(a.keys[i], b.keys[i]))
            return false;
    }
    for (std::size_t i = 0; i < a.items.size(); ++i) {
        if (!same_content(a.items[i], b.items[i]))
            return false;
    }
    return true;
}

void require_good_errors(const std::vector<Error>& errors) {
    require(!errors.empty(), "a failure has an error");
    require(errors.size() <= 2 * Reader::kMaxErrors, "errors are limited");
    for (const Error& error : errors) {
        require(!error.message.empty(), "an error says something");
        require(error.message.size() < 2'000, "a message is not endless");
        for (const char c : error.message) {
            require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f, "no control characters");
        }
    }
}

const RuleSet& rules() {
    static const RuleSet kRules = [] {
        auto loaded = load_builtin_rules();
        require(loaded.has_value(), "built-in rules load");
        return std::move(*loaded);
    }();
    return kRules;
}

const std::vector<Preset>& presets() {
    static const std::vector<Preset> kPresets = [] {
        auto loaded = load_builtin_presets();
        require(loaded.has_value(), "built-in presets load");
        return std::move(*loaded);
    }();
    return kPresets;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);

    if (const auto quick = quick_yaml(text)) {
        const auto slow = parse_yaml(text, {}, YamlDocuments::one);
        require(slow.has_value(), "the quick reader accepts nothing that is no YAML");
        require(same_content(*quick, *slow), "both readers read the same");
    }

    std::vector<Error> errors;
    if (const auto config = load_config(text, ".docathon-lint.yaml", &errors)) {
        require(errors.empty(), "no errors of a good file");
        const auto read = [&](const std::string&) -> Result<std::string> {
            return std::string(text);
        };
        const auto resolved = resolve_presets(*config, {}, presets(), read);
        if (resolved) {
            auto effective =
                EffectiveRules::make(rules(), *config, *resolved, presets(), {}, &errors);
            if (effective) {
                for (const char* path : {"a.md", "docs/source/index.md", "CHANGELOG.md", ""}) {
                    require(effective->profile_for(path) < effective->profile_count(), "profile");
                }
            } else {
                require_good_errors(errors);
            }
        }
    } else {
        require_good_errors(errors);
    }

    errors.clear();
    if (const auto value = parse_yaml(text)) {
        const auto rule = parse_rule(*value, "rules/links/missing-anchor.yaml", &errors);
        if (!rule)
            require_good_errors(errors);
        RuleSet set;
        if (rule)
            set.specs.push_back(*rule);
        require(!config_schema(set, presets()).empty(), "a schema of any rule");
    }
    errors.clear();
    if (!parse_preset(text, "tools/preset.yaml", &errors))
        require_good_errors(errors);
    static_cast<void>(check_pyproject(text, "pyproject.toml"));
    return 0;
}

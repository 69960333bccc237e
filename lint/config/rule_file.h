#pragma once
// Rule files: one YAML file under rules/ is one rule (DESIGN.md, "One rule, one file"). Every key
// is checked; whatever is wrong names its line and column. Built-in rules are read at every start,
// so what only `explain` and tests need (the examples) is left out unless it is asked for.

#include <span>
#include <string>
#include <string_view>

#include "lint/config/keys.h"
#include "lint/core/embedded.h"
#include "lint/core/result.h"
#include "lint/core/value.h"
#include "lint/model/rule_set.h"

namespace docathon {

/// What `preset:` of a rule may say. Rules of opt-in are in the preset `all` or named; rules of
/// links-check belong to that command only.
inline constexpr std::string_view kRulePresets[] = {"core", "strict", "pytorch",
                                                    "blog", "opt-in", "links-check"};

/// How much of the rule files is read.
enum class RuleDetail : std::uint8_t {
    brief,  ///< all but `examples:` and, without an engine, RuleSpec::body; takes microseconds
    full,   ///< everything
};

/// Who wrote a rule.
enum class RuleOrigin : std::uint8_t {
    builtin,  ///< comes with the program: has all that its page needs, at the path of its id
    project,  ///< a project's own: `id`, `check` and the keys of the engine are enough
};

/// The rule in `value`. `path` of a built-in rule ends in family/name.yaml and must agree with the
/// id. Returns the first error in the order of the file; `all`, if given, receives every one.
[[nodiscard]] Result<RuleSpec> parse_rule(const Value& value, std::string_view path,
                                          std::vector<Error>* all = nullptr,
                                          RuleOrigin origin = RuleOrigin::builtin);

/// The rules among `files`: rules/<family>/<name>.yaml, but nothing under rules/presets and
/// rules/data. Sorted by id. An alias or id that is an id of another rule is an error.
[[nodiscard]] Result<RuleSet> load_rules(std::span<const EmbeddedFile> files, RuleDetail detail);

/// The rules that the program has built in.
[[nodiscard]] Result<RuleSet> load_builtin_rules(RuleDetail detail = RuleDetail::brief);

/// One built-in rule with its examples, for `explain`.
[[nodiscard]] Result<RuleSpec> load_full_rule(std::string_view id);

/// An engine: how a rule without C++ is checked, and the keys that its rule files may have.
struct EngineKeys {
    std::string_view name;
    std::span<const Key> keys;
};

/// The engines of this program, sorted by name.
[[nodiscard]] std::span<const EngineKeys> engine_keys();

/// The keys of every rule file, for the schema.
[[nodiscard]] std::span<const Key> rule_keys();

}  // namespace docathon

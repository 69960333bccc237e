#pragma once
// JSON schemas (draft 2020-12) of the configuration, of rule files and of preset files, made from
// the tables that the readers use (keys.h). `config schema` prints them; editors complete and check
// with them.

#include <string>
#include <vector>

#include "lint/config/preset.h"
#include "lint/model/rule_set.h"

namespace docathon {

/// Of .docathon-lint.yaml: with every rule of `rules`, its aliases and options, and the names of
/// `presets`. Indented text with a line end.
[[nodiscard]] std::string config_schema(const RuleSet& rules, const std::vector<Preset>& presets);

/// Of a rule file.
[[nodiscard]] std::string rule_schema(const RuleSet& rules, const std::vector<Preset>& presets);

/// Of a preset file.
[[nodiscard]] std::string preset_schema(const RuleSet& rules, const std::vector<Preset>& presets);

}  // namespace docathon

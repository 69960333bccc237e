#pragma once
// Effective rules: from rules, presets, configuration and flags to what runs on each file, how
// severe it is and with which options.
//
// Layers, the stronger later: presets in their order, `rules:` of the file, the matching
// `overrides` in their order, --select and --ignore. Within a layer an id beats an alias beats a
// family beats "*", attribute by attribute (on or off with severity; each option), so the order of
// a map never matters. A setting of options alone does not switch a rule on.
//
// Files that match the same overrides share one RuleProfile. Profiles are made by profile_for()
// before threads start; after that everything is read only.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/config/preset.h"
#include "lint/config/selector.h"
#include "lint/core/glob.h"
#include "lint/core/result.h"
#include "lint/model/config.h"
#include "lint/model/rule_set.h"

namespace docathon {

/// What the command line says about rules.
struct RuleFlags {
    std::vector<std::string> select;  ///< --select: switched on besides what the presets have
    std::vector<std::string> ignore;  ///< --ignore: switched off
    bool links_check = false;         ///< the command `links check`: its rules and no others
};

/// One rule in one profile.
struct EffectiveRule {
    Severity severity = Severity::off;  ///< off: the rule does not run
    bool summary_only = false;  ///< a ratchet rule that nobody asked for: findings only when new
    std::uint32_t options = 0;  ///< index into EffectiveRules::options() of this rule
    std::string origin;  ///< what decided: "preset core", ".docathon-lint.yaml:9", "--select"

    [[nodiscard]] bool on() const { return severity != Severity::off; }
};

/// What holds for all files that match the same overrides.
struct RuleProfile {
    std::vector<EffectiveRule> rules;  ///< parallel to RuleSet::specs
    std::optional<Flavor> flavor;      ///< of an override; else detection decides
    std::string flavor_origin;         ///< ".docathon-lint.yaml:14"
};

class EffectiveRules {
  public:
    /// `rules` must outlive the result. `presets` as resolve_presets() gives them; `known_presets`
    /// are the built-in ones, whose names --select and --ignore may use.
    /// Errors: unknown ids, aliases, families and options, options of the wrong type, two aliases
    /// that set one rule differently; each with the place it was written at. `all`, if given,
    /// receives every one.
    [[nodiscard]] static Result<EffectiveRules> make(const RuleSet& rules, const Config& config,
                                                     const std::vector<Preset>& presets,
                                                     const std::vector<Preset>& known_presets,
                                                     const RuleFlags& flags,
                                                     std::vector<Error>* all = nullptr);

    /// Number of the profile for a file, by its path relative to the root. Not for threads.
    [[nodiscard]] std::size_t profile_for(std::string_view path);
    [[nodiscard]] const RuleProfile& profile(std::size_t number) const { return profiles_[number]; }
    [[nodiscard]] std::size_t profile_count() const { return profiles_.size(); }
    /// The different options that rule `rule` has in the profiles made so far; a check is made once
    /// for each.
    [[nodiscard]] const std::vector<Options>& options(std::uint32_t rule) const {
        return options_[rule];
    }
    /// Whether the rule is on in any profile made so far.
    [[nodiscard]] bool runs(std::uint32_t rule) const;

  private:
    struct OptionValue {
        std::uint32_t rule = 0;
        std::string name;
        Options::Entry entry;
    };
    // A setting with its selector resolved and its options typed for each rule that has them.
    struct Setting {
        Exactness exactness = Exactness::everything;
        std::vector<std::uint32_t> rules;
        std::optional<Severity> severity;  // off: switched off
        bool on = false;                   // with the rule's own severity
        bool select = false;               // with the severity it has
        std::vector<OptionValue> options;
        std::string origin;
    };
    using Layer = std::vector<Setting>;  // the less exact first
    struct OverrideLayer {
        std::vector<Glob> files;
        std::optional<Flavor> flavor;
        std::string origin;
        Layer layer;
    };
    // A rule while layers are applied: what is switched off keeps its severity.
    struct State {
        bool on = false;
        bool listed = false;  // asked for by name, so no ratchet summary
        Severity severity = Severity::warning;
        Options options;
        std::string origin;
    };
    class Builder;

    EffectiveRules() = default;
    void apply(const Layer& layer, std::vector<State>& states) const;
    std::size_t make_profile(const std::vector<std::uint32_t>& matching);

    const RuleSet* rules_ = nullptr;
    std::string base_;
    bool links_check_ = false;
    std::vector<State> base_states_;  // presets and `rules:`
    std::vector<OverrideLayer> overrides_;
    Layer flags_;
    std::vector<RuleProfile> profiles_;
    std::vector<std::vector<Options>> options_;
    std::map<std::vector<std::uint32_t>, std::size_t> by_overrides_;
};

}  // namespace docathon

#include "lint/config/effective.h"

#include <algorithm>
#include <tuple>

#include "lint/config/keys.h"
#include "lint/config/options.h"
#include "lint/core/path.h"

namespace docathon {

// Resolves settings as they are written, collecting what is wrong with them.
class EffectiveRules::Builder {
  public:
    Builder(const RuleSet& rules, const RuleNames& names) : rules_(rules), names_(names) {}

    Layer resolve(const std::vector<RuleSetting>& settings) {
        Layer layer;
        std::vector<const RuleSetting*> sources;
        for (const RuleSetting& source : settings) {
            // Looking for the nearest name costs more than all else.
            if (errors.size() >= Reader::kMaxErrors)
                break;
            const Result<Selection> selection = names_.find(source.selector);
            if (!selection) {
                add(source.place, selection.error().message);
                continue;
            }
            Setting setting;
            setting.exactness = selection->exactness;
            setting.rules = selection->rules;
            setting.severity = source.severity;
            setting.on = source.on;
            setting.origin = source.place.path + ":" + std::to_string(source.place.line);
            read_options(source, setting);
            layer.push_back(std::move(setting));
            sources.push_back(&source);
        }
        report_conflicts(layer, sources);
        sort(layer);
        return layer;
    }

    // --select or --ignore.
    void resolve_flags(const std::vector<std::string>& selectors, bool select,
                       const std::vector<Preset>& presets, bool links_check, Layer& layer) {
        const std::string flag = select ? "--select" : "--ignore";
        for (const std::string& selector : selectors) {
            const Result<Selection> selection = names_.find_flag(selector, presets);
            if (!selection) {
                add({flag}, selection.error().message);
                continue;
            }
            if (select && !links_check && selection->exactness >= Exactness::alias &&
                std::all_of(selection->rules.begin(), selection->rules.end(), [&](auto rule) {
                    return rules_.specs[rule].preset == "links-check";
                })) {
                add({flag}, quote(selector) + " is checked by 'links check' only");
                continue;
            }
            Setting setting;
            setting.exactness = selection->exactness;
            setting.rules = selection->rules;
            if (select)
                setting.select = true;
            else
                setting.severity = Severity::off;
            setting.origin = flag;
            layer.push_back(std::move(setting));
        }
    }

    static void sort(Layer& layer) {
        // Stable: of two that are equally exact the later wins, which is --ignore over --select.
        std::stable_sort(layer.begin(), layer.end(), [](const Setting& a, const Setting& b) {
            return a.exactness < b.exactness;
        });
    }

    void add(const ConfigPlace& place, std::string message) {
        if (errors.size() >= Reader::kMaxErrors)
            return;
        errors.push_back({std::move(message), place.path, place.line, place.column});
    }

    // By place within a file, files in the order they were read.
    void sort_errors() {
        std::vector<std::string> paths;
        for (const Error& error : errors) {
            if (std::find(paths.begin(), paths.end(), error.path) == paths.end()) {
                paths.push_back(error.path);
            }
        }
        const auto rank = [&](const Error& error) {
            return std::tuple(std::find(paths.begin(), paths.end(), error.path) - paths.begin(),
                              error.line, error.column);
        };
        std::stable_sort(errors.begin(), errors.end(),
                         [&](const Error& a, const Error& b) { return rank(a) < rank(b); });
    }

    std::vector<Error> errors;

  private:
    void read_options(const RuleSetting& source, Setting& setting) {
        if (!source.options.is_map())
            return;
        Reader reader(source.place.path, errors);
        for (std::size_t i = 0; i < source.options.keys.size(); ++i) {
            if (errors.size() >= Reader::kMaxErrors)
                return;
            const Value& name = source.options.keys[i];
            bool known = false;
            for (const std::uint32_t rule : setting.rules) {
                const RuleSpec& spec = rules_.specs[rule];
                const auto option =
                    std::find_if(spec.options.begin(), spec.options.end(),
                                 [&](const OptionSpec& o) { return o.name == name.text; });
                if (option == spec.options.end())
                    continue;
                known = true;
                OptionValue value;
                value.rule = rule;
                value.name = name.text;
                // One wrong value in a setting of many rules is one error.
                if (!read_option(source.options.items[i], *option, name.text, reader,
                                 value.entry)) {
                    break;
                }
                setting.options.push_back(std::move(value));
            }
            if (!known)
                reader.error(name, unknown_option(name.text, source, setting));
        }
    }

    std::string unknown_option(const std::string& name, const RuleSetting& source,
                               const Setting& setting) const {
        std::vector<std::string> candidates = {"severity"};
        for (const std::uint32_t rule : setting.rules) {
            for (const OptionSpec& option : rules_.specs[rule].options) {
                candidates.push_back(option.name);
            }
        }
        const std::string where = setting.rules.size() == 1
                                      ? rules_.specs[setting.rules.front()].id
                                      : "any rule of " + quote(source.selector);
        return "no option " + quote(name) + " in " + where + did_you_mean(name, candidates);
    }

    // Two aliases of one rule are equally exact, and the order of a map must not decide.
    void report_conflicts(const Layer& layer, const std::vector<const RuleSetting*>& sources) {
        std::map<std::uint32_t, std::vector<std::size_t>> by_rule;
        for (std::size_t i = 0; i < layer.size(); ++i) {
            if (layer[i].exactness < Exactness::alias)
                continue;
            for (const std::uint32_t rule : layer[i].rules)
                by_rule[rule].push_back(i);
        }
        for (const auto& [rule, settings] : by_rule) {
            // The id decides, if it is there.
            if (std::any_of(settings.begin(), settings.end(),
                            [&](std::size_t i) { return layer[i].exactness == Exactness::id; })) {
                continue;
            }
            for (std::size_t k = 1; k < settings.size(); ++k) {
                const std::size_t other = settings[k - 1];
                const std::size_t here = settings[k];
                if (!differ(layer[other], layer[here], rule))
                    continue;
                add(sources[here]->place, quote(sources[other]->selector) + " and " +
                                              quote(sources[here]->selector) + " both set " +
                                              rules_.specs[rule].id + "; write the id");
            }
        }
    }

    static bool differ(const Setting& a, const Setting& b, std::uint32_t rule) {
        const bool a_sets = a.on || a.severity.has_value();
        const bool b_sets = b.on || b.severity.has_value();
        if (a_sets && b_sets && (a.on != b.on || a.severity != b.severity))
            return true;
        for (const OptionValue& x : a.options) {
            for (const OptionValue& y : b.options) {
                if (x.rule == rule && y.rule == rule && x.name == y.name && !(x.entry == y.entry)) {
                    return true;
                }
            }
        }
        return false;
    }

    const RuleSet& rules_;
    const RuleNames& names_;
};

Result<EffectiveRules> EffectiveRules::make(const RuleSet& rules, const Config& config,
                                            const std::vector<Preset>& presets,
                                            const std::vector<Preset>& known_presets,
                                            const RuleFlags& flags, std::vector<Error>* all) {
    const RuleNames names(rules);
    Builder builder(rules, names);
    EffectiveRules result;
    result.rules_ = &rules;
    result.base_ = config.base;
    result.links_check_ = flags.links_check;
    result.options_.resize(rules.specs.size());

    std::vector<State>& states = result.base_states_;
    for (const RuleSpec& spec : rules.specs) {
        State& state = states.emplace_back();
        state.severity = spec.severity;
        state.options = default_options(spec);
        state.on = flags.links_check && spec.preset == "links-check";
        state.origin = state.on ? "links check" : "in no preset that is on";
    }
    // Membership first, over all presets: a setting of one preset is not undone by the next one
    // having the rule as well.
    for (const Preset& preset : presets) {
        for (std::size_t i = 0; i < states.size(); ++i) {
            if (states[i].on || std::find(preset.members.begin(), preset.members.end(),
                                          rules.specs[i].preset) == preset.members.end()) {
                continue;
            }
            states[i].on = true;
            states[i].origin = "preset " + preset.name;
        }
    }
    for (const Preset& preset : presets)
        result.apply(builder.resolve(preset.rules), states);
    result.apply(builder.resolve(config.rules), states);

    for (const Override& source : config.overrides) {
        OverrideLayer& layer = result.overrides_.emplace_back();
        layer.flavor = source.flavor;
        layer.origin = source.place.path + ":" + std::to_string(source.place.line);
        layer.layer = builder.resolve(source.rules);
        for (const std::string& pattern : source.files) {
            Result<Glob> glob = Glob::compile(pattern);
            if (glob)
                layer.files.push_back(std::move(*glob));
            else
                builder.add(source.place, glob.error().message);
        }
    }
    builder.resolve_flags(flags.select, true, known_presets, flags.links_check, result.flags_);
    builder.resolve_flags(flags.ignore, false, known_presets, flags.links_check, result.flags_);
    Builder::sort(result.flags_);

    if (!builder.errors.empty()) {
        builder.sort_errors();
        const Error first = builder.errors.front();
        if (all != nullptr)
            all->insert(all->end(), builder.errors.begin(), builder.errors.end());
        return tl::unexpected<Error>(first);
    }
    result.make_profile({});
    return result;
}

void EffectiveRules::apply(const Layer& layer, std::vector<State>& states) const {
    for (const Setting& setting : layer) {
        for (const std::uint32_t rule : setting.rules) {
            State& state = states[rule];
            const bool off = setting.severity == Severity::off;
            const bool on = setting.on || setting.select || (setting.severity && !off);
            if (on || off) {
                state.on = on;
                state.origin = setting.origin;
            }
            if (setting.on)
                state.severity = rules_->specs[rule].severity;
            if (setting.severity && !off)
                state.severity = *setting.severity;
            if (on && setting.exactness >= Exactness::alias)
                state.listed = true;
        }
        for (const OptionValue& value : setting.options) {
            states[value.rule].options.entries[value.name] = value.entry;
        }
    }
}

std::size_t EffectiveRules::make_profile(const std::vector<std::uint32_t>& matching) {
    std::vector<State> states = base_states_;
    RuleProfile profile;
    for (const std::uint32_t i : matching) {
        const OverrideLayer& layer = overrides_[i];
        apply(layer.layer, states);
        if (layer.flavor) {
            profile.flavor = layer.flavor;
            profile.flavor_origin = layer.origin;
        }
    }
    apply(flags_, states);
    for (std::size_t i = 0; i < states.size(); ++i) {
        State& state = states[i];
        const RuleSpec& spec = rules_->specs[i];
        // They need the network, whatever switches them on.
        if (spec.preset == "links-check" && !links_check_)
            state.on = false;
        // And that command is about nothing else: what `check` finds, it finds without the network.
        if (spec.preset != "links-check" && links_check_)
            state.on = false;
        EffectiveRule& rule = profile.rules.emplace_back();
        rule.severity = state.on ? state.severity : Severity::off;
        rule.summary_only = state.on && spec.ratchet && !state.listed;
        rule.origin = std::move(state.origin);
        std::vector<Options>& variants = options_[i];
        const auto variant = std::find(variants.begin(), variants.end(), state.options);
        rule.options = static_cast<std::uint32_t>(variant - variants.begin());
        if (variant == variants.end())
            variants.push_back(std::move(state.options));
    }
    profiles_.push_back(std::move(profile));
    by_overrides_[matching] = profiles_.size() - 1;
    return profiles_.size() - 1;
}

std::size_t EffectiveRules::profile_for(std::string_view path) {
    if (overrides_.empty() || !is_within(base_, path))
        return 0;
    if (!base_.empty())
        path.remove_prefix(std::min(base_.size() + 1, path.size()));
    std::vector<std::uint32_t> matching;
    for (std::uint32_t i = 0; i < overrides_.size(); ++i) {
        if (std::any_of(overrides_[i].files.begin(), overrides_[i].files.end(),
                        [&](const Glob& glob) { return glob.match(path); })) {
            matching.push_back(i);
        }
    }
    const auto known = by_overrides_.find(matching);
    return known != by_overrides_.end() ? known->second : make_profile(matching);
}

bool EffectiveRules::runs(std::uint32_t rule) const {
    return std::any_of(profiles_.begin(), profiles_.end(),
                       [&](const RuleProfile& profile) { return profile.rules[rule].on(); });
}

}  // namespace docathon

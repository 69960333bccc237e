#include "lint/config/selector.h"

#include <algorithm>
#include <set>

#include "lint/config/keys.h"

namespace docathon {
namespace {

// The values of `preset:` that a built-in preset takes in, its includes with it.
std::set<std::string> members_of(const std::string& name, const std::vector<Preset>& presets) {
    std::set<std::string> seen;
    std::set<std::string> members;
    std::vector<std::string> open = {name};
    while (!open.empty()) {
        const std::string current = std::move(open.back());
        open.pop_back();
        if (!seen.insert(current).second)
            continue;
        for (const Preset& preset : presets) {
            if (preset.name != current)
                continue;
            members.insert(preset.members.begin(), preset.members.end());
            open.insert(open.end(), preset.includes.begin(), preset.includes.end());
        }
    }
    return members;
}

}  // namespace

RuleNames::RuleNames(const RuleSet& rules) : rules_(rules) {
    for (std::uint32_t i = 0; i < rules.specs.size(); ++i) {
        const RuleSpec& spec = rules.specs[i];
        families_[spec.family()].push_back(i);
        for (const auto& [tool, names] : spec.aliases) {
            for (const std::string& name : names) {
                std::vector<std::uint32_t>& positions = aliases_[name];
                // Two tools may use one name for it.
                if (positions.empty() || positions.back() != i)
                    positions.push_back(i);
            }
        }
    }
}

Result<Selection> RuleNames::find(std::string_view selector) const {
    Selection selection;
    if (const int position = rules_.find(selector); position >= 0) {
        selection.exactness = Exactness::id;
        selection.rules = {static_cast<std::uint32_t>(position)};
        return selection;
    }
    if (const auto alias = aliases_.find(selector); alias != aliases_.end()) {
        selection.exactness = Exactness::alias;
        selection.rules = alias->second;
        return selection;
    }
    if (selector == "*") {
        for (std::uint32_t i = 0; i < rules_.specs.size(); ++i)
            selection.rules.push_back(i);
        return selection;
    }
    if (selector.ends_with("/*")) {
        const auto family = families_.find(selector.substr(0, selector.size() - 2));
        if (family != families_.end()) {
            selection.exactness = Exactness::family;
            selection.rules = family->second;
            return selection;
        }
    }
    return fail(unknown(selector));
}

Result<Selection> RuleNames::find_flag(std::string_view selector,
                                       const std::vector<Preset>& presets) const {
    if (Result<Selection> found = find(selector))
        return found;
    Selection selection;
    if (std::any_of(presets.begin(), presets.end(),
                    [&](const Preset& p) { return p.name == selector; })) {
        const std::set<std::string> members = members_of(std::string(selector), presets);
        selection.exactness = Exactness::preset;
        for (std::uint32_t i = 0; i < rules_.specs.size(); ++i) {
            if (members.contains(rules_.specs[i].preset))
                selection.rules.push_back(i);
        }
        return selection;
    }
    if (const auto family = families_.find(selector); family != families_.end()) {
        selection.exactness = Exactness::family;
        selection.rules = family->second;
        return selection;
    }
    return fail(unknown(selector));
}

std::vector<std::uint32_t> RuleNames::by_name(std::string_view id_or_alias) const {
    const Result<Selection> found = find(id_or_alias);
    if (!found || found->exactness < Exactness::alias)
        return {};
    return found->rules;
}

std::string RuleNames::unknown(std::string_view name) const {
    const std::string message = "no rule " + quote(name);
    std::vector<std::string> names;
    for (const auto& [family, positions] : families_) {
        names.push_back(family + "/*");
        if (name == family)
            return message + "; did you mean " + quote(names.back()) + "?";
    }
    if (name.ends_with("/*")) {
        return "no family " + quote(name) + did_you_mean(name, names);
    }
    // The name without its family.
    for (const RuleSpec& spec : rules_.specs) {
        if (std::string_view(spec.id).substr(spec.id.find('/') + 1) == name) {
            return message + "; did you mean " + quote(spec.id) + "?";
        }
    }
    names.clear();
    for (const RuleSpec& spec : rules_.specs)
        names.push_back(spec.id);
    for (const auto& [alias, positions] : aliases_)
        names.push_back(alias);
    return message + did_you_mean(name, names);
}

}  // namespace docathon

#include "lint/settle/suppression_names.h"

#include <set>

#include "lint/core/nearest.h"
#include "lint/core/strings.h"

namespace docathon {
namespace {

// What is longer is no typing error of anything; it also bounds the work for one name.
constexpr std::size_t kLongestName = 200;

/// flake8, what plugs into it, and those who took over its comment.
bool is_noqa_tool(std::string_view tool) {
    for (const std::string_view one :
         {"ruff", "pydocstyle", "pydoclint", "docsig", "darglint", "torchfix"}) {
        if (tool == one)
            return true;
    }
    return tool.starts_with("flake8");
}

/// How many letters a code such as "D417" begins with; 0 if it is no code.
std::size_t code_letters(std::string_view code) {
    std::size_t letters = 0;
    while (letters < code.size() && is_ascii_alpha(code[letters]))
        ++letters;
    for (std::size_t at = letters; at < code.size(); ++at) {
        if (!is_ascii_digit(code[at]))
            return 0;
    }
    return letters == code.size() ? 0 : letters;
}

}  // namespace

SuppressionNames::SuppressionNames(const RuleSet& rules) : size_(rules.specs.size()) {
    std::set<std::string> candidates;
    for (std::size_t i = 0; i < rules.specs.size(); ++i) {
        const RuleSpec& spec = rules.specs[i];
        const auto position = static_cast<std::uint32_t>(i);
        const auto add = [&](const std::string& name) {
            std::vector<std::uint32_t>& positions = names_[name];
            if (positions.empty() || positions.back() != position)
                positions.push_back(position);
        };
        // An alias that is another rule's id must not make that id mean two rules.
        names_[spec.id] = {position};
        add(spec.family() + "/*");
        candidates.insert(spec.family() + "/*");
        candidates.insert(spec.id);
    }
    for (std::size_t i = 0; i < rules.specs.size(); ++i) {
        for (const auto& [tool, aliases] : rules.specs[i].aliases) {
            for (const std::string& alias : aliases) {
                if (rules.find(alias) >= 0)
                    continue;
                std::vector<std::uint32_t>& positions = names_[alias];
                const auto position = static_cast<std::uint32_t>(i);
                if (positions.empty() || positions.back() != position)
                    positions.push_back(position);
                candidates.insert(alias);
            }
        }
    }
    add_foreign(rules);
    candidates_.assign(candidates.begin(), candidates.end());
}

void SuppressionNames::add_foreign(const RuleSet& rules) {
    for (std::size_t i = 0; i < rules.specs.size(); ++i) {
        const RuleSpec& spec = rules.specs[i];
        const auto position = static_cast<std::uint32_t>(i);
        const auto add = [&](SuppressionTool tool, std::string_view name) {
            for (const std::string& key : {ascii_lower(name), std::string()}) {
                std::vector<std::uint32_t>& positions =
                    foreign_[static_cast<std::size_t>(tool)][key];
                if (positions.empty() || positions.back() != position)
                    positions.push_back(position);
            }
        };
        // rumdl has markdownlint's names and reads its comments.
        for (const auto& [tool, aliases] : spec.aliases) {
            for (const std::string& alias : aliases) {
                if (tool == "markdownlint" || tool == "rumdl")
                    add(SuppressionTool::markdownlint, alias);
                if (tool == "vale")
                    add(SuppressionTool::vale, alias);
            }
        }
        for (const auto& [tool, aliases] : spec.aliases) {
            if (!is_noqa_tool(tool))
                continue;
            for (const std::string& alias : aliases) {
                // flake8 excuses by the begin of a code: "D4" is all of D400 to D499.
                const std::size_t letters = code_letters(alias);
                for (std::size_t size = letters; letters > 0 && size <= alias.size(); ++size)
                    add(SuppressionTool::noqa, alias.substr(0, size));
            }
        }
        // Vale is switched off where prose is not to be judged, whatever judges it.
        if (spec.family() == "style")
            add(SuppressionTool::vale, {});
        if (spec.family() == "links")
            add(SuppressionTool::lint_ignore, {});
    }
}

const std::vector<std::uint32_t>* SuppressionNames::find_foreign(SuppressionTool tool,
                                                                 std::string_view name) const {
    const auto& names = foreign_[static_cast<std::size_t>(tool)];
    const auto found = names.find(ascii_lower(name));
    return found == names.end() ? nullptr : &found->second;
}

const std::vector<std::uint32_t>* SuppressionNames::find(std::string_view name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : &found->second;
}

std::string SuppressionNames::nearest(std::string_view name) const {
    if (name.empty() || name.size() > kLongestName)
        return {};
    for (const std::string& candidate : candidates_) {
        // "missing-target" for "links/missing-target": the family was left out.
        if (candidate.size() > name.size() && candidate.ends_with(name) &&
            candidate[candidate.size() - name.size() - 1] == '/') {
            return candidate;
        }
    }
    return std::string(docathon::nearest(name, candidates_, suggestion_distance(name)));
}

}  // namespace docathon

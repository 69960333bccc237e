#include "lint/rules/engines/engine_set.h"

#include <algorithm>
#include <array>

#include "lint/core/path.h"

namespace docathon {

using namespace rules;

namespace {

struct EngineRow {
    std::string_view name;
    std::unique_ptr<Engine> (*make)(EngineMaker&);
};

constexpr std::array<EngineRow, 8> kEngines = {{
    {"case", make_case},
    {"consistent", make_consistent},
    {"count", make_count},
    {"pattern", make_pattern},
    {"require", make_require},
    {"substitution", make_substitution},
    {"symbol", make_symbol},
    {"url", make_url},
}};

constexpr auto make_names() {
    std::array<std::string_view, kEngines.size()> names = {};
    for (std::size_t i = 0; i < names.size(); ++i)
        names[i] = kEngines[i].name;
    return names;
}
constexpr auto kNames = make_names();

struct Unit {
    std::uint32_t rule = 0;
    const RuleSpec* spec = nullptr;
    Common common;
    std::unique_ptr<Engine> engine;
    bool has_patterns = false;
};

bool has(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

std::span<const std::string_view> engine_names() {
    return kNames;
}

bool is_engine(std::string_view check) {
    return std::find(kNames.begin(), kNames.end(), check) != kNames.end();
}

struct EngineSet::Impl {
    SelectorSet selectors;
    PatternSets patterns;
    std::vector<Unit> units;
    bool page_kinds = false;

    [[nodiscard]] bool on_page(const Unit& unit, std::string_view path,
                               std::span<const std::string> kinds) const {
        const Common& common = unit.common;
        if (common.page_kinds.empty() && common.page_globs.empty())
            return true;
        return std::any_of(kinds.begin(), kinds.end(),
                           [&](const std::string& kind) { return has(common.page_kinds, kind); }) ||
               std::any_of(common.page_globs.begin(), common.page_globs.end(),
                           [&](const auto& glob) { return glob->match(path); });
    }

    /// What the patterns of `units` find, by unit, ordered by text.
    [[nodiscard]] std::vector<std::vector<Candidate>> candidates(
        FileView& file, const std::vector<bool>& wanted) const {
        std::vector<std::vector<Candidate>> found(units.size());
        std::vector<PatternId> matching;
        for (const View view : {View::prose, View::source, View::url, View::text}) {
            if (patterns.empty(view))
                continue;
            // Rules with one selector read the same texts; each text knows whose it is.
            std::map<std::uint32_t, std::size_t> targets;  // selector -> its bit
            for (std::size_t i = 0; i < units.size(); ++i) {
                if (wanted[i] && units[i].has_patterns && units[i].common.view == view)
                    targets.emplace(units[i].common.selector, targets.size());
            }
            if (targets.empty())
                continue;
            std::vector<std::vector<bool>> readers;  // by text
            for (const auto& [selector, bit] : targets) {
                for (const std::uint32_t text : file.texts(selector, view)) {
                    if (text >= readers.size())
                        readers.resize(text + 1);
                    readers[text].resize(targets.size());
                    readers[text][bit] = true;
                }
            }
            // In the order of the page: which of two ways of writing came first matters.
            std::vector<std::pair<std::uint32_t, std::uint32_t>> order;
            for (std::uint32_t text = 0; text < readers.size(); ++text) {
                if (!readers[text].empty())
                    order.emplace_back(file.text(view, text).to_source(0, 0).begin, text);
            }
            std::sort(order.begin(), order.end());
            for (const auto& [at, text] : order) {
                patterns.match(view, file.text(view, text).text(), matching);
                for (const PatternId pattern : matching) {
                    const std::uint32_t unit = patterns.unit(pattern);
                    if (wanted[unit] && readers[text][targets.at(units[unit].common.selector)])
                        found[unit].push_back({text, pattern});
                }
            }
        }
        return found;
    }
};

EngineSet::EngineSet() : impl_(std::make_unique<Impl>()) {}
EngineSet::~EngineSet() = default;
EngineSet::EngineSet(EngineSet&&) noexcept = default;
EngineSet& EngineSet::operator=(EngineSet&&) noexcept = default;

Result<EngineSet> EngineSet::make(std::span<const EngineRule> rules, const DataReader& data,
                                  std::vector<Error>* all) {
    EngineSet set;
    std::vector<Error> errors;
    constexpr std::size_t kMostErrors = 100;
    for (const EngineRule& rule : rules) {
        if (errors.size() >= kMostErrors)
            break;
        const auto number = static_cast<std::uint32_t>(set.impl_->units.size());
        Unit& unit = set.impl_->units.emplace_back();
        unit.rule = rule.rule;
        unit.spec = rule.spec;
        const auto* const row =
            std::find_if(kEngines.begin(), kEngines.end(),
                         [&](const EngineRow& one) { return one.name == rule.spec->check; });
        if (row == kEngines.end()) {
            errors.push_back({"no engine '" + rule.spec->check + "'", rule.spec->path});
            continue;
        }
        EngineMaker maker(*rule.spec, *rule.options, number, set.impl_->selectors,
                          set.impl_->patterns, data, errors);
        const std::size_t before = errors.size();
        unit.engine = row->make(maker);
        if (errors.size() == before)
            maker.check_message();
        unit.common = std::move(maker.result);
        unit.has_patterns = maker.has_patterns();
        set.impl_->page_kinds =
            set.impl_->page_kinds || !unit.common.page_kinds.empty() || maker.needs_page_kinds();
    }
    if (!errors.empty()) {
        if (all != nullptr)
            all->insert(all->end(), errors.begin(), errors.end());
        return tl::unexpected<Error>(errors.front());
    }
    set.impl_->patterns.compile();
    return set;
}

std::size_t EngineSet::size() const {
    return impl_->units.size();
}

bool EngineSet::needs_page_kinds() const {
    return impl_->page_kinds;
}

void EngineSet::check(const FileContext& context, std::span<const std::string> page_kinds,
                      const std::vector<bool>& active, std::vector<Diagnostic>& out,
                      Sink::UnknownCounts* unknown) const {
    const std::vector<Unit>& units = impl_->units;
    std::vector<bool> wanted(units.size());
    std::vector<bool> selectors(impl_->selectors.size());
    bool any = false;
    for (std::size_t i = 0; i < units.size(); ++i) {
        wanted[i] = active[i] && impl_->on_page(units[i], context.source.path(), page_kinds);
        if (!wanted[i])
            continue;
        any = true;
        selectors[units[i].common.selector] = true;
        for (const std::uint32_t more : units[i].common.more_selectors)
            selectors[more] = true;
    }
    if (!any)
        return;
    FileView file(context, impl_->selectors, selectors, page_kinds);
    const std::vector<std::vector<Candidate>> candidates = impl_->candidates(file, wanted);
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (!wanted[i] || (units[i].has_patterns && candidates[i].empty()))
            continue;
        Sink sink(units[i].rule, context.source.id(), out, unknown);
        Reporter report(units[i].common, file, sink);
        units[i].engine->run(file, candidates[i], report);
    }
}

void EngineSet::count_alternatives(const FileContext& context, std::size_t rule,
                                   std::map<std::string, std::size_t>& counts) const {
    std::vector<bool> wanted(impl_->units.size());
    wanted[rule] = true;
    std::vector<bool> selectors(impl_->selectors.size());
    selectors[impl_->units[rule].common.selector] = true;
    FileView file(context, impl_->selectors, selectors, {});
    for (PatternId pattern = 0; pattern < impl_->patterns.size(); ++pattern) {
        if (impl_->patterns.unit(pattern) == rule)
            counts.emplace(impl_->patterns.expression(pattern), 0);
    }
    const std::vector<std::vector<Candidate>> found = impl_->candidates(file, wanted);
    for (const Candidate& one : found[rule])
        ++counts[impl_->patterns.expression(one.pattern)];
}

PageKinds::PageKinds(const std::map<std::string, std::vector<std::string>>& configured,
                     std::string base)
    : base_(std::move(base)) {
    static constexpr std::pair<std::string_view, std::string_view> kDefaults[] = {
        {"changelog", "**/{CHANGELOG,CHANGES,HISTORY,NEWS,RELEASE_NOTES}*"},
        {"changelog", "**/{changelog,changes,history,release-notes,release_notes}*"},
        {"post", "**/_posts/**"},
        {"readme", "**/{README,readme,Readme}*"},
        {"tutorial", "**/{tutorial,tutorials}/**"},
    };
    const auto add = [](auto& kinds, const std::string& kind, std::string_view pattern) {
        // The configuration checked its globs when it was read.
        if (Result<Glob> glob = Glob::compile(pattern))
            kinds[kind].push_back(std::move(*glob));
    };
    for (const auto& [kind, globs] : configured) {
        kinds_[kind];
        for (const std::string& glob : globs)
            add(kinds_, kind, glob);
    }
    for (const auto& [kind, glob] : kDefaults) {
        if (!configured.contains(std::string(kind)))
            add(defaults_, std::string(kind), glob);
    }
}

std::vector<std::string> PageKinds::of(std::string_view path) const {
    std::vector<std::string> found;
    const auto look = [&](const auto& kinds, std::string_view seen) {
        for (const auto& [kind, globs] : kinds) {
            if (std::any_of(globs.begin(), globs.end(),
                            [&](const Glob& glob) { return glob.match(seen); }))
                found.push_back(kind);
        }
    };
    look(defaults_, path);
    if (base_.empty())
        look(kinds_, path);
    else if (is_within(base_, path))
        look(kinds_, relative_path(base_, path));
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace docathon

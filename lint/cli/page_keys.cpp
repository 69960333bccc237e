#include "lint/cli/page_keys.h"

#include "lint/core/hash.h"
#include "lint/core/pack.h"

namespace docathon {

std::uint64_t hash_of(const Value& value) {
    PackWriter packed(true);
    packed.put(value);
    return hash64(packed.bytes());
}

std::uint64_t run_key(const LintJob& job, const std::vector<std::uint64_t>& data,
                      bool with_examples) {
    PackWriter packed(true);
    for (const RuleSpec& rule : job.rules->specs) {
        packed.put(rule.id);
        packed.put(rule.check);
        packed.put(rule.project_scope);
        packed.put(rule.formats);
        packed.put(rule.body);
    }
    packed.put(job.config->base);
    packed.put(job.config->project.page_kinds);
    packed.put(data);
    packed.put(with_examples);
    return hash64(packed.bytes());
}

std::uint64_t selection_key(const FileTree& tree, std::uint64_t run) {
    std::string selected;
    for (const FileEntry& file : tree.files())
        selected += file.selected ? '1' : '0';
    return hash64(selected, run);
}

ResultCache::Key result_key(const LintJob& job, std::string_view pages) {
    PackWriter packed(true);
    packed.put(job.tree->hash());
    packed.put(job.inputs_key);
    packed.put(job.result_suffices);
    packed.put(job.late_fingerprints);
    packed.put(*job.config);
    for (std::size_t i = 0; i < job.effective->profile_count(); ++i) {
        const std::vector<EffectiveRule>& rules = job.effective->profile(i).rules;
        for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
            packed.put(rules[rule].severity);
            packed.put(rules[rule].summary_only);
            if (rules[rule].on())
                packed.put(job.effective->options(rule)[rules[rule].options]);
        }
    }
    packed.put(job.baseline != nullptr);
    if (job.baseline != nullptr)
        packed.put(*job.baseline);
    packed.put(pages);
    return hash128(packed.bytes());
}

PageKeys::PageKeys(const LintJob& job) : job_(job) {
    for (const Settings& settings : job.settings->distinct()) {
        PackWriter packed(true);
        packed.put(settings);
        settings_.push_back(hash64(packed.bytes()));
    }
}

std::uint64_t PageKeys::of_profile(std::size_t profile) {
    const auto [at, added] = profiles_.try_emplace(profile);
    if (!added)
        return at->second;
    PackWriter packed(true);
    const std::vector<EffectiveRule>& rules = job_.effective->profile(profile).rules;
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
        packed.put(rules[rule].on());
        if (rules[rule].on())
            packed.put(job_.effective->options(rule)[rules[rule].options]);
    }
    return at->second = hash64(packed.bytes());
}

std::uint64_t PageKeys::of(FileId page, std::size_t profile) {
    PackWriter packed(true);
    packed.put(settings_[job_.settings->index(page)]);
    packed.put(of_profile(profile));
    packed.put(job_.tree->file(page).aside);
    return hash64(packed.bytes());
}

}  // namespace docathon

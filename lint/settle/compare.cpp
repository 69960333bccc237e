#include "lint/settle/compare.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>
#include <tuple>

#include "lint/core/hash.h"
#include "lint/core/strings.h"
#include "lint/settle/fingerprint.h"

namespace docathon {

namespace {

using Key = std::pair<std::string_view, std::string_view>;  // rule, fingerprint

Key key_of(const ComparedRun& run, const Diagnostic& finding) {
    return {run.rules->specs[finding.rule].id, finding.fingerprint};
}

/// "docs/a" of docs/a.rst and docs/a.md; empty for what is no page.
std::string_view page_name(std::string_view path) {
    for (const std::string_view ending : {".rst", ".md", ".markdown"}) {
        if (path.ends_with(ending))
            return path.substr(0, path.size() - ending.size());
    }
    return {};
}

/// Is `now` the page `before` in another markup? Then nothing that is written is what it was.
bool is_converted(std::string_view before, std::string_view now) {
    const auto ending = [](std::string_view path) { return path.substr(path.rfind('.') + 1); };
    return !page_name(before).empty() && !page_name(now).empty() && ending(before) != ending(now);
}

/// Beyond this many pairs of files, likeness is not looked for.
constexpr std::size_t kMostPairs = 40'000;

std::vector<std::uint64_t> line_hashes(std::string_view text) {
    std::vector<std::uint64_t> hashes;
    for (const std::string_view line : split_lines(text)) {
        const std::string_view words = trim(line);
        if (!words.empty())
            hashes.push_back(hash64(words));
    }
    std::sort(hashes.begin(), hashes.end());
    return hashes;
}

/// Lines that both have, of two sorted lists.
std::size_t common(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    std::size_t count = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] < b[j]) {
            ++i;
        } else if (b[j] < a[i]) {
            ++j;
        } else {
            ++count;
            ++i;
            ++j;
        }
    }
    return count;
}

/// In a page that was converted, a finding remains if it is of the same rule about the same
/// subject, however it is written now.
void match_converted(const ComparedRun& base, const ComparedRun& head,
                     const std::map<std::string, std::string>& renamed,
                     std::map<Key, std::vector<std::size_t>>& open,
                     std::vector<std::size_t>& partner) {
    std::map<std::string_view, std::string_view> now_of;  // path in base -> path in head
    for (const auto& [now, before] : renamed) {
        if (is_converted(before, now))
            now_of[before] = now;
    }
    if (now_of.empty())
        return;
    using Subject = std::tuple<std::string_view, std::string_view, std::string_view>;
    std::map<Subject, std::vector<std::pair<Key, std::size_t>>> left;  // path now, rule, subject
    for (auto& [key, candidates] : open) {
        for (const std::size_t i : candidates) {
            const auto now = now_of.find(base.paths[base.findings[i].file]);
            if (now != now_of.end() && !base.findings[i].subject.empty())
                left[{now->second, key.first, base.findings[i].subject}].emplace_back(key, i);
        }
    }
    for (std::size_t i = 0; i < head.findings.size(); ++i) {
        if (partner[i] != base.findings.size())
            continue;
        const Diagnostic& finding = head.findings[i];
        const auto same = left.find(
            {head.paths[finding.file], head.rules->specs[finding.rule].id, finding.subject});
        if (same == left.end() || same->second.empty())
            continue;
        const auto [key, old] = same->second.front();
        same->second.erase(same->second.begin());
        partner[i] = old;
        std::vector<std::size_t>& candidates = open[key];
        candidates.erase(std::find(candidates.begin(), candidates.end(), old));
    }
}

}  // namespace

Comparison compare_findings(const ComparedRun& base, const ComparedRun& head,
                            const std::map<std::string, std::string>& renamed) {
    Comparison result;
    std::map<Key, std::vector<std::size_t>> open;  // of base, not matched yet
    for (std::size_t i = 0; i < base.findings.size(); ++i)
        open[key_of(base, base.findings[i])].push_back(i);
    std::vector<std::size_t> partner(head.findings.size(), base.findings.size());
    // Three rounds, so that a finding of another file never takes the place of one's own.
    for (int round = 0; round < 3; ++round) {
        for (std::size_t i = 0; i < head.findings.size(); ++i) {
            if (partner[i] != base.findings.size())
                continue;
            const auto group = open.find(key_of(head, head.findings[i]));
            if (group == open.end())
                continue;
            std::vector<std::size_t>& candidates = group->second;
            const std::string& path = head.paths[head.findings[i].file];
            const auto old = renamed.find(path);
            const auto fits = [&](std::size_t candidate) {
                const std::string& from = base.paths[base.findings[candidate].file];
                return round == 0   ? from == path
                       : round == 1 ? old != renamed.end() && from == old->second
                                    : true;
            };
            const auto found = std::find_if(candidates.begin(), candidates.end(), fits);
            if (found == candidates.end())
                continue;
            partner[i] = *found;
            candidates.erase(found);
        }
    }
    match_converted(base, head, renamed, open, partner);
    for (std::size_t i = 0; i < head.findings.size(); ++i) {
        if (partner[i] == base.findings.size())
            result.added.push_back(i);
        else
            result.remaining.emplace_back(partner[i], i);
    }
    for (const auto& [key, left] : open)
        result.removed.insert(result.removed.end(), left.begin(), left.end());
    std::sort(result.removed.begin(), result.removed.end());
    return result;
}

void set_late_fingerprints(const LateRun& base, const LateRun& head) {
    // Path -> findings of that file, all of them without fingerprint.
    using Groups = std::map<std::string_view, std::span<Diagnostic>>;
    const auto groups_of = [](const LateRun& run) {
        Groups groups;
        for (std::size_t begin = 0; begin < run.findings.size();) {
            const FileId file = run.findings[begin].file;
            std::size_t end = begin;
            while (end < run.findings.size() && run.findings[end].file == file)
                ++end;
            if (run.findings[begin].fingerprint.empty())
                groups.emplace(run.paths[file], run.findings.subspan(begin, end - begin));
            begin = end;
        }
        return groups;
    };
    const auto set = [](const LateRun& run, std::span<Diagnostic> findings) {
        set_fingerprints(*run.rules, run.bytes(findings.front().file), findings);
    };
    const Groups before = groups_of(base);
    const Groups now = groups_of(head);
    for (const auto& [path, findings] : now) {
        const auto old = before.find(path);
        if (old == before.end()) {
            set(head, findings);
            continue;
        }
        const auto content = head.content(findings.front().file);
        const bool same =
            content && content == base.content(old->second.front().file) &&
            std::equal(findings.begin(), findings.end(), old->second.begin(), old->second.end(),
                       [](const Diagnostic& a, const Diagnostic& b) {
                           return a.range == b.range && a.rule == b.rule &&
                                  a.message == b.message && a.subject == b.subject;
                       });
        if (!same) {
            set(base, old->second);
            set(head, findings);
            continue;
        }
        for (std::size_t i = 0; i < findings.size(); ++i) {
            findings[i].fingerprint = std::string(path) + '\0' + std::to_string(i);
            old->second[i].fingerprint = findings[i].fingerprint;
        }
    }
    for (const auto& [path, findings] : before) {
        if (!now.contains(path))
            set(base, findings);
    }
}

std::map<std::string, std::string> find_renames(
    std::span<const std::pair<std::string, std::string_view>> base,
    std::span<const std::pair<std::string, std::string_view>> head) {
    std::map<std::string, std::string> renamed;
    std::vector<bool> used(base.size());
    std::map<std::string, std::vector<std::size_t>> by_bytes;
    for (std::size_t i = base.size(); i-- > 0;)
        by_bytes[hash128_hex(base[i].second)].push_back(i);
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < head.size(); ++i) {
        const auto same = by_bytes.find(hash128_hex(head[i].second));
        if (same == by_bytes.end() || same->second.empty() || head[i].second.empty()) {
            others.push_back(i);
            continue;
        }
        renamed[head[i].first] = base[same->second.back()].first;
        used[same->second.back()] = true;
        same->second.pop_back();
    }
    // A page in another markup shares its name, and hardly a line.
    std::map<std::string_view, std::size_t> by_name;
    for (std::size_t i = 0; i < base.size(); ++i) {
        if (!used[i] && !page_name(base[i].first).empty())
            by_name.emplace(page_name(base[i].first), i);
    }
    std::erase_if(others, [&](std::size_t i) {
        const auto same = by_name.find(page_name(head[i].first));
        if (same == by_name.end() || used[same->second] ||
            !is_converted(base[same->second].first, head[i].first))
            return false;
        renamed[head[i].first] = base[same->second].first;
        used[same->second] = true;
        return true;
    });
    if (others.size() * base.size() > kMostPairs)
        return renamed;
    std::vector<std::vector<std::uint64_t>> lines(base.size());
    for (std::size_t i = 0; i < base.size(); ++i) {
        if (!used[i])
            lines[i] = line_hashes(base[i].second);
    }
    // The most alike first, then by name.
    std::vector<std::tuple<double, std::size_t, std::size_t>> pairs;
    for (const std::size_t i : others) {
        const std::vector<std::uint64_t> own = line_hashes(head[i].second);
        for (std::size_t j = 0; j < base.size(); ++j) {
            const std::size_t most = std::max(own.size(), lines[j].size());
            if (used[j] || most == 0)
                continue;
            const double alike =
                static_cast<double>(common(own, lines[j])) / static_cast<double>(most);
            if (alike >= 0.5)
                pairs.emplace_back(-alike, i, j);
        }
    }
    std::sort(pairs.begin(), pairs.end());
    for (const auto& [alike, i, j] : pairs) {
        if (used[j] || renamed.contains(head[i].first))
            continue;
        renamed[head[i].first] = base[j].first;
        used[j] = true;
    }
    return renamed;
}

}  // namespace docathon

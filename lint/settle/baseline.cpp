#include "lint/settle/baseline.h"

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon {
namespace {

using Json = nlohmann::json;
using Key = std::tuple<std::string, std::string, std::string>;  // rule, path, fingerprint
using Counts = std::map<Key, std::uint32_t>;

constexpr int kVersion = 1;

Baseline from_counts(const Counts& counts) {
    Baseline baseline;
    for (const auto& [key, count] : counts) {
        if (count == 0)
            continue;
        const auto& [rule, path, fingerprint] = key;
        baseline.entries.push_back({rule, path, fingerprint, count});
    }
    return baseline;
}

void add(Counts& counts, Key key, std::uint32_t count) {
    std::uint32_t& sum = counts[std::move(key)];
    sum = count > std::numeric_limits<std::uint32_t>::max() - sum
              ? std::numeric_limits<std::uint32_t>::max()
              : sum + count;
}

Key key_of(const Diagnostic& finding, const RuleSet& rules, std::span<const std::string> paths) {
    return {rules.specs[finding.rule].id, baseline_path(paths[finding.file]), finding.fingerprint};
}

/// A string member, or nullptr if it is missing, empty or something else.
const std::string* text_of(const Json& entry, const char* name) {
    const auto member = entry.find(name);
    if (member == entry.end() || !member->is_string())
        return nullptr;
    const auto* text = member->get_ptr<const std::string*>();
    return text->empty() ? nullptr : text;
}

/// What is wrong with the text at a byte offset, with its line and column.
tl::unexpected<Error> fail_at(std::string message, std::string_view text, std::size_t offset,
                              std::string_view path) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
    std::uint32_t column = 1;
    for (const char c : before.substr(line_begin)) {
        if ((static_cast<unsigned char>(c) & 0xc0u) != 0x80u)
            ++column;
    }
    return fail(std::move(message), std::string(path), static_cast<std::uint32_t>(line), column);
}

/// Nesting a baseline never has; the parser below recurses over it.
constexpr std::size_t kDeepest = 64;

}  // namespace

std::string baseline_path(std::string_view path) {
    return first_invalid(path) == std::string_view::npos ? std::string(path)
                                                         : percent_encode_path(path);
}

Result<Baseline> read_baseline(std::string_view text, std::string_view path) {
    const auto wrong = [&](std::string message) {
        return fail(std::move(message), std::string(path));
    };
    Json json;
    try {
        // Throws from the callback leave the parser at once: depth is bounded before it recurses.
        json = Json::parse(text, [](int depth, Json::parse_event_t, Json&) {
            if (depth > static_cast<int>(kDeepest))
                throw std::length_error("nested too deeply");
            return true;
        });
    } catch (const Json::parse_error& error) {
        return fail_at("the baseline is not valid JSON", text, error.byte > 0 ? error.byte - 1 : 0,
                       path);
    } catch (const std::exception&) {
        return wrong("the baseline is not valid: nested too deeply");
    }
    if (!json.is_object())
        return wrong("the baseline is not a JSON object");
    const auto version = json.find("version");
    if (version == json.end() || !version->is_number_integer()) {
        return wrong("the baseline has no 'version'; write it anew with 'baseline create'");
    }
    if (*version != kVersion) {
        return wrong("the baseline has version " + version->dump() +
                     ", this program reads version " + std::to_string(kVersion));
    }
    const auto entries = json.find("entries");
    if (entries == json.end() || !entries->is_array()) {
        return wrong("the baseline has no list 'entries'");
    }
    Counts counts;
    std::size_t number = 0;
    for (const Json& entry : *entries) {
        ++number;
        const std::string which = "entry " + std::to_string(number) + " of the baseline ";
        if (!entry.is_object())
            return wrong(which + "is not an object");
        const std::string* rule = text_of(entry, "rule");
        const std::string* file = text_of(entry, "path");
        const std::string* fingerprint = text_of(entry, "fingerprint");
        const auto count = entry.find("count");
        if (rule == nullptr || file == nullptr || fingerprint == nullptr) {
            return wrong(which + "needs the texts 'rule', 'path' and 'fingerprint'");
        }
        if (count == entry.end() || !count->is_number_unsigned() || *count == 0u ||
            *count > std::numeric_limits<std::uint32_t>::max()) {
            return wrong(which + "needs a 'count' of at least 1");
        }
        add(counts, {*rule, *file, *fingerprint}, count->get<std::uint32_t>());
    }
    return from_counts(counts);
}

std::string write_baseline(const Baseline& baseline) {
    const auto quoted = [](const std::string& text) {
        return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    std::string text = "{\"version\": " + std::to_string(kVersion) + ", \"entries\": [";
    bool first = true;
    for (const BaselineEntry& entry : baseline.entries) {
        text += first ? "\n" : ",\n";
        first = false;
        text += "{\"rule\": " + quoted(entry.rule) + ", \"path\": " + quoted(entry.path) +
                ", \"fingerprint\": " + quoted(entry.fingerprint) +
                ", \"count\": " + std::to_string(entry.count) + "}";
    }
    text += first ? "]}\n" : "\n]}\n";
    return text;
}

Baseline create_baseline(std::span<const Diagnostic> findings, const RuleSet& rules,
                         std::span<const std::string> paths) {
    Counts counts;
    for (const Diagnostic& finding : findings)
        add(counts, key_of(finding, rules, paths), 1);
    return from_counts(counts);
}

BaselineUse apply_baseline(
    const Baseline& baseline, const RuleSet& rules, std::span<const std::string> paths,
    std::vector<Diagnostic>& findings,
    const std::function<bool(std::string_view rule, std::string_view path)>& checked) {
    Counts open;
    for (const BaselineEntry& entry : baseline.entries) {
        add(open, {entry.rule, entry.path, entry.fingerprint}, entry.count);
    }
    BaselineUse use;
    Counts left;
    const auto accept = [&](Diagnostic& finding, Key key) {
        finding.suppressed = true;
        finding.baselined = true;
        ++use.accepted;
        add(left, std::move(key), 1);
    };
    std::vector<Diagnostic*> others;
    for (Diagnostic& finding : findings) {
        if (finding.suppressed)
            continue;
        Key key = key_of(finding, rules, paths);
        const auto entry = open.find(key);
        if (entry != open.end() && entry->second > 0) {
            --entry->second;
            accept(finding, std::move(key));
        } else {
            others.push_back(&finding);
        }
    }
    // Renamed files: what is left, without its path. Paths that were not looked at stay out of it,
    // their findings may well be where they were.
    std::map<std::pair<std::string, std::string>, std::vector<Counts::value_type*>> moved;
    for (auto& entry : open) {
        const auto& [rule, path, fingerprint] = entry.first;
        if (entry.second == 0)
            continue;
        if (checked && !checked(rule, path)) {
            add(left, entry.first, entry.second);
        } else {
            moved[{rule, fingerprint}].push_back(&entry);
            use.stale += entry.second;
        }
    }
    for (Diagnostic* finding : others) {
        const auto entry = moved.find({rules.specs[finding->rule].id, finding->fingerprint});
        if (entry == moved.end())
            continue;
        std::vector<Counts::value_type*>& sources = entry->second;
        while (!sources.empty() && sources.back()->second == 0)
            sources.pop_back();
        if (sources.empty())
            continue;
        --sources.back()->second;
        --use.stale;
        accept(*finding, key_of(*finding, rules, paths));
    }
    use.left = from_counts(left);
    return use;
}

BaselineUpdate update_baseline(
    const Baseline& baseline, const RuleSet& rules, std::span<const std::string> paths,
    std::vector<Diagnostic> findings, bool allow_growth,
    const std::function<bool(std::string_view rule, std::string_view path)>& checked) {
    BaselineUse use = apply_baseline(baseline, rules, paths, findings, checked);
    BaselineUpdate update;
    update.removed = use.stale;
    Counts counts;
    for (const BaselineEntry& entry : use.left.entries) {
        add(counts, {entry.rule, entry.path, entry.fingerprint}, entry.count);
    }
    for (const Diagnostic& finding : findings) {
        if (finding.suppressed)
            continue;
        if (allow_growth) {
            add(counts, key_of(finding, rules, paths), 1);
            ++update.added;
        } else {
            ++update.refused;
        }
    }
    update.baseline = from_counts(counts);
    return update;
}

}  // namespace docathon

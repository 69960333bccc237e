// Evidence in the pages themselves for what repository and site they belong to. Weighed, never
// taken on trust: an address counts only together with others that name what this tree has.

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/index/project_index.h"

namespace docathon {

namespace {

/// An inferred repository or site needs this many different addresses that name something of the
/// tree, and as many of them as do not.
constexpr std::size_t kWitnesses = 3;

struct Tally {
    std::set<std::string, std::less<>> known;
    std::set<std::string, std::less<>> unknown;
    [[nodiscard]] bool convinces() const {
        return known.size() >= kWitnesses && known.size() >= unknown.size();
    }
};

/// The key with most witnesses, or "" when none convinces or two are equal.
std::string best_of(const std::map<std::string, Tally>& tallies) {
    std::string best;
    std::size_t most = 0;
    bool tie = false;
    for (const auto& [key, tally] : tallies) {
        if (!tally.convinces())
            continue;
        if (tally.known.size() > most) {
            best = key;
            most = tally.known.size();
            tie = false;
        } else if (tally.known.size() == most) {
            tie = true;
        }
    }
    return tie ? std::string() : best;
}

bool is_current(std::string_view version) {
    static constexpr std::array<std::string_view, 6> kCurrent = {"main",   "master", "latest",
                                                                 "stable", "dev",    "HEAD"};
    return std::find(kCurrent.begin(), kCurrent.end(), version) != kCurrent.end();
}

/// Notebooks tell of the sites of other projects, whose pages may well have the same names.
const FileFacts& as_witness(const FileFacts& facts) {
    static const FileFacts kNone;
    return facts.format == Format::notebook ? kNone : facts;
}

}  // namespace

void ProjectIndex::infer_repository() {
    repository_ = detected().repository;
    if (!repository_.owner.empty())
        return;
    std::map<std::string, Tally> tallies;  // by "owner/name"
    for (FileId id = 0; id < tree().files().size(); ++id) {
        for (const Reference& reference : as_witness(facts(id)).references) {
            constexpr std::string_view kHost = "//github.com/";
            const TargetParts parts = split_target(reference.target);
            if (!parts.network || !parts.path.starts_with(kHost))
                continue;
            const std::vector<std::string_view> names = split(parts.path.substr(kHost.size()), '/');
            if (names.size() < 5 || (names[2] != "blob" && names[2] != "tree") ||
                !is_current(names[3]))
                continue;
            const auto at = static_cast<std::size_t>(names[4].data() - parts.path.data());
            const std::string path = normalize_path(percent_decode(parts.path.substr(at)));
            Tally& tally = tallies[std::string(names[0]) + "/" + std::string(names[1])];
            const bool known = tree().find(path) != kNoFile || tree().is_folder(path);
            (known ? tally.known : tally.unknown).insert(path);
        }
    }
    const std::string best = best_of(tallies);
    if (best.empty())
        return;
    if (std::optional<RepositoryInfo> info = parse_repository_url("https://github.com/" + best)) {
        repository_ = std::move(*info);
    }
}

void ProjectIndex::infer_sites() {
    own_sites_ = detected().own_sites;
    for (std::size_t number = 0; number < sites_.size(); ++number) {
        const auto has_site = [&](const OwnSite& own) {
            return own.sphinx == static_cast<int>(number);
        };
        if (std::any_of(own_sites_.begin(), own_sites_.end(), has_site))
            continue;
        std::map<std::string, Tally> tallies;  // by what stands before the version
        for (FileId id = 0; id < tree().files().size(); ++id) {
            for (const Reference& reference : as_witness(facts(id)).references) {
                const TargetParts parts = split_target(reference.target);
                if (!parts.network || !parts.path.ends_with(".html"))
                    continue;
                const std::string_view path = parts.path.substr(2);
                for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
                     slash = path.find('/', slash + 1)) {
                    const std::size_t next = path.find('/', slash + 1);
                    if (next == std::string_view::npos)
                        break;
                    if (!is_current(path.substr(slash + 1, next - slash - 1)))
                        continue;
                    std::string page(path.substr(next + 1, path.size() - next - 6));
                    Tally& tally = tallies[std::string(path.substr(0, slash + 1))];
                    const bool known =
                        page != "index" && find_page(sites_[number], page) != nullptr;
                    (known ? tally.known : tally.unknown).insert(std::move(page));
                    break;
                }
            }
        }
        const std::string best = best_of(tallies);
        if (best.empty())
            continue;
        OwnSite& own = own_sites_.emplace_back();
        own.url = best;
        own.source = sites_[number].spec->source_dir;
        own.sphinx = static_cast<int>(number);
        own.versions = {"main", "master", "latest", "stable", "dev"};
    }
    infer_mkdocs_sites();
}

void ProjectIndex::infer_mkdocs_sites() {
    for (const MkdocsSite& site : detected().mkdocs) {
        if (std::any_of(own_sites_.begin(), own_sites_.end(),
                        [&](const OwnSite& own) { return own.source == site.docs_dir; }))
            continue;
        // Without a version in them: `host/base/page/`, or `host/base/folder/page/`.
        std::map<std::string, Tally> tallies;
        for (FileId id = 0; id < tree().files().size(); ++id) {
            for (const Reference& reference : as_witness(facts(id)).references) {
                const TargetParts parts = split_target(reference.target);
                constexpr std::string_view kForge = "//github.com/";
                if (!parts.network || !parts.path.ends_with('/') || parts.path.starts_with(kForge))
                    continue;
                const std::string_view path = parts.path.substr(2, parts.path.size() - 3);
                std::size_t slash = path.size();
                for (int level = 0; level < 3; ++level) {
                    slash = slash == 0 ? std::string_view::npos : path.rfind('/', slash - 1);
                    if (slash == std::string_view::npos)
                        break;
                    std::string page(path.substr(slash + 1));
                    const std::string file = join_path(site.docs_dir, page);
                    const bool known = tree().find(file + ".md") != kNoFile ||
                                       tree().find(file + "/index.md") != kNoFile;
                    Tally& tally = tallies[std::string(path.substr(0, slash + 1))];
                    (known ? tally.known : tally.unknown).insert(std::move(page));
                }
            }
        }
        const std::string best = best_of(tallies);
        if (best.empty())
            continue;
        OwnSite& own = own_sites_.emplace_back();
        own.url = best;
        own.source = site.docs_dir;
    }
}

}  // namespace docathon

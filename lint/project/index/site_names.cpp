#include "lint/project/index/site_names.h"

#include <algorithm>
#include <tuple>

#include "lint/core/nearest.h"
#include "lint/core/strings.h"

namespace docathon {

namespace {

/// Names that one is compared with; where there are more, none is offered.
constexpr std::size_t kMostNames = 8000;

auto key_of(const SiteName& name) {
    return std::make_tuple(name.kind, std::string_view(name.name), name.file, name.begin);
}

bool before(const SiteName& name, LabelKind kind, std::string_view wanted) {
    return name.kind != kind ? name.kind < kind : name.name < wanted;
}

}  // namespace

std::string SiteNames::fold(LabelKind kind, std::string_view name) {
    return kind == LabelKind::term ? ascii_lower(name) : std::string(name);
}

void SiteNames::add(SiteName name) {
    name.name = fold(name.kind, name.name);
    names_.push_back(std::move(name));
}

void SiteNames::freeze(const std::vector<std::vector<FileId>>& included_by) {
    std::sort(names_.begin(), names_.end(),
              [](const SiteName& a, const SiteName& b) { return key_of(a) < key_of(b); });
    for (std::size_t begin = 0; begin < names_.size();) {
        const SiteName& head = names_[begin];
        std::size_t end = begin;
        while (end < names_.size() && names_[end].kind == head.kind &&
               names_[end].name == head.name) {
            ++end;
        }
        // Sphinx has the name from the first page with a title for it, and says so of later ones.
        const SiteName* first = nullptr;
        const SiteName* first_title = nullptr;
        const auto counts = [&](const SiteName& name) {
            return name.live && !name.automatic && !name.in_notebook &&
                   included_by[name.file].empty();
        };
        const auto is_title = [&](const SiteName& name) {
            return name.automatic && !name.in_notebook && included_by[name.file].empty();
        };
        bool live = false;
        for (std::size_t i = begin; i < end; ++i) {
            const SiteName& name = names_[i];
            if (name.live && !live) {
                live_.push_back({letters_of(name.name), static_cast<std::uint32_t>(i)});
                live = true;
            }
            if (counts(name) && name.titled && (first == nullptr || name.order < first->order))
                first = &name;
            if (is_title(name) && (first_title == nullptr ||
                                   std::make_pair(name.order, name.begin) <
                                       std::make_pair(first_title->order, first_title->begin)))
                first_title = &name;
        }
        for (std::size_t i = begin; i < end && first_title != nullptr; ++i) {
            SiteName& name = names_[i];
            if (is_title(name) && &name != first_title)
                name.first = first_title->file;
        }
        for (std::size_t i = begin; i < end && first != nullptr; ++i) {
            SiteName& name = names_[i];
            if (!counts(name) || name.order <= first->order)
                continue;
            name.first = first->file;
            // Either may be the one that is wrong.
            SiteName& of_first = names_[static_cast<std::size_t>(first - names_.data())];
            if (of_first.first == kNoFile)
                of_first.first = name.file;
        }
        begin = end;
    }
}

std::span<const SiteName> SiteNames::find(LabelKind kind, std::string_view name) const {
    const auto begin = std::lower_bound(names_.begin(), names_.end(), name,
                                        [kind](const SiteName& entry, std::string_view wanted) {
                                            return before(entry, kind, wanted);
                                        });
    const auto end = std::upper_bound(
        begin, names_.end(), name, [kind](std::string_view wanted, const SiteName& entry) {
            return kind != entry.kind ? kind < entry.kind : wanted < entry.name;
        });
    return {begin, end};
}

const SiteName* SiteNames::entry(FileId file, LabelKind kind, std::string_view name,
                                 std::uint32_t begin, bool automatic) const {
    const std::span<const SiteName> all = find(kind, fold(kind, name));
    const auto wanted = std::make_pair(file, begin);
    const auto at = std::lower_bound(all.begin(), all.end(), wanted,
                                     [](const SiteName& one, const auto& place) {
                                         return std::make_pair(one.file, one.begin) < place;
                                     });
    for (auto i = at; i != all.end() && i->file == file && i->begin == begin; ++i) {
        if (i->automatic == automatic)
            return &*i;
    }
    return nullptr;
}

std::string_view SiteNames::nearest(LabelKind kind, std::string_view name,
                                    std::size_t distance) const {
    const auto begin = std::partition_point(live_.begin(), live_.end(), [&](const Live& live) {
        return names_[live.entry].kind < kind;
    });
    const auto end = std::partition_point(
        begin, live_.end(), [&](const Live& live) { return names_[live.entry].kind == kind; });
    if (static_cast<std::size_t>(end - begin) > kMostNames)
        return {};
    const std::uint64_t letters = letters_of(name);
    std::vector<std::string_view> near;
    for (auto at = begin; at != end; ++at) {
        const std::string& candidate = names_[at->entry].name;
        const std::size_t longer = std::max(candidate.size(), name.size());
        const std::size_t shorter = std::min(candidate.size(), name.size());
        if (longer - shorter > distance * 4)
            continue;
        if (may_be_near(letters, at->letters, distance))
            near.push_back(candidate);
    }
    return docathon::nearest(name, std::span<const std::string_view>(near), distance);
}

}  // namespace docathon

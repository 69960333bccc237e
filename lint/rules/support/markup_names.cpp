#include "lint/rules/support/markup_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/parse/rst/directive_table.h"

namespace docathon::rules {

namespace {

using rst::MarkupTables;

/// Names that MyST-Parser, MyST-NB and mystmd add.
constexpr std::array<std::string_view, 6> kMystNames = {"eval-rst", "code-cell", "figure-md",
                                                        "sub-ref",  "div",       "tableofcontents"};

/// All names as they may be written: those of the default domains also without their domain.
std::vector<std::string_view> names_of(std::span<const std::string_view> all) {
    std::vector<std::string_view> names;
    for (const std::string_view name : all) {
        names.push_back(name);
        for (const std::string_view domain : {"py:", "std:"}) {
            if (name.starts_with(domain))
                names.push_back(name.substr(domain.size()));
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

const std::vector<std::string_view>& names_of(NameKind kind) {
    static const std::vector<std::string_view> directives =
        names_of(MarkupTables::built_in().directive_names());
    static const std::vector<std::string_view> roles =
        names_of(MarkupTables::built_in().role_names());
    return kind == NameKind::directive ? directives : roles;
}

/// `cards` beside `card`: as likely a name of its own as a slip.
bool differs_in_plural(std::string_view a, std::string_view b) {
    const std::string_view longer = a.size() > b.size() ? a : b;
    const std::string_view shorter = a.size() > b.size() ? b : a;
    return longer.size() == shorter.size() + 1 && longer.starts_with(shorter) &&
           longer.back() == 's' && !longer.ends_with("ss");
}

/// A slip so small that no project would name something else so.
bool is_slip(std::string_view name, std::string_view known) {
    constexpr std::size_t kShortest = 5;
    constexpr std::size_t kLong = 10;
    if (name.size() < kShortest || differs_in_plural(name, known))
        return false;
    // `github_user` beside `github:user`: the colon of a domain is not mistyped.
    if (std::count(name.begin(), name.end(), ':') != std::count(known.begin(), known.end(), ':'))
        return false;
    const std::size_t most = name.size() < kLong ? 1 : 2;
    return edit_distance(name, known, most) <= most;
}

/// Names that every writer of reStructuredText has in the fingers, and that are too short for
/// is_slip().
constexpr std::array kCommonRoles = std::to_array<std::string_view>(
    {"attr", "class", "code", "const", "data", "download", "envvar", "exc", "file", "func", "math",
     "meth", "mod", "numref", "obj", "option", "samp", "term"});
constexpr std::array kCommonDirectives =
    std::to_array<std::string_view>({"code", "figure", "hint", "image", "include", "math", "note",
                                     "only", "role", "table", "todo", "topic", "warning"});

/// `fiel`, `att`, `claass` for the common name: two letters swapped, one left out behind the first,
/// or one doubled. A letter more or another letter may make a name of its own (`files`, `date`).
bool is_typing_error(std::string_view name, std::string_view common) {
    if (name.size() == common.size()) {
        const auto [a, b] = std::mismatch(name.begin(), name.end(), common.begin());
        return a != name.end() && a + 1 != name.end() && *a == *(b + 1) && *(a + 1) == *b &&
               std::equal(a + 2, name.end(), b + 2);
    }
    const bool less = name.size() + 1 == common.size();
    if (!less && name.size() != common.size() + 1)
        return false;
    const std::string_view longer = less ? common : name;
    const std::string_view shorter = less ? name : common;
    const auto at = static_cast<std::size_t>(
        std::mismatch(shorter.begin(), shorter.end(), longer.begin()).first - shorter.begin());
    if (shorter.size() < 3 || at == 0 || shorter.substr(at) != longer.substr(at + 1))
        return false;
    return less || longer[at] == longer[at - 1];
}

/// The common name that the written one is a typing error of, or "".
std::string_view common_name(NameKind kind, std::string_view name) {
    std::string_view inner = name;
    for (const std::string_view domain : {"py:", "std:"}) {
        if (inner.starts_with(domain))
            inner.remove_prefix(domain.size());
    }
    const std::span<const std::string_view> common =
        kind == NameKind::role ? std::span<const std::string_view>(kCommonRoles)
                               : std::span<const std::string_view>(kCommonDirectives);
    for (const std::string_view one : common) {
        if (is_typing_error(inner, one))
            return one;
    }
    return {};
}

}  // namespace

bool is_known_name(NameKind kind, std::string_view written, const Settings& settings) {
    const std::string name = ascii_lower(written);
    const MarkupTables& tables = MarkupTables::built_in();
    if (std::find(kMystNames.begin(), kMystNames.end(), name) != kMystNames.end())
        return true;
    if (kind == NameKind::directive) {
        return std::any_of(settings.own_directives.begin(), settings.own_directives.end(),
                           [&](const OwnDirective& own) { return own.name == name; }) ||
               tables.sphinx_directive(name, settings.primary_domain) != nullptr ||
               tables.docutils_directive(name) != nullptr;
    }
    return std::find(settings.own_roles.begin(), settings.own_roles.end(), written) !=
               settings.own_roles.end() ||
           name.starts_with("external:") || name.starts_with("external+") ||
           tables.sphinx_role(name, settings.primary_domain) != nullptr ||
           tables.docutils_role(name) != nullptr;
}

NameVerdict judge_name(NameKind kind, std::string_view written, const Settings& settings) {
    const std::string name = ascii_lower(written);
    NameVerdict verdict;
    const std::string_view near = nearest(name, std::span(names_of(kind)), 2);
    const bool slip = !near.empty() && is_slip(name, near);
    constexpr std::size_t kShortest = 4;
    const std::string_view common = common_name(kind, name);
    // The default domain of the site is another one: the name is right in its own.
    for (const std::string_view domain : {"py:", "std:", "c:", "cpp:"}) {
        const std::string full = std::string(domain) + name;
        if (std::binary_search(names_of(kind).begin(), names_of(kind).end(),
                               std::string_view(full))) {
            verdict.suggestion = full;
            verdict.wrong = settings.site >= 0 && !settings.open_markup;
            return verdict;
        }
    }
    const bool closed = settings.site >= 0 && !settings.open_markup;
    // A domain that no table has comes from somewhere, and hy:class is no slip for py:class.
    const std::size_t colon = name.find(':');
    const bool foreign =
        colon != std::string::npos && !MarkupTables::built_in().has_domain(name.substr(0, colon));
    if (foreign && near.ends_with(name.substr(colon)))
        return verdict;
    if (slip || (!near.empty() && name.size() >= kShortest && edit_distance(name, near, 1) <= 1))
        verdict.suggestion = near;
    else if (!common.empty())
        verdict.suggestion = common;
    verdict.wrong = slip || !common.empty() || (closed && !foreign);
    return verdict;
}

}  // namespace docathon::rules

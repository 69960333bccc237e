#include "lint/settle/foreign_ignores.h"

#include <re2/re2.h>

#include <algorithm>

#include "lint/core/path.h"
#include "lint/core/strings.h"

namespace docathon {

namespace {

using Patterns = std::vector<std::unique_ptr<re2::RE2>>;

// What is longer, or more, is not written by people; every finding is compared with each.
constexpr std::size_t kMostPatterns = 1000;
constexpr std::size_t kLongestPattern = 2000;

re2::StringPiece piece(std::string_view text) {
    return {text.data(), text.size()};
}

bool has_scheme(std::string_view target) {
    const std::size_t colon = target.find_first_of(":/#?");
    if (colon == std::string_view::npos || target[colon] != ':' || colon < 2)
        return false;
    const std::string_view scheme = target.substr(0, colon);
    return std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return is_ascii_alnum(c) || c == '+' || c == '-' || c == '.';
    });
}

/// The URL that lychee makes of a link in `page`.
std::string lychee_url(std::string_view root, std::string_view page, std::string_view target) {
    if (has_scheme(target))
        return std::string(target);
    const std::size_t end = std::min(target.find('#'), target.size());
    std::string file(page);
    if (end > 0) {
        const std::string_view path = target.substr(0, end);
        file =
            path.starts_with('/') ? normalize_path(path.substr(1)) : join_path(dirname(page), path);
    }
    return "file://" + std::string(root) + "/" + file + std::string(target.substr(end));
}

}  // namespace

struct ForeignIgnores::Impl {
    struct Site {
        std::string conf_path;
        std::vector<std::uint32_t> warnings;  // rules, ascending
        std::vector<std::string> targets;     // sorted
        Patterns whole_targets;
        Patterns links;
        [[nodiscard]] bool empty() const {
            return warnings.empty() && targets.empty() && whole_targets.empty() && links.empty();
        }
    };

    const RuleSet* rules = nullptr;
    std::string root;
    Patterns lychee;
    std::vector<Site> sites;
    std::vector<std::string> unreadable;
    std::vector<bool> link_rules;

    void add(Patterns& patterns, std::string_view expression) {
        if (patterns.size() >= kMostPatterns || expression.size() > kLongestPattern)
            return;
        auto pattern = std::make_unique<re2::RE2>(piece(expression), re2::RE2::Quiet);
        if (pattern->ok())
            patterns.push_back(std::move(pattern));
        else
            unreadable.emplace_back(expression);
    }

    /// The rules that have a warning's name ("myst.xref_missing") as an alias of Sphinx or MyST.
    /// "myst" and "myst.*" are all of MyST's (sphinx.util.logging.is_suppressed_warning).
    [[nodiscard]] std::vector<std::uint32_t> rules_of(const std::vector<std::string>& names) const {
        std::vector<std::uint32_t> found;
        for (std::size_t rule = 0; rule < rules->specs.size(); ++rule) {
            for (const auto& [tool, aliases] : rules->specs[rule].aliases) {
                if (tool != "sphinx" && tool != "myst")
                    continue;
                for (const std::string& alias : aliases) {
                    const std::string full = tool == "myst" ? "myst." + alias : alias;
                    const std::string type = full.substr(0, full.find('.'));
                    const auto names_it = [&](const std::string& name) {
                        return name == full || name == type || name == type + ".*";
                    };
                    if (std::any_of(names.begin(), names.end(), names_it))
                        found.push_back(static_cast<std::uint32_t>(rule));
                }
            }
        }
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }
};

ForeignIgnores::ForeignIgnores(const RuleSet& rules, const Input& input)
    : impl_(std::make_unique<Impl>()) {
    impl_->rules = &rules;
    impl_->root = input.root;
    for (const RuleSpec& rule : rules.specs)
        impl_->link_rules.push_back(rule.family() == "links");
    // One expression a line; '#' begins a comment line (lychee's README, "Ignoring links").
    for (const std::string_view line : split_lines(input.lycheeignore)) {
        const std::string_view expression = trim(line);
        if (!expression.empty() && !expression.starts_with('#'))
            impl_->add(impl_->lychee, expression);
    }
    for (const SphinxSite& sphinx : input.sites) {
        Impl::Site& site = impl_->sites.emplace_back();
        site.conf_path = sphinx.conf_path;
        site.warnings = impl_->rules_of(sphinx.suppress_warnings);
        site.targets = sphinx.nitpick_ignore;
        std::sort(site.targets.begin(), site.targets.end());
        for (const std::string& expression : sphinx.nitpick_ignore_regex)
            impl_->add(site.whole_targets, expression);
        for (const std::string& expression : sphinx.linkcheck_ignore)
            impl_->add(site.links, expression);
    }
}

ForeignIgnores::~ForeignIgnores() = default;

bool ForeignIgnores::empty() const {
    return impl_->lychee.empty() &&
           std::all_of(impl_->sites.begin(), impl_->sites.end(),
                       [](const Impl::Site& site) { return site.empty(); });
}

const std::vector<std::string>& ForeignIgnores::unreadable() const {
    return impl_->unreadable;
}

std::optional<std::string> ForeignIgnores::excuse(const Diagnostic& finding, std::string_view path,
                                                  int site) const {
    const bool link = impl_->link_rules[finding.rule] && !finding.subject.empty();
    if (link && !impl_->lychee.empty()) {
        const std::string url = lychee_url(impl_->root, path, finding.subject);
        for (const auto& pattern : impl_->lychee) {
            if (re2::RE2::PartialMatch(piece(url), *pattern))
                return ".lycheeignore: " + pattern->pattern();
        }
    }
    const bool object = impl_->rules->specs[finding.rule].id == "api/unresolved-reference";
    if (site < 0 && object) {
        // A docstring: whichever site shows it.
        for (int one = 0; one < static_cast<int>(impl_->sites.size()); ++one) {
            if (auto reason = excuse(finding, path, one))
                return reason;
        }
    }
    if (site < 0 || static_cast<std::size_t>(site) >= impl_->sites.size() ||
        finding.where == "repository")
        return std::nullopt;
    const Impl::Site& own = impl_->sites[static_cast<std::size_t>(site)];
    const auto by = [&](const char* what) { return what + (" in " + own.conf_path); };
    if (std::binary_search(own.warnings.begin(), own.warnings.end(), finding.rule))
        return by("suppress_warnings");
    if (!link && !object)
        return std::nullopt;
    const std::string subject = object ? "py:" + finding.subject : finding.subject;
    if (std::binary_search(own.targets.begin(), own.targets.end(), subject))
        return by("nitpick_ignore");
    const re2::StringPiece target = piece(subject);
    for (const auto& pattern : own.whole_targets) {
        if (re2::RE2::FullMatch(target, *pattern))
            return by("nitpick_ignore_regex");
    }
    for (const auto& pattern : own.links) {
        if (link && pattern->Match(target, 0, target.size(), re2::RE2::ANCHOR_START, nullptr, 0))
            return by("linkcheck_ignore");
    }
    return std::nullopt;
}

}  // namespace docathon

#include "lint/rules/support/references.h"

#include <algorithm>
#include <array>

#include "lint/core/path.h"
#include "lint/core/strings.h"

namespace docathon::rules {

namespace {

/// Host of `scheme://host/...` that begins at `at`, or "".
std::string_view host_at(std::string_view url, std::size_t at) {
    const std::size_t begin = url.find("://", at);
    if (begin == std::string_view::npos)
        return {};
    const std::string_view rest = url.substr(begin + 3);
    return rest.substr(0, rest.find('/'));
}

/// Whether a file of this name, found at another place, is the one that was meant.
bool is_telling_name(std::string_view name) {
    static constexpr std::array<std::string_view, 9> kSuffixes = {
        ".md", ".rst", ".ipynb", ".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp"};
    static constexpr std::array<std::string_view, 47> kCommon = {"api",
                                                                 "architecture",
                                                                 "authors",
                                                                 "banner",
                                                                 "changelog",
                                                                 "changes",
                                                                 "code_of_conduct",
                                                                 "contributing",
                                                                 "demo",
                                                                 "diagram",
                                                                 "example",
                                                                 "examples",
                                                                 "faq",
                                                                 "fig",
                                                                 "figure",
                                                                 "flow",
                                                                 "getting_started",
                                                                 "graph",
                                                                 "guide",
                                                                 "history",
                                                                 "home",
                                                                 "icon",
                                                                 "image",
                                                                 "img",
                                                                 "index",
                                                                 "install",
                                                                 "installation",
                                                                 "intro",
                                                                 "introduction",
                                                                 "license",
                                                                 "logo",
                                                                 "notes",
                                                                 "output",
                                                                 "overview",
                                                                 "plot",
                                                                 "quickstart",
                                                                 "readme",
                                                                 "result",
                                                                 "results",
                                                                 "screenshot",
                                                                 "security",
                                                                 "setup",
                                                                 "support",
                                                                 "test",
                                                                 "todo",
                                                                 "tutorial",
                                                                 "usage"};
    const std::string lower = ascii_lower(name);
    const std::string suffix(extension(lower));
    if (std::find(kSuffixes.begin(), kSuffixes.end(), suffix) == kSuffixes.end())
        return false;
    std::string stem = lower.substr(0, lower.size() - suffix.size());
    std::replace(stem.begin(), stem.end(), '-', '_');
    if (std::find(kCommon.begin(), kCommon.end(), stem) != kCommon.end())
        return false;
    // figure_2.png is as common as figure.png.
    while (!stem.empty() && (is_ascii_digit(stem.back()) || stem.back() == '_'))
        stem.pop_back();
    return stem.size() >= 3 && std::find(kCommon.begin(), kCommon.end(), stem) == kCommon.end();
}

/// A reader who missed the old target finds the new one, and nobody else loses anything.
bool mends(const Resolution& before, const Resolution& after) {
    return before.state == Found::missing ? after.state == Found::found
                                          : after.state != Found::missing;
}

}  // namespace

std::string url_fault(std::string_view target) {
    if (target.starts_with('('))
        return "the URL begins with '('; write one pair of parentheses";
    for (const std::string_view quote : {"`", "'", "\"", "\u201c", "\u2018"}) {
        if (target.starts_with(quote) && target.substr(quote.size()).starts_with("http"))
            return "the URL begins with a quotation mark, which is part of it";
    }
    for (const std::string_view bad :
         {"https//", "http//", "https:///", "http:///", "ttps://", "ttp://", "hhttps://",
          "hhttp://", "htps://", "htts://", "http:://", "https:://", "https:://"}) {
        if (target.starts_with(bad))
            return "'" + std::string(bad) + "' is no scheme; write 'https://'";
    }
    for (const std::string_view scheme : {"https:", "http:"}) {
        // `http::StatusCode` is a path of Rust or C++ code, which their builders resolve.
        if (target.starts_with(scheme) && !target.substr(scheme.size()).starts_with("//") &&
            !target.substr(scheme.size()).starts_with(':')) {
            return "'//' is missing behind '" + std::string(scheme) + "'";
        }
    }
    for (const std::string_view twice : {"https://https://", "https://http://", "http://https://",
                                         "http://http://", "https://https:/", "http://http:/"}) {
        if (target.starts_with(twice))
            return "the scheme is written twice";
    }
    if (target.starts_with("file:"))
        return "a file: URL leads to the author's own machine; link by a relative path";
    if (target.starts_with("http")) {
        // An address inside an address is an archive's or a proxy's way, unless it is the same
        // site.
        const std::size_t second = target.find("://", 8);
        if (second != std::string_view::npos) {
            const std::size_t start = target.rfind("http", second);
            const std::string_view outer = host_at(target, 0);
            if (start != std::string_view::npos && start > 0 && target[start - 1] == '/' &&
                target.find('?') > start && outer == host_at(target, start)) {
                return "two URLs run into each other";
            }
        }
        const bool opened = target.find('<') != std::string_view::npos ||
                            target.find("%3C") != std::string_view::npos;
        if (!opened && (target.ends_with('>') || target.ends_with("%3E")))
            return "a stray '>' at the end";
    }
    return {};
}

bool is_external(const TargetParts& parts) {
    if (parts.network)
        return true;
    return !parts.scheme.empty() && parts.scheme != "path" && parts.scheme != "project";
}

bool is_judged(const Reference& reference) {
    constexpr std::uint16_t kElsewhere = reference_flag::kTemplated |
                                         reference_flag::kByDefinition | reference_flag::kExternal |
                                         reference_flag::kUnused;
    const std::string_view target = reference.target;
    // <project:page.md>, <path:file> and <inv:key#name> of MyST are no URLs.
    const bool bare = (reference.flags & reference_flag::kBare) != 0 &&
                      !target.starts_with("project:") && !target.starts_with("path:") &&
                      !target.starts_with("inv:");
    return (reference.flags & kElsewhere) == 0 && !bare && !is_placeholder(target);
}

bool looks_like_host(std::string_view target) {
    if (target.starts_with("www."))
        return true;
    const std::size_t slash = target.find('/');
    // Without a path behind it, `notes.org` is a file as well as a host.
    if (slash == std::string_view::npos || slash + 1 == target.size())
        return false;
    const std::string_view host = target.substr(0, slash);
    const std::size_t dot = host.rfind('.');
    if (dot == std::string_view::npos || dot == 0)
        return false;
    static constexpr std::array<std::string_view, 14> kTop = {"com", "org", "net",  "io", "dev",
                                                              "ai",  "edu", "gov",  "gg", "ly",
                                                              "co",  "app", "page", "tv"};
    const std::string top = ascii_lower(host.substr(dot + 1));
    if (std::find(kTop.begin(), kTop.end(), top) == kTop.end())
        return false;
    return std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.';
    });
}

const Resolution& primary(const Verdict& verdict) {
    return verdict.site.state == Found::not_applicable ? verdict.repository : verdict.site;
}

std::string where_note(const Verdict& verdict) {
    const std::string where = verdict.where();
    if (where == "site" && verdict.repository.state == Found::found) {
        return " (dead on the site, alive in the repository view)";
    }
    if (where == "repository" && verdict.site.state == Found::found) {
        return " (dead in the repository view, alive on the site)";
    }
    return {};
}

Resolution resolve_doc(const ProjectIndex& index, FileId from, const Reference& reference) {
    if (reference.target.find(':') != std::string::npos)
        return index.resolve_foreign_document(from, reference.target);
    Resolution answer = index.resolve_document(from, reference.target, false, false);
    // Inventories that are not given may have a page; that a page of the site was meant is surer.
    if (answer.state != Found::missing)
        return answer;
    Resolution foreign = index.resolve_foreign_document(from, reference.target);
    if (foreign.state == Found::found)
        answer.state = Found::found;
    if (foreign.state == Found::unknown && index.asks_for_documents(from))
        return foreign;
    return answer;
}

std::string hint(const std::string& suggestion) {
    return suggestion.empty() ? std::string() : "; did you mean '" + suggestion + "'?";
}

std::string shorten(std::string_view url) {
    constexpr std::size_t kLongest = 300;
    std::string text(url.substr(0, kLongest));
    if (url.size() > kLongest)
        text += "...";
    return text;
}

void fix_moved_path(const ProjectContext& context, const Reference& reference,
                    std::string_view missing_path, const std::string& suggestion,
                    Diagnostic& diagnostic) {
    const std::string_view name = basename(missing_path);
    if (suggestion.empty() || basename(suggestion) != name ||
        context.index.tree().with_name(name).size() != 1)
        return;
    const TargetParts parts = split_target(reference.target);
    if (!parts.scheme.empty() || parts.path.empty())
        return;
    // Written as it is meant: no escapes of the format, of HTML or of URLs, on neither side.
    if (reference.range.size() != reference.target.size() ||
        parts.path.find('%') != std::string_view::npos ||
        !std::all_of(suggestion.begin(), suggestion.end(), [](char c) {
            return is_ascii_alnum(c) ||
                   std::string_view("/._-~+").find(c) != std::string_view::npos;
        }))
        return;
    Reference moved = reference;
    moved.target = suggestion + reference.target.substr(parts.path.size());
    if (reference.kind == ReferenceKind::include) {
        if (context.index.resolve_include(context.file, moved).state != Found::found)
            return;
    } else {
        const Verdict before = context.index.resolve_path(context.file, reference);
        const Verdict after = context.index.resolve_path(context.file, moved);
        if (!mends(before.site, after.site) || !mends(before.repository, after.repository))
            return;
    }
    const auto begin = reference.range.begin;
    const auto end = static_cast<std::uint32_t>(begin + parts.path.size());
    diagnostic.fix = Fix{"name the file where it is now",
                         {Edit{Range{begin, end}, suggestion}},
                         is_telling_name(name) ? FixSafety::safe : FixSafety::unsafe};
}

void complete(Diagnostic& diagnostic, const Reference& reference, std::string where) {
    diagnostic.subject = reference.target;
    diagnostic.where = std::move(where);
}

}  // namespace docathon::rules

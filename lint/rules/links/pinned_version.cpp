// links/pinned-version: see rules/links/pinned-version.yaml.

#include <algorithm>

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

bool is_hex(std::string_view text) {
    return text.size() >= 7 && text.size() <= 40 &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// v1.2, 1.2.3, 0.4: a version as a tag or a folder of a site.
bool is_version(std::string_view text) {
    if (text.starts_with('v'))
        text.remove_prefix(1);
    if (text.empty() || text[0] < '0' || text[0] > '9')
        return false;
    bool dot = false;
    for (const char c : text) {
        if (c == '.')
            dot = true;
        else if ((c < '0' || c > '9') && c != '-' && !(c >= 'a' && c <= 'z'))
            return false;
    }
    return dot;
}

std::string_view component(std::string_view& path) {
    while (path.starts_with('/'))
        path.remove_prefix(1);
    const std::size_t slash = path.find('/');
    const std::string_view head = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    return head;
}

/// What the URL is pinned to, or "".
std::string pin_of(const TargetParts& parts) {
    std::string_view rest = parts.path;
    const std::string_view host = component(rest);
    if (host == "github.com" || host == "www.github.com" || host == "raw.githubusercontent.com") {
        component(rest);
        component(rest);
        if (host != "raw.githubusercontent.com") {
            const std::string_view verb = component(rest);
            if (verb != "blob" && verb != "tree" && verb != "raw")
                return {};
        }
        const std::string_view branch = component(rest);
        if (is_hex(branch) && branch.size() >= 10)
            return "commit " + std::string(branch.substr(0, 10));
        if (branch == "release" || branch == "releases") {
            return "branch " + std::string(branch) + "/" + std::string(component(rest));
        }
        if (is_version(branch))
            return "version " + std::string(branch);
        return {};
    }
    if (host == "pytorch.org" || host == "docs.pytorch.org" || host == "www.pytorch.org") {
        component(rest);
        const std::string_view version = component(rest);
        if (is_version(version))
            return "version " + std::string(version);
    }
    return {};
}

class PinnedVersion final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        for (const Reference& reference : context.facts.references) {
            if ((reference.flags & (reference_flag::kTemplated | reference_flag::kByDefinition)) !=
                0)
                continue;
            const TargetParts parts = split_target(reference.target);
            if (parts.scheme != "https" && parts.scheme != "http")
                continue;
            // A line number is only right with the commit it was taken from.
            if (parts.fragment.starts_with('L') && parts.fragment.size() > 1 &&
                parts.fragment[1] >= '0' && parts.fragment[1] <= '9')
                continue;
            const std::string pin = pin_of(parts);
            if (pin.empty())
                continue;
            complete(sink.report(reference.range,
                                 "this URL is pinned to " + pin +
                                     "; link to main or stable, unless the old text is meant"),
                     reference, "");
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_pinned_version(const Options&) {
    return std::make_unique<PinnedVersion>();
}

}  // namespace docathon::rules

// Splitting of reference targets (RFC 3986 section 3 and appendix B) and placeholders.

#include <algorithm>
#include <array>

#include "lint/project/index/project_index.h"

namespace docathon {

namespace {

bool is_scheme_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '.' || c == '-';
}

}  // namespace

TargetParts split_target(std::string_view target) {
    TargetParts parts;
    std::size_t colon = 0;
    while (colon < target.size() && is_scheme_char(target[colon]))
        ++colon;
    // One letter and a colon is a drive of a file system, not a scheme.
    if (colon > 1 && colon < target.size() && target[colon] == ':' &&
        !(target[0] >= '0' && target[0] <= '9')) {
        parts.scheme = target.substr(0, colon);
        target.remove_prefix(colon + 1);
    }
    if (target.starts_with("//"))
        parts.network = true;
    const std::size_t hash = target.find('#');
    if (hash != std::string_view::npos) {
        parts.has_fragment = true;
        parts.fragment = target.substr(hash + 1);
        target = target.substr(0, hash);
    }
    const std::size_t question = target.find('?');
    if (question != std::string_view::npos) {
        parts.query = target.substr(question + 1);
        target = target.substr(0, question);
    }
    parts.path = target;
    return parts;
}

bool is_placeholder(std::string_view target) {
    for (std::size_t at = 0; at < target.size(); ++at) {
        switch (target[at]) {
            case '{':
            case '}':
            case '<':
            case '>':
            case '$':
                return true;
            case '.':
                if (target.substr(at, 3) == "...")
                    return true;
                break;
            case '\xe2':
                if (target.substr(at, 3) == "…")
                    return true;
                break;
            default:
                break;
        }
    }
    // Pelican's way to name a file of its content: |filename|/pages/a.rst.
    if (target.starts_with('|') && target.find('|', 1) != std::string_view::npos)
        return true;
    // A macro of the site's own that is put in before the page is read: [x](__#y).
    const std::string_view path = target.substr(0, target.find('#'));
    if (!path.empty() && path.find_first_not_of('_') == std::string_view::npos)
        return true;
    static constexpr std::array<std::string_view, 16> kWords = {
        "url",  "URL", "link", "LINK",         "path",          "PATH", "href",    "todo",
        "TODO", "tbd", "TBD",  "path/to/file", "path/to/image", "uri",  "address", "target"};
    return std::find(kWords.begin(), kWords.end(), target) != kWords.end() ||
           target.starts_with("path/to/");
}

}  // namespace docathon

#include "docathon/version.h"

namespace docathon {

std::string_view version() {
    return DOCATHON_VERSION;
}

std::vector<std::pair<std::string, std::string>> library_versions() {
    // "name version|name version", made by CMake from what it found.
    std::vector<std::pair<std::string, std::string>> versions;
    std::string_view rest = DOCATHON_LIBRARIES;
    while (!rest.empty()) {
        const std::size_t end = rest.find('|');
        const std::string_view one = rest.substr(0, end);
        const std::size_t space = one.find(' ');
        if (space != std::string_view::npos)
            versions.emplace_back(one.substr(0, space), one.substr(space + 1));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return versions;
}

}  // namespace docathon

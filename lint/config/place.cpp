#include "lint/config/place.h"

#include "lint/core/path.h"

namespace docathon {

std::string_view base_of(std::string_view path) {
    if (path.starts_with('/') || path.starts_with("../") || is_url(path))
        return {};
    return dirname(path);
}

std::optional<std::string> join_inside(std::string_view folder, std::string_view path) {
    if (path.starts_with('/') || path.find('\0') != std::string_view::npos)
        return std::nullopt;
    std::string joined = join_path(folder, path);
    if (leaves_root(joined))
        return std::nullopt;
    return joined;
}

bool is_url(std::string_view text) {
    if (text.starts_with("//"))
        return true;
    // A colon before the first slash: a scheme, a host of scp or a drive letter.
    return text.substr(0, text.find('/')).find(':') != std::string_view::npos;
}

}  // namespace docathon

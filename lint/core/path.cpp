#include "lint/core/path.h"

#include <algorithm>
#include <vector>

#include "lint/core/strings.h"

namespace docathon {

std::string normalize_path(std::string_view path) {
    const bool absolute = !path.empty() && path.front() == '/';
    std::string out(absolute ? "/" : "");
    out.reserve(path.size());
    const std::size_t base = out.size();
    std::size_t floor = base;  // what ".." may not remove: the root, or the ".." before it
    std::size_t i = 0;
    while (i < path.size()) {
        std::size_t end = path.find('/', i);
        if (end == std::string_view::npos)
            end = path.size();
        const std::string_view part = path.substr(i, end - i);
        i = end + 1;
        if (part.empty() || part == ".")
            continue;
        if (part == "..") {
            if (out.size() > floor) {
                const std::size_t slash = out.rfind('/');
                out.resize(slash == std::string::npos || slash < base ? base : slash);
                if (out.size() < floor)
                    out.resize(floor);
                continue;
            }
            if (absolute)
                continue;
        }
        if (out.size() > base)
            out += '/';
        out += part;
        if (part == "..")
            floor = out.size();
    }
    return out;
}

std::string join_path(std::string_view base, std::string_view path) {
    if (base.empty() || (!path.empty() && path.front() == '/'))
        return normalize_path(path);
    std::string joined(base);
    joined += '/';
    joined += path;
    return normalize_path(joined);
}

std::string_view dirname(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return {};
    return path.substr(0, slash == 0 ? 1 : slash);
}

std::string_view basename(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view extension(std::string_view path) {
    const std::string_view name = basename(path);
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || name == "..")
        return {};
    return name.substr(dot);
}

bool leaves_root(std::string_view normalized) {
    return normalized == ".." || normalized.substr(0, 3) == "../";
}

bool is_within(std::string_view folder, std::string_view path) {
    if (folder.empty())
        return path.empty() || (path.front() != '/' && !leaves_root(path));
    if (path.substr(0, folder.size()) != folder)
        return false;
    return path.size() == folder.size() || folder.back() == '/' || path[folder.size()] == '/';
}

std::string relative_path(std::string_view from, std::string_view path) {
    const auto parts_of = [](std::string_view p) {
        if (!p.empty() && p.front() == '/')
            p.remove_prefix(1);
        return p.empty() ? std::vector<std::string_view>{} : split(p, '/');
    };
    const std::vector<std::string_view> a = parts_of(from);
    const std::vector<std::string_view> b = parts_of(path);
    std::size_t common = 0;
    while (common < std::min(a.size(), b.size()) && a[common] == b[common])
        ++common;
    std::string out;
    for (std::size_t i = common; i < a.size(); ++i)
        out += out.empty() ? ".." : "/..";
    for (std::size_t i = common; i < b.size(); ++i) {
        if (!out.empty())
            out += '/';
        out += b[i];
    }
    return out;
}

}  // namespace docathon

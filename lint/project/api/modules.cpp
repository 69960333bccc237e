#include "lint/project/api/modules.h"

#include <algorithm>
#include <set>

#include "lint/core/path.h"
#include "lint/core/strings.h"

namespace docathon {

bool is_module_name(std::string_view name) {
    return !name.empty() && !is_ascii_digit(name[0]) &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return is_ascii_alnum(c) || c == '_' || (c & 0x80) != 0; });
}

bool is_python_path(std::string_view path) {
    return path.ends_with(".py") || path.ends_with(".pyi");
}

std::string module_of_path(std::string_view path, bool& package) {
    path = path.substr(0, path.rfind('.'));
    package = basename(path) == "__init__";
    if (package)
        path = dirname(path);
    std::string out;
    for (const std::string_view part : split(path, '/')) {
        if (!is_module_name(part))
            return {};
        if (!out.empty())
            out += '.';
        out += part;
    }
    return out;
}

std::vector<ApiModuleFile> project_modules(const FileTree& tree) {
    std::set<std::string_view> packages;
    for (const FileEntry& file : tree.files()) {
        const std::string_view name = basename(file.path);
        if (name == "__init__.py" || name == "__init__.pyi")
            packages.insert(dirname(file.path));
    }
    std::vector<ApiModuleFile> out;
    for (FileId id = 0; id < tree.files().size(); ++id) {
        const FileEntry& file = tree.file(id);
        if (!file.lintable || file.symlink || !is_python_path(file.path))
            continue;
        std::string_view base = dirname(file.path);
        // A folder without __init__.py in a package is imported as a part of it all the same (PEP
        // 420), if its name can be that of a module.
        std::string_view package = base;
        while (!package.empty() && !packages.contains(package) && is_module_name(basename(package)))
            package = dirname(package);
        if (packages.contains(package))
            base = package;
        while (!base.empty() && packages.contains(base))
            base = dirname(base);
        ApiModuleFile module;
        module.file = id;
        module.shown = base.empty() ? file.path : file.path.substr(base.size() + 1);
        module.module = module_of_path(module.shown, module.package);
        if (!module.module.empty())
            out.push_back(std::move(module));
    }
    return out;
}

}  // namespace docathon

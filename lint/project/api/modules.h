#pragma once
// Which files of a project are modules of which packages. Owned data, sorted by path.

#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"
#include "lint/model/file_tree.h"

namespace docathon {

/// A Python file and the module that it is.
struct ApiModuleFile {
    FileId file = kNoFile;
    std::string shown;     ///< path relative to the folder that holds the package
    std::string module;    ///< dotted name
    bool package = false;  ///< an __init__ file
};

/// Whether the word can be a part of a module's name.
[[nodiscard]] bool is_module_name(std::string_view name);
/// Whether the path is one of a Python file, .py or .pyi.
[[nodiscard]] bool is_python_path(std::string_view path);
/// "a/b/c.py" to "a.b.c"; "" if a part is no name. `package` is set to whether it is an __init__.
[[nodiscard]] std::string module_of_path(std::string_view path, bool& package);

/// Modules of a project: each file's name begins at the outermost package above it, without a
/// gap between; a file outside of packages is a module of its own folder.
[[nodiscard]] std::vector<ApiModuleFile> project_modules(const FileTree& tree);

}  // namespace docathon

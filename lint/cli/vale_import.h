#pragma once
// Rules of Vale (github.com/vale-cli/vale, its rule language as of 3.22) as rules of ours, for
// `rules import-vale`. Pure: text in, text out.

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace docathon {

/// One rule file of a Vale style.
struct ValeFile {
    std::string style;  ///< name of the style: the folder
    std::string name;   ///< name of the rule: the file without .yml
    std::string text;
};

/// What became of the rules of one kind (`extends`).
struct ValeKind {
    std::size_t found = 0;
    std::size_t converted = 0;
};

struct ValeImport {
    std::string rules;  ///< a rule file: YAML, a list of rules
    std::map<std::string, ValeKind> kinds;
    /// What could not be converted, in whole or in part, and why; one line each.
    std::vector<std::string> notes;
};

[[nodiscard]] ValeImport import_vale(std::span<const ValeFile> files);

}  // namespace docathon

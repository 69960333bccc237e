#pragma once
// The library's front door: lint text without a disk. For an editor, a bot or a binding.
//
// All functions may be called from any thread. A configuration or an option that is wrong throws
// std::invalid_argument with a message that names the place; nothing else is thrown on purpose.

#include <map>
#include <string>
#include <vector>

#include "docathon/config.h"
#include "docathon/diagnostic.h"

namespace docathon {

/// Lints one page on its own. Links to other files count as dead: use lint_files() for more.
[[nodiscard]] std::vector<Finding> lint_text(std::string path, std::string text,
                                             const LintOptions& options = {});

/// Lints a whole project given as path -> bytes. Files that are no pages (images, code, conf.py)
/// belong into it too: links may name them and detection reads them.
[[nodiscard]] std::vector<Finding> lint_files(std::map<std::string, std::string> files,
                                              const LintOptions& options = {});

}  // namespace docathon

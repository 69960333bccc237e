#pragma once
// ForeignIgnores: what a project told other tools not to report, in files of their own: lychee's
// .lycheeignore, and suppress_warnings, nitpick_ignore and linkcheck_ignore of Sphinx. Owns all it
// needs; const after it is made.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/diagnostic.h"
#include "lint/model/rule_set.h"
#include "lint/model/settings.h"

namespace docathon {

class ForeignIgnores {
  public:
    struct Input {
        std::string root;          ///< absolute: lychee knows a file by its file:// URL
        std::string lycheeignore;  ///< text of the file at the root; empty if there is none
        std::span<const SphinxSite> sites;  ///< empty if Sphinx's settings do not hold here
    };
    ForeignIgnores(const RuleSet& rules, const Input& input);
    ~ForeignIgnores();
    ForeignIgnores(const ForeignIgnores&) = delete;
    ForeignIgnores& operator=(const ForeignIgnores&) = delete;

    /// Whether there is anything that could excuse a finding.
    [[nodiscard]] bool empty() const;
    /// What makes it needless to report a finding in the file `path` of the Sphinx site `site` (-1:
    /// of none), such as "linkcheck_ignore in docs/conf.py"; nullopt if nothing does.
    ///
    /// - .lycheeignore: a link finding whose URL, or the file:// URL that lychee makes of a path,
    ///   one of the expressions matches somewhere.
    /// - linkcheck_ignore: the same at the beginning of the target as written (re.match).
    /// - nitpick_ignore, nitpick_ignore_regex: the target as written, whole.
    /// - suppress_warnings: a rule that has the name of the warning as an alias.
    /// Those of Sphinx say nothing about a link that is dead on GitHub only.
    [[nodiscard]] std::optional<std::string> excuse(const Diagnostic& finding,
                                                    std::string_view path, int site) const;
    /// Expressions that RE2 does not know: they excuse nothing.
    [[nodiscard]] const std::vector<std::string>& unreadable() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace docathon

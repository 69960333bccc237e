#pragma once
// EngineSet: all rules without C++ of one run. They are compiled together, so that a file is walked
// once for all selectors and each of its texts is searched once for all patterns.
//
// Const after make(); threads share it. It borrows the RuleSpecs and Options it was made of.

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"
#include "lint/rules/check.h"
#include "lint/rules/engines/engine.h"

namespace docathon {

/// One rule with one set of options.
struct EngineRule {
    const RuleSpec* spec = nullptr;
    const Options* options = nullptr;
    std::uint32_t rule = 0;  ///< Diagnostic::rule of its findings
};

/// The names of all engines, sorted.
[[nodiscard]] std::span<const std::string_view> engine_names();
[[nodiscard]] bool is_engine(std::string_view check);

class EngineSet {
  public:
    EngineSet();
    ~EngineSet();
    EngineSet(EngineSet&&) noexcept;
    EngineSet& operator=(EngineSet&&) noexcept;

    /// Compiles `rules`. `data` reads what they name with `data:`. The error is the first in the
    /// order of the rules; `all`, if given, receives every one.
    [[nodiscard]] static Result<EngineSet> make(std::span<const EngineRule> rules,
                                                const rules::DataReader& data,
                                                std::vector<Error>* all = nullptr);

    [[nodiscard]] std::size_t size() const;
    /// Whether any rule asks for the kind of a page, with `pages:` or `allow:`.
    [[nodiscard]] bool needs_page_kinds() const;

    /// Checks one file with the rules for which active[position in `rules`] is true. `page_kinds`:
    /// what the file is besides a page, such as "tutorial".
    void check(const FileContext& context, std::span<const std::string> page_kinds,
               const std::vector<bool>& active, std::vector<Diagnostic>& out,
               Sink::UnknownCounts* unknown) const;

    /// The alternatives of the patterns of one rule as written, with how many times each matches in
    /// the file: for `test-rules`. Added to `counts`.
    void count_alternatives(const FileContext& context, std::size_t rule,
                            std::map<std::string, std::size_t>& counts) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Which kinds of pages a file is, by its path.
class PageKinds {
  public:
    /// `configured`: kind -> globs, relative to the folder `base`. Kinds that are not configured
    /// and have a meaning of their own: post, tutorial, readme, changelog.
    PageKinds(const std::map<std::string, std::vector<std::string>>& configured, std::string base);
    [[nodiscard]] std::vector<std::string> of(std::string_view path) const;

  private:
    std::map<std::string, std::vector<Glob>> kinds_;
    std::map<std::string, std::vector<Glob>> defaults_;
    std::string base_;
};

}  // namespace docathon

#pragma once
// PageChecks: the rules of a run, made ready to look at pages: which of them look at which page,
// with which options, and in which order. Const after it is made, so that threads share it.

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/cli/page_slot.h"
#include "lint/cli/pipeline.h"
#include "lint/model/document.h"
#include "lint/rules/check.h"
#include "lint/rules/engines/engine_set.h"

namespace docathon {

/// Files that are parsed, in the order of their ids: pages, and Python where a rule is on that is
/// about Python or its files are pages of sphinx-gallery. Links into a symbolic link reach the file
/// itself, which is in the tree under its own name, so the link is not read a second time.
[[nodiscard]] std::vector<FileId> pages_to_read(const LintJob& job);

class PageChecks {
  public:
    /// `profiles` by FileId; those of all pages must have been made. Both outlive it.
    PageChecks(const LintJob& job, const std::vector<std::size_t>& profiles);

    /// The rule is on in this file and looks at it.
    [[nodiscard]] bool runs(std::uint32_t rule, FileId file) const;
    [[nodiscard]] const EffectiveRule& effective(std::uint32_t rule, FileId file) const;
    /// A rule is on that judges examples.
    [[nodiscard]] bool reads_examples() const { return reads_examples_; }
    /// Of the data files of rules, in the order in which they were asked for.
    [[nodiscard]] const std::vector<std::uint64_t>& data_hashes() const { return data_hashes_; }
    /// Why rules without C++ do not run at all; empty if they do.
    [[nodiscard]] const std::string& engine_error() const { return engine_error_; }

    /// Rules of scope `file`; `slot` has the source and the facts.
    void check_file(FileId id, PageSlot& slot, const Document& document,
                    const Settings& settings) const;
    /// Problems that the parser found.
    void report_input(FileId id, PageSlot& slot) const;
    /// Rules of scope `project`, and those that read docstrings as text, for which `bytes` gives
    /// the bytes of the page and sets the slot's source.
    void check_project(const ProjectContext& context, PageSlot& slot,
                       const std::function<std::string_view(FileId)>& bytes) const;

  private:
    /// The checks of one rule, one for each of the options it has somewhere; empty where the rule
    /// is off everywhere, has no native check or judges another way.
    using Checks = std::vector<std::unique_ptr<Check>>;

    void make_checks();
    void make_engines();
    [[nodiscard]] const Check* check_for(std::uint32_t rule, FileId file, const FileFacts& facts,
                                         bool project) const;
    void check_engines(FileId id, PageSlot& slot, const FileContext& context) const;
    void check_docstrings(const ProjectContext& context, PageSlot& slot,
                          const std::function<std::string_view(FileId)>& bytes) const;

    /// Names of targets in any Python file: docstrings of one page share them. Read once, when the
    /// first docstring lacks one.
    const std::set<std::string, std::less<>>& docstring_targets(
        const ProjectIndex& index, const std::function<std::string_view(FileId)>& bytes_of) const;

    const LintJob& job_;
    const std::vector<std::size_t>& profiles_;
    std::vector<Checks> checks_;  // by rule
    std::vector<std::uint32_t> input_rules_;
    bool reads_examples_ = false;
    EngineSet engines_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> engine_rules_;  // rule, its options
    std::string engine_error_;
    std::optional<PageKinds> page_kinds_;
    std::vector<std::uint64_t> data_hashes_;
    mutable std::once_flag targets_read_;
    mutable std::set<std::string, std::less<>> targets_;
};

}  // namespace docathon

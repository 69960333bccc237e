#pragma once
// Check: what a native rule implements. A Check is const after construction, so all threads share
// one without locks; it reports through a Sink that belongs to one task.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lint/core/source_file.h"
#include "lint/model/diagnostic.h"
#include "lint/model/document.h"
#include "lint/model/facts.h"
#include "lint/model/rule.h"
#include "lint/model/settings.h"

namespace docathon {

class ProjectIndex;
struct UrlAnswers;

/// One parsed file, for checks of scope `file`.
struct FileContext {
    const SourceFile& source;
    const Document& document;
    const FileFacts& facts;
    const Settings& settings;
};

/// One file's facts among all, for checks of scope `project`. Never source text.
struct ProjectContext {
    FileId file;
    const FileFacts& facts;
    const Settings& settings;
    const ProjectIndex& index;
    /// What `links check` learned; nullptr in every other run.
    const UrlAnswers* urls = nullptr;
};

/// Collects the findings of one rule in one file.
class Sink {
  public:
    using UnknownCounts = std::map<std::string, std::uint64_t>;
    using JudgedCounts = std::map<std::uint32_t, std::uint64_t>;

    /// `unknown` counts what could not be decided, by reason; `judged` what was looked at, by
    /// rule. Both may be null.
    Sink(std::uint32_t rule, FileId file, std::vector<Diagnostic>& out,
         UnknownCounts* unknown = nullptr, JudgedCounts* judged = nullptr)
        : rule_(rule), file_(file), out_(out), unknown_(unknown), judged_(judged) {}

    /// The finding may be completed through the reference, until the next report.
    Diagnostic& report(Range range, std::string message) {
        Diagnostic& diagnostic = out_.emplace_back();
        diagnostic.rule = rule_;
        diagnostic.file = file_;
        diagnostic.range = range;
        diagnostic.message = std::move(message);
        return diagnostic;
    }

    /// Whether a "did you mean" is still worth its time: nobody reads the suggestions of a page
    /// with hundreds of findings, and finding each costs a look at many names.
    [[nodiscard]] bool may_suggest() const {
        constexpr std::size_t kMost = 200;
        return out_.size() < kMost;
    }

    /// Something could not be decided: silent in the findings, counted by --stats.
    void unknown(const std::string& reason) {
        if (unknown_ != nullptr)
            ++(*unknown_)[reason];
    }

    /// The rule looked at so many more objects; ratchet rules say of how many they found theirs.
    void judged(std::uint64_t objects) {
        if (judged_ != nullptr && objects > 0)
            (*judged_)[rule_] += objects;
    }

  private:
    std::uint32_t rule_;
    FileId file_;
    std::vector<Diagnostic>& out_;
    UnknownCounts* unknown_;
    JudgedCounts* judged_;
};

class Check {
  public:
    Check() = default;
    Check(const Check&) = delete;
    Check& operator=(const Check&) = delete;
    virtual ~Check() = default;
    /// Called once a file when the rule's scope is `file`.
    virtual void file(const FileContext&, Sink&) const {}
    /// Called once a file, after the index is frozen, when the scope is `project`.
    virtual void project(const ProjectContext&, Sink&) const {}
    /// Called once for a Python file with docstrings that pages show, when the scope is `file` and
    /// the rule is about Python. The document has them as docutils reads them (nodes and
    /// messages), the facts are those of the file, and the settings those of the page.
    virtual void docstrings(const FileContext&, Sink&) const {}
    /// Whether docstrings() is there, so that docstrings are worth reading as text.
    [[nodiscard]] virtual bool reads_docstrings() const { return false; }
};

}  // namespace docathon

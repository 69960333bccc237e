#pragma once
// New, fixed, remaining: two runs compared by the fingerprints of their findings, which know
// neither lines nor paths. Pure.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/model/diagnostic.h"
#include "lint/model/rule_set.h"

namespace docathon {

/// One of the two runs.
struct ComparedRun {
    const RuleSet* rules = nullptr;
    std::span<const std::string> paths;  ///< by FileId
    std::span<const Diagnostic> findings;
};

/// Positions in the findings of the two runs, ascending.
struct Comparison {
    std::vector<std::size_t> added;                              ///< of head: not in base
    std::vector<std::size_t> removed;                            ///< of base: not in head
    std::vector<std::pair<std::size_t, std::size_t>> remaining;  ///< base, head
};

/// A finding remains if the other run has one of the same rule and fingerprint; each counts once.
/// Of several, the one in the same file is taken first, then the one in the file that it was
/// renamed from (`renamed`: path in head -> path in base), then any: text that moved to another
/// file takes its findings along. In a page that was converted to another markup (a.rst -> a.md)
/// the same rule and subject are enough.
[[nodiscard]] Comparison compare_findings(const ComparedRun& base, const ComparedRun& head,
                                          const std::map<std::string, std::string>& renamed);

/// A run whose findings may lack fingerprints (SettleInput::late).
struct LateRun {
    const RuleSet* rules = nullptr;
    std::span<const std::string> paths;  ///< by FileId
    std::span<Diagnostic> findings;      ///< in order of path
    std::function<std::string_view(FileId)> bytes;
    /// Hash of the bytes of a file; nullopt: not known.
    std::function<std::optional<std::array<std::uint64_t, 2>>(FileId)> content;
};

/// Gives the findings that lack one a fingerprint, so that the runs can be compared. In a file with
/// the same content and the same findings on both sides it is one that is good for that only, and
/// no bytes are asked for.
void set_late_fingerprints(const LateRun& base, const LateRun& head);

/// Files that were renamed: (path, bytes) of files that only base has, and of those that only head
/// has. Equal bytes first, then pages of the same name in another markup, then those that
/// share most lines, at least half of the larger one.
/// Returns path in head -> path in base. Linear in the bytes; where there are very many files on
/// both sides, only equal ones are found.
[[nodiscard]] std::map<std::string, std::string> find_renames(
    std::span<const std::pair<std::string, std::string_view>> base,
    std::span<const std::pair<std::string, std::string_view>> head);

}  // namespace docathon

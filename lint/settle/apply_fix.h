#pragma once
// Applying fixes to a text. Pure: what is done with the new text (written, compared, linted again)
// is the business of the caller.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/diagnostic.h"

namespace docathon {

/// Whether edits can be applied as they stand to a text of `size` bytes: each inside the text,
/// sorted, none overlapping the one before, no two insertions at one place (their order would be
/// a guess).
[[nodiscard]] bool edits_apply(std::span<const Edit> edits, std::size_t size);

/// The text with all edits made. edits_apply(edits, text.size()) must hold.
[[nodiscard]] std::string apply_edits(std::string_view text, std::span<const Edit> edits);

/// What apply_fixes() made of a text.
struct FixOutcome {
    std::string text;
    std::size_t applied = 0;  ///< fixes made
    std::size_t skipped = 0;  ///< fixes left out because they touch an earlier one; try them again
};

/// Applies the fixes of `findings` (all of one file) in their order; a fix is made whole or not at
/// all. Unsafe ones only if `with_unsafe`. A fix equal to one that was made counts as applied.
[[nodiscard]] FixOutcome apply_fixes(std::string_view text, std::span<const Diagnostic> findings,
                                     bool with_unsafe = false);

}  // namespace docathon

#pragma once
// Fingerprints: what makes a finding the same finding after the text around it has moved, after the
// file was renamed, and after the message was worded anew.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "lint/model/diagnostic.h"
#include "lint/model/rule_set.h"

namespace docathon {

/// 32 hex digits made of the rule's id, the subject, the flagged slice with white space folded (its
/// first 4 KiB) and the ordinal among findings equal in those three. Neither line, message nor
/// path.
[[nodiscard]] std::string fingerprint(std::string_view rule_id, std::string_view subject,
                                      std::string_view slice, std::uint32_t ordinal);

/// Fills Diagnostic::fingerprint of findings of one file, which must be in document order: ordinals
/// count from 0 in that order. `bytes` are the file's; ranges beyond them count as empty.
void set_fingerprints(const RuleSet& rules, std::string_view bytes, std::span<Diagnostic> findings);

}  // namespace docathon

#pragma once
// What the rules on links share: which references they look at, and the words of their messages.

#include <string>
#include <string_view>

#include "lint/model/facts.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"

namespace docathon::rules {

/// A scheme, or //host: the target is not of this tree. MyST's own `path:` and `project:` are.
[[nodiscard]] bool is_external(const TargetParts& parts);

/// References whose target nobody can decide here, or that are judged at another place: templates,
/// placeholders, uses of a link definition, bare URLs.
[[nodiscard]] bool is_judged(const Reference& reference);

/// Does `target` begin with a host name (`pytorch.org/blog`): an URL whose scheme was forgotten?
[[nodiscard]] bool looks_like_host(std::string_view target);

/// What is wrong with the spelling of a target (a doubled parenthesis, a scheme without its colon),
/// or "": links/malformed-url reports it, and no other rule judges such a target.
[[nodiscard]] std::string url_fault(std::string_view target);

/// The reader whose answer counts: the site's where the page is built, else the repository view.
[[nodiscard]] const Resolution& primary(const Verdict& verdict);

/// " (dead on the site, alive in the repository view)" and its twin, or "" when dead in both.
[[nodiscard]] std::string where_note(const Verdict& verdict);

/// What `doc` names: a page of the site, else one in the inventory of another project.
[[nodiscard]] Resolution resolve_doc(const ProjectIndex& index, FileId from,
                                     const Reference& reference);

/// "; did you mean 'x'?" or "".
[[nodiscard]] std::string hint(const std::string& suggestion);

/// A URL for a message, cut where it is longer than anybody reads.
[[nodiscard]] std::string shorten(std::string_view url);

/// Gives a finding on a dead path its fix, if `suggestion` (of ProjectIndex::suggest_path) is sure:
/// the only file of the repository that has the name of the missing one, and every reader who
/// misses that finds this. Safe for pages and images; of other files, and of names that many have
/// (overview.md, logo.png), the same name says less.
void fix_moved_path(const ProjectContext& context, const Reference& reference,
                    std::string_view missing_path, const std::string& suggestion,
                    Diagnostic& diagnostic);

/// Completes a link finding: subject, where.
void complete(Diagnostic& diagnostic, const Reference& reference, std::string where);

}  // namespace docathon::rules

#pragma once
// Markdown front end: bytes + Settings -> Document + FileFacts, in three passes: blocks (blocks.h),
// inlines (build.h), facts (facts.h). Pure; linear in the size of the file.

#include "lint/model/settings.h"
#include "lint/parse/markdown/flavor.h"
#include "lint/parse/parse.h"

namespace docathon::markdown {

/// Reads a Markdown file in the flavour of `settings`. Never fails.
[[nodiscard]] ParsedFile parse_markdown(std::string_view source, const Settings& settings);

/// The same for a dialect that is already made concrete.
[[nodiscard]] ParsedFile parse_markdown(std::string_view source, const Dialect& dialect,
                                        const Settings& settings = {});

}  // namespace docathon::markdown

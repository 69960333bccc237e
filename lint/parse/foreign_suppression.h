#pragma once
// Suppression comments of other tools, the part that all formats share: what the text of a comment
// says. Where it is and what it covers is the business of each front end.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/facts.h"

namespace docathon {

/// One comment of another tool.
struct ForeignComment {
    enum class Verb : std::uint8_t {
        disable,    ///< from here on
        enable,     ///< from here on
        line,       ///< the comment's own line
        next_line,  ///< the line below it
        file,       ///< the whole file
        capture,    ///< remember what is on
        restore,    ///< go back to what was remembered
    };
    SuppressionTool tool = SuppressionTool::markdownlint;
    Verb verb = Verb::disable;
    std::vector<std::string> ids;  ///< names of that tool; none = all of its rules
    std::string reason;            ///< how a finding says why it is silent: the comment's words
};

/// Reads the text of a comment (without its markup). Understood are:
/// `markdownlint-disable MD001 ...` and its further forms but `configure-file` and `enable-file`
/// (markdownlint 0.40, README "Configuration"), the same with `rumdl-`; `vale off`, `vale on`,
/// `vale Style.Rule = NO`; `@lint-ignore why`. nullopt for all else.
[[nodiscard]] std::optional<ForeignComment> parse_foreign_comment(std::string_view comment);

/// Reads a comment of Python, from its # on: `# noqa`, `# noqa: D417, DOC102`, anywhere in it and
/// in any case (verb `line`); `# flake8: noqa` and `# ruff: noqa`, with codes or without (verb
/// `file`). A colon without a code behind it is a slip, and silences nothing, as in ruff 0.17.
/// nullopt for all else.
[[nodiscard]] std::optional<ForeignComment> parse_noqa(std::string_view comment);

/// Whether parse_noqa() is worth its time.
[[nodiscard]] bool may_be_noqa(std::string_view comment);

}  // namespace docathon

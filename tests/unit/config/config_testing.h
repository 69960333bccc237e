#pragma once
// A small rule set for the tests of lint/config: they must not depend on the rules that exist.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lint/config/preset.h"
#include "lint/config/rule_file.h"
#include "lint/core/embedded.h"
#include "lint/core/result.h"

namespace docathon::testing {

/// The text of a rule file with the given parts; `extra` are further top-level lines.
inline std::string rule_text(std::string_view id, std::string_view preset = "core",
                             std::string_view severity = "error", std::string_view extra = "") {
    std::string text = "id: " + std::string(id) + "\n";
    text += "check: native\nscope: file\nformats: [markdown]\n";
    text += "severity: " + std::string(severity) + "\n";
    text += "preset: " + std::string(preset) + "\n";
    text += "status: stable\nsince: \"0.1\"\n";
    text += "summary: Something is wrong.\nrationale: Readers are misled.\n";
    return text + std::string(extra);
}

inline RuleSet config_rules() {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"rules/api/missing-docstring.yaml",
         rule_text("api/missing-docstring", "core", "warning",
                   "ratchet: true\naliases: {ruff: [D100, D101]}\n")},
        {"rules/links/dead-url.yaml", rule_text("links/dead-url", "links-check", "error")},
        {"rules/links/legacy-host.yaml", rule_text("links/legacy-host", "pytorch", "warning")},
        {"rules/links/missing-anchor.yaml",
         rule_text("links/missing-anchor", "core", "error",
                   "aliases: {markdownlint: [MD051], rumdl: [MD051], myst: [xref_missing]}\n"
                   "options:\n"
                   "  ignore: {type: regex-list, default: [], help: Never checked.}\n"
                   "  depth: {type: integer, default: 3, help: How deep.}\n"
                   "  mode: {type: choice, choices: [loose, tight], default: tight, help: How.}\n"
                   "  html: {type: boolean, default: true, help: Whether.}\n")},
        {"rules/links/missing-target.yaml",
         rule_text("links/missing-target", "core", "error",
                   "aliases: {rumdl: [MD057], myst: [xref_missing]}\n"
                   "options:\n"
                   "  ignore: {type: regex-list, default: [], help: Never checked.}\n")},
        {"rules/markup/title-level.yaml", rule_text("markup/title-level", "strict", "warning",
                                                    "aliases: {markdownlint: [MD001]}\n")},
        {"rules/style/vague-text.yaml", rule_text("style/vague-text", "opt-in", "note")},
    };
    std::vector<EmbeddedFile> files;
    files.reserve(rows.size());
    for (const auto& [path, text] : rows)
        files.push_back({path, text});
    Result<RuleSet> rules = load_rules(files, RuleDetail::full);
    EXPECT_TRUE(rules.has_value()) << rules.error().to_string();
    return rules ? std::move(*rules) : RuleSet();
}

inline std::vector<Preset> small_presets() {
    const std::vector<EmbeddedFile> files = {
        {"rules/presets/all.yaml",
         "summary: All.\nincludes: [core, strict, pytorch]\nmembers: [opt-in]\n"},
        {"rules/presets/core.yaml", "summary: Core.\n"},
        {"rules/presets/pytorch.yaml", "summary: PyTorch.\nincludes: [core]\n"},
        {"rules/presets/strict.yaml", "summary: Strict.\nincludes: [core]\n"},
    };
    Result<std::vector<Preset>> presets = load_presets(files);
    EXPECT_TRUE(presets.has_value()) << presets.error().to_string();
    return presets ? std::move(*presets) : std::vector<Preset>();
}

/// The error of a Result as it is printed, or "" if there is none.
template <class T>
std::string error_of(const Result<T>& result) {
    return result ? std::string() : result.error().to_string();
}

}  // namespace docathon::testing

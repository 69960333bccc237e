#pragma once
// Config: the configuration file and flags of one run, as plain data (PRODUCT.md section 2).

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lint/core/value.h"
#include "lint/model/diagnostic.h"
#include "lint/model/settings.h"

namespace docathon {

/// Where a value of the configuration was written.
struct ConfigPlace {
    std::string path;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// One entry of a `rules:` map.
struct RuleSetting {
    std::string selector;              ///< id, alias, "family/*" or "*"
    std::optional<Severity> severity;  ///< off | note | warning | error
    bool on = false;                   ///< `on`: the rule's own severity
    Value options;                     ///< map of option values, or null
    ConfigPlace place;
};

struct Override {
    std::vector<std::string> files;  ///< globs relative to the config file
    std::optional<Flavor> flavor;
    std::vector<RuleSetting> rules;
    ConfigPlace place;
};

struct SitePattern {
    std::string url;     ///< "https://docs.pytorch.org/executorch/{stable,main}/"
    std::string source;  ///< folder
};

struct ProjectConfig {
    /// Corrections of detection for a Sphinx source folder.
    struct Sphinx {
        std::string source;
        Value directives;
        std::vector<std::string> roles;
    };
    std::vector<Sphinx> sphinx;
    Value python;
    std::vector<SitePattern> sites;
    std::string repository_url;
    std::string repository_branch;
    std::map<std::string, std::string> inventories;
    std::map<std::string, std::string> apis;
    std::vector<std::string> deprecated;
    std::map<std::string, std::string> generated;  ///< glob -> template path
    std::map<std::string, std::vector<std::string>> page_kinds;
};

struct Config {
    std::string path;  ///< of the configuration file, empty if none
    std::string base;  ///< its folder relative to the root: globs are relative to it
    std::vector<std::string> extends;  ///< as written, left to right; "core" is implied
    std::vector<ConfigPlace> extends_places;
    std::vector<std::string> exclude;
    std::vector<std::string> rule_paths;
    std::vector<RuleSetting> rules;
    std::vector<Override> overrides;
    ProjectConfig project;
    Value links;  ///< kept whole for `links check`
    bool suppress_unused_note = true;
    bool suppress_require_reason = false;
    /// Whose suppressions hold here too; all of them by default.
    std::vector<std::string> suppress_honour = {"noqa",         "markdownlint", "lint-ignore",
                                                "lycheeignore", "sphinx",       "vale"};
    std::string baseline;
    Severity fail_on = Severity::warning;  ///< off = never
    std::uint64_t max_file_bytes = 10u << 20;
};

}  // namespace docathon

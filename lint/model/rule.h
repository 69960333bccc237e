#pragma once
// RuleSpec: one rule file (rules/<family>/<name>.yaml) as data. The rule's page, its option schema,
// its SARIF descriptor and its tests all come from here.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "lint/core/value.h"
#include "lint/model/diagnostic.h"
#include "lint/model/facts.h"

namespace docathon {

enum class OptionType : std::uint8_t {
    boolean,
    integer,
    string,
    string_list,
    regex,
    regex_list,
    choice
};

struct OptionSpec {
    std::string name;
    OptionType type = OptionType::string;
    std::vector<std::string> choices;
    Value default_value;
    std::string help;
};

/// Typed option values of one rule, validated against its OptionSpecs; an option that is not
/// declared cannot be asked for (assert).
class Options {
  public:
    struct Entry {
        bool boolean = false;
        std::int64_t integer = 0;
        std::string string;
        std::vector<std::string> strings;
        bool operator==(const Entry&) const = default;
    };
    [[nodiscard]] bool boolean(const std::string& name) const { return at(name).boolean; }
    [[nodiscard]] std::int64_t integer(const std::string& name) const { return at(name).integer; }
    [[nodiscard]] const std::string& string(const std::string& name) const {
        return at(name).string;
    }
    /// For string_list and regex_list.
    [[nodiscard]] const std::vector<std::string>& strings(const std::string& name) const {
        return at(name).strings;
    }
    std::map<std::string, Entry> entries;
    bool operator==(const Options&) const = default;

  private:
    [[nodiscard]] const Entry& at(const std::string& name) const;
};

struct ExpectedFinding {
    std::string file;
    std::string text;     ///< the exact slice of the source that is flagged
    std::string message;  ///< exact message; empty = not compared
    std::string where;    ///< empty = not compared
};

struct RuleExample {
    std::string name;
    std::map<std::string, std::string> files;  ///< path -> content
    std::vector<ExpectedFinding> expect;
    std::vector<std::string> also;  ///< other core rules that may fire here
    Value options;                  ///< option values for this example (map or null)
    Value config;                   ///< whole configuration for this example (map or null)
    std::map<std::string, std::string> fixed;  ///< path -> content after safe fixes
    /// For rules of `links check`: URL -> what is known of it, as read_url_answer() reads it.
    std::map<std::string, std::string> answers;
};

struct RuleSpec {
    std::string id;     ///< "links/missing-anchor"
    std::string path;   ///< the file it came from
    std::string check;  ///< "native" or the name of an engine
    bool project_scope = false;
    std::vector<Format> formats;
    Severity severity = Severity::warning;
    std::string
        preset;  ///< the lowest preset that has it: core strict pytorch blog opt-in links-check
    std::string status;  ///< preview stable deprecated
    std::string since;
    bool ratchet = false;
    std::map<std::string, std::vector<std::string>> aliases;  ///< tool -> names
    std::string summary;
    std::string rationale;
    std::vector<std::string> silent;  ///< what stays silent on purpose, and why (one line each)
    double precision = -1;  ///< share of labelled findings that were true, -1 = not measured
    std::vector<OptionSpec> options;
    std::vector<RuleExample> examples;
    Value body;  ///< the whole file: engines read their own keys here

    [[nodiscard]] std::string family() const { return id.substr(0, id.find('/')); }
};

}  // namespace docathon

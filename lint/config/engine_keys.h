#pragma once
// The keys that engines have in rule files: their names, types and help, for reading, messages and
// the schema. What they mean and whether an expression compiles is for lint/rules/engines to say.
// Private to this room.

#include <array>

#include "lint/config/keys.h"
#include "lint/config/rule_file.h"

namespace docathon {

inline constexpr Key kOn = {.name = "on",
                            .type = KeyType::line,
                            .help = "selector of the parts of a page that are looked at"};
inline constexpr std::string_view kViewNames[] = {"prose", "source", "url", "text"};
inline constexpr Key kView = {
    .name = "view",
    .type = KeyType::choice,
    .help = "what of them is read: prose (no markup, no code), source, url or text (no markup)",
    .choices = kViewNames};
inline constexpr Key kMessage = {.name = "message",
                                 .type = KeyType::line,
                                 .help =
                                     "what is wrong and what to do; {match} and other values "
                                     "of the engine are put in",
                                 .required = true};
inline constexpr std::string_view kFixNames[] = {"none", "unsafe", "safe"};
inline constexpr Key kFix = {.name = "fix",
                             .type = KeyType::choice,
                             .help = "whether the replacement is a fix: safe, unsafe or none",
                             .choices = kFixNames};
inline constexpr Key kExceptions = {
    .name = "exceptions",
    .type = KeyType::strings,
    .help = "expressions; what lies inside of a match of one is not reported"};
inline constexpr Key kPages = {.name = "pages",
                               .type = KeyType::strings,
                               .help = "only these pages: kinds such as tutorial, or globs"};
inline constexpr Key kIgnoreCase = {.name = "ignore-case",
                                    .type = KeyType::boolean,
                                    .help = "capital and small letters are the same"};
inline constexpr Key kWords = {
    .name = "words",
    .type = KeyType::boolean,
    .help = "a match begins and ends where a word does; true for substitution and consistent"};
inline constexpr Key kData = {
    .name = "data",
    .type = KeyType::line,
    .help = "a YAML file beside the rule, or a name of the data that comes with the program"};

inline constexpr Key kCaseKeys[] = {
    kOn,
    kView,
    kMessage,
    kFix,
    kExceptions,
    kPages,
    kIgnoreCase,
    {.name = "style",
     .type = KeyType::line,
     .help = "sentence, title, lower or upper: how words begin; any: no matter"},
    {.name = "matches",
     .type = KeyType::string,
     .help = "an expression that the whole text must match, instead of a style"},
    {.name = "threshold",
     .type = KeyType::any,
     .help = "percent of the words that must be right; all if absent"},
    {.name = "words", .type = KeyType::strings, .help = "words that keep their letters"},
    {.name = "indicators",
     .type = KeyType::strings,
     .help = "ends of a word after which a sentence begins, besides . ! ? and :"},
    {.name = "learn-names",
     .type = KeyType::boolean,
     .help =
         "words that the text of the page writes with a capital inside of a sentence, and never "
         "without, keep their letters"},
};

inline constexpr Key kConsistentKeys[] = {
    kOn,
    kView,
    kMessage,
    kFix,
    kExceptions,
    kPages,
    kIgnoreCase,
    kWords,
    {.name = "either",
     .shape = Shape::map,
     .type = KeyType::string,
     .help = "expressions of one way to write something, each with the other way"},
    {.name = "each",
     .type = KeyType::string,
     .help = "an expression of what needs an explanation, such as an abbreviation"},
    {.name = "needs",
     .type = KeyType::string,
     .help = "an expression of the explanation; its groups are what it explains"},
};

inline constexpr Key kCountKeys[] = {
    kOn,
    kView,
    kMessage,
    kExceptions,
    kPages,
    kIgnoreCase,
    kWords,
    {.name = "of", .type = KeyType::line, .help = "selector of what is counted"},
    {.name = "pattern", .type = KeyType::string, .help = "expression of what is counted"},
    {.name = "max", .type = KeyType::any, .help = "how many there may be"},
    {.name = "min", .type = KeyType::any, .help = "how many there must be"},
};

inline constexpr Key kPatternKeys[] = {
    kOn,
    kView,
    kMessage,
    kFix,
    kExceptions,
    kPages,
    kIgnoreCase,
    kWords,
    {.name = "patterns", .type = KeyType::strings, .help = "expressions that find the offence"},
    {.name = "replace",
     .type = KeyType::string,
     .help = "what to write for a match; \\1 is its first group"},
    {.name = "repeated",
     .type = KeyType::boolean,
     .help = "only matches that follow themselves; without patterns: any word"},
};

inline constexpr Key kRequireKeys[] = {
    kOn,
    kMessage,
    kPages,
    {.name = "has",
     .type = KeyType::any,
     .help = "list of what must be there: selectors, '@' and an attribute, or maps of a name to "
             "one of them",
     .required = true},
};

inline constexpr Key kSubstitutionKeys[] = {
    kOn,
    kView,
    kMessage,
    kFix,
    kExceptions,
    kPages,
    kIgnoreCase,
    kWords,
    kData,
    {.name = "swap",
     .shape = Shape::map,
     .type = KeyType::string,
     .help = "expressions, each with what to write; 'a|b' gives a choice"},
    {.name = "names",
     .type = KeyType::strings,
     .help = "names; other capital and small letters in them are the offence"},
    {.name = "capitalize",
     .type = KeyType::boolean,
     .help = "the replacement of a match with a capital has one too"},
};

inline constexpr Key kAllowKeys[] = {
    {.name = "heading",
     .type = KeyType::string,
     .help = "an expression: not in sections whose heading it matches"},
    {.name = "sentence",
     .type = KeyType::string,
     .help = "an expression: not beside a text that it matches"},
    {.name = "own-page",
     .type = KeyType::boolean,
     .help = "not on a page whose title has the name"},
    {.name = "page-kind", .type = KeyType::strings, .help = "not on pages of these kinds"},
};

inline constexpr Key kSymbolKeys[] = {
    kOn,
    kView,
    kMessage,
    kFix,
    kExceptions,
    kPages,
    kData,
    {.name = "names",
     .type = KeyType::strings,
     .help = "dotted names; what lies below one is meant too"},
    {.name = "state", .type = KeyType::line, .help = "only symbols of the data with this state"},
    {.name = "without-argument",
     .type = KeyType::line,
     .help = "only calls that lack this argument"},
    {.name = "with-argument", .type = KeyType::line, .help = "only calls that have this argument"},
    {.name = "allow",
     .type = KeyType::object,
     .help = "where a name is no offence",
     .children = kAllowKeys},
};

inline constexpr Key kUrlParts[] = {
    {.name = "scheme", .type = KeyType::strings, .help = "schemes, such as http"},
    {.name = "host",
     .type = KeyType::strings,
     .help = "hosts; *.example.org is example.org and all hosts below it"},
    {.name = "path",
     .type = KeyType::string,
     .help = "expression searched in the path, which begins with '/'"},
    {.name = "query", .type = KeyType::string, .help = "expression searched behind '?'"},
    {.name = "fragment", .type = KeyType::string, .help = "expression searched behind '#'"},
};
inline constexpr Key kUrlReplaceKeys[] = {
    {.name = "scheme", .type = KeyType::string, .help = "the scheme to write"},
    {.name = "host", .type = KeyType::string, .help = "the host to write"},
    {.name = "path",
     .type = KeyType::string,
     .help = "the path to write; \\1 is the first group of 'path'"},
};
inline constexpr Key kUrlKeys[] = {
    kOn,
    kView,
    kMessage,
    kFix,
    kExceptions,
    kPages,
    kUrlParts[0],
    kUrlParts[1],
    kUrlParts[2],
    kUrlParts[3],
    kUrlParts[4],
    {.name = "urls",
     .shape = Shape::list,
     .type = KeyType::object,
     .help = "several kinds of URLs, each with the keys host, path, ...",
     .children = kUrlParts},
    {.name = "replace",
     .type = KeyType::object,
     .help = "parts of the URL to write otherwise",
     .children = kUrlReplaceKeys},
};

// Sorted by name.
inline constexpr std::array<EngineKeys, 8> kEngines = {{
    {"case", kCaseKeys},
    {"consistent", kConsistentKeys},
    {"count", kCountKeys},
    {"pattern", kPatternKeys},
    {"require", kRequireKeys},
    {"substitution", kSubstitutionKeys},
    {"symbol", kSymbolKeys},
    {"url", kUrlKeys},
}};

}  // namespace docathon

#pragma once
// What packages say is deprecated, under the names that people write: rows of rules/data/deprecated
// and what `docathon-lint api deprecated` prints. Rows are owned data.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/script_facts.h"
#include "lint/project/api/api_index.h"

namespace docathon {

/// One name, or one argument of it, that is deprecated or gone.
struct DeprecatedRow {
    std::string name;                  ///< dotted, the shortest that is public
    std::vector<std::string> aliases;  ///< other public names of the same thing
    std::string kind;                  ///< "function", "class", "method", "module", "command"
    std::string argument;              ///< only this argument of it; empty: all of it
    /// Only if the argument has this value, as written; "-": if it is not given; "+": if it is
    /// true;
    /// "!x": if it is not x. None is no value of an argument that warns.
    std::string value;
    std::string since;        ///< version that deprecated it; empty: not said
    std::string removed;      ///< version that no longer has it, "*" for the one at hand; never
                              ///< taken from an announcement
    std::string replacement;  ///< what to write instead, for the reader; may be an expression
    std::string fix;     ///< a name that can stand in its place with nothing else changed; or empty
    std::string source;  ///< "torch/nn/init.py:772"
};

/// What a message of deprecation says: "use `x` instead", "since version 1.2".
struct DeprecationWords {
    std::string since;
    std::string replacement;
};
[[nodiscard]] DeprecationWords read_deprecation_message(std::string_view message);

/// ScriptFacts of a module, by its position in the index, or nullptr.
using ScriptOf = std::function<const ScriptFacts*(std::uint32_t module)>;

/// Everything public that the packages say is deprecated, sorted by name, argument and value.
[[nodiscard]] std::vector<DeprecatedRow> deprecated_rows(const ApiIndex& api,
                                                         const ScriptOf& script);

}  // namespace docathon

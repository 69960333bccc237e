#pragma once
// ScriptFacts: what a Python file says about itself that documentation is held against: which of
// its names it says are deprecated, and which options its own command line takes. Owned data, a
// pure function of the file's bytes.

#include <cstdint>
#include <string>
#include <vector>

#include "lint/core/range.h"
#include "lint/model/python_facts.h"

namespace docathon {

/// What a file says is deprecated.
struct PyDeprecation {
    enum class Evidence : std::uint8_t {
        decorator,  ///< @deprecated("...")
        warning,    ///< warns whenever it is called or imported, or when the argument is given
        note,       ///< `.. deprecated::` in its docstring, or a `.. warning::` that says so
        removed,    ///< does nothing but raise an error that says so
    };
    Evidence evidence = Evidence::decorator;
    std::uint32_t definition = kNoItem;  ///< in PythonFacts; kNoItem: the module
    std::string argument;                ///< that parameter alone; empty: all of it
    /// Only if the argument has this value, as written; "-": if it is not given; "+": if it is
    /// true;
    /// "!x": if it is not x.
    std::string value;
    std::string message;     ///< what it says, white space collapsed, cut at 500 bytes
    Range range;             ///< the decorator, the warning or the docstring
    std::uint32_t line = 0;  ///< 1-based line of `range.begin`
};

namespace command_line_flag {
inline constexpr std::uint8_t kParser = 1;  ///< makes an argparse parser, or a command of click
inline constexpr std::uint8_t kOpen = 2;    ///< options may exist that cannot be read
inline constexpr std::uint8_t kPasses = 4;  ///< hands unknown arguments on (parse_known_args, ...)
/// Hands on what follows the first argument that is no option (argparse.REMAINDER).
inline constexpr std::uint8_t kRemainder = 8;
inline constexpr std::uint8_t kLends = 16;  ///< gives its parser to a function, which may add to it
}  // namespace command_line_flag

struct ScriptFacts {
    std::vector<PyDeprecation> deprecations;  ///< in source order
    std::uint8_t command_line = 0;            ///< bits of command_line_flag
    /// Of add_argument() and of click's option(), as written: "--model", "-m"; sorted, each once.
    std::vector<std::string> options;
    std::vector<std::string> commands;  ///< add_parser("name"); sorted, each once
    /// By command: bits of command_line_flag that hold of it alone, of the functions that make it
    /// and of those that call them. kOpen where that cannot be told.
    std::vector<std::uint8_t> command_flags;

    [[nodiscard]] bool empty() const {
        return deprecations.empty() && command_line == 0 && options.empty();
    }
};

}  // namespace docathon
